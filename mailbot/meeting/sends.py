"""What we answer: a Send is one mail to one reader, a head and the content of its purpose.

The privacy rule is structural: whoever composes is given a Send, never a Series, and a Send that
holds a private word of anybody but its reader cannot be made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from mailbot.meeting.model import (
    ActionItem,
    AgendaItem,
    Cadence,
    Note,
    Person,
    Purpose,
    Role,
    Theme,
)
from mailbot.meeting.said import Problem


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


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One numbered line of a receipt: what was understood."""

    text: str
    kind: LineKind
    private: bool = False
    theme: Theme | None = None
    action: ActionItem | None = None


# ---- what a mail says, by purpose ----


@dataclass(frozen=True, slots=True)
class Agenda:
    """What there is to talk about: of the requests, the agenda, its update, the notes request."""

    items: tuple[AgendaItem, ...] = ()  # shared, the report's before the manager's
    own_items: tuple[AgendaItem, ...] = ()  # private ones of the reader
    own_notes: tuple[Note, ...] = ()
    late_notes: tuple[Note, ...] = ()  # shared, written after the summary of their meeting
    actions: tuple[ActionItem, ...] = ()  # open; the manager's first
    closed: tuple[ActionItem, ...] = ()  # done or dropped since the last summary
    # headings in order, each with the number of its prompt
    themes: tuple[tuple[Theme, int | None], ...] = ()
    gap_days: int | None = None  # days since the last meeting, when over the limit


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """What was said and promised."""

    notes: tuple[Note, ...] = ()  # shared
    own_notes: tuple[Note, ...] = ()  # private ones of the reader
    own_items: tuple[AgendaItem, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    closed: tuple[ActionItem, ...] = ()
    next_start: datetime | None = None
    gap_days: int | None = None  # days until then, when over the limit


@dataclass(frozen=True, slots=True)
class TimeChange:
    """A meeting at another time, or a series in another cadence: proposed, or done."""

    start: datetime | None = None  # proposed; what is done stands in the head
    old_start: datetime | None = None
    cadence: Cadence | None = None
    gap_days: int | None = None  # days the change would leave, when over the limit


@dataclass(frozen=True, slots=True)
class Receipt:
    """How a mail was read: of a RECEIPT and a PROBLEM; beside the content of any other answer."""

    lines: tuple[ReceiptLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    left: tuple[str, ...] = ()  # names of attachments that were left
    asked: TimeChange | None = None  # what the other was asked, or could not be


@dataclass(frozen=True, slots=True)
class HelpCard:
    """All that can be written; the templates know it."""


@dataclass(frozen=True, slots=True)
class Slots:
    """Free times for a meeting: of SLOTS and of the GAP_WARNING."""

    times: tuple[datetime, ...] = ()
    gap_days: int | None = None  # days over the limit: of the warning, or if the last one is taken
    until: date | None = None  # the other is away


@dataclass(frozen=True, slots=True)
class Introduction:
    """A series starts."""

    cadence: Cadence
    next_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the other did, or what happened to their address; the facts of the head say which."""

    actions: tuple[ActionItem, ...] = ()  # handed over
    until: date | None = None  # of a pause
    gap_days: int | None = None  # days that the pause leaves
    asked: TimeChange | None = None  # that was declined, or could not be asked


@dataclass(frozen=True, slots=True)
class ConfirmRequest:
    """Words of which we are not sure who wrote them: "was this you?"."""

    claimed: str  # the address that they came from
    lines: tuple[ReceiptLine, ...] = ()


Content = (
    Agenda
    | MeetingSummary
    | Receipt
    | HelpCard
    | Slots
    | TimeChange
    | Introduction
    | Notice
    | ConfirmRequest
)

CONTENTS: dict[Purpose, type[Content]] = {
    Purpose.AGENDA_REQUEST: Agenda,
    Purpose.FIRST_AGENDA_REQUEST: Agenda,
    Purpose.FIRST_MANAGER: Agenda,
    Purpose.AGENDA: Agenda,
    Purpose.AGENDA_UPDATE: Agenda,
    Purpose.NOTES_REQUEST: Agenda,
    Purpose.SUMMARY: MeetingSummary,
    Purpose.RECEIPT: Receipt,
    Purpose.HELP: HelpCard,
    Purpose.PROBLEM: Receipt,
    Purpose.SLOTS: Slots,
    Purpose.MOVE_PROPOSAL: TimeChange,
    Purpose.MOVED: TimeChange,
    Purpose.INTRO: Introduction,
    Purpose.GAP_WARNING: Slots,
    Purpose.NOTICE: Notice,
    Purpose.CONFIRM: ConfirmRequest,
}


@dataclass(frozen=True, slots=True)
class Send:
    """One mail to one reader, with everything it may say and nothing its reader may not see."""

    purpose: Purpose
    to: Role
    reader: Person
    other: Person
    serial: int  # unique in the series; part of the Message-ID
    meeting: int  # number; 0: about the series itself
    start: datetime | None  # of the meeting
    minutes: int
    zone: str  # anchor zone of the series
    content: Content
    facts: tuple[Fact, ...] = ()
    answers: bool = False  # an answer to a mail (RFC 3834: auto-replied), not a scheduled one
    also: Receipt = field(default_factory=Receipt)  # how the answered mail was read otherwise
    # where the cadence put the meeting: names its thread, whatever moves
    planned: datetime | None = None
    # about an address that is dead: leaves with an empty return path, so that it causes no bounce
    # of its own (RFC 5321 4.5.5)
    null_sender: bool = False

    def __post_init__(self) -> None:
        """Hold the border: the content of this purpose, and nothing private of the other."""
        kind = type(self.content)
        assert kind is CONTENTS[self.purpose], f"{self.purpose} with {kind.__name__}"
        assert not _of_the_other(self.content, self.to), f"{self.purpose} to the {self.to}"

    @property
    def receipt(self) -> Receipt:
        """How the answered mail was read."""
        return self.content if isinstance(self.content, Receipt) else self.also


def _of_the_other(content: Content, reader: Role) -> list[int]:
    """List the ids of words in it that are private, and not the reader's."""
    shared: tuple[AgendaItem | Note, ...]
    match content:
        case Agenda():
            shared = (*content.items, *content.late_notes)
        case MeetingSummary():
            shared = content.notes
        case _:
            return []
    own: tuple[AgendaItem | Note, ...] = (*content.own_items, *content.own_notes)
    private = [word.id for word in shared if word.private]
    return private + [word.id for word in own if word.author is not reader]
