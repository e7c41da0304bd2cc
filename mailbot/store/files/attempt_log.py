"""Count in how many runs each inbound mail was begun and not ended: a mail that kills its reader
shows here."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from mailbot.store.codec import dumps
from mailbot.store.disk import Disk, reading
from mailbot.store.files.line_file import parsed

ATTEMPTS_AT_MOST = 200  # mails begun and not ended; four batches of the inbox
FILE_OCTETS = 1 << 16  # holds 200 keys of 300 characters


class AttemptLog:
    """Count the runs in which each mail was begun and not ended, in one small file that is
    written in place.

    The file has its full size from the start, so that counting works on a full disk too; its
    first line is its content.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self._disk = disk
        self._before = _attempts(path)  # in earlier runs
        self._attempts = dict(self._before)
        self._file = disk.open(path, os.O_RDWR | os.O_CREAT)
        if os.fstat(self._file).st_size < FILE_OCTETS:
            disk.write_all(self._file, b"\n" * FILE_OCTETS)
            self._write(self._attempts)

    def begin(self, key: str) -> int:
        """Count this run, once; return how many earlier runs there were. Raises OSError, and then
        it was not counted."""
        before = self._before.get(key, 0)
        if self._attempts.get(key, 0) > before:
            return before
        attempts = self._without(key) | {key: before + 1}
        if len(attempts) > ATTEMPTS_AT_MOST:
            del attempts[next(iter(attempts))]  # the one begun longest ago
        self._write(attempts)
        return before

    def end(self, key: str) -> None:
        """Forget the attempts of this mail. Raises OSError."""
        self._before.pop(key, None)
        if key in self._attempts:
            self._write(self._without(key))

    def _without(self, key: str) -> dict[str, int]:
        """Copy the attempts of all other mails, begun longest ago first."""
        return {begun: count for begun, count in self._attempts.items() if begun != key}

    def _write(self, attempts: dict[str, int]) -> None:
        """Write all counts over the first line of the file."""
        self._disk.pwrite(self._file, dumps(attempts) + b"\n", 0)
        self._attempts = attempts

    def close(self) -> None:
        os.close(self._file)


def _attempts(path: Path) -> dict[str, int]:
    """Read the attempts of earlier runs; a line that does not parse, torn by a power loss, counts
    none."""
    value = None
    with reading(path), suppress(FileNotFoundError), path.open("rb") as file:
        value = parsed(file.readline())
    return value if isinstance(value, dict) else {}
