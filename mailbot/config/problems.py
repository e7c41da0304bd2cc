"""What is wrong with config.toml, one plain sentence a problem: the key, what it must be, what to
write.

The value is shown only by the readers of words.py, which see no secret; pydantic's own echo of
the input is never used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
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
    """The tables inside an annotation: Imap, list[PersonEntry], Smtp | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def table_at(root: type[BaseModel], location: Location) -> type[BaseModel]:
    """The table that a location leads into."""
    here = root
    for step in location:
        if isinstance(step, str) and step in here.model_fields:
            here = next(models(here.model_fields[step].annotation), here)
    return here


def place(location: Location, raw: Mapping[str, Any]) -> str:
    """`[imap] port`, `[[one_on_one]] 2 (ana@corp.example) weekday`: as the operator finds it in
    the file."""
    match location:
        case (str(table), int(index), *keys):
            entry = raw[table][index]
            names = [entry.get(name) for name in ("address", "report") if isinstance(entry, dict)]
            known = next((f" ({name})" for name in names if isinstance(name, str)), "")
            return " ".join((f"[[{table}]] {index + 1}{known}", *map(_step, keys)))
        case (str(table), *keys):
            head = f"[[{table}]]" if isinstance(raw.get(table), list) else f"[{table}]"
            return " ".join((head, *map(_step, keys)))
    return "the file"


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
    return (
        f"is no {kind} that mailbot "
        f"knows{guess(name, known) or '; remove it (known: ' + ', '.join(known) + ')'}"
    )


def sentence(error: ErrorDetails, root: type[BaseModel], raw: Mapping[str, Any]) -> str:
    """One problem in one sentence."""
    location, facts = error["loc"], error.get("ctx", {})
    whole = (
        ":" if error["type"] == "value_error" and any(models(_annotation(root, location))) else ""
    )
    told = (
        f"{place(location, raw)}{whole} "
        f"{_remedy(error['type'], error['msg'], location, facts, root)}"
    )
    return told if told.endswith("?") else f"{told}."


def _remedy(
    kind: str, message: str, location: Location, facts: Mapping[str, Any], root: type[BaseModel]
) -> str:
    match kind:
        case "missing":
            return _missing(root, location)
        case "extra_forbidden":
            return _unknown(root, location)
        case "value_error":
            return str(facts["error"])
        case "literal_error":
            return f"must be one of {facts['expected'].replace(chr(39), chr(34))}"
        case "int_type" | "int_from_float":
            return "must be a whole number without quotes"
        case "bool_type":
            return "must be true or false, without quotes"
        case "string_type":
            return "must be text in quotes"
        case "list_type" if any(models(_annotation(root, location))):
            return (
                f"must be written as [[{location[-1]}]], with two brackets, because there can be "
                "several"
            )
        case "list_type":
            return "must be a list in square brackets"
        case "model_type":
            return f"must be a table: write [{location[0]}] on a line of its own and its keys below"
        case "greater_than_equal":
            return f"must be at least {facts['ge']}"
        case "less_than_equal":
            return f"must be at most {facts['le']}"
        case "string_too_short" | "too_short":
            return "must not be empty"
        case "string_too_long" | "too_long":
            return (
                f"must have at most {facts['max_length']} "
                f"{'characters' if kind.startswith('s') else 'entries'}"
            )
    return f"cannot be used: {message}"


def _annotation(root: type[BaseModel], location: Location) -> Any:
    names = [step for step in location if isinstance(step, str)]
    if not names:
        return root
    field = table_at(root, tuple(names[:-1])).model_fields.get(names[-1])
    return field.annotation if field else None


def not_toml(source: Path, mistake: str) -> OperatorError:
    """`mistake` as tomllib words it, with line and column."""
    return OperatorError(
        f"{source} is not valid TOML: {mistake[:1].lower()}{mistake[1:]}. Correct that place."
    )
