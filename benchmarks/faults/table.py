"""One row for each thing that was done, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from benchmarks.faults.oracle import Seen

HEAD = ("what was done", "times", "lost", "applied twice", "sent twice", "recovered in", "verdict")
WIDTHS = (66, 7, 6, 14, 11, 26, 8)


@dataclass(frozen=True)
class Row:
    """What was done, how often, and what became of it. None: the column has no meaning here."""

    what: str
    times: int
    lost: int | None = None  # words that no series has, or answers that nobody got
    doubled: int | None = None  # words that a series has twice, or two answers to one mail
    twice: int | None = None  # the same mail, by its Message-ID, taken by the server twice
    recovered: str = "-"
    allowed: int = 0  # of `twice`: the server had said nothing, or we had died before we heard it
    good: bool = True  # what else this row demands
    notes: tuple[str, ...] = ()
    ran: bool = True

    @property
    def passed(self) -> bool:
        exact = not self.lost and not self.doubled
        return self.good and exact and (self.twice or 0) <= self.allowed

    @property
    def verdict(self) -> str:
        if not self.ran:
            return "not run"
        return "pass" if self.passed else "FAIL"

    def __add__(self, other: Row) -> Row:
        """Both were done; the words of the first."""
        return replace(
            self,
            times=self.times + other.times,
            lost=sum_of(self.lost, other.lost),
            doubled=sum_of(self.doubled, other.doubled),
            twice=sum_of(self.twice, other.twice),
            recovered=max(self.recovered, other.recovered, key=seconds),
            allowed=self.allowed + other.allowed,
            good=self.good and other.good,
            notes=(*self.notes, *other.notes),
        )


NOTHING = Row("", 0)


def sum_of(*counts: int | None) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def seconds(recovered: str) -> float:
    """The figure that a text begins with."""
    figure = recovered.partition(" ")[0]
    return float(figure) if figure.replace(".", "").isdecimal() else -1


def row(  # noqa: PLR0913 - the columns of the table, most of them by name
    what: str,
    times: int,
    seen: Seen,
    recovered: str = "-",
    *,
    allowed: int = 0,
    good: bool = True,
    notes: tuple[str, ...] = (),
) -> Row:
    """What the oracle saw, as a row."""
    return Row(
        what,
        times,
        seen.lost + seen.unanswered,
        seen.doubled + seen.answered_twice,
        seen.sent_twice,
        recovered,
        allowed=allowed,
        good=good and seen.clean,
        notes=(*seen.notes, *notes),
    )


def not_run(what: str, why: str) -> Row:
    return Row(what, 0, notes=(why,), ran=False)


def heading() -> str:
    return _line(HEAD)


def lines(row: Row) -> Iterable[str]:
    counts = (
        "-" if count is None else f"{count:,}" for count in (row.lost, row.doubled, row.twice)
    )
    yield _line((row.what, f"{row.times:,}", *counts, row.recovered, row.verdict))
    yield from (f"    {note}" for note in row.notes)


def _line(cells: Iterable[str]) -> str:
    first, *rest = zip(cells, WIDTHS, strict=True)
    return " ".join(
        [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
    ).rstrip()
