"""Lay a reply beside the very text we sent, and tell row by row what of it is ours.

The problem: what did a person newly write? They type above our mail, below it, between its lines
and behind them. Clients quote with ">", with a bar in HTML or not at all; they wrap lines anew,
turn quotes and dashes, rewrite links, write buttons out. A row between two of ours may be the
answer to a question, and "yes" behind a line of ours is all that some people send.

The idea: we know what we sent. What is compared are words in order (`words`), without marks,
boxes, case and our own links. A row is ours if its words stand in our mail from the start of a
line on, or go on where the row above ended (`_continued`, `_started`), stand in the middle of a
line (`_inside`), or hold a whole action item with words around it (`_framed`). `at` is the word of
ours that comes next; what is left of a row, before or behind, is the person's.

An example. We sent            the reply has                     so
    Action items               > Action items                    ours
    [ ] 3. Send the numbers    > [x] 3. Send the numbers: done   ours, ticked; "done" is new, near 3
                               Tomorrow, I hope                  new, near 3
    Career                     > Career                          ours: the heading from here on

Short rows may repeat ours by chance ("Career" as an answer); own_quotes.py drops those that have
no neighbour of ours.

Rejected: quote marks and attributions alone (what every reply parser does: blind where clients
quote without marks, and to what is typed inside a quote); diff of lines (wrapping breaks each
line); difflib over words (quadratic, and it matches scattered words of the person with ours).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from mailbot.inbound.unquote.list_marks import BOX, CROSSES, SIGNS, TICKS, is_ruler
from mailbot.inbound.unquote.rows import Row
from mailbot.languages.headings import heading_alone

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+|[\U0001F000-\U0001FAFF\u2600-\u260f\u2613-\u26ff]"
)
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_BOX = re.compile(
    rf"[ \t]{{0,40}}(?:(?:[{SIGNS}o]|\d{{1,3}}[.)])[ \t]{{1,10}})?({BOX})[ \t]{{0,10}}"
)
# "o" without its gap, too: before words of ours nobody writes Portuguese
_BULLET = re.compile(rf"[ \t]{{0,40}}[{SIGNS}o][ \t]{{1,10}}")
_LINK = re.compile(
    r"<?(?:https?://|mailto:|www\.)[^\s<>]{1,4000}>?|<[^\s<>]{1,400}@[^\s<>]{1,4000}>"
)
_TICKED = frozenset(f"xX{TICKS}{CROSSES}")
_LONGEST = 20_000  # characters of a row that is compared
_CANDIDATES = 24  # places of our mail that start with the same word and are tried


@dataclass(frozen=True, slots=True)
class Ours:
    """One line of the mail we sent."""

    text: str
    words: tuple[str, ...]
    start: int  # of its first word among all words
    near: str  # itself, or the action item that it goes on
    section: str  # key of the heading it stands under
    heading: bool
    box: bool  # an action item to tick
    number: int  # of the line
    core: int  # words before its last brackets: "(Ben, by Fri 13 Mar)" may be missing from a quote


@dataclass(frozen=True, slots=True)
class Match:
    """Why a row of the reply is ours."""

    line: Ours  # the last line of ours on the row
    before: str = ""  # the person's words in front of ours
    behind: str = ""  # the person's words behind ours
    ticked: bool = False
    words: int = 0  # how many words of ours


def words(text: str) -> list[str]:
    """Return what is compared: words without case, marks, quotes; every Chinese or Japanese sign is
    one."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


class SentText:
    """The text/plain of the mail that was answered, indexed."""

    def __init__(self, text: str) -> None:
        found = [_bare(link.group()) for link in _LINK.finditer(text)]
        self.links = {*found, *(link.partition("?")[0] for link in found if "@" in link)}
        self.lines: list[Ours] = []
        self.words: list[str] = []
        self.owner: list[int] = []  # word -> its line
        self.symbols: set[str] = set()
        self._read(text)
        self.starts: dict[str, list[int]] = defaultdict(list)
        self.ends: dict[str, list[int]] = defaultdict(list)
        self._index()

    def _read(self, text: str) -> None:
        section = item = ""
        raws = text.splitlines()
        foot = _foot(raws)
        for at, raw in enumerate(raws):
            own = self.compared(raw)
            stripped = raw.strip()
            if not own:
                self.symbols.add(stripped)
                section = "" if is_ruler(stripped) else section
                item = item if stripped else ""
                continue
            heading = heading_alone(raw)
            section = (heading or section) if at < foot else ""
            item = _item(raw, item)
            self._add(raw, own, near=item or stripped, section=section, heading=bool(heading))

    def _add(self, raw: str, own: list[str], *, near: str, section: str, heading: bool) -> None:
        number = len(self.lines)
        box = _BOX.match(raw) is not None
        core = self._core(raw) if box else len(own)
        line = Ours(
            raw.strip(), tuple(own), len(self.words), near, section, heading, box, number, core
        )
        self.lines.append(line)
        self.words.extend(own)
        self.owner.extend([number] * len(own))

    def _core(self, raw: str) -> int:
        """Count the words of an action item before its last brackets."""
        bracket = raw.rfind("(") if raw.rstrip().endswith(")") else len(raw)
        return len(self.compared(raw[:bracket]))

    def _index(self) -> None:
        for line in self.lines:
            self.starts[line.words[0]].append(line.start)
            if line.words[0].isdigit() and len(line.words) > 1:
                self.starts[line.words[1]].append(line.start + 1)
            self.ends[line.words[-1]].append(line.number)

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(zip(self.words, self.words[1:], strict=False))

    @cached_property
    def running(self) -> str:
        """All words with a blank around each."""
        return f" {' '.join(self.words)} "

    def compared(self, text: str) -> list[str]:
        """Return the words of a line without its box, its bullet and our links."""
        if "[" in text or not text.isascii():
            box = _BOX.match(text)
            text = text[box.end() :] if box else text
        if "//" in text or "@" in text or "www." in text:
            text = _LINK.sub(self.without_ours, text)
        bullet = _BULLET.match(text)
        return words(text[bullet.end() :] if bullet else text)

    def without_ours(self, link: re.Match[str]) -> str:
        return " " if self.is_ours(link.group()) else link.group()

    def is_ours(self, link: str) -> bool:
        """Tell whether we wrote this address: in the text of our mail, or behind a button of it."""
        found = _bare(link)
        if found in self.links or found.partition("?")[0] in self.links or "?subject=" in found:
            return True  # a button of ours, written out by a client that makes text of HTML
        # Outlook's safelinks and other rewriters carry the address inside their own
        return "%" in found and any(known in unquote(found) for known in self.links)


def _item(raw: str, above: str) -> str:
    """Return the action item that a line is or goes on; "" if it is neither."""
    if _BOX.match(raw):
        return raw.strip()
    return above if raw.startswith("   ") else ""


def _foot(raws: list[str]) -> int:
    """Find the first line of our closing paragraph: how to answer, who can read it.

    It stands under no heading.
    """
    last = len(raws)
    while last and not raws[last - 1].strip():
        last -= 1
    first = last
    while first and raws[first - 1].strip():
        first -= 1
    return last if first == 0 or any(heading_alone(raw) for raw in raws[first:last]) else first


def _bare(link: str) -> str:
    link = link.strip("<>").rstrip(".,;:)").casefold()
    for scheme in ("https://", "http://", "mailto:"):
        link = link.removeprefix(scheme)
    return link.rstrip("/")


class Alignment:
    """Reads the rows of one reply from top to bottom."""

    def __init__(self, sent: SentText) -> None:
        self.sent = sent
        self.at = -1  # the word of ours that comes next, if the reply goes on with our mail
        self.line = 0

    def match(self, row: Row, below: Row | None) -> Match | None:
        """Return the match of a row; `below` is the next row with words."""
        text = row.text
        own = self.sent.compared(text) if len(text) <= _LONGEST else []
        if not own:
            return self._wordless(text)
        found = (
            self._continued(own, text, below)
            or self._started(own, text, below)
            or self._inside(own, text)
        )
        return found or self._framed(own, text)

    def _wordless(self, text: str) -> Match | None:
        """Match a box or a button of ours that a client wrapped onto a row of its own."""
        if not self.sent.lines:
            return None
        box = _BOX.match(text)
        rest = text[box.end() :] if box else text
        at = max(self.at, 0)
        line = self.sent.lines[self.sent.owner[min(at, len(self.sent.owner) - 1)]]
        if box is not None and not rest.strip():
            ours = line.box and self._at_line_end(at)
        else:
            ours = self._is_button(rest)
        if not ours:
            return None
        return Match(line, ticked=_ticked(text) and not _ticked(line.text), words=len(line.words))

    def _is_button(self, text: str) -> bool:
        linked = "<" in text or "//" in text
        return linked and not _LINK.sub(self.sent.without_ours, text).strip()

    def _common(self, at: int, own: list[str]) -> int:
        """Count how many words of ours from `at` on the row repeats."""
        ours = self.sent.words
        end = min(len(own), len(ours) - at)
        count = 0
        while count < end and ours[at + count] == own[count]:
            count += 1
        return count

    def _continued(self, own: list[str], text: str, below: Row | None) -> Match | None:
        if not 0 <= self.at < len(self.sent.words):
            return None
        count = self._common(self.at, own)
        whole = count == len(own) and self._is_piece(self.at + count, count, below)
        if whole or (count >= 2 and self._at_line_end(self.at + count)):
            return self._take(self.at, count, own, text)
        return None

    def _is_piece(self, end: int, count: int, below: Row | None) -> bool:
        """Accept a full match only if it ends at one of our line ends, has 4 words, or goes on."""
        return self._at_line_end(end) or count >= 4 or self._goes_on(end, below)

    def _at_line_end(self, at: int) -> bool:
        """Tell whether a line of ours ends before word `at`."""
        return at >= len(self.sent.words) or self.sent.lines[self.sent.owner[at]].start == at

    def _started(self, own: list[str], text: str, below: Row | None) -> Match | None:
        """Find the longest match from the start of a line; its number may be missing, or
        another."""
        skips = (0, 1) if len(own) > 1 and own[0].isdigit() else (0,)
        best = (0, 0)  # the first word, and how many
        for skip in skips:
            for start in self._near(self.sent.starts.get(own[skip], ())):
                count = self._common(start, own[skip:])
                if count + skip > best[1] and self._enough(start, count, own[skip:], below):
                    best = (start - skip, count + skip)
        return self._take(*best, own, text) if best[1] else None

    def _near(self, starts: Sequence[int]) -> list[int]:
        """Return at most so many places, the next ones below first."""
        ahead = [start for start in starts if start >= self.at][:_CANDIDATES]
        behind = [start for start in reversed(starts) if start < self.at]
        return ahead + behind[: _CANDIDATES - len(ahead)]

    def _enough(self, start: int, count: int, own: list[str], below: Row | None) -> bool:
        """Tell whether so many words from the start of a line of ours make the row ours."""
        if count == 0:
            return False
        end = start + count
        if count == len(own):
            return self._is_piece(end, count, below)
        line = self.sent.lines[self.sent.owner[start]]
        if line.box and count >= max(2, line.core - (start - line.start)):
            return end <= line.start + len(line.words) or self._at_line_end(end)
        return count >= 3 and self._at_line_end(end)

    def _goes_on(self, at: int, below: Row | None) -> bool:
        if below is None:
            return False
        own = self.sent.compared(below.text)[:2]
        return bool(own) and self._common(at, own) == len(own)

    def _inside(self, own: list[str], text: str) -> Match | None:
        """Match a piece of ours that starts in the middle of a line: a quote cut by the person or
        wrapped anew."""
        if len(own) < 4 or not self.sent.known.issuperset(own):
            return None
        running, piece = self.sent.running, f" {' '.join(own)} "
        ahead = running.find(piece, len(" ".join(self.sent.words[: max(self.at, 0)])))
        found = ahead if ahead >= 0 else running.find(piece)
        return self._take(running.count(" ", 0, found), len(own), own, text) if found >= 0 else None

    def _framed(self, own: list[str], text: str) -> Match | None:
        """Match a whole line of ours with words before it: "done: Send the numbers"."""
        for last in range(len(own), max(1, len(own) - 12), -1):
            for number in self.sent.ends.get(own[last - 1], ())[:_CANDIDATES]:
                line = self.sent.lines[number]
                first = _first_of(line, own, last)
                if first > 0:
                    return self._frame(line, own, first, last, text)
        return None

    def _frame(self, line: Ours, own: list[str], first: int, last: int, text: str) -> Match:
        self.at = line.start + len(line.words)
        return Match(
            line, _head(text, own, first), _tail(text, own, last), _ticked(text), last - first
        )

    def _take(self, start: int, count: int, own: list[str], text: str) -> Match:
        self.at = start + count
        line = self.sent.lines[self.sent.owner[self.at - 1]]
        behind = _tail(text, own, count) if count < len(own) else ""
        if not behind and text.endswith(_BEHIND):
            behind = _mark_behind(text, line)
        return Match(line, "", behind, _ticked(text) and not _ticked(line.text), count)


def _first_of(line: Ours, own: list[str], last: int) -> int:
    """Find where an action item begins that ends before word `last` of a row; its number may be
    missing.

    -1: it does not.
    """
    if not line.box or len(line.words) < 3:
        return -1
    for ours in (line.words, line.words[1:] if line.words[0].isdigit() else ()):
        first = last - len(ours)
        if ours and first >= 0 and tuple(own[first:last]) == ours:
            return first
    return -1


_BEHIND = ("✓", "✔", "✔️", "✅", "☑", "☑️", "❌", "👍", "[x]", "[X]", "(x)")


def _mark_behind(text: str, line: Ours) -> str:
    mark = next(mark for mark in _BEHIND if text.endswith(mark))
    return "" if line.text.endswith(mark) else mark


def _ticked(text: str) -> bool:
    box = _BOX.match(text)
    return box is not None and box.group(1).strip("[] ") in _TICKED


_EDGE = "-–—:<>.,;|*)] \t"


def _tail(text: str, own: list[str], count: int) -> str:
    """Return the text behind its first `count` words."""
    rest = text[_offset(text, own, count - 1) + len(own[count - 1]) :].strip()
    return rest.lstrip(_EDGE).strip()


def _head(text: str, own: list[str], count: int) -> str:
    box = _BOX.match(text)
    start = box.end() if box else 0
    end = _offset(text, own, count)
    return text[start:end].strip().rstrip(_EDGE + "[(").strip()


def _offset(text: str, own: list[str], count: int) -> int:
    """Find where in the text its last words, from the word `count` on, begin.

    Counted from the end: in front stand marks.
    """
    folded = text.casefold()
    if len(folded) != len(text):  # a letter grew under case folding: look at the plain text
        folded = text
    at = len(folded)
    for word in reversed(own[count:]):
        found = folded.rfind(word, 0, at)
        at = found if found >= 0 else at
    return at
