"""Bound how much of a mail is read. What breaks a bound is set aside whole instead of being
parsed slowly."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):
    """The mail breaks a limit or cannot be parsed at all; `reason` is a word for the journal. It
    is set aside whole."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before parsing spends time on it."""

    octets: int = 30_000_000
    header_octets: int = 262_144
    one_header_octets: int = 32_768
    parts: int = 500
    depth: int = 20
    parameters: int = 100  # of one Content-Type or Content-Disposition
    # opening ones in one header block: nested comments are what parsers recurse on
    parentheses: int = 2_000
