"""Keep a store in dictionaries: for tests, for the demo, and as the model that every other store is
held against."""

from __future__ import annotations

from collections import deque

from mailbot.store.base import BaseStore
from mailbot.store.codec import dumps
from mailbot.store.index import Progress
from mailbot.store.protocol import ENTRIES_AT_MOST, Change, Entry, History
from mailbot.store.state import NEVER_WRITTEN, Record


class Memory(BaseStore):
    """Keep everything in memory; nothing outlives it."""

    def __init__(self) -> None:
        super().__init__()
        self._records: dict[str, Record] = {}
        self._histories: dict[str, History] = {}
        self._attempts: dict[str, int] = {}  # in earlier runs
        self._begun: set[str] = set()  # in this one
        self._journal: deque[Entry] = deque(maxlen=ENTRIES_AT_MOST)

    def _read(self, name: str) -> Record:
        return self._records.get(name, NEVER_WRITTEN)

    def _write(
        self, name: str, record: Record, change: Change, progress: dict[str, Progress]
    ) -> None:
        dumps((record, progress))  # refuses what the others refuse
        self._records[name] = record
        if change.closed or change.closed_actions:
            self._histories[name] = self._histories.get(name, History()).grown(change)

    def begin(self, key: str) -> int:
        self._begun.add(key)
        return self._attempts.get(key, 0)

    def journal(self, entry: Entry) -> None:
        self._journal.append(entry)
        self._attempts.pop(entry.key, None)
        self._begun.discard(entry.key)

    def _entries(self) -> tuple[Entry, ...]:
        return tuple(self._journal)

    def _history(self, series: str) -> History:
        return self._histories.get(series, History())

    def restart(self) -> None:
        """Do what a death and a new start make of a store, without dying."""
        self._outbox.restart()
        for key in self._begun:
            self._attempts[key] = self._attempts.get(key, 0) + 1
        self._begun.clear()

    def close(self) -> None:
        """Release nothing: there is nothing to release."""
