"""Say how long to let a server alone that failed several times in a row."""

from __future__ import annotations

from mailbot.errors import MailbotError, Refused
from mailbot.service.delivery import retry


class Backoff:
    """Count failures in a row."""

    def __init__(self) -> None:
        self.failures = 0

    def failed(self, error: MailbotError) -> float:
        """Count a failure; return the seconds to wait: doubling, and long after a refused
        login."""
        self.failures += 1
        bounds_s = retry.REFUSED_S if isinstance(error, Refused) else retry.RECONNECT_S
        return retry.after(self.failures, *bounds_s)

    def recovered(self) -> int:
        """Forget the failures; return how many there were."""
        before, self.failures = self.failures, 0
        return before
