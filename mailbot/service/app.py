"""The front door, and the order of the two paths. What each station does stands in its room.

A mail:  read -> decide -> compose -> commit -> journal; only then may the transport move it away.
A tick:  due -> decide -> compose -> commit. The same last three steps, nothing special to timers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import assert_never

from mailbot.inbound.message.parse import Unreadable
from mailbot.inbound.triage.auth import Proof
from mailbot.meeting.events import Due, Outcome
from mailbot.meeting.model import Cadence, Person
from mailbot.outbound.compose import Composer
from mailbot.service.delivery.envelope import mail_of
from mailbot.service.intake import finding as found
from mailbot.service.intake.arrival import Incoming, Route
from mailbot.service.intake.door_policy import at_door
from mailbot.service.intake.finding import Ending, Finding
from mailbot.service.intake.pipeline import OPERATOR, MailReader
from mailbot.service.intake.safe_reader import SafeReader
from mailbot.service.operations import audit
from mailbot.service.operations.answer_caps import may_answer
from mailbot.service.operations.end_of_day import write_digest
from mailbot.service.operations.held_mails import HeldMails
from mailbot.service.operations.postmaster import Postmaster
from mailbot.service.operations.retention import Retention
from mailbot.service.operations.series_requests import SeriesRequests
from mailbot.service.operations.settings import Settings
from mailbot.service.operations.unconfirmed import UnconfirmedMails
from mailbot.service.people.availability import world_of
from mailbot.service.people.passed_domains import remember_domain
from mailbot.service.people.spread import spread
from mailbot.service.people.start import configure
from mailbot.service.step import NoticeKind, Step
from mailbot.store.lookup import loaded
from mailbot.store.protocol import Entry, Store
from mailbot.store.raw_mail import RawMailStore


class Mailbot:
    """One installation. Everything it does, it does inside `take`, `replay`, `tick` or
    `configure`, one at a time."""

    def __init__(
        self,
        store: Store,
        reader: MailReader,
        composer: Composer,
        *,
        quarantine: RawMailStore,
        held: RawMailStore,
        settings: Settings,
    ) -> None:
        self.store, self.composer, self.held = store, composer, held
        self.postmaster = Postmaster(store, reader.tokens, reader.address, settings)
        self.step = Step(
            store,
            partial(world_of, store, settings.rules),
            partial(mail_of, composer),
            partial(may_answer, store),
            self.postmaster.tell,
        )
        self.intake = SafeReader(reader, store)
        self.held_mails = HeldMails(held, self.intake, store)
        self.unconfirmed = UnconfirmedMails(self.step, self.postmaster, self.held_mails)
        self.requests = SeriesRequests(
            self.step, self.postmaster, self.held_mails, settings.defaults
        )
        self.retention = Retention(store, quarantine, self.postmaster, settings.quarantine_days)
        self.step.on_commit(partial(spread, self.step))
        self.step.on_commit(self.unconfirmed.let_go)

    @property
    def reader(self) -> MailReader:
        return self.intake.reader

    @property
    def quarantine(self) -> RawMailStore:
        return self.retention.quarantine

    # ---- path one: a mail ----

    def take(
        self,
        key: str,
        raw: bytes,
        now: datetime,
        route: Route = Route.INBOX,
        own_check: Callable[[], Proof] | None = None,
    ) -> Entry:
        """Read one mail and do what it says, to a named outcome. When this returns, the mail may
        be moved away.

        `own_check`: makes the proof that MailReader.read is given. Raises Temporary when nothing
        could be written; the mail then stays where it is.
        """
        mail = self.intake.receive(key, raw, now, route, own_check)
        finding = self.intake.read(mail)
        if isinstance(finding, found.Broken):
            self.postmaster.tell(NoticeKind.KILLER, now, key)
        entry = self._settle(mail, finding)
        if route is Route.DOOR:
            entry = at_door(entry, finding, self.store)
        if entry.outcome == Outcome.SET_ASIDE:
            entry = self.retention.keep(entry, mail)
            asked = self.postmaster.ask_which(finding, now)
            entry = replace(entry, trace=(*entry.trace, *asked))
        return audit.journal(self.store, entry)

    def replay(self, name: str, now: datetime) -> Entry:
        """Read a mail of the quarantine once more, as it came. What still has to stay leaves no
        second trace.

        Raises InputError, Temporary.
        """
        mail = self.retention.look(name, now)
        entry = self._settle(mail, self.intake.read(mail))
        if entry.outcome != Outcome.SET_ASIDE:
            audit.journal(self.store, entry)
            self.quarantine.drop(name)
        return entry

    def _settle(self, mail: Incoming, finding: Finding | Unreadable) -> Entry:
        """Do what the mail says. "set_aside": nothing was done, somebody has to look at it."""
        if isinstance(finding, Unreadable):
            return audit.entry_of_unreadable(mail, finding.reason)
        return audit.entry_of(mail, finding, self._act(finding, mail))

    def _act(self, finding: Finding, mail: Incoming) -> Ending:
        """Hand a finding to the room that acts on it."""
        match finding.result:
            case Ending() as ending:
                if ending.reason == OPERATOR:
                    self.postmaster.lost()
                return ending
            case found.AsksForSeries():
                return self.requests.requested(finding, mail.raw, mail.at)
            case found.AnswersRequest() as answer:
                return self.requests.answered(finding, answer, mail.at)
            case found.NeedsYes() as words:
                ending = self.unconfirmed.hold(finding, words, mail)
            case found.AnswersQuestion() as answer:
                remember_domain(self.store, finding)
                ending = self.unconfirmed.confirmed(finding, answer, mail.at)
            case found.Applies() as applies:
                remember_domain(self.store, finding)
                ending = self._apply(finding, applies, mail.at)
            case _:
                assert_never(finding.result)
        if ending.outcome is Outcome.DUPLICATE:
            return replace(ending, reason=f"duplicate of mail {finding.mail.number}")
        return ending

    def _apply(self, finding: Finding, applies: found.Applies, now: datetime) -> Ending:
        """Let something happen to a series, because of this mail."""
        checksum = finding.inbound.checksum
        ending = self.step.decide(applies.stored, applies.event, checksum, now, finding)
        return replace(ending, reason=applies.reason)

    # ---- path two: a tick ----

    def tick(self, now: datetime) -> int:
        """Do what time asks for; returns how many series it touched."""
        due = self.store.due(now)
        for stored in loaded(self.store, due):
            self.step.decide(stored, Due(), "", now)
        if self.postmaster.digest_is_due(now):
            self.requests.sweep(now)
            self.unconfirmed.sweep(now)
            write_digest(self.store, self.postmaster, self.held_mails, self.retention, now)
        return len(due)

    # ---- what an operator and the runtime ask ----

    def configure(self, pairs: Iterable[tuple[Person, Person, Cadence]], now: datetime) -> None:
        """Bring the series of config.toml up to date, at a start."""
        self.postmaster.started()
        configure(self.step, pairs, now)

    def begun(self, place: str, cursor: tuple[int, int]) -> None:
        """Note where an installation begins: see audit.begin."""
        audit.begin(self.store, place, cursor)

    def unaccounted(self, keys: Iterable[str], now: datetime) -> tuple[str, ...]:
        """Find the mails in the inbox that have no outcome, of these: see audit.audit."""
        return audit.audit(self.store, self.postmaster, keys, now)
