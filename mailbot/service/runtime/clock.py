"""Tell the time, and ring at an instant or every day. The only file that reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


class Timer:
    """Call something at an instant, every hour or every day, in a thread of its own (APScheduler).

    What is called must be short and must not raise. A call that was late or missed is made up for
    once.

    The scheduler sleeps until the next instant by a clock that stands still while the machine
    does, and hears of no clock that was set. Whoever gives it an instant therefore gives it again
    from time to time (`Loop`, after LOOK_S at the latest): that wakes it, and it calls what is
    late by now.
    """

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={
                "misfire_grace_time": None,  # the default of 1 s drops a job that is late
                "coalesce": True,
                "max_instances": 1,
            },
        )

    def at(self, name: str, instant: datetime, call: Callable[[], object]) -> None:
        """Call at this instant, and no longer at the one that was given under this name before;
        at once if it is over."""
        self._scheduler.add_job(call, "date", run_date=instant, id=name, replace_existing=True)

    def daily(self, hour: int, call: Callable[[], object]) -> None:
        """Call at this hour of every day, UTC."""
        self._scheduler.add_job(call, "cron", hour=hour)

    def hourly(self, call: Callable[[], object]) -> None:
        """Call at every full hour."""
        self._scheduler.add_job(call, "cron", minute=0)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """Wait for what is being called, and call nothing any more."""
        if self._scheduler.running:
            # or a job that fires meanwhile is not found any more, and its thread fails
            self._scheduler.remove_all_jobs()
            self._scheduler.shutdown(wait=True)
