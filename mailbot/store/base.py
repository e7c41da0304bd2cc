"""Do what every store does in the same way: check a change, write it, and only then let the indexes
know."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, TypeVar

from mailbot.errors import Bug
from mailbot.meeting.model import Series
from mailbot.store.codec import plain
from mailbot.store.index import Addresses, DueIndex, OutboxIndex, Progress
from mailbot.store.protocol import (
    ACCEPTED,
    CLAIMED,
    CLAIMED_AT_MOST,
    Change,
    CommitResult,
    Count,
    Entry,
    History,
    Key,
    Mail,
    OutboxState,
    Pending,
    Stored,
    Tally,
)
from mailbot.store.state import NO_SERIES, Record, advance, assert_sound, name_of, refusal
from mailbot.store.tallies import Tallies

T = TypeVar("T")


class BaseStore(ABC):
    """Implement the verbs over two acts that each store does its own way: read and write a
    record."""

    def __init__(self) -> None:
        self._due = DueIndex()
        self._addresses = Addresses()
        self._outbox = OutboxIndex()
        self._tallies = Tallies()
        self._known: dict[str, Callable[[str], object]] = {
            "revision": lambda _: self._read(NO_SERIES).rev,
            "outbox": lambda _: self._outbox.counts(),
            "ready": self._ready,
            "tally": self._tally,
            "next_due": lambda _: self._due.earliest,
            "next_try": lambda _: self._outbox.next_try,
            "journal": lambda _: self._entries(),
            "cursor": lambda inbox: cursor_of(self._entries(), inbox),
            "history": self._history_of,
        }

    @abstractmethod
    def _read(self, name: str) -> Record:
        """Return the record as last committed; NEVER_WRITTEN if there is none."""

    @abstractmethod
    def _write(
        self, name: str, record: Record, change: Change, progress: dict[str, Progress]
    ) -> None:
        """Keep the record and what the change adds to history, durable on return, or raise and keep
        neither.

        `progress`: of every mail in the record.
        """

    def _mails(self, name: str) -> tuple[Mail, ...]:
        """Return the mails of a record. A store that can read them without the rest does."""
        return self._read(name).mails

    def load(self, series: str) -> Stored | None:
        record = self._read(series)
        if record.series is None:
            return None
        return Stored(record.series, record.rev, record.sent)

    def find(self, address: str | None = None) -> tuple[str, ...]:
        return self._addresses.find(address)

    def due(self, until: datetime) -> tuple[str, ...]:
        return tuple(self._due.until(until))

    def commit(self, change: Change) -> CommitResult:
        if change.series is not None:
            assert_sound(change.series)
        name = name_of(change)
        before = self._read(name)
        refused = refusal(before, change)
        if refused is not None:
            return refused
        queued = self._queued(name, change)
        after = advance(before, change, self._outbox)
        progress = {mail.id: queued.get(mail.id) or self._outbox[mail.id] for mail in after.mails}
        self._write(name, after, change, progress)
        self._written(after.series, queued, change.counts)
        return CommitResult.COMMITTED

    def _queued(self, name: str, change: Change) -> dict[str, Progress]:
        """Give each new mail its place in the outbox. Raises Bug for a Message-ID that is there
        already: it could not be told from the other."""
        queued = self._outbox.queue(name, (mail.id for mail in change.mails))
        twice = len(queued) < len(change.mails)
        if twice or any(mail in self._outbox for mail in queued):
            raise Bug(f"two mails of {name} carry one Message-ID")
        return queued

    def _written(
        self, series: Series | None, queued: dict[str, Progress], counts: Iterable[Count]
    ) -> None:
        """Let the indexes know what was written."""
        for mail, beginning in queued.items():
            self._outbox.put(mail, beginning)
        for count in counts:
            self._count(count)
        if series is not None:
            self._note(series)

    def _note(self, series: Series) -> None:
        """Let the indexes know when this series is due, and who takes part in it."""
        self._due.put(series.id, series.next_due)
        people = (series.report, series.manager)
        self._addresses.put(
            series.id, set(chain.from_iterable((p.address, *p.aliases) for p in people))
        )

    def claim(
        self, now: datetime, worker: str, lease: timedelta, at_most: int = CLAIMED_AT_MOST
    ) -> tuple[Pending, ...]:
        ready = self._outbox.ready(now, at_most)
        claimed = {mail: standing.claimed(worker, now + lease) for mail, standing in ready}
        found = self._pending(ready)  # before: what cannot be read is claimed by nobody
        if claimed:
            self._progressed(claimed)
            self._count(Count(CLAIMED, now, len(claimed)))
        return found

    def settle(
        self,
        mail: str,
        state: OutboxState,
        next_try: datetime | None = None,
        *,
        worker: str,
        now: datetime,
    ) -> bool:
        if not self._outbox.is_claimed_by(mail, worker):
            return False
        self._progressed({mail: self._outbox[mail].settled(state, next_try)})
        if state is OutboxState.ACCEPTED:
            self._count(Count(ACCEPTED, now))
        return True

    def _count(self, count: Count) -> None:
        """Add to a tally."""
        self._tallies.add(count)

    def _progressed(self, steps: dict[str, Progress]) -> None:
        """Record that these mails have come so far. Raises Temporary for a claim alone."""
        for mail, progress in steps.items():
            self._outbox.step(mail, progress)

    def _pending(self, ready: Iterable[tuple[str, Progress]]) -> tuple[Pending, ...]:
        """Put each mail together with its standing; every record is read once."""
        mails: dict[str, dict[str, Mail]] = {}
        for _, progress in ready:
            if progress.record not in mails:
                mails[progress.record] = {mail.id: mail for mail in self._mails(progress.record)}
        return tuple(_pending(mails[progress.record][id_], progress) for id_, progress in ready)

    def recall(self, key: Key[T]) -> T:
        return key.read(self._recalled(key.name))

    def _recalled(self, name: str) -> Any:
        """Answer by what the store itself knows of this kind, or else by the stored value, as a
        copy."""
        kind, _, rest = name.partition("/")
        known = self._known.get(kind)
        if known is not None:
            return known(rest)
        return plain(self._read(NO_SERIES).values.get(name))  # a copy

    def _ready(self, at: str) -> tuple[Pending, ...]:
        """List what a claim at this instant would be given, at most 500."""
        return self._pending(self._outbox.ready(_instant(at), CLAIMED_AT_MOST))

    def _tally(self, name_and_instants: str) -> Tally:
        """Count between two instants: "NAME/AFTER/UNTIL"."""
        name, after, until = name_and_instants.rsplit("/", 2)
        return self._tallies.between(name, _instant(after), _instant(until))

    def _history_of(self, series: str) -> History:
        """Tell what is over of a series, without what is still in play."""
        current = self._read(series).series
        return self._history(series).without(current) if current else History()

    @abstractmethod
    def _entries(self) -> tuple[Entry, ...]:
        """Return the newest entries of the journal, newest last."""

    @abstractmethod
    def _history(self, series: str) -> History:
        """Return all that was ever closed of this series."""


def _pending(mail: Mail, progress: Progress) -> Pending:
    return Pending(
        mail, progress.record, progress.state, progress.tries, progress.next_try, progress.blind
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def cursor_of(entries: Iterable[Entry], inbox: str) -> tuple[int, int] | None:
    """Find the validity seen last in this inbox, and the highest UID of it; None: nothing was
    read there."""
    cursor: tuple[int, int] | None = None
    for entry in entries:
        place, validity, uid = _parts(entry.key)
        if place != inbox:
            continue
        if cursor is not None and cursor[0] == validity:
            uid = max(uid, cursor[1])
        cursor = validity, uid
    return cursor


def _parts(key: str) -> tuple[str, int, int]:
    """Split "INBOX/VALIDITY/UID"; a key of another kind names no inbox."""
    place, validity, uid = (*key.rsplit("/", 2), "", "")[:3]
    if validity.isdecimal() and uid.isdecimal():
        return place, int(validity), int(uid)
    return "", 0, 0
