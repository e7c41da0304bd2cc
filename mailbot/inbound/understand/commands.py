"""Read commands of one word, and what stands near them: `skip`, `pause until 12 Jan`, `2 private`.

Nothing in here reads prose: a line is a command when every word of it is accounted for, and a
near miss when it has the shape of one and a word is wrong: then it is a Problem with the guess.
Everything else is None and stays what it is. Which reader is asked when: grammar.READERS.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from mailbot.inbound.understand.cadences import new_series, recur
from mailbot.inbound.understand.command_line import Answer, Plain
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.dates.phrase import read
from mailbot.inbound.understand.moves import misspelt_move
from mailbot.inbound.understand.spelling import nearest
from mailbot.meeting.model import Wanted
from mailbot.meeting.said import (
    Help,
    Mails,
    Pause,
    Private,
    Problem,
    Reason,
    Resume,
    Said,
    Skip,
    Undo,
)

SINGLES: Mapping[str, Said] = {
    "skip": Skip(),
    "resume": Resume(),
    "undo": Undo(),
    "help": Help(),
    "less": Mails(Wanted.LESS),
    "more": Mails(Wanted.ALL),
    "stop": Mails(Wanted.NONE),
}
# the others are a letter away from everyday words: "top", "lesson"
_GUESSED = ("skip", "resume", "undo", "help")
# "find budget" is a search; "find a new venue for the offsite" is something to talk about
_FIND_WORDS = 3
_NUMBER_DIGITS = 3
_PAUSED_WEEKS = timedelta(weeks=2)  # of the example


def private_number(plain: Plain, context: Context) -> Answer:
    """Read `2 private` and `private 2`."""
    words = [word.strip("#.):") for word in plain.words]
    if len(words) != 2:
        return None
    number, word = words if words[0].isdecimal() else reversed(words)
    numbered = number.isdecimal() and len(number) <= _NUMBER_DIGITS
    if numbered and context.words.verbs.get(word) == "private":
        return (Private(int(number)),)
    return None


def single(plain: Plain, context: Context) -> Answer:
    """Read `skip`, `resume`, `undo`, `help`, `less`, `more`, `stop`; a word that a later version
    obeys is a Problem."""
    if plain.lone_bullet:
        return None
    verb = context.words.verbs.get(plain.text, "") or _let_us_skip(plain, context)
    if verb in SINGLES:
        return (SINGLES[verb],)
    if verb == "later" or _searches(plain, context):
        return (Problem(plain.line, "help", Reason.LATER),)
    return None


def _searches(plain: Plain, context: Context) -> bool:
    """Tell whether the line is `find` and a few words, and stands alone."""
    first, _, rest = plain.text.partition(" ")
    if context.words.verbs.get(first) != "find" or not plain.stands_alone:
        return False
    return 0 < len(rest.split()) <= _FIND_WORDS


def _let_us_skip(plain: Plain, context: Context) -> str:
    """Find the "skip" of "let's cancel this one", "can we skip": skipping is harmless, it is
    answered with other times."""
    words = plain.words
    for used in (3, 2, 1):
        if " ".join(words[:used]) in context.words.sets["ask lead"]:
            verb = context.words.verbs.get(" ".join(words[used:]), "")
            return verb if verb == "skip" else ""
    return ""


def misspelt_single(plain: Plain, context: Context) -> Answer:
    """Guess at "skp", "cancle", "udno"."""
    one_word = " " not in plain.text and plain.text.isascii()
    if not one_word or not plain.stands_alone:
        return None
    known = (word for verb in _GUESSED for word in context.words.one_word.get(verb, ()))
    guess = nearest(plain.text, known, letters=4, swaps_only=True)
    return (Problem(plain.line, guess),) if guess else None


def pause(plain: Plain, context: Context) -> Answer:
    """Read `pause until 12 Jan` and `pause`."""
    if plain.verb != "pause" or plain.lone_bullet:
        return None
    if not plain.rest:
        return (Pause(),)
    words = plain.rest.split()
    for used in (3, 2, 1):
        if len(words) > used and " ".join(words[:used]) in context.words.sets["until"]:
            return _paused_until(plain, " ".join(words[used:]), context)
    return None


def _paused_until(plain: Plain, phrase: str, context: Context) -> Answer:
    """Read the day of a pause: it must be ahead and certain; else it is asked."""
    reading, today = read(phrase, context.frame), context.now.date()
    if reading is None or reading.day is None or reading.day <= today:
        return _which_day(plain, today + _PAUSED_WEEKS)
    if reading.zone or not reading.sure:
        return _which_day(plain, reading.day)
    return (Pause(reading.day),)


def _which_day(plain: Plain, guess: date) -> Answer:
    """Ask for the day, with one that would be understood."""
    return (Problem(plain.line, f"pause until {guess.isoformat()}", Reason.DATE),)


def change_of_series(plain: Plain, context: Context) -> Answer:
    """Read `every 2 weeks, Tuesdays 10:00`."""
    return None if plain.lone_bullet else recur(plain.line, plain.text, context)


def new_one_on_one(plain: Plain, context: Context) -> Answer:
    """Read `new 1:1 with ana@corp.example`."""
    return new_series(plain.line, plain.rest, context) if plain.verb == "new" else None


def move_with_slip(plain: Plain, context: Context) -> Answer:
    """Guess at "mvoe to Thu"."""
    found = misspelt_move(plain.line, plain.text, context)
    return (found,) if found is not None else None
