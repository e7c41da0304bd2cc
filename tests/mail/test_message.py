"""Headers and limits of a mail."""

from datetime import UTC, datetime

import pytest

from mailbot.mail.message import Limits, Unreadable, parse
from tests.cases import case
from tests.mail.post import TEXT, mail, multipart, raw


def test_headers_are_unfolded_and_found_in_order() -> None:
    inbound = mail("Hello\n", "X-A: one", "X-a: two\r\n\tmore", Subject="=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?= an\r\n alle")
    assert inbound.headers["x-a"] == ("one", "two\tmore")
    assert (inbound.header("x-a"), inbound.header("x-b")) == ("one", "")
    assert inbound.subject == "Grüße an alle"


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["Date: Tue, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: 10 Mar 26 09:00 GMT (a comment)"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: Mon, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Received: from a by b; Tue, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: tomorrow", "Received: by b; Tue, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: tomorrow"], None),
        (["Date: Tue, 99 Mar 2026 10:00:00 +0100"], None),
        ([], None),
    ],
)
def test_the_date_is_aware_or_missing(lines: list[str], date: datetime | None) -> None:
    assert mail("Hello\n", *lines, Date=None).date == date


@case(112)
def test_headers_that_break_parsers_are_read() -> None:
    inbound = mail(Message_ID="<[x]@microsoft.example>", To="(c):", Cc="a@b.example,", Content_Type="text/plain; name*")
    assert inbound.message_id == "[x]@microsoft.example"
    assert inbound.recipients == ("a@b.example",)
    assert inbound.author
    assert inbound.body.text == "Hello\n"


@case(69, 70)
def test_the_digest_tells_mails_apart_and_copies_together() -> None:
    one = mail("Hello\n", "Received: by one", "Delivered-To: a@b.example")
    assert one.digest == mail("Hello\n", "Received: by two").digest
    assert one.digest != mail("Goodbye\n").digest, "two mails with one Message-ID"
    assert mail("a\n", Message_ID=None).digest != mail("b\n", Message_ID=None).digest, "two mails without one"


def nested(levels: int) -> bytes:
    octets = b"Content-Type: text/plain\r\n\r\nx"
    for level in range(levels):
        head = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'
        octets = head.encode() + octets + f"\r\n--b{level}--\r\n".encode()
    return b"From: ana@corp.example\r\n" + octets


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"\r\n\r\n  ", "empty", id="blanks"),
        pytest.param(multipart(*[TEXT] * 10_000), "too many parts", id="case 111 10,000 parts"),
        pytest.param(multipart(*[""] * 100_000), "too many parts", id="case 111 100,000 empty parts"),
        pytest.param(nested(1_000), "too many levels", id="case 111 1,000 levels"),
        pytest.param(raw(Content_Type="text/plain" + "; x*0*=a" * 5_000), "header too long", id="case 111 40 KB of parameters"),
        pytest.param(raw(Content_Type="text/plain" + "; x*0*=a" * 4_000), "too many parameters", id="case 111 32 KB of parameters"),
        pytest.param(raw(To="(" * 4_000), "too many comments", id="case 111 4,000 parentheses"),
        pytest.param(raw("x", *["X-A: b"] * 50_000), "header block too big", id="case 111 50,000 headers"),
        pytest.param(raw("x", "X: " + "a" * 40_000), "header too long", id="case 111 one long header"),
        pytest.param(raw("x", "X: a" + "\r\n b" * 20_000), "header too long", id="case 111 a header of many folds"),
    ],
)  # fmt: skip
def test_what_breaks_a_limit_is_set_aside(octets: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(octets)
    assert refused.value.reason == reason


def test_words_without_any_header_are_words() -> None:
    inbound = parse(b"a" * 300_000)
    assert (inbound.body.text, inbound.author_defect) == ("a" * 300_000, "none")


def test_the_size_is_checked_first() -> None:
    with pytest.raises(Unreadable, match="too big"):
        parse(raw(), Limits(octets=100))


def test_what_is_just_within_the_limits_is_read() -> None:
    assert parse(multipart(*[TEXT + "x"] * 499)).body.text == "\n".join(["x"] * 499)
    assert parse(nested(20)).body.text == "x"
