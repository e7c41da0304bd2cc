"""How a series begins: by config.toml, or by a wish in a mail, which waits for the yes of the manager's address."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.meeting.model import Cadence, Person
from mailbot.meeting.said import NewSeries
from mailbot.people import pair
from mailbot.store import Store

OPEN_AT_MOST = 20  # of an installation; whoever writes in many names sends no more questions than this a week
OPEN_OF_ONE = 3  # of one manager


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a series that starts by mail does not say."""

    people: dict[str, Person]
    zone: str = "UTC"

    def person(self, address: str, name: str = "") -> Person:
        local = address.partition("@")[0]
        named = name or " ".join(part.capitalize() for part in local.replace("_", ".").split("."))
        known = self.people.get(address) or next((p for p in self.people.values() if address in p.aliases), None)
        return known or Person(address, named, self.zone)


@dataclass(frozen=True, slots=True)
class Opening:
    """One wish that waits."""

    name: str  # under which the mail is held
    manager: str  # address that has to say yes
    until: datetime
    serial: int  # of the mail that asks: only an answer to this one counts


def openings(store: Store, now: datetime) -> dict[str, Opening]:
    """Those that still wait, by the series they would become."""
    rows: Mapping[str, Mapping[str, str]] = store.recall("openings") or {}
    found = {series: _opening(row) for series, row in rows.items()}
    return {series: opening for series, opening in found.items() if opening.until > now}


def _opening(row: Mapping[str, str]) -> Opening:
    return Opening(row["name"], row["manager"], datetime.fromisoformat(row["until"]), int(row["serial"]))


def may_open(waiting: Mapping[str, Opening], manager: str) -> bool:
    mine = sum(opening.manager == manager for opening in waiting.values())
    return mine < OPEN_OF_ONE and len(waiting) < OPEN_AT_MOST


def series_id(report: str, manager: str) -> str:
    """8 characters of base32 for the series that two people begin with these addresses; it keeps them."""
    return b32encode(hashlib.sha256(f"{report}\n{manager}".encode()).digest())[:8].decode().lower()


def configured(store: Store, seen: Container[str], report: Person, manager: Person) -> str:
    """The series of these two in config.toml: a new address does not make it another. `seen`: configured before."""
    name = series_id(report.address, manager.address)
    return name if name in seen else pair(store, report, manager) or name


def cadence(wish: NewSeries, report: Person, now: datetime) -> Cadence:
    """What was not said is the house's default: weekly, 30 minutes, tomorrow's weekday at ten."""
    weekday = (now.weekday() + 1) % 5 if wish.weekday is None else wish.weekday
    at = wish.at or report.from_hour.replace(hour=min(report.from_hour.hour + 1, 23))
    return Cadence(weekday, at, report.zone, wish.every_weeks or 1, wish.minutes or 30)


def left_over(store: Store, pairs: Iterable[tuple[Person, Person, Cadence]]) -> tuple[str, ...]:
    """Series that config.toml once named, names no more, and nobody paused without end: they go on."""
    seen = store.recall("configured") or {}
    there = {configured(store, seen, report, manager) for report, manager, _ in pairs}
    kept = ((name, store.load(name)) for name in sorted(seen.keys() - there))
    return tuple(name for name, stored in kept if stored and stored.series.paused_until != date.max)
