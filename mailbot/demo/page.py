"""Write index.html: the whole correspondence in a browser, from one file that asks the network for
nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import jinja2

from mailbot.demo.folder import MAILS, file_name
from mailbot.demo.lines import ShownLine, gist, mail_lines, own_lines, reply_lines
from mailbot.demo.script import Chapter, Scene, Script
from mailbot.demo.stage import Event, PlayedMail
from mailbot.demo.telling import (
    CLIENTS,
    Understood,
    both_clocks,
    clock_time,
    day_name,
    headers,
    kind,
    understood,
)
from mailbot.languages.day_names import city
from mailbot.languages.headings import printed
from mailbot.meeting.model import ActionItem, ActionState, Meeting, Person, Role

TEMPLATE = Path(__file__).with_name("page.html")


@dataclass(frozen=True, slots=True)
class Card:
    """One mail on the page."""

    number: int
    role: str
    is_reply: bool
    title: str
    time: str
    headers: tuple[tuple[str, str], ...]
    gist: tuple[ShownLine, ...]  # shown while the mail is closed
    text: tuple[ShownLine, ...]
    html: str
    understood: tuple[Understood, ...]
    file: str


@dataclass(frozen=True, slots=True)
class PageRow:
    """What happened at one time: a line of narration, and the mails beside each other."""

    when: str
    tells: str
    cells: dict[str, list[Card]]  # by role; only those who have a mail

    @property
    def side(self) -> str:
        """Whose mails alone stand here; "": both people's, or none."""
        return next(iter(self.cells)) if len(self.cells) == 1 else ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is on record of one meeting."""

    items: tuple[tuple[str, str, str, bool], ...]  # heading, text, author, private
    notes: tuple[tuple[str, str, bool], ...]  # text, author, private
    actions: tuple[tuple[int, str, str, str], ...]  # number, text, owner, state


@dataclass(slots=True)
class PageChapter:
    """A chapter of the page."""

    chapter: Chapter
    rows: list[PageRow] = field(default_factory=list)
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Secret:
    """A private line, and the mails in which it stands."""

    words: str
    owner: str
    mails: tuple[int, ...]
    others: int  # mails of anybody else


class PageMaker:
    """Collect the play and turn it into a page."""

    def __init__(self, people: dict[Role, Person], script: Script) -> None:
        self.people, self.script = people, script
        self.names = {role: person.first_name for role, person in people.items()}
        self.events: list[tuple[Event, str]] = []  # with what is told before them

    def add(self, event: Event, tells: str = "") -> None:
        self.events.append((event, tells))

    def render(
        self,
        facts: Mapping[str, object],
        secrets: Sequence[Secret],
        meetings: Sequence[Meeting],
        actions: Sequence[ActionItem],
    ) -> str:
        parts = self._parts()
        for part in parts:
            meeting = next((m for m in meetings if m.number == part.chapter.meeting), None)
            part.kept = self._kept(meeting, actions) if meeting else None
        environment = jinja2.Environment(
            autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
        )
        template = environment.from_string(TEMPLATE.read_text("utf8"))
        named = {role.value: person for role, person in self.people.items()}
        names = {role: person.first_name for role, person in named.items()}
        cities = {role: city(person.zone) for role, person in named.items()}
        return template.render(
            parts=parts, people=named.items(), names=names, cities=cities, secrets=secrets, **facts
        )

    # ---- rows ----

    def _parts(self) -> list[PageChapter]:
        parts = [PageChapter(chapter) for chapter in self.script.chapters]
        meeting, number = 1, 0
        for _, group in groupby(self.events, key=lambda each: (each[0].at, self._cause(each[0]))):
            events = list(group)
            leaves = [(event, tells) for event, tells in events if isinstance(event, PlayedMail)]
            meeting = max([meeting, *(leaf.place.meeting for leaf, _ in leaves)])
            for row in self._rows(events, number):
                parts[meeting - 1].rows.append(row)
            number += len(leaves)
        return parts

    def _cause(self, event: Event) -> str:
        scene = event if isinstance(event, Scene) else event.scene
        return scene.tells if scene else ""

    def _rows(self, events: Sequence[tuple[Event, str]], number: int) -> Iterator[PageRow]:
        """Put the reply into a row of its own, then the mails it or the clock caused, side by
        side."""
        when = both_clocks(events[0][0].at, self.people[Role.REPORT], self.people[Role.MANAGER])
        told = next((event.tells for event, _ in events if isinstance(event, Scene)), "")
        mails = _numbered(events, number)
        if told:
            yield PageRow(when, told, self._cells(each for each in mails if each[1].is_reply))
            when = ""
        caused = [each for each in mails if not each[1].is_reply]
        for tells, group in groupby(caused, key=lambda each: each[2]):
            yield PageRow(when, tells, self._cells(group))

    def _cells(self, leaves: Iterable[tuple[int, PlayedMail, str]]) -> dict[str, list[Card]]:
        cells: dict[str, list[Card]] = {}
        for number, leaf, _ in leaves:
            cells.setdefault(leaf.role.value, []).append(self._card(number, leaf))
        return dict(sorted(cells.items(), key=lambda each: list(Role).index(Role(each[0]))))

    def _card(self, number: int, leaf: PlayedMail) -> Card:
        zone = leaf.person.zone
        replies = f"{leaf.person.first_name} replies, {CLIENTS.get(leaf.client)}"
        return Card(
            number=number,
            role=leaf.role.value,
            is_reply=leaf.is_reply,
            title=replies if leaf.is_reply else kind(leaf.place.purpose),
            time=f"{day_name(leaf.at, zone)[:3]} {clock_time(leaf.at, zone)}",
            headers=tuple(headers(leaf)),
            gist=tuple(
                own_lines(leaf.lines) if leaf.is_reply else gist(leaf.mail.text, leaf.place.purpose)
            ),
            text=tuple(reply_lines(leaf.lines) if leaf.is_reply else mail_lines(leaf.mail.text)),
            html=leaf.mail.html,
            understood=tuple(understood(said, leaf.role, self.names) for said in leaf.said),
            file=f"{MAILS}/{file_name(number, leaf)}",
        )

    # ---- what is on record ----

    def _kept(self, meeting: Meeting, actions: Sequence[ActionItem]) -> Kept:
        day_of = meeting.start.date()
        items = (
            (printed("en")[i.theme.value], i.text, self.names[i.author], i.private)
            for i in meeting.items
        )
        notes = ((n.text, self.names[n.author], n.private) for n in meeting.notes)
        made = (
            (a.number, a.text, self.names[a.owner], _state(a))
            for a in actions
            if a.made_on == day_of
        )
        return Kept(tuple(items), tuple(notes), tuple(made))


def _numbered(
    events: Sequence[tuple[Event, str]], number: int
) -> list[tuple[int, PlayedMail, str]]:
    """Number the mails among these events; `number`: how many there were before."""
    mails = [(event, tells) for event, tells in events if isinstance(event, PlayedMail)]
    return [(n, mail, tells) for n, (mail, tells) in enumerate(mails, start=number + 1)]


def _state(action: ActionItem) -> str:
    if action.state is ActionState.OPEN:
        return "open"
    return f"{action.state.value}, {action.closed_on:%-d %b}"
