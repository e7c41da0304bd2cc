"""Tell what nobody wrote: client footers, list footers, gateway banners and legal notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.languages import everywhere
from mailbot.languages.fold import plain

_SENT_FROM = everywhere.written("clients", "sent_from")
_SENT_FROM_ENDS = everywhere.written("clients", "sent_from_ends")
_ALWAYS_SENT_FROM = everywhere.written("clients", "always_sent_from")
_FROM_MINE = everywhere.written("clients", "from_mine")
_MOTTOS = tuple(f"{motto} " for motto in everywhere.written("clients", "mottos"))
_OFFERED = tuple(phrase for phrase in _SENT_FROM if "outlook" in phrase)
_PLATFORMS = everywhere.written("clients", "platforms")
_DEVICES = frozenset(everywhere.written("clients", "devices"))
_DEVICE_STEMS = everywhere.written("clients", "device_stems")
_EXCUSES = everywhere.written("clients", "excuses")
_LIST_FOOTERS = everywhere.written("clients", "list_footers")
_LIST_FOOTER_ENDS = everywhere.written("clients", "list_footer_ends")
_LISTED = everywhere.written("clients", "listed")
_BANNERS = everywhere.written("clients", "banners")
_LONE_BANNERS = frozenset(everywhere.written("clients", "lone_banners"))
_WARNINGS = everywhere.written("clients", "warnings")
_OUTSIDE = everywhere.written("clients", "outside")
_MAILED = everywhere.written("clients", "mailed")
_BANNER_WORDS = (*_OUTSIDE, *everywhere.written("clients", "banner_words"))
_LEGAL = everywhere.written("notices", "stems")
_NOTICES = everywhere.written("notices", "openers")
_GOES_ON = everywhere.written("notices", "goes_on")
_ME = "|".join(sorted(map(re.escape, everywhere.written("notices", "first_person"))))
_MY = "|".join(sorted(map(re.escape, everywhere.written("clients", "mine"))))

_TRACKERS = frozenset(("ᐧ", "ᐧᐧ"))  # U+1427, left by a tracking extension of Gmail (seen 2015-2024)
_CLAUSE_WORDS = 3  # more are a clause of their own
# words that a client writes behind the name of the device: "on the Rogers network"
_BEHIND_DEVICE = 5
_SENTENCE_WORDS = 4  # of a banner that needs no other word: "this email comes from outside"
_WRAPPED = 50  # characters of a row that may go on below
_UNSAID_WORDS = 6  # of "From my Samsung Galaxy S24 Ultra"
_TITLE_WORDS = 4
_LONGEST = 400  # characters of a row that are looked at
_DECORATION = " \t*_<>()[]{}\"'„“”«».,;!-‐–—=|~#。"
_LINKED = re.compile(
    r"<[^<>]{0,500}>|\[https?:[^\[\]]{0,500}\]|\(https?:[^()]{0,500}\)|https?://\S{1,500}"
)
_HEAD_END = re.compile(r",|\. |;|!|\s[-–—]\s")
_FIRST_PERSON = re.compile(rf"\bI(?:['’]\w{{1,2}})?(?= [a-z])|(?<![\w-])(?i:{_ME})(?![\w-])")
"""No legal notice says "I"."""
_MINE = re.compile(rf"\b(?:{_MY})\s[A-Z0-9]")
_UNSPACED = re.compile(r"[\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts whose words are not parted, or carry their articles in front."""

_PUNCTUATION = dict.fromkeys(map(ord, "()[]\"'„“”«»,;:*/-’"), " ")
_SENTENCE_END = re.compile(r"[.!?。] ?")
_BANNER_EDGE = " \t-–—=|~>\"'„“”<(⚠️!❗🛑🚨▲△"


def folded(text: str) -> str:
    """Return the form that is compared with the tables: lower case, one blank, straight
    apostrophes, no decoration."""
    return plain(text).strip(_DECORATION)


def is_client_footer(text: str) -> bool:
    """Tell whether a row is `Sent from my iPhone`, in any language: a sender phrase and a device or
    app, and nothing a person would add."""
    if len(text) > 300:
        return False
    if text.strip() in _TRACKERS:
        return True
    unlinked = _LINKED.sub(" ", text) if "<" in text or "http" in text else text
    line = folded(unlinked)
    if not line or len(line) > 110 or not _only_excuses(line):
        return False
    opening = _longest_start(line, _ALWAYS_SENT_FROM)
    if opening:
        head = _HEAD_END.split(line[len(opening) :])[0]
        return len(line) < 90 and len(head.split()) <= _BEHIND_DEVICE
    sent_from = line.startswith(_SENT_FROM) or line.endswith(_SENT_FROM_ENDS)
    return sent_from and _names_device(unlinked, line)


def _longest_start(line: str, phrases: tuple[str, ...]) -> str:
    if not line.startswith(phrases):  # the usual case, in one call
        return ""
    return max((phrase for phrase in phrases if line.startswith(phrase)), key=len, default="")


def _only_excuses(line: str) -> bool:
    """Tell whether what follows the first clause is an excuse or another device, and not a sentence
    of the person?"""
    clauses = _HEAD_END.split(line)[1:]
    return all(_is_excuse(clause) for clause in clauses if len(clause.split()) > _CLAUSE_WORDS)


def _is_excuse(clause: str) -> bool:
    return any(stem in clause for stem in _EXCUSES) or not _DEVICES.isdisjoint(clause.split())


def is_client_motto(text: str) -> bool:
    """Tell whether a row is like `Sent from a magnificent torch of pixels`: a footer by its place
    alone, so the place must be asked, too."""
    line = folded(text) if len(text) < 120 else ""
    if not line.startswith(_MOTTOS) or text.rstrip().endswith((".", "!", "?")):
        return False
    return len(line) < 70 and len(line.split()) <= 8


def _names_device(unlinked: str, line: str) -> bool:
    """Tell whether a device or an app is named before the first comma, or a name behind "my"?"""
    head = _HEAD_END.split(line, maxsplit=1)[0]
    words = head.replace("-", " ").replace("'", " ").split()
    if len(words) > 12 or _is_unoffered(line, head):
        return False
    named = max((at for at, word in enumerate(words) if _is_device(word)), default=-1)
    if named >= 0:
        unsaid = line.startswith(_FROM_MINE) and not line.endswith(_SENT_FROM_ENDS)
        longest = _UNSAID_WORDS if unsaid else len(words)
        return len(words) - named <= _BEHIND_DEVICE + 1 and len(words) <= longest
    if _names_device_in_one_word(head):
        return True
    return _MINE.search(unlinked) is not None and len(words) <= 9


def _is_unoffered(line: str, head: str) -> bool:
    """Tell whether a row is "Get Outlook for" something that is no platform: a sentence of the
    person."""
    return line.startswith(_OFFERED) and not any(platform in head for platform in _PLATFORMS)


def _is_device(word: str) -> bool:
    return word in _DEVICES or word.startswith(_DEVICE_STEMS)


def _names_device_in_one_word(head: str) -> bool:
    """Tell whether a device is part of a longer word: "wi-fi", or a script whose words are not
    parted."""
    if not _DEVICES.isdisjoint(head.split()):
        return True
    return not head.isascii() and any(stem in head for stem in _DEVICE_STEMS)


def is_list_footer(text: str) -> bool:
    """Tell whether a row is a line that a mailing list or a virus scanner puts below a mail."""
    line = folded(text[:_LONGEST])
    opening = _longest_start(line, _LIST_FOOTERS)
    if not opening:
        return line.endswith(_LIST_FOOTER_ENDS)
    rest = line[len(opening) :]
    return len(rest.split()) <= 1 or any(word in rest for word in _LISTED)


def banner_rows(texts: Sequence[str], *, top: bool = False) -> int:
    """Count how many rows of a paragraph are a gateway's warning above a mail from outside; the
    rest may be the person's.

    `top`: nothing stands above it.
    """
    whole = " ".join(texts)[:_LONGEST]
    warns = top and _warning(whole)
    if not (warns or _banner(texts[0][:_LONGEST]) or _banner(whole)):
        return 0
    rows = 1
    while rows < len(texts) and _warns_on(texts[rows - 1], texts[rows]):
        rows += 1
    return rows


def _warns_on(above: str, text: str) -> bool:
    """Tell whether a warning goes on: a row that was wrapped, or that speaks of links and senders,
    too."""
    ended = above.rstrip().endswith((".", "!", "?", ":"))
    if len(above) >= _WRAPPED and text[:1].islower() and not ended:
        return True
    lower = text.casefold()
    return sum(word in lower for word in _BANNER_WORDS) >= 2


def _warning(paragraph: str) -> bool:
    """Find a word of warning, a word for a mail and one for outside, whatever the wording."""
    line = paragraph.casefold().lstrip(_BANNER_EDGE + "[*")
    if not line.startswith(_WARNINGS):
        return False
    sentences = _SENTENCE_END.split(line, maxsplit=2)[:2]
    return _has_any(sentences, _OUTSIDE) and _has_any(sentences, _MAILED)


def _has_any(parts: Sequence[str], words: Sequence[str]) -> bool:
    return any(word in part for part in parts for word in words)


def _banner(paragraph: str) -> bool:
    line = plain(paragraph).lstrip(_BANNER_EDGE).replace("*", "").strip()
    line = line.replace("caution:this", "caution: this").replace("warning:this", "warning: this")
    opening = _longest_start(line, _BANNERS)
    if not opening:
        return line in _LONE_BANNERS
    rest = line[len(opening) :]
    if opening.endswith((":", "：")):
        return _has_any((rest,), _OUTSIDE) and _has_any((rest,), _MAILED)
    if len(opening.split()) >= _SENTENCE_WORDS and _has_any((opening,), _OUTSIDE):
        return True
    return not rest.strip(" .!:])】-") or _has_any((rest,), _BANNER_WORDS)


def notice_row(texts: Sequence[str]) -> int | None:
    """Find the row of a paragraph on which a legal notice begins, or None; above it the person's
    words may stand."""
    if not _legal(" ".join(texts)):
        return None
    at = _first_legal(texts)
    return None if _FIRST_PERSON.search(" ".join(texts[at:])[:3000]) else at


def notice_goes_on(texts: Sequence[str]) -> bool:
    """Tell whether a paragraph right below a notice is part of it.

    One stem is enough; nobody speaks and nobody asks.
    """
    paragraph = " ".join(texts)[:3000]
    text = paragraph.casefold()
    if "?" in paragraph or _FIRST_PERSON.search(paragraph):
        return False
    stems = any(stem in text for stem in (*_stems(text), *_GOES_ON))
    return stems or text.startswith(_NOTICES) or _WEBSITE.fullmatch(paragraph) is not None


_WEBSITE = re.compile(r"(?:[^:|]{1,40}[:|] ?)?(?:www\.|https?://)[^\s]{1,200}")


def notice_title(texts: Sequence[str]) -> bool:
    """Tell whether a paragraph is like "CONFIDENTIALITY NOTICE" on a row of its own."""
    return (
        len(texts) == 1
        and len(texts[0].split()) <= _TITLE_WORDS
        and folded(texts[0]).startswith(_NOTICES)
    )


def _first_legal(texts: Sequence[str]) -> int:
    for at, text in enumerate(texts):
        if _legal(text) or text.casefold().startswith(_NOTICES):
            return _unwrapped(texts, at)
    return next((at for at, text in enumerate(texts) if _stems(text.casefold())), 0)


def _unwrapped(texts: Sequence[str], at: int) -> int:
    """Find the row on which the sentence begins that goes on at this row."""
    while at and texts[at][:1].islower() and len(texts[at - 1]) >= _WRAPPED:
        at -= 1
    return at


def is_disclaimer(paragraph: str) -> bool:
    """Tell whether a paragraph is a legal notice; none says "I"."""
    return _legal(paragraph) and _FIRST_PERSON.search(paragraph[:3000]) is None


def _legal(paragraph: str) -> bool:
    """Tell whether it speaks of secrecy, addressees, registers, and enough of them?"""
    unspaced = not paragraph.isascii() and _UNSPACED.search(paragraph) is not None
    if len(paragraph) < (25 if unspaced else 60):
        return False
    text = paragraph[:3000].casefold()
    stems = _stems(text) | (_UNSPACED_STEMS if unspaced else set())
    found = sum(stem in text for stem in stems) if len(stems) > 1 else 0
    if found >= 3:
        return True
    return found == 2 and (text.startswith(_NOTICES) or len(paragraph) > 300)


def _stems(text: str) -> set[str]:
    """Return the stems that may be in the text, looked up by the first letters of its words: most
    texts have none."""
    heads = {(word + " ")[:4] for word in text.translate(_PUNCTUATION).split()}
    return {stem for head in heads & _BY_HEAD.keys() for stem in _BY_HEAD[head]}


def _by_head() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for stem in _LEGAL:
        found.setdefault((stem.split()[0].split("-")[0] + " ")[:4], []).append(stem)
    return found


_BY_HEAD = _by_head()
_UNSPACED_STEMS = frozenset(stem for stem in _LEGAL if _UNSPACED.search(stem))
