"""Where a person's words end and the signature begins.

A signature is what follows "-- ", or the name behind a closing phrase, or a block of short rows
with a phone, an address or a title. The closing phrase and the bare name stay: they are words
the person may have typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.inbound.unquote.contacts import (
    PARTICLES,
    PHONE,
    POSTAL,
    beside,
    contact,
    titled,
    worded,
)
from mailbot.inbound.unquote.footers import disclaimer, folded, list_footer
from mailbot.inbound.unquote.list_marks import RULES, is_entry, is_ruler
from mailbot.languages import everywhere

ROWS = 30  # a signature is not longer
# below fewer (half as many, in a whole sentence) a name and a number may be the answer itself
SHORT_WORDS = 12

_ALL_CLOSINGS = frozenset(everywhere.written("polite", "closings"))
_BEFORE_DAY = tuple(f"{word} " for word in everywhere.written("polite", "closings_before_day"))
_BEFORE_PLACE = tuple(f" {word} " for word in everywhere.written("polite", "closings_before_place"))
_THANKS = everywhere.written("polite", "thanks")
_OPENERS = frozenset(phrase.split()[0].rstrip(",!.") for phrase in _ALL_CLOSINGS)
_LONGEST_CLOSING = max(len(phrase) for phrase in _ALL_CLOSINGS)
_RULED = 12  # underscores that clients and lists put above what they add; people draw shorter lines
_UNTIL_WORDS = 4  # of "See you on Thursday"
_LABELLED = re.compile(r"\w[\w .-]{0,14}\s?[:：]\s?\S")
# a page of a site, not a home page
_PAGE = re.compile(r"^\s{0,9}<?https?://[^\s/]{1,200}/[^\s/]{1,500}/\S")
_LINK = re.compile(r"<[^<>\s]{1,1000}>|\[[^\[\]]{1,400}\]|https?://[^\s<>]{1,1000}")
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?\b|n\.?b\.?:|pd:|ps\b", re.IGNORECASE)


def closing(text: str) -> bool:
    """A closing phrase alone on its row, or with the name behind it ("LG, Eva")."""
    if len(text) > _LONGEST_CLOSING + 30:
        return False
    line = _plain(text)
    if line in _ALL_CLOSINGS:
        return True
    if line.startswith(_BEFORE_DAY) and len(line.split()) <= _UNTIL_WORDS:
        return not text.rstrip().endswith(("?", ":"))
    if line.split(" ", 1)[0].rstrip(",!.–—") not in _OPENERS:
        return False
    for mark in (",", "!", ".", " - ", "–", "—"):
        head, found, rest = line.partition(mark)
        if (
            found
            and head.strip() in _ALL_CLOSINGS
            and len(rest.split()) <= 4
            and not rest.strip().endswith(("?", ":"))
        ):
            return True
    return any(
        found and head in _ALL_CLOSINGS and len(place.split()) <= 3
        for head, found, place in map(line.partition, _BEFORE_PLACE)
    )


def _plain(text: str) -> str:
    line = folded(text)
    return line.rstrip(" ,.!;:)。！，、،…😀😊🙂👍🎉🙏❤️✨").lstrip("(").strip()


def name(text: str) -> bool:
    """A row that can be nothing but a person's name: up to four words, no sentence."""
    bare = text.strip().strip("-–—,.*_ ").strip()
    parts = bare.split()
    if (
        not 1 <= len(parts) <= 5
        or len(bare) > 45
        or any(char in bare for char in ':;!?@/|0123456789"<>[]')
    ):
        return False
    cased = [part for part in parts if part[0].isalpha() and part.lower() not in PARTICLES]
    return bool(cased) and (
        all(part[0].isupper() or not part[0].isascii() for part in cased) or len(parts) == 1
    )


def signature(texts: Sequence[str], blanks: Sequence[bool], *, signed: bool = False) -> int | None:
    """The first row of the signature among the rows of one stretch of own text, or None.

    `blanks[i]`: a blank row stands above row i. Rows are not blank themselves. `signed`: a legal
    notice or a list footer follows, so that a last row with an address alone is no sentence of
    the person.
    """
    mark = _delimited(texts)
    above, gaps = (texts, blanks) if mark is None else (texts[:mark], blanks[:mark])
    signed = signed or (mark is not None and _added(texts[mark + 1 :]))
    closings = [at for at, text in enumerate(above) if closing(text)]
    floor = closings[-1] if closings else 0
    found = (
        mark,
        _closed(above, gaps, closings),
        _named(above, gaps),
        _contact_block(above, gaps, floor, signed=signed),
    )
    return min((at for at in found if at is not None), default=None)


def _added(rows: Sequence[str]) -> bool:
    """A legal notice or a list footer."""
    return disclaimer(" ".join(rows)) or any(list_footer(row) for row in rows)


def _delimited(texts: Sequence[str]) -> int | None:
    fenced = False
    for at, text in enumerate(texts):
        bare = text.strip()
        if bare.startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or not bare or bare[0] not in RULES:
            continue
        if bare in ("--", "—", "–", "- --", "- -", "__", "--­", "―"):
            if (bare != "–" and not _talks_on(texts[at + 1 :])) or _signs(texts[at + 1 :]):
                return at
        if is_ruler(bare) and _signs(texts[at + 1 :], ruled=bare[0] == "_" and len(bare) >= _RULED):
            return at
    return None


def _talks_on(rest: Sequence[str]) -> bool:
    """Bullets or questions and no contact: the dashes part the person's own words."""
    asks = any(is_entry(text) or text.rstrip().endswith(("?", "？")) for text in rest)
    return asks and not any(contact(text) for text in rest)


def _signs(rest: Sequence[str], *, ruled: bool = False) -> bool:
    """Do these rows look like a signature, a list footer or a legal notice to the end?"""
    rows = [text for text in rest if not is_ruler(text)]
    if not rows:
        return True
    if len(rows) > ROWS:
        return False
    if _added(rows):
        return True
    if any(is_entry(text) or text.rstrip().endswith("?") for text in rows):
        return False
    sentences = sum(_sentence(text) for text in rows)
    if ruled:
        return sentences <= 1 or any(contact(text) for text in rows)
    return (
        sentences == 0
        and len(rows) <= 14
        and (
            any(contact(text) for text in rows)
            or (
                name(rows[0])
                and rows[0].lstrip()[:1].upper() == rows[0].lstrip()[:1]
                and len(rows) <= 6
            )
        )
    )


def _sentence(text: str) -> bool:
    return len(text) > 90 or (
        len(text.split()) > 5
        and text.rstrip().endswith((".", "!", "?", "。", "？"))
        and not contact(text)
    )


def _closed(texts: Sequence[str], blanks: Sequence[bool], closings: Sequence[int]) -> int | None:
    """Behind a closing phrase and the name."""
    for at in closings:
        rest = at + 1
        named = rest < len(texts) and name(texts[rest]) and not titled(texts[rest])
        rest += named
        if rest < len(texts) and _ends_here(
            texts[rest:],
            blanks[rest:],
            doubtful=thanks(texts[at]) and not named,
            joined=named and not thanks(texts[at]) and not blanks[rest],
        ):
            return rest
    return None


def thanks(text: str) -> bool:
    """Thanks may stand in the middle of a mail; regards do not."""
    return _plain(text).startswith(_THANKS)


def _ends_here(
    after: Sequence[str], blanks: Sequence[bool], *, joined: bool, doubtful: bool
) -> bool:
    """Is all that follows the closing phrase a signature? A postscript or a sentence says no,
    something must say yes.

    `joined`: the rows go on right below the name. `doubtful`: thanks without a name, below which
    a mail may go on.
    """
    if len(after) > ROWS + 20 or _POSTSCRIPT.match(after[0]):
        return False
    signs = joined
    for paragraph in _paragraphs(after, blanks):
        text = " ".join(paragraph)
        if not signs and contact(paragraph[0]) and worded(paragraph[0]) and not disclaimer(text):
            return False
        if disclaimer(text) or any(
            contact(row) or list_footer(row) or is_ruler(row) for row in paragraph
        ):
            signs = True
        elif any(
            _spoken(row) or _POSTSCRIPT.match(row) or closing(row) or is_entry(row)
            for row in paragraph
        ):
            return False
        else:
            signs = signs or (not doubtful and any(_stands_for_itself(row) for row in paragraph))
    return signs


def _stands_for_itself(row: str) -> bool:
    """A title or a postal address that is no part of a sentence."""
    return (titled(row) and not worded(row)) or POSTAL.search(row) is not None


def _spoken(text: str) -> bool:
    """Ends like a sentence, or is as long as one."""
    return len(text) > 90 or (
        len(text.split()) > 2
        and text.rstrip().endswith((".", "!", "?", "。", "？", ":", ","))
        and not titled(text)
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
        if (
            not blanks[at]
            or blanks[at + 1]
            or len(texts) - at > ROWS
            or " " not in texts[at].strip()
        ):
            continue
        if not name(texts[at]) or titled(texts[at]) or not titled(texts[at + 1], jobs=True):
            continue
        if _tells_enough(texts[:at]) and not any(_talk(row) for row in texts[at + 1 :]):
            return at
    return None


def _talk(text: str) -> bool:
    bare = _LINK.sub("", text)
    return (_spoken(bare) or is_entry(bare)) and not contact(bare)


def _contact_block(
    texts: Sequence[str], blanks: Sequence[bool], floor: int, *, signed: bool
) -> int | None:
    """The last paragraphs, if they are short rows with a phone, an address or a title; never the
    first paragraph.

    `floor`: the row of the last closing phrase; nothing from there up belongs to a block that
    begins below it.
    """
    last, start = len(texts), None
    while last > 0:
        first = last - 1
        while first > 0 and not blanks[first]:
            first -= 1
        if first <= floor or last - first > 14:
            break
        below = signed or start is not None
        if not _contacts(
            texts[first:last], below=below, told=below or _tells_enough(texts[:first])
        ):
            break
        start = last = first
        if _full_name(texts[first]):
            break  # the full name is the top of a signature
    return start


def _tells_enough(above: Sequence[str]) -> bool:
    """Is a name with a number below these rows more likely the writer's than what a short answer
    consists of?"""
    above = [row for row in above if not name(row)] or above
    last = above[-1].rstrip()
    spoken = sum(len(row.split()) for row in above[-9:])
    if last.endswith((":", ",")) or spoken < SHORT_WORDS // 2:
        return False
    return spoken >= SHORT_WORDS or last.endswith((".", "!", "?", "。")) or "://" in last


def _full_name(text: str) -> bool:
    return name(text) and " " in text.strip()


def _contacts(rows: Sequence[str], *, below: bool, told: bool) -> bool:
    """`below`: a part of the signature stands below already; `told`: a name and one contact are
    enough.

    In doubt the rows are the person's words.
    """
    bare = [_LINK.sub("", row) for row in rows]
    if any(
        _sentence(row) or len(row) > 100 or is_entry(row) or row.rstrip().endswith(("?", ":"))
        for row in bare
    ):
        return False
    if any(worded(row) for row in rows):
        return False
    if sum(contact(row) and name(" ".join(beside(row))) for row in rows) > 1:
        return False  # several people and their numbers
    phones = sum(PHONE.search(row) is not None for row in rows)
    contacts = sum(contact(row) for row in rows)
    titles = sum(titled(row) or POSTAL.search(row) is not None for row in bare)
    if len(rows) == 1:
        return below and _lone(rows[0])
    if name(rows[0]) and not titled(rows[0]):
        return contacts + titles > (0 if told else 1)
    if phones and all(contact(row) or _LABELLED.match(row) for row in rows):
        return True
    return (phones > 0 and contacts + titles >= 2) or (below and contacts + titles > 0)


def _lone(row: str) -> bool:
    """A contact with a name or a title beside it at most, or a full name: a row of a signature
    all by itself."""
    rest = " ".join(beside(row))
    if not contact(row):
        return titled(row) or _full_name(row)
    return _PAGE.search(row) is None and (not rest or name(rest) or titled(rest))
