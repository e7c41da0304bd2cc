"""End the process when one mail is read, decided on or answered for too long. The attempt counter,
written before, sets it aside at the third.

Bytes, depth, parts and headers are bounded before parsing (inbound/message/limits.py); this is
for the reader nobody foresaw. A thread cannot be stopped from outside, an alarm signal only
reaches the main thread between two bytecodes, and a process for every mail costs more than
reading it; so the whole process goes, whoever supervises it starts it again, and what was
committed is not done twice.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_S = 60.0  # the worst of 2,000 mutated mails takes under 1 s
LOOK_S = 5.0
EXIT_CODE = 70  # EX_SOFTWARE

log = logging.getLogger(__name__)


class Watchdog:
    """See to it that `with watchdog.watching(): ...` ends in time. `bite` is what happens else; it
    does not return."""

    def __init__(
        self, bite: Callable[[int], object] = os._exit, longest_s: float = LONGEST_S
    ) -> None:
        self._bite, self._longest_s = bite, longest_s
        self._since: float | None = None
        self._stopped = threading.Event()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch what is done in it; one thing at a time."""
        self._since = time.monotonic()
        try:
            yield
        finally:
            self._since = None

    def run(self) -> None:
        """Look at intervals, in a thread of its own, until stop()."""
        while not self._stopped.wait(min(LOOK_S, self._longest_s / 4)):
            since = self._since
            if since is not None and time.monotonic() - since > self._longest_s:
                log.critical(
                    "one mail is being worked on for too long; starting anew",
                    extra={"action": "watchdog"},
                )
                self._bite(EXIT_CODE)

    def stop(self) -> None:
        self._stopped.set()
