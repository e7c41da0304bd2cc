"""The door: mail handed in by SMTP, or by LMTP from the mail server in front. 250 comes after the commit, never before.

aiosmtpd 1.4.6 does the talking, with the repairs it needs: one answer per recipient (RFC 2033, 4.2) by taking one
recipient at a time; an exception is "try again", not a bounce that quotes it; long lines are not refused.
"""
# ruff: noqa: N802, ARG002 - aiosmtpd calls these names with these arguments

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal, Self

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session

from mailbot.errors import OperatorError
from mailbot.mail import header
from mailbot.mail.bounds import Limits

Deliver = Callable[[bytes, tuple[str, ...]], str]
"""Given by the app: the mail and its recipients -> a word, once the outcome is durable. Raises to be asked again."""

STRANGER = "stranger"  # the word for "nobody we know": refused in the dialogue, so that we never have to bounce
UNREADABLE = "unreadable"  # the word for what nobody can read; whose it is cannot be told either
REFUSALS = {
    STRANGER: "550 5.7.1 Only people with a one-on-one here can write to it, by answering one of its mails",
    UNREADABLE: "554 5.6.0 This mail is made in a way that cannot be read",
}
WORKERS = 8  # deliveries that may wait for their commit at once
LINE_OCTETS = 100_000  # RFC 5321 allows 1,000, Outlook's HTML does not care
HEADER_OCTETS = Limits().header_octets
MARKS_OCTETS = 1_000  # of a byte order mark or a line of an mbox in front of a header
VERDICTS = ("authentication-results", "arc-", "x-ms-exchange-organization-")
"""How names of fields begin that a mail server writes once it has checked a mail (RFC 8601, RFC 8617, Exchange)."""

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd: mails at DEBUG


class Door:
    """Listens in a thread of its own; port 0 becomes a free one at the start.

    deliver: see Deliver; called from up to WORKERS threads. accept: whether this recipient lives here.
    protocol: what comes by SMTP is stripped of every verdict, since only its sender can have written it; what comes by
    LMTP was checked by the server that hands it in.
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
        max_octets: int = 30_000_000,
    ) -> None:
        self.host, self.port = host, port
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="door")
        handler = Porter(deliver, accept, self._workers, outside=protocol == "smtp")
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
    """Answers at each step of the dialogue; aiosmtpd calls the methods by their names. `outside`: see unfit."""

    def __init__(
        self, deliver: Deliver, accept: Callable[[str], bool], workers: ThreadPoolExecutor, *, outside: bool
    ) -> None:
        self._deliver, self._accept = deliver, accept
        self._workers, self._outside = workers, outside

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
        cut = header.split(envelope.content, 0, min(len(envelope.content), HEADER_OCTETS + MARKS_OCTETS))
        refusal = unfit(cut, outside=self._outside)
        if refusal:
            return refusal
        kept = without_claims(envelope.content, cut, outside=self._outside)
        raw = stamp(envelope.mail_from or "", recipients) + kept
        try:
            word = await asyncio.get_running_loop().run_in_executor(self._workers, self._deliver, raw, recipients)
        except Exception as error:  # noqa: BLE001 - whatever it is, the sender keeps the mail and comes again
            log.error("delivery failed: %s", type(error).__name__, extra={"action": "door_failed"})  # noqa: TRY400 - no text
            return "451 4.3.0 Not now, please try again"
        return REFUSALS.get(word, "250 2.0.0 OK")

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


def unfit(cut: header.Split, *, outside: bool) -> str:
    """The answer to a mail whose header is not even looked at; "": it may come in.

    `outside`: it comes from anybody, who has to keep to CRLF (RFC 5321, 2.3.8): other line ends are there to be read in
    two ways. A server of ours may hand in what it has accepted already; mail/sender.py doubts it.
    """
    if len(cut.block) > HEADER_OCTETS:
        return "552 5.3.4 The header of this mail is too big"
    bare = cut.block.count(b"\n") != cut.block.count(b"\r\n")
    return "550 5.6.0 The header has NUL, or lines that do not end in CRLF" if outside and (cut.odd or bare) else ""


def without_claims(raw: bytes, cut: header.Split, *, outside: bool) -> bytes:
    """The mail without header fields that only we, or a server of ours, may write. All others keep their octets."""
    end = cut.start + len(cut.block)
    end += 2 if raw.startswith(b"\r\n", end) else raw.startswith((b"\r", b"\n"), end)  # of the last field
    if not cut.block:
        return raw[cut.start :]
    fields = header.fields(raw[cut.start : end])
    return b"".join(line for field in fields if not is_claim(header.name(field), outside) for line in field) + raw[end:]


def is_claim(name: str, outside: bool) -> bool:
    """By its name, whatever its value: two readers never agree on values."""
    return name == "return-path" or name.startswith("x-mailbot-") or (outside and name.startswith(VERDICTS))


def stamp(sender: str, recipients: tuple[str, ...]) -> bytes:
    """The envelope as header fields, as the last server does (RFC 5321, 4.4): the reply token may stand there alone."""
    lines = [f"Return-Path: <{sender.strip('<>')}>", *(f"Delivered-To: {recipient}" for recipient in recipients)]
    clean = ("".join(each if each.isprintable() else "?" for each in line) for line in lines)  # a line stays one line
    return "".join(f"{line}\r\n" for line in clean).encode("utf-8", "replace")
