"""How a key of config.toml is declared: type, default, unit, limits, and words that explain it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def key(
    help: str,  # noqa: A002 - as pydantic and argparse call it
    default: Any = ...,
    *,
    example: Any = None,
    unit: str = "",
    **limits: Any,
) -> Any:
    """Declare a key: `default` ... means required, `example` is what the sample shows, `unit` of a
    number."""
    extra = {"unit": unit, "example": example}
    return Field(default, description=help, json_schema_extra=extra, **limits)


class Table(BaseModel):
    """A table of the file. strict: "5" is not 5 and "no" is not false; an unknown key is a
    mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)
