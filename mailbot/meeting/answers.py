"""What a person's words do: one function for each thing that can be said, and one answer at most for the whole mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from mailbot.meeting import asking
from mailbot.meeting.events import Answered, Doubted, ReceiptLine
from mailbot.meeting.model import (
    ActionItem,
    ActionState,
    AgendaItem,
    Held,
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
from mailbot.meeting.turn import Receipt, Turn, W

HELD_FOR = timedelta(days=7)
STATES = {"done": ActionState.DONE, "drop": ActionState.DROPPED, "reopen": ActionState.OPEN}
ASKED_FOR_NOTES = (Purpose.NOTES_REQUEST, Purpose.SUMMARY)


class Hearing:
    """One mail being acted on: who wrote it, the meeting it is about, and what it did so far."""

    def __init__(self, turn: Turn, event: Answered) -> None:
        self.turn = turn
        self.event = event
        self.by = event.by
        self.receipt = Receipt()
        self.number = _target(turn, event)
        self.undid = False

    @property
    def meeting(self) -> Meeting | None:
        return self.turn.meeting(self.number)

    def act(self, happening: Happening) -> Act:
        """What the table says; a series without any meeting in play is between two: words go to the next one."""
        meeting = self.meeting
        return TABLE[meeting.stage if meeting else Stage.CLOSED][happening]


def answer(turn: Turn, event: Answered) -> str:
    """Act on every word, then answer once. Returns the outcome for the journal."""
    hearing = Hearing(turn, event)
    person = turn.series.person(event.by)
    if person.unreachable:
        turn.set(**{event.by.value: replace(person, unreachable=False)})
    for said in event.said:
        _hear(hearing, said)
    _note_the_answer(hearing)
    _remember(hearing)
    if event.may_answer:
        _reply(hearing)
    return "applied" if hearing.receipt.lines or turn.sends or hearing.undid else "noted"


def _target(turn: Turn, event: Answered) -> int | None:
    """The meeting the words are about: the one whose mail was answered, else the one in hand."""
    if turn.meeting(event.meeting) is not None:
        return event.meeting
    late = event.purpose in ASKED_FOR_NOTES
    meeting = (turn.past() or turn.upcoming()) if late else (turn.upcoming() or turn.past())
    return meeting.number if meeting else None


def _hear(hearing: Hearing, said: Said) -> None:  # one line for each thing that can be said
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
            _change(hearing, said.number, "due", due=said.due)
        case SetOwner():
            _owner(hearing, said)
        case MoveTo() | Skip() | Pick() | Pause() | Resume() | Recur():
            asking.ask(hearing.turn, hearing.by, said, hearing.receipt, _to_move(hearing))
        case Consent():
            _consent(hearing, said)
        case Private():
            _make_private(hearing, said)
        case Undo():
            _undo(hearing)
        case Help():
            hearing.turn.send(Purpose.HELP, hearing.by, hearing.meeting, answers=True)
        case NewSeries():
            hearing.receipt.problems.append(Problem(said.address, "", "new_elsewhere"))
        case Problem():
            hearing.receipt.problems.append(said)
        case _:
            assert_never(said)


# ---- items, notes, action items ----


def _item(hearing: Hearing, said: Item) -> None:
    turn = hearing.turn
    theme = said.theme or Theme.ANYTHING_ELSE
    carries = hearing.act(Happening.ITEM) is Act.CARRY
    into = turn.upcoming() if carries else hearing.meeting
    there = into.items if into else turn.series.carried
    if _known(there, said.text, hearing.by):
        hearing.receipt.line(ReceiptLine(said.text, "known", theme=theme), quiet=True)
        return
    item = AgendaItem(turn.take_id(), said.text, hearing.by, theme, said.private, said.level)
    if into is None:
        turn.set(carried=(*there, item))
    else:
        changed = into.changed_at if said.private else turn.world.now
        turn.put(replace(into, items=(*there, item), changed_at=changed))
    kind = "carried" if carries else "item"
    hearing.receipt.line(ReceiptLine(said.text, kind, said.private, theme), ("item", item.id))


def _known(words: tuple[AgendaItem, ...] | tuple[Note, ...], text: str, by: Role) -> bool:
    """It stands there already, where this person can see it: both answered to all, or the mail came twice."""
    mine = (w.text for w in words if not w.private or w.author is by)
    return text.casefold() in {t.casefold() for t in mine}


def _note(hearing: Hearing, said: Noted) -> None:
    meeting = hearing.meeting
    if meeting is None:  # nothing was ever planned: it waits as an item, word for word
        _item(hearing, Item(said.text, None, said.private, said.level))
        return
    if _known(meeting.notes, said.text, hearing.by):
        hearing.receipt.line(ReceiptLine(said.text, "known"), quiet=True)
        return
    note = Note(hearing.turn.take_id(), said.text, hearing.by, said.private, said.level)
    hearing.turn.put(replace(meeting, notes=(*meeting.notes, note)))
    if hearing.act(Happening.NOTE) is Act.KEEP_LATE and "late" not in hearing.receipt.facts:
        hearing.receipt.facts.append("late")
    hearing.receipt.line(ReceiptLine(said.text, "note", said.private), ("note", note.id))


def _promise(hearing: Hearing, said: Promised) -> None:
    turn = hearing.turn
    if said.private:
        _note(hearing, Noted(said.text, private=True))
        return
    owner = said.owner or hearing.by
    for action in turn.open_actions():
        if action.text.casefold() == said.text.casefold() and action.owner is owner:
            hearing.receipt.line(ReceiptLine(said.text, "known", action=action), quiet=True)
            return
    number = turn.series.next_action
    made_on = turn.day(hearing.meeting.start) if hearing.meeting else turn.today
    action = ActionItem(number, owner, said.text, made_on, said.due)
    turn.set(next_action=number + 1)
    turn.put_action(action)
    hearing.receipt.line(ReceiptLine(said.text, "action", action=action), ("action", number))


def _existing(hearing: Hearing, number: int, line: str) -> ActionItem | None:
    """The action item with this number, or a question about it."""
    action = hearing.turn.action(number)
    if action is None:
        hearing.receipt.problems.append(Problem(line, "", "number"))
    else:
        hearing.receipt.before(action)
    return action


def _remark(hearing: Hearing, said: Remarked) -> None:
    action = hearing.turn.action(said.number)
    if action is None:  # the number is gone: the words are kept on the agenda
        _item(hearing, Item(said.text))
        return
    hearing.receipt.before(action)
    remark = Remark(hearing.by, said.text, hearing.turn.today)
    action = replace(action, remarks=(*action.remarks, remark))
    hearing.turn.put_action(action)
    hearing.receipt.line(ReceiptLine(said.text, "remark", action=action))


def _mark(hearing: Hearing, said: Mark) -> None:
    state = STATES[said.verb]
    for number in said.numbers:
        action = _existing(hearing, number, f"{said.verb} {number}")
        if action is None:
            continue
        closed_on = None if state is ActionState.OPEN else hearing.turn.today
        action = replace(action, state=state, closed_on=closed_on)
        hearing.turn.put_action(action)
        hearing.receipt.line(ReceiptLine(action.text, said.verb, action=action), quiet=True)


def _change(hearing: Hearing, number: int, kind: str, **changes: object) -> None:
    action = _existing(hearing, number, str(number))
    if action is not None:
        action = replace(action, **changes)  # type: ignore[arg-type]  # one field of ActionItem by name
        hearing.turn.put_action(action)
        hearing.receipt.line(ReceiptLine(action.text, kind, action=action))


def _owner(hearing: Hearing, said: SetOwner) -> None:
    before = hearing.turn.action(said.number)
    _change(hearing, said.number, "owner", owner=said.owner)
    action = hearing.turn.action(said.number)
    if action is not None and before != action and said.owner is not hearing.by:
        told = {"actions": (action,), "facts": ("new_owner",)}
        hearing.turn.send(Purpose.NOTICE, said.owner, hearing.meeting, answers=True, **told)


# ---- yes, no; private, undo ----


def _to_move(hearing: Hearing) -> Meeting | None:
    """Which meeting "move" means: the one that was answered if it is still to come, else the next."""
    return hearing.meeting if hearing.act(Happening.MOVE) is Act.PROPOSE else hearing.turn.upcoming()


def _consent(hearing: Hearing, said: Consent) -> None:
    turn, proposal = hearing.turn, hearing.turn.series.proposal
    about_notes = hearing.event.purpose is Purpose.NOTES_REQUEST
    if proposal is not None and proposal.by is not hearing.by and not about_notes:
        asking.consent(turn, proposal, said, hearing.receipt)
    elif hearing.meeting is not None and hearing.act(Happening.HAPPENED) is Act.RECORD and about_notes:
        turn.put(replace(hearing.meeting, happened=said.yes))
        hearing.receipt.quiet = hearing.receipt.quiet and said.yes
        if not said.yes:
            hearing.receipt.facts.append("did_not_happen")
    else:
        hearing.receipt.problems.append(Problem("yes" if said.yes else "no", "", "not_asked"))


def _make_private(hearing: Hearing, said: Private) -> None:
    """Line N of the last receipt is for its writer alone from now on."""
    last = hearing.turn.last_mail(hearing.by)
    kind, number = last.lines[said.line - 1] if last and 0 < said.line <= len(last.lines) else ("", 0)
    text = _hide(hearing, kind, number)
    if text is None:
        hearing.receipt.problems.append(Problem(f"{said.line} private", "", "line"))
    else:
        hearing.receipt.line(ReceiptLine(text, "private", private=True))
        hearing.receipt.corrects = True


def _hide(hearing: Hearing, kind: str, number: int) -> str | None:
    turn, by = hearing.turn, hearing.by
    if kind == "action":
        action = turn.action(number)
        if action is None:
            return None
        turn.set(actions=tuple(a for a in turn.series.actions if a.number != number))
        _note(hearing, Noted(action.text, private=True))
        return action.text
    words: list[AgendaItem | Note] = []
    turn.set(carried=_hidden(turn.series.carried, number, by, words))
    for meeting in turn.series.meetings:
        items = _hidden(meeting.items, number, by, words)
        notes = _hidden(meeting.notes, number, by, words)
        turn.put(replace(meeting, items=items, notes=notes))
    return words[0].text if words else None


def _hidden(words: tuple[W, ...], number: int, by: Role, found: list[AgendaItem | Note]) -> tuple[W, ...]:
    """The same words, the one with this id made private; it is added to `found`."""
    found.extend(w for w in words if (w.id, w.author) == (number, by))
    return tuple(replace(w, private=True) if (w.id, w.author) == (number, by) else w for w in words)


def _undo(hearing: Hearing) -> None:
    """Take back what this person's last mail did; what the other did since stays."""
    turn, last = hearing.turn, hearing.turn.last_mail(hearing.by)
    if last is None:
        hearing.receipt.problems.append(Problem("undo", "", "nothing_to_undo"))
        return
    gone = {number for kind, number in last.lines if kind in ("item", "note")}
    dropped = {number for kind, number in last.lines if kind == "action"}
    for meeting in turn.series.meetings:
        items = tuple(i for i in meeting.items if i.id not in gone)
        changed = turn.world.now if items != meeting.items else meeting.changed_at
        notes = tuple(n for n in meeting.notes if n.id not in gone)
        turn.put(replace(meeting, items=items, notes=notes, changed_at=changed))
    turn.set(
        carried=tuple(i for i in turn.series.carried if i.id not in gone),
        actions=tuple(a for a in turn.series.actions if a.number not in dropped),
        last_mails=tuple(m for m in turn.series.last_mails if m is not last),
    )
    for action in last.actions_before:
        turn.put_action(action)
    asking.take_back(turn, last)
    hearing.undid = True
    hearing.receipt.facts.append("undone")


# ---- the answer ----


def _note_the_answer(hearing: Hearing) -> None:
    """Somebody who answers the notes request has answered, whatever they wrote."""
    meeting, by = hearing.meeting, hearing.by
    if meeting is None or meeting.stage is not Stage.HELD or by in meeting.answered:
        return
    spoke = any(line.kind in ("note", "action", "known") for line in hearing.receipt.lines)
    if hearing.event.purpose is Purpose.NOTES_REQUEST or spoke:
        first = meeting.answered_at or hearing.turn.world.now
        hearing.turn.put(replace(meeting, answered=(*meeting.answered, by), answered_at=first))


def _remember(hearing: Hearing) -> None:
    """Keep what this mail did, for undo and "2 private"; a mail that did nothing, or corrects, keeps the one before."""
    receipt = hearing.receipt
    if not receipt.corrects and (receipt.lines or receipt.undoable):
        mail = LastMail(hearing.by, tuple(receipt.refs), tuple(receipt.actions_before), **receipt.undoable)
        hearing.turn.remember(mail)


def _reply(hearing: Hearing) -> None:
    """At most one answer to the writer: what was not understood, else what changed, else nothing."""
    receipt, turn = hearing.receipt, hearing.turn
    if any(s.to is hearing.by and s.answers for s in turn.sends):
        return  # slots, help or the news of a move answer already
    if receipt.problems:
        purpose = Purpose.PROBLEM
    elif not receipt.quiet or receipt.facts or hearing.event.left:
        purpose = Purpose.RECEIPT
    else:
        return
    turn.send(purpose, hearing.by, hearing.meeting, answers=True, lines=tuple(receipt.lines),
              problems=tuple(receipt.problems), facts=tuple(receipt.facts), left=hearing.event.left,
              **receipt.content)


def doubt(turn: Turn, event: Doubted) -> str:
    """Not sure who wrote it: nothing is applied; the address on file is shown the words and asked."""
    meeting = turn.meeting(event.answered.meeting)
    lines = tuple(ReceiptLine(text, "held") for said in event.answered.said if (text := words_of(said)))
    turn.set(held=(*turn.series.held, Held(event.name, event.answered.by, event.claimed, turn.world.now + HELD_FOR)))
    turn.send(Purpose.CONFIRM, event.answered.by, meeting, answers=True, lines=lines, facts=(event.claimed,))
    return "held"


def words_of(said: Said) -> str:
    """What was said, as a line a person recognises."""
    match said:
        case Item() | Noted() | Promised() | Remarked():
            return said.text
        case Problem():
            return said.line
        case Mark():
            return f"{said.verb} {' '.join(map(str, said.numbers))}"
        case SetDue():
            return f"{said.number} by {said.due.isoformat()}"
        case SetOwner():
            return f"{said.number} @{said.owner.value}"
        case MoveTo():
            return f"move to {said.day.isoformat()}" + (f" {said.at:%H:%M}" if said.at else "")
        case Pause():
            return f"pause until {said.until.isoformat()}" if said.until else "pause"
        case Pick():
            return str(said.number)
        case Consent():
            return "yes" if said.yes else "no"
        case Private():
            return f"{said.line} private"
        case Recur():
            return "a new cadence"
        case NewSeries():
            return f"new 1:1 with {said.address}"
        case Skip() | Resume() | Undo() | Help():
            return type(said).__name__.lower()
        case _:
            assert_never(said)
