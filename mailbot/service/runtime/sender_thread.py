"""Send one mail at a time in a thread of its own, and put what became of it on the queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from queue import SimpleQueue

from mailbot.service.delivery.attempt import send
from mailbot.service.runtime.queue_values import Value
from mailbot.store.protocol import Pending
from mailbot.transport.protocol import Mailer


class SenderThread:
    """Send until told to stop. `busy`: a mail was taken and what became of it not yet settled."""

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
        """Send what is taken, until stop()."""
        while (pending := self._inbox.get()) is not None:
            self._queue.put(send(self._mailer, pending, self._now()))
