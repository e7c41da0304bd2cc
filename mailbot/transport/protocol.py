"""The edges: how bytes come in and go out. Transports know no meeting.

They raise Temporary, Permanent, Uncertain and Refused, never what their libraries raise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

REFUSED = "refused"
"""The outcome of a mail that is not taken at the door: it is said in the dialogue, so that we
never have to bounce."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Hold one inbound mail as the transport has it. Nothing was marked, moved or flagged yet."""

    key: str  # "imap/ACCOUNT/FOLDER/UIDVALIDITY/UID": what names it in the journal
    raw: bytes
    size: int  # octets on the server; more than len(raw) where attachments were left there


class Inbox(Protocol):
    """Read mail. All calls from one thread."""

    def fetch(self) -> Sequence[Arrived]:
        """Give the next batch (at most 50) of mails that were not handed out in this session,
        oldest first; empty: none."""

    def done(self, keys: Iterable[str]) -> None:
        """Move these away, whose outcome is committed, or leave them and move the cursor on."""

    def wait(self, seconds: float) -> bool:
        """Wait until something may have arrived or the time is over (IDLE where offered, else a
        poll interval)."""

    def close(self) -> None: ...


class Mailer(Protocol):
    """Send mail. All calls from one thread; the connection is kept open between them."""

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand one message to the server. Returns when the server took responsibility (250 after
        the final dot).

        Raises Temporary (4yz, no connection), Permanent (5yz for this message), Refused (login,
        535 or 5.7.30), Uncertain (silence after DATA).
        """

    def close(self) -> None: ...
