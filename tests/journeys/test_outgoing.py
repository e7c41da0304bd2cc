"""Holds: a mail leaves once, in time and from the mailbox's address alone, and the operator is told
when something needs a hand.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailbot.errors import Permanent, Refused, Temporary, Uncertain
from mailbot.service.delivery.attempt import send
from mailbot.service.delivery.breaker import PAUSED
from mailbot.service.intake.pipeline import Finding, MailReader
from mailbot.service.step import NoticeKind
from mailbot.store.files.store import FileStore
from mailbot.store.memory import Memory
from mailbot.store.protocol import OUTBOX, OutboxState, Pending, Store, ready_key
from tests.kit.cases import case
from tests.unit.store.disks import Failing

from .conftest import ANA, BEN, MONDAY, US, NewOffice, Office
from .test_machines import report

ROOT = "root@corp.example"


class Server:
    """An SMTP server: `says` may raise what it thinks of a mail, before or after it took it."""

    def __init__(
        self,
        says: Callable[[str], None] = lambda _: None,
        *,
        after: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.taken: list[tuple[str, str, bytes]] = []
        self.says, self.after = says, after

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        self.says(recipient)
        self.taken.append((sender, recipient, raw))
        self.after(recipient)

    def close(self) -> None:
        """Nothing to close."""


def raises(error: Exception) -> Callable[[str], None]:
    def say(_: str) -> None:
        raise error

    return say


def pending(office: Office) -> list[Pending]:
    return list(office.store.recall(ready_key(office.clock.at + timedelta(days=1))))


@case(85)
def test_killed_between_acceptance_and_settling_it_goes_once_more_with_the_same_id(
    new_office: NewOffice,
) -> None:
    store = Memory()
    office = new_office(store=store)
    office.mailbot.take(
        "k", office.reply(office.last(ANA), ANA.address, "My point"), office.clock.at
    )
    (owed,) = store.claim(office.clock.at, "one that dies", timedelta(hours=1))
    server = Server()
    send(server, owed, office.clock.at)  # the server has it, and then we die
    store.restart()
    assert [p.state for p in pending(office)] == [OutboxState.UNCERTAIN]
    server.after = raises(Uncertain("no answer"))
    office.drain(server, office.clock.at)
    assert [raw for _, _, raw in server.taken] == [owed.mail.raw] * 2, (
        "byte for byte, so the same Message-ID"
    )
    office.drain(server, office.clock.at + timedelta(days=1))
    assert len(server.taken) == 2, "at most one blind resend"


@case(90)
def test_a_step_that_fails_after_sending_sends_nothing_again(
    tmp_path: Path, new_office: NewOffice
) -> None:
    """There are no copies to a Sent folder; what comes after sending is the note that it left, and a disk may be full."""
    disk = Failing(nth=10**9, errno=28, on=True)
    store = FileStore(tmp_path / "data", disk)
    office = new_office(store=store)
    office.mailbot.take(
        "k", office.reply(office.last(ANA), ANA.address, "My point"), office.clock.at
    )

    def full(_: str) -> None:
        disk.nth = disk.count + 1

    server = Server(after=full)
    for hours in range(30):
        with_disk = office.clock.at + timedelta(hours=hours)
        office.drain(server, with_disk)
    assert len(server.taken) == 1
    store.close()


@case(91)
def test_an_agenda_is_not_sent_after_its_meeting(office: Office) -> None:
    start = office.meeting.start
    dead = Server(raises(Temporary("450 try later")))
    while office.clock.at < start + timedelta(hours=1):
        office.clock.at += timedelta(minutes=30)
        office.mailbot.tick(office.clock.at)
        office.drain(dead, office.clock.at)
    late = Server()
    for hours in range(40):
        office.drain(late, office.clock.at + timedelta(hours=hours))
    assert (dead.taken, late.taken) == ([], [])
    assert office.store.recall(OUTBOX).get(OutboxState.DEFERRED, 0) == 0, "it failed as expired"


@case(93)
def test_every_mail_leaves_from_the_mailbox_address_itself(office: Office) -> None:
    """There is no VERP to be denied; a report is matched by the Message-ID of the mail that came back (case 53)."""
    office.mailbot.take(
        "k", office.reply(office.last(ANA), ANA.address, "My point"), office.clock.at
    )
    server = Server()
    office.drain(server, office.clock.at)
    assert [sender for sender, _, _ in server.taken] == [US]
    request = office.last(ANA)
    returned = (
        b"From: postmaster@corp.example\r\nTo: mailbot@corp.example\r\nSubject: Undeliverable: 1:1\r\n"
        b"Date: Tue, 3 Mar 2026 10:00:00 +0000\r\nReturn-Path: <>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        b"Your message could not be delivered.\r\nRemote Server returned '550 5.1.10 RecipientNotFound'\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + request.raw + b"\r\n--b--\r\n"
    )
    assert office.receive(returned, vouched=False).outcome == "bounced"
    assert office.pair.report.unreachable


@pytest.mark.parametrize(
    ("answer", "dead"),
    [
        ("550 5.1.1 <ana@corp.example>: Recipient address rejected", True),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", True),
        ("550 5.2.1 The email account is disabled", True),
        ("550 No such user here", True),
        ("550 5.7.1 Message rejected as spam", False),
        ("552 5.2.2 Mailbox full", False),
        ("554 5.6.0 Content refused", False),
        ("550 5.7.515 Access denied, sending domain does not pass", False),
    ],
)
def test_only_a_refusal_of_the_address_counts_against_it(
    office: Office, answer: str, dead: bool
) -> None:
    office.mailbot.take(
        "k", office.reply(office.last(ANA), ANA.address, "My point"), office.clock.at
    )
    office.drain(
        Server(raises(Permanent(f"smtp.corp.example:465 (SMTP) answered: {answer}."))),
        office.clock.at,
    )
    assert office.pair.report.unreachable is dead


# ---- to the operator ----


def test_the_digest_comes_every_morning_and_holds_counts_alone(new_office: NewOffice) -> None:
    office = new_office(operator=ROOT, domains=("corp.example",))
    office.answers(office.last(ANA), ANA.address, "CANARY words")
    office.receive(office.mail("x@evil.example", "CANARY", "CANARY"))
    office.receive(b"CANARY")
    office.receive(office.reply(office.tray.to(ANA.address)[0], "y@evil.example", "CANARY too"))
    office.clock.at = MONDAY + timedelta(days=2)
    office.work()
    office.work()
    (digest,) = office.tray.to(ROOT)
    assert "Read: 4" in digest.text
    for line in (
        "applied: 1",
        "ignored: 1",
        "from strangers: 1",
        "set aside: 1",
        "unconfirmed: 1",
        "1 mail in quarantine",
    ):
        assert line in digest.text, line
    assert "Waiting for somebody's yes: 1" in digest.text
    assert b"CANARY" not in digest.raw
    assert b"evil.example" not in digest.raw
    assert digest.header("Auto-Submitted") == "auto-generated"
    office.clock.at += timedelta(days=1)
    office.work()
    assert "Read: 0" in office.tray.to(ROOT)[-1].text, "what was told is not told again"


def test_without_an_operator_nobody_is_written_to(office: Office) -> None:
    office.after(days=3)
    assert office.every_address() == {ANA.address, BEN.address}


@pytest.mark.parametrize("kind", NoticeKind)
def test_the_operator_is_told_once_a_day_of_each_trouble(
    new_office: NewOffice, kind: NoticeKind
) -> None:
    office = new_office(operator=ROOT)
    for _ in range(3):
        office.mailbot.postmaster.tell(kind, office.clock.at, "One sentence.")
    office.work()
    (mail,) = office.tray.to(ROOT)
    assert "One sentence." in mail.text
    office.clock.at += timedelta(days=1, minutes=1)
    office.mailbot.postmaster.tell(kind, office.clock.at)
    office.work()
    assert sum(mail.subject == each.subject for each in office.tray.to(ROOT)) == 2


def test_a_notice_that_bounces_causes_no_mail(new_office: NewOffice) -> None:
    office = new_office(operator=ROOT)
    office.mailbot.postmaster.tell(NoticeKind.KILLER, office.clock.at)
    office.work()
    before = len(office.tray.mails)
    entry = office.receive(report(office, office.tray.to(ROOT)[0]))
    assert (entry.outcome, len(office.tray.mails)) == ("bounced", before)
    office.receive(office.reply(office.tray.to(ROOT)[0], ROOT, "thanks, will look"))
    assert len(office.tray.mails) == before


class Breaking(MailReader):
    """The reader, with a mistake in it that nobody foresaw."""

    def read(self, raw: bytes, store: Store, now: datetime, **more: Any) -> Finding:
        if b"CANARY" in raw:
            raise IndexError(f"the error quotes what it found: {raw!r}")
        return super().read(raw, store, now, **more)


def test_a_mail_that_breaks_its_reader_is_set_aside_and_the_next_one_read(
    new_office: NewOffice, caplog: pytest.LogCaptureFixture
) -> None:
    office = new_office(operator=ROOT)
    good = office.mailbot.reader
    office.mailbot.intake.reader = Breaking(good.tokens, good.address, good.policy)
    token = office.last(ANA).header("Reply-To").partition("<")[2].rstrip(">")
    entry = office.receive(office.mail(ANA.address, "CANARY", to=token))
    assert (entry.outcome, entry.reason) == ("set_aside", "broke its reader: IndexError")
    assert "CANARY" not in caplog.text
    assert (
        office.answers(office.tray.to(ANA.address)[0], ANA.address, "My point").outcome == "applied"
    )
    assert "a mail was set aside" in office.tray.to(ROOT)[0].subject


def test_a_refused_login_stops_the_outbox_for_everybody(office: Office) -> None:
    office.mailbot.take(
        "k", office.reply(office.last(ANA), ANA.address, "My point"), office.clock.at
    )
    server = Server(raises(Refused("535 5.7.8")))
    assert office.drain(server) == 0
    assert office.dispatcher.wait_s(office.clock.at) >= 60
    assert office.store.recall(PAUSED)["why"] == "535 5.7.8"
    assert [(p.state, p.tries) for p in pending(office)] == [(OutboxState.QUEUED, 0)], (
        "nothing failed, no try is counted"
    )
