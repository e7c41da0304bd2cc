"""One step of one series: decide, compose, commit; once, or again if somebody was faster.

Deciding and composing are functions, so a step that comes too late (STALE) costs nothing but
another go with the newer state. Whoever changes a series is handed a Step and nothing wider: the
rooms people/, operations/ and delivery/ know it, and it knows none of them. What they want to do
after a commit they say with `on_commit`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import filterfalse

from mailbot.errors import Temporary, where
from mailbot.meeting.answering import FEEDBACK
from mailbot.meeting.decide import decide
from mailbot.meeting.events import Answered, Decision, Event, Outcome, World
from mailbot.meeting.model import Series
from mailbot.meeting.sends import Send
from mailbot.service.intake.finding import Ending, Finding
from mailbot.store.protocol import (
    Change,
    CommitResult,
    Count,
    Entry,
    Mail,
    Store,
    Stored,
    history_key,
)

log = logging.getLogger(__name__)

ANSWER = "answer"  # name under which the answers of all steps are counted
ATTEMPTS = 20  # of one step; each lost one means that somebody else's step went through


class NoticeKind(StrEnum):
    """A kind of trouble that the operator is told of at once, and at most once a day."""

    OUTBOX_PAUSED = "outbox_paused"
    INBOX_REFUSED = "inbox_refused"
    DISK_FULL = "disk_full"
    KILLER = "killer"
    QUARANTINE_FULL = "quarantine_full"
    CAPPED = "capped"
    NOBODY_REACHED = "nobody_reached"
    UNWRITTEN = "unwritten"
    UNACCOUNTED = "unaccounted"


@dataclass(frozen=True, slots=True)
class Committed:
    """A step that was committed, or (`repeated`) had been before: then `after` is `before`."""

    before: Series
    after: Series
    event: Event
    now: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """A mail that cannot be composed. `where`: what went wrong, and in which line of ours."""

    send: Send
    where: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A decision with its mails composed. `trace`: why what was left out, for the journal."""

    decision: Decision
    mails: tuple[Mail, ...]
    unwritten: tuple[_Unwritten, ...] = ()
    muted: bool = False  # by the hourly cap
    trace: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()  # of answers, for the hourly cap


@dataclass(slots=True)
class Step:
    """Changes one series at a time. All it needs of other rooms it is given as functions."""

    store: Store
    world: Callable[[Series, datetime], World]
    compose: Callable[[str, Send, datetime, str], Mail]
    may_answer: Callable[[int, datetime], bool]  # whether this hour has room for so many answers
    notify: Callable[[NoticeKind, datetime, str], object]  # the operator, of a kind of trouble
    listeners: list[Callable[[Committed], None]] = field(default_factory=list)
    # around deciding and composing (see runtime/watchdog.py)
    watching: Callable[[], AbstractContextManager[None]] = nullcontext

    def on_commit(self, listener: Callable[[Committed], None]) -> None:
        """Call `listener` after every commit, and again when its cause comes a second time: what
        it does must bear repeating."""
        self.listeners.append(listener)

    def decide(
        self,
        stored: Stored,
        event: Event,
        cause: str,
        now: datetime,
        finding: Finding | None = None,
    ) -> Ending:
        """Commit what `event` means to this series, and the mails it asks for.

        `cause`: what this must not happen twice for; "": the state itself is the guard.
        `finding`: the mail that is answered. Raises Temporary when nothing could be written.
        """
        for _ in range(ATTEMPTS):
            with self.watching():
                prepared = self._prepare(stored, event, now, finding)
            result = self._commit(stored, prepared, cause)
            _log(stored, event, prepared, result, finding)
            if result is CommitResult.DUPLICATE:
                self._tell(Committed(stored.series, stored.series, event, now, repeated=True))
                return Ending(Outcome.DUPLICATE)
            if result is CommitResult.COMMITTED:
                after = prepared.decision.series
                self._tell(Committed(stored.series, after, event, now))
                self._note_left_out(after, prepared, now)
                outcome = Outcome.MUTED if prepared.muted else prepared.decision.outcome
                return Ending(outcome, trace=prepared.trace)
            stored = self.store.load(stored.series.id) or stored
        raise Temporary(f"Series {stored.series.id} is changed by others all the time")

    def _prepare(
        self, stored: Stored, event: Event, now: datetime, finding: Finding | None
    ) -> _Prepared:
        """Decide, and compose what is to leave. Writes nothing: it may all be done again."""
        event = self._with_history(stored.series, event)
        decision = decide(stored.series, event, self.world(stored.series, now))
        sends = self._within_the_hour(decision.sends, now)
        composed = [self._composed(decision.series, send, now, finding) for send in sends]
        muted = len(sends) < len(decision.sends)
        trace: tuple[str, ...] = ("hourly cap: not answered",) if muted else ()
        unwritten = tuple(each for each in composed if isinstance(each, _Unwritten))
        trace += tuple(f"unwritten: {each.send.purpose}" for each in unwritten)
        mails = tuple(each for each in composed if isinstance(each, Mail))
        answers = sum(map(_is_answer, sends))
        counts = (Count(ANSWER, now, answers),) if answers else ()
        return _Prepared(decision, mails, unwritten, muted, (*decision.trace, *trace), counts)

    def _commit(self, stored: Stored, prepared: _Prepared, cause: str) -> CommitResult:
        """Write the decision, if it changes anything."""
        decision = prepared.decision
        if not _changes(stored, decision, cause):
            return CommitResult.COMMITTED
        return self.store.commit(
            Change(
                cause,
                decision.series,
                stored.rev,
                prepared.mails,
                decision.closed,
                decision.closed_actions,
                counts=prepared.counts,
            )
        )

    def _tell(self, committed: Committed) -> None:
        """Call every listener."""
        for listener in self.listeners:
            listener(committed)

    # ---- the mails of a decision ----

    def _within_the_hour(self, sends: tuple[Send, ...], now: datetime) -> tuple[Send, ...]:
        """Leave out the answers that this hour has no room for. What was said is kept all the
        same."""
        answers = sum(map(_is_answer, sends))
        if not answers or self.may_answer(answers, now):
            return sends
        return tuple(filterfalse(_is_answer, sends))

    def _composed(
        self, series: Series, send: Send, now: datetime, finding: Finding | None
    ) -> Mail | _Unwritten:
        """Compose one mail, or say that it cannot be. Composing is a function and would fail for
        ever: so this mail fails, and all else goes on.

        An answer to the author of a mail names that mail.
        """
        answers_it = finding is not None and send.answers and send.to is finding.author.role
        answered = finding.inbound.message_id if finding and answers_it else ""
        try:
            return self.compose(series.id, send, now, answered)
        except Exception as error:  # noqa: BLE001 - a template, an address, a mistake of ours
            return _Unwritten(send, where(error))

    def _note_left_out(self, series: Series, prepared: _Prepared, now: datetime) -> None:
        """Note, once the step is committed, which mails of it do not leave; to the operator, too.

        Not within the commit: a death in between loses the note, and never makes a second one.
        """
        if prepared.muted:
            self.notify(NoticeKind.CAPPED, now, "")
        for each in prepared.unwritten:
            self._note_unwritten(series, each, now)

    def _note_unwritten(self, series: Series, unwritten: _Unwritten, now: datetime) -> None:
        """Note that this mail of ours fails: in the log, in the journal, to the operator."""
        send = unwritten.send
        log.error(
            "a mail cannot be written: %s",
            unwritten.where,
            extra={
                "action": "unwritten",
                "series": series.id,
                "purpose": str(send.purpose),
                "serial": send.serial,
            },
        )
        key = f"out/{series.id}/{send.serial}"
        self.store.journal(Entry(now, key, "", Outcome.FAILED, str(send.purpose), series.id))
        self.notify(NoticeKind.UNWRITTEN, now, f"Series {series.id}, {send.purpose}.")

    # ---- late words ----

    def _with_history(self, series: Series, event: Event) -> Event:
        """Give late words the meeting they name, where that is history: it is looked up only
        then."""
        if not isinstance(event, Answered) or not _is_history(series, event.meeting):
            return event
        closed = self.store.recall(history_key(series.id)).meetings
        named = (meeting for meeting in closed if meeting.number == event.meeting)
        return replace(event, old=next(named, None))


def _is_history(series: Series, number: int | None) -> bool:
    """Say whether the meeting of this number was closed."""
    if not number:
        return False
    return number < series.next_meeting and series.meeting(number) is None


def _is_answer(send: Send) -> bool:
    """Say whether the hourly cap counts this mail."""
    return send.answers and send.purpose in FEEDBACK


def _changes(stored: Stored, decision: Decision, cause: str) -> bool:
    """Say whether there is anything to commit."""
    new = stored.rev == 0 or decision.series != stored.series
    return bool(cause) or new or bool(decision.sends)


def _log(
    stored: Stored,
    event: Event,
    prepared: _Prepared,
    result: CommitResult,
    finding: Finding | None,
) -> None:
    """Log a decision. One with a trace and of no mail is logged for everybody: there is no entry
    of the journal that could tell it."""
    untold = prepared.trace and finding is None and result is CommitResult.COMMITTED
    log.log(
        logging.INFO if untold else logging.DEBUG,
        "decided",
        extra={
            "action": "decided",
            "event": type(event).__name__,
            "series": stored.series.id,
            "outcome": prepared.decision.outcome,
            "commit": str(result),
            "mails": len(prepared.mails),
            "trace": "; ".join(prepared.trace),
        },
    )
