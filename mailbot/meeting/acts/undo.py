"""Taking back: "2 private" and `undo`, both about what the same person's last mail did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from mailbot.meeting.acts import moves, pauses, rhythm, subscription
from mailbot.meeting.clockwork import add_items
from mailbot.meeting.draft import Draft, W
from mailbot.meeting.events import Answered
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import (
    NO_REF,
    ActionItem,
    ActionState,
    AgendaItem,
    LastMail,
    Meeting,
    Note,
    Purpose,
    Ref,
    RefKind,
    Remark,
    Role,
    Theme,
)
from mailbot.meeting.said import Private, Reason, Undo, words_of
from mailbot.meeting.sends import Fact, LineKind, ReceiptLine

NUMBERED = (Purpose.RECEIPT, Purpose.PROBLEM)
TELLS_THE_OTHER = frozenset(
    {Purpose.AGENDA, Purpose.AGENDA_UPDATE, Purpose.NOTES_REQUEST, Purpose.SUMMARY}
)

TAKE_BACK: tuple[Callable[[Draft, LastMail], None], ...] = (
    moves.take_back_question,
    rhythm.take_back_cadence,
    pauses.take_back_pause,
    moves.take_back_move,
    subscription.take_back_wanted,
)
"""The inverse of each change that is no words, in the order they are undone."""


def _is_older(event: Answered, last: LastMail) -> bool:
    """Tell whether it answers a receipt that a newer one has replaced: its numbers, and what
    "undo" means, are not today's."""
    return event.purpose in NUMBERED and 0 < event.serial < last.receipt


# ---- "2 private" ----


def hide(mail: MailDraft, said: Private) -> None:
    """Make line N of the last receipt its writer's alone from now on."""
    last = mail.draft.last_mail(mail.by)
    if last is not None and _is_older(mail.event, last):
        mail.receipt.problem(words_of(said), Reason.NEWER)
        return
    kind, number = _ref(last, said.line)
    text = HIDE[kind](mail, number)
    if text is None:
        mail.receipt.problem(words_of(said), Reason.LINE)
        return
    mail.receipt.line(ReceiptLine(text, LineKind.PRIVATE, private=True))
    mail.receipt.corrects = True


def _ref(last: LastMail | None, line: int) -> Ref:
    """Tell what stood on a line of the receipt, counted from 1."""
    lines = last.lines if last is not None else ()
    return dict(enumerate(lines, 1)).get(line, NO_REF)


def _hide_action(mail: MailDraft, number: int) -> str | None:
    """Make a private note of an action item, which cannot be private; once the other has written
    about it, it stays. The words, if they are private now."""
    draft = mail.draft
    action = draft.action(number)
    if action is None or _others_remarks(action, mail.by):
        return None
    draft.set(actions=tuple(a for a in draft.series.actions if a.number != number))
    _as_private_note(draft, mail.by, action)
    return action.text


def _hide_words(mail: MailDraft, number: int) -> str | None:
    """Make an item or note private, wherever it stands now; nobody hides what the other wrote.
    The words, if they are private now."""
    draft, key = mail.draft, (number, mail.by)
    text = _text_of(draft.series.carried, key)
    draft.set(carried=_hidden(draft.series.carried, key))
    for meeting in draft.series.meetings:
        text = text or _text_of((*meeting.items, *meeting.notes), key)
        _hide_in(mail, meeting, key)
    return text


def _hide_in(mail: MailDraft, meeting: Meeting, key: tuple[int, Role]) -> None:
    """Make it private in this meeting, and say so if the other may have read it already."""
    items, notes = _hidden(meeting.items, key), _hidden(meeting.notes, key)
    was_read = mail.by.other in meeting.readers(*TELLS_THE_OTHER)
    read_item = items != meeting.items and was_read
    if read_item or any(note.told for note in set(notes) - set(meeting.notes)):
        mail.receipt.fact(Fact.ALREADY_READ)
    mail.draft.put(replace(meeting, items=items, notes=notes))


def _text_of(words: Iterable[AgendaItem | Note], key: tuple[int, Role]) -> str | None:
    return next((w.text for w in words if (w.id, w.author) == key), None)


def _hidden(words: tuple[W, ...], key: tuple[int, Role]) -> tuple[W, ...]:
    """Copy words, the one of this id and author made private."""
    return tuple(replace(w, private=True) if (w.id, w.author) == key else w for w in words)


def _as_private_note(draft: Draft, by: Role, action: ActionItem) -> None:
    """Keep the words for their writer, on the last meeting or the next."""
    past = draft.past()
    if past is None:
        item = AgendaItem(draft.take_id(), action.text, by, Theme.ANYTHING_ELSE, private=True)
        add_items(draft, (item,))
    else:
        note = Note(draft.take_id(), action.text, by, private=True)
        draft.put(replace(past, notes=(*past.notes, note)))


HIDE: dict[RefKind, Callable[[MailDraft, int], str | None]] = {
    RefKind.ITEM: _hide_words,
    RefKind.NOTE: _hide_words,
    RefKind.ACTION: _hide_action,
    RefKind.NOTHING: lambda _mail, _number: None,
}
"""How what stands on a line is hidden: the words that are private now; None: there are none, or
they cannot be unsaid."""


# ---- "undo" ----


def undo(mail: MailDraft, said: Undo) -> None:
    """Take back what this person's last mail did, and say what that was; what the other did
    since stays."""
    last = mail.draft.last_mail(mail.by)
    if last is None:
        mail.receipt.problem(words_of(said), Reason.NOTHING_TO_UNDO)
    elif _is_older(mail.event, last):
        mail.receipt.problem(words_of(said), Reason.NEWER)
    else:
        _take_back(mail, last)


def _take_back(mail: MailDraft, last: LastMail) -> None:
    mail.receipt.corrects = True
    mail.draft.forget(last)
    _take_back_words(mail, _ids(last, RefKind.ITEM, RefKind.NOTE))
    took_back = [
        bool(mail.receipt.lines),
        _take_back_actions(mail, last),
        _take_back_changes(mail.draft, last),
    ]
    if any(took_back):
        mail.receipt.fact(Fact.UNDONE)
    else:
        mail.receipt.problem("undo", Reason.NOTHING_TO_UNDO)


def _ids(last: LastMail, *kinds: RefKind) -> set[int]:
    return {number for kind, number in last.lines if kind in kinds}


def _take_back_words(mail: MailDraft, gone: set[int]) -> None:
    """Remove items and notes, wherever they stand now; those of a meeting are told."""
    draft = mail.draft
    for meeting in draft.series.meetings:
        words: tuple[AgendaItem | Note, ...] = (*meeting.items, *meeting.notes)
        for word in (each for each in words if each.id in gone):
            mail.receipt.line(ReceiptLine(word.text, LineKind.UNDONE, word.private))
        items, notes = _without(meeting.items, gone), _without(meeting.notes, gone)
        changes = meeting.changes + (items != meeting.items)
        draft.put(replace(meeting, items=items, notes=notes, changes=changes))
    draft.set(carried=_without(draft.series.carried, gone))


def _without(words: tuple[W, ...], gone: set[int]) -> tuple[W, ...]:
    return tuple(word for word in words if word.id not in gone)


def _take_back_actions(mail: MailDraft, last: LastMail) -> bool:
    """Remove the action items it opened and restore those it changed; whether there were any."""
    draft, opened = mail.draft, _ids(last, RefKind.ACTION)
    draft.set(actions=tuple(_dropped(draft, opened, mail.by)))
    for action in last.actions_before:
        _restore(draft, action, mail.by)
    return bool(opened or last.actions_before)


def _dropped(draft: Draft, numbers: Iterable[int], by: Role) -> Iterator[ActionItem]:
    """Leave out these action items; one the other has written about is dropped instead, so their
    words stay."""
    for action in draft.series.actions:
        if action.number not in numbers:
            yield action
        elif _others_remarks(action, by):
            yield replace(action, state=ActionState.DROPPED, closed_on=draft.today)


def _restore(draft: Draft, before: ActionItem, by: Role) -> None:
    """Put it as it was before the mail, with what the other wrote about it since."""
    now = draft.action(before.number) or before
    since = (remark for remark in _others_remarks(now, by) if remark not in before.remarks)
    draft.put_action(replace(before, remarks=(*before.remarks, *since)))


def _others_remarks(action: ActionItem, by: Role) -> tuple[Remark, ...]:
    return tuple(r for r in action.remarks if r.author is not by)


def _take_back_changes(draft: Draft, last: LastMail) -> bool:
    before = draft.series
    for take_back in TAKE_BACK:
        take_back(draft, last)
    return draft.series != before
