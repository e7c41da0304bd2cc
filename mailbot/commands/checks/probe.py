"""mailbot check --probe: a mail to ourselves, with a reply token in its address and without, and
how it comes back."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from mailbot.config.file import Config
from mailbot.errors import OperatorError, Permanent
from mailbot.inbound.message.parse import parse
from mailbot.inbound.triage.auth import seen_servers
from mailbot.inbound.triage.thread import find
from mailbot.meeting.model import Purpose, Role
from mailbot.outbound import mime_writer
from mailbot.service.intake.pipeline import POSTMASTER_SERIES
from mailbot.service.runtime.clock import now
from mailbot.service.runtime.servers import inbox, mailer
from mailbot.threads.message_id import message_id
from mailbot.threads.token import ReplyTarget, ReplyTokens, reply_address
from mailbot.transport.imap.client import Imap
from mailbot.transport.protocol import Mailer

WAIT_S = 60.0
LOOK_S = 1.0
WORDS = "Sent by `mailbot check --probe` to see whether mail comes back. There is nothing to do.\n"


@dataclass(frozen=True, slots=True)
class Probe:
    """Hold one mail to ourselves. A mailbot that runs knows it for its own and puts it away."""

    id: str
    recipient: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Back:
    """Say how it came back."""

    folder: str
    head: bytes
    seconds: float


def probe(config: Config) -> str:
    """Tell facts about the way from our outgoing server back into the mailbox. Raises MailbotError
    with what to change."""
    if config.imap is None:
        raise OperatorError(
            "--probe needs [imap] to see the mail come back; without it, write to mailbot by hand"
        )
    tokens = ReplyTokens(
        config.keys(make=False) if config.key_file.exists() else (secrets.token_bytes(32),)
    )
    address = config.mail.address
    plain = _made(tokens, address, plus=False)
    tagged = _made(tokens, address, plus=True) if config.mail.plus_addressing else None
    with closing(mailer(config)) as server:
        server.send(address, plain.recipient, plain.raw)
        refused = _refusal(server, address, tagged) if tagged else ""
    with closing(inbox(config)) as mailbox:
        folders = [config.imap.folder, config.imap.done_folder, junk := mailbox.junk_folder()]
        back = _wait(mailbox, plain, folders)
        if back is None:
            raise OperatorError(
                f"[mail] address: a mail to {address} did not come back within {WAIT_S:.0f} s"
            )
        facts = [*_way(back, junk), *_verdict(back)]
        if tagged is None:
            return "; ".join([*facts, "plus_addressing is off: replies are found by their headers"])
        came = None if refused else _wait(mailbox, tagged, folders)
    return "; ".join([*facts, _plus(came, refused, tokens, address)])


def _made(tokens: ReplyTokens, address: str, *, plus: bool) -> Probe:
    place = ReplyTarget(
        POSTMASTER_SERIES,
        secrets.randbelow(1 << 16),
        Role.MANAGER,
        Purpose.NOTICE,
        secrets.randbelow(1 << 16),
    )
    token = tokens.make(place)
    to = reply_address(address, token) if plus else address
    raw = mime_writer.message(
        _headers(message_id(address, token), address, to, now()), WORDS, f"<p>{WORDS}</p>", token
    )
    return Probe(message_id(address, token), to, raw)


def _headers(name: str, address: str, to: str, at: datetime) -> Iterator[str]:
    yield mime_writer.mailbox_header("From", "mailbot", address)
    yield mime_writer.mailbox_header("To", "", to)
    yield mime_writer.header("Subject", "mailbot check")
    yield mime_writer.id_header("Message-ID", [name])
    yield "Auto-Submitted: auto-generated"
    yield f"Date: {format_datetime(at)}"


def _refusal(server: Mailer, address: str, tagged: Probe) -> str:
    try:
        server.send(address, tagged.recipient, tagged.raw)
    except Permanent as refused:
        return str(refused)
    return ""


def _wait(mailbox: Imap, sent: Probe, folders: list[str]) -> Back | None:
    began = time.monotonic()
    while (passed := time.monotonic() - began) < WAIT_S:
        found = mailbox.look_up(sent.id, [name for name in folders if name])
        if found is not None:
            return Back(*found, passed)
        time.sleep(LOOK_S)
    return None


# ---- what it tells ----


def _way(back: Back, junk: str) -> Iterator[str]:
    if back.folder == junk:
        raise OperatorError(
            f"our own mail was filed as junk, in {junk}; look at SPF, DKIM and DMARC of your domain"
        )
    yield f"a mail to ourselves came back in {back.seconds:.0f} s"


def _verdict(back: Back) -> Iterator[str]:
    """Tell who judged it. Mail that never leaves the server is often not judged; that says nothing
    about mail from outside."""
    names = seen_servers(back.head)
    if names:
        yield f"Authentication-Results of {', '.join(names)}"


def _plus(came: Back | None, refused: str, tokens: ReplyTokens, address: str) -> str:
    if came is None:
        raise OperatorError(
            f"[mail] plus_addressing: mail to {address.replace('@', '+TOKEN@')} "
            f"{f'is refused ({refused})' if refused else 'does not arrive'}; turn it on at your "
            "server (subaddressing, recipient_delimiter), or set plus_addressing = false"
        )
    if find(parse(came.head), tokens, address) is None:
        return "the server takes +TOKEN off: replies are found by their headers, which works, too"
    return "+TOKEN arrives"
