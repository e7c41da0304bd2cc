"""Keep to the number of mails that the provider allows in a minute and in a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.store.protocol import CLAIMED, Store, tally_key

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many mails may be handed to the server, by all workers together. 0: as many as there
    are. The store counts them, so a restart forgets none."""

    per_minute: int = 0
    per_day: int = 0

    def wait_s(self, store: Store, now: datetime) -> float:
        """Return the seconds until one mail more is within the number of a minute."""
        return _over_s(store, now, self.per_minute, MINUTE)

    def is_spent(self, store: Store, now: datetime) -> bool:
        """Tell whether the number of the last 24 hours is reached: providers count in a window
        that moves (Gmail and Exchange Online, 2025)."""
        return _over_s(store, now, self.per_day, DAY) > 0


def _over_s(store: Store, now: datetime, most: int, span: timedelta) -> float:
    """Return the seconds until one mail more is within `most` of this span; 0: it is already."""
    if not most:
        return 0
    claimed = store.recall(tally_key(CLAIMED, now - span, now))
    if claimed.first is None or claimed.number < most:
        return 0
    return (claimed.first + span - now).total_seconds()
