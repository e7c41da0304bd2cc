"""When: cadence, working hours, lead times, free slots, the two-week guard.

Wall-clock times live in zones, instants are UTC. Nothing here reads a clock: `world.now` is the
present.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from mailbot.meeting.events import World
from mailbot.meeting.model import Cadence, Meeting, Person, Purpose, Role, Series, Stage

DAY = timedelta(days=1)
SLOTS = 3
REQUESTS = (Purpose.AGENDA_REQUEST, Purpose.FIRST_AGENDA_REQUEST)
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
    if person.away_until is not None and day <= person.away_until:
        return False
    return day.weekday() in person.days and day not in world.days_off(person.country)


def away_at(person: Person, instant: datetime) -> bool:
    """Tell whether it falls into an absence they stated."""
    until = person.away_until
    return until is not None and local(instant, person.zone).date() <= until


def working_time(person: Person, earliest: datetime, world: World) -> datetime:
    """Find the first instant not before `earliest` inside the person's working hours."""
    day = local(earliest, person.zone).date()
    while True:
        opens, closes = (wall(day, at, person.zone) for at in (person.from_hour, person.to_hour))
        if works_on(person, day, world) and earliest < closes:
            return max(opens, earliest)
        day += DAY
        if wall(day, time(0), person.zone) - earliest > HORIZON:
            return max(earliest, world.now) + HORIZON


def at_work(person: Person, start: datetime, end: datetime, world: World) -> bool:
    """Tell whether the whole of [start, end] lies inside one working day of the person."""
    day = local(start, person.zone).date()
    opens, closes = (wall(day, at, person.zone) for at in (person.from_hour, person.to_hour))
    return works_on(person, day, world) and opens <= start and end <= closes


def days_before(person: Person, start: datetime, days: int, world: World) -> datetime:
    """Go `days` working days of this person back from the meeting's local day, at the mail hour."""
    day = local(start, person.zone).date()
    for _ in range(HORIZON.days):
        if days == 0:
            break
        day -= DAY
        days -= works_on(person, day, world)
    return working_time(person, wall(day, world.rules.mail_hour, person.zone), world)


def next_morning(person: Person, after: datetime, world: World) -> datetime:
    """Find the mail hour of the next working day."""
    day = local(after, person.zone).date() + DAY
    return working_time(person, wall(day, world.rules.mail_hour, person.zone), world)


def days_after(person: Person, instant: datetime, days: int, world: World) -> datetime:
    """Go `days` working days on, to the same time of day."""
    there = local(instant, person.zone)
    day = there.date()
    for _ in range(HORIZON.days):
        if days == 0:
            break
        day += DAY
        days -= works_on(person, day, world)
    return wall(day, there.time(), person.zone)


# ---- the cadence ----


def first_start(cadence: Cadence, after: datetime) -> datetime:
    """Find the first occurrence after an instant, not before `cadence.first`."""
    day = local(after, cadence.zone).date()
    if cadence.first is not None:
        day = max(day, cadence.first)
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


# ---- free slots ----


def is_free(series: Series, start: datetime, minutes: int, world: World) -> bool:
    """Tell whether both are at work and neither has another one-on-one."""
    end = start + timedelta(minutes=minutes)
    people = (series.report, series.manager)
    return all(at_work(p, start, end, world) for p in people) and not clashes(start, end, world)


def clashes(start: datetime, end: datetime, world: World) -> bool:
    """Tell whether one of the two has another one-on-one in [start, end)."""
    return any(start < busy_end and busy_start < end for busy_start, busy_end in world.busy)


def _times_of_day(usual: time) -> Iterator[time]:
    """The usual time first, then every half hour, nearest to it first."""
    yield usual
    minutes = usual.hour * 60 + usual.minute
    grid = sorted(range(0, 24 * 60, 30), key=lambda m: (abs(m - minutes), m))
    yield from (time(m // 60, m % 60) for m in grid if m != minutes)


def _slot_on(series: Series, day: date, usual: time, minutes: int, world: World) -> datetime | None:
    """The free time of this day that is nearest to the usual one."""
    zone_name = series.cadence.zone
    for at in _times_of_day(usual):
        start = wall(day, at, zone_name)
        if exists(day, at, zone_name) and is_free(series, start, minutes, world):
            return start
    return None


def _usual_slot_on(
    series: Series, day: date, usual: time, minutes: int, world: World
) -> datetime | None:
    """For two people whose hours never meet: the time they agreed to, on a day both work."""
    if not exists(day, usual, series.cadence.zone):
        return None
    start = wall(day, usual, series.cadence.zone)
    free = not clashes(start, start + timedelta(minutes=minutes), world)
    return start if free and _both_work_on(series, start, world) else None


def _both_work_on(series: Series, start: datetime, world: World) -> bool:
    """Each on the day that it is where they are."""
    people = (series.report, series.manager)
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
    """The days of a zone that begin by `until`, from the one of `after` on."""
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
    if _both_work_on(series, planned, world) and not _taken(planned, cadence, world):
        return planned
    for day in _days_near(series, planned, world):
        for slot_on in (_usual_slot_on, _slot_on):
            slot = slot_on(series, day, cadence.at, cadence.minutes, world)
            if slot is not None and _is_open(series, slot, world):
                return slot
    return planned


def _days_near(series: Series, planned: datetime, world: World) -> list[date]:
    """Of the week before, the same and the one after, the best first."""
    zone_name = series.cadence.zone
    day = local(planned, zone_name).date()
    limit = local(window_end(series, planned, world), zone_name).date()
    monday = day - timedelta(days=day.weekday())

    def worse(other: date) -> tuple[bool, bool, int]:
        another_week = other.isocalendar().week != day.isocalendar().week
        return other > limit, another_week, abs((other - day).days)

    return sorted((monday + timedelta(days=n) for n in range(-7, 14)), key=worse)


def _is_open(series: Series, slot: datetime, world: World) -> bool:
    return slot > world.now and not _on_the_heels(series, slot)


def _on_the_heels(series: Series, slot: datetime) -> bool:
    """Within half a period of a meeting that is already there."""
    half = timedelta(weeks=series.cadence.every_weeks) / 2
    return any(abs(slot - m.start) < half for m in series.meetings)


def _taken(planned: datetime, cadence: Cadence, world: World) -> bool:
    return clashes(planned, planned + timedelta(minutes=cadence.minutes), world)


# ---- the two-week guard ----


def last_met(series: Series) -> datetime | None:
    """Tell the start of the last meeting that time passed and nobody denied."""
    starts = [m.start for m in series.meetings if m.past and m.happened is not False]
    if series.last_met is not None:
        starts.append(series.last_met)
    return max(starts, default=None)


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
    met = last_met(series)
    end = (met if met is not None else start) + limit
    # already too late: soon, then
    return end if end > world.now + DAY else world.now + timedelta(days=7)


# ---- what one meeting owes ----


@dataclass(frozen=True, slots=True)
class Owed:
    """A scheduled mail: due at `at`, worthless after `until`."""

    at: datetime
    until: datetime
    purpose: Purpose
    to: Role


def owed(series: Series, meeting: Meeting, world: World) -> list[Owed]:
    """List the scheduled mails of a meeting that are not sent yet, whenever they are due."""
    mailed = {(m.purpose, m.to) for m in meeting.mailed}
    found = [*_before(series, meeting, world), *_after(series, meeting, world)]
    return [o for o in found if (o.purpose, o.to) not in mailed]


def in_hours(series: Series, mail: Owed, world: World) -> Owed:
    """Put a mail into working hours: what is overdue leaves now, or when its reader works again."""
    return replace(mail, at=working_time(series.person(mail.to), max(mail.at, world.now), world))


def _before(series: Series, meeting: Meeting, world: World) -> Iterator[Owed]:
    if meeting.past:
        return
    yield from _requests(series, meeting, world)
    for role in Role:
        at = days_before(series.person(role), meeting.start, world.rules.agenda_days, world)
        at = max(at, _time_to_answer(series, meeting, role, world))
        yield Owed(at, meeting.start, Purpose.AGENDA, role)
        if _changed_since_agenda(meeting, role):
            at = _update_time(series.person(role), meeting.start, world)
            yield Owed(at, meeting.start, Purpose.AGENDA_UPDATE, role)


def _requests(series: Series, meeting: Meeting, world: World) -> Iterator[Owed]:
    """The report is asked for the agenda; before the first meeting the manager is asked, too."""
    start, days = meeting.start, world.rules.request_days
    at = days_before(series.report, start, days, world)
    if meeting.number > 1:
        yield Owed(at, start, Purpose.AGENDA_REQUEST, Role.REPORT)
        return
    yield Owed(at, start, Purpose.FIRST_AGENDA_REQUEST, Role.REPORT)
    at = days_before(series.manager, start, days, world)
    yield Owed(at, start, Purpose.FIRST_MANAGER, Role.MANAGER)


def _update_time(person: Person, start: datetime, world: World) -> datetime:
    """An hour before; for a meeting at the very start of the day, an hour before the end of the
    working day before."""
    ahead = timedelta(minutes=world.rules.update_minutes)
    at = working_time(person, start - ahead, world)
    if at < start:
        return at
    day = local(days_before(person, start, 1, world), person.zone).date()
    return wall(day, person.to_hour, person.zone) - ahead


def _time_to_answer(series: Series, meeting: Meeting, role: Role, world: World) -> datetime:
    """A request that went out late leaves three hours before the agenda follows it, if there are
    three hours."""
    asked = [m.at for m in meeting.mailed if m.purpose in REQUESTS]
    if not asked:
        return world.now - HORIZON
    latest = meeting.start - timedelta(minutes=30)
    return working_time(series.person(role), min(max(asked) + timedelta(hours=3), latest), world)


def _changed_since_agenda(meeting: Meeting, role: Role) -> bool:
    agendas = [m for m in meeting.mailed if m.purpose is Purpose.AGENDA]
    return any(meeting.changes > m.changes for m in agendas if m.to is role)


def _after(series: Series, meeting: Meeting, world: World) -> Iterator[Owed]:
    if meeting.stage is not Stage.MET:
        return
    for role in Role:
        person = series.person(role)
        if role not in meeting.answered and _is_asked_about(meeting):
            at = working_time(person, _asked_at(meeting, world), world)
            yield Owed(at, at + timedelta(days=2), Purpose.NOTES_REQUEST, role)
        if meeting.answered_at is not None and has_summary(meeting):
            at = _summary_time(person, meeting.answered, meeting.answered_at, world)
            yield Owed(at, at + HORIZON, Purpose.SUMMARY, role)


def _is_asked_about(meeting: Meeting) -> bool:
    """Unless nobody wrote and it is known how it was, as when somebody was away."""
    return meeting.happened is None or bool(meeting.answered)


def _asked_at(meeting: Meeting, world: World) -> datetime:
    return end_of(meeting) + timedelta(minutes=world.rules.notes_minutes)


def _summary_time(
    person: Person, answered: tuple[Role, ...], first_at: datetime, world: World
) -> datetime:
    """At once when both have answered, else the morning after the first answer."""
    if len(answered) == len(Role):
        return working_time(person, world.now, world)
    return next_morning(person, first_at, world)


def has_summary(meeting: Meeting) -> bool:
    """Tell whether it is summed up: one that did not happen and left no words is not, and the next
    agenda carries it all."""
    return meeting.happened is not False or bool(meeting.notes)


def closes_at(series: Series, meeting: Meeting, world: World) -> datetime:
    """Tell when a meeting that nobody answers for is closed."""
    asked, people = _asked_at(meeting, world), (series.report, series.manager)
    quiet = max(
        days_after(p, working_time(p, asked, world), world.rules.close_days, world) for p in people
    )
    return min(quiet, stale_at(meeting, world))


def stale_at(meeting: Meeting, world: World) -> datetime:
    """Tell when a meeting is closed in any case: nobody's absence keeps it open longer than the
    gap rule."""
    return end_of(meeting) + timedelta(days=world.rules.max_gap_days)
