"""Claim what opens a quote and, where our mail is not recognised, the quote below it."""

from __future__ import annotations

import re

from mailbot.inbound.unquote.attribution import attribution
from mailbot.inbound.unquote.header_block import header_block, is_divider, is_reply_above
from mailbot.inbound.unquote.judged_rows import BELOW, JudgedRows, RowRule
from mailbot.inbound.unquote.list_marks import is_ruler
from mailbot.inbound.unquote.rows import ClientMark, Row

_ROWS_OF_RULER = 3  # above a quote start, in which its dashes are looked for
_WIDTH = 68  # columns from which on a row may have been wrapped
_SHORT_PIECE = 50  # characters of what is left of a row that was wrapped
_DEEP = 3  # quote marks from which on rows are wrapped at every forward
_LOST_MARK = re.compile(r"[a-zß-öø-ÿ(<\d/.,;)\"']")
_ONLY_LINK = re.compile(r"\s{0,9}[(<\[]?https?://\S{1,1000}\s{0,9}>?")
_MARKED_BY_CLIENT = {
    ClientMark.HEADER_BLOCK: RowRule.HEADER_BLOCK,
    ClientMark.ATTRIBUTION: RowRule.ATTRIBUTION,
}


def quote_starts(judged: JudgedRows) -> None:
    """Claim attributions, header blocks and dividers."""
    last = -1
    for at in range(len(judged.rows)):
        if at <= last or not judged.rows[at].text:
            continue
        start = _start(judged, at)
        if start is not None:
            rule, first, last = start
            judged.mark_again(range(first, last + 1), rule)
            judged.starts.append(last)


def _start(judged: JudgedRows, at: int) -> tuple[RowRule, int, int] | None:
    """Find what ends (an attribution) or begins (all others) on this row: rule, first and
    last row."""
    rows, row = judged.rows, judged.rows[at]
    first = attribution(rows, at)
    if first is not None:
        return RowRule.ATTRIBUTION, first, at
    block = header_block(rows, at) if ":" in row.text or "：" in row.text else None
    if block is not None:
        return RowRule.HEADER_BLOCK, *block
    if row.mark in _MARKED_BY_CLIENT and not judged.rules[at]:
        return _MARKED_BY_CLIENT[row.mark], at, at
    return (RowRule.DIVIDER, at, at) if is_divider(row.text) else None


def quotes(judged: JudgedRows) -> None:
    """Claim marked rows; behind a start without marked rows, all that follows is a quote."""
    below = RowRule.UNJUDGED
    starts = set(judged.starts)
    for at, row in enumerate(judged.rows):
        if at in starts and not below:
            below = _rule_below(judged, at)
        elif judged.is_free(at):
            judged.rules[at] = RowRule.QUOTE_MARK if row.depth else below


def _rule_below(judged: JudgedRows, start: int) -> RowRule:
    if is_reply_above(judged.rows[start].text):
        return RowRule.BELOW_DIVIDER
    if judged.is_unmarked_start(start):
        return BELOW[judged.rules[start]]
    return RowRule.UNJUDGED


def dividers_above(judged: JudgedRows) -> None:
    """Claim the dashes, underscores or rule right above a quote start."""
    starts = set(judged.starts)
    for start in judged.starts:
        first = start
        while first > 0 and _is_same_start(judged, first - 1, start, starts):
            first -= 1
        above = range(first - 1, max(-1, first - 1 - _ROWS_OF_RULER), -1)
        nearest = next(iter(judged.worded(above)), None)
        if nearest is not None and is_ruler(judged.rows[nearest].text):
            judged.mark((nearest,), RowRule.DIVIDER)


def _is_same_start(judged: JudgedRows, above: int, start: int, starts: set[int]) -> bool:
    return judged.rules[above] is judged.rules[start] and above not in starts


def wrapped_quotes(judged: JudgedRows) -> None:
    """Claim the second half of quoted rows that were wrapped after the marks were set.

    List archives and clients do so. Where our mail is known its words decide; elsewhere the row
    must go on in the middle of a sentence.
    """
    carried = False  # the row above lost its mark, too
    for at in range(1, len(judged.rows) - 1):
        above = judged.rows[at - 1]
        quoted = (above.depth > 0 or carried) and above.text != ""
        carried = False
        if not quoted or judged.rows[at].depth or not judged.is_free(at):
            continue
        below = judged.rows[at + 1]
        carried = _is_second_half(above, judged.rows[at], below)
        if carried or _is_link_in_quote(judged.rows[at], below):
            judged.rules[at] = RowRule.WRAPPED_QUOTE


def _is_second_half(above: Row, row: Row, below: Row) -> bool:
    quoted_below = below.depth > 0 or _LOST_MARK.match(below.text) is not None
    return quoted_below and _goes_on(above, row)


def _is_link_in_quote(row: Row, below: Row) -> bool:
    return below.depth > 0 and _ONLY_LINK.fullmatch(row.text) is not None


def _goes_on(above: Row, row: Row) -> bool:
    """Tell whether a row goes on where the quoted row above it had no room for its first word."""
    if above.depth >= _DEEP and len(row.text) <= _SHORT_PIECE:
        return True
    if above.text.endswith((".", "!", "?", ":")) or _LOST_MARK.match(row.text) is None:
        return False
    width = len(above.text) + 2 * above.depth
    return width + len(row.text.split(" ", 1)[0]) >= _WIDTH
