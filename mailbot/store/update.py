"""Change stored values without losing what another worker changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mailbot.errors import Temporary
from mailbot.store.protocol import REVISION, Change, CommitResult, Store

ATTEMPTS = 20  # each lost one means that somebody else's change went through


def update(store: Store, make: Callable[[], Change | None]) -> CommitResult:
    """Commit what `make` makes of the stored values; again, from what is stored then, if another
    worker was faster.

    `make` recalls what it changes by itself, and returns a change that belongs to no series; None:
    nothing is to be changed. Raises Temporary.
    """
    for _ in range(ATTEMPTS):
        rev = store.recall(REVISION)  # before `make` reads: what is written after it makes us STALE
        change = make()
        if change is None:
            return CommitResult.COMMITTED
        result = store.commit(replace(change, rev=rev))
        if result is not CommitResult.STALE:
            return result
    raise Temporary("The stored values are changed by others all the time.")
