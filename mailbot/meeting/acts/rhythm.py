"""The series in another cadence: every week or two, another day, hour or length."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mailbot.meeting.acts.proposals import propose
from mailbot.meeting.draft import Draft
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import (
    LONGEST_WEEKS,
    Cadence,
    LastMail,
    Meeting,
    Person,
    Proposal,
    Purpose,
    Role,
    Stage,
)
from mailbot.meeting.said import Recur
from mailbot.meeting.schedule import first_start, gap_days, local
from mailbot.meeting.sends import Fact, TimeChange
from mailbot.meeting.slots import fit


def recur(mail: MailDraft, said: Recur) -> None:
    """Propose a cadence; what one mail says of it in several lines is one proposal."""
    if (said.every_weeks or 0) > LONGEST_WEEKS:
        mail.receipt.fact(Fact.CADENCE_LIMIT)
        return
    draft = mail.draft
    wished = _wished_in_this_mail(mail) or draft.series.cadence
    cadence = _changed(wished, said, draft.series.person(mail.by), draft.world.now)
    if cadence == draft.series.cadence:
        mail.receipt.fact(Fact.NO_CHANGE)
    else:
        proposal = Proposal(mail.by, draft.world.now, cadence=cadence)
        propose(mail, proposal, draft.upcoming())


def _wished_in_this_mail(mail: MailDraft) -> Cadence | None:
    """Find the cadence that an earlier line of this mail proposed."""
    pending, this_mail = mail.draft.series.proposal, (mail.by, mail.draft.world.now)
    if pending is None or (pending.by, pending.made_at) != this_mail:
        return None
    return pending.cadence


def _changed(old: Cadence, said: Recur, writer: Person, now: datetime) -> Cadence:
    """Change the named parts. A time of day is meant in the writer's zone and kept in the anchor
    zone."""
    weeks, minutes = said.every_weeks or old.every_weeks, said.minutes or old.minutes
    cadence = replace(old, every_weeks=weeks, minutes=minutes)
    if said.weekday is None and said.at is None:
        return cadence
    usual = local(first_start(old, now), writer.zone)
    weekday = usual.weekday() if said.weekday is None else said.weekday
    theirs = replace(old, weekday=weekday, at=said.at or usual.time(), zone=writer.zone)
    there = local(first_start(theirs, now), old.zone)
    return replace(cadence, weekday=there.weekday(), at=there.time())


def agree(mail: MailDraft, cadence: Cadence) -> None:
    """Change the cadence by the writer's yes."""
    before = mail.draft.series.cadence
    mail.receipt.undoable = replace(mail.receipt.undoable, cadence_before=before)
    recast(mail.draft, cadence, mail.by)


def recast(draft: Draft, cadence: Cadence, by: Role | None = None) -> None:
    """Give the series a new cadence and tell both. by None: the operator did it."""
    question = draft.series.proposal
    draft.set(cadence=cadence, proposal=None if question and question.cadence else question)
    upcoming = draft.upcoming()
    meeting = _in_cadence(draft, upcoming, cadence) if upcoming else None
    gap = gap_days(draft.series, meeting.start, draft.world) if meeting else None
    change = TimeChange(cadence=cadence, gap_days=gap)
    if by is not None:
        draft.tell_both(by, Purpose.MOVED, meeting, change)
        return
    for role in Role:
        draft.add(draft.made(Purpose.MOVED, role, meeting, change))


def _in_cadence(draft: Draft, meeting: Meeting, cadence: Cadence) -> Meeting:
    """Move a meeting nobody was asked about yet at once; another keeps its time."""
    if meeting.stage is not Stage.PLANNED:
        return draft.put(replace(meeting, minutes=cadence.minutes))
    planned = _soonest(draft, cadence)
    start = fit(draft.without(meeting), planned, draft.world)
    moved = replace(meeting, start=start, first_start=start, planned=planned)
    return draft.put(replace(moved, minutes=cadence.minutes))


def _soonest(draft: Draft, cadence: Cadence) -> datetime:
    """Find the first occurrence of the new cadence that does not follow on the heels of the last
    meeting."""
    past, half = draft.past(), timedelta(weeks=cadence.every_weeks) / 2
    rested = past.start + half if past else datetime.min.replace(tzinfo=UTC)
    return first_start(cadence, max(draft.world.now, rested))


def take_back_cadence(draft: Draft, last: LastMail) -> None:
    """Give the series the cadence that it had before that mail."""
    if last.cadence_before is not None:
        recast(draft, last.cadence_before, last.by)
