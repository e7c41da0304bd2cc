"""Say what a store is: series, their outboxes and the causes already dealt with. Nine verbs; every
store passes one contract (tests/unit/store/contract.py).

    load find due      a series; whose series; which are due
    commit             new state, its cause, what leaves and what became history: all or nothing
    claim settle       take mails to send, under a lease; say what became of each
    begin journal      reading of an inbound mail begins; how it ended
    recall             a stored value, or what the store itself knows, by a typed Key

The unit of state is the series. Every change carries the revision it was decided on, those that
belong to no series too (REVISION, store/update.py): several workers may share one store. A commit
is durable when it returns; whatever else is written (progress of the outbox, tallies, the journal,
attempts) survives the death of the process at once and a power loss nearly always; losing it costs
at most one mail sent again with the same Message-ID, or one mail read again, which `commit` then
recognises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from mailbot.meeting.events import Outcome
from mailbot.meeting.model import ActionItem, Meeting, Purpose, Role, Series

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Numbered = TypeVar("Numbered", bound=Meeting | ActionItem)

CLAIMED_AT_MOST = 500  # mails handed out at once; with their bytes they weigh a few megabytes


class CommitResult(StrEnum):
    """What became of a commit."""

    COMMITTED = "committed"
    DUPLICATE = "duplicate"  # the cause was dealt with before; nothing was written
    STALE = "stale"  # somebody else committed since the load; load and decide again


class OutboxState(StrEnum):
    QUEUED = "queued"  # also again, after a try that was about no mail: that one is not counted
    SENDING = "sending"  # claimed by a worker; when its lease has ended it means "uncertain"
    UNCERTAIN = "uncertain"  # DATA was sent and no answer came; sent again at most once
    DEFERRED = "deferred"  # 4yz or no connection; next_try says when
    ACCEPTED = "accepted"
    FAILED = "failed"  # 5yz, expired, or out of tries


@dataclass(frozen=True, slots=True)
class Mail:
    """A finished mail: what leaves is byte for byte this, at every try."""

    id: str  # Message-ID without the angle brackets
    sender: str  # MAIL FROM
    recipient: str
    raw: bytes  # 7-bit, CRLF
    text: str  # its text/plain as sent; a reply is read by aligning it with this
    purpose: Purpose
    meeting: int = 0  # number; 0: about the series itself
    to: Role | None = None  # None: the operator
    serial: int = 0
    # worthless later than this; then it fails as expired instead of being sent late
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A mail in the outbox and how far it has come."""

    mail: Mail
    series: str  # id; "": about no series
    state: OutboxState
    tries: int = 0  # before this one
    next_try: datetime | None = None
    # tries that the server met with silence, so that nobody knows whether it took the mail
    blind: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody was sent, kept while its meeting is in play."""

    serial: int
    meeting: int
    to: Role
    purpose: Purpose
    text: str


@dataclass(frozen=True, slots=True)
class Stored:
    series: Series
    rev: int
    sent: tuple[Sent, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """Something that happened, of which there may be only so many in a time."""

    name: str
    at: datetime
    number: int = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of one name there were in a time, over all workers, and when the first was."""

    number: int = 0
    first: datetime | None = None


CLAIMED = "claimed"
"""Name under which every store counts the mails it hands out to be sent."""

ACCEPTED = "accepted"
"""Name under which every store counts the mails that were accepted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One atomic step: new state, its cause, what leaves because of it, what became history."""

    cause: str  # of a mail: its digest; of time: "" (the state itself is the guard)
    series: Series | None = None  # None: values, and mails about no series
    rev: int = 0  # at which the series was loaded, or REVISION recalled; 0: it is new
    mails: tuple[Mail, ...] = ()
    closed: tuple[Meeting, ...] = ()  # appended to the history of the series
    closed_actions: tuple[ActionItem, ...] = ()
    # of no series: JSON values by the name of their key, replaced whole; None: forgotten
    values: Mapping[str, Any] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()  # added once it is committed; never what makes it stale


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal: what became of one mail. Never a subject, body or address."""

    at: datetime
    key: str  # "imap/ACCOUNT/INBOX/VALIDITY/UID", "lmtp/DIGEST"
    message_id: str
    outcome: Outcome  # of a mail that is not inbound: failed, expired or discarded
    reason: str = ""
    series: str = ""
    trace: tuple[str, ...] = ()  # every rule that was asked and what it said, for `mailbot why`

    @property
    def inbound(self) -> bool:
        """Tell whether it is about a mail that came: others tell of mails of ours that failed, of a
        yes that did not come, and of what left quarantine."""
        return not self.key.startswith(("out/", "held/", "left/"))


@dataclass(frozen=True, slots=True)
class History:
    """What became of a series so far: closed meetings and closed actions, each by its number."""

    meetings: tuple[Meeting, ...] = ()
    actions: tuple[ActionItem, ...] = ()

    def grown(self, change: Change) -> History:
        """Add what this change closes. A second telling of the same number replaces the first."""
        return History(
            _merged(self.meetings, change.closed), _merged(self.actions, change.closed_actions)
        )

    def without(self, series: Series) -> History:
        """Leave out what is still in play.

        History is written before the series: a step that died between the two has told it of
        meetings that are not over, and a promise may have been reopened since.
        """
        return History(
            _not_in(series.meetings, self.meetings), _not_in(series.actions, self.actions)
        )


def _merged(before: tuple[Numbered, ...], after: tuple[Numbered, ...]) -> tuple[Numbered, ...]:
    """Put what is told later in place of what has the same number; in the order of the numbers."""
    by_number = {each.number: each for each in (*before, *after)}
    return tuple(by_number[number] for number in sorted(by_number))


def _not_in(series: tuple[Numbered, ...], told: tuple[Numbered, ...]) -> tuple[Numbered, ...]:
    """Leave out what has the number of something that the series still holds."""
    numbers = {each.number for each in series}
    return tuple(each for each in told if each.number not in numbers)


# ---- what can be recalled ----


@dataclass(frozen=True, slots=True)
class Key(Generic[T_co]):
    """Name a stored value and say how its JSON becomes a T_co.

    `read` is given None where nothing was stored yet: each key says itself what that means, an
    empty mapping or None, and no caller writes `or {}`. Keys stand beside the code that owns the
    value; those below are of what the store itself knows.
    """

    name: str
    read: Callable[[Any], T_co]


def mapping(json: Any) -> dict[str, Any]:
    """Read a JSON object; nothing stored is an empty one."""
    return json or {}


def optional(json: Any) -> Any:
    """Read a JSON value as it is; nothing stored is None."""
    return json


def number(json: int | None) -> int:
    """Read a number; nothing stored is 0."""
    return json or 0


def instant(json: str | None) -> datetime | None:
    """Read an ISO 8601 instant; nothing stored is None."""
    return datetime.fromisoformat(json) if json else None


REVISION: Key[int] = Key("revision", number)
"""Of the values and mails that belong to no series, as last committed; see store/update.py."""

OUTBOX: Key[dict[str, int]] = Key("outbox", mapping)
"""How many mails wait, by OutboxState."""

NEXT_DUE: Key[datetime | None] = Key("next_due", optional)
"""The instant at which the first series is due; None: none ever is."""

NEXT_TRY: Key[datetime | None] = Key("next_try", optional)
"""The instant at which the first deferred mail may be tried again; None: none is deferred."""


def ready_key(at: datetime) -> Key[tuple[Pending, ...]]:
    """Name the mails that a claim at this instant would be given (at most 500); none is claimed."""
    return Key(f"ready/{at.isoformat()}", tuple)


ENTRIES_AT_MOST = 10_000
JOURNAL: Key[tuple[Entry, ...]] = Key("journal", tuple)
"""The newest entries, newest last; at most so many."""


def tally_key(name: str, after: datetime, until: datetime) -> Key[Tally]:
    """Name what was counted after the one instant and until the other (inclusive), of the last two
    days. Survives a kill; a power loss may take the last ones."""
    return Key(f"tally/{name}/{after.isoformat()}/{until.isoformat()}", optional)


def cursor_key(inbox: str) -> Key[tuple[int, int] | None]:
    """Name the (UIDVALIDITY, last UID) that the journal has of this inbox; None: nothing was read
    there."""
    return Key(f"cursor/{inbox}", optional)


def history_key(series: str) -> Key[History]:
    """Name what became of this series so far."""
    return Key(f"history/{series}", optional)


class Store(Protocol):
    def load(self, series: str) -> Stored | None:
        """Return the series with this id as last committed, and what was sent for the meetings
        still in play."""

    def find(self, address: str | None = None) -> tuple[str, ...]:
        """List the ids of the series in which this address (or alias) takes part; of all, sorted,
        without one."""

    def due(self, until: datetime) -> tuple[str, ...]:
        """List the ids of the series whose next_due is not after `until`, earliest first. Costs
        what is due, not what exists."""

    def commit(self, change: Change) -> CommitResult:
        """Write all of it or nothing, durable on return. Raises Temporary when the disk is full
        or read-only."""

    def claim(
        self, now: datetime, worker: str, lease: timedelta, at_most: int = CLAIMED_AT_MOST
    ) -> tuple[Pending, ...]:
        """Take mails to send: they are SENDING, by this worker, until `now + lease`, and no claim
        is given them before.

        First those that wait for nothing, oldest first, then those whose time has come, earliest
        first, so that a mail that meets trouble again and again holds up no other. Each is
        returned as it stood before; one whose lease ended without a word is UNCERTAIN. Claim no
        more than you send at once: after a kill, every claimed mail is uncertain. Raises
        Temporary when it cannot be written: then none is claimed.
        """

    def settle(
        self,
        mail: str,
        state: OutboxState,
        next_try: datetime | None = None,
        *,
        worker: str,
        now: datetime,
    ) -> bool:
        """Record how far the mail with this Message-ID has come, by the worker that claimed it,
        and give it back. Accepted and failed ones leave the outbox. SENDING keeps it: the lease
        then ends at `next_try`.

        False, and nothing is changed: the mail is not this worker's, because its lease ended and
        another has claimed it since, or it has left. What happened is recorded in memory where
        there is no room; a longer lease then raises Temporary.
        """

    def begin(self, key: str) -> int:
        """Note that reading of this inbound mail begins; return in how many earlier runs it began
        without an end (a mail that kills its reader shows here). A run that survives it, and tries
        again because the disk was full, counts once."""

    def journal(self, entry: Entry) -> None:
        """Record that the inbound mail `entry.key` ended in this outcome; forget its attempts."""

    def recall(self, key: Key[T]) -> T:
        """Look up a stored value, or something that the store itself knows. What is handed out is
        a copy."""

    def close(self) -> None:
        """Release files and locks. A closed store is not used again."""
