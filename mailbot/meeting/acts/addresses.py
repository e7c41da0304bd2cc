"""Where mails go: addresses on file that change, die, or turn out to be somebody's second one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailbot.meeting.draft import Draft
from mailbot.meeting.events import Bounced, Learned, Outcome, Reconfigured
from mailbot.meeting.model import Person, Purpose, Role
from mailbot.meeting.sends import Fact, Notice, TimeChange


def bounce(draft: Draft, event: Bounced) -> Outcome:
    """Leave a dead address alone and tell the other once; a passing failure changes nothing."""
    person = draft.series.person(event.to)
    if not event.hard or person.unreachable:
        return Outcome.NOTED
    draft.put_person(event.to, replace(person, unreachable=True))
    tell_of_the_dead(draft, event.to)
    return Outcome.BOUNCED


def tell_of_the_dead(draft: Draft, role: Role) -> None:
    """Tell the other that mails to this person do not arrive, with the question of theirs that
    cannot be asked."""
    asked, notice = draft.series.proposal, Notice()
    facts: tuple[Fact, ...] = (Fact.UNREACHABLE,)
    if asked is not None and asked.by is role.other:
        draft.set(proposal=None)
        notice = Notice(asked=TimeChange(asked.start, cadence=asked.cadence))
        facts = (Fact.UNREACHABLE, Fact.CANNOT_ASK)
    mail = draft.made(Purpose.NOTICE, role.other, None, notice, facts)
    draft.add(replace(mail, answers=True, null_sender=True))


def reconfigure(draft: Draft, event: Reconfigured) -> None:
    """Take people over from the operator's file, which wins over what it says; what people learned
    by mail about themselves stays."""
    for role, person in ((Role.REPORT, event.report), (Role.MANAGER, event.manager)):
        known = draft.series.person(role)
        draft.put_person(role, _as_configured(person, known))
        if person.address != known.address:
            _tell_both_addresses(draft, role, known)


def _as_configured(person: Person, known: Person) -> Person:
    return replace(
        person,
        aliases=tuple(dict.fromkeys((*person.aliases, *known.confirmed))),
        confirmed=known.confirmed,
        away_until=known.away_until,
        unreachable=known.unreachable and person.address == known.address,
        wanted=known.wanted,
    )


def _tell_both_addresses(draft: Draft, role: Role, before: Person) -> None:
    """Tell that mails go elsewhere from now on, at the old address too: it may not have been its
    owner's wish."""
    facts = (Fact.ADDRESS_CHANGED,)
    draft.add(draft.made(Purpose.NOTICE, role, None, Notice(), facts))
    mail = draft.made(Purpose.NOTICE, role, None, Notice(), facts)
    reader = replace(mail.reader, address=before.address, unreachable=before.unreachable)
    draft.add(replace(mail, reader=reader))


def keep_alias(draft: Draft, role: Role, alias: str) -> None:
    """Take mails from there as theirs from now on, and tell the address on file, in case it was
    not them who said so."""
    if draft.series.role_of(alias) is not None:
        return
    person = draft.series.person(role)
    aliases, confirmed = (*person.aliases, alias), (*person.confirmed, alias)
    draft.put_person(role, replace(person, aliases=aliases, confirmed=confirmed))
    draft.answer(draft.made(Purpose.NOTICE, role, None, Notice(), (Fact.ALIAS_KEPT,)))


def learn(draft: Draft, event: Learned) -> Outcome:
    """Take over what another series learned of a person."""
    role = draft.series.role_of(event.address)
    if role is None:
        return Outcome.NOTED
    known, other = draft.series.person(role), draft.series.person(role.other)
    person = _merged(known, event, {other.address, *other.aliases})
    draft.put_person(role, person)
    if person.unreachable and not known.unreachable:
        tell_of_the_dead(draft, role)
    return Outcome.NOTED


def _merged(known: Person, event: Learned, taken: set[str]) -> Person:
    """Merge what is known here and there: the longest absence holds; addresses are as they are
    there, or, where another is on file here, add up. taken: those of the other person."""
    there = event.person
    away = [until for until in (known.away_until, there.away_until) if until is not None]
    merged = replace(known, confirmed=there.confirmed, away_until=max(away, default=None))
    if known.address == event.address:
        merged = replace(merged, address=there.address, unreachable=there.unreachable)
        found: Iterable[str] = there.aliases
    else:
        found = (*known.aliases, *there.aliases, there.address, event.address)
    taken = {*taken, merged.address}
    return replace(merged, aliases=tuple(a for a in dict.fromkeys(found) if a not in taken))
