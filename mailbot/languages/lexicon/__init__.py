"""The words people use, by language, and the tables that are made of them: English and the language of the reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailbot.languages.lexicon.de import DE
from mailbot.languages.lexicon.elsewhere import ELSEWHERE
from mailbot.languages.lexicon.en import EN
from mailbot.languages.lexicon.entry import Lexicon
from mailbot.languages.lexicon.es import ES
from mailbot.languages.lexicon.fr import FR
from mailbot.languages.lexicon.it import IT
from mailbot.languages.lexicon.nl import NL
from mailbot.languages.lexicon.pt import PT
from mailbot.languages.lexicon.vi import VI

LEXICONS: Mapping[str, Lexicon] = {
    "en": EN,
    "de": DE,
    "fr": FR,
    "es": ES,
    "pt": PT,
    "it": IT,
    "nl": NL,
    "vi": VI,
}

_LOOKALIKES = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "Đ": "d", "đ": "d", "\u00a0": " "}
)

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


def fold(text: str) -> str:
    """The form in which words are compared: case, accents and the kind of apostrophe do not count."""
    if text.isascii():
        return text.lower().replace("`", "'")
    plain = unicodedata.normalize("NFKD", text.translate(_LOOKALIKES).casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def spellings(words: str) -> Iterable[str]:
    """The folded spellings of one entry."""
    return (fold(word.strip()) for word in words.split("|") if word.strip())


def key(phrase: str) -> str:
    """A phrase as the scanner of dates sees it: its pieces with one blank between them."""
    return " ".join(piece[0] for piece in PIECE.finditer(fold(phrase)))


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a date phrase: what kind of word it is, and its value where it has one."""

    kind: str
    value: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class Tongue:
    """English and one more language, as tables. Every key is folded."""

    dates: Mapping[str, Token]  # by `key`
    longest_date: int  # pieces in the longest key of `dates`
    date_openers: frozenset[str]  # the first piece of each
    time_words: frozenset[
        str
    ]  # every word that can stand in "tomorrow at noon" or "half an hour later"
    verbs: Mapping[str, str]  # "mark as done" -> "done"
    cadence: Mapping[str, str]
    every_day: Mapping[str, int]  # "tuesdays" -> 1
    near: Mapping[str, str]  # "did it" -> "done"
    asks: Mapping[str, str]  # "later" -> "later", "plus tôt" -> "earlier"
    sets: Mapping[str, frozenset[str]]  # field of Lexicon -> its spellings
    openers: frozenset[str]  # every word with which a command can begin
    cadence_openers: frozenset[
        str
    ]  # and every one with which a part of "every 2 weeks, Tuesdays 10:00" can
    one_word: Mapping[
        str, tuple[str, ...]
    ]  # command -> its spellings of one word, for guessing at slips

    def says_by(
        self, words: Sequence[str], kinds: frozenset[str] = frozenset({"by", "in"})
    ) -> bool:
        """Whether the folded words begin with "by", "until", "bis", "no later than", "within" ..."""
        tokens = (self.dates.get(" ".join(words[:used])) for used in (3, 2, 1))
        return any(token is not None and token.kind in kinds for token in tokens)


_SETS = (
    "next_meeting",
    "until",
    "conjunctions",
    "please",
    "yes",
    "no",
    "happened",
    "missed",
    "because",
    "this_time",
    "softeners",
    "greetings",
    "closings",
    "courtesies",
    "nothing",
    "private",
    "promise",
    "will",
    "i_will",
    "near_move",
    "hedges",
    "away",
    "back",
)
_UNITS = {"minute": 0, "hour": 1, "day": 2, "week": 3, "month": 4, "quarter": 5, "year": 6}
_VALUES = _UNITS | {"noon": 12, "midnight": 0, "morning": 0, "afternoon": 1, "evening": 2}


@lru_cache(maxsize=64)
def tongue(language: str) -> Tongue:
    """The tables for this language ("de", "de-AT"), English among them. An unknown language is English."""
    own = LEXICONS.get(language.lower().replace("_", "-").split("-")[0], EN)
    both = (EN, own) if own is not EN else (EN,)
    dates = {k: token for lexicon in both for k, token in _dates(lexicon)}
    dates |= {f"q {number}": Token("q", number) for number in (1, 2, 3, 4)}
    verbs, cadence, sets = _pairs(both, "verbs"), _pairs(both, "cadence"), _sets(both)
    every_day = {
        word: day
        for lexicon in both
        for day, w in enumerate(lexicon.weekly_days)
        for word in spellings(w)
    }
    return Tongue(
        dates=dates,
        longest_date=max(k.count(" ") + 1 for k in dates),
        date_openers=_openers(dates),
        time_words=frozenset(
            word for phrase in (*dates, *_shifts(both)) for word in phrase.split()
        ),
        verbs=verbs,
        cadence=cadence,
        every_day=every_day,
        near={
            word: verb
            for lexicon in both
            for verb in ("drop", "done")
            for word in spellings(getattr(lexicon, f"near_{verb}"))
        },
        asks=_pairs(both, "asks"),
        sets=sets,
        openers=_openers(verbs, cadence, every_day, dates, *(sets[name] for name in _OPENING)),
        cadence_openers=_openers(
            cadence, every_day, sets["ask half hour"], *_of_kinds(dates, _CADENCE_KINDS)
        ),
        one_word={verb: _one_word(verbs, verb) for verb in set(verbs.values())},
    )


def _sets(both: Iterable[Lexicon]) -> dict[str, frozenset[str]]:
    plain = {
        name: frozenset(word for lexicon in both for word in spellings(getattr(lexicon, name)))
        for name in _SETS
    }
    asks = {
        f"ask {part}": frozenset(
            word for lexicon in both for word in spellings(lexicon.asks.get(part, ""))
        )
        for part in ("lead", "fill", "tail", "after", "wish", "object", "half hour")
    }
    return plain | asks


def _shifts(both: Iterable[Lexicon]) -> Iterable[str]:
    """ "later", "earlier", "half an hour" """
    kinds = ("later", "earlier", "half hour")
    return (
        word for lexicon in both for kind in kinds for word in spellings(lexicon.asks.get(kind, ""))
    )


def _one_word(verbs: Mapping[str, str], verb: str) -> tuple[str, ...]:
    return tuple(word for word, meant in verbs.items() if meant == verb and " " not in word)


def _of_kinds(dates: Mapping[str, Token], kinds: frozenset[str]) -> Iterable[Iterable[str]]:
    yield (word for word, token in dates.items() if token.kind in kinds)


_CADENCE_KINDS = frozenset(
    {"weekday", "at", "fixed", "n", "half", "half past", "quarter past", "quarter to"}
)
_OPENING = (
    "yes",
    "no",
    "happened",
    "missed",
    "softeners",
    "courtesies",
    "ask lead",
    "ask wish",
    "ask half hour",
)


def _openers(*tables: Iterable[str]) -> frozenset[str]:
    return frozenset(phrase.split()[0] for table in tables for phrase in table)


def everywhere(field: str) -> frozenset[str]:
    """The spellings of one field in every language: where a doubt must fall to one side whoever writes."""
    known = (*LEXICONS.values(), *ELSEWHERE.values())
    return frozenset(word for lexicon in known for word in spellings(getattr(lexicon, field)))


def _pairs(both: Iterable[Lexicon], field: str) -> dict[str, str]:
    return {
        word: meaning
        for lexicon in both
        for meaning, words in getattr(lexicon, field).items()
        for word in spellings(words)
    }


def _dates(lexicon: Lexicon) -> Iterable[tuple[str, Token]]:
    for number, words in enumerate(lexicon.numbers, 1):
        yield from _tokens(words, "n", number)
    for kind, words in lexicon.dates.items():
        name, _, value = kind.partition(" ")
        yield from _tokens(words, name if value in _VALUES else kind, _VALUES.get(value, 0))
    for number, words in enumerate(lexicon.months, 1):
        yield from _tokens(words, "month", number)
    for number, words in enumerate(lexicon.weekdays):
        yield from _tokens(words, "weekday", number)


def _tokens(words: str, kind: str, value: int) -> Iterable[tuple[str, Token]]:
    return ((key(word), Token(kind, value, word)) for word in spellings(words))
