"""The worker: takes one value after the other from the queue, and is alone with the store."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue
from typing import assert_never

from mailbot.errors import Bug, Temporary
from mailbot.inbound.triage.auth import Proof
from mailbot.inbound.triage.dkim import Lookup, Unasked, check, known
from mailbot.service.app import Mailbot
from mailbot.service.delivery.attempt import Tried
from mailbot.service.delivery.dispatcher import Dispatcher
from mailbot.service.delivery.pace import Pace
from mailbot.service.intake.arrival import Route
from mailbot.service.runtime.inbox_thread import POLL_S, Housekeeping, InboxThread
from mailbot.service.runtime.sender_thread import SenderThread
from mailbot.service.runtime.queue_values import (
    Audit,
    Batch,
    Begun,
    Delivered,
    Stop,
    Tick,
    Trouble,
    Value,
)
from mailbot.service.runtime.watchdog import Watchdog
from mailbot.transport.protocol import Arrived, Inbox, Mailer

log = logging.getLogger(__name__)

FULL_DISK_S = 10.0  # until the next try to write
ANSWER_S = 1.0  # until the door looks whether there still is a worker


class Loop:
    """`run` is the worker. `now` tells the time; `polled` is called after each look into the
    inbox."""

    def __init__(
        self,
        mailbot: Mailbot,
        mailer: Mailer,
        now: Callable[[], datetime],
        *,
        inbox: Inbox | None = None,
        pace: Pace | None = None,
        poll_s: float = POLL_S,
        polled: Callable[[], None] = lambda: None,
        mailbox: Housekeeping | None = None,
        lookup: Lookup | None = None,
        watchdog: Watchdog | None = None,
        unmoved: Sequence[str] = (),
    ) -> None:
        """`lookup`: asks the DNS, for our own DKIM check of what comes by the door. `unmoved`:
        see Listener."""
        self.mailbot, self.mailer, self.inbox = mailbot, mailer, inbox
        self.now, self._lookup = now, lookup
        self._watchdog = watchdog or Watchdog()
        mailbot.intake.watching = self._watchdog.watching
        self.queue: SimpleQueue[Value] = SimpleQueue()
        self.stopping, self._ended = threading.Event(), threading.Event()
        self._listener = (
            InboxThread(
                inbox,
                self.queue,
                now,
                self.stopping,
                poll_s=poll_s,
                polled=polled,
                mailbox=mailbox,
                unmoved=unmoved,
            )
            if inbox is not None
            else None
        )
        self._backlog: deque[tuple[Arrived, Batch]] = deque()
        self._sender = SenderThread(mailer, self.queue, now)
        self._dispatcher = Dispatcher(mailbot.step, mailbot.postmaster, pace, self._writing)

    def stop(self) -> None:
        self.stopping.set()
        self.queue.put(Stop())

    def deliver(self, raw: bytes) -> str:
        """For the door, in a thread of its own: returns the outcome once it is committed. Raises
        what kept us from it.

        The worker waits for nobody: the DNS is asked here, and the mail handed over again.
        """
        delivered = Delivered(raw)
        while True:
            self.queue.put(delivered)
            answer = self._answer(delivered)
            if isinstance(answer, Unasked) and self._lookup is not None:
                delivered.records[answer.name] = self._lookup(answer.name)
            elif isinstance(answer, Exception):
                raise answer
            else:
                return answer

    def _answer(self, delivered: Delivered) -> str | Exception:
        """Waits for it as long as there is a worker."""
        while True:
            with suppress(Empty):
                return delivered.answer.get(timeout=ANSWER_S)
            if self._ended.is_set():
                return Temporary("mailbot has stopped; hand the mail in again")

    def run(self) -> None:
        """Until stop(). Everything that was committed and not sent is still in the outbox
        afterwards.

        Raises Bug, and what the worker cannot live with: then everything ends, for whoever
        supervises it to see.
        """
        threads = [
            threading.Thread(target=self._sender.run, name="sender", daemon=True),
            threading.Thread(target=self._watchdog.run, name="watchdog", daemon=True),
        ]
        if self._listener is not None:
            threads.append(threading.Thread(target=self._listen, name="inbox", daemon=True))
        for thread in threads:
            thread.start()
        self.queue.put(Tick())
        self._writing(self._dispatcher.keep_pause)  # what an earlier run noted is over
        try:
            while not self.stopping.is_set():
                self._turn()
        finally:
            self.stopping.set()
            self._ended.set()
            self._leave(threads)
        broken = self._listener.broken if self._listener else None
        if broken is not None:
            raise Bug(
                f"The inbox cannot be read: a mistake of ours ({type(broken).__name__})."
            ) from broken

    def _listen(self) -> None:
        """A mailbot that reads no mail must not look alive."""
        assert self._listener is not None
        self._listener.run()
        self.stop()

    # ---- the worker ----

    def _turn(self) -> None:
        """One value, or one mail of the backlog when no value waits; then the next mail out."""
        try:
            self._handle(
                self.queue.get(not self._backlog, self._dispatcher.wait_s(self.now()) or None)
            )
        except Empty:
            if self._backlog:
                self._take(*self._backlog.popleft())
        self._send_next()

    def _handle(self, value: Value) -> None:
        match value:
            case Tick():
                self._writing(lambda: self.mailbot.tick(self.now()))
            case Batch():
                self._backlog.extend((mail, value) for mail in value.mails)
            case Begun():
                self._writing(lambda: self.mailbot.begun(value.place, value.cursor))
                value.kept.put(True)
            case Delivered():
                self._deliver(value)
            case Tried():
                self._settle(value)
            case Audit():
                self._writing(
                    lambda: value.answer.put(self.mailbot.unaccounted(value.keys, self.now()))
                )
            case Trouble():
                self._writing(
                    lambda: self.mailbot.postmaster.tell(value.kind, self.now(), value.sentence)
                )
            case Stop():
                self.stopping.set()
            case _:
                assert_never(value)

    def _send_next(self) -> None:
        """Hand the next mail to the sender, if it is free."""
        if self._sender.busy:
            return
        pending = self._dispatcher.next(self.now())
        if pending is not None:
            self._sender.take(pending)

    def _settle(self, tried: Tried) -> None:
        self._sender.busy = False
        self._dispatcher.settle(tried, self.now())

    def _take(self, mail: Arrived, batch: Batch) -> None:
        route = Route.JUNK if batch.junk else Route.INBOX
        self._writing(lambda: self.mailbot.take(mail.key, mail.raw, self.now(), route))
        if not self.stopping.is_set():
            batch.keys.append(mail.key)
        if mail is batch.mails[-1]:
            batch.tell()

    def _deliver(self, value: Delivered) -> None:
        key = f"lmtp/{hashlib.sha256(value.raw).hexdigest()[:32]}"
        try:
            own_check = partial(self._own_check, value) if self._lookup else None
            entry = self.mailbot.take(key, value.raw, self.now(), Route.DOOR, own_check)
        except Exception as error:
            value.answer.put(error)
            if not isinstance(error, Temporary | Unasked):
                raise
        else:
            value.answer.put(entry.outcome)

    def _own_check(self, value: Delivered) -> Proof:
        return check(
            value.raw, known(value.records), address=self.mailbot.reader.address, now=self.now()
        )

    def _writing(self, write: Callable[[], object]) -> None:
        """Write; a full disk pauses and says so. It is tried until there is room, or until we are
        told to stop."""
        waited = False
        while (full := _refusal(write)) is not None:
            if not waited:
                log.error("paused: %s", full, extra={"action": "paused"})
            waited = True
            if self.stopping.wait(FULL_DISK_S):
                return
        if waited:
            log.warning("writing again", extra={"action": "resumed"})
            self.queue.put(Trouble("disk_full", ""))

    # ---- the end ----

    def _leave(self, threads: list[threading.Thread]) -> None:
        """Mails that have their outcome are still moved away; everybody who waits is told."""
        self._sender.stop()
        self._watchdog.stop()
        in_hand = {id(batch): batch for _, batch in self._backlog}
        in_hand |= {id(value): value for value in self._drained() if isinstance(value, Batch)}
        for batch in in_hand.values():
            batch.tell()
        if self.inbox is not None:
            if in_hand:
                threads[-1].join(timeout=2)
            self.inbox.close()
        for thread in threads:
            thread.join(timeout=5)
        self._drained()
        self.mailer.close()

    def _drained(self) -> list[Value]:
        """What is left on the queue; a mail that was sent meanwhile is settled, a door that
        waits is told to wait."""
        values: list[Value] = []
        while not self.queue.empty():
            value = self.queue.get()
            values.append(value)
            if isinstance(value, Tried):
                self._settle(value)
            elif isinstance(value, Delivered):
                value.answer.put(Temporary("mailbot is stopping; hand the mail in again"))
            elif isinstance(value, Audit):
                value.answer.put(())
            elif isinstance(value, Begun):
                value.kept.put(False)
        return values


def _refusal(write: Callable[[], object]) -> Temporary | None:
    """Write; return what refuses it for now."""
    try:
        write()
    except Temporary as full:
        return full
    return None
