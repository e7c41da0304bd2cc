"""The door: mail handed in by SMTP, or by LMTP from the mail server in front. 250 comes after the
commit, never before.

aiosmtpd 1.4.6 does the talking, with the repairs it needs: one answer per recipient (RFC 2033,
4.2) by taking one recipient at a time; an exception is "try again", not a bounce that quotes it;
long lines are not refused.
"""
# ruff: noqa: N802, ARG002 - aiosmtpd calls these names with these arguments

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal, Self

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from mailbot.errors import OperatorError, reason
from mailbot.transport.protocol import REFUSED

Deliver = Callable[[bytes], str]
"""Given by the app: the mail, below its envelope -> a word, once the outcome is durable. Raises
to be asked again."""
Admit = Callable[[bytes], bytes | str]
"""Given by the app: the mail as it came -> as it may come in, or the answer that refuses it.
Takes no time."""

REFUSAL = (
    "550 5.7.1 Only what can be read is taken, from people with a one-on-one here; please answer "
    "one of its mails"
)
WORKERS = 8  # deliveries that may wait for their commit at once
LAST_WORDS_S = 0.1
LINE_OCTETS = 100_000  # RFC 5321 allows 1,000, Outlook's HTML does not care

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd: mails at DEBUG


@dataclass(frozen=True, slots=True)
class Listening:
    """Say where the door listens and what it speaks; `name` is ours, for the greeting.

    Port 0 becomes a free one at the start.
    """

    host: str = "127.0.0.1"
    port: int = 8024
    protocol: Literal["lmtp", "smtp"] = "lmtp"
    name: str = "mailbot"
    max_octets: int = 30_000_000


HERE = Listening()


class Door:
    """Listen in a thread of its own.

    deliver: see Deliver; called from up to WORKERS threads. accept: whether this recipient lives
    here. admit: see Admit.
    """

    def __init__(
        self,
        deliver: Deliver,
        accept: Callable[[str], bool],
        admit: Admit,
        listening: Listening = HERE,
    ) -> None:
        self.host, self.port = listening.host, listening.port
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="door")
        handler = DoorHandler(deliver, accept, admit, self._workers)
        self._controller = DoorController(handler, listening)

    def start(self) -> None:
        """Return when the port answers. Raises OperatorError if nothing can listen there."""
        try:
            self.port = self._controller.port = bindable(self.host, self.port)
            self._controller.start()
        except OSError as error:
            self._workers.shutdown(wait=False)
            self._controller.loop.close()
            where = f"{self.host}:{self.port}"
            raise OperatorError(
                f"[receive] host, port: cannot listen on {where}: {reason(error)}."
            ) from error

    def stop(self) -> None:
        """Finish and answer the delivery under way, begin no other, then end all dialogues."""
        self._workers.shutdown(wait=True)
        last_words = asyncio.sleep(LAST_WORDS_S)  # the answers are on their way through the loop
        asyncio.run_coroutine_threadsafe(last_words, self._controller.loop).result()
        self._controller.stop(no_assert=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class DoorHandler:
    """Answer each step of the dialogue; aiosmtpd calls the methods by their names."""

    def __init__(
        self,
        deliver: Deliver,
        accept: Callable[[str], bool],
        admit: Admit,
        workers: ThreadPoolExecutor,
    ) -> None:
        self._deliver, self._accept = deliver, accept
        self._admit, self._workers = admit, workers

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if not self._accept(address):
            return "550 5.1.1 Nobody here has this address"
        # one outcome, one answer: the sender comes again with this one (RFC 5321, 4.5.3.1.10)
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        admitted = self._admit(envelope.content)
        if isinstance(admitted, str):
            return admitted
        raw = stamp(envelope.mail_from or "", tuple(envelope.rcpt_tos)) + admitted
        try:
            word = await asyncio.get_running_loop().run_in_executor(
                self._workers, self._deliver, raw
            )
        # whatever it is, the sender keeps the mail and comes again
        except Exception as error:  # noqa: BLE001
            # no text
            log.error("delivery failed: %s", type(error).__name__, extra={"action": "door_failed"})  # noqa: TRY400
            return "451 4.3.0 Not now, please try again"
        return REFUSAL if word == REFUSED else "250 2.0.0 OK"

    async def handle_exception(self, error: Exception) -> str:
        """Answer "try again"; else aiosmtpd says 500 and the text of the exception: a bounce, and a
        leak."""
        log.error("dialogue failed: %s", type(error).__name__, extra={"action": "door_failed"})
        return "451 4.3.0 Not now, please try again"


class WideSMTP(SMTP):
    line_length_limit = LINE_OCTETS


class WideLMTP(LMTP):
    line_length_limit = LINE_OCTETS


class DoorController(Controller):
    """Hold the listening socket and its thread."""

    def __init__(self, handler: DoorHandler, listening: Listening) -> None:
        super().__init__(
            handler,
            hostname=listening.host,
            port=listening.port,
            server_hostname=listening.name,  # else it asks the DNS for our name
            ident="mailbot",
            data_size_limit=listening.max_octets,
            # no command_call_limit: it counts per connection, and a mail server keeps its own for
            # thousands of mails
        )
        self._speaks = WideLMTP if listening.protocol == "lmtp" else WideSMTP

    def factory(self) -> SMTP:
        arguments: dict[str, Any] = self.SMTP_kwargs
        return self._speaks(self.handler, **arguments)


def bindable(host: str, port: int) -> int:
    """Find this port, or a free one for 0, if we may listen there: aiosmtpd takes 5 s to say no and
    fails with port 0."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as tried:
        free: int = tried.getsockname()[1]
        return free


def stamp(sender: str, recipients: tuple[str, ...]) -> bytes:
    """Write the envelope as header fields, as the last server does (RFC 5321, 4.4): the reply token
    may stand there alone."""
    lines = [
        f"Return-Path: <{sender.strip('<>')}>",
        *(f"Delivered-To: {recipient}" for recipient in recipients),
    ]
    # a line stays one line
    clean = ("".join(each if each.isprintable() else "?" for each in line) for line in lines)
    return "".join(f"{line}\r\n" for line in clean).encode("utf-8", "replace")
