"""Requests for a new series. One starts at once where our server vouches for its manager; else it
waits seven days for the yes of the manager's address, and is asked about once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from mailbot.inbound.triage.auth import Verdict
from mailbot.meeting.acts.unconfirmed import WAITS_FOR
from mailbot.meeting.events import Outcome, Started
from mailbot.meeting.model import Purpose, Role
from mailbot.meeting.said import NewSeries, Problem, Reason, Said, words_of
from mailbot.meeting.sends import ConfirmRequest, LineKind, ReceiptLine, Send
from mailbot.service.intake.confirmation import Word
from mailbot.service.intake.finding import AnswersRequest, Ending, Finding, Vouched
from mailbot.service.intake.series_request import (
    OPENINGS,
    Defaults,
    SeriesRequest,
    cadence_of,
    may_open,
    openings,
)
from mailbot.service.operations.answer_caps import may_open_today
from mailbot.service.operations.digest import NOT_THEIRS, TOO_MANY_WAIT
from mailbot.service.operations.held_mails import HeldMails
from mailbot.service.operations.operator_texts import PlainText
from mailbot.service.operations.postmaster import Postmaster
from mailbot.service.people.directory import Pair, pair, series_id
from mailbot.service.people.start import start_series
from mailbot.service.step import Step
from mailbot.store.protocol import CommitResult, Mail

COUNTS_FOR = timedelta(days=30)  # a request, by its Date


class SeriesRequests:
    """`defaults`: what a request does not say."""

    def __init__(
        self, step: Step, postmaster: Postmaster, held: HeldMails, defaults: Defaults
    ) -> None:
        self._step, self._postmaster, self._held = step, postmaster, held
        self.defaults = defaults

    # ---- a request ----

    def requested(self, finding: Finding, raw: bytes, now: datetime) -> Ending:
        """Start the series, ask the manager, or say what was wrong. "set_aside": nothing came of
        it, and a person on file said more, or was not told."""
        sure = finding.mail.proven and _is_recent(finding, now)
        ending = self._requested(finding, raw, now, sure=sure)
        unheard = len(finding.said) > 1 or (ending.outcome is Outcome.IGNORED and not sure)
        came_to_nothing = ending.outcome in (Outcome.IGNORED, Outcome.NOTED)
        if unheard and came_to_nothing and self._step.store.find(finding.address):
            return replace(ending, outcome=Outcome.SET_ASIDE, reason=f"a wish, {ending.reason}")
        return ending

    def _requested(self, finding: Finding, raw: bytes, now: datetime, *, sure: bool) -> Ending:
        """Start a series at once where our server vouches for a manager who wrote lately (`sure`);
        else ask their address. Old requests are read where a store was lost or a mailbox moved:
        they may be over long since."""
        wish = finding.words.new_series
        if finding.mail.proof.verdict is Verdict.FAIL:
            return Ending(Outcome.IGNORED, "failed")
        if wish is None:
            unread = Ending(Outcome.IGNORED, "no wish for a series")
            return self._tell_slip(finding, now) if sure else unread
        who = self._pair(finding, wish, now)
        if not self._is_allowed(wish, who):
            return self._refuse_domain(finding, now, sure=sure)
        if sure:
            return self._start(finding, wish, now, finding)
        return self._ask(finding, who, raw, now)

    def _is_allowed(self, wish: NewSeries, who: Pair) -> bool:
        """Say whether the report is named by an address of an allowed domain, and is neither the
        manager nor mailbot."""
        reader = self._held.reader
        if who.report.address in (who.manager.address, reader.address):
            return False
        return wish.address.rpartition("@")[2] in reader.domains

    def _refuse_domain(self, finding: Finding, now: datetime, *, sure: bool) -> Ending:
        """Start nothing; say which domains are allowed to a manager our server vouches for."""
        text = self._postmaster.texts.not_here(self._held.reader.domains)
        trace = (self._tell(finding, text, now),) if sure else ()
        return Ending(Outcome.IGNORED, "a domain that is not allowed", trace)

    def _tell_slip(self, finding: Finding, now: datetime) -> Ending:
        """Answer "new 1:1 with ana@corp.example, Tusdays 10" with a line that works."""
        slip = next(s for s in finding.said if isinstance(s, Problem) and s.hint)
        text = self._postmaster.texts.how_to_start(slip.hint, slip.reason)
        trace = (self._tell(finding, text, now),)
        return Ending(Outcome.NOTED, "a wish for a series that cannot be read", trace)

    def _tell(self, finding: Finding, text: PlainText, now: datetime) -> str:
        """Answer the author of a request, once a day about one thing; for the trace: whether."""
        return self._postmaster.answer(finding.address, text, now, finding.inbound.message_id)

    def _start(self, request: Finding, wish: NewSeries, now: datetime, answered: Finding) -> Ending:
        """Start the series of a request. `answered`: the mail that made it count: itself, or the
        yes."""
        if not may_open_today(self._step.store, request.address, now):
            return Ending(Outcome.IGNORED, "too many series in a day")
        beside = () if answered is request else answered.said
        said = tuple(_said_elsewhere(s) for s in (*request.said, *beside) if s is not wish)
        ending = start_series(
            self._step,
            self._pair(request, wish, now),
            Started(Role.MANAGER, said),
            answered.inbound.checksum,
            now,
            replace(answered, author=replace(answered.author, role=Role.MANAGER)),
        )
        return replace(ending, reason="a new series")

    def _pair(self, finding: Finding, wish: NewSeries, now: datetime) -> Pair:
        """Name the two people and the rhythm of a request; what it does not say is the default."""
        name = finding.inbound.author.name if finding.inbound.author else ""
        report = self.defaults.person(wish.address)
        manager = self.defaults.person(finding.address, name)
        return Pair(report, manager, cadence_of(wish, report, now))

    # ---- one that waits ----

    def _ask(self, finding: Finding, who: Pair, raw: bytes, now: datetime) -> Ending:
        """Ask the manager's address. Until the yes there is no series: only a mail that is held
        and a question."""
        store, checksum = self._step.store, finding.inbound.checksum
        series = series_id(who.report.address, who.manager.address)
        waiting = openings(store, now)
        if series in waiting or pair(store, who.report, who.manager) is not None:
            return Ending(Outcome.DUPLICATE, "a new series")
        if not may_open(waiting, who.manager.address):
            return Ending(Outcome.IGNORED, TOO_MANY_WAIT)
        name = self._held.put(raw, "a wish for a series", now, checksum)

        def asked() -> tuple[Mail, dict[str, Any]]:
            serial = self._postmaster.next_serial()
            opening = SeriesRequest(name, who.manager.address, now + WAITS_FOR, serial)
            send = _question(finding, who, serial)
            mail = self._step.compose(series, send, now, finding.inbound.message_id)
            return mail, {OPENINGS.name: rows_of({**openings(store, now), series: opening})}

        if self._postmaster.post(checksum, asked) is CommitResult.DUPLICATE:
            self._held.drop(name)
            return Ending(Outcome.DUPLICATE, "a new series")
        vouched = finding.mail.proven
        why = "it is an old wish" if vouched else "nobody vouches for the manager"
        return Ending(Outcome.UNCONFIRMED, f"a new series, and {why}")

    def answered(self, finding: Finding, answer: AnswersRequest, now: datetime) -> Ending:
        """Settle a request by the answer of the manager's address to the question about it."""
        request, word = answer.request, finding.words.word
        if word not in (Word.YES, Word.ALWAYS, Word.NO):
            # "what is this?": somebody has to answer
            return Ending(Outcome.SET_ASIDE if word else Outcome.NOTED, "neither yes nor no")
        ending = Ending(Outcome.DISCARDED, NOT_THEIRS)
        if word is not Word.NO:
            again = self._held.read(request.name, Vouched("", Role.MANAGER), now)
            wish = again.words.new_series if again else None
            if again is not None and wish is not None:
                ending = self._start(again, wish, now, finding)
        self._forget(answer.series, now)
        self._held.drop(request.name)
        return ending

    def sweep(self, now: datetime) -> None:
        """Forget, once a day, the requests that nobody confirmed in time."""
        rows = self._step.store.recall(OPENINGS)
        for series in rows.keys() - openings(self._step.store, now).keys():
            self._held.expire(rows[series]["name"], "", now)
        self._forget("", now)

    def _forget(self, series: str, now: datetime) -> None:
        """Take one request, and those that are over, off the list of those that wait."""

        def left(_: object) -> dict[str, Any]:
            waiting = openings(self._step.store, now)
            return rows_of({name: each for name, each in waiting.items() if name != series})

        self._postmaster.keep(OPENINGS, left)


def _is_recent(finding: Finding, now: datetime) -> bool:
    """Say whether it was written lately, by its Date."""
    date = finding.inbound.date
    return date is not None and abs(now - date) <= COUNTS_FOR


def _said_elsewhere(said: Said) -> Said:
    """Keep a second request in one mail out of the series that the first one starts."""
    return (
        Problem(words_of(said), "", Reason.NEW_ELSEWHERE) if isinstance(said, NewSeries) else said
    )


def _question(finding: Finding, who: Pair, serial: int) -> Send:
    """Ask "was it you who wants this series?", with the lines of the request."""
    own = finding.words.reply.own if finding.words.reply else ()
    typed = (line.text.strip() for line in own if line.text.strip())
    lines = tuple(ReceiptLine(text, LineKind.UNCONFIRMED) for text in typed)
    return Send(
        Purpose.CONFIRM,
        Role.MANAGER,
        who.manager,
        who.report,
        serial,
        0,
        None,
        who.cadence.minutes,
        who.manager.zone,
        ConfirmRequest(finding.address, lines),
        answers=True,
    )


def rows_of(waiting: Mapping[str, SeriesRequest]) -> dict[str, dict[str, object]]:
    """Lay the requests out as the store keeps them."""
    return {
        series: {
            "name": request.name,
            "manager": request.manager,
            "until": request.until.isoformat(),
            "serial": request.serial,
        }
        for series, request in waiting.items()
    }
