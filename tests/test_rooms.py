"""Who may import whom. The rooms are what keeps the core pure; this test is the wall."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "mailbot"
PURE = ("meeting", "mail", "address")
OUTSIDE = {
    "socket",
    "smtplib",
    "imaplib",
    "os",
    "pathlib",
    "time",
    "random",
    "tinydb",
    "psycopg",
    "apscheduler",
    "secrets",
    "subprocess",
    "threading",
    "imapclient",
    "aiosmtpd",
}
MAY_SEE = {
    "errors": set(),
    "meeting": {"errors"},
    "address": set(),
    "mail": {"errors", "address", "meeting"},
    "store": {"errors", "meeting"},
    "transport": {"errors", "address"},
    "clock": {"errors"},
    "config": {"errors", "address", "meeting"},
}


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
    return found


MODULES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    here = room(path)
    seen = {name.split(".")[1] for name in imports(path) if name.startswith("mailbot.")} - {here}
    if here in MAY_SEE:
        assert seen <= MAY_SEE[here], f"{path.name} imports {sorted(seen - MAY_SEE[here])}"


@pytest.mark.parametrize(
    "path", [p for p in MODULES if room(p) in PURE], ids=lambda p: str(p.relative_to(ROOT))
)
def test_a_pure_room_touches_nothing_outside(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & OUTSIDE


def test_every_module_is_looked_at() -> None:
    assert {room(p) for p in MODULES} >= {*PURE, "store", "transport"}
