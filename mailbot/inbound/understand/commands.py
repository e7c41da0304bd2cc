"""Commands: plain words alone on a line. What looks like one and cannot be obeyed is a Problem with
the guess.

Nothing in here reads prose: a line is a command when every word of it is accounted for, and a
near miss when it has the shape of one and a word is wrong. Everything else is None and stays
what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from mailbot.inbound.understand.answers import PICK_WORDS, consent, doubtful, pick
from mailbot.inbound.understand.cadences import new_series, recur
from mailbot.inbound.understand.command_line import EDGES, Answer, Plain, leading, tidy
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.dates.phrase import read
from mailbot.inbound.understand.marks import about, mark, misspelt_mark
from mailbot.inbound.understand.moves import misspelt_move, move
from mailbot.inbound.understand.spelling import nearest
from mailbot.meeting.model import Wanted
from mailbot.meeting.said import Help, Mails, Pause, Private, Problem, Resume, Said, Skip, Undo

LONGEST = 200  # characters; no command is longer
_MOST_WORDS = 18


def command(line: str, context: Context, *, bulleted: bool = False, headed: bool = False) -> Answer:
    """What the line asks for, or None when it is no command."""
    if len(line) > LONGEST:
        return None
    text = tidy(line, context)
    if text.count(" ") >= _MOST_WORDS:
        return None
    known = bool(text) and _may_be_one(text.split(" ", 1)[0], context)
    verb, rest = leading(text, context) if known else ("", "")
    plain = Plain(line.strip(), text, verb, rest, bulleted, headed)
    if not text:
        return consent(plain, context)  # a thumb
    for reader in _READERS if known else _SLIPS:
        answer = reader(plain, context)
        if answer is not None:
            return answer
    return None


def _may_be_one(first: str, context: Context) -> bool:
    """Whether a command can begin with this word; most prose is let go here."""
    bare = first.strip(EDGES)
    openers = context.words.openers
    return (
        first in openers
        or bare in openers
        or first in PICK_WORDS
        or first[0] in "#?@"
        or first[0].isdecimal()
    )


def _private(plain: Plain, context: Context) -> Answer:
    """`2 private`"""
    words = [word.strip("#.):") for word in plain.words]
    if len(words) != 2:
        return None
    number, word = words if words[0].isdecimal() else reversed(words)
    if context.words.verbs.get(word) == "private" and number.isdecimal() and len(number) < 4:
        return (Private(int(number)),)
    return None


_SINGLES: Mapping[str, Said] = {
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


def _single(plain: Plain, context: Context) -> Answer:
    """`skip`, `resume`, `undo`, `help`, `less`, `more`, `stop`, and the words that a later
    version obeys."""
    if plain.lone_bullet:
        return None
    verb = context.words.verbs.get(plain.text, "") or _let_us_skip(plain, context)
    if verb in _SINGLES:
        return (_SINGLES[verb],)
    if verb == "later":
        return (Problem(plain.line, "help", "later"),)
    first, _, rest = plain.text.partition(" ")
    searched = context.words.verbs.get(first) == "find" and 0 < len(rest.split()) <= _FIND_WORDS
    if searched and not plain.bulleted and not plain.headed:
        return (Problem(plain.line, "help", "later"),)
    return None


def _let_us_skip(plain: Plain, context: Context) -> str:
    """ "let's cancel this one", "can we skip": skipping is harmless, it is answered with other
    times."""
    words = plain.words
    for used in (3, 2, 1):
        if " ".join(words[:used]) in context.words.sets["ask lead"]:
            verb = context.words.verbs.get(" ".join(words[used:]), "")
            return verb if verb == "skip" else ""
    return ""


def _slip(plain: Plain, context: Context) -> Answer:
    """ "skp", "cancle", "udno"."""
    if plain.bulleted or plain.headed or " " in plain.text or not plain.text.isascii():
        return None
    known = (word for verb in _GUESSED for word in context.words.one_word.get(verb, ()))
    guess = nearest(plain.text, known, letters=4, swaps_only=True)
    return (Problem(plain.line, guess),) if guess else None


def _pause(plain: Plain, context: Context) -> Answer:
    """`pause until 12 Jan`, `pause`."""
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
    reading, today = read(phrase, context.frame), context.now.date()
    if reading is None or reading.day is None or reading.day <= today:
        return (Problem(plain.line, f"pause until {today + timedelta(weeks=2)}", "date"),)
    if reading.zone or not reading.sure:
        return (Problem(plain.line, f"pause until {reading.day.isoformat()}", "date"),)
    return (Pause(reading.day),)


def _recur(plain: Plain, context: Context) -> Answer:
    return None if plain.lone_bullet else recur(plain.line, plain.text, context)


def _new(plain: Plain, context: Context) -> Answer:
    return new_series(plain.line, plain.rest, context) if plain.verb == "new" else None


def _move_slip(plain: Plain, context: Context) -> Answer:
    found = misspelt_move(plain.line, plain.text, context)
    return (found,) if found is not None else None


_READERS: tuple[Callable[[Plain, Context], Answer], ...] = (
    consent,
    pick,
    _private,
    mark,
    about,
    _single,
    _pause,
    _recur,
    _new,
    move,
    doubtful,
    misspelt_mark,
    _slip,
    _move_slip,
)
"""Asked in this order; the first that recognises the line answers."""

_SLIPS = (consent, misspelt_mark, _slip, _move_slip)
"""For lines that begin with a word no command begins with."""
