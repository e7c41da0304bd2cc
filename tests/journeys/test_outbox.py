"""Holds: every mail in the outbox leaves, twice at the very worst, at the pace the provider takes;
trouble about no one mail costs no mail its chances.
"""

from __future__ import annotations

import email
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailbot.commands.log import LineFormatter
from mailbot.errors import (
    MailbotError,
    Permanent,
    Refused,
    Temporary,
    TooFast,
    TooMuch,
    Unavailable,
    Uncertain,
)
from mailbot.meeting.model import Person, Purpose
from mailbot.outbound.compose import Composer
from mailbot.service.delivery.attempt import send
from mailbot.service.delivery.breaker import PAUSED
from mailbot.service.delivery.dispatcher import Dispatcher, drain
from mailbot.service.delivery.pace import Pace
from mailbot.service.runtime.queue_values import Tick
from mailbot.service.runtime.worker import Loop
from mailbot.service.step import NoticeKind
from mailbot.store.files.store import FileStore
from mailbot.store.memory import Memory
from mailbot.store.protocol import CLAIMED, OUTBOX, Change, Count, ready_key, tally_key
from mailbot.store.update import update
from mailbot.testing import Got, Tray
from tests.kit.cases import case
from tests.kit.loops import loop_of
from tests.kit.servers import until

from .conftest import ANA, BEN, MONDAY, THURSDAYS, NewOffice, Office

ROOT = "root@corp.example"
AWAY, BUSY, NO_LOGIN = (
    Unavailable("[smtp] host: nothing listens."),
    TooFast("432 4.3.2"),
    Refused("535 5.7.8"),
)
SILENCE, LATER = Uncertain("silence after the final dot"), Temporary("450 4.2.0 greylisted")


class Taker(Tray):
    """A server that says what it was told to, in turn, and then takes everything; what it took without a word counts."""

    def __init__(self, *says: MailbotError | None) -> None:
        super().__init__()
        self.says = list(says)
        self.asked: list[str] = []  # recipients

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        self.asked.append(recipient)
        said = self.says.pop(0) if self.says else None
        if said is None or isinstance(said, Uncertain):
            super().send(sender, recipient, raw)
        if said is not None:
            raise said


def owing(office: Office, answers: int = 1) -> Office:
    """So many receipts wait in the outbox, to the two in turn."""
    for number in range(answers):
        author = (ANA, BEN)[number % 2].address
        office.mailbot.take(
            f"k{number}", office.reply(office.last(ANA), author, f"Point {number}"), office.clock.at
        )
        office.clock.at += timedelta(seconds=1)
    return office


# ---- at most one blind resend ----


@case(84)
@pytest.mark.parametrize(
    "says",
    [
        [SILENCE] * 9,
        [SILENCE, LATER] * 6,
        [LATER, SILENCE, LATER, SILENCE, LATER],
        [SILENCE, AWAY, BUSY, SILENCE],
        [SILENCE, KeyError("ours"), SILENCE, LATER],
    ],
    ids=[
        "silence",
        "silence and a no in turn",
        "a no first",
        "trouble in between",
        "a mistake of ours in between",
    ],
)
def test_whatever_comes_in_between_a_mail_leaves_blindly_at_most_twice(
    office: Office, says: list[Any]
) -> None:
    server = Taker(*says)
    owing(office)
    for _ in range(200):
        office.drain(server, office.clock.at)
        office.clock.at += timedelta(minutes=20)
    (copies,) = [{mail.raw for mail in server.mails}]
    assert (len(copies), len(server.mails)) == (1, 2), (
        "the same bytes, so the same Message-ID, and once more"
    )
    assert not office.store.recall(OUTBOX)


@case(85)
@pytest.mark.parametrize(("lives", "copies"), [(1, 2), (3, 4), (20, 10)])
def test_each_death_while_it_leaves_costs_one_copy_and_never_the_mail(
    tmp_path: Path, new_office: NewOffice, lives: int, copies: int
) -> None:
    """Each life hands it over, has it accepted and dies before that is on record. A mail that ends us is given up."""
    store = FileStore(tmp_path / "data")
    office = owing(new_office(store=store))
    at, server = office.clock.at, Taker()
    for _ in range(lives):
        for each in store.claim(at, "one that dies", timedelta(hours=1)):
            send(server, each, at)
        store._lock.release()  # type: ignore[union-attr] # all that a death does
        store = FileStore(tmp_path / "data")
    office.mailbot.step.store = store
    drain(Dispatcher(office.mailbot.step, office.mailbot.postmaster), server, at)
    assert (len(server.mails), len({mail.raw for mail in server.mails})) == (copies, 1)
    assert store.recall(OUTBOX) == {}
    store.close()


@case(84)
def test_a_mail_that_is_given_up_for_silence_says_so(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    owing(office)
    with leaving(office, Taker(SILENCE, SILENCE)) as clock:
        clock.until(lambda: not office.store.recall(OUTBOX))
    assert [r.levelname for r in caplog.records if r.__dict__.get("action") == "failed"] == [
        "ERROR"
    ]


@case(86)
def test_greylisting_is_answered_on_schedule_with_the_same_bytes(office: Office) -> None:
    server, at, tried = Taker(*[LATER] * 4), owing(office).clock.at, []
    for minute in range(100):
        before = len(server.asked)
        office.drain(server, at + timedelta(minutes=minute))
        tried += [minute] * (len(server.asked) - before)
    assert tried == [0, 2, 9, 24, 54]
    (taken,) = server.mails
    (owed,) = [mail for mail in [taken.message] if mail["Date"]]
    assert email.utils.parsedate_to_datetime(owed["Date"]) <= at, (
        "the Date is that of the first try"
    )


# ---- a clock that runs as fast as the worker asks ----


class Fast:
    """A clock for a running Loop: each look of `until` is a minute later, and the worker is woken."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.loop: Loop | None = None

    def now(self) -> datetime:
        return self.at

    def until(self, true: Callable[[], object], step_s: float = 10) -> None:
        def look() -> bool:
            assert self.loop is not None
            if not self.loop._sender.busy and self.loop.queue.empty():
                self.at += timedelta(seconds=step_s)
                self.loop.queue.put(Tick())
            return bool(true())

        until(look, 20)


@contextmanager
def leaving(office: Office, server: Tray, **options: Any) -> Iterator[Fast]:
    clock = Fast(office.clock.at)
    clock.loop = loop_of(office.mailbot, server, clock.now, **options)
    worker = threading.Thread(target=clock.loop.run)
    worker.start()
    try:
        yield clock
    finally:
        clock.loop.stop()
        worker.join(20)
        assert not worker.is_alive()


class Timed(Taker):
    """Notes when it was asked."""

    def __init__(self, *says: MailbotError | None) -> None:
        super().__init__(*says)
        self.at: list[datetime] = []
        self.now: Callable[[], datetime] = lambda: MONDAY

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        self.at.append(self.now())
        super().send(sender, recipient, raw)

    @property
    def waits_s(self) -> list[float]:
        return [
            (after - before).total_seconds()
            for before, after in zip(self.at, self.at[1:], strict=False)
        ]


# ---- what holds up all mails ----

HELD_UP = {  # trouble -> first and longest wait in seconds
    "refused": (NO_LOGIN, 60, 900),
    "too fast": (BUSY, 60, 900),
    "too much": (TooMuch("550 5.4.5"), 3600, 3600),
    "away": (AWAY, 1, 120),
}


@case(88, 89)
@pytest.mark.parametrize(("trouble", "first_s", "longest_s"), HELD_UP.values(), ids=HELD_UP)
def test_trouble_about_no_one_mail_holds_up_all_and_costs_none_its_chances(
    new_office: NewOffice,
    caplog: pytest.LogCaptureFixture,
    trouble: MailbotError,
    first_s: float,
    longest_s: float,
) -> None:
    """Twelve in a row, which is more than a mail has tries; then each mail meets a 450 and is still delivered."""
    caplog.set_level(logging.INFO, "mailbot")
    office = owing(new_office(operator=ROOT), 3)
    owed = len(office.store.recall(ready_key(office.clock.at)))
    server = Timed(*[trouble] * 12, *[LATER] * owed)
    with leaving(office, server) as clock:
        server.now = clock.now
        clock.until(lambda: len(server.asked) >= 12, step_s=first_s)
        assert office.store.recall(PAUSED)["why"] == str(trouble)
        clock.until(lambda: not office.store.recall(OUTBOX), step_s=20)
    assert server.waits_s[0] >= first_s
    assert max(server.waits_s[:11]) >= longest_s, "growing"
    assert len(server.waits_s[:11]) == 11, "one try each time, not one of every mail"
    told = [mail.subject for mail in server.to(ROOT)]
    assert told == (["mailbot: no mail leaves"] if trouble is NO_LOGIN else [])
    assert len(server.mails) == owed + len(told), "nothing lost"
    actions = [record.__dict__.get("action") for record in caplog.records]
    assert (
        actions.count("outbox_paused"),
        actions.count("outbox_open"),
        actions.count("failed"),
    ) == (1, 1, 0)
    assert not office.store.recall(PAUSED), "`status` has nothing to say any more"


@case(89)
def test_forty_mails_and_a_busy_server_are_one_try(new_office: NewOffice) -> None:
    office, server = owing(new_office(), 4), Taker(*[BUSY] * 40)
    office.drain(server, office.clock.at)
    assert len(server.asked) == 1


@case(89)
def test_a_mail_that_makes_the_server_hang_up_holds_up_no_other_and_ends(
    new_office: NewOffice, caplog: pytest.LogCaptureFixture
) -> None:
    """421 to one recipient each time: the others leave in between, and it uses up its tries."""
    caplog.handler.setFormatter(LineFormatter())
    office = new_office((ANA, BEN, THURSDAYS))

    class Touchy(Tray):
        asked = 0

        def send(self, sender: str, recipient: str, raw: bytes) -> None:
            if recipient == ANA.address:
                self.asked += 1
                raise TooFast("421 4.7.0")
            super().send(sender, recipient, raw)

    server = Touchy()
    office.mailbot.take("a", office.reply(office.last(ANA), ANA.address, "Mine"), office.clock.at)
    office.mailbot.take("b", office.reply(office.last(ANA), BEN.address, "Ben's"), office.clock.at)
    with leaving(office, server) as clock:
        began = clock.at
        clock.until(lambda: server.to(BEN.address))
        assert clock.at - began < timedelta(minutes=10)
        assert server.asked <= 2
        clock.until(lambda: "action=failed" in caplog.text, step_s=3600)
        assert timedelta(hours=32) < clock.at - began < timedelta(days=8), (
            "it has its tries, and does not wait for ever"
        )


# ---- pace ----


def leaves(store: Memory, at: datetime) -> None:
    """As a claim counts it."""
    update(store, lambda: Change("", counts=(Count(CLAIMED, at),)))


def test_the_pace_of_a_minute_and_of_a_day() -> None:
    pace, store, left = Pace(per_minute=3, per_day=7), Memory(), []
    for second in range(0, 2 * 86_400, 5):
        now = MONDAY + timedelta(seconds=second)
        if not pace.wait_s(store, now) and not pace.is_spent(store, now):
            leaves(store, now)
            left.append(second)
    assert left[:7] == [0, 5, 10, 60, 65, 70, 120], "three a minute, seven a day"
    assert left[7] == 86_400, "the window moves"
    assert all(left[n + 7] - left[n] >= 86_400 for n in range(len(left) - 7))


def test_a_clock_that_was_set_back_stops_no_mail() -> None:
    pace, store = Pace(per_minute=1), Memory()
    leaves(store, MONDAY)
    assert pace.wait_s(store, MONDAY + timedelta(seconds=20)) == 40
    assert pace.wait_s(store, MONDAY - timedelta(hours=1)) == 0


def test_without_limits_all_leave_at_once() -> None:
    pace, store = Pace(0), Memory()
    for _ in range(100):
        assert not pace.wait_s(store, MONDAY)
        leaves(store, MONDAY)
    assert not pace.is_spent(store, MONDAY)


def test_the_pace_holds_over_a_restart_and_over_two_workers(
    tmp_path: Path, new_office: NewOffice
) -> None:
    store = FileStore(tmp_path / "data")
    office = owing(new_office(store=store), 3)
    before = store.recall(tally_key(CLAIMED, MONDAY, office.clock.at)).number
    store.close()
    office.mailbot.step.store = FileStore(tmp_path / "data")
    pace = Pace(per_day=before + 1)
    for worker in ("w1", "w2"):
        dispatcher = Dispatcher(office.mailbot.step, office.mailbot.postmaster, pace, worker=worker)
        drain(dispatcher, office.tray, office.clock.at)
    after = office.mailbot.step.store.recall(tally_key(CLAIMED, MONDAY, office.clock.at)).number
    assert (before > 0, after) == (True, before + 1)


@case(89)
def test_the_outbox_keeps_the_pace_of_the_provider(
    new_office: NewOffice, caplog: pytest.LogCaptureFixture
) -> None:
    office, server = new_office(), Timed()
    office.clock.at += timedelta(days=1, minutes=1)  # what left until now counts no more
    owing(office, 6)
    owed = len(office.store.recall(ready_key(office.clock.at)))
    with leaving(office, server, pace=Pace(per_minute=2, per_day=4)) as clock:
        server.now = clock.now
        clock.until(lambda: len(server.mails) == 4)
        clock.until(lambda: bool(office.store.recall(PAUSED)))
        assert (
            office.store.recall(PAUSED)["why"]
            == "[smtp] per_day: 4 mails left within 24 hours; the rest waits."
        )
        clock.until(lambda: len(server.mails) >= owed, step_s=600)
    assert server.waits_s[0] < 60 <= sum(server.waits_s[:2])
    assert sum(server.waits_s[:4]) >= 86_400
    assert "outbox open again" in caplog.text


# ---- addresses ----

STRASSE = Person("ana@xn--strae-oqa.example", "Ana Silva")


@case(95)
def test_a_person_of_an_international_domain_is_written_to_and_believed(
    new_office: NewOffice,
) -> None:
    office = new_office((STRASSE, BEN, THURSDAYS))
    request = office.last(STRASSE)
    assert (
        office.answers(request, "Ana <ANA@xn--STRAE-oqa.example>", "My point").outcome == "applied"
    )
    assert "My point" in office.last(STRASSE).text


@case(95)
def test_a_wish_for_somebody_whom_no_mail_can_reach_is_answered(new_office: NewOffice) -> None:
    office = new_office(domains=("corp.example", "xn--strae-oqa.example"))
    assert (
        office.receive(office.mail(BEN.address, "new 1:1 with josé@corp.example")).outcome
        == "noted"
    )
    assert "only plain letters and figures may stand before its @" in office.last(BEN).text
    assert (
        office.receive(
            office.mail(BEN.address, "new 1:1 with ana@straße.example, Tuesdays 10:00")
        ).outcome
        == "applied"
    )
    office.after(days=5)
    assert office.tray.to(STRASSE.address)
    assert not office.tray.to("ana@strasse.example")


class Wordless(Composer):
    """Cannot put the mails to one person into words."""

    def compose(self, series: str, send: Any, *rest: Any) -> Any:
        if send.reader.address == ANA.address and send.purpose is Purpose.AGENDA:
            raise Permanent("This address cannot be written.")
        return super().compose(series, send, *rest)


@case(95)
def test_a_mail_that_cannot_be_written_stops_no_other(
    new_office: NewOffice, caplog: pytest.LogCaptureFixture
) -> None:
    office = new_office(operator=ROOT)
    office.mailbot.composer.__class__ = Wordless
    try:
        office.until(office.meeting.start + timedelta(hours=2))
    finally:
        office.mailbot.composer.__class__ = Composer
    assert "1:1" in office.last(BEN).subject
    assert [mail.subject for mail in office.tray.to(ROOT) if "written" in mail.subject] == [
        "mailbot: a mail could not be written"
    ]
    assert "a mail cannot be written: Permanent at test_outbox.py" in caplog.text
    assert ANA.address not in caplog.text


# ---- marks ----


def of_a_scenario(new_office: NewOffice) -> list[Got]:
    """A fortnight with a move, receipts, problems, notices to the operator, a digest and answers of the postmaster."""
    office = new_office(operator=ROOT, domains=("corp.example",))
    first = office.last(ANA)
    office.answers(first, ANA.address, "My point\nmove to Fri 15:00\nprivate: mine")
    office.answers(office.last(BEN), BEN.address, "ok")
    office.answers(first, ANA.address, "skp")
    office.receive(office.mail(BEN.address, "new 1:1 with cat@corp.example"))
    office.receive(office.mail(BEN.address, "new 1:1 with Cat"))
    office.receive(office.mail(BEN.address, "Something about one of them"))
    office.mailbot.postmaster.tell(NoticeKind.DISK_FULL, office.clock.at)
    office.after(days=14)
    return office.tray.mails


@case(63)
def test_every_mail_of_a_whole_scenario_is_marked_as_a_machines(new_office: NewOffice) -> None:
    mails = of_a_scenario(new_office)
    assert {ROOT, ANA.address, BEN.address, "cat@corp.example"} <= {
        mail.recipient for mail in mails
    }
    assert len(mails) > 15
    for mail in mails:
        assert mail.header("Auto-Submitted") in ("auto-generated", "auto-replied"), mail.subject
        assert mail.header("X-Auto-Response-Suppress") == "OOF, AutoReply, RN, NRN", mail.subject
        assert mail.message["List-Id"] is mail.message["Precedence"] is None, mail.subject


@case(94)
def test_the_mails_of_one_meeting_are_one_thread(new_office: NewOffice) -> None:
    """By Gmail's published rule: the same base subject, and each names the root in References. Moved, with receipts."""
    office = new_office()
    first = office.last(ANA)
    office.answers(first, ANA.address, "My point\nmove to Fri 15:00")
    office.answers(office.last(BEN), BEN.address, "ok")
    office.answers(first, ANA.address, "One more")
    office.until(office.meeting.start + timedelta(hours=1))
    office.answers(office.last(ANA), ANA.address, "Notes:\nWe talked about Porto")
    office.after(days=3)
    about = [
        mail
        for mail in office.tray.to(ANA.address)
        if "5 Mar" in mail.subject or "6 Mar" in mail.subject
    ]
    assert len(about) >= 5
    base = {mail.subject.removeprefix("Re: ") for mail in about}
    roots = {mail.header("References").split()[0] for mail in about}
    assert (len(base), len(roots)) == (1, 1), (base, roots)
