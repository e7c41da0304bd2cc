"""Headings of our mails, in every language: what templates print and what people type above
their words. The words stand in the language files under [headings]."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat

from mailbot.languages.fold import fold
from mailbot.languages.load import ENGLISH, each, lexicon, lexicons


@cache
def printed(language: str) -> Mapping[str, str]:
    """Look up what our mails print in this language: key -> heading ("career" -> "Career")."""
    return {key: each(words)[0] for key, words in lexicon(language).headings.items()}


@cache
def languages_with_headings() -> frozenset[str]:
    """List the languages in which our mails can be printed: no heading is missing."""
    english = lexicon(ENGLISH).headings.keys()
    return frozenset(code for code, own in lexicons().items() if own.headings.keys() >= english)


@cache
def spellings() -> Mapping[str, str]:
    """Index every spelling, folded -> the key of its heading. English wins where languages share
    one."""
    return {_folded(spelling): key for spelling, key in _english_last()}


@cache
def _longest() -> int:
    """Count the characters of the longest heading, decoration included."""
    return 10 + max(len(spelling) for spelling, _ in _english_last())


def _english_last() -> Iterator[tuple[str, str]]:
    """List every spelling of every language, as it is written, with the key of its heading."""
    for own in reversed([*lexicons().values()]):
        for key, words in own.headings.items():
            yield from zip(each(words), repeat(key))


def _folded(text: str) -> str:
    """Fold a heading; blanks do not count."""
    return " ".join(fold(text).split())


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading that was found on a line, and the words that follow it on the same line."""

    key: str
    rest: str
    exact: bool  # nothing but the heading and its decoration


_DECORATION = "*_#=~`>:. \t\u00a0\u2014\u2013-[](){}•·■►▶➤→"
_PARTINGS = (":", "\uff1a", " - ", " – ", " — ", " -- ")


def read_heading(line: str) -> Headed | None:
    """Read `Career`, `*Career*`, `## Career`, `1. Career`, `Career:`, `career - text`, `Career:
    text`."""
    key = heading_alone(line)
    return Headed(key, "", exact=True) if key else _with_text(line.strip())


def heading_alone(line: str) -> str:
    """Find the key of a heading that stands alone on its line, or ""."""
    bare = line.strip()
    return spellings().get(_folded(_undecorated(bare)), "") if len(bare) <= _longest() else ""


def _undecorated(text: str) -> str:
    """Take bullets, stars and numbers off a heading."""
    return _NUMBER.sub("", text.strip(_DECORATION)).strip(_DECORATION)


_NUMBER = re.compile(r"\A\d{1,9}[.)]{1,3} ")


def _with_text(bare: str) -> Headed | None:
    """Read a heading, a colon or a dash between blanks, and words."""
    opening = bare[: _longest() + 4]
    for mark in filter(opening.__contains__, _PARTINGS):
        head, _, rest = bare.partition(mark)
        key = spellings().get(_folded(_undecorated(head)), "")
        if key and rest.strip():
            return Headed(key, rest.strip().lstrip("*_").strip(), exact=False)
    return None
