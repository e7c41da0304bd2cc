"""Holds: a room imports only the rooms below it, the pure rooms touch nothing outside, and the
picture of both is true.

The rooms keep the core pure and the order of the path readable. Every room and every top module has
a rule here; one without fails. Imports inside functions and for types count like all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.kit.tree import BY_NAME, MODULES, ROOT, TOP, inside, name_of, outside

CORE = {"errors", "address", "meeting"}
WORDS = CORE | {"languages", "threads"}
READ = WORDS | {"inbound.message", "inbound.triage", "inbound.unquote", "inbound.understand"}
EDGES = {"store", "store.files", "store.open", "transport", "transport.imap"}
ROOMS = READ | EDGES | {"outbound"}
SERVICE = {"service.intake", "service.step", "service.people", "service.delivery"} | {
    "service.operations"
}
ALL = ROOMS | SERVICE | {"service.app", "service.runtime", "config"}

MAY_SEE: Mapping[str, set[str]] = {
    "errors": set(),
    "address": {"errors"},
    "meeting": {"errors", "address"},
    "languages": CORE,
    "threads": CORE | {"languages"},
    "inbound": set(),
    "inbound.message": WORDS,
    "inbound.triage": WORDS | {"inbound.message"},
    "inbound.unquote": WORDS | {"inbound.message"},
    "inbound.understand": WORDS | {"inbound.message", "inbound.unquote"},
    "outbound": WORDS,
    "store": CORE,
    "store.files": CORE | {"store"},
    "store.open": CORE | {"store", "store.files"},
    "transport": CORE - {"meeting"},
    "transport.imap": {"errors", "address", "transport"},
    "service.intake": ROOMS,
    "service.step": ROOMS | {"service.intake"},
    "service.people": ROOMS | {"service.intake", "service.step"},
    "service.operations": ROOMS | {"service.intake", "service.step", "service.people"},
    "service.delivery": ROOMS | SERVICE - {"service.delivery"},
    "service.app": ROOMS | SERVICE,
    "service.runtime": ALL,
    "service": set(),
    "config": CORE | {"languages"},
    "commands": ALL | {"demo", "commands.terminal"},
    "commands.terminal": {"errors"},
    "demo": ALL | {"testing", "commands.terminal"},
    "testing": ALL,
}
PURE = ("meeting", "inbound", "threads", "outbound", "languages", "address")
OUTSIDE_PURE = {
    *("socket", "smtplib", "imaplib", "os", "pathlib", "time", "random", "secrets", "subprocess"),
    *("threading", "tinydb", "psycopg", "apscheduler", "imapclient", "aiosmtpd"),
}
RUNNERS = {"", "__main__"}
TOP_NAMES_AT_MOST = 14
FILES_AT_MOST = 20
PICTURE = TOP / "docs" / "rooms.md"


def room(name: str) -> str:
    """Find the closest rule: "store.files.disk" -> "store.files"."""
    parts = name.split(".")
    names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((found for found in names if found in MAY_SEE), "")


NAMED = [pytest.param(path, id=name_of(path)) for path in MODULES if name_of(path) not in RUNNERS]


@pytest.mark.parametrize("path", NAMED)
def test_a_room_imports_only_the_rooms_below_it(path: Path) -> None:
    here = room(name_of(path))
    assert here, f"{name_of(path)} lies in no room that has a rule"
    strange = {name for name in inside(path) if room(name) not in MAY_SEE[here] | {here}}
    assert not strange, f"{here} must not see {sorted(strange)}"


@pytest.mark.parametrize("path", [p for p in NAMED if str(p.id).split(".")[0] in PURE])
def test_a_pure_room_touches_nothing_outside(path: Path) -> None:
    assert not outside(path) & OUTSIDE_PURE


def test_every_room_and_every_top_module_has_a_rule() -> None:
    tops = {name.split(".")[0] for name in BY_NAME} - RUNNERS
    folders = {name_of(path) for path in MODULES if path.name == "__init__.py"} - RUNNERS
    assert tops <= {rule.split(".")[0] for rule in MAY_SEE}
    assert {folder.split(".")[0] for folder in folders} <= tops
    assert set(MAY_SEE) <= set(BY_NAME), "a rule for a room that is not there"


def test_neither_modules_nor_rooms_import_each_other_in_a_circle() -> None:
    assert in_a_circle({name: {*inside(path)} for name, path in BY_NAME.items()}) == set()
    assert in_a_circle(rooms()) == set()


def in_a_circle(sees: Mapping[str, set[str]]) -> set[str]:
    """Take away what sees nothing that is left, or is seen by nothing; what stays is in a circle."""
    left = {here: {*others} for here, others in sees.items()}
    while True:
        seen = {other for others in left.values() for other in others}
        stays = {h: o & left.keys() for h, o in left.items() if h in seen and o & left.keys()}
        if stays == left:
            return {*left}
        left = stays


def rooms() -> dict[str, set[str]]:
    """Give the rooms that each room imports."""
    sees: dict[str, set[str]] = {}
    for name, path in BY_NAME.items():
        if here := room(name):
            sees.setdefault(here, set()).update(room(other) for other in inside(path))
    return {here: others - {here, ""} for here, others in sees.items()}


def test_the_top_and_every_folder_can_be_read_at_a_glance() -> None:
    shown = [p for p in ROOT.iterdir() if not p.name.startswith(("__", "py.typed", "."))]
    names = {p.name for p in shown if p.is_file() or list(p.rglob("*.py"))}
    assert len(names) <= TOP_NAMES_AT_MOST, sorted(names)
    folders = {path.parent for path in MODULES}
    crowded = {str(f.relative_to(ROOT)): len([*f.glob("*.py")]) for f in folders}
    assert max(crowded.values()) <= FILES_AT_MOST, crowded


def test_the_picture_of_the_rooms_is_true() -> None:
    """Draws docs/rooms.md from the imports; fails where the one that is kept differs."""
    drawn = picture()
    if PICTURE.read_text("utf8") != drawn:
        PICTURE.write_text(drawn, "utf8")
        pytest.fail("docs/rooms.md was not true any more; it is redrawn, commit it")


def picture() -> str:
    """Draw an arrow from each room to the rooms it imports, less those it reaches through others."""
    sees = rooms()
    arrows = (f"    {a} --> {b}" for a in sorted(sees) for b in sorted(_direct(a, sees)))
    lines = [
        "# Who imports whom",
        "",
        "Drawn by `tests/test_rooms.py` from the imports of every module. An arrow is left out where a",
        "longer path implies it; nothing points upwards, and there is no circle.",
        "",
        "```mermaid",
        "graph TD",
        *arrows,
        "```",
    ]
    return "\n".join(lines) + "\n"


def _direct(here: str, sees: Mapping[str, set[str]]) -> set[str]:
    return {b for b in sees[here] if not any(b in _reach(c, sees) for c in sees[here] - {b})}


def _reach(here: str, sees: Mapping[str, set[str]], seen: frozenset[str] = frozenset()) -> set[str]:
    further = (_reach(b, sees, seen | {here}) for b in sees.get(here, ()) if b not in seen)
    return sees.get(here, set()).union(*further)
