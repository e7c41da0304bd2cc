"""The newly written lines of a reply, each with the heading it stands under.

mailbot knows the very text it sent: the reply is aligned with it and what we wrote is dropped. Client marks,
attributions, signatures and footers come second. Nothing is cut away for good: every line keeps the rule that judged it.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.mail.message import Body


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
    raise NotImplementedError
