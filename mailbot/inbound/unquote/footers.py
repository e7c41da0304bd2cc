"""Tells what nobody wrote: client footers, list footers, gateway banners and legal notices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.languages.footer_words import (
    ALWAYS_SENT_FROM,
    BANNER_WORDS,
    BANNERS,
    DEVICES,
    EXCUSES,
    FROM_MINE,
    LIST_FOOTERS,
    LISTED,
    MAILED,
    OUTSIDE,
    PLATFORMS,
    SENT_FROM,
    SENT_FROM_ENDS,
    WARNINGS,
)
from mailbot.languages.legal_words import FIRST_PERSON, GOES_ON, LEGAL, NOTICES
from mailbot.languages.word_lists import every

_SENT_FROM = every(SENT_FROM)
_OFFERED = tuple(phrase for phrase in _SENT_FROM if "outlook" in phrase)
_DEVICE_STEMS = (
    "iphon",
    "ipad",
    "outlook",
    "android",
    "samsung",
    "galaxy",
    "windows",
    "яндекс",
    "почт",
)
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
_FIRST_PERSON = re.compile(
    rf"\bI(?:['’]\w{{1,2}})?(?= [a-z])|(?<![\w-])(?i:{'|'.join(sorted(FIRST_PERSON))})(?![\w-])"
)
"""No legal notice says "I"."""
_MINE = re.compile(
    r"(?:\bmy|meinem|meiner|mon|mi|meu|minha|mio|mia|mijn|min|mitt|mojego|mého|mojeho|моего|мого)\s[A-Z0-9]"
)
_UNSPACED = re.compile(r"[\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts whose words are not parted, or carry their articles in front."""

_PUNCTUATION = dict.fromkeys(map(ord, "()[]\"'„“”«»,;:*/-’"), " ")
_SENTENCE_END = re.compile(r"[.!?。] ?")
_BANNER_EDGE = " \t-–—=|~>\"'„“”<(⚠️!❗🛑🚨▲△"


def folded(text: str) -> str:
    """The form that is compared with the tables: lower case, one blank, straight apostrophes, no
    decoration."""
    # the Turkish capital I with a dot becomes two signs in lower case
    return " ".join(text.replace("’", "'").casefold().replace("i̇", "i").split()).strip(_DECORATION)


def client_footer(text: str) -> bool:
    """`Sent from my iPhone`, in any language: a sender phrase and a device or app, and nothing a
    person would add."""
    if not text or len(text) > 300:
        return False
    if text.strip() in _TRACKERS:
        return True
    plain = _LINKED.sub(" ", text) if "<" in text or "http" in text else text
    line = folded(plain)
    if len(line) > 110:
        return False
    if not _only_excuses(line):
        return False
    if line.startswith(ALWAYS_SENT_FROM):
        opening = max((phrase for phrase in ALWAYS_SENT_FROM if line.startswith(phrase)), key=len)
        return (
            len(line) < 90
            and len(_HEAD_END.split(line[len(opening) :])[0].split()) <= _BEHIND_DEVICE
        )
    return (line.startswith(_SENT_FROM) or line.endswith(SENT_FROM_ENDS)) and _names_device(
        plain, line
    )


def _only_excuses(line: str) -> bool:
    """Is what follows the first clause an excuse or another device, and not a sentence of the
    person?"""
    clauses = _HEAD_END.split(line)[1:]
    spoken = (clause for clause in clauses if len(clause.split()) > _CLAUSE_WORDS)
    return all(
        any(stem in clause for stem in EXCUSES) or not DEVICES.isdisjoint(clause.split())
        for clause in spoken
    )


def client_motto(text: str) -> bool:
    """`Sent from a magnificent torch of pixels`: a footer by its place alone, so the place must
    be asked, too."""
    line = folded(text) if len(text) < 120 else ""
    return (
        0 < len(line) < 70
        and line.startswith(_MOTTOS)
        and len(line.split()) <= 8
        and not text.rstrip().endswith((".", "!", "?"))
    )


_MOTTOS = (
    "sent from a ",
    "sent from the ",
    "sent from my ",
    "von meinem ",
    "von meiner ",
    "envoyé de mon ",
    "enviado desde mi ",
)


def _names_device(plain: str, line: str) -> bool:
    """Is a device or an app named before the first comma, or a name behind "my"?"""
    head = _HEAD_END.split(line, maxsplit=1)[0]
    words = head.replace("-", " ").replace("'", " ").split()
    if len(words) > 12 or (
        line.startswith(_OFFERED) and not any(platform in head for platform in PLATFORMS)
    ):
        return False
    named = max(
        (at for at, word in enumerate(words) if word in DEVICES or word.startswith(_DEVICE_STEMS)),
        default=-1,
    )
    if named >= 0:
        unsaid = line.startswith(FROM_MINE) and not line.endswith(SENT_FROM_ENDS)
        return len(words) - named <= _BEHIND_DEVICE + 1 and not (
            unsaid and len(words) > _UNSAID_WORDS
        )
    if not DEVICES.isdisjoint(head.split()) or (
        not head.isascii() and any(stem in head for stem in _DEVICE_STEMS)
    ):
        return True
    return _MINE.search(plain) is not None and len(words) <= 9


def list_footer(text: str) -> bool:
    """A line that a mailing list or a virus scanner puts below a mail."""
    line = folded(text[:_LONGEST])
    if not line.startswith(LIST_FOOTERS):
        return line.endswith(("mailing list", "mailing list archive at nabble.com"))
    opening = max((footer for footer in LIST_FOOTERS if line.startswith(footer)), key=len)
    rest = line[len(opening) :]
    return len(rest.split()) <= 1 or any(word in rest for word in LISTED)


def banner_rows(texts: Sequence[str], *, top: bool = False) -> int:
    """How many rows of a paragraph are a gateway's warning above a mail from outside; the rest may
    be the person's.

    `top`: nothing stands above it.
    """
    if not (
        (top and _warning(" ".join(texts)[:400]))
        or _banner(texts[0][:400])
        or _banner(" ".join(texts)[:400])
    ):
        return 0
    rows = 1
    while rows < len(texts) and _warns_on(texts[rows - 1], texts[rows]):
        rows += 1
    return rows


def _warns_on(above: str, text: str) -> bool:
    """A row that was wrapped, or that speaks of links and senders, too."""
    wrapped = (
        len(above) >= _WRAPPED
        and text[:1].islower()
        and not above.rstrip().endswith((".", "!", "?", ":"))
    )
    folded_text = text.casefold()
    return wrapped or sum(word in folded_text for word in BANNER_WORDS) >= 2


def _warning(paragraph: str) -> bool:
    """A word of warning, a word for a mail and one for outside, whatever the wording."""
    line = paragraph.casefold().lstrip(_BANNER_EDGE + "[*")
    if not line.startswith(WARNINGS):
        return False
    first = _SENTENCE_END.split(line, maxsplit=2)[:2]
    return all(any(word in part for part in first for word in words) for words in (OUTSIDE, MAILED))


def _banner(paragraph: str) -> bool:
    line = (
        " ".join(paragraph.replace("’", "'").casefold().split())
        .lstrip(_BANNER_EDGE)
        .replace("*", "")
        .strip()
    )
    line = line.replace("caution:this", "caution: this").replace("warning:this", "warning: this")
    if not line.startswith(BANNERS):
        return line in ("external", "extern", "externe", "externo", "esterno")
    opening = max((banner for banner in BANNERS if line.startswith(banner)), key=len)
    rest = line[len(opening) :]
    if opening.endswith((":", "：")):
        return any(word in rest for word in OUTSIDE) and any(word in rest for word in MAILED)
    if len(opening.split()) >= _SENTENCE_WORDS and any(word in opening for word in OUTSIDE):
        return True
    return not rest.strip(" .!:])】-") or any(word in rest for word in BANNER_WORDS)


def notice_row(texts: Sequence[str]) -> int | None:
    """The row of a paragraph on which a legal notice begins, or None; above it the person's
    words may stand."""
    if not _legal(" ".join(texts)):
        return None
    at = _first_legal(texts)
    return None if _FIRST_PERSON.search(" ".join(texts[at:])[:3000]) else at


def notice_goes_on(texts: Sequence[str]) -> bool:
    """Is this paragraph, right below a notice, part of it? One stem is enough; nobody speaks and
    nobody asks."""
    paragraph = " ".join(texts)[:3000]
    text = paragraph.casefold()
    if "?" in paragraph or _FIRST_PERSON.search(paragraph):
        return False
    stems = any(stem in text for stem in (*_stems(text), *GOES_ON))
    return stems or text.startswith(NOTICES) or _WEBSITE.fullmatch(paragraph) is not None


_WEBSITE = re.compile(r"(?:[^:|]{1,40}[:|] ?)?(?:www\.|https?://)[^\s]{1,200}")


def notice_title(texts: Sequence[str]) -> bool:
    """ "CONFIDENTIALITY NOTICE" on a row of its own."""
    return (
        len(texts) == 1
        and len(texts[0].split()) <= _TITLE_WORDS
        and folded(texts[0]).startswith(NOTICES)
    )


def _first_legal(texts: Sequence[str]) -> int:
    for at, text in enumerate(texts):
        if _legal(text) or text.casefold().startswith(NOTICES):
            while at and texts[at][:1].islower() and len(texts[at - 1]) >= _WRAPPED:
                at -= 1
            return at
    return next((at for at, text in enumerate(texts) if _stems(text.casefold())), 0)


def disclaimer(paragraph: str) -> bool:
    """A legal notice; none says "I"."""
    return _legal(paragraph) and _FIRST_PERSON.search(paragraph[:3000]) is None


def _legal(paragraph: str) -> bool:
    """Does it speak of secrecy, addressees, registers, and enough of them?"""
    unspaced = not paragraph.isascii() and _UNSPACED.search(paragraph) is not None
    if len(paragraph) < (25 if unspaced else 60):
        return False
    text = paragraph[:3000].casefold()
    stems = _stems(text)
    if unspaced:
        stems |= _UNSPACED_STEMS
    if len(stems) < 2:
        return False
    found = sum(stem in text for stem in stems)
    return found >= 3 or (found >= 2 and (text.startswith(NOTICES) or len(paragraph) > 300))


def _stems(text: str) -> set[str]:
    """The stems that may be in the text, looked up by the first letters of its words: most texts
    have none."""
    heads = {(word + " ")[:4] for word in text.translate(_PUNCTUATION).split()}
    return {stem for head in heads & _BY_HEAD.keys() for stem in _BY_HEAD[head]}


def _by_head() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for stem in LEGAL:
        found.setdefault((stem.split()[0].split("-")[0] + " ")[:4], []).append(stem)
    return found


_BY_HEAD = _by_head()
_UNSPACED_STEMS = frozenset(stem for stem in LEGAL if _UNSPACED.search(stem))
