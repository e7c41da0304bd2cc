"""Answers to what we asked: yes, no, and the number of a slot."""

from __future__ import annotations

import re

from mailbot.inbound.understand.blocks import is_emoji
from mailbot.inbound.understand.command_line import EDGES, Answer, Plain, tidy
from mailbot.inbound.understand.context import Context
from mailbot.languages import everywhere
from mailbot.languages.fold import fold
from mailbot.meeting.said import Consent, Pick, Problem

_THUMBS = {"👍": "yes", "✅": "yes", "👌": "yes", "🆗": "yes", "👎": "no", "❌": "no"}
_BARE = dict.fromkeys(everywhere.typed("typed", "plain_yes"), "yes") | dict.fromkeys(
    everywhere.typed("typed", "plain_no"), "no"
)
_CLAUSE = re.compile(r"[,.;:!?…()–—]|\s-\s")
_LONGEST_DOUBT = 8  # words; "yes, but could we start later?" is asked about, a paragraph is not


def consent(plain: Plain, context: Context) -> Answer:
    """Read `yes`, `sure, fine`, `no, sorry`: when a yes or no is awaited and nothing else is said.

    A bare "yes" or "no" that nobody waits for is one too, so that it can be told; "ok" and
    "fine" are then small talk.
    """
    if plain.headed:
        return None  # "Fine" under Personal is an answer to the prompt
    if not context.asked:
        bare = "" if plain.bulleted else _BARE.get(plain.text, "")
        return (Consent(bare == "yes"),) if bare else None
    verdicts = [verdict for part in _parts(plain.line) for verdict in _verdicts(part, context)]
    if "?" in verdicts:
        return None
    if len(set(verdicts)) == 1:
        return (Consent(verdicts[0] == "yes"),)
    return (Problem(plain.line, "yes"),) if verdicts else None


def doubtful(plain: Plain, context: Context) -> Answer:
    """Ask back where the line begins with a yes or a no and goes on with something else, in place
    of the answer that is awaited."""
    asked = context.asked and not context.after_meeting and not plain.headed
    words, sets = plain.words, context.words.sets
    if not asked or len(words) < 2:
        return None
    if len(words) > _LONGEST_DOUBT and not _hesitates(plain):
        return None
    first = words[0].strip(EDGES)
    if first in sets["no"]:
        return (Problem(plain.line, "no"),)
    return (Problem(plain.line, "yes"),) if first in sets["yes"] else None


def _hesitates(plain: Plain) -> bool:
    """Tell whether it is "Yes, but ...", "ok if ...", or a question: no answer to build on, however
    long it is."""
    return "?" in plain.line or any(word.strip(EDGES) in _BUT for word in plain.words[1:4])


_BUT = everywhere.typed("typed", "but")


def opening(text: str, context: Context) -> tuple[Consent, str] | None:
    """Take off the yes or no with which an answer to "did it happen?" begins, and the words behind
    it: "No, I was ill"."""
    verdict, rest = "", text if len(text) < _LONGEST_ANSWER else ""
    for _ in range(_MOST_CLAUSES):
        said, after = _first(rest, context)
        if not said or (verdict and said != verdict):
            break
        verdict, rest = said, after
    return (Consent(verdict == "yes"), rest) if verdict and rest else None


_LONGEST_ANSWER = 4000  # characters
_MOST_CLAUSES = 3  # "No, sorry, we did not meet. Ben was ill"
_STOP = re.compile(r"[,.;:!(…–—]|\s-\s")
_LONGEST_VERDICT = 80  # characters


def _first(text: str, context: Context) -> tuple[str, str]:
    """Find "yes" or "no" of the first clause, and what follows; of "it did not happen because" the
    "because" follows, too.

    Only plain words: "great, we agreed" is a note, not an answer, and so is "cancelled: the gym
    contract".
    """
    stop = _STOP.search(text[:_LONGEST_VERDICT])
    if stop is None:
        return _until_because(text, context)
    head, rest = text[: stop.start()], text[stop.end() - ("(" in stop[0]) :]
    words = " ".join(fold(head).split()).strip(EDGES)
    said = _BARE.get(words, "")
    if not said and stop[0] != ":" and _is_missed(words, context):
        said = "no"
    if said and rest.strip(EDGES):
        return said, rest.lstrip(EDGES)
    return _until_because(text, context)


def _is_missed(text: str, context: Context) -> bool:
    """Tell whether the text says "it did not happen", "no we did not meet this week" (folded)."""
    sets = context.words.sets
    if text in sets["missed"]:
        return True
    words = text.split()
    for n in (1, 2):
        timed = " ".join(words[-n:]) in sets["this_time"]
        if timed and " ".join(words[:-n]) in sets["missed"]:
            return True
    first, *rest = words or [""]
    return bool(rest) and _BARE.get(first) == "no" and _is_missed(" ".join(rest), context)


def _until_because(text: str, context: Context) -> tuple[str, str]:
    """Read "We did not meet because Ben was ill": no stop between, but a reason follows."""
    because = context.words.sets["because"]
    words = text.split(maxsplit=_MOST_WORDS + 3)
    folded = [fold(word).strip(EDGES) for word in words]
    for used in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        reasons = {" ".join(folded[used : used + n]) for n in (1, 2, 3)}
        if reasons & because and _is_missed(" ".join(folded[:used]), context):
            return "no", text.split(maxsplit=used)[used]
    return "", text


_MOST_WORDS = 9


def _parts(line: str) -> list[str]:
    """Split a line into clauses; thumbs stand for themselves, other pictures for nothing."""
    words = line if line.isascii() else "".join(_spoken(c) for c in line)
    return [part for part in (part.strip(EDGES) for part in _CLAUSE.split(words)) if part]


def _spoken(c: str) -> str:
    """Put a yes or a no for a thumb, a blank for another picture."""
    return f",{_THUMBS[c]}," if c in _THUMBS else " " if is_emoji(c) else c


def _verdicts(part: str, context: Context) -> list[str]:
    """Find the verdicts of one clause: ["yes"], ["no"], [] of thanks, ["?"] of the rest."""
    text = " ".join(fold(part).split())
    verdict = _verdict(text, context)
    if verdict:
        return [verdict]
    sets = context.words.sets
    polite = text in sets["softeners"] or text in sets["courtesies"]
    if polite or context.role_of(text) is not None:
        return []
    trimmed = tidy(text, context)
    return _verdicts(trimmed, context) if trimmed != text else _two_clauses(text, context)


def _verdict(text: str, context: Context) -> str:
    """Find the yes or no of a whole folded clause, or ""; after the meeting "we met" is a yes."""
    sets = context.words.sets
    if context.after_meeting and _is_missed(text, context):
        return "no"
    if context.after_meeting and text in sets["happened"]:
        return "yes"
    return next((verdict for verdict in ("yes", "no") if text in sets[verdict]), "")


def _two_clauses(text: str, context: Context) -> list[str]:
    """Read two clauses without a comma between: "yes that works", "no sorry", "sure thanks Ben"."""
    head, _, rest = text.partition(" ")
    sets = context.words.sets
    decides = head in sets["yes"] or head in sets["no"] or head in sets["softeners"]
    if rest and decides:
        return _verdicts(head, context) + _verdicts(rest, context)
    return ["?"]


PICK_WORDS = everywhere.typed("typed", "pick")
_BEFORE = "|".join(map(re.escape, PICK_WORDS))
_BEHIND = "|".join(map(re.escape, everywhere.typed("typed", "picked")))
_PICK = re.compile(rf"(?:(?:{_BEFORE}|no|#) ?\.? ?)?(\d{{1,2}})[.)]?(?: (?:{_BEHIND}))?")


def pick(plain: Plain, context: Context) -> Answer:
    """Read `2`: it takes the second slot. Without an offer it may be an action item, which is
    asked, or an answer come late."""
    found = _PICK.fullmatch(plain.text)
    if found is None:
        return None
    number = int(found[1])
    if context.offered:
        return (Pick(number),)
    if not plain.text.strip(".)").isdecimal() or plain.headed:
        return None
    if context.is_open(number):
        return (Problem(plain.line, f"done {number}"),)
    return (Pick(number),) if 1 <= number <= 3 else None
