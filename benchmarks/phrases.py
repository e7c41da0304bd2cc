"""How a phrase of time is read: a case of phrases*.json through the product's own reading.

    read(case) -> {"intent": "reschedule", "start": "2026-03-05T15:00", "confirm": False}

../shared/tools/score_phrases.py says what the keys mean and scores them. An absence is read as in an
automatic reply, which is where the product reads one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from mailbot.inbound.understand.absences import absence
from mailbot.inbound.understand.context import Context
from mailbot.inbound.understand.grammar import command
from mailbot.meeting.model import Role
from mailbot.meeting.said import MoveTo, Problem, Reason, Said, Skip

Reading = dict[str, Any]

_NONE: Reading = {"intent": "none", "confirm": False}
_MOVE = "move to "


def read(case: Mapping[str, Any]) -> Reading:
    """Read the phrase for the task of the case: "reschedule", "due" or "absence"."""
    context = _context(case)
    if case["task"] == "due":
        day = context.due(case["text"])
        return {"intent": "due", "date": day.isoformat(), "confirm": False} if day else _NONE
    if case["task"] == "absence":
        return _away(case["text"], context)
    return _moved(command(case["text"], context) or (), context)


def _context(case: Mapping[str, Any]) -> Context:
    """Make what the words may refer to: the meeting that is to be moved, in the writer's zone."""
    start = datetime.fromisoformat(case["context"]["meeting_start"])
    zone = ZoneInfo(case["tz"])
    return Context(
        Role.REPORT,
        datetime.fromisoformat(case["now"]).astimezone(zone),
        after_meeting=False,
        offered=case["task"] == "reschedule",  # a time is awaited: a bare one is the answer
        language=case["lang"],
        day_first=not case["context"]["locale"].endswith("-US"),
        meeting_start=start.replace(tzinfo=zone),
    )


def _away(text: str, context: Context) -> Reading:
    found = absence(text, context.frame)
    if found is None:
        return _NONE
    days = {"date": found.first.isoformat(), "end_date": found.last.isoformat()}
    return {"intent": "absence", "confirm": False} | days


def _moved(answer: Iterable[Said], context: Context) -> Reading:
    """Say where the answer moves the meeting, or what it asks with which guesses."""
    for said in answer:
        match said:
            case MoveTo():
                return {"intent": "reschedule", "start": _start(said, context), "confirm": False}
            case Skip():
                return {"intent": "skip_occurrence", "confirm": False}
            case Problem(reason=Reason.DATE):
                return {"intent": "reschedule", "confirm": True} | _guessed(said)
            case Problem():
                return {"intent": "none", "confirm": True}
            case _:
                continue
    return _NONE


def _start(said: MoveTo, context: Context) -> str:
    usual = context.meeting_start.time() if context.meeting_start else time()
    return f"{datetime.combine(said.day, said.at or usual):%Y-%m-%dT%H:%M}"


def _guessed(problem: Problem) -> Reading:
    """Find the time in the guess of a question: "move to 2026-03-05 15:00"."""
    words = problem.hint.removeprefix(_MOVE)
    try:
        return {"start": f"{datetime.fromisoformat(words):%Y-%m-%dT%H:%M}"}
    except ValueError:
        return {}  # an example, no guess
