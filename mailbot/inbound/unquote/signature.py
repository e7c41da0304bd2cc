"""Find where a person's words end and the signature begins.

The problem: a signature is words like others. "Lena Vogt / +49 30 1234567" below "Please call the
vendor:" is the answer; below "Best regards" it is not. What is cut too much is lost to the agenda,
what is cut too little becomes an item in it.

The idea: four readers, each with its own evidence, and the highest row that one of them finds:
    _delimited      a row of dashes or underscores, if all below it looks like a signature
    _closed         behind a closing phrase and the name, if nothing below them is a sentence
    _named          a full name, its title on the next row, and nobody speaks below
    _contact_block  the last paragraphs, if they are there for a phone, an address or a title
In doubt rows are the person's. The closing phrase and the bare name stay with them, too: they may
have been typed (understand/small_talk.py knows them as courtesies).

An example: "The draft is done. / Best regards, / Ana / Corp, Lisbon / +351 21 123 456" is cut
above "Corp".

Rejected: "-- " alone (Outlook and most phones do not write it); trained classifiers (they need
mails of people to train on, and cannot name the rule that spoke); learning the signatures of a
person (state about people, for rows that change with every client).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailbot.inbound.unquote.contacts import (
    PARTICLES,
    PHONE,
    POSTAL,
    has_contact,
    is_titled,
    says_more,
    words_beside,
)
from mailbot.inbound.unquote.footers import folded, is_disclaimer, is_list_footer
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
_NAME_WORDS = 4  # behind "Best regards,"
_PLACE_WORDS = 3  # behind "Grüße aus"
_BEFORE_NAME = (",", "!", ".", " - ", "–", "—")
_DELIMITERS = ("--", "—", "–", "- --", "- -", "__", "--\u00ad", "―")
_LONG_ROW = 90  # characters; no row of a signature is longer
_BLOCK_ROWS = 14  # of one paragraph of a signature
_PLAIN_ROWS = 6  # of a signature without any contact
_NO_NAME = frozenset(':;!?@/|0123456789"<>[]')
_LABELLED = re.compile(r"\w[\w .-]{0,14}\s?[:：]\s?\S")
# a page of a site, not a home page
_PAGE = re.compile(r"^\s{0,9}<?https?://[^\s/]{1,200}/[^\s/]{1,500}/\S")
_LINK = re.compile(r"<[^<>\s]{1,1000}>|\[[^\[\]]{1,400}\]|https?://[^\s<>]{1,1000}")
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?\b|n\.?b\.?:|pd:|ps\b", re.IGNORECASE)


def is_closing(text: str) -> bool:
    """Tell whether a row is a closing phrase, alone or with the name behind it ("LG, Eva")."""
    if len(text) > _LONGEST_CLOSING + 30:
        return False
    line = _plain(text)
    if line in _ALL_CLOSINGS:
        return True
    if line.startswith(_BEFORE_DAY) and len(line.split()) <= _UNTIL_WORDS:
        return not text.rstrip().endswith(("?", ":"))
    if line.split(" ", 1)[0].rstrip(",!.–—") not in _OPENERS:
        return False
    return _has_name_behind(line) or _has_place_behind(line)


def _has_name_behind(line: str) -> bool:
    for mark in _BEFORE_NAME:
        head, _, rest = line.partition(mark)
        named = len(rest.split()) <= _NAME_WORDS and not rest.strip().endswith(("?", ":"))
        if named and mark in line and head.strip() in _ALL_CLOSINGS:
            return True
    return False


def _has_place_behind(line: str) -> bool:
    for head, found, place in map(line.partition, _BEFORE_PLACE):
        if found and head in _ALL_CLOSINGS and len(place.split()) <= _PLACE_WORDS:
            return True
    return False


def _plain(text: str) -> str:
    line = folded(text)
    return line.rstrip(" ,.!;:)。！，、،…😀😊🙂👍🎉🙏❤️✨").lstrip("(").strip()


def is_name(text: str) -> bool:
    """Tell whether a row can be nothing but a person's name: up to five words, no sentence."""
    bare = text.strip().strip("-–—,.*_ ").strip()
    parts = bare.split()
    if not 1 <= len(parts) <= 5 or len(bare) > 45 or not _NO_NAME.isdisjoint(bare):
        return False
    cased = [part for part in parts if part[0].isalpha() and part.lower() not in PARTICLES]
    return bool(cased) and (len(parts) == 1 or all(map(_is_capital, cased)))


def _is_capital(word: str) -> bool:
    """Tell whether a word begins with a capital. Scripts without capitals count as capitals."""
    return word[0].isupper() or not word[0].isascii()


def signature(texts: Sequence[str], blanks: Sequence[bool], *, signed: bool = False) -> int | None:
    """Find the first row of the signature among the rows of one stretch of own text, or None.

    `blanks[i]`: a blank row stands above row i. Rows are not blank themselves. `signed`: a legal
    notice or a list footer follows, so that a last row with an address alone is no sentence of
    the person.
    """
    mark = _delimited(texts)
    above, gaps = (texts, blanks) if mark is None else (texts[:mark], blanks[:mark])
    signed = signed or (mark is not None and _added(texts[mark + 1 :]))
    closings = [at for at, text in enumerate(above) if is_closing(text)]
    floor = closings[-1] if closings else 0
    found = (
        mark,
        _closed(above, gaps, closings),
        _named(above, gaps),
        _contact_block(above, gaps, floor, signed=signed),
    )
    return min((at for at in found if at is not None), default=None)


def _added(rows: Sequence[str]) -> bool:
    """Find a legal notice or a list footer."""
    return is_disclaimer(" ".join(rows)) or any(is_list_footer(row) for row in rows)


def _delimited(texts: Sequence[str]) -> int | None:
    """Find the row of dashes or underscores above a signature."""
    fenced = False
    for at, text in enumerate(texts):
        bare = text.strip()
        if bare.startswith(("```", "~~~")):
            fenced = not fenced
        if not fenced and bare[:1] in RULES and _delimits(bare, texts[at + 1 :]):
            return at
    return None


def _delimits(bare: str, rest: Sequence[str]) -> bool:
    if bare in _DELIMITERS and (_signs(rest) or (bare != "–" and not _talks_on(rest))):
        return True
    by_client = bare.startswith("_") and len(bare) >= _RULED
    return is_ruler(bare) and _signs(rest, ruled=by_client)


def _talks_on(rest: Sequence[str]) -> bool:
    """Find bullets or questions and no contact: the dashes part the person's own words."""
    asks = any(is_entry(text) or text.rstrip().endswith(("?", "？")) for text in rest)
    return asks and not any(map(has_contact, rest))


def _signs(rest: Sequence[str], *, ruled: bool = False) -> bool:
    """Tell whether these rows look like a signature, a list footer or a legal notice to the end."""
    rows = [text for text in rest if not is_ruler(text)]
    if not rows:
        return True
    if len(rows) > ROWS:
        return False
    if _added(rows):
        return True
    if any(is_entry(text) or text.rstrip().endswith("?") for text in rows):
        return False
    sentences = sum(map(_sentence, rows))
    if ruled:
        return sentences <= 1 or any(map(has_contact, rows))
    return sentences == 0 and _is_short_signature(rows)


def _is_short_signature(rows: Sequence[str]) -> bool:
    if any(map(has_contact, rows)):
        return len(rows) <= _BLOCK_ROWS
    first = rows[0].lstrip()[:1]
    return len(rows) <= _PLAIN_ROWS and is_name(rows[0]) and first.upper() == first


def _sentence(text: str) -> bool:
    if len(text) > _LONG_ROW:
        return True
    ends = text.rstrip().endswith((".", "!", "?", "。", "？"))
    return ends and len(text.split()) > 5 and not has_contact(text)


def _closed(texts: Sequence[str], blanks: Sequence[bool], closings: Sequence[int]) -> int | None:
    """Find what follows a closing phrase and the name."""
    for at in closings:
        named = at + 1 < len(texts) and _is_plain_name(texts[at + 1])
        rest = at + 1 + named
        if rest < len(texts) and _ends_here(
            texts[rest:],
            blanks[rest:],
            doubtful=is_thanks(texts[at]) and not named,
            joined=named and not is_thanks(texts[at]) and not blanks[rest],
        ):
            return rest
    return None


def _is_plain_name(text: str) -> bool:
    return is_name(text) and not is_titled(text)


def is_thanks(text: str) -> bool:
    """Tell thanks from regards: thanks may stand in the middle of a mail; regards do not."""
    return _plain(text).startswith(_THANKS)


def _ends_here(
    after: Sequence[str], blanks: Sequence[bool], *, joined: bool, doubtful: bool
) -> bool:
    """Tell whether all that follows the closing phrase is a signature.

    A postscript or a sentence says no, something must say yes.

    `joined`: the rows go on right below the name. `doubtful`: thanks without a name, below which
    a mail may go on.
    """
    if len(after) > ROWS + 20 or _POSTSCRIPT.match(after[0]):
        return False
    signs = joined
    for rows in _paragraphs(after, blanks):
        if not signs and _mentions_contact(rows):
            return False
        if _is_machine_made(rows):
            signs = True
        elif any(map(_goes_on, rows)):
            return False
        elif not doubtful:
            signs = signs or any(map(_stands_for_itself, rows))
    return signs


def _mentions_contact(rows: Sequence[str]) -> bool:
    """Find a sentence with a number or an address in it, unless it opens a legal notice."""
    return has_contact(rows[0]) and says_more(rows[0]) and not is_disclaimer(" ".join(rows))


def _is_machine_made(rows: Sequence[str]) -> bool:
    """Find a legal notice, or a paragraph with a contact, a list footer or a ruler in it."""
    if is_disclaimer(" ".join(rows)):
        return True
    return any(has_contact(row) or is_list_footer(row) or is_ruler(row) for row in rows)


def _goes_on(row: str) -> bool:
    """Tell whether it is a row that the person typed below the closing phrase."""
    if _spoken(row) or is_closing(row):
        return True
    return _POSTSCRIPT.match(row) is not None or is_entry(row)


def _stands_for_itself(row: str) -> bool:
    """Find a title or a postal address that is no part of a sentence."""
    return (is_titled(row) and not says_more(row)) or POSTAL.search(row) is not None


def _spoken(text: str) -> bool:
    """Tell whether a row ends like a sentence, or is as long as one."""
    if len(text) > _LONG_ROW:
        return True
    ends = text.rstrip().endswith((".", "!", "?", "。", "？", ":", ","))
    return ends and len(text.split()) > 2 and not is_titled(text)


def _paragraphs(texts: Sequence[str], blanks: Sequence[bool]) -> list[list[str]]:
    found: list[list[str]] = []
    for text, blank in zip(texts, blanks, strict=True):
        if blank or not found:
            found.append([])
        found[-1].append(text)
    return found


def _named(texts: Sequence[str], blanks: Sequence[bool]) -> int | None:
    """Find a full name with a title right below it, and nothing a person would say after them."""
    for at in range(max(1, len(texts) - ROWS), len(texts) - 1):
        opens = blanks[at] and not blanks[at + 1]
        if not opens or not _is_titled_name(texts[at], texts[at + 1]):
            continue
        if _tells_enough(texts[:at]) and not any(map(_talk, texts[at + 1 :])):
            return at
    return None


def _is_titled_name(text: str, below: str) -> bool:
    return _full_name(text) and not is_titled(text) and is_titled(below, jobs=True)


def _talk(text: str) -> bool:
    bare = _LINK.sub("", text)
    return (_spoken(bare) or is_entry(bare)) and not has_contact(bare)


def _contact_block(
    texts: Sequence[str], blanks: Sequence[bool], floor: int, *, signed: bool
) -> int | None:
    """Find the last paragraphs, if they are short rows with a phone, an address or a title.

    Never the first paragraph. `floor`: the row of the last closing phrase; nothing from there up
    belongs to a block that begins below it.
    """
    start: int | None = None
    for first, last in _paragraphs_upwards(blanks):
        if first <= floor or last - first > _BLOCK_ROWS:
            break
        below = signed or start is not None
        told = below or _tells_enough(texts[:first])
        if not _contacts(texts[first:last], below=below, told=told):
            break
        start = first
        if _full_name(texts[first]):
            break  # the full name is the top of a signature
    return start


def _paragraphs_upwards(blanks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield [first, last) of each paragraph, the last one first."""
    last = len(blanks)
    for first in range(len(blanks) - 1, -1, -1):
        if first == 0 or blanks[first]:
            yield first, last
            last = first


def _tells_enough(above: Sequence[str]) -> bool:
    """Tell whether a name with a number below these rows is more likely the writer's than what a
    short answer consists of."""
    above = [row for row in above if not is_name(row)] or above
    last = above[-1].rstrip()
    spoken = sum(len(row.split()) for row in above[-9:])
    if last.endswith((":", ",")) or spoken < SHORT_WORDS // 2:
        return False
    return spoken >= SHORT_WORDS or last.endswith((".", "!", "?", "。")) or "://" in last


def _full_name(text: str) -> bool:
    return is_name(text) and " " in text.strip()


def _contacts(rows: Sequence[str], *, below: bool, told: bool) -> bool:
    """Tell whether a paragraph is there for the contacts it holds.

    `below`: a part of the signature stands below already; `told`: a name and one contact are
    enough. In doubt the rows are the person's words.
    """
    bare = [_LINK.sub("", row) for row in rows]
    if any(map(_is_said, bare)) or any(map(says_more, rows)) or _names_several(rows):
        return False
    if len(rows) == 1:
        return below and _lone(rows[0])
    found = sum(map(has_contact, rows)) + sum(map(_is_placed, bare))
    if _is_plain_name(rows[0]):
        return found > (0 if told else 1)
    if any(map(PHONE.search, rows)):
        return found >= 2 or below or all(map(_is_labelled, rows))
    return below and found > 0


def _is_said(row: str) -> bool:
    """Find a sentence, an entry of a list, or a row that asks or introduces something."""
    if _sentence(row) or len(row) > 100:
        return True
    return is_entry(row) or row.rstrip().endswith(("?", ":"))


def _names_several(rows: Sequence[str]) -> bool:
    """Find several people and their numbers."""
    return sum(has_contact(row) and is_name(" ".join(words_beside(row))) for row in rows) > 1


def _is_placed(row: str) -> bool:
    """Find a title or a postal address."""
    return is_titled(row) or POSTAL.search(row) is not None


def _is_labelled(row: str) -> bool:
    return has_contact(row) or _LABELLED.match(row) is not None


def _lone(row: str) -> bool:
    """Find a contact with a name or a title beside it at most, or a full name: a row of a signature
    all by itself."""
    rest = " ".join(words_beside(row))
    if not has_contact(row):
        return is_titled(row) or _full_name(row)
    return _PAGE.search(row) is None and (not rest or is_name(rest) or is_titled(rest))
