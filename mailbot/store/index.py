"""Answer without reading files: who is due, who takes part where, what waits to leave."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from mailbot.store.protocol import OutboxState

LEFT = frozenset({OutboxState.ACCEPTED, OutboxState.FAILED})
LAST_ID = "\U0010ffff"  # sorts after every id
LAST_ORDER = sys.maxsize


class DueIndex:
    """Ids by the instant they are due. A sorted list: a step costs microseconds among 10,000 of
    them."""

    def __init__(self) -> None:
        self._order: list[tuple[datetime, str]] = []
        self._at: dict[str, datetime] = {}

    def fill(self, due: Iterable[tuple[datetime, str]]) -> None:
        """Take all of them at once, each id once."""
        self._order = sorted(due)
        self._at = {id_: at for at, id_ in self._order}

    def put(self, id_: str, at: datetime | None) -> None:
        """Make this id due then, and no longer when it was; None: never."""
        old = self._at.pop(id_, None)
        if old is not None:
            del self._order[bisect_left(self._order, (old, id_))]
        if at is not None:
            self._at[id_] = at
            insort(self._order, (at, id_))

    @property
    def earliest(self) -> datetime | None:
        """Tell when the first of them is due; None: none is."""
        return self._order[0][0] if self._order else None

    def until(self, at: datetime) -> Iterator[str]:
        """List those due at `at` or before, earliest first."""
        for position in range(bisect_right(self._order, (at, LAST_ID))):
            yield self._order[position][1]


class Addresses:
    """Tell in which series an address takes part."""

    def __init__(self) -> None:
        self._series: dict[str, set[str]] = {}
        self._addresses: dict[str, tuple[str, ...]] = {}

    def put(self, series: str, addresses: Iterable[str]) -> None:
        """Replace all the addresses of this series by these."""
        for old in self._addresses.get(series, ()):
            self._series[old].discard(series)
            if not self._series[old]:
                del self._series[old]
        self._addresses[series] = tuple(addresses)
        for address in self._addresses[series]:
            self._series.setdefault(address, set()).add(series)

    def find(self, address: str | None) -> tuple[str, ...]:
        """List the series of an address, or all, by id."""
        return tuple(sorted(self._addresses if address is None else self._series.get(address, ())))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one mail of the outbox has come."""

    order: int  # grows with every mail; the oldest leaves first
    record: str  # name of the record that holds the mail
    state: OutboxState = OutboxState.QUEUED
    tries: int = 0
    next_try: datetime | None = None  # of a mail that is being sent: when the lease on it ends
    # tries that a server met with silence; never less again, whatever came of later ones
    blind: int = 0
    worker: str = ""  # who is sending it

    def claimed(self, worker: str, until: datetime) -> Progress:
        """Hand it to this worker. A try is counted when it begins."""
        return replace(
            self, state=OutboxState.SENDING, tries=self.tries + 1, next_try=until, worker=worker
        )

    def settled(self, state: OutboxState, next_try: datetime | None) -> Progress:
        """Take it back. A try that was about no mail (QUEUED) is not counted after all; SENDING
        goes on under a longer lease."""
        if state is OutboxState.SENDING:
            return replace(self, next_try=next_try)
        return replace(
            self,
            state=state,
            next_try=next_try,
            tries=self.tries - (state is OutboxState.QUEUED),
            blind=self.blind + (state is OutboxState.UNCERTAIN),
            worker="",
        )

    def abandoned(self) -> Progress:
        """Take it from a worker that is gone: the answer will never be known.

        That is no silence of a server's: most of these never left, so it does not count as blind.
        """
        return replace(self, state=OutboxState.UNCERTAIN, next_try=None, worker="")


class OutboxIndex:
    """Progress by Message-ID. Holds no mail: ten thousand waiting ones cost a few megabytes.

    A lease is a time like that of a next try: a claim looks at what it may take, however many
    mails are being sent (postgres: moving the key cost 1 ms a claim, a second column 8.5).
    """

    def __init__(self) -> None:
        self._mails: dict[str, Progress] = {}
        self._now: list[tuple[int, str]] = []  # may be tried at once
        self._later: list[tuple[datetime, int, str]] = []
        self._next_order = 1

    def __contains__(self, mail: object) -> bool:
        return mail in self._mails

    def __getitem__(self, mail: str) -> Progress:
        return self._mails[mail]

    def items(self) -> Iterable[tuple[str, Progress]]:
        return self._mails.items()

    def queue(self, record: str, mails: Iterable[str]) -> dict[str, Progress]:
        """Make progress for new mails; they enter with `put`, once they are written."""
        return {
            mail: Progress(self._next_order + number, record) for number, mail in enumerate(mails)
        }

    def put(self, mail: str, progress: Progress) -> None:
        """Let a mail stand so from now on, however it stood before."""
        self.drop(mail)
        self._mails[mail] = progress
        self._next_order = max(self._next_order, progress.order + 1)
        if progress.next_try is not None:
            insort(self._later, (progress.next_try, progress.order, mail))
        elif progress.state is not OutboxState.SENDING:  # without a lease: of an older version
            insort(self._now, (progress.order, mail))

    def drop(self, mail: str) -> None:
        """Forget a mail, if it is there."""
        old = self._mails.pop(mail, None)
        if old is None:
            return
        if old.next_try is not None:
            del self._later[bisect_left(self._later, (old.next_try, old.order, mail))]
        elif old.state is not OutboxState.SENDING:
            del self._now[bisect_left(self._now, (old.order, mail))]

    def step(self, mail: str, progress: Progress) -> None:
        """Let it have come so far; what was accepted or failed leaves."""
        if progress.state in LEFT:
            self.drop(mail)
        else:
            self.put(mail, progress)

    def restart(self) -> None:
        """Make uncertain what was being sent, whatever lease it had: no worker lives."""
        for mail, progress in list(self._mails.items()):
            if progress.state is OutboxState.SENDING:
                self.put(mail, progress.abandoned())

    def ready(self, now: datetime, at_most: int) -> list[tuple[str, Progress]]:
        """List the mails that may be tried now: first those that wait for nothing, then those whose
        time has come or whose lease has ended."""
        first_too_late = bisect_right(self._later, (now, LAST_ORDER, LAST_ID))
        later = self._later[: min(first_too_late, at_most)]
        names = [*(mail for _, mail in self._now[:at_most]), *(mail for _, _, mail in later)]
        return [(mail, self._standing(mail)) for mail in names[:at_most]]

    def _standing(self, mail: str) -> Progress:
        """Tell how far a mail has come that nobody is sending any more."""
        progress = self._mails[mail]
        return progress.abandoned() if progress.state is OutboxState.SENDING else progress

    def is_claimed_by(self, mail: str, worker: str) -> bool:
        """Tell whether this worker is sending it, also after its lease has ended and before
        another took it."""
        if mail not in self._mails:
            return False
        progress = self._mails[mail]
        return (progress.state, progress.worker) == (OutboxState.SENDING, worker)

    @property
    def next_try(self) -> datetime | None:
        """Tell when the first deferred mail may be tried; None: none is deferred. The end of a
        lease is no such time: nearly always its mail is settled long before."""
        waiting = (at for at, _, mail in self._later if not self._is_being_sent(mail))
        return next(waiting, None)

    def _is_being_sent(self, mail: str) -> bool:
        return self._mails[mail].state is OutboxState.SENDING

    def counts(self) -> dict[str, int]:
        """Count the mails by their state."""
        return dict(Counter(progress.state.value for progress in self._mails.values()))
