"""Holds: every numbered acceptance case is proved by a test or has a reason why not."""

from pathlib import Path

import pytest

from benchmarks.cases import covered
from tests.kit.cases import CASES, NOT_COVERED, PARTLY, case


def test_the_cases_are_numbered_without_a_gap() -> None:
    assert list(CASES) == list(range(1, 121))


FOUND = covered()


@pytest.mark.parametrize("number", CASES)
def test_a_case_is_covered_or_explained(number: int) -> None:
    assert FOUND[number] or NOT_COVERED.get(number), (
        f"nobody proves case {number} ({CASES[number]})"
    )


@pytest.mark.parametrize("number", PARTLY)
def test_what_is_said_to_be_there_in_part_is_there_in_part(number: int) -> None:
    assert FOUND[number]


def test_a_number_that_does_not_exist_is_refused() -> None:
    with pytest.raises(AssertionError):
        case(121)


def test_both_ways_of_carrying_a_number_are_found(tmp_path: Path) -> None:
    source = '@case(3, 4)\ndef test_one(): ...\nrows = ["case 7 100 parts", "cases 8, 9 and 10 three", "in case 11"]\n'
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(source)
    found = covered(tmp_path / "tests")
    assert sorted(number for number, tests in found.items() if tests) == [3, 4, 7, 8, 9, 10]
    assert found[3] == ["tests/test_x.py:1"]
