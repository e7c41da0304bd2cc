"""Holds: the rows of `make faults`, with small numbers, pass, and what judges them sees every loss,
double and leak that it should.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.faults import clocks, crowd, disk, hostile, kills, servers, whispers
from benchmarks.faults.oracle import Answer, Log, leaks, traces
from benchmarks.faults.place import Ground, ground
from benchmarks.faults.table import Row, lines, not_run
from mailbot.service.runtime.clock import now
from mailbot.testing import answer
from tests.conftest import NO_DOVECOT
from tests.kit.cases import case
from tests.kit.servers import Sink, dovecot_binary

# ---- the oracle ----


@pytest.fixture(scope="module")
def shared() -> Iterator[Ground]:
    if dovecot_binary() is None:
        pytest.skip(NO_DOVECOT)
    with ground() as prepared:
        yield prepared


def test_the_oracle_misses_what_never_arrived_and_sees_what_came_twice(shared: Ground) -> None:
    with shared.place(series=2) as place:
        first, second, _ = place.write(3)
        again = answer(place.asked[0], first.author, f"- {first.key}, once more", now())
        place.put([first.raw, second.raw, first.raw, again])
        place.begin()
        seen = place.finish(count=2)
    assert (seen.lost, seen.unanswered, seen.left) == (1, 1, 0), "the third was never delivered"
    assert seen.doubled == 1, "the first said its words in two mails"
    assert dict(seen.outcomes) == {"applied": 3, "duplicate": 1}


ANA, BEN = "ana@corp.example", "ben@corp.example"
OURS = "From: mailbot@corp.example\r\nMessage-ID: <a@corp.example>\r\n"


def test_the_oracle_sees_a_leak_however_it_is_encoded() -> None:
    secret = Answer(0, ANA, "zebra00000q", "velvet00000q", b"")
    hidden = "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+dmVsdmV0MDAwMDBxPC9wPg==\r\n"
    sink = Sink(
        0,
        [
            ("", ANA, f"{OURS}\r\nvelvet00000q".encode()),
            ("", BEN, f"{OURS}\r\nzebra00000q".encode()),
        ],
    )
    assert not list(leaks([secret], sink))
    sink.mails.append(("", BEN, f"{OURS}{hidden}".encode()))
    assert set(leaks([secret], sink)) == {("velvet00000q", BEN)}


def test_the_oracle_reads_logs(tmp_path: Path) -> None:
    answers = [Answer(0, ANA, "zebra00000q", "velvet00000q", b"")]
    (tmp_path / "log").write_text("mail action=applied series=abcdefgh\n")
    assert not traces(tmp_path / "log", answers)
    (tmp_path / "log").write_text(f"refused: 550 <{ANA}> velvet00000q\n")
    assert traces(tmp_path / "log", answers) == {ANA.encode(), b"velvet00000q"}


# ---- the table ----

GOOD = Row("something was done", 10, 0, 0, 1, "0.50 s", allowed=1)


BAD = {
    "lost": replace(GOOD, lost=1),
    "doubled": replace(GOOD, doubled=1),
    "twice": replace(GOOD, twice=2),
    "slow": replace(GOOD, good=False),
}


@pytest.mark.parametrize("why", BAD)
def test_a_row_fails_for_each_of_its_reasons(why: str) -> None:
    assert GOOD.passed
    assert not BAD[why].passed
    assert next(iter(lines(BAD[why]))).endswith("FAIL")


def test_a_row_that_could_not_run_says_why() -> None:
    head, why = lines(not_run("kills", "Dovecot is not installed"))
    assert head.endswith("not run")
    assert why == "    Dovecot is not installed"


def test_rows_add_up() -> None:
    total = GOOD + replace(GOOD, lost=2, recovered="1.50 s", notes=("so",))
    assert (total.times, total.lost, total.twice, total.allowed, total.recovered) == (
        20,
        2,
        2,
        2,
        "1.50 s",
    )
    assert total.notes == ("so",)


# ---- the rows, short ----

ROWS: dict[str, tuple[int, Callable[..., Row]]] = {
    "random kills": (10, lambda place: kills.random_moments(place, kills=6, answers=20)),
    "a kill for every reply": (10, lambda place: kills.every_reply(place, answers=20)),
    "renumbered": (
        20,
        lambda place: servers.imap(
            place, "IMAP server comes back with a new UIDVALIDITY", rounds=1
        ),
    ),
    "4yz": (
        20,
        lambda place: servers.smtp(place, "SMTP server answers 4yz to the final dot", times=3),
    ),
    "closed, kept": (
        20,
        lambda place: servers.smtp(
            place, "SMTP server closes after the final dot, mail kept", times=3
        ),
    ),
    "5yz": (20, lambda place: servers.refused(place, times=3)),
    "silence and 4yz": (20, lambda place: servers.in_turn(place, mails=3)),
    "too busy": (20, lambda place: servers.busy(place, times=3)),
    "no room": (10, lambda place: disk.suffer(place, "no room", disk.limited, rounds=1)),
    "two processes": (10, lambda place: crowd.two(place, times=1)),
    "a flood": (25, lambda place: crowd.flood(place, count=100)),
}


@case(65, 67, 80, 84, 85, 86, 87, 89)
@pytest.mark.parametrize("name", ROWS)
def test_a_row_on_real_servers(shared: Ground, name: str) -> None:
    series, run = ROWS[name]
    with shared.place(series) as place:
        row = run(place)
    assert row.passed, "\n".join(lines(row))


def test_clock_changes() -> None:
    assert [row.passed for row in clocks.changes()] == [True, True]


def test_mutated_mails_and_whispers() -> None:
    log = Log()
    rows = [*hostile.rows(200, log), *whispers.rows(3, 2, log, [])]
    assert all(row.passed for row in rows), "\n".join(line for row in rows for line in lines(row))
    assert log.text.count(b"action=applied") > 20
    assert min(row.times for row in rows) > 20
