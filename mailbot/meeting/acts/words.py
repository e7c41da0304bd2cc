"""What a person's words do: one function for each thing that can be said, and one answer at most
for the whole mail."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from mailbot.meeting.acts import moves, subscription, undo
from mailbot.meeting.answering import NOT_READ, Receipt, limit, reply, spare
from mailbot.meeting.draft import Draft, untold
from mailbot.meeting.events import Answered, Fact, LineKind, Outcome, ReceiptLine
from mailbot.meeting.model import (
    ActionItem,
    ActionState,
    AgendaItem,
    LastMail,
    Meeting,
    Note,
    Purpose,
    Remark,
    Role,
    Stage,
    Theme,
)
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
    Recur,
    Remarked,
    Resume,
    Said,
    SetDue,
    SetOwner,
    Skip,
    Undo,
)
from mailbot.meeting.stages import TABLE, Act, Happening

STATES = {"done": ActionState.DONE, "drop": ActionState.DROPPED, "reopen": ActionState.OPEN}
# reasons why words were not read; the others are about commands that were
UNREAD = {"unclear", "date", "later"}
SPOKE = (LineKind.NOTE, LineKind.ACTION, LineKind.KNOWN)
ASKED_FOR_NOTES = (Purpose.NOTES_REQUEST, Purpose.SUMMARY)


class MailDraft:
    """One mail being acted on: who wrote it, the meeting it is about, and what it did so far."""

    def __init__(self, turn: Draft, event: Answered) -> None:
        self.turn = turn
        self.event = event
        self.by = event.by
        self.receipt = Receipt()
        self.number = _target(turn, event)

    @property
    def meeting(self) -> Meeting | None:
        return self.turn.meeting(self.number)

    def act(self, happening: Happening) -> Act:
        """What the table says; a series without any meeting in play is between two: words go to
        the next one."""
        meeting = self.meeting
        return TABLE[meeting.stage if meeting else Stage.CLOSED][happening]


def answer(turn: Draft, event: Answered) -> Outcome:
    """Act on every word, then answer once. Returns the outcome for the journal."""
    old = event.old if event.old is not None and turn.meeting(event.old.number) is None else None
    if old is not None:
        turn.put(old)
    outcome = _answer(turn, event)
    if old is not None:
        _back_into_history(turn, old)
    return outcome


def _back_into_history(turn: Draft, old: Meeting) -> None:
    """What was written late about a meeting of long ago stands there, and the meeting is over as
    before."""
    now = turn.meeting(old.number)
    if now is not None and untold(now):
        return  # in play until the other has read it
    if now is not None and now != old:
        turn.closed.append(now)
    turn.set(meetings=tuple(m for m in turn.series.meetings if m.number != old.number))


def _answer(turn: Draft, event: Answered) -> Outcome:
    hearing = MailDraft(turn, event)
    hearing.receipt.fact(*event.facts)
    person = turn.series.person(event.by)
    if person.unreachable and event.address == person.address:
        turn.put_person(event.by, replace(person, unreachable=False))
    for said in event.said:
        _hear(hearing, said)
    _note_the_answer(hearing)
    complained = bool(hearing.receipt.problems or NOT_READ & set(hearing.receipt.facts))
    untold = spare(turn, event.by, hearing.receipt)
    answered = 0
    if event.may_answer:
        answered = reply(turn, event.by, hearing.meeting, hearing.receipt, event.left)
    else:
        turn.trace.append("no receipt: the mail was automatic or of a list")
    _remember(hearing, answered)
    muted = limit(turn, event.by, hearing.number or 0) or (complained and not turn.sends)
    if muted or not event.may_answer:
        untold += hearing.receipt.problems
    did = hearing.receipt.lines or Fact.UNDONE in hearing.receipt.facts or _told(turn)
    _keep_the_problems(hearing, untold)
    if muted:
        return Outcome.MUTED
    return Outcome.APPLIED if did else Outcome.NOTED


def _told(turn: Draft) -> bool:
    """Has anybody a mail of it that says more than that nothing was understood?"""
    return any(send.purpose is not Purpose.PROBLEM for send in turn.sends)


def _target(turn: Draft, event: Answered) -> int | None:
    """The meeting the words are about: the one whose mail was answered, else the one in hand."""
    if turn.meeting(event.meeting) is not None:
        return event.meeting
    late = event.purpose in ASKED_FOR_NOTES
    meeting = (turn.past() or turn.upcoming()) if late else (turn.upcoming() or turn.past())
    return meeting.number if meeting else None


def _hear(hearing: MailDraft, said: Said) -> None:  # one line for each thing that can be said
    match said:
        case Item():
            _item(hearing, said)
        case Noted():
            _note(hearing, said)
        case Promised():
            _promise(hearing, said)
        case Remarked():
            _remark(hearing, said)
        case Mark():
            _mark(hearing, said)
        case SetDue():
            _change(hearing, said.number, LineKind.DUE, due=said.due)
        case SetOwner():
            _owner(hearing, said)
        case MoveTo() | Skip() | Pick() | Pause() | Resume() | Recur():
            moves.ask(hearing.turn, hearing.by, said, hearing.receipt, _to_move(hearing))
        case Consent():
            _consent(hearing, said)
        case Mails():
            subscription.want(hearing.turn, hearing.by, said.wanted, hearing.receipt)
        case Private():
            undo.hide(hearing.turn, hearing.event, said, hearing.receipt)
        case Undo():
            undo.undo(hearing.turn, hearing.event, hearing.receipt)
        case Help():
            hearing.turn.send(Purpose.HELP, hearing.by, hearing.meeting, answers=True)
        case NewSeries():
            hearing.receipt.problems.append(Problem(said.address, "", "new_elsewhere"))
        case Problem():
            hearing.receipt.problems.append(said)
        case _:
            assert_never(said)


# ---- items, notes, action items ----


def _item(hearing: MailDraft, said: Item) -> None:
    turn = hearing.turn
    theme = said.theme or Theme.ANYTHING_ELSE
    carries = hearing.act(Happening.ITEM) is Act.CARRY
    into = turn.upcoming() if carries else hearing.meeting
    there = into.items if into else turn.series.carried
    if _known(there, said, hearing.by):
        hearing.receipt.line(ReceiptLine(said.text, LineKind.KNOWN, theme=theme), quiet=True)
        return
    item = AgendaItem(turn.take_id(), said.text, hearing.by, theme, said.private, said.level)
    if into is None:
        turn.set(carried=(*there, item))
    else:
        turn.put(replace(into, items=(*there, item), changes=into.changes + (not said.private)))
    if hearing.meeting is not None and hearing.meeting.stage is Stage.CLOSED:
        hearing.receipt.fact(Fact.OVER)
    kind = LineKind.CARRIED if carries else LineKind.ITEM
    hearing.receipt.line(ReceiptLine(said.text, kind, said.private, theme), ("item", item.id))


def _known(words: tuple[AgendaItem, ...] | tuple[Note, ...], said: Item | Noted, by: Role) -> bool:
    """It stands there already, for the same eyes: both answered to all, or the mail came twice."""
    same = (w for w in words if w.private == said.private and (not w.private or w.author is by))
    return said.text.casefold() in {w.text.casefold() for w in same}


def _note(hearing: MailDraft, said: Noted) -> None:
    meeting = hearing.meeting
    if meeting is None:  # nothing was ever planned: it waits as an item, word for word
        _item(hearing, Item(said.text, None, said.private, said.level))
        return
    if _known(meeting.notes, said, hearing.by):
        hearing.receipt.line(ReceiptLine(said.text, LineKind.KNOWN), quiet=True)
        return
    note = Note(hearing.turn.take_id(), said.text, hearing.by, said.private, said.level)
    hearing.turn.put(replace(meeting, notes=(*meeting.notes, note)))
    if hearing.act(Happening.NOTE) is Act.KEEP_LATE:
        _keep_late(hearing, said)
    hearing.receipt.line(ReceiptLine(said.text, LineKind.NOTE, said.private), ("note", note.id))


def _keep_late(hearing: MailDraft, said: Noted) -> None:
    """It stands in the next agenda, or in its update if that is out already."""
    upcoming = hearing.turn.upcoming()
    if upcoming is not None and not said.private:
        hearing.turn.put(replace(upcoming, changes=upcoming.changes + 1))
    hearing.receipt.fact(Fact.LATE)


def _promise(hearing: MailDraft, said: Promised) -> None:
    turn = hearing.turn
    if said.private:
        _note(hearing, Noted(said.text, private=True))
        return
    owner = said.owner or hearing.by
    made_on = turn.day(hearing.meeting.start) if hearing.meeting else turn.today
    for action in turn.open_actions():
        nobody_named = said.owner is None and action.made_on == made_on  # both answered to all
        if action.text.casefold() == said.text.casefold() and (
            action.owner is owner or nobody_named
        ):
            if said.due and said.due != action.due:
                _change(hearing, action.number, LineKind.DUE, due=said.due)
            else:
                hearing.receipt.line(
                    ReceiptLine(said.text, LineKind.KNOWN, action=action), quiet=True
                )
            return
    number = turn.series.next_action
    action = ActionItem(number, owner, said.text, made_on, said.due)
    turn.set(next_action=number + 1)
    turn.put_action(action)
    hearing.receipt.line(ReceiptLine(said.text, LineKind.ACTION, action=action), ("action", number))


def _existing(hearing: MailDraft, number: int, line: str) -> ActionItem | None:
    """The action item with this number, or a question about it."""
    action = hearing.turn.action(number)
    if action is None:
        hearing.receipt.problems.append(Problem(line, "", "number"))
    else:
        hearing.receipt.before(action)
    return action


def _remark(hearing: MailDraft, said: Remarked) -> None:
    action = hearing.turn.action(said.number)
    if action is None:  # the number is gone: the words are kept on the agenda
        _item(hearing, Item(said.text))
        return
    hearing.receipt.before(action)
    remark = Remark(hearing.by, said.text, hearing.turn.today)
    action = replace(action, remarks=(*action.remarks, remark))
    hearing.turn.put_action(action)
    hearing.receipt.line(ReceiptLine(said.text, LineKind.REMARK, action=action))


def _mark(hearing: MailDraft, said: Mark) -> None:
    state = STATES[said.verb]
    for number in said.numbers:
        action = _existing(hearing, number, f"{said.verb} {number}")
        if action is None:
            continue
        closed_on = None if state is ActionState.OPEN else hearing.turn.today
        action = replace(action, state=state, closed_on=closed_on, told=False)
        hearing.turn.put_action(action)
        hearing.receipt.line(
            ReceiptLine(action.text, LineKind(said.verb), action=action), quiet=True
        )


def _change(hearing: MailDraft, number: int, kind: LineKind, **changes: object) -> None:
    action = _existing(hearing, number, str(number))
    if action is not None:
        # one field of ActionItem by name
        action = replace(action, **changes)  # type: ignore[arg-type]
        hearing.turn.put_action(action)
        hearing.receipt.line(ReceiptLine(action.text, kind, action=action))


def _owner(hearing: MailDraft, said: SetOwner) -> None:
    before = hearing.turn.action(said.number)
    _change(hearing, said.number, LineKind.OWNER, owner=said.owner)
    action = hearing.turn.action(said.number)
    if action is not None and before != action and said.owner is not hearing.by:
        hearing.turn.send(
            Purpose.NOTICE, said.owner, hearing.meeting, actions=(action,), facts=(Fact.NEW_OWNER,)
        )


# ---- yes, no ----


def _record(hearing: MailDraft, meeting: Meeting, said: Consent) -> None:
    """Did it happen? One no is enough, until the summary has gone out."""
    summed_up = any(m.purpose is Purpose.SUMMARY for m in meeting.mailed)
    if summed_up or meeting.happened is None:
        hearing.turn.put(replace(meeting, happened=said.yes or summed_up))
    if not said.yes:
        hearing.receipt.fact(Fact.HAS_SUMMARY if summed_up else Fact.DID_NOT_HAPPEN)


def _to_move(hearing: MailDraft) -> Meeting | None:
    """Which meeting "move" means: the one that was answered if it is still to come, else the
    next."""
    return (
        hearing.meeting if hearing.act(Happening.MOVE) is Act.PROPOSE else hearing.turn.upcoming()
    )


def _consent(hearing: MailDraft, said: Consent) -> None:
    turn, event = hearing.turn, hearing.event
    proposal = turn.series.proposal
    if proposal is not None and proposal.by is not hearing.by and _answers(event, proposal.serial):
        moves.consent(turn, proposal, said, hearing.receipt)
    elif (
        event.purpose is Purpose.NOTES_REQUEST
        and hearing.meeting
        and hearing.act(Happening.HAPPENED) is Act.RECORD
    ):
        _record(hearing, hearing.meeting, said)
    else:
        hearing.receipt.problems.append(Problem("yes" if said.yes else "no", "", "not_asked"))


def _answers(event: Answered, serial: int) -> bool:
    """A yes counts for the question it answers; one in a mail of its own for the question that
    is open."""
    return event.purpose is None or (
        event.purpose is Purpose.MOVE_PROPOSAL and event.serial in (0, serial)
    )


# ---- the answer ----


def _note_the_answer(hearing: MailDraft) -> None:
    """Somebody who answers the notes request has answered, whatever they wrote."""
    meeting, by = hearing.meeting, hearing.by
    if meeting is None or meeting.stage is not Stage.HELD or by in meeting.answered:
        return
    spoke = any(line.kind in SPOKE for line in hearing.receipt.lines)
    if hearing.event.purpose is Purpose.NOTES_REQUEST or spoke:
        first = meeting.answered_at or hearing.turn.world.now
        hearing.turn.put(replace(meeting, answered=(*meeting.answered, by), answered_at=first))


def _keep_the_problems(hearing: MailDraft, untold: list[Problem]) -> None:
    """Nobody is told, now, what was not understood; it waits on the writer's own agenda, word
    for word."""
    for problem in untold:
        if problem.reason in UNREAD:
            _item(hearing, Item(problem.line, private=True))


def _remember(hearing: MailDraft, answered: int) -> None:
    """Keep what this mail did, for undo and "2 private"; a mail that did nothing, or corrects,
    keeps the one before."""
    receipt = hearing.receipt
    if not receipt.corrects and (receipt.lines or receipt.undoable):
        mail = LastMail(
            hearing.by,
            answered,
            tuple(receipt.refs),
            tuple(receipt.actions_before),
            **receipt.undoable,
        )
        hearing.turn.remember(mail)
