"""Say how each line of a mail looks, on the terminal and on the page alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, takewhile

from mailbot.inbound.unquote.judged_rows import RowRule
from mailbot.inbound.unquote.lines import Line
from mailbot.languages.headings import read_heading
from mailbot.meeting.model import Purpose

GIST_LINES = 7
ONLY_YOU = "Only you can see this"
ASKS_ALONE = (Purpose.NOTES_REQUEST, Purpose.FIRST_AGENDA_REQUEST, Purpose.FIRST_MANAGER)
ASKS = (*ASKS_ALONE, Purpose.AGENDA_REQUEST)
LISTED = re.compile(r" *(?:- |\[.\] (?:\d+\. )?|\d+\. )")
FOOTER = (
    "Who can read this",
    "Something missing?",
    "Still something missing?",
    "Not what you meant?",
    "Just reply",
    # what stands below the news of a mail
    "Something wrong or forgotten?",
    "Does it not suit you after all?",
)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line and its look: "" | new | quoted | above | fold | heading | private | small."""

    text: str
    look: str = ""

    @property
    def mark(self) -> str:
        """The bullet, box or number that stands out to the left of it, or nothing."""
        found = LISTED.match(self.text)
        return found[0] if found else ""


# ---- a mail of mailbot ----


def mail_lines(text: str) -> Iterator[ShownLine]:
    """Give each line of a mail of mailbot its look."""
    section = ""
    for line in text.rstrip("\n").split("\n"):
        section = _section(line, section)
        yield ShownLine(line, _look(line, section))


def _section(line: str, before: str) -> str:
    """Tell where this line stands: "private" until the next empty line, "small" to the end."""
    if before == "small" or line.startswith("Who can read this"):
        return "small"
    if line == ONLY_YOU:
        return "private"
    return before if line else ""


def _look(line: str, section: str) -> str:
    if section == "small":
        return "small"
    if _is_heading(line):
        return "heading"
    return "private" if "[only you]" in line else section


def _is_heading(line: str) -> bool:
    headed = read_heading(line)
    return line == ONLY_YOU or (headed is not None and headed.exact)


def gist(text: str, purpose: Purpose) -> Iterator[ShownLine]:
    """Say the news of a mail: what a question asks, the list that the others bring; private lines
    whatever happens."""
    body = _body(text)
    # a bullet, and what belongs to it
    news = [words for words in body if words.mark or words.text.startswith("  ")]
    if purpose in ASKS or not news:
        yield from body[:1]
    if purpose not in ASKS_ALONE:
        yield from _shortened(news)


def _body(text: str) -> list[ShownLine]:
    """Leave out the greeting, what was understood, and all that stands in every mail."""
    lines = (words for words in list(mail_lines(text))[1:] if words.text.strip())
    told = (words for words in lines if not words.text.startswith("Got it"))
    return list(takewhile(lambda words: not words.text.startswith(FOOTER), told))


def _shortened(news: list[ShownLine]) -> Iterator[ShownLine]:
    left_out = [words for words in news if words.look != "private"][GIST_LINES:]
    yield from (words for words in news if words not in left_out)
    if left_out:
        yield ShownLine(f"and {len(left_out)} more", "fold")


# ---- a reply ----


def reply_lines(lines: Iterable[Line]) -> Iterator[ShownLine]:
    """Give each line of a reply its look: what was newly written stands out."""
    for line in shown(lines):
        yield _typed(line.text) if is_new(line) else ShownLine(line.text, "quoted")


def own_lines(lines: Iterable[Line]) -> Iterator[ShownLine]:
    """Show what the person typed, and above it the line it was typed under."""
    above = ""
    for new, texts in parts(lines):
        if not new:
            above = next((text for text in reversed(texts) if text.strip()), above)
            continue
        if above:
            yield ShownLine(above, "above")
        yield from trimmed(texts)


def folded_lines(lines: Iterable[Line], beside: int) -> Iterator[ShownLine]:
    """Show what the person typed, with so many quoted lines above and below; the others are
    counted."""
    found = list(parts(lines))
    for at, (new, texts) in enumerate(found):
        if new:
            yield from (*trimmed(texts), ShownLine(""))
        else:
            is_last = at == len(found) - 1
            yield from _folded(texts, beside if at else 0, 0 if is_last else beside)


def _folded(texts: list[str], above: int, below: int) -> list[ShownLine]:
    """Quote so many of these lines at the begin and at the end. One line more is no fold."""
    quoted = [ShownLine(f"> {text}", "quoted") for text in texts if text.strip()]
    left = len(quoted) - above - below
    if left <= 1:
        return quoted
    fold = ShownLine(f"> ... {left} more lines ...", "quoted")
    return [*quoted[:above], fold, *quoted[len(quoted) - below :]]


def parts(lines: Iterable[Line]) -> Iterator[tuple[bool, list[str]]]:
    """Group new lines and quoted ones, in turn."""
    for new, group in groupby(shown(lines), key=is_new):
        yield new, [line.text for line in group]


def trimmed(texts: list[str]) -> Iterator[ShownLine]:
    """Drop the empty lines around new ones."""
    words = re.sub("\n{3,}", "\n\n", "\n".join(texts).strip("\n"))
    return map(_typed, words.split("\n"))


def shown(lines: Iterable[Line]) -> Iterator[Line]:
    """Keep the lines that the mail has: what was split off a line, to be read by itself, is not
    shown again."""
    return (line for line in lines if line.rule is not RowRule.BEHIND_HEADING)


def is_new(line: Line) -> bool:
    """Tell whether it was written by the person, or is a heading they typed."""
    return line.own or line.rule is RowRule.HEADING


def _typed(text: str) -> ShownLine:
    if text.lstrip("- ").startswith("private:"):
        return ShownLine(text, "private")
    return ShownLine(text, "new" if text else "")
