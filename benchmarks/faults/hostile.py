"""Mails that nobody should send: foreign ones and our own, mutated, each to a named outcome in bounded time and memory."""

from __future__ import annotations

import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.oracle import Log
from benchmarks.faults.table import Row
from mailbot.meeting.model import Cadence, Person
from mailbot.testing import Got, House, answer
from tests.unit.inbound.unquote.test_robust import mutated

ROOT = Path(__file__).parents[2]
FOREIGN = ROOT.parent / "shared" / "corpus" / "robustness"
OURS = (ROOT / "tests" / "mails" / "clients", ROOT / "tests" / "mails" / "cases")
LONGEST_S, MEMORY_MB, GROWTH_MB = 1.0, 200, 50
EVERY = 40  # after so many, a good mail must still be read at once
START = datetime(2026, 3, 3, 9, tzinfo=UTC)  # a Tuesday, two days before the meetings
VOUCHED = b"Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example\r\n"
FIELD = re.compile(
    rb"[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*"
)  # of a header, with its folded lines


def mails(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("**/*.eml"))]


def house(folder: Path, series: int) -> House:
    """So many pairs who have just been asked."""
    made = House(START, folder)
    made.pairs(
        *(
            (
                Person(f"ana.{n}@corp.example", "Ana Silva"),
                Person(f"ben.{n}@corp.example", "Ben Ito"),
                Cadence(3, clock_time(15), "UTC"),
            )
            for n in range(series)
        )
    )
    made.work()
    return made


def addressed(raw: bytes, mail: Got) -> bytes:
    """The same body and MIME headers, as an answer to this mail of ours: so that it is read to the end."""
    head, blank, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    kept = [
        field
        for field in FIELD.findall(head + b"\n")
        if field.lower().startswith((b"content-", b"mime-"))
    ]
    ours = answer(mail, mail.recipient, "", START).partition(b"\r\n\r\n")[0].replace(b"\r\n", b"\n")
    named = [
        field
        for field in FIELD.findall(ours + b"\n")
        if not field.lower().startswith((b"content-", b"mime-"))
    ]
    return b"".join([*named, *kept]).rstrip(b"\n") + blank + body


@dataclass
class Ordeal:
    """A whole mailbot that takes one such mail after the other, and good ones in between."""

    house: House
    room_mb: float  # what the process may have held at most when all is read
    slowest_s: float = 0.0  # of CPU: reading, deciding, storing and answering
    unheard: int = 0  # good mails that were not applied
    outcomes: Counter[str] = field(default_factory=Counter)

    def take(self, number: int, raw: bytes) -> None:
        self.house.clock.at = START + timedelta(seconds=number)
        began = time.process_time()
        self.outcomes[self.house.receive(VOUCHED + raw, vouched=False).outcome] += 1
        self.slowest_s = max(self.slowest_s, time.process_time() - began)

    def good_mail(self, mail: Got) -> None:
        entry = self.house.answers(mail, mail.recipient, "- how I am read among all this")
        self.unheard += entry.outcome != "applied"

    def broken(self) -> Counter[str]:
        """Readers that raised what they should not; the product sets such a mail aside, here it is a failure."""
        return Counter(
            entry.reason
            for entry in self.house.outcomes
            if entry.reason.startswith("broke its reader")
        )


def run(count: int, log: Log) -> Row:
    foreign = mails(FOREIGN) if FOREIGN.is_dir() else []
    with TemporaryDirectory() as folder, log.listening():
        # Within a process that is large already, as a whole test run is, only what is added counts.
        ordeal = Ordeal(
            house(Path(folder), series=count // EVERY + 2), max(MEMORY_MB, peak_mb() + GROWTH_MB)
        )
        asked, good = ordeal.house.tray.mails[:2], ordeal.house.tray.mails[2:]
        base = [*foreign, *(each for where in OURS for each in mails(where))]
        for number, raw in enumerate(mutated(base, count)):
            ordeal.take(number, addressed(raw, asked[number // 2 % 2]) if number % 2 else raw)
            if number % EVERY == 0:
                ordeal.good_mail(good[number // EVERY])
    return judged(ordeal, count, len(foreign))


def judged(ordeal: Ordeal, count: int, foreign: int) -> Row:
    broken = ordeal.broken()
    outcomes = ", ".join(f"{name} {times}" for name, times in ordeal.outcomes.most_common())
    return Row(
        "mutated mails, each to an outcome; a good one among every 40",
        count,
        ordeal.unheard,
        good=ordeal.slowest_s < LONGEST_S and not broken and peak_mb() < ordeal.room_mb,
        notes=(
            f"worst {ordeal.slowest_s:.2f} s of CPU (bar: {LONGEST_S:.0f}); {peak_mb():.0f} MB at most, this program included",
            f"every second one made an answer to a mail of ours; outcomes: {outcomes}",
            f"{foreign} foreign mails among the bases"
            if foreign
            else "no foreign mails beside the project: ours alone",
            *(f"{reason}: {times} times" for reason, times in broken.items()),
        ),
    )


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rows(count: int, log: Log) -> Iterator[Row]:
    yield run(count, log)
