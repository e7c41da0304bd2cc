"""A copy of a data folder, taken beside a running mailbot, that opens as any data folder does."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mailbot.errors import InputError, OperatorError
from mailbot.store.disk import FILE_MODE, Disk, make_folder, writing

FIRST = ("series", "desk.json")
"""Copied before the rest: history and the log are written before, or hold more, than what a series file knows, so the
later copy of them misses nothing. The other way round, a meeting closed in between would be in neither."""


def back_up(folder: Path, into: Path) -> int:
    """Copy everything but locks and temporary files to a new folder; how many files. On the disk when it returns.

    A mail that was waiting at that time leaves once more, with the same Message-ID, when the copy is put to use.
    Raises InputError, OperatorError, Temporary.
    """
    if not (folder / "series").is_dir():
        raise OperatorError(f"{folder} is no data folder of mailbot: check [data] folder.")
    if into.exists() and any(into.iterdir()):
        raise InputError(f"{into} is not empty: name a new folder.")
    make_folder(into)
    with writing(into):
        copied = sum(_copied(path, into / path.relative_to(folder)) for path in _in_order(folder))
        os.sync()
    return copied


def _in_order(folder: Path) -> Iterator[Path]:
    """Listed as late as possible: a file that is new since then is copied too."""
    for name in FIRST:
        yield from _below(folder / name)
    for path in sorted(folder.iterdir()):
        if path.name not in FIRST:
            yield from _below(path)


def _below(path: Path) -> Iterator[Path]:
    if path.name.startswith("."):
        return
    yield path
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            yield from _below(inner)


def _copied(source: Path, target: Path) -> bool:
    """Whether it is a file that is now there; one that was dropped since it was listed is not."""
    if source.is_dir():
        make_folder(target)
        return False
    with suppress(FileNotFoundError):
        content = source.read_bytes()
        file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        try:
            Disk().write_all(file, content)
        finally:
            os.close(file)
        return True
    return False
