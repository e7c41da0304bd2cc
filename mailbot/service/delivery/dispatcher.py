"""Decide which mail leaves next, whether any may, and what became of the last one.

Problem. A server refuses one mail, one address, or everybody, and only the first two are about
the mail it says it to: a mail that is tried while the server is away must not use up its tries.
The process may die at any line; rather the same mail twice than never. An address may die while
mails to it wait.

Idea. Four questions without a thread or a socket. Whoever sends asks them in this order: the
running worker with a thread that sends between them, `drain` (the test kit, the demo, the
benchmarks) in one loop. So what the tests prove is what runs.

    next(now)           the mail to send now; None: none waits or none may leave. It is claimed, so
                        that it is being sent is on record and no other worker is given it; one
                        to an address that has died fails instead
    attempt.send(...)   asks the server; the caller's business
    settle(tried, now)  on record: accepted, deferred until when, failed; of a permanent failure
                        the other person is told; trouble about no one mail stops all of them
    wait_s(now)         until then no mail may leave

Example. Ana's receipt meets "450 greylisted": deferred for two minutes, and Ben's leaves
meanwhile. His next one meets a refused login: it waits again, that try is not counted, nothing
leaves for a minute (then two, four, up to fifteen), and the operator is told by the first mail
that leaves again.

Rejected. Several connections at once: providers count them, and two mails to one person would
overtake each other. A retry library or a job queue: the row of the outbox says when to try again,
so a restart needs no code. A simpler loop for tests: it drifted from the one that ran (it knew no
breaker and no pace, and recorded SENDING before it asked whether the address had died).
"""

from __future__ import annotations

import logging
import os
import platform
from collections.abc import Callable
from datetime import datetime, timedelta

from mailbot.errors import MailbotError, OperatorError, Temporary, TooMuch
from mailbot.meeting.events import Bounced, Outcome
from mailbot.meeting.model import Purpose
from mailbot.service.delivery import attempt
from mailbot.service.delivery.attempt import Tried
from mailbot.service.delivery.breaker import PAUSED, Breaker
from mailbot.service.delivery.pace import Pace
from mailbot.service.operations.postmaster import Postmaster
from mailbot.service.people.spread import has_died
from mailbot.service.step import NoticeKind, Step
from mailbot.store.protocol import Entry, OutboxState, Pending, ready_key
from mailbot.transport.protocol import Mailer

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=30)  # longer than any one try: an SMTP dialogue times out sooner
Write = Callable[[], object]


def write_once(write: Write) -> None:
    """Write now; what cannot be written is the caller's exception."""
    write()


def this_process() -> str:
    """Name this process among all that may send from one store: its host and its number there.

    A name that comes again after a restart does no harm: a claim is not given back by its name,
    but when its lease ends, or at once by a store that knows that nobody else is there.
    """
    return f"{platform.node()}/{os.getpid()}"


class Dispatcher:
    """Ask `next`, send, tell `settle`; all from one thread."""

    def __init__(
        self,
        step: Step,
        postmaster: Postmaster,
        pace: Pace | None = None,
        writing: Callable[[Write], None] = write_once,
        worker: str = "",
    ) -> None:
        """Make it for one worker. `writing`: runs a write, again and again until there is room on
        the disk; a write may be repeated as a whole. `worker`: its name among those that share
        the store; "": see `this_process`."""
        self._step, self._postmaster = step, postmaster
        self._pace, self._breaker = pace or Pace(), Breaker()
        self._writing = writing
        self._worker = worker or this_process()

    # ---- which mail, and whether any ----

    def next(self, now: datetime) -> Pending | None:
        """Return the mail to send now, recorded as SENDING; None: none waits or none may leave."""
        if self.wait_s(now):
            return None
        store = self._step.store
        if self._pace.is_spent(store, now) and store.recall(ready_key(now)):
            self._trip(_day_is_spent(self._pace.per_day), now)
            return None
        return self._first_alive(now)

    def wait_s(self, now: datetime) -> float:
        """Return the seconds for which no mail may leave; a little more, so that it is over
        then."""
        wait_s = max(self._breaker.wait_s(now), self._pace.wait_s(self._step.store, now))
        return wait_s and wait_s + 0.01

    def _first_alive(self, now: datetime) -> Pending | None:
        """Return the next mail whose address is alive, claimed; those before it have failed."""
        while (pending := self._claimed(now)) is not None:
            if not self._has_died(pending):
                return pending
            self.settle(attempt.given_up(pending), now)
        return None

    def _has_died(self, pending: Pending) -> bool:
        """Say whether this address was found dead since the mail was made."""
        stored = self._step.store.load(pending.series) if pending.series else None
        return stored is not None and has_died(stored.series, pending.mail)

    def _claimed(self, now: datetime) -> Pending | None:
        """Claim one mail; None: none waits, or there is no room to write down that it is being
        sent. One at a time: after a kill every claimed mail is uncertain."""
        try:
            claimed = self._step.store.claim(now, self._worker, LEASE, 1)
        except Temporary:
            return None
        if not claimed:
            return None
        _log_sending(claimed[0])
        return claimed[0]

    def _recorded(self, tried: Tried, now: datetime) -> bool:
        """Tell whether it was ours to say: a lease may have ended and another worker have the
        mail since; what becomes of it is that one's to tell."""
        ours = self._step.store.settle(
            tried.mail, tried.state, tried.next_try, worker=self._worker, now=now
        )
        if not ours:
            log.warning("a lease ended before its mail was settled", extra={"action": "lease_lost"})
        return ours

    # ---- what became of it ----

    def settle(self, tried: Tried, now: datetime) -> None:
        """Record what became of a mail, and do what follows: tell the other person, the operator,
        and stop or start all mail."""
        tried = self._breaker.uncounted(tried, now)
        attempt.log_attempt(tried)
        if self._recorded(tried, now):
            self._writing(lambda: self._follow_up(tried, now))
        if tried.halt is not None:
            self._trip(tried.halt, now, tried.recipient)
        elif tried.asked and self._breaker.reset():
            self._writing(self.keep_pause)

    def keep_pause(self) -> None:
        """Write since when and why no mail leaves, or that mail leaves, for `mailbot status`."""
        self._postmaster.keep(PAUSED, lambda _: self._breaker.paused)

    def _follow_up(self, tried: Tried, now: datetime) -> None:
        """Journal a failure. An address that the server says nobody has is left alone from now
        on, as after a bounce."""
        if tried.dead:
            self._bounced(tried.pending, now)
        if tried.state is OutboxState.FAILED:
            series, mail = tried.pending.series, tried.pending.mail
            key = f"out/{series}/{mail.serial}"
            self._step.store.journal(Entry(now, key, "", Outcome.FAILED, str(mail.purpose), series))

    def _bounced(self, dead: Pending, now: datetime) -> None:
        """Do what a report of its bounce would: a dead address is noted, unless it has been
        replaced since."""
        if not dead.series and dead.mail.purpose is Purpose.NOTICE:
            self._postmaster.lost()
            return
        stored, to = self._step.store.load(dead.series), dead.mail.to
        if stored is None or to is None:
            return
        if stored.series.person(to).address == dead.mail.recipient:
            self._step.decide(stored, Bounced(to, hard=True), "", now)

    def _trip(self, trouble: MailbotError, now: datetime, recipient: str = "") -> None:
        """Let no mail leave for a while. Who must act is told, by the first mail that leaves
        again."""
        if not self._breaker.trip(trouble, now, recipient):
            return
        self._writing(self.keep_pause)
        if isinstance(trouble, OperatorError):
            sentence = trouble.loggable
            self._writing(lambda: self._postmaster.tell(NoticeKind.OUTBOX_PAUSED, now, sentence))


def drain(dispatcher: Dispatcher, mailer: Mailer, now: datetime) -> int:
    """Send in this thread, one mail after the other, until none waits or none may leave; return
    how many were accepted."""
    accepted = 0
    while (pending := dispatcher.next(now)) is not None:
        tried = attempt.send(mailer, pending, now)
        dispatcher.settle(tried, now)
        accepted += tried.state is OutboxState.ACCEPTED
    return accepted


def _log_sending(pending: Pending) -> None:
    """Log that a mail is about to be sent, without a word or address of it."""
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


def _day_is_spent(per_day: int) -> TooMuch:
    """Word the trouble that the day brings when its number is reached; as if a server had said
    so."""
    return TooMuch(f"[smtp] per_day: {per_day:,} mails left within 24 hours; the rest waits.")
