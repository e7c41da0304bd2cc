"""The day in a phrase: the kinds of its pieces, in order, must stand in the table DAYS."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from mailbot.inbound.understand.dates.pieces import YEARS, DateReading, Frame, kinds_of
from mailbot.languages.load import each
from mailbot.languages.vocabulary import DateToken

_FAR_DAYS = 305  # "Nov 24" said on 25 Nov was most likely yesterday, not next year: not read
_DAY = timedelta(days=1)


def day_of(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Find the day that the tokens name by a row of DAYS. A weekday may stand beside a date, if it
    is the right one."""
    rule = DAYS.get(kinds_of(tokens))
    if rule is not None:
        return rule([token for token in tokens if token.kind in _CARRIES], frame)
    weekdays = [token for token in tokens if token.kind == "weekday"]
    if len(weekdays) != 1:
        return None
    dated = day_of([token for token in tokens if token.kind != "weekday"], frame)
    if dated is None or dated.day is None:
        return None
    return dated if dated.day.weekday() == weekdays[0].value else None


_CARRIES = frozenset(
    each("weekday | n | ordinal | month | year | q | unit | iso | slash | dashed | dotted")
)


def _on(day: date | None) -> DateReading | None:
    """Make a reading of a day; None of none."""
    return DateReading(day) if day is not None else None


def _made(year: int, month: int, day: int) -> date | None:
    """Make a date; None of one that does not exist."""
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _monday(day: date, weeks: int = 0) -> date:
    """Find the Monday of the week of this day, or so many weeks later."""
    return day - day.weekday() * _DAY + timedelta(weeks=weeks)


def _coming(day: date, weekday: int) -> date:
    """Find the first such day after this one."""
    return day + ((weekday - day.weekday()) % 7 or 7) * _DAY


def _next_weekday(tokens: list[DateToken], frame: Frame) -> DateReading:
    """Read "next Friday": next week's. Where that is not the coming one it is not sure."""
    coming = _coming(frame.today, tokens[0].value)
    if coming >= _monday(frame.today, 1):
        return DateReading(coming)
    return DateReading(coming + timedelta(weeks=1), sure=False, other=coming)


def _weekday_next(tokens: list[DateToken], frame: Frame) -> DateReading:
    """Read "vendredi prochain": the coming Friday to most who write it, but not to all."""
    coming = _coming(frame.today, tokens[0].value)
    sure = coming >= _monday(frame.today, 1)
    return DateReading(coming, sure=sure, other=None if sure else coming + timedelta(weeks=1))


def _this_weekday(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Find the day of this week, if it is not over."""
    day = _monday(frame.today) + tokens[0].value * _DAY
    return _on(day if day >= frame.today else None)


def _of_week(weeks: int) -> Callable[[list[DateToken], Frame], DateReading | None]:
    """Make the rule for "Friday next week" and its like."""

    def rule(tokens: list[DateToken], frame: Frame) -> DateReading | None:
        weekday, unit = (t.value for t in sorted(tokens, key=lambda t: t.kind != "weekday"))
        return _on(_monday(frame.today, weeks) + weekday * _DAY) if unit == WEEK else None

    return rule


_MINUTE, _HOUR, _DAYS, WEEK, _MONTH, _QUARTER, _YEAR = range(7)
"""Values of a unit token."""


def _in(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Count from now on: "in two hours", "in two weeks"."""
    amount, unit = tokens[0].value, tokens[1].value
    if unit in (_MINUTE, _HOUR):
        moment = frame.now + (
            timedelta(minutes=amount) if unit == _MINUTE else timedelta(hours=amount)
        )
        return DateReading(moment.date(), moment.time().replace(second=0, microsecond=0))
    return _on(_later(frame.today, amount, unit))


def _later(day: date, amount: int, unit: int) -> date | None:
    """Add an amount of a unit; a month later has its last day where it has no such day."""
    if unit in (_DAYS, WEEK):
        return day + amount * (7 if unit == WEEK else 1) * _DAY
    months = amount * {_MONTH: 1, _QUARTER: 3, _YEAR: 12}[unit]
    year, month = divmod(day.month - 1 + months, 12)
    if day.year + year not in YEARS:
        return None
    return date(
        day.year + year, month + 1, min(day.day, calendar.monthrange(day.year + year, month + 1)[1])
    )


def _from(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Read "a week from Friday"."""
    amount, unit, weekday = (t.value for t in tokens)
    return (
        _on(_later(_coming(frame.today, weekday), amount, unit)) if unit in (_DAYS, WEEK) else None
    )


def _end_of(tokens: list[DateToken], frame: Frame, ahead: int = 0) -> DateReading | None:
    """Find the end of this unit (`ahead` 0) or the next (1). A week ends on Friday; on a weekend,
    on the coming one."""
    today, unit = frame.today, tokens[0].value
    if unit == _DAYS:
        return _on(today + ahead * _DAY)
    if unit == WEEK:
        friday = _monday(today) + 4 * _DAY
        return _on(friday + timedelta(weeks=ahead or int(friday < today)))
    size = {_MONTH: 1, _QUARTER: 3, _YEAR: 12}.get(unit)
    if size is None:
        return None
    month = (today.month - 1) // size * size + size * (ahead + 1)
    return _on(_last_of(today.year + (month - 1) // 12, (month - 1) % 12 + 1))


def _last_of(year: int, month: int) -> date:
    """Find the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of_month(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Find the end of a month that is named, of this year or the next."""
    year = frame.today.year + (tokens[0].value < frame.today.month)
    return _on(_last_of(year, tokens[0].value))


def _quarter(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Find the last day of a quarter."""
    month = tokens[0].value * 3
    year = tokens[1].value if len(tokens) > 1 else frame.today.year + (month < frame.today.month)
    return _on(_last_of(year, month))


def _quarter_start(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Find the first day of a quarter."""
    return _dated(frame, tokens[0].value * 3 - 2, 1, tokens[1].value if len(tokens) > 1 else None)


def _dated(frame: Frame, month: int, day: int, year: int | None = None) -> DateReading | None:
    """Find a day of a month; without a year the next one, unless it was only just."""
    if year is not None:
        return _on(_made(year + 2000 if year < 100 else year, month, day))
    today = frame.today
    this_year = _made(today.year, month, day)
    found = this_year if this_year and this_year >= today else _made(today.year + 1, month, day)
    return _on(found if found and (found - today).days <= _FAR_DAYS else None)


def _named(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Read "12 March", "March 12th 2027"."""
    month = next(t.value for t in tokens if t.kind == "month")
    days = [t.value for t in tokens if t.kind in ("n", "ordinal")]
    year = next((t.value for t in tokens if t.kind == "year"), days[1] if len(days) > 1 else None)
    return _dated(frame, month, days[0], year)


def _ordinal(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Read "the 15th": of this month if it is still ahead, else of the next month that has such a
    day."""
    for ahead in range(3):
        first = _later(frame.today.replace(day=1), ahead, _MONTH)
        found = _made(first.year, first.month, tokens[0].value) if first else None
        if found is not None and found >= frame.today:
            return DateReading(found)
    return None


def _ordinal_of(ahead: int) -> Callable[[list[DateToken], Frame], DateReading | None]:
    """Make the rule for "the 15th of next month"."""

    def rule(tokens: list[DateToken], frame: Frame) -> DateReading | None:
        first = _later(frame.today.replace(day=1), ahead, _MONTH)
        if first is None or tokens[1].value != _MONTH:
            return None
        return _on(_made(first.year, first.month, tokens[0].value))

    return rule


def _iso(tokens: list[DateToken], _frame: Frame) -> DateReading | None:
    """Read 2026-03-12."""
    year, month, day = (int(x) for x in re.split("[-/.]", tokens[0].word))
    return _on(_made(year, month, day))


def _dotted(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Read 12.3. and 12.3.2026: the day stands first."""
    numbers = [int(x) for x in tokens[0].word.replace(".", " ").split()]
    return _dated(frame, numbers[1], numbers[0], numbers[2] if len(numbers) > 2 else None)


HORIZON_DAYS = 21
"""Nobody asks for a meeting further away (calendar conventions of the phrase set)."""


def _slashed(tokens: list[DateToken], frame: Frame) -> DateReading | None:
    """Read 12/1 in the order of the writer's country. It is not sure when only the other order is
    near."""
    one, two, *year = (int(x) for x in re.split("[-/]", tokens[0].word))
    near, far = (
        _dated(frame, *order, *year)
        for order in ((two, one), (one, two))[:: 1 if frame.day_first else -1]
    )
    if near is None or far is None:
        return near or far
    assert near.day is not None
    assert far.day is not None
    ahead, other = (near.day - frame.today).days, (far.day - frame.today).days
    if ahead > HORIZON_DAYS and 0 <= other <= HORIZON_DAYS:
        return replace(near, sure=False, other=far.day)
    return near


def _fixed(days: int) -> Callable[[list[DateToken], Frame], DateReading | None]:
    """Make the rule for a day so many days from today."""
    return lambda _tokens, frame: _on(frame.today + days * _DAY)


def _ends(unit: int, ahead: int = 0) -> Callable[[list[DateToken], Frame], DateReading | None]:
    """Make the rule for the end of a unit, this one or a later."""
    return lambda _tokens, frame: _end_of([DateToken("unit", unit)], frame, ahead)


DAYS: Mapping[str, Callable[[list[DateToken], Frame], DateReading | None]] = {
    "today": _fixed(0),
    "tomorrow": _fixed(1),
    "overmorrow": _fixed(2),
    "weekday": lambda t, f: DateReading(_coming(f.today, t[0].value)),
    "this weekday": _this_weekday,
    "today weekday": lambda t, f: _on(f.today if f.today.weekday() == t[0].value else None),
    "next weekday": _next_weekday,
    "weekday next": _weekday_next,
    "weekday next unit": _of_week(1),
    "next unit weekday": _of_week(1),
    "weekday this unit": _of_week(0),
    "this unit weekday": _of_week(0),
    "weekday unit": lambda t, f: _on(
        _coming(f.today, t[0].value) + 7 * _DAY if t[1].value == WEEK else None
    ),
    "n unit from weekday": _from,
    "in n unit": _in,
    "n unit from today": _in,
    "next unit": lambda t, f: _on(f.today + 7 * _DAY if t[0].value == WEEK else None),
    "eod": _ends(_DAYS),
    "eow": _ends(WEEK),
    "eom": _ends(_MONTH),
    "eoq": _ends(_QUARTER),
    "eoy": _ends(_YEAR),
    "end unit": _end_of,
    "end this unit": _end_of,
    "end next unit": lambda t, f: _end_of(t, f, 1),
    "end month": _end_of_month,
    "end q": _quarter,
    "end q year": _quarter,
    "q": _quarter,
    "q year": _quarter,
    "start q": _quarter_start,
    "start q year": _quarter_start,
    "start month": lambda t, f: _dated(f, t[0].value, 1),
    "mid month": lambda t, f: _dated(f, t[0].value, 15),
    "half month": lambda t, f: _dated(f, t[0].value, 15),  # "half december"
    "n month": _named,
    "n month n": _named,
    "n month year": _named,
    "month n": _named,
    "month n year": _named,
    "ordinal month": _named,
    "ordinal month year": _named,
    "month ordinal": _named,
    "month ordinal year": _named,
    "ordinal": _ordinal,
    "ordinal next unit": _ordinal_of(1),
    "ordinal this unit": _ordinal_of(0),
    "iso": _iso,
    "slash": _slashed,
    "dashed": _slashed,
    "dotted": _dotted,
}
"""Kinds of tokens, in order -> the day they name."""
