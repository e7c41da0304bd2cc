"""Where a person's words end and the signature begins.

A signature is what follows "-- ", or the name behind a closing phrase, or a block of short rows with a phone, an
address or a title. The closing phrase and the bare name stay: they are words the person may have typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.mail.closing_words import CLOSINGS, CONTACTS, THANKS, TITLES
from mailbot.mail.footers import disclaimer, folded, list_footer
from mailbot.mail.tables import every, names

ROWS = 30  # a signature is not longer

_ALL_CLOSINGS = frozenset(every(CLOSINGS))
_LONGEST_CLOSING = max(len(phrase) for phrase in _ALL_CLOSINGS)
_PHONE = re.compile(r"(?:\+|\(?0|\(\d)[\d\s().\-/]{6,20}\d|\d{3}[.\-\s]\d{3}[.\-\s]\d{4}|\d{2,5}-\d{2,4}-\d{3,4}")
_CONTACT = re.compile(
    rf"\b(?:{'|'.join(sorted(CONTACTS))})\s{{0,3}}\.?\s{{0,2}}[:：]|"
    r"\bwww\.|\bhttps?://|[^\s@]{1,60}@[^\s@]{1,60}\.\w{2}|^@\w{2,30}$",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"^(?:[A-Z]{1,2}-)?\d{4,5}\s\w|\b\d{5}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b|"
    r"(?:straße|strasse|str\.|gasse|platz|street|road|avenue|suite|floor|rue |calle |via |ulica|ul\.)\b",
    re.IGNORECASE,
)
_RULER = re.compile(r"[ \t]{0,20}[-_=*~#—–―‐─━]{2,400}[ \t]{0,20}")
_LABELLED = re.compile(r"\w[\w .-]{0,14}\s?[:：]\s?\S")
_PAGE = re.compile(r"^\s{0,9}<?https?://[^\s/]{1,200}/[^\s/]{1,500}/\S")  # a page of a site, not a home page
_LINK = re.compile(r"<[^<>\s]{1,1000}>|\[[^\[\]]{1,400}\]|https?://[^\s<>]{1,1000}")
_BULLET = re.compile(r"\s{0,20}(?:[-*•·◦▪‣–+]|\d{1,2}[.)]|\[[ xX]?\])\s")
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?\b|n\.?b\.?:|pd:|ps\b", re.IGNORECASE)


def closing(text: str) -> bool:
    """A closing phrase alone on its row, or with the name behind it ("LG, Eva")."""
    if len(text) > _LONGEST_CLOSING + 30:
        return False
    line = _plain(text)
    if line in _ALL_CLOSINGS:
        return True
    for mark in (",", "!", ".", " - ", "–", "—"):
        head, found, rest = line.partition(mark)
        if found and head.strip() in _ALL_CLOSINGS and len(rest.split()) <= 4 and not rest.strip().endswith(("?", ":")):
            return True
    return False


def _plain(text: str) -> str:
    line = folded(text)
    return line.rstrip(" ,.!;:)😀😊🙂👍🎉🙏❤️✨").lstrip("(").strip()


def name(text: str) -> bool:
    """A row that can be nothing but a person's name: up to four words, no sentence."""
    bare = text.strip().strip("-–—,.*_ ").strip()
    parts = bare.split()
    if not 1 <= len(parts) <= 5 or len(bare) > 45 or any(char in bare for char in ':;!?@/|0123456789"<>[]'):
        return False
    cased = [part for part in parts if part[0].isalpha() and part.lower() not in _PARTICLES]
    return bool(cased) and (all(part[0].isupper() or not part[0].isascii() for part in cased) or len(parts) == 1)


_PARTICLES = names("van von de der den da di do dos das la le el al bin ibn ter ten zu und y e")


def ruler(text: str) -> bool:
    return len(text) > 1 and _RULER.fullmatch(text) is not None


def signature(texts: Sequence[str], blanks: Sequence[bool], *, signed: bool = False) -> int | None:
    """The first row of the signature among the rows of one stretch of own text, or None.

    `blanks[i]`: a blank row stands above row i. Rows are not blank themselves. `signed`: a legal notice or a list
    footer follows, so that a last row with an address alone is no sentence of the person.
    """
    found = (_delimited(texts), _closed(texts, blanks), _named(texts, blanks), _contact_block(texts, blanks, signed))
    return min((at for at in found if at is not None), default=None)


def _delimited(texts: Sequence[str]) -> int | None:
    fenced = False
    for at, text in enumerate(texts):
        bare = text.strip()
        if bare.startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or not bare or bare[0] not in "-_=*~#—–―‐─━":
            continue
        if bare in ("--", "—", "–", "- --", "- -", "__", "--­", "―"):
            if bare != "–" or _signs(texts[at + 1 :]):
                return at
        if ruler(bare) and _signs(texts[at + 1 :], ruled=bare[0] == "_" and len(bare) > 4):
            return at
    return None


def _signs(rest: Sequence[str], *, ruled: bool = False) -> bool:
    """Do these rows look like a signature, a list footer or a legal notice to the end?"""
    worded = [text for text in rest if not ruler(text)]
    if not worded:
        return True
    if len(worded) > ROWS:
        return False
    if disclaimer(" ".join(worded)) or any(list_footer(text) for text in worded):
        return True
    if any(_BULLET.match(text) or text.rstrip().endswith("?") for text in worded):
        return False
    sentences = sum(_sentence(text) for text in worded)
    if ruled:
        return sentences <= 1 or any(_contact(text) for text in worded)
    return (
        sentences == 0
        and len(worded) <= 14
        and (any(_contact(text) for text in worded) or (name(worded[0]) and len(worded) <= 6))
    )


def _sentence(text: str) -> bool:
    return len(text) > 90 or (
        len(text.split()) > 5 and text.rstrip().endswith((".", "!", "?", "。", "？")) and not _contact(text)
    )


def _contact(text: str) -> bool:
    return _PHONE.search(text) is not None or _CONTACT.search(text) is not None


def _titled(text: str) -> bool:
    parts = text.casefold().replace(",", " ").replace("/", " ").replace("|", " ").split()
    return len(parts) <= 9 and any(part.strip(".()&*_") in TITLES or part in TITLES for part in parts)


def _closed(texts: Sequence[str], blanks: Sequence[bool]) -> int | None:
    """Behind a closing phrase and the name."""
    for at, text in enumerate(texts):
        if not closing(text):
            continue
        rest = at + 1
        named = rest < len(texts) and name(texts[rest]) and not _titled(texts[rest])
        rest += named
        if rest < len(texts) and _ends_here(
            texts[rest:], blanks[rest:], joined=named and not thanks(text) and not blanks[rest]
        ):
            return rest
    return None


def thanks(text: str) -> bool:
    """Thanks may stand in the middle of a mail; regards do not."""
    return _plain(text).startswith(THANKS)


def _ends_here(after: Sequence[str], blanks: Sequence[bool], *, joined: bool) -> bool:
    """Is all that follows the closing phrase a signature? A postscript or a sentence says no, something must say yes.

    `joined`: the rows go on right below the name.
    """
    if len(after) > ROWS + 20 or _POSTSCRIPT.match(after[0]):
        return False
    signs = joined or all(name(row) for row in after)
    for paragraph in _paragraphs(after, blanks):
        text = " ".join(paragraph)
        if disclaimer(text) or any(_contact(row) or list_footer(row) or ruler(row) for row in paragraph):
            signs = True
        elif any(_spoken(row) or _POSTSCRIPT.match(row) or closing(row) or _BULLET.match(row) for row in paragraph):
            return False
        else:
            signs = signs or any(_titled(row) or _POSTAL.search(row) for row in paragraph)
    return signs


def _spoken(text: str) -> bool:
    """Ends like a sentence, or is as long as one."""
    return len(text) > 90 or (
        len(text.split()) > 2 and text.rstrip().endswith((".", "!", "?", "。", "？", ":", ",")) and not _titled(text)
    )


def _paragraphs(texts: Sequence[str], blanks: Sequence[bool]) -> list[list[str]]:
    found: list[list[str]] = []
    for text, blank in zip(texts, blanks, strict=True):
        if blank or not found:
            found.append([])
        found[-1].append(text)
    return found


def _named(texts: Sequence[str], blanks: Sequence[bool]) -> int | None:
    """A full name with a title right below it, and nothing that a person would say after them."""
    for at in range(1, len(texts) - 1):
        if not blanks[at] or blanks[at + 1] or len(texts) - at > ROWS or " " not in texts[at].strip():
            continue
        if name(texts[at]) and _titled(texts[at + 1]) and not any(_talk(row) for row in texts[at + 1 :]):
            return at
    return None


def _talk(text: str) -> bool:
    bare = _LINK.sub("", text)
    return (_spoken(bare) or _BULLET.match(bare) is not None) and not _contact(bare)


def _contact_block(texts: Sequence[str], blanks: Sequence[bool], signed: bool) -> int | None:
    """The last paragraphs, if they are short rows with a phone, an address or a title; never the first paragraph."""
    last, start = len(texts), None
    while last > 0:
        first = last - 1
        while first > 0 and not blanks[first]:
            first -= 1
        if first == 0 or last - first > 14 or not _contact_paragraph(texts[first:last], signed or start is not None):
            break
        start = last = first
        if name(texts[first]) and " " in texts[first].strip():
            break  # the full name is the top of a signature
    return start


def _contact_paragraph(rows: Sequence[str], below: bool) -> bool:
    """`below`: a part of the signature stands below already."""
    bare = [_LINK.sub("", row) for row in rows]
    if any(_sentence(row) or len(row) > 100 or _BULLET.match(row) or row.rstrip().endswith(("?", ":")) for row in bare):
        return False
    phones = sum(_PHONE.search(row) is not None for row in rows)
    contacts = sum(_contact(row) for row in rows)
    titles = sum(_titled(row) or _POSTAL.search(row) is not None for row in bare)
    if len(rows) == 1:
        page = _PAGE.search(rows[0]) is not None
        return below and not page and (contacts > 0 or titles > 0 or name(rows[0])) and len(bare[0]) <= 70
    if name(rows[0]):
        return contacts + titles > 0
    if phones and all(_contact(row) or _LABELLED.match(row) for row in rows):
        return True
    return (phones > 0 and contacts + titles >= 2) or (below and contacts + titles > 0)
