"""Times: proposals, slots, picks, pauses, a new cadence. Never cancelled, only moved, never
behind the other's back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import assert_never

from mailbot.meeting.answering import Receipt
from mailbot.meeting.clockwork import offer_slots, slots_for
from mailbot.meeting.draft import Draft
from mailbot.meeting.events import Fact
from mailbot.meeting.model import Cadence, LastMail, Meeting, Person, Proposal, Purpose, Role, Stage
from mailbot.meeting.said import Consent, MoveTo, Pause, Pick, Problem, Recur, Resume, Skip
from mailbot.meeting.schedule import (
    clashes,
    exists,
    first_start,
    fit,
    gap_days,
    last_held,
    local,
    wall,
)

LONGEST_WEEKS = 2
FOR_EVER = date.max


def ask(
    turn: Draft,
    by: Role,
    said: MoveTo | Skip | Pick | Pause | Resume | Recur,
    receipt: Receipt,
    meeting: Meeting | None,
) -> None:
    """Act on one wish about time. `meeting` is the one it is about; None: the series is paused."""
    match said:
        case MoveTo():
            _move(turn, by, said, receipt, meeting)
        case Skip():
            _skip(turn, by, receipt, meeting)
        case Pick():
            _pick(turn, by, said, receipt)
        case Pause():
            _pause(turn, by, said, receipt)
        case Resume():
            _resume(turn, by, receipt)
        case Recur():
            _recur(turn, by, said, receipt)
        case _:
            assert_never(said)


# ---- one meeting ----


def _move(turn: Draft, by: Role, said: MoveTo, receipt: Receipt, meeting: Meeting | None) -> None:
    line = f"move to {said.day.isoformat()}" + (f" {said.at:%H:%M}" if said.at else "")
    if meeting is None:
        receipt.problems.append(Problem(line, "resume", Fact.PAUSED))
        return
    zone = turn.series.person(by).zone
    at = said.at or local(meeting.start, zone).time()
    start = wall(said.day, at, zone)
    reason = (
        "past" if start <= turn.world.now else "" if exists(said.day, at, zone) else "no_such_time"
    )
    if reason:
        receipt.problems.append(Problem(line, "", reason))
    elif start == meeting.start:
        receipt.fact(Fact.NO_CHANGE)
    else:
        _propose(
            turn,
            Proposal(by, turn.world.now, meeting=meeting.number, start=start),
            receipt,
            meeting,
        )


def _propose(turn: Draft, proposal: Proposal, receipt: Receipt, meeting: Meeting | None) -> None:
    """Put it to the other; the asker hears that it was, and what the gap rule says of it."""
    start = proposal.start
    gap = gap_days(turn.series, start, turn.world) if start else None
    taken = (
        start is not None
        and meeting is not None
        and clashes(start, start + _length(meeting), turn.world)
    )
    facts = (Fact.CLASH,) if taken else ()
    _unask(turn, proposal, receipt)
    content = {"proposed": start, "cadence": proposal.cadence, "gap_days": gap}
    # a question nobody reads would be answered by any stray yes
    if turn.series.person(proposal.by.other).unreachable:
        receipt.fact(Fact.UNREACHABLE, Fact.CANNOT_ASK)
        receipt.content |= {**content, "gap_days": None}
        return
    asked = turn.send(Purpose.MOVE_PROPOSAL, proposal.by.other, meeting, facts=facts, **content)
    turn.set(proposal=replace(proposal, serial=asked.serial))
    receipt.undoable["proposed"] = True
    receipt.fact(Fact.ASKED, *facts)
    receipt.content |= content


def _unask(turn: Draft, proposal: Proposal | None, receipt: Receipt) -> None:
    """One mail, one question: the last. A question of another kind that gives way is told."""
    for given_up in [s for s in turn.sends if s.purpose is Purpose.MOVE_PROPOSAL]:
        turn.sends.remove(given_up)
        if proposal is None or bool(given_up.cadence) != bool(proposal.cadence):
            when = local(given_up.proposed, given_up.other.zone) if given_up.proposed else None
            line = f"move to {when:%Y-%m-%d %H:%M}" if when else "the new rhythm"
            receipt.problems.append(Problem(line, "", "one_question"))


def _length(meeting: Meeting) -> timedelta:
    return timedelta(minutes=meeting.minutes)


def _skip(turn: Draft, by: Role, receipt: Receipt, meeting: Meeting | None) -> None:
    """Never obeyed: answered with times."""
    if meeting is None:
        receipt.problems.append(Problem("skip", "resume", Fact.PAUSED))
        return
    slots = slots_for(turn, meeting)
    offer_slots(turn, by, meeting, slots)
    facts = (Fact.TWO_MISSES,) if turn.series.misses > 1 else ()
    turn.send(
        Purpose.SLOTS,
        by,
        meeting,
        answers=True,
        slots=slots,
        facts=facts,
        lines=tuple(receipt.lines),
        gap_days=gap_days(turn.series, slots[-1], turn.world) if slots else None,
    )


def _pick(turn: Draft, by: Role, said: Pick, receipt: Receipt) -> None:
    offer = next((o for o in reversed(turn.series.offers) if o.to is by), None)
    meeting = turn.meeting(offer.meeting) if offer else None
    if offer is None or meeting is None or meeting.past:
        receipt.problems.append(Problem(str(said.number), "", "no_offer"))
    elif said.number > len(offer.slots):
        receipt.problems.append(Problem(str(said.number), "", "slot_number"))
    elif _gone(turn, meeting, offer.slots[said.number - 1]):
        _skip(turn, by, receipt, meeting)
    else:
        move(turn, meeting, offer.slots[said.number - 1], by, receipt)


def _gone(turn: Draft, meeting: Meeting, slot: datetime) -> bool:
    return slot <= turn.world.now or clashes(slot, slot + _length(meeting), turn.world)


def move(turn: Draft, meeting: Meeting, start: datetime, by: Role, receipt: Receipt) -> None:
    """It moves, and both are told, with the gap it leaves."""
    gap = gap_days(turn.series, start, turn.world)
    # the agenda people have names another time
    news = meeting.changes + (meeting.stage is Stage.AGENDA_SENT)
    turn.put(replace(meeting, start=start, changes=news))
    turn.forget_offers(meeting.number)
    turn.set(proposal=None, gap_warned=start if gap else turn.series.gap_warned)
    moved = turn.meeting(meeting.number)
    for role in (by, by.other):
        turn.send(
            Purpose.MOVED, role, moved, answers=role is by, old_start=meeting.start, gap_days=gap
        )
    receipt.undoable |= {"meeting_before": (meeting.number, meeting.start), "moved_to": start}


# ---- the series ----


def _pause(turn: Draft, by: Role, said: Pause, receipt: Receipt) -> None:
    until = said.until or FOR_EVER
    if until <= turn.today:
        receipt.problems.append(Problem(f"pause until {until.isoformat()}", "", "past"))
        return
    receipt.undoable |= {
        "paused_before": turn.series.paused_until,
        "paused_until": until,
        "paused": True,
    }
    _unask(turn, None, receipt)
    receipt.facts = [fact for fact in receipt.facts if fact not in (Fact.ASKED, Fact.CLASH)]
    receipt.content.clear()
    receipt.undoable["put_off"] = turn.upcoming()
    turn.set(paused_until=until, proposal=None)
    _put_off(turn)
    gap = _gap_of_pause(turn, until)
    for role in (by, by.other):
        turn.send(
            Purpose.NOTICE,
            role,
            None,
            answers=role is by,
            until=said.until,
            gap_days=gap,
            facts=(Fact.PAUSED,),
        )


def _put_off(turn: Draft) -> None:
    """The meeting to come is planned anew after the pause; what is on its agenda waits."""
    meeting = turn.upcoming()
    if meeting is None:
        return
    day = turn.day(meeting.planned)
    items = tuple(replace(i, carried_from=i.carried_from or day) for i in meeting.items)
    turn.set(
        meetings=tuple(m for m in turn.series.meetings if m is not meeting),
        carried=(*turn.series.carried, *items),
        # a number that was mailed names a thread
        next_meeting=meeting.number + bool(meeting.mailed),
    )
    if meeting.mailed or meeting.notes:
        turn.closed.append(replace(meeting, items=(), stage=Stage.CLOSED, happened=False))


def _gap_of_pause(turn: Draft, until: date) -> int | None:
    held = last_held(turn.series)
    return (until - turn.day(held)).days if held is not None and until != FOR_EVER else None


def _resume(turn: Draft, by: Role, receipt: Receipt) -> None:
    if turn.series.paused_until is None:
        receipt.problems.append(Problem("resume", "", "not_paused"))
        return
    receipt.undoable |= {"paused_before": turn.series.paused_until, Fact.PAUSED: True}
    turn.set(paused_until=None)
    for role in (by, by.other):
        turn.send(Purpose.NOTICE, role, None, answers=role is by, facts=(Fact.RESUMED,))


def _recur(turn: Draft, by: Role, said: Recur, receipt: Receipt) -> None:
    if said.every_weeks is not None and said.every_weeks > LONGEST_WEEKS:
        receipt.fact(Fact.CADENCE_LIMIT)
        return
    pending = turn.series.proposal
    in_this_mail = pending is not None and pending.by is by and pending.made_at == turn.world.now
    wished = (pending.cadence if pending and in_this_mail else None) or turn.series.cadence
    cadence = _changed(wished, said, turn.series.person(by), turn.world.now)
    if cadence == turn.series.cadence:
        receipt.fact(Fact.NO_CHANGE)
    else:
        _propose(turn, Proposal(by, turn.world.now, cadence=cadence), receipt, turn.upcoming())


def _changed(old: Cadence, said: Recur, writer: Person, now: datetime) -> Cadence:
    """The named parts change. A time of day is meant in the writer's zone and kept in the anchor
    zone."""
    cadence = replace(
        old, every_weeks=said.every_weeks or old.every_weeks, minutes=said.minutes or old.minutes
    )
    if said.weekday is None and said.at is None:
        return cadence
    usual = local(first_start(old, now), writer.zone)
    theirs = replace(
        old,
        weekday=usual.weekday() if said.weekday is None else said.weekday,
        at=said.at or usual.time(),
        zone=writer.zone,
    )
    there = local(first_start(theirs, now), old.zone)
    return replace(cadence, weekday=there.weekday(), at=there.time())


def consent(turn: Draft, proposal: Proposal, said: Consent, receipt: Receipt) -> None:
    """The other's yes moves it; a no leaves everything as it is and says so."""
    meeting = turn.meeting(proposal.meeting) if proposal.meeting else turn.upcoming()
    turn.set(proposal=None)
    if not said.yes:
        turn.send(
            Purpose.NOTICE,
            proposal.by,
            meeting,
            proposed=proposal.start,
            cadence=proposal.cadence,
            facts=(Fact.DECLINED,),
        )
        receipt.fact(Fact.DECLINED_NOTED)
    elif proposal.cadence is not None:
        _recast(turn, proposal.by.other, proposal.cadence, receipt)
    elif meeting is not None and proposal.start is not None:
        if proposal.start > turn.world.now:
            move(turn, meeting, proposal.start, proposal.by.other, receipt)
        else:
            receipt.problems.append(Problem("yes", "", "past"))


def _recast(turn: Draft, by: Role, cadence: Cadence, receipt: Receipt) -> None:
    receipt.undoable["cadence_before"] = turn.series.cadence
    recast(turn, cadence, by)


def recast(turn: Draft, cadence: Cadence, by: Role | None = None) -> None:
    """The series has a new cadence, and both are told. A meeting nobody was asked about yet
    follows it at once."""
    open_question = turn.series.proposal
    turn.set(
        cadence=cadence, proposal=None if open_question and open_question.cadence else open_question
    )
    meeting = turn.upcoming()
    if meeting is not None and meeting.stage is Stage.PLANNED:
        planned = _soonest(turn, cadence)
        start = fit(turn.without(meeting), planned, turn.world)
        meeting = turn.put(
            replace(
                meeting, start=start, first_start=start, planned=planned, minutes=cadence.minutes
            )
        )
    elif meeting is not None:
        meeting = turn.put(replace(meeting, minutes=cadence.minutes))
    gap = gap_days(turn.series, meeting.start, turn.world) if meeting else None
    for role in (by or Role.REPORT, (by or Role.REPORT).other):
        turn.send(Purpose.MOVED, role, meeting, answers=role is by, cadence=cadence, gap_days=gap)


def _soonest(turn: Draft, cadence: Cadence) -> datetime:
    """The first occurrence of the new cadence that does not follow on the heels of the last
    meeting."""
    past = turn.past()
    half = timedelta(weeks=cadence.every_weeks) / 2
    return first_start(
        cadence,
        max(turn.world.now, past.start + half if past else datetime.min.replace(tzinfo=UTC)),
    )


def take_back(turn: Draft, last: LastMail) -> bool:
    """The part of `undo` that is about time, told to both; whether there was anything left to
    take back."""
    before = turn.series
    proposal = before.proposal
    if last.proposed and proposal is not None and proposal.by is last.by:
        turn.set(proposal=None)
        turn.send(Purpose.NOTICE, last.by.other, turn.upcoming(), facts=(Fact.WITHDRAWN,))
    if last.cadence_before is not None:
        _recast(turn, last.by, last.cadence_before, Receipt())
    if last.paused and before.paused_until == last.paused_until:
        _end_pause(turn, last)
    if last.meeting_before is not None:
        _move_back(turn, last, *last.meeting_before)
    return turn.series != before


def _move_back(turn: Draft, last: LastMail, number: int, start: datetime) -> None:
    """If it still is where that mail put it, and the old time is still to come."""
    meeting = turn.meeting(number)
    if (
        meeting is not None
        and meeting.start == last.moved_to
        and turn.world.now < min(meeting.start, start)
    ):
        move(turn, meeting, start, last.by, Receipt())


def _end_pause(turn: Draft, last: LastMail) -> None:
    """Back to how it was before `pause` or `resume`, the meeting that was put off included."""
    turn.set(paused_until=last.paused_before)
    if last.paused_before is not None:
        _put_off(turn)
    elif (
        last.put_off is not None and last.put_off.start > turn.world.now and turn.upcoming() is None
    ):
        back = {item.id for item in last.put_off.items}
        carried = tuple(item for item in turn.series.carried if item.id not in back)
        turn.set(carried=carried, next_meeting=last.put_off.number + 1)
        turn.put(last.put_off)
    until = None if last.paused_before in (None, FOR_EVER) else last.paused_before
    fact = Fact.RESUMED if last.paused_before is None else Fact.PAUSED
    for role in (last.by, last.by.other):
        turn.send(Purpose.NOTICE, role, None, answers=role is last.by, until=until, facts=(fact,))
