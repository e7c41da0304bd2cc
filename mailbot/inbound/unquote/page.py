"""The rows of a mail while it is judged, and what was decided about each so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailbot.inbound.unquote.align import Match, Sent
from mailbot.inbound.unquote.rows import Row


@dataclass(slots=True)
class Page:
    """The rows of a mail and what was decided about each ("": nothing yet)."""

    rows: list[Row]
    sent: Sent | None
    rules: list[str] = field(default_factory=list)
    matches: dict[int, Match] = field(default_factory=dict)
    # last rows of attributions, header blocks and dividers
    starts: list[int] = field(default_factory=list)

    def free(self, at: int) -> bool:
        """Has the row words that no rule claims?"""
        return not self.rules[at] and bool(self.rows[at].text)

    def mark(self, first: int, last: int, rule: str) -> None:
        """Claims what is free of [first, last)."""
        for at in range(first, last):
            if self.free(at):
                self.rules[at] = rule
