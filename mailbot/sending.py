"""One try to send one mail: what became of it, when to try again, and what the log says of it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailbot.errors import OperatorError, Permanent, Temporary, Uncertain
from mailbot.store import OutboxState, Pending
from mailbot.transport import Mailer

log = logging.getLogger(__name__)

RETRY_MINUTES = (2, 7, 15, 30, 60, 120, 240, 480, 960)  # 32 hours in all, past any greylisting; then it failed
NO_SUCH_ADDRESS = re.compile(
    r"\b5\.(?:1\.(?:[0-3]|10)|2\.1)\b|\b55[013] (?:no such|unknown) (?:user|mailbox|recipient)", re.IGNORECASE
)
EXPIRED = "it was worth nothing any more before it could be sent"


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one try to send one mail."""

    mail: str
    state: OutboxState
    next_try: datetime | None = None
    refused: OperatorError | None = None  # no mail can leave: the outbox pauses, the operator is told
    dead: Pending | None = None  # the mail, if the server says that nobody has its address
    sentence: str = ""  # why it did not leave; may quote the server, and the server the address
    pending: Pending | None = None  # as it was before the try


def send(mailer: Mailer, pending: Pending, now: datetime) -> Tried:
    """Try one mail once. That it is being sent must be on record before."""
    return replace(_tried(mailer, pending, now), pending=pending)


def _tried(mailer: Mailer, pending: Pending, now: datetime) -> Tried:
    mail = pending.mail
    soon = now + timedelta(minutes=RETRY_MINUTES[0])
    if mail.not_after is not None and now > mail.not_after:
        return Tried(mail.id, OutboxState.FAILED, sentence=EXPIRED)
    try:
        mailer.send(mail.sender, mail.recipient, mail.raw)
    except OperatorError as refused:  # the login, or a certificate that is none: the next mail would fare no better
        return Tried(mail.id, OutboxState.DEFERRED, soon, refused, sentence=str(refused))
    except Uncertain as unknown:
        if pending.state is OutboxState.UNCERTAIN:  # at most one blind resend
            return Tried(mail.id, OutboxState.FAILED, sentence=str(unknown))
        return Tried(mail.id, OutboxState.UNCERTAIN, soon, sentence=str(unknown))
    except Temporary as later:
        return _later(pending, now, str(later))
    except Permanent as never:
        dead = pending if nobody_has_it(str(never)) else None
        return Tried(mail.id, OutboxState.FAILED, dead=dead, sentence=str(never))
    except Exception as mistake:  # noqa: BLE001 - of ours: the mail stays, and the next one is tried
        return _later(pending, now, f"a mistake of ours ({type(mistake).__name__})")
    return Tried(mail.id, OutboxState.ACCEPTED)


def _later(pending: Pending, now: datetime, sentence: str) -> Tried:
    """On the schedule; after its end the mail has failed."""
    if pending.tries >= len(RETRY_MINUTES):
        return Tried(pending.mail.id, OutboxState.FAILED, sentence=sentence)
    wait = timedelta(minutes=RETRY_MINUTES[pending.tries])
    return Tried(pending.mail.id, OutboxState.DEFERRED, now + wait, sentence=sentence)


def nobody_has_it(answer: str) -> bool:
    """Whether a refusal is about the address (RFC 3463, X.1.0 to X.1.3 and X.2.1), not about us or the content."""
    return bool(NO_SUCH_ADDRESS.search(answer))


# ---- the log ----


def tell(tried: Tried) -> None:
    """One line a try. Which mail: its series, purpose and serial; its id would be a reply token."""
    pending = tried.pending
    if pending is None or tried.refused is not None:  # that is about no mail, and told once for all
        return
    words = "mail out" if not tried.sentence else f"mail out: {without_addresses(tried.sentence)}"
    log.log(_level(tried, pending), words, extra={
        "action": str(tried.state), "series": pending.series, "purpose": str(pending.mail.purpose),
        "serial": pending.mail.serial, "next_try": f"{tried.next_try:%Y-%m-%dT%H:%MZ}" if tried.next_try else "",
    })


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


def without_addresses(sentence: str) -> str:
    """Servers quote the recipient; the log names nobody."""
    return " ".join("(address)" if "@" in word else word for word in sentence.split())
