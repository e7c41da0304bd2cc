"""Everything that is measured, as one table. `make bench`; a name or two on the command line for a part of it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator

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
    for part in wanted or PARTS:
        print(f"\n{part}", flush=True)
        for label, figure, unit in rows(part):
            print(f"  {label:62}{figure:10.2f}  {unit}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
