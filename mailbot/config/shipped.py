"""What comes with mailbot beside its code: the templates and the sample config."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mailbot.config.words import nearest
from mailbot.errors import OperatorError

PACKAGE = Path(__file__).parent.parent
SUFFIXES = (".txt", ".html")


def shipped(name: str) -> Path:
    """A shipped file or folder: inside the package when installed from the wheel, beside it in a
    checkout."""
    inside, beside = PACKAGE / name, PACKAGE.parent / name
    return inside if inside.exists() else beside


def template_sources(own: Path | None = None) -> dict[str, str]:
    """Template texts by name ("en/agenda.txt"); files in the operator's folder replace the
    shipped ones."""
    if own is not None and not own.is_dir():
        raise OperatorError(
            f"[templates] folder: {own} is no folder; make it, or leave the key out."
        )
    if own is not None:
        _refuse_ways_out(own)
    folders = [shipped("templates"), *([own] if own else [])]
    return {name: _text(path) for folder in folders for name, path in _files(folder)}


def naming(sentence: str, own: Path | None) -> str:
    """A sentence about "templates/en/agenda.txt" with the path of the operator's file, if it is
    theirs."""
    name = (sentence.removeprefix("templates/").split() or [""])[0].rstrip(":,")
    if own is None or name == sentence or not (own / name).is_file():
        return sentence
    return sentence.replace(f"templates/{name}", str(own / name), 1)


def strangers(own: Path) -> Iterator[tuple[str, str]]:
    """Files of the operator's that replace nothing, each with the name that was probably meant,
    or ""."""
    ours = {name for name, _ in _files(shipped("templates"))}
    words = {name.partition("/")[2] for name in ours if "/" in name}
    for path in sorted(own.rglob("*")):
        language, _, word = (name := path.relative_to(own).as_posix()).partition("/")
        known = {f"{language}/{each}" for each in words} | ours
        if path.is_file() and name not in known and not path.name.startswith("."):
            yield (
                name,
                nearest(name, known)
                if word
                else nearest(name, {f"en/{each}" for each in words} | ours),
            )


def _refuse_ways_out(own: Path) -> None:
    """A link to /etc/passwd would be mailed. Links within the folder are how some systems mount
    it (Kubernetes)."""
    for name, path in _files(own):
        if not path.resolve().is_relative_to(own.resolve()):
            raise OperatorError(
                f"[templates] folder: {name} leads out of {own}; put the file there instead of a "
                "link."
            )


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES)
    return [(path.relative_to(folder).as_posix(), path) for path in found]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf8")
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(
            f"The template {path} cannot be read; it must be a readable file in UTF-8."
        ) from error
