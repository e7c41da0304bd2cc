"""How long mails stay in quarantine. Those of people on file stay until the operator drops them;
those of strangers leave after a while, a week after the operator's digest first said so, and
never where nobody reads a digest."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.inbound.message import peek
from mailbot.store.protocol import Entry, Key, mapping
from mailbot.store.raw_mail import SetAside

if TYPE_CHECKING:
    from mailbot.service.app import Mailbot

NOTICE = timedelta(days=7)

LEAVING: Key[dict[str, str]] = Key("leaving", mapping)


def sweep(mailbot: Mailbot, kept: tuple[SetAside, ...], now: datetime) -> int:
    """Once a day, before the digest is written; returns how many leave within a week. Raises
    Temporary."""
    days = mailbot.quarantine_days
    if not (days and mailbot.desk.has_operator):
        return 0
    told = mailbot.store.recall(LEAVING)
    old = [
        each
        for each in kept
        if each.at + timedelta(days=days) - NOTICE <= now and _is_of_stranger(mailbot, each)
    ]
    gone = {
        each.name
        for each in old
        if each.name in told and datetime.fromisoformat(told[each.name]) + NOTICE <= now
    }
    for each in old:
        if each.name in gone:
            _leave(mailbot, each, f"{days} days in quarantine", now)
    left = {
        each.name: told.get(each.name, now.isoformat()) for each in old if each.name not in gone
    }
    mailbot.desk.keep({LEAVING.name: left})
    return len(left)


def _is_of_stranger(mailbot: Mailbot, aside: SetAside) -> bool:
    """By From alone, which may be forged: then a mail stays that need not."""
    return not mailbot.store.find(peek.address(mailbot.quarantine.get(aside.name)) or "nobody")


def _leave(mailbot: Mailbot, aside: SetAside, reason: str, now: datetime) -> None:
    name = peek.message_id(mailbot.quarantine.get(aside.name))
    mailbot.store.journal(Entry(now, f"left/{aside.name}", name, "discarded", reason))
    mailbot.quarantine.drop(aside.name)
