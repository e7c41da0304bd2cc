"""decide(series, event, world) -> Decision: the whole conversation of one series, as a function.

The table of stages stands in stages.py. Words act (answers.py, asking.py), time acts
(rolling.py), and after either of them whatever is owed by now leaves with the same step.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from mailbot.meeting.acts.moves import recast
from mailbot.meeting.acts.words import answer
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
    Fact,
    Learned,
    LineKind,
    Outcome,
    ReceiptLine,
    Reconfigured,
    Send,
    Started,
    World,
)
from mailbot.meeting.model import Cadence, Held, Person, Purpose, Role, Series
from mailbot.meeting.said import Item, Noted, Promised, Said, words_of

HELD_FOR = timedelta(days=7)
HELD_AT_MOST = 3  # of one person at a time: no guesser fills a mailbox with questions
ABSENCE_WITHOUT_A_DATE = timedelta(days=3)  # short: a wrong guess costs one mail


def open_series(series: str, report: Person, manager: Person, cadence: Cadence) -> Series:
    """A series nobody knows yet; decide(Started) sets it going."""
    return Series(series, report, manager, cadence)


def decide(series: Series, event: Event, world: World) -> Decision:
    """What becomes of the series, and every mail that leaves because of it. The same arguments,
    the same result."""
    turn = Draft(series, world)
    _expire(turn)
    outcome = _happen(turn, event)
    roll(turn)
    sends = _mails(turn)
    return Decision(
        turn.series,
        sends,
        outcome,
        tuple(turn.closed),
        tuple(turn.closed_actions),
        tuple(turn.trace),
    )


def _mails(turn: Draft) -> tuple[Send, ...]:
    """Nothing leaves to a dead address; whoever did what the other does not hear of is told
    that."""
    lost = {
        mail.to
        for mail in turn.sends
        if not _arrives(turn, mail) and mail.purpose in ABOUT_THE_OTHER
    }
    kept = [mail for mail in turn.sends if _arrives(turn, mail)]
    turn.trace += [
        f"unreachable: the {mail.purpose} to the {mail.to} is not sent"
        for mail in turn.sends
        if mail not in kept
    ]
    return tuple(
        _unheard(mail) if mail.answers and mail.to.other in lost else mail for mail in kept
    )


def _arrives(turn: Draft, mail: Send) -> bool:
    person = turn.series.person(mail.to)
    return not (person if mail.reader.address == person.address else mail.reader).unreachable


def _unheard(mail: Send) -> Send:
    kept = (fact for fact in mail.facts if fact not in (Fact.DECLINED_NOTED, Fact.UNREACHABLE))
    return replace(mail, facts=(*kept, Fact.UNREACHABLE))


def _happen(turn: Draft, event: Event) -> Outcome:
    match event:
        case Answered():
            return answer(turn, event)
        case Due():
            return Outcome.TIME
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
        case Learned():
            return _learn(turn, event)
        case _:
            assert_never(event)


def _start(turn: Draft, event: Started) -> Outcome:
    """Config starts a series silently: the first agenda request introduces it. A mail is
    answered with the intro."""
    for role in Role:
        if turn.series.person(role).unreachable:
            _tell_of_the_dead(turn, role)
    if event.by is not None:
        plan(turn)
        upcoming = turn.upcoming()
        start = upcoming.start if upcoming else None
        turn.send(
            Purpose.INTRO,
            Role.REPORT,
            None,
            answers=True,
            next_start=start,
            cadence=turn.series.cadence,
        )
        turn.send(
            Purpose.INTRO,
            Role.MANAGER,
            None,
            answers=True,
            next_start=start,
            cadence=turn.series.cadence,
        )
        if event.said:
            answer(turn, Answered(event.by, event.said))
    return Outcome.APPLIED


def _reconfigure(turn: Draft, event: Reconfigured) -> Outcome:
    """The operator's file wins over what it says; what people learned by mail about themselves
    stays."""
    for role, person in ((Role.REPORT, event.report), (Role.MANAGER, event.manager)):
        known = turn.series.person(role)
        same_address = person.address == known.address
        turn.put_person(
            role,
            replace(
                person,
                aliases=tuple(dict.fromkeys((*person.aliases, *known.confirmed))),
                confirmed=known.confirmed,
                away_until=known.away_until,
                unreachable=known.unreachable and same_address,
                wanted=known.wanted,
            ),
        )
        if not same_address:
            _tell_both_addresses(turn, role, known)
    if event.cadence is not None and event.cadence != turn.series.cadence:
        recast(turn, event.cadence)
    return Outcome.APPLIED


def _tell_both_addresses(turn: Draft, role: Role, before: Person) -> None:
    """That mails go elsewhere from now on is said at the old address, too: it may not have been
    its owner's wish."""
    turn.send(Purpose.NOTICE, role, None, facts=(Fact.ADDRESS_CHANGED,))
    told = turn.send(Purpose.NOTICE, role, None, facts=(Fact.ADDRESS_CHANGED,))
    turn.sends[-1] = replace(
        told, reader=replace(told.reader, address=before.address, unreachable=before.unreachable)
    )


def _bounce(turn: Draft, event: Bounced) -> Outcome:
    """A dead address is left alone; the other is told once. A passing failure changes nothing."""
    person = turn.series.person(event.to)
    if not event.hard or person.unreachable:
        return Outcome.NOTED
    turn.put_person(event.to, replace(person, unreachable=True))
    _tell_of_the_dead(turn, event.to)
    return Outcome.BOUNCED


def _tell_of_the_dead(turn: Draft, role: Role) -> None:
    """To the other, with the question of theirs that did not arrive."""
    asked = turn.series.proposal
    if asked is None or asked.by is role:
        turn.send(
            Purpose.NOTICE,
            role.other,
            None,
            answers=True,
            facts=(Fact.UNREACHABLE,),
            null_sender=True,
        )
        return
    turn.set(proposal=None)
    turn.send(
        Purpose.NOTICE,
        role.other,
        None,
        answers=True,
        facts=(Fact.UNREACHABLE, Fact.CANNOT_ASK),
        null_sender=True,
        proposed=asked.start,
        cadence=asked.cadence,
    )


def _away(turn: Draft, event: Away) -> Outcome:
    """Mails wait until the return; the other is offered another time if a meeting falls into the
    absence."""
    person = turn.series.person(event.who)
    until = event.until or turn.today + ABSENCE_WITHOUT_A_DATE
    if person.away_until is None or until > person.away_until:
        turn.put_person(event.who, replace(person, away_until=until))
    return Outcome.NOTED


def _doubt(turn: Draft, event: Doubted) -> Outcome:
    """Not sure who wrote it: nothing is applied; the address on file is shown the words and
    asked."""
    meeting = turn.meeting(event.answered.meeting)
    known = turn.series.role_of(event.claimed) is not None
    lines = tuple(_shown(said, known) for said in event.answered.said if words_of(said))
    by, until = event.answered.by, turn.world.now + HELD_FOR
    asked = turn.send(
        Purpose.CONFIRM, by, meeting, answers=True, lines=lines, claimed=event.claimed
    )
    turn.set(held=(*turn.series.held, Held(event.name, by, event.claimed, until, asked.serial)))
    return Outcome.UNCONFIRMED


def _shown(said: Said, known: bool) -> ReceiptLine:
    """From an address that nobody has named theirs, a private line may be the other's: it is
    told of, not shown."""
    private = not known and isinstance(said, Item | Noted | Promised) and said.private
    return ReceiptLine("" if private else words_of(said), LineKind.UNCONFIRMED, private)


def may_hold(series: Series, role: Role, others: tuple[Series, ...] = ()) -> bool:
    """Whether one more mail may wait for this person's yes. `others`: their other series."""
    address = series.person(role).address
    waiting = (
        h.role is each.role_of(address) and not h.done
        for each in (series, *others)
        for h in each.held
    )
    return sum(waiting) < HELD_AT_MOST


def _expire(turn: Draft) -> None:
    """Nobody said yes in time: what was held is held no more."""
    turn.set(held=tuple(h for h in turn.series.held if h.until > turn.world.now))


def _confirm(turn: Draft, event: Confirmed) -> Outcome:
    """A yes applies the words as if they had just come, and offers to keep the address; a no
    throws them away."""
    held = next((h for h in turn.series.held if (h.name, h.role) == (event.name, event.by)), None)
    if held is None:
        return Outcome.NOTED
    turn.set(held=tuple(h for h in turn.series.held if h is not held))
    facts: tuple[Fact, ...] = ()
    if event.yes and event.always and not event.offers:
        facts = (Fact.ALIAS_TAKEN,)
    elif event.yes and event.always:
        _keep_alias(turn, event.by, held.claimed)
    elif event.yes and event.offers and turn.series.role_of(held.claimed) is None:
        turn.set(held=(*turn.series.held, replace(held, done=True)))
        facts = (Fact.ALIAS_OFFER,)
    outcome = answer(turn, replace(event.words, facts=(*event.words.facts, *facts)))
    return outcome if event.yes else Outcome.DISCARDED


def _keep_alias(turn: Draft, role: Role, alias: str) -> None:
    """From now on mails from there are theirs. The address on file is told, in case it was not
    them who said so."""
    if turn.series.role_of(alias) is None:
        person = turn.series.person(role)
        aliases, confirmed = (*person.aliases, alias), (*person.confirmed, alias)
        turn.put_person(role, replace(person, aliases=aliases, confirmed=confirmed))
        turn.send(Purpose.NOTICE, role, None, answers=True, facts=(Fact.ALIAS_KEPT,))


def _learn(turn: Draft, event: Learned) -> Outcome:
    """The longest absence holds. Addresses are as they are there, or, where another is on file
    here, add up."""
    role = turn.series.role_of(event.address)
    if role is None:
        return Outcome.NOTED
    known, there = turn.series.person(role), event.person
    same = known.address == event.address
    address, unreachable = (
        (there.address, there.unreachable) if same else (known.address, known.unreachable)
    )
    taken = {
        address,
        turn.series.person(role.other).address,
        *turn.series.person(role.other).aliases,
    }
    aliases = (
        there.aliases if same else (*known.aliases, *there.aliases, there.address, event.address)
    )
    turn.put_person(
        role,
        replace(
            known,
            address=address,
            unreachable=unreachable,
            aliases=tuple(alias for alias in dict.fromkeys(aliases) if alias not in taken),
            confirmed=there.confirmed,
            away_until=max(filter(None, (known.away_until, there.away_until)), default=None),
        ),
    )
    if unreachable and not known.unreachable:
        _tell_of_the_dead(turn, role)
    return Outcome.NOTED
