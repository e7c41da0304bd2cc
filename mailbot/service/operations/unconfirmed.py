"""Mails that wait for a yes: words of which we are not sure who wrote them, and wishes for a
series from a manager nobody vouches for. Each waits seven days, is asked about once, and is
settled by an answer to that very question."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.errors import InputError
from mailbot.inbound.triage.auth import Verdict
from mailbot.meeting.decide import HELD_FOR, may_hold
from mailbot.meeting.events import Answered, Confirmed, Doubted, Event, LineKind, ReceiptLine, Send
from mailbot.meeting.model import Held, Person, Purpose, Role, Series
from mailbot.meeting.said import NewSeries, Problem, words_of
from mailbot.service.intake.confirmation import Word
from mailbot.service.intake.finding import Finding, Vouched
from mailbot.service.intake.series_request import (
    OPENINGS,
    SeriesRequest,
    cadence,
    may_open,
    openings,
)
from mailbot.service.operations.answer_caps import OPENED_A_DAY, Daily
from mailbot.service.operations.digest import (
    NOT_THEIRS,
    TOO_MANY_WAIT,
    how_to_start,
    not_here,
    one_more_waits,
)
from mailbot.service.people.directory import pair, series_id
from mailbot.service.people.spread import is_anothers
from mailbot.store.protocol import CommitResult, Entry, Mail, Stored
from mailbot.store.raw_mail import RawMailStore

if TYPE_CHECKING:
    from mailbot.service.app import Mailbot

WISH_COUNTS_FOR = timedelta(days=30)  # by its Date


class Unconfirmed:
    """Acts through its mailbot; `shelf` has the raw mails."""

    def __init__(self, mailbot: Mailbot, shelf: RawMailStore) -> None:
        self._mailbot = mailbot
        self.shelf = shelf
        self._opened = Daily(OPENED_A_DAY)

    # ---- words ----

    def hold(
        self, reading: Finding, stored: Stored, event: Answered, raw: bytes, now: datetime
    ) -> tuple[str, str]:
        """Nothing is applied; the address on file is asked. "set_aside": nobody can be asked
        about this one."""
        digest, reason = reading.inbound.digest, reading.reason
        if not event.may_answer:
            return "set_aside", f"{reason}, and a machine"
        # a question about an answer to a question would go on for ever
        if event.purpose is Purpose.CONFIRM:
            return "set_aside", f"an answer to a question about held words, {reason}"
        if stored.series.person(event.by).unreachable:
            return "set_aside", f"{reason}, and mails to the address on file do not arrive"
        name = self.shelf.put(raw, reason, now, digest)
        waits = any(held.name == name for held in stored.series.held)
        others = self._mailbot.world(stored.series, now).elsewhere[event.by]
        if not waits and not may_hold(stored.series, event.by, others):
            self._drop(name)
            self._mailbot.desk.answer(
                stored.series.person(event.by).address, one_more_waits(), now, ""
            )
            return "set_aside", TOO_MANY_WAIT
        outcome = self._mailbot.decide(stored, Doubted(event, reading.address, name), digest, now)
        after = self._mailbot.store.load(stored.series.id)
        if after is None or all(held.name != name for held in after.series.held):
            self._drop(name)  # it came a second time, when it had been settled
        return outcome, reason

    def confirmed(
        self, reading: Finding, stored: Stored, answer: Answered, held: Held, now: datetime
    ) -> tuple[str, str]:
        """The address on file answered "was this you?". One commit: it is held no more, and its
        words are applied."""
        series, digest = stored.series, reading.inbound.digest
        yes, always = reading.word is not Word.NO, reading.word is Word.ALWAYS
        words = answer
        if yes and not held.done:
            again = self._again(held.name, Vouched(series.id, held.role), now)
            if again is not None and isinstance(again.event, Answered):
                words = replace(again.event, said=(*again.event.said, *answer.said))
        mine = not is_anothers(self._mailbot.store, held.claimed, series.person(held.role))
        event = Confirmed(held.role, held.name, yes, words, always, offers=mine)
        outcome = self._mailbot.decide(stored, event, digest, now, reading)
        return outcome, "confirmed" if yes else NOT_THEIRS

    def let_go(self, before: Series, after: Series, event: Event, now: datetime) -> None:
        """After a commit: away with what is held no more; the journal is told of what nobody
        confirmed."""
        if before.held is after.held or before.held == after.held:
            return
        kept = {held.name for held in after.held if not held.done}
        for held in before.held:
            if held.done or held.name in kept:
                continue
            if not (isinstance(event, Confirmed) and event.name == held.name):
                self._expired(held.name, after.id, now)
            self._drop(held.name)

    # ---- wishes ----

    def wished(self, reading: Finding, raw: bytes, now: datetime) -> tuple[str, str]:
        """What comes of a wish. "set_aside": nothing, and a person on file said more, or was not
        told."""
        recent = (
            reading.inbound.date is not None and abs(now - reading.inbound.date) <= WISH_COUNTS_FOR
        )
        sure = reading.proof.verdict is Verdict.PASS and recent
        outcome, reason = self._wished(reading, raw, now, sure=sure)
        unheard = len(reading.said) > 1 or (outcome == "ignored" and not sure)
        if (
            unheard
            and outcome in ("ignored", "noted")
            and self._mailbot.store.find(reading.address)
        ):
            return "set_aside", f"a wish, {reason}"
        return outcome, reason

    def _wished(
        self, reading: Finding, raw: bytes, now: datetime, *, sure: bool
    ) -> tuple[str, str]:
        """A series starts at once where our server vouches for a manager who wrote lately; else
        their address is asked. Old wishes are read where a store was lost or a mailbox moved:
        they may be over long since."""
        wish = reading.new_series
        if reading.proof.verdict is Verdict.FAIL:
            return "ignored", "failed"
        if wish is None:
            return self._slip(reading, now) if sure else ("ignored", "no wish for a series")
        report, manager = self._people(reading, wish)
        nobody = report.address in (manager.address, self._mailbot.reader.address)
        if wish.address.rpartition("@")[2] not in self._mailbot.reader.domains or nobody:
            if sure:
                text = not_here(self._mailbot.reader.domains)
                self._mailbot.desk.answer(reading.address, text, now, reading.inbound.message_id)
            return "ignored", "a domain that is not allowed"
        if sure:
            return self._start(reading, wish, reading.inbound.digest, now, reading)
        return self._ask(reading, wish, raw, now)

    def _slip(self, reading: Finding, now: datetime) -> tuple[str, str]:
        """ "new 1:1 with ana@corp.example, Tusdays 10": answered with a line that works."""
        slip = next(s for s in reading.said if isinstance(s, Problem) and s.hint)
        text = how_to_start(slip.hint, slip.reason)
        self._mailbot.desk.answer(reading.address, text, now, reading.inbound.message_id)
        return "noted", "a wish for a series that cannot be read"

    def _start(
        self, reading: Finding, wish: NewSeries, cause: str, now: datetime, answered: Finding
    ) -> tuple[str, str]:
        """`reading`: the wish. `answered`: the mail that made it count: the wish itself, or the
        yes."""
        if not self._opened.take(reading.address, now):
            return "ignored", "too many series in a day"
        report, manager = self._people(reading, wish)
        beside = () if answered is reading else answered.said
        others = (each for each in (*reading.said, *beside) if each is not wish)
        said = tuple(
            Problem(words_of(s), "", "new_elsewhere") if isinstance(s, NewSeries) else s
            for s in others
        )
        outcome = self._mailbot.start(
            report,
            manager,
            cadence(wish, report, now),
            now,
            by=Role.MANAGER,
            cause=cause,
            said=said,
            reading=replace(answered, role=Role.MANAGER),
        )
        return outcome, "a new series"

    def _people(self, reading: Finding, wish: NewSeries) -> tuple[Person, Person]:
        name = reading.inbound.author.name if reading.inbound.author else ""
        defaults = self._mailbot.defaults
        return defaults.person(wish.address), defaults.person(reading.address, name)

    def _ask(self, reading: Finding, wish: NewSeries, raw: bytes, now: datetime) -> tuple[str, str]:
        """Until the yes there is no series: only a mail on the shelf and a question to the
        manager's address."""
        series, store = series_id(wish.address, reading.address), self._mailbot.store
        waiting = openings(store, now)
        report, manager = self._people(reading, wish)
        if series in waiting or pair(store, report, manager) is not None:
            return "duplicate", "a new series"
        if not may_open(waiting, manager.address):
            return "ignored", TOO_MANY_WAIT
        name = self.shelf.put(raw, "a wish for a series", now, reading.inbound.digest)
        opening = SeriesRequest(
            name, manager.address, now + HELD_FOR, self._mailbot.desk.next_serial()
        )
        mail = self._question(series, reading, wish, opening.serial, now)
        rows = {OPENINGS.name: rows_of({**waiting, series: opening})}
        if self._mailbot.desk.post(reading.inbound.digest, mail, rows) is CommitResult.DUPLICATE:
            self._drop(name)
            return "duplicate", "a new series"
        vouched = reading.proof.verdict is Verdict.PASS
        return (
            "unconfirmed",
            (
                "a new series, and "
                f"{'it is an old wish' if vouched else 'nobody vouches for the manager'}"
            ),
        )

    def _question(
        self, series: str, reading: Finding, wish: NewSeries, serial: int, now: datetime
    ) -> Mail:
        report, manager = self._people(reading, wish)
        typed = (
            [line.text.strip() for line in reading.reply.own if line.text.strip()]
            if reading.reply
            else []
        )
        send = Send(
            Purpose.CONFIRM,
            Role.MANAGER,
            manager,
            report,
            serial,
            0,
            None,
            wish.minutes or 30,
            manager.zone,
            answers=True,
            lines=tuple(ReceiptLine(line, LineKind.UNCONFIRMED) for line in typed),
            claimed=reading.address,
        )
        made = self._mailbot.composer.compose(series, send, now, reading.inbound.message_id)
        address = self._mailbot.reader.address
        return Mail(
            made.id,
            address,
            made.recipient,
            made.raw,
            made.text,
            send.purpose,
            to=send.to,
            serial=serial,
        )

    def opened(self, reading: Finding, opening: SeriesRequest, now: datetime) -> tuple[str, str]:
        """The manager's address answered the question."""
        assert reading.found is not None
        if reading.word not in (Word.YES, Word.ALWAYS, Word.NO):
            return reading.outcome, reading.reason
        again = (
            self._again(opening.name, Vouched("", Role.MANAGER), now)
            if reading.word is not Word.NO
            else None
        )
        wish = again.new_series if again else None
        outcome, reason = "discarded", NOT_THEIRS
        if again is not None and wish is not None:
            outcome, reason = self._start(again, wish, reading.inbound.digest, now, reading)
        self._forget(reading.found.target.series, now)
        self._drop(opening.name)
        return outcome, reason

    def _forget(self, series: str, now: datetime) -> None:
        left = {
            name: opening
            for name, opening in openings(self._mailbot.store, now).items()
            if name != series
        }
        self._mailbot.desk.keep({OPENINGS.name: rows_of(left)})

    # ---- the shelf ----

    def sweep(self, now: datetime) -> None:
        """Once a day: wishes nobody confirmed, and what a death between a commit and its drop
        left lying here."""
        waiting, rows = (
            openings(self._mailbot.store, now),
            self._mailbot.store.recall(OPENINGS),
        )
        for series in rows.keys() - waiting.keys():
            self._expired(rows[series]["name"], "", now)
        self._forget("", now)
        for aside in self.shelf.list():
            if aside.at + HELD_FOR < now and not self._is_held(aside.name):
                self._drop(aside.name)

    def _is_held(self, name: str) -> bool:
        """Asked for what is over a week old alone, so that looking everywhere does not matter."""
        store = self._mailbot.store
        stored = (store.load(series) for series in store.find())
        return any(
            held.name == name and not held.done
            for each in stored
            if each
            for held in each.series.held
        )

    def _again(self, name: str, vouched: Vouched, now: datetime) -> Finding | None:
        """The held mail, read as if it had just come; None if the operator threw it away."""
        try:
            raw = self.shelf.get(name)
        except InputError:
            return None
        return self._mailbot.reader.read(raw, self._mailbot.store, now, vouched=vouched)

    def _expired(self, name: str, series: str, now: datetime) -> None:
        self._mailbot.store.journal(
            Entry(now, f"held/{name}", "", "expired", "nobody said yes", series)
        )

    def _drop(self, name: str) -> None:
        with suppress(InputError):  # a second delivery of the yes finds it gone
            self.shelf.drop(name)


def rows_of(waiting: dict[str, SeriesRequest]) -> dict[str, dict[str, object]]:
    """As the store keeps them."""
    return {
        series: {
            "name": o.name,
            "manager": o.manager,
            "until": o.until.isoformat(),
            "serial": o.serial,
        }
        for series, o in waiting.items()
    }
