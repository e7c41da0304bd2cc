"""How often, when and how long: `every 2 weeks`, `Tuesdays 10:00`, `45 min`, in any order, and
`new 1:1 with ...`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time

from mailbot.address import spelt
from mailbot.inbound.understand.command_line import EDGES
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.dates.am_pm import as_written
from mailbot.inbound.understand.dates.phrase import WEEK, read
from mailbot.languages import everywhere
from mailbot.languages.fold import fold
from mailbot.meeting.model import LONGEST_WEEKS
from mailbot.meeting.said import NewSeries, Problem, Reason, Recur, words_of

_WEEKS_OF_MONTH = 4
_COUNTS = range(1, 53)  # weeks or months
_LENGTHS = range(5, 241)  # minutes; a one-on-one is not shorter or longer


def _any_of(key: str) -> str:
    """Write the words of all languages as a part of a regular expression."""
    return "|".join(map(re.escape, everywhere.typed("dates", key)))


_MINUTES = re.compile(rf"(\d{{1,3}}) ?(?:{_any_of('minutes')})")
_HOURS = re.compile(rf"(\d{{1,2}}|{_any_of('one_hour')}) ?(?:{_any_of('hours')})")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]{1,64}@[^\s<>()\[\],;:\"'@!?/\\]{1,253}")
_MOST_WORDS = 16


@dataclass(frozen=True, slots=True)
class _Parts:
    """What was found so far. `sure`: no hour had to be guessed."""

    weeks: int | None = None
    weekday: int | None = None
    plural: bool = False  # "Tuesdays", "every Tuesday": not one Tuesday
    at: time | None = None
    minutes: int | None = None
    sure: bool = True
    other: time | None = None  # the hour as it was written, where another was guessed

    @property
    def is_of_series(self) -> bool:
        """It says how often or how long; and it is not about one Tuesday."""
        if self.weekday is not None and not self.plural:
            return False
        return bool(self.weeks or self.plural) or self.minutes is not None

    @property
    def possible(self) -> bool:
        """A 1:1 may be so long."""
        return self.minutes is None or self.minutes in _LENGTHS

    @property
    def readings(self) -> tuple[_Parts, ...]:
        """What may be meant, the likelier first."""
        return (self, replace(self, at=self.other)) if self.other is not None else (self,)

    @property
    def said(self) -> Recur:
        """What was found, as it is acted on."""
        return Recur(self.weeks, self.weekday, self.at, self.minutes)


def recur(line: str, text: str, context: Context) -> tuple[Recur | Problem, ...] | None:
    """Read a change of the series, or None when some word is none of it. A lone "Thu 15:00" is one
    Thursday."""
    found = _parts(text, context)
    if found is None or not found.is_of_series:
        return None
    if not found.possible:
        nearest = replace(found, minutes=_nearest_length(found.minutes or 0))
        return (Problem(line, words_of(nearest.said)),)
    if not found.sure:
        return tuple(
            Problem(line, words_of(reading.said), Reason.DATE) for reading in found.readings
        )
    return (found.said,)


def _nearest_length(minutes: int) -> int:
    """Guess a length that is possible."""
    return 30 if minutes < _LENGTHS.start else 60


def new_series(line: str, rest: str, context: Context) -> tuple[NewSeries | Problem, ...]:
    """Read `ana@corp.example, Tuesdays 10:00, weekly, 30 min`: what follows "new 1:1 with"."""
    typed = _ADDRESS.search(line)
    address = typed[0].strip(".") if typed else ""
    if "." not in address.partition("@")[2].strip("."):
        return (Problem(line, "new 1:1 with ana@corp.example, Tuesdays 10:00, weekly, 30 min"),)
    try:
        who = spelt(address)
    except ValueError:
        return (Problem(line, "new 1:1 with ana@corp.example", Reason.ADDRESS),)
    _, written, after = rest.rpartition(fold(address))
    tail = after.strip(EDGES + "<>()[]") if written else ""
    found = _parts(tail, context)
    if found is None:
        return (_did_you_mean(line, who, _Parts()),)
    if not found.sure or not found.possible:
        return tuple(_did_you_mean(line, who, reading) for reading in found.readings)
    if found.weeks and found.weeks > LONGEST_WEEKS:
        nearest = _worded(replace(found, weeks=LONGEST_WEEKS))
        return (Problem(line, f"new 1:1 with {who}, {nearest}", Reason.CADENCE_LIMIT),)
    return (NewSeries(who, found.weekday, found.at, found.weeks, found.minutes),)


def _did_you_mean(line: str, who: str, reading: _Parts) -> Problem:
    """Ask with all four parts of one reading."""
    return Problem(line, f"new 1:1 with {who}, {_worded(reading)}")


def _worded(parts: _Parts) -> str:
    """Write all four parts, in words that are certainly understood."""
    day = words_of(
        Recur(weekday=1 if parts.weekday is None else parts.weekday, at=parts.at or time(10))
    )
    rhythm = words_of(Recur(parts.weeks or 1))
    return f"{day}, {rhythm}, {parts.minutes if parts.minutes in _LENGTHS else 30} min"


def _parts(text: str, context: Context) -> _Parts | None:
    """Read the phrase part by part: every word belongs to a part, and no part comes twice."""
    words = [
        word for word in text.replace(",", " , ").replace(";", " , ").split() if word.strip(".")
    ]
    if len(words) > _MOST_WORDS:
        return None
    found, at = _Parts(), 0
    while at < len(words):
        step = _step(words, at, found, context)
        if step is None:
            return None
        found, used = step
        at += used
    return found


def _step(words: list[str], at: int, found: _Parts, context: Context) -> tuple[_Parts, int] | None:
    """Read the part that begins at this word, the longest of all: what is known then, and how many
    words it took."""
    first = words[at]
    if not _may_begin(first, context):
        return None
    for used in range(min(5, len(words) - at), 0, -1):
        part = _part(" ".join(words[at : at + used]), context)
        if part is not None:
            merged = _merged(found, part)
            return (merged, used) if merged is not None else None
    filler = first == "," or context.words.cadence.get(first) == "filler"
    return (found, 1) if filler else None


def _may_begin(word: str, context: Context) -> bool:
    """Tell whether a part can begin with this word; most prose is let go here."""
    return word == "," or word[0].isdecimal() or word in context.words.cadence_openers


def _merged(one: _Parts, other: _Parts) -> _Parts | None:
    """Add one part to the others; None when it comes twice."""
    named = {name: getattr(other, name) for name in ("weeks", "weekday", "at", "minutes")}
    changes = {name: value for name, value in named.items() if value is not None}
    if any(getattr(one, name) is not None for name in changes):
        return None
    merged = replace(one, plural=one.plural or other.plural, sure=one.sure and other.sure)
    return replace(merged, **changes, other=one.other or other.other)


def _part(phrase: str, context: Context) -> _Parts | None:
    """Read the phrase as one part, whichever it is."""
    read = (reader(phrase, context) for reader in (_length, _rhythm, _weekday, _clock))
    return next((part for part in read if part is not None), None)


def _length(phrase: str, context: Context) -> _Parts | None:
    """Read `45 min`, `half an hour`, `2 h`."""
    if phrase in context.words.sets["ask half hour"]:
        return _Parts(minutes=30)
    if found := _MINUTES.fullmatch(phrase):
        return _Parts(minutes=int(found[1]))
    if found := _HOURS.fullmatch(phrase):
        hours = int(found[1]) if found[1].isdecimal() else 1
        return _Parts(minutes=60 * hours) if hours <= _MOST_HOURS else None
    return None


_MOST_HOURS = 4  # "5 h" is a time of day


def _rhythm(phrase: str, context: Context) -> _Parts | None:
    """Read `weekly`, `every other week`, `every 3 weeks`, `monthly`; the limit of two weeks is not
    judged here."""
    cadence, dates = context.words.cadence, context.words.dates
    fixed = {"weekly": 1, "biweekly": 2, "monthly": _WEEKS_OF_MONTH}.get(cadence.get(phrase, ""))
    if fixed is not None:
        return _Parts(weeks=fixed)
    words = phrase.split()
    for cut in (1, 2):
        every, rest = " ".join(words[:cut]), words[cut:]
        unit = dates.get(rest[-1]) if rest and cadence.get(every) == "every" else None
        weeks = _WEEKS_OF.get((unit.kind, unit.value)) if unit is not None else None
        if weeks is not None:
            count = _count(rest[:-1], context)
            return _Parts(weeks=count * weeks) if count else None
    return None


_WEEKS_OF = {("unit", WEEK): 1, ("unit", WEEK + 1): _WEEKS_OF_MONTH}


def _count(words: list[str], context: Context) -> int | None:
    """Read how many weeks or months: none said is one, "other" is two."""
    if len(words) != 1:
        return None if words else 1
    word = words[0]
    if word.isdecimal():
        return int(word) if int(word) in _COUNTS else None
    if context.words.cadence.get(word) == "other":
        return 2
    token = context.words.dates.get(word)
    return token.value if token is not None and token.kind == "n" else None


def _weekday(phrase: str, context: Context) -> _Parts | None:
    """Read `Tuesdays`, `every Tuesday`, `Tuesday`."""
    words = context.words
    if phrase in words.every_day:
        return _Parts(weekday=words.every_day[phrase], plural=True)
    head, _, rest = phrase.rpartition(" ")
    token = words.dates.get(rest)
    if token is None or token.kind != "weekday":
        return None
    if head and words.cadence.get(head) != "every":
        return None
    return _Parts(weekday=token.value, plural=bool(head))


def _clock(phrase: str, context: Context) -> _Parts | None:
    """Read "10:00", "at 10", "10" (where a weekday stands before it), "10 uhr"."""
    reading = read(phrase, context.frame)
    if reading is None and phrase.isdecimal():
        reading = read(f"at {phrase}", context.frame)
    if reading is None or not reading.is_time:
        return None
    other = as_written(phrase, reading, context)
    return _Parts(at=reading.at, sure=reading.sure and other is None, other=other)
