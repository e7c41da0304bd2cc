"""Fixtures: real mail servers, started once and shared; each test has users of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
from imapclient import IMAPClient

from mailbot.transport.embedded import Embedded
from mailbot.transport.imap.client import Imap
from mailbot.transport.tls import tune
from tests.kit.servers import PASSWORD, Dovecot, Sink, dovecot, dovecot_binary, sink
from tests.kit.transports import imap_on

NO_DOVECOT = (
    "DOVECOT IS NOT INSTALLED: nothing was proved against it (Debian: apt-get install dovecot-imapd dovecot-lmtpd); "
    "the same suite runs against pymap"
)
names = (f"bot{n}@corp.example" for n in itertools.count(1))


@dataclass
class Mailbox:
    """One user of one running server, and ways to look at it."""

    server: str  # "dovecot" | "pymap"
    port: int
    user: str
    stack: ExitStack = field(repr=False)
    dovecot: Dovecot | None = None

    def imap(self, **options: Any) -> Imap:
        """The transport under test, closed at the end of the test."""
        options = {
            "port": self.port,
            "tls": "none",
            "timeout_s": 5,
            "password": PASSWORD,
            "user": self.user,
            **options,
        }
        imap = imap_on(options.pop("host", "127.0.0.1"), **options)
        self.stack.callback(imap.close)
        return imap

    def client(self) -> IMAPClient:
        """Another mail program that has the mailbox open."""
        return self.stack.enter_context(self._opened())

    def _opened(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=10)
        tune(client.socket())  # without TCP_NODELAY pymap takes 46 ms a command
        client.login(self.user, PASSWORD)
        return client

    def deliver(self, *mails: bytes, folder: str = "INBOX") -> None:
        client = self.client()
        for raw in mails:
            client.append(folder, raw)

    def subjects(self, folder: str = "INBOX") -> list[str]:
        """What lies in a folder, as another mail program sees it."""
        with self._opened() as client:  # asked again and again; servers count connections
            if not client.folder_exists(folder):
                return []
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["BODY.PEEK[HEADER.FIELDS (SUBJECT)]"])
        return [
            next(v for k, v in found[uid].items() if k.startswith(b"BODY")).decode().strip()[9:]
            for uid in sorted(found)
        ]

    def flags(self, folder: str = "INBOX") -> list[tuple[bytes, ...]]:
        client = self.client()
        client.select_folder(folder, readonly=True)
        return [
            tuple(f for f in flags if f != rb"\Recent")
            for _, flags in sorted(client.get_flags(client.search()).items())
        ]


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    if dovecot_binary() is None:
        pytest.skip(NO_DOVECOT)
    with dovecot() as server:
        yield server


@pytest.fixture(scope="session")
def pymap_server() -> Iterator[Embedded]:
    with Embedded({}) as server:
        yield server


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture(params=["dovecot", "pymap"])
def mailbox(request: pytest.FixtureRequest, stack: ExitStack) -> Mailbox:
    """A new user, on each server."""
    user = next(names)
    if request.param == "dovecot":
        server: Dovecot = request.getfixturevalue("dovecot_server")
        return Mailbox("dovecot", server.port, user, stack, server)
    embedded: Embedded = request.getfixturevalue("pymap_server")
    embedded.add_user(user, PASSWORD)
    return Mailbox("pymap", embedded.port, user, stack)


@pytest.fixture
def dovecot_mailbox(dovecot_server: Dovecot, stack: ExitStack) -> Mailbox:
    """A new user where only Dovecot will do: its processes are killed, its files removed."""
    return Mailbox("dovecot", dovecot_server.port, next(names), stack, dovecot_server)


@pytest.fixture
def open_sink(stack: ExitStack) -> Callable[..., Sink]:
    """An SMTP server that misbehaves on request."""
    return lambda **options: stack.enter_context(sink(**options))
