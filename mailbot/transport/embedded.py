"""A mail server in a thread, for the demo and the tests: IMAP (pymap, in memory) and an SMTP door
into its mailboxes.

Not for production: nothing is kept, nothing is encrypted, it listens on loopback alone. pymap
0.36.7 has IDLE, MOVE and UIDPLUS; it has no CONDSTORE, and keywords such as $Done are dropped
without an error.
"""
# ruff: noqa: N802, ARG002, PLC0415 - aiosmtpd calls these names with these arguments; pymap is an
# extra

from __future__ import annotations

import asyncio
import logging
import threading
from argparse import Namespace
from collections.abc import Mapping
from concurrent.futures import Future
from typing import Any, Self

from aiosmtpd.smtp import SMTP
from aiosmtpd.smtp import Envelope as SmtpEnvelope
from aiosmtpd.smtp import Session as SmtpSession

from mailbot.errors import OperatorError

HOST = "127.0.0.1"
START_S = 10
MISSING = (
    "The demo needs an IMAP server of its own: run make demo, or pip install '.[demo]' in the "
    "source folder."
)

for name in ("mail.log", "pymap"):  # both write whole mails at DEBUG
    logging.getLogger(name).setLevel(logging.ERROR)


class Embedded:
    """Run mailboxes by address, each with its password, in a thread.

    Ports of 0 become free ones, known once it is started.
    """

    def __init__(self, users: Mapping[str, str], port: int = 0, smtp_port: int = 0) -> None:
        self.users = dict(users)
        self.port, self.smtp_port = port, smtp_port
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="embedded mail server", daemon=True)
        self._login: Any = None

    def start(self) -> Self:
        """Return when both ports answer: 0.1-0.3 s, most of it importing pymap."""
        self._thread.start()
        self._ready.result(START_S)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(START_S)

    def deliver(self, address: str, raw: bytes) -> None:
        """Put a mail into the INBOX of this address, as its SMTP door does. From any thread."""
        asyncio.run_coroutine_threadsafe(self.put(address, raw), self._loop).result(START_S)

    def add_user(self, user: str, password: str) -> None:
        """Make one more mailbox while it runs."""
        from pymap.user import UserMetadata

        self.users[user] = password
        self._login.users_dict[user] = UserMetadata(self._login.config, user, password=password)

    def user_of(self, address: str) -> str | None:
        """Tell whose mailbox it is; mailbot+TOKEN@corp.example is that of mailbot@corp.example."""
        local, _, domain = address.lower().rpartition("@")
        user = f"{local.partition('+')[0]}@{domain}"
        return user if user in self.users else None

    async def put(self, address: str, raw: bytes) -> None:
        from pymap.backend.dict import Identity
        from pymap.parsing.message import AppendMessage

        user = self.user_of(address)
        assert user is not None, "no mailbox has this address"
        async with Identity(user, self._login, None, frozenset()).new_session() as session:
            await session.append_messages("INBOX", [AppendMessage(raw)])

    def __enter__(self) -> Self:
        return self if self._thread.is_alive() else self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # ---- in its thread ----

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as error:
            if self._ready.done():
                raise
            self._ready.set_exception(error)
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    async def _serve(self) -> None:
        imap = await asyncio.start_server(self._imap(), HOST, self.port)
        smtp = await self._loop.create_server(self._smtp, HOST, self.smtp_port)
        self.port, self.smtp_port = (
            imap.sockets[0].getsockname()[1],
            smtp.sockets[0].getsockname()[1],
        )
        self._ready.set_result(None)
        await self._stopping.wait()
        imap.close()
        smtp.close()
        dialogues = asyncio.all_tasks() - {asyncio.current_task()}
        for task in dialogues:
            task.cancel()
        await asyncio.gather(*dialogues, return_exceptions=True)

    def _imap(self) -> Any:
        try:
            from proxyprotocol.sock import SocketInfoLocal
            from pymap.backend.dict import Config, Login
            from pymap.imap import IMAPServer
            from pysasl.hashing import Cleartext
        except ImportError as error:
            raise OperatorError(MISSING) from error
        config = Config(
            Namespace(passlib_cfg=None, proxy_protocol=None, inherited_sockets=None),
            host=HOST, port=0, tls_enabled=False, demo_data=False, demo_user="", demo_password="",
            hash_context=Cleartext(),  # pymap's default takes 250 ms a login
            invalid_user_sleep=0, reject_dnsbl=False, disable_idle=False,
        )  # fmt: skip
        config.apply_context()
        self._login = Login(config)
        for user, password in self.users.items():
            self.add_user(user, password)
        server = IMAPServer(self._login, config)

        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            """Serve one client. Not pymap's IMAPService: it forgets its tasks, and Python 3.13
            collects them in mid-session."""
            await server(reader, writer, SocketInfoLocal(writer, unique_id=b""))

        return session

    def _smtp(self) -> SMTP:
        return SMTP(
            MailboxHandler(self), hostname="localhost", enable_SMTPUTF8=True, loop=self._loop
        )


class MailboxHandler:
    """Take mail for the mailboxes of the server, one copy each."""

    def __init__(self, server: Embedded) -> None:
        self._server = server

    async def handle_RCPT(
        self,
        server: SMTP,
        session: SmtpSession,
        envelope: SmtpEnvelope,
        address: str,
        options: list[str],
    ) -> str:
        if self._server.user_of(address) is None:
            return "550 5.1.1 Nobody here has this address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: SmtpSession, envelope: SmtpEnvelope) -> str:
        assert isinstance(envelope.content, bytes)
        for address in envelope.rcpt_tos:
            await self._server.put(
                address, f"Delivered-To: {address}\r\n".encode() + envelope.content
            )
        return "250 2.0.0 OK"


def start(port: int, users: Mapping[str, str], smtp_port: int = 0) -> Embedded:
    """Start a server with a mailbox for each address -> password; port 0: a free one."""
    return Embedded(users, port, smtp_port).start()
