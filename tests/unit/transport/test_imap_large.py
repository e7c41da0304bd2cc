"""Holds: of a large mail the words come and the attachments stay on the server."""

import tracemalloc
from email import message_from_bytes

import pytest

from tests.conftest import Mailbox
from tests.kit.cases import case
from tests.unit.transport.mails import mail

SHORT = b"- [ ] send the figures\r\n\r\nthanks, Ana\r\n"


def large(octets: int) -> bytes:
    """Two lines of text, in two forms, and an attachment."""
    head = (
        b"From: ana@corp.example\r\nSubject: large\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="outer"\r\n\r\n--outer\r\n'
        b"Content-Type: multipart/alternative; boundary=12345\r\n\r\n--12345\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + SHORT + b"--12345\r\n"
        b"Content-Type: text/html\r\n\r\n<p>send the figures</p>\r\n--12345--\r\n--outer\r\n"
        b'Content-Type: application/pdf; name="figures.pdf"\r\nContent-Transfer-Encoding: base64\r\n'
        b'Content-Disposition: attachment; filename="figures.pdf"\r\n\r\n'
    )
    line = b"QUJD" * 19 + b"\r\n"
    return head + line * (octets // len(line)) + b"--outer--\r\n"


@case(76)
def test_a_large_mail_comes_without_its_attachments(mailbox: Mailbox) -> None:
    raw = large(25_000_000)
    mailbox.deliver(mail("before"), raw, mail("after"))
    imap = mailbox.imap(timeout_s=30)
    tracemalloc.start()
    before, heavy, after = imap.fetch()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (before.raw, after.raw) == (mail("before"), mail("after"))
    assert (heavy.size, len(heavy.raw) < 2_000) == (len(raw), True)
    assert peak < 5_000_000
    message = message_from_bytes(heavy.raw)
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
    assert [part.get_filename() for part in message.walk() if part.get_filename()] == [
        "figures.pdf"
    ]
    texts = [
        str(part.get_payload()).rstrip()
        for part in message.walk()
        if part.get_content_maintype() == "text"
    ]
    assert texts == [SHORT.decode().rstrip(), "<p>send the figures</p>"]
    imap.done([heavy.key])
    assert mailbox.subjects("Processed") == ["large"]


PAD = (b"QUJD" * 19 + b"\r\n") * 2000  # 156,000 octets


@pytest.mark.parametrize(
    ("parts", "kept", "left"),
    [
        (
            [(b"text/plain", b"Your mail did not arrive."), (b"message/delivery-status", b"Status: 5.1.1\r\n"),
             (b"message/rfc822", b"Message-ID: <1@corp.example>\r\n\r\n" + PAD)],
            [b"Your mail did not arrive.", b"Status: 5.1.1", b"Message-ID: <1@corp.example>"], [PAD],
        ),
        (
            [(b"text/plain", b"see the log"), (b"text/plain; name=a.log\r\nContent-Disposition: attachment; filename=a.log", PAD)],
            [b"see the log", b"filename=a.log"], [PAD],
        ),
        (
            [(b"text/html", b"<p>first</p>"), (b"image/png", PAD), (b"text/html", b"<p>last</p>")],
            [b"<p>first</p>", b"image/png", b"<p>last</p>"], [PAD],
        ),
    ],
    ids=["a report with the whole mail", "a text that is an attachment", "text around a picture"],
)  # fmt: skip
def test_what_is_kept_of_a_large_mail(
    mailbox: Mailbox, parts: list[tuple[bytes, bytes]], kept: list[bytes], left: list[bytes]
) -> None:
    raw = b"Subject: large\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    raw += (
        b"".join(
            b"--b\r\nContent-Type: " + kind + b"\r\n\r\n" + body + b"\r\n" for kind, body in parts
        )
        + b"--b--\r\n"
    )
    mailbox.deliver(raw)
    (arrived,) = mailbox.imap(max_octets=100_000).fetch()
    assert (arrived.size, len(arrived.raw) < 2_000) == (len(raw), True)
    assert [word in arrived.raw for word in kept] == [True] * len(kept)
    assert [word in arrived.raw for word in left] == [False] * len(left)


@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        (b"text/plain", 100_000, 101_000),
        (b"application/ms-tnef", 150_000, 200_000),
        (b"application/pdf", 0, 100),
    ],
    ids=["the beginning of a long text", "all of a winmail.dat", "nothing of a file"],
)
def test_a_large_mail_of_one_part(mailbox: Mailbox, kind: bytes, least: int, most: int) -> None:
    raw = b"Subject: large\r\nContent-Type: " + kind + b"\r\n\r\n" + PAD
    mailbox.deliver(raw)
    (arrived,) = mailbox.imap(max_octets=100_000).fetch()
    assert arrived.size == len(raw)
    assert raw.startswith(arrived.raw)
    assert least <= len(arrived.raw) <= most
