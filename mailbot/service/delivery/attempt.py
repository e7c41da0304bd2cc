"""Try one mail once, and say what became of it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbot.errors import (
    MailbotError,
    OperatorError,
    Permanent,
    Temporary,
    TooFast,
    Unavailable,
    Uncertain,
)
from mailbot.service.delivery import retry
from mailbot.store.protocol import OutboxState, Pending
from mailbot.transport.protocol import Mailer

log = logging.getLogger(__name__)

NO_SUCH_ADDRESS = re.compile(
    r"\b5\.(?:1\.(?:[0-3]|10)|2\.1)\b|\b55[013] (?:no such|unknown) (?:user|mailbox|recipient)",
    re.IGNORECASE,
)
EXPIRED = "it was worth nothing any more before it could be sent"
UNKNOWN = "nobody knows whether it arrived: each time it was sent, the process ended"
GIVEN_UP = "mails to this address do not arrive any more"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one try to send one mail."""

    pending: Pending  # as it was before the try
    state: OutboxState
    next_try: datetime | None = None
    sentence: str = ""  # why it did not leave, for the log
    # trouble that is about no one mail: the next would fare no better
    halt: MailbotError | None = None
    dead: bool = False  # the server says that nobody has its address
    asked: bool = True  # a server was

    @property
    def mail(self) -> str:
        """Message-ID."""
        return self.pending.mail.id

    @property
    def recipient(self) -> str:
        return self.pending.mail.recipient


def send(mailer: Mailer, pending: Pending, now: datetime) -> Tried:
    """Ask the server to take this mail. That it is being sent must be on record before."""
    useless = _useless(pending, now)
    if useless:
        return Tried(pending, OutboxState.FAILED, sentence=useless, asked=False)
    try:
        mailer.send(pending.mail.sender, pending.mail.recipient, pending.mail.raw)
    except MailbotError as error:
        return _refused(pending, now, error)
    except Exception as mistake:  # noqa: BLE001 - ours: the mail stays, the next one is tried
        sentence = f"a mistake of ours ({type(mistake).__name__})"
        return replace(_later(pending, now, sentence), asked=False)
    return Tried(pending, OutboxState.ACCEPTED)


def given_up(pending: Pending) -> Tried:
    """Fail a mail whose address has died since it was made, without asking a server."""
    return Tried(pending, OutboxState.FAILED, sentence=GIVEN_UP, asked=False)


def requeued(tried: Tried, now: datetime) -> Tried:
    """Return the same try as one that was not about its mail, and so is not counted."""
    return replace(tried, state=OutboxState.QUEUED, next_try=_soon(now))


def nobody_has_it(answer: str) -> bool:
    """Tell whether a refusal is about the address (RFC 3463, X.1.0 to X.1.3 and X.2.1), not about
    us or the content."""
    return bool(NO_SUCH_ADDRESS.search(answer))


def _refused(pending: Pending, now: datetime, error: MailbotError) -> Tried:
    """Say what an answer other than yes means for the mail, from the most to the least special."""
    sentence = error.loggable
    match error:
        case Uncertain():
            return _unanswered(pending, now, sentence)
        case Unavailable():
            return Tried(pending, OutboxState.QUEUED, None, sentence, halt=error)
        case OperatorError():  # the login, or a certificate that is none
            return Tried(pending, OutboxState.QUEUED, _soon(now), sentence, halt=error)
        case TooFast():
            return replace(_later(pending, now, sentence), halt=error)
        case Temporary():
            return _later(pending, now, sentence)
        case Permanent():
            dead = nobody_has_it(str(error))
            return Tried(pending, OutboxState.FAILED, sentence=sentence, dead=dead)
        case _:
            mistake = f"a mistake of ours ({type(error).__name__})"
            return replace(_later(pending, now, mistake), asked=False)


def _unanswered(pending: Pending, now: datetime, sentence: str) -> Tried:
    """Send it blindly once more, not twice."""
    sent_blindly = pending.blind >= retry.BLIND_RESENDS or pending.state is OutboxState.UNCERTAIN
    if sent_blindly:
        return Tried(pending, OutboxState.FAILED, sentence=sentence)
    return Tried(pending, OutboxState.UNCERTAIN, _soon(now), sentence)


def _useless(pending: Pending, now: datetime) -> str:
    """Say why this mail is not sent at all, or nothing.

    Found at a start as being sent, it is sent once more: rather twice than never. Not for ever:
    it may be this mail that ends us.
    """
    not_after = pending.mail.not_after
    if not_after is not None and now > not_after:
        return EXPIRED
    unknown = pending.state is OutboxState.UNCERTAIN
    return UNKNOWN if unknown and pending.tries > len(retry.RETRY_MINUTES) else ""


def _soon(now: datetime) -> datetime:
    """Return the instant of the first retry."""
    return now + timedelta(minutes=retry.RETRY_MINUTES[0])


def _later(pending: Pending, now: datetime, sentence: str) -> Tried:
    """Try again on the schedule; after its end the mail has failed."""
    if pending.tries >= len(retry.RETRY_MINUTES):
        return Tried(pending, OutboxState.FAILED, sentence=sentence)
    wait = timedelta(minutes=retry.RETRY_MINUTES[pending.tries])
    return Tried(pending, OutboxState.DEFERRED, now + wait, sentence)


# ---- the log ----


def log_attempt(tried: Tried) -> None:
    """Log one line a try. Which mail: its series, purpose and serial; its id would be a reply
    token."""
    told_once_for_all = tried.halt is not None and tried.state is not OutboxState.FAILED
    if told_once_for_all:
        return
    pending = tried.pending
    words = "mail out" if not tried.sentence else f"mail out: {tried.sentence}"
    log.log(
        _level(tried),
        words,
        extra={
            "action": str(tried.state),
            "series": pending.series,
            "purpose": str(pending.mail.purpose),
            "serial": pending.mail.serial,
            "next_try": f"{tried.next_try:%Y-%m-%dT%H:%MZ}" if tried.next_try else "",
        },
    )


def _level(tried: Tried) -> int:
    """Tell how loud a line is: what somebody may have to act on is an error, and a mail is deferred
    aloud only once."""
    match tried.state:
        case OutboxState.FAILED:
            return logging.ERROR
        case OutboxState.UNCERTAIN:
            return logging.WARNING
        case OutboxState.DEFERRED:
            return logging.WARNING if tried.pending.tries == 0 else logging.INFO
        case _:
            return logging.INFO
