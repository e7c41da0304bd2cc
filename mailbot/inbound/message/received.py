"""Tell the way of a mail by its Received fields: which server took it, from whom, when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mailbot.inbound.message.parse import Inbound
from mailbot.inbound.message.second_reading import Hop, hop

__all__ = [
    "MOST_HOPS",
    "Hop",
    "hop",
    "hops",
    "hops_above",
    "host_shown",
    "is_public",
    "legs",
    "told",
    "way",
]

MOST_HOPS = 30  # RFC 5321 section 6.3 wants servers to stop a mail at 100; honest ones have 3 to 12
_SHOWN = 2  # hops in the journal: each costs as much time as a third of a parse
_NOT_A_HOST = re.compile(r"[^a-z0-9.:_-]+")
_PROTOCOL = re.compile(r"[A-Za-z0-9]{1,20}")  # ESMTPSA, UTF8LMTPS (RFC 3848, RFC 6531)
_PRIVATE = ("local", "localdomain", "internal", "intranet", "lan", "corp", "home", "private")
"""Top level domains that stay inside a network (RFC 6762 appendix G, ICANN 2024-07-29)."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One hop and the seconds since the hop before it; None where one of the two is undated.

    Below zero where the clock of a server is wrong.
    """

    hop: Hop
    delay_s: float | None


def hops(inbound: Inbound, most: int = MOST_HOPS) -> tuple[Hop, ...]:
    """Read the topmost Received fields, newest first as they stand in the mail."""
    return tuple(hop(value) for value in inbound.headers.get("received", ())[:most])


def legs(inbound: Inbound, most: int = MOST_HOPS) -> tuple[Leg, ...]:
    """Return the newest hops in the order of the way, the first server first, with their delays."""
    travelled = hops(inbound, most)[::-1]
    delays = [_delay_s(before, after) for before, after in pairwise(travelled)]
    return tuple(map(Leg, travelled, [None, *delays]))


def told(leg: Leg) -> str:
    """Say one leg in words: "mx.example from a.example, ESMTPS, 2025-06-09 09:00:03, 2 s"."""
    hop = leg.hop
    sender = host_shown(hop.sender)
    by = f"{host_shown(hop.by) or hop.defect or '?'}{' from ' * bool(sender)}{sender}"
    at = f"{hop.at:%Y-%m-%d %H:%M:%S}" if hop.at else ""
    return ", ".join(filter(None, (by, _protocol(hop), at, _seconds(leg))))


def _delay_s(before: Hop, after: Hop) -> float | None:
    if before.at is None or after.at is None:
        return None
    return (after.at - before.at).total_seconds()


def way(inbound: Inbound) -> str:
    """Say the last servers of the way in one line, "a.example > b.example ESMTPS 2 s"; "" if none.

    Hosts alone: a Received field may also name a person, in "for". Of the first sender a name of
    the DNS alone: below it stands what a computer at home calls itself, or its address.
    """
    return " > ".join(_stations(legs(inbound, _SHOWN)))


def _stations(travelled: tuple[Leg, ...]) -> Iterator[str]:
    for number, leg in enumerate(travelled):
        if number == 0 and is_public(host_shown(leg.hop.sender)):
            yield host_shown(leg.hop.sender)
        station = (
            host_shown(leg.hop.by) or leg.hop.defect or "?",
            _protocol(leg.hop),
            _seconds(leg),
        )
        yield " ".join(filter(None, station))


def _seconds(leg: Leg) -> str:
    return "" if leg.delay_s is None else f"{leg.delay_s:.0f} s"


def is_public(host: str) -> bool:
    """Tell whether a server calls itself by a name of the DNS, not by an address or "localhost"."""
    top_level = host.rpartition(".")[2]
    return "." in host and top_level.isalpha() and top_level not in _PRIVATE


def _protocol(hop: Hop) -> str:
    """Return the protocol if it is one: senders write what they like behind "with"."""
    return hop.protocol if _PROTOCOL.fullmatch(hop.protocol) else ""


def host_shown(name: str) -> str:
    """Return the name of a host for a journal; "" for an address, which names a person."""
    return "" if "@" in name else _NOT_A_HOST.sub("", name)[:80]


def hops_above(inbound: Inbound, name: str) -> tuple[int, ...]:
    """Count how many Received fields stand above each field of this name, in their order.

    Servers write above what they were given (RFC 5321 section 4.4), so a field was written by the
    server of the Received right above or right below it, or came with the mail from further down.
    """
    found: list[int] = []
    above = 0
    for each in inbound.order:
        if each == name:
            found.append(above)
        above += each == "received"
    return tuple(found)
