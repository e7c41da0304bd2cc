"""Claim the rows that clients, gateways and lists add to a mail, and signatures."""

from __future__ import annotations

import re

from mailbot.inbound.unquote.footers import (
    banner_rows,
    is_client_footer,
    is_client_motto,
    is_list_footer,
    notice_goes_on,
    notice_row,
    notice_title,
)
from mailbot.inbound.unquote.judged_rows import JudgedRows, RowRule
from mailbot.inbound.unquote.list_marks import is_entry
from mailbot.inbound.unquote.rows import ClientMark
from mailbot.inbound.unquote.signature import signature
from mailbot.languages import everywhere

_LONGEST_PARAGRAPH = 40  # rows of one that are looked at
_PICTURE = re.compile(
    rf"[ \t]{{0,20}}[\[<](?:{'|'.join(everywhere.written('clients', 'pictures'))})\b"
    r"[^\[\]<>]{0,300}[\]>]"
    r"[ \t]{0,20}(?:<[^<>\s]{1,2000}>)?",
    re.IGNORECASE,
)
_ADDED = (RowRule.CLIENT_FOOTER, RowRule.LIST_FOOTER, RowRule.BANNER, RowRule.DISCLAIMER)
_SIGNED_BY = (RowRule.DISCLAIMER, RowRule.LIST_FOOTER)
"""What stands below a signature: a row above it with an address alone is no sentence."""


def pgp_frames(judged: JudgedRows) -> None:
    """Claim the frame of a PGP signature (RFC 9580 section 7) in HTML.

    Out of plain text it was taken before (message/openpgp.py).
    """
    inside = False
    for at, row in enumerate(judged.rows):
        if row.text.startswith("-----BEGIN PGP SIGNED"):
            judged.mark(range(at, at + 1 + _has_hash(judged, at + 1)), RowRule.PGP_FRAME)
        inside = inside or row.text.startswith("-----BEGIN PGP SIGNATURE")
        if inside:
            judged.mark((at,), RowRule.PGP_FRAME)
        inside = inside and not row.text.startswith("-----END PGP")


def _has_hash(judged: JudgedRows, at: int) -> bool:
    return at < len(judged.rows) and judged.rows[at].text.startswith("Hash:")


def notices(judged: JudgedRows) -> None:
    """Claim banners above and legal notices below.

    Those of several paragraphs go on until somebody speaks or a quote begins.
    """
    top = next(iter(judged.worded(range(len(judged.rows)))), 0)
    end = title = -1  # where the notice above ends; where a title right above begins
    for first, last in _paragraphs(judged):
        texts = [row.text for row in judged.rows[first : min(last, first + _LONGEST_PARAGRAPH)]]
        warned = banner_rows(texts, top=first == top)
        begins = None if warned else _notice_begins(judged, texts, first, end)
        if warned:
            judged.mark(range(first, first + warned), RowRule.BANNER)
        elif begins is not None and not is_entry(texts[0]):
            titled = begins == 0 and title >= 0
            judged.mark(range(title if titled else first + begins, last), RowRule.DISCLAIMER)
            end = last
        title = first if notice_title(texts) else -1


def _notice_begins(judged: JudgedRows, texts: list[str], first: int, end: int) -> int | None:
    """Find the row of a paragraph on which a notice begins, or goes on from the one that ended
    above."""
    begins = notice_row(texts)
    if begins is not None:
        return begins
    below_notice = end >= 0 and not any(judged.rules[end:first])
    return 0 if below_notice and notice_goes_on(texts) else None


def additions(judged: JudgedRows) -> None:
    """Claim client and list footers and the words that stand for pictures, outside of fences."""
    fenced = False
    for at, row in enumerate(judged.rows):
        if row.text.startswith("```"):
            fenced = not fenced
        if not fenced and judged.is_free(at):
            judged.rules[at] = _addition(judged, at)


def _addition(judged: JudgedRows, at: int) -> RowRule:
    text = judged.rows[at].text
    if is_client_footer(text) or (is_client_motto(text) and _stands_last(judged, at)):
        return RowRule.CLIENT_FOOTER
    if is_list_footer(text):
        return RowRule.LIST_FOOTER
    return RowRule.PICTURE if _PICTURE.fullmatch(text) else RowRule.UNJUDGED


def _stands_last(judged: JudgedRows, at: int) -> bool:
    """Tell whether a row is a paragraph of its own, below own words and right above no others."""
    if at == 0 or judged.rows[at - 1].text:
        return False
    below = next(iter(judged.worded(range(at + 1, len(judged.rows)))), None)
    return below is None or not judged.is_free(below)


def _paragraphs(judged: JudgedRows) -> list[tuple[int, int]]:
    """Return [first, last) of rows that nothing claims, with no blank row between them."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for at in range(len(judged.rows) + 1):
        here = at < len(judged.rows) and judged.is_free(at)
        if here and first is None:
            first = at
        elif not here and first is not None:
            found.append((first, at))
            first = None
    return found


def signatures(judged: JudgedRows) -> None:
    """Claim signatures: those the client marks, and one at the end of each stretch of own rows."""
    _marked_signatures(judged)
    for stretch in _stretches(judged):
        if _is_between_ours(judged, stretch):
            continue  # an answer that ends with a name and a number is an answer
        _below_footers(judged, stretch)
        _signature(judged, stretch)


def _signature(judged: JudgedRows, stretch: list[int]) -> None:
    own = [at for at in stretch if judged.is_free(at)]
    if not own:
        return
    texts = [judged.rows[at].text for at in own]
    blanks = [at > 0 and not judged.rows[at - 1].text for at in own]
    signed = any(judged.rules[at] in _SIGNED_BY for at in stretch if at > own[-1])
    first = signature(texts, blanks, signed=signed)
    if first is not None:
        judged.mark(range(own[first], own[-1] + 1), RowRule.SIGNATURE)


def _marked_signatures(judged: JudgedRows) -> None:
    """Claim the client's signature element, unless it is all there is: some people type in it."""
    free = [at for at in range(len(judged.rows)) if judged.is_free(at)]
    marked = [at for at in free if judged.rows[at].mark is ClientMark.SIGNATURE]
    if len(marked) < len(free):
        judged.mark(marked, RowRule.SIGNATURE)


def _stretches(judged: JudgedRows) -> list[list[int]]:
    """Return the rows between quotes: what the person wrote there, with what was added to it."""
    found: list[list[int]] = [[]]
    for at, rule in enumerate(judged.rules):
        if not rule or rule in _ADDED or rule is RowRule.SIGNATURE:
            if judged.rows[at].text:
                found[-1].append(at)
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if stretch]


def _is_between_ours(judged: JudgedRows, stretch: list[int]) -> bool:
    ours = judged.matches
    return bool(ours) and min(ours) < stretch[0] and stretch[-1] < max(ours)


def _below_footers(judged: JudgedRows, stretch: list[int]) -> None:
    """Claim what stands below "Sent from my phone" and own words: an unmarked quote.

    Where rows of our mail were recognised, nothing is guessed.
    """
    if judged.matches:
        return
    above = False
    for number, at in enumerate(stretch):
        if above and judged.rules[at] is RowRule.CLIENT_FOOTER:
            judged.mark(stretch[number + 1 :], RowRule.BELOW_CLIENT_FOOTER)
            return
        above = above or judged.is_free(at)
