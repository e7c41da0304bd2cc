"""What one language must say for mails to be read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language. "|" parts spellings; case and accents do not count, so write them right."""

    weekdays: tuple[str, ...]  # Monday first
    months: tuple[str, ...]
    numbers: tuple[str, ...]  # from one
    dates: Mapping[str, str]  # kind (and value) of a date word -> spellings; see dates.py
    verbs: Mapping[str, str]  # command -> spellings
    cadence: Mapping[str, str]  # parts of "every 2 weeks, Tuesdays 10:00"
    weekly_days: tuple[str, ...] = ("",) * 7  # "Tuesdays", "dienstags": every week on that day
    next_meeting: str = ""  # what follows "before" when no day is meant: "our next 1:1"
    until: str = ""
    conjunctions: str = ""
    please: str = ""  # what may follow a command and changes nothing
    yes: str = ""
    no: str = ""
    happened: str = ""  # yes to "did it happen?"
    missed: str = ""  # no to it
    because: str = ""  # goes on behind that no without a stop
    this_time: str = ""  # stands behind that no and changes nothing
    softeners: str = ""  # what may stand beside a yes or a no
    greetings: str = ""
    closings: str = ""
    courtesies: str = ""  # what is no item when it is all the mail says
    nothing: str = ""  # under "I will": no promise
    private: str = ""  # before a colon
    promise: str = ""  # before a colon: an action item
    will: str = ""  # between a name and what that person promised
    i_will: str = ""
    near_done: str = ""  # typed next to an action item
    near_drop: str = ""
    near_move: str = ""  # before a date, next to an action item
    hedges: str = ""  # a "done" with one of these behind it is not done
    away: str = ""  # what somebody is who is not there
    back: str = ""  # before the day of the return
    asks: Mapping[str, str] = field(
        default_factory=dict
    )  # parts of a sentence that asks for another time
