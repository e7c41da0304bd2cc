"""Too many at once: two processes on one data folder, and ten thousand mails in the inbox."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.faults.life import POLL_S
from benchmarks.faults.lives import END_S, ROOT, Lives
from benchmarks.faults.place import POLLS, Ground, Place, waited
from benchmarks.faults.table import Row, row
from benchmarks.whole import cpu_s, memory_mb

EX_TEMPFAIL = 75
MEMORY_MB = 200
BATCH = 20
NEWS = b"""\
From: News <news%(number)d@shop.example>\r
To: mailbot@corp.example\r
Subject: Offers of the week %(number)d\r
Message-ID: <%(number)d.news@shop.example>\r
List-Id: <news.shop.example>\r
Date: Mon, 02 Mar 2026 09:00:00 +0000\r
\r
%(words)s\r
"""
AWAY = b"""\
From: Ana <ana%(number)d@corp.example>\r
To: mailbot@corp.example\r
Subject: Automatic reply: 1:1\r
Message-ID: <%(number)d.away@corp.example>\r
Auto-Submitted: auto-replied\r
Date: Mon, 02 Mar 2026 09:00:00 +0000\r
\r
I am out of office. %(words)s\r
"""
WORDS = (
    b"Some words that nobody will read, and then some more of them, on a line of its own.\r\n" * 40
)


def two(place: Place, times: int) -> Row:
    """A second one on the same folder says so and ends; once the first was killed, the folder is free at once."""
    refused, slowest = 0, 0.0
    with Lives() as others:
        place.begin()
        for _ in range(times):
            place.post(BATCH)
            others.begin(place.life(quiet=True))
            refused += others.ended(10) and others.code == EX_TEMPFAIL
            place.lives.kill()
            place.begin()
            slowest = max(slowest, place.settle())
    said = place.log.read_text().count("in use by another mailbot")
    seen = place.finish()
    good = (
        refused == said == times
        and slowest <= POLLS * POLL_S
        and not place.log.read_text().count("Traceback")
    )
    return row(
        "two processes on one data folder, then the first killed",
        times,
        seen,
        f"{slowest:.2f} s",
        allowed=times,
        good=good,
        notes=(f"refused with exit code {EX_TEMPFAIL} and a sentence: {refused} of {times}",),
    )


def flood(place: Place, count: int) -> Row:
    """So many mails lie there when it starts, half of them answers. The whole command, none of its waits shortened."""
    answers = place.write(count // 2)
    others = (NEWS, AWAY)
    noise = [others[n % 2] % {b"number": n, b"words": WORDS} for n in range(count - len(answers))]
    place.put([each for pair in zip((a.raw for a in answers), noise, strict=True) for each in pair])
    began = time.monotonic()
    with running(place) as process:
        waited(lambda: place.taken() >= len(answers) or process.poll() is not None, 60 + count / 10)
        waited(lambda: not place.left() and not place.owed(), 30)
        took, cpu, peak = (
            time.monotonic() - began,
            cpu_s(process.pid),
            memory_mb(process.pid, "VmHWM"),
        )
    seen = place.look()
    notes = (
        f"{count / took:.0f} mails a second, {cpu / count * 1000:.1f} ms of CPU a mail, {peak:.0f} MB at most (bar: {MEMORY_MB})",
    )
    return row(
        f"{count:,} mails at once, half of them answers",
        count,
        seen,
        f"{took:.0f} s, all of them",
        good=peak < MEMORY_MB,
        notes=notes,
    )


@contextmanager
def running(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    """`mailbot run` as the operator starts it."""
    command = [
        sys.executable,
        "-m",
        "mailbot",
        "--config",
        str(place.folder / "config.toml"),
        "--verbose",
        "run",
    ]
    with place.log.open("ab") as log:
        process = subprocess.Popen(
            command, cwd=place.folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=log
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(END_S)


def rows(ground: Ground, times: int, mails: int) -> Iterator[Row]:
    with ground.place(series=times * BATCH // 2) as place:
        yield two(place, times)
    with ground.place(series=mails // 4) as place:
        yield flood(place, mails)
