"""Things written down: agenda items before a meeting, notes after it."""

from __future__ import annotations

from dataclasses import replace

from mailbot.meeting.draft import Draft
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import AgendaItem, Meeting, Note, RefKind, Role, Stage, Theme
from mailbot.meeting.said import Item, Noted
from mailbot.meeting.sends import Fact, LineKind, ReceiptLine
from mailbot.meeting.stages import Act, Happening


def item(mail: MailDraft, said: Item) -> None:
    """Add it to the meeting it is for, or to the next one if that is past."""
    draft, theme = mail.draft, said.theme or Theme.ANYTHING_ELSE
    carries = mail.act(Happening.ITEM) is Act.CARRY
    kind = LineKind.CARRIED if carries else LineKind.ITEM
    line = ReceiptLine(said.text, kind, said.private, theme)
    into = draft.upcoming() if carries else mail.meeting
    if _stands_there(into.items if into else draft.series.carried, said, mail.by):
        mail.receipt.known(line)
        return
    new = AgendaItem(draft.take_id(), said.text, mail.by, theme, said.private, said.level)
    _add(draft, into, new)
    if mail.meeting is not None and mail.meeting.stage is Stage.CLOSED:
        mail.receipt.fact(Fact.OVER)
    mail.receipt.line(line, (RefKind.ITEM, new.id))


def _add(draft: Draft, meeting: Meeting | None, new: AgendaItem) -> None:
    """Add it to this meeting, or to what waits for the next one."""
    if meeting is None:
        draft.set(carried=(*draft.series.carried, new))
        return
    changes = meeting.changes + (not new.private)
    draft.put(replace(meeting, items=(*meeting.items, new), changes=changes))


def note(mail: MailDraft, said: Noted) -> None:
    """Keep it with the meeting it is about; before anything was planned it waits as an item, word
    for word."""
    meeting = mail.meeting
    if meeting is None:
        item(mail, Item(said.text, None, said.private, said.level))
        return
    line = ReceiptLine(said.text, LineKind.NOTE, said.private)
    if _stands_there(meeting.notes, said, mail.by):
        mail.receipt.known(line)
        return
    new = Note(mail.draft.take_id(), said.text, mail.by, said.private, said.level)
    mail.draft.put(replace(meeting, notes=(*meeting.notes, new)))
    if mail.act(Happening.NOTE) is Act.KEEP_LATE:
        _keep_late(mail, said)
    mail.receipt.line(line, (RefKind.NOTE, new.id))


def _stands_there(
    words: tuple[AgendaItem, ...] | tuple[Note, ...], said: Item | Noted, by: Role
) -> bool:
    """Find the same words for the same eyes: both answered to all, or the mail came twice."""
    text, authors = said.text.casefold(), {by} if said.private else set(Role)
    same = (w for w in words if (w.text.casefold(), w.private) == (text, said.private))
    return not authors.isdisjoint(w.author for w in same)


def _keep_late(mail: MailDraft, said: Noted) -> None:
    """Say it in the next agenda, or in its update if that is out already."""
    upcoming = mail.draft.upcoming()
    if upcoming is not None and not said.private:
        mail.draft.put(replace(upcoming, changes=upcoming.changes + 1))
    mail.receipt.fact(Fact.LATE)
