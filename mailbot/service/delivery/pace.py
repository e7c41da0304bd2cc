"""Keep to the number of mails that the provider allows in a minute and in a day."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Pace:
    """Count the mails that leave. 0: as many as there are. What left is forgotten at a start."""

    def __init__(self, per_minute: int = 0, per_day: int = 0) -> None:
        self.per_day = per_day
        self._per_minute = per_minute
        self._left: deque[datetime] = deque(maxlen=max(per_minute, per_day, 1))

    def leaves(self, now: datetime) -> None:
        """Count a mail that leaves now."""
        self._left.append(now)

    def wait_s(self, now: datetime) -> float:
        """Return the seconds until one mail more is within the number of a minute."""
        return self._over_s(now, self._per_minute, MINUTE)

    def is_spent(self, now: datetime) -> bool:
        """Tell whether the number of the last 24 hours is reached: providers count in a window
        that moves (Gmail and Exchange Online, 2025)."""
        return self._over_s(now, self.per_day, DAY) > 0

    def _over_s(self, now: datetime, most: int, span: timedelta) -> float:
        self._forget_the_future(now)
        if not most or len(self._left) < most:
            return 0
        return max((self._left[-most] + span - now).total_seconds(), 0)

    def _forget_the_future(self, now: datetime) -> None:
        """Drop what left after `now`: the clock was set back."""
        while self._left and self._left[-1] > now:
            self._left.pop()
