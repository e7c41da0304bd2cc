"""Decide row by row who wrote it: the rules, and their order as a table.

Each rule claims rows by name; what none claims is the person's own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mailbot.inbound.unquote.align import SentText
from mailbot.inbound.unquote.attribution import attribution_inside
from mailbot.inbound.unquote.footer_rules import additions, notices, pgp_frames, signatures
from mailbot.inbound.unquote.judged_rows import JudgedRows
from mailbot.inbound.unquote.own_quotes import align, older_mails, own_quotes, quotes_outside_ours
from mailbot.inbound.unquote.quotes import (
    dividers_above,
    quote_starts,
    quotes,
    wrapped_quotes,
)
from mailbot.inbound.unquote.rows import Link, Row


def _always(_: JudgedRows) -> bool:
    return True


def _ours_found(judged: JudgedRows) -> bool:
    """Tell whether rows of our mail were recognised: what is neither ours nor marked is the
    person's."""
    return bool(judged.matches)


def _ours_missing(judged: JudgedRows) -> bool:
    """Tell whether our mail is not known, or not quoted: marks and places have to do."""
    return not judged.matches


RULES: tuple[tuple[str, Callable[[JudgedRows], bool], Callable[[JudgedRows], None]], ...] = (
    # name, when it is asked, rule; in this order
    ("quote starts", _always, quote_starts),
    ("our words", _always, align),
    ("older mails", _ours_found, older_mails),
    ("quotes outside ours", _ours_found, quotes_outside_ours),
    ("quotes", _ours_missing, quotes),
    ("wrapped quotes", _ours_missing, wrapped_quotes),
    ("what the person cites", _always, own_quotes),  # takes back
    ("dividers above quotes", _always, dividers_above),
    ("PGP frames", _always, pgp_frames),
    ("banners and legal notices", _always, notices),
    ("footers and pictures", _always, additions),
    ("signatures", _always, signatures),
)


def classify_rows(rows: list[Row], sent: SentText | None) -> JudgedRows:
    """Ask every rule in its order."""
    judged = JudgedRows(_parted(rows), sent)
    for _, applies, rule in RULES:
        if applies(judged):
            rule(judged)
    return judged


def _parted(rows: list[Row]) -> list[Row]:
    """Give an attribution that shares a row with the person's words a row of its own."""
    found: list[Row] = []
    for row in rows:
        inside = attribution_inside(row.text)
        found.extend([row] if inside is None else _pieces(row, *inside))
    return found


def _pieces(row: Row, first: int, last: int) -> list[Row]:
    texts = (row.text[:first].rstrip(" \t-"), row.text[first:last], row.text[last:].strip())
    starts = (0, first, len(row.text.rstrip()) - len(texts[2]))
    return [
        Row(text, row.depth, row.mark, _moved(row.links, start))
        for text, start in zip(texts, starts, strict=True)
        if text
    ]


def _moved(links: tuple[Link, ...], start: int) -> tuple[Link, ...]:
    """Count the ends of links from `start` on; of one in another piece it lies outside the text."""
    return tuple(replace(link, end=link.end - start) for link in links)
