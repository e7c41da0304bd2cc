"""Say how long to wait after something failed: every schedule of the house stands here."""

from __future__ import annotations

import random
from datetime import timedelta

# ---- one mail, by the number of its tries ----

# 32 hours in all, past any greylisting; then it failed
RETRY_MINUTES = (2, 7, 15, 30, 60, 120, 240, 480, 960)
BLIND_RESENDS = 1  # of a mail of which nobody knows whether it was taken; then it is left at that

# ---- all mails, or a mailbox: first and longest wait, doubling in between ----

# with a mute IDLE and a time-out before it, ten minutes are kept
RECONNECT_S = (1.0, 120.0)
REFUSED_S = (60.0, 900.0)  # a refused login is not retried sooner: servers lock accounts
TOO_FAST_S = (60.0, 900.0)  # limits are counted by the minute and the hour
TOO_MUCH_S = (3600.0, 3600.0)  # those of a day in a window that moves
JITTER = 0.2  # so that many who were cut off together do not come back together

# then tries count again, so that no mail waits for ever (RFC 5321, 4.5.4.1)
PATIENCE = timedelta(days=5)


def after(failures: int, first_s: float, longest_s: float) -> float:
    """Return the seconds to wait after so many failures in a row: doubling, a little more by
    chance, within the two bounds."""
    doubled = first_s * 2.0 ** min(failures - 1, 30)
    return min(doubled * random.uniform(1, 1 + JITTER), longest_s)  # noqa: S311 - no secret
