"""Holds: mail that is handed in by LMTP or SMTP counts as it would from the mailbox, and a stranger
at the door learns nothing and fills no disk.

From the dialogue to the journal: a real door, a real client, a running loop.
"""

from __future__ import annotations

import smtplib
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal

import pytest

from mailbot.config.file import parse
from mailbot.errors import OperatorError, Permanent, Temporary
from mailbot.inbound.message.header_claims import admitted
from mailbot.inbound.triage.auth import Policy
from mailbot.service.intake.pipeline import MailReader
from mailbot.service.runtime.wiring import open_door as configured_door
from mailbot.service.runtime.worker import Loop
from mailbot.store.memory import Memory
from mailbot.store.protocol import JOURNAL, Change, CommitResult
from mailbot.testing import TOKENS
from mailbot.transport.listen import Door, Listening
from tests.journeys.conftest import ANA, BEN, OFFLINE, US, Office
from tests.kit.cases import case
from tests.kit.loops import loop_of
from tests.kit.servers import until
from tests.system.test_loop import Basket, office, running
from tests.unit.inbound.triage.test_auth import PUBLIC_RECORD, signature

WISH = "new 1:1 with cat@corp.example, Tuesdays 10:00"
DOMAINS = ("corp.example",)
KEY = b"test._domainkey.corp.example."
STRANGER = "x@evil.example"
CONFIG = f"""{OFFLINE}
[receive]
enabled = true
protocol = "{{protocol}}"
port = {{port}}
"""


@contextmanager
def door(made: Loop, protocol: Literal["lmtp", "smtp"] = "smtp") -> Iterator[smtplib.SMTP]:
    admit = partial(admitted, outside=protocol == "smtp")
    opened = Door(made.deliver, lambda _: True, admit, Listening(port=0, protocol=protocol))
    speaks = smtplib.SMTP if protocol == "smtp" else smtplib.LMTP
    with opened, speaks("127.0.0.1", opened.port, timeout=10) as client:
        yield client


def handed_in(client: smtplib.SMTP, raw: bytes, sender: str = STRANGER) -> int:
    """The code at the end of DATA."""
    client.ehlo_or_helo_if_needed()
    client.mail(sender)
    client.rcpt(US)
    return client.data(raw)[0]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def kept(house: Office) -> int:
    return len(house.mailbot.quarantine.list()) + len(house.mailbot.held.list())


# ---- what only a server of ours may say ----

FORGED = [
    "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example",
    'Authentication-Results: "mx\\Z.corp.example"; dmarc=pass header.from=corp.example',
    "Authentication-Results: mx.google.com; dmarc=pass header.from=corp.example",
    "Authentication-Results: spf=pass smtp.mailfrom=corp.example; dmarc=pass header.from=corp.example",
    "ARC-Authentication-Results: i=1; mx.corp.example; dmarc=pass header.from=corp.example",
    "X-MS-Exchange-Organization-AuthAs: Internal",
    "X-mailbot-verdict: pass", "Return-Path: <ben@corp.example>",
]  # fmt: skip


@case(43)
@pytest.mark.parametrize(
    "policy", [Policy("generic", "mx.corp.example"), Policy("google"), Policy("microsoft")]
)
def test_marks_that_only_a_server_of_ours_may_write_are_removed_at_the_door(
    tmp_path: Path, policy: Policy
) -> None:
    house = office(tmp_path, domains=DOMAINS)
    house.mailbot.intake.reader = MailReader(TOKENS, US, policy, DOMAINS)
    wish = house.mail(BEN.address, WISH, "Hello", *FORGED)
    with running(house) as made, door(made) as client:
        assert handed_in(client, wish) == 250
    (entry,) = house.store.recall(JOURNAL)
    assert (entry.outcome, entry.reason) == (
        "unconfirmed",
        "a new series, and nobody vouches for the manager",
    )
    assert "verdict: none" in entry.trace
    (aside,) = house.mailbot.held.list()
    raw = house.mailbot.held.get(aside.name)
    assert [line for line in FORGED if line.encode() in raw] == []


@case(43)
@pytest.mark.parametrize(("protocol", "outcome"), [("lmtp", "applied"), ("smtp", "unconfirmed")])
def test_the_door_as_configured_believes_the_server_in_front_and_nobody_else(
    tmp_path: Path, protocol: str, outcome: str
) -> None:
    house = office(tmp_path, domains=DOMAINS)
    config = parse(CONFIG.format(port=free_port(), protocol=protocol))
    speaks = smtplib.LMTP if protocol == "lmtp" else smtplib.SMTP
    with (
        running(house) as made,
        configured_door(config, made),
        speaks("127.0.0.1", config.receive.port) as client,
    ):
        assert handed_in(client, house.mail(BEN.address, WISH, "Hello", FORGED[0])) == 250
    assert [entry.outcome for entry in house.store.recall(JOURNAL)] == [outcome]


# ---- strangers ----


@case(3, 115)
@pytest.mark.parametrize("protocol", ["smtp", "lmtp"])
def test_mail_without_a_token_and_without_a_proof_gets_one_answer_whoever_it_names(
    tmp_path: Path, protocol: Literal["smtp", "lmtp"]
) -> None:
    house = office(tmp_path, domains=DOMAINS)
    token = house.last(ANA).header("Reply-To").partition("+")[2].partition("@")[0]
    wrong, guessed = ("b" if token[0] == "a" else "a") + token[1:], f"Re: {house.last(ANA).subject}"
    before = len(house.tray.mails)
    with running(house) as made, door(made, protocol) as client:
        codes = {
            handed_in(client, house.mail(author, words, subject, *lines, to=to))
            for author in (
                ANA.address,
                "nobody@corp.example",
                STRANGER,
                "ana@corp.example, x@evil.example",
                "(" * 3000,
            )
            for words, subject in (
                ("Hello", "Hello"),
                ("pause", "1:1 Ana / Ben"),
                ("Away", "Automatic reply: x"),
                ("Yes", guessed),
            )
            for to in (US, f"mailbot+{wrong}@corp.example")
            for lines in ((), (f"In-Reply-To: <{wrong}@corp.example>",))
        }
    assert codes == {550}
    assert kept(house) == 0
    assert len(house.tray.mails) == before
    assert {entry.outcome for entry in house.store.recall(JOURNAL)} == {"refused"}


@case(3, 115)
@pytest.mark.parametrize("author", [ANA.address, BEN.address, "nobody@corp.example"])
def test_a_wish_for_a_series_tells_nobody_who_is_on_file(tmp_path: Path, author: str) -> None:
    house = office(tmp_path, domains=DOMAINS)
    with running(house) as made, door(made) as client:
        codes = [
            handed_in(client, house.mail(author, f"new 1:1 with {each}@corp.example, weekly"))
            for each in ("ana", "no")
        ]
    assert codes == [250, 250]


REPORT = (
    b"From: %s\r\nTo: mailbot@corp.example\r\nSubject: Undelivered\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n"
    b"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    b"--b\r\n\r\nsorry\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
    b"Final-Recipient: rfc822; ana@corp.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n"
)


@case(54, 115)
@pytest.mark.parametrize("author", [b"ana@corp.example", b"mailer-daemon@evil.example"])
def test_a_report_about_no_mail_of_ours_fills_no_disk(tmp_path: Path, author: bytes) -> None:
    house = office(tmp_path)
    with running(house) as made, door(made) as client:
        assert handed_in(client, REPORT % author) == 550
    assert kept(house) == 0


def deep(levels: int) -> bytes:
    parts = (
        b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1)
        for n in range(levels)
    )
    return (
        b"From: ana@corp.example\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n"
        + b"".join(parts)
    )


@case(115)
@pytest.mark.parametrize(
    "raw",
    [
        deep(1_000),
        b"From: ana@corp.example\r\nTo: " + b"(" * 3_000 + b"\r\n\r\nx\r\n",
        b"X: y\r\n\r\nx\r\n",
        b"\r\nx\r\n",
    ],
)
def test_what_nobody_can_read_fills_no_disk(tmp_path: Path, raw: bytes) -> None:
    house = office(tmp_path)
    with running(house) as made, door(made) as client:
        assert handed_in(client, raw) == 550
    assert kept(house) == 0


@case(12, 115)
def test_whoever_holds_a_token_is_heard_and_no_more_than_that(tmp_path: Path) -> None:
    """Their words wait for the yes of the address on file; from the fourth on they are refused."""
    house = office(tmp_path)
    request = house.last(ANA)
    with running(house) as made, door(made) as client:
        codes = [handed_in(client, house.reply(request, STRANGER, f"Words {n}")) for n in range(5)]
    assert codes == [250, 250, 250, 550, 550]
    assert kept(house) == 3
    assert house.items() == []


def test_people_who_answer_are_heard_at_the_door(tmp_path: Path) -> None:
    house = office(tmp_path)
    with running(house) as made, door(made) as client:
        assert (
            handed_in(client, house.reply(house.last(ANA), ANA.address, "My point"), ANA.address)
            == 250
        )
    assert house.items(ANA) == ["My point"]


@case(115)
def test_a_stranger_in_the_mailbox_is_met_with_silence_and_counted(tmp_path: Path) -> None:
    house = office(tmp_path)
    basket = Basket(house.mail(STRANGER, "Hello"))
    with running(house, inbox=basket):
        until(lambda: bool(basket.moved))
    assert [(e.outcome, e.reason) for e in house.store.recall(JOURNAL)] == [("ignored", "stranger")]
    assert house.every_address() <= {ANA.address, BEN.address}


# ---- our own DKIM check ----


def record(name: bytes) -> bytes | None:
    return PUBLIC_RECORD if name == KEY else None


@pytest.mark.parametrize("genuine", [True, False])
def test_our_own_dkim_check_at_the_door_lifts_none_to_pass(tmp_path: Path, genuine: bool) -> None:
    house = office(tmp_path, domains=DOMAINS)
    wish = house.mail(BEN.address, WISH)
    signed = signature(wish, house.clock.at) + wish
    raw = signed if genuine else signed.replace(b"Tuesdays", b"Fridays")
    with running(house, lookup=record) as made, door(made) as client:
        assert handed_in(client, raw, BEN.address) == 250
    (entry,) = house.store.recall(JOURNAL)
    assert entry.outcome == ("applied" if genuine else "unconfirmed")
    assert any("own DKIM check" in line for line in entry.trace)


@case(38, 39)
def test_a_signed_command_counts_once_and_only_as_it_was_sent(tmp_path: Path) -> None:
    house = office(tmp_path)
    command = house.mail(ANA.address, "- the budget")
    other = house.mail(ANA.address, "- the new office", to="cat@corp.example")
    command, other = (
        signature(raw, house.clock.at, canonicalize=(b"relaxed", b"relaxed")) + raw
        for raw in (command, other)
    )
    resent = other.replace(b"Subject:", b"Cc: mailbot@corp.example\r\nSubject:")
    with running(house, lookup=record) as made, door(made) as client:
        codes = [
            handed_in(client, raw)
            for raw in (command, command + b"\r\n \r\n", b"Message-ID: <n@x>\r\n" + command, resent)
        ]
    assert house.items(ANA) == ["the budget"]
    assert codes[:2] == [250, 250]
    assert codes[3] == 550
    assert [e.outcome for e in house.store.recall(JOURNAL)][:2] == ["applied", "duplicate"]


def test_the_worker_waits_for_no_name_server(tmp_path: Path) -> None:
    """While one delivery waits for the DNS, others have their outcome."""
    house = office(tmp_path, domains=DOMAINS)
    asked, go_on = threading.Event(), threading.Event()

    def slow(name: bytes) -> bytes | None:
        asked.set()
        go_on.wait(10)
        return record(name)

    wish = house.mail(BEN.address, WISH)
    raw = signature(wish, house.clock.at) + wish
    with running(house, lookup=slow) as made:
        first = threading.Thread(target=made.deliver, args=(raw,))
        first.start()
        assert asked.wait(10)
        assert made.deliver(house.reply(house.last(ANA), ANA.address, "My point")) == "applied"
        assert [e.outcome for e in house.store.recall(JOURNAL)] == ["applied"]
        go_on.set()
        first.join(10)
    assert [e.outcome for e in house.store.recall(JOURNAL)] == ["applied", "applied"]


def test_a_silent_name_server_makes_the_sender_come_again(tmp_path: Path) -> None:
    house = office(tmp_path, domains=DOMAINS)
    wish = house.mail(BEN.address, WISH)

    def silent(name: bytes) -> bytes | None:
        raise Temporary("No name server answers.")

    with running(house, lookup=silent) as made, door(made) as client:
        assert handed_in(client, signature(wish, house.clock.at) + wish) == 451
    assert house.store.recall(JOURNAL) == ()


@case(66)
def test_the_own_check_is_made_when_the_mail_is_counted_and_watched(tmp_path: Path) -> None:
    house = office(tmp_path, domains=DOMAINS)
    wish = house.mail(BEN.address, WISH)
    watched: list[str] = []
    begin = house.store.begin

    def begun(key: str) -> int:
        watched.append("begin")
        return begin(key)

    house.store.begin = begun  # type: ignore[method-assign]

    @contextmanager
    def watching() -> Iterator[None]:
        watched.append("watched")
        yield
        watched.append("done")

    with running(house, lookup=record) as made:
        made.mailbot.intake.watching = watching
        made.deliver(signature(wish, house.clock.at) + wish)
    assert watched == ["begin", "watched", "begin", "watched", "done", "watched", "done"], (
        "asked for the key, and again with it"
    )


# ---- when the worker cannot go on ----


class Failing(Memory):
    """Raises at the next commits, once it is told to."""

    error: Exception | None = None

    def commit(self, change: Change) -> CommitResult:
        if self.error is not None:
            raise self.error
        return super().commit(change)


@case(116)
@pytest.mark.parametrize(
    "error",
    [OperatorError("I/O error"), Permanent("no"), KeyError("private words"), Temporary("full")],
)
def test_whatever_the_worker_meets_the_sender_keeps_the_mail_and_the_door_closes(
    tmp_path: Path, error: Exception
) -> None:
    store = Failing()
    house = office(tmp_path, store=store)
    raw = house.reply(house.last(ANA), ANA.address, "My point")
    made = loop_of(house.mailbot, house.tray, house.clock.now)
    ended: list[BaseException | None] = []

    def work() -> None:
        try:
            made.run()
        except Exception as raised:  # noqa: BLE001 - which one is what is asked here
            ended.append(raised)
        else:
            ended.append(None)

    worker = threading.Thread(target=work)
    store.error = None
    worker.start()
    until(made.queue.empty)
    store.error = error
    with door(made) as client:
        assert handed_in(client, raw, ANA.address) == 451
        if not isinstance(error, Temporary):
            worker.join(10)
            assert ended == [error], "whoever supervises the process sees it"
            assert handed_in(client, raw, ANA.address) == 451, "also when nobody works any more"
    store.error = None
    made.stop()
    worker.join(10)
    assert not worker.is_alive()
    with running(house) as again, door(again) as client:
        assert [handed_in(client, raw, ANA.address) for _ in range(2)] == [250, 250]
    assert house.items(ANA) == ["My point"], "nothing lost, nothing twice"


BREAKS = """
import sys
from mailbot.errors import OperatorError
from mailbot.store.files.store import FileStore
def journal(self, entry):
    raise OperatorError("data/journal: input/output error.")
FileStore.journal = journal
from mailbot.commands.cli import main
sys.exit(main(["--config", sys.argv[1], "run"]))
"""


@case(116)
def test_a_process_whose_store_breaks_ends(tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "config.toml").write_text(CONFIG.format(port=port, protocol="smtp"))
    words = [sys.executable, "-c", BREAKS, str(tmp_path / "config.toml")]
    with subprocess.Popen(
        words, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "action=ready" in line:
                break
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            assert handed_in(client, b"From: x@evil.example\r\nSubject: x\r\n\r\nx\r\n") == 451
        assert process.wait(timeout=20) == OperatorError.exit_code
        assert "input/output error" in process.stderr.read()
