"""What time it is, and a bell that rings at intervals. The only file that reads the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

LOOK_S = 30.0  # how long a clock that was set back can keep the bell quiet


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


class Timer:
    """Calls something every so many seconds, in a thread of its own: `timer.every(60, queue.put,
    Tick())`.

    What is called must be short and must not raise. A run that was late or missed is made up for
    once.
    """

    def __init__(self) -> None:
        self._scheduler = Scheduler(
            timezone=UTC,
            job_defaults={
                "misfire_grace_time": None,  # the default of 1 s drops a job that is late
                "coalesce": True,
                "max_instances": 1,
            },
        )

    def every(
        self, seconds: float, call: Callable[..., object], *arguments: object, at_once: bool = True
    ) -> None:
        first = {"next_run_time": now()} if at_once else {}
        self._scheduler.add_job(call, "interval", seconds=seconds, args=arguments, **first)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)


# apscheduler 3.11 is published without types
class Scheduler(BackgroundScheduler):  # type: ignore[misc]
    """APScheduler counts in wall-clock time: set back by an hour, it would be silent for that
    hour."""

    def _process_jobs(self) -> float:
        for job in self.get_jobs():
            if job.next_run_time and job.next_run_time - now() > job.trigger.interval + timedelta(
                seconds=1
            ):
                job.modify(next_run_time=now())
        wait_s: Any = super()._process_jobs()
        return LOOK_S if wait_s is None else min(float(wait_s), LOOK_S)
