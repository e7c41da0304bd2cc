"""Look up single header fields of a mail that nothing else can read, as they stand there."""

from __future__ import annotations

from mailbot.inbound.message import header

HEAD_OCTETS = 65_536
# a line (RFC 5322 section 2.1.1); nobody reads more than that of an address or a date
VALUE_CHARACTERS = 998


def field(raw: bytes, name: str) -> str:
    """Return the first field of this name, unfolded, or "".

    Looks at the first 64 KB, and nothing in there makes it raise.
    """
    found: list[bytes] = []
    for line in raw[:HEAD_OCTETS].lstrip().splitlines():
        if not line or (found and line[:1] not in b" \t"):
            break
        before, colon, value = line.partition(b":")
        if found:
            found.append(line)
        elif colon and before.rstrip().lower() == name.encode():
            found = [value]
    return " ".join(b" ".join(found).decode("utf8", "replace").split())[:VALUE_CHARACTERS]


def message_id(raw: bytes) -> str:
    """Return the Message-ID without angle brackets, as `message.parse` gives it."""
    return next(iter(header.ids([field(raw, "message-id")])), "")


def author_address(raw: bytes) -> str:
    """Return a single address in From, lower case, or "". Nobody is believed by it."""
    found = header.addresses([field(raw, "from")])
    return found[0] if len(found) == 1 else ""
