"""The newly written lines of a reply, each with the heading it stands under.

mailbot knows the very text it sent: the reply is aligned with it and what we wrote is dropped. Client marks,
attributions, signatures and footers come second. Nothing is cut away for good: each line keeps the rule that judged it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mailbot.mail.align import Alignment, Match, Sent
from mailbot.mail.attribution import attribution
from mailbot.mail.header_block import divider, header_block
from mailbot.mail.headings import read_heading
from mailbot.mail.html import html_rows
from mailbot.mail.message import Body
from mailbot.mail.rows import CHARACTERS, Row, text_rows


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the mail as its reader saw it, and what was decided about it."""

    text: str  # without quote marks
    own: bool  # newly written by the person
    rule: str  # what decided: "own" | "aligned" | "quote mark" | "attribution" | "header block" | "signature" | ...
    heading: str = ""  # key of the heading it stands under: "career", "action_items", "notes", "i_will", "they_will"
    near: str = ""  # the line of the sent mail right above it on the same block ("3. Send the numbers"), or ""
    depth: int = 0  # quote depth in the mail
    level: int = 0  # nesting of its bullet
    links: tuple[str, ...] = ()  # addresses behind words that do not show them


@dataclass(frozen=True, slots=True)
class Reply:
    lines: tuple[Line, ...]

    @property
    def own(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.own)

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.own).strip()


@dataclass(slots=True)
class Page:
    """The rows of a mail and what was decided about each so far ("": nothing yet)."""

    rows: list[Row]
    sent: Sent | None
    rules: list[str] = field(default_factory=list)
    matches: dict[int, Match] = field(default_factory=dict)


def new_lines(body: Body, sent: str | None = None) -> Reply:
    """Read a reply to the mail whose text/plain was `sent` (None: unknown)."""
    page = Page(_rows(body), Sent(sent) if sent else None)
    page.rules = [""] * len(page.rows)
    _align(page)
    _quotes(page)
    return Reply(tuple(_lines(page)))


def _rows(body: Body) -> list[Row]:
    if body.html and body.html.strip():
        rows = html_rows(body.html[:CHARACTERS])
        if any(row.text for row in rows):
            return rows
    return text_rows((body.text or "")[:CHARACTERS])


def _align(page: Page) -> None:
    if page.sent is None:
        return
    alignment = Alignment(page.sent)
    worded = [at for at, row in enumerate(page.rows) if row.text]
    for at, below in zip(worded, [*worded[1:], None], strict=True):
        found = alignment.match(page.rows[at], page.rows[below] if below is not None else None)
        if found is not None:
            page.matches[at] = found
            page.rules[at] = "aligned"


def _quotes(page: Page) -> None:
    rows, rules = page.rows, page.rules
    below = ""
    for at, row in enumerate(rows):
        if rules[at]:
            continue
        if not row.text:
            continue
        first = attribution(rows, at)
        if first is not None:
            for each in range(first, at + 1):
                rules[each] = "attribution"
            if not row.depth and not _marked_below(rows, at):
                below = "below an attribution"
            continue
        last = header_block(rows, at)
        if last is not None:
            for each in range(at, last + 1):
                rules[each] = "header block"
            below = below or ("" if row.depth else "below a header block")
            continue
        if divider(row.text):
            rules[at] = "divider"
            below = below or ("" if row.depth else "below a divider")
        elif row.depth:
            rules[at] = "quote mark"
        elif below and not page.matches:
            rules[at] = below


def _marked_below(rows: list[Row], at: int) -> bool:
    return any(row.depth > rows[at].depth for row in rows[at + 1 : at + 4])


def _lines(page: Page) -> list[Line]:
    lines: list[Line] = []
    heading = near = ""
    for at, (row, rule) in enumerate(zip(page.rows, page.rules, strict=True)):
        match = page.matches.get(at)
        if match is not None:
            heading, near = match.line.section, match.line.text
            lines.append(Line(row.text, False, "aligned", heading, near, row.depth))
            lines.extend(_words_beside(match, row))
        elif rule:
            lines.append(Line(row.text, False, rule, heading, near, row.depth))
        else:
            headed = read_heading(row.text)
            if headed is None:
                lines.append(Line(row.text, True, "own", heading, near, row.depth, links=row.links))
                continue
            heading, near = headed.key, ""
            lines.append(Line(row.text, False, "heading", heading, near, row.depth))
            if headed.rest:
                lines.append(Line(headed.rest, True, "own", heading, near, row.depth, links=row.links))
    return lines


def _words_beside(match: Match, row: Row) -> list[Line]:
    section, near = match.line.section, match.line.text
    beside = [("before our words", match.before), ("ticked box", "[x]" if match.ticked else ""), ("behind our words", match.behind)]
    return [Line(text, True, rule, section, near, row.depth) for rule, text in beside if text]
