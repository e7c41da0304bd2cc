"""When somebody is away: "I'm out on Friday", "vacation until the 12th", "OOO 23-27 Nov, back on
the 30th".

For the words of a person and for the text of an out-of-office answer. A phrase that is not read
whole counts for nothing: an absence that is not stated clearly has no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from mailbot.inbound.understand.dates.phrase import WEEK, Frame, read, scan
from mailbot.languages import everywhere
from mailbot.languages.fold import fold
from mailbot.languages.vocabulary import Vocabulary, vocabulary

_DAY = timedelta(days=1)
_SENTENCES = 40
_CHARACTERS = 4_000  # an out-of-office text says its dates early
_PHRASE_WORDS = 7
_SENTENCE = re.compile(r"[!?;\n]|(?<!\d)\.(?=\s)|\.$")
_TO = "|".join(map(re.escape, sorted(everywhere.typed("dates", "to"), key=len, reverse=True)))
_RANGE = re.compile(
    rf"(?<![\d/.-])(\d{{1,2}}(?:st|nd|rd|th|\.)?)\s?(?:-|–|—|{_TO})\s?"
    r"(\d{1,2}(?:st|nd|rd|th|\.)?)\s+((?:de\s|of\s)?[^\W\d_]{3,12}\.?)"
)


@dataclass(frozen=True, slots=True)
class Absence:
    """Both days away, inclusive, in the zone of the person."""

    first: date
    last: date


def absence(text: str, frame: Frame) -> Absence | None:
    """Find the one absence that the text states, or None: no date, an unclear one, or several that
    differ."""
    words = vocabulary(frame.language)
    sentences = [fold(part).strip() for part in _SENTENCE.split(text[:_CHARACTERS])[:_SENTENCES]]
    away = [part for part in sentences if _speaks_of_absence(part, words)]
    for look in (_range, _between, _until, _back, _single):
        stated = filter(None, (look(part, frame, words) for part in away))
        ahead = {one for one in stated if one.last >= frame.today}
        if ahead:
            return ahead.pop() if len(ahead) == 1 else None
    return None


def _speaks_of_absence(sentence: str, words: Vocabulary) -> bool:
    """Tell whether a word for being away, or for coming back, is in the sentence."""
    padded = f" {' '.join(re.findall(_WORD, sentence))} "
    return any(f" {sign} " in padded for sign in words.sets["away"] | words.sets["back"])


_WORD = r"[^\W_]+(?:'[^\W_]+)?"


def _day(phrase: str, frame: Frame) -> date | None:
    """Find the day of the longest run of words at the start of the phrase that is a date."""
    pieces = phrase.split()[:_PHRASE_WORDS]
    for used in range(len(pieces), 0, -1):
        reading = read(" ".join(pieces[:used]).strip(",:()"), frame)
        if reading is not None and reading.day is not None:
            return reading.day if reading.sure and not reading.zone else None
    return None


def _made(first: date | None, last: date | None) -> Absence | None:
    """Make an absence of two days in their order; None of others."""
    return Absence(first, last) if first and last and first <= last else None


def _range(sentence: str, frame: Frame, _words: Vocabulary) -> Absence | None:
    """Read "23-27 Nov", "9. bis 13. März": the month stands once, behind both."""
    found = _RANGE.search(sentence)
    if found is None:
        return None
    month = found[3].removeprefix("de ").removeprefix("of ")
    return _made(_day(f"{found[1]} {month}", frame), _day(f"{found[2]} {month}", frame))


def _between(sentence: str, frame: Frame, words: Vocabulary) -> Absence | None:
    """Read "from Monday to Friday", "vom 9.3. bis 13.3.", "2026-03-09 - 2026-03-13"."""
    pieces = re.sub(r"\s[-–—]\s", " - ", sentence).split()
    for at in range(1, len(pieces) - 1):
        if pieces[at].strip(",") not in words.sets["until"] | _DASHES:
            continue
        before = (_whole(pieces[start:at], frame) for start in range(max(0, at - 5), at))
        first = next(filter(None, before), None)
        made = _made(first, _day(" ".join(pieces[at + 1 :]), frame))
        if made is not None:
            return made
    return None


_DASHES = frozenset({"-", "–", "—"})


def _whole(pieces: list[str], frame: Frame) -> date | None:
    """Read a phrase that is a day and nothing else."""
    reading = read(" ".join(pieces).strip(",:()"), frame)
    return reading.day if reading is not None and reading.sure else None


def _after(sentence: str, signs: frozenset[str], frame: Frame) -> date | None:
    """Find the day behind the first of these words that has one behind it."""
    pieces = sentence.split()
    for at in range(len(pieces)):
        for used in (4, 3, 2, 1):
            if " ".join(pieces[at : at + used]).strip(",:") in signs:
                day = _day(" ".join(pieces[at + used :]), frame)
                if day is not None:
                    return day
    return None


def _until(sentence: str, frame: Frame, words: Vocabulary) -> Absence | None:
    """Read "until the 12th": the 12th is still away."""
    return _made(frame.today, _after(sentence, words.sets["until"], frame))


def _back(sentence: str, frame: Frame, words: Vocabulary) -> Absence | None:
    """Read "back on the 30th": the day before is the last one away."""
    day = _after(sentence, words.sets["back"], frame)
    return _made(frame.today, day - _DAY) if day is not None else None


def _single(sentence: str, frame: Frame, words: Vocabulary) -> Absence | None:
    """Read "out on Friday", "away next week"."""
    week = _week(sentence, frame, words)
    day = _after(sentence, words.sets["away"], frame) if week is None else None
    return week or _made(day, day)


def _week(sentence: str, frame: Frame, words: Vocabulary) -> Absence | None:
    """Find all working days of next week, or what is left of this one."""
    pieces = sentence.split()
    for two in pairwise(pieces):
        said = {(token.kind, token.value) for token in scan(" ".join(two), words)}
        weeks = _WEEKS_AHEAD.get(frozenset(said))
        if weeks is not None:
            monday = frame.today - frame.today.weekday() * _DAY + timedelta(weeks=weeks)
            return _made(max(monday, frame.today), monday + 4 * _DAY)
    return None


_WEEKS_AHEAD = {
    frozenset({("this", 0), ("unit", WEEK)}): 0,
    frozenset({("next", 0), ("unit", WEEK)}): 1,
}
