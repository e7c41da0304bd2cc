"""Words written next to an action item of our mail: done, dropped, moved to a day, or a remark."""

from __future__ import annotations

import re
from datetime import date

from mailbot.inbound.understand.command_line import EDGES, tidy
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.dates.phrase import due
from mailbot.inbound.unquote.list_marks import BOX, SIGNS, TICKS
from mailbot.languages import everywhere
from mailbot.languages.fold import fold
from mailbot.meeting.said import Mark, Remarked, Said, SetDue, Verb

_LEAD = rf"[\s>{SIGNS}]{{0,6}}{BOX}?\s{{0,3}}"
_NUMBER = re.compile(rf"{_LEAD}#?(\d{{1,4}})[.):]?\s")
_BOX = re.compile(_LEAD)
_ASIDE = re.compile(r"\([^()]{0,80}\)\s{0,3}$")
_TICKED = re.compile(rf"\s{{0,3}}(?:\[[xX✓✔]\]|[{TICKS}👍]\ufe0f?|[xX](?=\s{{0,3}}$))")
_CLAUSES_CHARACTERS = 300
_CLAUSE_CHARACTERS = 120  # of the first clause
_SHORTEST = 8  # characters; a text cut shorter than that names no item


def item_above(near: str, context: Context) -> int | None:
    """Find the number of the open action item that this line of our mail shows, or None."""
    if not near or not context.actions:
        return None
    found = _NUMBER.match(f"{near} ")
    if found and any(int(found[1]) == number for number, _ in context.actions):
        return int(found[1])
    words = _words(_ASIDE.sub("", _BOX.sub("", near, count=1)))
    same = [number for number, text in context.actions if _same(words, _words(text))]
    return same[0] if len(same) == 1 else None


def topic_above(near: str, context: Context) -> str:
    """Find the words of the agenda line of ours that this is, or "": the name of one of the two
    closes it, in brackets."""
    found = _SIGNED.search(near[-_LONGEST_TAIL:]) if near.endswith(")") else None
    if found is None or context.role_of(found[1].partition(",")[0].strip()) is None:
        return ""
    signed = len(near[-_LONGEST_TAIL:]) - found.start()
    return _BOX.sub("", near[:-signed], count=1).strip().rstrip(":")


# "(Ana)", "(Ana, carried from 4 Mar)", as the agenda is signed
_SIGNED = re.compile(r"\(([^()]{1,80})\)$")
_LONGEST_TAIL = 90


def about_named(text: str, context: Context) -> tuple[Said, ...] | None:
    """Read what is said of an action item named in the person's own line: "[x] Send the numbers",
    "Send the numbers - done"."""
    ticked = _TICKED.match(text)
    if ticked:
        number = _named(text[ticked.end() :], context)
        return (Mark(Verb.DONE, (number,)),) if number is not None else None
    for parting in _PARTINGS:
        head, found, tail = text.rpartition(parting)
        number = _named(head, context) if found else None
        if number is not None and tail.strip():
            return beside(number, tail, context)
    return None


_PARTINGS = (" - ", " – ", " — ", ": ", " → ", " -> ")


def _named(text: str, context: Context) -> int | None:
    """Find the item with just these words: a text that begins so is about something else."""
    words = _words(text)
    same = [number for number, known in context.actions if words and words == _words(known)]
    return same[0] if len(same) == 1 else None


def _words(text: str) -> str:
    """Reduce the text to its words."""
    return " ".join(re.findall(r"\w+", fold(text[:300])))


def _same(one: str, other: str) -> bool:
    """Tell whether both are the same words, or the longer begins with the other."""
    if one == other:
        return True
    return min(len(one), len(other)) >= _SHORTEST and (
        one.startswith(other) or other.startswith(one)
    )


def beside(number: int, text: str, context: Context) -> tuple[Said, ...]:
    """Read what the words next to action item `number` say about it. Words that say more are kept
    as a remark."""
    ticked = _TICKED.match(text)
    if ticked is None:
        return _untold(number, text.strip(), context)
    done, rest = Mark(Verb.DONE, (number,)), text[ticked.end() :].strip()
    if not rest or _verb(tidy(rest, context), context):
        return (done,)
    return done, Remarked(number, rest)


def _untold(number: int, text: str, context: Context) -> tuple[Said, ...]:
    """Read what the words say where no box is ticked."""
    read = _state(number, text, context) or _new_day(number, text, context)
    return read or (Remarked(number, text),)


def _state(number: int, text: str, context: Context) -> tuple[Said, ...] | None:
    """Read done or dropped, by all words or by the first clause; "done, but ..." is neither."""
    verb = _verb(tidy(text, context), context)
    if verb:
        return (Mark(Verb(verb), (number,)),)
    head, rest = _first_clause(text)
    verb = _verb(tidy(head, context), context) if rest else ""
    if not verb or _hedged(rest, context):
        return None
    return Mark(Verb(verb), (number,)), Remarked(number, rest)


def _new_day(number: int, text: str, context: Context) -> tuple[Said, ...] | None:
    """Read "moved to next week", "waiting for Dana, will finish by Wednesday": the words stay
    unless they say only that."""
    clauses = [clause for clause in _CLAUSE.split(text[:_CLAUSES_CHARACTERS]) if clause.strip()]
    alone = len(clauses) == 1
    read = (_moved_to(tidy(clause, context), context, alone=alone) for clause in clauses)
    days = [day for day in read if day is not None]
    if len(days) != 1:
        return None
    due_then = SetDue(number, days[0])
    return (due_then,) if alone else (due_then, Remarked(number, text))


def _verb(plain: str, context: Context) -> str:
    """Find done or drop, alone or with the day it was done on."""
    near = context.words.near
    if plain in near:
        return near[plain]
    words = plain.split()
    for used in range(min(4, len(words) - 1), 0, -1):
        verb = near.get(" ".join(words[:used]).strip(EDGES), "")
        if verb and _is_day_said(" ".join(words[used:]), context):
            return verb
    return ""


def _is_day_said(phrase: str, context: Context) -> bool:
    """Tell whether the phrase is "on Friday", "last week", "yesterday": when it was done does not
    matter, only that nothing else is said."""
    if context.words.says_by(phrase.split()) or len(phrase) > 60:
        return False
    left = " ".join(word for word in phrase.split() if word not in _PAST)
    return left in _PAST_UNITS or not left or due(left, context.frame) is not None


_PAST = everywhere.typed("dates", "past")
_PAST_UNITS = everywhere.typed("dates", "past_units")
_CLAUSE = re.compile(r"[.!;:,]\s|\s[-–—]\s|\n|\s?\(")


def _first_clause(text: str) -> tuple[str, str]:
    """Split off the words up to the first stop: they, and what follows it."""
    found = _CLAUSE.search(text[:_CLAUSE_CHARACTERS])
    if found is None:
        return text, ""
    return text[: found.start()], text[found.end() - ("(" in found[0]) :].strip()


def _hedged(rest: str, context: Context) -> bool:
    """Tell whether "done" is taken back by what follows it."""
    return bool(
        {word.strip(EDGES + "()") for word in fold(rest[:200]).split()}
        & context.words.sets["hedges"]
    )


def _moved_to(plain: str, context: Context, *, alone: bool) -> date | None:
    """Find the day of "moved to next week", "by Friday", and of "Friday" where nothing else is
    said."""
    words = plain.split()
    for used in range(min(5, len(words) - 1), -1, -1):
        said, phrase = " ".join(words[:used]), " ".join(words[used:])
        moves = said in context.words.sets["near_move"]
        bare = not said and (alone or context.words.says_by(words))
        day = context.due(phrase) if moves or bare else None
        if day is not None:
            return day
    return None
