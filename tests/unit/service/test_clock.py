"""The clock and its bell."""

import threading
from collections.abc import Iterator
from datetime import UTC, timedelta
from queue import Empty, Queue
from typing import Any

import pytest

from mailbot.service.runtime import clock
from tests.kit.servers import until


@pytest.fixture
def timer() -> Iterator[clock.Timer]:
    made = clock.Timer()
    yield made
    made.stop()


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC


def test_it_puts_things_on_a_queue_at_once_and_again(timer: clock.Timer) -> None:
    queue: Queue[str] = Queue()
    timer.every(0.1, queue.put, "tick")
    timer.every(3600, queue.put, "audit")
    timer.every(3600, queue.put, "never", at_once=False)
    timer.start()
    got = [queue.get(timeout=5) for _ in range(4)]
    assert (got.count("tick"), got.count("audit")) == (3, 1)


def test_it_is_quiet_once_it_was_stopped(timer: clock.Timer) -> None:
    queue: Queue[str] = Queue()
    timer.every(0.05, queue.put, "tick")
    timer.start()
    queue.get(timeout=5)
    timer.stop()
    while not queue.empty():
        queue.get()
    with pytest.raises(Empty):
        queue.get(timeout=0.2)
    timer.stop()  # twice is harmless


def test_a_slow_call_is_made_up_for_once(
    timer: clock.Timer, caplog: pytest.LogCaptureFixture
) -> None:
    may_end, calls = threading.Event(), []

    def slow() -> None:
        calls.append(1)
        may_end.wait(5)

    timer.every(0.1, slow)
    timer.start()
    until(lambda: calls)
    threading.Event().wait(0.35)
    assert len(calls) == 1
    may_end.set()
    until(lambda: len(calls) == 2)


@pytest.mark.parametrize("hours", [1, 24])
def test_a_clock_that_was_set_back_does_not_silence_it(
    hours: int, timer: clock.Timer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "LOOK_S", 0.05)
    queue: Queue[str] = Queue()
    timer.every(60, queue.put, "tick", at_once=False)
    timer.start()
    job: Any = timer._scheduler.get_jobs()[0]
    job.modify(
        next_run_time=clock.now() + timedelta(hours=hours)
    )  # as it stands after the clock was set back
    assert queue.get(timeout=5) == "tick"
