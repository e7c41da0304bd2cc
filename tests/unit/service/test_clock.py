"""Holds: the clock calls at the instant it was given last, and leaves out nothing that was late."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from queue import Empty, Queue
from typing import Any

import apscheduler.schedulers.base
import pytest

from mailbot.service.runtime import clock
from tests.kit.servers import until


@pytest.fixture
def timer() -> Iterator[clock.Timer]:
    made = clock.Timer()
    yield made
    made.stop()


def soon(seconds: float = 0.1) -> datetime:
    return clock.now() + timedelta(seconds=seconds)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_it_calls_at_the_instant_and_once(timer: clock.Timer) -> None:
    queue: Queue[datetime] = Queue()
    timer.start()
    at = soon()
    timer.at("due", at, lambda: queue.put(clock.now()))
    assert timedelta() <= queue.get(timeout=5) - at < timedelta(seconds=1)
    with pytest.raises(Empty):
        queue.get(timeout=0.2)


def test_another_instant_under_the_same_name_replaces_the_first(timer: clock.Timer) -> None:
    queue: Queue[str] = Queue()
    timer.at("due", soon(3600), lambda: queue.put("the first"))
    timer.start()
    timer.at("other", soon(3600), lambda: queue.put("another"))
    timer.at("due", soon(), lambda: queue.put("the second"))
    assert queue.get(timeout=5) == "the second"
    assert len(timer._scheduler.get_jobs()) == 1, "what was called is forgotten; the other is not"


@pytest.mark.parametrize("hours", [0, 1, 24 * 365])
def test_an_instant_that_is_over_is_called_at_once(timer: clock.Timer, hours: int) -> None:
    queue: Queue[str] = Queue()
    timer.at("due", clock.now() - timedelta(hours=hours), lambda: queue.put("late"))
    timer.start()
    assert queue.get(timeout=5) == "late"


def test_the_chores_of_a_day_and_of_an_hour_are_called_then(timer: clock.Timer) -> None:
    timer.daily(7, lambda: None)
    timer.hourly(lambda: None)
    timer.start()
    daily, hourly = sorted(
        (job.next_run_time for job in timer._scheduler.get_jobs()), key=lambda at: at.hour != 7
    )
    assert (daily.hour, daily.minute, daily.second) == (7, 0, 0)
    assert (hourly.minute, hourly.second) == (0, 0)
    assert clock.now() < hourly <= soon(3600)


def test_it_is_quiet_once_it_was_stopped(timer: clock.Timer) -> None:
    queue: Queue[str] = Queue()
    timer.start()
    timer.at("due", soon(0.2), lambda: queue.put("too late"))
    timer.stop()
    with pytest.raises(Empty):
        queue.get(timeout=0.4)
    timer.stop()  # twice is harmless


def test_a_slow_call_holds_up_no_instant(timer: clock.Timer) -> None:
    may_end, calls = threading.Event(), []

    def slow() -> None:
        calls.append(1)
        may_end.wait(5)

    timer.start()
    timer.at("due", soon(0), slow)
    until(lambda: calls)
    timer.at("other", soon(0.05), lambda: calls.append(2))
    until(lambda: len(calls) == 2)
    may_end.set()


@pytest.mark.parametrize("off", [timedelta(hours=1), timedelta(days=30)])
def test_a_clock_that_was_set_forward_is_noticed_when_any_instant_is_given(
    off: timedelta, timer: clock.Timer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sleeps until an instant by a clock of its own; an instant that is given again wakes it, and it sees what is late."""
    queue: Queue[str] = Queue()
    timer.at("chore", soon(1800), lambda: queue.put("late"))
    timer.start()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return clock.now().astimezone(tz) + off

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", Shifted)
    with pytest.raises(Empty):
        queue.get(timeout=0.2)
    timer.at("due", soon(90 * 86_400), lambda: None)
    assert queue.get(timeout=5) == "late"
