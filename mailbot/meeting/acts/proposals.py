"""Questions to the other person: a change of time needs their yes, and one mail asks one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import Meeting, Proposal, Purpose
from mailbot.meeting.said import Reason
from mailbot.meeting.schedule import gap_days, local
from mailbot.meeting.sends import Fact, Send, TimeChange
from mailbot.meeting.slots import clashes


def propose(mail: MailDraft, proposal: Proposal, meeting: Meeting | None) -> None:
    """Put it to the other; the asker hears that it was, and what the gap rule says of it."""
    draft, receipt = mail.draft, mail.receipt
    give_up_question(mail, proposal)
    change = TimeChange(proposal.start, cadence=proposal.cadence)
    # a question nobody reads would be answered by any stray yes
    if draft.series.person(proposal.by.other).unreachable:
        receipt.fact(Fact.UNREACHABLE, Fact.CANNOT_ASK)
        receipt.asked = change
        return
    if proposal.start is not None:
        change = replace(change, gap_days=gap_days(draft.series, proposal.start, draft.world))
    facts = (Fact.CLASH,) if _clashes(mail, meeting, proposal.start) else ()
    asked = draft.add(draft.made(Purpose.MOVE_PROPOSAL, proposal.by.other, meeting, change, facts))
    draft.set(proposal=replace(proposal, serial=asked.serial))
    receipt.undoable = replace(receipt.undoable, proposed=True)
    receipt.fact(Fact.ASKED, *facts)
    receipt.asked = change


def _clashes(mail: MailDraft, meeting: Meeting | None, start: datetime | None) -> bool:
    if start is None or meeting is None:
        return False
    return clashes(start, start + timedelta(minutes=meeting.minutes), mail.draft.world)


def give_up_question(mail: MailDraft, proposal: Proposal | None) -> None:
    """Withdraw what this mail asked before: one mail, one question, the last. A question of
    another kind that gives way is told. proposal None: nothing is asked instead."""
    given_up = [s for s in mail.draft.sends if s.purpose is Purpose.MOVE_PROPOSAL]
    mail.draft.withdraw(given_up)
    mail.receipt.unask()
    for send in given_up:
        if proposal is None or _is_recast(send) != (proposal.cadence is not None):
            mail.receipt.problem(_as_typed(send), Reason.ONE_QUESTION)


def _is_recast(send: Send) -> bool:
    return isinstance(send.content, TimeChange) and send.content.cadence is not None


def _as_typed(send: Send) -> str:
    """Write a question as a line, in the zone of whoever asked, who is the other of its reader."""
    start = send.content.start if isinstance(send.content, TimeChange) else None
    return f"move to {local(start, send.other.zone):%Y-%m-%d %H:%M}" if start else "the new rhythm"
