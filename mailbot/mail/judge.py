"""Decides row by row who wrote it. Each step names the rule it applies; what no rule claims is the person's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from mailbot.mail.align import Alignment, Match, Sent
from mailbot.mail.attribution import attribution, attribution_inside
from mailbot.mail.footers import banner, client_footer, disclaimer, list_footer
from mailbot.mail.header_block import divider, header_block, reply_above
from mailbot.mail.rows import Row
from mailbot.mail.signature import ruler, signature

WEAK = 2
"""A row of at most so many words that repeats ours may be chance: its neighbours must be ours, too."""


@dataclass(slots=True)
class Page:
    """The rows of a mail and what was decided about each ("": nothing yet)."""

    rows: list[Row]
    sent: Sent | None
    rules: list[str] = field(default_factory=list)
    matches: dict[int, Match] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)  # last rows of attributions, header blocks and dividers

    def free(self, at: int) -> bool:
        return not self.rules[at] and bool(self.rows[at].text)


def judge(rows: list[Row], sent: Sent | None) -> Page:
    page = Page(_parted(rows), sent)
    page.rules = [""] * len(page.rows)
    _find_quote_starts(page)
    _align(page)
    if page.matches:
        _quotes_of_ours(page)
    else:
        _quotes(page)
    _wrapped_quotes(page)
    _added(page)
    _signatures(page)
    return page


def _parted(rows: list[Row]) -> list[Row]:
    """An attribution that shares a row with the person's words gets a row of its own."""
    found: list[Row] = []
    for row in rows:
        inside = attribution_inside(row.text)
        if inside is None:
            found.append(row)
            continue
        first, last = inside
        pieces = (row.text[:first].rstrip(" \t-"), row.text[first:last], row.text[last:].strip())
        found.extend(Row(piece, row.depth, row.mark) for piece in pieces if piece)
    return found


# ---- our own mail ----


def _align(page: Page) -> None:
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
    """A short row, or one that the quote below repeats, is the person's where nothing of ours stands around it."""
    later: set[int] = set()
    place = {at: number for number, at in enumerate(worded)}
    quote = min(page.starts, default=len(page.rows))
    below = 1_000_000  # the next line of ours below, by its number
    for at in sorted(page.matches, reverse=True):
        match = page.matches[at]
        line = match.line.number
        doubtful = (match.words <= WEAK or line in later) and not match.ticked and not match.before and not match.behind
        expected = at > quote and line < below
        if doubtful and not page.rows[at].depth and not expected and not _beside(page, worded, place[at], line):
            del page.matches[at]
            continue
        later.add(line)
        below = line


def _align_symbols(page: Page, worded: list[int]) -> None:
    """Rows without a word ("-- ", "* * *") are ours between rows of ours."""
    for above, at, below in zip(worded, worded[1:], worded[2:], strict=False):
        if page.sent is not None and page.rows[at].text.strip() in page.sent.symbols:
            if above in page.matches and below in page.matches:
                page.rules[at] = "aligned"


def _beside(page: Page, worded: list[int], number: int, line: int) -> bool:
    """Is a neighbouring row a neighbouring line of ours?"""
    for other in (number - 1, number + 1):
        if 0 <= other < len(worded):
            match = page.matches.get(worded[other])
            if match is not None and 0 < abs(match.line.number - line) <= 2:
                return True
    return False


# ---- where quotes begin ----


def _find_quote_starts(page: Page) -> None:
    rows, rules = page.rows, page.rules
    skip = -1
    for at, row in enumerate(rows):
        if at <= skip or not row.text:
            continue
        first = attribution(rows, at)
        if first is not None:
            for each in range(first, at + 1):
                _claim(page, each, "attribution")
            page.starts.append(at)
            continue
        last = header_block(rows, at) if ":" in row.text or "：" in row.text else None
        if last is not None:
            for each in range(at, last + 1):
                _claim(page, each, "header block")
            page.starts.append(last)
            skip = last
        elif row.mark in ("header block", "attribution") and not rules[at]:
            _claim(page, at, row.mark)
            page.starts.append(at)
        elif divider(row.text):
            _claim(page, at, "divider")
            page.starts.append(at)


def _claim(page: Page, at: int, rule: str) -> None:
    if page.rows[at].text:
        page.rules[at] = rule
        page.matches.pop(at, None)


# ---- quotes, the answered mail unknown ----


def _quotes(page: Page) -> None:
    """Marked rows are quotes; behind a start without marked rows, all that follows is one."""
    below = ""
    starts = set(page.starts)
    for at, row in enumerate(page.rows):
        if at in starts and not below and reply_above(row.text):
            below = "below a divider"
        elif at in starts and not row.depth and not below and not _marked_below(page.rows, at):
            below = f"below {_article(page.rules[at])}"
        elif page.free(at):
            page.rules[at] = "quote mark" if row.depth else below
    _rulers_above(page)


def _article(rule: str) -> str:
    return f"an {rule}" if rule.startswith("a") else f"a {rule}"


def _marked_below(rows: list[Row], at: int) -> bool:
    """Is the quote that starts here marked? Its first row with words says so."""
    for row in rows[at + 1 : at + 8]:
        if row.text or row.depth > rows[at].depth:
            return row.depth > rows[at].depth
    return False


def _rulers_above(page: Page) -> None:
    """The dashes, underscores or rule right above a quote start belong to it."""
    for start in page.starts:
        at = start
        while at > 0 and page.rules[at - 1] == page.rules[start]:
            at -= 1
        for above in range(at - 1, max(-1, at - 4), -1):
            if page.rows[above].text:
                if not page.rules[above] and ruler(page.rows[above].text):
                    page.rules[above] = "divider"
                break


# ---- quotes of the mail we sent ----


def _quotes_of_ours(page: Page) -> None:
    """What is neither ours nor marked is the person's, wherever it stands; marked rows only inside our quote."""
    _older_mails(page)
    inside = _inside_ours(page)
    fenced = False
    for at, row in enumerate(page.rows):
        if row.text.startswith("```") and not page.rules[at]:
            fenced = not fenced
        if page.free(at) and row.depth and not fenced and at not in inside:
            page.rules[at] = "quote mark"
    _rulers_above(page)


def _older_mails(page: Page) -> None:
    """Between two quote starts without a line of ours stands another mail: one's own earlier answer, for instance."""
    starts = sorted(page.starts)
    for start, end in zip_longest(starts, starts[1:], fillvalue=len(page.rows)):
        if page.rows[start].depth or any(at in page.matches for at in range(start, end)):
            continue
        if end == len(page.rows) or _marked_below(page.rows, start):
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
    return {
        at for at in range(low, behind) if page.free(at) and page.rows[at].depth == depth and not _resembles(page, at)
    }


def _resembles(page: Page, at: int) -> bool:
    """A long row of our words alone, in our order but for one gap: changed on the way, not by the person."""
    own = page.sent.compared(page.rows[at].text) if page.sent else []
    if page.sent is None or len(own) < 8 or not page.sent.known.issuperset(own):
        return False
    return sum(pair in page.sent.pairs for pair in pairwise(own)) >= len(own) - 2


_LOST_MARK = re.compile(r"[a-zß-öø-ÿ(<\d/.,;)\"']")
_ONLY_LINK = re.compile(r"\s{0,9}[(<\[]?https?://\S{1,1000}\s{0,9}>?")


def _wrapped_quotes(page: Page) -> None:
    """The second half of a quoted row, wrapped by a list archive or a client after the marks were set.

    Where our mail is known its words decide; elsewhere the row must go on in the middle of a sentence.
    """
    rows = page.rows
    carried = False  # the row above lost its mark, too
    for at in range(1, len(rows) - 1):
        row, above, below = rows[at], rows[at - 1], rows[at + 1]
        quoted = (above.depth > 0 or carried) and above.text != ""
        carried = False
        if not quoted or row.depth or not page.free(at) or page.matches:
            continue
        if _goes_on(above, row) and (below.depth or _LOST_MARK.match(below.text)):
            page.rules[at] = "wrapped quote"
            carried = True
        elif below.depth and _ONLY_LINK.fullmatch(row.text):
            page.rules[at] = "wrapped quote"


def _goes_on(above: Row, row: Row) -> bool:
    width = len(above.text) + 2 * above.depth
    if above.depth >= 3 and len(row.text) <= 50:
        return True
    if above.text.endswith((".", "!", "?", ":")) or _LOST_MARK.match(row.text) is None:
        return False
    return width + len(row.text.split(" ", 1)[0]) >= 68


# ---- what clients, gateways and lists add ----


def _added(page: Page) -> None:
    for first, last in _paragraphs(page):
        text = " ".join(page.rows[at].text for at in range(first, min(last, first + 40)))
        if banner(text):
            _mark(page, first, last, "banner")
        elif disclaimer(text) and not _listed(page, first):
            _mark(page, first, last, "disclaimer")
    fenced = False
    for at, row in enumerate(page.rows):
        if row.text.startswith("```"):
            fenced = not fenced
        if page.free(at) and not fenced and client_footer(row.text):
            page.rules[at] = "client footer"
        elif page.free(at) and not fenced and list_footer(row.text):
            page.rules[at] = "list footer"


def _listed(page: Page, at: int) -> bool:
    return page.rows[at].text.lstrip().startswith(("- ", "* ", "• ", "1. ", "1) "))


def _paragraphs(page: Page) -> list[tuple[int, int]]:
    """[first, last) of rows that nothing claims, with no blank row between them."""
    found: list[tuple[int, int]] = []
    first: int | None = None
    for at in range(len(page.rows) + 1):
        here = at < len(page.rows) and page.free(at)
        if here and first is None:
            first = at
        elif not here and first is not None:
            found.append((first, at))
            first = None
    return found


def _mark(page: Page, first: int, last: int, rule: str) -> None:
    for at in range(first, last):
        if page.free(at):
            page.rules[at] = rule


# ---- signatures ----


def _signatures(page: Page) -> None:
    _marked_signatures(page)
    for stretch in _stretches(page):
        _below_footers(page, stretch)
        own = [at for at in stretch if page.free(at)]
        texts = [page.rows[at].text for at in own]
        blanks = [at > 0 and not page.rows[at - 1].text for at in own]
        signed = bool(own) and any(page.rules[at] in ("disclaimer", "list footer") for at in stretch if at > own[-1])
        first = signature(texts, blanks, signed=signed)
        if first is not None:
            _mark(page, own[first], own[-1] + 1, "signature")


def _marked_signatures(page: Page) -> None:
    """Rows in the client's signature element, unless they are all there is: some people type inside it."""
    marked = [at for at, row in enumerate(page.rows) if row.mark == "signature" and page.free(at)]
    if marked and any(page.free(at) for at in range(len(page.rows)) if page.rows[at].mark != "signature"):
        for at in marked:
            page.rules[at] = "signature"


def _stretches(page: Page) -> list[list[int]]:
    """Rows between quotes: what the person wrote there, with what was added to it."""
    found: list[list[int]] = [[]]
    for at, rule in enumerate(page.rules):
        if rule in ("", "client footer", "list footer", "banner", "disclaimer", "signature"):
            if page.rows[at].text:
                found[-1].append(at)
        elif found[-1]:
            found.append([])
    return [stretch for stretch in found if stretch]


def _below_footers(page: Page, stretch: list[int]) -> None:
    """Below "Sent from my phone" and own words stands an unmarked quote; where we know our mail, nothing is guessed."""
    if page.matches:
        return
    above = False
    for number, at in enumerate(stretch):
        if page.rules[at] == "client footer" and above:
            for below in stretch[number + 1 :]:
                if page.free(below):
                    page.rules[below] = "below a client footer"
            return
        above = above or page.free(at)
