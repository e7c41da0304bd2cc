"""The words of all languages together, for what is read the same whoever writes: people greet in
languages they do not write their mails in, and mail programs speak the language of their owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailbot.languages.fold import fold, plain
from mailbot.languages.load import Words, each, lexicons


def typed(section: str, key: str) -> frozenset[str]:
    """Collect what people type under this key ("polite", "closings"), folded."""
    return frozenset(word for words in _all(section, key) for word in each(fold(words)))


def written(section: str, key: str) -> tuple[str, ...]:
    """Collect what programs write under this key, plain, each once."""
    return once(word for words in _all(section, key) for word in each(plain(words)))


def meanings(section: str, table: str) -> dict[str, str]:
    """Index what programs write, plain -> under which key of the table it stands ("subject")."""
    return {
        word: key
        for own in lexicons().values()
        for key, words in getattr(getattr(own, section), table).items()
        for word in each(plain(words))
    }


def verbatim(section: str, key: str) -> tuple[str, ...]:
    """Collect the words under this key with their capitals, each once."""
    return once(word for words in _all(section, key) for word in each(words))


def once(words: Iterable[str]) -> tuple[str, ...]:
    """Drop what is said twice; the order stays."""
    return tuple(dict.fromkeys(words))


def _all(section: str, key: str) -> Iterator[Words]:
    """List the strings under this key, English first."""
    for lexicon in lexicons().values():
        yield getattr(getattr(lexicon, section), key)
