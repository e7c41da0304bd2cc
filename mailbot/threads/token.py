"""Reply tokens: which mail of ours an answer belongs to, signed, in the local part of an address.

Problem: an answer comes back days later, through forwarders and mail programs that keep little of
what was sent. It has to name its series, its meeting, the person who was asked and the very mail
they saw, and nobody must be able to make up such a name.

Idea: pack all of that into 10 octets, sign them with 8 octets of HMAC-SHA-256, and write the 18 as
29 characters of base32. Base32 survives lost case (some servers fold local parts), and 29
characters leave room in the 64 octets of a local part (RFC 5321 4.5.3.1.1).

    octets   0-4 series   5-6 meeting   7 role and purpose   8-9 serial   10-17 signature
    example  abcdefgh, meeting 7, to the report, an agenda request, serial 12
             -> abcdefghaadqaaamonsf7x35zyjuw
             -> Reply-To: mailbot+abcdefghaadqaaamonsf7x35zyjuw@corp.example
             -> Message-ID: <abcdefghaadqaaamonsf7x35zyjuw@corp.example>

Octet 7 is the role in the highest bit (0: report) and the number of the purpose in the others. The
numbers are written down in NUMBERS and lie in every inbox: a new purpose gets a new one, none is
ever used again. A purpose of a newer version does not read.

A token routes and authorises nothing: it is in every mail that somebody forwards.

Rejected: a random id with a table in the store (one more thing to keep, and a lost table loses all
answers); base64 (case); a signature of 5 octets as osTicket has it (8 leave a guesser no chance);
the order of an enum as number (two members swapped would read every token wrongly).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass, replace

from mailbot.errors import Bug
from mailbot.meeting.model import Purpose, Role

ROLES = (Role.REPORT, Role.MANAGER)
NUMBERS = {
    Purpose.AGENDA_REQUEST: 0,
    Purpose.FIRST_AGENDA_REQUEST: 1,
    Purpose.FIRST_MANAGER: 2,
    Purpose.AGENDA: 3,
    Purpose.AGENDA_UPDATE: 4,
    Purpose.NOTES_REQUEST: 5,
    Purpose.SUMMARY: 6,
    Purpose.RECEIPT: 7,
    Purpose.HELP: 8,
    Purpose.PROBLEM: 9,
    Purpose.SLOTS: 10,
    Purpose.MOVE_PROPOSAL: 11,
    Purpose.MOVED: 12,
    Purpose.INTRO: 13,
    Purpose.GAP_WARNING: 14,
    Purpose.NOTICE: 15,
    Purpose.CONFIRM: 16,
}
"""Of each purpose in octet 7, 0-127: append, never change or use again."""

PURPOSES = {number: purpose for purpose, number in NUMBERS.items()}
PACKED_OCTETS = 10  # series 5, meeting 2, role and purpose 1, serial 2
SIGNATURE_OCTETS = 8
TOKEN_CHARACTERS = 29  # 18 octets in base32 without padding
MANAGER_BIT = 0x80


@dataclass(frozen=True, slots=True)
class ReplyTarget:
    """Where a mail of ours stands: enough to find its series, meeting, reader and the very text
    that was sent."""

    series: str  # 8 characters of base32
    meeting: int  # 0: about the series itself
    role: Role
    purpose: Purpose
    serial: int  # 0: the root of the meeting's thread


def root(target: ReplyTarget) -> ReplyTarget:
    """Name the constant first id of the meeting's thread: never sent, named in References by every
    mail of the meeting."""
    return replace(target, role=Role.REPORT, purpose=Purpose.AGENDA_REQUEST, serial=0)


class ReplyTokens:
    """Sign targets into reply tokens, and read them back.

    The first key signs; all keys are accepted (rotation).
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        if not keys or not all(keys):
            raise Bug("Tokens need at least one key, and no key may be empty.")
        self.keys = keys

    def make(self, target: ReplyTarget) -> str:
        """Sign a target: 29 lower-case characters. Raises Bug for a series id of other letters and
        for a number beyond 65,535."""
        packed = _pack(target)
        return _encode(packed + _sign(self.keys[0], packed))

    def read(self, token: str) -> ReplyTarget | None:
        """Read a token, case aside; None if no key of ours signed it."""
        octets = _decode(token)
        if octets is None:
            return None
        packed, signature = octets[:PACKED_OCTETS], octets[PACKED_OCTETS:]
        good = [hmac.compare_digest(signature, _sign(key, packed)) for key in self.keys]
        return _unpack(packed) if any(good) else None


def reply_address(address: str, token: str) -> str:
    """Add a token: `mailbot@corp.example` -> `mailbot+TOKEN@corp.example`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def _pack(target: ReplyTarget) -> bytes:
    try:
        series = base64.b32decode(target.series.upper())
        meeting, serial = target.meeting.to_bytes(2, "big"), target.serial.to_bytes(2, "big")
    except (binascii.Error, OverflowError, ValueError) as error:
        raise Bug(f"This target does not fit into a token: {error}.") from error
    if len(series) != 5:
        raise Bug("A series id is 8 characters of base32.")
    kind = ROLES.index(target.role) << 7 | NUMBERS[target.purpose]
    return series + meeting + bytes([kind]) + serial


def _unpack(packed: bytes) -> ReplyTarget | None:
    """None for a purpose that only a newer version knows."""
    kind = packed[7]
    purpose = PURPOSES.get(kind & ~MANAGER_BIT)
    if purpose is None:
        return None
    return ReplyTarget(
        series=_encode(packed[:5]),
        meeting=int.from_bytes(packed[5:7], "big"),
        role=ROLES[kind >> 7],
        purpose=purpose,
        serial=int.from_bytes(packed[8:10], "big"),
    )


def _encode(octets: bytes) -> str:
    return base64.b32encode(octets).decode("ascii").rstrip("=").lower()


def _decode(token: str) -> bytes | None:
    """None unless the token is the one spelling of its octets: the last character has a spare
    bit."""
    if len(token) != TOKEN_CHARACTERS or not token.isascii():
        return None
    try:
        octets = base64.b32decode(token.upper() + "===")
    except binascii.Error:
        return None
    return octets if _encode(octets) == token.lower() else None


def _sign(key: bytes, packed: bytes) -> bytes:
    return hmac.digest(key, packed, hashlib.sha256)[:SIGNATURE_OCTETS]
