"""Which meeting a mail belongs to: address token, signed ids in In-Reply-To and References,
visible reference."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from mailbot.errors import Bug
from mailbot.inbound.message.parse import RECIPIENT_HEADERS, Inbound
from mailbot.meeting.model import Purpose, Role

ROLES = tuple(Role)
PURPOSES = tuple(Purpose)
PACKED_OCTETS = 10  # series 5, meeting 2, role and purpose 1, serial 2
# osTicket signs with 5; 8 leave a guesser no chance and the local part far below 64 octets
SIGNATURE_OCTETS = 8
TOKEN_CHARACTERS = 29  # 18 octets in base32 without padding
# what is this long behind our plus was a token once; shorter is a tag that somebody made up
BROKEN_CHARACTERS = 20
LONGEST_BODY_READ = 2_000_000  # characters
MOST_REFERENCES_READ = 200  # words of a body that look like a token and are tried
NOWHERE = ("", None)
_LOOKS_LIKE_A_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z2-7]{29}(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail of ours stands: enough to find its series, meeting, reader and the very text
    that was sent."""

    series: str  # 8 characters of base32
    meeting: int  # 0: about the series itself
    role: Role
    purpose: Purpose
    serial: int  # 0: the root of the meeting's thread


def root(place: Place) -> Place:
    """The constant first id of a meeting's thread: never sent, named in References by every mail
    of the meeting."""
    return replace(place, role=Role.REPORT, purpose=Purpose.AGENDA_REQUEST, serial=0)


class Tokens:
    """Signs places into reply tokens: lower-case base32, 29 characters, proof against lost case.

    The first key signs; all keys are accepted (rotation). A token routes, it authorises nothing.
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        if not keys or not all(keys):
            raise Bug("Tokens need at least one key, and no key may be empty.")
        self.keys = keys

    def make(self, place: Place) -> str:
        """Raises Bug for a place that does not fit: a series id of other letters, a number
        beyond 65,535."""
        packed = _pack(place)
        return _encode(packed + _sign(self.keys[0], packed))

    def read(self, token: str) -> Place | None:
        """The place, or None if no key of ours signed it. Case does not count."""
        octets = _decode(token)
        if octets is None:
            return None
        packed, signature = octets[:PACKED_OCTETS], octets[PACKED_OCTETS:]
        good = [hmac.compare_digest(signature, _sign(key, packed)) for key in self.keys]
        return _unpack(packed) if any(good) else None


@dataclass(frozen=True, slots=True)
class Found:
    """Which mail of ours a mail goes to, and which it quotes: not the same if somebody wrote to an
    old address of ours.

    Where nothing but the thread is known, the place is its root, which is the same for both
    people: it names nobody.
    """

    place: Place
    by: str  # "token" | "reference" | "root" | "body" | "subject": what found it
    header: str = ""  # in which it stood, for the journal
    quoted: Place | None = None
    replies: bool = False  # In-Reply-To or References name a mail of ours of this series
    reader: Role | None = None  # of the mails of ours that its headers name; None: nobody, or both

    @property
    def by_token(self) -> bool:
        """Whether a token of ours led there, wherever it stood. A subject can be guessed."""
        return self.by != "subject"


def reply_address(address: str, token: str) -> str:
    """`mailbot@corp.example` and a token -> `mailbot+TOKEN@corp.example`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def message_id(address: str, token: str) -> str:
    """The Message-ID, without angle brackets, of the mail that carries this token."""
    return f"{token}@{address.rpartition('@')[2]}"


def find(inbound: Inbound, tokens: Tokens, address: str) -> Found | None:
    """The place this mail answers. `address` is mailbot's own, to which "+token" is added.

    A subject alone is never looked at: nothing in it is signed. Whoever knows the sender may
    guess by it.
    """
    ids = dict.fromkeys([*inbound.in_reply_to, *reversed(inbound.references)])
    named = tuple(_readable(tokens, (name.partition("@")[0] for name in ids)))
    by_address = _first(_readable(tokens, _address_tokens(inbound.recipients, address)))
    by_id = _first(each for each in named if each[1].serial)
    word, place = by_address or by_id or _first(named) or NOWHERE
    in_quote = by_id or _first(_readable(tokens, _body_tokens(inbound)))
    quoted = in_quote[1] if in_quote else None
    if place is None:
        return Found(quoted, "body", "the body", quoted) if quoted else None
    ours = [each for _, each in named if each.series == place.series]
    readers = {each.role for each in (place, *ours) if each.serial}
    found = Found(
        place,
        "token" if by_address else "reference",
        _header_of(inbound, word),
        quoted or place,
        replies=bool(ours),
        reader=readers.pop() if len(readers) == 1 else None,
    )
    return found if place.serial else _of_thread(found)


def _of_thread(found: Found) -> Found:
    """The root alone; what is quoted tells which mail of this very thread was answered."""
    quoted = found.quoted
    known = quoted is not None and (quoted.series, quoted.meeting) == (
        found.place.series,
        found.place.meeting,
    )
    return replace(found, by="root", place=quoted if quoted and known else found.place, reader=None)


def _header_of(inbound: Inbound, word: str) -> str:
    """Where the token stands, for the journal."""
    names = (*RECIPIENT_HEADERS, "received", "in-reply-to", "references")
    found = (
        name
        for name in names
        if any(word in value.lower() for value in inbound.headers.get(name, ()))
    )
    return "-".join(part.capitalize() for part in next(found, "a folded header").split("-"))


def broken_token(inbound: Inbound, address: str) -> bool:
    """Whether it was written to our address with something behind the plus that is as long as a
    token.

    For mails in which no token could be read: it was changed on the way, or guessed.
    """
    own = address.rpartition("@")[0].lower() + "+"
    locals_ = (each.rpartition("@")[0] for each in inbound.recipients)
    return any(
        each.startswith(own) and len(each) - len(own) >= BROKEN_CHARACTERS for each in locals_
    )


def signed_by_us(inbound: Inbound, tokens: Tokens) -> bool:
    """Whether the Message-ID carries a token of ours: our own mail came back."""
    return tokens.read(inbound.message_id.partition("@")[0]) is not None


def _address_tokens(recipients: Iterable[str], address: str) -> Iterator[str]:
    """What stands behind the plus. Other local parts and domains count too: mail is forwarded,
    domains have aliases, and the signature says whether it is ours."""
    own = address.rpartition("@")[0].lower() + "+"
    tagged = [local for local in (each.rpartition("@")[0] for each in recipients) if "+" in local]
    for local in sorted(tagged, key=lambda each: not each.startswith(own)):
        yield local.rpartition("+")[2]


def _body_tokens(inbound: Inbound) -> Iterator[str]:
    """Words that look like a token: the line "ref TOKEN", or our address in a quoted header
    block. Topmost first."""
    for body in (inbound.body.text, inbound.body.html):
        found = _LOOKS_LIKE_A_TOKEN.finditer((body or "")[:LONGEST_BODY_READ])
        yield from (match.group() for match in islice(found, MOST_REFERENCES_READ))


def _readable(tokens: Tokens, words: Iterable[str]) -> Iterator[tuple[str, Place]]:
    return ((word.lower(), place) for word in words if (place := tokens.read(word)))


def _first(readable: Iterable[tuple[str, Place]]) -> tuple[str, Place] | None:
    return next(iter(readable), None)


def _pack(place: Place) -> bytes:
    try:
        series = base64.b32decode(place.series.upper())
        numbers = place.meeting.to_bytes(2, "big"), place.serial.to_bytes(2, "big")
    except (binascii.Error, OverflowError, ValueError) as error:
        raise Bug(f"This place does not fit into a token: {error}.") from error
    if len(series) != 5:
        raise Bug("A series id is 8 characters of base32.")
    kind = ROLES.index(place.role) << 7 | PURPOSES.index(place.purpose)
    return series + numbers[0] + bytes([kind]) + numbers[1]


def _unpack(packed: bytes) -> Place | None:
    kind = packed[7]
    if kind & 0x7F >= len(PURPOSES):  # signed by a newer version that knows more purposes
        return None
    return Place(
        series=_encode(packed[:5]),
        meeting=int.from_bytes(packed[5:7], "big"),
        role=ROLES[kind >> 7],
        purpose=PURPOSES[kind & 0x7F],
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
