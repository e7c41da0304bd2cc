"""Tell a row that is there for a phone number, an address or a title from a sentence that
mentions one."""

from __future__ import annotations

import re

from mailbot.languages import everywhere

_DEPARTMENTS = frozenset(everywhere.written("signature", "departments"))
_TITLES = _DEPARTMENTS | frozenset(everywhere.written("signature", "titles"))
_CONTACTS = frozenset(everywhere.written("signature", "contacts"))
PARTICLES = frozenset(everywhere.written("signature", "particles"))
_STREETS = "|".join(
    (
        *map(re.escape, everywhere.written("signature", "streets")),
        *(rf"{word} " for word in everywhere.written("signature", "streets_before_name")),
    )
)

PHONE = re.compile(
    r"(?:\+|\(?0|\(\d)[\d\s().\-/]{6,20}\d|\d{3}[.\-\s]\d{3}[.\-\s]\d{4}|\d{2,5}-\d{2,4}-\d{3,4}"
)
POSTAL = re.compile(
    r"^(?:[A-Z]{1,2}-)?\d{4,5}\s\w|\b\d{5}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b|"
    rf"(?:{_STREETS})\b",
    re.IGNORECASE,
)
_LABELS = "|".join(sorted(map(re.escape, _CONTACTS)))
_CONTACT = re.compile(
    rf"\b(?:{_LABELS})\s{{0,3}}\.?\s{{0,2}}[:：]|\bwww\.|\bhttps?://|[^\s@]{{1,60}}@[^\s@]{{1,60}}\.\w{{2}}|^@\w{{2,30}}$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"<[^<>\s]{1,1000}>|\[[^\[\]]{1,400}\]|\([^()]{1,60}\)|(?:https?://|www\.)[^\s<>]{1,1000}|[^\s@]{1,60}@[^\s@]{1,100}"
)
_JOINTS = re.compile(r"[\s|/·•,;:()<>\[\]–—=*_\"“”-]{1,200}")
# particles and verbs are written in it, names and companies are not
_KANA = re.compile(r"[\u3041-\u3096]")
_SENTENCE_WORDS = 3  # so many words that are neither name nor label nor title say something


def has_contact(text: str) -> bool:
    """Tell whether the row holds a phone number, an address or a label of one?"""
    return PHONE.search(text) is not None or _CONTACT.search(text) is not None


def is_titled(text: str, *, jobs: bool = False) -> bool:
    """Tell whether a row is a job title, a department or a company, and little else.

    `jobs`: a department alone does not count.
    """
    parts = text.casefold().replace(",", " ").replace("/", " ").replace("|", " ").split()
    if len(parts) > 9:
        return False
    found = {part for each in parts for part in (each, each.strip(".()&*_")) if part in _TITLES}
    return bool(found - _DEPARTMENTS if jobs else found)


def words_beside(text: str) -> list[str]:
    """Return the words that stand beside the numbers, addresses and labels of a row."""
    rest = PHONE.sub(" ", _PLACE.sub(" ", text[:400]))
    return [word for word in _JOINTS.split(rest) if _says_something(word.strip("."))]


def _says_something(word: str) -> bool:
    return bool(word) and word.casefold() not in _CONTACTS


def says_more(text: str) -> bool:
    """Tell whether the row says something beside the contact it holds? Names, labels and titles say
    nothing."""
    words = [word.strip(".!?") for word in words_beside(text)]
    if _KANA.search("".join(words)):
        return True
    spoken = [word for word in words if _plain(word)]
    return len(spoken) >= _SENTENCE_WORDS


def _plain(word: str) -> bool:
    """Tell whether it is a word of a sentence: no capital, no figure, no title, and none of those
    that join names."""
    folded = word.casefold()
    lower = word[:1].isalpha() and not word[0].isupper()
    return lower and folded not in _TITLES and folded not in PARTICLES
