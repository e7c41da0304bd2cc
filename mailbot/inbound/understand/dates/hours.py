"""The time of day in a phrase: 15:00, 3pm, halb vier, "at 9", noon."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time

from mailbot.inbound.understand.dates.pieces import DateReading, kinds_of
from mailbot.languages.vocabulary import DateToken


@dataclass(frozen=True, slots=True)
class _Hour:
    """An hour as it was said."""

    hour: int
    minute: int = 0
    exact: bool = False  # 15:00, 09:30, noon: nobody can mean the other half of the day


def take_zone(tokens: list[DateToken]) -> tuple[list[DateToken], DateReading]:
    """Take the words for a zone out of the tokens."""
    zone = next((token.word for token in tokens if token.kind == "zone"), "")
    return [token for token in tokens if token.kind not in ("zone", "my time")], DateReading(
        zone=zone
    )


def take_clock(
    taken: tuple[list[DateToken], DateReading], *, bare: bool
) -> tuple[list[DateToken], DateReading] | None:
    """Take the one time of day out of the tokens. None: two times, or one that does not exist."""
    tokens, reading = taken
    rest, hours, halves = _clocks(tokens)
    if bare and not hours and _ends_in_bare_hour(rest):
        hours, rest = [_Hour(rest[-1].value)], rest[:-1]
    contrary = {_PARTS[half] for half in halves} == {"am", "pm"}
    if contrary or len(hours) > 1:
        return None
    half = halves[0] if halves else ""
    if not hours:
        return rest, replace(reading, part=half)
    at = _time_of(hours[0], half)
    if at is None:
        return None
    return rest, replace(reading, at=at, sure=not _may_be_morning(hours[0], half))


_PARTS = {"morning": "am", "afternoon": "pm", "evening": "pm", "am": "am", "pm": "pm"}
_PART_NAMES = ("morning", "afternoon", "evening")


def _clocks(tokens: list[DateToken]) -> tuple[list[DateToken], list[_Hour], list[str]]:
    """Sort the tokens: what is left, the times of day, and the halves of the day."""
    rest: list[DateToken] = []
    hours: list[_Hour] = []
    halves: list[str] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        start = i + (token.kind == "at")
        found = _hour_at(tokens, start, said_at=start > i)
        if found is not None:
            hours.append(found[0])
            i = start + found[1]
        elif token.kind in ("am", "pm"):
            halves.append(token.kind)
            i += 1
        elif token.kind in ("part", "today_part"):
            halves.append(_PART_NAMES[token.value])
            rest += [DateToken("today")] * (token.kind == "today_part")
            i += 1
        else:
            rest.append(token)
            i += 1
    return rest, hours, halves


def _hour_at(tokens: list[DateToken], start: int, *, said_at: bool) -> tuple[_Hour, int] | None:
    """Find the time of day that begins at this token, and how many tokens it takes."""
    for used in (3, 2, 1):
        some = tokens[start : start + used]
        rule = _HOURS.get(kinds_of(some)) if len(some) == used else None
        hour = rule(some) if rule is not None else None
        if hour is not None:
            return hour, used
    first, *after = tokens[start : start + 2] or [DateToken("")]
    halved = bool(after) and after[0].kind in ("am", "pm", "part")
    if first.kind == "n" and (said_at or halved):
        return _Hour(first.value), 1
    return None


def _literal_hour(tokens: list[DateToken]) -> _Hour | None:
    """Read 15:00, 3:30, 15h30, and 15.30 where it can be no date."""
    word = tokens[0].word
    hour, minute = (int(x) for x in re.split("[:h.]", word)[:2])
    if "." in word and minute <= 12 and len(tokens) == 1:
        return None  # 10.12 is a date to some, a time to others
    return _Hour(hour, minute, exact=word[0] == "0" or hour > 12 or "h" in word)


_HOURS: Mapping[str, Callable[[list[DateToken]], _Hour | None]] = {
    "clock": _literal_hour,
    "clock oclock": _literal_hour,
    "n oclock": lambda t: _Hour(t[0].value),
    "n oclock n": lambda t: _Hour(t[0].value, t[2].value),
    "half n": lambda t: _Hour((t[1].value - 1) % 12 or 12, 30),  # "halb vier" is 3:30
    "half past n": lambda t: _Hour(t[1].value, 30),
    "quarter past n": lambda t: _Hour(t[1].value, 15),
    "quarter to n": lambda t: _Hour((t[1].value - 1) % 12 or 12, 45),
    "n fixed": lambda t: _Hour(12, exact=True) if t[0].value == t[1].value == 12 else None,
    "fixed": lambda t: _Hour(t[0].value, exact=True),
}


def _ends_in_bare_hour(tokens: list[DateToken]) -> bool:
    """Tell whether a number stands behind a day: "tomorrow 3", "Thu 11"; but "the Monday one" names
    no hour, whichever the language."""
    if not tokens or _points(tokens[-1]):
        return False
    return kinds_of(tokens[-2:]) in ("weekday n", "today n", "tomorrow n", "overmorrow n")


def _points(token: DateToken) -> bool:
    """Tell whether it is the word "one", which stands for a thing more often than for an hour."""
    return token.kind == "n" and token.value == 1 and not token.word.isdecimal()


def _time_of(said: _Hour, half: str) -> time | None:
    """Find the time, or None for one that does not exist. Without am or pm, 1 to 7 are after noon,
    8 to 11 before it."""
    hour = _hour_in(said, half)
    if hour is None or hour > _LAST_HOUR or said.minute > _LAST_MINUTE:
        return None
    return time(hour, said.minute)


_LAST_HOUR, _LAST_MINUTE = 23, 59
_AFTER_NOON = range(1, 8)  # hours without am or pm
_SURELY_AFTER_NOON = range(1, 6)
_NIGHT = range(4)  # "three in the evening" is said of no afternoon


def _hour_in(said: _Hour, half: str) -> int | None:
    """Find the hour of the day; None where "am" contradicts it."""
    hour = said.hour
    if not half:
        return hour + 12 if hour in _AFTER_NOON and not said.exact else hour
    if hour > 12:
        return None if _PARTS[half] == "am" else hour
    if _PARTS[half] == "am":
        return 0 if hour == 12 else hour
    night = half == "evening" and hour in _NIGHT
    return hour if night or hour == 12 else hour + 12


def _may_be_morning(said: _Hour, half: str) -> bool:
    """Tell whether the hour may be meant as it stands: six and seven without am or pm may be
    either."""
    moved = not half and not said.exact and said.hour in _AFTER_NOON
    return moved and said.hour not in _SURELY_AFTER_NOON
