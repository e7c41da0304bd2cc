"""A disk without room, and a data folder that may not be written: mailbot waits, says so, and goes on by itself."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from benchmarks.faults.life import POLL_S
from benchmarks.faults.place import POLLS, Ground, Place
from benchmarks.faults.table import Row, not_run, row

FULL_S = 1.0
ROUND = 20  # answers
SMALL = "4m"

UNREADABLE = b"Subject: nobody wrote this (%d)\r\n\r\nIt is set aside, which needs room too.\r\n"

Fault = Callable[[Place], AbstractContextManager[None]]


@contextmanager
def filled(place: Place) -> Iterator[None]:
    filler = place.folder / "data/filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def limited(place: Place) -> Iterator[None]:
    """What RLIMIT_FSIZE makes of a write beyond it: EFBIG, as if there were no room for this file."""
    _, hard = resource.prlimit(place.lives.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(place.lives.pid, resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.prlimit(place.lives.pid, resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def read_only(place: Place) -> Iterator[None]:
    folders = [
        place.folder / "data",
        *(each for each in (place.folder / "data").rglob("*") if each.is_dir()),
    ]
    for each in folders:
        each.chmod(0o500)
    try:
        yield
    finally:
        for each in folders:
            each.chmod(0o700)


def small(folder: Path) -> None:
    (folder / "data").mkdir()
    subprocess.run(
        [
            "mount",
            "-t",
            "tmpfs",
            "-o",
            f"size={SMALL},mode=0700",
            "mailbot-faults",
            folder / "data",
        ],
        check=True,
    )


def large(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", folder / "data"], check=True)


def suffer(place: Place, what: str, fault: Fault, rounds: int, **life: object) -> Row:
    """In each round answers arrive while nothing can be written, then there is room again."""
    slowest, went_on = 0.0, 0
    place.begin(**life)
    for turn in range(rounds):
        place.post(ROUND // 2)
        place.settle(
            turn * ROUND + (1 if turn % 2 else ROUND // 2)
        )  # in the middle of work, or while there is none
        with fault(place):
            place.put([UNREADABLE % turn])
            place.post(ROUND // 2)
            time.sleep(FULL_S)
            went_on += place.taken() == len(place.answers)
        slowest = max(slowest, place.settle())
    said = place.log.read_text().count("action=paused")
    seen = place.finish(aside=rounds)
    silent = fault is not limited and said < rounds  # the limit holds for the log too
    good = slowest <= POLLS * POLL_S and not silent and not went_on
    notes = (
        () if good else (f"said so {said} times; went on as if there were room {went_on} times",)
    )
    return row(what, rounds, seen, f"{slowest:.2f} s", good=good, notes=notes)


def starts(place: Place, what: str, fault: Fault, **life: object) -> Row:
    """Started while nothing can be written: a sentence and an exit code, or waiting; never a traceback."""
    place.post(ROUND)
    with fault(place):
        place.begin(**life)
        place.lives.ended(FULL_S)
    ended = not place.lives.alive
    if ended:
        place.begin(**life)
    took = place.settle()
    log = place.log.read_text()
    seen = place.finish()
    sentence = f"it ended with {place.lives.code}" if ended else "it waited"
    good = "Traceback" not in log and took <= POLLS * POLL_S
    return row(what, 1, seen, f"{took:.2f} s", good=good, notes=(sentence,))


def rows(ground: Ground, rounds: int) -> Iterator[Row]:
    yield from full(ground, rounds)
    yield from locked(ground, rounds)


def full(ground: Ground, rounds: int) -> Iterator[Row]:
    what = "files may not grow (RLIMIT_FSIZE), then they may"
    with ground.place(series=rounds * ROUND // 2) as place:
        yield suffer(place, what, limited, rounds)
    what = f"disk full (tmpfs of {SMALL}), then room"
    if os.geteuid() != 0:
        yield not_run(what, "only root may mount a tmpfs; the row above stands in for it")
        return
    with ground.place(rounds * ROUND // 2, small) as place:
        try:
            yield suffer(place, what, filled, rounds)
        finally:
            large(place.folder)
    with ground.place(ROUND // 2, small) as place:
        try:
            yield starts(place, "started on a full disk, then room", filled)
        finally:
            large(place.folder)


def locked(ground: Ground, rounds: int) -> Iterator[Row]:
    with ground.place(rounds * ROUND // 2) as place:
        yield suffer(place, "data folder read-only, then writable", read_only, rounds, humble=True)
    with ground.place(ROUND // 2) as place:
        yield starts(
            place, "started on a read-only data folder, then writable", read_only, humble=True
        )
