"""`less`, `more`, `stop`: which scheduled mails one person of the series wants. The series
itself stays as it is."""

from __future__ import annotations

from dataclasses import replace

from mailbot.meeting.answering import Receipt
from mailbot.meeting.draft import Draft
from mailbot.meeting.events import Fact
from mailbot.meeting.model import LastMail, Purpose, Role, Wanted
from mailbot.meeting.said import MAILS


def want(turn: Draft, by: Role, wanted: Wanted, receipt: Receipt) -> None:
    """From now on. Whether mails reach the other person at all is the other's business, too."""
    before = turn.series.person(by).wanted
    receipt.fact(Fact(MAILS[wanted]))
    if wanted is before:
        return
    receipt.undoable["wanted_before"] = before
    _set(turn, by, wanted)


def take_back(turn: Draft, last: LastMail) -> bool:
    """The part of `undo` that is about this; whether there was anything to take back."""
    if last.wanted_before is None or last.wanted_before is turn.series.person(last.by).wanted:
        return False
    _set(turn, last.by, last.wanted_before)
    return True


def _set(turn: Draft, by: Role, wanted: Wanted) -> None:
    person = turn.series.person(by)
    turn.put_person(by, replace(person, wanted=wanted))
    if Wanted.NONE in (person.wanted, wanted):
        fact = Fact.STOPPED if wanted is Wanted.NONE else Fact.MAILS_AGAIN
        turn.send(Purpose.NOTICE, by.other, None, facts=(fact,))
