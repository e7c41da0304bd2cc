"""What the mails of a series are called: one subject for all mails of a meeting. And which 1:1 a
subject names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailbot.languages.day_names import Calendar, day_names, languages_with_day_names
from mailbot.languages.fold import plain
from mailbot.meeting.model import Person, Role, Series
from mailbot.threads.characters import one_line

NAME_CHARACTERS = 40  # two names and a date still make a subject that a phone shows


def called(people: Mapping[Role, Person]) -> dict[Role, str]:
    """Tell what people are called: first names; whole names where the first names are the same."""
    first = {role: _name(person.first_name) for role, person in people.items()}
    if len(set(first.values())) == len(first):
        return first
    return {role: _name(person.name or person.address) for role, person in people.items()}


def titles(series: Series) -> tuple[str, ...]:
    """List what the 1:1 of two people may be called: as its mails are, with whole names, by
    addresses."""
    short = called({role: series.person(role) for role in Role})
    named = [(short[Role.REPORT], short[Role.MANAGER]), (series.report.name, series.manager.name)]
    named.append((series.report.address, series.manager.address))
    return tuple(f"1:1 {report} / {manager}" for report, manager in named)


def told_apart(several: Iterable[Series]) -> list[str]:
    """Find one title for each, of the shortest kind by which they differ: two reports may both be
    called Ana."""
    kinds = list(zip(*map(titles, several), strict=True))
    return sorted(next((kind for kind in kinds if len(set(kind)) == len(kind)), kinds[-1]))


def named(series: Series, subject: str) -> tuple[str, int]:
    """Find the longest of its names that stands in this subject, and the number of the meeting in
    play that it is the name of, 0 for all of them; ("", 0): none does."""
    words = plain(subject)
    return max(
        (each for each in _names(series) if each[0] in words),
        key=lambda each: len(each[0]),
        default=("", 0),
    )


def _names(series: Series) -> list[tuple[str, int]]:
    pair, *others = map(plain, titles(series))
    dated = []
    for meeting in series.meetings:
        start, zone = meeting.first_start or meeting.planned, series.cadence.zone
        days = (
            Calendar(day_names(code), zone, zone, start).thread_day(start, zone)
            for code in sorted(languages_with_day_names())
        )
        dated += [(f"{pair}, {plain(day)}", meeting.number) for day in days]
    return [*dated, (pair, 0), *((other, 0) for other in others)]


def _name(words: str) -> str:
    """Without quotes, which mark commands in our sentences."""
    return one_line(words.replace('"', ""))[:NAME_CHARACTERS].strip()
