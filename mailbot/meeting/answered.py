"""What a person's mail does: each thing said acts, and at most one answer is given for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from mailbot.meeting.acts import items, moves, pauses, promises, rhythm, subscription, undo
from mailbot.meeting.answering import NOT_READ, limit, reply, spare
from mailbot.meeting.draft import Draft, untold
from mailbot.meeting.events import Answered, Outcome
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import Meeting, Proposal, Purpose, Stage
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
    words_of,
)
from mailbot.meeting.sends import Fact, HelpCard, LineKind
from mailbot.meeting.stages import Act, Happening

# reasons why words were not read; the others are about commands that were
UNREAD = frozenset({Reason.UNCLEAR, Reason.DATE, Reason.LATER})
SPOKE = frozenset({LineKind.NOTE, LineKind.ACTION, LineKind.KNOWN})

S = TypeVar("S", bound=Said)
Acts = Callable[[MailDraft, Any], None]


def answer(draft: Draft, event: Answered) -> Outcome:
    """Act on every word, then answer once. A meeting of long ago is in play meanwhile."""
    old = event.old
    if old is None or draft.meeting(old.number):
        return _answer(draft, event)
    draft.put(old)
    outcome = _answer(draft, event)
    _back_into_history(draft, old)
    return outcome


def _back_into_history(draft: Draft, old: Meeting) -> None:
    """Take a meeting of long ago out of play again, unless the other has to read what was written
    late about it."""
    now = draft.meeting(old.number) or old
    if untold(now):
        return
    if now != old:
        draft.closed.append(now)
    draft.drop(old)


def _answer(draft: Draft, event: Answered) -> Outcome:
    """Act on every word of a mail, answer it, and keep what could not be told."""
    mail = MailDraft(draft, event)
    receipt = mail.receipt
    receipt.fact(*event.facts)
    _revive(mail)
    for said in event.said:
        ACTS[type(said)](mail, said)
    _note_the_answer(mail)
    complaints = [*receipt.problems, *NOT_READ.intersection(receipt.facts)]
    spared = spare(mail)
    _remember(mail, _reply(mail))
    muted = limit(mail) or bool(complaints and not draft.sends)
    outcome = _outcome(mail, muted=muted)
    told = event.may_answer and not muted
    _keep_the_problems(mail, spared if told else spared + receipt.problems)
    return outcome


def _revive(mail: MailDraft) -> None:
    """Let a dead address live again when it writes."""
    person = mail.draft.series.person(mail.by)
    if mail.event.address == person.address:
        mail.draft.put_person(mail.by, replace(person, unreachable=False))


def _reply(mail: MailDraft) -> int:
    """Answer, unless nobody reads answers there. Returns the serial of the answer; 0: there is
    none."""
    if mail.event.may_answer:
        return reply(mail)
    mail.draft.trace.append("no receipt: the mail was automatic or of a list")
    return 0


def _remember(mail: MailDraft, receipt: int) -> None:
    """Keep what the mail did, for `undo`. receipt: serial of its answer."""
    last = mail.receipt.last_mail(receipt)
    if last is not None:
        mail.draft.remember(last)


def _outcome(mail: MailDraft, *, muted: bool) -> Outcome:
    """Tell whether it did something, or a mail says more than that nothing was understood."""
    if muted:
        return Outcome.MUTED
    told = {send.purpose for send in mail.draft.sends} - {Purpose.PROBLEM}
    applied = (told, mail.receipt.lines, Fact.UNDONE in mail.receipt.facts)
    return Outcome.APPLIED if any(applied) else Outcome.NOTED


# ---- yes, no ----


def _consent(mail: MailDraft, said: Consent) -> None:
    """Take a yes or no to the other's proposal, or to "did it happen?"; else it is a problem."""
    proposal, meeting = mail.draft.series.proposal, mail.meeting
    if proposal is not None and _answers(mail, proposal):
        moves.consent(mail, proposal, said)
    elif meeting is not None and _was_asked_how_it_was(mail):
        _record(mail, meeting, said)
    else:
        mail.receipt.problem(words_of(said), Reason.NOT_ASKED)


def _answers(mail: MailDraft, proposal: Proposal) -> bool:
    """Tell whether a yes is to this proposal of the other: in a mail of its own it is, and in an
    answer to the very question."""
    question = (mail.event.purpose, mail.event.serial or proposal.serial)
    theirs = proposal.by is not mail.by
    asked = mail.event.purpose is None or question == (Purpose.MOVE_PROPOSAL, proposal.serial)
    return theirs and asked


def _was_asked_how_it_was(mail: MailDraft) -> bool:
    asked = mail.event.purpose is Purpose.NOTES_REQUEST
    return asked and mail.act(Happening.HAPPENED) is Act.RECORD


def _record(mail: MailDraft, meeting: Meeting, said: Consent) -> None:
    """Note whether it happened. One no is enough, until the summary has gone out."""
    summed_up = bool(meeting.readers(Purpose.SUMMARY))
    if summed_up or meeting.happened is None:
        mail.draft.put(replace(meeting, happened=said.yes or summed_up))
    if not said.yes:
        mail.receipt.fact(Fact.HAS_SUMMARY if summed_up else Fact.DID_NOT_HAPPEN)


# ---- what each thing said does ----


def _help(mail: MailDraft, _: Help) -> None:
    mail.draft.answer(mail.draft.made(Purpose.HELP, mail.by, mail.meeting, HelpCard()))


def _new_series(mail: MailDraft, said: NewSeries) -> None:
    mail.receipt.problem(said.address, Reason.NEW_ELSEWHERE)


def _problem(mail: MailDraft, said: Problem) -> None:
    mail.receipt.problems.append(said)


def _row(kind: type[S], act: Callable[[MailDraft, S], None]) -> tuple[type[Any], Acts]:
    """Pair what was said with what it does; mypy holds one to the other."""
    return kind, act


ACTS: dict[type[Any], Acts] = dict(
    (
        _row(Item, items.item),
        _row(Noted, items.note),
        _row(Promised, promises.promise),
        _row(Remarked, promises.remark),
        _row(Mark, promises.mark),
        _row(SetDue, promises.set_due),
        _row(SetOwner, promises.set_owner),
        _row(MoveTo, moves.move_to),
        _row(Skip, moves.skip),
        _row(Pick, moves.pick),
        _row(Pause, pauses.pause),
        _row(Resume, pauses.resume),
        _row(Recur, rhythm.recur),
        _row(Consent, _consent),
        _row(Mails, subscription.want),
        _row(Private, undo.hide),
        _row(Undo, undo.undo),
        _row(Help, _help),
        _row(NewSeries, _new_series),
        _row(Problem, _problem),
    )
)
"""What each thing said does; a test holds the table to `Said`."""


# ---- after all was said ----


def _note_the_answer(mail: MailDraft) -> None:
    """Note who answered for a meeting: whoever answers the notes request, whatever they wrote, and
    whoever writes a note of their own accord."""
    meeting, by = mail.meeting, mail.by
    spoke = SPOKE.intersection(line.kind for line in mail.receipt.lines)
    answered = spoke or mail.event.purpose is Purpose.NOTES_REQUEST
    if meeting is None or meeting.stage is not Stage.MET or not answered:
        return
    first = meeting.answered_at or mail.draft.world.now
    both = tuple(dict.fromkeys((*meeting.answered, by)))
    mail.draft.put(replace(meeting, answered=both, answered_at=first))


def _keep_the_problems(mail: MailDraft, untold_now: list[Problem]) -> None:
    """Put what was not understood and is not told now on the writer's own agenda, word for
    word."""
    for problem in untold_now:
        if problem.reason in UNREAD:
            items.item(mail, Item(problem.line, private=True))
