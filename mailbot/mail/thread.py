"""Which meeting a mail belongs to: address token, signed ids in In-Reply-To and References, visible reference, subject."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.mail.message import Inbound
from mailbot.meeting.model import Purpose, Role


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail of ours stands: enough to find its series, meeting, reader and the very text that was sent."""

    series: str  # 8 characters of base32
    meeting: int  # 0: about the series itself
    role: Role
    purpose: Purpose
    serial: int  # 0: the root of the meeting's thread


class Tokens:
    """Signs places into reply tokens: lower-case base32, at most 34 characters, proof against lost case.

    The first key signs; all keys are accepted (rotation). A token routes, it authorises nothing.
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self.keys = keys

    def make(self, place: Place) -> str:
        raise NotImplementedError

    def read(self, token: str) -> Place | None:
        """The place, or None if no key of ours signed it. Case does not count."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Found:
    place: Place
    by: str  # "token" | "reference" | "root" | "body" | "subject": what found it, for the journal


def find(inbound: Inbound, tokens: Tokens, address: str) -> Found | None:
    """The place this mail answers. `address` is mailbot's own, to which "+token" is added."""
    raise NotImplementedError
