"""Name what the threads put on the one queue of the worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue

from mailbot.service.delivery.attempt import Tried
from mailbot.service.step import NoticeKind
from mailbot.transport.protocol import Arrived


@dataclass(frozen=True, slots=True)
class Tick:
    """Time may owe something."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Finish the mail in hand and leave."""


@dataclass(slots=True)
class Batch:
    """Mails of the inbox. Their keys go to `finished` once each has its outcome; a stop cuts it
    short."""

    mails: Sequence[Arrived]
    junk: bool = False  # the server filed them as junk
    finished: SimpleQueue[list[str]] = field(default_factory=SimpleQueue)
    keys: list[str] = field(default_factory=list)

    def tell(self) -> None:
        """Let the inbox move away the mails that have their outcome."""
        self.finished.put(self.keys)


@dataclass(slots=True)
class Begun:
    """The first look into a mailbox: what lies there already is left alone. `kept` tells that
    this is on record."""

    cursor: tuple[int, int]  # UIDVALIDITY and the last UID of that time
    place: str  # see transport.imap.mailbox_key
    kept: SimpleQueue[bool] = field(default_factory=SimpleQueue)


@dataclass(slots=True)
class Delivered:
    """A mail that somebody hands in and waits for. `answer` gets a word, or the reason to come
    again."""

    raw: bytes
    # of the DNS, as far as they were needed
    records: dict[bytes, bytes | None] = field(default_factory=dict)
    answer: SimpleQueue[str | Exception] = field(default_factory=SimpleQueue)


@dataclass(slots=True)
class Audit:
    """These mails were in the folder a while ago. `answer` gets those that no outcome accounts
    for."""

    keys: Sequence[str]
    answer: SimpleQueue[tuple[str, ...]] = field(default_factory=SimpleQueue)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something the operator should hear of, and one sentence about this time."""

    kind: NoticeKind
    sentence: str


Value = Tick | Stop | Batch | Begun | Delivered | Tried | Audit | Trouble
