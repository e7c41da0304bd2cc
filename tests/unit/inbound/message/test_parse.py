"""Holds: any octets become a mail with its headers or are refused by a limit, and two mails that
say the same have one checksum.
"""

from datetime import UTC, datetime

import pytest

from mailbot.inbound.message.parse import ODD_HEADER, Inbound, Limits, Unreadable, parse
from tests.kit.cases import case
from tests.kit.post import TEXT, mail, multipart, raw


def test_headers_are_unfolded_and_found_in_order() -> None:
    inbound = mail(
        "Hello\n",
        "X-A: one",
        "X-a: two\r\n\tmore",
        Subject="=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?= an\r\n alle",
    )
    assert inbound.headers["x-a"] == ("one", "two\tmore")
    assert (inbound.header("x-a"), inbound.header("x-b")) == ("one", "")
    assert inbound.subject == "Grüße an alle"


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["Date: Tue, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: 10 Mar 26 09:00 GMT (a comment)"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: Mon, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (
            ["Received: from a by b; Tue, 10 Mar 2026 10:00:00 +0100"],
            datetime(2026, 3, 10, 9, tzinfo=UTC),
        ),
        (
            ["Date: tomorrow", "Received: by b; Tue, 10 Mar 2026 10:00:00 +0100"],
            datetime(2026, 3, 10, 9, tzinfo=UTC),
        ),
        (["Date: tomorrow"], None),
        (["Date: Tue, 99 Mar 2026 10:00:00 +0100"], None),
        ([], None),
    ],
)
def test_the_date_is_aware_or_missing(lines: list[str], date: datetime | None) -> None:
    assert mail("Hello\n", *lines, Date=None).date == date


@case(112)
def test_headers_that_break_parsers_are_read() -> None:
    inbound = mail(
        Message_ID="<[x]@microsoft.example>",
        To="(c):",
        Cc="a@b.example,",
        Content_Type="text/plain; name*",
    )
    assert inbound.message_id == "[x]@microsoft.example"
    assert inbound.recipients == ("a@b.example",)
    assert inbound.author
    assert inbound.body.text == "Hello\n"


@case(69, 70)
def test_the_checksum_tells_mails_apart_and_copies_together() -> None:
    one = mail("Hello\n", "Received: by one", "Delivered-To: a@b.example")
    assert one.checksum == mail("Hello\n", "Received: by two").checksum
    assert one.checksum != mail("Goodbye\n").checksum, "two mails with one Message-ID"
    assert mail("a\n", Message_ID=None).checksum != mail("b\n", Message_ID=None).checksum, (
        "two mails without one"
    )


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


SIGNED_BODY = "done 1\r\n\r\nand  the budget\r\n"


@case(39)
@pytest.mark.parametrize(
    ("body", "lines"),
    [
        pytest.param(SIGNED_BODY + "\r\n\r\n", (), id="empty lines at the end"),
        pytest.param(SIGNED_BODY.rstrip(), (), id="no line end at the end"),
        pytest.param("done 1 \r\n\r\nand \t the budget\t\r\n", (), id="runs of blanks"),
        pytest.param(SIGNED_BODY.replace("\r\n", "\n"), (), id="other line ends"),
        pytest.param(
            SIGNED_BODY,
            ("Received: by an attacker", "Subject: another"),
            id="headers nobody signed",
        ),
    ],
)
def test_what_a_signature_does_not_see_makes_no_other_checksum(
    body: str, lines: tuple[str, ...]
) -> None:
    assert mail(body, *lines).checksum == mail(SIGNED_BODY).checksum


def test_folds_of_from_and_date_make_no_other_checksum() -> None:
    folded = mail(
        From="Ana\r\n Silva\r\n\t<ana@corp.example>", Date="Tue, 10 Mar  2026\r\n 10:00:00 +0100"
    )
    assert folded.checksum == mail().checksum


@pytest.mark.parametrize(
    "other", [mail("done 2\r\n"), mail("done 1\r\n", From="ben@corp.example"), mail("done 1\r\n", Date=None),
              mail("done 1\r\n", Date="Tue, 10 Mar 2026 10:00:01 +0100")],
)  # fmt: skip
def test_other_words_another_author_or_another_second_are_another_mail(other: Inbound) -> None:
    assert other.checksum != mail("done 1\r\n").checksum


@pytest.mark.parametrize("cut", [0, 1, (1 << 16) - 1, 1 << 16, 200_000])
def test_the_checksum_of_a_big_mail_is_made_piece_by_piece(cut: int) -> None:
    words = "word " * 50_000
    assert mail(words).checksum == mail(words[:cut] + "\r\n" + words[cut:]).checksum


@pytest.mark.parametrize("line", ["X-A: b\x00", "X-A: b\rSubject: other", "Subject: a\n\rX-A: b"])
def test_a_header_that_two_readers_read_differently_is_known(line: str) -> None:
    assert ODD_HEADER in mail("Hello\n", line).defects
    assert ODD_HEADER not in mail("Hello\n", "X-A: b").defects
