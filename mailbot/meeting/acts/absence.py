"""An out-of-office answer: mails wait until the return, and the other is offered another time if a
meeting falls into the absence (scheduled.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.meeting.draft import Draft
from mailbot.meeting.events import Away, Outcome

WITHOUT_A_DATE = timedelta(days=3)  # short: a wrong guess costs one mail


def away(draft: Draft, event: Away) -> Outcome:
    """Note until when; an earlier return never shortens what was said before."""
    person = draft.series.person(event.who)
    until = event.until or draft.today + WITHOUT_A_DATE
    last = max(until, person.away_until or until)
    draft.put_person(event.who, replace(person, away_until=last))
    return Outcome.NOTED
