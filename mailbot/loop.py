"""The running mailbot: one worker owns the store; the inbox, the outgoing server, the door and the timer put values on
its one queue and never touch the store."""

from __future__ import annotations

import hashlib
import logging
import random
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Protocol

from mailbot import sending
from mailbot.app import Mailbot
from mailbot.errors import Bug, MailbotError, Refused, Temporary
from mailbot.mail.sender import Proof
from mailbot.sending import Tried, send
from mailbot.store import OutboxState, Pending
from mailbot.transport import Arrived, Inbox, Mailer
from mailbot.watchdog import Watchdog

log = logging.getLogger(__name__)

IN_FLIGHT = 2  # batches: one is read from the server while the other is worked on
POLL_S = 300.0  # the longest wait for the inbox, whatever is configured: servers go mute (mjs/imapclient#349)
AUDIT = timedelta(days=1)
FIRST_AUDIT = timedelta(hours=1)  # after the start, when the backlog is done
FULL_DISK_S = 10.0  # until the next try to write
RECONNECT_S = (1.0, 300.0)
REFUSED_S = (60.0, 900.0)  # a refused login is not retried sooner: servers lock accounts


@dataclass(frozen=True, slots=True)
class Tick:
    """Time may owe something."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Finish the mail in hand and leave."""


@dataclass(slots=True)
class Batch:
    """Mails of the inbox. Their keys go to `finished` once each has its outcome; a stop cuts it short."""

    mails: Sequence[Arrived]
    finished: SimpleQueue[list[str]] = field(default_factory=SimpleQueue)
    keys: list[str] = field(default_factory=list)

    def tell(self) -> None:
        self.finished.put(self.keys)


@dataclass(slots=True)
class Delivered:
    """A mail that somebody hands in and waits for. `answer` gets a word, or the reason to come again."""

    raw: bytes
    own_check: Proof | None = None
    answer: SimpleQueue[str | Temporary] = field(default_factory=SimpleQueue)


@dataclass(slots=True)
class Audit:
    """These mails were in the folder a while ago. `answer` gets those that no outcome accounts for."""

    keys: Sequence[str]
    answer: SimpleQueue[tuple[str, ...]] = field(default_factory=SimpleQueue)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the operator should hear of: a kind of digest.NOTICES, and one sentence."""

    kind: str
    sentence: str


Value = Tick | Stop | Batch | Delivered | Tried | Audit | Trouble


class Audited(Protocol):
    """The inbox as the audit sees it. Called from the thread of the inbox."""

    def uids(self) -> Sequence[str]:
        """The keys of all mails that are in the folder now."""

    def again(self, keys: Sequence[str]) -> Sequence[Arrived]:
        """These mails once more, as far as they are still there."""


class Loop:
    """`run` is the worker. `now` tells the time; `polled` is called after each look into the inbox."""

    def __init__(
        self,
        mailbot: Mailbot,
        mailer: Mailer,
        now: Callable[[], datetime],
        *,
        inbox: Inbox | None = None,
        per_minute: int = 0,
        poll_s: float = POLL_S,
        polled: Callable[[], None] = lambda: None,
        audited: Audited | None = None,
        own_check: Callable[[bytes], Proof] | None = None,
        watchdog: Watchdog | None = None,
        unmoved: Sequence[str] = (),
    ) -> None:
        """`own_check`: DKIM, for what comes by the door. `unmoved`: mails that have their outcome since an earlier run
        and may still lie in the inbox, because that run was killed before it moved them."""
        self.mailbot, self.mailer, self.inbox = mailbot, mailer, inbox
        self.now, self.polled = now, polled
        self._poll_s, self._own_check = poll_s, own_check
        self._watchdog = watchdog or Watchdog()
        mailbot.watching = self._watchdog.watching
        self._unmoved = tuple(unmoved)
        self._broken: Exception | None = None  # what ended the thread of the inbox, if that was a mistake of ours
        self._audited, self._audit_at = audited, now() + FIRST_AUDIT
        self._uids: Sequence[str] | None = None
        self.queue: SimpleQueue[Value] = SimpleQueue()
        self.stopping = threading.Event()
        self._backlog: deque[tuple[Arrived, Batch]] = deque()
        self._sender = Sender(mailer, self.queue, now, per_minute)
        self._owed: deque[Pending] = deque()
        self._paused_until: datetime | None = None  # after a refused login
        self.refusals = 0

    def stop(self) -> None:
        self.stopping.set()
        self.queue.put(Stop())

    def deliver(self, raw: bytes, _recipients: tuple[str, ...] = ()) -> str:
        """For the door, in a thread of its own: returns the outcome once it is committed. Raises Temporary."""
        delivered = Delivered(raw, self._own_check(raw) if self._own_check else None)
        self.queue.put(delivered)
        answer = delivered.answer.get()
        if isinstance(answer, Temporary):
            raise answer
        return answer

    def run(self) -> None:
        """Until stop(). Everything that was committed and not sent is still in the outbox afterwards. Raises Bug."""
        threads = [
            threading.Thread(target=self._sender.run, name="sender", daemon=True),
            threading.Thread(target=self._watchdog.run, name="watchdog", daemon=True),
        ]
        if self.inbox is not None:
            threads.append(threading.Thread(target=self._listen, args=(self.inbox,), name="inbox", daemon=True))
        for thread in threads:
            thread.start()
        self.queue.put(Tick())
        while not self.stopping.is_set():
            self._turn()
        self._leave(threads)
        if self._broken is not None:
            raise Bug(f"The inbox cannot be read: a mistake of ours ({type(self._broken).__name__}).") from self._broken

    # ---- the worker ----

    def _turn(self) -> None:
        """One value, or one mail of the backlog when no value waits; then the next mail out."""
        try:
            self._handle(self.queue.get(block=not self._backlog))
        except Empty:
            self._take(*self._backlog.popleft())
        self._hand_over()

    def _handle(self, value: Value) -> None:
        match value:
            case Tick():
                self._writing(lambda: self.mailbot.tick(self.now()))
            case Batch():
                self._backlog.extend((mail, value) for mail in value.mails)
            case Delivered():
                self._deliver(value)
            case Tried():
                self._settle(value)
            case Audit():
                self._writing(lambda: value.answer.put(self.mailbot.unaccounted(value.keys, self.now())))
            case Trouble():
                self._writing(lambda: self.mailbot.desk.tell(value.kind, self.now(), value.sentence))
            case Stop():
                self.stopping.set()

    def _take(self, mail: Arrived, batch: Batch) -> None:
        self._writing(lambda: self.mailbot.take(mail.key, mail.raw, self.now()))
        if not self.stopping.is_set():
            batch.keys.append(mail.key)
        if mail is batch.mails[-1]:
            batch.tell()

    def _deliver(self, value: Delivered) -> None:
        key = f"lmtp/{hashlib.sha256(value.raw).hexdigest()[:32]}"
        try:
            entry = self.mailbot.take(key, value.raw, self.now(), value.own_check)
        except Temporary as error:
            value.answer.put(error)
            return
        value.answer.put("stranger" if entry.reason == "stranger" else entry.outcome)

    def _writing(self, step: Callable[[], object]) -> None:
        """A full disk pauses and says so; the step is tried until there is room, or we are told to stop."""
        said = False
        while not self.stopping.is_set():
            try:
                step()
            except Temporary as error:
                if not said:
                    log.error("paused: %s", error, extra={"action": "paused"})  # noqa: TRY400 - one plain sentence
                said = True
                self.stopping.wait(FULL_DISK_S)
            else:
                if said:
                    log.warning("writing again", extra={"action": "resumed"})
                    self.queue.put(Trouble("disk_full", ""))
                return

    # ---- the outbox ----

    def _hand_over(self) -> None:
        """The next mail to the sender, if it is free. That it is being sent is on record first."""
        now = self.now()
        if self._sender.busy or (self._paused_until is not None and now < self._paused_until):
            return
        if not self._owed:
            self._owed.extend(self.mailbot.store.pending(now))
        if not self._owed:
            return
        pending = self._owed.popleft()
        try:
            self.mailbot.store.settle(pending.mail.id, OutboxState.SENDING)
        except Temporary:
            return
        log.debug("sending", extra={
            "action": "sending", "series": pending.series, "purpose": str(pending.mail.purpose),
            "serial": pending.mail.serial, "tries": pending.tries,
        })
        self._sender.take(pending)

    def _settle(self, tried: Tried) -> None:
        self._sender.busy = False
        sending.tell(tried)
        self.mailbot.store.settle(tried.mail, tried.state, tried.next_try)  # also when we are told to stop: it happened
        self._writing(lambda: self.mailbot.settled(tried, self.now()))
        if tried.refused is None:
            self.refusals = 0
            return
        self.refusals += 1
        pause = min(REFUSED_S[0] * 2 ** (self.refusals - 1), REFUSED_S[1])
        self._paused_until = self.now() + timedelta(seconds=pause)
        self._owed.clear()
        if self.refusals == 1:
            log.error("outbox paused: %s", tried.refused, extra={"action": "refused"})
            self.queue.put(Trouble("outbox_paused", str(tried.refused)))

    # ---- the inbox, in its own thread ----

    def _listen(self, inbox: Inbox) -> None:
        failures = 0
        while not self.stopping.is_set():
            try:
                self._poll(inbox)
                failures = 0
            except MailbotError as error:
                failures += 1
                self._excuse(error, failures)
            except Exception as error:  # noqa: BLE001 - a mailbot that reads no mail must not look alive
                self._broken = error
                self.stop()

    def _poll(self, inbox: Inbox) -> None:
        """Until nothing is left in the folder; then wait for more."""
        working: deque[Batch] = deque()
        if self._unmoved:
            inbox.done(self._unmoved)
            self._unmoved = ()
        while not self.stopping.is_set():
            mails = inbox.fetch()
            with suppress(OSError):  # a mark for `status`: the disk may be full or read-only
                self.polled()
            if mails:
                log.debug("fetched", extra={"action": "fetched", "mails": len(mails), "first": mails[0].key})
                working.append(Batch(mails))
                self.queue.put(working[-1])
            if len(working) >= IN_FLIGHT or (working and not mails):
                inbox.done(working.popleft().finished.get())
            elif not working:
                self._audit(inbox)
                inbox.wait(min(self._poll_s, POLL_S))

    def _audit(self, inbox: Inbox) -> None:
        """Once a day: what lies in the folder now must have an outcome by the time the folder is read once more."""
        if self._audited is None:
            return
        if self._uids is not None:
            still_there = set(self._audited.uids())  # somebody may have removed one; a new UIDVALIDITY renames them all
            audit, self._uids = Audit([key for key in self._uids if key in still_there]), None
            self.queue.put(audit)
            missing = audit.answer.get()
            mails = self._audited.again(missing) if missing else ()
            if mails:
                batch = Batch(mails)
                self.queue.put(batch)
                inbox.done(batch.finished.get())
        elif self.now() >= self._audit_at:
            self._audit_at = self.now() + AUDIT
            self._uids = self._audited.uids()

    def _excuse(self, error: MailbotError, failures: int) -> None:
        """Wait before the next connection: doubling, with jitter, and long after a refused login."""
        first, longest = REFUSED_S if isinstance(error, Refused) else RECONNECT_S
        wait = min(first * 2 ** (failures - 1), longest)
        level = logging.ERROR if failures == 1 or isinstance(error, Refused) else logging.INFO
        log.log(level, "inbox: %s", error, extra={"action": "inbox_lost"})
        if isinstance(error, Refused):
            self.queue.put(Trouble("inbox_refused", str(error)))
        self.stopping.wait(wait * random.uniform(0.8, 1.2))  # noqa: S311 - jitter, not a secret

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
        """What is left on the queue; a mail that was sent meanwhile is settled, a door that waits is told to wait."""
        values: list[Value] = []
        while not self.queue.empty():
            value = self.queue.get()
            values.append(value)
            if isinstance(value, Tried):
                self.mailbot.store.settle(value.mail, value.state, value.next_try)
            elif isinstance(value, Delivered):
                value.answer.put(Temporary("mailbot is stopping; hand the mail in again"))
            elif isinstance(value, Audit):
                value.answer.put(())
        return values


class Sender:
    """A thread that sends one mail at a time and puts what became of it on the queue."""

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
