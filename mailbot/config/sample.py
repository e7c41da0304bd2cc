"""The annotated config.toml, printed from the tables: every key with its help, limits and
default."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from mailbot.config.problems import models

HEAD = """\
# The settings of mailbot. Every key is shown with its default or an example; a line that begins with "# " and a key
# is off until you remove the mark. Secrets never stand here: they come from the environment or from files.
# Printed by `mailbot config`; verified by `mailbot check`.
"""  # noqa: E501 - as wide as the file it opens
WIDTH = 118


def sample(root: type[BaseModel]) -> str:
    """Print the whole file."""
    tables = (_table(name, field) for name, field in root.model_fields.items())
    return "\n".join((HEAD, *tables))


def _table(name: str, field: FieldInfo) -> str:
    """Print a table with its keys explained, then further examples of it with only the keys that
    matter."""
    model = next(models(field.annotation))
    notes = _extra(field)
    off = "# " if notes.get("off") else ""
    several = get_origin(field.annotation) is list
    head = f"{off}[[{name}]]" if several else f"{off}[{name}]"
    first, *more = notes["sample"]
    purpose = _comment(" ".join((model.__doc__ or "").split()))
    blocks = [[*purpose, head, *_explained(model, first, off)]]
    blocks += [[head, *_lines(entry)] for entry in more]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _lines(entry: Mapping[str, Any]) -> Iterator[str]:
    return (f"{key} = {toml(value)}" for key, value in entry.items())


def _explained(model: type[BaseModel], entry: Mapping[str, Any], off: str) -> Iterator[str]:
    """Print each key below its explanation, with the entry's own value, else the default.

    A key that is empty shows its example, switched off.
    """
    for name, field in model.model_fields.items():
        yield from _comment(_help(field))
        example = _extra(field)["example"]
        usual = example if field.is_required() else plain(model, name, field.default)
        value = entry.get(name, usual)
        if value in ("", [], None) and example is not None:
            yield f"# {name} = {toml(example)}"
        else:
            yield f"{off}{name} = {toml(value)}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH - 2)]


def _extra(field: FieldInfo) -> dict[str, Any]:
    assert isinstance(field.json_schema_extra, dict)
    return field.json_schema_extra


def plain(model: type[BaseModel], name: str, value: Any) -> Any:
    """Spell a value as the file does: 09:00, Tuesday."""
    return model.model_construct(**{name: value}).model_dump(include={name}).get(name)


def toml(value: Any) -> str:
    """Spell a date, string, number, truth value or list; JSON spells all but the date as TOML does
    (TOML 1.0)."""
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _help(field: FieldInfo) -> str:
    """Explain a key, with its unit, its limits and the words it may be in brackets."""
    notes = ", ".join(filter(None, (_extra(field)["unit"], _limits(field), _choices(field))))
    return f"{field.description} ({notes})" if notes else str(field.description)


def _limits(field: FieldInfo) -> str:
    rules = {type(rule): rule for rule in field.metadata}
    return f"{rules[Ge].ge} to {rules[Le].le}" if rules.keys() >= {Ge, Le} else ""


def _choices(field: FieldInfo) -> str:
    is_closed = get_origin(field.annotation) is Literal
    return " | ".join(get_args(field.annotation)) if is_closed else ""
