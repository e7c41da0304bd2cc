"""What a person said in one mail, in the order it was written. The mail room reads it; this room
acts on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import assert_never

from mailbot.meeting.model import Role, Theme, Wanted


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item as typed."""

    text: str
    theme: Theme | None = None  # None: no heading; it goes under "Anything else"
    private: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """A note as typed (after the meeting)."""

    text: str
    private: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Promised:
    """An action item as typed. owner None: the text names nobody, the writer owns it."""

    text: str
    owner: Role | None = None
    due: date | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Remarked:
    """Words written next to action item `number`."""

    number: int
    text: str


class Verb(StrEnum):
    """What a numbered action item is marked as."""

    DONE = "done"
    DROP = "drop"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Mark:
    """`done 3`, `drop 3 5`, `reopen 3`, or "done" typed next to quoted item 3."""

    verb: Verb
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SetDue:
    """`3 by Friday`"""

    number: int
    due: date


@dataclass(frozen=True, slots=True)
class SetOwner:
    """`3 @ben`"""

    number: int
    owner: Role


@dataclass(frozen=True, slots=True)
class MoveTo:
    """`move to Thu 15:00`, in the writer's zone. at None: the same time of day."""

    day: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """`skip`, `cancel`: never obeyed, answered with slots."""


@dataclass(frozen=True, slots=True)
class Pick:
    """`1`, `2` or `3`: takes that slot of the last offer."""

    number: int


@dataclass(frozen=True, slots=True)
class Consent:
    """`yes` or `no` to what was proposed, or to "did it happen?"."""

    yes: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """`pause until 12 Jan`; the first day that may have mails again. None: until `resume`."""

    until: date | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """`resume`"""


@dataclass(frozen=True, slots=True)
class Recur:
    """`every 2 weeks`, `weekly`, `Tuesdays 10:00`, `45 min`: the named parts change, None stays."""

    every_weeks: int | None = None
    weekday: int | None = None
    at: time | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Mails:
    """`less`, `more`, `stop`: which scheduled mails the writer wants."""

    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Private:
    """`2 private`: line 2 of the receipt is for the writer alone."""

    line: int


@dataclass(frozen=True, slots=True)
class Undo:
    """`undo`"""


@dataclass(frozen=True, slots=True)
class Help:
    """`help`"""


@dataclass(frozen=True, slots=True)
class NewSeries:
    """`new 1:1 with ana@corp.example, Tuesdays 10:00, weekly, 30 min`; None: the default."""

    address: str
    weekday: int | None = None
    at: time | None = None
    every_weeks: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that looks like a command and cannot be obeyed as it stands. The line is kept word
    for word."""

    line: str
    hint: str  # what was guessed: a line that would work, e.g. "done 3"
    # key into the templates: unclear | date | number | nothing_found | limit | ...
    reason: str = "unclear"


Said = (
    Item
    | Noted
    | Promised
    | Remarked
    | Mark
    | SetDue
    | SetOwner
    | MoveTo
    | Skip
    | Pick
    | Consent
    | Pause
    | Resume
    | Recur
    | Mails
    | Private
    | Undo
    | Help
    | NewSeries
    | Problem
)


MAILS = {Wanted.ALL: "more", Wanted.LESS: "less", Wanted.NONE: "stop"}


def words_of(said: Said) -> str:
    """What was said, as a line a person recognises."""
    match said:
        case Item() | Noted() | Promised() | Remarked():
            return said.text
        case Problem():
            return said.line
        case Mark():
            return f"{said.verb} {' '.join(map(str, said.numbers))}"
        case SetDue():
            return f"{said.number} by {said.due.isoformat()}"
        case SetOwner():
            return f"{said.number} @{said.owner.value}"
        case MoveTo():
            return f"move to {said.day.isoformat()}" + (f" {said.at:%H:%M}" if said.at else "")
        case Pause():
            return f"pause until {said.until.isoformat()}" if said.until else "pause"
        case Pick():
            return str(said.number)
        case Consent():
            return "yes" if said.yes else "no"
        case Mails():
            return MAILS[said.wanted]
        case Private():
            return f"{said.line} private"
        case Recur():
            return _rhythm(said)
        case NewSeries():
            rhythm = _rhythm(Recur(said.every_weeks, said.weekday, said.at, said.minutes))
            return f"new 1:1 with {said.address}" + (f", {rhythm}" if rhythm else "")
        case Skip() | Resume() | Undo() | Help():
            return type(said).__name__.lower()
        case _:
            assert_never(said)


_DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def _rhythm(said: Recur) -> str:
    """ "every 2 weeks, Tuesdays 10:00, 45 min": the parts that were named."""
    weeks = {None: "", 1: "weekly"}.get(said.every_weeks, f"every {said.every_weeks} weeks")
    day = _DAYS[said.weekday] if said.weekday is not None else ""
    clock = f"{said.at:%H:%M}" if said.at is not None else ""
    minutes = f"{said.minutes} min" if said.minutes else ""
    return ", ".join(part for part in (weeks, f"{day} {clock}".strip(), minutes) if part)
