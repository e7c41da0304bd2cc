"""Files that only grow, one line per event and no fsync: how far the outbox came, what became of
each mail, attempts.

They survive the death of the process. A power loss may take or tear the last lines, which costs
a mail sent or read once more and is recognised then (see the docstring of the room).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from mailbot.store.codec import dumps, loads, typed
from mailbot.store.disk import Disk, reading
from mailbot.store.protocol import Entry

ENTRIES_AT_MOST = 10_000  # of `recall("journal")`
BLOCK_OCTETS = 1 << 18
ATTEMPTS_AT_MOST = 200  # mails begun and not ended; four batches of the inbox
READING_OCTETS = 1 << 16  # holds 200 keys of 300 characters


class Lines:
    """A file of JSON lines. What does not parse is a torn write: skipped, and never glued to the
    next line."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._disk = disk
        self._file: int | None = None
        self._torn = False

    def append(self, value: object) -> None:
        """Add one line. Raises OSError; then the line may be there in part and is skipped by
        every reader."""
        line = dumps(value) + b"\n"
        file = self._open()
        data = b"\n" + line if self._torn else line
        self._torn = True
        self._disk.write_all(file, data)
        self._torn = False

    def _open(self) -> int:
        if self._file is None:
            self._torn = not _ends_with_newline(self.path)
            self._file = self._disk.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return self._file

    def rewrite(self, values: Iterable[object]) -> None:
        """These lines alone, durable. Raises OSError and keeps the old ones."""
        self._disk.save(self.path, b"".join(dumps(value) + b"\n" for value in values))
        self.close()

    def newest_first(self) -> Iterator[Any]:
        return (
            value for line in _lines_backwards(self.path) if (value := _parsed(line)) is not None
        )

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _parsed(line: bytes) -> Any:
    try:
        return loads(line)
    except ValueError:
        return None


def _ends_with_newline(path: Path) -> bool:
    with suppress(FileNotFoundError), path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        return size == 0 or os.pread(file.fileno(), 1, size - 1) == b"\n"
    return True


def _lines_backwards(path: Path) -> Iterator[bytes]:
    """The lines of a file, last first, reading no more of it than is asked for."""
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


class Journal:
    """What became of each inbound mail, a file per month."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._month: Lines | None = None

    def add(self, entry: Entry) -> None:
        """Raises OSError."""
        path = self._folder / f"{entry.at:%Y-%m}.jsonl"
        if self._month is None or self._month.path != path:
            self.close()
            self._month = Lines(path, self._disk)
        self._month.append(entry)

    def newest(self, at_most: int = ENTRIES_AT_MOST) -> tuple[Entry, ...]:
        """Newest last."""
        newest = list(islice(self._newest_first(), at_most))
        return tuple(reversed(newest))

    def _newest_first(self) -> Iterator[Entry]:
        for path in sorted(self._folder.glob("*.jsonl"), reverse=True):
            for value in Lines(path, self._disk).newest_first():
                yield typed(Entry, value, path)

    def close(self) -> None:
        if self._month is not None:
            self._month.close()
            self._month = None


def cursor_of(entries: Iterable[Entry], inbox: str) -> tuple[int, int] | None:
    """(validity, last uid) of keys "INBOX/VALIDITY/UID", of the validity seen last; None:
    nothing was read there."""
    cursor: tuple[int, int] | None = None
    for entry in entries:
        place, validity, uid = (*entry.key.rsplit("/", 2), "", "")[:3]
        if place != inbox or not (validity.isdecimal() and uid.isdecimal()):
            continue
        if cursor is None or cursor[0] != int(validity):
            cursor = int(validity), int(uid)
        cursor = cursor[0], max(cursor[1], int(uid))
    return cursor


class AttemptLog:
    """In how many runs each mail was begun and not ended, in one small file that is written in
    place.

    The file has its full size from the start, so that counting works on a full disk too; its
    first line is its content.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self._disk = disk
        self._before = _attempts(path)  # in earlier runs
        self._attempts = dict(self._before)
        self._file = disk.open(path, os.O_RDWR | os.O_CREAT)
        if os.fstat(self._file).st_size < READING_OCTETS:
            disk.write_all(self._file, b"\n" * READING_OCTETS)
            self._write(self._attempts)

    def begin(self, key: str) -> int:
        """Count this run, once; how many earlier runs there were. Raises OSError, and then it
        was not counted."""
        before = self._before.get(key, 0)
        if self._attempts.get(key, 0) > before:
            return before
        attempts = {begun: count for begun, count in self._attempts.items() if begun != key} | {
            key: before + 1
        }
        if len(attempts) > ATTEMPTS_AT_MOST:
            del attempts[next(iter(attempts))]  # the one begun longest ago
        self._write(attempts)
        return before

    def end(self, key: str) -> None:
        """Raises OSError."""
        self._before.pop(key, None)
        if key in self._attempts:
            self._write({begun: count for begun, count in self._attempts.items() if begun != key})

    def _write(self, attempts: dict[str, int]) -> None:
        self._disk.pwrite(self._file, dumps(attempts) + b"\n", 0)
        self._attempts = attempts

    def close(self) -> None:
        os.close(self._file)


def _attempts(path: Path) -> dict[str, int]:
    value = None
    with reading(path), suppress(FileNotFoundError), path.open("rb") as file:
        value = _parsed(file.readline())
    return value if isinstance(value, dict) else {}
