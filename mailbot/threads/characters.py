"""Characters that no mail of ours may carry, in a header, a subject or a body."""

from __future__ import annotations

import re

_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def one_line(text: str) -> str:
    """Make text fit for a header or one line: no line breaks, no control characters, no direction
    overrides, no half characters, which no charset can carry."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def without_controls(text: str) -> str:
    """Take the characters that no mail should carry out of a text of several lines."""
    return _CONTROLS.sub("", text)
