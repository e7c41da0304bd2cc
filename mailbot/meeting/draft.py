"""One step of a series while it is being made: the state so far, what will leave, and why not.

A Draft lives inside one call of `decide` and never outside it; that is what keeps `decide` a
function.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, repeat
from typing import TypedDict, TypeVar, Unpack

from mailbot.meeting.events import World
from mailbot.meeting.model import (
    ActionItem,
    ActionState,
    AgendaItem,
    Cadence,
    Feedback,
    LastMail,
    Meeting,
    Note,
    Offer,
    Person,
    Proposal,
    Purpose,
    Role,
    Series,
    Stage,
    Theme,
    Unconfirmed,
)
from mailbot.meeting.schedule import gap_days, local
from mailbot.meeting.sends import Agenda, Content, Fact, MeetingSummary, Receipt, Send

W = TypeVar("W", AgendaItem, Note)
N = TypeVar("N", Meeting, ActionItem)

# prompts a theme has; the meeting's number picks one, so none comes back within six meetings
PROMPTS = 7
PROMPTED_THEMES = 3  # more in one mail go unread


class SeriesChanges(TypedDict, total=False):
    """The fields of a Series that a step may set; a test holds them to it."""

    report: Person
    manager: Person
    cadence: Cadence
    meetings: tuple[Meeting, ...]
    actions: tuple[ActionItem, ...]
    carried: tuple[AgendaItem, ...]
    next_id: int
    next_action: int
    next_meeting: int
    serial: int
    began: datetime | None
    last_met: datetime | None
    misses: int
    paused_until: date | None
    proposal: Proposal | None
    offers: tuple[Offer, ...]
    last_mails: tuple[LastMail, ...]
    touched: tuple[tuple[Theme, int], ...]
    gap_warned: datetime | None
    next_due: datetime | None
    unconfirmed: tuple[Unconfirmed, ...]
    feedback: tuple[Feedback, ...]


class Draft:
    def __init__(self, series: Series, world: World) -> None:
        self.series = series
        self.world = world
        self._sends: dict[int, Send] = {}
        self.closed: list[Meeting] = []
        self.closed_actions: list[ActionItem] = []
        self.trace: list[str] = []

    # ---- state ----

    def set(self, **changes: Unpack[SeriesChanges]) -> None:
        """Change fields of the series by name."""
        self.series = replace(self.series, **changes)

    def meeting(self, number: int | None) -> Meeting | None:
        """Find a meeting in play."""
        return self.series.meeting(number)

    def without(self, meeting: Meeting) -> Series:
        """Picture the series as if this meeting were not planned."""
        others = (m for m in self.series.meetings if m.number != meeting.number)
        return replace(self.series, meetings=tuple(others))

    def drop(self, meeting: Meeting) -> None:
        """Take a meeting out of play."""
        self.series = self.without(meeting)

    def put(self, meeting: Meeting) -> Meeting:
        """Put a meeting, as it is now, in place of what it was."""
        self.set(meetings=_put(self.series.meetings, meeting))
        return meeting

    def upcoming(self) -> Meeting | None:
        """Find the next meeting that time has not reached."""
        return self.series.upcoming

    @property
    def is_paused(self) -> bool:
        until = self.series.paused_until
        return until is not None and self.today < until

    def past(self) -> Meeting | None:
        """Find the latest meeting that time has passed."""
        return next((m for m in reversed(self.series.meetings) if m.past), None)

    def put_person(self, role: Role, person: Person) -> None:
        """Put a person, as they are known now, in place of what was known."""
        people = self.series.people | {role: person}
        self.set(report=people[Role.REPORT], manager=people[Role.MANAGER])

    def action(self, number: int) -> ActionItem | None:
        """Find an action item, open or closed lately, by its number."""
        return next((a for a in self.series.actions if a.number == number), None)

    def put_action(self, action: ActionItem) -> None:
        """Put an action item, as it is now, in place of what it was."""
        self.set(actions=_put(self.series.actions, action))

    def take_id(self) -> int:
        """Take the next id of an item or note."""
        self.set(next_id=self.series.next_id + 1)
        return self.series.next_id - 1

    def day(self, instant: datetime) -> date:
        """Tell the calendar day of an instant in the anchor zone."""
        return local(instant, self.series.cadence.zone).date()

    @property
    def today(self) -> date:
        return self.day(self.world.now)

    def last_mail(self, by: Role) -> LastMail | None:
        """Recall what this person's last mail did, unless it was taken back."""
        return next((m for m in self.series.last_mails if m.by is by), None)

    def remember(self, mail: LastMail) -> None:
        """Keep what a person's mail did, in place of what the one before did."""
        others = (m for m in self.series.last_mails if m.by is not mail.by)
        self.set(last_mails=(*others, mail))

    def forget(self, mail: LastMail) -> None:
        """Drop what a person's mail did: it is taken back."""
        self.set(last_mails=tuple(m for m in self.series.last_mails if m is not mail))

    def forget_offers(self, number: int) -> None:
        """Take back the slots that were offered for a meeting."""
        self.set(offers=tuple(o for o in self.series.offers if o.meeting != number))

    # ---- what leaves: nothing is sent before the decision is made ----

    def made(
        self,
        purpose: Purpose,
        to: Role,
        meeting: Meeting | None,
        content: Content,
        facts: tuple[Fact, ...] = (),
    ) -> Send:
        """Make a mail with the next serial, for `add` or `answer`. meeting None: about the series
        itself."""
        series = self.series
        self.set(serial=series.serial + 1)
        mail = Send(
            purpose=purpose,
            to=to,
            reader=series.person(to),
            other=series.person(to.other),
            serial=self.series.serial,
            meeting=0,
            start=None,
            minutes=series.cadence.minutes,
            zone=series.cadence.zone,
            content=content,
            facts=facts,
        )
        if meeting is None:
            return mail
        return replace(
            mail,
            meeting=meeting.number,
            start=meeting.start,
            minutes=meeting.minutes,
            planned=meeting.first_start or meeting.planned,
        )

    def add(self, mail: Send) -> Send:
        """Let a mail leave; one of the same serial is said in these words instead. How a mail was
        read is told to its writer alone."""
        assert mail.answers or mail.receipt == Receipt(), f"{mail.purpose} answers nothing"
        self._sends[mail.serial] = mail
        return mail

    def answer(self, mail: Send) -> Send:
        """Let a mail leave that answers one of its reader."""
        return self.add(replace(mail, answers=True))

    def tell_both(
        self,
        by: Role,
        purpose: Purpose,
        meeting: Meeting | None,
        content: Content,
        facts: tuple[Fact, ...] = (),
    ) -> None:
        """Let news leave to both: an answer to the one whose doing it is."""
        self.answer(self.made(purpose, by, meeting, content, facts))
        self.add(self.made(purpose, by.other, meeting, content, facts))

    def withdraw(self, mails: Iterable[Send]) -> None:
        """Let these mails stay after all."""
        for mail in mails:
            del self._sends[mail.serial]

    @property
    def sends(self) -> tuple[Send, ...]:
        """What leaves, in the order of the serials."""
        return tuple(self._sends.values())

    def sends_to(self, role: Role) -> list[Send]:
        """List what leaves to one of the two, in the order of the serials."""
        return [send for send in self.sends if send.to is role]

    # ---- what one reader may see ----

    def open_actions(self) -> tuple[ActionItem, ...]:
        """List the open action items: the manager's first, each group by number."""
        found = [a for a in self.series.actions if a.state is ActionState.OPEN]
        return tuple(sorted(found, key=lambda a: (a.owner is not Role.MANAGER, a.number)))

    def closed_actions_to_tell(self) -> tuple[ActionItem, ...]:
        """List what was done or dropped since the last summary that went out."""
        closed = (a for a in self.series.actions if a.state is not ActionState.OPEN)
        return tuple(a for a in closed if not a.told)

    def late_notes(self) -> tuple[Note, ...]:
        """List the shared notes that came after the summary of their meeting, or to a meeting that
        had none."""
        closed = [m for m in self.series.meetings if m.stage is Stage.CLOSED]
        return tuple(n for m in closed for n in untold(m))

    def mark_told(self, notes: Iterable[Note], reader: Role) -> None:
        """Remember that these notes stood in a mail to a reader who did not write them."""
        shown = {n.id for n in notes if n.author is not reader}
        for meeting in self.series.meetings:
            notes = tuple(replace(n, told=n.told or n.id in shown) for n in meeting.notes)
            self.put(replace(meeting, notes=notes))

    def agenda_of(self, meeting: Meeting, reader: Role) -> Agenda:
        """Gather what one reader may see of what there is to talk about."""
        return Agenda(
            items=tuple(shared(meeting.items)),
            own_items=tuple(own(meeting.items, reader)),
            own_notes=tuple(own(meeting.notes, reader)),
            actions=self.open_actions(),
            closed=self.closed_actions_to_tell(),
            themes=self.themes(meeting),
            gap_days=self.gap_for(meeting),
        )

    def summary_of(self, meeting: Meeting, reader: Role) -> MeetingSummary:
        """Gather what one reader may see of what was said."""
        following = self._following(meeting)
        return MeetingSummary(
            notes=tuple(shared(meeting.notes)),
            own_notes=tuple(own(meeting.notes, reader)),
            own_items=tuple(own(meeting.items, reader)),
            actions=self.open_actions(),
            closed=self.closed_actions_to_tell(),
            next_start=following.start if following else None,
            gap_days=self.gap_for(meeting),
        )

    def _following(self, meeting: Meeting) -> Meeting | None:
        return next((m for m in self.series.meetings if m.number > meeting.number), None)

    def gap_for(self, meeting: Meeting) -> int | None:
        """Count the days over the limit before the meeting a mail is about, or, once that is past,
        before the next one."""
        about = self._following(meeting) if meeting.past else meeting
        return gap_days(self.series, about.start, self.world) if about else None

    def themes(self, meeting: Meeting) -> tuple[tuple[Theme, int | None], ...]:
        """Order the headings: the theme longest untouched first, at most three with a prompt."""
        touched = dict(self.series.touched)
        *themes, last = Theme
        themes.sort(key=lambda theme: touched.get(theme, 0))  # equals stay in the handbook's order
        asked = repeat(meeting.number % PROMPTS, PROMPTED_THEMES)
        prompts: Iterator[int | None] = chain(asked, repeat(None))
        return tuple(zip((*themes, last), prompts, strict=False))


def _put(words: Iterable[N], new: N) -> tuple[N, ...]:
    """Put one in place of that of its number, in the order of the numbers."""
    numbered: dict[int, N] = {each.number: each for each in chain(words, (new,))}
    return tuple(numbered[number] for number in sorted(numbered))


def untold(meeting: Meeting) -> list[Note]:
    """List the shared notes that stood in no mail to the other yet."""
    return [n for n in shared(meeting.notes) if not n.told]


def shared(words: Iterable[W]) -> list[W]:
    """List what both may see, the report's before the manager's."""
    return sorted((w for w in words if not w.private), key=lambda w: w.author is not Role.REPORT)


def own(words: Iterable[W], reader: Role) -> list[W]:
    """List the reader's private words, and nobody else's."""
    return [w for w in words if w.private and w.author is reader]
