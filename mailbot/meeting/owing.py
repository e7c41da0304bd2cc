"""What one meeting owes by mail, and until when it waits for answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbot.meeting.events import World
from mailbot.meeting.model import Meeting, Person, Purpose, Role, Series, Stage
from mailbot.meeting.schedule import (
    HORIZON,
    days_after,
    days_before,
    end_of,
    local,
    next_morning,
    wall,
    working_time,
)

REQUESTS = (Purpose.AGENDA_REQUEST, Purpose.FIRST_AGENDA_REQUEST)
FIRST_REQUESTS = (
    (Purpose.FIRST_AGENDA_REQUEST, Role.REPORT),
    (Purpose.FIRST_MANAGER, Role.MANAGER),
)
LATER_REQUESTS = ((Purpose.AGENDA_REQUEST, Role.REPORT),)


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
    found = OF_STAGE[meeting.stage](series, meeting, world)
    return [mail for mail in found if (mail.purpose, mail.to) not in mailed]


def in_hours(series: Series, mail: Owed, world: World) -> Owed:
    """Put a mail into working hours: what is overdue leaves now, or when its reader works again."""
    return replace(mail, at=working_time(series.person(mail.to), max(mail.at, world.now), world))


def _before(series: Series, meeting: Meeting, world: World) -> Iterator[Owed]:
    """List the requests, the agenda and its update."""
    start, rules = meeting.start, world.rules
    yield from _requests(series, meeting, world)
    for role, person in series.people.items():
        at = days_before(person, start, rules.agenda_days, world)
        at = max(at, _time_to_answer(person, meeting, world))
        yield Owed(at, start, Purpose.AGENDA, role)
        if _changed_since_agenda(meeting, role):
            yield Owed(_update_time(person, start, world), start, Purpose.AGENDA_UPDATE, role)


def _requests(series: Series, meeting: Meeting, world: World) -> Iterator[Owed]:
    """Ask the report for the agenda; before the first meeting the manager, too."""
    start, days = meeting.start, world.rules.request_days
    for purpose, role in FIRST_REQUESTS if meeting.number == 1 else LATER_REQUESTS:
        yield Owed(days_before(series.person(role), start, days, world), start, purpose, role)


def _update_time(person: Person, start: datetime, world: World) -> datetime:
    """Find the time an hour before; for a meeting at the very start of the day, an hour before the
    end of the working day before."""
    ahead = timedelta(minutes=world.rules.update_minutes)
    at = working_time(person, start - ahead, world)
    if at < start:
        return at
    day = local(days_before(person, start, 1, world), person.zone).date()
    return wall(day, person.to_hour, person.zone) - ahead


def _time_to_answer(person: Person, meeting: Meeting, world: World) -> datetime:
    """Leave three hours after a request that went out late before the agenda follows it, if there
    are three hours."""
    asked = [m.at for m in meeting.mailed if m.purpose in REQUESTS]
    if not asked:
        return world.now - HORIZON
    latest = meeting.start - timedelta(minutes=30)
    return working_time(person, min(max(asked) + timedelta(hours=3), latest), world)


def _changed_since_agenda(meeting: Meeting, role: Role) -> bool:
    shown = [m.changes for m in meeting.mailed if (m.purpose, m.to) == (Purpose.AGENDA, role)]
    return bool(shown) and meeting.changes > min(shown)


def _after(series: Series, meeting: Meeting, world: World) -> Iterator[Owed]:
    """List the notes requests and the summary."""
    # nobody is asked if nobody wrote and it is known how it was, as when somebody was away
    open_question = meeting.happened is None or meeting.answered
    silent = [role for role in Role if role not in meeting.answered]
    for role in silent if open_question else ():
        at = working_time(series.person(role), _asked_at(meeting, world), world)
        yield Owed(at, at + timedelta(days=2), Purpose.NOTES_REQUEST, role)
    if meeting.answered_at is None or not has_summary(meeting):
        return
    for role, person in series.people.items():
        at = _summary_time(person, meeting, meeting.answered_at, world)
        yield Owed(at, at + HORIZON, Purpose.SUMMARY, role)


def _nothing(_series: Series, _meeting: Meeting, _world: World) -> tuple[Owed, ...]:
    return ()


OF_STAGE: dict[Stage, Callable[[Series, Meeting, World], Iterable[Owed]]] = {
    Stage.PLANNED: _before,
    Stage.COLLECTING: _before,
    Stage.AGENDA_SENT: _before,
    Stage.MET: _after,
    Stage.CLOSED: _nothing,
}
"""What a meeting owes at each stage, sent or not."""


def _asked_at(meeting: Meeting, world: World) -> datetime:
    return end_of(meeting) + timedelta(minutes=world.rules.notes_minutes)


def _summary_time(person: Person, meeting: Meeting, first_at: datetime, world: World) -> datetime:
    """Find the time at once when both have answered, else the morning after the first answer."""
    if len(meeting.answered) == len(Role):
        return working_time(person, world.now, world)
    return next_morning(person, first_at, world)


def has_summary(meeting: Meeting) -> bool:
    """Tell whether it is summed up: one that did not happen and left no words is not, and the next
    agenda carries it all."""
    return meeting.happened is not False or bool(meeting.notes)


def closes_at(series: Series, meeting: Meeting, world: World) -> datetime:
    """Tell when a meeting that nobody answers for is closed."""
    asked, days = _asked_at(meeting, world), world.rules.close_days
    quiet = [
        days_after(person, working_time(person, asked, world), days, world)
        for person in series.people.values()
    ]
    return min(max(quiet), stale_at(meeting, world))


def stale_at(meeting: Meeting, world: World) -> datetime:
    """Tell when a meeting is closed in any case: nobody's absence keeps it open longer than the
    gap rule."""
    return end_of(meeting) + timedelta(days=world.rules.max_gap_days)
