"""Any value of a type that a document may hold, for Hypothesis."""

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
INSTANTS = st.datetimes(min_value=datetime(1900, 1, 1), timezones=st.just(UTC))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)
PLAIN: dict[Any, SearchStrategy[Any]] = {
    str: TEXT,
    bytes: st.binary(max_size=40),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    date: st.dates(),
    datetime: INSTANTS,
    time: st.times().map(
        lambda at: at.replace(microsecond=0)
    ),  # orjson 3.13.0 writes 10,000 µs as .10000, which is 100,000
    Any: JSON,
    type(None): st.none(),
}


@cache
def some(hint: Any) -> SearchStrategy[Any]:
    """Values of this type, with every field of a dataclass filled in."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return st.one_of(*(some(one) for one in inner))
    if origin is Mapping:
        return st.dictionaries(some(inner[0]), some(inner[1]), max_size=3)
    if origin is tuple and inner[-1] is Ellipsis:
        return st.lists(some(inner[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(some(one) for one in inner))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    assert isinstance(hint, type), f"documents hold no {hint}"
    assert is_dataclass(hint), f"documents hold no {hint}"
    hints = typing.get_type_hints(hint)
    return st.builds(hint, **{field.name: some(hints[field.name]) for field in fields(hint)})
