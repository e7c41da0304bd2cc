"""Attribution lines: "On Mon, Jun 9, 2025 at 9:00 AM Ana <ana@corp.example> wrote:" in every
language clients write.

A line is one by its evidence (a word for "wrote", a date, a time, an address, a colon at the
end), not by one pattern per client: clients change their patterns, the evidence stays.
"""

from __future__ import annotations

import re

from mailbot.inbound.unquote.rows import Row
from mailbot.languages import everywhere

WINDOW = 4  # rows an attribution may be wrapped over
LONGEST = 420  # characters of one, joined

_WROTE_WORDS = everywhere.written("clients", "wrote")
_WITHIN = tuple(f" {word} " for word in everywhere.written("clients", "attribution_within"))
_QUOTING = everywhere.written("clients", "quoting")
_OPENING = frozenset(everywhere.written("clients", "attribution_openers"))
_WROTE = re.compile(
    "|".join(re.escape(word) for word in sorted(_WROTE_WORDS, key=len, reverse=True))
)
_EVIDENCE = re.compile(
    rf"@|>>>|gmt|{'|'.join(re.escape(word) for word in (*_WROTE_WORDS, *_QUOTING))}"
)
"""One of these stands in every attribution."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)25\d\d(?!\d)|[٠-٩]{4}|\b14[34]\d\b")
_DATE = re.compile(
    r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}月\s?\d{1,2}日|\d{1,2}월 \d{1,2}일|"
    r"(?<!\d)\d{2,4}\.\s\d{1,2}\.\s\d{1,4}"
)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}\s?[:.hH時点시٫]\s?\d{2}(?!\d)|[٠-٩]{1,2}:[٠-٩]{2}|\d{1,2}\s?[ap]\.?m\b|\d{1,2}:\d\d:\d\d"
)
_ADDRESS = re.compile(r"[^\s<>@\"'(]{1,100}@[^\s<>@)]{1,100}")
_STARTS_WITH_DATE = re.compile(
    r"\W{0,3}(?:\w{1,12}\.?,?\s)?\d{1,4}(?:[./-]\d{1,2}[./-]\d{1,4}|年|년|\.?\s\w{3,12}\.?,?\s)"
)
_GMAIL_BARE = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d{1,2}:\d\d \S")
_BEHIND_ADDRESS = " \t:：>)]}\"'_*"
_FRAME = " \t-–—>*_|\u00a0"


def attribution(rows: list[Row], last: int) -> int | None:
    """The first row of the attribution that ends on row `last`, or None. Its rows have no blank
    row between them."""
    text = rows[last].text.strip(_FRAME)
    if not _may_end(text, rows, last):
        return None
    starts = _first_rows(rows, last)
    pieces = [row.text.strip(_FRAME) for row in rows[min(starts) : last + 1]]
    if not (rows[last].mark or _EVIDENCE.search(" ".join(pieces)[: WINDOW * LONGEST].casefold())):
        return None
    joined = {start: " ".join(pieces[start - min(starts) :]) for start in starts}
    evidence = {
        start: _Evidence(text, rows, last) for start, text in joined.items() if len(text) <= LONGEST
    }
    # "wrote:" alone is one, too, but not where the date stands on the row above
    for dated_too in (True, False):
        for start in starts:
            if start in evidence and evidence[start].suffices(dated=dated_too):
                return start
    return None


def _may_end(text: str, rows: list[Row], last: int) -> bool:
    """Cheap: most rows of most mails end here."""
    if len(text) < 5 or len(text) > LONGEST:
        return False
    if text[-1] in ":：" or rows[last].mark == "attribution":
        return True
    if rows[last].text.endswith(">") or _GMAIL_BARE.match(text):
        return True
    return text[-28:].casefold().endswith(_WROTE_WORDS) or any(word in text for word in _WITHIN)


def _first_rows(rows: list[Row], last: int) -> list[int]:
    """Where it may begin: the highest of WINDOW rows that opens like one; then the last rows,
    one by one."""
    above = [last]
    while (
        len(above) < WINDOW
        and above[-1] > 0
        and not rows[above[-1] - 1].blank
        and rows[above[-1] - 1].depth == rows[last].depth
    ):
        above.append(above[-1] - 1)
    opening = [at for at in reversed(above) if _opens(rows[at].text)]
    return opening[:1] + above


def _opens(text: str) -> bool:
    bare = text.lstrip(_FRAME)
    first = bare[:30].casefold().split(None, 1)[0] if bare else ""
    digit = any(char.isdigit() for char in bare[:48])
    return digit and (
        first.rstrip(",.") in _OPENING
        or first in _OPENING
        or _STARTS_WITH_DATE.match(bare) is not None
    )


def dated(text: str) -> bool:
    """Is a year or a date in figures in the text?"""
    return _YEAR.search(text) is not None or _DATE.search(text) is not None


def timed(text: str) -> bool:
    """Is a time of day in the text?"""
    return _TIME.search(text) is not None


class _Evidence:
    """What speaks for an attribution in the joined rows that end on row `last`."""

    def __init__(self, text: str, rows: list[Row], last: int) -> None:
        self.text, self.rows, self.last = text, rows, last
        self.marked = rows[last].mark == "attribution"
        folded = text.casefold()
        self.wrote = _WROTE.search(folded) is not None or folded.startswith(_QUOTING)
        self.dated = dated(text)
        self.timed = timed(text)
        self.address = (_ADDRESS.findall(text) or [""])[-1]
        self.colon = text[-1] in ":："

    def suffices(self, *, dated: bool) -> bool:
        if dated and not self.dated:
            return False
        if self.marked or self._groupwise():
            return True
        quoted = _quote_follows(self.rows, self.last)
        if self.wrote and self.colon:
            # clients put a comma behind the day or before the name; "On 9 March Dana wrote:" is a
            # person's
            opens = (self.dated or self.timed) and "," in self.text and _opens(self.text)
            return bool(self.address) or quoted or opens or (self.dated and self.timed)
        if self.wrote:
            named = bool(self.address) or self.timed
            return self._framed() or (self.dated and named and (quoted or _opens(self.text)))
        if self.colon:
            signed = self.text.rstrip(_BEHIND_ADDRESS).endswith(self.address)
            return bool(self.address) and self.dated and (quoted or (signed and self.timed))
        return _GMAIL_BARE.match(self.text) is not None or (
            quoted and bool(self.address) and self.dated and _opens(self.text)
        )

    def _groupwise(self) -> bool:
        """`>>> Ana Silva <ana@corp.example> 6/9/2025 9:00 AM >>>` (Novell GroupWise)."""
        row = self.rows[self.last].text.strip()
        return row.startswith(">>> ") and row.endswith(">>>") and (self.dated or self.timed)

    def _framed(self) -> bool:
        row = self.rows[self.last].text.strip()
        return row.startswith("---") and row.endswith("---")


def _quote_follows(rows: list[Row], last: int) -> bool:
    """Is the next row with words quoted deeper?"""
    for row in rows[last + 1 : last + 4]:
        if row.text or row.depth > rows[last].depth:
            return row.depth > rows[last].depth
    return False


_INSIDE = tuple(
    (f"{opening} ", wrote)
    for opening, _, wrote in (
        frame.partition(" ... ") for frame in everywhere.verbatim("clients", "attribution_frames")
    )
)
"""How attributions begin and end that share a row with other words: only what is unlikely in a
sentence."""


def attribution_inside(text: str) -> tuple[int, int] | None:
    """Where an attribution stands on a row that also has other words: [start, end), or None."""
    if ":" not in text or len(text) < 20:
        return None
    for opening, wrote in _INSIDE:
        end = text.find(wrote)
        if end < 0:
            continue
        end += len(wrote)
        start = _opening(text, opening, end)
        if start < 0 or (start == 0 and not text[end:].strip()):
            continue
        piece = text[start:end]
        if (start == 0 or text[start - 1] in " -\t") and _dated_and_signed(piece):
            return start, end
    return None


def _opening(text: str, opening: str, end: int) -> int:
    """The nearest opening before `end` with a date behind it, or -1."""
    start = end
    for _ in range(4):
        start = text.rfind(opening, max(0, end - LONGEST), start)
        if start < 0 or _YEAR.search(text, start, end) or _DATE.search(text, start, end):
            break
    return start


def _dated_and_signed(piece: str) -> bool:
    return dated(piece) and (timed(piece) or _ADDRESS.search(piece) is not None)
