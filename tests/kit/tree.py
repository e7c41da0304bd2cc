"""The tree of mailbot/ as the tests of its order see it: modules, rooms and imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TOP = Path(__file__).parents[2]
ROOT = TOP / "mailbot"
MODULES = tuple(sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT / "__pycache__"))


def name_of(path: Path) -> str:
    """Give the dotted name without "mailbot.": "store.files.disk"; "" for the package itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


BY_NAME = {name_of(path): path for path in MODULES}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf8"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def outside(path: Path) -> frozenset[str]:
    """Give the first words of what a module imports from elsewhere."""
    return frozenset(name.split(".")[0] for name in _imports(path)) - {"mailbot"}


@cache
def inside(path: Path) -> frozenset[str]:
    """Give the modules of mailbot that a module imports: at its top, in functions, for types."""
    names = {
        name.removeprefix("mailbot.") for name in _imports(path) if name.startswith("mailbot.")
    }
    return frozenset(name for name in names if name in BY_NAME) - {name_of(path)}
