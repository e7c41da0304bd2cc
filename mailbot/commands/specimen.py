"""One rich example of every mail, for `mailbot preview`: two made-up people, with something under every heading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from mailbot.meeting.events import ReceiptLine, Send
from mailbot.meeting.model import (
    SCHEDULED,
    ActionItem,
    ActionState,
    AgendaItem,
    Cadence,
    Note,
    Person,
    Purpose,
    Remark,
    Role,
    Theme,
)
from mailbot.meeting.said import Problem

ANA = Person("ana@corp.example", "Ana Silva", "Europe/Lisbon")
BEN = Person("ben@corp.example", "Ben Ito", "America/New_York")
START = datetime(2026, 3, 12, 15, tzinfo=UTC)
SENT = datetime(2026, 3, 10, 9, tzinfo=UTC)
DAY = timedelta(days=1)
SERIES = "aaaaaaaa"

ACTIONS = (
    ActionItem(5, Role.MANAGER, "Ask about the training budget", date(2026, 3, 5), date(2026, 3, 13)),
    ActionItem(
        3, Role.REPORT, "Send the numbers for the pilot", date(2026, 2, 26), date(2026, 3, 16),
        remarks=(Remark(Role.REPORT, "the draft is with finance", date(2026, 3, 6)),),
    ),
    ActionItem(7, Role.REPORT, "Read the chapter on delegation", date(2026, 3, 5)),
)
CLOSED = (
    ActionItem(2, Role.MANAGER, "Introduce Ana to the design lead", date(2026, 2, 26), state=ActionState.DONE),
    ActionItem(4, Role.REPORT, "Book the room for the offsite", date(2026, 3, 5), state=ActionState.DROPPED),
)
ITEMS = (
    AgendaItem(11, "Do we still want the pilot in autumn?", Role.REPORT, Theme.BIG_PICTURE),
    AgendaItem(12, "what would make us stop it", Role.REPORT, Theme.BIG_PICTURE, level=1),
    AgendaItem(13, "A course on public speaking", Role.REPORT, Theme.CAREER, carried_from=date(2026, 3, 5)),
    AgendaItem(14, "The review you wrote for Caro was very good", Role.MANAGER, Theme.FEEDBACK),
    AgendaItem(15, "Who covers the week before Easter?", Role.MANAGER, Theme.ANYTHING_ELSE),
)
NOTES = (
    Note(21, "The pilot stays in autumn if finance agrees by April.", Role.MANAGER),
    Note(22, "Ana would like to present it herself.", Role.REPORT),
)
LINES = (
    ReceiptLine("A course on public speaking", "item", theme=Theme.CAREER),
    ReceiptLine("Ask whether the move to Porto is certain", "item", private=True, theme=Theme.PERSONAL),
    ReceiptLine("Book a room", "action", action=ActionItem(8, Role.REPORT, "Book a room", date(2026, 3, 5))),
    ReceiptLine("done 2", "done", action=CLOSED[0]),
)
THEMES = tuple((theme, 1 if number < 3 else None) for number, theme in enumerate(Theme))
SLOTS = (START + DAY, START + 4 * DAY, START + 5 * DAY - timedelta(hours=1))


def specimen(purpose: Purpose, to: Role = Role.REPORT, language: str = "en") -> Send:
    """A mail of this purpose as its reader would get it."""
    reader, other = (ANA, BEN) if to is Role.REPORT else (BEN, ANA)
    send = Send(
        purpose=purpose,
        to=to,
        reader=replace(reader, language=language),
        other=replace(other, language=language),
        serial=9,
        meeting=4,
        start=START,
        minutes=30,
        zone=ANA.zone,
        answers=purpose not in SCHEDULED,
    )
    return replace(send, **content(purpose, to))


def content(purpose: Purpose, to: Role) -> dict[str, Any]:
    """What such a mail says beyond when and who."""
    own_item = AgendaItem(16, "Ask whether the move to Porto is certain", to, Theme.PERSONAL, private=True)
    agenda = {"actions": ACTIONS, "items": ITEMS, "own_items": (own_item,), "themes": THEMES}
    cadence = Cadence(3, time(15), ANA.zone, 2, 45)
    match purpose:
        case Purpose.AGENDA_REQUEST | Purpose.AGENDA | Purpose.AGENDA_UPDATE | Purpose.NOTES_REQUEST:
            return agenda
        case Purpose.FIRST_AGENDA_REQUEST | Purpose.FIRST_MANAGER:
            return {"meeting": 1, "themes": THEMES}
        case Purpose.SUMMARY:
            own_note = Note(23, "She seemed tired.", to, private=True)
            notes = {"notes": NOTES, "own_notes": (own_note,), "actions": ACTIONS, "closed": CLOSED}
            return notes | {"next_start": START + 7 * DAY}
        case Purpose.RECEIPT:
            return {"lines": LINES, "left": ("budget.xlsx",)}
        case Purpose.PROBLEM:
            return {"problems": (Problem("don 3", "done 3"), Problem("move to Thu", "", "date")), "lines": LINES[:1]}
        case Purpose.SLOTS:
            return {"slots": SLOTS}
        case Purpose.MOVE_PROPOSAL:
            return {"proposed": START + DAY}
        case Purpose.MOVED:
            return {"start": START + DAY, "old_start": START, "proposed": START + DAY}
        case Purpose.INTRO:
            return {"meeting": 0, "cadence": cadence, "next_start": START}
        case Purpose.GAP_WARNING:
            return {"gap_days": 16, "slots": SLOTS}
        case Purpose.NOTICE:
            return {"facts": ("paused",), "until": date(2026, 4, 6), "gap_days": 28}
        case Purpose.CONFIRM:
            return {"lines": LINES[:2], "facts": ("ana.silva@home.example",)}
        case Purpose.HELP:
            return {}
