"""What decisions may know of the world: public holidays, and the other meetings of two people.
Looked up when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from itertools import chain, filterfalse
from operator import attrgetter
from typing import overload

from mailbot.meeting.events import Rules, World
from mailbot.meeting.model import Role, Series
from mailbot.store.lookup import stored_of
from mailbot.store.protocol import Store

Span = tuple[datetime, datetime]


def world_of(store: Store, rules: Rules, series: Series, now: datetime) -> World:
    """Gather what a decision about this series may know of the world; looked up when it asks."""
    elsewhere = Elsewhere(store, series)
    return World(now, days_off_around(now.date()), Busy(elsewhere), rules, elsewhere)


def days_off_around(today: date) -> Callable[[str], frozenset[date]]:
    """Make the function that tells the public holidays of a country, "DE" or "DE-BY" (ISO 3166-2),
    for the year before `today` and the two after it; of "" there are none."""
    return partial(_days_off, today.year)


@lru_cache(maxsize=512)
def _days_off(year: int, country: str) -> frozenset[date]:
    """Look the holidays up, once a year and country; those whose day is estimated are left out."""
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415 - 80 ms that an installation without countries never pays

    nation, _, part = country.partition("-")
    days = holidays.country_holidays(nation, subdiv=part or None, years=range(year - 1, year + 3))
    return frozenset(day for day, name in days.items() if "estimated" not in name)


class Elsewhere(Mapping[Role, tuple[Series, ...]]):
    """The other series of each of the two. Loads them only when looked at."""

    def __init__(self, store: Store, series: Series) -> None:
        self.store = store
        self.series = series
        self.found: dict[Role, tuple[Series, ...]] = {}

    def __getitem__(self, role: Role) -> tuple[Series, ...]:
        if role not in self.found:
            address = self.series.person(role).address
            found = map(attrgetter("series"), stored_of(self.store, address))
            self.found[role] = tuple(each for each in found if each.id != self.series.id)
        return self.found[role]

    def __iter__(self) -> Iterator[Role]:
        return iter(Role)

    def __len__(self) -> int:
        return len(Role)


class Busy(Sequence[Span]):
    """The meetings still to come that either of the two has in other series. Looks only when
    looked at."""

    def __init__(self, elsewhere: Elsewhere) -> None:
        self.elsewhere = elsewhere
        self.spans: tuple[Span, ...] | None = None

    def _all(self) -> tuple[Span, ...]:
        """Look once, and keep what was found."""
        if self.spans is None:
            self.spans = tuple(self._look())
        return self.spans

    def _look(self) -> Iterator[Span]:
        """Find the meetings to come of the other series of both, each once."""
        others = {series.id: series for series in chain(*self.elsewhere.values())}
        for _, series in sorted(others.items()):
            for meeting in filterfalse(attrgetter("past"), series.meetings):
                yield meeting.start, meeting.start + timedelta(minutes=meeting.minutes)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | Sequence[Span]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())
