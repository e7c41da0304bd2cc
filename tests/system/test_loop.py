"""Holds: a running mailbot goes on through servers that are gone, a full disk and mails that kill
it, and tells the operator once of each.

Its queue and threads, its audit, its watchdog; fakes at the edges, or real servers.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailbot.commands.status import counts
from mailbot.config.file import parse
from mailbot.errors import Bug, InUse, OperatorError, Refused, Temporary
from mailbot.service.delivery import retry
from mailbot.service.operations.audit import AUDIT
from mailbot.service.runtime import inbox_thread, servers, worker
from mailbot.service.runtime.imap_housekeeping import ImapHousekeeping
from mailbot.service.runtime.queue_values import Tick
from mailbot.service.runtime.watchdog import Watchdog
from mailbot.service.runtime.wiring import open_mailbot
from mailbot.service.runtime.worker import Loop
from mailbot.store.memory import Memory
from mailbot.store.protocol import JOURNAL, Change, CommitResult
from mailbot.testing import House
from mailbot.transport.protocol import Arrived
from tests.conftest import Mailbox
from tests.journeys.conftest import ANA, BEN, MONDAY, THURSDAYS, Office
from tests.kit.cases import case
from tests.kit.loops import loop_of
from tests.kit.servers import PASSWORD, until

ROOT = "root@corp.example"


class Basket:
    """An Inbox that hands out what is put into it. `fails`: raised at the next look."""

    def __init__(self, *mails: bytes) -> None:
        self.mails = [Arrived(f"imap/INBOX/1/{n}", raw, len(raw)) for n, raw in enumerate(mails, 1)]
        self.fails: list[Exception] = []
        self.moved: list[str] = []
        self.waits: list[float] = []
        self.closed = threading.Event()

    def fetch(self) -> Sequence[Arrived]:
        if self.fails:
            raise self.fails.pop(0)
        mails, self.mails = self.mails, []
        return mails

    def done(self, keys: Any) -> None:
        self.moved += keys

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return self.closed.wait(0.01)

    def close(self) -> None:
        self.closed.set()


def office(folder: Path, **options: Any) -> Office:
    made = Office(MONDAY, folder, **options)
    made.pairs((ANA, BEN, THURSDAYS))
    made.until(MONDAY + timedelta(days=1, hours=2))
    return made


@contextmanager
def running(
    house: House, now: Callable[[], datetime] | None = None, **options: Any
) -> Iterator[Loop]:
    made = loop_of(house.mailbot, house.tray, now or house.clock.now, **options)
    worker = threading.Thread(target=made.run)
    worker.start()
    try:
        yield made
    finally:
        made.stop()
        worker.join(timeout=20)
        assert not worker.is_alive()


# ---- the inbox ----


@pytest.mark.parametrize(("configured", "waited"), [(7, 7), (60, 60), (3600, 300)])
def test_it_waits_for_mail_as_long_as_configured_and_never_longer_than_a_server_stays_awake(
    tmp_path: Path, configured: float, waited: float
) -> None:
    house, basket = office(tmp_path), Basket()
    with running(house, inbox=basket, poll_s=configured):
        until(lambda: bool(basket.waits))
    assert set(basket.waits) == {waited}


def waits(loop: Loop, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the inbox is let alone after each failure; the waits themselves are over at once."""
    found: list[float] = []

    def wait(seconds: float | None = None) -> bool:
        found.append(seconds or 0)
        return False

    monkeypatch.setattr(loop.stopping, "wait", wait)
    return found


@case(71, 74)
def test_a_good_look_into_the_inbox_forgets_the_failures_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house, basket = office(tmp_path), Basket()
    made = loop_of(house.mailbot, house.tray, house.clock.now, inbox=basket)
    waited, fetch = waits(made, monkeypatch), basket.fetch
    fails = iter([True, True, False, True, False, True])

    def lost_now_and_then() -> Sequence[Arrived]:
        match next(fails, None):
            case True:
                raise Temporary("The connection was lost.")
            case None:
                made.stop()
        return fetch()

    monkeypatch.setattr(basket, "fetch", lost_now_and_then)
    with caplog.at_level("INFO", "mailbot"):
        made.run()
    first = retry.RECONNECT_S[0]
    assert [round(seconds // first) for seconds in waited[:4]] == [1, 2, 1, 1]
    told = [
        (record.levelname, getattr(record, "action", ""))
        for record in caplog.records
        if "inbox" in record.message
    ]
    assert told.count(("ERROR", "inbox_lost")) == 3
    assert told.count(("WARNING", "inbox_back")) == 3


@case(71)
def test_weeks_without_a_server_do_not_end_the_inbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, basket = office(tmp_path), Basket(b"")
    basket.fails = [Temporary("The server is away.")] * 3000
    made = loop_of(house.mailbot, house.tray, house.clock.now, inbox=basket)
    waited = waits(made, monkeypatch)
    worker = threading.Thread(target=made.run)
    worker.start()
    until(lambda: basket.moved == ["imap/INBOX/1/1"])
    made.stop()
    worker.join(timeout=20)
    assert len(waited) >= 3000
    assert max(waited) == retry.RECONNECT_S[1]


@case(75)
@pytest.mark.parametrize(
    ("failures", "at_least"), [(1, 60), (2, 120), (4, 480), (5, 900), (5000, 900)]
)
def test_a_refused_login_is_tried_again_after_one_to_fifteen_minutes(
    failures: int, at_least: float
) -> None:
    waited = [retry.after(failures, *retry.REFUSED_S) for _ in range(200)]
    assert at_least <= min(waited) <= max(waited) <= 900
    assert len(set(waited)) > 1 or at_least == 900, "not all at once"


@case(71)
def test_the_longest_silence_is_under_ten_minutes() -> None:
    """A mute IDLE, the time-out that notices it, and the longest wait before the next connection."""
    timeout_s = 30
    assert inbox_thread.POLL_S + timeout_s + retry.RECONNECT_S[1] < 600


@case(75, 81)
@pytest.mark.parametrize(
    "trouble",
    [
        Refused("[imap] user, password: the server does not accept the login."),
        OperatorError("[imap] host: the certificate is not valid for it; no password was sent."),
    ],
)
def test_who_must_act_on_a_closed_mailbox_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: OperatorError
) -> None:
    for name in ("REFUSED_S", "RECONNECT_S"):
        monkeypatch.setattr(retry, name, (0.01, 0.02))
    house, basket = office(tmp_path, operator=ROOT), Basket()
    basket.fails = [trouble] * 5
    with running(house, inbox=basket):
        until(lambda: bool(house.tray.to(ROOT)))
        until(lambda: not basket.fails)
    assert [mail.subject for mail in house.tray.to(ROOT)] == ["mailbot: no mail comes in"]
    assert str(trouble) in " ".join(house.tray.to(ROOT)[0].text.split())


def test_a_paused_outbox_is_told_to_the_operator_when_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "REFUSED_S", (0.01, 0.02))
    house = office(tmp_path, operator=ROOT)
    house.mailbot.take("k", house.reply(house.last(ANA), ANA.address, "My point"), house.clock.at)
    taken, refusals = house.tray.send, [Refused("535 5.7.8")] * 2

    def send(sender: str, recipient: str, raw: bytes) -> None:
        if refusals:
            raise refusals.pop()
        taken(sender, recipient, raw)

    house.tray.send = send  # type: ignore[method-assign]
    started = time.monotonic()

    def now() -> datetime:  # ten minutes a second: deferred mails come due
        return house.clock.at + timedelta(seconds=600 * (time.monotonic() - started))

    with running(house, now) as made:

        def told() -> bool:
            made.queue.put(Tick())
            return bool(house.tray.to(ROOT))

        until(told)
    assert [mail.subject for mail in house.tray.to(ROOT)] == ["mailbot: no mail leaves"]
    assert "My point" in house.last(ANA).text, "nothing was lost"


class FullDisk(Memory):
    """Refuses the first commits."""

    refusing = 0

    def commit(self, change: Change) -> CommitResult:
        if self.refusing:
            self.refusing -= 1
            raise Temporary("There is no space left in the data folder.")
        return super().commit(change)


def test_a_full_disk_pauses_and_is_told_when_there_is_room_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "FULL_DISK_S", 0.01)
    store = FullDisk()
    house = office(tmp_path, store=store, operator=ROOT)
    basket = Basket(house.reply(house.last(ANA), ANA.address, "My point"))
    store.refusing = 5
    with running(house, inbox=basket):
        until(lambda: basket.moved == ["imap/INBOX/1/1"])
        until(lambda: bool(house.tray.to(ROOT)))
    assert house.items(ANA) == ["My point"]
    assert [mail.subject for mail in house.tray.to(ROOT)] == ["mailbot: the disk was full"]


# ---- the audit ----


class Skipped:
    """The inbox as the audit sees it: one mail lies there that was never handed out."""

    def __init__(self, basket: Basket, raw: bytes) -> None:
        self.arrived = Arrived("imap/INBOX/1/2", raw, len(raw))
        self.basket = basket
        self.asked: list[Sequence[str]] = []

    def uids(self) -> Sequence[str]:
        return (
            ["imap/INBOX/1/1", "imap/INBOX/1/2"]
            if self.arrived.key not in self.basket.moved
            else []
        )

    def again(self, keys: Sequence[str]) -> Iterator[Sequence[Arrived]]:
        self.asked.append(keys)
        yield [self.arrived]

    def begin(self) -> None:
        return None

    def junk(self) -> Iterator[Sequence[Arrived]]:
        yield from ()


@case(83)
def test_the_audit_finds_what_nobody_accounted_for(tmp_path: Path) -> None:
    house = office(tmp_path, operator=ROOT)
    request = house.last(ANA)
    basket = Basket(house.reply(request, ANA.address, "First"))
    skipped = Skipped(basket, house.reply(request, ANA.address, "Second"))
    with running(house, inbox=basket, mailbox=skipped) as made:
        made.ask_audit()
        until(lambda: "imap/INBOX/1/2" in basket.moved)
        until(lambda: bool(house.tray.to(ROOT)))
    assert house.items(ANA) == ["First", "Second"]
    assert skipped.asked == [("imap/INBOX/1/2",)], "the other has its entry in the journal"
    assert house.store.recall(AUDIT)["unaccounted"] == 1
    assert house.tray.to(ROOT)[0].subject == "mailbot: mails without an outcome"


def test_the_audit_does_not_miss_what_somebody_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = office(tmp_path)
    skipped = Skipped(Basket(), b"")
    looks = iter([["imap/INBOX/1/2"]])
    monkeypatch.setattr(skipped, "uids", lambda: next(looks, []))
    with running(house, inbox=skipped.basket, mailbox=skipped) as made:
        made.ask_audit()
        until(lambda: house.store.recall(AUDIT) != {})
    assert house.store.recall(AUDIT)["unaccounted"] == 0
    assert skipped.asked == []


def config(mailbox: Mailbox, folder: Path) -> str:
    return f"""
[mail]
address = "mailbot@corp.example"
[imap]
host = "127.0.0.1"
port = {mailbox.port}
tls = "none"
user = "{mailbox.user}"
password_env = "LOOP_PASSWORD"
[smtp]
host = "127.0.0.1"
port = 9
tls = "none"
login = "none"
[data]
folder = "{folder / "data"}"
[trust]
authserv_id = "mx.corp.example"
"""


@case(83)
def test_the_audit_on_a_real_server(
    mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cursor that passed two mails by mistake: they are found, read and moved away."""
    monkeypatch.setenv("LOOP_PASSWORD", PASSWORD)
    house = office(tmp_path)
    mailbox.deliver(*(house.mail("x@evil.example", f"{n}", f"{n}") for n in range(3)))
    settings = parse(config(mailbox, tmp_path), tmp_path / "config.toml")
    keys = mailbox.imap().uids()
    *_, validity, second = keys[1].split("/")
    imap = servers.inbox(settings, (int(validity), int(second)))
    with running(
        house,
        inbox=imap,
        mailbox=ImapHousekeeping(settings, imap, house.mailbot.reader.is_for_us),
        poll_s=0.1,
    ) as made:
        made.ask_audit()
        until(lambda: len(mailbox.subjects("Processed")) == 3, 20)
    assert {e.key for e in house.store.recall(JOURNAL)} == set(keys)
    assert counts(house.store, house.clock.at)["unaccounted"] == 2, "what `mailbot status` says"


# ---- mails that kill ----


def ran(*words: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, from the folder of the project."""
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, *words], check=False, capture_output=True, text=True, timeout=60, cwd=root
    )


KILLER = """
import os, signal, sys, threading, time
from datetime import timedelta
from pathlib import Path
from tests.kit.loops import loop_of
from mailbot.service import step
from mailbot.service.intake.pipeline import MailReader
from mailbot.store.files.store import FileStore
from mailbot.store.protocol import JOURNAL
from mailbot.service.runtime.watchdog import Watchdog
from tests.journeys.conftest import ANA, BEN, MONDAY, THURSDAYS, Office
from tests.system.test_loop import Basket

folder, how = Path(sys.argv[1]), sys.argv[2]

class Dying(MailReader):
    def read(self, raw, *rest, **more):
        if b"KILLER" in raw and how == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        while b"KILLER" in raw and how == "hangs":
            time.sleep(1)
        return super().read(raw, *rest, **more)

real = step.decide

def stuck(series, event, world):
    while how == "decides" and "KILLER" in repr(event):
        time.sleep(1)
    return real(series, event, world)

step.decide = stuck
house = Office(MONDAY, folder, store=FileStore(folder / "data"))
house.pairs((ANA, BEN, THURSDAYS))
house.clock.at = MONDAY + timedelta(days=1, hours=2)
house.work()
reader = house.mailbot.reader
house.mailbot.intake.reader = Dying(reader.tokens, reader.address, reader.policy)
basket = Basket(*(path.read_bytes() for path in sorted(folder.glob("*.eml"))))
made = loop_of(house.mailbot, house.tray, house.clock.now, inbox=basket, watchdog=Watchdog(longest_s=0.3))
threading.Thread(target=lambda: (basket.closed.wait(0), [time.sleep(0.02) for _ in range(500) if len(basket.moved) < 2], made.stop())).start()
made.run()
print(*(f"{e.outcome}: {e.reason}" for e in house.store.recall(JOURNAL)), sep="\\n")
"""


@case(66)
@pytest.mark.parametrize(("how", "code"), [("dies", -9), ("hangs", 70), ("decides", 70)])
def test_a_mail_that_kills_its_reader_is_set_aside_at_the_third_start(
    tmp_path: Path, how: str, code: int
) -> None:
    """Real processes: killed by the mail, or ended by the watchdog, also while deciding. Then the next mail is read."""
    writer = Office(MONDAY, tmp_path / "writer")
    writer.pairs((ANA, BEN, THURSDAYS))
    writer.until(MONDAY + timedelta(days=1, hours=2))
    token = writer.last(ANA).header("Reply-To").partition("<")[2].rstrip(">")
    for name, words in (("1", "KILLER"), ("2", "My point")):
        (tmp_path / f"{name}.eml").write_bytes(writer.mail(ANA.address, words, to=token))
    lives = [ran("-c", KILLER, str(tmp_path), how) for _ in range(3)]
    assert [life.returncode for life in lives] == [code, code, 0], lives[-1].stderr
    assert lives[-1].stdout.splitlines() == ["set_aside: killed its reader twice", "applied: "]


def test_the_watchdog_bites_only_who_takes_too_long() -> None:
    bites: list[int] = []
    dog = Watchdog(bites.append, longest_s=0.1)
    watcher = threading.Thread(target=dog.run)
    watcher.start()
    for _ in range(20):
        with dog.watching():
            time.sleep(0.01)
    assert bites == []
    with dog.watching():
        until(lambda: bool(bites))
    dog.stop()
    watcher.join()
    assert bites[0] == 70


@case(80)
def test_a_second_process_on_the_same_data_refuses_to_start(tmp_path: Path) -> None:
    text = '[mail]\naddress = "mailbot@corp.example"\n[smtp]\nhost = "127.0.0.1"\ntls = "none"\nlogin = "none"\n[receive]\nenabled = true\n'
    (tmp_path / "config.toml").write_text(text)
    with open_mailbot(parse(text, tmp_path / "config.toml")):
        with pytest.raises(InUse), open_mailbot(parse(text, tmp_path / "config.toml")):
            pass
        second = ran("-m", "mailbot", "--config", str(tmp_path / "config.toml"), "run")
    assert second.returncode == InUse.exit_code
    assert second.stderr.count("\n") == 1
    assert "Traceback" not in second.stderr


class Reluctant:
    """An Inbox that breaks as no inbox should, after it has been told what to move away."""

    def __init__(self) -> None:
        self.moved: list[str] = []

    def fetch(self) -> list[Arrived]:
        raise KeyError("nobody thought of this")

    def done(self, keys: Iterable[str]) -> None:
        self.moved += keys

    def wait(self, seconds: float) -> bool:
        raise AssertionError(f"asked to wait {seconds} s, after a fetch that failed")

    def close(self) -> None:
        """Nothing to close."""


@case(65)
def test_what_a_killed_run_left_is_moved_first_and_a_broken_inbox_ends_the_process(
    tmp_path: Path,
) -> None:
    house, inbox = House(MONDAY, tmp_path), Reluctant()
    loop = loop_of(
        house.mailbot, house.tray, lambda: MONDAY, inbox=inbox, unmoved=["imap/INBOX/1/7"]
    )
    with pytest.raises(Bug, match="KeyError"):
        loop.run()
    assert inbox.moved == ["imap/INBOX/1/7"]


# ---- time ----


def asked(house: Office) -> int:
    return len(house.tray.to(ANA.address))


def fresh(folder: Path) -> Office:
    """Nobody was asked for anything yet."""
    made = Office(MONDAY, folder)
    made.pairs((ANA, BEN, THURSDAYS))
    return made


def test_it_rings_when_the_next_series_is_due_and_at_no_other_time(tmp_path: Path) -> None:
    house, alarms = fresh(tmp_path), list[datetime]()
    with running(house, alarm=lambda at, _: alarms.append(at)) as made:
        until(lambda: bool(alarms))
        due = house.next_due()
        assert alarms == [due]
        made.queue.put(Tick())
        until(made.queue.empty)
        assert due is not None
        house.clock.at = due
        made.queue.put(Tick())
        until(lambda: len(alarms) == 2)
    assert asked(house) == 1
    assert alarms[1] == house.next_due() != due


def test_it_rings_when_a_deferred_mail_may_be_tried_again(tmp_path: Path) -> None:
    house, alarms = office(tmp_path), list[datetime]()
    house.mailbot.take("k", house.reply(house.last(ANA), ANA.address, "My point"), house.clock.at)
    taken = house.tray.send

    def busy(sender: str, recipient: str, raw: bytes) -> None:
        raise Temporary("450 4.2.0 greylisted")

    house.tray.send = busy  # type: ignore[method-assign]
    with running(house, alarm=lambda at, _: alarms.append(at)):
        again = house.clock.at + timedelta(minutes=retry.RETRY_MINUTES[0])
        until(lambda: again in alarms)
    house.tray.send = taken  # type: ignore[method-assign]


@pytest.mark.parametrize("off", [timedelta(hours=2), timedelta(days=1, hours=3)])
def test_a_clock_that_was_set_forward_or_a_machine_that_slept_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, off: timedelta
) -> None:
    """Nothing rings, as after a suspend: the alarm was set by a clock that stood still. And it is given again."""
    monkeypatch.setattr(worker, "LOOK_S", 0.05)
    house, alarms = fresh(tmp_path), list[datetime]()
    due = house.next_due()
    assert due is not None
    house.clock.at = due - timedelta(hours=1)
    with running(house, alarm=lambda at, _: alarms.append(at)):
        until(lambda: len(alarms) > 1)
        assert asked(house) == 0
        house.clock.at += off
        until(lambda: asked(house) >= 1)


def test_a_clock_that_was_set_back_asks_for_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "LOOK_S", 0.05)
    house, alarms = office(tmp_path), list[datetime]()
    before = len(house.tray.mails)
    house.clock.at -= timedelta(days=1)
    with running(house, alarm=lambda at, _: alarms.append(at)):
        until(lambda: len(alarms) > 3)
    assert len(house.tray.mails) == before
    assert set(alarms) == {house.next_due()}
