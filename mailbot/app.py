"""The two paths, a mail and a tick, and the outbox. The only place that calls every room.

A mail:  read -> decide -> compose -> commit -> journal; only then may the transport move it away.
A tick:  due -> decide -> compose -> commit. The same last three steps, nothing special to timers.
"""

from __future__ import annotations

import hashlib
import logging
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbot.errors import Permanent, Refused, Temporary, Uncertain
from mailbot.mail.compose import Composer
from mailbot.mail.message import Unreadable
from mailbot.mail.sender import Verdict
from mailbot.meeting.conversation import decide, open_series
from mailbot.meeting.events import Answered, Decision, Doubted, Due, Event, Reconfigured, Rules, Send, Started, World
from mailbot.meeting.model import SCHEDULED, Cadence, Person, Purpose, Role, Series
from mailbot.meeting.said import Consent, NewSeries
from mailbot.reading import Reader, Reading, Standing
from mailbot.store import Change, Entry, Mail, OutboxState, Outcome, Pending, Store, Stored
from mailbot.store.shelf import Shelf
from mailbot.transport import Mailer
from mailbot.world import Busy, Holidays

log = logging.getLogger(__name__)

DEATHS = 2  # readings that began and never ended; the third is not tried
RETRY_MINUTES = (2, 7, 15, 30, 60, 120, 240, 480, 960)  # inbound-mail section 7; then it failed
NOTES_ARE_WORTH = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a series that starts by mail does not say."""

    people: dict[str, Person]
    zone: str = "UTC"

    def person(self, address: str, name: str = "") -> Person:
        local = address.partition("@")[0]
        named = name or " ".join(part.capitalize() for part in local.replace("_", ".").split("."))
        return self.people.get(address) or Person(address, named, self.zone)


class Mailbot:
    """One installation. Everything it does, it does inside `take`, `tick`, `configure` or `drain`, one at a time."""

    def __init__(
        self, store: Store, reader: Reader, composer: Composer, *, quarantine: Shelf, held: Shelf,
        rules: Rules | None = None, defaults: Defaults | None = None,
    ) -> None:
        self.store = store
        self.reader = reader
        self.composer = composer
        self.quarantine = quarantine
        self.held = held
        self.rules = rules or Rules()
        self.defaults = defaults or Defaults({})

    # ---- path one: a mail ----

    def take(self, key: str, raw: bytes, now: datetime) -> Entry:
        """Read one mail and do what it says, to a named outcome. When this returns, the mail may be moved away.

        Raises Temporary when nothing could be written; the mail then stays where it is.
        """
        if self.store.begin(key) >= DEATHS:
            return self._set_aside(key, raw, "killed its reader twice", now)
        try:
            reading = self.reader.read(raw, self.store, now)
        except Unreadable as unreadable:
            return self._set_aside(key, raw, unreadable.reason, now)
        return self._journal(key, reading, *self._act(reading, raw, now), now)

    def _act(self, reading: Reading, raw: bytes, now: datetime) -> tuple[str, str]:
        """The outcome and its reason."""
        if reading.outcome == "new" or (reading.new_series and reading.standing is not Standing.DOUBTFUL):
            return self._new_series(reading, now)
        if reading.event is None or reading.stored is None:
            if reading.outcome == "set_aside":
                self.quarantine.put(raw, reading.reason, now, reading.inbound.message_id)
            return reading.outcome, reading.reason
        if reading.standing is Standing.DOUBTFUL and isinstance(reading.event, Answered):
            return self._hold(reading, reading.event, raw, now)
        confirms = isinstance(reading.event, Answered) and reading.event.purpose is Purpose.CONFIRM
        if confirms and reading.stored.series.held:
            return self._confirmed(reading, now)
        if reading.proof.verdict is Verdict.PASS:
            self._remember_domain(reading)
        return self._decide(reading.stored, reading.event, reading.inbound.digest, now, reading), reading.reason

    def _decide(
        self, stored: Stored, event: Event, cause: str, now: datetime, reading: Reading | None = None
    ) -> str:
        """Decide, compose and commit, again if somebody was faster (free: deciding is a function)."""
        while True:
            decision = decide(stored.series, event, self.world(stored.series, now))
            mails = tuple(self._mail(decision.series, send, now, reading) for send in decision.sends)
            change = Change(cause, decision.series, stored.rev, mails, decision.closed, decision.closed_actions)
            outcome = self.store.commit(change) if _changes(stored, decision, cause) else Outcome.COMMITTED
            if outcome is not Outcome.STALE:
                return "duplicate" if outcome is Outcome.DUPLICATE else decision.outcome
            stored = self.store.load(stored.series.id) or stored

    def world(self, series: Series, now: datetime) -> World:
        return World(now, Holidays(now.date()), Busy(self.store, series), self.rules)

    def _mail(self, series: Series, send: Send, now: datetime, reading: Reading | None) -> Mail:
        """A Send as finished bytes; an answer to the author of a mail names that mail."""
        answers_it = reading is not None and send.answers and send.to is reading.role
        finished = self.composer.compose(
            series.id, send, now, reading.inbound.message_id if reading and answers_it else ""
        )
        return Mail(
            finished.id, self.reader.address, finished.recipient, finished.raw, finished.text, send.purpose,
            send.meeting, send.to, send.serial, _worthless_after(send, now),
        )

    # ---- what does not go straight to a series ----

    def _set_aside(self, key: str, raw: bytes, reason: str, now: datetime) -> Entry:
        self.quarantine.put(raw, reason, now, key)
        entry = Entry(now, key, "", "set_aside", reason)
        self.store.journal(entry)
        return entry

    def _journal(self, key: str, reading: Reading, outcome: str, reason: str, now: datetime) -> Entry:
        series = reading.stored.series.id if reading.stored else ""
        entry = Entry(now, key, reading.inbound.message_id, outcome, reason, series, reading.trace)
        self.store.journal(entry)
        log.info("mail", extra={"action": outcome, "reason": reason, "series": series})
        return entry

    def _hold(self, reading: Reading, event: Answered, raw: bytes, now: datetime) -> tuple[str, str]:
        assert reading.stored is not None
        claimed = reading.inbound.author.address if reading.inbound.author else ""
        name = self.held.put(raw, reading.reason or "unsure who wrote it", now, reading.inbound.digest)
        doubted = Doubted(event, claimed, name)
        return self._decide(reading.stored, doubted, reading.inbound.digest, now, None), reading.reason

    def _confirmed(self, reading: Reading, now: datetime) -> tuple[str, str]:
        """The address on file answered "was this you?"; a yes applies what was held, as if it had just come."""
        assert reading.stored is not None
        assert isinstance(reading.event, Answered)
        series, answered = reading.stored.series, reading.event
        said_yes = any(isinstance(s, Consent) and s.yes for s in answered.said)
        mine = [h for h in series.held if h.role is reading.role]
        rest = replace(series, held=tuple(h for h in series.held if h.role is not reading.role))
        self.store.commit(Change(reading.inbound.digest, rest, reading.stored.rev))
        for held in mine:
            if said_yes and held.until > now:
                again = self.reader.read(self.held.get(held.name), self.store, now, vouched=True)
                if again.event is not None and again.stored is not None:
                    self._decide(again.stored, again.event, again.inbound.digest, now, again)
            self.held.drop(held.name)
        return ("applied", "confirmed") if said_yes else ("ignored", "not confirmed")

    def _remember_domain(self, reading: Reading) -> None:
        """A domain that passed once is expected to pass from now on."""
        author = reading.inbound.author
        domain = author.address.rpartition("@")[2] if author else ""
        passed = self.store.recall("passed") or {}
        if domain and domain not in passed:
            self.store.commit(Change(f"passed {domain}", values={"passed": {**passed, domain: True}}))

    # ---- series that start ----

    def _new_series(self, reading: Reading, now: datetime) -> tuple[str, str]:
        wish, author = reading.new_series, reading.inbound.author
        assert wish is not None
        assert author is not None
        domain = wish.address.rpartition("@")[2]
        if reading.proof.verdict is not Verdict.PASS and reading.standing is not Standing.SURE:
            return "ignored", "nobody vouches for the manager"
        if domain not in self.reader.domains or author.address.rpartition("@")[2] not in self.reader.domains:
            return "ignored", "a domain that is not allowed"
        manager = self.defaults.person(author.address, author.name)
        report = self.defaults.person(wish.address)
        outcome = self.start(report, manager, _cadence(wish, report, now), now, by=Role.MANAGER,
                             cause=reading.inbound.digest)
        return outcome, "a new series"

    def start(
        self, report: Person, manager: Person, cadence: Cadence, now: datetime, *, by: Role | None, cause: str
    ) -> str:
        """Open the series of these two, if it is not there yet."""
        name = series_id(report.address, manager.address)
        stored = self.store.load(name) or Stored(open_series(name, report, manager, cadence), 0)
        if stored.rev:
            return "duplicate"
        return self._decide(stored, Started(by), cause, now)

    def configure(self, pairs: Iterable[tuple[Person, Person, Cadence]], now: datetime) -> None:
        """Bring the series of config.toml up to date. What changed by mail since stays, until the file changes."""
        seen: dict[str, str] = self.store.recall("configured") or {}
        fresh = dict(seen)
        for report, manager, cadence in pairs:
            name = series_id(report.address, manager.address)
            digest = hashlib.sha256(repr((report, manager, cadence)).encode()).hexdigest()[:16]
            if seen.get(name) == digest:
                continue
            stored = self.store.load(name)
            if stored is None:
                self.start(report, manager, cadence, now, by=None, cause="")
            else:
                self._decide(stored, Reconfigured(report, manager, cadence), "", now)
            fresh[name] = digest
        if fresh != seen:
            self.store.commit(Change("", values={"configured": fresh}))

    # ---- path two: a tick ----

    def tick(self, now: datetime) -> int:
        """Do what time asks for; returns how many series it touched."""
        due = self.store.due(now)
        for name in due:
            stored = self.store.load(name)
            if stored is not None:
                self._decide(stored, Due(), "", now)
        return len(due)

    # ---- the outbox ----

    def drain(self, mailer: Mailer, now: datetime) -> int:
        """Send what may be sent now, each once; returns how many mails left. Raises Refused."""
        sent = 0
        for pending in self.store.pending(now):
            self.store.settle(pending.mail.id, OutboxState.SENDING)
            tried = send(mailer, pending, now)
            self.store.settle(pending.mail.id, tried.state, tried.next_try)
            if tried.refused:
                raise tried.refused
            sent += tried.state is OutboxState.ACCEPTED
        return sent


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one try to send one mail."""

    mail: str
    state: OutboxState
    next_try: datetime | None = None
    refused: Refused | None = None  # the server takes nothing from us: the outbox pauses, the operator is told


def send(mailer: Mailer, pending: Pending, now: datetime) -> Tried:
    """Try one mail once. That it is being sent must be on record before."""
    mail = pending.mail
    soon = now + timedelta(minutes=RETRY_MINUTES[0])
    if mail.not_after is not None and now > mail.not_after:
        return Tried(mail.id, OutboxState.FAILED)
    try:
        mailer.send(mail.sender, mail.recipient, mail.raw)
    except Refused as refused:
        return Tried(mail.id, OutboxState.DEFERRED, soon, refused)
    except Uncertain:
        if pending.state is OutboxState.UNCERTAIN:  # at most one blind resend
            return Tried(mail.id, OutboxState.FAILED)
        return Tried(mail.id, OutboxState.UNCERTAIN, soon)
    except Temporary:
        if pending.tries >= len(RETRY_MINUTES):
            return Tried(mail.id, OutboxState.FAILED)
        return Tried(mail.id, OutboxState.DEFERRED, now + timedelta(minutes=RETRY_MINUTES[pending.tries]))
    except Permanent:
        return Tried(mail.id, OutboxState.FAILED)
    return Tried(mail.id, OutboxState.ACCEPTED)


def series_id(report: str, manager: str) -> str:
    """8 characters of base32 that name a pair: the same two addresses are always the same series."""
    return b32encode(hashlib.sha256(f"{report}\n{manager}".encode()).digest())[:8].decode().lower()


def _cadence(wish: NewSeries, report: Person, now: datetime) -> Cadence:
    """What was not said is the house's default: weekly, 30 minutes, tomorrow's weekday at ten."""
    weekday = (now.weekday() + 1) % 5 if wish.weekday is None else wish.weekday
    at = wish.at or report.from_hour.replace(hour=min(report.from_hour.hour + 1, 23))
    return Cadence(weekday, at, report.zone, min(wish.every_weeks or 1, 2), wish.minutes or 30)


def _changes(stored: Stored, decision: Decision, cause: str) -> bool:
    return bool(cause) or stored.rev == 0 or decision.series != stored.series or bool(decision.sends)


def _worthless_after(send: Send, now: datetime) -> datetime | None:
    if send.purpose not in SCHEDULED:
        return None
    if send.purpose is Purpose.NOTES_REQUEST:
        return now + NOTES_ARE_WORTH
    return send.start if send.purpose is not Purpose.SUMMARY else None
