"""Make the calls that change the data folder, and say what is durable after them. Tests put a
failing Disk in its place."""

from __future__ import annotations

import fcntl
import fnmatch
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mailbot.errors import Bug, InUse, OperatorError, Temporary, reason

FILE_MODE = 0o600  # people's words: the account mailbot runs as, nobody else
FOLDER_MODE = 0o700


class Disk:
    """Change the data folder by five calls; whatever mailbot changes there goes through one of
    them."""

    def open(self, path: Path, flags: int) -> int:
        return os.open(path, flags | os.O_CLOEXEC, FILE_MODE)

    def write(self, file: int, data: bytes) -> int:
        return os.write(file, data)

    def pwrite(self, file: int, data: bytes, at: int) -> int:
        return os.pwrite(file, data, at)

    def fsync(self, file: int) -> None:
        os.fsync(file)

    def replace(self, source: Path, target: Path) -> None:
        source.replace(target)

    # ---- what is made of them ----

    def write_all(self, file: int, data: bytes) -> None:
        """Write all of it: write(2) may take a part only, at a signal, or when the disk is nearly
        full."""
        rest = memoryview(data)
        while rest:
            rest = rest[self.write(file, bytes(rest)) :]

    def save(self, path: Path, data: bytes) -> None:
        """Replace a file whole. Killed or without power at any line, there is the old content or
        the new.

        Two fsyncs: of the file before it gets its name, and of the folder, without which a power
        loss may bring the old name back (Pillai and others, "All File Systems Are Not Created
        Equal", OSDI 2014). Raises OSError.
        """
        temporary = temporary_of(path)
        try:
            self._write_new(temporary, data)
            self.replace(temporary, path)
        except OSError:
            with suppress(OSError):  # swept at the next start if it cannot go now
                temporary.unlink(missing_ok=True)
            raise
        self.sync_folder(path.parent)

    def _write_new(self, path: Path, data: bytes) -> None:
        """Write a file that is on the disk when it returns."""
        file = self.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            self.write_all(file, data)
            self.fsync(file)
        finally:
            os.close(file)

    def sync_folder(self, folder: Path) -> None:
        """Make names that were given or taken away in this folder survive a power loss."""
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            self.fsync(file)
        finally:
            os.close(file)


class Untouched(Disk):
    """Refuse every change: the store was opened to look."""

    def open(self, path: Path, flags: int) -> int:  # noqa: ARG002 - same call as above
        raise Bug(f"{path} would be written by a store that was opened to look")


def temporary_of(path: Path) -> Path:
    """Name the temporary file beside this one. One name per file is enough: the lock makes us its
    only writer. The dot keeps it out of every listing."""
    return path.with_name(f".{path.name}.tmp")


def make_folder(path: Path) -> None:
    """Make the folder and its parents. Raises OperatorError."""
    if path.is_dir():
        return
    try:
        path.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
        Disk().sync_folder(path.parent)
    except OSError as error:
        raise OperatorError(
            f"{path} cannot be made ({reason(error)}): check [data] folder."
        ) from error


FOLDERS = frozenset({"series", "history", "journal", "quarantine", "held", "lost+found"})


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds folders of others, until `series` marks it as ours: a wrong name
    in config.toml must not make a system folder ours.

    Files may lie there, such as one with a password. Raises OperatorError.
    """
    if (folder / "series").is_dir() or not folder.is_dir():
        return
    foreign = _foreign_folders(folder)
    if foreign:
        raise OperatorError(
            f"[data] folder: {folder} holds a folder that is not mailbot's ({foreign[0]}); name "
            "a folder of its own"
        )


def _foreign_folders(folder: Path) -> list[str]:
    """List the folders there that no mailbot makes, hidden ones left out. Raises OperatorError."""
    with reading(folder):
        names = {entry.name for entry in os.scandir(folder) if entry.is_dir()}
    return sorted(fnmatch.filter(names - FOLDERS, "[!.]*"))


def not_yet(folder: Path) -> OperatorError:
    """Word the error for a folder that no mailbot has used."""
    whole = folder.absolute()
    return OperatorError(
        f"No mailbot has run with {whole} yet: `mailbot run` makes that folder, or [data] "
        "folder names a wrong one."
    )


class Lock:
    """Keep a data folder to one process. The kernel frees it when the holder dies, however it dies;
    the file stays."""

    def __init__(self, folder: Path) -> None:
        try:
            self._file = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, FILE_MODE)
        except OSError as error:
            raise OperatorError(
                f"{folder} cannot be used ({reason(error)}): check its rights."
            ) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise InUse(
                f"{folder} is in use by another mailbot: stop it, or name another folder."
            ) from None

    def release(self) -> None:
        """Let others in."""
        os.close(self._file)


def in_use(folder: Path) -> bool:
    """Tell whether a mailbot runs on this folder. Looking takes the lock for an instant, shared, if
    it is free."""
    try:
        file = os.open(folder / ".lock", os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the system refuses while writing there into Temporary, in one sentence: it is for
    time to heal."""
    try:
        yield
    except OSError as error:
        raise Temporary(
            f"{folder} cannot be written ({reason(error)}): nothing is lost or half written, "
            "and mailbot goes on by itself when there is room again."
        ) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system refuses while reading there into OperatorError."""
    try:
        yield
    except OSError as error:
        raise OperatorError(
            f"{path} cannot be read ({reason(error)}): check its rights and the disk."
        ) from error


def read_whole(path: Path) -> bytes | None:
    """Read a file; None: there is no such file. Raises OperatorError."""
    with reading(path), suppress(FileNotFoundError):
        return path.read_bytes()
    return None
