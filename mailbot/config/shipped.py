"""What comes with mailbot beside its code: the templates and the sample config."""

from __future__ import annotations

from pathlib import Path

from mailbot.errors import OperatorError

PACKAGE = Path(__file__).parent.parent
SUFFIXES = (".txt", ".html")


def shipped(name: str) -> Path:
    """A shipped file or folder: inside the package when installed from the wheel, beside it in a checkout."""
    inside, beside = PACKAGE / name, PACKAGE.parent / name
    return inside if inside.exists() else beside


def template_sources(own: Path | None = None) -> dict[str, str]:
    """Template texts by name ("en/agenda.txt"); files in the operator's folder replace the shipped ones."""
    if own is not None and not own.is_dir():
        raise OperatorError(f"[templates] folder: {own} is no folder; make it, or leave the key out.")
    folders = [shipped("templates"), *([own] if own else [])]
    return {name: _text(path) for folder in folders for name, path in _files(folder)}


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return [(path.relative_to(folder).as_posix(), path) for path in found]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"The template {path} cannot be read; it must be a readable file in UTF-8.") from error
