"""Days and times in the words of a reader: their zone, their names of days and months. No locale
of the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from mailbot.languages.load import each, lexicon, lexicons


@dataclass(frozen=True, slots=True)
class DayNames:
    """The names of days and months that our mails print. Monday first, January first."""

    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    months_short: tuple[str, ...]


@cache
def day_names(language: str) -> DayNames:
    """Read the names that our mails print in this language. Raises KeyError where it has none."""
    printed = lexicon(language).day_names
    if not printed.weekdays:
        raise KeyError(language)
    return DayNames(
        each(printed.weekdays),
        each(printed.weekdays_short),
        each(printed.months),
        each(printed.months_short),
    )


@cache
def languages_with_day_names() -> frozenset[str]:
    """List the languages in which our mails can name days."""
    return frozenset(code for code, own in lexicons().items() if own.day_names.weekdays)


YEAR_IS_NAMED_AFTER = timedelta(days=180)  # nearer days need no year to be understood


@dataclass(frozen=True, slots=True)
class Calendar:
    """Writes days and instants for one reader."""

    names: DayNames
    zone: str  # the reader's
    other_zone: str
    at: datetime  # when the mail is written: days far from it are named with their year

    def day(self, on: date) -> str:
        """Write `Fri 13 Mar`"""
        return f"{self.names.weekdays_short[on.weekday()]} {self.short(on)}"

    def short(self, on: date) -> str:
        """Write `4 Mar`"""
        return f"{on.day} {self.names.months_short[on.month - 1]}{self._year(on)}"

    def long(self, on: date) -> str:
        """Write `Thu 12 March`"""
        month = self.names.months[on.month - 1]
        return f"{self.names.weekdays_short[on.weekday()]} {on.day} {month}{self._year(on)}"

    def span(self, start: datetime, minutes: int) -> str:
        """Write `Thu 12 March, 15:00-15:30`, wall clock of the reader."""
        return f"{self.moment(start)}-{_local(start + timedelta(minutes=minutes), self.zone):%H:%M}"

    def moment(self, start: datetime) -> str:
        """Write `Thu 12 March, 15:00`, wall clock of the reader."""
        here = _local(start, self.zone)
        return f"{self.long(here.date())}, {here:%H:%M}"

    def thread_day(self, start: datetime, zone: str) -> str:
        """Write `Thu 12 Mar`, the same whenever and by whomever it is asked: it names a thread."""
        on = _local(start, zone).date()
        return (
            f"{self.names.weekdays_short[on.weekday()]} {on.day} "
            f"{self.names.months_short[on.month - 1]}"
        )

    def there(self, start: datetime) -> str:
        """Write the other's wall clock where it shows another time: `09:00`, or `Fri 00:30` on
        another day; else ""."""
        here, there = _local(start, self.zone), _local(start, self.other_zone)
        if here.utcoffset() == there.utcoffset():
            return ""
        weekday = (
            "" if here.date() == there.date() else f"{self.names.weekdays_short[there.weekday()]} "
        )
        return f"{weekday}{there:%H:%M}"

    def _year(self, on: date) -> str:
        """Write the year of a day that is far away."""
        return f" {on.year}" if abs(on - self.at.date()) > YEAR_IS_NAMED_AFTER else ""


def city(zone: str) -> str:
    """Write a zone the way people speak of it: `America/New_York` -> `New York`."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _local(instant: datetime, zone: str) -> datetime:
    """Convert an instant to the wall clock of a zone."""
    return instant.astimezone(ZoneInfo(zone))
