"""The door: mail handed in by SMTP, or by LMTP from the mail server in front. 250 comes after the commit, never before.

aiosmtpd 1.4.6 does the talking, with the repairs it needs: one answer per recipient (RFC 2033, 4.2) by taking one
recipient at a time; an exception is "try again", not a bounce that quotes it; long lines are not refused.
"""
# ruff: noqa: N802, ARG002 - aiosmtpd calls these names with these arguments

from __future__ import annotations

import asyncio
import logging
import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, Self

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from mailbot.errors import OperatorError

Deliver = Callable[[bytes, tuple[str, ...]], str]
"""Given by the app: the mail and its recipients -> a word, once the outcome is durable. Raises to be asked again."""

STRANGER = "stranger"  # the word for "nobody we know": refused in the dialogue, so that we never have to bounce
WORKERS = 8  # deliveries that may wait for their commit at once
LINE_OCTETS = 100_000  # RFC 5321 allows 1,000, Outlook's HTML does not care
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")  # ends where the email package ends a header line

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd: mails at DEBUG


class Door:
    """Listens in a thread of its own; port 0 becomes a free one at the start.

    deliver: see Deliver; called from up to WORKERS threads. accept: whether this recipient lives here.
    authserv_id: strips Authentication-Results in this name (RFC 8601, 5), which only the sender can have written when
    the door faces the world; "" behind a server that writes them.
    """

    def __init__(
        self,
        deliver: Deliver,
        accept: Callable[[str], bool],
        *,
        host: str = "127.0.0.1",
        port: int = 8024,
        protocol: Literal["lmtp", "smtp"] = "lmtp",
        name: str = "mailbot",
        authserv_id: str = "",
        max_octets: int = 30_000_000,
    ) -> None:
        self.host, self.port = host, port
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="door")
        handler = Porter(deliver, accept, authserv_id, self._workers)
        speaks = WideLMTP if protocol == "lmtp" else WideSMTP
        self._controller = Listener(speaks, handler, host, port, name=name, max_octets=max_octets)

    def start(self) -> None:
        """Returns when the port answers."""
        try:
            self.port = self._controller.port = bindable(self.host, self.port)
            self._controller.start()
        except OSError as error:
            self._workers.shutdown(wait=False)
            self._controller.loop.close()
            where = f"{self.host}:{self.port}"
            raise OperatorError(f"[receive] host, port: cannot listen on {where}: {error.strerror}.") from error

    def stop(self) -> None:
        """Ends all dialogues; a delivery under way is finished, its sender will offer the mail again."""
        self._controller.stop(no_assert=True)
        self._workers.shutdown(wait=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Porter:
    """Answers at each step of the dialogue; aiosmtpd calls the methods by their names."""

    def __init__(
        self, deliver: Deliver, accept: Callable[[str], bool], authserv_id: str, workers: ThreadPoolExecutor
    ) -> None:
        self._deliver, self._accept = deliver, accept
        self._authserv_id, self._workers = authserv_id, workers

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]) -> str:
        if not self._accept(address):
            return "550 5.1.1 Nobody here has this address"
        if envelope.rcpt_tos:  # one outcome, one answer: the sender comes again with this one (RFC 5321, 4.5.3.1.10)
            return "452 4.5.3 One recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        recipients = tuple(envelope.rcpt_tos)
        raw = stamp(strip_claims(envelope.content, self._authserv_id), envelope.mail_from or "", recipients)
        try:
            word = await asyncio.get_running_loop().run_in_executor(self._workers, self._deliver, raw, recipients)
        except Exception as error:  # noqa: BLE001 - whatever it is, the sender keeps the mail and comes again
            log.error("delivery failed: %s", type(error).__name__, extra={"action": "door_failed"})  # noqa: TRY400 - no text
            return "451 4.3.0 Not now, please try again"
        return "550 5.7.1 Only people with a one-on-one here can write to it" if word == STRANGER else "250 2.0.0 OK"

    async def handle_exception(self, error: Exception) -> str:
        """Else it answers 500 and the text of the exception: a bounce, and a leak."""
        log.error("dialogue failed: %s", type(error).__name__, extra={"action": "door_failed"})
        return "451 4.3.0 Not now, please try again"


class WideSMTP(SMTP):
    line_length_limit = LINE_OCTETS


class WideLMTP(LMTP):
    line_length_limit = LINE_OCTETS


class Listener(Controller):
    """The listening socket and its thread."""

    def __init__(
        self, speaks: type[SMTP], handler: Porter, host: str, port: int, *, name: str, max_octets: int
    ) -> None:
        super().__init__(
            handler,
            hostname=host,
            port=port,
            server_hostname=name,  # else it asks the DNS for our name
            ident="mailbot",
            data_size_limit=max_octets,
            # no command_call_limit: it counts per connection, and a mail server keeps its own for thousands of mails
        )
        self._speaks = speaks

    def factory(self) -> SMTP:
        arguments: dict[str, Any] = self.SMTP_kwargs
        return self._speaks(self.handler, **arguments)


def bindable(host: str, port: int) -> int:
    """This port, or a free one for 0, if we may listen there: aiosmtpd takes 5 s to say no and fails with port 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as tried:
        free: int = tried.getsockname()[1]
        return free


def strip_claims(raw: bytes, authserv_id: str) -> bytes:
    """Without the header fields that only we may write: X-mailbot-*, Return-Path, verdicts in our name."""
    header = list(fields(raw))
    kept = [field for field in header if not is_claim(field, authserv_id.lower().encode())]
    return b"".join(kept) + raw[sum(map(len, header)) :] if len(kept) < len(header) else raw


def fields(raw: bytes) -> Iterator[bytes]:
    """The header fields of a mail, each with its continuation lines and line ends."""
    field = b""
    for match in LINE.finditer(raw):
        line = match.group()
        if not line.strip(b"\r\n"):
            break
        if field and line[:1] not in b" \t":
            yield field
            field = b""
        field += line
    if field:
        yield field


def is_claim(field: bytes, authserv_id: bytes) -> bool:
    name, _, value = field.lower().partition(b":")
    if name.strip().endswith(b"authentication-results"):  # ARC's too; one that merely mentions us is of no use either
        return bool(authserv_id) and authserv_id in value
    return name.strip() == b"return-path" or name.startswith(b"x-mailbot-")


def stamp(raw: bytes, sender: str, recipients: tuple[str, ...]) -> bytes:
    """The envelope as header fields, as the last server does (RFC 5321, 4.4): the reply token may stand there alone."""
    lines = [f"Return-Path: <{sender.strip('<>')}>", *(f"Delivered-To: {recipient}" for recipient in recipients)]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "surrogateescape") + raw
