"""Two people, a Monday, and a series between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest

from mailbot.meeting.decide import decide, open_series
from mailbot.meeting.events import Answered, Decision, Due, Event, Started, World
from mailbot.meeting.model import ActionItem, Cadence, Meeting, Person, Purpose, Role, Series, Stage
from mailbot.meeting.said import Said
from mailbot.meeting.sends import Send

ANA = Person("ana@corp.example", "Ana Silva", zone="Europe/Berlin")
BEN = Person("ben@corp.example", "Ben Ito", zone="Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)  # 09:00 in Berlin
THURSDAYS = Cadence(3, time(15), "Europe/Berlin")


@dataclass
class Pair:
    """A series under a clock: let time pass, let people speak, look at what left."""

    series: Series
    now: datetime
    sends: list[tuple[datetime, Send]] = field(default_factory=list)
    closed: list[Meeting] = field(default_factory=list)
    closed_actions: list[ActionItem] = field(default_factory=list)
    holidays: dict[str, frozenset[date]] = field(default_factory=dict)
    busy: tuple[tuple[datetime, datetime], ...] = ()

    def days_off(self, country: str) -> frozenset[date]:
        return self.holidays.get(country, frozenset())

    def world(self) -> World:
        return World(self.now, self.days_off, self.busy)

    def happen(self, event: Event) -> Decision:
        decision = decide(self.series, event, self.world())
        self.series = decision.series
        self.sends += [(self.now, send) for send in decision.sends]
        self.closed += decision.closed
        self.closed_actions += decision.closed_actions
        return decision

    def until(self, end: datetime) -> Pair:
        while self.series.next_due is not None and self.series.next_due <= end:
            self.now = max(self.series.next_due, self.now)
            self.happen(Due())
        self.now = end
        return self

    def until_sent(self, purpose: Purpose, to: Role) -> Send:
        for _ in range(200):
            found = [
                s for at, s in self.sends if at == self.now and s.purpose is purpose and s.to is to
            ]
            if found:
                return found[-1]
            assert self.series.next_due is not None
            self.until(self.series.next_due)
        raise AssertionError(f"no {purpose} to {to}")

    def says(self, role: Role, *said: Said, to: Send | None = None) -> tuple[Send, ...]:
        self.now += timedelta(minutes=1)
        meeting, purpose = (to.meeting, to.purpose) if to else (None, None)
        return self.happen(
            Answered(role, said, meeting, purpose, address=self.series.person(role).address)
        ).sends

    @property
    def upcoming(self) -> Meeting:
        return next(m for m in self.series.meetings if m.stage not in (Stage.MET, Stage.CLOSED))

    def purposes(self, role: Role) -> list[str]:
        return [s.purpose.value for _, s in self.sends if s.to is role]


def pair(
    cadence: Cadence = THURSDAYS,
    report: Person = ANA,
    manager: Person = BEN,
    now: datetime = MONDAY,
    **world: dict[str, frozenset[date]],
) -> Pair:
    made = Pair(open_series("aaaaaaaa", report, manager, cadence), now, **world)  # type: ignore[arg-type]
    made.happen(Started())
    return made


@pytest.fixture
def new_pair() -> Callable[..., Pair]:
    return pair


@pytest.fixture
def both() -> Pair:
    return pair()
