"""When: cadence, working hours, lead times, the two-week guard.

Wall-clock times live in zones, instants are UTC. Nothing here reads a clock: `world.now` is the
present.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from mailbot.meeting.events import World
from mailbot.meeting.model import Cadence, Meeting, Person, Series

DAY = timedelta(days=1)
# nobody is away, and no calendar is full, for longer than this without a pause
HORIZON = timedelta(days=90)


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Open an IANA zone, once."""
    return ZoneInfo(name)


def local(instant: datetime, zone_name: str) -> datetime:
    """Tell the wall-clock time of an instant."""
    return instant.astimezone(zone(zone_name))


def wall(day: date, at: time, zone_name: str) -> datetime:
    """Tell the instant of a wall-clock time. In the spring gap the offset before it counts (RFC
    5545 3.3.5)."""
    return datetime.combine(day, at, zone(zone_name)).astimezone(UTC)


def exists(day: date, at: time, zone_name: str) -> bool:
    """Tell whether there is such a time: clocks jump over some."""
    return local(wall(day, at, zone_name), zone_name).time() == at


# ---- working hours ----


def works_on(person: Person, day: date, world: World) -> bool:
    """Tell whether it is one of their working days, no holiday, and no absence."""
    if day <= (person.away_until or date.min):
        return False
    return day.weekday() in person.days and day not in world.days_off(person.country)


def away_at(person: Person, instant: datetime) -> bool:
    """Tell whether it falls into an absence they stated."""
    return local(instant, person.zone).date() <= (person.away_until or date.min)


def working_time(person: Person, earliest: datetime, world: World) -> datetime:
    """Find the first instant not before `earliest` inside the person's working hours."""
    day, until = (local(at, person.zone).date() for at in (earliest, earliest + HORIZON))
    while day <= until:
        opens, closes = _hours(person, day)
        if earliest < closes and works_on(person, day, world):
            return max(opens, earliest)
        day += DAY
    return max(earliest, world.now) + HORIZON


def _hours(person: Person, day: date) -> tuple[datetime, datetime]:
    """Tell when the working hours of a day begin and end."""
    zone_name = person.zone
    return wall(day, person.from_hour, zone_name), wall(day, person.to_hour, zone_name)


def at_work(person: Person, start: datetime, end: datetime, world: World) -> bool:
    """Tell whether the whole of [start, end] lies inside one working day of the person."""
    day = local(start, person.zone).date()
    opens, closes = _hours(person, day)
    return opens <= start <= end <= closes and works_on(person, day, world)


def days_before(person: Person, start: datetime, days: int, world: World) -> datetime:
    """Go `days` working days of this person back from the meeting's local day, at the mail hour."""
    day = _step(person, local(start, person.zone).date(), -DAY, days, world)
    return working_time(person, wall(day, world.rules.mail_hour, person.zone), world)


def next_morning(person: Person, after: datetime, world: World) -> datetime:
    """Find the mail hour of the next working day."""
    day = local(after, person.zone).date() + DAY
    return working_time(person, wall(day, world.rules.mail_hour, person.zone), world)


def days_after(person: Person, instant: datetime, days: int, world: World) -> datetime:
    """Go `days` working days on, to the same time of day."""
    there = local(instant, person.zone)
    day = _step(person, there.date(), DAY, days, world)
    return wall(day, there.time(), person.zone)


def _step(person: Person, day: date, step: timedelta, working_days: int, world: World) -> date:
    """Go so many working days on from a day, or back; no farther than the horizon."""
    limit = day + step * HORIZON.days
    while working_days and day != limit:
        day += step
        working_days -= works_on(person, day, world)
    return day


# ---- the cadence ----


def first_start(cadence: Cadence, after: datetime) -> datetime:
    """Find the first occurrence after an instant, not before `cadence.first`."""
    day = max(local(after, cadence.zone).date(), cadence.first or date.min)
    day += timedelta(days=(cadence.weekday - day.weekday()) % 7)
    start = wall(day, cadence.at, cadence.zone)
    return start if start > after else wall(day + timedelta(days=7), cadence.at, cadence.zone)


def following(cadence: Cadence, previous: Meeting, after: datetime) -> datetime:
    """Find the occurrence that follows a meeting: on the beat of the cadence, in the future, and
    not on its heels."""
    period = timedelta(weeks=cadence.every_weeks)
    day = local(previous.planned, cadence.zone).date()
    to_weekday = timedelta(days=(cadence.weekday - day.weekday()) % 7)
    # a new weekday starts a new beat, as early as it can
    step = timedelta(weeks=1) if to_weekday else period
    day += to_weekday or period
    earliest = max(after, previous.start + period / 2)
    while wall(day, cadence.at, cadence.zone) < earliest:
        day += step
    return wall(day, cadence.at, cadence.zone)


def days_between(first: datetime, second: datetime, zone_name: str) -> int:
    """Count calendar days in the anchor zone: a clock change makes no gap longer."""
    return (local(second, zone_name).date() - local(first, zone_name).date()).days


def end_of(meeting: Meeting) -> datetime:
    """Tell when a meeting ends."""
    return meeting.start + timedelta(minutes=meeting.minutes)


# ---- the two-week guard ----


def last_met(series: Series) -> datetime | None:
    """Tell the start of the last meeting that time passed and nobody denied."""
    met = (m for m in series.meetings if m.past and m.happened is not False)
    starts = (series.last_met, *(meeting.start for meeting in met))
    return max(filter(None, starts), default=None)


def gap_days(series: Series, start: datetime, world: World) -> int | None:
    """Count the days from the last meeting that took place (or the first one planned) to `start`;
    None: they are within the limit."""
    met = last_met(series) or series.began
    if met is None:
        return None
    days = days_between(met, start, series.cadence.zone)
    return days if days > world.rules.max_gap_days else None


def window_end(series: Series, start: datetime, world: World) -> datetime:
    """Find the last instant that keeps the gap rule; without one that took place, two weeks after
    the planned one."""
    limit = timedelta(days=world.rules.max_gap_days)
    end = (last_met(series) or start) + limit
    # already too late: soon, then
    return end if end > world.now + DAY else world.now + timedelta(days=7)
