"""The last brake: how many answers an installation sends in an hour, whatever everybody's own caps
allow.

Two machines that set no header still stop at the caps of one person (meeting/receipts.py); this
one is for what nobody thought of (freescout#4806: 16, then 64, then 5,000 mails from one
temporary refusal).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

HOUR = timedelta(hours=1)
# people write two or three mails about a meeting, not ten within an hour
ANSWERS, ANSWERS_A_SERIES = 100, 10
OPENED_A_DAY = 20  # series that one manager starts


class Hourly:
    """Counts the answers of the last hour, in memory: a restart forgives. `series`: tells how
    many there are."""

    def __init__(self, series: Callable[[], int]) -> None:
        self._series = series
        self._left: deque[datetime] = deque()

    def take(self, count: int, now: datetime) -> bool:
        """Whether this many answers may leave now; if so they are counted."""
        while self._left and self._left[0] <= now - HOUR:
            self._left.popleft()
        over = len(self._left) + count - ANSWERS
        if over > 0 and over > ANSWERS_A_SERIES * self._series():
            return False
        self._left.extend([now] * count)
        return True


class Daily:
    """How often each address did something today."""

    def __init__(self, at_most: int) -> None:
        self._at_most = at_most
        self._day: object = None
        self._counts: dict[str, int] = {}

    def take(self, address: str, now: datetime) -> bool:
        if self._day != now.date():
            self._day, self._counts = now.date(), {}
        self._counts[address] = self._counts.get(address, 0) + 1
        return self._counts[address] <= self._at_most
