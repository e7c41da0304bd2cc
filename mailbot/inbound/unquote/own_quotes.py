"""Claim what is ours where the answered mail is known; tell what was typed inside its quote."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest

from mailbot.inbound.unquote.align import Alignment, Match
from mailbot.inbound.unquote.judged_rows import BELOW, JudgedRows, RowRule
from mailbot.languages import everywhere

WEAK = 2
"""A row of at most so many words that repeats ours may be chance: its neighbours must be ours,
too."""
_NEAR_LINES = 2  # between lines of ours that stand beside each other, blank ones left out
_LOOKED_UP = 5  # rows above a citation in which its attribution is looked for
_LONG_ROW = 8  # words; what is as long and of our words alone was not typed anew
_CUT = "|".join(everywhere.written("clients", "cut"))
_SNIP = re.compile(
    rf"[ \t]{{0,20}}[\[(<{{]?[ \t]?(?:{_CUT}|\.{{2,9}}|…)[ \t]?[\])>}}]?[ \t]{{0,20}}"
)
"""What people put where they cut a quote."""


def align(judged: JudgedRows) -> None:
    """Claim the rows that repeat our mail."""
    if judged.sent is None:
        return
    alignment = Alignment(judged.sent)
    worded = [at for at in range(len(judged.rows)) if judged.is_free(at)]
    for at, below in zip_longest(worded, worded[1:]):
        found = alignment.match(judged.rows[at], judged.rows[below] if below is not None else None)
        if found is not None:
            judged.matches[at] = found
    _drop_chance(judged, worded)
    judged.mark(judged.matches, RowRule.ALIGNED)
    _align_symbols(judged, worded)


def _drop_chance(judged: JudgedRows, worded: list[int]) -> None:
    """Drop matches of short rows, and of rows that the quote below repeats, among the person's.

    From the last row up: `later` are the lines of ours that were seen below, `below` the next.
    """
    later: set[int] = set()
    quote = min(judged.starts, default=len(judged.rows))
    below = 1_000_000
    for number in reversed(range(len(worded))):
        at = worded[number]
        match = judged.matches.get(at)
        if match is None:
            continue
        line = match.line.number
        expected = judged.rows[at].depth > 0 or (at > quote and line < below)
        doubtful = not expected and _may_be_chance(match, repeated=line in later)
        if doubtful and not _stands_beside(judged, worded, number, quote):
            del judged.matches[at]
            continue
        later.add(line)
        below = line


def _may_be_chance(match: Match, *, repeated: bool) -> bool:
    answered = match.ticked or match.before or match.behind
    return not answered and (repeated or match.words <= WEAK)


def _stands_beside(judged: JudgedRows, worded: list[int], number: int, quote: int) -> bool:
    """Tell whether a neighbour is a neighbouring line of ours, on the same side of the quote."""
    line = judged.matches[worded[number]].line.number
    below_quote = worded[number] > quote
    for at in (*worded[max(0, number - 1) : number], *worded[number + 1 : number + 2]):
        match = judged.matches.get(at)
        if match is None or (at > quote) != below_quote:
            continue
        if 0 < abs(match.line.number - line) <= _NEAR_LINES:
            return True
    return False


def _align_symbols(judged: JudgedRows, worded: list[int]) -> None:
    """Claim rows without a word ("-- ", "* * *") above rows of ours, and marked ones below."""
    symbols = judged.sent.symbols if judged.sent is not None else set()
    for above, at, below in zip([-1, *worded], worded, [*worded[1:], -1], strict=False):
        row = judged.rows[at]
        ours = below in judged.matches or (row.depth > 0 and above in judged.matches)
        if ours and row.text.strip() in symbols:
            judged.rules[at] = RowRule.ALIGNED


def older_mails(judged: JudgedRows) -> None:
    """Claim another mail between two quote starts: one's own earlier answer, for instance."""
    starts = sorted(judged.starts)
    for start, end in zip_longest(starts, starts[1:], fillvalue=len(judged.rows)):
        last = end == len(judged.rows)
        if last or not judged.is_unmarked_start(start) or _has_ours(judged, start, end):
            continue
        judged.mark(range(start + 1, end), RowRule.OLDER_MAIL)


def _has_ours(judged: JudgedRows, first: int, last: int) -> bool:
    return any(at in judged.matches for at in range(first, last))


def quotes_outside_ours(judged: JudgedRows) -> None:
    """Claim marked rows but those inside our quote and in fences; unmarked ones are typed."""
    inside = _inside_ours(judged)
    fenced = False
    for at, row in enumerate(judged.rows):
        if row.text.startswith("```") and not judged.rules[at]:
            fenced = not fenced
        if row.depth and not fenced and at not in inside:
            judged.mark((at,), RowRule.QUOTE_MARK)


def own_quotes(judged: JudgedRows) -> None:
    """Release marked rows that are not ours and that no attribution introduces.

    They are what the person cites, or a log. Only where the answered mail is known; else any
    marked row may be its quote.
    """
    if judged.sent is None:
        return
    at = 0
    while at < len(judged.rows):
        end = at
        while end < len(judged.rows) and judged.rows[end].depth:
            end += 1
        if end > at and _is_cited(judged, at, end):
            judged.release(range(at, end))
        at = end + 1


def _is_cited(judged: JudgedRows, first: int, last: int) -> bool:
    """Tell whether [first, last) is a quote of its own, with words that are not ours."""
    plainly_quoted = (RowRule.UNJUDGED, RowRule.QUOTE_MARK)
    if any(judged.rules[at] not in plainly_quoted for at in range(first, last)):
        return False
    if _is_introduced(judged, first) or _is_below_only_quote(judged, first):
        return False
    return _tells_news(judged, first, last)


def _is_introduced(judged: JudgedRows, first: int) -> bool:
    above = judged.worded(range(first - 1, max(-1, first - 1 - _LOOKED_UP), -1))
    nearest = next(iter(above), None)
    return nearest is not None and judged.rules[nearest] in BELOW


def _is_below_only_quote(judged: JudgedRows, first: int) -> bool:
    """Tell whether a quote starts above, in a mail in which nothing of ours was recognised."""
    return not judged.matches and bool(judged.starts) and judged.starts[0] < first


def _tells_news(judged: JudgedRows, first: int, last: int) -> bool:
    """Tell whether a third of the words, of at least three, are none of ours."""
    sent = judged.sent
    assert sent is not None
    words = [word for at in range(first, last) for word in sent.compared(judged.rows[at].text)]
    foreign = sum(word not in sent.known for word in words)
    return len(words) > 2 and foreign * 3 >= len(words)


def _inside_ours(judged: JudgedRows) -> set[int]:
    """Return the marked rows at the depth of ours, in the same quote: typed inside it."""
    depths = [judged.rows[at].depth for at in judged.matches]
    depth = max(set(depths), key=depths.count)
    if depth == 0:
        return set()
    here = (at for at in _span_of_ours(judged, depth) if judged.rows[at].depth == depth)
    return {at for at in here if judged.is_free(at) and _is_typed(judged, at)}


def _span_of_ours(judged: JudgedRows, depth: int) -> range:
    """Return the rows from the quote start above our rows of this depth to the next one
    below them."""
    ours = [at for at in judged.matches if judged.rows[at].depth == depth]
    first, last = min(ours), max(ours)
    before = max((start for start in judged.starts if start < first), default=-1)
    behind = min((start for start in judged.starts if start > last), default=len(judged.rows))
    within = before >= 0 and judged.rows[before].depth <= depth
    return range(before if within else first, behind)


def _is_typed(judged: JudgedRows, at: int) -> bool:
    return not _SNIP.fullmatch(judged.rows[at].text) and not _resembles_ours(judged, at)


def _resembles_ours(judged: JudgedRows, at: int) -> bool:
    """Tell whether a long row has our words alone, in our order but for one gap.

    Such a row was changed on the way, not by the person.
    """
    sent = judged.sent
    own = sent.compared(judged.rows[at].text) if sent is not None else []
    if sent is None or len(own) < _LONG_ROW or not sent.known.issuperset(own):
        return False
    return sum(pair in sent.pairs for pair in pairwise(own)) >= len(own) - 2
