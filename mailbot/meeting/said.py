"""What a person said in one mail, in the order it was written. The mail room reads it; this room
acts on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import ClassVar

from mailbot.meeting.model import Role, Theme, Wanted

MAILS = {Wanted.ALL: "more", Wanted.LESS: "less", Wanted.NONE: "stop"}
DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def rhythm(
    every_weeks: int | None, weekday: int | None, at: time | None, minutes: int | None
) -> str:
    """Name the parts of a cadence that are given: "every 2 weeks, Tuesdays 10:00, 45 min"."""
    weeks = {None: "", 1: "weekly"}.get(every_weeks, f"every {every_weeks} weeks")
    day = DAYS[weekday] if weekday is not None else ""
    clock = f"{at:%H:%M}" if at is not None else ""
    length = f"{minutes} min" if minutes else ""
    return ", ".join(filter(None, (weeks, f"{day} {clock}".strip(), length)))


@dataclass(frozen=True, slots=True)
class Typed:
    """Words that are kept as they were typed."""

    text: str

    @property
    def words(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Item(Typed):
    """An agenda item as typed."""

    theme: Theme | None = None  # None: no heading; it goes under "Anything else"
    private: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Noted(Typed):
    """A note as typed (after the meeting)."""

    private: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Promised(Typed):
    """An action item as typed. owner None: the text names nobody, the writer owns it."""

    owner: Role | None = None
    due: date | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Remarked:
    """Words written next to action item `number`."""

    number: int
    text: str

    @property
    def words(self) -> str:
        return self.text


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

    @property
    def words(self) -> str:
        return f"{self.verb} {' '.join(map(str, self.numbers))}"


@dataclass(frozen=True, slots=True)
class SetDue:
    """`3 by Friday`"""

    number: int
    due: date

    @property
    def words(self) -> str:
        return f"{self.number} by {self.due.isoformat()}"


@dataclass(frozen=True, slots=True)
class SetOwner:
    """`3 @ben`"""

    number: int
    owner: Role

    @property
    def words(self) -> str:
        return f"{self.number} @{self.owner.value}"


@dataclass(frozen=True, slots=True)
class MoveTo:
    """`move to Thu 15:00`, in the writer's zone. at None: the same time of day."""

    day: date
    at: time | None = None

    @property
    def words(self) -> str:
        at = f" {self.at:%H:%M}" if self.at else ""
        return f"move to {self.day.isoformat()}{at}"


@dataclass(frozen=True, slots=True)
class Skip:
    """`skip`, `cancel`: never obeyed, answered with slots."""

    words: ClassVar[str] = "skip"


@dataclass(frozen=True, slots=True)
class Pick:
    """`1`, `2` or `3`: takes that slot of the last offer."""

    number: int

    @property
    def words(self) -> str:
        return str(self.number)


@dataclass(frozen=True, slots=True)
class Consent:
    """`yes` or `no` to what was proposed, or to "did it happen?"."""

    yes: bool

    @property
    def words(self) -> str:
        return "yes" if self.yes else "no"


@dataclass(frozen=True, slots=True)
class Pause:
    """`pause until 12 Jan`; the first day that may have mails again. None: until `resume`."""

    until: date | None = None

    @property
    def words(self) -> str:
        return f"pause until {self.until.isoformat()}" if self.until else "pause"


@dataclass(frozen=True, slots=True)
class Resume:
    """`resume`"""

    words: ClassVar[str] = "resume"


@dataclass(frozen=True, slots=True)
class Recur:
    """`every 2 weeks`, `weekly`, `Tuesdays 10:00`, `45 min`: the named parts change, None stays."""

    every_weeks: int | None = None
    weekday: int | None = None
    at: time | None = None
    minutes: int | None = None

    @property
    def words(self) -> str:
        return rhythm(self.every_weeks, self.weekday, self.at, self.minutes)


@dataclass(frozen=True, slots=True)
class Mails:
    """`less`, `more`, `stop`: which scheduled mails the writer wants."""

    wanted: Wanted

    @property
    def words(self) -> str:
        return MAILS[self.wanted]


@dataclass(frozen=True, slots=True)
class Private:
    """`2 private`: line 2 of the receipt is for the writer alone."""

    line: int

    @property
    def words(self) -> str:
        return f"{self.line} private"


@dataclass(frozen=True, slots=True)
class Undo:
    """`undo`"""

    words: ClassVar[str] = "undo"


@dataclass(frozen=True, slots=True)
class Help:
    """`help`"""

    words: ClassVar[str] = "help"


@dataclass(frozen=True, slots=True)
class NewSeries:
    """`new 1:1 with ana@corp.example, Tuesdays 10:00, weekly, 30 min`; None: the default."""

    address: str
    weekday: int | None = None
    at: time | None = None
    every_weeks: int | None = None
    minutes: int | None = None

    @property
    def words(self) -> str:
        named = rhythm(self.every_weeks, self.weekday, self.at, self.minutes)
        return ", ".join(filter(None, (f"new 1:1 with {self.address}", named)))


class Reason(StrEnum):
    """Why a line was not obeyed: `reason_NAME` in phrases.txt of every language."""

    UNCLEAR = "unclear"
    DATE = "date"
    NUMBER = "number"
    LATER = "later"
    CADENCE_LIMIT = "cadence_limit"
    PAST = "past"
    NO_SUCH_TIME = "no_such_time"
    PAUSED = "paused"
    NOT_PAUSED = "not_paused"
    NOT_ASKED = "not_asked"
    ONE_QUESTION = "one_question"
    EXISTS = "exists"
    ADDRESS = "address"
    NEWER = "newer"
    LINE = "line"
    NOTHING_TO_UNDO = "nothing_to_undo"
    NO_OFFER = "no_offer"
    SLOT_NUMBER = "slot_number"
    NEW_ELSEWHERE = "new_elsewhere"


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that looks like a command and cannot be obeyed as it stands. The line is kept word
    for word."""

    line: str
    hint: str  # what was guessed: a line that would work, e.g. "done 3"
    reason: Reason = Reason.UNCLEAR

    @property
    def words(self) -> str:
        return self.line


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


def words_of(said: Said) -> str:
    """Say it as a line that a person recognises, and that would be read as the same again."""
    return said.words
