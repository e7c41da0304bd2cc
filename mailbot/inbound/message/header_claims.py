"""Take off, at the door, what a header says that only we, or a server of ours, may say."""

from __future__ import annotations

from mailbot.inbound.message import header
from mailbot.inbound.message.limits import Limits

HEADER_OCTETS = Limits().header_octets
MARKS_OCTETS = 1_000  # of a byte order mark or a line of an mbox in front of a header
VERDICTS = ("authentication-results", "arc-", "x-ms-exchange-organization-")
"""How names of fields begin that a mail server writes once it has checked a mail (RFC 8601, RFC
8617, Exchange)."""


def admitted(raw: bytes, *, outside: bool) -> bytes | str:
    """Return the mail as it may come in, or the answer that refuses it.

    `outside`: it comes from anybody, so that only its sender can have written what it says; else a
    server of ours hands it in, and has checked it.
    """
    cut = header.split(raw, 0, min(len(raw), HEADER_OCTETS + MARKS_OCTETS))
    return unfit(cut, outside=outside) or without_claims(raw, cut, outside=outside)


def unfit(cut: header.Split, *, outside: bool) -> str:
    """Return the answer to a mail whose header is not even looked at; "": it may come in.

    Outside one has to keep to CRLF (RFC 5321, 2.3.8): other line ends are there to be read in
    two ways. A server of ours may hand in what it has taken already; auth.py doubts it.
    """
    if len(cut.block) > HEADER_OCTETS:
        return "552 5.3.4 The header of this mail is too big"
    bare = cut.block.count(b"\n") != cut.block.count(b"\r\n")
    return (
        "550 5.6.0 The header has NUL, or lines that do not end in CRLF"
        if outside and (cut.odd or bare)
        else ""
    )


def without_claims(raw: bytes, cut: header.Split, *, outside: bool) -> bytes:
    """Return the mail without header fields that only we, or a server of ours, may write.

    All others keep their octets.
    """
    end = cut.start + len(cut.block)
    # of the last field
    end += 2 if raw.startswith(b"\r\n", end) else raw.startswith((b"\r", b"\n"), end)
    if not cut.block:
        return raw[cut.start :]
    fields = header.fields(raw[cut.start : end])
    return (
        b"".join(
            line
            for field in fields
            if not is_claim(header.field_name(field), outside=outside)
            for line in field
        )
        + raw[end:]
    )


def is_claim(name: str, *, outside: bool) -> bool:
    """Tell a claim by its name, whatever its value: two readers never agree on values."""
    return (
        name == "return-path"
        or name.startswith("x-mailbot-")
        or (outside and name.startswith(VERDICTS))
    )
