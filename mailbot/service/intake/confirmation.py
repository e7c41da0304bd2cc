"""The answer to "was this you?": what its first words say. Nothing else in the mail can say yes."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

from mailbot.inbound.understand.small_talk import is_closing, is_greeting
from mailbot.inbound.unquote.lines import Line, Reply
from mailbot.languages import everywhere
from mailbot.languages.fold import fold
from mailbot.languages.vocabulary import Vocabulary, vocabulary

LONGEST = 200  # characters of the line that are looked at
_ALWAYS = everywhere.typed("typed", "always")
_YES = everywhere.typed("typed", "plain_yes")
_NO = everywhere.typed("typed", "plain_no")
_EDGES = " *_>\"'"
_CUTS = ",.;:!?…()–—-"
_CLAUSE = re.compile(r"[,.;:!?…()–—]|\s-\s")


class Word(StrEnum):
    NONE = ""  # nothing was written
    YES = "yes"
    ALWAYS = "always"  # yes, and the address it came from is mine, too
    NO = "no"
    UNCLEAR = "unclear"


def is_always(text: str) -> bool:
    """Say whether a whole answer is nothing but "always", with or without a yes before it."""
    words = fold(text[:LONGEST]).replace(",", " ").strip(" .!").split()
    return bool(words) and " ".join(words[words[0] in _YES :]) in _ALWAYS


def first_word(reply: Reply, language: str) -> tuple[Word, Reply, str]:
    """Read what the first line of its own says; return it, the reply without that line, and what
    stands beside a yes in it."""
    place = next((n for n, line in enumerate(reply.lines) if says_something(line)), None)
    if place is None:
        return Word.NONE, reply, ""
    line, words = reply.lines[place].text, vocabulary(language)
    word = _word(line[:LONGEST], words)
    beside = _beside(line, words) if word in (Word.YES, Word.ALWAYS) else ""
    return word, Reply((*reply.lines[:place], *reply.lines[place + 1 :])), beside


def says_something(line: Line) -> bool:
    """Say whether a line is of the writer's own, and more than a greeting."""
    return line.own and bool(line.text.strip()) and not is_greeting(line.text)


def _beside(line: str, words: Vocabulary) -> str:
    """Find what else a line with a yes in it says: in "yes, that was me, and please add the
    budget", from the first clause on that says more than yes and thanks."""
    seen = line[:LONGEST]
    cuts = [found.end() for found in _CLAUSE.finditer(seen)]
    for start, end in pairwise([*cuts, len(seen)]):
        clause = " ".join(fold(line[start:end]).strip(_EDGES + _CUTS).split())
        if clause and clause not in words.sets["yes"] | _ALWAYS and not is_closing(clause):
            return line[start:].strip()
    return line[LONGEST:].strip()


def _word(line: str, words: Vocabulary) -> Word:
    """Read the first clause whole ("that was me"), or a plain yes or no at its start ("no idea what
    this is")."""
    clauses = _clauses(line)
    if not clauses:
        return Word.UNCLEAR
    whole = clauses[0]
    first = whole.partition(" ")[0]
    if _says_always(clauses):
        return Word.ALWAYS
    table = (
        (whole, words.sets["no"], Word.NO),
        (whole, words.sets["yes"], Word.YES),
        (first, _NO, Word.NO),
        (first, _YES, Word.YES),
    )
    return next((word for said, known, word in table if said in known), Word.UNCLEAR)


def _clauses(line: str) -> list[str]:
    """Cut a line at its commas and stops; fold each part and leave out the empty ones."""
    folded = (" ".join(fold(part).strip(_EDGES).split()) for part in _CLAUSE.split(line))
    return list(filter(None, folded))


def _says_always(clauses: list[str]) -> bool:
    """Recognise "always", or "yes" and then "always", in one clause or in two."""
    first, _, second = clauses[0].partition(" ")
    if clauses[0] in _ALWAYS:
        return True
    follows = second or next(iter(clauses[1:]), "")
    begins = follows.partition(" ")[0]
    return first in _YES and not _ALWAYS.isdisjoint((follows, begins))
