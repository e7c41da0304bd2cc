"""Load several series at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailbot.store.protocol import Store, Stored


def stored_of(store: Store, address: str | None = None) -> Iterator[Stored]:
    """Load the series in which this address (or alias) takes part; all, sorted by id, without
    one."""
    return loaded(store, store.find(address))


def loaded(store: Store, names: Iterable[str]) -> Iterator[Stored]:
    """Load these series, one when it is asked for, as far as they are there."""
    for name in names:
        stored = store.load(name)
        if stored is not None:
            yield stored
