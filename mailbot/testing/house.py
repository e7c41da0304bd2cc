"""Run a whole mailbot on a clock that is told the time, with a tray instead of servers."""

from __future__ import annotations

from datetime import datetime
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from functools import cache
from pathlib import Path

from mailbot.config.shipped import template_sources
from mailbot.inbound.triage.auth import Policy
from mailbot.meeting.model import Cadence, Person, Series
from mailbot.outbound.compose import Composer
from mailbot.service.app import Mailbot
from mailbot.service.delivery.dispatcher import Dispatcher, drain
from mailbot.service.intake.pipeline import MailReader
from mailbot.service.operations.operator_texts import OperatorTexts
from mailbot.service.operations.settings import Settings
from mailbot.service.people.directory import pair
from mailbot.store.memory import Memory
from mailbot.store.open import open_raw_mails
from mailbot.store.protocol import NEXT_DUE, Entry, Store
from mailbot.testing.clients import Answers, answer
from mailbot.testing.tray import FakeClock, Got, Tray
from mailbot.threads.token import ReplyTokens
from mailbot.transport.protocol import Mailer

ADDRESS = "mailbot@corp.example"
AUTHSERV_ID = "mx.corp.example"
TOKENS = ReplyTokens((b"a key of this house alone",))


@cache
def _composer(address: str, tokens: ReplyTokens, *, plus: bool) -> Composer:
    """Compile the templates once: it takes longer than most of what a house lives through."""
    return Composer(template_sources(), address, tokens, plus=plus)


@cache
def _operator_texts() -> OperatorTexts:
    return OperatorTexts(template_sources())


class House:
    """Live through days with a whole mailbot. What people get is in `tray`, what became of their
    mails in `outcomes`, both oldest first."""

    def __init__(  # noqa: PLR0913 - each is one thing a test may want otherwise
        self,
        at: datetime,
        folder: Path,
        store: Store | None = None,
        domains: tuple[str, ...] = (),
        *,
        authserv_id: str = AUTHSERV_ID,
        operator: str = "",
        plus: bool = True,
        address: str = ADDRESS,
        tokens: ReplyTokens = TOKENS,
    ) -> None:
        self.clock = FakeClock(at)
        self.tray = Tray()
        self.store = store or Memory()
        self._authserv_id = authserv_id or AUTHSERV_ID  # "": a server vouches, nobody trusts it
        policy = Policy(authserv_id=authserv_id)
        reader = MailReader(tokens, address, policy, domains)
        composer = _composer(address, tokens, plus=plus)
        raw_mails = open_raw_mails(folder)
        self.mailbot = Mailbot(
            self.store,
            reader,
            composer,
            quarantine=raw_mails.quarantine,
            held=raw_mails.held,
            settings=Settings(_operator_texts(), operator=operator),
        )
        self.dispatcher = Dispatcher(self.mailbot.step, self.mailbot.postmaster)
        self.outcomes: list[Entry] = []

    def pairs(self, *pairs: tuple[Person, Person, Cadence]) -> None:
        """Set up these 1:1s as config.toml would: report, manager, and when they meet."""
        self.mailbot.configure(pairs, self.clock.at)

    def series(self, report: Person, manager: Person) -> Series:
        """Return what mailbot keeps of the 1:1 of these two. Raises LookupError: they have none."""
        name = pair(self.store, report, manager)
        stored = self.store.load(name) if name else None
        if stored is None:
            raise LookupError(f"{report.address} has no 1:1 with {manager.address}")
        return stored.series

    def until(self, at: datetime) -> None:
        """Let time pass: everything that is owed on the way is sent when it is due."""
        while (due := self.next_due()) is not None and due <= at:
            self.clock.at = max(due, self.clock.at)
            self.work()
        self.clock.at = at
        self.work()

    def work(self) -> None:
        """Do what is due by now, and send what may leave."""
        self.mailbot.tick(self.clock.at)
        self.drain()

    def drain(self, mailer: Mailer | None = None, at: datetime | None = None) -> int:
        """Send what may leave now, to the tray or to another server; return how many left."""
        return drain(self.dispatcher, mailer or self.tray, at or self.clock.at)

    def next_due(self) -> datetime | None:
        """Return when the first 1:1 is due; None: none ever is."""
        return self.store.recall(NEXT_DUE)

    def receive(self, raw: bytes, *, vouched: bool = True) -> Entry:
        """Let a mail arrive now; return what became of it. `vouched`: our own mail server says that
        its sender's domain passed."""
        raw = _vouched(raw, self._authserv_id) if vouched else raw
        entry = self.mailbot.take(f"test/{len(self.outcomes)}", raw, self.clock.at)
        self.outcomes.append(entry)
        self.drain()
        return entry

    def answers(self, mail: Got, author: str, words: str | Answers, client: str = "gmail") -> Entry:
        """Let somebody answer a mail of ours now; return what became of it."""
        return self.receive(answer(mail, author, words, self.clock.at, client))


def _vouched(raw: bytes, authserv_id: str) -> bytes:
    """Put the verdict of our own server on top, in its name (RFC 8601)."""
    author = BytesHeaderParser().parsebytes(raw).get("From", "")
    domain = parseaddr(author)[1].rpartition("@")[2]
    verdict = f"Authentication-Results: {authserv_id}; dmarc=pass header.from={domain}\r\n"
    return verdict.encode() + raw
