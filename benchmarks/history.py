"""The figures of earlier runs: history.json, a row for each whole run of `make bench`, the oldest first."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

HISTORY = Path(__file__).parent / "history.json"
ROOT = HISTORY.parents[1]
Figures = dict[str, float]  # "reading: seconds of CPU a reply, in the mean", say


@dataclass(frozen=True)
class Run:
    """One whole run. `commit` is what git calls it, with -dirty where a file had been changed."""

    date: str  # ISO 8601, UTC
    commit: str
    figures: Figures


def load(path: Path = HISTORY) -> list[Run]:
    """Read the runs that were kept; none where there is no file yet."""
    if not path.exists():
        return []
    return [Run(**row) for row in json.loads(path.read_text("utf8"))]


def append(figures: Figures, path: Path = HISTORY) -> None:
    """Keep one more run, a line of the file each, so that a diff shows what was added."""
    runs = [*load(path), Run(f"{datetime.now(UTC):%Y-%m-%d}", _commit(), figures)]
    path.write_text("[\n" + ",\n".join(_lines(runs)) + "\n]\n", "utf8")


def _lines(runs: list[Run]) -> Iterator[str]:
    for run in runs:
        yield json.dumps(asdict(run), ensure_ascii=False)


def _commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"
