"""One small grammar of dates and times: a phrase is read whole, in one way, or not at all.

A phrase is cut into pieces, each piece has a kind ("next", "weekday", "n"), a time of day is taken out, and the kinds
that remain must stand in the table DAYS. A piece that no table knows makes the phrase no date: that is what keeps
"march forward", "v1.2" and "sat with Bob" out.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from mailbot.mail.lexicon import PIECE, Token, Tongue, fold, spellings, tongue

LONGEST = 80  # characters; no date phrase is longer
_FAR_DAYS = 305  # "Nov 24" said on 25 Nov was most likely yesterday, not next year: not read
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase says. Days and times are those of the writer's zone."""

    day: date | None = None
    at: time | None = None
    part: str = ""  # "morning" | "afternoon" | "evening", where no hour is given
    same_time: bool = False
    zone: str = ""  # another zone was named: the time is not the writer's
    sure: bool = True  # False: there is a second way to read it
    other: date | None = None  # the second way


@dataclass(frozen=True, slots=True)
class Frame:
    """What a phrase counts from."""

    now: datetime  # aware, in the writer's zone
    day_first: bool = True
    language: str = "en"
    bare_hours: bool = False  # "tomorrow 3" is three o'clock: only where a time is asked for

    @property
    def today(self) -> date:
        return self.now.date()


def read(phrase: str, frame: Frame) -> Reading | None:
    """The one meaning of the whole phrase, or None. Never looks at a part of it."""
    if len(phrase) > LONGEST:
        return None
    text = phrase.strip().rstrip("!?,;")
    return _stamp(text, frame.now) or _read(text, frame) or (_read(text[:-1], frame) if text.endswith(".") else None)


def when(phrase: str, frame: Frame) -> tuple[date, time | None] | None:
    """The day, and the time of day where one is given. "5pm" alone is the next five o'clock."""
    reading = read(phrase, frame)
    if reading is None or reading.zone or reading.same_time:
        return None
    if reading.day is not None:
        return reading.day, reading.at
    if reading.at is None:
        return None
    ahead = reading.at > frame.now.time()
    return (frame.today if ahead else frame.today + _DAY), reading.at


def due(phrase: str, frame: Frame) -> date | None:
    """The last day of "by Friday", "EOW", "in two weeks": today or later, or None when it is not clear."""
    found = when(phrase, frame)
    return found[0] if found and found[0] >= frame.today else None


def _stamp(text: str, now: datetime) -> Reading | None:
    """2026-12-01T15:00, with an offset or without (RFC 3339)."""
    found = _STAMP.fullmatch(text)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}")
        if found[3]:
            offset = UTC if found[3] in "Zz" else datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3]}").tzinfo
            moment = moment.replace(tzinfo=offset).astimezone(now.tzinfo)
    except ValueError:
        return None
    return Reading(moment.date(), moment.time())


_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)([Zz]|[+-]\d\d:\d\d)?")


def _read(text: str, frame: Frame) -> Reading | None:
    tokens = scan(text, tongue(frame.language))
    if not tokens:
        return None
    timed = _take_clock(_take_zone(tokens), bare=frame.bare_hours)
    if timed is None:
        return None
    rest, reading = timed
    return _with_day(_plain(rest), reading, frame)


# ---- pieces ----


def scan(text: str, words: Tongue) -> list[Token]:
    """The pieces of a phrase, longest known spelling first; empty when one of them is no part of a date."""
    folded = fold(text)
    pieces = list(PIECE.finditer(folded))
    if sum(len(piece[0].replace(" ", "")) for piece in pieces) != len("".join(folded.split())):
        return []
    tokens: list[Token] = []
    at = 0
    while at < len(pieces):
        token, used = _longest(pieces, at, words) or (_literal(pieces[at]), 1)
        if token.kind == "?":
            return []
        tokens.append(token)
        at += used
    return tokens


def _longest(pieces: Sequence[re.Match[str]], at: int, words: Tongue) -> tuple[Token, int] | None:
    most = min(words.longest_date, len(pieces) - at)
    for used in range(most, 0, -1):
        token = words.dates.get(" ".join(piece[0] for piece in pieces[at : at + used]))
        if token is not None:
            return token, used
    return None


def _literal(piece: re.Match[str]) -> Token:
    kind, word = piece.lastgroup or "?", piece[0]
    match kind:
        case "number":
            return Token("n" if len(word) <= 2 else "year" if len(word) == 4 else "?", int(word), word)
        case "ordinal":
            return Token("ordinal", int("".join(c for c in word if c.isdecimal())), word)
        case "iso" | "slash" | "dashed" | "dotted" | "clock":
            return Token(kind, 0, word)
        case "word" if word in _ZONES:
            return Token("zone", 0, word)
        case "mark" if word in ",()-–":
            return Token("comma", 0, word)
        case _:
            return Token("?")


_ZONES = frozenset(
    spellings(
        "utc|gmt|et|est|edt|ct|cst|cdt|mt|mst|mdt|pt|pst|pdt|bst|ist|cet|cest|mez|mesz|wet|west|eet|eest|jst|aest|aedt"
        "|msk|sgt|hkt"
    )
)


# ---- the time of day ----


@dataclass(frozen=True, slots=True)
class _Hour:
    hour: int
    minute: int = 0
    exact: bool = False  # 15:00, 09:30, noon: nobody can mean the other half of the day


def _take_zone(tokens: list[Token]) -> tuple[list[Token], Reading]:
    zone = next((token.word for token in tokens if token.kind == "zone"), "")
    return [token for token in tokens if token.kind not in ("zone", "my time")], Reading(zone=zone)


def _take_clock(taken: tuple[list[Token], Reading], *, bare: bool) -> tuple[list[Token], Reading] | None:
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
        elif token.kind in ("part", "tonight"):
            halves.append(_PART_NAMES[token.value] if token.kind == "part" else "evening")
            rest += [Token("today")] * (token.kind == "tonight")
            i += 1
        else:
            rest.append(token)
            i += 1
    return rest, hours, halves


def _hour_at(tokens: list[Token], start: int, *, said_at: bool) -> tuple[_Hour, int] | None:
    """The time of day that begins at this token, and how many tokens it takes."""
    for used in (3, 2, 1):
        some = tokens[start : start + used]
        hour = _HOURS[k](some) if len(some) == used and (k := " ".join(t.kind for t in some)) in _HOURS else None
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
    return len(kinds) > 1 and kinds[-1] == "n" and kinds[-2] in ("weekday", "today", "tomorrow", "overmorrow")


def _time_of(said: _Hour, half: str) -> tuple[time | None, bool]:
    """The time, and whether nobody can mean another. Without am or pm, 1 to 7 are after noon, 8 to 11 before it."""
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


# ---- the day ----


def _plain(tokens: list[Token]) -> list[Token]:
    """The tokens that carry a day, in one order: without articles, commas and the "by" in front."""
    tokens = _bare_ordinal(tokens)
    while tokens and tokens[0].kind == "by":
        tokens = tokens[1:]
    kept = [token for token in tokens if token.kind not in ("comma", "on", "the", "at")]
    if len(kept) > 1:
        kept = [token for token in kept if token.kind != "eod"]
    if kept and kept[0].kind == "in" and [token.kind for token in kept[1:]] != ["n", "unit"]:
        kept = kept[1:]  # "d'ici vendredi", "entro venerdì"
    return _swapped(kept)


def _bare_ordinal(tokens: list[Token]) -> list[Token]:
    """ "the 15", "para el 15": a number behind an article at the end is a day of the month."""
    if len(tokens) > 1 and tokens[-1].kind == "n" and tokens[-2].word.split()[-1:] in _ARTICLES:
        return [*tokens[:-1], replace(tokens[-1], kind="ordinal")]
    return tokens


_ARTICLES = [[word] for word in spellings("the|on|den|dem|zum|am|le|au|el|al|del|il|o|ao|dia|op|het|de|ngày")]


def _swapped(tokens: list[Token]) -> list[Token]:
    """ "semaine prochaine" as "next week"."""
    for i in range(len(tokens) - 1):
        if tokens[i].kind == "unit" and tokens[i + 1].kind in ("next", "this"):
            return [*tokens[:i], tokens[i + 1], tokens[i], *tokens[i + 2 :]]
    return tokens


def _with_day(tokens: list[Token], reading: Reading, frame: Frame) -> Reading | None:
    same = any(token.kind == "same time" for token in tokens)
    tokens = [token for token in tokens if token.kind != "same time"]
    if same and reading.at is not None:
        return None
    reading = replace(reading, same_time=same)
    if not tokens:
        return reading if reading.at is not None or same else None
    found = _day(tokens, frame)
    return _merged(found, reading) if found is not None else None


def _merged(day: Reading, clock: Reading) -> Reading | None:
    if day.at is not None and clock.at is not None:
        return None
    return replace(clock, day=day.day, at=clock.at or day.at, sure=day.sure and clock.sure, other=day.other)


def _day(tokens: list[Token], frame: Frame) -> Reading | None:
    kinds = " ".join(token.kind for token in tokens)
    rule = DAYS.get(kinds)
    if rule is not None:
        return rule([token for token in tokens if token.kind in _CARRIES], frame)
    weekday = next((token for token in tokens if token.kind == "weekday"), None)
    if weekday is None:
        return None
    others = [token for token in tokens if token.kind != "weekday"]
    dated = _day(others, frame) if len(others) == len(tokens) - 1 else None
    return dated if dated and dated.day and dated.day.weekday() == weekday.value else None


_CARRIES = frozenset(spellings("weekday|n|ordinal|month|year|q|unit|iso|slash|dashed|dotted"))


def _on(day: date | None) -> Reading | None:
    return Reading(day) if day is not None else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _monday(day: date, weeks: int = 0) -> date:
    return day - day.weekday() * _DAY + timedelta(weeks=weeks)


def _coming(day: date, weekday: int) -> date:
    """The first such day after this one."""
    return day + ((weekday - day.weekday()) % 7 or 7) * _DAY


def _next_weekday(tokens: list[Token], frame: Frame) -> Reading:
    """Of next week where that is what both "next" and "coming" say; otherwise next week's, and not sure."""
    coming = _coming(frame.today, tokens[0].value)
    if coming >= _monday(frame.today, 1):
        return Reading(coming)
    return Reading(coming + timedelta(weeks=1), sure=False, other=coming)


def _weekday_next(tokens: list[Token], frame: Frame) -> Reading:
    """ "vendredi prochain" is the coming Friday to most who write it, but not to all."""
    coming = _coming(frame.today, tokens[0].value)
    sure = coming >= _monday(frame.today, 1)
    return Reading(coming, sure=sure, other=None if sure else coming + timedelta(weeks=1))


def _this_weekday(tokens: list[Token], frame: Frame) -> Reading | None:
    day = _monday(frame.today) + tokens[0].value * _DAY
    return _on(day if day >= frame.today else None)


def _of_week(weeks: int) -> Callable[[list[Token], Frame], Reading | None]:
    def rule(tokens: list[Token], frame: Frame) -> Reading | None:
        weekday, unit = (t.value for t in sorted(tokens, key=lambda t: t.kind != "weekday"))
        return _on(_monday(frame.today, weeks) + weekday * _DAY) if unit == WEEK else None

    return rule


_MINUTE, _HOUR, _DAYS, WEEK, _MONTH, _QUARTER, _YEAR = range(7)
"""Values of a unit token."""


def _in(tokens: list[Token], frame: Frame) -> Reading | None:
    amount, unit = tokens[0].value, tokens[1].value
    if unit in (_MINUTE, _HOUR):
        moment = frame.now + (timedelta(minutes=amount) if unit == _MINUTE else timedelta(hours=amount))
        return Reading(moment.date(), moment.time().replace(second=0, microsecond=0))
    return _on(_later(frame.today, amount, unit))


def _later(day: date, amount: int, unit: int) -> date | None:
    if unit in (_DAYS, WEEK):
        return day + amount * (7 if unit == WEEK else 1) * _DAY
    months = amount * {_MONTH: 1, _QUARTER: 3, _YEAR: 12}[unit]
    year, month = divmod(day.month - 1 + months, 12)
    if day.year + year > 2200:
        return None
    return date(day.year + year, month + 1, min(day.day, calendar.monthrange(day.year + year, month + 1)[1]))


def _from(tokens: list[Token], frame: Frame) -> Reading | None:
    """A week from Friday."""
    amount, unit, weekday = (t.value for t in tokens)
    return _on(_later(_coming(frame.today, weekday), amount, unit)) if unit in (_DAYS, WEEK) else None


def _end_of(tokens: list[Token], frame: Frame, ahead: int = 0) -> Reading | None:
    """The end of this unit (`ahead` 0) or the next (1). A week ends on Friday; on a weekend, on the coming one."""
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
    return date(year, month, calendar.monthrange(year, month)[1])


def _end_of_month(tokens: list[Token], frame: Frame) -> Reading | None:
    year = frame.today.year + (tokens[0].value < frame.today.month)
    return _on(_last_of(year, tokens[0].value))


def _quarter(tokens: list[Token], frame: Frame) -> Reading | None:
    month = tokens[0].value * 3
    year = tokens[1].value if len(tokens) > 1 else frame.today.year + (month < frame.today.month)
    return _on(_last_of(year, month))


def _quarter_start(tokens: list[Token], frame: Frame) -> Reading | None:
    return _dated(frame, tokens[0].value * 3 - 2, 1, tokens[1].value if len(tokens) > 1 else None)


def _dated(frame: Frame, month: int, day: int, year: int | None = None) -> Reading | None:
    """A day of a month; without a year the next one, unless it was only just."""
    if year is not None:
        return _on(_made(year + 2000 if year < 100 else year, month, day))
    today = frame.today
    this_year = _made(today.year, month, day)
    found = this_year if this_year and this_year >= today else _made(today.year + 1, month, day)
    return _on(found if found and (found - today).days <= _FAR_DAYS else None)


def _named(tokens: list[Token], frame: Frame) -> Reading | None:
    month = next(t.value for t in tokens if t.kind == "month")
    days = [t.value for t in tokens if t.kind in ("n", "ordinal")]
    year = next((t.value for t in tokens if t.kind == "year"), days[1] if len(days) > 1 else None)
    return _dated(frame, month, days[0], year)


def _ordinal(tokens: list[Token], frame: Frame) -> Reading | None:
    """The 15th: of this month if it is still ahead, else of the next month that has such a day."""
    for ahead in range(3):
        first = _later(frame.today.replace(day=1), ahead, _MONTH)
        found = _made(first.year, first.month, tokens[0].value) if first else None
        if found is not None and found >= frame.today:
            return Reading(found)
    return None


def _ordinal_of(ahead: int) -> Callable[[list[Token], Frame], Reading | None]:
    def rule(tokens: list[Token], frame: Frame) -> Reading | None:
        first = _later(frame.today.replace(day=1), ahead, _MONTH)
        if first is None or tokens[1].value != _MONTH:
            return None
        return _on(_made(first.year, first.month, tokens[0].value))

    return rule


def _iso(tokens: list[Token], _frame: Frame) -> Reading | None:
    year, month, day = (int(x) for x in re.split("[-/.]", tokens[0].word))
    return _on(_made(year, month, day))


def _dotted(tokens: list[Token], frame: Frame) -> Reading | None:
    numbers = [int(x) for x in tokens[0].word.replace(".", " ").split()]
    return _dated(frame, numbers[1], numbers[0], numbers[2] if len(numbers) > 2 else None)


HORIZON_DAYS = 21
"""Nobody asks for a meeting further away (calendar conventions of the phrase set)."""


def _slashed(tokens: list[Token], frame: Frame) -> Reading | None:
    """12/1 in the order of the writer's country. Not sure when the other order alone is near."""
    one, two, *year = (int(x) for x in re.split("[-/]", tokens[0].word))
    near, far = (_dated(frame, *order, *year) for order in ((two, one), (one, two))[:: 1 if frame.day_first else -1])
    if near is None or near.day is None or far is None or far.day is None:
        return near or far
    odd = (near.day - frame.today).days > HORIZON_DAYS >= (far.day - frame.today).days >= 0
    return replace(near, sure=not odd, other=far.day if odd else None)


def _fixed(days: int) -> Callable[[list[Token], Frame], Reading | None]:
    return lambda _tokens, frame: _on(frame.today + days * _DAY)


def _ends(unit: int, ahead: int = 0) -> Callable[[list[Token], Frame], Reading | None]:
    return lambda _tokens, frame: _end_of([Token("unit", unit)], frame, ahead)


DAYS: Mapping[str, Callable[[list[Token], Frame], Reading | None]] = {
    "today": _fixed(0),
    "tomorrow": _fixed(1),
    "overmorrow": _fixed(2),
    "weekday": lambda t, f: Reading(_coming(f.today, t[0].value)),
    "this weekday": _this_weekday,
    "today weekday": lambda t, f: _on(f.today if f.today.weekday() == t[0].value else None),
    "next weekday": _next_weekday,
    "weekday next": _weekday_next,
    "weekday next unit": _of_week(1),
    "next unit weekday": _of_week(1),
    "weekday this unit": _of_week(0),
    "this unit weekday": _of_week(0),
    "weekday unit": lambda t, f: _on(_coming(f.today, t[0].value) + 7 * _DAY if t[1].value == WEEK else None),
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
