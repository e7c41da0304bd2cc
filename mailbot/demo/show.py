"""Show the play on a terminal: each mail as a mail reader shows it, with a line of narration before
it."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator

from mailbot.commands.terminal import Terminal, printable
from mailbot.demo.lines import ShownLine, folded_lines, mail_lines
from mailbot.demo.script import Chapter, Scene
from mailbot.demo.stage import PlayedMail
from mailbot.demo.telling import CLIENTS, Understood, both_clocks, headers, understood
from mailbot.meeting.model import Person, Role

NARROW, WIDE = 80, 100  # columns; longer lines are hard to read
QUOTED_SHOWN = 2  # quoted lines left on either side of new words; mail readers fold the rest too
COLOURS = {Role.REPORT: "magenta", Role.MANAGER: "blue"}
PLAIN_FRAME = str.maketrans("┌└│─━✓", "++|-=*")

STYLES = {
    "": (),
    "quoted": ("dim",),
    "heading": ("bold",),
    "private": ("yellow",),
    "small": ("dim",),
}

Row = tuple[str, tuple[str, ...]]  # a line and its styles


class Showing:
    """Print the play as it happens."""

    def __init__(self, terminal: Terminal, people: dict[Role, Person]) -> None:
        self.terminal = terminal
        self.people = people
        self.names = {role: person.first_name for role, person in people.items()}
        on_terminal = terminal.out.isatty()
        columns = shutil.get_terminal_size((NARROW, 24)).columns if on_terminal else NARROW
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

    def leaf(self, leaf: PlayedMail, tells: str) -> None:
        """Show a mail. `tells`: the narration, if it was not told yet."""
        self.number += 1
        if tells and tells != self.told:
            if leaf.scene is None:
                self._when(leaf)
            self._paragraph(tells)
            self.told = tells
        self._frame(leaf)
        for said in leaf.said:
            self._understood(understood(said, leaf.role, self.names), leaf.role)

    def _understood(self, found: Understood, writer: Role) -> None:
        alone = f" [only {self.names[writer]}]" if found.private else ""
        colour = "yellow" if found.private else "green"
        for row in _wrapped(f"✓ {found.sort}: {found.text}{alone}", self.width - 2, "  "):
            self._say(f"  {row}", colour)

    def summary(self, lines: Iterable[str]) -> None:
        self._say()
        self._say("━" * self.width, "bold", "green")
        for line in lines:
            self._say(line)

    def _when(self, event: PlayedMail | Scene) -> None:
        self._say()
        self._say(
            both_clocks(event.at, self.people[Role.REPORT], self.people[Role.MANAGER]), "bold"
        )

    def _paragraph(self, text: str) -> None:
        for line in textwrap.wrap(text, self.width):
            self._say(line)

    # ---- a mail ----

    def _frame(self, leaf: PlayedMail) -> None:
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

    def _rows(self, leaf: PlayedMail) -> Iterator[Row]:
        yield from (self._header(name, value) for name, value in headers(leaf))
        yield "", ()
        styles = {look: STYLES.get(look, ("bold", COLOURS[leaf.role])) for look in ("new", *STYLES)}
        above = ""
        for words in _body(leaf):
            text = self._printable(words)
            if text or above:  # room to type in is one empty line here
                for line in _wrapped(text, self.width - 2, " " * len(words.mark)) or [""]:
                    yield line, styles[words.look]
            above = text

    def _printable(self, words: ShownLine) -> str:
        # Gmail and Apple write 9:00 PM with it
        text = printable(words.text.replace("\u202f", " "))
        if words.look != "quoted":
            return text
        return textwrap.shorten(text, self.width - 2, placeholder=" ...")

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


def _body(leaf: PlayedMail) -> Iterator[ShownLine]:
    if leaf.is_reply:
        return folded_lines(leaf.lines, QUOTED_SHOWN)
    return mail_lines(leaf.mail.text)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        subsequent_indent=indent,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )


def _can_say(sign: str, terminal: Terminal) -> bool:
    try:
        sign.encode(terminal.out.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
