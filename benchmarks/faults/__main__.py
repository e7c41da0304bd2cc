"""`make faults`: every row in a few minutes; the exit code says whether all passed.

python -m benchmarks.faults [NAME ...]     only these: kills, servers, disk, clocks, crowd, changes, hostile, whispers
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator

from benchmarks.faults import clocks, crowd, disk, hostile, kills, servers, whispers
from benchmarks.faults.oracle import Log, Seen
from benchmarks.faults.place import Ground, ground
from benchmarks.faults.table import Row, heading, lines, not_run
from tests.kit.servers import dovecot_binary

ON_DOVECOT: dict[str, Callable[[Ground], Iterable[Row]]] = {
    "kills": lambda ground: kills.rows(ground, kills=200, answers=500, few=2),
    "servers": lambda ground: servers.rows(ground, rounds=4, times=5),
    "disk": lambda ground: disk.rows(ground, rounds=4),
    "clocks": lambda ground: clocks.on_a_server(ground, each=10),
    "crowd": lambda ground: crowd.rows(ground, times=5, mails=10_000),
}
ALONE = ("changes", "hostile", "whispers")


def rows(wanted: Collection[str]) -> Iterator[Row]:
    seen: list[Seen] = []
    log = Log()
    if "hostile" in wanted:  # first, while this process is small: its memory is measured
        yield from hostile.rows(2_000, log)
    if "changes" in wanted:
        yield from clocks.changes()
    real = [name for name in ON_DOVECOT if name in wanted]
    if real and dovecot_binary() is None:
        yield not_run(
            ", ".join(real),
            "Dovecot is not installed (Debian: apt-get install dovecot-imapd dovecot-lmtpd)",
        )
    elif real:
        with ground() as prepared:
            seen = prepared.seen
            for name in real:
                yield from ON_DOVECOT[name](prepared)
    if "whispers" in wanted:
        yield from whispers.rows(10, 4, log, seen)


def main(wanted: Collection[str]) -> int:
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(143)
    )  # told to end, it still ends its servers and clears up
    began, failed = time.monotonic(), 0
    print(heading(), flush=True)
    for row in rows(wanted or {*ON_DOVECOT, *ALONE}):
        failed += row.ran and not row.passed
        print("\n".join(lines(row)), flush=True)
    print(f"{failed} rows failed; {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(set(sys.argv[1:])))
