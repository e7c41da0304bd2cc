"""Another time for one meeting: `move to Thu 15:00`, "can we push to tomorrow 3?". One reading,
or a question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailbot.inbound.understand.command_line import EDGES, Answer, Plain, leading
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.dates.am_pm import as_written
from mailbot.inbound.understand.dates.phrase import LONGEST, WEEK, DateReading, read, scan
from mailbot.inbound.understand.spelling import nearest
from mailbot.languages import everywhere
from mailbot.languages.fold import fold
from mailbot.languages.load import each
from mailbot.languages.vocabulary import PIECE, DateToken
from mailbot.meeting.said import MoveTo, Problem, Reason, words_of

_EXAMPLE = "move to Thu 15:00"
_PART_HOURS = {"morning": 10, "afternoon": 14, "evening": 17}  # the guess put first in the question


@dataclass(frozen=True, slots=True)
class Target:
    """Where to, and why it is not certain ("" when it is)."""

    day: date | None = None
    at: time | None = None
    doubt: str = ""
    other: time | None = None  # the hour as it was written, where another was guessed

    @property
    def is_empty(self) -> bool:
        """It names no day, and there is nothing to ask."""
        return self.day is None and not self.doubt


def move(plain: Plain, context: Context) -> Answer:
    """Read what a line that stands alone asks for; a sentence ("could we do Friday at 10?") where
    it is not in a list."""
    if plain.verb == "move":
        return _moved(plain.line, plain.rest, context) if plain.rest else None
    return _asked(plain.line, plain.text, context) if plain.stands_alone else None


def _moved(line: str, rest: str, context: Context) -> Answer:
    target = aim(rest, context)
    if target is not None:
        return _answer(line, target)
    return (Problem(line, _EXAMPLE, Reason.DATE),) if _begins_with_a_day(rest, context) else None


def _answer(line: str, target: Target) -> Answer:
    if target.day is None:
        return (Problem(line, _EXAMPLE, Reason.DATE),)
    if not target.doubt:
        return (MoveTo(target.day, target.at),)
    if target.doubt in ("past", "no_such_time"):
        return (Problem(line, "", Reason(target.doubt)),)
    if target.doubt == "twice":
        return (Problem(line, "", Reason.DATE),)
    hours = (target.at, target.other) if target.other is not None else (target.at,)
    return tuple(Problem(line, words_of(MoveTo(target.day, at)), Reason.DATE) for at in hours)


def misspelt_move(line: str, text: str, context: Context) -> Problem | None:
    """Guess at "mvoe to Thu": one slip in the verb, and a day behind it."""
    first, _, rest = text.partition(" ")
    if not rest or len(rest) > LONGEST or first in context.words.openers:
        return None
    guess = nearest(first, context.words.one_word["move"], letters=4, swaps_only=True)
    verb, target_words = leading(f"{guess} {rest}", context) if guess else ("", "")
    if verb != "move" or not _begins_with_a_day(target_words, context):
        return None
    target = aim(target_words, context)
    return Problem(line, f"move to {target_words}" if target and not target.doubt else _EXAMPLE)


def _begins_with_a_day(text: str, context: Context) -> bool:
    """Tell whether the first words are a day or a time, whatever follows: "thursday-ish" yes, "the
    new office" no."""
    pieces = [piece[0] for piece in PIECE.finditer(fold(text))][:4]
    for used in range(len(pieces), 0, -1):
        tokens = scan(" ".join(pieces[:used]), context.words)
        if tokens and any(token.kind in _TELLING for token in tokens):
            return any(token.kind in _TELLING for token in tokens[:3])
    return False


_TELLING = frozenset(
    each("weekday | today | tomorrow | overmorrow | iso | slash | dashed | dotted | clock")
)


# ---- sentences ----


def _asked(line: str, text: str, context: Context) -> Answer:
    """Read a sentence that is nothing but a wish for another time. A bare time answers a question,
    else it is one."""
    if len(text) > LONGEST:
        return None
    awaited = (context.offered or context.asked) and not context.after_meeting
    wish, asks = _stripped(text, context, asks=awaited)
    target = aim(wish, context) if wish else None
    if target is None or target.is_empty:
        short = awaited and len(text.split()) <= _FEW_WORDS
        unread = short and _names_a_time(wish, context)
        return (Problem(line, _EXAMPLE, Reason.DATE),) if unread else None
    if asks:
        return _answer(line, target)
    if target.at is None:
        return None
    return _answer(line, replace(target, doubt=target.doubt or "bare"))


_FEW_WORDS = 10


def _names_a_time(wish: str, context: Context) -> bool:
    """Tell whether an answer that was not read is about a time all the same: "Tue 10 or Wed 14"."""
    first = wish.split(maxsplit=1)[0] if wish else ""
    return (
        _begins_with_a_day(wish, context)
        and (any(c.isdecimal() for c in wish) or _points_at_one(wish, context))
        and fold(first) not in _NO_WISH
    )


def _points_at_one(wish: str, context: Context) -> bool:
    """Tell whether it ends as "the Monday one" does: one of the times that were offered."""
    last = context.words.dates.get(fold(wish).rpartition(" ")[2])
    return last is not None and (last.kind, last.value) == ("n", 1)


_NO_WISH = everywhere.typed("typed", "no_wish")


def _stripped(text: str, context: Context, *, asks: bool) -> tuple[str, bool]:
    """Find the text without the words of asking, and whether any of them asks. Words that only fill
    ("start", "then") go where a request stands before or behind them, or one was awaited."""
    sets = context.words.sets
    text, wishes = _wished(text, context)
    asks = asks or wishes
    for _ in range(8):
        lead, tail = sets["ask lead"], sets["ask tail"]
        if asks:
            lead, tail = lead | sets["ask fill"], tail | sets["ask after"]
        words = text.split()
        left = words[_words_at_start(words, lead) :]
        kept = left[: len(left) - _words_at_end(left, tail)]
        if len(kept) == len(words):
            break
        asks = True
        text = " ".join(kept).strip(EDGES)
    return text, asks


_PHRASE_WORDS = 6  # of one phrase that is looked up


def _words_at_start(words: list[str], known: frozenset[str]) -> int:
    """Count how many of the first words are a known phrase, the longest of all; 0 for none."""
    lengths = range(min(_PHRASE_WORDS, len(words)), 0, -1)
    return next((n for n in lengths if " ".join(words[:n]).strip(EDGES) in known), 0)


def _words_at_end(words: list[str], known: frozenset[str]) -> int:
    """Count the last words that are a known phrase, the longest of all; 0 for none."""
    lengths = range(min(_PHRASE_WORDS, len(words)), 0, -1)
    return next((n for n in lengths if " ".join(words[-n:]).strip(EDGES) in known), 0)


def _wished(text: str, context: Context) -> tuple[str, bool]:
    """Read "I need to move it to Friday": a wish of one's own asks only where it says that it is
    about the meeting."""
    words, sets = text.split(), context.words.sets
    rest = words[_words_at_start(words, sets["ask wish"]) :]
    if len(rest) < len(words) and _words_at_start(rest, sets["ask object"]):
        return " ".join(rest), True
    return text, False


# ---- where to ----


def aim(phrase: str, context: Context) -> Target | None:
    """Find the time that the whole phrase names, or None when it names none."""
    if not _may_be_a_time(phrase, context):
        return None
    shifted = _shift(phrase, context) or _weeks_on(phrase, context)
    if shifted is not None:
        return shifted
    reading = read(phrase, replace(context.frame, bare_hours=True))
    if reading is None:
        return None
    target = _settled(reading, context)
    if target.doubt not in ("", "other"):
        return target
    return _halved(target, as_written(phrase, reading, context), context)


def _may_be_a_time(phrase: str, context: Context) -> bool:
    """Tell whether every longer word can stand in a time; most prose is let go here. Short ones may
    be zones."""
    known = context.words.time_words
    unknown = (word for word in phrase.split() if word not in known)
    return not any(_is_long(word) for word in unknown)


def _is_long(word: str) -> bool:
    """Tell whether it is a word of letters that is no zone and too long for one."""
    return len(word) > _ZONE_LETTERS and word.isalpha() and word not in _LONG_ZONES


_ZONE_LETTERS = 3


_LONG_ZONES = frozenset(each("mesz | cest | west | eest | aest | aedt"))


def _halved(target: Target, written: time | None, context: Context) -> Target:
    """Make a question of "Friday 3:00", with both hours where both are still to come."""
    if written is None:
        return target
    possible = not _impossible(replace(target, at=written), context)
    return replace(target, doubt="other", other=written if possible else None)


def _settled(reading: DateReading, context: Context) -> Target:
    """Make a time of the meeting of a reading: on the day of the meeting where none is named."""
    start = context.meeting_start
    day = reading.day or (start.date() if start is not None else None)
    if reading.zone:
        return _elsewhere(reading, day, context)
    if day is None:
        return Target(doubt="day")
    if reading.part and reading.at is None:
        return Target(day, time(_PART_HOURS[reading.part]), "part")
    if reading.day is None and reading.same_time:
        return Target(doubt="day")
    target = Target(day, reading.at, "" if reading.sure else "other")
    return replace(target, doubt=target.doubt or _impossible(target, context))


def _impossible(target: Target, context: Context) -> str:
    """Tell what is wrong with the time: "past", or the clocks skip it ("no_such_time") or show it
    "twice" that day; else ""."""
    at = target.at or (context.meeting_start.time() if context.meeting_start else time(23, 59))
    assert target.day is not None
    first = datetime.combine(target.day, at, context.now.tzinfo)
    second = first.replace(fold=1)
    if first.utcoffset() != second.utcoffset():
        there = first.astimezone(UTC).astimezone(context.now.tzinfo)
        return (
            "twice" if there.replace(tzinfo=None) == first.replace(tzinfo=None) else "no_such_time"
        )
    return "past" if first <= context.now else ""


def _shift(phrase: str, context: Context) -> Target | None:
    """Read "an hour later", "30 min earlier", "a week later": from the start of the meeting."""
    words = phrase.split()
    asks = context.words.asks
    for used in range(1, min(3, len(words))):
        for said, rest in ((words[-used:], words[:-used]), (words[:used], words[used:])):
            sense = asks.get(" ".join(said))
            amount = _amount(" ".join(rest), context) if sense in ("later", "earlier") else None
            if amount is not None:
                return _from_start(amount if sense == "later" else -amount, context)
    return None


def _from_start(amount: timedelta, context: Context) -> Target:
    """Find the time so much later than the start of the meeting."""
    if context.meeting_start is None:
        return Target(doubt="day")
    moved = context.meeting_start + amount
    return Target(moved.date(), moved.time(), "" if moved > context.now else "past")


def _amount(phrase: str, context: Context) -> timedelta | None:
    """Read "half an hour", "30 min", "2 weeks"."""
    if phrase in context.words.sets["ask half hour"]:
        return timedelta(minutes=30)
    match scan(phrase, context.words):
        case [DateToken("n", hours), DateToken("oclock", word=word)]:
            return timedelta(hours=hours) if word in _HOUR_WORDS else None
        case [DateToken("n", amount), DateToken("unit", unit)] if unit <= WEEK:
            return amount * _UNITS[unit]
        case _:
            return None


# o'clock and an hour are one word there
_HOUR_WORDS = everywhere.typed("dates", "hour_words")
_UNITS = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))


def _weeks_on(phrase: str, context: Context) -> Target | None:
    """Read "next week", "next week same time", "in two weeks": counted from the meeting, not from
    today."""
    weeks, start = _weeks(phrase, context), context.meeting_start
    if weeks is None:
        return None
    if start is None:
        return Target(doubt="day")
    this_week = _week(start.date()) == _week(context.now.date())
    return Target(start.date() + timedelta(weeks=weeks), None, "" if this_week else "which week")


def _weeks(phrase: str, context: Context) -> int | None:
    """Count the weeks: 1 of "next week", 2 of "in two weeks"."""
    kept = [token for token in scan(phrase, context.words) if token.kind not in _BESIDE_WEEKS]
    match [(token.kind, token.value) for token in kept]:
        case [("next", _), ("unit", unit)] | [("unit", unit), ("next", _)] if unit == WEEK:
            return 1
        case [("in", _), ("n", weeks), ("unit", unit)] if unit == WEEK:
            return weeks
        case _:
            return None


_BESIDE_WEEKS = frozenset({"same time", "on", "comma", "the"})


def _week(day: date) -> tuple[int, int]:
    """Number the week, with its year (ISO 8601)."""
    return day.isocalendar()[:2]


_ZONES = {
    "utc": "UTC",
    "gmt": "UTC",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "ct": "America/Chicago",
    "cdt": "America/Chicago",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "cet": "Europe/Berlin",
    "cest": "Europe/Berlin",
    "mez": "Europe/Berlin",
    "mesz": "Europe/Berlin",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "eet": "Europe/Helsinki",
    "jst": "Asia/Tokyo",
}
"""Only for the guess in the question; CST, IST and BST are two or three zones each and are not
guessed at."""


def _elsewhere(reading: DateReading, day: date | None, context: Context) -> Target:
    """Ask back about a time in another zone: it is never acted on. Where the zone is known the
    question names the time in the writer's."""
    zone = _ZONES.get(reading.zone)
    if zone is None or day is None or reading.at is None:
        return Target(doubt="zone")
    there = UTC if zone == "UTC" else ZoneInfo(zone)
    here = datetime.combine(day, reading.at, there).astimezone(context.now.tzinfo)
    return Target(here.date(), here.time(), "zone")
