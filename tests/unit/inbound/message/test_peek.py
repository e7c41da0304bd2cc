"""Holds: little is told of a mail that cannot be read, whatever it is made of, and quickly."""

import time
from contextlib import suppress

import pytest

from mailbot.inbound.message import peek
from mailbot.inbound.message.parse import Unreadable, parse
from tests.unit.inbound.unquote.test_robust import HOSTILE


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        (
            b"From: Ana <ana@corp.example>\r\nMessage-ID: <1@x>\r\n\r\nMessage-ID: <2@x>",
            "1@x",
            "ana@corp.example",
        ),
        (b"message-id:\r\n\t<1@x>\r\nfrom: ANA@corp.example", "1@x", "ana@corp.example"),
        (b"\r\n\r\nMessage-ID : <1@x>\nFrom: a@x.example, b@x.example\n\n", "1@x", ""),
        (b"Subject: Message-ID: <2@x>\n From: b@x.example\nMessage-ID: <1@x>\n", "1@x", ""),
        (b"X: y\n\nMessage-ID: <1@x>\nFrom: ana@corp.example\n", "", ""),
        (b"Message-ID: \xff\xfe\x00<1@x>\n", "1@x", ""),
        (b"X: " + b"y" * peek.HEAD_OCTETS + b"\nMessage-ID: <1@x>\n", "", ""),
        (b"", "", ""),
    ],
)
def test_single_fields(raw: bytes, name: str, address: str) -> None:
    assert (peek.message_id(raw), peek.author_address(raw)) == (name, address)


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_nothing_makes_it_raise_or_slow(kind: str) -> None:
    raw = HOSTILE[kind]
    began = time.process_time()
    name = peek.message_id(raw)
    assert len(peek.field(raw, "from")) <= peek.VALUE_CHARACTERS
    assert time.process_time() - began < 0.1
    with suppress(Unreadable):
        assert name in ("", parse(raw).message_id)
