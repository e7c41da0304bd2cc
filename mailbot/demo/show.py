"""The play on a terminal: each mail as a mail reader shows it, with a line of narration before it."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby

from mailbot.demo.script import Chapter, Scene
from mailbot.demo.stage import Leaf
from mailbot.demo.telling import CLIENTS, both_clocks, headers, is_new, shown, understood
from mailbot.mail.headings import read_heading
from mailbot.mail.quote import Line
from mailbot.meeting.model import Person, Role
from mailbot.terminal import Terminal, printable

NARROW, WIDE = 80, 100  # columns; longer lines are hard to read
QUOTED_SHOWN = 2  # quoted lines left on either side of new words; the rest is folded, as mail readers do
COLOURS = {Role.REPORT: "magenta", Role.MANAGER: "blue"}
MARK = re.compile(r" *(?:- |\[.\] (?:\d+\. )?|\d+\. )?")  # what a wrapped line is indented by
PLAIN_FRAME = str.maketrans("┌└│─━✓", "++|-=*")

Row = tuple[str, tuple[str, ...]]  # a line and its styles


class Showing:
    """Prints the play as it happens."""

    def __init__(self, terminal: Terminal, people: dict[Role, Person]) -> None:
        self.terminal = terminal
        self.people = people
        self.names = {role: person.first_name for role, person in people.items()}
        columns = shutil.get_terminal_size((NARROW, 24)).columns if terminal.out.isatty() else NARROW
        self.width = max(40, min(columns, WIDE))
        self.number = 0
        self.told = ""

    # ---- pieces ----

    def chapter(self, chapter: Chapter) -> None:
        head = f"━━ {chapter.meeting}. {chapter.title} "
        self._say()
        self._say(head.ljust(self.width, "━"), "bold", "green")
        self._paragraph(chapter.tells)

    def scene(self, scene: Scene) -> None:
        self._when(scene)
        self._paragraph(scene.tells)
        self.told = scene.tells

    def leaf(self, leaf: Leaf, tells: str) -> None:
        """`tells`: the narration, if it was not told yet."""
        self.number += 1
        if tells and tells != self.told:
            if leaf.scene is None:
                self._when(leaf)
            self._paragraph(tells)
            self.told = tells
        self._frame(leaf)
        for said in leaf.said:
            found = understood(said, leaf.role, self.names)
            alone = f" [only {self.names[leaf.role]}]" if found.private else ""
            rows = _wrapped(f"✓ {found.sort}: {found.text}{alone}", self.width - 2, "  ")
            for row in rows:
                self._say(f"  {row}", "yellow" if found.private else "green")

    def summary(self, lines: Iterable[str]) -> None:
        self._say()
        self._say("━" * self.width, "bold", "green")
        for line in lines:
            self._say(line)

    def _when(self, event: Leaf | Scene) -> None:
        self._say()
        self._say(both_clocks(event.at, self.people[Role.REPORT], self.people[Role.MANAGER]), "bold")

    def _paragraph(self, text: str) -> None:
        for line in textwrap.wrap(text, self.width):
            self._say(line)

    # ---- a mail ----

    def _frame(self, leaf: Leaf) -> None:
        colour = COLOURS[leaf.role]
        name = leaf.person.first_name
        title = f"{name} writes, in {CLIENTS[leaf.client]}" if leaf.is_reply else f"{name} reads"
        self._say()
        self._say(f"┌─ {self.number} ─ {title} ".ljust(self.width, "─"), colour)
        edge = self.terminal.paint("│".translate(self._frame_signs), colour)
        for text, styles in self._rows(leaf):
            painted = self.terminal.paint(self._fitting(text), *styles)
            self.terminal.say(f"{edge} {painted}".rstrip())
        self._say("└".ljust(self.width, "─"), colour)

    def _rows(self, leaf: Leaf) -> Iterator[Row]:
        yield from (self._header(name, value) for name, value in headers(leaf))
        yield "", ()
        rows = reply_rows(leaf.lines, COLOURS[leaf.role]) if leaf.is_reply else mail_rows(leaf.mail.text)
        for text, styles in rows:
            text = printable(text.replace("\u202f", " "))  # Gmail and Apple write 9:00 PM with it
            if text.startswith("> "):
                text = textwrap.shorten(text, self.width - 2, placeholder=" ...")
            for line in _wrapped(text, self.width - 2, " " * len(MARK.match(text)[0])) or [""]:  # type: ignore[index]
                yield line, styles

    def _header(self, name: str, value: str) -> Row:
        return textwrap.shorten(f"{name}: {value}", self.width - 2, placeholder=" ..."), ("cyan",)

    # ---- what the stream can carry ----

    @property
    def _frame_signs(self) -> dict[int, int]:
        return {} if _can_say("│", self.terminal) else PLAIN_FRAME

    def _fitting(self, text: str) -> str:
        encoding = self.terminal.out.encoding or "utf-8"
        return text.translate(self._frame_signs).encode(encoding, "replace").decode(encoding)

    def _say(self, text: str = "", *styles: str) -> None:
        self.terminal.say(self._fitting(text), *styles)


def mail_rows(text: str) -> Iterator[Row]:
    """A mail of mailbot: headings bold, the small print dim, room to type in as one empty line."""
    footer = False
    above = "-"
    for line in text.rstrip("\n").split("\n"):
        footer = footer or line.startswith("Who can read this")
        heading = read_heading(line)
        if line or above:
            yield line, ("dim",) if footer else ("bold",) if heading is not None and heading.exact else ()
        above = line


def reply_rows(lines: Iterable[Line], colour: str) -> Iterator[Row]:
    """A reply: the new words stand out, what is quoted is dim, one line each, and long quotes are folded."""
    parts = [(new, [line.text for line in group]) for new, group in groupby(shown(lines), key=is_new)]
    for at, (new, texts) in enumerate(parts):
        if new:
            words = "\n".join(texts).strip("\n")
            yield from ((line, ("bold", colour)) for line in re.sub("\n{3,}", "\n\n", words).split("\n"))
            yield "", ()
        else:
            folded = fold([text for text in texts if text.strip()], is_first=at == 0, is_last=at == len(parts) - 1)
            yield from ((f"> {text}", ("dim",)) for text in folded)


def fold(quoted: list[str], *, is_first: bool, is_last: bool) -> list[str]:
    """The quoted lines next to new words, and how many there are besides."""
    above, below = 0 if is_first else QUOTED_SHOWN, 0 if is_last else QUOTED_SHOWN
    left = len(quoted) - above - below
    if left < 2:
        return quoted
    return [*quoted[:above], f"... {left} more lines ...", *quoted[len(quoted) - below :]]


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True,
                         replace_whitespace=False)


def _can_say(sign: str, terminal: Terminal) -> bool:
    try:
        sign.encode(terminal.out.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
