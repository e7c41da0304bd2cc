"""What holds for a person holds in all of their series: where to write to, other addresses, an
absence, a dead address.

The series in which it was learned is committed first and the others are told; after a death
between the two, the same mail comes again, is a duplicate, and tells them. What a series is told
here (Learned) it does not tell on: so this goes one step deep, however many series there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mailbot.meeting.events import Learned
from mailbot.meeting.model import Person, Role, Series
from mailbot.service.people.directory import is_one
from mailbot.service.step import Committed, NoticeKind, Step
from mailbot.store.lookup import stored_of
from mailbot.store.protocol import Mail, Store


def spread(step: Step, committed: Committed) -> None:
    """Tell the other series of each person what this one has learned; all that it knows if the
    step was repeated. Raises Temporary."""
    if isinstance(committed.event, Learned):
        return
    before, after = committed.before, committed.after
    for role in Role:
        known, person = before.person(role), after.person(role)
        if committed.repeated or _facts(known) != _facts(person):
            _teach(step, after.id, Learned(known.address, person), committed.now)
    if _silent(after) and not _silent(before):
        step.notify(NoticeKind.NOBODY_REACHED, committed.now, f"Series {after.id}.")


def _teach(step: Step, source: str, learned: Learned, now: datetime) -> None:
    """Tell every series of this address but the one that knows it."""
    for stored in stored_of(step.store, learned.address):
        if stored.series.id != source:
            step.decide(stored, learned, "", now)


def has_died(series: Series, mail: Mail) -> bool:
    """Say whether the address of this mail is on file and dead."""
    if mail.to is None:
        return False
    person = series.person(mail.to)
    return person.unreachable and person.address == mail.recipient


def _facts(person: Person) -> tuple[object, ...]:
    """Gather what holds for a person in all of their series."""
    return person.address, person.aliases, person.confirmed, person.away_until, person.unreachable


def _silent(series: Series) -> bool:
    """Say whether mails reach neither of the two, so that there is nobody in it who could be
    told."""
    return series.report.unreachable and series.manager.unreachable


def as_known(store: Store, person: Person) -> Person:
    """Complete somebody who begins another series by what the ones they have know of them."""
    known = next(_on_file(store, person.address), None)
    if known is None:
        return person
    same = known.address == person.address
    addresses = [*person.aliases, *known.aliases, known.address]
    return replace(
        person,
        aliases=tuple(dict.fromkeys(each for each in addresses if each != person.address)),
        confirmed=known.confirmed,
        away_until=known.away_until,
        unreachable=known.unreachable and same,
    )


def is_anothers(store: Store, address: str, person: Person) -> bool:
    """Say whether somebody else has this address in a 1:1 of theirs: it would let one of them speak
    for the other."""
    return any(not is_one(known, person) for known in _on_file(store, address))


def _on_file(store: Store, address: str) -> Iterator[Person]:
    """List who has this address, as known in each of their series."""
    for stored in stored_of(store, address):
        role = stored.series.role_of(address)
        if role is not None:
            yield stored.series.person(role)
