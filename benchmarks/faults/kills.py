"""kill -9: at random moments, at every durable write, and at every call of the disk."""

from __future__ import annotations

import itertools
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.faults.life import POLL_S
from benchmarks.faults.place import POLLS, Ground, Place, waited
from benchmarks.faults.table import NOTHING, Row, row
from mailbot.store.codec import loads

WRITES = (
    10  # calls of the disk that one reply causes: 5 of its commit, 5 lines that say how far it came
)
ONCE_A_MAIL = "each mail kills one life: over which two have died, that is set aside, as it should"
WORK_S = 0.08  # on a few mails, after a start


def random_moments(place: Place, kills: int, answers: int) -> Row:
    """One run, in which answers keep coming; each life ends at a random moment, while it starts or over some answer."""
    chance = random.Random(20261122)
    each = answers // (kills + 1)
    place.post(answers - kills * each)
    place.begin()
    start_s = waited(lambda: place.taken() > 0, 30)
    for _ in range(kills):
        place.post(each)
        if not place.lives.alive:
            place.begin()
        time.sleep(chance.uniform(0, start_s + WORK_S))
        waited(lambda: not dying(place.folder), 5)
        place.lives.kill()
    return verdict(place, f"kill -9 at random moments of a run of {answers} replies", kills)


def dying(folder: Path) -> bool:
    """Whether a mail is in hand over which a reader has died before: a second death would set it aside, as it should."""
    try:
        begun = loads((folder / "data/reading").read_bytes().partition(b"\n")[0] or b"{}")
    except (OSError, ValueError):
        return False
    return max(begun.values(), default=0) > 1


def every_reply(place: Place, answers: int) -> Row:
    """One run; each life dies over another reply, at each of the calls of the disk in turn, every second torn."""
    place.post(answers)
    kills = 0
    while place.taken() < answers and kills < 2 * answers:
        place.begin(dies_at=1 + kills % WRITES, torn=bool(kills // WRITES % 2))
        if not die(place):
            break
        kills += 1
    total = verdict(
        place, f"kill -9 at a write of every reply of a run of {answers}, each write in turn", kills
    )
    return replace(total, notes=(*total.notes, ONCE_A_MAIL))


def die(place: Place) -> bool:
    """Whether this life was killed by its disk. It goes on when nothing is left that could kill it."""
    waited(lambda: place.lives.ended(0.02) or place.taken() >= len(place.answers), 30)
    died = place.lives.ended(0.2)
    if died and place.lives.code != -signal.SIGKILL:
        raise RuntimeError(f"a life ended with {place.lives.code}, and not by its fault")
    return died


def every_call(ground: Ground, answers: int) -> Row:
    """Many runs; the first dies at the first call of the disk, and so on, each whole and torn; then each is finished."""
    total, kills = NOTHING, 0
    for torn in (False, True):
        for nth in itertools.count(1):
            with ground.place(answers) as place:
                place.post(answers)
                place.begin(dies_at=nth, from_the_start=True, torn=torn)
                died = die(place)
                kills += died
                total += verdict(place, "", 1)
            if not died:
                break
    note = tuple(dict.fromkeys(total.notes))
    return replace(
        total,
        notes=note,
        what=f"kill -9 at every call of the disk of a run of {answers} replies, whole and torn",
        times=kills,
        allowed=kills,
    )


def verdict(place: Place, what: str, kills: int) -> Row:
    """A last life, undisturbed, does what is left: how long until it had."""
    place.lives.kill()
    owed = len(place.answers) - place.taken()
    place.begin()
    took = place.settle()
    seen = place.finish()
    recovered = f"{took:.1f} s, the last {owed}" if owed else "-"
    in_time = took <= POLLS * POLL_S
    notes = (
        f"{seen.copies} copies of one mail at most, byte for byte the same: the server had it, we died before we heard so",
    )
    return row(
        what,
        kills,
        seen,
        recovered,
        allowed=kills,
        good=in_time,
        notes=notes if seen.copies > 1 else (),
    )


def rows(ground: Ground, kills: int, answers: int, few: int) -> Iterator[Row]:
    """Two answers a person at most: more receipts than five a day are not sent."""
    with ground.place(series=answers // 2) as place:
        yield random_moments(place, kills, answers)
    with ground.place(series=answers // 2) as place:
        yield every_reply(place, answers)
    yield every_call(ground, few)
