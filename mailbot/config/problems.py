"""What is wrong with config.toml, one plain sentence a problem: the key, what it must be, what to
write.

The value is shown only by the readers of words.py, which see no secret; pydantic's own echo of
the input is never used.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from mailbot.config.words import guess
from mailbot.errors import OperatorError

Location = tuple[int | str, ...]
SECRETS = ("password", "client_secret", "secret", "token", "refresh_token")


class ConfigError(OperatorError):
    """The file cannot be used as it stands; `problems` are all of its mistakes."""

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        self.problems = problems
        head = f"{source} has {len(problems)} problem{'s' * (len(problems) > 1)}:"
        super().__init__("\n".join((head, *(f"  {problem}" for problem in problems))))


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Find the tables inside an annotation: Imap, list[PersonEntry], Smtp | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def table_at(root: type[BaseModel], location: Location) -> type[BaseModel]:
    """Follow a location to the table that it leads into."""
    here = root
    for step in location:
        if isinstance(step, str) and step in here.model_fields:
            here = next(models(here.model_fields[step].annotation), here)
    return here


def place(location: Location, raw: Mapping[str, Any]) -> str:
    """Name a place as the operator finds it: `[imap] port`, `[[one_on_one]] 2 (ana@corp.example)
    weekday`."""
    match location:
        case (str(table), int(index), *keys):
            head = f"[[{table}]] {index + 1}{_whose(raw[table][index])}"
        case (str(table), *keys):
            head = f"[[{table}]]" if isinstance(raw.get(table), list) else f"[{table}]"
        case _:
            return "the file"
    return " ".join((head, *map(_step, keys)))


def _whose(entry: Any) -> str:
    """Name the person of an entry, as far as it is written right."""
    if not isinstance(entry, dict):
        return ""
    names = [entry.get(key) for key in ("address", "report")]
    return next((f" ({name})" for name in names if isinstance(name, str)), "")


def _step(step: int | str) -> str:
    return step if isinstance(step, str) else f"entry {step + 1}"


def _missing(root: type[BaseModel], location: Location) -> str:
    field = table_at(root, location[:-1]).model_fields[str(location[-1])]
    if any(models(field.annotation)):
        return "is missing; add the table, `mailbot config` prints one with every key explained"
    extra = field.json_schema_extra
    example = extra.get("example") if isinstance(extra, dict) else None
    return f"is missing; add a line such as {location[-1]} = {json.dumps(example)}"


def _unknown(root: type[BaseModel], location: Location) -> str:
    name = str(location[-1])
    known = table_at(root, location[:-1]).model_fields
    if name in SECRETS:
        return (
            "does not belong in this file; put it into the environment variable named by "
            f"{name}_env, or into a file of mode 0600 named by {name}_file"
        )
    kind = "table" if len(location) == 1 else "key"
    hint = guess(name, known) or f"; remove it (known: {', '.join(known)})"
    return f"is no {kind} that mailbot knows{hint}"


def sentence(error: ErrorDetails, root: type[BaseModel], raw: Mapping[str, Any]) -> str:
    """Say one problem in one sentence."""
    location = error["loc"]
    of_a_table = error["type"] == "value_error" and any(models(_annotation(root, location)))
    colon = ":" if of_a_table else ""
    told = f"{place(location, raw)}{colon} {_remedy(error, root)}"
    return told if told.endswith("?") else f"{told}."


Facts = Mapping[str, Any]
"""What pydantic tells of one problem beside its kind: the limit that was passed."""

REMEDIES: dict[str, Callable[[Facts], str]] = {
    "value_error": lambda facts: str(facts["error"]),
    "literal_error": lambda facts: f"must be one of {facts['expected'].replace(chr(39), chr(34))}",
    "int_type": lambda _: "must be a whole number without quotes",
    "int_from_float": lambda _: "must be a whole number without quotes",
    "bool_type": lambda _: "must be true or false, without quotes",
    "string_type": lambda _: "must be text in quotes",
    "greater_than_equal": lambda facts: f"must be at least {facts['ge']}",
    "less_than_equal": lambda facts: f"must be at most {facts['le']}",
    "string_too_short": lambda _: "must not be empty",
    "too_short": lambda _: "must not be empty",
    "string_too_long": lambda facts: f"must have at most {facts['max_length']} characters",
    "too_long": lambda facts: f"must have at most {facts['max_length']} entries",
}
"""What to write instead, by pydantic's kind of problem."""


def _remedy(error: ErrorDetails, root: type[BaseModel]) -> str:
    kind, location = error["type"], error["loc"]
    match kind:
        case "missing":
            return _missing(root, location)
        case "extra_forbidden":
            return _unknown(root, location)
        case "list_type":
            return _not_a_list(root, location)
        case "model_type":
            return f"must be a table: write [{location[0]}] on a line of its own and its keys below"
    if remedy := REMEDIES.get(kind):
        return remedy(error.get("ctx", {}))
    return f"cannot be used: {error['msg']}"


def _not_a_list(root: type[BaseModel], location: Location) -> str:
    if not any(models(_annotation(root, location))):
        return "must be a list in square brackets"
    table = f"[[{location[-1]}]]"
    return f"must be written as {table}, with two brackets, because there can be several"


def _annotation(root: type[BaseModel], location: Location) -> Any:
    names = [step for step in location if isinstance(step, str)]
    if not names:
        return root
    field = table_at(root, tuple(names[:-1])).model_fields.get(names[-1])
    return field.annotation if field else None


def not_toml(source: Path, mistake: str) -> OperatorError:
    """Make an error of a `mistake` as tomllib words it, with line and column."""
    return OperatorError(
        f"{source} is not valid TOML: {mistake[:1].lower()}{mistake[1:]}. Correct that place."
    )
