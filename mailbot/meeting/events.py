"""What can happen to a series (Event) and what we answer (Send); a Decision is both sides of one
step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from mailbot.meeting.model import (
    ActionItem,
    AgendaItem,
    Cadence,
    Meeting,
    Note,
    Person,
    Purpose,
    Role,
    Series,
    Theme,
)
from mailbot.meeting.said import Problem, Said

# ---- vocabularies ----


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


class Fact(StrEnum):
    """A plain sentence that a mail can carry: `fact_NAME` in phrases.txt of every language."""

    # agenda and requests
    REPORT_WROTE_NOTHING = "report_wrote_nothing"
    MANAGER_WROTE_MOST = "manager_wrote_most"
    STATUS_LIST = "status_list"
    SECOND_PROMPTS = "second_prompts"
    DAY_OFF = "day_off"  # a day off moved the meeting from where the cadence puts it
    TWO_MISSES = "two_misses"  # two meetings in a row did not happen
    AWAY = "away"
    # answers to a mail
    LATE = "late"  # words about a meeting that is closed
    OVER = "over"  # items for a meeting that is closed: they go to the next
    DID_NOT_HAPPEN = "did_not_happen"
    HAS_SUMMARY = "has_summary"
    ALREADY_READ = "already_read"
    UNDONE = "undone"
    NO_CHANGE = "no_change"
    ASKED = "asked"
    CLASH = "clash"
    CANNOT_ASK = "cannot_ask"
    DECLINED_NOTED = "declined_noted"
    CADENCE_LIMIT = "cadence_limit"
    LESS = "less"
    MORE = "more"
    STOP = "stop"
    ALIAS_OFFER = "alias_offer"
    ALIAS_TAKEN = "alias_taken"
    UNPROVEN = "unproven"
    NEW_SUBJECT = "new_subject"
    # why nothing could be read
    NOTHING_FOUND = "nothing_found"
    ENCRYPTED = "encrypted"
    OUTLOOK_FORMAT = "outlook_format"
    SMIME_FORMAT = "smime_format"
    TOO_BIG = "too_big"
    # news
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"  # the other wants no more mails
    MAILS_AGAIN = "mails_again"
    NEW_OWNER = "new_owner"
    UNREACHABLE = "unreachable"
    ADDRESS_CHANGED = "address_changed"
    ALIAS_KEPT = "alias_kept"


class LineKind(StrEnum):
    """What a numbered line of a receipt says was understood."""

    ITEM = "item"
    CARRIED = "carried"  # an item for the meeting after this one
    NOTE = "note"
    ACTION = "action"
    DONE = "done"
    DROP = "drop"
    REOPEN = "reopen"
    DUE = "due"
    OWNER = "owner"
    REMARK = "remark"
    PRIVATE = "private"  # made private by "2 private"
    KNOWN = "known"  # stands there already
    UNDONE = "undone"
    UNCONFIRMED = "unconfirmed"  # waits for a yes


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
    """Words of which we are not sure who wrote them: held, and shown to the address on file."""

    answered: Answered
    claimed: str  # the address the words came from
    name: str  # under which the raw mail is set aside


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The address on file said whether it wrote held words. Once: what was held is held no more."""

    by: Role
    name: str  # of the held mail
    yes: bool
    words: Answered  # what it held, if it counts, and what the answer says beside its yes or no
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


@dataclass(frozen=True, slots=True)
class World:
    """What a decision may know beyond the series: the time, and the calendars mailbot has
    itself."""

    now: datetime  # UTC
    holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)  # by Person.country
    busy: Sequence[tuple[datetime, datetime]] = ()  # other meetings of the two, [start, end)
    rules: Rules = field(default_factory=Rules)
    # the other series of each of the two
    elsewhere: Mapping[Role, tuple[Series, ...]] = field(default_factory=dict)


# ---- what we answer ----


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One numbered line of a receipt: what was understood."""

    text: str
    kind: LineKind
    private: bool = False
    theme: Theme | None = None
    action: ActionItem | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """One mail to one reader, with everything it may say and nothing its reader may not see.

    The privacy rule is structural: the composer is given a Send, never a Series, and every item
    or note in a Send is shared or the reader's own.
    """

    purpose: Purpose
    to: Role
    reader: Person
    other: Person
    serial: int  # unique in the series; part of the Message-ID
    meeting: int  # number; 0: about the series itself
    start: datetime | None  # of the meeting
    minutes: int
    zone: str  # anchor zone of the series
    answers: bool = False  # an answer to a mail (RFC 3834: auto-replied), not a scheduled one
    actions: tuple[ActionItem, ...] = ()  # open; the manager's first
    closed: tuple[ActionItem, ...] = ()  # done or dropped since last time
    items: tuple[AgendaItem, ...] = ()  # shared, report's before manager's
    own_items: tuple[AgendaItem, ...] = ()  # the reader's private ones
    notes: tuple[Note, ...] = ()
    own_notes: tuple[Note, ...] = ()
    # headings in order, each with the number of its prompt
    themes: tuple[tuple[Theme, int | None], ...] = ()
    lines: tuple[ReceiptLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()  # attachments that were left
    slots: tuple[datetime, ...] = ()
    proposed: datetime | None = None  # a proposed or new start
    cadence: Cadence | None = None  # a proposed or new cadence
    old_start: datetime | None = None
    next_start: datetime | None = None
    # where the cadence put the meeting: names its thread, whatever moves
    planned: datetime | None = None
    gap_days: int | None = None  # days between two meetings, when over the limit
    until: date | None = None
    facts: tuple[Fact, ...] = ()
    claimed: str = ""  # of a CONFIRM: the address that the words came from
    # about an address that is dead: leaves with an empty return path, so that it causes no bounce
    # of its own (RFC 5321 4.5.5)
    null_sender: bool = False


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
