"""What happens once a day: what nobody said yes to goes; the operator hears how the day was."""

from __future__ import annotations

from datetime import datetime

from mailbot.service.operations.audit import AUDIT
from mailbot.service.operations.digest import Day
from mailbot.service.operations.held_mails import HeldMails
from mailbot.service.operations.postmaster import Postmaster
from mailbot.service.operations.retention import Retention
from mailbot.store.protocol import JOURNAL, OUTBOX, Store


def write_digest(
    store: Store, postmaster: Postmaster, held: HeldMails, retention: Retention, now: datetime
) -> None:
    """Count the day and write the digest that is due. Raises Temporary."""
    audit = store.recall(AUDIT)
    aside = retention.quarantine.list()
    day = Day(
        now,
        now,
        store.recall(JOURNAL),
        store.recall(OUTBOX),
        waiting=len(held.list()),
        quarantine=len(aside),
        leaving=retention.sweep(aside, now),
        unaccounted=audit.get("unaccounted", 0),
    )
    postmaster.digest(day, now)
