"""Send + template -> finished bytes with a fixed Message-ID. Whoever composes sees only what the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.mail.thread import Tokens
from mailbot.meeting.events import Send


@dataclass(frozen=True, slots=True)
class Finished:
    """One mail, ready to leave."""

    id: str  # Message-ID without angle brackets
    recipient: str
    raw: bytes
    text: str  # the text/plain part as sent


class Composer:
    def __init__(self, sources: dict[str, str], address: str, tokens: Tokens) -> None:
        """`sources`: template name ("en/agenda.txt") -> text. Raises OperatorError with file and line if one is broken."""
        raise NotImplementedError

    def compose(self, series: str, send: Send, at: datetime, in_reply_to: str = "") -> Finished:
        """`at`: the Date of the mail, UTC. `in_reply_to`: Message-ID of the mail this one answers."""
        raise NotImplementedError
