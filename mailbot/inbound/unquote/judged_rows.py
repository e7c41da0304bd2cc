"""Hold the rows of a mail while it is judged, and what was decided about each so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from mailbot.inbound.unquote.align import Match, SentText
from mailbot.inbound.unquote.rows import Row


class RowRule(StrEnum):
    """What decided who wrote a line. Falsy while nothing has."""

    UNJUDGED = ""
    # of our mail, or of a mail that is quoted
    ALIGNED = "aligned"
    QUOTE_MARK = "quote mark"
    ATTRIBUTION = "attribution"
    HEADER_BLOCK = "header block"
    DIVIDER = "divider"
    BELOW_ATTRIBUTION = "below an attribution"
    BELOW_HEADER_BLOCK = "below a header block"
    BELOW_DIVIDER = "below a divider"
    BELOW_CLIENT_FOOTER = "below a client footer"
    WRAPPED_QUOTE = "wrapped quote"
    OLDER_MAIL = "older mail"
    # added on the way
    CLIENT_FOOTER = "client footer"
    LIST_FOOTER = "list footer"
    PICTURE = "picture"
    BANNER = "banner"
    DISCLAIMER = "disclaimer"
    PGP_FRAME = "PGP frame"
    SIGNATURE = "signature"
    BEYOND_LIMIT = "beyond the limit"
    # of the person
    OWN = "own"
    BLANK = "blank"
    BEFORE_OURS = "before our words"
    BEHIND_OURS = "behind our words"
    TICKED_BOX = "ticked box"
    HEADING = "heading"
    BEHIND_HEADING = "behind a heading"
    PRIVATE_SECTION = "private section"


BELOW = {
    RowRule.ATTRIBUTION: RowRule.BELOW_ATTRIBUTION,
    RowRule.HEADER_BLOCK: RowRule.BELOW_HEADER_BLOCK,
    RowRule.DIVIDER: RowRule.BELOW_DIVIDER,
}
"""What opens a quote -> the rule of the rows below it that have no quote mark."""


@dataclass(slots=True)
class JudgedRows:
    """Rows and their rules. Rules are changed by `mark` and `free` alone."""

    rows: list[Row]
    sent: SentText | None
    rules: list[RowRule] = field(init=False)
    matches: dict[int, Match] = field(default_factory=dict)  # row -> why it is ours
    # last rows of attributions, header blocks and dividers
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rules = [RowRule.UNJUDGED] * len(self.rows)

    def is_free(self, at: int) -> bool:
        """Tell whether the row has words that no rule claims."""
        return not self.rules[at] and bool(self.rows[at].text)

    def mark(self, numbers: Iterable[int], rule: RowRule) -> None:
        """Claim those of the rows that are free."""
        for at in numbers:
            if self.is_free(at):
                self.rules[at] = rule

    def mark_again(self, numbers: Iterable[int], rule: RowRule) -> None:
        """Claim rows with words, whatever was decided about them before."""
        for at in numbers:
            if self.rows[at].text:
                self.rules[at] = rule
                self.matches.pop(at, None)

    def release(self, numbers: Iterable[int]) -> None:
        """Take back what was decided."""
        for at in numbers:
            self.rules[at] = RowRule.UNJUDGED

    def worded(self, numbers: Iterable[int]) -> Iterable[int]:
        """Yield those of the rows that have words."""
        return (at for at in numbers if self.rows[at].text)

    def is_unmarked_start(self, at: int) -> bool:
        """Tell whether a quote without quote marks starts at this row: all below it is quoted."""
        return not self.rows[at].depth and not self.is_marked_below(at)

    def is_marked_below(self, at: int) -> bool:
        """Tell whether the quote that starts here is marked: its first row with words says so."""
        depth = self.rows[at].depth
        for row in self.rows[at + 1 : at + 8]:
            if row.text or row.depth > depth:
                return row.depth > depth
        return False
