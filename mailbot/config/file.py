"""Read config.toml, once at start; every mistake is told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from mailbot.config.people import ConfiguredPair
from mailbot.config.problems import ConfigError, not_toml, sentence
from mailbot.config.sample import sample
from mailbot.config.settings import Config
from mailbot.errors import OperatorError, reason

__all__ = [
    "PLACES",
    "Config",
    "ConfigError",
    "ConfiguredPair",
    "annotated",
    "find",
    "load",
    "parse",
]

PLACES = (Path("config.toml"), Path("/etc/mailbot/config.toml"))


def find(path: Path | None = None, places: Iterable[Path] = PLACES) -> Path:
    """Choose the file named on the command line, else the first of `places` that is there.

    Raises OperatorError if none is.
    """
    if path is not None:
        return path
    for place in places:
        if place.exists():
            return place
    names = " or ".join(str(place) for place in places)
    raise OperatorError(
        f"There is no {names}; name one with --config, or make one: mailbot config > config.toml"
    )


def load(path: Path | None = None) -> Config:
    """Read the file. Raises OperatorError: not there, not TOML (line and column), or ConfigError
    (all problems)."""
    source = find(path)
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OperatorError(
            f"{source} is not UTF-8 at octet {error.start}; save it as UTF-8."
        ) from error
    except OSError as error:
        raise OperatorError(
            f"{source} cannot be read ({reason(error)}); name another with --config."
        ) from error
    return parse(text, source)


def parse(text: str, source: Path = PLACES[0]) -> Config:
    """Check the text of the file; `source` names it and is where relative paths begin."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise not_toml(source, str(error)) from None
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise ConfigError(
            str(source), tuple(sentence(each, Config, raw) for each in found)
        ) from None
    config._home = source.parent  # noqa: SLF001 - set here alone, right after reading
    return config


def annotated() -> str:
    """Print the sample config.toml: every key explained, two example people."""
    return sample(Config)
