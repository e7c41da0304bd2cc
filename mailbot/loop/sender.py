"""The thread that sends: one mail at a time, as fast as the provider allows."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from queue import SimpleQueue

from mailbot.loop.values import Value
from mailbot.sending import send
from mailbot.store import Pending
from mailbot.transport import Mailer


class Sender:
    """Sends one mail at a time and puts what became of it on the queue."""

    def __init__(
        self, mailer: Mailer, queue: SimpleQueue[Value], now: Callable[[], datetime], per_minute: int
    ) -> None:
        self.busy = False
        self._mailer, self._queue, self._now = mailer, queue, now
        self._per_minute = per_minute
        self._left: deque[datetime] = deque(maxlen=max(per_minute, 1))
        self._inbox: SimpleQueue[Pending | None] = SimpleQueue()
        self._stopping = threading.Event()

    def take(self, pending: Pending) -> None:
        self.busy = True
        self._inbox.put(pending)

    def stop(self) -> None:
        self._stopping.set()
        self._inbox.put(None)

    def run(self) -> None:
        while (pending := self._inbox.get()) is not None:
            self._pace()
            self._queue.put(send(self._mailer, pending, self._now()))

    def _pace(self) -> None:
        """Not more than so many a minute (Exchange Online takes 30: Microsoft Learn, SMTP submission improvements)."""
        if self._per_minute and len(self._left) == self._per_minute:
            over = self._left[0] + timedelta(minutes=1) - self._now()
            self._stopping.wait(max(over.total_seconds(), 0))
        self._left.append(self._now())
