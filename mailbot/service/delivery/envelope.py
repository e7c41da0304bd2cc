"""Make a Send a mail of the outbox: finished bytes, who it leaves from, and until when it is worth
sending."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailbot.meeting.model import SCHEDULED, Purpose
from mailbot.meeting.sends import Send
from mailbot.outbound.compose import Composer
from mailbot.store.protocol import Mail

NOTES_ARE_WORTH = timedelta(days=2)


def mail_of(composer: Composer, series: str, send: Send, now: datetime, answered: str = "") -> Mail:
    """Compose it. `answered`: the Message-ID of the mail that this one answers. Raises Bug."""
    finished = composer.compose(series, send, now, answered)
    sender = "" if send.null_sender else composer.address
    return Mail(
        finished.id,
        sender,
        finished.recipient,
        finished.raw,
        finished.text,
        send.purpose,
        send.meeting,
        send.to,
        send.serial,
        _worthless_after(send, now),
    )


def _worthless_after(send: Send, now: datetime) -> datetime | None:
    """Tell until when a mail is worth sending: a scheduled one until the meeting begins, a request
    for notes for two days, all others for ever."""
    if send.purpose not in SCHEDULED:
        return None
    if send.purpose is Purpose.NOTES_REQUEST:
        return now + NOTES_ARE_WORTH
    return send.start if send.purpose is not Purpose.SUMMARY else None
