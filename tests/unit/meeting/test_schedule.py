"""Holds: no scheduled mail leaves outside a person's working hours or into their absence.

Cadence over clock changes, working hours, lead times, slots.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from mailbot.meeting.events import World
from mailbot.meeting.model import Cadence, Meeting, Person
from mailbot.meeting.schedule import (
    days_before,
    exists,
    first_start,
    following,
    local,
    wall,
    working_time,
)
from mailbot.meeting.slots import free_slots, is_free
from tests.unit.meeting.conftest import ANA, BEN, MONDAY, pair

BERLIN = "Europe/Berlin"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("Europe/Berlin", date(2026, 3, 26), time(15), "2026-03-26 14:00"),
        ("Europe/Berlin", date(2026, 4, 2), time(15), "2026-04-02 13:00"),
        ("America/New_York", date(2026, 3, 5), time(9), "2026-03-05 14:00"),
        ("America/New_York", date(2026, 3, 12), time(9), "2026-03-12 13:00"),
        ("Asia/Ho_Chi_Minh", date(2026, 7, 2), time(9), "2026-07-02 02:00"),
    ],
)
def test_wall_clock_stays_over_clock_changes(zone: str, day: date, at: time, instant: str) -> None:
    assert wall(day, at, zone) == utc(instant)


def test_a_time_the_clocks_jump_over_does_not_exist() -> None:
    assert not exists(date(2026, 3, 29), time(2, 30), BERLIN)
    assert exists(date(2026, 3, 29), time(3, 30), BERLIN)


@pytest.mark.parametrize(
    ("weeks", "start", "planned", "weekday", "expected"),
    [
        (1, "2026-03-05 14:00", "2026-03-05 14:00", 3, "2026-03-12 14:00"),  # the next week
        (2, "2026-03-05 14:00", "2026-03-05 14:00", 3, "2026-03-19 14:00"),
        (
            1,
            "2026-03-11 14:00",
            "2026-03-05 14:00",
            3,
            "2026-03-19 14:00",
        ),  # moved: not again the next day
        (
            1,
            "2026-03-06 14:00",
            "2026-03-05 14:00",
            3,
            "2026-03-12 14:00",
        ),  # moved by a day: back on the beat
        (1, "2026-03-05 14:00", "2026-03-05 14:00", 1, "2026-03-10 14:00"),  # Tuesdays from now on
        (
            2,
            "2026-03-05 14:00",
            "2026-03-05 14:00",
            2,
            "2026-03-18 14:00",
        ),  # a new weekday, inside two weeks
    ],
)
def test_the_meeting_that_follows(
    weeks: int, start: str, planned: str, weekday: int, expected: str
) -> None:
    cadence = Cadence(weekday, time(15), BERLIN, weeks)
    previous = Meeting(1, utc(start), 30, utc(planned))
    assert following(cadence, previous, previous.start) == utc(expected)


def test_the_first_meeting_is_not_before_its_first_day() -> None:
    cadence = Cadence(3, time(15), BERLIN, first=date(2026, 3, 10))
    assert first_start(cadence, MONDAY) == utc("2026-03-12 14:00")


@pytest.mark.parametrize(
    ("earliest", "expected"),
    [
        ("2026-03-02 03:00", "2026-03-02 08:00"),  # before work: at nine
        ("2026-03-02 12:00", "2026-03-02 12:00"),
        ("2026-03-02 16:00", "2026-03-03 08:00"),  # at five the day is over
        ("2026-03-06 20:00", "2026-03-09 08:00"),  # over the weekend
        ("2026-03-28 12:00", "2026-03-30 07:00"),  # over the clock change
    ],
)
def test_working_time(earliest: str, expected: str) -> None:
    assert working_time(ANA, utc(earliest), World(MONDAY)) == utc(expected)


def test_holidays_and_absence_are_no_working_days() -> None:
    world = World(MONDAY, {"DE": frozenset({date(2026, 3, 3)})}.__getitem__)
    ana = replace(ANA, country="DE", away_until=date(2026, 3, 2))
    assert working_time(ana, MONDAY, world) == utc("2026-03-04 08:00")


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-03-12 14:00", 2, "2026-03-10 08:00"),
        ("2026-03-09 14:00", 2, "2026-03-05 08:00"),  # Monday: the Thursday before
        ("2026-03-09 14:00", 1, "2026-03-06 08:00"),
    ],
)
def test_lead_times_count_working_days(start: str, days: int, expected: str) -> None:
    assert days_before(ANA, utc(start), days, World(MONDAY)) == utc(expected)


def test_the_mail_hour_waits_for_people_who_start_late() -> None:
    late = replace(ANA, from_hour=time(11), to_hour=time(19))
    assert days_before(late, utc("2026-03-12 14:00"), 1, World(MONDAY)) == utc("2026-03-11 10:00")


def test_slots_are_free_for_both_and_on_other_days() -> None:
    series = pair().series
    busy = ((utc("2026-03-03 14:00"), utc("2026-03-03 14:30")),)
    world = World(MONDAY, busy=busy)
    start = series.meetings[0].start
    slots = free_slots(
        series, MONDAY + timedelta(hours=4), start + timedelta(days=14), 30, world, instead_of=start
    )
    assert len(slots) == 3
    assert all(is_free(series, slot, 30, world) for slot in slots)
    assert local(start, BERLIN).date() not in {local(slot, BERLIN).date() for slot in slots}
    assert slots[1] == utc("2026-03-03 13:30"), (
        "on Tuesday the usual time is taken: the nearest half hour is offered"
    )


def test_people_whose_hours_never_meet_are_offered_their_usual_time() -> None:
    tokyo = Person("aki@corp.example", "Aki Sato", zone="Asia/Tokyo")
    ny = Person("ben@corp.example", "Ben Ito", zone="America/New_York")
    both = pair(Cadence(1, time(8), "Asia/Tokyo"), tokyo, ny)
    slots = free_slots(both.series, both.now, both.now + timedelta(days=10), 30, both.world())
    assert {local(slot, "Asia/Tokyo").time() for slot in slots} == {time(8)}


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ({date(2026, 3, 12)}, "2026-03-11 14:00"),  # the day before
        ({date(2026, 3, 11), date(2026, 3, 12)}, "2026-03-13 14:00"),  # or the day after
    ],
)
def test_a_holiday_moves_a_meeting_within_its_week(off: set[date], expected: str) -> None:
    both = pair(report=replace(ANA, country="DE"), holidays={"DE": frozenset(off)})
    both.until(utc("2026-03-06 12:00"))
    assert both.upcoming.start == utc(expected)
    assert both.upcoming.planned == utc("2026-03-12 14:00")


def test_two_series_of_one_manager_do_not_clash() -> None:
    both = pair(manager=BEN)
    both.busy = ((utc("2026-03-12 13:45"), utc("2026-03-12 14:15")),)
    both.until(utc("2026-03-06 12:00"))
    assert both.upcoming.start != utc("2026-03-12 14:00")
