"""bytes -> Inbound: headers, canonical ids, the charset ladder, the body a person wrote, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


class Unreadable(Exception):
    """The mail breaks a limit or cannot be parsed at all; `reason` is a word for the journal. It is set aside whole."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before parsing spends time on it (inbound-mail, section 8)."""

    octets: int = 30_000_000
    header_octets: int = 262_144
    one_header_octets: int = 32_768
    parts: int = 500
    depth: int = 20


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address as a header states it. `address` is canonical: lower case; the name is never identity."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Body:
    """What the reader of the mail saw: the parts that carry the person's words, decoded.

    Both may be there; which one carries the marks is the business of the quote reader.
    """

    text: str | None = None  # text/plain, format=flowed already joined (RFC 3676), LF line ends
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """One mail, read. Every field is plain; nothing in here raises when it is looked at."""

    digest: str  # hex of SHA-256 over Message-ID, From, Date and the raw body: the same mail at two places has one digest
    message_id: str  # without angle brackets; "" if there is none
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]  # oldest first
    author: Mailbox | None  # None: there is no usable From, see `author_defect`
    author_defect: str  # "" | "none" | "several" | "group" | "odd": anything odd about From is no identity
    recipients: tuple[str, ...]  # canonical, of To, Cc, Delivered-To, X-Original-To, Envelope-To, X-Forwarded-To ...
    subject: str
    date: datetime | None  # aware
    headers: Mapping[str, tuple[str, ...]]  # lower-case name -> unfolded values, top first
    body: Body
    content_type: str = "text/plain"
    report: bytes | None = None  # message/delivery-status or disposition-notification part, decoded
    reported: bytes | None = None  # message/rfc822 or text/rfc822-headers inside a report
    reaction: str | None = None  # the emoji of a reaction part (Gmail, RFC 9078)
    calendar: bytes | None = None  # the first text/calendar part
    encrypted: bool = False  # S/MIME enveloped or PGP: nothing in it can be read
    attachments: tuple[str, ...] = ()  # names, cleaned of paths; inline pictures without a name are left out
    defects: tuple[str, ...] = field(default=())

    def header(self, name: str) -> str:
        """The topmost value of a header, or ""."""
        values = self.headers.get(name, ())
        return values[0] if values else ""


def parse(raw: bytes, limits: Limits = Limits()) -> Inbound:  # noqa: B008 - frozen
    """Read one mail. Raises Unreadable."""
    raise NotImplementedError
