"""Holds: no mail leaves that is not recorded as being sent, and trouble of everybody's costs no
mail a try.

Without a thread or a server.
"""

from __future__ import annotations

import logging
import os
import platform
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbot.errors import MailbotError, Permanent, Refused, Temporary, Unavailable
from mailbot.service.delivery.attempt import GIVEN_UP, Tried
from mailbot.service.delivery.breaker import PAUSED
from mailbot.service.delivery.dispatcher import Dispatcher, drain
from mailbot.service.delivery.pace import Pace
from mailbot.store.files.store import FileStore
from mailbot.store.memory import Memory
from mailbot.store.protocol import JOURNAL, OUTBOX, OutboxState, Pending, ready_key
from mailbot.testing import Tray
from tests.journeys.conftest import ANA, BEN, MONDAY, THURSDAYS, Office

NOBODY = Permanent("550 5.1.1 no such user")


class Noting(Memory):
    """Notes each step of the outbox. `full`: that a mail is being sent cannot be written."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[OutboxState] = []
        self.full = False

    def claim(
        self, now: datetime, worker: str, lease: timedelta, at_most: int = 500
    ) -> tuple[Pending, ...]:
        if self.full:
            raise Temporary("There is no space left in the data folder.")
        claimed = super().claim(now, worker, lease, at_most)
        self.steps += [OutboxState.SENDING] * len(claimed)
        return claimed

    def settle(
        self,
        mail: str,
        state: OutboxState,
        next_try: datetime | None = None,
        *,
        worker: str,
        now: datetime,
    ) -> bool:
        self.steps.append(state)
        return super().settle(mail, state, next_try, worker=worker, now=now)


class Refusing(Tray):
    """A server that says the same to every mail."""

    def __init__(self, says: MailbotError) -> None:
        super().__init__()
        self.says = says
        self.asked: list[str] = []  # recipients

    # the protocol names them
    def send(self, sender: str, recipient: str, raw: bytes) -> None:  # noqa: ARG002
        self.asked.append(recipient)
        raise self.says


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Ana was asked for the agenda; nothing waits."""
    made = Office(MONDAY, tmp_path, store=Noting(), operator="root@corp.example")
    made.pairs((ANA, BEN, THURSDAYS))
    made.until(MONDAY + timedelta(days=1, hours=2))
    steps(made).clear()
    return made


def steps(office: Office) -> list[OutboxState]:
    assert isinstance(office.store, Noting)
    return office.store.steps


def owing(office: Office, answers: int = 1) -> Office:
    for number in range(answers):
        raw = office.reply(office.last(ANA), ANA.address, f"Point {number}")
        office.mailbot.take(f"k{number}", raw, office.clock.at)
    return office


def started(folder: Path, store: FileStore) -> Office:
    """Begin with Ana and Ben over these files; a receipt of hers has not left yet."""
    made = Office(MONDAY, folder, store=store)
    made.pairs((ANA, BEN, THURSDAYS))
    made.until(MONDAY + timedelta(days=1, hours=2))
    return owing(made)


def test_that_a_mail_is_being_sent_is_on_record_before_it_is_handed_out(office: Office) -> None:
    pending = owing(office).dispatcher.next(office.clock.at)
    assert pending is not None
    assert steps(office) == [OutboxState.SENDING]
    office.dispatcher.settle(Tried(pending, OutboxState.ACCEPTED), office.clock.at)
    assert steps(office) == [OutboxState.SENDING, OutboxState.ACCEPTED]
    assert office.dispatcher.next(office.clock.at) is None


def test_a_mail_to_an_address_that_died_fails_and_no_server_is_asked(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    server = Refusing(NOBODY)
    owing(office, 2)
    assert office.drain(server) == 0
    assert server.asked.count(ANA.address) == 1, "one no is enough for both"
    assert steps(office)[:4] == [OutboxState.SENDING, OutboxState.FAILED] * 2
    assert GIVEN_UP in caplog.text
    assert office.pair.report.unreachable
    failed = [entry for entry in office.store.recall(JOURNAL) if entry.outcome == "failed"]
    assert len(failed) == 4, "two to Ana, and the news of it to Ben and to the operator"


def test_what_cannot_be_recorded_does_not_leave_and_is_handed_out_when_there_is_room(
    office: Office,
) -> None:
    assert isinstance(office.store, Noting)
    office.store.full = True
    assert owing(office).drain() == 0
    office.store.full = False
    assert office.drain() == 1


@pytest.mark.parametrize("trouble", [Unavailable("away"), Refused("535 5.7.8")])
def test_after_trouble_of_everybodys_none_leaves_until_its_time(
    office: Office, trouble: MailbotError
) -> None:
    server = Refusing(trouble)
    owing(office, 3)
    assert (office.drain(server), len(server.asked)) == (0, 1)
    wait_s = office.dispatcher.wait_s(office.clock.at)
    before = office.clock.at + timedelta(seconds=wait_s - 0.1)
    assert (office.drain(server, before), len(server.asked)) == (0, 1)
    assert all(each.tries == 0 for each in office.store.recall(ready_key(office.clock.at)))
    assert office.drain(at=office.clock.at + timedelta(minutes=5)) >= 3
    assert not office.store.recall(PAUSED)


def test_the_pace_of_the_provider_holds_in_a_loop_as_in_a_thread(office: Office) -> None:
    office.clock.at += timedelta(days=1, minutes=1)  # what left until now counts no more
    owing(office, 5)
    slow = Dispatcher(office.mailbot.step, office.mailbot.postmaster, Pace(per_minute=2, per_day=4))
    minutes = [office.clock.at + timedelta(minutes=minute, seconds=1) for minute in range(4)]
    left = [drain(slow, office.tray, at) for at in minutes]
    assert left == [2, 2, 0, 0]
    assert "per_day: 4" in office.store.recall(PAUSED)["why"]


def test_a_write_that_finds_no_room_is_left_to_whoever_waits_for_it(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """What happened is on record at once; what follows from it is handed to `writing`."""
    caplog.set_level(logging.INFO, "mailbot")
    writes: list[object] = []
    patient = Dispatcher(office.mailbot.step, office.mailbot.postmaster, writing=writes.append)
    owing(office)
    assert drain(patient, office.tray, office.clock.at) == 1
    assert not office.store.recall(OUTBOX)
    assert len(writes) == 1


def test_two_workers_over_one_store_are_not_given_the_same_mail(office: Office) -> None:
    step, postmaster, at = owing(office, 2).mailbot.step, office.mailbot.postmaster, office.clock.at
    one, two = (Dispatcher(step, postmaster, worker=name) for name in ("w1", "w2"))
    first, second = one.next(at), two.next(at)
    assert first is not None
    assert second is not None
    assert first.mail.id != second.mail.id
    two.settle(Tried(first, OutboxState.ACCEPTED), at)
    one.settle(Tried(first, OutboxState.ACCEPTED), at)
    assert office.store.recall(OUTBOX) == {"sending": 1}, "nobody settles what another claimed"


def test_without_a_name_a_worker_is_named_by_its_host_and_process(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "data")
    office = started(tmp_path, store)
    assert Dispatcher(office.mailbot.step, office.mailbot.postmaster).next(office.clock.at)
    log = (tmp_path / "data" / "outbox.log").read_text()
    assert f'"{platform.node()}/{os.getpid()}"' in log.splitlines()[-1]
    store.close()


def test_what_was_being_sent_at_a_kill_is_handed_out_at_once_to_another_name(
    tmp_path: Path,
) -> None:
    store = FileStore(tmp_path / "data")
    office = started(tmp_path, store)
    step, postmaster, at = office.mailbot.step, office.mailbot.postmaster, office.clock.at
    before = Dispatcher(step, postmaster, worker="host/1").next(at)
    store.close()
    step.store = FileStore(tmp_path / "data")
    after = Dispatcher(step, postmaster, worker="host/2").next(at)
    assert before is not None
    assert after is not None
    assert (after.mail.id, after.state) == (before.mail.id, OutboxState.UNCERTAIN)
    step.store.close()
