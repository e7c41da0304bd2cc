"""Which half of the day "3:00" is in: with minutes and without am or pm it may be meant as it
stands."""

from __future__ import annotations

import re
from datetime import time

from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.dates.phrase import DateReading, read

_AFTERNOON = range(13, 20)  # hours that "1:00" to "7:00" were read as
_HALF = re.compile(r"(?<![\d:.])([1-7])(?=[:.][0-5]\d(?![\d:]))")


def as_written(phrase: str, reading: DateReading, context: Context) -> time | None:
    """Find 03:00 where "3:00" was read as 15:00 and nothing in the phrase says which; None where
    there is no doubt."""
    if reading.at is None or reading.at.hour not in _AFTERNOON or not _HALF.search(phrase):
        return None
    literal = read(_HALF.sub(r"0\1", phrase, count=1), context.frame)
    return literal.at if literal is not None and literal.at != reading.at else None
