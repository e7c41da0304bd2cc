"""The door, spoken to by smtplib and by raw sockets."""

import logging
import smtplib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from mailbot.errors import OperatorError, Temporary
from mailbot.transport.receive import STRANGER, Door, strip_claims
from tests.cases import case

MAIL = b"From: ana@corp.example\r\nSubject: x\r\n\r\n- the figures\r\n"
US, ANA = "mailbot+abc@corp.example", "ana@corp.example"
STAMP = f"Return-Path: <{ANA}>\r\nDelivered-To: {US}\r\n".encode()


@dataclass
class App:
    """What stands behind the door."""

    taken: list[tuple[bytes, tuple[str, ...]]] = field(default_factory=list)
    word: str = "applied"
    error: Exception | None = None
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def deliver(self, raw: bytes, recipients: tuple[str, ...]) -> str:
        self.may_go_on.wait(5)
        if self.error is not None:
            raise self.error
        if self.word != STRANGER:
            self.taken.append((raw, recipients))
        return self.word


@dataclass
class Outside:
    app: App
    port: int
    lmtp: bool

    def connect(self) -> smtplib.SMTP:
        return (smtplib.LMTP if self.lmtp else smtplib.SMTP)("127.0.0.1", self.port, timeout=5, local_hostname="mx.corp.example")

    def send(self, raw: bytes, *recipients: str) -> tuple[int, bytes]:
        with self.connect() as smtp:
            smtp.ehlo_or_helo_if_needed()
            smtp.mail(ANA)
            for recipient in recipients or (US,):
                code, text = smtp.rcpt(recipient)
                if code != 250:
                    return code, text
            return smtp.data(raw)


@pytest.fixture(params=["lmtp", "smtp"])
def outside(request: pytest.FixtureRequest) -> Iterator[Outside]:
    app = App()
    app.may_go_on.set()
    with Door(app.deliver, lambda address: address.endswith("@corp.example"), port=0, protocol=request.param,
              authserv_id="mx.corp.example", max_octets=1_000_000) as door:  # fmt: skip
        yield Outside(app, door.port, request.param == "lmtp")


def test_a_mail_is_handed_over_with_its_envelope(outside: Outside) -> None:
    assert outside.send(MAIL) == (250, b"2.0.0 OK")
    assert outside.app.taken == [(STAMP + MAIL, (US,))]


def test_250_comes_after_the_commit(outside: Outside) -> None:
    outside.app.may_go_on.clear()
    answers: list[Any] = []
    sender = threading.Thread(target=lambda: answers.append(outside.send(MAIL)))
    sender.start()
    sender.join(0.2)
    assert (answers, outside.app.taken) == ([], [])
    outside.app.may_go_on.set()
    sender.join(5)
    assert (answers, len(outside.app.taken)) == ([(250, b"2.0.0 OK")], 1)


@case(116)
@pytest.mark.parametrize("error", [Temporary("disk full: /secret/path"), RuntimeError("boom"), KeyError("private words")])
def test_whatever_fails_behind_it_is_try_again_without_a_word_of_why(
    error: Exception, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    outside.app.error = error
    assert outside.send(MAIL) == (451, b"4.3.0 Not now, please try again")
    assert str(error).strip("'") not in caplog.text
    outside.app.error = None
    assert outside.send(MAIL)[0] == 250
    assert len(outside.app.taken) == 1


@case(116)
def test_one_recipient_at_a_time(outside: Outside) -> None:
    with outside.connect() as smtp:
        smtp.ehlo_or_helo_if_needed()
        smtp.mail(ANA)
        assert smtp.rcpt(US)[0] == 250
        assert smtp.rcpt("mailbot+def@corp.example") == (452, b"4.5.3 One recipient at a time")
        assert smtp.data(MAIL)[0] == 250
        smtp.mail(ANA)  # the rest of the recipients, as RFC 5321 wants it
        smtp.rcpt("mailbot+def@corp.example")
        assert smtp.data(MAIL)[0] == 250
    assert [recipients for _, recipients in outside.app.taken] == [(US,), ("mailbot+def@corp.example",)]


@case(115)
def test_strangers_are_told_in_the_dialogue_and_nothing_is_kept(outside: Outside) -> None:
    outside.app.word = STRANGER
    code, text = outside.send(MAIL)
    assert (code, text[:5], outside.app.taken) == (550, b"5.7.1", [])


def test_an_address_that_is_not_ours(outside: Outside) -> None:
    assert outside.send(MAIL, "somebody@evil.example") == (550, b"5.1.1 Nobody here has this address")


def test_the_size_is_limited_in_advance_and_afterwards(outside: Outside) -> None:
    with outside.connect() as smtp:
        smtp.ehlo_or_helo_if_needed()
        assert smtp.esmtp_features["size"] == "1000000"
        assert smtp.mail(ANA, ["SIZE=1000001"])[0] == 552
    assert outside.send(MAIL + b"x\r\n" * 400_000)[0] == 552
    assert outside.app.taken == []


def test_a_line_of_50_000_octets_is_taken(outside: Outside) -> None:
    raw = MAIL + b"x" * 50_000 + b"\r\n"
    assert outside.send(raw)[0] == 250
    assert outside.app.taken[0][0] == STAMP + raw


def test_a_server_in_front_may_keep_its_connection(outside: Outside) -> None:
    with outside.connect() as smtp:
        for _ in range(300):
            smtp.sendmail(ANA, [US], MAIL)
    assert len(outside.app.taken) == 300


@case(117)
@pytest.mark.parametrize("end", [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\n.\r", b"\r.\r\n", b"\n\n.\r\n"])
def test_a_smuggled_end_of_data_is_one_mail_or_none(end: bytes, outside: Outside) -> None:
    second = b"MAIL FROM:<boss@corp.example>\r\nRCPT TO:<mailbot@corp.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nx\r\n.\r\nQUIT\r\n"
    with socket.create_connection(("127.0.0.1", outside.port), 5) as sock, sock.makefile("rb") as answers:
        hello = b"LHLO x\r\n" if outside.lmtp else b"EHLO x\r\n"
        sock.sendall(hello + f"MAIL FROM:<{ANA}>\r\nRCPT TO:<{US}>\r\nDATA\r\n".encode())
        while not answers.readline().startswith(b"354"):
            pass
        sock.sendall(b"Subject: first\r\n\r\nhello" + end + second)
        while answers.readline():
            pass
    assert [recipients for _, recipients in outside.app.taken] in ([(US,)], [])
    assert sum(raw.startswith(b"Return-Path: <boss@") for raw, _ in outside.app.taken) == 0


@case(120)
def test_no_word_of_a_mail_reaches_the_log(outside: Outside, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    outside.send(MAIL)
    outside.app.error = ValueError("the figures")
    outside.send(MAIL)
    assert "figures" not in caplog.text
    assert ANA not in caplog.text


def test_a_port_in_use_is_said(outside: Outside) -> None:
    with pytest.raises(OperatorError, match=r"\[receive\] host, port: cannot listen on"):
        Door(outside.app.deliver, bool, port=outside.port).start()


def test_it_stops_while_somebody_is_still_connected() -> None:
    app = App()
    door = Door(app.deliver, bool, port=0)
    door.start()
    with socket.create_connection(("127.0.0.1", door.port), 5) as sock:
        assert sock.recv(100).startswith(b"220")
        door.stop()
        assert sock.recv(100) == b""


# ---- what only we may write ----

OURS = "mx.corp.example"
CLAIMS = [
    b"Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example\r\n",
    b"authentication-results:MX.CORP.EXAMPLE; dmarc=pass\r\n",
    b"Authentication-Results:\r\n mx.corp.example;\r\n\tdmarc=pass\r\n",
    b"Authentication-Results: (hello) mx.corp.example 1; dmarc=pass\r\n",
    b'Authentication-Results: "mx.corp.example"; dmarc=pass\r\n',
    b"Authentication-Results : mx.corp.example; dmarc=pass\r\n",
    b"ARC-Authentication-Results: i=1; mx.corp.example; dmarc=pass\r\n",
    b"X-Mailbot-Purpose: agenda\r\n",
    b"x-mailbot-series: abc\r\n folded\r\n",
    b"Return-Path: <>\r\n",
]


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r"], ids=["CRLF", "LF", "CR"])
def test_claims_are_taken_out(claim: bytes, line_end: bytes) -> None:
    first, second, body = b"From: ana@corp.example\r\n", b"Subject: x\r\n y\r\n", b"\r\n" + claim + b"x\r\n"
    with_it, without = (b"".join(parts).replace(b"\r\n", line_end) for parts in (
        (claim, first, claim, second, claim, body), (first, second, body)))  # fmt: skip
    assert strip_claims(with_it, OURS) == without  # the body keeps its words


@pytest.mark.parametrize(
    "raw",
    [
        b"Authentication-Results: other.example; dmarc=pass\r\n\r\nx",
        b"Subject: Authentication-Results: mx.corp.example\r\n\r\nx",
        b"X-Other: mx.corp.example\r\n\r\nx",
        b"\r\nX-Mailbot-Purpose: in the body\r\n",
        b"", b"no header at all", b"\r\n", b"A: b",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_is(raw: bytes) -> None:
    assert strip_claims(raw, OURS) == raw


def test_behind_a_server_that_writes_verdicts_they_stay() -> None:
    assert strip_claims(CLAIMS[0] + MAIL, "") == CLAIMS[0] + MAIL
