"""What holds for a person holds in all of their series: where to write to, other addresses, an
absence, a dead address.

The series in which it was learned is committed first and the others are told; after a death
between the two, the same mail comes again, is a duplicate, and tells them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.meeting.events import Learned
from mailbot.meeting.model import Person, Role, Series
from mailbot.store.protocol import Mail, Store

if TYPE_CHECKING:
    from mailbot.service.app import Mailbot


def spread(mailbot: Mailbot, before: Series, after: Series, now: datetime) -> None:
    """Tell the other series of each person what this one has learned. `before` is `after`: all
    that it knows."""
    for role in Role:
        known, person = before.person(role), after.person(role)
        if before is after or _facts(known) != _facts(person):
            for name in mailbot.store.find(known.address):
                stored = mailbot.store.load(name) if name != after.id else None
                if stored is not None:
                    mailbot.decide(stored, Learned(known.address, person), "", now)
    if _silent(after) and not _silent(before):
        mailbot.desk.tell("nobody_reached", now, f"Series {after.id}.")


def has_died(series: Series, mail: Mail) -> bool:
    """Whether the address of this mail is on file and dead."""
    person = series.person(mail.to) if mail.to else None
    return person is not None and person.unreachable and person.address == mail.recipient


def _facts(person: Person) -> tuple[object, ...]:
    return person.address, person.aliases, person.confirmed, person.away_until, person.unreachable


def _silent(series: Series) -> bool:
    """Mails reach neither of the two, so there is nobody in it who could be told."""
    return series.report.unreachable and series.manager.unreachable


def as_known(store: Store, person: Person) -> Person:
    """Somebody who begins another series, with what the ones they have know of them."""
    for name in store.find(person.address):
        stored = store.load(name)
        role = stored.series.role_of(person.address) if stored else None
        if stored and role:
            known = stored.series.person(role)
            same = known.address == person.address
            aliases = [*person.aliases, *known.aliases, *([] if same else [known.address])]
            return replace(
                person,
                aliases=tuple(dict.fromkeys(alias for alias in aliases if alias != person.address)),
                confirmed=known.confirmed,
                away_until=known.away_until,
                unreachable=known.unreachable and same,
            )
    return person


def is_anothers(store: Store, address: str, person: Person) -> bool:
    """Whether somebody else has this address in a 1:1 of theirs: it would let one of them speak
    for the other."""
    for name in store.find(address):
        stored = store.load(name)
        role = stored.series.role_of(address) if stored else None
        if stored and role and not is_one(stored.series.person(role), person):
            return True
    return False


def is_one(known: Person, person: Person) -> bool:
    """Whether these are one person: they share an address."""
    return bool({known.address, *known.aliases} & {person.address, *person.aliases})
