"""The thread that sends, one mail at a time, and the pace that the provider allows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from queue import SimpleQueue

from mailbot.service.delivery.attempt import send
from mailbot.service.runtime.values import Value
from mailbot.store.protocol import Pending
from mailbot.transport.protocol import Mailer


class Pace:
    """How many mails may leave in a minute and in a day; 0: as many as there are. Forgotten at a
    start."""

    def __init__(self, per_minute: int, per_day: int = 0) -> None:
        self.per_day = per_day
        self._per_minute = per_minute
        self._left: deque[datetime] = deque(maxlen=max(per_minute, per_day, 1))

    def leaves(self, now: datetime) -> None:
        self._left.append(now)

    def wait_s(self, now: datetime) -> float:
        """Until a mail more is within the minute's number."""
        return self._over_s(now, self._per_minute, timedelta(minutes=1))

    def is_spent(self, now: datetime) -> bool:
        """Whether the number of the last 24 hours is reached: providers count in a window that
        moves."""
        return self._over_s(now, self.per_day, timedelta(days=1)) > 0

    def _over_s(self, now: datetime, most: int, span: timedelta) -> float:
        while self._left and self._left[-1] > now:  # the clock was set back
            self._left.pop()
        if not most or len(self._left) < most:
            return 0
        return max((self._left[-most] + span - now).total_seconds(), 0)


class SenderThread:
    """Sends one mail at a time and puts what became of it on the queue."""

    def __init__(
        self, mailer: Mailer, queue: SimpleQueue[Value], now: Callable[[], datetime]
    ) -> None:
        self.busy = False
        self._mailer, self._queue, self._now = mailer, queue, now
        self._inbox: SimpleQueue[Pending | None] = SimpleQueue()

    def take(self, pending: Pending) -> None:
        self.busy = True
        self._inbox.put(pending)

    def stop(self) -> None:
        self._inbox.put(None)

    def run(self) -> None:
        while (pending := self._inbox.get()) is not None:
            self._queue.put(send(self._mailer, pending, self._now()))
