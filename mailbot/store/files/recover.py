"""What is done once, under the lock, before a data folder is used: sweep, mend, and read what
the indexes need."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailbot.errors import OperatorError
from mailbot.store.codec import Row, unreadable
from mailbot.store.disk import temporary_of
from mailbot.store.files.documents import is_name, tables_at
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
    """Raises OperatorError."""
    tables = tables_at(path)
    if tables is None:
        return EMPTY_FILE
    try:
        series = tables["series"]["1"]["series"]
        if name != (NO_SERIES if series is None else series["id"]):
            raise unreadable(path, "it holds another series than its name says")
        outbox = tuple(
            (mail["id"], _progress(int(order), name, mail))
            for order, mail in tables["outbox"].items()
        )
        return RecordSummary(
            _instant(series and series["next_due"]), tuple(_addresses(series)), outbox
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise unreadable(path, f"{type(error).__name__} in its tables") from None


def _addresses(series: Row | None) -> Iterator[str]:
    for person in (series["report"], series["manager"]) if series else ():
        yield person["address"]
        yield from person["aliases"]


def _progress(order: int, record: str, mail: Row) -> Progress:
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
    """Of the records in it, without the suffix. Raises OperatorError."""
    files = (entry.name for entry in os.scandir(folder))
    found = sorted(
        name.removesuffix(".json") for name in files if name.endswith(".json") and name[0] != "."
    )
    for name in found:
        if not is_name(name):
            raise OperatorError(
                f"{folder / name}.json is no file of mailbot: move it out of the data folder."
            )
    return found


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed process left in the folder and those below it.
    Raises OSError."""
    for place in (folder, *(Path(entry.path) for entry in os.scandir(folder) if entry.is_dir())):
        for entry in list(os.scandir(place)):
            if entry.name.startswith(".") and entry.name.endswith(".tmp"):
                _mend(place / entry.name[1:].removesuffix(".tmp"))
                Path(entry.path).unlink(missing_ok=True)


def _mend(path: Path) -> None:
    """A file that does not parse, with a temporary one beside it that does: that one was about
    to replace it."""
    newer = temporary_of(path)
    if path.suffix != ".json" or not path.exists() or _parses(path) or not _parses(newer):
        return
    path.replace(path.with_name(path.name + ".broken"))
    newer.replace(path)
    log.error(
        "%s was damaged; the newer one about to replace it took its place",
        path,
        extra={"action": "mend"},
    )


def _parses(path: Path) -> bool:
    try:
        return tables_at(path) is not None
    except OperatorError:
        return False
