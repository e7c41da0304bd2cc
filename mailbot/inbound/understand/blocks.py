"""Lines -> blocks: a bullet with the lines that belong to it, a paragraph, a row of a table, a
piece of code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from mailbot.inbound.unquote.lines import Line
from mailbot.inbound.unquote.list_marks import BLANKS, EMPTY_BOX, LIST_MARK

_INDENT = re.compile(rf"[{BLANKS}]{{0,200}}")
_FENCES = ("```", "~~~")
# characters; a line shorter than that was ended by a person, not by a client at 60 to 78
_WRAPPED_FROM = 45
_CODE_INDENT = 4  # columns


class BlockKind(StrEnum):
    """What a block is, by how it is written."""

    BULLET = "bullet"
    PARAGRAPH = "paragraph"
    ROW = "row"  # of a table
    CODE = "code"
    ALONE = "alone"  # a line that is read by itself, such as a command


@dataclass(frozen=True, slots=True)
class Block:
    """One thing somebody wrote, with its mark taken off."""

    text: str  # lines joined with a blank; of code and verse with their line breaks
    kind: BlockKind = BlockKind.PARAGRAPH
    mark: str = ""  # "-", "3."
    box: bool = False  # an empty box stood in front of it: something to do
    level: int = 0
    heading: str = ""
    near: str = ""
    run: int = 0  # lines that stand together between two pieces of our mail share a number
    gap: bool = True  # a blank line, or the edge of the run, is above it
    typed: str = ""  # the first line as it stands in the mail

    @property
    def numbered(self) -> bool:
        """It stands behind a number: "3. done"."""
        return self.mark[:1].isdecimal()


@dataclass(slots=True)
class _Open:
    """A block whose end is not reached yet."""

    first: Line
    kind: BlockKind
    mark: str
    box: bool
    level: int
    indent: int
    run: int
    gap: bool
    texts: list[str] = field(default_factory=list)
    last: str = ""  # the line above, as typed
    verse: bool = False  # deeper lines follow a shallower one: line breaks are meant

    @property
    def ended_short(self) -> bool:
        """The line above was ended by the person, not by a client that wraps."""
        return len(self.last.strip()) < _WRAPPED_FROM

    def may_go_on(self, line: Line) -> bool:
        """Tell whether a line in this place may be a part of the block."""
        if self.kind in (BlockKind.ROW, BlockKind.CODE, BlockKind.ALONE):
            return False
        same_place = not line.near or line.near == self.first.near
        return same_place and line.heading == self.first.heading

    def closed(self) -> Block:
        """Finish the block."""
        return Block(
            self._text(),
            self.kind,
            self.mark,
            self.box,
            self.level,
            self.first.heading,
            self.first.near,
            self.run,
            self.gap,
            self.first.text,
        )

    def _text(self) -> str:
        """The lines with a blank between them; code and verse keep their lines."""
        if self.kind is BlockKind.CODE:
            return "\n".join(self.texts).strip("\n")
        if self.verse:
            return "\n".join(self.texts).strip()
        return " ".join(text.strip() for text in self.texts).strip()


def indent_of(text: str) -> int:
    """Count columns before the first word; a tab is four."""
    found = _INDENT.match(text)
    return sum(4 if c == "\t" else 1 for c in found[0]) if found else 0


def unmarked(text: str) -> tuple[str, str, bool]:
    """Take the list mark and the empty box off a line: (mark, the rest, was there a box)."""
    found = LIST_MARK.match(text)
    mark, rest = (found["mark"], text[found.end() :]) if found else ("", text.strip())
    if not rest and any(c.isalnum() for c in mark):
        mark, rest = "", mark  # "2." is no empty bullet, it is an answer
    box = EMPTY_BOX.match(rest)
    return mark, rest[box.end() :] if box else rest, box is not None


Standing = Callable[[Line, bool], str]
"""(line, fresh) -> "alone" for a line that is a block by itself, "opens" for one that begins a
block, "" for neither. A line is fresh when it cannot be the wrapped end of the sentence above
it."""


def blocks(lines: Iterable[Line], standing: Standing) -> list[Block]:
    """Join the own lines to blocks, in order."""
    return _Reader(standing).read(lines)


class _Reader:
    """Goes through the lines once."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.done: list[Block] = []
        self.open: _Open | None = None
        self.fence = ""
        self.indents: list[int] = []
        self.run = 0
        self.gap = True

    def read(self, lines: Iterable[Line]) -> list[Block]:
        """Go through the lines; blocks without a word are left out."""
        for line in lines:
            if not line.own:
                self._foreign(line)
            elif self.fence or line.text.lstrip().startswith(_FENCES):
                self._fenced(line)
            elif not line.text.strip():
                self._blank()
            else:
                self._written(line)
        self._close()
        return [block for block in self.done if block.text]

    def _close(self) -> None:
        """End the open block, if there is one."""
        if self.open is not None:
            self.done.append(self.open.closed())
        self.open = None

    def _foreign(self, line: Line) -> None:
        """Begin a new run below our own words, or below a typed heading. A blank line of ours is a
        blank line."""
        if not line.text.strip():
            self._blank()
            return
        self._close()
        self.gap = True
        self.run += 1
        self.indents, self.fence = [], ""

    def _blank(self) -> None:
        """Note the gap; inside of code it is a line."""
        self.gap = True
        if self._in_code:
            self._opened.texts.append("")

    def _fenced(self, line: Line) -> None:
        """Keep what stands between fences as it is; a fence without a word in it goes."""
        bare = line.text.strip()
        wordless = not bare.strip("`~")
        if not self.fence:
            self._begin(line, BlockKind.CODE)
            self.fence = bare[:3]
            self._add(line, "" if wordless else line.text)
        elif wordless and bare.startswith(self.fence):
            self._close()
            self.fence = ""
            self.gap = True
        else:
            self._add(line, line.text)

    def _add(self, line: Line, text: str) -> None:
        """Add a line to the open block."""
        self._opened.texts.append(text)
        self._opened.last = line.text
        self.gap = False

    @property
    def _opened(self) -> _Open:
        assert self.open is not None
        return self.open

    @property
    def _in_code(self) -> bool:
        return self.open is not None and self.open.kind is BlockKind.CODE

    def _begin(
        self, line: Line, kind: BlockKind, mark: str = "", level: int = 0, *, box: bool = False
    ) -> None:
        """End the open block and open another."""
        self._close()
        self.open = _Open(line, kind, mark, box, level, indent_of(line.text), self.run, self.gap)

    def _written(self, line: Line) -> None:
        """Find out what a line with words is: the first that fits, from a bullet to a paragraph."""
        text = line.text
        mark, rest, box = unmarked(text)
        if mark or box:
            self._bullet(line, mark, rest, box=box)
        elif _is_row(text, self.open, gap=self.gap):
            self._row(line)
        elif self._is_code(line):
            self._code(line)
        elif standing := self.standing(line, self._fresh()):
            alone = standing == "alone"
            self._paragraph(line, BlockKind.ALONE if alone else BlockKind.PARAGRAPH)
        elif starts_with_emoji(text) and not self._continues(line, lazy=False):
            self._paragraph(line, BlockKind.BULLET)
        elif self._continues(line, lazy=True):
            self._continue(line)
        else:
            self._paragraph(line, BlockKind.PARAGRAPH)

    def _paragraph(self, line: Line, kind: BlockKind) -> None:
        """Begin a block that is no bullet: what stands below is nested in nothing."""
        self.indents = []
        self._begin(line, kind)
        self._add(line, line.text.rstrip())

    def _fresh(self) -> bool:
        """Tell whether the line cannot be the wrapped end of the sentence above it."""
        above = self.open
        if above is None or self.gap or above.kind is BlockKind.ALONE:
            return True
        return above.ended_short or above.last.rstrip()[-1:] in ".!?:;…。！？"

    def _continues(self, line: Line, *, lazy: bool) -> bool:
        """Tell whether the line belongs to the open block. `lazy`: also where it is not indented
        below its bullet, as clients wrap."""
        above = self.open
        if above is None or not above.may_go_on(line):
            return False
        bullet, deeper = above.kind is BlockKind.BULLET, indent_of(line.text) >= above.indent + 2
        if self.gap:
            return bullet and deeper
        if deeper or not lazy:
            return deeper
        new_sentence = above.ended_short and line.text.lstrip()[:1].isupper()
        return not (bullet and new_sentence)

    def _continue(self, line: Line) -> None:
        """Add the line to the open block; below a shallower line its break is meant."""
        above = self._opened
        deeper = indent_of(line.text) >= indent_of(above.first.text) + 2
        if deeper and above.kind is BlockKind.PARAGRAPH:
            above.verse = True
        self._add(line, line.text.rstrip())

    def _bullet(self, line: Line, mark: str, rest: str, *, box: bool) -> None:
        """Begin a bullet, on the level that its indent says."""
        indent = indent_of(line.text)
        while self.indents and self.indents[-1] > indent:
            self.indents.pop()
        if not self.indents or indent - self.indents[-1] >= 2:
            self.indents.append(indent)
        self._begin(line, BlockKind.BULLET, mark, len(self.indents) - 1, box=box)
        self._add(line, rest)

    def _row(self, line: Line) -> None:
        """Begin a row of a table: its cells without outer bars; a row of dashes says nothing."""
        self._begin(line, BlockKind.ROW)
        cells = line.text.strip().strip("|").strip()
        self._add(line, cells if cells.strip("|-:+= ") else "")

    def _is_code(self, line: Line) -> bool:
        """Tell whether the line is indented like code, and does not hang under a bullet."""
        if indent_of(line.text) < _CODE_INDENT:
            return False
        if self.open is None or self._in_code:
            return True
        return self.gap and self.open.kind is not BlockKind.BULLET

    def _code(self, line: Line) -> None:
        """Add a line of indented code."""
        if not self._in_code:
            self._begin(line, BlockKind.CODE)
        self._add(line, _dedented(line.text, _CODE_INDENT))


def _dedented(text: str, columns: int) -> str:
    """Take so many columns off the start of a line."""
    taken = 0
    for at, c in enumerate(text):
        if taken >= columns or c not in BLANKS:
            return text[at:]
        taken += 4 if c == "\t" else 1
    return ""


def _is_row(text: str, above: _Open | None, *, gap: bool) -> bool:
    """Tell whether the line is a row of a table; one without outer bars must begin a block or go on
    a table."""
    bare = text.strip()
    if bare.startswith("|") and bare.count("|") > 1:
        return True
    begins = above is None or gap or above.kind is BlockKind.ROW
    return begins and " | " in bare


def starts_with_emoji(text: str) -> bool:
    """Tell whether the line begins with a pictograph, and a blank or another mark of the pictograph
    behind it."""
    bare = text.lstrip()
    if not bare or not is_emoji(bare[0]):
        return False
    word = bare.split(maxsplit=1)[0]
    return all(is_emoji(c) for c in word) and len(bare) > len(word)


def without_pictures(text: str) -> str:
    """Put a blank for every pictograph."""
    return text if text.isascii() else "".join(" " if is_emoji(c) else c for c in text)


def is_emoji(c: str) -> bool:
    """Tell whether the sign is a pictograph, a dingbat or what joins them (Unicode blocks; the
    edges are generous)."""
    n = ord(c)
    return n >= _PICTOGRAPHS or any(n in block for block in _DINGBATS) or n in _JOINERS


_PICTOGRAPHS = 0x1F000
_DINGBATS = (range(0x2600, 0x27C0), range(0x2B00, 0x2C00))
_JOINERS = frozenset({0x200D, 0xFE0F, 0x20E3, 0x23F0})
