"""The words of the product as values. Instants are aware and in UTC; dates are days in the
anchor zone unless said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


class Role(StrEnum):
    """One of the two people of a series."""

    REPORT = "report"
    MANAGER = "manager"

    @property
    def other(self) -> Role:
        return Role.MANAGER if self is Role.REPORT else Role.REPORT


class Theme(StrEnum):
    """What an agenda item is about, in the order of the handbook."""

    BIG_PICTURE = "big_picture"
    FEEDBACK = "feedback"
    CAREER = "career"
    PERSONAL = "personal"
    ANYTHING_ELSE = "anything_else"


class Stage(StrEnum):
    """How far one meeting has come. Only time and mails move it, never backwards except by a
    move."""

    PLANNED = "planned"  # nothing was mailed yet
    COLLECTING = "collecting"  # the report was asked for the agenda
    AGENDA_SENT = "agenda_sent"  # the merged agenda went out
    MET = "met"  # the time has passed; notes are being asked for
    CLOSED = "closed"  # the summary went out, or nobody answered: history


class ActionState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Wanted(StrEnum):
    """Which of the mails that nobody's mail caused a person wants."""

    ALL = "all"
    LESS = "less"  # the agenda and the summary
    NONE = "none"


class Purpose(StrEnum):
    """Why a mail is sent. The order is part of every reply token: append, never insert or
    remove."""

    AGENDA_REQUEST = "agenda_request"
    FIRST_AGENDA_REQUEST = "first_agenda_request"
    FIRST_MANAGER = "first_manager"  # the manager's part of the first agenda request
    AGENDA = "agenda"
    AGENDA_UPDATE = "agenda_update"
    NOTES_REQUEST = "notes_request"
    SUMMARY = "summary"
    RECEIPT = "receipt"
    HELP = "help"
    PROBLEM = "problem"  # what could not be read, a near miss, nothing found
    SLOTS = "slots"  # three free times
    # one person's proposal, put to the other: a move or a change of the series
    MOVE_PROPOSAL = "move_proposal"
    MOVED = "moved"  # told to both after the yes (or the no)
    INTRO = "intro"  # a series starts: the report gets the introduction first
    GAP_WARNING = "gap_warning"
    # a fact the other did: paused, resumed, handed an action item over, mails do not arrive
    NOTICE = "notice"
    CONFIRM = "confirm"  # words that wait for a yes, shown to the address on file: "was this you?"


SCHEDULED = frozenset(
    {
        Purpose.AGENDA_REQUEST,
        Purpose.FIRST_AGENDA_REQUEST,
        Purpose.FIRST_MANAGER,
        Purpose.AGENDA,
        Purpose.AGENDA_UPDATE,
        Purpose.NOTES_REQUEST,
        Purpose.SUMMARY,
        Purpose.GAP_WARNING,
    }
)
"""Mails that nobody's mail caused: they count against the budget and keep working hours."""

LESS = frozenset({Purpose.AGENDA, Purpose.SUMMARY})
"""Those of them that are left for somebody who wrote "less"."""

TAKEN: dict[Wanted, frozenset[Purpose]] = {
    Wanted.ALL: frozenset(Purpose),
    Wanted.LESS: frozenset(Purpose) - SCHEDULED | LESS,
    Wanted.NONE: frozenset(),
}
"""What time may send to somebody who wants so much."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address on file."""

    address: str  # canonical: lower case, no display name
    name: str
    zone: str = "UTC"  # IANA name
    from_hour: time = time(9)  # working hours, local wall clock
    to_hour: time = time(17)
    days: tuple[int, ...] = (0, 1, 2, 3, 4)  # working days, Monday = 0
    language: str = "en"
    # ISO 3166, optionally "-" and a subdivision: "DE-BY"; empty: no holidays known
    country: str = ""
    aliases: tuple[str, ...] = ()
    # those of the aliases that they told by mail; the others are the operator's
    confirmed: tuple[str, ...] = ()
    away_until: date | None = None  # stated return; the last day away, inclusive
    unreachable: bool = False  # mails to the address bounced; cleared when the person writes
    wanted: Wanted = Wanted.ALL

    @property
    def first_name(self) -> str:
        """Tell what the other calls them: of "Ito, Ben" (Exchange) and "Dr. Ben Ito" it is Ben."""
        given = self.name.partition(",")[2] or self.name
        words = [word for word in given.split() if not word.endswith(".")]
        return next(iter(words or given.split()), self.address)

    def takes(self, purpose: Purpose) -> bool:
        """Tell whether time may send them this mail. Answers and news of the other's doing are
        another matter."""
        return purpose in TAKEN[self.wanted] and not self.unreachable


LONGEST_WEEKS = 2  # between two meetings


@dataclass(frozen=True, slots=True)
class Cadence:
    """When a series meets: wall-clock time in one anchor zone, so that it stays at 10:00 over
    clock changes."""

    weekday: int  # Monday = 0
    at: time
    zone: str
    every_weeks: int = 1  # 1 or 2; never longer: two meetings are at most two weeks apart
    minutes: int = 30
    first: date | None = None  # no meeting before this day


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something to talk about."""

    id: int  # unique in the series, shared with notes
    text: str
    author: Role
    theme: Theme
    private: bool = False
    level: int = 0  # nesting, 0 = outermost
    carried_from: date | None = None  # the day of the meeting it was first meant for, anchor zone


@dataclass(frozen=True, slots=True)
class Note:
    """Something said, written down afterwards."""

    id: int
    text: str
    author: Role
    private: bool = False
    level: int = 0
    told: bool = False  # stood in a mail to the other


@dataclass(frozen=True, slots=True)
class Remark:
    """Words written next to an action item, kept with it."""

    author: Role
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something promised."""

    number: int  # unique in the series, never reused
    owner: Role
    text: str
    made_on: date  # day of the meeting it came from, anchor zone
    due: date | None = None
    state: ActionState = ActionState.OPEN
    closed_on: date | None = None
    remarks: tuple[Remark, ...] = ()
    told: bool = False  # that it is closed stood in a summary


@dataclass(frozen=True, slots=True)
class Mailed:
    """A scheduled mail of a meeting that is in the outbox or beyond."""

    purpose: Purpose
    to: Role
    at: datetime
    changes: int = 0  # of the shared agenda that it showed


@dataclass(frozen=True, slots=True)
class Meeting:
    """One occurrence of a series; it has one mail thread of its own."""

    number: int  # 1, 2, 3 ...; names the thread
    start: datetime
    minutes: int
    planned: datetime  # where the cadence put it
    stage: Stage = Stage.PLANNED
    items: tuple[AgendaItem, ...] = ()
    notes: tuple[Note, ...] = ()
    mailed: tuple[Mailed, ...] = ()
    changes: int = 0  # of the shared agenda so far
    answered: tuple[Role, ...] = ()  # who answered the notes request
    answered_at: datetime | None = None  # the first of those answers
    happened: bool | None = None  # None: nobody said
    # where it stood at first, days off avoided: names its thread whatever moves
    first_start: datetime | None = None

    def readers(self, *purposes: Purpose) -> set[Role]:
        """Tell whom a scheduled mail of one of these purposes went to."""
        return {m.to for m in self.mailed if m.purpose in purposes}

    def mails_to(self, role: Role) -> list[Purpose]:
        """List what this person was sent, in order."""
        return [m.purpose for m in self.mailed if m.to is role]

    @property
    def past(self) -> bool:
        """Time has reached it."""
        return self.stage in (Stage.MET, Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that waits for the other's yes: a move of one meeting, or a new cadence."""

    by: Role
    made_at: datetime
    # of the mail that put it to the other: only an answer to that one is a yes to it
    serial: int = 0
    meeting: int | None = None  # number of the meeting to move
    start: datetime | None = None
    cadence: Cadence | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """Slots that were offered to one person; "2" takes the second."""

    to: Role
    meeting: int
    slots: tuple[datetime, ...]


class RefKind(StrEnum):
    """What stands on a numbered line of a receipt, as far as it can be hidden or taken back."""

    NOTHING = ""
    ITEM = "item"
    NOTE = "note"
    ACTION = "action"


Ref = tuple[RefKind, int]  # and the id of the item or note, or the number of the action item
NO_REF: Ref = (RefKind.NOTHING, 0)


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """A meeting that a mail moved."""

    number: int
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class PauseChanged:
    """What `pause` or `resume` changed. `before`, `after`: `paused_until` of the series."""

    before: date | None
    after: date | None
    put_off: Meeting | None = None


@dataclass(frozen=True, slots=True)
class LastMail:
    """What one person's last mail did: for `undo` and for "2 private". References are ids of
    items and notes, or action numbers, in the order of the numbered receipt lines."""

    by: Role
    receipt: int = 0  # serial of the receipt that numbered the lines; 0: it got none
    lines: tuple[Ref, ...] = ()
    actions_before: tuple[ActionItem, ...] = ()  # earlier versions of what it changed
    moved: MeetingMoved | None = None
    pause: PauseChanged | None = None
    cadence_before: Cadence | None = None
    wanted_before: Wanted | None = None
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A mail of which we are not sure who wrote it; it waits, whole, for the yes of the address
    on file."""

    name: str  # under which the raw mail is set aside
    role: Role  # whom the words claim to be from
    claimed: str  # the address they came from
    until: datetime  # seven days; then it is dropped and the operator told
    serial: int = 0  # of the mail that asks: only an answer to this one counts
    done: bool = False  # the words were applied; what is left is whether the address is theirs, too


@dataclass(frozen=True, slots=True)
class Feedback:
    """An answer to somebody's mail, remembered so that two robots, or one, come to an end."""

    to: Role
    at: datetime
    meeting: int
    about: str  # "", "news", or a line for each problem and its reason: none is told twice a day


@dataclass(frozen=True, slots=True)
class Series:
    """The standing one-on-one of one report and one manager: the unit of state."""

    id: str  # 8 characters of base32, made of the two addresses it began with
    report: Person
    manager: Person
    cadence: Cadence
    meetings: tuple[Meeting, ...] = ()  # in play, by start; closed ones are history
    actions: tuple[ActionItem, ...] = ()  # open, and those closed since the last summary
    carried: tuple[AgendaItem, ...] = ()  # waiting for the next meeting to be planned
    next_id: int = 1  # items and notes
    next_action: int = 1
    next_meeting: int = 1
    serial: int = 0  # mails sent so far; the next one carries serial + 1
    # the first start that was planned: what the gap counts from until one took place
    began: datetime | None = None
    last_met: datetime | None = None  # start of the last meeting nobody denied
    misses: int = 0  # meetings in a row that did not happen
    # no meeting and no scheduled mail before this day; date.max: until "resume"
    paused_until: date | None = None
    proposal: Proposal | None = None
    offers: tuple[Offer, ...] = ()
    last_mails: tuple[LastMail, ...] = ()
    # theme -> number of the last meeting that had an item of it
    touched: tuple[tuple[Theme, int], ...] = ()
    gap_warned: datetime | None = None  # the start that was warned about
    next_due: datetime | None = None  # when time alone makes something happen next; None: never
    unconfirmed: tuple[Unconfirmed, ...] = ()
    feedback: tuple[Feedback, ...] = ()

    @property
    def people(self) -> dict[Role, Person]:
        """The two, the report first."""
        return {Role.REPORT: self.report, Role.MANAGER: self.manager}

    def person(self, role: Role) -> Person:
        """Tell who is in this role."""
        return self.report if role is Role.REPORT else self.manager

    def meeting(self, number: int | None) -> Meeting | None:
        """Find a meeting in play; None: it is history, or of another series."""
        return next((m for m in self.meetings if m.number == number), None)

    @property
    def upcoming(self) -> Meeting | None:
        """The next meeting that time has not reached."""
        return next((m for m in self.meetings if not m.past), None)

    def role_of(self, address: str) -> Role | None:
        """Tell whose address on file (or confirmed alias) this is; addresses compare canonical."""
        roles = (r for r, who in self.people.items() if address in (who.address, *who.aliases))
        return next(roles, None)
