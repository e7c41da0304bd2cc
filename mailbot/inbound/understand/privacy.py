"""Lines for their author alone: `private: text`. Where there is a doubt, private wins."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import inf

from mailbot.inbound.understand.blocks import Block, BlockKind
from mailbot.inbound.understand.promises import promise_lead
from mailbot.inbound.understand.spelling import close_to
from mailbot.inbound.unquote.judged_rows import RowRule
from mailbot.inbound.unquote.lines import Line
from mailbot.languages import everywhere
from mailbot.languages.fold import fold

# every language for every reader: a word too many hides a line, a word too few shows it
_WORDS = everywhere.typed("typed", "private")
_UNMARKED = everywhere.typed("typed", "private_unmarked")
"""These hide a line without a colon behind them. The others have a second meaning ("özel":
special) and need a mark."""
_PHRASES = (6, 5, 4, 3, 2)  # words of a phrase that says private, the longest first
_BY_WORDS = {1: _WORDS} | {
    n: frozenset(word for word in _WORDS if word.count(" ") == n - 1) for n in _PHRASES
}
_OPENERS = frozenset(word.split()[0] for n in _PHRASES for word in _BY_WORDS[n])
_LEAD_CHARACTERS = 80
_OPENING = r"[\[(<{*_~`\"'“#/@|\s]{0,6}"
_CLOSING = r"[\])>}*_~`\"'”/|]{0,4}\s{0,3}([:：;,.–—-]|$)?"
_MORE = r"(?:[ \u00a0]{1,2}[^\W\d_]{1,20})"
_LEADS = {
    n: re.compile(rf"{_OPENING}([^\W\d_]{{2,20}}{_MORE * (n - 1)}){_CLOSING}") for n in _BY_WORDS
}
_MARKS = "*_~`\"'“”[]() \t\u00a0"
_COLON = re.compile("[:：]")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,40})[)\]]")
_PIECE = re.compile(r"\W")
_MOST = 200  # colons, or brackets; of a text with more, every word is compared as it is
_BRACKETED_WORDS = 3
_BEFORE_COLON = 60  # characters; no private word with its decoration is longer


@dataclass(frozen=True, slots=True)
class Lead:
    """A private word in front of a line, and what follows it."""

    rest: str  # without the word where a mark sets it off; else the line as it is
    alone: bool  # nothing follows: what stands below is private
    obeyed: bool = False  # "2 private:" is a command, and hides what stands below it all the same


def private_lead(text: str) -> Lead | None:
    """Tell whether the line begins with the word private. "private text" without a mark counts, and
    keeps its word."""
    one = _LEADS[1].match(text[:_LEAD_CHARACTERS])
    if one is None:
        return None
    first = fold(one[1])
    for n in _PHRASES if first in _OPENERS else ():
        found = _LEADS[n].match(text[:_LEAD_CHARACTERS])
        phrase = " ".join(fold(found[1]).split()) if found else ""
        if found and phrase in _BY_WORDS[n] and (lead := _led(text, found, phrase)):
            return lead
    return _led(text, one, first)


def _led(text: str, found: re.Match[str], word: str) -> Lead | None:
    """Make a lead of a word that is private, or a slip of one before a colon."""
    mark, rest = found[2], text[found.end() :].strip()
    set_off = _set_off(text, found)
    hides = set_off or not rest or word in _UNMARKED
    if hides and word in _WORDS:
        if mark is None and rest.isdecimal():
            return None  # "private 2" is about line 2
        bare = rest.lstrip(_MARKS + ":-–—")
        return Lead(bare if set_off else text.strip(), alone=not bare)
    if mark in (":", "：") and _is_slip(word):
        return Lead(text.strip() if rest else "", alone=not rest)
    return None


def _set_off(text: str, found: re.Match[str]) -> bool:
    """Tell whether a colon, a dash or brackets part the word from the rest."""
    return found[2] is not None or text[: found.end()].rstrip()[-1:] in "])>}*_/|"


def private_within(text: str) -> bool:
    """Find a private word before a colon, or in brackets, anywhere: "raise (private: ...)", "Salary
    (private)"."""
    colons, brackets = _first(_COLON, text), _first(_BRACKETS, text)
    if len(colons) > _MOST or len(brackets) > _MOST:
        return not _WORDS.isdisjoint(_PIECE.split(fold(text)))
    before = [text[max(0, colon.start() - _BEFORE_COLON) : colon.start()] for colon in colons]
    inside = [found[1] for found in brackets if len(found[1].split()) <= _BRACKETED_WORDS]
    return any(map(_is_private, before + inside))


def _first(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Find the first matches, one more than are looked at closely."""
    return list(islice(pattern.finditer(text), _MOST + 1))


def _is_private(text: str) -> bool:
    """Tell whether the last words are a private word, or a slip of one."""
    words = [word.strip(_MARKS + ".,;!-–—/") for word in fold(text).split()[-_PHRASES[0] :]]
    if not words or " ".join(words[-2:]) in _OTHERWISE:
        return False
    if any(" ".join(words[-n:]) in several for n, several in _BY_WORDS.items()):
        return True
    last = _PIECE.split(words[-1])[-1]
    return last in _WORDS or _ends_in_script(last) or _is_slip(last)


_OTHERWISE = everywhere.typed("typed", "not_private")


def _is_slip(word: str) -> bool:
    """Tell whether the word is a slip of a private one."""
    return close_to(word, _BY_LENGTH.get(len(word), ()), letters=_SHORTEST_SLIPPED)


_SHORTEST_SLIPPED = 6  # letters
_BY_LENGTH = {
    n: tuple(word for word in _WORDS if abs(len(word) - n) < 2)
    for n in range(_SHORTEST_SLIPPED - 1, 32)
}
_SCRIPTS = tuple(word for word in _WORDS if "\u3040" <= word[0] < "\uac00")


def _ends_in_script(word: str) -> bool:
    """Tell whether the word ends in a private one; Kana and Han are written without blanks."""
    return bool(word) and "\u3040" <= word[-1] < "\uac00" and word.endswith(_SCRIPTS)


@dataclass(frozen=True, slots=True)
class Owned:
    """A block and whether it is for its author alone."""

    block: Block
    private: bool


def owned(found: list[Block], ends: Sequence[int] = ()) -> list[Owned]:
    """Tell each block with its privacy, the word "private" taken off.

    A private line covers what stands below it up to the next heading of ours (`ends`: the runs
    that begin below one, in order), "shared:" or the end; what is nested under a private bullet
    is private, too.
    """
    result: list[Owned] = []
    covers: list[_Cover] = []
    for block in found:
        if covers and says_shared(block.text):
            covers, block = [], replace(block, text=_behind_colon(block.text))
        covers = [cover for cover in covers if _covers(cover, block)]
        lead = _lead_of(block)
        if not block.text:
            continue
        if lead is None:
            result.append(Owned(block, private=bool(covers)))
            continue
        if lead.rest:
            result.append(
                Owned(replace(block, text=lead.rest), private=bool(covers) or not lead.obeyed)
            )
        covers = [
            *covers[:_MOST_COVERS],
            _Cover(block, _end(block, ends), _reaches_on(block, lead)),
        ]
    return result


_MOST_COVERS = 7  # private lines below private lines; nobody nests deeper


@dataclass(frozen=True, slots=True)
class _Cover:
    """A private line and how far it reaches."""

    first: Block
    end: float  # the first run (Block.run) that lies beyond it
    onward: bool  # to the next heading of ours, not just over what hangs below it


def _end(block: Block, ends: Sequence[int]) -> float:
    """Find the first run below the next heading of ours."""
    at = bisect_right(ends, block.run)
    return ends[at] if at < len(ends) else inf


def _reaches_on(block: Block, lead: Lead) -> bool:
    """Tell whether what stands below is private, too: the word stands in front of it."""
    return lead.alone or private_lead(block.text) is not None


def _lead_of(block: Block) -> Lead | None:
    """Find the private word of a block, in front, behind "action:", or anywhere in it; the text
    stays whole where it does not stand in front."""
    if block.kind is BlockKind.CODE:
        led = any(private_lead(line) is not None for line in block.text.split("\n"))
        return Lead(block.text, alone=False) if led or private_within(block.text) else None
    return private_lead(block.text) or _behind_a_lead(block.text) or _inside(block.text)


def _behind_a_lead(text: str) -> Lead | None:
    """Read "action: private: text" """
    rest = promise_lead(text)
    lead = private_lead(rest) if rest else None
    if not rest or lead is None:
        return None
    head = text[: len(text.rstrip()) - len(rest)]
    return Lead(f"{head}{lead.rest}".strip(), lead.alone)


def _inside(text: str) -> Lead | None:
    """Make a lead of a private word that stands inside the text."""
    if not private_within(text):
        return None
    return Lead(
        text,
        alone=text.rstrip().endswith((":", "：")),
        obeyed=_ABOUT_A_LINE.fullmatch(text) is not None,
    )


# "2 private:" is a command
_ABOUT_A_LINE = re.compile(r"\s{0,3}#?\d{1,3}[.)]?\s{1,3}[^\W\d_]{3,20}:\s{0,3}")


def _covers(cover: _Cover, block: Block) -> bool:
    """Tell whether the block still belongs to what the private line made private.

    That is everything below it, across gaps, bullets and headings that its author typed; beside a
    private bullet only what hangs below it, beside a word inside a sentence the list under it.
    """
    first = cover.first
    if block.run >= cover.end:
        return False
    if cover.onward or _below(block, first):
        return True
    if block.run != first.run or block.heading != first.heading:
        return False
    bullet = block.kind is BlockKind.BULLET
    return bullet and not block.gap and first.kind is not BlockKind.BULLET


def ours(lines: Iterable[Line]) -> list[int]:
    """List the runs (Block.run) that begin below another heading of ours, in order: they end a
    private block."""
    run, last, found = 0, "", []
    for line in lines:
        if line.own or not line.text.strip():
            continue
        run += 1
        if line.rule is not RowRule.HEADING and line.heading != last:
            found.append(run)
        last = line.heading
    return found


def _behind_colon(text: str) -> str:
    return text.replace("：", ":").partition(":")[2].strip()


_SHARED = everywhere.typed("typed", "shared")


def says_shared(text: str) -> bool:
    """Tell whether the text begins by saying that both may read it: "shared: ..."."""
    word, colon, _ = text[:_LEAD_CHARACTERS].replace("：", ":").partition(":")
    return bool(colon) and fold(word).strip(_MARKS) in _SHARED


def _below(block: Block, bullet: Block) -> bool:
    """Tell whether the block hangs below the bullet."""
    nested = block.level > bullet.level
    return nested and bullet.kind is BlockKind.BULLET and block.kind is BlockKind.BULLET
