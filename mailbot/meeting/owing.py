"""What one meeting owes by mail, and until when it waits for answers."""

from __future__ import annotations

from collections.abc import Iterator
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
