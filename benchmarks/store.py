"""What the embedded store costs: a commit, a start, a tick, memory, fsyncs. `python -m benchmarks.store` prints it."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailbot.meeting.events import Outcome
from mailbot.meeting.model import (
    ActionItem,
    AgendaItem,
    Cadence,
    Mailed,
    Meeting,
    Note,
    Person,
    Purpose,
    Role,
    Series,
    Stage,
    Theme,
)
from mailbot.store.codec import dumps, loads, row
from mailbot.store.disk import Disk
from mailbot.store.files import store as store_module
from mailbot.store.files.store import FileStore
from mailbot.store.memory import Memory
from mailbot.store.protocol import Change, Entry, Mail, OutboxState, Sent, Store, ready_key

Row = tuple[str, float, str]

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS = "what we said about the release, the two candidates and the budget for the spring "
TEXT = (WORDS * 25)[:2000]
RAW = (b"Content-Type: multipart/alternative\r\n" + WORDS.encode() * 100)[:7000]


# ---- a series in the middle of its life ----


def busy_series(number: int = 0) -> Series:
    """Two meetings in play, eight open promises, twenty agenda items: 9 KB of JSON."""
    name = f"s{number:07}"
    ana = Person(
        f"ana{number}@corp.example",
        "Ana Silva",
        "Europe/Lisbon",
        aliases=(f"ana{number}@home.example",),
    )
    ben = Person(f"ben{number % 1000}@corp.example", "Ben Ito", "Asia/Tokyo")
    themes = list(Theme)
    items = tuple(AgendaItem(n, WORDS, Role.REPORT, themes[n % 5], n % 7 == 0) for n in range(10))
    notes = tuple(Note(n, WORDS, Role.MANAGER) for n in range(10, 18))
    mailed = tuple(
        Mailed(purpose, role, NOW)
        for purpose in (Purpose.AGENDA_REQUEST, Purpose.AGENDA)
        for role in Role
    )
    return Series(
        name,
        ana,
        ben,
        Cadence(1, NOW.time(), "Europe/Lisbon"),
        meetings=tuple(
            Meeting(n, NOW + timedelta(weeks=n), 30, NOW, Stage.COLLECTING, items, notes, mailed)
            for n in (11, 12)
        ),
        actions=tuple(
            ActionItem(n, Role.MANAGER, WORDS, NOW.date(), NOW.date()) for n in range(1, 9)
        ),
        touched=tuple((theme, 10) for theme in themes),
        next_due=NOW + HOUR,
        serial=60,
    )


def receipt(series: Series) -> Mail:
    id_ = f"{series.id}.{series.serial}@corp.example"
    return Mail(
        id_,
        "mailbot@corp.example",
        series.report.address,
        RAW,
        TEXT,
        Purpose.RECEIPT,
        12,
        Role.REPORT,
        series.serial,
    )


WORKER, LEASE = "w", timedelta(hours=1)


def answer(store: Store, id_: str, cause: str) -> None:
    """What one reply costs the store: attempt, load, change, commit with a receipt, the receipt sent, the journal."""
    store.begin(cause)
    stored = store.load(id_)
    assert stored is not None
    series = replace(stored.series, serial=stored.series.serial + 1)
    store.commit(Change(cause, series, stored.rev, (receipt(series),)))
    for pending in store.claim(NOW, WORKER, LEASE):
        store.settle(pending.mail.id, OutboxState.ACCEPTED, worker=WORKER, now=NOW)
    store.journal(
        Entry(
            NOW,
            cause,
            cause,
            Outcome.APPLIED,
            series=id_,
            trace=("token: this meeting", "sender: on file"),
        )
    )


def fill(folder: Path, count: int, causes: int = 50, due: int | None = None) -> None:
    """`count` such series, as files. Written directly: this is the ground, not what is measured."""
    FileStore(folder).close()
    template = _file(busy_series(), causes)
    for number in range(count):
        named = template.replace(b"s0000000", b"s%07d" % number).replace(
            b"ana0@", b"ana%d@" % number
        )
        at = NOW if due is None or number < due else NOW + timedelta(days=30)
        (folder / f"series/s{number:07}.json").write_bytes(
            named.replace(dumps(NOW + HOUR), dumps(at))
        )
    os.sync()  # or the first commits would pay for it


def _file(series: Series, causes: int) -> bytes:
    sent = [row(Sent(n, 12 if n % 2 else 0, Role.REPORT, Purpose.AGENDA, TEXT)) for n in range(8)]
    tables = {
        "series": {"1": {"rev": 60, "series": series, "values": {}}},
        "sent": {str(n): sent[n] for n in range(8)},
        "outbox": {},
        "causes": {"1": {"oldest_first": [f"{n:064x}" for n in range(causes)]}},
    }
    return dumps(tables)


@contextmanager
def folder_of(count: int, **about: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mailbot-bench-") as place:
        folder = Path(place) / "data"
        fill(folder, count, **about)
        yield folder


def ms_each(act: Callable[[int], object], times: int) -> tuple[float, float]:
    """Median of the wall clock and mean of the CPU, in milliseconds."""
    walls = []
    cpu = time.process_time()
    for turn in range(times):
        start = time.perf_counter()
        act(turn)
        walls.append(time.perf_counter() - start)
    return statistics.median(walls) * 1000, (time.process_time() - cpu) / times * 1000


# ---- the rows ----


def commits() -> list[Row]:
    """One reply, over one file and over a thousand, with the records in memory and without."""
    rows: list[Row] = []
    for count, in_memory, label in (
        (1, 512, "1 file"),
        (500, 512, "500 files"),
        (1000, 512, "1,000 files"),
        (500, 1, "500 files, 1 kept in memory"),
    ):
        with folder_of(count) as folder:
            kept, store_module.RECORDS_IN_MEMORY = store_module.RECORDS_IN_MEMORY, in_memory
            store = FileStore(folder)
            ids = store.find()
            for turn in range(count):
                store.load(ids[turn])
            wall, cpu = ms_each(
                lambda turn: answer(store, ids[turn % count], f"imap/INBOX/1/{turn}"),  # noqa: B023
                300,
            )
            page = (folder / f"series/{ids[0]}.json").read_bytes()
            bare, _ = ms_each(lambda _: Disk().save(folder / "bare", page), 100)  # noqa: B023 - used at once
            rows += [
                (f"a reply through the store, {label}", wall, "ms"),
                ("  of it CPU", cpu, "ms"),
                ("  the disk alone, at the same time: write, fsync, rename, fsync", bare, "ms"),
            ]
            store.close()
            store_module.RECORDS_IN_MEMORY = kept
    return rows


def parts() -> list[Row]:
    """The same reply, taken apart."""
    with folder_of(2, causes=500) as folder:
        size = (folder / "series/s0000000.json").stat().st_size
        store = FileStore(folder)
        store.load("s0000000")

        def cold(_: int) -> None:
            store._records.clear()  # noqa: SLF001 - what a first load costs
            store.load("s0000000")

        _, load = ms_each(cold, 300)
        _, commit = ms_each(lambda turn: store.commit(Change("", busy_series(), 60 + turn)), 300)
        store.close()
    document = loads(dumps(busy_series()))
    return [
        ("series file with 500 known causes", size / 1000, "KB"),
        ("series document alone", len(dumps(document)) / 1000, "KB"),
        ("load from its file, CPU", load, "ms"),
        ("commit without a mail, CPU", commit, "ms"),
        ("the same in the memory store, CPU", _memory_commit(), "ms"),
    ]


def _memory_commit() -> float:
    store = Memory()
    store.commit(Change("", busy_series()))
    return ms_each(lambda turn: store.commit(Change("", busy_series(), 1 + turn)), 300)[1]


def ten_thousand() -> list[Row]:
    """A start; then a tick of which 10 are due: ask, load each, commit each with one mail. In turn, so that both meet the same disk."""
    with folder_of(100, due=10) as few_folder, folder_of(10_000, due=10) as many_folder:
        started_in = starts(many_folder)
        few, many = FileStore(few_folder), FileStore(many_folder)
        for store in (few, many):
            _tick(store)
        walls = [
            (ms_each(lambda _: _tick(few), 1)[0], ms_each(lambda _: _tick(many), 1)[0])
            for _ in range(40)
        ]
        cpus = [ms_each(lambda _: _tick(store), 20)[1] for store in (few, many)]  # noqa: B023 - used at once
        asked = ms_each(lambda _: many.due(NOW), 300)[0]
        few.close()
        many.close()
    return [
        *started_in,
        ("due(), 10 of 10,000", asked * 1000, "µs"),
        (
            "a tick with 10 commits, over 100 series",
            statistics.median(wall for wall, _ in walls),
            "ms",
        ),
        (
            "a tick with 10 commits, over 10,000 series",
            statistics.median(wall for _, wall in walls),
            "ms",
        ),
        (
            "  more over 10,000 than over 100, wall",
            statistics.median(b - a for a, b in walls),
            "ms",
        ),
        ("  more over 10,000 than over 100, CPU", cpus[1] - cpus[0], "ms"),
    ]


def _tick(store: FileStore) -> None:
    for id_ in store.due(NOW):
        stored = store.load(id_)
        assert stored is not None
        series = replace(stored.series, serial=stored.series.serial + 1)
        store.commit(Change("", series, stored.rev, (receipt(series),)))
    for pending in store.claim(NOW, WORKER, LEASE):
        store.settle(pending.mail.id, OutboxState.ACCEPTED, worker=WORKER, now=NOW)


def starts(folder: Path) -> list[Row]:
    """Each in a process of its own."""
    measured = [_start(folder) for _ in range(5)]
    seconds, before, after, with_records = (
        statistics.median(column) for column in zip(*measured, strict=True)
    )
    return [
        ("start over 10,000 series", seconds, "s"),
        ("resident memory before the start (imports)", before, "MB"),
        ("resident memory with 10,000 series", after, "MB"),
        ("  and with as many records as are kept in memory", with_records, "MB"),
    ]


def _start(folder: Path) -> list[float]:
    code = f"from benchmarks.store import started; started({str(folder)!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return [float(figure) for figure in json.loads(done.stdout)]


def started(folder: str) -> None:
    before = _resident_mb()
    start = time.perf_counter()
    store = FileStore(folder)
    seconds = time.perf_counter() - start
    after = _resident_mb()
    for id_ in store.find()[: store_module.RECORDS_IN_MEMORY]:
        store.load(id_)
    print(json.dumps([seconds, before, after, _resident_mb()]))
    store.close()


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


class _Fsyncs(Disk):
    count = 0

    def fsync(self, file: int) -> None:
        self.count += 1
        super().fsync(file)


def fsyncs() -> list[Row]:
    with folder_of(1) as folder:
        disk = _Fsyncs()
        store = FileStore(folder, disk)
        disk.count = 0
        for turn in range(100):
            answer(store, "s0000000", f"imap/INBOX/1/{turn}")
        per_reply = disk.count / 100
        disk.count = 0
        meetings = busy_series().meetings
        store.commit(
            Change("", replace(busy_series(), meetings=meetings[1:]), 160, (), meetings[:1])
        )
        store.close()
    return [
        ("fsyncs per reply", per_reply, ""),
        ("fsyncs of a commit that closes a meeting", disk.count, ""),
    ]


def backlog() -> list[Row]:
    """10,000 mails that could not leave: asking for those to be tried now, and the start after that."""
    with folder_of(0) as folder:
        store = FileStore(folder)
        for part in range(20):
            series = replace(busy_series(part), id=f"b{part:07}")
            mails = tuple(
                replace(receipt(series), id=f"{part}.{n}@corp.example", serial=n)
                for n in range(500)
            )
            store.commit(Change("", series, 0, mails))
        wall, _ = ms_each(lambda _: store.recall(ready_key(NOW)), 20)
        store.close()
        start = time.perf_counter()
        FileStore(folder).close()
        again = time.perf_counter() - start
    return [
        ("what is ready, 10,000 mails waiting", wall, "ms"),
        ("start with 10,000 mails waiting", again, "s"),
    ]


PARTS: tuple[Callable[[], list[Row]], ...] = (commits, parts, fsyncs, backlog, ten_thousand)


def rows() -> Iterator[Row]:
    for part in PARTS:
        yield from part()


def main() -> None:
    for label, figure, unit in rows():
        print(f"{label:64} {figure:9.2f} {unit}", flush=True)


if __name__ == "__main__":
    main()
