"""Slips of the fingers: which known word somebody meant."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 14


def nearest(word: str, known: Iterable[str], *, letters: int, swaps_only: bool = False) -> str:
    """Find the one known word a single slip away, or "". `letters`: the shortest word worth
    guessing at.

    A slip is a letter missing, too many, wrong, or two swapped. With `swaps_only` a wrong letter
    is no slip: it makes another word (ship is not skip). Two known words equally near are no
    guess.
    """
    if not 2 < len(word) <= LONGEST:
        return ""
    found = {
        other
        for other in known
        if len(other) >= letters and _one_slip(word, other, swaps_only=swaps_only)
    }
    return found.pop() if len(found) == 1 else ""


def close_to(word: str, known: Iterable[str], *, letters: int) -> bool:
    """Tell whether the word is a single slip away from one of these, no matter which."""
    if not 2 < len(word) <= LONGEST:
        return False
    return any(
        len(other) >= letters and _one_slip(word, other, swaps_only=False) for other in known
    )


def _one_slip(word: str, other: str, *, swaps_only: bool) -> bool:
    """Tell whether one letter is missing, too many, wrong, or two are swapped."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    start = _shared(word, other)
    left, right = word[start:], other[start:]
    if len(left) == len(right):
        if left[2:] == right[2:] and left[:2] == right[1::-1]:
            return True
        return not swaps_only and start > 0 and left[1:] == right[1:]
    return left[1:] == right if len(left) > len(right) else left == right[1:]


def _shared(word: str, other: str) -> int:
    """Count the letters at the start that are the same."""
    return next(
        (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
        min(len(word), len(other)),
    )
