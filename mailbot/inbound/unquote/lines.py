"""Return the newly written lines of a reply, each with the heading it stands under.

mailbot knows the very text it sent: the reply is aligned with it and what we wrote is dropped.
Client marks, attributions, signatures and footers come second. Nothing is cut away for good:
each line keeps the rule that judged it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import compress, pairwise

from mailbot.inbound.message.parse import Body
from mailbot.inbound.unquote.align import Match, SentText
from mailbot.inbound.unquote.html_rows import html_rows
from mailbot.inbound.unquote.judged_rows import JudgedRows, RowRule
from mailbot.inbound.unquote.links import with_addresses
from mailbot.inbound.unquote.list_marks import is_bulleted
from mailbot.inbound.unquote.rows import CHARACTERS, Link, Row, text_rows
from mailbot.inbound.unquote.rules import classify_rows
from mailbot.inbound.unquote.signature import is_closing, is_name
from mailbot.languages.headings import Headed, heading_alone, read_heading


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the mail as its reader saw it, and what was decided about it."""

    text: str  # without quote marks; links of the person with their addresses
    own: bool  # newly written by the person
    rule: RowRule
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
    ours = SentText(sent) if sent and sent.strip() else None
    rows, unread = body_rows(body)
    lines = lines_of(classify_rows(rows, ours))
    if unread:
        lines.append(Line(unread, own=False, rule=RowRule.BEYOND_LIMIT))
    return Reply(tuple(lines))


def body_rows(body: Body) -> tuple[list[Row], str]:
    """Return the rows of the part that carries the marks, and what lies beyond the limit.

    That is the HTML part wherever it has words: people type in HTML and their client makes the
    text part of it, without quote marks (Outlook, Yahoo), without a part at all (Apple's phones)
    or wrapped anew (Gmail). The text part is read where there is no HTML, or where the HTML has
    lost most of the words.
    """
    html, text = body.html or "", body.text or ""
    if not html.strip():
        return text_rows(text)
    rows, beyond = html_rows(html)
    shown = sum(len(row.text) for row in rows) + len(beyond)
    return (rows, beyond) if 2 * shown >= _size(text) else text_rows(text)


def _size(text: str) -> int:
    """Count the characters of a text part, less blanks, quote marks and addresses of links."""
    if len(text) < CHARACTERS:
        text = _ADDRESSES.sub("", text)
    return len(text) - text.count(" ") - 2 * text.count(">")


_ADDRESSES = re.compile(r"<[^<>\s]{1,4000}>")


def lines_of(judged: JudgedRows) -> list[Line]:
    """Return every row as a line, under its heading."""
    reader = _Reader(judged)
    for at in range(len(judged.rows)):
        reader.read(at)
    return reader.lines


class _Reader:
    """Walks down the rows and keeps the heading and the line of ours that were passed last."""

    def __init__(self, judged: JudgedRows) -> None:
        self.judged = judged
        self.lines: list[Line] = []
        self.heading = ""
        self.near = ""
        self.comment = _comment_mark(judged)
        self.topics = _only_topics(judged)

    def read(self, at: int) -> None:
        row, rule, match = self.judged.rows[at], self.judged.rules[at], self.judged.matches.get(at)
        if match is not None:
            self._ours(row, match)
        elif rule:
            self._quoted_heading(row, rule)
            self._add_foreign(row, rule)
        elif not row.text:
            self._blank(row, at)
        else:
            self._own(row, at)

    def _add_foreign(self, row: Row, rule: RowRule) -> None:
        self._append(row.text, rule, row.depth, own=False)

    def _add_own(self, row: Row, text: str, rule: RowRule) -> None:
        """Add words of the person: with the addresses of their links, private below its heading."""
        if self.heading == "only_you" and self._opens_paragraph():
            # what stands below "Only you can see this" is private, paragraph by paragraph, as if
            # its author had said so
            self._append("private:", RowRule.PRIVATE_SECTION, row.depth, own=True)
        linked = row.links and not self._signs(row)
        self._append(with_addresses(text, row) if linked else text, rule, row.depth, own=True)

    def _append(self, text: str, rule: RowRule, depth: int, *, own: bool) -> None:
        self.lines.append(Line(text, own, rule, self.heading, self.near, depth))

    def _opens_paragraph(self) -> bool:
        above = self.lines[-1] if self.lines else None
        return above is None or not (above.own and above.text)

    def _signs(self, row: Row) -> bool:
        """Tell whether the row is the name below a closing phrase; some link theirs to a page."""
        above = self.lines[-1].text if self.lines else ""
        return is_closing(above) and is_name(row.text)

    def _ours(self, row: Row, match: Match) -> None:
        self.heading, self.near = match.line.section, match.line.near
        if row.links:
            row = replace(row, links=_links_of_person(row, self.judged.sent))
        if match.before:
            self._add_own(row, match.before, RowRule.BEFORE_OURS)
        self._add_foreign(row, RowRule.ALIGNED)
        if match.ticked:
            self._add_own(row, "[x]", RowRule.TICKED_BOX)
        if match.behind:
            self._add_own(row, self._without_comment(match.behind), RowRule.BEHIND_OURS)

    def _without_comment(self, text: str) -> str:
        return text.removeprefix(self.comment).lstrip() if self.comment else text

    def _quoted_heading(self, row: Row, rule: RowRule) -> None:
        """Read headings out of the quote where the sent mail is not known."""
        if self.judged.sent is not None or not row.text:
            return
        headed = read_heading(row.text)
        if headed is not None and headed.exact:
            self.heading, self.near = headed.key, ""
        elif rule is RowRule.QUOTE_MARK and self.heading:
            self.near = row.text

    def _blank(self, row: Row, at: int) -> None:
        """Give a blank row to the words above it, if the person goes on below."""
        above = self.lines[-1] if self.lines else None
        own = above is not None and above.own and self._goes_on(at)
        self._append("", RowRule.BLANK, row.depth, own=own)

    def _goes_on(self, at: int) -> bool:
        below = range(at + 1, min(len(self.judged.rows), at + _LOOKED_DOWN))
        nearest = next(iter(self.judged.worded(below)), None)
        return nearest is not None and not self.judged.rules[nearest]

    def _own(self, row: Row, at: int) -> None:
        text = self._without_comment(row.text)
        headed = read_heading(text)
        if headed is None or (headed.exact and (self.topics or self._is_item(text, at))):
            self._add_own(row, text, RowRule.OWN)
            return
        self._typed_heading(row, headed)

    def _typed_heading(self, row: Row, headed: Headed) -> None:
        self.heading, self.near = headed.key, ""
        self._add_foreign(row, RowRule.HEADING)
        for piece in _SENTENCES.split(headed.rest, maxsplit=8):
            again = read_heading(piece) if ":" in piece else None
            self.heading = again.key if again else self.heading
            if text := (again.rest if again else piece):
                self._add_own(row, text, RowRule.BEHIND_HEADING)

    def _is_item(self, text: str, at: int) -> bool:
        """Tell an item from a heading: "- Feedback" in a list of topics is an item; with words
        below that are no bullet, it is a heading."""
        if not _is_listed(text):
            return False
        below = next(iter(self.judged.worded(range(at + 1, min(at + 3, len(self.judged.rows))))), 0)
        under = self.judged.rows[below].text if below else ""
        return not under or (_is_listed(under) and _indent(under) <= _indent(text))


def _is_listed(text: str) -> bool:
    bare = text.lstrip(" \t")
    return is_bulleted(bare) or bare[:1].isdigit()


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t"))


def _links_of_person(row: Row, sent: SentText | None) -> tuple[Link, ...]:
    """Return the links of a row that is ours in part, without those of our mail."""
    return tuple(link for link in row.links if sent is None or not sent.is_ours(link.href))


def _only_topics(judged: JudgedRows) -> bool:
    """Tell whether the headings are what the person would like to talk about: none is filled."""
    own = [row.text for at, row in enumerate(judged.rows) if judged.is_free(at)]
    alone = [heading_alone(text) != "" for text in own]
    filled = any(above and not below for above, below in pairwise(alone))
    return not filled and not any(map(_ends_with_colon, compress(own, alone)))


def _ends_with_colon(text: str) -> bool:
    return text.rstrip().endswith((":", "："))


def _comment_mark(judged: JudgedRows) -> str:
    """Return Outlook's own mark for comments between the lines of a quote, "[Ana Silva]", if the
    person's rows begin with it.

    File, Options, Mail, "Preface comments with" (Outlook for Windows, seen 2016-2025).
    """
    if not judged.matches:
        return ""
    free = (row.text for at, row in enumerate(judged.rows) if judged.is_free(at))
    counts = Counter(filter(None, map(_bracketed_name, free)))
    mark, times = counts.most_common(1)[0] if counts else ("", 0)
    return mark if times > 1 or " " in mark else ""


def _bracketed_name(text: str) -> str:
    """Return "[Ana Silva]" where a row begins with a name in brackets, else ""."""
    mark, closed, _ = text[:60].partition("]")
    named = text.startswith("[") and closed and len(mark) > 3
    return f"{mark}]" if named and is_name(mark.strip("[]")) else ""


# as in "Career: a course. Feedback: none."
_SENTENCES = re.compile(r"(?<=[.!?;])[ \t]{1,9}(?=\w[\w' ]{1,40}:)")
_LOOKED_DOWN = 40  # rows below a blank one in which the next words are looked for
