"""Tell the time, and take the mails that leave."""

from __future__ import annotations

import email
import email.policy
import email.utils
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from email.header import decode_header, make_header
from email.message import Message
from functools import cached_property


@dataclass
class FakeClock:
    """Say what it was told."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def forward(self, to: datetime) -> None:
        assert to >= self.at, "this clock only goes forward"
        self.at = to


@dataclass(frozen=True)
class Got:
    """Show a mail as its reader sees it; it is parsed when it is looked at."""

    raw: bytes
    recipient: str = ""
    zone: tzinfo = UTC  # of the mail program that shows it

    @cached_property
    def message(self) -> Message:
        return email.message_from_bytes(self.raw)

    def header(self, name: str) -> str:
        return str(make_header(decode_header(self.message[name] or "")))

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def id(self) -> str:
        """Message-ID with its angle brackets."""
        # without parsing the mail: a year of them is looked at
        head = self.raw[: self.raw.index(b"\r\n\r\n")]
        return head.partition(b"Message-ID:")[2].split(maxsplit=1)[0].decode()

    @property
    def text(self) -> str:
        return self._part("text/plain")

    @property
    def html(self) -> str:
        return self._part("text/html")

    @property
    def at(self) -> datetime:
        return email.utils.parsedate_to_datetime(self.message["Date"]).astimezone(self.zone)

    def _part(self, kind: str) -> str:
        found = (part for part in self.message.walk() if part.get_content_type() == kind)
        content = next((part.get_payload(decode=True) for part in found), b"")
        assert isinstance(content, bytes)
        return content.decode().replace("\r\n", "\n")


def got(raw: bytes, recipient: str = "") -> Got:
    """Show a mail that came some other way."""
    return Got(raw, recipient)


@dataclass
class Tray:
    """Take every mail, as a server that refuses nothing; `mails` left in this order."""

    mails: list[Got] = field(default_factory=list)

    def send(self, sender: str, recipient: str, raw: bytes) -> None:  # noqa: ARG002 - the protocol's
        self.mails.append(Got(raw, recipient))

    def close(self) -> None:
        """Do nothing: no connection is open."""

    def to(self, address: str) -> list[Got]:
        """Return the mails to this address, oldest first."""
        return [mail for mail in self.mails if mail.recipient == address]
