"""What a person's mail does: each thing said acts, and at most one answer is given for all."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from mailbot.meeting.acts import items, moves, pauses, promises, rhythm, subscription, undo
from mailbot.meeting.answering import NOT_READ, limit, reply, spare
from mailbot.meeting.draft import Draft, untold
from mailbot.meeting.events import Answered, Outcome
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import Meeting, Purpose, Stage
from mailbot.meeting.said import (
    Consent,
    Help,
    Item,
    Mails,
    Mark,
    MoveTo,
    NewSeries,
    Noted,
    Pause,
    Pick,
    Private,
    Problem,
    Promised,
    Reason,
    Recur,
    Remarked,
    Resume,
    Said,
    SetDue,
    SetOwner,
    Skip,
    Undo,
)
from mailbot.meeting.sends import Fact, HelpCard, LineKind
from mailbot.meeting.stages import Act, Happening

# reasons why words were not read; the others are about commands that were
UNREAD = frozenset({Reason.UNCLEAR, Reason.DATE, Reason.LATER})
SPOKE = (LineKind.NOTE, LineKind.ACTION, LineKind.KNOWN)

Words = Item | Noted | Promised | Remarked
OfActions = Mark | SetDue | SetOwner
Times = MoveTo | Skip | Pick | Pause | Resume | Recur


def answer(draft: Draft, event: Answered) -> Outcome:
    """Act on every word, then answer once. A meeting of long ago is in play meanwhile."""
    old = event.old if event.old and draft.meeting(event.old.number) is None else None
    if old is not None:
        draft.put(old)
    outcome = _answer(draft, event)
    if old is not None:
        _back_into_history(draft, old)
    return outcome


def _back_into_history(draft: Draft, old: Meeting) -> None:
    """What was written late about a meeting of long ago stands there, and the meeting is over as
    before."""
    now = draft.meeting(old.number)
    if now is not None and untold(now):
        return  # in play until the other has read it
    if now is not None and now != old:
        draft.closed.append(now)
    draft.drop(old)


def _answer(draft: Draft, event: Answered) -> Outcome:
    mail = MailDraft(draft, event)
    mail.receipt.fact(*event.facts)
    _revive(mail)
    for said in event.said:
        _hear(mail, said)
    _note_the_answer(mail)
    complained = _complains(mail)
    spared = spare(mail)
    _reply_and_remember(mail)
    muted = limit(mail) or (complained and not draft.sends)
    outcome = Outcome.MUTED if muted else _outcome(mail)
    if muted or not event.may_answer:
        spared += mail.receipt.problems
    _keep_the_problems(mail, spared)
    return outcome


def _complains(mail: MailDraft) -> bool:
    """Something was not understood, or nothing could be read."""
    return bool(mail.receipt.problems) or not NOT_READ.isdisjoint(mail.receipt.facts)


def _reply_and_remember(mail: MailDraft) -> None:
    last = mail.receipt.last_mail(_reply(mail))
    if last is not None:
        mail.draft.remember(last)


def _revive(mail: MailDraft) -> None:
    """A dead address lives again when it writes."""
    person = mail.draft.series.person(mail.by)
    if person.unreachable and mail.event.address == person.address:
        mail.draft.put_person(mail.by, replace(person, unreachable=False))


def _reply(mail: MailDraft) -> int:
    """The serial of the answer; 0: there is none."""
    if not mail.event.may_answer:
        mail.draft.trace.append("no receipt: the mail was automatic or of a list")
        return 0
    return reply(mail)


def _outcome(mail: MailDraft) -> Outcome:
    """Applied: it did something, or a mail says more than that nothing was understood."""
    told = any(send.purpose is not Purpose.PROBLEM for send in mail.draft.sends)
    if told or mail.receipt.lines or Fact.UNDONE in mail.receipt.facts:
        return Outcome.APPLIED
    return Outcome.NOTED


# ---- one thing that was said ----


def _hear(mail: MailDraft, said: Said) -> None:
    match said:
        case Item() | Noted() | Promised() | Remarked():
            _hear_words(mail, said)
        case Mark() | SetDue() | SetOwner():
            _hear_of_actions(mail, said)
        case MoveTo() | Skip() | Pick() | Pause() | Resume() | Recur():
            _hear_times(mail, said)
        case Consent():
            _consent(mail, said)
        case Mails():
            subscription.want(mail, said.wanted)
        case Private():
            undo.hide(mail, said)
        case Undo():
            undo.undo(mail)
        case Help():
            mail.draft.answer(Purpose.HELP, mail.by, mail.meeting, HelpCard())
        case NewSeries():
            mail.receipt.problem(said.address, Reason.NEW_ELSEWHERE)
        case Problem():
            mail.receipt.problems.append(said)
        case _:
            assert_never(said)


def _hear_words(mail: MailDraft, said: Words) -> None:
    match said:
        case Item():
            items.item(mail, said)
        case Noted():
            items.note(mail, said)
        case Promised():
            promises.promise(mail, said)
        case Remarked():
            promises.remark(mail, said)
        case _:
            assert_never(said)


def _hear_of_actions(mail: MailDraft, said: OfActions) -> None:
    match said:
        case Mark():
            promises.mark(mail, said)
        case SetDue():
            promises.set_due(mail, said)
        case SetOwner():
            promises.set_owner(mail, said)
        case _:
            assert_never(said)


def _hear_times(mail: MailDraft, said: Times) -> None:
    match said:
        case MoveTo():
            moves.move_to(mail, said)
        case Skip():
            moves.skip(mail, mail.meeting_to_move())
        case Pick():
            moves.pick(mail, said)
        case Pause():
            pauses.pause(mail, said)
        case Resume():
            pauses.resume(mail)
        case Recur():
            rhythm.recur(mail, said)
        case _:
            assert_never(said)


# ---- yes, no ----


def _consent(mail: MailDraft, said: Consent) -> None:
    """To the other's proposal, or to "did it happen?"; else there is nothing to say yes to."""
    proposal, meeting = mail.draft.series.proposal, mail.meeting
    theirs = proposal is not None and proposal.by is not mail.by
    if proposal is not None and theirs and _answers(mail.event, proposal.serial):
        moves.consent(mail, proposal, said)
    elif meeting is not None and _was_asked_how_it_was(mail):
        _record(mail, meeting, said)
    else:
        mail.receipt.problem("yes" if said.yes else "no", Reason.NOT_ASKED)


def _answers(event: Answered, serial: int) -> bool:
    """A yes counts for the question it answers; one in a mail of its own for the question that
    is open."""
    if event.purpose is None:
        return True
    return event.purpose is Purpose.MOVE_PROPOSAL and event.serial in (0, serial)


def _was_asked_how_it_was(mail: MailDraft) -> bool:
    asked = mail.event.purpose is Purpose.NOTES_REQUEST
    return asked and mail.act(Happening.HAPPENED) is Act.RECORD


def _record(mail: MailDraft, meeting: Meeting, said: Consent) -> None:
    """Did it happen? One no is enough, until the summary has gone out."""
    summed_up = bool(meeting.readers(Purpose.SUMMARY))
    if summed_up or meeting.happened is None:
        mail.draft.put(replace(meeting, happened=said.yes or summed_up))
    if not said.yes:
        mail.receipt.fact(Fact.HAS_SUMMARY if summed_up else Fact.DID_NOT_HAPPEN)


# ---- after all was said ----


def _note_the_answer(mail: MailDraft) -> None:
    """Somebody who answers the notes request has answered, whatever they wrote."""
    meeting, by = mail.meeting, mail.by
    if meeting is None or meeting.stage is not Stage.MET or by in meeting.answered:
        return
    spoke = any(line.kind in SPOKE for line in mail.receipt.lines)
    if mail.event.purpose is Purpose.NOTES_REQUEST or spoke:
        first = meeting.answered_at or mail.draft.world.now
        mail.draft.put(replace(meeting, answered=(*meeting.answered, by), answered_at=first))


def _keep_the_problems(mail: MailDraft, untold_now: list[Problem]) -> None:
    """Nobody is told, now, what was not understood; it waits on the writer's own agenda, word
    for word."""
    for problem in untold_now:
        if problem.reason in UNREAD:
            items.item(mail, Item(problem.line, private=True))
