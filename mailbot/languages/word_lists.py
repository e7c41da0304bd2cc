"""How the tables of words by language are written down: phrases with bars between them, single
words with blanks."""

from __future__ import annotations

from collections.abc import Mapping


def phrases(text: str) -> tuple[str, ...]:
    """`best regards | cheers`, folded: lower case, one blank between words."""
    return tuple(" ".join(phrase.split()).casefold() for phrase in text.split("|"))


def names(text: str) -> frozenset[str]:
    """Words with blanks between them, folded."""
    return frozenset(text.casefold().split())


def every(table: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The phrases of all languages, each once."""
    return tuple(
        dict.fromkeys(phrase for phrases_of_one in table.values() for phrase in phrases_of_one)
    )
