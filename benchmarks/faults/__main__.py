"""`make faults`: every row in a few minutes; the exit code says whether all passed.

    python -m benchmarks.faults [NAME ...]     only the rows whose words contain one of these
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.faults import disk, kills, servers
from benchmarks.faults.place import Ground, ground
from benchmarks.faults.table import Row, heading, lines, not_run
from tests.servers import dovecot_binary


def on_dovecot(ground: Ground) -> Iterator[Row]:
    """Rows that need a real IMAP server."""
    yield from kills.rows(ground, kills=200, answers=500, few=2)
    yield from servers.rows(ground, rounds=5, times=5)
    yield from disk.rows(ground, rounds=5)


def rows() -> Iterator[Row]:
    if dovecot_binary() is None:
        yield not_run("kills, servers, disk", "Dovecot is not installed (Debian: dovecot-imapd dovecot-lmtpd)")
    else:
        with ground() as prepared:
            yield from on_dovecot(prepared)


def main() -> int:
    print(heading(), flush=True)
    failed = 0
    for row in rows():
        failed += row.ran and not row.passed
        print("\n".join(lines(row)), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
