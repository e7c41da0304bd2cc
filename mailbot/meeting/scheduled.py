"""The mails that time sends: which are owed, and what each of them says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from mailbot.meeting.draft import Draft
from mailbot.meeting.model import (
    SCHEDULED,
    AgendaItem,
    Mailed,
    Meeting,
    Offer,
    Purpose,
    Role,
    Stage,
)
from mailbot.meeting.owing import Owed, in_hours, owed
from mailbot.meeting.schedule import away_at, gap_days, wall, window_end
from mailbot.meeting.sends import Agenda, Content, Fact, MeetingSummary, Slots
from mailbot.meeting.slots import SLOTS, free_slots

BUDGET = 4  # scheduled mails per person and meeting; the agenda update is the fifth
COUNTED = SCHEDULED - {Purpose.AGENDA_UPDATE}
STATUS_SHARE = 0.5  # of an agenda that are ticket numbers: then it is a status list
TELL_THE_GAP = (Purpose.SUMMARY, Purpose.GAP_WARNING)
AFTER_THE_REQUEST = {
    Purpose.AGENDA_REQUEST: Stage.COLLECTING,
    Purpose.FIRST_AGENDA_REQUEST: Stage.COLLECTING,
    Purpose.AGENDA: Stage.AGENDA_SENT,
}

OwedFor = tuple[Owed, Meeting]


# ---- which ----


def all_owed(draft: Draft) -> list[OwedFor]:
    """List the mails that are owed, each at a working hour of its reader, none that is worthless by
    then."""
    wanted = ((mail, m) for mail, m in _found(draft) if _is_wanted(draft, mail))
    timed = ((in_hours(draft.series, mail, draft.world), m) for mail, m in wanted)
    return [(mail, m) for mail, m in timed if mail.at < mail.until]


def _is_wanted(draft: Draft, mail: Owed) -> bool:
    """Tell whether its reader takes it now; what was said before a pause is still summed up."""
    goes_on = mail.purpose is Purpose.SUMMARY or not draft.is_paused
    return goes_on and draft.series.person(mail.to).takes(mail.purpose)


def _found(draft: Draft) -> Iterator[OwedFor]:
    """List all that is owed, whoever wants it and whenever."""
    for meeting in draft.series.meetings:
        yield from ((mail, meeting) for mail in owed(draft.series, meeting, draft.world))
    yield from _gap_warnings(draft)
    yield from _offers_for_absence(draft)


def _gap_warnings(draft: Draft) -> Iterator[OwedFor]:
    """Both are warned once, after the last meeting is closed: before that its summary says it."""
    past, upcoming = _around_a_gap(draft) or (None, None)
    if past is None or upcoming is None or past.stage is not Stage.CLOSED:
        return
    if draft.series.gap_warned != upcoming.start:
        until = upcoming.start
        readers = (role for role in Role if _may_be_warned(past, role))
        yield from ((Owed(draft.world.now, until, Purpose.GAP_WARNING, r), past) for r in readers)


def _around_a_gap(draft: Draft) -> tuple[Meeting, Meeting] | None:
    """Find the last meeting and the next, if the next one breaks the gap rule."""
    past, upcoming = draft.past(), draft.upcoming()
    if past is None or upcoming is None:
        return None
    days = gap_days(draft.series, upcoming.start, draft.world)
    return (past, upcoming) if days else None


def _may_be_warned(past: Meeting, role: Role) -> bool:
    """Tell whether the budget of the past meeting has room for a first warning."""
    mails = past.mails_to(role)
    spent = sum(purpose in COUNTED for purpose in mails)
    return spent < BUDGET and Purpose.GAP_WARNING not in mails


def _offers_for_absence(draft: Draft) -> Iterator[OwedFor]:
    """Offer times after the return, once, to whose other is away on the day of the meeting."""
    meeting = draft.upcoming()
    if meeting is None:
        return
    people, start = draft.series.people, meeting.start
    left_alone = {role.other for role, person in people.items() if away_at(person, start)}
    for role in sorted(left_alone - meeting.readers(Purpose.SLOTS)):
        yield Owed(draft.world.now, start, Purpose.SLOTS, role), meeting


# ---- what they say ----


def send_owed(draft: Draft, meeting: Meeting, mail: Owed) -> None:
    """Send it, and remember with its meeting that it went."""
    about = _about(draft, meeting, mail)
    content, facts = _content(draft, about, mail)
    if isinstance(content, Agenda):
        draft.mark_told(content.late_notes, mail.to)
    elif isinstance(content, MeetingSummary):
        draft.mark_told(content.notes, mail.to)
    draft.add(draft.made(mail.purpose, mail.to, about, content, facts))
    _note_mailed(draft, draft.meeting(meeting.number) or meeting, mail)
    _note_the_warning(draft, mail)


def _about(draft: Draft, meeting: Meeting, mail: Owed) -> Meeting:
    """Tell which meeting it is about: the gap warning, which counts for the past one, about the
    next."""
    upcoming = draft.upcoming()
    return upcoming if mail.purpose is Purpose.GAP_WARNING and upcoming else meeting


def _note_mailed(draft: Draft, meeting: Meeting, mail: Owed) -> None:
    """Remember that it went; the meeting never goes back to an earlier stage."""
    reached = AFTER_THE_REQUEST.get(mail.purpose, meeting.stage)
    stage = max(meeting.stage, reached, key=list(Stage).index)
    mailed = Mailed(mail.purpose, mail.to, draft.world.now, meeting.changes)
    draft.put(replace(meeting, mailed=(*meeting.mailed, mailed), stage=stage))


def _note_the_warning(draft: Draft, mail: Owed) -> None:
    """Remember that both know of the gap: by the summary that says it, or by its own mail."""
    around = _around_a_gap(draft) if mail.purpose in TELL_THE_GAP else None
    if around is None:
        return
    past, upcoming = around
    if past.readers(*TELL_THE_GAP) == set(Role):
        draft.set(gap_warned=upcoming.start)


def _content(draft: Draft, meeting: Meeting, mail: Owed) -> tuple[Content, tuple[Fact, ...]]:
    """Gather the content of one scheduled mail, and its facts."""
    match mail.purpose:
        case Purpose.FIRST_MANAGER:
            # the report's items wait for the agenda, as the report was told
            return replace(draft.agenda_of(meeting, mail.to), items=()), ()
        case Purpose.AGENDA_REQUEST | Purpose.FIRST_AGENDA_REQUEST:
            second = (Fact.SECOND_PROMPTS,) if meeting.number == 2 else ()
            return _with_late_notes(draft, meeting, mail.to), second + _shifted(meeting)
        case Purpose.AGENDA | Purpose.AGENDA_UPDATE:
            facts = (*_shifted(meeting), *_facts(meeting, mail.to))
            return _with_late_notes(draft, meeting, mail.to), facts
        case Purpose.SUMMARY:
            return draft.summary_of(meeting, mail.to), ()
        case Purpose.GAP_WARNING | Purpose.SLOTS:
            return _slots(draft, meeting, mail)
        case _:
            return draft.agenda_of(meeting, mail.to), ()


def _with_late_notes(draft: Draft, meeting: Meeting, reader: Role) -> Agenda:
    return replace(draft.agenda_of(meeting, reader), late_notes=draft.late_notes())


def _slots(draft: Draft, meeting: Meeting, mail: Owed) -> tuple[Slots, tuple[Fact, ...]]:
    times = slots_for(draft, meeting)
    offer_slots(draft, mail.to, meeting, times)
    slots = Slots(times, draft.gap_for(meeting))
    facts = (Fact.TWO_MISSES,) if draft.series.misses > 1 else ()
    if mail.purpose is Purpose.GAP_WARNING:
        return slots, facts
    until = draft.series.person(mail.to.other).away_until
    return replace(slots, until=until), (*facts, Fact.AWAY)


def _shifted(meeting: Meeting) -> tuple[Fact, ...]:
    """Say that a day off put it on another day than people are used to."""
    shifted = meeting.start == meeting.first_start != meeting.planned
    return (Fact.DAY_OFF,) if shifted else ()


def _facts(meeting: Meeting, reader: Role) -> Iterator[Fact]:
    """List the plain lines an agenda may carry."""
    shared = [i for i in meeting.items if not i.private]
    if reader is Role.MANAGER:
        told = {Fact.MANAGER_WROTE_MOST: _manager_wrote_most(shared)}
    else:
        told = {Fact.REPORT_WROTE_NOTHING: not _written_by(Role.REPORT, meeting.items)}
    told[Fact.STATUS_LIST] = _is_status_list(shared)
    yield from (fact for fact, holds in told.items() if holds)


def _written_by(role: Role, items: Iterable[AgendaItem]) -> int:
    return sum(i.author is role for i in items)


def _manager_wrote_most(shared: list[AgendaItem]) -> bool:
    """Tell whether it is more than half, and not all."""
    return len(shared) / 2 < _written_by(Role.MANAGER, shared) < len(shared)


def _is_status_list(shared: list[AgendaItem]) -> bool:
    tickets = sum(_is_ticket(i.text) for i in shared)
    return len(shared) > 2 and tickets > STATUS_SHARE * len(shared)


def _is_ticket(text: str) -> bool:
    """Tell whether it starts with a ticket number: "ABC-123", "#4711"."""
    first = next(iter(text.split(maxsplit=1)), "").strip(":()[]")
    if first.startswith("#"):
        return first[1:].isdigit()
    project, _, number = first.partition("-")
    return project.isupper() and number.isdigit()


# ---- slots ----


def slots_for(draft: Draft, meeting: Meeting) -> tuple[datetime, ...]:
    """Find three free times for a meeting: inside the window, and beyond it only if there are not
    three."""
    world, series = draft.world, draft.series
    until = window_end(series, meeting.planned, world)
    found = _free_until(draft, meeting, until)
    if len(found) == SLOTS:
        return found
    return _free_until(draft, meeting, max(until, world.now) + timedelta(days=14))


def _free_until(draft: Draft, meeting: Meeting, until: datetime) -> tuple[datetime, ...]:
    """Find free times, none within the day, nor on the heels of the last meeting."""
    day, past = timedelta(days=1), draft.past()
    after = wall(draft.today + day, time(0), draft.series.cadence.zone)
    if past is not None:
        after = max(after, past.start + day)
    minutes, start = meeting.minutes, meeting.start
    return free_slots(draft.series, after, until, minutes, draft.world, instead_of=start)


def offer_slots(draft: Draft, to: Role, meeting: Meeting, slots: tuple[datetime, ...]) -> None:
    """Remember what was offered, in place of what was offered before."""
    others = tuple(o for o in draft.series.offers if (o.to, o.meeting) != (to, meeting.number))
    draft.set(offers=(*others, Offer(to, meeting.number, slots)))
