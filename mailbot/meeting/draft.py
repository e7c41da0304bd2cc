"""One step of a series while it is being made: the state so far, what will leave, what the receipt
will say.

A Turn lives inside one call of `decide` and never outside it; that is what keeps `decide` a
function.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from mailbot.meeting.events import Send, World
from mailbot.meeting.model import (
    ActionItem,
    ActionState,
    AgendaItem,
    LastMail,
    Meeting,
    Note,
    Person,
    Purpose,
    Role,
    Series,
    Stage,
    Theme,
)
from mailbot.meeting.schedule import gap_days, local

W = TypeVar("W", AgendaItem, Note)

# prompts a theme has; the meeting's number picks one, so none comes back within six meetings
PROMPTS = 7
PROMPTED_THEMES = 3  # more in one mail go unread


class Draft:
    def __init__(self, series: Series, world: World) -> None:
        self.series = series
        self.world = world
        self.sends: list[Send] = []
        self.closed: list[Meeting] = []
        self.closed_actions: list[ActionItem] = []
        self.trace: list[str] = []

    # ---- state ----

    def set(self, **changes: Any) -> None:
        self.series = replace(self.series, **changes)

    def meeting(self, number: int | None) -> Meeting | None:
        return self.series.meeting(number)

    def without(self, meeting: Meeting) -> Series:
        """The series as if this meeting were not planned."""
        return replace(
            self.series,
            meetings=tuple(m for m in self.series.meetings if m.number != meeting.number),
        )

    def put(self, meeting: Meeting) -> Meeting:
        """The meeting as it is now, in place of what it was."""
        others = [m for m in self.series.meetings if m.number != meeting.number]
        self.set(meetings=tuple(sorted([*others, meeting], key=lambda m: m.number)))
        return meeting

    def upcoming(self) -> Meeting | None:
        return self.series.upcoming

    def past(self) -> Meeting | None:
        """The latest meeting that time has passed."""
        return next((m for m in reversed(self.series.meetings) if m.past), None)

    def put_person(self, role: Role, person: Person) -> None:
        self.set(**{role.value: person})

    def action(self, number: int) -> ActionItem | None:
        return next((a for a in self.series.actions if a.number == number), None)

    def put_action(self, action: ActionItem) -> None:
        others = [a for a in self.series.actions if a.number != action.number]
        self.set(actions=tuple(sorted([*others, action], key=lambda a: a.number)))

    def take_id(self) -> int:
        self.set(next_id=self.series.next_id + 1)
        return self.series.next_id - 1

    def day(self, instant: datetime) -> date:
        """The calendar day in the anchor zone."""
        return local(instant, self.series.cadence.zone).date()

    @property
    def today(self) -> date:
        return self.day(self.world.now)

    def last_mail(self, by: Role) -> LastMail | None:
        return next((m for m in self.series.last_mails if m.by is by), None)

    def remember(self, mail: LastMail) -> None:
        self.set(last_mails=(*(m for m in self.series.last_mails if m.by is not mail.by), mail))

    def forget_offers(self, number: int) -> None:
        self.set(offers=tuple(o for o in self.series.offers if o.meeting != number))

    # ---- what one reader may see ----

    def open_actions(self) -> tuple[ActionItem, ...]:
        """The manager's own promises first, each group by number."""
        found = [a for a in self.series.actions if a.state is ActionState.OPEN]
        return tuple(sorted(found, key=lambda a: (a.owner is not Role.MANAGER, a.number)))

    def closed_actions_to_tell(self) -> tuple[ActionItem, ...]:
        """Done or dropped since the last summary that went out."""
        return tuple(
            a for a in self.series.actions if a.state is not ActionState.OPEN and not a.told
        )

    def late_notes(self) -> tuple[Note, ...]:
        """Shared notes that came after the summary of their meeting, or to a meeting that had
        none."""
        closed = [m for m in self.series.meetings if m.stage is Stage.CLOSED]
        return tuple(n for m in closed for n in untold(m))

    def note_what_was_told(self, mail: Send) -> None:
        """The notes in this mail that its reader did not write are told from now on."""
        shown = {n.id for n in mail.notes if n.author is not mail.to}
        for meeting in self.series.meetings:
            notes = tuple(replace(n, told=n.told or n.id in shown) for n in meeting.notes)
            self.put(replace(meeting, notes=notes))

    def send(
        self, purpose: Purpose, to: Role, meeting: Meeting | None = None, **content: Any
    ) -> Send:
        """Add one mail. What the reader may not see is not in it."""
        series = self.series
        self.set(serial=series.serial + 1)
        mail = Send(
            purpose=purpose,
            to=to,
            reader=series.person(to),
            other=series.person(to.other),
            serial=series.serial + 1,
            meeting=meeting.number if meeting else 0,
            start=meeting.start if meeting else None,
            minutes=meeting.minutes if meeting else series.cadence.minutes,
            zone=series.cadence.zone,
            planned=(meeting.first_start or meeting.planned) if meeting else None,
            **content,
        )
        self.sends.append(mail)
        return mail

    def agenda_of(self, meeting: Meeting, reader: Role) -> dict[str, Any]:
        """The content of a mail about one meeting, for one reader."""
        following = next((m for m in self.series.meetings if m.number > meeting.number), None)
        return {
            "actions": self.open_actions(),
            "closed": self.closed_actions_to_tell(),
            "items": tuple(shared(meeting.items)),
            "own_items": tuple(own(meeting.items, reader)),
            "notes": tuple(shared(meeting.notes)),
            "own_notes": tuple(own(meeting.notes, reader)),
            "next_start": following.start if following else None,
            "gap_days": self.gap_for(meeting, following),
        }

    def gap_for(self, meeting: Meeting, following: Meeting | None) -> int | None:
        """Days over the limit before the meeting a mail is about, or, once it is held, before
        the next one."""
        about = following if meeting.past else meeting
        return gap_days(self.series, about.start, self.world) if about else None

    def themes(self, meeting: Meeting) -> tuple[tuple[Theme, int | None], ...]:
        """The headings: the theme longest untouched first, at most three with a prompt."""
        touched = dict(self.series.touched)
        themes = [t for t in Theme if t is not Theme.ANYTHING_ELSE]
        themes.sort(key=lambda t: (touched.get(t, 0), list(Theme).index(t)))
        prompt = meeting.number % PROMPTS
        asked = tuple((t, prompt if n < PROMPTED_THEMES else None) for n, t in enumerate(themes))
        return (*asked, (Theme.ANYTHING_ELSE, None))


def untold(meeting: Meeting) -> list[Note]:
    """Shared notes that no mail to the other has held yet."""
    return [n for n in shared(meeting.notes) if not n.told]


def shared(words: Iterable[W]) -> list[W]:
    """What both may see, the report's before the manager's."""
    return sorted((w for w in words if not w.private), key=lambda w: w.author is not Role.REPORT)


def own(words: Iterable[W], reader: Role) -> list[W]:
    """The reader's private words, and nobody else's."""
    return [w for w in words if w.private and w.author is reader]
