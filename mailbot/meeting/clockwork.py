"""What time alone does: plan, meet, sum up, close, ask and tell. Nobody answering anything never
stops it and loses nothing.

Problem: a restart, a clock that jumps and three days of darkness must not lose a mail, send one
twice or send a flood.

Idea: what is due is no list of timers but a question to the state. `roll` asks it again and again:
is a pause over, is a meeting's time to move on, does a meeting have to be planned, which mail that
the state owes has been due longest? It does the first thing that is, and stops when there is none.
What was done stands in the state (Meeting.stage, Meeting.mailed), so nothing is done twice, and
`next_due` falls out of the same question: the earliest instant at which its answer changes.

Example: a meeting on Thursday at 15:00, mailbot was down from Monday to Wednesday noon. The request
of Tuesday 09:00 is owed still, so it leaves now; the agenda of Wednesday 09:00 is owed, too, but
waits three hours for answers to that request (owing.owed). Two mails, in order, in hours.

Rejected: a job for each mail in a scheduler (two truths, and a moved meeting must find its jobs);
catching up by replaying the ticks that were missed (it sends what is worthless by now).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from mailbot.meeting.draft import Draft, untold
from mailbot.meeting.model import (
    ActionItem,
    ActionState,
    AgendaItem,
    Meeting,
    Purpose,
    Role,
    Stage,
)
from mailbot.meeting.owing import Owed, closes_at, has_summary, stale_at
from mailbot.meeting.schedule import away_at, days_before, first_start, following, last_met, wall
from mailbot.meeting.scheduled import all_owed, send_owed
from mailbot.meeting.slots import fit
from mailbot.meeting.stages import TABLE, Act, Happening

FOR_EVER = date.max  # a pause without an end
NEWS = timedelta(days=60)  # what nobody could be told of in this time is history all the same


def roll(draft: Draft) -> None:
    """Do everything that is owed by now, once, and say when time has to come back."""
    while any(does(draft) for does in STEPS):
        pass
    draft.set(next_due=_next_due(draft))


def _resume(draft: Draft) -> bool:
    """End a pause when its day has come; whether it did."""
    if draft.series.paused_until is None or draft.is_paused:
        return False
    draft.set(paused_until=None)
    return True


# ---- stages ----


def _move_meetings_on(draft: Draft) -> bool:
    """Move one of them into its next stage, when its time has come; whether there was one."""
    acts = ((TABLE[m.stage][Happening.TIME], m) for m in draft.series.meetings)
    return any(TIME[act](draft, meeting) for act, meeting in acts)


def _meet(draft: Draft, meeting: Meeting) -> bool:
    """Let a meeting begin: from its start on words are notes, and open questions are void."""
    if meeting.start > draft.world.now:
        return False
    draft.set(proposal=None)
    draft.forget_offers(meeting.number)
    people = draft.series.people.values()
    somebody_was_away = any(away_at(person, meeting.start) for person in people)
    draft.put(replace(meeting, stage=Stage.MET, happened=False if somebody_was_away else None))
    return True


def _close_when_over(draft: Draft, meeting: Meeting) -> bool:
    """Close a meeting that is summed up, denied, or too old for an answer to come; whether it
    is."""
    waits = meeting.answered_at is not None and has_summary(meeting)
    ends = (_is_read, _is_stale) if waits else (_is_read, _is_stale, _is_denied, _is_silent)
    over = any(has_ended(draft, meeting) for has_ended in ends)
    if over:
        close(draft, meeting)
    return over


def _is_read(draft: Draft, meeting: Meeting) -> bool:
    """Tell whether all who take a summary got it."""
    readers = {role for role, who in draft.series.people.items() if who.takes(Purpose.SUMMARY)}
    told = meeting.readers(Purpose.SUMMARY)
    return bool(told) and told >= readers


def _is_stale(draft: Draft, meeting: Meeting) -> bool:
    return stale_at(meeting, draft.world) <= draft.world.now


def _is_denied(_: Draft, meeting: Meeting) -> bool:
    """Tell whether somebody was away, or both said that it did not happen."""
    return meeting.happened is False and len(meeting.answered) in (0, len(Role))


def _is_silent(draft: Draft, meeting: Meeting) -> bool:
    """Tell whether nobody answered for too long."""
    closes = closes_at(draft.series, meeting, draft.world)
    return closes <= draft.world.now and not meeting.readers(Purpose.SUMMARY)


def close(draft: Draft, meeting: Meeting) -> None:
    """Close a meeting. One that somebody answered for was talked about; of one that nobody did, or
    that was denied, all items go on."""
    missed = meeting.happened is False
    touched = dict(draft.series.touched) | {item.theme: meeting.number for item in meeting.items}
    actions = (replace(a, told=a.state is not ActionState.OPEN) for a in draft.series.actions)
    draft.set(
        touched=tuple(sorted(touched.items())),
        actions=tuple(actions),
        misses=draft.series.misses + 1 if missed else 0,
    )
    if missed or meeting.answered_at is None:
        meeting = _carry(draft, meeting)
    draft.put(replace(meeting, stage=Stage.CLOSED))


def _carry(draft: Draft, meeting: Meeting) -> Meeting:
    """Move the items to the next meeting, or keep them until one is planned."""
    emptied = draft.put(replace(meeting, items=()))
    add_items(draft, carried_over(draft, meeting))
    return emptied


def carried_over(draft: Draft, meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Mark the items of a meeting with the day of the meeting that they were first meant for."""
    day = draft.day(meeting.planned)
    return tuple(replace(item, carried_from=item.carried_from or day) for item in meeting.items)


def add_items(draft: Draft, items: tuple[AgendaItem, ...]) -> None:
    """Put items on the next agenda, or keep them until there is one."""
    upcoming = draft.upcoming()
    if upcoming is None:
        draft.set(carried=(*draft.series.carried, *items))
        return
    changes = upcoming.changes + any(not i.private for i in items)
    draft.put(replace(upcoming, items=(*upcoming.items, *items), changes=changes))


def _leave_when_history(draft: Draft, meeting: Meeting) -> bool:
    """Let a meeting leave play when the next one is closed, too, and the other has read what was
    noted late; whether it did."""
    later = [m for m in draft.series.meetings if m.number > meeting.number]
    is_old = meeting.start <= draft.world.now - NEWS
    told = is_old or not untold(meeting)
    leaves = told and Stage.CLOSED in {m.stage for m in later}
    if leaves:
        _leave(draft, meeting, min(m.start for m in later))
    return leaves


def _leave(draft: Draft, meeting: Meeting, next_start: datetime) -> None:
    """Move a meeting into the history, with the action items that are history too."""
    old = {a.number: a for a in draft.series.actions if _is_old(draft, a, next_start)}
    draft.closed.append(meeting)
    draft.closed_actions.extend(old.values())
    actions = tuple(a for a in draft.series.actions if a.number not in old)
    draft.set(last_met=last_met(draft.series), actions=actions)
    draft.drop(meeting)


def _is_old(draft: Draft, action: ActionItem, next_start: datetime) -> bool:
    """Tell whether it was closed before the next meeting and told, or closed long ago."""
    before = draft.day(next_start) if action.told else draft.today - NEWS
    return (action.closed_on or FOR_EVER) < before


TIME: dict[Act, Callable[[Draft, Meeting], bool]] = {
    Act.ASK: _meet,
    Act.MERGE: _meet,
    Act.UPDATE: _meet,
    Act.SUM_UP: _close_when_over,
    Act.LEAVE: _leave_when_history,
}
"""What moves a meeting on, by its cell under TIME in stages.TABLE: whether it did. The mails that a
stage owes are owing.owed's."""


# ---- planning ----


def plan(draft: Draft) -> bool:
    """Plan the next meeting, if none is to come and the series is not paused; whether it did."""
    if draft.upcoming() is not None or draft.is_paused:
        return False
    series = draft.series
    planned = _planned(draft)
    start = fit(series, planned, draft.world)
    number, minutes = series.next_meeting, series.cadence.minutes
    meeting = Meeting(number, start, minutes, planned, items=series.carried, first_start=start)
    draft.set(next_meeting=series.next_meeting + 1, carried=(), began=series.began or start)
    draft.put(meeting)
    return True


def _planned(draft: Draft) -> datetime:
    """Find where the cadence puts the next meeting, in the future."""
    latest = max(draft.series.meetings, key=lambda m: m.start, default=None)
    if latest is None:
        return _first(draft)
    return following(draft.series.cadence, latest, draft.world.now)


def _first(draft: Draft) -> datetime:
    """Find a first meeting that leaves time to ask for its agenda, unless its day was named."""
    series, world = draft.series, draft.world
    start = first_start(series.cadence, world.now)
    asked_at = days_before(series.report, start, world.rules.request_days, world)
    if series.cadence.first or asked_at >= world.now:
        return start
    return first_start(series.cadence, start)


# ---- mails ----


def _mail(draft: Draft) -> bool:
    """Send the one mail that has been due longest."""
    due = [(mail, m) for mail, m in all_owed(draft) if mail.at <= draft.world.now]
    if not due:
        return False
    mail, meeting = min(due, key=_in_order)
    send_owed(draft, meeting, mail)
    return True


def _in_order(owed: tuple[Owed, Meeting]) -> tuple[datetime, int, Role]:
    mail, _ = owed
    return mail.at, list(Purpose).index(mail.purpose), mail.to


STEPS: tuple[Callable[[Draft], bool], ...] = (_resume, _move_meetings_on, plan, _mail)
"""What may be due, in the order it is looked for; each says whether it did anything."""


# ---- when time comes back ----


def _next_due(draft: Draft) -> datetime | None:
    """Tell when something may happen without anybody's mail; None: never."""
    return min((at for at in _instants(draft) if at > draft.world.now), default=None)


def _instants(draft: Draft) -> Iterator[datetime]:
    """List the instants, past and to come, at which the answer to "what is due?" changes."""
    series, world = draft.series, draft.world
    yield from (mail.at for mail, _ in all_owed(draft))
    yield from (mail.until for mail in series.unconfirmed)
    yield from (meeting.start for meeting in series.meetings)
    for meeting in (each for each in series.meetings if each.stage is Stage.MET):
        yield closes_at(series, meeting, world)
        yield stale_at(meeting, world)
    resumes = series.paused_until or FOR_EVER
    if resumes.year < FOR_EVER.year:
        yield wall(resumes, world.rules.mail_hour, series.cadence.zone)
