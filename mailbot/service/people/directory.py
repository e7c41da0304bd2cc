"""Who has which series, by address, and which of them config.toml names."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Container, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from mailbot.meeting.model import Cadence, Person
from mailbot.store.lookup import loaded
from mailbot.store.protocol import Key, Store, mapping

CONFIGURED: Key[dict[str, str]] = Key("configured", mapping)  # checksum of each pair in config.toml


class Pair(NamedTuple):
    """Two people and their rhythm, as config.toml or a mail names them."""

    report: Person
    manager: Person
    cadence: Cadence


def series_id(report: str, manager: str) -> str:
    """Make the id of the series that two people begin with these addresses, 8 characters of base32;
    it keeps it when they change."""
    return b32encode(hashlib.sha256(f"{report}\n{manager}".encode()).digest())[:8].decode().lower()


def pair(store: Store, report: Person, manager: Person) -> str | None:
    """Find the series that these two have, in these roles, whatever addresses of theirs it began
    with."""
    names = set(_series(store, report)) & set(_series(store, manager))
    for series in (stored.series for stored in loaded(store, sorted(names))):
        if is_one(series.report, report) and is_one(series.manager, manager):
            return series.id
    return None


def is_one(known: Person, person: Person) -> bool:
    """Say whether these are one person: they share an address."""
    return bool({known.address, *known.aliases} & {person.address, *person.aliases})


def _series(store: Store, person: Person) -> Iterator[str]:
    """Find the series of all addresses of a person."""
    for address in (person.address, *person.aliases):
        yield from store.find(address)


def configured(store: Store, seen: Container[str], report: Person, manager: Person) -> str:
    """Name the series of these two in config.toml: a new address does not make it another. `seen`:
    configured before."""
    name = series_id(report.address, manager.address)
    return name if name in seen else pair(store, report, manager) or name


def left_over(store: Store, pairs: Iterable[tuple[Person, Person, Cadence]]) -> tuple[str, ...]:
    """Find the series that config.toml once named, names no more, and nobody paused without end:
    they go on."""
    seen = store.recall(CONFIGURED)
    there = {configured(store, seen, report, manager) for report, manager, _ in pairs}
    kept = (stored.series for stored in loaded(store, sorted(seen.keys() - there)))
    return tuple(series.id for series in kept if series.paused_until != date.max)
