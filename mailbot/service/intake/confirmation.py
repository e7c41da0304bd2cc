"""The answer to "was this you?": what its first words say. Nothing else in the mail can say yes."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

from mailbot.inbound.understand.small_talk import is_closing, is_greeting
from mailbot.inbound.unquote.lines import Reply
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
    """Whether a whole answer is nothing but "always", with or without a yes before it."""
    words = fold(text[:LONGEST]).replace(",", " ").strip(" .!").split()
    return bool(words) and " ".join(words[words[0] in _YES :]) in _ALWAYS


def first_word(reply: Reply, language: str) -> tuple[Word, Reply, str]:
    """What the first line of its own says, the reply without that line, and what stands beside a
    yes in it."""
    places = (
        n
        for n, line in enumerate(reply.lines)
        if line.own and line.text.strip() and not is_greeting(line.text)
    )
    place = next(places, None)
    if place is None:
        return Word.NONE, reply, ""
    line, words = reply.lines[place].text, vocabulary(language)
    word = _word(line[:LONGEST], words)
    beside = _beside(line, words) if word in (Word.YES, Word.ALWAYS) else ""
    return word, Reply(tuple(line for n, line in enumerate(reply.lines) if n != place)), beside


def _beside(line: str, words: Vocabulary) -> str:
    """ "yes, that was me, and please add the budget": from the first clause on that says more
    than yes and thanks."""
    seen = line[:LONGEST]
    cuts = [found.end() for found in _CLAUSE.finditer(seen)]
    for start, end in pairwise([*cuts, len(seen)]):
        clause = " ".join(fold(line[start:end]).strip(_EDGES + _CUTS).split())
        if clause and clause not in words.sets["yes"] | _ALWAYS and not is_closing(clause):
            return line[start:].strip()
    return line[LONGEST:].strip()


def _word(line: str, words: Vocabulary) -> Word:
    """The first clause whole ("that was me"), or a plain yes or no at its start ("no idea what
    this is")."""
    clauses = [" ".join(fold(part).strip(_EDGES).split()) for part in _CLAUSE.split(line)]
    clauses = [clause for clause in clauses if clause]
    if not clauses:
        return Word.UNCLEAR
    first, _, second = clauses[0].partition(" ")
    follows = second or next(iter(clauses[1:]), "")
    if clauses[0] in _ALWAYS or (
        first in _YES and (follows in _ALWAYS or follows.split(" ")[0] in _ALWAYS)
    ):
        return Word.ALWAYS
    if clauses[0] in words.sets["no"] or (first in _NO and clauses[0] not in words.sets["yes"]):
        return Word.NO
    return Word.YES if clauses[0] in words.sets["yes"] or first in _YES else Word.UNCLEAR
