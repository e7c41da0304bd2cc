"""The two paths, a mail and a tick. The only place that calls every room.

A mail:  read -> decide -> compose -> commit -> journal; only then may the transport move it away.
A tick:  due -> decide -> compose -> commit. The same last three steps, nothing special to timers.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from mailbot.errors import MailbotError
from mailbot.inbound.message import peek
from mailbot.inbound.message.parse import Unreadable
from mailbot.inbound.triage.auth import Proof, Verdict
from mailbot.meeting.answering import FEEDBACK
from mailbot.meeting.decide import decide, open_series
from mailbot.meeting.events import (
    Answered,
    Decision,
    Due,
    Event,
    Learned,
    Reconfigured,
    Rules,
    Send,
    Started,
    World,
)
from mailbot.meeting.model import Cadence, Person, Role, Series
from mailbot.meeting.said import Problem, Said
from mailbot.outbound.compose import Composer
from mailbot.service.delivery.envelope import mail_of
from mailbot.service.intake.door_policy import is_anybodys, is_known
from mailbot.service.intake.pipeline import OPERATOR, PASSED, Finding, Reader, Standing
from mailbot.service.intake.series_request import Defaults
from mailbot.service.operations import retention
from mailbot.service.operations.answer_caps import Hourly
from mailbot.service.operations.audit import AUDIT, BEGUN, unaccounted
from mailbot.service.operations.digest import Day, which
from mailbot.service.operations.postmaster import Postmaster
from mailbot.service.operations.unconfirmed import Unconfirmed
from mailbot.service.people.availability import Busy, Elsewhere, Holidays
from mailbot.service.people.directory import CONFIGURED, configured, pair, series_id
from mailbot.service.people.spread import as_known, spread
from mailbot.store.protocol import (
    JOURNAL,
    OUTBOX,
    Change,
    CommitResult,
    Entry,
    Mail,
    Store,
    Stored,
    history_key,
)
from mailbot.store.raw_mail import Full, RawMailStore
from mailbot.threads.subject import told_apart
from mailbot.transport.protocol import REFUSED

log = logging.getLogger(__name__)

DEATHS = 2  # readings that began and never ended; the third is not tried


class Broken(Unreadable):
    """Finding this mail ended in a mistake of ours."""


class Mailbot:
    """One installation. Everything it does, it does inside `take`, `tick` or `configure`, one at
    a time."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        composer: Composer,
        *,
        quarantine: RawMailStore,
        held: RawMailStore,
        rules: Rules | None = None,
        defaults: Defaults | None = None,
        operator: str = "",
        display: str = "mailbot",
        quarantine_days: int = 90,
    ) -> None:
        self.store = store
        self.reader = reader
        self.composer = composer
        self.quarantine = quarantine
        self.held = held
        self.quarantine_days = quarantine_days  # for mails of strangers; 0: for ever
        self.rules = rules or Rules()
        self.defaults = defaults or Defaults({})
        self.desk = Postmaster(
            store, reader.tokens, reader.address, display=display, operator=operator
        )
        self.waiting = Unconfirmed(self, held)
        # around each reading
        self.watching: Callable[[], AbstractContextManager[None]] = nullcontext
        self._answers = Hourly()

    # ---- path one: a mail ----

    def take(
        self,
        key: str,
        raw: bytes,
        now: datetime,
        own_check: Callable[[], Proof] | None = None,
        *,
        junk: bool = False,
        at_door: bool = False,
    ) -> Entry:
        """Read one mail and do what it says, to a named outcome. When this returns, the mail may be
        moved away.

        `own_check`: makes the proof that Reader.read is given. `junk`: the server filed it as
        junk, so its author must be beyond doubt. `at_door`: see reading.doorstep. Raises
        Temporary when nothing could be written; the mail then stays where it is.
        """
        died = self.store.begin(key) >= DEATHS
        proof = self._checked(own_check) if own_check and not died else None
        reading = (
            Broken("killed its reader twice")
            if died
            else self._read(key, raw, now, proof, junk=junk)
        )
        if isinstance(reading, Broken):
            self.desk.tell("killer", now, key)
        if at_door and isinstance(reading, Finding) and is_anybodys(reading):
            reading = reading.ended(REFUSED, reading.reason)
        entry = self._outcome(key, raw, reading, now)
        if at_door and entry.outcome == "set_aside" and not self._is_kept(reading):
            # met alike, whoever is on file
            wish = isinstance(reading, Finding) and reading.outcome == "new"
            entry = replace(entry, outcome="ignored" if wish else REFUSED)
        if entry.outcome == "set_aside":
            entry = self._set_aside(entry, raw, proof, junk=junk)
            self._ask_which(reading, now)
        return self._journal(entry)

    def _checked(self, own_check: Callable[[], Proof]) -> Proof:
        with self.watching():
            return own_check()

    def _is_kept(self, reading: Finding | Unreadable) -> bool:
        return isinstance(reading, Broken) or (
            isinstance(reading, Finding) and is_known(reading, self.store)
        )

    def replay(self, name: str, now: datetime) -> Entry:
        """Read a mail of the quarantine once more, as it came. What still has to stay leaves no
        second trace.

        Raises InputError, Temporary.
        """
        aside, raw = self.quarantine.look(name), self.quarantine.get(name)
        kept = ("own check: made when the mail came",)
        own_check = Proof(Verdict(aside.proof), kept) if aside.proof else None
        key = f"quarantine/{name}"  # under its old one it would move the cursor of the inbox
        entry = self._outcome(key, raw, self._read(key, raw, now, own_check, junk=aside.junk), now)
        if entry.outcome != "set_aside":
            self._journal(entry)
            self.quarantine.drop(name)
        return entry

    def _read(
        self, key: str, raw: bytes, now: datetime, own_check: Proof | None, *, junk: bool
    ) -> Finding | Unreadable:
        try:
            with self.watching():
                reading = self.reader.read(raw, self.store, now, own_check=own_check)
        except Unreadable as unreadable:
            return unreadable
        except MailbotError:
            raise
        # reading is a function: whatever it raises, this mail raises again
        except Exception as error:  # noqa: BLE001
            # no traceback: it would quote the mail
            log.error("a mail broke its reader: %s", _where(error), extra={"action": "broken"})  # noqa: TRY400
            return Broken(f"broke its reader: {type(error).__name__}")
        log.debug(
            "read",
            extra={
                "action": "read",
                "key": key,
                "kind": str(reading.judged.kind),
                "standing": str(reading.standing),
                "said": len(reading.said),
                "event": type(reading.event).__name__ if reading.event else "",
            },
        )
        if junk and (
            reading.standing is not Standing.SURE or reading.proof.verdict is not Verdict.PASS
        ):
            return replace(reading, opening=None).ended(
                "junk", "filed as junk, and its author is not proven"
            )
        return reading

    def _outcome(self, key: str, raw: bytes, reading: Finding | Unreadable, now: datetime) -> Entry:
        """Do what the mail says. "set_aside": nothing was done, somebody has to look at it."""
        if isinstance(reading, Unreadable):
            said = (f"reader: {reading.reason}",)
            return Entry(now, key, peek.message_id(raw), "set_aside", reading.reason, trace=said)
        outcome, reason = self._act(reading, raw, now)
        if outcome == "duplicate" and reading.event is not None:
            reason = f"duplicate of mail {reading.number}"
        series = reading.stored.series.id if reading.stored else ""
        return Entry(now, key, reading.inbound.message_id, outcome, reason, series, reading.trace)

    def _act(self, reading: Finding, raw: bytes, now: datetime) -> tuple[str, str]:
        """The outcome and its reason."""
        if reading.opening is not None:
            return self.waiting.opened(reading, reading.opening, now)
        if reading.outcome == "new":
            return self.waiting.wished(reading, raw, now)
        if reading.event is None or reading.stored is None:
            if reading.reason == OPERATOR:
                self.desk.lost()
            return reading.outcome, reading.reason
        if reading.standing is Standing.DOUBTFUL and isinstance(reading.event, Answered):
            return self.waiting.hold(reading, reading.stored, reading.event, raw, now)
        self._remember_domain(reading)
        if reading.held is not None and isinstance(reading.event, Answered):
            return self.waiting.confirmed(reading, reading.stored, reading.event, reading.held, now)
        event = self._with_history(reading.stored.series, reading.event)
        return self.decide(
            reading.stored, event, reading.inbound.digest, now, reading
        ), reading.reason

    def decide(
        self,
        stored: Stored,
        event: Event,
        cause: str,
        now: datetime,
        reading: Finding | None = None,
    ) -> str:
        """Decide, compose and commit, again if somebody was faster (free: deciding is a function).

        `cause`: what this must not happen twice for; "": the state itself is the guard.
        `reading`: the mail that is answered.
        """
        while True:
            decision = decide(stored.series, event, self.world(stored.series, now))
            sends = self._unless_too_many(decision.sends, now)
            written = (self._written(decision.series, send, now, reading) for send in sends)
            mails = tuple(mail for mail in written if mail is not None)
            change = Change(
                cause, decision.series, stored.rev, mails, decision.closed, decision.closed_actions
            )
            outcome = (
                self.store.commit(change)
                if _changes(stored, decision, cause)
                else CommitResult.COMMITTED
            )
            log.debug(
                "decided",
                extra={
                    "action": "decided",
                    "event": type(event).__name__,
                    "series": stored.series.id,
                    "outcome": decision.outcome,
                    "commit": str(outcome),
                    "mails": len(mails),
                },
            )
            if outcome is CommitResult.DUPLICATE:
                spread(self, stored.series, stored.series, now)
                return "duplicate"
            if outcome is CommitResult.COMMITTED:
                if not isinstance(event, Learned):
                    spread(self, stored.series, decision.series, now)
                self.waiting.let_go(stored.series, decision.series, event, now)
                return decision.outcome if len(sends) == len(decision.sends) else "muted"
            stored = self.store.load(stored.series.id) or stored

    def world(self, series: Series, now: datetime) -> World:
        elsewhere = Elsewhere(self.store, series)
        return World(now, Holidays(now.date()), Busy(elsewhere), self.rules, elsewhere)

    def _written(
        self, series: Series, send: Send, now: datetime, reading: Finding | None
    ) -> Mail | None:
        """None: it cannot be. Composing is a function and would fail for ever; so this mail fails,
        and all goes on.

        An answer to the author of a mail names that mail.
        """
        answers_it = reading is not None and send.answers and send.to is reading.role
        answered = reading.inbound.message_id if reading and answers_it else ""
        try:
            return mail_of(self.composer, series.id, send, now, answered)
        # a template of the operator's, an address, a mistake of ours
        except Exception as error:  # noqa: BLE001
            # it may quote people
            log.error(  # noqa: TRY400 - a traceback may quote people
                "a mail cannot be written: %s",
                _where(error),
                extra={
                    "action": "unwritten",
                    "series": series.id,
                    "purpose": str(send.purpose),
                    "serial": send.serial,
                },
            )
            key = f"out/{series.id}/{send.serial}"
            self.store.journal(Entry(now, key, "", "failed", str(send.purpose), series.id))
            self.desk.tell("unwritten", now, f"Series {series.id}, {send.purpose}.")
            return None

    def _unless_too_many(self, sends: tuple[Send, ...], now: datetime) -> tuple[Send, ...]:
        """Without the answers that this hour has no room for. What was said is kept all the
        same."""
        answers = sum(send.answers and send.purpose in FEEDBACK for send in sends)
        if not answers or self._answers.take(answers, now, lambda: len(self.store.find())):
            return sends
        self.desk.tell("capped", now)
        return tuple(send for send in sends if not (send.answers and send.purpose in FEEDBACK))

    def _with_history(self, series: Series, event: Event) -> Event:
        """Late words are given the meeting they name, where that is history: it is looked up
        only then."""
        if (
            not isinstance(event, Answered)
            or not event.meeting
            or event.meeting >= series.next_meeting
        ):
            return event
        if series.meeting(event.meeting) is not None:
            return event
        closed = self.store.recall(history_key(series.id)).meetings
        return replace(
            event,
            old=next((meeting for meeting in closed if meeting.number == event.meeting), None),
        )

    # ---- what does not go straight to a series ----

    def _set_aside(self, entry: Entry, raw: bytes, own_check: Proof | None, *, junk: bool) -> Entry:
        """Keep the mail whole. Nothing goes to make room: what does not fit stays in the mailbox
        or with its sender."""
        proof = str(own_check.verdict) if own_check else ""
        try:
            self.quarantine.put(
                raw, entry.reason, entry.at, entry.key, trace=entry.trace, proof=proof, junk=junk
            )
        except Full:
            self.desk.tell("quarantine_full", entry.at)
            if not entry.key.startswith("imap/"):
                raise
            return replace(
                entry,
                reason=f"{entry.reason}; the quarantine is full, it lies in the mailbox alone",
            )
        return entry

    def _journal(self, entry: Entry) -> Entry:
        self.store.journal(entry)
        level = logging.WARNING if entry.outcome == "set_aside" else logging.INFO
        log.log(
            level,
            "mail",
            extra={"action": entry.outcome, "reason": entry.reason, "series": entry.series},
        )
        return entry

    def _ask_which(self, reading: Finding | Unreadable, now: datetime) -> None:
        """A person with several 1:1s, surely, and a mail that names none of them."""
        if isinstance(reading, Finding) and reading.standing is Standing.SURE:
            stored = (self.store.load(name) for name in self.store.find(reading.address))
            titles = told_apart(each.series for each in stored if each)
            self.desk.answer(reading.address, which(titles), now, reading.inbound.message_id)

    def _remember_domain(self, reading: Finding) -> None:
        """A domain that passed once is expected to pass from now on. Only domains of people on
        file are remembered."""
        if reading.proof.verdict is not Verdict.PASS or reading.standing is not Standing.SURE:
            return
        domain = reading.address.rpartition("@")[2]
        passed = self.store.recall(PASSED)
        if domain not in passed:
            self.store.commit(
                Change(f"passed {domain}", values={PASSED.name: {**passed, domain: True}})
            )

    # ---- series that start ----

    def start(
        self,
        report: Person,
        manager: Person,
        cadence: Cadence,
        now: datetime,
        *,
        by: Role | None,
        cause: str,
        said: tuple[Said, ...] = (),
        reading: Finding | None = None,
    ) -> str:
        """Open the series of these two, if it is not there yet."""
        name = pair(self.store, report, manager) or series_id(report.address, manager.address)
        report, manager = as_known(self.store, report), as_known(self.store, manager)
        stored = self.store.load(name) or Stored(open_series(name, report, manager, cadence), 0)
        # whatever else the mail says is said to the series that is there
        if stored.rev and by is not None:
            there = (*said, Problem(f"new 1:1 with {report.address}", "", "exists"))
            return self.decide(stored, Answered(by, there), cause, now, reading)
        if stored.rev:
            return "duplicate"
        return self.decide(stored, Started(by, said), cause, now, reading)

    def configure(self, pairs: Iterable[tuple[Person, Person, Cadence]], now: datetime) -> None:
        """Bring the series of config.toml up to date. What changed by mail since stays, until
        the file changes."""
        seen = self.store.recall(CONFIGURED)
        fresh = dict(seen)
        for report, manager, cadence in pairs:
            name = configured(self.store, seen, report, manager)
            fresh[name] = " ".join(_digest(part) for part in ((report, manager), cadence))
            if seen.get(name) == fresh[name]:
                continue
            stored = self.store.load(name)
            if stored is None:
                self.start(report, manager, cadence, now, by=None, cause="")
                continue
            # then what the two agreed on since stays
            same = seen.get(name, "").endswith(_digest(cadence))
            self.decide(stored, Reconfigured(report, manager, None if same else cadence), "", now)
        if fresh != seen:
            self.store.commit(Change("", values={CONFIGURED.name: fresh}))

    def begun(self, place: str, cursor: tuple[int, int]) -> None:
        """An installation begins with what comes to this place after `cursor` (UIDVALIDITY,
        UID)."""
        self.store.commit(Change("", values={BEGUN.name: {place: list(cursor)}}))

    # ---- path two: a tick ----

    def tick(self, now: datetime) -> int:
        """Do what time asks for; returns how many series it touched."""
        due = self.store.due(now)
        for name in due:
            stored = self.store.load(name)
            if stored is not None:
                self.decide(stored, Due(), "", now)
        if self.desk.digest_is_due(now):
            self._end_of_day(now)
        return len(due)

    def _end_of_day(self, now: datetime) -> None:
        """What nobody said yes to goes; the operator hears how the day was."""
        self.waiting.sweep(now)
        audit = self.store.recall(AUDIT)
        aside = self.quarantine.list()
        day = Day(
            now,
            now,
            self.store.recall(JOURNAL),
            self.store.recall(OUTBOX),
            waiting=len(self.waiting.shelf.list()),
            quarantine=len(aside),
            leaving=retention.sweep(self, aside, now),
            unaccounted=audit.get("unaccounted", 0),
        )
        self.desk.digest(day, now)

    def unaccounted(self, keys: Iterable[str], now: datetime) -> tuple[str, ...]:
        """Of these mails in the inbox, the ones that no journal entry accounts for. There must
        be none."""
        missing = unaccounted(keys, self.store.recall(JOURNAL), self.store.recall(BEGUN))
        self.store.commit(
            Change("", values={AUDIT.name: {"at": now.isoformat(), "unaccounted": len(missing)}})
        )
        if missing:
            self.desk.tell("unaccounted", now, f"{len(missing)} mails.")
        return missing


def _where(error: Exception) -> str:
    """The kind of an error and the line it came from; what it says may quote the mail."""
    steps = traceback.extract_tb(error.__traceback__)
    return (
        f"{type(error).__name__} at {Path(steps[-1].filename).name}:{steps[-1].lineno}"
        if steps
        else "somewhere"
    )


def _changes(stored: Stored, decision: Decision, cause: str) -> bool:
    return (
        bool(cause) or stored.rev == 0 or decision.series != stored.series or bool(decision.sends)
    )


def _digest(part: object) -> str:
    return hashlib.sha256(repr(part).encode()).hexdigest()[:16]
