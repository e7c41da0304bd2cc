"""What a line says about numbered action items: `done 3 5`, `3 by Friday`, `3 @ben`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.inbound.understand.command_line import EDGES, Answer, Plain, trailing
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.spelling import nearest
from mailbot.meeting.said import Mark, Problem, Reason, Said, SetDue, SetOwner, Verb

_MARKS = frozenset(verb.value for verb in Verb)
_NUMBER = re.compile(r"#?(\d{1,4})[.):]?")
_NUMBER_WORDS = 6  # more are prose
_ABOUT = re.compile(r"#?(\d{1,4})[.):]? (.+)")


def mark(plain: Plain, context: Context) -> Answer:
    """Read `done 3 5`, `3 done`, `drop #3`, and what comes near: "don 3", "done three", "done 3 and
    maybe 5"."""
    verb, rest = plain.verb, plain.rest
    if verb not in _MARKS:
        verb, rest = trailing(plain.text, context, _MARKS)
    if not verb:
        return None
    if not rest:
        return _numberless(plain, verb, context)
    found = numbers(rest, context)
    return (Mark(Verb(verb), found),) if found else _near(plain, verb, rest, context)


def numbers(text: str, context: Context) -> tuple[int, ...] | None:
    """Find the numbers of "3 5", "3, 5 and #7"; None where other words stand beside them."""
    joins = context.words.sets["conjunctions"]
    pieces = text.replace(",", " ").replace("&", " ").split()
    found = [_NUMBER.fullmatch(piece) for piece in pieces if piece not in joins]
    if not found or not all(found):
        return None
    return tuple(dict.fromkeys(int(match[1]) for match in found if match))


def _guessable(verb: str, found: Iterable[int], context: Context) -> list[int]:
    """Find the numbers for which the verb would do something: done and drop of an open item, reopen
    of a closed one."""
    fits = (lambda number: number in context.closed) if verb == Verb.REOPEN else context.is_open
    return [number for number in dict.fromkeys(found) if fits(number)]


def _numberless(plain: Plain, verb: str, context: Context) -> Answer:
    """Ask which one is meant by "done" alone."""
    if plain.bulleted or plain.headed:
        return None
    meant = _guessable(verb, (number for number, _ in context.actions), context)
    return (Problem(plain.line, f"{verb} {meant[0]}"),) if meant else None


def _near(plain: Plain, verb: str, rest: str, context: Context) -> Answer:
    """Ask where the verb is right and more than numbers follow. A guess is worth a question when
    it names what is open."""
    words = [word.strip(EDGES + "#()") for word in rest.replace("-", " ").split()]
    said = [_spoken(word, context) for word in words]
    joins = context.words.sets["conjunctions"]
    only = all(number or word in joins for number, word in zip(said, words, strict=True))
    meant = _guessable(verb, said, context)
    prose = len(words) > _NUMBER_WORDS or (plain.bulleted and not only)
    if prose or not meant or not said[0]:
        return None
    return (Problem(plain.line, f"{verb} {_listed(meant)}"),)


def _spoken(word: str, context: Context) -> int:
    """Find 3 of "3" and of "three"; 0 of anything else."""
    token = context.words.dates.get(word)
    if word.isdecimal():
        return int(word) if len(word) < 5 else 0
    return token.value if token is not None and token.kind == "n" else 0


def _listed(found: Iterable[int]) -> str:
    return " ".join(map(str, found))


def misspelt_mark(plain: Plain, context: Context) -> Answer:
    """Guess at "don 3": one slip, and then only numbers."""
    first, _, rest = plain.text.partition(" ")
    if not rest or not rest.lstrip("#")[:1].isdecimal():
        return None
    found = numbers(rest, context)
    known = (word for verb in _MARKS for word in context.words.one_word.get(verb, ()))
    guess = nearest(first, known, letters=4) if found else ""
    verb = context.words.verbs.get(guess, "")
    meant = _guessable(verb, found or (), context) if guess else []
    return (Problem(plain.line, f"{verb} {_listed(meant)}"),) if meant else None


def about(plain: Plain, context: Context) -> Answer:
    """Read `3 by Friday`, `3 @ben`, and both in one line."""
    found = _ABOUT.fullmatch(plain.text)
    if found is None:
        return None
    number = int(found[1])
    owner, rest = _owner(found[2])
    said: list[Said] = []
    if owner:
        role = context.role_of(owner)
        if role is None:
            return _unknown_owner(plain, number, context)
        said.append(SetOwner(number, role))
    if rest:
        day = context.due(rest) if context.words.says_by(rest.split()) else None
        if day is None:
            return _unclear_day(plain, number, rest, context)
        said.append(SetDue(number, day))
    return tuple(said) or None


def _owner(rest: str) -> tuple[str, str]:
    words = rest.split()
    owners = [word for word in words if word.startswith("@") and len(word) > 1]
    if len(owners) != 1:
        return "", rest
    return owners[0][1:].strip(EDGES), " ".join(word for word in words if word != owners[0])


def _unknown_owner(plain: Plain, number: int, context: Context) -> Answer:
    other = next(
        (name for name, role in context.names if role is context.writer.other and " " not in name),
        "",
    )
    return (
        (Problem(plain.line, f"{number} @{other}"),) if other and context.is_open(number) else None
    )


def _unclear_day(plain: Plain, number: int, rest: str, context: Context) -> Answer:
    words = rest.split()
    by = context.words.says_by(words, frozenset({"by"}))
    if not by or len(words) > 3 or not context.is_open(number):
        return None
    return (Problem(plain.line, f"{number} by Friday", Reason.DATE),)
