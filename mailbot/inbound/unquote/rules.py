"""Decides row by row who wrote it. Each step names the rule it applies; what no rule claims is
the person's own."""

from __future__ import annotations

import re

from mailbot.inbound.unquote.align import Sent
from mailbot.inbound.unquote.attribution import attribution, attribution_inside
from mailbot.inbound.unquote.footer_rules import additions, signatures
from mailbot.inbound.unquote.header_block import divider, header_block, reply_above
from mailbot.inbound.unquote.list_marks import is_ruler
from mailbot.inbound.unquote.own_quotes import align, own_quotes, quotes_of_ours
from mailbot.inbound.unquote.page import Page
from mailbot.inbound.unquote.rows import Row, marked_below


def classify_rows(rows: list[Row], sent: Sent | None) -> Page:
    page = Page(_parted(rows), sent)
    page.rules = [""] * len(page.rows)
    _find_quote_starts(page)
    align(page)
    if page.matches:
        quotes_of_ours(page)
    else:
        _quotes(page)
        _wrapped_quotes(page)
        own_quotes(page)
    _rulers_above(page)
    additions(page)
    signatures(page)
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
        found.extend(Row(piece, row.depth, row.mark, row.links) for piece in pieces if piece)
    return found


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
        block = header_block(rows, at) if ":" in row.text or "：" in row.text else None
        if block is not None:
            for each in range(block[0], block[1] + 1):
                _claim(page, each, "header block")
            page.starts.append(block[1])
            skip = block[1]
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


def _quotes(page: Page) -> None:
    """Marked rows are quotes; behind a start without marked rows, all that follows is one."""
    below = ""
    starts = set(page.starts)
    for at, row in enumerate(page.rows):
        if at in starts and not below and reply_above(row.text):
            below = "below a divider"
        elif at in starts and not row.depth and not below and not marked_below(page.rows, at):
            below = f"below {_article(page.rules[at])}"
        elif page.free(at):
            page.rules[at] = "quote mark" if row.depth else below


def _article(rule: str) -> str:
    return f"an {rule}" if rule.startswith("a") else f"a {rule}"


def _rulers_above(page: Page) -> None:
    """The dashes, underscores or rule right above a quote start belong to it."""
    starts = set(page.starts)
    for start in page.starts:
        at = start
        while at > 0 and page.rules[at - 1] == page.rules[start] and at - 1 not in starts:
            at -= 1
        for above in range(at - 1, max(-1, at - 4), -1):
            if page.rows[above].text:
                if not page.rules[above] and is_ruler(page.rows[above].text):
                    page.rules[above] = "divider"
                break


_LOST_MARK = re.compile(r"[a-zß-öø-ÿ(<\d/.,;)\"']")
_ONLY_LINK = re.compile(r"\s{0,9}[(<\[]?https?://\S{1,1000}\s{0,9}>?")


def _wrapped_quotes(page: Page) -> None:
    """The second half of a quoted row, wrapped by a list archive or a client after the marks were
    set.

    Where our mail is known its words decide; elsewhere the row must go on in the middle of a
    sentence.
    """
    rows = page.rows
    carried = False  # the row above lost its mark, too
    for at in range(1, len(rows) - 1):
        row, above, below = rows[at], rows[at - 1], rows[at + 1]
        quoted = (above.depth > 0 or carried) and above.text != ""
        carried = False
        if not quoted or row.depth or not page.free(at):
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
