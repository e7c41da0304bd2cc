"""Keep tallies in DATA/tallies.log, one line a count and no fsync.

A kill loses nothing. A power loss, or a disk that is full, may lose the last counts: then a few
more answers or mails leave than the limits say, once.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from mailbot.store.disk import Disk
from mailbot.store.files.line_file import LineFile
from mailbot.store.protocol import Count
from mailbot.store.tallies import Tallies

LINES_BEFORE_COMPACTION = 10_000


class TallyLog:
    """Keep the counts of one folder, in memory at once and in the log if the disk allows."""

    def __init__(self, path: Path, disk: Disk, tallies: Tallies) -> None:
        self._lines = LineFile(path, disk)
        self._tallies = tallies
        self._count = 0
        self._compact_at = LINES_BEFORE_COMPACTION

    def replay(self) -> None:
        """Bring the tallies to where they were."""
        for name, at, number in reversed(list(self._lines.newest_first())):
            self._tallies.add(Count(name, datetime.fromisoformat(at), number))
            self._count += 1

    def add(self, count: Count) -> None:
        """Count it. Never raises: what is counted has happened."""
        self._tallies.add(count)
        with suppress(OSError):
            self._lines.append([count.name, count.at, count.number])
            self._count += 1
            self._compact()

    def _compact(self) -> None:
        """Rewrite the log with what is still kept, once most lines say nothing any more."""
        if self._count <= self._compact_at:
            return
        kept = self._tallies.counts()
        self._compact_at = LINES_BEFORE_COMPACTION + 2 * len(kept)
        self._lines.rewrite([each.name, each.at, each.number] for each in kept)
        self._count = len(kept)

    def close(self) -> None:
        self._lines.close()
