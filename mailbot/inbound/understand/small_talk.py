"""What people write to be polite: a greeting, a closing phrase, their name; named, so nothing is
dropped unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from mailbot.inbound.understand.blocks import without_pictures
from mailbot.inbound.understand.command_line import EDGES
from mailbot.inbound.unquote.lines import Line, Reply
from mailbot.languages import everywhere
from mailbot.languages.fold import fold

_LONGEST = 80  # characters; no greeting, closing or name is longer
_NAME_WORDS = 4
_GREETING_WORDS = 4
_CASELESS_NAME = 7  # characters
_NAME = re.compile(r"[^\W\d_][\w.'’-]{0,30}")
_PHRASE_WORDS = 6  # of one closing phrase that are looked up
_CLOSING_LINES = 5  # "Best regards," / "Ana Silva" / "--": nobody says goodbye in more lines
_SPLIT = re.compile(r"[,.;:!?…()–—~、。，！？：；،؟]|\s[-/]\s")

_GREETINGS = everywhere.typed("polite", "greetings")
_CLOSINGS = everywhere.typed("polite", "closings")
_POLITE = everywhere.typed("polite", "courtesies") | _CLOSINGS


def is_small_talk(text: str, names: Sequence[str] = ()) -> bool:
    """Tell whether the text is nothing but thanks, an ok, a picture: "Thanks Ben!", "👍"."""
    if len(text) > 200:
        return False
    parts = [part.strip(EDGES + "&+") for part in _SPLIT.split(fold(without_pictures(text)))]
    parts = [" ".join(part.split()) for part in parts if part]
    return bool(text.strip()) and all(_polite(part, names) for part in parts)


def _polite(part: str, names: Sequence[str]) -> bool:
    """Tell whether the part is a courtesy, with or without a name behind it."""
    if part in _POLITE or part in names:
        return True
    head, _, last = part.rpartition(" ")
    return bool(head) and head in _POLITE and last in names


def is_greeting(text: str) -> bool:
    """Tell whether the line is a greeting: "Hi Ben,", "Hallo zusammen!", "Good morning Ana Silva":
    a greeting and at most three words of name."""
    if len(text) > _LONGEST:
        return False
    bare = text.strip().rstrip(EDGES + "-").strip()
    folded, words = fold(bare).replace(",", " ").split(), bare.replace(",", " ").split()
    for used in range(min(_GREETING_WORDS, len(words)), 0, -1):
        if " ".join(folded[:used]) in _GREETINGS:
            return used == len(words) or _is_name(words[used:], text)
    return False


def _is_name(words: Sequence[str], line: str) -> bool:
    """Tell whether the words are a name: up to three words that begin with a capital, or one in
    lower case with a comma behind the greeting."""
    if len(words) > 3 or not all(_NAME.fullmatch(word.strip(".!")) for word in words):
        return False
    called = len(words) == 1 and line.strip()[-1:] in ",!:-"
    return called or all(_capital(word) for word in words)


def is_closing(text: str, names: Sequence[str] = ()) -> bool:
    """Tell whether the line closes a mail: "Best regards,", "Viele Grüße", "Many thanks and see you
    Thursday, Ana": it begins with a closing phrase, and nothing but closing phrases and a name
    follow."""
    if len(text) > _LONGEST or text.rstrip().endswith("?") or not _may_close(text):
        return False
    first, *others = _clauses(text) or [""]
    return _closes(first, names) and all(
        _closes(part, names) or _could_be_name(part) for part in others
    )


def _clauses(text: str) -> list[str]:
    """Split into clauses, without pictures and marks."""
    parts = (part.strip(EDGES) for part in _SPLIT.split(without_pictures(text)))
    return [part for part in parts if part]


def _may_close(text: str) -> bool:
    """Tell whether a closing phrase can begin with this word: most lines are let go here."""
    words = fold(without_pictures(text)[:_LONGEST]).replace(",", " ").split(maxsplit=2)
    return any(word.strip(EDGES) in _CLOSING_OPENERS for word in words[:2])


def _closes(part: str, names: Sequence[str]) -> bool:
    """Tell whether the part is one clause: closing phrases joined by "and", the last one maybe with
    a known name behind it."""
    words = fold(part).split()
    at = 0
    while at < len(words):
        used = _closing_words(words[at : at + _PHRASE_WORDS])
        if not used:
            return at > 0 and " ".join(words[at:]) in names
        at += used
        joined = words[at : at + 1] and at < len(words) - 1
        at += bool(joined and words[at] in _AND)
    return bool(words)


def _closing_words(words: Sequence[str]) -> int:
    """Count the first words that are a closing phrase, the longest of all; 0 for none."""
    lengths = range(len(words), 0, -1)
    return next((used for used in lengths if " ".join(words[:used]) in _CLOSINGS), 0)


_CLOSING_OPENERS = frozenset(phrase.split()[0].strip(EDGES) for phrase in _CLOSINGS)
_AND = everywhere.typed("polite", "joined")


def is_name(text: str, names: Sequence[str]) -> bool:
    """Tell whether the text is the bare name of one of the two, as a signature: "Ana", "-- Ana
    Silva", "/ana"."""
    bare = " ".join(fold(text).strip(EDGES + "/|").split())
    return 0 < len(bare) <= _LONGEST and bare in names


def _could_be_name(text: str) -> bool:
    """Tell whether the text is up to four words that begin like names."""
    words = text.strip(EDGES + "/|").split()
    return 0 < len(words) <= _NAME_WORDS and all(
        _NAME.fullmatch(word) and _capital(word) for word in words
    )


def _capital(word: str) -> bool:
    """Tell whether a name may begin so; scripts without capitals write short names, and sentences
    without blanks."""
    return word[0].isupper() or (word[0].upper() == word[0].lower() and len(word) <= _CASELESS_NAME)


def polite_lines(reply: Reply, names: Sequence[str] = ()) -> frozenset[int]:
    """Find which lines of the reply are courtesies, by their place in `reply.lines`."""
    found: set[int] = set()
    runs = list(_runs(reply.lines))
    for nth, run in enumerate(runs):
        edge = nth in (0, len(runs) - 1)
        if nth == 0 and is_greeting(reply.lines[run[0]].text):
            found.add(run[0])
        found |= _goodbye(reply.lines, [at for at in run if at not in found], names, bare=edge)
    return frozenset(found)


def _runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Group own lines that stand together, blank ones left out."""
    worded = ((at, line.own) for at, line in enumerate(lines) if line.text.strip())
    for own, run in groupby(worded, key=lambda each: each[1]):
        if own:
            yield [at for at, _ in run]


def _goodbye(
    lines: Sequence[Line], run: Sequence[int], names: Sequence[str], *, bare: bool
) -> set[int]:
    """Find the closing phrase at the end of a run and the name under it. `bare`: a known name alone
    will do."""
    tail = list(run[-_CLOSING_LINES:])
    for at in reversed(range(len(tail))):
        signed = all(_signs(lines[k].text, names) for k in tail[at + 1 :])
        if signed and is_closing(lines[tail[at]].text, names):
            more = _goodbye(lines, list(run[: len(run) - len(tail) + at]), names, bare=False)
            return {*tail[at:], *more}
    if bare and tail and is_name(lines[tail[-1]].text, names):
        return {tail[-1]}
    return set()


def _signs(text: str, names: Sequence[str]) -> bool:
    """Tell whether the line may stand below a closing phrase."""
    short = len(text) <= _LONGEST
    return short and (is_name(text, names) or is_closing(text, names) or _could_be_name(text))


def without(reply: Reply, places: frozenset[int]) -> list[Line]:
    """Copy the lines of the reply, the named ones blanked."""
    return [replace(line, text="") if at in places else line for at, line in enumerate(reply.lines)]


def small_talk(reply: Reply, names: Sequence[str] = ()) -> str:
    """Find the words of a reply that says nothing but "Thanks!" or a thumb; "" when it says more,
    or nothing."""
    polite = polite_lines(reply, names)
    own = {at: line.text.strip() for at, line in enumerate(reply.lines) if line.own}
    left = [text for at, text in own.items() if text and at not in polite]
    if not all(is_small_talk(text, names) for text in left):
        return ""
    return " ".join(left) or next((text for text in own.values() if is_small_talk(text, names)), "")
