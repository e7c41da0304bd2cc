"""decide(series, event, world) -> Decision: the whole conversation of one series, as a function.

Problem: mails come late, twice, in the wrong order and about several things at once; time passes
meanwhile, and the process may die at any point. Whatever happens, the two people must get the same
mails for the same words.

Idea: a step is a function. It is given the state, one event and what may be known of the world (the
time, days off, other meetings), and returns the next state and every mail that leaves because of
it. It reads no clock, draws no number and keeps nothing, so a step can be repeated: a commit that
is refused as stale is decided again, and a test plays a year in a second.

A step has four parts, in this order:
    1. what waited too long for a yes expires;
    2. the event happens: words (answered.py, acts/), a bounce, a yes, a new configuration;
    3. whatever time owes by now leaves with the same step (clockwork.roll);
    4. mails to dead addresses are left out, and whoever did what is told so.

Example: on Wednesday Ana answers the agenda request with "Budget" and "done 3".
    decide(series, Answered(REPORT, (Item("Budget"), Mark("done", (3,))), meeting=7), world)
    -> Decision(series with the item and the closed action,
                sends=(RECEIPT to the report,), outcome=APPLIED, trace=())
Had she written "done 3" alone there would be no mail, and the trace would say "no receipt: done
alone".

Rejected: sending from inside (a mail without its commit, or the other way round); one handler a
command with its own storage (privacy, undo and the caps need to see the whole mail); events stored
and replayed as the state (every rule that ever was would have to be kept).
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from mailbot.meeting.acts.absence import away
from mailbot.meeting.acts.addresses import bounce, learn, reconfigure, tell_of_the_dead
from mailbot.meeting.acts.rhythm import recast
from mailbot.meeting.acts.unconfirmed import confirm, doubt, expire
from mailbot.meeting.answered import answer
from mailbot.meeting.answering import ABOUT_THE_OTHER
from mailbot.meeting.clockwork import plan, roll
from mailbot.meeting.draft import Draft
from mailbot.meeting.events import (
    Answered,
    Away,
    Bounced,
    Confirmed,
    Decision,
    Doubted,
    Due,
    Event,
    Learned,
    Outcome,
    Reconfigured,
    Started,
    World,
)
from mailbot.meeting.model import Cadence, Person, Purpose, Role, Series
from mailbot.meeting.sends import Fact, Introduction, Send

SAYS_IT_ARRIVED = (Fact.DECLINED_NOTED, Fact.UNREACHABLE)  # the second is said last, once


def open_series(series: str, report: Person, manager: Person, cadence: Cadence) -> Series:
    """Make a series nobody knows yet; decide(Started) sets it going."""
    return Series(series, report, manager, cadence)


def decide(series: Series, event: Event, world: World) -> Decision:
    """Say what becomes of the series, and every mail that leaves because of it. The same
    arguments, the same result."""
    draft = Draft(series, world)
    expire(draft)
    outcome = _happen(draft, event)
    roll(draft)
    sends = _reachable(draft)
    return Decision(
        draft.series,
        sends,
        outcome,
        tuple(draft.closed),
        tuple(draft.closed_actions),
        tuple(draft.trace),
    )


def _happen(draft: Draft, event: Event) -> Outcome:
    match event:
        case Answered():
            return answer(draft, event)
        case Due():
            return Outcome.TIME
        case Started():
            return _start(draft, event)
        case Reconfigured():
            return _reconfigure(draft, event)
        case Bounced():
            return bounce(draft, event)
        case Away():
            return away(draft, event)
        case Doubted():
            return doubt(draft, event)
        case Confirmed():
            return confirm(draft, event)
        case Learned():
            return learn(draft, event)
        case _:
            assert_never(event)


def _start(draft: Draft, event: Started) -> Outcome:
    """Config starts a series silently: the first agenda request introduces it. A mail is
    answered with the intro."""
    for role in (role for role, who in draft.series.people.items() if who.unreachable):
        tell_of_the_dead(draft, role)
    if event.by is not None:
        plan(draft)
        _introduce(draft)
        if event.said:
            answer(draft, Answered(event.by, event.said))
    return Outcome.APPLIED


def _introduce(draft: Draft) -> None:
    """Tell both that the series starts, and when."""
    upcoming = draft.upcoming()
    intro = Introduction(draft.series.cadence, upcoming.start if upcoming else None)
    for role in Role:
        draft.answer(draft.made(Purpose.INTRO, role, None, intro))


def _reconfigure(draft: Draft, event: Reconfigured) -> Outcome:
    """Take people and cadence over from the operator's file."""
    reconfigure(draft, event)
    cadence = event.cadence or draft.series.cadence
    if cadence != draft.series.cadence:
        recast(draft, cadence)
    return Outcome.APPLIED


def _reachable(draft: Draft) -> tuple[Send, ...]:
    """Leave out mails to dead addresses; tell whoever did what the other does not hear of."""
    lost = [mail for mail in draft.sends if not _arrives(draft, mail)]
    draft.withdraw(lost)
    for mail in lost:
        draft.trace.append(f"unreachable: the {mail.purpose} to the {mail.to} is not sent")
        if mail.purpose in ABOUT_THE_OTHER:
            _tell_unheard(draft, mail.to.other)
    return draft.sends


def _arrives(draft: Draft, mail: Send) -> bool:
    """Tell whether its reader can be reached: as known by now, or, at another address, as known
    then."""
    person = draft.series.person(mail.to)
    reader = person if mail.reader.address == person.address else mail.reader
    return not reader.unreachable


def _tell_unheard(draft: Draft, role: Role) -> None:
    """Say in the answers to this person that the other did not hear of what they did."""
    for mail in [each for each in draft.sends_to(role) if each.answers]:
        kept = (fact for fact in mail.facts if fact not in SAYS_IT_ARRIVED)
        draft.add(replace(mail, facts=(*kept, Fact.UNREACHABLE)))
