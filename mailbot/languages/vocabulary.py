"""What one person types, as tables to look up: English and the language they read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import attrgetter, itemgetter

from mailbot.languages.fold import fold
from mailbot.languages.load import ENGLISH, Lexicon, Words, each, lexicon

PIECE = re.compile(
    r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?(?![\d/]))"
    r"|(?P<dashed>\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?!\d))"
    r"|(?P<dotted>\d{1,2}\. ?\d{1,2}\.(?: ?(?:\d{4}|\d{2})(?![\d:]))?)"
    r"|(?P<clock>\d{1,2}(?:[:h.])\d{2}(?::\d{2})?(?!\d))"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|er|re|º|ª|°|\.)(?![\w]))"
    r"|(?P<number>\d{1,4})"
    r"|(?P<word>[^\W\d_]{1,30}(?:'[^\W\d_]{1,30})?'?)"
    r"|(?P<mark>[^\w\s])",
)
"""One piece of a phrase. Every alternative is bounded, so that scanning a line costs its length."""


def key(phrase: str) -> str:
    """Write a phrase as the scanner of dates sees it: its pieces with one blank between them."""
    return " ".join(piece[0] for piece in PIECE.finditer(fold(phrase)))


@dataclass(frozen=True, slots=True)
class DateToken:
    """A piece of a date phrase: what kind of word it is, and its value where it has one."""

    kind: str
    value: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """English and one more language, as tables. Every key is folded."""

    dates: Mapping[str, DateToken]  # by `key`
    longest_date: int  # pieces in the longest key of `dates`
    date_openers: frozenset[str]  # the first piece of each
    time_words: frozenset[str]  # each word that can stand in "half an hour later", "at noon"
    verbs: Mapping[str, str]  # "mark as done" -> "done"
    cadence: Mapping[str, str]
    every_day: Mapping[str, int]  # "tuesdays" -> 1
    near: Mapping[str, str]  # "did it" -> "done"
    asks: Mapping[str, str]  # "later" -> "later", "plus tôt" -> "earlier"
    sets: Mapping[str, frozenset[str]]  # key of [typed] or [polite] -> its spellings
    openers: frozenset[str]  # every word with which a command can begin
    cadence_openers: frozenset[str]  # or a part of "every 2 weeks, Tuesdays 10:00"
    one_word: Mapping[str, tuple[str, ...]]  # command -> its spellings of one word

    def says_by(
        self, words: Sequence[str], kinds: frozenset[str] = frozenset({"by", "in"})
    ) -> bool:
        """Tell whether the folded words begin with "by", "until", "no later than", "within" ..."""
        tokens = (self.dates.get(" ".join(words[:used])) for used in (3, 2, 1))
        return any(token is not None and token.kind in kinds for token in tokens)


_TYPED = each(
    """
    next_meeting | until | conjunctions | please | yes | no | happened | missed | because |
    this_time | softeners | nothing | private | promise | will | i_will | near_move | hedges |
    away | back
    """
)
_ASKS = each("lead | fill | tail | after | wish | object | half hour")
_SHIFTS = frozenset({"later", "earlier", "half hour"})
_OPENING = itemgetter(
    *each(
        """
        yes | no | happened | missed | softeners | courtesies | ask lead | ask wish |
        ask half hour
        """
    )
)
"""Sets whose words begin a command."""
_UNITS = {"minute": 0, "hour": 1, "day": 2, "week": 3, "month": 4, "quarter": 5, "year": 6}
_VALUES = _UNITS | {"noon": 12, "midnight": 0, "morning": 0, "afternoon": 1, "evening": 2}
_CADENCE_KINDS = frozenset(
    {"weekday", "at", "fixed", "n", "half", "half past", "quarter past", "quarter to"}
)
_QUARTERS = {f"q {number}": DateToken("q", number) for number in (1, 2, 3, 4)}


def vocabulary(language: str) -> Vocabulary:
    """Look up the tables of this language ("de", "de-AT"), English among them; English alone for
    one without a file."""
    try:
        return _tables(lexicon(language).code)
    except KeyError:
        return _tables(ENGLISH)


@lru_cache(maxsize=64)
def _tables(code: str) -> Vocabulary:
    """Make the tables of one language and English."""
    both = tuple(map(lexicon, dict.fromkeys((ENGLISH, code))))
    dates = dict(chain(*map(_dates, both))) | _QUARTERS
    verbs, cadence = _meanings(both, "typed.verbs"), _meanings(both, "typed.cadence")
    asks, near = _meanings(both, "typed.asks"), _near(both)
    every_day, sets = _every_day(both), _sets(both)
    shifts = [word for word, meant in asks.items() if meant in _SHIFTS]
    timed = [word for word, token in dates.items() if token.kind in _CADENCE_KINDS]
    return Vocabulary(
        dates=dates,
        longest_date=max(phrase.count(" ") for phrase in dates) + 1,
        date_openers=_openers(dates),
        time_words=frozenset(" ".join([*dates, *shifts]).split()),
        verbs=verbs,
        cadence=cadence,
        every_day=every_day,
        near=near,
        asks=asks,
        sets=sets,
        openers=_openers(verbs, cadence, every_day, dates, *_OPENING(sets)),
        cadence_openers=_openers(cadence, every_day, sets["ask half hour"], timed),
        one_word=_one_word(verbs),
    )


def _meanings(both: Iterable[Lexicon], table: str) -> dict[str, str]:
    """Index the spellings of a table ("typed.verbs"): which key each means. The other language wins
    where English shares a word."""
    meanings = chain.from_iterable(attrgetter(table)(own).items() for own in both)
    return {word: meaning for meaning, words in meanings for word in each(fold(words))}


def _near(both: Iterable[Lexicon]) -> dict[str, str]:
    """Index what is typed next to an action item: done wins where a word says both."""
    found: dict[str, str] = {}
    for own in both:
        found |= dict.fromkeys(each(fold(own.typed.near_drop)), "drop")
        found |= dict.fromkeys(each(fold(own.typed.near_done)), "done")
    return found


def _every_day(both: Iterable[Lexicon]) -> dict[str, int]:
    """Index the words for "every Tuesday"."""
    numbered = chain.from_iterable(enumerate(own.dates.weekly_days) for own in both)
    return {word: day for day, words in numbered for word in each(fold(words))}


def _sets(both: Iterable[Lexicon]) -> dict[str, frozenset[str]]:
    """Collect the words that are looked up by themselves, of all the languages together."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for name, words in chain.from_iterable(map(_named, both)):
        found[name] |= frozenset(each(fold(words)))
    return dict(found)


def _named(own: Lexicon) -> Iterable[tuple[str, Words]]:
    """List the strings of one language that become sets, by the names of these."""
    yield "courtesies", own.polite.courtesies
    yield from ((name, getattr(own.typed, name)) for name in _TYPED)
    yield from ((f"ask {part}", own.typed.asks.get(part, "")) for part in _ASKS)


def _one_word(verbs: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """List for each command its spellings of one word, for guessing at slips."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(verbs.values(), ())
    for word, verb in verbs.items():
        if " " not in word:
            found[verb] += (word,)
    return found


def _openers(*tables: Iterable[str]) -> frozenset[str]:
    """Collect the first words."""
    return frozenset(phrase.split()[0] for phrase in chain(*tables))


def _dates(own: Lexicon) -> Iterable[tuple[str, DateToken]]:
    """List the keys of the date words of one language, with their tokens."""
    words = own.dates
    for number, spellings in enumerate(words.numbers, 1):
        yield from _tokens(spellings, "n", number)
    for kind, spellings in words.words.items():
        name, _, value = kind.partition(" ")
        yield from _tokens(spellings, name if value in _VALUES else kind, _VALUES.get(value, 0))
    for number, spellings in enumerate(words.months, 1):
        yield from _tokens(spellings, "month", number)
    for number, spellings in enumerate(words.weekdays):
        yield from _tokens(spellings, "weekday", number)


def _tokens(words: Words, kind: str, value: int) -> Iterable[tuple[str, DateToken]]:
    """List the spellings of one word, with their tokens."""
    return ((key(word), DateToken(kind, value, word)) for word in each(fold(words)))
