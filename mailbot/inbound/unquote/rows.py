"""Read a mail body as the rows that its reader saw, before anything is judged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

CHARACTERS = 2_000_000
"""What is read of one body; the rest is kept unread. The longest honest mail of the public
corpora has 0.7 million."""

INVISIBLE = dict.fromkeys(
    (
        0xAD,
        0x200B,
        0x200C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        0x2060,
        *range(0x2066, 0x206A),
        0xFEFF,
    ),
    "",
)
"""Marks without width. iPhone Mail starts a quote with U+FEFF, Arabic and Hebrew clients wrap
names in U+200F. The joiner U+200D stays: it holds emoji together."""


ROWS = 6_000
"""How many rows are judged. Nobody types so many, and no mail of ours is as long; the rest is
kept unread."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a row and the address behind them, as the HTML states it."""

    words: str
    href: str
    end: int  # where its words end in the text of the row


class ClientMark(StrEnum):
    """What the client's HTML says that a row is. Falsy where it says nothing."""

    UNMARKED = ""
    ATTRIBUTION = "attribution"
    HEADER_BLOCK = "header block"
    QUOTE = "quote"  # of an element: its rows have their depth instead
    SIGNATURE = "signature"
    RULE = "rule"
    PRE = "pre"


@dataclass(slots=True)
class Row:
    """One line of a body."""

    text: str  # without quote marks
    depth: int = 0  # quote marks before it, or quote elements around it
    mark: ClientMark = ClientMark.UNMARKED
    links: tuple[Link, ...] = ()  # in the order of their words

    @property
    def blank(self) -> bool:
        return not self.text


_MARKS = re.compile(r"[ \t]{0,3}(?:>[ \t]?){1,200}")
# its attribution, no quote
_GROUPWISE = re.compile(r"[ \t]{0,9}>>> [^>\n]{1,200}(?:>[^>\n]{1,60})?>>>[ \t]{0,9}")
# "AB> words": initials before the mark, as some news readers write
_SUPERCITE = re.compile(r"[A-Za-z]{1,4}>[ \t]?")


def text_rows(text: str) -> tuple[list[Row], str]:
    """Return the rows of a text/plain body, and what lies beyond the limit."""
    if not text.isascii():
        text = (
            text.translate(INVISIBLE)
            .replace("\u2028", "\n")
            .replace("\u2029", "\n")
            .replace("\x85", "\n")
        )
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    lines = text[:CHARACTERS].split("\n", ROWS)
    beyond = lines.pop() if len(lines) > ROWS else ""
    beyond += text[CHARACTERS:]
    rows = [_row(line) for line in lines]
    if "\n:" in text:
        _colon_quotes(rows)
    return rows, beyond


def _colon_quotes(rows: list[Row]) -> None:
    """Mark quotes with colons: three or more rows that begin with ": " are a quote in the manner of
    some Unix mailers."""
    first = 0
    for at in range(len(rows) + 1):
        if at < len(rows) and (rows[at].text.startswith(": ") or rows[at].text == ":"):
            continue
        if at - first >= 3:
            for row in rows[first:at]:
                row.text, row.depth = row.text[2:], 1
        first = at + 1


def _row(line: str) -> Row:
    if ">" not in line or _GROUPWISE.fullmatch(line):
        return Row(line.rstrip())
    found = _MARKS.match(line) or _SUPERCITE.match(line)
    if found is None:
        return Row(line.rstrip())
    rest = line[found.end() :]
    if rest.startswith(">"):  # more marks than anyone nests: all of them are marks
        rest = rest.lstrip("> \t")
    return Row(rest.rstrip(), found.group().count(">"))
