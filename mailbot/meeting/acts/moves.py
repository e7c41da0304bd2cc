"""One meeting at another time: moved with the other's yes, never cancelled, never behind their
back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.meeting.acts import rhythm
from mailbot.meeting.acts.proposals import propose
from mailbot.meeting.draft import Draft
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import (
    LastMail,
    Meeting,
    MeetingMoved,
    Offer,
    Proposal,
    Purpose,
    Role,
    Stage,
)
from mailbot.meeting.said import Consent, MoveTo, Pick, Reason, Skip, words_of
from mailbot.meeting.schedule import exists, gap_days, local, wall
from mailbot.meeting.scheduled import offer_slots, slots_for
from mailbot.meeting.sends import Fact, Notice, Slots, TimeChange
from mailbot.meeting.slots import clashes


def move_to(mail: MailDraft, said: MoveTo) -> None:
    """Propose a time of the writer's zone."""
    draft, meeting = mail.draft, mail.meeting_to_move()
    if meeting is None:
        mail.receipt.problem(words_of(said), Reason.PAUSED, "resume")
        return
    zone = draft.series.person(mail.by).zone
    at = said.at or local(meeting.start, zone).time()
    start = wall(said.day, at, zone)
    if start <= draft.world.now:
        mail.receipt.problem(words_of(said), Reason.PAST)
    elif not exists(said.day, at, zone):
        mail.receipt.problem(words_of(said), Reason.NO_SUCH_TIME)
    elif start == meeting.start:
        mail.receipt.fact(Fact.NO_CHANGE)
    else:
        proposal = Proposal(mail.by, draft.world.now, meeting=meeting.number, start=start)
        propose(mail, proposal, meeting)


def skip(mail: MailDraft, said: Skip) -> None:
    """Answer with three free times: a meeting is never cancelled."""
    meeting = mail.meeting_to_move()
    if meeting is None:
        mail.receipt.problem(words_of(said), Reason.PAUSED, "resume")
    else:
        _offer(mail, meeting)


def _offer(mail: MailDraft, meeting: Meeting) -> None:
    """Answer with three free times, and the gap that the last would leave."""
    draft = mail.draft
    times = slots_for(draft, meeting)
    offer_slots(draft, mail.by, meeting, times)
    gap = gap_days(draft.series, times[-1], draft.world) if times else None
    facts = (Fact.TWO_MISSES,) if draft.series.misses > 1 else ()
    draft.answer(draft.made(Purpose.SLOTS, mail.by, meeting, Slots(times, gap), facts))


def pick(mail: MailDraft, said: Pick) -> None:
    """Take a slot of the last offer; one that is gone is answered with new ones."""
    draft = mail.draft
    offer = next((o for o in reversed(draft.series.offers) if o.to is mail.by), None)
    meeting = draft.meeting(offer.meeting) if offer else None
    if offer is None or meeting is None or meeting.past:
        mail.receipt.problem(str(said.number), Reason.NO_OFFER)
    elif said.number > len(offer.slots):
        mail.receipt.problem(str(said.number), Reason.SLOT_NUMBER)
    else:
        _take(mail, meeting, offer, said.number)


def _take(mail: MailDraft, meeting: Meeting, offer: Offer, number: int) -> None:
    slot, world = offer.slots[number - 1], mail.draft.world
    if slot <= world.now or clashes(slot, slot + timedelta(minutes=meeting.minutes), world):
        _offer(mail, meeting)
    else:
        _move(mail, meeting, slot)


def consent(mail: MailDraft, proposal: Proposal, said: Consent) -> None:
    """Let the other's yes move it; a no leaves everything as it is and says so."""
    draft = mail.draft
    meeting = draft.meeting(proposal.meeting) if proposal.meeting else draft.upcoming()
    draft.set(proposal=None)
    if not said.yes:
        declined = Notice(asked=TimeChange(proposal.start, cadence=proposal.cadence))
        draft.add(draft.made(Purpose.NOTICE, proposal.by, meeting, declined, (Fact.DECLINED,)))
        mail.receipt.fact(Fact.DECLINED_NOTED)
    elif proposal.cadence is not None:
        rhythm.agree(mail, proposal.cadence)
    elif meeting is not None and proposal.start is not None:
        _move_if_to_come(mail, meeting, proposal.start)


def _move_if_to_come(mail: MailDraft, meeting: Meeting, start: datetime) -> None:
    if start > mail.draft.world.now:
        _move(mail, meeting, start)
    else:
        mail.receipt.problem("yes", Reason.PAST)


def _move(mail: MailDraft, meeting: Meeting, start: datetime) -> None:
    move(mail.draft, meeting, start, mail.by)
    mail.receipt.undoable = replace(
        mail.receipt.undoable, moved=MeetingMoved(meeting.number, meeting.start, start)
    )


def move(draft: Draft, meeting: Meeting, start: datetime, by: Role) -> None:
    """Move it and tell both, with the gap it leaves."""
    gap = gap_days(draft.series, start, draft.world)
    # the agenda people have names another time
    news = meeting.changes + (meeting.stage is Stage.AGENDA_SENT)
    moved = draft.put(replace(meeting, start=start, changes=news))
    draft.forget_offers(meeting.number)
    draft.set(proposal=None, gap_warned=start if gap else draft.series.gap_warned)
    change = TimeChange(old_start=meeting.start, gap_days=gap)
    draft.tell_both(by, Purpose.MOVED, moved, change)


def take_back_move(draft: Draft, last: LastMail) -> None:
    """Move it back, if it still is where that mail put it and the old time is still to come."""
    moved = last.moved
    meeting = draft.meeting(moved.number) if moved else None
    if moved is None or meeting is None or meeting.start != moved.after:
        return
    if draft.world.now < min(moved.before, moved.after):
        move(draft, meeting, moved.before, last.by)


def take_back_question(draft: Draft, last: LastMail) -> None:
    """Withdraw a proposal that is still open, and tell the other."""
    proposal = draft.series.proposal
    if last.proposed and proposal is not None and proposal.by is last.by:
        draft.set(proposal=None)
        upcoming = draft.upcoming()
        draft.add(draft.made(Purpose.NOTICE, last.by.other, upcoming, Notice(), (Fact.WITHDRAWN,)))
