"""What people and clients put in front of the entries of a list, and between parts of a mail: list
marks, boxes to tick, rulers. One answer for all who ask.

"+" and the dashes are list marks. "o" is Word's mark of the second level and needs the gap that
Word puts behind it: with one blank it is a Portuguese word ("o orçamento").
"""

from __future__ import annotations

import re

BLANKS = " \t\u00a0\u3000"
SIGNS = r"\-*+•·●○◦▪▫■▶►➤➢‣⁃–—»∙⦁"  # inside a class of a regular expression
_NUMBER = r"(?:\(\d{1,2}\)|\d{1,3}[.)])"  # "(713) 555-0100" is a phone
_LETTER = r"\(?[a-zA-Z]\)"
_LEVEL_TWO = rf"o(?=[{BLANKS}]{{2}}|\t)"

LIST_MARK = re.compile(
    rf"(?P<indent>[{BLANKS}]{{0,60}})"
    rf"(?P<mark>(?:[{SIGNS}]|{_NUMBER}|{_LETTER})(?=[{BLANKS}]|$)"
    rf"|[-•·●▪](?=[^\W\d_])|\d{{1,2}}[.)](?=[A-ZÀ-Þ])|{_LEVEL_TWO})"
    rf"[{BLANKS}]{{0,60}}"
)
"""A list mark at the start of a line, with the blanks around it: "- a", "1. a", "(a) a", "-a"."""

_ENTRY = re.compile(
    rf"[{BLANKS}]{{0,60}}(?:(?:[{SIGNS}]|{_NUMBER}|\[[ xX]?\])[{BLANKS}]|{_LEVEL_TWO})"
)
_BULLET = re.compile(rf"[{BLANKS}]{{0,60}}(?:[{SIGNS}][{BLANKS}]|{_LEVEL_TWO})")

EMPTY_BOXES = "☐⬜□❏❑◻◽"
TICKS = "✓✔✅☑☒🗹"
CROSSES = "✗✘❌🗷■"
"""Clients tick a box with these; a person who types one beside an item says no."""

BOX = rf"(?:\[[^\[\]]{{0,3}}\]|[{EMPTY_BOXES}{TICKS}{CROSSES}])"
"""A box in any state, as a part of a regular expression."""

EMPTY_BOX = re.compile(rf"(?:\[[ \u00a0]?\]|[{EMPTY_BOXES}])[ \t\u00a0]*")

RULES = "-_=*~#—–―‐─━"  # what rulers are drawn of
_RULER = re.compile(rf"[ \t]{{0,20}}[{re.escape(RULES)}]{{2,400}}[ \t]{{0,20}}")


def is_entry(text: str) -> bool:
    """Tell whether the line begins like an entry of a list: a mark or a box, and a blank."""
    return _ENTRY.match(text) is not None


def is_bulleted(text: str) -> bool:
    """Tell whether the line begins with a list mark that is no number."""
    return _BULLET.match(text) is not None


def is_ruler(text: str) -> bool:
    """Tell whether the line is nothing but dashes, stars or underscores, two of them or more."""
    return len(text) > 1 and _RULER.fullmatch(text) is not None
