"""Load several series at once."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.store.protocol import Store, Stored


def stored_of(store: Store, address: str | None = None) -> Iterator[Stored]:
    """Load the series in which this address (or alias) takes part; all, sorted by id, without
    one."""
    for name in store.find(address):
        stored = store.load(name)
        if stored is not None:
            yield stored
