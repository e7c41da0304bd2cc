"""Copy a data folder beside a running mailbot, so that the copy opens as any data folder does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mailbot.errors import InputError, Temporary, reason
from mailbot.store.disk import FILE_MODE, FOLDER_MODE, Disk, not_yet, read_whole

FIRST = ("series", "desk.json")
"""Copied before the rest: history and the log are written before, or hold more, than what a
series file knows, so the later copy of them misses nothing. The other way round, a meeting
closed in between would be in neither."""


def back_up(folder: Path, into: Path) -> int:
    """Copy everything but locks and temporary files to a new folder; return how many files. They
    are on the disk when it returns.

    A mail that was waiting at that time leaves once more, with the same Message-ID, when the
    copy is put to use. Whole or not at all. Raises InputError, OperatorError, Temporary.
    """
    if not (folder / "series").is_dir():
        raise not_yet(folder)
    if into.exists() and any(into.iterdir()):
        raise InputError(f"{into} is not empty: name a new folder.")
    with _new(into):
        copied = sum(_copied(path, into / path.relative_to(folder)) for path in _in_order(folder))
        os.sync()
    return copied


@contextmanager
def _new(into: Path) -> Iterator[None]:
    """Provide a folder that is there and ours alone; take it away again if what is done in it
    fails."""
    was_there = into.is_dir()
    try:
        into.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{into} cannot be made ({reason(error)}): name another folder."
        ) from error
    try:
        yield
    except BaseException as error:
        _take_away(into, was_there=was_there)
        if isinstance(error, OSError):
            raise Temporary(
                f"{into} cannot be written ({reason(error)}): there is no copy; make room, or "
                "name another."
            ) from error
        raise


def _take_away(into: Path, *, was_there: bool) -> None:
    """Remove what was written: the folder was empty, so all that is in it is ours."""
    for path in into.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    if not was_there:
        into.rmdir()


def _in_order(folder: Path) -> Iterator[Path]:
    """List as late as possible: a file that is new since then is copied too."""
    for name in FIRST:
        yield from _below(folder / name)
    for path in sorted(folder.iterdir()):
        if path.name not in FIRST:
            yield from _below(path)


def _below(path: Path) -> Iterator[Path]:
    """List a path and what lies below it, in the order of the names, without locks and temporary
    files."""
    if path.name.startswith("."):
        return
    yield path
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            yield from _below(inner)


def _copied(source: Path, target: Path) -> bool:
    """Copy one file or make one folder. Tell whether it is a file that is now there; one that was
    dropped since it was listed is not."""
    if source.is_dir():
        target.mkdir(FOLDER_MODE, exist_ok=True)
        return False
    content = read_whole(source)
    if content is None:
        return False
    file = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        Disk().write_all(file, content)
    finally:
        os.close(file)
    return True
