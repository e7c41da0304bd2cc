"""Taking back: "2 private" and `undo`, both about what the same person's last mail did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mailbot.meeting.acts import moves, subscription
from mailbot.meeting.answering import Receipt
from mailbot.meeting.clockwork import add_items
from mailbot.meeting.draft import Draft, W
from mailbot.meeting.events import Answered, Fact, LineKind, ReceiptLine
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
    Theme,
)
from mailbot.meeting.said import Private, Problem


def hide(turn: Draft, event: Answered, said: Private, receipt: Receipt) -> None:
    """Line N of the last receipt is for its writer alone from now on."""
    by, last = event.by, turn.last_mail(event.by)
    kind, number = (
        last.lines[said.line - 1] if last and 0 < said.line <= len(last.lines) else ("", 0)
    )
    if last is not None and _is_older(event, last):
        receipt.problems.append(Problem(f"{said.line} private", "", "newer"))
    elif (text := _hide(turn, by, kind, number, receipt)) is None:
        receipt.problems.append(Problem(f"{said.line} private", "", "line"))
    else:
        receipt.line(ReceiptLine(text, LineKind.PRIVATE, private=True))
        receipt.corrects = True


def _is_older(event: Answered, last: LastMail) -> bool:
    """It answers a receipt that a newer one has replaced: its numbers, and what "undo" means,
    are not today's."""
    return event.purpose in (Purpose.RECEIPT, Purpose.PROBLEM) and 0 < event.serial < last.receipt


def _hide(turn: Draft, by: Role, kind: str, number: int, receipt: Receipt) -> str | None:
    if kind == "action":
        action = turn.action(number)
        if action is None or _others_remarks(action, by):
            return None  # the other has written about it already: it cannot be unsaid
        turn.set(actions=tuple(a for a in turn.series.actions if a.number != number))
        _as_private_note(turn, by, action)
        return action.text
    words: list[AgendaItem | Note] = []
    turn.set(carried=_hidden(turn.series.carried, number, by, words))
    for meeting in turn.series.meetings:
        items = _hidden(meeting.items, number, by, words)
        notes = _hidden(meeting.notes, number, by, words)
        known = items != meeting.items and _was_read(meeting, by.other)
        if known or (notes != meeting.notes and any(n.told for n in notes if n.id == number)):
            receipt.fact(Fact.ALREADY_READ)
        turn.put(replace(meeting, items=items, notes=notes))
    return words[0].text if words else None


def _hidden(
    words: tuple[W, ...], number: int, by: Role, found: list[AgendaItem | Note]
) -> tuple[W, ...]:
    """The same words, the one with this id made private; it is added to `found`."""
    found.extend(w for w in words if (w.id, w.author) == (number, by))
    return tuple(replace(w, private=True) if (w.id, w.author) == (number, by) else w for w in words)


def _was_read(meeting: Meeting, other: Role) -> bool:
    """A mail with the shared words of this meeting has gone out to the other."""
    tell = {Purpose.AGENDA, Purpose.AGENDA_UPDATE, Purpose.NOTES_REQUEST, Purpose.SUMMARY}
    return any(m.to is other and m.purpose in tell for m in meeting.mailed)


def undo(turn: Draft, event: Answered, receipt: Receipt) -> None:
    """Take back what this person's last mail did, and say what that was; what the other did
    since stays."""
    by, last = event.by, turn.last_mail(event.by)
    if last is None or _is_older(event, last):
        receipt.problems.append(Problem("undo", "", "newer" if last else "nothing_to_undo"))
        return
    gone = {number for kind, number in last.lines if kind in ("item", "note")}
    dropped = {number for kind, number in last.lines if kind == "action"}
    for meeting in turn.series.meetings:
        words: tuple[AgendaItem | Note, ...] = (*meeting.items, *meeting.notes)
        for word in words:
            if word.id in gone:
                receipt.line(ReceiptLine(word.text, LineKind.UNDONE, word.private))
        items = tuple(i for i in meeting.items if i.id not in gone)
        changes = meeting.changes + (items != meeting.items)
        notes = tuple(n for n in meeting.notes if n.id not in gone)
        turn.put(replace(meeting, items=items, notes=notes, changes=changes))
    turn.set(
        carried=tuple(i for i in turn.series.carried if i.id not in gone),
        actions=tuple(_without(turn, dropped, by)),
        last_mails=tuple(m for m in turn.series.last_mails if m is not last),
    )
    for action in last.actions_before:
        _restore(turn, action, by)
    receipt.corrects = True
    back = [moves.take_back(turn, last), subscription.take_back(turn, last)]
    if any(back) or receipt.lines or last.actions_before or dropped:
        receipt.fact(Fact.UNDONE)
    else:
        receipt.problems.append(Problem("undo", "", "nothing_to_undo"))


def _without(turn: Draft, numbers: set[int], by: Role) -> Iterator[ActionItem]:
    """The action items without these; one the other has written about is dropped instead, so
    their words stay."""
    for action in turn.series.actions:
        if action.number not in numbers:
            yield action
        elif _others_remarks(action, by):
            yield replace(action, state=ActionState.DROPPED, closed_on=turn.today)


def _restore(turn: Draft, before: ActionItem, by: Role) -> None:
    """As it was before the mail, with what the other wrote about it since."""
    now = turn.action(before.number)
    since = tuple(r for r in _others_remarks(now, by) if r not in before.remarks) if now else ()
    turn.put_action(replace(before, remarks=(*before.remarks, *since)))


def _others_remarks(action: ActionItem, by: Role) -> tuple[Remark, ...]:
    return tuple(r for r in action.remarks if r.author is not by)


def _as_private_note(turn: Draft, by: Role, action: ActionItem) -> None:
    """An action item cannot be private; its words stay with its writer, on the last meeting or
    the next."""
    past = turn.past()
    if past is None:
        add_items(
            turn, (AgendaItem(turn.take_id(), action.text, by, Theme.ANYTHING_ELSE, private=True),)
        )
    else:
        turn.put(
            replace(past, notes=(*past.notes, Note(turn.take_id(), action.text, by, private=True)))
        )
