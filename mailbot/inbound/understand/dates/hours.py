"""The time of day in a phrase: 15:00, 3pm, halb vier, "at 9", noon."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time

from mailbot.inbound.understand.dates.pieces import DateReading
from mailbot.languages.vocabulary import Token


@dataclass(frozen=True, slots=True)
class _Hour:
    hour: int
    minute: int = 0
    exact: bool = False  # 15:00, 09:30, noon: nobody can mean the other half of the day


def take_zone(tokens: list[Token]) -> tuple[list[Token], DateReading]:
    zone = next((token.word for token in tokens if token.kind == "zone"), "")
    return [token for token in tokens if token.kind not in ("zone", "my time")], DateReading(
        zone=zone
    )


def take_clock(
    taken: tuple[list[Token], DateReading], *, bare: bool
) -> tuple[list[Token], DateReading] | None:
    """The tokens without their one time of day. None: two times, or one that does not exist."""
    tokens, reading = taken
    rest, hours, halves = _clocks(tokens)
    if bare and not hours and _ends_in_bare_hour(rest):
        hours, rest = [_Hour(rest[-1].value)], rest[:-1]
    if len(hours) > 1 or len({_PARTS[half] for half in halves}) > 1:
        return None
    if not hours:
        return rest, replace(reading, part=halves[0] if halves and halves[0] in _PARTS else "")
    at, sure = _time_of(hours[0], halves[0] if halves else "")
    return (rest, replace(reading, at=at, sure=sure)) if at is not None else None


_PARTS = {"morning": "am", "afternoon": "pm", "evening": "pm", "am": "am", "pm": "pm"}
_PART_NAMES = ("morning", "afternoon", "evening")


def _clocks(tokens: list[Token]) -> tuple[list[Token], list[_Hour], list[str]]:
    rest: list[Token] = []
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
            rest += [Token("today")] * (token.kind == "today_part")
            i += 1
        else:
            rest.append(token)
            i += 1
    return rest, hours, halves


def _hour_at(tokens: list[Token], start: int, *, said_at: bool) -> tuple[_Hour, int] | None:
    """The time of day that begins at this token, and how many tokens it takes."""
    for used in (3, 2, 1):
        some = tokens[start : start + used]
        hour = (
            _HOURS[k](some)
            if len(some) == used and (k := " ".join(t.kind for t in some)) in _HOURS
            else None
        )
        if hour is not None:
            return hour, used
    if start < len(tokens) and tokens[start].kind == "n":
        after = tokens[start + 1].kind if start + 1 < len(tokens) else ""
        if said_at or after in ("am", "pm", "part"):
            return _Hour(tokens[start].value), 1
    return None


def _literal_hour(tokens: list[Token]) -> _Hour | None:
    """15:00, 3:30, 15h30, and 15.30 where it can be no date."""
    word = tokens[0].word
    hour, minute = (int(x) for x in re.split("[:h.]", word)[:2])
    if "." in word and minute <= 12 and len(tokens) == 1:
        return None  # 10.12 is a date to some, a time to others
    return _Hour(hour, minute, exact=word[0] == "0" or hour > 12 or "h" in word)


_HOURS: Mapping[str, Callable[[list[Token]], _Hour | None]] = {
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


def _ends_in_bare_hour(tokens: list[Token]) -> bool:
    """ "tomorrow 3", "Thu 11"."""
    kinds = [token.kind for token in tokens]
    return (
        len(kinds) > 1
        and kinds[-1] == "n"
        and kinds[-2] in ("weekday", "today", "tomorrow", "overmorrow")
    )


def _time_of(said: _Hour, half: str) -> tuple[time | None, bool]:
    """The time, and whether nobody can mean another. Without am or pm, 1 to 7 are after noon, 8
    to 11 before it."""
    hour, sure = said.hour, True
    if half and hour <= 12:
        if _PARTS[half] == "am" and hour == 12:
            hour = 0
        elif _PARTS[half] == "pm" and hour < 12 and not (half == "evening" and hour < 4):
            hour += 12
    elif _PARTS.get(half) == "am":
        return None, False
    elif not half and not said.exact and 1 <= hour <= 7:
        hour, sure = hour + 12, hour < 6
    return (time(hour, said.minute), sure) if hour < 24 and said.minute < 60 else (None, False)
