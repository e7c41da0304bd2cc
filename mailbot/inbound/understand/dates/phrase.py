"""One small grammar of dates and times: a phrase is read whole, in one way, or not at all.

A phrase is cut into pieces (pieces.py), each piece has a kind ("next", "weekday", "n"), the
time of day is taken out (hours.py), and the kinds that remain must stand in a table (days.py). A
piece that no table knows makes the phrase no date: that is what keeps "march forward", "v1.2"
and "sat with Bob" out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import dropwhile

from mailbot.inbound.understand.dates.days import HORIZON_DAYS, WEEK, day_of
from mailbot.inbound.understand.dates.hours import take_clock, take_zone
from mailbot.inbound.understand.dates.pieces import YEARS, DateReading, Frame, kinds_of, scan
from mailbot.languages import everywhere
from mailbot.languages.vocabulary import DateToken, vocabulary

__all__ = ["HORIZON_DAYS", "LONGEST", "WEEK", "DateReading", "Frame", "due", "read", "scan", "when"]

LONGEST = 80  # characters; no date phrase is longer
_DAY = timedelta(days=1)


def read(phrase: str, frame: Frame) -> DateReading | None:
    """Find the one meaning of the whole phrase, or None. Never looks at a part of it."""
    if len(phrase) > LONGEST:
        return None
    text = phrase.strip().rstrip("!?,;")
    found = _stamp(text, frame.now) or _read(text, frame)
    if found is None and text.endswith("."):
        return _read(text[:-1], frame)
    return found


def when(phrase: str, frame: Frame) -> tuple[date, time | None] | None:
    """Find the day, and the time of day where one is given: "5pm" alone is the next five."""
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
    """Find the last day of "by Friday", "EOW", "in two weeks": today or later, or None when it is
    not clear."""
    found = when(phrase, frame)
    return found[0] if found and found[0] >= frame.today else None


def _stamp(text: str, now: datetime) -> DateReading | None:
    """Read "2026-12-01T15:00", with an offset or without (RFC 3339)."""
    found = _STAMP.fullmatch(text)
    if found is None or int(found[1][:4]) not in YEARS:
        return None
    try:
        moment = datetime.fromisoformat(f"{found[1]}T{found[2]}{(found[3] or '').upper()}")
        if moment.tzinfo is not None:
            moment = moment.astimezone(now.tzinfo)
    except ValueError:
        return None
    return DateReading(moment.date(), moment.time())


_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)([Zz]|[+-]\d\d:\d\d)?")


def _read(text: str, frame: Frame) -> DateReading | None:
    """Read the text by its tokens: the time of day first, then the day."""
    tokens = scan(text, vocabulary(frame.language))
    if not tokens:
        return None
    timed = take_clock(take_zone(tokens), bare=frame.bare_hours)
    if timed is None:
        return None
    rest, reading = timed
    return _with_day(_plain(rest), reading, frame)


def _plain(tokens: list[DateToken]) -> list[DateToken]:
    """Keep the tokens that carry a day, in one order: without articles, commas and the "by" in
    front."""
    said = dropwhile(lambda token: token.kind == "by", _bare_ordinal(tokens))
    kept = [token for token in said if token.kind not in _SMALL]
    if len(kept) > 1:
        kept = [token for token in kept if token.kind != "eod"]
    kinds = kinds_of(kept)
    if kinds.startswith("in") and kinds != "in n unit":
        kept = kept[1:]  # "d'ici vendredi", "entro venerdì"
    return _swapped(kept)


_SMALL = frozenset({"comma", "on", "the", "at"})


def _bare_ordinal(tokens: list[DateToken]) -> list[DateToken]:
    """Read "the 15", "para el 15": a number behind an article at the end is a day of the month."""
    if len(tokens) < 2 or tokens[-1].kind != "n":
        return tokens
    if tokens[-2].word.rpartition(" ")[2] in _ARTICLES:
        return [*tokens[:-1], replace(tokens[-1], kind="ordinal")]
    return tokens


_ARTICLES = everywhere.typed("dates", "articles")


def _swapped(tokens: list[DateToken]) -> list[DateToken]:
    """Read "semaine prochaine" as "next week"."""
    for i in range(len(tokens) - 1):
        if tokens[i].kind == "unit" and tokens[i + 1].kind in ("next", "this"):
            return [*tokens[:i], tokens[i + 1], tokens[i], *tokens[i + 2 :]]
    return tokens


def _with_day(tokens: list[DateToken], reading: DateReading, frame: Frame) -> DateReading | None:
    """Add the day that the rest names; None where it names none and something is left."""
    same = any(token.kind == "same time" for token in tokens)
    tokens = [token for token in tokens if token.kind != "same time"]
    if same and reading.at is not None:
        return None
    reading = replace(reading, same_time=same)
    if not tokens:
        return reading if reading.at is not None or same else None
    found = day_of(tokens, frame)
    return _merged(found, reading) if found is not None else None


def _merged(day: DateReading, clock: DateReading) -> DateReading | None:
    """Join a day and a time of day; None where both bring a time."""
    if day.at is not None and clock.at is not None:
        return None
    return replace(
        clock, day=day.day, at=clock.at or day.at, sure=day.sure and clock.sure, other=day.other
    )
