"""The last brake: how many answers an installation sends in an hour, whatever everybody's own caps
allow.

Two machines that set no header still stop at the caps of one person (meeting/answering.py); this
one is for what nobody thought of (freescout#4806: 16, then 64, then 5,000 mails from one
temporary refusal).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mailbot.service.step import ANSWER
from mailbot.store.protocol import Change, Count, Store, tally_key
from mailbot.store.update import update

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# people write two or three mails about a meeting, not ten within an hour
ANSWERS, ANSWERS_A_SERIES = 100, 10
OPENED_A_DAY = 20  # series that one manager starts


def may_answer(store: Store, count: int, now: datetime) -> bool:
    """Tell whether this many answers may leave now, by all workers. Whoever commits them counts
    them."""
    left = store.recall(tally_key(ANSWER, now - HOUR, now)).number
    over = left + count - ANSWERS
    return over <= 0 or over <= ANSWERS_A_SERIES * len(store.find())


def may_open_today(store: Store, manager: str, now: datetime) -> bool:
    """Tell whether this manager may start one series more today; if so it is counted."""
    name = f"opened by {manager}"
    if store.recall(tally_key(name, now - DAY, now)).number >= OPENED_A_DAY:
        return False
    update(store, lambda: Change("", counts=(Count(name, now),)))
    return True
