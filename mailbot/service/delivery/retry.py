"""How long to wait after something failed."""

from __future__ import annotations

import random

# first and longest; with a mute IDLE and a time-out before it, ten minutes are kept
RECONNECT_S = (1.0, 120.0)
REFUSED_S = (60.0, 900.0)  # a refused login is not retried sooner: servers lock accounts
TOO_FAST_S = (60.0, 900.0)  # limits are counted by the minute and the hour
TOO_MUCH_S = (3600.0, 3600.0)  # those of a day in a window that moves
JITTER = 0.2  # so that many who were cut off together do not come back together


def after(failures: int, first_s: float, longest_s: float) -> float:
    """Seconds after so many failures in a row: doubling, a little more by chance, within the two
    bounds."""
    doubled = first_s * 2.0 ** min(failures - 1, 30)
    # jitter, not a secret
    return min(doubled * random.uniform(1, 1 + JITTER), longest_s)  # noqa: S311
