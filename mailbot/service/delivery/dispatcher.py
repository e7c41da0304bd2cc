"""Which mail leaves next, whether any may, and what became of the last one. All calls from the
worker."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from datetime import datetime
from queue import SimpleQueue

from mailbot.errors import MailbotError, OperatorError, Temporary, TooMuch
from mailbot.service.app import Mailbot
from mailbot.service.delivery import attempt
from mailbot.service.delivery.attempt import Tried
from mailbot.service.delivery.breaker import PAUSED, Breaker, address_of
from mailbot.service.runtime.sender_thread import Pace, SenderThread
from mailbot.service.runtime.values import Trouble, Value
from mailbot.store.protocol import OutboxState, Pending

log = logging.getLogger(__name__)


class Dispatcher:
    """`writing` takes a step that writes, and tries it until there is room on the disk."""

    def __init__(
        self,
        mailbot: Mailbot,
        sender: SenderThread,
        queue: SimpleQueue[Value],
        now: Callable[[], datetime],
        *,
        pace: Pace,
        writing: Callable[[Callable[[], object]], None],
    ) -> None:
        self._mailbot, self._sender, self._queue, self._now = mailbot, sender, queue, now
        self._outlet, self._pace, self._writing = Breaker(), pace, writing
        self._owed: deque[Pending] = deque()

    def hand_over(self) -> None:
        """The next mail to the sender, if it is free. That it is being sent is on record first."""
        now = self._now()
        if self._sender.busy or self.held_up_s(now):
            return
        if not self._owed:
            self._owed.extend(self._mailbot.store.pending(now))
        if not self._owed:
            return
        if self._pace.is_spent(now):
            self._halt(
                TooMuch(
                    f"[smtp] per_day: {self._pace.per_day:,} mails left within 24 hours; the "
                    "rest waits."
                )
            )
            return
        pending = self._next()
        if pending is None:
            return
        try:
            self._mailbot.store.settle(pending.mail.id, OutboxState.SENDING)
        except Temporary:
            return
        log.debug(
            "sending",
            extra={
                "action": "sending",
                "series": pending.series,
                "purpose": str(pending.mail.purpose),
                "serial": pending.mail.serial,
                "tries": pending.tries,
            },
        )
        self._pace.leaves(now)
        self._sender.take(pending)

    def _next(self) -> Pending | None:
        """The next mail that may leave; what goes to an address that has died meanwhile has
        failed."""
        while self._owed:
            pending = self._owed.popleft()
            given_up = self._mailbot.outbox.given_up(pending)
            if given_up is None:
                return pending
            self.settle(given_up)
        return None

    def held_up_s(self, now: datetime) -> float:
        """How long no mail may leave; a little more, so that it is over then."""
        held_s = max(self._outlet.closed_s(now), self._pace.wait_s(now))
        return held_s and held_s + 0.01

    def settle(self, tried: Tried) -> None:
        self._sender.busy = False
        tried = self.record(tried)
        self._writing(lambda: self._mailbot.outbox.settled(tried, self._now()))
        if tried.halt is not None:
            self._halt(tried.halt, address_of(tried))
        elif tried.asked and self._outlet.flows():
            self._writing(self.note_pause)

    def record(self, tried: Tried) -> Tried:
        """On record, also when we are told to stop: it happened."""
        tried = self._outlet.weighed(tried, self._now())
        attempt.tell(tried)
        self._mailbot.store.settle(tried.mail, tried.state, tried.next_try)
        return tried

    def _halt(self, trouble: MailbotError, address: str = "") -> None:
        """No mail leaves for a while. Who must act is told, by the first mail that leaves again."""
        self._owed.clear()
        if not self._outlet.meets(trouble, self._now(), address):
            return
        self._writing(self.note_pause)
        if isinstance(trouble, OperatorError):
            self._queue.put(Trouble("outbox_paused", trouble.loggable))

    def note_pause(self) -> None:
        self._mailbot.desk.keep({PAUSED.name: self._outlet.paused})
