"""Bring documents that an earlier version wrote up to today's format, when they are read.

A document says its format: files of records and history in a table `format`, lines of the journal
in a field; one that does not say is of format 1. The nth step of a table below takes format n to
n + 1. Nothing is written for it: a file gets the new format when it is next replaced, and a
folder can be read, beside a running mailbot or by `why`, without changing a byte.

Whoever renames a stored field or the value of a stored enum appends a step to both tables (most
often one of them does nothing) and adds to tests/unit/store/folder_before what was not in it.
A step never changes again, and it knows names as words: the classes of today are not those of then.
Rejected: aliases in pydantic (they stay for ever, and a value cannot have one), and a command that
converts a folder (a step that is forgotten on the day it matters).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from mailbot.errors import OperatorError
from mailbot.store.codec import Row, unreadable

Tables = dict[str, dict[str, Any]]
T = TypeVar("T", bound=dict[str, Any])
Step = Callable[[T], None]


def _nothing(_: object) -> None:
    """Leave it as it is."""


def _held_to_unconfirmed(entry: Row) -> None:
    """Rename the outcome of a mail that waits for a yes: it was "held"."""
    if entry.get("outcome") == "held":
        entry["outcome"] = "unconfirmed"


def _series_in(tables: Tables) -> Iterator[Row]:
    """List the series that a file holds: one, or none."""
    for row in tables.get("series", {}).values():
        if row["series"] is not None:
            yield row["series"]


def _held_to_met(tables: Tables) -> None:
    """Rename the stage of a meeting that took place, and the mails that wait for a yes: both were
    "held"."""
    for series in _series_in(tables):
        series["unconfirmed"] = series.pop("held", [])
        series["last_met"] = series.pop("last_held", None)
        for meeting in series.get("meetings", []):
            if meeting.get("stage") == "held":
                meeting["stage"] = "met"


def _undo_grouped(tables: Tables) -> None:
    """Put together what `undo` has to know of a move, and of a pause: they were six fields."""
    for series in _series_in(tables):
        for last in series.get("last_mails", []):
            _group_undo(last)


def _group_undo(last: Row) -> None:
    """Replace the fields of a person's last mail that belong together by one each, or None."""
    moved, after = last.pop("meeting_before", None), last.pop("moved_to", None)
    last["moved"] = moved and {"number": moved[0], "before": moved[1], "after": after}
    pause = {
        "before": last.pop("paused_before", None),
        "after": last.pop("paused_until", None),
        "put_off": last.pop("put_off", None),
    }
    last["pause"] = pause if last.pop("paused", False) else None


OF_TABLES: Sequence[Step[Tables]] = (_nothing, _held_to_met, _undo_grouped)
OF_ENTRIES: Sequence[Step[Row]] = (_held_to_unconfirmed, _nothing, _nothing)
FORMAT = len(OF_TABLES) + 1
"""What is written today."""

FORMAT_TABLE: Tables = {"format": {"1": {"number": FORMAT}}}


def upgraded_tables(tables: Tables, where: object) -> Tables:
    """Bring the tables of a file up to date, in place. Raises OperatorError, which names it."""
    return _upgraded(tables, OF_TABLES, lambda: tables["format"]["1"]["number"], where)


def upgraded_entry(entry: Row, where: object) -> Row:
    """Bring a line of the journal up to date, in place. Raises OperatorError, which names its
    file."""
    return _upgraded(entry, OF_ENTRIES, lambda: entry["format"], where)


def _upgraded(document: T, steps: Sequence[Step[T]], number: Callable[[], int], where: object) -> T:
    """Take the steps that are left, from the format that the document says it has."""
    try:
        steps_left = _from(number() if "format" in document else 1, steps, where)
        for step in steps_left:
            step(document)
    except (LookupError, TypeError, AttributeError) as error:
        raise unreadable(where, f"{type(error).__name__} in what it holds") from None
    return document


def _from(number: int, steps: Sequence[Step[T]], where: object) -> Sequence[Step[T]]:
    """List the steps from this format on. Raises OperatorError for one of the future."""
    if number > FORMAT:
        raise OperatorError(
            f"{where} was written by a newer mailbot (format {number}, this one knows 1 to "
            f"{FORMAT}): start that one."
        )
    return steps[number - 1 :]
