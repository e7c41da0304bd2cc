"""Whether mail leaves at all. Trouble that is about no one mail holds up all of it, a little
longer each time."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta

from mailbot.errors import MailbotError, OperatorError, TooFast, TooMuch
from mailbot.service.delivery import retry
from mailbot.service.delivery.attempt import Tried, uncounted
from mailbot.store.protocol import Key, mapping

log = logging.getLogger(__name__)

# then tries count again, so that no mail waits for ever (RFC 5321, 4.5.4.1)
PATIENCE = timedelta(days=5)

PAUSED: Key[dict[str, str]] = Key("paused", mapping)  # why no mail leaves, and since when


class Breaker:
    """Open until it meets trouble; then closed for a while; open for good when a server says
    anything of a mail.

    A server that is too busy says so to whichever mail comes. As long as only mails to one
    address hear it, it may be about that one: their tries count, and the others do not wait
    longer and longer.
    """

    def __init__(self) -> None:
        self._trouble: MailbotError | None = None
        self._met: set[str] = set()  # addresses whose mails met it
        self._times = 0  # in a row, of one kind
        self._since = self._until = datetime.min.replace(tzinfo=UTC)
        self._wait = timedelta()

    @property
    def paused(self) -> dict[str, str]:
        """Since when and why; empty: not at all. For `mailbot status`."""
        return (
            {"since": self._since.isoformat(), "why": self._trouble.loggable}
            if self._trouble
            else {}
        )

    def closed_s(self, now: datetime) -> float:
        """For so many seconds more. A clock that was set back does not make it longer."""
        left = self._until - now if self._trouble else timedelta()
        return left.total_seconds() if timedelta() < left <= self._wait else 0

    def weighed(self, tried: Tried, now: datetime) -> Tried:
        """The same try, not counted against its mail if others met the trouble, too."""
        others = self._met - {address_of(tried)}
        lasting = bool(others) and now - self._since < PATIENCE
        return uncounted(tried, now) if lasting and isinstance(tried.halt, TooFast) else tried

    def meets(self, trouble: MailbotError, now: datetime, address: str = "") -> bool:
        """Close; whether that is news. `address`: of the mail that met it."""
        news = type(trouble) is not type(self._trouble)
        self._since = now if self._trouble is None else self._since
        self._met.add(address)
        alone = isinstance(trouble, TooFast) and len(self._met) == 1
        self._times = 1 if news or alone else self._times + 1
        self._trouble = trouble
        self._wait = timedelta(seconds=retry.after(self._times, *_bounds(trouble)))
        self._until = now + self._wait
        if news:
            level = logging.ERROR if isinstance(trouble, OperatorError) else logging.WARNING
            log.log(level, "outbox paused: %s", trouble.loggable, extra={"action": "outbox_paused"})
        return news

    def flows(self) -> bool:
        """Open; whether that is news."""
        news, self._trouble = self._trouble is not None, None
        self._met.clear()
        if news:
            log.warning("outbox open again", extra={"action": "outbox_open"})
        return news


def address_of(tried: Tried) -> str:
    return tried.pending.mail.recipient if tried.pending else ""


def _bounds(trouble: MailbotError) -> tuple[float, float]:
    match trouble:
        case OperatorError():
            return retry.REFUSED_S
        case TooMuch():
            return retry.TOO_MUCH_S
        case TooFast():
            return retry.TOO_FAST_S
        case _:
            return retry.RECONNECT_S
