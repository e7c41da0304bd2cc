"""Holds: the door says 250 only after the commit, refuses in the dialogue, and takes no smuggled
mail.

Spoken to by smtplib and by raw sockets.
"""

import logging
import re
import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.errors import OperatorError, Temporary
from mailbot.inbound.message import header
from mailbot.inbound.message.header_claims import admitted, without_claims
from mailbot.inbound.message.limits import Limits
from mailbot.inbound.message.parse import ODD_HEADER, parse
from mailbot.transport.listen import Door, Listening, stamp
from mailbot.transport.protocol import REFUSED
from tests.kit.cases import case

MAIL = b"From: ana@corp.example\r\nSubject: x\r\n\r\n- the figures\r\n"
US, ANA = "mailbot+abc@corp.example", "ana@corp.example"
STAMP = f"Return-Path: <{ANA}>\r\nDelivered-To: {US}\r\n".encode()


def delivered_to(raw: bytes) -> list[str]:
    """The recipients that the door wrote above the mail."""
    return re.findall(r"^Delivered-To: (.+)\r$", raw.decode("latin-1"), re.MULTILINE)


@dataclass
class App:
    """What stands behind the door."""

    taken: list[bytes] = field(default_factory=list)
    word: str = "applied"
    error: Exception | None = None
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def deliver(self, raw: bytes) -> str:
        self.may_go_on.wait(5)
        if self.error is not None:
            raise self.error
        if self.word != REFUSED:
            self.taken.append(raw)
        return self.word


@dataclass
class Outside:
    app: App
    port: int
    lmtp: bool

    def connect(self) -> smtplib.SMTP:
        return (smtplib.LMTP if self.lmtp else smtplib.SMTP)(
            "127.0.0.1", self.port, timeout=5, local_hostname="mx.corp.example"
        )

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
    with Door(app.deliver, lambda address: address.endswith("@corp.example"),
              partial(admitted, outside=request.param == "smtp"),
              Listening(port=0, protocol=request.param, max_octets=1_000_000)) as door:  # fmt: skip
        yield Outside(app, door.port, request.param == "lmtp")


def test_a_mail_is_handed_over_with_its_envelope(outside: Outside) -> None:
    assert outside.send(MAIL) == (250, b"2.0.0 OK")
    assert outside.app.taken == [STAMP + MAIL]


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
@pytest.mark.parametrize(
    "error", [Temporary("disk full: /secret/path"), RuntimeError("boom"), KeyError("private words")]
)
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
    assert [delivered_to(raw) for raw in outside.app.taken] == [[US], ["mailbot+def@corp.example"]]


@case(115)
def test_who_is_refused_is_told_in_the_dialogue(outside: Outside) -> None:
    outside.app.word = REFUSED
    code, text = outside.send(MAIL)
    assert (code, text[:5], outside.app.taken) == (550, b"5.7.1", [])


def test_an_address_that_is_not_ours(outside: Outside) -> None:
    assert outside.send(MAIL, "somebody@evil.example") == (
        550,
        b"5.1.1 Nobody here has this address",
    )


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
    assert outside.app.taken[0] == STAMP + raw


def test_a_server_in_front_may_keep_its_connection(outside: Outside) -> None:
    with outside.connect() as smtp:
        for _ in range(300):
            smtp.sendmail(ANA, [US], MAIL)
    assert len(outside.app.taken) == 300


@case(117)
@pytest.mark.parametrize(
    "end",
    [b"\n.\n", b"\n.\r\n", b"\r.\r", b"\r\n.\n", b"\r\n.\r", b"\n.\r", b"\r.\r\n", b"\n\n.\r\n"],
)
def test_a_smuggled_end_of_data_is_one_mail_or_none(end: bytes, outside: Outside) -> None:
    second = b"MAIL FROM:<boss@corp.example>\r\nRCPT TO:<mailbot@corp.example>\r\nDATA\r\nSubject: smuggled\r\n\r\nx\r\n.\r\nQUIT\r\n"
    with (
        socket.create_connection(("127.0.0.1", outside.port), 5) as sock,
        sock.makefile("rb") as answers,
    ):
        hello = b"LHLO x\r\n" if outside.lmtp else b"EHLO x\r\n"
        sock.sendall(hello + f"MAIL FROM:<{ANA}>\r\nRCPT TO:<{US}>\r\nDATA\r\n".encode())
        while not answers.readline().startswith(b"354"):
            pass
        sock.sendall(b"Subject: first\r\n\r\nhello" + end + second)
        while answers.readline():
            pass
    assert [delivered_to(raw) for raw in outside.app.taken] in ([[US]], [])
    assert sum(raw.startswith(b"Return-Path: <boss@") for raw in outside.app.taken) == 0


@case(120)
def test_no_word_of_a_mail_reaches_the_log(
    outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outside.send(MAIL)
    outside.app.error = ValueError("the figures")
    outside.send(MAIL)
    assert "figures" not in caplog.text
    assert ANA not in caplog.text


def test_a_port_in_use_is_said(outside: Outside) -> None:
    with pytest.raises(OperatorError, match=r"\[receive\] host, port: cannot listen on"):
        Door(outside.app.deliver, bool, bytes, Listening(port=outside.port)).start()


def test_it_stops_while_somebody_is_still_connected() -> None:
    app = App()
    door = Door(app.deliver, bool, bytes, Listening(port=0))
    door.start()
    with socket.create_connection(("127.0.0.1", door.port), 5) as sock:
        assert sock.recv(100).startswith(b"220")
        door.stop()
        assert sock.recv(100) == b""


# ---- what only we, or a server of ours, may write ----

OURS = [
    b"X-Mailbot-Purpose: agenda\r\n",
    b"x-mailbot-series: abc\r\n folded\r\n",
    b"Return-Path: <>\r\n",
]
VERDICTS = [
    b"Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example\r\n",
    b"authentication-results:MX.CORP.EXAMPLE; dmarc=pass\r\n",
    b"Authentication-Results:\r\n mx.corp.example;\r\n\tdmarc=pass\r\n",
    b'Authentication-Results: "mx\\Z.corp.example"; dmarc=pass\r\n',
    b"Authentication-Results: mx.google.com; dmarc=pass header.from=corp.example\r\n",
    b"Authentication-Results: dmarc=pass header.from=corp.example\r\n",
    b"Authentication-Results: another.example; dmarc=pass\r\n",
    b"Authentication-Results : mx.corp.example; dmarc=pass\r\n",
    "Authentication-Results: m\u212a.corp.example; dmarc=pass\r\n".encode(),
    b"ARC-Authentication-Results: i=1; mx.corp.example; dmarc=pass\r\n",
    b"ARC-Seal: i=1; cv=none\r\n",
    b"X-MS-Exchange-Organization-AuthAs: Internal\r\n",
]


def cleaned(raw: bytes, *, outside: bool = True) -> bytes:
    """Also of what does not come in."""
    return without_claims(raw, header.split(raw, 0, len(raw)), outside=outside)


@case(43)
@pytest.mark.parametrize("claim", [*OURS, *VERDICTS])
@pytest.mark.parametrize("line_end", [b"\r\n", b"\n", b"\r"], ids=["CRLF", "LF", "CR"])
def test_claims_are_taken_out(claim: bytes, line_end: bytes) -> None:
    first, second, body = (
        b"From: ana@corp.example\r\n",
        b"Subject: x\r\n y\r\n",
        b"\r\n" + claim + b"x\r\n",
    )
    for order in (
        (claim, first, claim, second, body),
        (first, second, claim, body),
        (first, second, claim, claim, body),
    ):
        raw, without = (
            b"".join(parts).replace(b"\r\n", line_end) for parts in (order, (first, second, body))
        )
        assert cleaned(raw) == without  # the body keeps its words


@pytest.mark.parametrize("claim", VERDICTS)
def test_what_a_server_of_ours_says_stays(claim: bytes) -> None:
    assert cleaned(claim + MAIL, outside=False) == claim + MAIL


@pytest.mark.parametrize("claim", OURS)
def test_what_only_we_may_write_goes_behind_a_server_of_ours_too(claim: bytes) -> None:
    assert cleaned(claim + MAIL, outside=False) == MAIL


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: Authentication-Results: mx.corp.example\r\n\r\nx",
        b"X-Other: mx.corp.example\r\n\r\nx",
        b"\r\nX-Mailbot-Purpose: in the body\r\n",
        b"", b"no header at all", b"\r\n", b"A: b",
    ],
)  # fmt: skip
def test_everything_else_stays_as_it_is(raw: bytes) -> None:
    assert cleaned(raw) == raw


FORGED = b"Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example\r\n"


@case(43)
@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"X-A: b\rAuthentication-Results: x\r\n", id="CR"),
        pytest.param(b"X-A: b\n\rAuthentication-Results: x\r\n", id="LF CR"),
        pytest.param(
            b"Authentication-Res\x00ults: mx.corp.example; x=\xfc\r\n", id="NUL in a name"
        ),
        pytest.param(
            b"Authentication-Results: mx.c\x00orp.example; x=\xfc\r\n", id="NUL in a value"
        ),
    ],
)
def test_a_header_that_two_readers_read_differently_does_not_come_in(
    line: bytes, outside: Outside
) -> None:
    """From a server of ours it does; the reader doubts it then."""
    code, text = outside.send(line + MAIL)
    if outside.app.taken:
        inbound = parse(outside.app.taken[0])
        assert ODD_HEADER in inbound.defects or inbound.author is None
        assert outside.lmtp or inbound.author is None
    else:
        assert (code, text[:5]) == (550, b"5.6.0")


@case(43)
def test_a_lone_lf_in_a_header_comes_from_no_mail_server(outside: Outside) -> None:
    assert outside.send(b"X-A: b\nAuthentication-Results: x\r\n" + MAIL)[0] == (
        250 if outside.lmtp else 550
    )


@case(43)
@pytest.mark.parametrize(
    "mark", [b"\xef\xbb\xbf", b">From somebody Mon Mar  2\r\n", b"From somebody Mon Mar  2\r\n"]
)
def test_no_mark_in_front_of_a_header_hides_it(mark: bytes, outside: Outside) -> None:
    assert outside.send(mark + b"X-Mailbot-A: b\r\n" + MAIL)[0] == 250
    assert outside.app.taken[0] == STAMP + MAIL


@case(43, 92)
def test_no_line_end_in_an_envelope_makes_a_header(outside: Outside) -> None:
    with (
        socket.create_connection(("127.0.0.1", outside.port), 5) as sock,
        sock.makefile("rb") as answers,
    ):
        hello = b"LHLO x" if outside.lmtp else b"EHLO x"
        to = b'RCPT TO:<"mailbot+x\r' + FORGED.strip() + b'"@corp.example>'
        sock.sendall(b"\r\n".join([hello, f"MAIL FROM:<{ANA}>".encode(), to, b"DATA", b""]))
        while not answers.readline().startswith(b"354"):
            pass
        sock.sendall(MAIL + b".\r\nQUIT\r\n")
        assert answers.readline().startswith(b"250")
    assert "authentication-results" not in parse(outside.app.taken[0]).headers


@given(st.lists(st.sampled_from([
    b"Authentication-Results", b"X-Mailbot-A", b"ARC-Seal", b"From", b"Subject", b": ", b":", b" ", b"\t", b"\r\n", b"\r\n", b"\n",
    b"\r", b"\x00", b"\xfc", b"\xef\xbb\xbf", b"From x\r\n", b"mx.corp.example; dmarc=pass", b"-----", b"\x0b", b"\x85", b"\x1c",
]), max_size=30))  # fmt: skip
def test_the_reader_never_sees_what_the_door_takes_off(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)
    read = stamp("a@b.example", ("c@d.example",)) + cleaned(raw)
    seen = header.read(header.split(read, 0, len(read)).block, Limits()).fields
    assert [
        name for name in seen if name.startswith(("authentication-results", "arc-", "x-mailbot-"))
    ] == []


@case(111)
@pytest.mark.parametrize(
    "block",
    [
        pytest.param(b"X-A: b\r\n" + b" folded\r\n" * 150_000, id="one header of many folds"),
        pytest.param(b"X-A: b\r\n" * 200_000, id="many headers"),
        pytest.param(
            b"\xef\xbb\xbfX-A: " + b"b" * 90_000 + b"\r\n" + b" b\r\n" * 200_000, id="behind a mark"
        ),
    ],
)
def test_a_header_too_big_is_refused_at_once_and_holds_up_nobody(block: bytes) -> None:
    app = App()
    app.may_go_on.set()
    with Door(app.deliver, bool, partial(admitted, outside=False), Listening(port=0)) as door:
        outside = Outside(app, door.port, lmtp=True)
        started = time.monotonic()
        code, text = outside.send(block + MAIL)
        taken = time.monotonic() - started
        assert (code, text[:5], app.taken) == (552, b"5.3.4", [])
        assert outside.send(MAIL)[0] == 250
    assert taken < 5  # aiosmtpd reads 150,000 lines in one second; what is ours takes milliseconds:
    started = time.monotonic()
    assert isinstance(admitted(block, outside=True), str)
    assert time.monotonic() - started < 0.5


def test_a_big_header_that_may_come_in_is_not_looked_at_for_long() -> None:
    raw = b"X-A: b\r\n" + b" \r\n" * 80_000 + b"\r\n" + b"x" * 1_000
    started = time.monotonic()
    assert admitted(raw, outside=True) == raw
    assert time.monotonic() - started < 0.5
