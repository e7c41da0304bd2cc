"""`make cases`: which test proves which acceptance case, and why the rest is not proved. Exit code 1 if one is forgotten."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.kit.cases import CASES, NOT_COVERED, PARTLY

TESTS = Path(__file__).parent.parent / "tests"
_ROW = re.compile(r"case (\d{1,3})\b|cases (\d{1,3}(?:(?:, | and )\d{1,3}){1,20})\b")


def covered(folder: Path = TESTS) -> dict[int, list[str]]:
    """Number -> the tests that carry it. Read from the sources: nothing is imported, nothing is run."""
    found: dict[int, list[str]] = {number: [] for number in CASES}
    for path in sorted(
        set(folder.rglob("test_*.py")) - {folder / "test_cases.py"}
    ):  # that one only speaks of cases
        for number, line in _carried(ast.parse(path.read_text("utf-8"))):
            found.setdefault(number, []).append(f"{path.relative_to(folder.parent)}:{line}")
    return found


def _carried(tree: ast.Module) -> Iterator[tuple[int, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_case(node.func):
            numbers = [each.value for each in node.args if isinstance(each, ast.Constant)]
            yield from ((number, node.lineno) for number in numbers if isinstance(number, int))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from ((number, node.lineno) for number in _of_a_row(node.value))


def _is_case(called: ast.expr) -> bool:
    return isinstance(called, ast.Name) and called.id == "case"


def _of_a_row(words: str) -> Iterator[int]:
    """Cases in the id of a row of a table."""
    row = _ROW.match(words)
    if row:
        yield from map(int, re.findall(r"\d+", row[1] or row[2]))


def main() -> int:
    found = covered()
    forgotten = [
        number for number, tests in found.items() if not tests and number not in NOT_COVERED
    ]
    for number, title in CASES.items():
        tests = found[number]
        said = (
            ", ".join(tests)
            if tests
            else "not covered: " + NOT_COVERED.get(number, "nobody says why")
        )
        print(f"{number:>3}  {title}\n     {said}")
        if number in PARTLY:
            print(f"     but {PARTLY[number]}")
    print(f"\n{sum(map(bool, found.values()))} of {len(CASES)} covered, {len(forgotten)} forgotten")
    return 1 if forgotten else 0


if __name__ == "__main__":
    sys.exit(main())
