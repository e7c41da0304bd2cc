"""Keep what became of each inbound mail, in a file of JSON lines a month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from mailbot.store.codec import row, typed
from mailbot.store.disk import Disk
from mailbot.store.files.line_file import LineFile
from mailbot.store.files.upgrade import FORMAT, upgraded_entry
from mailbot.store.protocol import ENTRIES_AT_MOST, Entry


class JournalFiles:
    """Append entries to the file of their month, and read the newest of all months."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._month: LineFile | None = None

    def add(self, entry: Entry) -> None:
        """Append an entry. Raises OSError."""
        path = self._folder / f"{entry.at:%Y-%m}.jsonl"
        if self._month is None or self._month.path != path:
            self.close()
            self._month = LineFile(path, self._disk)
        self._month.append({"format": FORMAT} | row(entry))

    def newest(self, at_most: int = ENTRIES_AT_MOST) -> tuple[Entry, ...]:
        """Return the newest entries, newest last."""
        newest = list(islice(self._newest_first(), at_most))
        return tuple(reversed(newest))

    def _newest_first(self) -> Iterator[Entry]:
        """Read the entries of all months, last first, as far as they are asked for."""
        for path in sorted(self._folder.glob("*.jsonl"), reverse=True):
            for value in LineFile(path, self._disk).newest_first():
                yield typed(Entry, upgraded_entry(value, path), path)

    def close(self) -> None:
        if self._month is not None:
            self._month.close()
            self._month = None
