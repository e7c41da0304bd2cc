"""One full mail of every purpose: what templates are tried on before the first real mail, and
what `preview` shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from mailbot.meeting.events import Fact, LineKind, ReceiptLine, Send
from mailbot.meeting.model import (
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

SERIES = "aaaaaaaa"
AT = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
START = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
LATE = datetime(2026, 3, 26, 15, 0, tzinfo=UTC)
ANA = Person("ana@corp.example", "Ana Silva", zone="Europe/Lisbon", country="PT")
BEN = Person("ben@corp.example", "Ben Ito", zone="America/New_York", country="US")

ACTIONS = (
    ActionItem(
        3,
        Role.MANAGER,
        "Send the numbers for the second quarter",
        date(2026, 3, 5),
        due=date(2026, 3, 13),
    ),
    ActionItem(
        5,
        Role.MANAGER,
        "Ask Kim about the conference budget",
        date(2026, 2, 26),
        remarks=(Remark(Role.MANAGER, "she is back on Monday", date(2026, 3, 4)),),
    ),
    ActionItem(4, Role.REPORT, "Draft the hiring plan", date(2026, 3, 5), due=date(2026, 3, 20)),
)
CLOSED = (
    ActionItem(
        1,
        Role.REPORT,
        "Write down the on-call rules",
        date(2026, 2, 26),
        state=ActionState.DONE,
        closed_on=date(2026, 3, 6),
    ),
    ActionItem(
        2,
        Role.MANAGER,
        "Book a room for the offsite",
        date(2026, 2, 26),
        state=ActionState.DROPPED,
        closed_on=date(2026, 3, 9),
    ),
)
ITEMS = (
    AgendaItem(
        11,
        "Is the rewrite still worth it?",
        Role.REPORT,
        Theme.BIG_PICTURE,
        carried_from=date(2026, 3, 5),
    ),
    AgendaItem(12, "what we would lose by stopping", Role.REPORT, Theme.BIG_PICTURE, level=1),
    AgendaItem(13, "I would like to lead the next project", Role.REPORT, Theme.CAREER),
    AgendaItem(14, "How the review with Kim went", Role.MANAGER, Theme.FEEDBACK),
)
OWN_ITEMS = (
    AgendaItem(15, "do not forget to ask about the raise", Role.REPORT, Theme.CAREER, private=True),
)
NOTES = (
    Note(21, "We stop the rewrite at the end of the month", Role.REPORT),
    Note(22, "Kim liked the review and said so", Role.MANAGER),
)
OWN_NOTES = (Note(23, "Ben seemed tired", Role.REPORT, private=True),)
LINES = (
    ReceiptLine("I would like to lead the next project", LineKind.ITEM, theme=Theme.CAREER),
    ReceiptLine(
        "do not forget to ask about the raise", LineKind.ITEM, private=True, theme=Theme.CAREER
    ),
    ReceiptLine("Draft the hiring plan", LineKind.ACTION, action=ACTIONS[2]),
    ReceiptLine("Send the numbers for the second quarter", LineKind.DONE, action=ACTIONS[0]),
)
PROBLEMS = (
    Problem("don 3", "done 3"),
    Problem("move to Thursday-ish", "", "date"),
)
SLOTS = tuple(datetime(2026, 3, day, 15, 0, tzinfo=UTC) for day in (13, 16, 17))
CADENCE = Cadence(weekday=1, at=time(10), zone="Europe/Lisbon", every_weeks=2, minutes=45)
THEMES = (
    (Theme.PERSONAL, 1),
    (Theme.BIG_PICTURE, 1),
    (Theme.FEEDBACK, 1),
    (Theme.CAREER, None),
    (Theme.ANYTHING_ELSE, None),
)
MEETING: dict[str, Any] = {
    "actions": ACTIONS,
    "items": ITEMS,
    "own_items": OWN_ITEMS,
    "next_start": datetime(2026, 3, 19, 15, 0, tzinfo=UTC),
    "themes": THEMES,
}

CONTENT: dict[Purpose, dict[str, Any]] = {
    Purpose.AGENDA_REQUEST: MEETING,
    Purpose.FIRST_AGENDA_REQUEST: {"themes": THEMES, "meeting": 1},
    Purpose.FIRST_MANAGER: {"themes": THEMES, "meeting": 1, "to": Role.MANAGER},
    Purpose.AGENDA: MEETING,
    Purpose.AGENDA_UPDATE: MEETING,
    Purpose.NOTES_REQUEST: MEETING,
    Purpose.SUMMARY: {
        **MEETING,
        "closed": CLOSED,
        "notes": NOTES,
        "own_notes": OWN_NOTES,
        "gap_days": 15,
    },
    Purpose.RECEIPT: {"lines": LINES, "left": ("plan.pdf",), "answers": True},
    Purpose.HELP: {"answers": True, "to": Role.MANAGER},
    Purpose.PROBLEM: {"lines": LINES[:1], "problems": PROBLEMS, "answers": True},
    Purpose.SLOTS: {"slots": SLOTS, "answers": True},
    Purpose.MOVE_PROPOSAL: {"proposed": SLOTS[1], "gap_days": 18, "answers": True},
    Purpose.MOVED: {"start": SLOTS[1], "old_start": START, "answers": True},
    Purpose.INTRO: {
        "meeting": 0,
        "start": None,
        "next_start": START,
        "cadence": CADENCE,
        "answers": True,
    },
    Purpose.GAP_WARNING: {
        "start": LATE,
        "planned": LATE,
        "slots": SLOTS,
        "gap_days": 21,
        "facts": (Fact.TWO_MISSES,),
    },
    Purpose.NOTICE: {
        "until": date(2026, 4, 13),
        "facts": (Fact.PAUSED,),
        "meeting": 0,
        "start": None,
        "answers": True,
    },
    Purpose.CONFIRM: {"lines": LINES[:2], "claimed": "ana@home.example", "answers": True},
}

LEAST: dict[Purpose, dict[str, Any]] = {
    Purpose.RECEIPT: {"facts": (Fact.UNDONE,), "answers": True},
    Purpose.HELP: {"answers": True},
    Purpose.PROBLEM: {"facts": (Fact.NOTHING_FOUND,), "answers": True},
    Purpose.SLOTS: {"answers": True},
    Purpose.MOVE_PROPOSAL: {"cadence": CADENCE, "answers": True},
    Purpose.MOVED: {"cadence": CADENCE, "answers": True},
    Purpose.INTRO: {"cadence": CADENCE, "answers": True},
    Purpose.GAP_WARNING: {"gap_days": 15},
    Purpose.NOTICE: {"facts": (Fact.UNREACHABLE,), "null_sender": True, "answers": True},
    Purpose.CONFIRM: {"claimed": "ana@home.example", "answers": True},
}


def example(purpose: Purpose, to: Role | None = None, language: str = "en") -> Send:
    """A mail with everything that this purpose may say. `to` None: whoever gets such a mail."""
    mail = Send(
        purpose,
        Role.REPORT,
        ANA,
        BEN,
        serial=7,
        meeting=4,
        start=START,
        minutes=30,
        zone="Europe/Lisbon",
        planned=START,
    )
    mail = replace(mail, **CONTENT[purpose])
    to = to or mail.to
    reader, other = (
        replace(person, language=language)
        for person in ((ANA, BEN) if to is Role.REPORT else (BEN, ANA))
    )
    items = tuple(replace(item, author=to) for item in mail.own_items)
    notes = tuple(replace(note, author=to) for note in mail.own_notes)
    return replace(mail, to=to, reader=reader, other=other, own_items=items, own_notes=notes)


def bare(purpose: Purpose) -> Send:
    """The same mail with the least that it can say."""
    it = example(purpose)
    mail = Send(
        purpose, it.to, it.reader, it.other, it.serial, it.meeting, it.start, it.minutes, it.zone
    )
    return replace(mail, **LEAST.get(purpose, {}))
