"""Prepare a data folder, once and under the lock, before it is used: sweep, mend, and read what the
indexes need."""

from __future__ import annotations

import fnmatch
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import filterfalse
from pathlib import Path

from mailbot.errors import OperatorError
from mailbot.store.codec import Row, unreadable
from mailbot.store.disk import temporary_of
from mailbot.store.files.documents import is_name, tables_at
from mailbot.store.files.upgrade import Tables
from mailbot.store.index import Progress
from mailbot.store.protocol import OutboxState
from mailbot.store.state import NO_SERIES

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecordSummary:
    """What the indexes need of one record, without reading the rest as anything."""

    next_due: datetime | None = None
    addresses: tuple[str, ...] = ()
    outbox: tuple[tuple[str, Progress], ...] = ()


EMPTY_FILE = RecordSummary()


def summary_of(name: str, path: Path) -> RecordSummary:
    """Read what the indexes need of one file. Raises OperatorError, which names it."""
    tables = tables_at(path)
    if tables is None:
        return EMPTY_FILE
    try:
        if _name_in(tables) != name:
            raise unreadable(path, "it holds another series than its name says")
        return _summary(name, tables)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unreadable(path, f"{type(error).__name__} in its tables") from None


def _name_in(tables: Tables) -> str:
    """Read which record a file says it is."""
    series = tables["series"]["1"]["series"]
    return NO_SERIES if series is None else series["id"]


def _summary(name: str, tables: Tables) -> RecordSummary:
    """Pick what the indexes need out of tables that were not checked: a mistake in them raises
    LookupError, TypeError or ValueError."""
    outbox = tuple(
        (mail["id"], _progress(int(order), name, mail)) for order, mail in tables["outbox"].items()
    )
    series = tables["series"]["1"]["series"]
    if series is None:
        return RecordSummary(outbox=outbox)
    return RecordSummary(_instant(series["next_due"]), tuple(_addresses(series)), outbox)


def _addresses(series: Row) -> Iterator[str]:
    """List all addresses of both people."""
    for person in (series["report"], series["manager"]):
        yield person["address"]
        yield from person["aliases"]


def _progress(order: int, record: str, mail: Row) -> Progress:
    """Read how far a mail had come when its record was written."""
    return Progress(
        order,
        record,
        OutboxState(mail["state"]),
        mail["tries"],
        _instant(mail["next_try"]),
        mail.get("blind", 0),  # this and the next: not in files of older versions
        mail.get("worker", ""),
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def names(folder: Path) -> list[str]:
    """List the records in it, without the suffix. Raises OperatorError."""
    files = (entry.name for entry in os.scandir(folder))  # no Path each: there may be 10,000
    found = sorted(file.removesuffix(".json") for file in fnmatch.filter(files, "[!.]*.json"))
    foreign = next(filterfalse(is_name, found), None)
    if foreign is not None:
        raise OperatorError(
            f"{folder / foreign}.json is no file of mailbot: move it out of the data folder."
        )
    return found


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed process left in the folder and those below it.
    Raises OSError."""
    below = [Path(entry.path) for entry in os.scandir(folder) if entry.is_dir()]
    for place in (folder, *below):
        for temporary in list(place.glob(".*.tmp")):
            _mend(place / temporary.name[1:].removesuffix(".tmp"))
            temporary.unlink(missing_ok=True)


def _mend(path: Path) -> None:
    """Replace a file that does not parse by the temporary one beside it, if that does: it was
    about to replace it."""
    newer = temporary_of(path)
    if not _is_broken(path) or not _parses(newer):
        return
    path.replace(path.with_name(path.name + ".broken"))
    newer.replace(path)
    log.error(
        "%s was damaged; the newer one about to replace it took its place",
        path,
        extra={"action": "mend"},
    )


def _is_broken(path: Path) -> bool:
    """Say whether it is a file of tables that cannot be read."""
    return path.suffix == ".json" and path.exists() and not _parses(path)


def _parses(path: Path) -> bool:
    """Say whether tables can be read there."""
    try:
        return tables_at(path) is not None
    except OperatorError:
        return False
