"""What can happen to a series (Event), what may be known then (World), and what comes of it
(Decision)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from mailbot.meeting.model import (
    ActionItem,
    Cadence,
    Meeting,
    Person,
    Purpose,
    Role,
    Series,
)
from mailbot.meeting.said import Said
from mailbot.meeting.sends import Fact, Send


class Outcome(StrEnum):
    """What became of a mail, or of a step that no mail caused: the word of the journal.

    A decision ends in one of the first seven; the others are said before a meeting is asked.
    """

    APPLIED = "applied"  # something changed, or somebody was told something
    NOTED = "noted"  # nothing to do; what was said is kept
    MUTED = "muted"  # it counts, and the answer to it was left out
    UNCONFIRMED = "unconfirmed"  # waits for a yes of the address on file
    DISCARDED = "discarded"  # the address on file said no
    BOUNCED = "bounced"  # an address is dead, the other person was told
    TIME = "time"  # no mail caused it
    DUPLICATE = "duplicate"  # dealt with before
    IGNORED = "ignored"  # of a stranger, or of a machine, or about nothing of ours
    REFUSED = "refused"  # at the door, before it was accepted
    JUNK = "junk"  # filed as junk by the server, and nobody proves its author
    SET_ASIDE = "set_aside"  # in quarantine: somebody has to look at it
    FAILED = "failed"  # a mail of ours that could not be delivered
    EXPIRED = "expired"  # nobody said yes in time
    NEW = "new"  # asks for a new series; becomes one of the others


# ---- what can happen ----


@dataclass(frozen=True, slots=True)
class Answered:
    """A person's mail was read. `meeting` is the number its token names; None: it names none."""

    by: Role
    said: tuple[Said, ...]
    meeting: int | None = None
    purpose: Purpose | None = None  # of the mail that was answered
    serial: int = 0  # of that mail
    left: tuple[str, ...] = ()  # names of attachments that were left
    facts: tuple[Fact, ...] = ()  # why there is nothing to act on: answering.NOT_READ
    # False: an automatic or list mail whose words count but which is not answered
    may_answer: bool = True
    # the one that is named, if it is history already: late words go there all the same
    old: Meeting | None = None
    address: str = ""  # that wrote it; a dead one lives again when it writes


@dataclass(frozen=True, slots=True)
class Due:
    """Time passed; whatever is owed by now is owed once."""


@dataclass(frozen=True, slots=True)
class Started:
    """The series begins: by config (`by` None) or by the mail of the manager, which may say more
    than that."""

    by: Role | None = None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Reconfigured:
    """The operator changed people or cadence in config.toml."""

    report: Person
    manager: Person
    cadence: Cadence | None  # None: as it was in the file; what the two agreed on since stays


@dataclass(frozen=True, slots=True)
class Bounced:
    """A mail to this person did not arrive (RFC 3464). hard: it never will."""

    to: Role
    hard: bool


@dataclass(frozen=True, slots=True)
class Away:
    """An out-of-office answer. until: the last day away, if it states one."""

    who: Role
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Doubted:
    """Words of which we are not sure who wrote them: they are shown to the address on file, and
    nothing is applied."""

    answered: Answered
    claimed: str  # the address the words came from
    name: str  # under which the raw mail is set aside


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The address on file said whether it wrote words that wait for its yes. Once: then they
    wait no more."""

    by: Role
    name: str  # of the mail that waits
    yes: bool
    words: Answered  # of that mail, if it counts, and what the answer says beside its yes or no
    always: bool = False  # the address that the words came from is theirs, too
    offers: bool = True  # to keep it; not one that somebody else has


@dataclass(frozen=True, slots=True)
class Learned:
    """In another series something was learned of a person that holds in all of theirs."""

    address: str  # on file until then
    person: Person  # as they are known there now


Event = Answered | Due | Started | Reconfigured | Bounced | Away | Doubted | Confirmed | Learned


@dataclass(frozen=True, slots=True)
class Rules:
    """When the mails of a meeting leave; each is a key of config.toml, [cycle]."""

    request_days: int = 2  # working days before the meeting
    agenda_days: int = 1
    mail_hour: time = time(9)  # local
    update_minutes: int = 60  # before the start
    notes_minutes: int = 60  # after the end
    close_days: int = 2  # working days without an answer
    max_gap_days: int = 14


def no_days_off(country: str) -> frozenset[date]:  # noqa: ARG001 - as World.days_off is called
    """Know no public holidays of any country."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class World:
    """What a decision may know beyond the series: the time, and the calendars mailbot has
    itself."""

    now: datetime  # UTC
    days_off: Callable[[str], frozenset[date]] = no_days_off  # public holidays of Person.country
    busy: Sequence[tuple[datetime, datetime]] = ()  # other meetings of the two, [start, end)
    rules: Rules = field(default_factory=Rules)
    # the other series of each of the two
    elsewhere: Mapping[Role, tuple[Series, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The next state and what leaves because of it. `closed`: meetings that became history in
    this step."""

    series: Series
    sends: tuple[Send, ...] = ()
    outcome: Outcome = Outcome.APPLIED
    closed: tuple[Meeting, ...] = ()
    closed_actions: tuple[ActionItem, ...] = ()
    # why no receipt, why muted: for the journal and `mailbot why`; holds no word of any mail
    trace: tuple[str, ...] = ()
