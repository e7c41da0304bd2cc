"""Holds: the words inside winmail.dat, in which Outlook wraps mail to another Outlook, come out,
and rubbish in one is a defect and no failure.
"""

import base64

import pytest

from mailbot.inbound.message import tnef
from mailbot.inbound.message.parse import parse
from mailbot.inbound.message.tnef import rtf_text, rtf_unpacked, unwrapped
from tests.kit.cases import case
from tests.kit.post import TEXT as TYPED
from tests.kit.post import mail, multipart

# The two worked examples of MS-OXRTFCP, section 4.1
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def attribute(kind: int, value: bytes, level: int = 1) -> bytes:
    checksum = sum(value) & 0xFFFF
    return (
        bytes([level])
        + kind.to_bytes(4, "little")
        + len(value).to_bytes(4, "little")
        + value
        + checksum.to_bytes(2, "little")
    )


def properties(*found: tuple[int, int, bytes]) -> bytes:
    """(type, name, octets) -> a list with a number, a named property and a date in front, as Outlook has them."""
    number = (0x0003).to_bytes(2, "little") + (0x0017).to_bytes(2, "little") + b"\x01\x00\x00\x00"
    date = (0x0040).to_bytes(2, "little") + (0x0039).to_bytes(2, "little") + b"\x00" * 8
    name = (
        (0x000B).to_bytes(2, "little")
        + (0x8001).to_bytes(2, "little")
        + b"g" * 16
        + b"\x00" * 4
        + b"\x10\x85\x00\x00"
        + b"\x01\x00\x00\x00"
    )
    out = number + date + name
    for kind, tag, value in found:
        padded = value + b"\x00" * (-len(value) % 4)
        out += (
            kind.to_bytes(2, "little")
            + tag.to_bytes(2, "little")
            + (1).to_bytes(4, "little")
            + len(value).to_bytes(4, "little")
            + padded
        )
    return (len(found) + 3).to_bytes(4, "little") + out


def wrapped(*attributes: bytes) -> bytes:
    codepage = attribute(tnef.OEM_CODEPAGE, (1252).to_bytes(4, "little") + b"\x00" * 4)
    return tnef.SIGNATURE + b"\x01\x00" + codepage + b"".join(attributes)


def with_properties(*found: tuple[int, int, bytes]) -> bytes:
    return wrapped(
        attribute(tnef.MESSAGE_PROPERTIES, properties(*found)),
        attribute(0x8010, b"a.doc\x00", level=2),
    )


TEXT = "Grüße,\r\n- the budget\r\n"


@case(107)
@pytest.mark.parametrize(
    ("octets", "text", "html"),
    [
        (with_properties((tnef.UNICODE, tnef.PROPERTY_BODY, (TEXT + "\x00").encode("utf-16-le"))), "Grüße,\n- the budget\n", None),
        (with_properties((tnef.STRING8, tnef.PROPERTY_BODY, (TEXT + "\x00").encode("cp1252"))), "Grüße,\n- the budget\n", None),
        (wrapped(attribute(tnef.BODY, b"an older Outlook")), "an older Outlook", None),
        (with_properties((tnef.BINARY, tnef.PROPERTY_HTML, "<p>Grüße".encode())), None, "<p>Grüße"),
        (with_properties((tnef.BINARY, tnef.PROPERTY_RTF, HELLO)), "hello world", None),
    ],
)  # fmt: skip
def test_the_words_come_out(octets: bytes, text: str | None, html: str | None) -> None:
    inbound = mail(
        octets,
        Content_Type="application/ms-tnef; name=winmail.dat",
        Content_Transfer_Encoding="binary",
    )
    assert (inbound.body.text, inbound.body.html) == (text, html)
    assert (inbound.defects, inbound.attachments) == ((), ())


@case(107)
@pytest.mark.parametrize(
    ("beside", "text"), [("\r\n", "hello world"), ("typed words", "typed words")]
)
def test_a_blank_text_beside_it_does_not_hide_it(beside: str, text: str) -> None:
    octets = base64.b64encode(with_properties((tnef.BINARY, tnef.PROPERTY_RTF, HELLO))).decode()
    winmail = f"Content-Type: application/octet-stream; name=WINMAIL.DAT\r\nContent-Transfer-Encoding: base64\r\n\r\n{octets}"
    assert parse(multipart(TYPED + beside, winmail)).body.text == text


def test_the_two_examples_of_the_specification() -> None:
    assert rtf_unpacked(HELLO) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert rtf_unpacked(CROSSING) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi one\par two}", "one\ntwo"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}words}", "words"),
        (rb"{\rtf1{\*\generator Riched;}words{\*\x{deep}y} after}", "words after"),
        (rb"{\rtf1\ansicpg1251 \'e4\'e0}", "да"),
        (rb"{\rtf1 caf\u233? \u8364?}", "café €"),
        (rb"{\rtf1 a\{b\}\\c\~d\tab e}", "a{b}\\c d\te"),
        (rb"{\rtf1\fromhtml1 {\*\htmltag64 <p>}words{\*\htmltag72 </p>}}", "words"),
        (rb"{\rtf1 {\pict 89504e47}words", "words"),
        (rb"}}}words{", "words"),
    ],
)
def test_rtf(rtf: bytes, text: str) -> None:
    assert rtf_text(rtf) == text


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"no winmail.dat",
        tnef.SIGNATURE,
        wrapped(),
        wrapped(attribute(tnef.MESSAGE_PROPERTIES, b"\xff" * 50)),
        with_properties((0x7777, 0x1000, b"unknown type")),
        with_properties((tnef.BINARY, tnef.PROPERTY_RTF, b"short")),
        with_properties((tnef.UNICODE, tnef.PROPERTY_BODY, b"x" * 99))[:-80],
        wrapped(b"\x01" * 9 * 5_000),
    ],
)
def test_rubbish_is_a_defect(octets: bytes) -> None:
    assert unwrapped(octets) == tnef.Wrapped()
    inbound = mail(
        octets or b" ", Content_Type="application/ms-tnef", Content_Transfer_Encoding="binary"
    )
    assert inbound.defects == ("unreadable winmail.dat",)


def test_a_text_that_unpacks_without_end_is_cut() -> None:
    """Every token repeats the 17 octets in front of it."""
    tokens, at = bytearray(), len(tnef.RTF_PRELOAD)
    for number in range(150_000):
        tokens += b"\xff" if number % 8 == 0 else b""
        tokens += (((at - 17) % 4096) << 4 | 15).to_bytes(2, "big")
        at = (at + 17) % 4096
    head = (0x7FFFFFFF).to_bytes(4, "little") * 2 + b"LZFu" + b"\x00" * 4
    assert len(rtf_unpacked(head + tokens)) == tnef.MOST_RTF_OCTETS
