"""Read a mail once more with mail-parser: From and Date, Received hops, names of attachments.

Of From it is the second reader (address.py says which one wins). Of Date, Received and attachments
it is the only one, and nothing that counts depends on them: a missing date is None, a hop that
cannot be read is one without a host.

mail-parser is handed single header values of bounded length, not mails: its parse of a whole one
costs milliseconds and keeps no tree of the parts. What it raises ends here, under its own name: 41
of 15,000 mutated mails raised what is no MailParserError (4.8.0).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

import mailparser
from mailparser import utils

from mailbot.inbound.message.header import Head

LONGEST_VALUE = 2_000  # characters of a header value that are handed over
LONGEST_MAIL = 1_000_000  # octets of a mail whose attachments are named
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)

# mail-parser writes header values at DEBUG; no subject and no address may reach a log
logging.getLogger("mailparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What mail-parser makes of From and of Date, or of Received where Date says nothing."""

    addresses: tuple[str, ...] | None = None  # of From, lower case; None: it could not say
    date: datetime | None = None  # aware, UTC
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received field (RFC 5321 section 4.4): a server that took the mail."""

    by: str = ""  # host that wrote the field, lower case; "" if it does not say
    sender: str = ""  # host in "from", as the sending server called itself
    protocol: str = ""  # in "with": ESMTPS, LMTP, HTTP
    at: datetime | None = None  # UTC
    defect: str = ""  # why the field could not be read


def second_reading(head: Head) -> SecondReading:
    """Read From and Date again; never raises."""
    defects: list[str] = []
    try:
        reasons: list[dict[str, object]] = []
        found = utils.get_addresses(_value(head, "from"), defects=reasons)
        addresses = tuple(address.lower() for _, address in found if address)
        dated = utils.parse_mail_date(_value(head, "date") or None)
        defects += [*(str(each["reason"]) for each in reasons), *dated.reasons]
        date = _plausible(dated.value)
    except Exception as error:  # noqa: BLE001 - see above
        return SecondReading(defects=(_named(error),))
    return SecondReading(addresses, date or _received_at(head), tuple(defects))


def hop(value: str) -> Hop:
    """Read one Received field; never raises."""
    try:
        clauses = utils.parse_received(" ".join(value[:LONGEST_VALUE].split()))
        at = utils.parse_mail_date(clauses.get("date")).value
    except Exception as error:  # noqa: BLE001 - see above
        return Hop(defect=_named(error))
    by, sender, protocol = (_first_word(clauses.get(name)) for name in ("by", "from", "with"))
    return Hop(by.lower(), sender.lower(), protocol, _plausible(at))


def attachment_names(raw: bytes) -> tuple[str, ...]:
    """Name the attachments of a mail that `parse` has accepted; never raises.

    Costs milliseconds: for a person who looks at one mail. Of a mail over LONGEST_MAIL: ().
    """
    if len(raw) > LONGEST_MAIL:
        return ()
    try:
        found = mailparser.parse_from_bytes(raw).attachments
        return tuple(str(each.get("filename") or "") for each in found)
    except Exception as error:  # noqa: BLE001 - see above
        return (_named(error),)


def _value(head: Head, name: str) -> str:
    return head.first(name)[:LONGEST_VALUE]


def _received_at(head: Head) -> datetime | None:
    topmost = _value(head, "received")
    return hop(topmost).at if topmost else None


def _plausible(date: datetime | None) -> datetime | None:
    return date if date is not None and date >= _EARLIEST else None


def _first_word(clause: str | None) -> str:
    """Return the host or protocol of a clause, without comments: "mx.example (Postfix)"."""
    words = (clause or "").split()
    return words[0].strip("[];,").rstrip(".") if words else ""


def _named(error: Exception) -> str:
    return f"mail-parser: {type(error).__name__}"
