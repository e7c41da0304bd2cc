"""Count what there may be only so many of in a time: answers, mails handed to a server.

A tally holds over all workers, and is no value: nothing is read and written back, so two who count
at once are both counted. What asks before it counts may be one too many for each other worker:
these are brakes, not promises.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from datetime import datetime, timedelta

from mailbot.store.protocol import Count, Tally

KEPT = timedelta(days=2)  # twice the longest time that is asked about


class Tallies:
    """Keep instants by name, oldest first. A day of 10,000 mails weighs a megabyte."""

    def __init__(self) -> None:
        self._instants: dict[str, list[datetime]] = {}

    def add(self, count: Count) -> None:
        """Count it, and forget what is older than KEPT."""
        instants = self._instants.setdefault(count.name, [])
        for _ in range(count.number):
            insort(instants, count.at)  # at the end, but for a clock that was set back
        del instants[: bisect_left(instants, count.at - KEPT)]

    def between(self, name: str, after: datetime, until: datetime) -> Tally:
        """Tell how many there were after the one instant and until the other, inclusive."""
        instants = self._instants.get(name, [])
        first, end = bisect_right(instants, after), bisect_right(instants, until)
        return Tally(end - first, instants[first]) if first < end else Tally()

    def counts(self) -> list[Count]:
        """List everything that is kept, one count for each instant."""
        return [Count(name, at) for name, instants in self._instants.items() for at in instants]
