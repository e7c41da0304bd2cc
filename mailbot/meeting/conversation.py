"""decide(series, event, world) -> Decision: the whole conversation of one series, as a function.

The table of stages stands in stages.py. Words act (answers.py, asking.py), time acts (rolling.py), and after either of
them whatever is owed by now leaves with the same step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from mailbot.meeting.answers import answer
from mailbot.meeting.asking import recast
from mailbot.meeting.events import (
    Aliased,
    Answered,
    Away,
    Bounced,
    Confirmed,
    Decision,
    Doubted,
    Due,
    Event,
    ReceiptLine,
    Reconfigured,
    Started,
    World,
)
from mailbot.meeting.model import Cadence, Held, Person, Purpose, Role, Series
from mailbot.meeting.rolling import plan, roll
from mailbot.meeting.said import Said, words_of
from mailbot.meeting.turn import Turn

HELD_FOR = timedelta(days=7)
HELD_AT_MOST = 3  # of one person at a time: no guesser fills a mailbox with questions
ABSENCE_WITHOUT_A_DATE = timedelta(days=3)  # short: a wrong guess costs one mail


def open_series(series: str, report: Person, manager: Person, cadence: Cadence) -> Series:
    """A series nobody knows yet; decide(Started) sets it going."""
    return Series(series, report, manager, cadence)


def decide(series: Series, event: Event, world: World) -> Decision:
    """What becomes of the series, and every mail that leaves because of it. The same arguments, the same result."""
    turn = Turn(series, world)
    _expire(turn)
    outcome = _happen(turn, event)
    roll(turn)
    return Decision(turn.series, tuple(turn.sends), outcome, tuple(turn.closed), tuple(turn.closed_actions))


def _happen(turn: Turn, event: Event) -> str:
    match event:
        case Answered():
            return answer(turn, event)
        case Due():
            return "time"
        case Started():
            return _start(turn, event)
        case Reconfigured():
            return _reconfigure(turn, event)
        case Bounced():
            return _bounce(turn, event)
        case Away():
            return _away(turn, event)
        case Doubted():
            return _doubt(turn, event)
        case Confirmed():
            return _confirm(turn, event)
        case Aliased():
            return _alias(turn, event)
        case _:
            assert_never(event)


def _start(turn: Turn, event: Started) -> str:
    """Config starts a series silently: the first agenda request introduces it. A mail is answered with the intro."""
    if event.by is not None:
        plan(turn)
        upcoming = turn.upcoming()
        start = upcoming.start if upcoming else None
        turn.send(Purpose.INTRO, Role.REPORT, None, answers=True, next_start=start, cadence=turn.series.cadence)
        turn.send(Purpose.INTRO, Role.MANAGER, None, answers=True, next_start=start, cadence=turn.series.cadence)
        if event.said:
            answer(turn, Answered(event.by, event.said))
    return "applied"


def _reconfigure(turn: Turn, event: Reconfigured) -> str:
    """The operator's file wins over what it says; what people learned by mail about themselves stays."""
    for role, person in ((Role.REPORT, event.report), (Role.MANAGER, event.manager)):
        known = turn.series.person(role)
        aliases = tuple(dict.fromkeys((*person.aliases, *known.aliases)))
        same_address = person.address == known.address
        gone = known.unreachable and same_address
        kept = replace(person, away_until=known.away_until, unreachable=gone, aliases=aliases, wanted=known.wanted)
        turn.set(**{role.value: kept})
    if event.cadence is not None and event.cadence != turn.series.cadence:
        recast(turn, event.cadence)
    return "applied"


def _bounce(turn: Turn, event: Bounced) -> str:
    """A dead address is left alone; the other is told once. A passing failure changes nothing."""
    person = turn.series.person(event.to)
    if not event.hard or person.unreachable:
        return "noted"
    turn.set(**{event.to.value: replace(person, unreachable=True)})
    if not turn.series.person(event.to.other).unreachable:
        turn.send(Purpose.NOTICE, event.to.other, None, answers=True, facts=("unreachable",))
    return "bounced"


def _away(turn: Turn, event: Away) -> str:
    """Mails wait until the return; the other is offered another time if a meeting falls into the absence."""
    person = turn.series.person(event.who)
    until = event.until or turn.today + ABSENCE_WITHOUT_A_DATE
    if person.away_until is None or until > person.away_until:
        turn.set(**{event.who.value: replace(person, away_until=until)})
    return "noted"


def _doubt(turn: Turn, event: Doubted) -> str:
    """Not sure who wrote it: nothing is applied; the address on file is shown the words and asked."""
    meeting = turn.meeting(event.answered.meeting)
    known = turn.series.role_of(event.claimed) is not None
    lines = tuple(_shown(said, known) for said in event.answered.said if words_of(said))
    by, until = event.answered.by, turn.world.now + HELD_FOR
    asked = turn.send(Purpose.CONFIRM, by, meeting, answers=True, lines=lines, facts=(event.claimed,))
    turn.set(held=(*turn.series.held, Held(event.name, by, event.claimed, until, asked.serial)))
    return "held"


def _shown(said: Said, known: bool) -> ReceiptLine:
    """From an address that nobody has named theirs, a private line may be the other's: it is told of, not shown."""
    private = not known and getattr(said, "private", False)
    return ReceiptLine("" if private else words_of(said), "held", private)


def may_hold(series: Series, role: Role) -> bool:
    """Whether one more mail may wait for this person's yes."""
    return sum(h.role is role and not h.done for h in series.held) < HELD_AT_MOST


def _expire(turn: Turn) -> None:
    """Nobody said yes in time: what was held is held no more."""
    turn.set(held=tuple(h for h in turn.series.held if h.until > turn.world.now))


def _confirm(turn: Turn, event: Confirmed) -> str:
    """A yes applies the words as if they had just come, and offers to keep the address; a no throws them away."""
    held = next((h for h in turn.series.held if (h.name, h.role) == (event.name, event.by)), None)
    if held is None:
        return "noted"
    turn.set(held=tuple(h for h in turn.series.held if h is not held))
    facts: tuple[str, ...] = ()
    if event.yes and event.always:
        _keep_alias(turn, event.by, held.claimed)
    elif event.yes and turn.series.role_of(held.claimed) is None:
        turn.set(held=(*turn.series.held, replace(held, done=True)))
        facts = ("alias_offer",)
    outcome = answer(turn, replace(event.words, facts=(*event.words.facts, *facts)))
    return outcome if event.yes else "discarded"


def _keep_alias(turn: Turn, role: Role, alias: str) -> None:
    """From now on mails from there are theirs. The address on file is told, in case it was not them who said so."""
    if turn.series.role_of(alias) is None:
        person = turn.series.person(role)
        turn.set(**{role.value: replace(person, aliases=(*person.aliases, alias))})
        turn.send(Purpose.NOTICE, role, None, answers=True, facts=("alias_kept",))


def _alias(turn: Turn, event: Aliased) -> str:
    role = turn.series.role_of(event.address)
    if role is not None and turn.series.role_of(event.alias) is None:
        person = turn.series.person(role)
        turn.set(**{role.value: replace(person, aliases=(*person.aliases, event.alias))})
    return "noted"
