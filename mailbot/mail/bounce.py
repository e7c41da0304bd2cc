"""Delivery reports -> which mail of ours, which address, for good or for now (RFC 3464)."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.mail.message import Inbound


@dataclass(frozen=True, slots=True)
class Report:
    ids: tuple[str, ...]  # Message-IDs the report names, most reliable first; a report that names none of ours is ignored
    recipient: str  # canonical; "" if it names none
    status: str  # "5.1.1"
    hard: bool
    against_address: bool  # False: the content was refused (5.7.x), the address is fine


def read_report(inbound: Inbound) -> Report | None:
    raise NotImplementedError
