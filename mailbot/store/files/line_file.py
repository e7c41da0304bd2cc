"""Append JSON values to a file, one a line, and read them newest first. No fsync.

What was appended survives the death of the process. A power loss may take or tear the last lines,
which costs a mail sent or read once more and is recognised then (see store/protocol.py).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from mailbot.store.codec import dumps, loads
from mailbot.store.disk import Disk, reading

BLOCK_OCTETS = 1 << 18


class LineFile:
    """Append to and read a file of JSON lines. What does not parse is a torn write: skipped, and
    never glued to the next line."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._disk = disk
        self._file: int | None = None
        self._torn = False

    def append(self, *values: object) -> None:
        """Add these lines, in one write. Raises OSError; then some may be there, and one in part,
        which every reader skips."""
        lines = b"".join(dumps(value) + b"\n" for value in values)
        file = self._open()
        data = b"\n" + lines if self._torn else lines
        self._torn = True
        self._disk.write_all(file, data)
        self._torn = False

    def _open(self) -> int:
        """Open the file for the first line of this run; what it ends with may be torn."""
        if self._file is None:
            self._torn = not _ends_with_newline(self.path)
            self._file = self._disk.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return self._file

    def rewrite(self, values: Iterable[object]) -> None:
        """Replace the file by these lines alone, durable. Raises OSError and keeps the old ones."""
        self._disk.save(self.path, b"".join(dumps(value) + b"\n" for value in values))
        self.close()

    def newest_first(self) -> Iterator[Any]:
        """Read the values, last first, as far as they are asked for."""
        return (
            value for line in _lines_backwards(self.path) if (value := parsed(line)) is not None
        )

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def parsed(line: bytes) -> Any:
    """Read one line; None: it was torn."""
    try:
        return loads(line)
    except ValueError:
        return None


def _ends_with_newline(path: Path) -> bool:
    """Say whether the last line is whole; a file that is not there has none that is torn."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        return size == 0 or os.pread(file.fileno(), 1, size - 1) == b"\n"
    return True


def _lines_backwards(path: Path) -> Iterator[bytes]:
    """Read the lines of a file, last first, and no more of it than is asked for."""
    if not path.exists():
        return
    with reading(path), path.open("rb") as file:
        rest = b""
        position = file.seek(0, os.SEEK_END)
        while position:
            octets = min(BLOCK_OCTETS, position)
            position -= octets
            first, *whole = (os.pread(file.fileno(), octets, position) + rest).split(b"\n")
            yield from reversed(whole)
            rest = first
        yield rest
