"""Action items: promised, done, dropped, opened again, dated, handed over, remarked on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mailbot.meeting.acts import items
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import ActionItem, ActionState, Purpose, RefKind, Remark
from mailbot.meeting.said import (
    Item,
    Mark,
    Noted,
    Promised,
    Reason,
    Remarked,
    SetDue,
    SetOwner,
    Verb,
)
from mailbot.meeting.sends import Fact, LineKind, Notice, ReceiptLine

STATES = {
    Verb.DONE: ActionState.DONE,
    Verb.DROP: ActionState.DROPPED,
    Verb.REOPEN: ActionState.OPEN,
}


def promise(mail: MailDraft, said: Promised) -> None:
    """Open an action item, unless it is open already. A private one stays a note of its writer."""
    if said.private:
        items.note(mail, Noted(said.text, private=True))
        return
    same = _same(mail, said)
    if same is None:
        _open(mail, said)
    elif said.due and said.due != same.due:
        set_due(mail, SetDue(same.number, said.due))
    else:
        mail.receipt.known(ReceiptLine(said.text, LineKind.ACTION, action=same))


def _same(mail: MailDraft, said: Promised) -> ActionItem | None:
    """Find an open one of the same words, of the same person or of the same meeting: both answered
    to all, and nobody was named."""
    owner, made_on = (said.owner, None) if said.owner else (mail.by, _made_on(mail))
    words, found = said.text.casefold(), mail.draft.open_actions()
    same_words = (action for action in found if action.text.casefold() == words)
    same = (a for a in same_words if a.owner is owner or a.made_on == made_on)
    return next(same, None)


def _made_on(mail: MailDraft) -> date:
    return mail.draft.day(mail.meeting.start) if mail.meeting else mail.draft.today


def _open(mail: MailDraft, said: Promised) -> None:
    number = mail.draft.series.next_action
    action = ActionItem(number, said.owner or mail.by, said.text, _made_on(mail), said.due)
    mail.draft.set(next_action=number + 1)
    mail.draft.put_action(action)
    line = ReceiptLine(said.text, LineKind.ACTION, action=action)
    mail.receipt.line(line, (RefKind.ACTION, number))


def remark(mail: MailDraft, said: Remarked) -> None:
    """Keep words with their action item; if the number is gone, they go on the agenda."""
    action = mail.draft.action(said.number)
    if action is None:
        items.item(mail, Item(said.text))
        return
    mail.receipt.before(action)
    words = Remark(mail.by, said.text, mail.draft.today)
    action = replace(action, remarks=(*action.remarks, words))
    mail.draft.put_action(action)
    mail.receipt.line(ReceiptLine(said.text, LineKind.REMARK, action=action))


def mark(mail: MailDraft, said: Mark) -> None:
    """Close or open action items by their numbers; alone this gets no receipt."""
    state = STATES[said.verb]
    for number in said.numbers:
        action = _existing(mail, number, f"{said.verb} {number}")
        if action is None:
            continue
        closed_on = None if state is ActionState.OPEN else mail.draft.today
        action = replace(action, state=state, closed_on=closed_on, told=False)
        mail.draft.put_action(action)
        line = ReceiptLine(action.text, LineKind(said.verb), action=action)
        mail.receipt.line(line, quiet=True)


def set_due(mail: MailDraft, said: SetDue) -> None:
    """Date an action item."""
    action = _existing(mail, said.number, str(said.number))
    if action is not None:
        _put(mail, replace(action, due=said.due), LineKind.DUE)


def set_owner(mail: MailDraft, said: SetOwner) -> None:
    """Hand an action item over; whoever gets it from the other is told."""
    action = _existing(mail, said.number, str(said.number))
    if action is None:
        return
    handed = replace(action, owner=said.owner)
    _put(mail, handed, LineKind.OWNER)
    if handed != action and said.owner is not mail.by:
        told = Notice(actions=(handed,))
        mail.draft.add(
            mail.draft.made(Purpose.NOTICE, said.owner, mail.meeting, told, (Fact.NEW_OWNER,))
        )


def _existing(mail: MailDraft, number: int, line: str) -> ActionItem | None:
    """Find the action item with this number, or ask about it."""
    action = mail.draft.action(number)
    if action is None:
        mail.receipt.problem(line, Reason.NUMBER)
    else:
        mail.receipt.before(action)
    return action


def _put(mail: MailDraft, action: ActionItem, kind: LineKind) -> None:
    mail.draft.put_action(action)
    mail.receipt.line(ReceiptLine(action.text, kind, action=action))
