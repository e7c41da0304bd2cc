"""The newly written lines of a reply, each with the heading it stands under.

mailbot knows the very text it sent: the reply is aligned with it and what we wrote is dropped.
Client marks, attributions, signatures and footers come second. Nothing is cut away for good:
each line keeps the rule that judged it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from mailbot.inbound.message.parse import Body
from mailbot.inbound.unquote.align import Match, Sent
from mailbot.inbound.unquote.html_rows import html_rows
from mailbot.inbound.unquote.links import with_addresses
from mailbot.inbound.unquote.list_marks import is_bulleted
from mailbot.inbound.unquote.page import Page
from mailbot.inbound.unquote.rows import CHARACTERS, Link, Row, text_rows
from mailbot.inbound.unquote.rules import classify_rows
from mailbot.inbound.unquote.signature import closing, name
from mailbot.languages.headings import Headed, heading_alone, read_heading


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the mail as its reader saw it, and what was decided about it."""

    text: str  # without quote marks
    own: bool  # newly written by the person
    # what decided: "own" | "aligned" | "quote mark" | "attribution" | "header block" | "signature"
    # | ...
    rule: str
    # key of the heading it stands under: "career", "action_items", "notes", "i_will", "they_will"
    heading: str = ""
    # the line of the sent mail right above it on the same block ("3. Send the numbers"), or ""
    near: str = ""
    depth: int = 0  # quote depth in the mail


@dataclass(frozen=True, slots=True)
class Reply:
    lines: tuple[Line, ...]

    @property
    def own(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.own)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.own).strip()


def new_lines(body: Body, sent: str | None = None) -> Reply:
    """Read a reply to the mail whose text/plain was `sent` (None: unknown)."""
    ours = Sent(sent) if sent and sent.strip() else None
    rows, unread = body_rows(body)
    page = classify_rows(rows, ours)
    lines = lines_of(page)
    if unread:
        lines.append(Line(unread, False, "beyond the limit"))
    return Reply(tuple(lines))


def body_rows(body: Body) -> tuple[list[Row], str]:
    """The rows of the part that carries the marks, and what lies beyond the limit.

    That is the HTML part wherever it has words: people type in HTML and their client makes the
    text part of it, without quote marks (Outlook, Yahoo), without a part at all (Apple's phones)
    or wrapped anew (Gmail). The text part is read where there is no HTML, or where the HTML has
    lost most of the words.
    """
    html, text = body.html or "", body.text or ""
    if html.strip():
        rows, beyond = html_rows(html)
        if 2 * (sum(len(row.text) for row in rows) + len(beyond)) >= _size(text):
            return rows, beyond
    return text_rows(text)


def _size(text: str) -> int:
    """Characters of a text part without blanks, quote marks and the addresses that stand for
    links."""
    if len(text) < CHARACTERS:
        text = _ADDRESSES.sub("", text)
    return len(text) - text.count(" ") - 2 * text.count(">")


_ADDRESSES = re.compile(r"<[^<>\s]{1,4000}>")


def lines_of(page: Page) -> list[Line]:
    """Every row as a line, under its heading."""
    reader = _Reader(page)
    for at in range(len(page.rows)):
        reader.read(at)
    return reader.lines


class _Reader:
    """Walks down the page and keeps the heading and the line of ours that were passed last."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lines: list[Line] = []
        self.heading = ""
        self.near = ""
        self.comment = _comment_mark(page)
        self.topics = _only_topics(page)

    def read(self, at: int) -> None:
        row, rule, match = self.page.rows[at], self.page.rules[at], self.page.matches.get(at)
        if match is not None:
            self._ours(row, match)
        elif rule:
            self._quoted_heading(row, rule)
            self._add(row, row.text, rule, own=False)
        elif not row.text:
            self._blank(row, at)
        else:
            self._own(row, at)

    def _add(self, row: Row, text: str, rule: str, *, own: bool) -> None:
        if (
            own
            and text
            and self.heading == "only_you"
            and not (self.lines and self.lines[-1].own and self.lines[-1].text)
        ):
            # what stands below "Only you can see this" is private, paragraph by paragraph, as if
            # its author had said so
            self.lines.append(
                Line("private:", True, "private section", self.heading, self.near, row.depth)
            )
        if own and row.links and not self._signs(row):
            text = with_addresses(text, row.links)
        self.lines.append(Line(text, own, rule, self.heading, self.near, row.depth))

    def _signs(self, row: Row) -> bool:
        """Tell whether the row is the name below a closing phrase; some link theirs to a page."""
        above = self.lines[-1].text if self.lines else ""
        return closing(above) and name(row.text)

    def _ours(self, row: Row, match: Match) -> None:
        self.heading, self.near = match.line.section, match.line.near
        row = replace(row, links=_links_of_person(row, self.page.sent))
        if match.before:
            self._add(row, match.before, "before our words", own=True)
        self._add(row, row.text, "aligned", own=False)
        if match.ticked:
            self._add(row, "[x]", "ticked box", own=True)
        if match.behind:
            self._add(
                row, match.behind.removeprefix(self.comment).lstrip(), "behind our words", own=True
            )

    def _quoted_heading(self, row: Row, rule: str) -> None:
        """Where the sent mail is not known, headings are read out of the quote."""
        if self.page.sent is not None or not row.text:
            return
        headed = read_heading(row.text)
        if headed is not None and headed.exact:
            self.heading, self.near = headed.key, ""
        elif rule == "quote mark" and self.heading:
            self.near = row.text

    def _blank(self, row: Row, at: int) -> None:
        """A blank row belongs to the words above it."""
        above = self.lines[-1] if self.lines else None
        self._add(row, "", "blank", own=above is not None and above.own and self._goes_on(at))

    def _goes_on(self, at: int) -> bool:
        for below in range(at + 1, min(len(self.page.rows), at + 40)):
            if self.page.rows[below].text:
                return not self.page.rules[below]
        return False

    def _own(self, row: Row, at: int) -> None:
        text = row.text.removeprefix(self.comment).lstrip() if self.comment else row.text
        headed = read_heading(text)
        if headed is None or (headed.exact and (self.topics or self._is_item(text, at))):
            self._add(row, text, "own", own=True)
            return
        self._typed_heading(row, headed)

    def _typed_heading(self, row: Row, headed: Headed) -> None:
        self.heading, self.near = headed.key, ""
        self._add(row, row.text, "heading", own=False)
        for piece in _SENTENCES.split(headed.rest, maxsplit=8):
            again = read_heading(piece) if ":" in piece else None
            self.heading = again.key if again else self.heading
            if text := (again.rest if again else piece):
                self._add(row, text, "behind a heading", own=True)

    def _is_item(self, text: str, at: int) -> bool:
        """ "- Feedback" in a list of topics is an item; with words below that are no bullet, it
        is a heading."""
        bare = text.lstrip(" \t")
        if not is_bulleted(bare) and not bare[:1].isdigit():
            return False
        below = next((r.text for r in self.page.rows[at + 1 : at + 3] if r.text), "")
        deeper = len(below) - len(below.lstrip(" \t")) > len(text) - len(bare)
        return (
            not below or (is_bulleted(below) and not deeper) or (below[:1].isdigit() and not deeper)
        )


def _links_of_person(row: Row, sent: Sent | None) -> tuple[Link, ...]:
    """The links of a row that is ours in part, without those of our mail."""
    return tuple(link for link in row.links if sent is None or not sent.is_ours(link.href))


def _only_topics(page: Page) -> bool:
    """Heading words with nothing below any of them are what the person would like to talk about."""
    own = [row.text for at, row in enumerate(page.rows) if page.free(at)]
    headed = [heading_alone(text) != "" for text in own]
    filled = any(above and not below for above, below in pairwise(headed))
    colons = any(
        text.rstrip().endswith((":", "："))
        for text, alone in zip(own, headed, strict=True)
        if alone
    )
    return not filled and not colons


def _comment_mark(page: Page) -> str:
    """Outlook's own mark for comments between the lines of a quote, "[Ana Silva]", if the person's
    rows begin with it.

    File, Options, Mail, "Preface comments with" (Outlook for Windows, seen 2016-2025).
    """
    if not page.matches:
        return ""
    counts: dict[str, int] = {}
    for at, row in enumerate(page.rows):
        if row.text.startswith("[") and not page.rules[at]:
            mark, closed, _ = row.text[:60].partition("]")
            if closed and name(mark.strip("[]")) and len(mark) > 3:
                counts[mark + "]"] = counts.get(mark + "]", 0) + 1
    best = max(counts, key=counts.__getitem__, default="")
    return best if best and (counts[best] > 1 or " " in best) else ""


# as in "Career: a course. Feedback: none."
_SENTENCES = re.compile(r"(?<=[.!?;])[ \t]{1,9}(?=\w[\w' ]{1,40}:)")
