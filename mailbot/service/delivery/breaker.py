"""Stop all mail after trouble that is about no one mail, a little longer each time."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from mailbot.errors import MailbotError, OperatorError, TooFast, TooMuch
from mailbot.service.delivery import retry
from mailbot.service.delivery.attempt import Tried, requeued
from mailbot.store.protocol import Key, mapping

log = logging.getLogger(__name__)

PAUSED: Key[dict[str, str]] = Key("paused", mapping)  # why no mail leaves, and since when


class Breaker:
    """Let mail through until trouble trips it; then none for a while; through again for good when
    a server says anything of a mail.

    A server that is too busy says so to whichever mail comes. As long as only mails to one
    address hear it, it may be about that one: their tries count, and the others do not wait
    longer and longer.
    """

    def __init__(self) -> None:
        self._trouble: MailbotError | None = None
        self._met_by: set[str] = set()  # addresses whose mails met it
        self._times = 0  # in a row, of one kind
        self._since = self._until = datetime.min.replace(tzinfo=UTC)
        self._wait = timedelta()

    @property
    def paused(self) -> dict[str, str]:
        """Since when and why, for `mailbot status`; empty: mail leaves."""
        if self._trouble is None:
            return {}
        return {"since": self._since.isoformat(), "why": self._trouble.loggable}

    def wait_s(self, now: datetime) -> float:
        """Return the seconds for which no mail may leave. A clock that was set back does not make
        it longer."""
        if self._trouble is None:
            return 0
        left = self._until - now
        return left.total_seconds() if timedelta() < left <= self._wait else 0

    def uncounted(self, tried: Tried, now: datetime) -> Tried:
        """Return the same try, not counted against its mail if mails to others met "too fast",
        too, and have for less than PATIENCE."""
        others = self._met_by - {tried.recipient}
        in_patience = now - self._since < retry.PATIENCE
        if isinstance(tried.halt, TooFast) and others and in_patience:
            return requeued(tried, now)
        return tried

    def trip(self, trouble: MailbotError, now: datetime, recipient: str = "") -> bool:
        """Stop all mail; tell whether that is news. `recipient`: of the mail that met it."""
        news = type(trouble) is not type(self._trouble)
        if self._trouble is None:
            self._since = now
        self._met_by.add(recipient)
        about_one = isinstance(trouble, TooFast) and len(self._met_by) == 1
        self._times = 1 if news or about_one else self._times + 1
        self._trouble = trouble
        self._wait = timedelta(seconds=retry.after(self._times, *_bounds_s(trouble)))
        self._until = now + self._wait
        if news:
            level = logging.ERROR if isinstance(trouble, OperatorError) else logging.WARNING
            log.log(level, "outbox paused: %s", trouble.loggable, extra={"action": "outbox_paused"})
        return news

    def reset(self) -> bool:
        """Let mail through; tell whether that is news."""
        news, self._trouble = self._trouble is not None, None
        self._met_by.clear()
        if news:
            log.warning("outbox open again", extra={"action": "outbox_open"})
        return news


def _bounds_s(trouble: MailbotError) -> tuple[float, float]:
    """Return the first and the longest wait after this kind of trouble, in seconds."""
    match trouble:
        case OperatorError():
            return retry.REFUSED_S
        case TooMuch():
            return retry.TOO_MUCH_S
        case TooFast():
            return retry.TOO_FAST_S
        case _:
            return retry.RECONNECT_S
