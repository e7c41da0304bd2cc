"""Free times of two people: the slots they are offered, and where a planned meeting really goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice, product

from mailbot.meeting.events import World
from mailbot.meeting.model import Series
from mailbot.meeting.schedule import DAY, at_work, exists, local, wall, window_end, works_on

SLOTS = 3


def is_free(series: Series, start: datetime, minutes: int, world: World) -> bool:
    """Tell whether both are at work and neither has another one-on-one."""
    end = start + timedelta(minutes=minutes)
    people = series.people.values()
    return all(at_work(p, start, end, world) for p in people) and not clashes(start, end, world)


def clashes(start: datetime, end: datetime, world: World) -> bool:
    """Tell whether one of the two has another one-on-one in [start, end)."""
    return any(start < busy_end and busy_start < end for busy_start, busy_end in world.busy)


def _times_of_day(usual: time) -> Iterator[time]:
    """List the usual time first, then every half hour, nearest to it first."""
    yield usual
    minutes = usual.hour * 60 + usual.minute
    grid = sorted(range(0, 24 * 60, 30), key=lambda m: (abs(m - minutes), m))
    yield from (time(*divmod(m, 60)) for m in grid if m != minutes)


def _slot_on(series: Series, day: date, usual: time, minutes: int, world: World) -> datetime | None:
    """Find the free time of this day that is nearest to the usual one."""
    zone_name = series.cadence.zone
    there = (at for at in _times_of_day(usual) if exists(day, at, zone_name))
    starts = (wall(day, at, zone_name) for at in there)
    return next((start for start in starts if is_free(series, start, minutes, world)), None)


def _usual_slot_on(
    series: Series, day: date, usual: time, minutes: int, world: World
) -> datetime | None:
    """Find the time they agreed to, on a day both work: for two people whose hours never meet."""
    start = wall(day, usual, series.cadence.zone)
    free = not clashes(start, start + timedelta(minutes=minutes), world)
    there = exists(day, usual, series.cadence.zone)
    return start if free and there and _both_work_on(series, start, world) else None


def _both_work_on(series: Series, start: datetime, world: World) -> bool:
    """Tell whether both work, each on the day that it is where they are."""
    people = series.people.values()
    return all(works_on(p, local(start, p.zone).date(), world) for p in people)


def free_slots(
    series: Series,
    after: datetime,
    until: datetime,
    minutes: int,
    world: World,
    *,
    instead_of: datetime | None = None,
) -> tuple[datetime, ...]:
    """Find up to three free times, one a day, earliest first, each after `after`, not later than
    `until`, another day."""
    usual, zone_name = series.cadence.at, series.cadence.zone
    taken_day = local(instead_of, zone_name).date() if instead_of is not None else None
    days = [day for day in _days(after, until, zone_name) if day != taken_day]
    for slot_on in (_slot_on, _usual_slot_on):
        slots = (slot_on(series, day, usual, minutes, world) for day in days)
        found = (slot for slot in slots if slot is not None and after < slot <= until)
        first = tuple(islice(found, SLOTS))
        if first:
            return first
    return ()


def _days(after: datetime, until: datetime, zone_name: str) -> Iterator[date]:
    """List the days of a zone that begin by `until`, from the one of `after` on."""
    day = local(after, zone_name).date()
    while wall(day, time(0), zone_name) <= until:
        yield day
        day += DAY


def fit(series: Series, planned: datetime, world: World) -> datetime:
    """Find where a planned meeting really goes: a day off of either, or a clash, moves it.

    Inside the two-week window before outside it, the same week before its neighbours, the
    nearest day first.
    """
    cadence = series.cadence
    taken = clashes(planned, planned + timedelta(minutes=cadence.minutes), world)
    if not taken and _both_work_on(series, planned, world):
        return planned
    tries = product(_days_near(series, planned, world), (_usual_slot_on, _slot_on))
    found = (slot_on(series, day, cadence.at, cadence.minutes, world) for day, slot_on in tries)
    slots = (slot for slot in found if slot is not None and _is_open(series, slot, world))
    return next(slots, planned)


def _days_near(series: Series, planned: datetime, world: World) -> list[date]:
    """List the days of the week before, the same and the one after, the best first."""
    zone_name = series.cadence.zone
    day = local(planned, zone_name).date()
    limit = local(window_end(series, planned, world), zone_name).date()
    monday = day - timedelta(days=day.weekday())

    def worse(other: date) -> tuple[bool, bool, int]:
        another_week = other.isocalendar().week != day.isocalendar().week
        return other > limit, another_week, abs((other - day).days)

    return sorted((monday + timedelta(days=n) for n in range(-7, 14)), key=worse)


def _is_open(series: Series, slot: datetime, world: World) -> bool:
    """Tell whether it is to come, and not within half a period of a meeting that is there."""
    half = timedelta(weeks=series.cadence.every_weeks) / 2
    return slot > world.now and all(abs(slot - m.start) >= half for m in series.meetings)
