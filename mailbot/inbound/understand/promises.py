"""Action items as people write them: who will do what, until when. What is not clear is left
open, words and all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from mailbot.inbound.understand.command_line import EDGES
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.dates.phrase import when
from mailbot.languages import everywhere
from mailbot.languages.fold import fold
from mailbot.meeting.model import Role
from mailbot.meeting.said import Promised

_LEAD_CHARACTERS = 40  # "action item (Ben):" is not longer
_TAIL_WORDS = 9  # no due date is longer, "by" included
_TAIL_CHARACTERS = 120
_PROMISE = everywhere.typed("typed", "promise")
_NAME_WORDS = 3
_COLON = re.compile("[:：]")


def promise_lead(text: str) -> str | None:
    """Find what follows "action:", "AI:", "todo:", in any language; None when nothing of the kind
    stands in front."""
    head, mark, rest = _before_colon(text)
    return rest if mark and fold(head).strip(EDGES + "[]()") in _PROMISE else None


def _before_colon(text: str) -> tuple[str, str, str]:
    """Split at the first colon: what stands before it, the colon, the rest."""
    found = _COLON.search(text, 0, _LEAD_CHARACTERS)
    return (text[: found.start()], ":", text[found.end() :].strip()) if found else (text, "", "")


def promised(text: str, context: Context, owner: Role | None, *, private: bool = False) -> Promised:
    """Read the action item that the text states. `owner`: whom the heading names. A private one
    keeps all its words: it is a note to oneself, where nothing but the text is shown."""
    named, rest = None, text
    if len(_mentions(text, context)) < 2:
        named, rest = _owner(text, context)
    if named is None:
        named, rest = _mentioned(rest, context)
    bare, day = _due(rest, context)
    if named is None:
        named, bare = _mentioned(bare, context)
    return Promised(text if private else bare, named or owner, day, private)


# ---- who ----


def _owner(text: str, context: Context) -> tuple[Role | None, str]:
    """Take the owner off the start: "@ben text", "Ben to text", "Ben: text", "I will text"."""
    words = text.split(maxsplit=_NAME_WORDS + 4)
    for role, used in _named(words, context):
        rest = text.split(maxsplit=used)
        return (role, rest[used]) if len(rest) > used else (None, text)
    return None, text


def _named(words: list[str], context: Context) -> Iterator[tuple[Role, int]]:
    """List each way in which the first words name an owner: whom, and how many words that takes."""
    mentioned = _handle_in_front(words, context)
    if mentioned is not None:
        yield mentioned, 1 + _modal(words[1:], context)
    for used in range(min(_NAME_WORDS, len(words) - 1), 0, -1):
        name = " ".join(words[:used])
        role = context.role_of(name.strip(EDGES))
        modal = 0 if name.endswith((":", "：")) else _modal(words[used:], context)
        if role is not None and (modal or name.endswith((":", "："))):
            yield role, used + modal
    for used in (4, 3, 2, 1):
        if fold(" ".join(words[:used])) in context.words.sets["i_will"]:
            yield context.writer, used


def _handle_in_front(words: list[str], context: Context) -> Role | None:
    """Find whose handle the first word is: "@ben"."""
    if not words or not words[0].startswith("@"):
        return None
    return context.role_of(words[0][1:].strip(EDGES))


def _modal(words: list[str], context: Context) -> int:
    """Count the words that say "will", "to", "is going to"."""
    for used in (3, 2, 1):
        if len(words) >= used and fold(" ".join(words[:used])) in context.words.sets["will"]:
            return used
    return 0


def _mentions(text: str, context: Context) -> set[Role | None]:
    """Find everybody behind an "@"; None stands for strangers."""
    words = [word.lstrip("([") for word in text.split()] if "@" in text else []
    return {
        context.role_of(word[1:].strip(EDGES + "()[]")) for word in words if word.startswith("@")
    }


def _mentioned(text: str, context: Context) -> tuple[Role | None, str]:
    """Find "@ben": taken off at the end, left where it is elsewhere. Two names are no owner, nor is
    a stranger's."""
    roles = _mentions(text, context)
    role = roles.pop() if len(roles) == 1 else None
    if role is None:
        return None, text
    before, _, last = text.rstrip().rpartition(" ")
    return role, before.rstrip(" \t(-–,") if before and last.lstrip("([").startswith("@") else text


# ---- until when ----


@dataclass(frozen=True, slots=True)
class _Tail:
    """The last words of a text, and where in it they begin."""

    words: tuple[str, ...]
    starts: tuple[int, ...]

    def phrase(self, at: int) -> str:
        return " ".join(self.words[at:])


_WORD = re.compile(r"\S+")


def _tail(text: str) -> _Tail:
    """Cut off the last words, and note where they begin."""
    start = max(0, len(text) - _TAIL_CHARACTERS)
    # a word that begins before the tail is not looked at
    whole = (match for match in _WORD.finditer(text, start) if not start or match.start() > start)
    found = [*whole][-_TAIL_WORDS:]
    return _Tail(tuple(match[0] for match in found), tuple(match.start() for match in found))


def _due(text: str, context: Context) -> tuple[str, date | None]:
    """Split off the text without the due date at its end, and the date; the text as it is when none
    is clear.

    Where a time of day is given too, the words stay: a due date is a day, and no word is lost.
    """
    tail = _tail(text)
    for at in range(len(tail.words)):
        phrase = _due_phrase(tail, at, text, context)
        day, at_hour = _day(phrase, context) if phrase else (None, None)
        if day is not None:
            bare = text[: tail.starts[at]].rstrip(" \t,;:-–—([")
            return (bare if bare and at_hour is None else text), day
    return text, None


def _day(phrase: str, context: Context) -> tuple[date | None, time | None]:
    """Find the due date, and the time of day where one is said."""
    day, at_hour = when(phrase, context.frame) or (context.next_meeting(phrase), None)
    return (day if day is not None and day >= context.frame.today else None), at_hour


_BRACKETS = {"(": ")", "[": "]"}


def _due_phrase(tail: _Tail, at: int, text: str, context: Context) -> str:
    """Find the words from here on, if they are set off as a due date: "by ...", "(Fri)", "- Fri",
    ", Fri", "EOW"."""
    phrase, first = tail.phrase(at), tail.words[at]
    if first[0] in _BRACKETS:
        inner = phrase.rstrip(".")
        return inner[1:-1].strip() if inner.endswith(_BRACKETS[first[0]]) else ""
    words = [fold(word).rstrip(":") for word in tail.words[at : at + 3]]
    if context.words.says_by(words):
        return phrase
    last = at == len(tail.words) - 1
    if last and fold(first).strip(EDGES) in _SHORT:
        return phrase
    before = text[: tail.starts[at]].rstrip()
    set_off = before[-1:] in _SETS_OFF and before[:-1].strip()
    return phrase if set_off else ""


_SETS_OFF = ("-", "–", "—", ",", ";", "→")


_SHORT = everywhere.typed("dates", "due_short")
