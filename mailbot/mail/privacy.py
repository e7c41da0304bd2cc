"""Lines for their author alone: `private: text`. Where there is a doubt, private wins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mailbot.mail.blocks import Block
from mailbot.mail.lexicon import everywhere, fold, spellings
from mailbot.mail.spelling import close_to

_WORDS = everywhere("private")  # every language for every reader: a word too many hides a line, a word too few shows it
_UNMARKED = frozenset(
    spellings(
        "private|privately|confidential|privat|vertraulich|privé|privée|confidentiel|privado|privada|confidencial"
        "|privato|privata|riservato|riservata"
    )
)
"""These hide a line without a colon behind them. The others have a second meaning ("özel": special) and need a mark."""
_LEAD_CHARACTERS = 40
_LEAD = re.compile(r"[\[(*_~`\"'“\s]{0,6}([^\W\d_]{2,20})[\])*_~`\"'”]{0,4}\s{0,3}([:：;,.–—-]|$)?")
_MARKS = "*_~`\"'“”[]() \t\u00a0"
_TRAILING = re.compile(r"[\s,;–—-]{0,4}[(\[](?:strictly )?([^\W\d_]{3,20})[)\]][\s.!]{0,4}$")


@dataclass(frozen=True, slots=True)
class Lead:
    """A private word in front of a line, and what follows it."""

    rest: str  # without the word where a mark sets it off; else the line as it is
    alone: bool  # nothing follows: what stands below is private


def private_lead(text: str) -> Lead | None:
    """Whether the line begins with the word private. "private text" without a mark counts, and keeps its word."""
    found = _LEAD.match(text[: _LEAD_CHARACTERS * 2])
    if found is None:
        return None
    word, mark = fold(found[1]), found[2]
    rest = text[found.end() :].strip()
    if word in _WORDS and (_set_off(text, found) or not rest or word in _UNMARKED):
        if mark is None and rest.isdecimal():
            return None  # "private 2" is about line 2
        bare = rest.lstrip(_MARKS + ":-–—")
        return Lead(bare if _set_off(text, found) else text.strip(), alone=not bare)
    if mark in (":", "：") and close_to(word, _WORDS, letters=6):
        return Lead(text.strip() if rest else rest, alone=not rest)
    return None


def _set_off(text: str, found: re.Match[str]) -> bool:
    """Whether a colon, a dash or brackets part the word from the rest."""
    return found[2] is not None or text[: found.end()].rstrip()[-1:] in "])*_"


def private_tail(text: str) -> bool:
    """ "Salary (private)" """
    found = _TRAILING.search(text[-60:])
    return found is not None and fold(found[1]) in _WORDS


@dataclass(frozen=True, slots=True)
class Owned:
    """A block and whether it is for its author alone."""

    block: Block
    private: bool


def owned(found: list[Block]) -> list[Owned]:
    """Each block with its privacy, the word "private" taken off.

    A private line alone covers what stands below it: up to the next blank line, or the whole list if a list follows.
    What is nested under a private bullet is private, and so is the list that a private line introduces.
    """
    result: list[Owned] = []
    cover: _Cover | None = None
    for block in found:
        lead = _lead_of(block)
        if lead is not None:
            cover = _Cover(block, lead.alone, block)
            if lead.rest:
                result.append(Owned(replace(block, text=lead.rest), private=True))
            continue
        cover = replace(cover, last=block) if cover is not None and _covers(cover, block) else None
        result.append(Owned(block, private=cover is not None or private_tail(block.text)))
    return result


@dataclass(frozen=True, slots=True)
class _Cover:
    """A private line and how far it reaches."""

    first: Block
    alone: bool  # it says nothing but "private:"
    last: Block  # the block that it covered last


def _lead_of(block: Block) -> Lead | None:
    if block.kind != "code":
        return private_lead(block.text)
    hidden = any(private_lead(line) is not None for line in block.text.split("\n"))
    return Lead(block.text, alone=False) if hidden else None


def _covers(cover: _Cover, block: Block) -> bool:
    """Whether the block still belongs to what the private line made private."""
    first, last = cover.first, cover.last
    if block.run != first.run or block.heading != first.heading:
        return False
    if first.kind == "bullet" and block.kind == "bullet" and block.level > first.level:
        return True
    if not cover.alone:
        return first.kind != "bullet" and block.kind == "bullet" and not block.gap
    if last is first:
        return True
    nested = first.kind == "bullet" and last.level > first.level
    return not nested and (not block.gap or block.kind == last.kind == "bullet")
