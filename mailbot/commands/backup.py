"""mailbot backup: a copy of the data folder, taken at any time."""

from __future__ import annotations

import shutil
from argparse import Namespace
from pathlib import Path

from mailbot.config import load
from mailbot.errors import OperatorError, Temporary
from mailbot.terminal import Terminal

# A commit writes history before the series, and the log of the outbox grows after both: whoever copies in the opposite
# order may find a thing twice, never not at all; the store knows what it has already.
SERIES = "series"


def backup(args: Namespace, terminal: Terminal) -> int:
    config = load(args.config)
    source, target = config.data_folder, args.folder
    if not source.is_dir():
        raise OperatorError(f"[data] folder: {source} is not there; nothing was kept yet.")
    if target.resolve().is_relative_to(source.resolve()):
        raise OperatorError(f"{target} lies in the data folder itself; name a folder outside {source}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise OperatorError(f"{target} is not an empty folder; name a new one.")
    count = copy(source, target, terminal)
    terminal.say(f"{count:,} files of {source} are in {target}")
    if not config.key_file.resolve().is_relative_to(source.resolve()):
        terminal.say(f"The keys are elsewhere; keep a copy of {config.key_file} too.", "yellow")
    return 0


def copy(source: Path, target: Path, terminal: Terminal) -> int:
    """Copy all but temporary files; how many that were."""
    count = 0
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in terminal.progress(_files(source), "copying file"):
            count += _copy(path, target / path.relative_to(source))
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        where = error.filename or target
        raise Temporary(f"{where} cannot be copied ({reason}); make room or choose another folder.") from error
    return count


def _files(source: Path) -> list[Path]:
    """Series first, see SERIES; a name that begins with a dot is a lock or not finished."""
    found = [path.relative_to(source) for path in source.rglob("*") if path.is_file()]
    kept = [path for path in found if not any(part.startswith(".") for part in path.parts)]
    return [source / path for path in sorted(kept, key=lambda path: (path.parts[0] != SERIES, path))]


def _copy(path: Path, target: Path) -> bool:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        shutil.copy2(path, target)
    except FileNotFoundError:
        if path.exists():
            raise
        return False  # dropped while we copied
    return True
