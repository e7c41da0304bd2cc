"""Claims what is ours where the answered mail is known, and tells what was typed inside its
quote."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest

from mailbot.inbound.unquote.align import Alignment
from mailbot.inbound.unquote.page import Page
from mailbot.inbound.unquote.rows import marked_below
from mailbot.languages import everywhere

WEAK = 2
"""A row of at most so many words that repeats ours may be chance: its neighbours must be ours,
too."""


def align(page: Page) -> None:
    if page.sent is None:
        return
    alignment = Alignment(page.sent)
    worded = [at for at in range(len(page.rows)) if page.free(at)]
    for at, below in zip_longest(worded, worded[1:]):
        found = alignment.match(page.rows[at], page.rows[below] if below is not None else None)
        if found is not None:
            page.matches[at] = found
    _drop_chance(page, worded)
    for at in page.matches:
        page.rules[at] = "aligned"
    _align_symbols(page, worded)


def _drop_chance(page: Page, worded: list[int]) -> None:
    """A short row, or one that the quote below repeats, is the person's where nothing of ours
    stands around it."""
    later: set[int] = set()
    place = {at: number for number, at in enumerate(worded)}
    quote = min(page.starts, default=len(page.rows))
    below = 1_000_000  # the next line of ours below, by its number
    for at in sorted(page.matches, reverse=True):
        match = page.matches[at]
        line = match.line.number
        doubtful = (
            (match.words <= WEAK or line in later)
            and not match.ticked
            and not match.before
            and not match.behind
        )
        expected = at > quote and line < below
        if (
            doubtful
            and not page.rows[at].depth
            and not expected
            and not _beside(page, worded, place[at], line, quote)
        ):
            del page.matches[at]
            continue
        later.add(line)
        below = line


def _align_symbols(page: Page, worded: list[int]) -> None:
    """Rows without a word ("-- ", "* * *") are ours above rows of ours; below them only where
    they are marked."""
    for above, at, below in zip_longest([-1, *worded], worded, worded[1:]):
        if at is None or page.sent is None or page.rows[at].text.strip() not in page.sent.symbols:
            continue
        if below in page.matches or (page.rows[at].depth and above in page.matches):
            page.rules[at] = "aligned"


def _beside(page: Page, worded: list[int], number: int, line: int, quote: int) -> bool:
    """Is a neighbouring row a neighbouring line of ours? None stands beside another across the
    start of the quote."""
    for other in (number - 1, number + 1):
        if 0 <= other < len(worded) and (worded[other] > quote) == (worded[number] > quote):
            match = page.matches.get(worded[other])
            if match is not None and 0 < abs(match.line.number - line) <= 2:
                return True
    return False


def quotes_of_ours(page: Page) -> None:
    """What is neither ours nor marked is the person's, wherever it stands; marked rows only
    inside our quote."""
    _older_mails(page)
    inside = _inside_ours(page)
    fenced = False
    for at, row in enumerate(page.rows):
        if row.text.startswith("```") and not page.rules[at]:
            fenced = not fenced
        if page.free(at) and row.depth and not fenced and at not in inside:
            page.rules[at] = "quote mark"
    own_quotes(page)


def own_quotes(page: Page) -> None:
    """Marked rows that are not ours and that no attribution introduces: what the person cites, or a
    log.

    Only where the answered mail is known; else any marked row may be its quote.
    """
    at = 0
    while at < len(page.rows):
        end = at
        while end < len(page.rows) and page.rows[end].depth:
            end += 1
        if end > at and _cited(page, at, end):
            for row in range(at, end):
                page.rules[row] = ""
        at = end + 1


def _cited(page: Page, first: int, last: int) -> bool:
    """Is [first, last) a quote of its own, with words that are not ours?"""
    if page.sent is None or any(
        page.rules[at] not in ("", "quote mark") for at in range(first, last)
    ):
        return False
    above = next(
        (page.rules[at] for at in range(first - 1, max(-1, first - 6), -1) if page.rows[at].text),
        "",
    )
    if above in ("attribution", "header block", "divider") or (
        any(start < first for start in page.starts[:1]) and not page.matches
    ):
        return False
    words = [word for at in range(first, last) for word in page.sent.compared(page.rows[at].text)]
    return len(words) > 2 and sum(word not in page.sent.known for word in words) * 3 >= len(words)


def _older_mails(page: Page) -> None:
    """Between two quote starts without a line of ours stands another mail: one's own earlier
    answer, for instance."""
    starts = sorted(page.starts)
    for start, end in zip_longest(starts, starts[1:], fillvalue=len(page.rows)):
        if page.rows[start].depth or any(at in page.matches for at in range(start, end)):
            continue
        if end == len(page.rows) or marked_below(page.rows, start):
            continue
        for at in range(start + 1, end):
            if page.free(at):
                page.rules[at] = "older mail"


def _inside_ours(page: Page) -> set[int]:
    """Marked rows at the depth of ours, in the same quote: typed inside it."""
    depths = [page.rows[at].depth for at in page.matches]
    depth = max(set(depths), key=depths.count)
    if depth == 0:
        return set()
    ours = [at for at in page.matches if page.rows[at].depth == depth]
    first, last = min(ours), max(ours)
    before = max((start for start in page.starts if start < first), default=-1)
    behind = min((start for start in page.starts if start > last), default=len(page.rows))
    low = before if before >= 0 and page.rows[before].depth <= depth else first
    here = (at for at in range(low, behind) if page.free(at) and page.rows[at].depth == depth)
    return {
        at for at in here if not _SNIP.fullmatch(page.rows[at].text) and not _resembles(page, at)
    }


_CUT = "|".join(everywhere.written("clients", "cut"))
_SNIP = re.compile(
    rf"[ \t]{{0,20}}[\[(<{{]?[ \t]?(?:{_CUT}|\.{{2,9}}|…)[ \t]?[\])>}}]?[ \t]{{0,20}}"
)
"""What people put where they cut a quote."""


def _resembles(page: Page, at: int) -> bool:
    """A long row of our words alone, in our order but for one gap: changed on the way, not by
    the person."""
    own = page.sent.compared(page.rows[at].text) if page.sent else []
    if page.sent is None or len(own) < 8 or not page.sent.known.issuperset(own):
        return False
    return sum(pair in page.sent.pairs for pair in pairwise(own)) >= len(own) - 2
