"""Turn values into JSON and back. orjson writes the dataclasses as they are, pydantic reads them
back with every type checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from mailbot.errors import Bug, OperatorError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")
Row = dict[str, Any]


def dumps(value: object) -> bytes:
    """Write JSON. Raises Bug for what JSON cannot hold, such as a lone surrogate, before anything
    is written."""
    try:
        return orjson.dumps(value, default=_octets)
    except TypeError as error:
        raise Bug(f"this cannot be stored: {error}") from error


def loads(raw: bytes) -> Any:
    """Read JSON. Raises ValueError."""
    return orjson.loads(raw)


def plain(value: object) -> Any:
    """Copy a value into one made of JSON values alone."""
    return orjson.loads(dumps(value))


def row(value: object) -> Row:
    """Lay out a dataclass as one flat row; what its fields hold stays as it is, for `dumps`."""
    # every one has it
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]


def typed(kind: type[T], value: object, where: object) -> T:
    """Read a JSON value as this dataclass; fields it does not have are left out. Raises
    OperatorError, which names the file and the field and repeats no word of the content."""
    from pydantic import ValidationError  # noqa: PLC0415 - as below

    try:
        read = _adapter(kind).validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise unreadable(where, f"{'.'.join(map(str, first['loc']))}: {first['type']}") from None
    return read


def unreadable(where: object, reason: str) -> OperatorError:
    """Word the error for content that cannot be used."""
    return OperatorError(
        f"{where} cannot be read ({reason}): replace it by its copy from your last backup."
    )


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    """Build the reader of a type once, when it is first needed: it takes 10-100 ms, and importing
    pydantic as much again."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - see above

    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


_adapters: dict[type, TypeAdapter[Any]] = {}


def _octets(value: object) -> str:
    """Write bytes as the 256 characters that have the same numbers; `octets` is the way back, exact
    for every byte."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    raise TypeError(f"{type(value).__name__} is no JSON value")


def octets(text: str) -> bytes:
    """Read the characters that `_octets` writes back into bytes."""
    return text.encode("latin-1")
