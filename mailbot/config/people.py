"""The people and one-on-ones of config.toml as values of the meeting room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mailbot.config.tables import OneOnOne, PersonEntry
from mailbot.meeting.model import Cadence, Person


class ConfiguredPair(NamedTuple):
    """Hold one standing one-on-one as configured."""

    report: Person
    manager: Person
    cadence: Cadence


def owners(entries: Iterable[PersonEntry]) -> dict[str, str]:
    """Map every address of a person to the address on file."""
    return {address: entry.address for entry in entries for address in entry.addresses}


def everybody(
    entries: Iterable[PersonEntry], one_on_ones: Iterable[OneOnOne], house_zone: str
) -> dict[str, Person]:
    """Tell everybody by address on file; who is named only in a one-on-one gets the defaults.

    Their zone: that of the house, else of the one-on-one, else of its report.
    """
    listed = {entry.address: _person(entry) for entry in entries}
    owned = owners(entries)
    for entry in one_on_ones:
        new = (each for each in (entry.report, entry.manager) if each not in owned)
        for address in new:
            zone = house_zone or entry.zone or listed[owned[entry.report]].zone
            listed.setdefault(address, Person(address, name_of(address), zone))
    return listed


def standing_pairs(
    one_on_ones: Iterable[OneOnOne], people: Mapping[str, Person], owned: Mapping[str, str]
) -> list[ConfiguredPair]:
    """Tell who meets whom and when, in the order of the file."""
    pairs = []
    for entry in one_on_ones:
        report, manager = (people[owned.get(name, name)] for name in (entry.report, entry.manager))
        zone = entry.zone or report.zone
        cadence = Cadence(
            entry.weekday, entry.time, zone, entry.every_weeks, entry.minutes, entry.first
        )
        pairs.append(ConfiguredPair(report, manager, cadence))
    return pairs


def name_of(address: str) -> str:
    """Make a name of an address: ana.silva@corp.example -> Ana Silva."""
    local = address.partition("@")[0].partition("+")[0]
    words = local.replace(".", " ").replace("_", " ").replace("-", " ").split()
    return " ".join(word.capitalize() for word in words) or address


def _person(entry: PersonEntry) -> Person:
    return Person(
        address=entry.address,
        name=" ".join(entry.name.split()) or name_of(entry.address),
        zone=entry.zone,
        from_hour=entry.from_hour,
        to_hour=entry.to_hour,
        days=tuple(sorted(set(entry.days))),
        language=entry.language,
        country=entry.country,
        aliases=tuple(entry.aliases),
    )
