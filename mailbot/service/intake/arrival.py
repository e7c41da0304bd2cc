"""A mail as it comes in, before it is read, and the way it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mailbot.inbound.triage.auth import Proof


class Route(StrEnum):
    """The way a mail came. What is believed and what is kept depends on it."""

    INBOX = "inbox"  # over IMAP: it has been taken already, and is never refused
    JUNK = "junk"  # over IMAP, filed as junk by the server: its author must be beyond doubt
    DOOR = "door"  # handed in over LMTP or SMTP: anybody may ask, and is answered at once


@dataclass(frozen=True, slots=True)
class Incoming:
    """One mail before it is read. `proof`: what our own DKIM check says; None: none was made.

    `killed`: reading it ended the process each time; it is not read again.
    """

    key: str  # names it in the journal
    raw: bytes
    at: datetime
    route: Route = Route.INBOX
    proof: Proof | None = None
    killed: bool = False
