"""Keep records in TinyDB files, one each: tables series, sent, outbox and causes; history in a file
of its own beside it.

TinyDB is the format of the files and lays out their tables; it is opened for one reading or one
writing. recover.py reads the same files at a start as plain JSON: ten thousand of them in a second.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from mailbot.errors import Bug
from mailbot.store.codec import Row, dumps, loads, octets, row, typed, unreadable
from mailbot.store.disk import Disk, read_whole
from mailbot.store.files.upgrade import FORMAT_TABLE, Tables, upgraded_tables
from mailbot.store.index import Progress
from mailbot.store.protocol import Change, History, Mail
from mailbot.store.state import NEVER_WRITTEN, NO_SERIES, Record, assert_sound

STANDING = ("state", "tries", "next_try", "blind", "worker")  # of a mail in the outbox
ONLY = 1  # id of the row of a table that has one
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # of a series: it names a file


class AtomicStorage(Storage):
    """Store TinyDB tables: read the file once, change them in memory, and replace the file whole,
    once, at `save`.

    What comes with TinyDB writes in place at every change: killed at the wrong moment, or on a
    full disk, it leaves a file that does not open (tinydb 4.9, killed at its fsync).
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path = path
        self._disk = disk
        self._tables: Tables | None = None

    def read(self) -> Tables | None:
        """Return the tables, read when first asked for; None: there is no file."""
        if self._tables is None:
            self._tables = tables_at(self._path)
        return self._tables

    def write(self, data: Tables) -> None:
        """Change the tables in memory alone."""
        self._tables = data

    def save(self) -> None:
        """Replace the file whole. Raises OSError, Bug."""
        self._disk.save(self._path, dumps((self._tables or {}) | FORMAT_TABLE))


def tables_at(path: Path) -> Tables | None:
    """Read a file, brought up to today's format; None: there is none. Raises OperatorError."""
    raw = read_whole(path)
    if raw is None:
        return None
    try:
        tables = loads(raw)
    except ValueError as error:
        raise unreadable(path, f"it is not JSON: {error}") from None
    if not isinstance(tables, dict) or not all(isinstance(rows, dict) for rows in tables.values()):
        raise unreadable(path, "it holds no tables")
    return upgraded_tables(tables, path)


class DocumentFile:
    """Hold one TinyDB file open for one reading or one writing."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._storage = AtomicStorage(path, disk)
        self._tables = TinyDB(storage=lambda: self._storage)

    def rows(self, table: str) -> list[Document]:
        # the cache returns stale rows (tinydb 4.9)
        """List the rows of a table as they are now."""
        return self._tables.table(table, cache_size=0).all()

    def only(self, table: str) -> Row:
        """Return the row of a table that has one; empty if it has none."""
        return next(iter(self.rows(table)), {})

    def put(self, table: str, rows: Mapping[int, Row]) -> None:
        """Put these rows in place of those with the same number."""
        rows_there = self._tables.table(table, cache_size=0)
        known = [document.doc_id for document in rows_there if document.doc_id in rows]
        if known:
            rows_there.remove(doc_ids=known)
        rows_there.insert_multiple(Document(row, number) for number, row in rows.items())

    def clear(self) -> None:
        self._tables.drop_tables()

    def save(self) -> None:
        self._storage.save()


class Documents:
    """Read and write the files of a data folder that hold records and history."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk

    def path(self, name: str) -> Path:
        """Name the file of a record. Raises Bug for a name that leads elsewhere."""
        if not is_name(name):
            raise Bug(f"{name!r} is no id of a series")
        return self._folder / (f"series/{name}.json" if name else "desk.json")

    def read(self, name: str) -> Record:
        """Read a record as last written. Raises OperatorError, which names the file."""
        if not is_name(name):
            return NEVER_WRITTEN
        path = self.path(name)
        file = DocumentFile(path, self._disk)
        head = file.only("series")
        if not head:
            return NEVER_WRITTEN
        causes = file.only("causes").get("oldest_first", ())
        record = typed(
            Record,
            head | {"sent": file.rows("sent"), "mails": _mails(file), "causes": causes},
            path,
        )
        if record.series is not None:
            assert record.series.id == name, f"{path} holds another series"
            assert_sound(record.series)
        return record

    def mails(self, name: str) -> tuple[Mail, ...]:
        """Read the mails of a record without the rest. Raises OperatorError."""
        path = self.path(name)
        return tuple(typed(Mail, row, path) for row in _mails(DocumentFile(path, self._disk)))

    def write(self, name: str, record: Record, progress: Mapping[str, Progress]) -> None:
        """Replace a record. Two fsyncs. Raises OSError, Bug."""
        file = DocumentFile(self.path(name), self._disk)
        file.clear()
        file.put(
            "series", {ONLY: {"rev": record.rev, "series": record.series, "values": record.values}}
        )
        file.put("sent", {number: row(sent) for number, sent in enumerate(record.sent, 1)})
        file.put("outbox", dict(_outbox_row(mail, progress[mail.id]) for mail in record.mails))
        file.put("causes", {ONLY: {"oldest_first": record.causes}})
        file.save()

    # ---- history ----

    def read_history(self, series: str) -> History:
        """Read what was closed of a series. Raises OperatorError."""
        path = self._history_path(series)
        file = DocumentFile(path, self._disk)
        by_number = {
            name: sorted(file.rows(name), key=lambda row: row.doc_id)
            for name in ("meetings", "actions")
        }
        return typed(History, by_number, path)

    def write_history(self, series: str, change: Change) -> None:
        """Add what was closed; the same number again replaces the row. Two fsyncs. Raises OSError,
        Bug."""
        file = DocumentFile(self._history_path(series), self._disk)
        file.put("meetings", {meeting.number: row(meeting) for meeting in change.closed})
        file.put("actions", {action.number: row(action) for action in change.closed_actions})
        file.save()

    def _history_path(self, series: str) -> Path:
        return self._folder / f"history/{series}.json"


def is_name(name: str) -> bool:
    """Tell whether it may name a record, and so a file: nothing that leads out of the folder."""
    return name == NO_SERIES or ID.fullmatch(name) is not None


def _outbox_row(mail: Mail, progress: Progress) -> tuple[int, Row]:
    """Lay out a mail and how far it has come, by its place in the outbox."""
    standing = {name: getattr(progress, name) for name in STANDING}
    return progress.order, row(mail) | standing


def _mails(file: DocumentFile) -> list[Row]:
    """Read the rows of the mails, their bytes as bytes."""
    return [dict(mail) | {"raw": octets(mail["raw"])} for mail in file.rows("outbox")]
