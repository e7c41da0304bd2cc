"""The pieces of a date phrase: what each word is, before anybody asks what they mean together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from mailbot.languages.fold import fold
from mailbot.languages.load import each
from mailbot.languages.vocabulary import PIECE, DateToken, Vocabulary


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a phrase says. Days and times are those of the writer's zone."""

    day: date | None = None
    at: time | None = None
    part: str = ""  # "morning" | "afternoon" | "evening", where no hour is given
    same_time: bool = False
    zone: str = ""  # another zone was named: the time is not the writer's
    sure: bool = True  # False: there is a second way to read it
    other: date | None = None  # the second way

    @property
    def is_time(self) -> bool:
        """It is a time of day in the writer's zone, and nothing else."""
        if self.at is None or self.zone:
            return False
        return self.day is None and not self.same_time


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


YEARS = range(1900, 2200)
"""Years that a mail may speak of; the ends of the calendar break the arithmetic of zones."""


def kinds_of(tokens: Sequence[DateToken]) -> str:
    """List the kinds of the tokens in order: "next weekday"."""
    return " ".join(token.kind for token in tokens)


def scan(text: str, words: Vocabulary) -> list[DateToken]:
    """Cut the text into the pieces of a phrase, longest known spelling first; empty when one of
    them is no part of a date."""
    folded = fold(text)
    pieces = list(PIECE.finditer(folded))
    said = [piece[0] for piece in pieces]
    tokens: list[DateToken] = []
    at = 0
    while at < len(pieces):
        token, used = _longest(said, at, words) or (_literal(pieces[at]), 1)
        if token.kind == "?":
            return []
        tokens.append(token)
        at += used
    whole = len("".join(said).replace(" ", "")) == len("".join(folded.split()))
    return tokens if whole else []  # a character that belongs to no piece


def _longest(said: Sequence[str], at: int, words: Vocabulary) -> tuple[DateToken, int] | None:
    """Find the longest known spelling that begins here."""
    if said[at] not in words.date_openers:
        return None
    for used in range(min(words.longest_date, len(said) - at), 0, -1):
        token = words.dates.get(" ".join(said[at : at + used]))
        if token is not None:
            return token, used
    return None


def _literal(piece: re.Match[str]) -> DateToken:
    """Read a piece that is no known word: figures, a zone, a comma."""
    kind, word = piece.lastgroup or "?", piece[0]
    match kind:
        case "number":
            return _number(word)
        case "ordinal":
            return DateToken("ordinal", int("".join(c for c in word if c.isdecimal())), word)
        case "iso" | "slash" | "dashed" | "dotted" | "clock":
            return DateToken(kind, 0, word)
        case "word" if word in _ZONES:
            return DateToken("zone", 0, word)
        case "mark" if word in ",()-–":
            return DateToken("comma", 0, word)
        case _:
            return DateToken("?")


def _number(word: str) -> DateToken:
    """Read figures: four digits are a year, fewer are a number."""
    if len(word) < _YEAR_DIGITS:
        return DateToken("n", int(word), word)
    return DateToken("year" if int(word) in YEARS else "?", int(word), word)


_YEAR_DIGITS = 4
_ZONES = frozenset(
    each(
        """
    utc | gmt | et | est | edt | ct | cst | cdt | mt | mst | mdt | pt | pst | pdt | bst |
    ist | cet | cest | mez | mesz | wet | west | eet | eest | jst | aest | aedt | msk | sgt |
    hkt
    """
    )
)
