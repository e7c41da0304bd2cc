"""`less`, `more`, `stop`: which scheduled mails one person of the series wants. The series
itself stays as it is."""

from __future__ import annotations

from dataclasses import replace

from mailbot.meeting.draft import Draft
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import LastMail, Purpose, Role, Wanted
from mailbot.meeting.said import Mails, words_of
from mailbot.meeting.sends import Fact, Notice


def want(mail: MailDraft, said: Mails) -> None:
    """Send this much from now on. Whether mails reach a person at all is the other's business,
    too."""
    wanted, before = said.wanted, mail.draft.series.person(mail.by).wanted
    mail.receipt.fact(Fact(words_of(said)))
    if wanted is not before:
        mail.receipt.undoable = replace(mail.receipt.undoable, wanted_before=before)
        _set(mail.draft, mail.by, wanted)


def take_back_wanted(draft: Draft, last: LastMail) -> None:
    """Send as much as before that mail."""
    before, now = last.wanted_before, draft.series.person(last.by).wanted
    if before is not None and before is not now:
        _set(draft, last.by, before)


def _set(draft: Draft, by: Role, wanted: Wanted) -> None:
    person = draft.series.person(by)
    draft.put_person(by, replace(person, wanted=wanted))
    if Wanted.NONE in (person.wanted, wanted):
        fact = Fact.STOPPED if wanted is Wanted.NONE else Fact.MAILS_AGAIN
        draft.add(draft.made(Purpose.NOTICE, by.other, None, Notice(), (fact,)))
