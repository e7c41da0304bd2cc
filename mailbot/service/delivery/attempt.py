"""One try to send one mail: what became of it, when to try again, and what the log says of it."""

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
from mailbot.store.protocol import OutboxState, Pending
from mailbot.transport.protocol import Mailer

log = logging.getLogger(__name__)

# 32 hours in all, past any greylisting; then it failed
RETRY_MINUTES = (2, 7, 15, 30, 60, 120, 240, 480, 960)
NO_SUCH_ADDRESS = re.compile(
    r"\b5\.(?:1\.(?:[0-3]|10)|2\.1)\b|\b55[013] (?:no such|unknown) (?:user|mailbox|recipient)",
    re.IGNORECASE,
)
EXPIRED = "it was worth nothing any more before it could be sent"
BLIND_RESENDS = 1  # of a mail of which nobody knows whether it was taken; then it is left at that
UNKNOWN = "nobody knows whether it arrived: each time it was sent, the process ended"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one try to send one mail."""

    mail: str
    state: OutboxState
    next_try: datetime | None = None
    # trouble that is about no one mail: the next would fare no better
    halt: MailbotError | None = None
    dead: Pending | None = None  # the mail, if the server says that nobody has its address
    sentence: str = ""  # why it did not leave, for the log
    pending: Pending | None = None  # as it was before the try
    asked: bool = True  # a server was


def send(mailer: Mailer, pending: Pending, now: datetime) -> Tried:
    """Try one mail once. That it is being sent must be on record before."""
    return replace(_tried(mailer, pending, now), pending=pending)


def _tried(mailer: Mailer, pending: Pending, now: datetime) -> Tried:
    mail = pending.mail
    useless = _useless(pending, now)
    if useless:
        return Tried(mail.id, OutboxState.FAILED, sentence=useless, asked=False)
    try:
        mailer.send(mail.sender, mail.recipient, mail.raw)
    except Uncertain as unknown:
        if pending.blind >= BLIND_RESENDS or pending.state is OutboxState.UNCERTAIN:
            return Tried(mail.id, OutboxState.FAILED, sentence=unknown.loggable)
        return Tried(mail.id, OutboxState.UNCERTAIN, _soon(now), sentence=unknown.loggable)
    except Unavailable as away:
        return Tried(mail.id, OutboxState.QUEUED, halt=away, sentence=away.loggable)
    except OperatorError as refused:  # the login, or a certificate that is none
        return Tried(mail.id, OutboxState.QUEUED, _soon(now), refused, sentence=refused.loggable)
    except TooFast as wait:
        return replace(_later(pending, now, wait.loggable), halt=wait)
    except Temporary as later:
        return _later(pending, now, later.loggable)
    except Permanent as never:
        dead = pending if nobody_has_it(str(never)) else None
        return Tried(mail.id, OutboxState.FAILED, dead=dead, sentence=never.loggable)
    # of ours: the mail stays, and the next one is tried
    except Exception as mistake:  # noqa: BLE001
        return replace(
            _later(pending, now, f"a mistake of ours ({type(mistake).__name__})"), asked=False
        )
    return Tried(mail.id, OutboxState.ACCEPTED)


def _useless(pending: Pending, now: datetime) -> str:
    """Why this mail is not sent at all.

    Found at a start as being sent, it is sent once more: rather twice than never. Not for ever:
    it may be this mail that ends us.
    """
    if pending.mail.not_after is not None and now > pending.mail.not_after:
        return EXPIRED
    return (
        UNKNOWN
        if pending.state is OutboxState.UNCERTAIN and pending.tries > len(RETRY_MINUTES)
        else ""
    )


def _soon(now: datetime) -> datetime:
    return now + timedelta(minutes=RETRY_MINUTES[0])


def _later(pending: Pending, now: datetime, sentence: str) -> Tried:
    """On the schedule; after its end the mail has failed."""
    if pending.tries >= len(RETRY_MINUTES):
        return Tried(pending.mail.id, OutboxState.FAILED, sentence=sentence)
    wait = timedelta(minutes=RETRY_MINUTES[pending.tries])
    return Tried(pending.mail.id, OutboxState.DEFERRED, now + wait, sentence=sentence)


def uncounted(tried: Tried, now: datetime) -> Tried:
    """The same try as one that was not about its mail."""
    return replace(tried, state=OutboxState.QUEUED, next_try=_soon(now))


def nobody_has_it(answer: str) -> bool:
    """Whether a refusal is about the address (RFC 3463, X.1.0 to X.1.3 and X.2.1), not about us
    or the content."""
    return bool(NO_SUCH_ADDRESS.search(answer))


# ---- the log ----


def tell(tried: Tried) -> None:
    """One line a try. Which mail: its series, purpose and serial; its id would be a reply token."""
    pending = tried.pending
    told_once_for_all = tried.halt is not None and tried.state is not OutboxState.FAILED
    if pending is None or told_once_for_all:
        return
    words = "mail out" if not tried.sentence else f"mail out: {tried.sentence}"
    log.log(
        _level(tried, pending),
        words,
        extra={
            "action": str(tried.state),
            "series": pending.series,
            "purpose": str(pending.mail.purpose),
            "serial": pending.mail.serial,
            "next_try": f"{tried.next_try:%Y-%m-%dT%H:%MZ}" if tried.next_try else "",
        },
    )


def _level(tried: Tried, pending: Pending) -> int:
    match tried.state:
        case OutboxState.FAILED:
            return logging.ERROR
        case OutboxState.UNCERTAIN:
            return logging.WARNING
        case OutboxState.DEFERRED:
            return logging.WARNING if pending.tries == 0 else logging.INFO
        case _:
            return logging.INFO
