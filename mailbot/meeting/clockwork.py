"""What time alone does: plan, ask, merge, sum up, close. Nobody answering anything never stops
it and loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from mailbot.meeting.draft import Draft, untold
from mailbot.meeting.events import Fact
from mailbot.meeting.model import (
    SCHEDULED,
    ActionState,
    AgendaItem,
    Mailed,
    Meeting,
    Offer,
    Person,
    Purpose,
    Role,
    Stage,
)
from mailbot.meeting.schedule import (
    Owed,
    closes_at,
    days_before,
    first_start,
    fit,
    following,
    free_slots,
    gap_days,
    has_summary,
    in_hours,
    last_held,
    local,
    owed,
    stale_at,
    wall,
    window_end,
)
from mailbot.meeting.stages import TABLE, Act, Happening

BUDGET = 4  # scheduled mails per person and meeting; the agenda update is the fifth
NEWS = timedelta(days=60)  # what nobody could be told of in this time is history all the same
STATUS_SHARE = 0.5  # of an agenda that are ticket numbers: then it is a status list
AFTER_THE_REQUEST = {
    Purpose.AGENDA_REQUEST: Stage.COLLECTING,
    Purpose.FIRST_AGENDA_REQUEST: Stage.COLLECTING,
    Purpose.AGENDA: Stage.AGENDA_SENT,
}


def roll(turn: Draft) -> None:
    """Do everything that is owed by now, once, and say when time has to come back."""
    while _step(turn):
        pass
    turn.set(next_due=_next_due(turn))


def _step(turn: Draft) -> bool:
    """The first thing that is due; False when nothing is."""
    return (
        _resume(turn)
        or any(_move_on(turn, m) for m in turn.series.meetings)
        or plan(turn)
        or _mail(turn)
    )


def is_paused(turn: Draft) -> bool:
    until = turn.series.paused_until
    return until is not None and turn.today < until


def _resume(turn: Draft) -> bool:
    if turn.series.paused_until is None or is_paused(turn):
        return False
    turn.set(paused_until=None)
    return True


# ---- stages ----


def _move_on(turn: Draft, meeting: Meeting) -> bool:
    """Into the next stage, when its time has come."""
    match TABLE[meeting.stage][Happening.TIME]:
        case Act.SUM_UP:
            return _is_over(turn, meeting) and close(turn, meeting)
        case Act.LEAVE:
            return _is_history(turn, meeting) and _leave(turn, meeting)
        case _:
            return meeting.start <= turn.world.now and _hold(turn, meeting)


def _hold(turn: Draft, meeting: Meeting) -> bool:
    """The time has passed: from now on words are notes, and open questions are void."""
    turn.set(proposal=None)
    turn.forget_offers(meeting.number)
    somebody_was_away = any(_is_away_at(turn.series.person(role), meeting) for role in Role)
    turn.put(replace(meeting, stage=Stage.HELD, happened=False if somebody_was_away else None))
    return True


def _is_away_at(person: Person, meeting: Meeting) -> bool:
    return (
        person.away_until is not None
        and local(meeting.start, person.zone).date() <= person.away_until
    )


def _is_over(turn: Draft, meeting: Meeting) -> bool:
    summed_up = {m.to for m in meeting.mailed if m.purpose is Purpose.SUMMARY}
    if summed_up and summed_up >= {
        role for role in Role if turn.series.person(role).takes(Purpose.SUMMARY)
    }:
        return True
    silent = meeting.answered_at is None or not has_summary(meeting)
    if silent and meeting.happened is False and len(meeting.answered) in (0, len(Role)):
        return True  # somebody was away, or both said that it did not happen
    if silent and not summed_up and closes_at(turn.series, meeting, turn.world) <= turn.world.now:
        return True
    return stale_at(meeting, turn.world) <= turn.world.now


def close(turn: Draft, meeting: Meeting) -> bool:
    """A meeting somebody answered for is talked about; of one that nobody did, or that was
    denied, all items go on."""
    touched = dict(turn.series.touched) | {item.theme: meeting.number for item in meeting.items}
    turn.set(touched=tuple(sorted(touched.items())))
    turn.set(
        actions=tuple(replace(a, told=a.state is not ActionState.OPEN) for a in turn.series.actions)
    )
    happened = meeting.happened is not False and meeting.answered_at is not None
    if not happened:
        carry(turn, meeting)
        meeting = turn.meeting(meeting.number) or meeting
    turn.set(misses=turn.series.misses + 1 if meeting.happened is False else 0)
    turn.put(replace(meeting, stage=Stage.CLOSED))
    return True


def carry(turn: Draft, meeting: Meeting) -> None:
    """Move the items to the next meeting, or keep them until one is planned."""
    day = turn.day(meeting.planned)
    items = tuple(replace(item, carried_from=item.carried_from or day) for item in meeting.items)
    turn.put(replace(meeting, items=()))
    add_items(turn, items)


def add_items(turn: Draft, items: tuple[AgendaItem, ...]) -> None:
    upcoming = turn.upcoming()
    if upcoming is None:
        turn.set(carried=(*turn.series.carried, *items))
        return
    changes = upcoming.changes + any(not i.private for i in items)
    turn.put(replace(upcoming, items=(*upcoming.items, *items), changes=changes))


def _is_history(turn: Draft, meeting: Meeting) -> bool:
    """The next one is closed, too, and the other has read what was noted late."""
    if untold(meeting) and meeting.start > turn.world.now - NEWS:
        return False
    return any(m.stage is Stage.CLOSED and m.number > meeting.number for m in turn.series.meetings)


def _leave(turn: Draft, meeting: Meeting) -> bool:
    """Into the history, with the action items that were closed before the meeting after it, and
    told or old."""
    later = turn.day(min(m.start for m in turn.series.meetings if m.number > meeting.number))
    long_ago = turn.today - NEWS
    old = [
        a
        for a in turn.series.actions
        if a.closed_on and a.closed_on < (later if a.told else long_ago)
    ]
    held = last_held(turn.series)
    turn.closed.append(meeting)
    turn.closed_actions.extend(old)
    turn.set(
        last_held=held,
        meetings=tuple(m for m in turn.series.meetings if m is not meeting),
        actions=tuple(a for a in turn.series.actions if a not in old),
    )
    return True


# ---- planning ----


def plan(turn: Draft) -> bool:
    """There is always exactly one meeting to come, unless the series is paused."""
    if turn.upcoming() is not None or is_paused(turn):
        return False
    series = turn.series
    planned = _planned(turn)
    start = fit(series, planned, turn.world)
    number, minutes = series.next_meeting, series.cadence.minutes
    meeting = Meeting(number, start, minutes, planned, items=series.carried, first_start=start)
    turn.set(next_meeting=series.next_meeting + 1, carried=(), began=series.began or start)
    turn.put(meeting)
    return True


def _planned(turn: Draft) -> datetime:
    """Where the cadence puts the next meeting, in the future."""
    latest = max(turn.series.meetings, key=lambda m: m.start, default=None)
    cadence = turn.series.cadence
    if latest is None:
        return _first(turn)
    return following(cadence, latest, turn.world.now)


def _first(turn: Draft) -> datetime:
    """The first meeting leaves time to ask for its agenda, unless its day was named."""
    series, world = turn.series, turn.world
    start = first_start(series.cadence, world.now)
    lead = days_before(series.report, start, world.rules.request_days, world)
    return (
        start if series.cadence.first or lead >= world.now else first_start(series.cadence, start)
    )


# ---- mails ----


def _mail(turn: Draft) -> bool:
    """Send the one mail that has been due longest."""
    for mail, meeting in sorted(
        _all_owed(turn), key=lambda o: (o[0].at, list(Purpose).index(o[0].purpose), o[0].to)
    ):
        if mail.at <= turn.world.now:
            _send(turn, meeting, mail)
            return True
    return False


def _all_owed(turn: Draft) -> list[tuple[Owed, Meeting]]:
    found = [(mail, m) for m in turn.series.meetings for mail in owed(turn.series, m, turn.world)]
    found += _gap_warnings(turn) + _offers_for_absence(turn)
    if is_paused(turn):  # what was said before the pause is still summed up
        found = [(mail, m) for mail, m in found if mail.purpose is Purpose.SUMMARY]
    taken = [(mail, m) for mail, m in found if turn.series.person(mail.to).takes(mail.purpose)]
    timed = [(in_hours(turn.series, mail, turn.world), m) for mail, m in taken]
    return [(mail, m) for mail, m in timed if mail.at < mail.until]


def _gap_warnings(turn: Draft) -> list[tuple[Owed, Meeting]]:
    """Both are warned once, after the last meeting is closed: before that its summary says it."""
    upcoming, past = turn.upcoming(), turn.past()
    if (
        upcoming is None
        or past is None
        or past.stage is not Stage.CLOSED
        or turn.series.gap_warned == upcoming.start
    ):
        return []
    if gap_days(turn.series, upcoming.start, turn.world) is None:
        return []
    mails = []
    for role in Role:
        mine = [
            m.purpose
            for m in past.mailed
            if m.to is role and m.purpose in SCHEDULED - {Purpose.AGENDA_UPDATE}
        ]
        if len(mine) < BUDGET and Purpose.GAP_WARNING not in mine:
            mails.append((Owed(turn.world.now, upcoming.start, Purpose.GAP_WARNING, role), past))
    return mails


def _offers_for_absence(turn: Draft) -> list[tuple[Owed, Meeting]]:
    """Somebody is away on the day of the meeting: the other is offered times after the return,
    once."""
    meeting = turn.upcoming()
    if meeting is None:
        return []
    mails = []
    for role in Role:
        person = turn.series.person(role)
        gone = _is_away_at(person, meeting)
        told = any(m.purpose is Purpose.SLOTS and m.to is role.other for m in meeting.mailed)
        if gone and not told:
            mails.append((Owed(turn.world.now, meeting.start, Purpose.SLOTS, role.other), meeting))
    return mails


def _send(turn: Draft, meeting: Meeting, mail: Owed) -> None:
    about = turn.upcoming() if mail.purpose is Purpose.GAP_WARNING else meeting
    about = about or meeting
    content = turn.agenda_of(about, mail.to) | _extras(turn, about, mail)
    turn.note_what_was_told(turn.send(mail.purpose, mail.to, about, **content))
    stage = AFTER_THE_REQUEST.get(mail.purpose, meeting.stage)
    meeting = turn.meeting(meeting.number) or meeting
    turn.put(
        replace(
            meeting,
            mailed=(
                *meeting.mailed,
                Mailed(mail.purpose, mail.to, turn.world.now, meeting.changes),
            ),
            stage=max(meeting.stage, stage, key=list(Stage).index),
        )
    )
    _note_the_warning(turn, mail)


def _note_the_warning(turn: Draft, mail: Owed) -> None:
    """A gap is warned about once: by the summary that says it, or by its own mail to both."""
    upcoming, past = turn.upcoming(), turn.past()
    if (
        upcoming is None
        or past is None
        or gap_days(turn.series, upcoming.start, turn.world) is None
    ):
        return
    told = {m.to for m in past.mailed if m.purpose in (Purpose.SUMMARY, Purpose.GAP_WARNING)}
    if mail.purpose in (Purpose.SUMMARY, Purpose.GAP_WARNING) and told == set(Role):
        turn.set(gap_warned=upcoming.start)


def _extras(turn: Draft, meeting: Meeting, mail: Owed) -> dict[str, Any]:
    """What only some purposes carry."""
    match mail.purpose:
        # the report's items wait for the agenda, as the report was told
        case Purpose.FIRST_MANAGER:
            return {"themes": turn.themes(meeting), "items": ()}
        case Purpose.AGENDA_REQUEST | Purpose.FIRST_AGENDA_REQUEST:
            second = (Fact.SECOND_PROMPTS,) if meeting.number == 2 else ()
            return {
                "themes": turn.themes(meeting),
                "notes": turn.late_notes(),
                "facts": second + _shifted(meeting),
            }
        case Purpose.AGENDA | Purpose.AGENDA_UPDATE:
            facts = (*_shifted(meeting), *_facts(meeting, mail.to))
            return {"themes": turn.themes(meeting), "notes": turn.late_notes(), "facts": facts}
        case Purpose.NOTES_REQUEST:
            return {"themes": turn.themes(meeting)}
        case Purpose.GAP_WARNING | Purpose.SLOTS:
            slots = slots_for(turn, meeting)
            offer_slots(turn, mail.to, meeting, slots)
            facts = (Fact.TWO_MISSES,) if turn.series.misses > 1 else ()
            away = (Fact.AWAY,) if mail.purpose is Purpose.SLOTS else ()
            until = turn.series.person(mail.to.other).away_until
            return {"slots": slots, "facts": facts + away, "until": until if away else None}
        case _:
            return {}


def _shifted(meeting: Meeting) -> tuple[Fact, ...]:
    """A day off put it on another day than people are used to."""
    return (Fact.DAY_OFF,) if meeting.start == meeting.first_start != meeting.planned else ()


def _facts(meeting: Meeting, reader: Role) -> list[Fact]:
    """The plain lines an agenda may carry."""
    shared = [i for i in meeting.items if not i.private]
    by_manager = sum(i.author is Role.MANAGER for i in shared)
    facts = []
    if reader is Role.REPORT and not any(i.author is Role.REPORT for i in meeting.items):
        facts.append(Fact.REPORT_WROTE_NOTHING)
    if reader is Role.MANAGER and by_manager > len(shared) / 2 and len(shared) > by_manager:
        facts.append(Fact.MANAGER_WROTE_MOST)
    tickets = sum(_is_ticket(i.text) for i in shared)
    if len(shared) > 2 and tickets > STATUS_SHARE * len(shared):
        facts.append(Fact.STATUS_LIST)
    return facts


def _is_ticket(text: str) -> bool:
    """Starts with a ticket number: "ABC-123", "#4711"."""
    words = text.split(maxsplit=1)
    first = words[0].strip(":()[]") if words else ""
    head, dash, number = first.partition("-")
    return (first.startswith("#") and first[1:].isdigit()) or (
        bool(dash) and head.isupper() and number.isdigit()
    )


def slots_for(turn: Draft, meeting: Meeting) -> tuple[datetime, ...]:
    """Three free times for a meeting: inside the window, and beyond it only if there are not
    three."""
    world, series = turn.world, turn.series
    until = window_end(series, meeting.planned, world)
    # nobody is moved within the day
    tomorrow = wall(turn.today + timedelta(days=1), time(0), series.cadence.zone)
    after = max(tomorrow, _past_start(turn) + timedelta(days=1))
    slots = free_slots(series, after, until, meeting.minutes, world, instead_of=meeting.start)
    if len(slots) < 3:
        later = max(until, world.now) + timedelta(days=14)
        slots = free_slots(series, after, later, meeting.minutes, world, instead_of=meeting.start)
    return slots


def _past_start(turn: Draft) -> datetime:
    past = turn.past()
    return past.start if past is not None else turn.world.now - timedelta(days=1)


def offer_slots(turn: Draft, to: Role, meeting: Meeting, slots: tuple[datetime, ...]) -> None:
    others = tuple(o for o in turn.series.offers if (o.to, o.meeting) != (to, meeting.number))
    turn.set(offers=(*others, Offer(to, meeting.number, slots)))


# ---- when time comes back ----


def _next_due(turn: Draft) -> datetime | None:
    series, world = turn.series, turn.world
    times = [mail.at for mail, _ in _all_owed(turn) if mail.at > world.now]
    times += [m.start for m in series.meetings if m.start > world.now]
    times += [held.until for held in series.held]
    held = [m for m in series.meetings if m.stage is Stage.HELD]
    times += [closes_at(series, m, world) for m in held] + [stale_at(m, world) for m in held]
    if series.paused_until is not None and series.paused_until.year < 9999:
        times.append(wall(series.paused_until, world.rules.mail_hour, series.cadence.zone))
    return min((t for t in times if t > world.now), default=None)
