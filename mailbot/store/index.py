"""What is kept in memory to answer without reading files: who is due, who takes part where, what
waits to leave."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.store.protocol import OutboxState

LEFT = frozenset({OutboxState.ACCEPTED, OutboxState.FAILED})
LAST_ID = "\U0010ffff"  # sorts after every id


class Due:
    """Ids by the instant they are due. A sorted list: a step costs microseconds among 10,000 of
    them."""

    def __init__(self) -> None:
        self._order: list[tuple[datetime, str]] = []
        self._at: dict[str, datetime] = {}

    def fill(self, due: Iterable[tuple[datetime, str]]) -> None:
        """All of them at once, each id once."""
        self._order = sorted(due)
        self._at = {id_: at for at, id_ in self._order}

    def put(self, id_: str, at: datetime | None) -> None:
        """This id is due then, and no longer when it was; None: never."""
        old = self._at.pop(id_, None)
        if old is not None:
            del self._order[bisect_left(self._order, (old, id_))]
        if at is not None:
            self._at[id_] = at
            insort(self._order, (at, id_))

    @property
    def earliest(self) -> datetime | None:
        """When the first of them is due; None: none is."""
        return self._order[0][0] if self._order else None

    def until(self, at: datetime) -> Iterator[str]:
        """Those due at `at` or before, earliest first."""
        for position in range(bisect_right(self._order, (at, LAST_ID))):
            yield self._order[position][1]


class Addresses:
    """In which series an address takes part."""

    def __init__(self) -> None:
        self._series: dict[str, set[str]] = {}
        self._addresses: dict[str, tuple[str, ...]] = {}

    def put(self, series: str, addresses: Iterable[str]) -> None:
        """These are all the addresses of this series."""
        for old in self._addresses.get(series, ()):
            self._series[old].discard(series)
            if not self._series[old]:
                del self._series[old]
        self._addresses[series] = tuple(addresses)
        for address in self._addresses[series]:
            self._series.setdefault(address, set()).add(series)

    def find(self, address: str | None) -> tuple[str, ...]:
        return tuple(sorted(self._addresses if address is None else self._series.get(address, ())))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one mail of the outbox has come."""

    order: int  # grows with every mail; the oldest leaves first
    record: str  # name of the record that holds the mail
    state: OutboxState = OutboxState.QUEUED
    tries: int = 0
    next_try: datetime | None = None
    # tries that a server met with silence; never less again, whatever came of later ones
    blind: int = 0


class OutboxIndex:
    """Progress by Message-ID. Holds no mail: ten thousand waiting ones cost a few megabytes."""

    def __init__(self) -> None:
        self._mails: dict[str, Progress] = {}
        self._now: list[tuple[int, str]] = []  # may be tried at once
        self._later = Due()
        self._next_order = 1

    def __contains__(self, mail: object) -> bool:
        return mail in self._mails

    def __getitem__(self, mail: str) -> Progress:
        return self._mails[mail]

    def items(self) -> Iterable[tuple[str, Progress]]:
        return self._mails.items()

    def queue(self, record: str, mails: Iterable[str]) -> dict[str, Progress]:
        """Progress for new mails; they enter with `put`, once they are written."""
        return {
            mail: Progress(self._next_order + number, record) for number, mail in enumerate(mails)
        }

    def put(self, mail: str, progress: Progress) -> None:
        self.drop(mail)
        self._mails[mail] = progress
        self._next_order = max(self._next_order, progress.order + 1)
        if progress.state is OutboxState.SENDING:
            return
        if progress.next_try is None:
            insort(self._now, (progress.order, mail))
        else:
            self._later.put(mail, progress.next_try)

    def drop(self, mail: str) -> None:
        old = self._mails.pop(mail, None)
        if old is None:
            return
        self._later.put(mail, None)
        position = bisect_left(self._now, (old.order, mail))
        if self._now[position : position + 1] == [(old.order, mail)]:
            del self._now[position]

    def restart(self) -> None:
        """Nobody is sending any more: the answer to what was being sent will never be known.

        That is no silence of a server's: most of these never left, so it does not count as blind.
        """
        for mail, progress in list(self._mails.items()):
            if progress.state is OutboxState.SENDING:
                self.put(mail, replace(progress, state=OutboxState.UNCERTAIN, next_try=None))

    def ready(self, now: datetime, at_most: int) -> Iterator[tuple[str, Progress]]:
        """Mails that may be tried now: first those that wait for nothing, then those whose time
        has come."""
        due = sorted((self._mails[mail].order, mail) for mail in self._later.until(now))
        for _, mail in (self._now[:at_most] + due)[:at_most]:
            yield mail, self._mails[mail]

    @property
    def next_try(self) -> datetime | None:
        """When the first deferred mail may be tried again; None: none is deferred."""
        return self._later.earliest

    def counts(self) -> dict[str, int]:
        return dict(Counter(progress.state.value for progress in self._mails.values()))


def moved(progress: Progress, state: OutboxState, next_try: datetime | None) -> Progress:
    """A try is counted when the mail is handed over, and not after all if it is put back into
    the queue."""
    tries = progress.tries + (state is OutboxState.SENDING) - (state is OutboxState.QUEUED)
    blind = progress.blind + (state is OutboxState.UNCERTAIN)
    return replace(progress, state=state, next_try=next_try, tries=max(tries, 0), blind=blind)
