"""Replies and contexts for the tests of meaning. Ana (the report) writes on Wednesday, 4 March 2026, from Berlin."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.inbound.understand.grammar import Context, understand
from mailbot.inbound.unquote.judged_rows import RowRule
from mailbot.inbound.unquote.lines import Line, Reply
from mailbot.meeting.model import Role
from mailbot.meeting.said import Said

BERLIN = ZoneInfo("Europe/Berlin")
BEFORE = Context(
    writer=Role.REPORT,
    now=datetime(2026, 3, 4, 10, 15, tzinfo=BERLIN),
    after_meeting=False,
    names=(
        ("ana", Role.REPORT),
        ("ana silva", Role.REPORT),
        ("ben", Role.MANAGER),
        ("ben ito", Role.MANAGER),
    ),
    actions=((3, "Send the numbers"), (5, "Book the venue")),
    meeting_start=datetime(2026, 3, 5, 14, 0, tzinfo=BERLIN),
)
AFTER = replace(
    BEFORE, after_meeting=True, meeting_start=datetime(2026, 3, 12, 14, 0, tzinfo=BERLIN)
)


def reply(text: str, heading: str = "", near: str = "") -> Reply:
    """All lines new. A line "# career" is a heading the person typed; "> words" is a line of our mail."""
    lines: list[Line] = []
    for row in text.split("\n"):
        if row.startswith("# "):
            heading, near = row[2:], ""
            lines.append(Line(row[2:], own=False, rule=RowRule.HEADING, heading=heading))
        elif row.startswith("> # "):  # a heading of our mail
            heading, near = row[4:], ""
            lines.append(Line(heading, own=False, rule=RowRule.ALIGNED, heading=heading))
        elif row.startswith("> "):
            near = row[2:]
            lines.append(Line(near, own=False, rule=RowRule.ALIGNED, heading=heading))
        else:
            lines.append(Line(row, own=True, rule=RowRule.OWN, heading=heading, near=near))
    return Reply(tuple(lines))


def said(text: str, context: Context = BEFORE, **changes: object) -> tuple[Said, ...]:
    """What this reply means; `changes` are fields of the context."""
    return understand(reply(text), replace(context, **changes))  # type: ignore[arg-type]
