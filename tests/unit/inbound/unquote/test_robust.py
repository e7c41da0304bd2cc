"""Holds: whatever arrives is read or refused, and quickly.

Mutated mails of ours, and foreign collections where they are at hand.
"""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.inbound.message.parse import Inbound, Unreadable, parse
from mailbot.inbound.triage.auth import Policy, authenticate
from mailbot.inbound.triage.bounce import read_report
from mailbot.inbound.triage.rules import triage
from mailbot.inbound.triage.thread import find
from tests.kit.cases import case
from tests.kit.post import CASES, TOKEN, TOKENS, US, raw

MUTATIONS = 2_000
SLOWEST_SECONDS = 1.0  # of CPU, for mails of 2 KB: they take a thousandth of it
HOSTILE_SECONDS = 5.0  # of CPU: the case says so; 0.5 was the slowest seen
ELSEWHERE = Path(__file__).parents[5] / "shared" / "corpus" / "robustness"
TRICKS = [
    b"\x00",
    b"\xff" * 9,
    b"(" * 300,
    b'"',
    b"\r\n\r\n",
    b"\r",
    b"--",
    b";" * 50,
    b"=?utf-8?q?",
    b"<" * 99,
    b"@" * 99,
    b"=",
    b"\r\n From: x@y.example",
]


def everything(octets: bytes) -> Inbound | None:
    """The whole of this room, as the app asks it."""
    try:
        inbound = parse(octets)
    except Unreadable:
        return None
    triage(inbound, US, own_ids=False)
    find(inbound, TOKENS, US)
    read_report(inbound)
    for profile in ("generic", "google", "microsoft"):
        authenticate(inbound, Policy(profile, "mx.corp.example"))
    return inbound


def mutated(mails: list[bytes], count: int) -> Iterator[bytes]:
    """Octets changed, lines lost, doubled and swapped, tricks put in, ends cut off."""
    chance = random.Random(20260310)
    for _ in range(count):
        octets = bytearray(chance.choice(mails))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(octets) or 1)
            match chance.randrange(5):
                case 0:
                    octets[at : at + 1] = bytes([chance.randrange(256)])
                case 1:
                    octets[at:at] = chance.choice(TRICKS)
                case 2:
                    del octets[at : at + chance.randint(1, 60)]
                case 3:
                    lines = octets.split(b"\n")
                    chance.shuffle(lines)
                    octets = bytearray(b"\n".join(lines))
                case _:
                    octets += octets[at : at + 400]
        yield bytes(octets)


OURS = [
    path.read_bytes().replace(b"{TOKEN}", TOKEN.encode()) for path in sorted(CASES.glob("*.eml"))
]


@pytest.mark.slow
@case(111)
def test_mutated_mails_are_read_or_refused_in_time() -> None:
    assert len(OURS) >= 15
    slowest, read = 0.0, 0
    for octets in mutated(OURS, MUTATIONS):
        start = time.process_time()
        read += everything(octets) is not None
        slowest = max(slowest, time.process_time() - start)
    assert slowest < SLOWEST_SECONDS
    assert read > MUTATIONS * 0.9


@given(st.binary(max_size=2_000) | st.text('abc:;=\r\n -"<>@()?', max_size=500).map(str.encode))
def test_any_octets_are_read_or_refused(octets: bytes) -> None:
    inbound = everything(octets)
    assert inbound is None or inbound.author is None or "@" in inbound.author.address


HOSTILE = {
    "brackets": raw("x", References="<" * 30_000),
    "half ids": raw("x", References="<a" * 15_000),
    "signs": raw("x", To="@" * 30_000),
    "long local parts": raw("x", *["To: " + "a" * 30_000 + "@"] * 8),
    "encoded words": raw("x", Subject="=?utf-8?q?=C3?= " * 2_000),
    "half encoded words": raw("x", Subject="=?a?q?" * 5_000),
    "quotes": raw("x", From='"' * 30_000),
    "backslashes": raw("x", From='"' + "\\" * 30_000),
    "semicolons": raw("x", **{"Authentication-Results": ";" * 30_000}),
    "equal signs": raw("x", **{"Authentication-Results": "=" * 30_000}),
    "one name 40,000 times": raw("x", *["a:"] * 40_000),
    "40,000 names": raw("x", *[f"h{number}:" for number in range(28_000)]),
    "boundary lines": raw(
        "--b\r\n" * 400 + "--bb\r\n" * 200_000, Content_Type="multipart/mixed; boundary=b"
    ),
    "a short boundary": raw("-" * 2_000_000, Content_Type='multipart/mixed; boundary="-"'),
    "soft breaks": raw("a \r\n" * 300_000, Content_Type="text/plain; format=flowed"),
    "quote marks": raw(">" * 2_000_000, Content_Type="text/plain; format=flowed"),
    "lines of quote marks": raw(
        (">" * 998 + " \r\n") * 2_000, Content_Type="text/plain; format=flowed"
    ),
    "nothing but =": raw("=" * 2_000_000, Content_Transfer_Encoding="quoted-printable"),
    "= and blanks": raw(("=" + " " * 79) * 25_000, Content_Transfer_Encoding="quoted-printable"),
    "base64 of stars": raw("*" * 2_000_000, Content_Transfer_Encoding="base64"),
    "short lines": raw("\r\n" * 1_000_000, Content_Transfer_Encoding="base64"),
    "words like tokens": raw("abcdefgh" * 250_000),
    "reacted": raw("a reacted " * 200_000),
    "status": raw("Status: 5.1.1\r\n\r\n" * 60_000, Content_Type="message/delivery-status"),
    "digits": raw("5.5." * 300_000, From="mailer-daemon@x.example"),
    "armour": raw(
        "-----BEGIN PGP MESSAGE----------END PGP MESSAGE-----" * 100_000, Content_Type="text/html"
    ),
    "10 MB in one line": raw("x" * 10_000_000),
    "10 MB of base64": raw(
        "eHh4" * 2_500_000,
        Content_Transfer_Encoding="base64",
        Content_Type="application/octet-stream",
    ),
}


@pytest.mark.slow
@case(111)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mails_take_no_time(name: str) -> None:
    start = time.process_time()
    everything(HOSTILE[name])
    assert time.process_time() - start < HOSTILE_SECONDS


def test_foreign_mails_are_read() -> None:
    """Runs where the collection stands beside the project; it is nobody's to give away."""
    paths = sorted(ELSEWHERE.glob("*.eml")) if ELSEWHERE.is_dir() else []
    if not paths:
        print("no foreign mails beside the project: nothing was read")
    slowest = 0.0
    for path in paths:
        start = time.process_time()
        assert everything(path.read_bytes()) is not None, path.name
        slowest = max(slowest, time.process_time() - start)
    assert slowest < SLOWEST_SECONDS
