"""Turn bytes into an Inbound: headers, canonical ids, the body a person wrote, limits. Behind it:
header, mime, body."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.inbound.message import header
from mailbot.inbound.message.address import Address, AuthorDefect, author
from mailbot.inbound.message.body import Body, Contents, ReportType, contents
from mailbot.inbound.message.header import Head
from mailbot.inbound.message.limits import Limits, Unreadable
from mailbot.inbound.message.mime import BROKEN_HEADER, Part
from mailbot.inbound.message.second_reading import SecondReading, second_reading

__all__ = ["Address", "Body", "Inbound", "Limits", "Unreadable", "parse"]

RECIPIENT_HEADERS = (
    # where the address a mail was sent to survives, most reliable first (GitLab, Zulip, Discourse
    # read the same)
    "to",
    "cc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-forwarded-to",
    "x-delivered-to",
    "x-gm-original-to",
    "resent-to",
    "x-rcpt-to",
    "apparently-to",
)
ONCE = (
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
)
"""Headers that stand at most once (RFC 5322 section 3.6). DKIM signs the last, readers show the
first."""
BLANKS = b" \t\r\n"
CHECKED_OCTETS = 1 << 16  # at a time: no second copy of a mail of 30 MB
ODD_HEADER = "NUL or a lone CR in the header"

_RECEIVED_FOR = re.compile(r"\bfor <?([^\s<>;]{3,254}@[^\s<>;]{1,254})>?")


@dataclass(frozen=True, slots=True)
class Inbound:
    """One mail, read. Every field is plain; nothing in here raises when it is looked at."""

    # hex of SHA-256 over From, Date and the body, without blanks: one for all copies of a mail
    checksum: str
    message_id: str  # without angle brackets; "" if there is none
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]  # oldest first
    author: Address | None  # None: there is no usable From, see `author_defect`
    author_defect: AuthorDefect  # anything odd about From is no identity
    # canonical, of To, Cc, Delivered-To, X-Original-To, Envelope-To, X-Forwarded-To ...
    recipients: tuple[str, ...]
    subject: str
    date: datetime | None  # aware
    headers: Mapping[str, tuple[str, ...]]  # lower-case name -> unfolded values, top first
    body: Body
    content_type: str = "text/plain"
    report: bytes | None = None  # message/delivery-status or disposition-notification part, decoded
    # message/rfc822 or text/rfc822-headers; outside a report it is a forwarded mail
    reported: bytes | None = None
    # the emoji of a reaction part (Gmail, RFC 9078) or of Outlook's words
    reaction: str | None = None
    calendar: str = ""  # METHOD of the invitation, or the answer to one, that this mail is
    encrypted: bool = False  # S/MIME enveloped or PGP: it, or a part of it, cannot be read
    attachments: tuple[str, ...] = ()  # names, cleaned of paths; inline pictures are left out
    defects: tuple[str, ...] = field(default=())
    report_type: ReportType = ReportType.NO_REPORT
    order: tuple[str, ...] = ()  # names of the header fields, top first

    def header(self, name: str) -> str:
        """Return the topmost value of a header, or ""."""
        values = self.headers.get(name, ())
        return values[0] if values else ""


def parse(raw: bytes, limits: Limits = Limits()) -> Inbound:  # noqa: B008 - frozen
    """Read one mail. Raises Unreadable."""
    if not raw.strip():
        raise Unreadable("empty")
    if len(raw) > limits.octets:
        raise Unreadable("too big")
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")  # lines of a Mac of last century, or of a broken export
    try:
        top, found = contents(raw, limits)
    except RecursionError as error:  # the levels are capped; this is the belt to those braces
        raise Unreadable("too many levels") from error
    return _inbound(raw, top, found)


def _inbound(raw: bytes, top: Part, found: Contents) -> Inbound:
    head, second, cut = top.head, second_reading(top.head), header.split(raw, 0, len(raw))
    whose, defect = _agreed_author(top, second)
    repeated = [f"repeated {name}" for name in ONCE if len(head.fields.get(name, ())) > 1]
    odd = [ODD_HEADER] if cut.odd else []
    return Inbound(
        checksum=_checksum(raw, cut.body, head),
        message_id=next(iter(header.ids(head.fields.get("message-id", ())[:1])), ""),
        in_reply_to=header.ids(head.fields.get("in-reply-to", ())),
        references=header.ids(head.fields.get("references", ())),
        author=whose,
        author_defect=defect,
        recipients=_recipients(head),
        subject=header.words(head.first("subject")),
        date=second.date,
        headers=head.fields,
        body=found.body,
        content_type=top.kind,
        report=found.report,
        reported=found.reported,
        reaction=found.reaction,
        calendar=found.calendar,
        encrypted=found.encrypted,
        attachments=tuple(found.attachments),
        defects=tuple(dict.fromkeys([*repeated, *odd, *second.defects, *found.defects])),
        report_type=found.report_type,
        order=head.order,
    )


def _agreed_author(top: Part, second: SecondReading) -> tuple[Address | None, AuthorDefect]:
    """Return the author on whom both readers agree, or None and what is wrong."""
    whose, defect = author(top.head.fields.get("from", ()))
    if whose is None:
        return None, defect
    agreed = second.addresses is None or second.addresses == (whose.address,)
    if agreed and BROKEN_HEADER not in top.defects:
        return whose, AuthorDefect.NO_DEFECT
    return None, AuthorDefect.ODD


def _checksum(raw: bytes, body: int, head: Head) -> str:
    """Hash what is the same in all copies of a mail.

    Transport headers (Received, Delivered-To) differ between two copies; these and the body do not.
    A Message-ID counts only where there is no Date: few signatures cover it, so a mail could be
    sent in again under a new one.

    Without blanks and line ends: a signature over the relaxed body does not see most of their
    changes (RFC 6376 section 3.4.4), so a signed mail could be sent in again with an empty line
    more. No two mails of a second differ in them.
    """
    named = (head.first("from"), head.first("date") or head.first("message-id"))
    digest = hashlib.sha256(
        "\0".join("".join(each.split()) for each in named).encode("utf-8", "surrogatepass")
    )
    digest.update(b"\0")
    for start in range(body, len(raw), CHECKED_OCTETS):
        digest.update(raw[start : start + CHECKED_OCTETS].translate(None, BLANKS))
    return digest.hexdigest()


def _recipients(head: Head) -> tuple[str, ...]:
    values = [value for name in RECIPIENT_HEADERS for value in head.fields.get(name, ())]
    stamps = map(_RECEIVED_FOR.search, head.fields.get("received", ())[:5])
    return header.addresses([*values, *(stamp[1] for stamp in stamps if stamp)])
