"""Everything that is measured, as one table, each figure beside that of the run before it.

`make bench` runs all and adds a row to history.json; a name or two on the command line: a part of it, and no row.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator

from benchmarks.history import Figures, append, load

Row = tuple[str, float, str]
PARTS = ("reading", "sentences", "store", "cli", "whole")


def rows(part: str) -> Iterator[Row]:
    measure: Callable[[], Iterator[Row]] = importlib.import_module(f"benchmarks.{part}").rows
    return measure()


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(PARTS)
    if unknown:
        print(
            f"There is no {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.",
            file=sys.stderr,
        )
        return 64
    before = earlier[-1].figures if (earlier := load()) else {}
    figures: Figures = {}
    for part in wanted or PARTS:
        print(f"\n{part}", flush=True)
        for label, figure, unit in rows(part):
            name = f"{part}: {label}"
            figures[name] = round(figure, 3)
            was = f"  (was {before[name]:.2f})" if name in before else ""
            print(f"  {label:62}{figure:10.2f}  {unit}{was}", flush=True)
    if not wanted:
        append(figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
