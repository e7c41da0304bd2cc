"""A wish for a series in a mail, which waits for the yes of the manager's address, and what it
does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mailbot.meeting.model import Cadence, Person
from mailbot.meeting.said import NewSeries
from mailbot.store.protocol import Key, Store, mapping

# of an installation; whoever writes in many names sends no more questions than this a week
OPEN_AT_MOST = 20
OPEN_OF_ONE = 3  # of one manager


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a series that starts by mail does not say."""

    people: dict[str, Person]
    zone: str = "UTC"

    def person(self, address: str, name: str = "") -> Person:
        """Find who has this address in config.toml; else somebody new, named by it if by
        nothing."""
        known = self.people.get(address) or self._by_alias(address)
        return known or Person(address, name or _name_in(address), self.zone)

    def _by_alias(self, address: str) -> Person | None:
        """Find who has this address as another one of theirs."""
        return next((each for each in self.people.values() if address in each.aliases), None)


def _name_in(address: str) -> str:
    """Make a name of an address: "ana.silva@corp.example" is Ana Silva."""
    local = address.partition("@")[0].replace("_", ".")
    return " ".join(part.capitalize() for part in local.split("."))


OPENINGS: Key[dict[str, dict[str, str]]] = Key("openings", mapping)  # rows by series


@dataclass(frozen=True, slots=True)
class SeriesRequest:
    """One wish that waits."""

    name: str  # under which the mail is held
    manager: str  # address that has to say yes
    until: datetime
    serial: int  # of the mail that asks: only an answer to this one counts


def openings(store: Store, now: datetime) -> dict[str, SeriesRequest]:
    """List the requests that still wait, by the series they would become."""
    rows: Mapping[str, Mapping[str, str]] = store.recall(OPENINGS)
    found = ((series, _opening(row)) for series, row in rows.items())
    return {series: opening for series, opening in found if opening.until > now}


def _opening(row: Mapping[str, str]) -> SeriesRequest:
    """Read one row as the store keeps it."""
    return SeriesRequest(
        row["name"], row["manager"], datetime.fromisoformat(row["until"]), int(row["serial"])
    )


def may_open(waiting: Mapping[str, SeriesRequest], manager: str) -> bool:
    """Say whether one more question may wait, of this manager and of all."""
    mine = sum(opening.manager == manager for opening in waiting.values())
    return mine < OPEN_OF_ONE and len(waiting) < OPEN_AT_MOST


def cadence_of(wish: NewSeries, report: Person, now: datetime) -> Cadence:
    """Fill in what was not said with the house's default: weekly, 30 minutes, tomorrow's weekday at
    ten."""
    weekday = wish.weekday
    if weekday is None:
        weekday = (now.weekday() + 1) % 5
    opens = report.from_hour
    at = wish.at or opens.replace(hour=min(opens.hour + 1, 23))
    return Cadence(weekday, at, report.zone, wish.every_weeks or 1, wish.minutes or 30)
