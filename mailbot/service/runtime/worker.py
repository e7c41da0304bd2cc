"""Take one value after the other from the queue, alone with the store."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
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
from mailbot.service.runtime.inbox_thread import InboxThread, WatchedFolder
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
from mailbot.service.runtime.sender_thread import SenderThread
from mailbot.service.runtime.watchdog import Watchdog
from mailbot.service.step import NoticeKind
from mailbot.store.protocol import NEXT_DUE, NEXT_TRY
from mailbot.transport.protocol import Arrived, Mailer

log = logging.getLogger(__name__)

FULL_DISK_S = 10.0  # until the next try to write
ANSWER_S = 1.0  # until the door looks whether there still is a worker
# the longest sleep: after a suspended machine or a clock that was set, what is due is this late
LOOK_S = 30.0

Alarm = Callable[[datetime, Callable[[], object]], object]


def no_alarm(at: datetime, ring: Callable[[], object]) -> None:
    """Ring for nothing: whoever made the loop tells it the time, with Ticks."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The server that takes our mails, and the pace it allows. `worker`: see Dispatcher."""

    mailer: Mailer
    pace: Pace = field(default_factory=Pace)
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Timekeeping:
    """What tells the time. `alarm`: calls at an instant, and no longer at the one it was given
    before."""

    now: Callable[[], datetime]
    alarm: Alarm = no_alarm
    watchdog: Watchdog = field(default_factory=Watchdog)


class Loop:
    """Work with the threads around it: `run` is the worker; `stop`, `deliver` and `ask_...` may be
    called from any thread."""

    def __init__(
        self,
        mailbot: Mailbot,
        outgoing: Outgoing,
        time: Timekeeping,
        folder: WatchedFolder | None = None,
        lookup: Lookup | None = None,
    ) -> None:
        """Make the worker and what runs around it; nothing runs yet. `lookup`: asks the DNS, for
        our own DKIM check of what comes by the door."""
        self.mailbot, self.now = mailbot, time.now
        self._mailer, self._time, self._lookup = outgoing.mailer, time, lookup
        mailbot.intake.watching = mailbot.step.watching = time.watchdog.watching
        self.queue: SimpleQueue[Value] = SimpleQueue()
        self.stopping, self._ended = threading.Event(), threading.Event()
        self._inbox = folder.inbox if folder else None
        self._inbox_thread = InboxThread(folder, self.queue, self.stopping) if folder else None
        self._backlog: deque[tuple[Arrived, Batch]] = deque()
        self._sender = SenderThread(outgoing.mailer, self.queue, time.now)
        self._dispatcher = Dispatcher(
            mailbot.step, mailbot.postmaster, outgoing.pace, self._writing, outgoing.worker
        )
        self._rings_at: datetime | None = None

    def stop(self) -> None:
        """Finish the mail in hand and leave. From any thread."""
        self.stopping.set()
        self.queue.put(Stop())

    def tick(self) -> None:
        """Do what is due by now."""
        self.queue.put(Tick())

    def ask_audit(self) -> None:
        """Look in the inbox for mails without an outcome, as soon as it is empty."""
        if self._inbox_thread is not None:
            self._inbox_thread.ask_audit()

    def ask_junk(self) -> None:
        """Look for replies that the server filed as junk, as soon as the inbox is empty."""
        if self._inbox_thread is not None:
            self._inbox_thread.ask_junk()

    def deliver(self, raw: bytes) -> str:
        """Hand in a mail from a thread of the door; return its outcome once it is committed. Raises
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
        """Wait for it as long as there is a worker."""
        while True:
            with suppress(Empty):
                return delivered.answer.get(timeout=ANSWER_S)
            if self._ended.is_set():
                return Temporary("mailbot has stopped; hand the mail in again")

    def run(self) -> None:
        """Work until stop(). Everything that was committed and not sent is still in the outbox
        afterwards.

        Raises Bug, and what the worker cannot live with: then everything ends, for whoever
        supervises it to see.
        """
        helpers = [
            threading.Thread(target=self._sender.run, name="sender", daemon=True),
            threading.Thread(target=self._time.watchdog.run, name="watchdog", daemon=True),
        ]
        reader = threading.Thread(target=self._read_inbox, name="inbox", daemon=True)
        for thread in (*helpers, reader):
            thread.start()
        self.tick()
        self._writing(self._dispatcher.keep_pause)  # what an earlier run noted is over
        try:
            while not self.stopping.is_set():
                self._turn()
        finally:
            self.stopping.set()
            self._ended.set()
            self._leave(helpers, reader)
        broken = self._inbox_thread.broken if self._inbox_thread else None
        if broken is not None:
            raise Bug(
                f"The inbox cannot be read: a mistake of ours ({type(broken).__name__})."
            ) from broken

    def _read_inbox(self) -> None:
        """Stop the process when the inbox thread ends: a mailbot that reads no mail must not look
        alive."""
        if self._inbox_thread is not None:
            self._inbox_thread.run()
            self.stop()

    # ---- the worker ----

    def _turn(self) -> None:
        """Handle one value, or one mail of the backlog when no value waits; then the next mail
        out."""
        try:
            self._handle(self._next_value())
        except Empty:
            if self._backlog:
                self._take(*self._backlog.popleft())
            else:
                self._look()
        self._send_next()
        self._set_alarm()

    def _next_value(self) -> Value:
        """Wait for it; not at all while mails of the backlog wait, and never longer than LOOK_S or
        until a mail may leave again. Raises Empty."""
        if self._backlog:
            return self.queue.get(block=False)
        wait_s = self._dispatcher.wait_s(self.now()) or LOOK_S
        return self.queue.get(timeout=min(wait_s, LOOK_S))

    def _look(self) -> None:
        """See what is late by now: nothing rings in a machine that was suspended, or after its
        clock was set."""
        self._rings_at = None
        self._tick()

    def _set_alarm(self) -> None:
        """Ring when a series is due or a deferred mail may be tried again."""
        recall = self.mailbot.store.recall
        earliest = min(filter(None, (recall(NEXT_DUE), recall(NEXT_TRY))), default=None)
        if earliest is not None and earliest != self._rings_at:
            self._time.alarm(earliest, self.tick)
        self._rings_at = earliest

    def _tick(self) -> None:
        """Do what is due by now, again and again until it can be written."""
        self._writing(lambda: self.mailbot.tick(self.now()))

    def _handle(self, value: Value) -> None:
        """Do what a value of the queue asks for."""
        match value:
            case Tick():
                self._tick()
            case Batch():
                self._backlog.extend((mail, value) for mail in value.mails)
            case Begun():
                self._writing(lambda: self.mailbot.begun(value.place, value.cursor))
                value.kept.put(True)  # noqa: FBT003 - the answer itself
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
        """Record what became of the mail that was sent, and let the sender have the next."""
        self._sender.busy = False
        self._dispatcher.settle(tried, self.now())

    def _take(self, mail: Arrived, batch: Batch) -> None:
        """Take one mail of a batch to its outcome; the last one tells the inbox that all have
        theirs."""
        route = Route.JUNK if batch.junk else Route.INBOX
        self._writing(lambda: self.mailbot.take(mail.key, mail.raw, self.now(), route))
        if not self.stopping.is_set():
            batch.keys.append(mail.key)
        if mail is batch.mails[-1]:
            batch.tell()

    def _deliver(self, value: Delivered) -> None:
        """Take a mail that somebody waits at the door with, and answer. What is a mistake of ours
        ends the worker, after its answer."""
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
        """Check the DKIM signature with the keys known so far. Raises Unasked for one that is
        not."""
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
            self.queue.put(Trouble(NoticeKind.DISK_FULL, ""))

    # ---- the end ----

    def _leave(self, helpers: list[threading.Thread], reader: threading.Thread) -> None:
        """Move away mails that have their outcome, and tell everybody who waits."""
        self._sender.stop()
        self._time.watchdog.stop()
        in_hand = {id(batch): batch for _, batch in self._backlog}
        for batch in in_hand.values():
            batch.tell()
        waited = self._empty_queue() + len(in_hand)
        if self._inbox is not None:
            if waited:
                reader.join(timeout=2)
            self._inbox.close()
        for thread in (*helpers, reader):
            thread.join(timeout=5)
        self._empty_queue()
        self._mailer.close()

    def _empty_queue(self) -> int:
        """Tell whoever put these values there that we stop; return how many batches were among
        them."""
        batches = 0
        while not self.queue.empty():
            value = self.queue.get()
            self._put_off(value)
            batches += isinstance(value, Batch)
        return batches

    def _put_off(self, value: Value) -> None:
        """Settle a mail that was sent meanwhile; tell a door that waits to wait, and the inbox
        that nothing more has its outcome."""
        match value:
            case Tried():
                self._settle(value)
            case Delivered():
                value.answer.put(Temporary("mailbot is stopping; hand the mail in again"))
            case Audit():
                value.answer.put(())
            case Begun():
                value.kept.put(False)  # noqa: FBT003 - the answer itself
            case Batch():
                value.tell()
            case Tick() | Trouble() | Stop():
                pass
            case _:
                assert_never(value)


def _refusal(write: Callable[[], object]) -> Temporary | None:
    """Write; return what refuses it for now."""
    try:
        write()
    except Temporary as full:
        return full
    return None
