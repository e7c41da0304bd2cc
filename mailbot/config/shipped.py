"""What comes with mailbot beside its code: the templates and the sample config."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mailbot.config.words import nearest
from mailbot.errors import OperatorError

PACKAGE = Path(__file__).parent.parent
SUFFIXES = (".txt", ".html")
NAMED = re.compile(r"templates/([^\s:,]+)")


def shipped(name: str) -> Path:
    """Find a shipped file or folder: inside the package when installed from the wheel, beside it in
    a checkout."""
    inside, beside = PACKAGE / name, PACKAGE.parent / name
    return inside if inside.exists() else beside


def template_sources(own: Path | None = None) -> dict[str, str]:
    """Read template texts by name ("en/agenda.txt"); files in the operator's folder replace the
    shipped ones."""
    sources = _texts(shipped("templates"))
    if own is None:
        return sources
    if not own.is_dir():
        raise OperatorError(
            f"[templates] folder: {own} is no folder; make it, or leave the key out."
        )
    _refuse_ways_out(own)
    return sources | _texts(own)


def naming(sentence: str, own: Path | None) -> str:
    """Put the path of the operator's file into a sentence about "templates/en/agenda.txt", if it is
    theirs."""
    found = NAMED.match(sentence)
    if own is None or found is None or not (own / found[1]).is_file():
        return sentence
    return f"{own / found[1]}{sentence[found.end() :]}"


def strangers(own: Path) -> Iterator[tuple[str, str]]:
    """Find files of the operator's that replace nothing, each with the name that was probably
    meant, or ""."""
    ours = {name for name, _ in _files(shipped("templates"))}
    words = {name.partition("/")[2] for name in ours if "/" in name}
    for path in sorted(own.rglob("*")):
        name = path.relative_to(own).as_posix()
        language = name.partition("/")[0] if "/" in name else "en"
        known = {f"{language}/{word}" for word in words} | ours
        hidden = path.name.startswith(".")
        if path.is_file() and not hidden and name not in known:
            yield name, nearest(name, known)


def _refuse_ways_out(own: Path) -> None:
    """Refuse a link out of the folder: /etc/passwd would be mailed. Links within it are how some
    systems mount it (Kubernetes)."""
    for name, path in _files(own):
        if not path.resolve().is_relative_to(own.resolve()):
            raise OperatorError(
                f"[templates] folder: {name} leads out of {own}; put the file there instead of a "
                "link."
            )


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return [(path.relative_to(folder).as_posix(), path) for path in found]


def _texts(folder: Path) -> dict[str, str]:
    return {name: _text(path) for name, path in _files(folder)}


def _text(path: Path) -> str:
    try:
        return path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(
            f"The template {path} cannot be read; it must be a readable file in UTF-8."
        ) from error
