"""What typing a command costs. `python -m benchmarks.cli` prints it."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

Row = tuple[str, float, str]

ROOT = Path(__file__).parent.parent
RUNS = 5
COMMANDS = ("--help", "config", "preview agenda")


def cpu_ms(line: str) -> float:
    """User and system time of the process and its start, median of RUNS."""
    with tempfile.TemporaryDirectory() as folder:
        return statistics.median(
            _once([sys.executable, "-m", "mailbot", *line.split()], folder) for _ in range(RUNS)
        )


def _once(line: list[str], folder: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        line,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def rows() -> list[Row]:
    return [(f"mailbot {line}, CPU", cpu_ms(line), "ms") for line in COMMANDS]


if __name__ == "__main__":
    for label, figure, unit in rows():
        print(f"{label:<40}{figure:10.1f} {unit}")
