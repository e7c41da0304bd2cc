"""One full mail of every purpose: what templates are tried on before the first real mail, and
what `preview` shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

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
from mailbot.meeting.said import Problem, Reason
from mailbot.meeting.sends import (
    Agenda,
    ConfirmRequest,
    Content,
    Fact,
    HelpCard,
    Introduction,
    LineKind,
    MeetingSummary,
    Notice,
    Receipt,
    ReceiptLine,
    Send,
    Slots,
    TimeChange,
)

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
    Problem("move to Thursday-ish", "", Reason.DATE),
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
AGENDA = Agenda(items=ITEMS, own_items=OWN_ITEMS, actions=ACTIONS, themes=THEMES)
RECEIPT = Receipt(LINES, left=("plan.pdf",))

ANSWERS = frozenset(Purpose) - SCHEDULED

CONTENT: dict[Purpose, Content] = {
    Purpose.AGENDA_REQUEST: AGENDA,
    Purpose.FIRST_AGENDA_REQUEST: Agenda(themes=THEMES),
    Purpose.FIRST_MANAGER: Agenda(themes=THEMES),
    Purpose.AGENDA: AGENDA,
    Purpose.AGENDA_UPDATE: AGENDA,
    Purpose.NOTES_REQUEST: AGENDA,
    Purpose.SUMMARY: MeetingSummary(
        notes=NOTES,
        own_notes=OWN_NOTES,
        own_items=OWN_ITEMS,
        actions=ACTIONS,
        closed=CLOSED,
        next_start=datetime(2026, 3, 19, 15, 0, tzinfo=UTC),
        gap_days=15,
    ),
    Purpose.RECEIPT: RECEIPT,
    Purpose.HELP: HelpCard(),
    Purpose.PROBLEM: Receipt(LINES[:1], PROBLEMS),
    Purpose.SLOTS: Slots(SLOTS),
    Purpose.MOVE_PROPOSAL: TimeChange(SLOTS[1], gap_days=18),
    Purpose.MOVED: TimeChange(old_start=START),
    Purpose.INTRO: Introduction(CADENCE, START),
    Purpose.GAP_WARNING: Slots(SLOTS, 21),
    Purpose.NOTICE: Notice(until=date(2026, 4, 13)),
    Purpose.CONFIRM: ConfirmRequest("ana@home.example", LINES[:2]),
}

# what stands in the head beside it
HEAD: dict[Purpose, dict[str, Any]] = {
    Purpose.FIRST_AGENDA_REQUEST: {"meeting": 1},
    Purpose.FIRST_MANAGER: {"meeting": 1, "to": Role.MANAGER},
    Purpose.HELP: {"to": Role.MANAGER},
    Purpose.MOVED: {"start": SLOTS[1]},
    Purpose.INTRO: {"meeting": 0, "start": None},
    Purpose.GAP_WARNING: {"start": LATE, "planned": LATE, "facts": (Fact.TWO_MISSES,)},
    Purpose.NOTICE: {"meeting": 0, "start": None, "facts": (Fact.PAUSED,)},
}

LEAST: dict[Purpose, Content] = {
    **dict.fromkeys(Purpose, Agenda()),
    Purpose.SUMMARY: MeetingSummary(),
    Purpose.RECEIPT: Receipt(),
    Purpose.HELP: HelpCard(),
    Purpose.PROBLEM: Receipt(),
    Purpose.SLOTS: Slots(),
    Purpose.NOTICE: Notice(),
    Purpose.MOVE_PROPOSAL: TimeChange(cadence=CADENCE),
    Purpose.MOVED: TimeChange(cadence=CADENCE),
    Purpose.INTRO: Introduction(CADENCE),
    Purpose.GAP_WARNING: Slots(gap_days=15),
    Purpose.CONFIRM: ConfirmRequest("ana@home.example"),
}
LEAST_FACTS = {
    Purpose.RECEIPT: (Fact.UNDONE,),
    Purpose.PROBLEM: (Fact.NOTHING_FOUND,),
    Purpose.NOTICE: (Fact.UNREACHABLE,),
}


def example(purpose: Purpose, to: Role | None = None, language: str = "en") -> Send:
    """Make a mail with all that this purpose may say. `to` None: whoever gets such a mail."""
    head: dict[str, Any] = {"meeting": 4, "start": START, "planned": START, "to": Role.REPORT}
    head |= HEAD.get(purpose, {})
    to = to or head["to"]
    people = (ANA, BEN) if to is Role.REPORT else (BEN, ANA)
    reader, other = (replace(person, language=language) for person in people)
    head |= {"to": to, "reader": reader, "other": other, "answers": purpose in ANSWERS}
    content = _of_reader(CONTENT[purpose], to)
    return Send(purpose, serial=7, minutes=30, zone="Europe/Lisbon", content=content, **head)


def _of_reader(content: Content, to: Role) -> Content:
    """Make the private words in it the reader's."""
    if not isinstance(content, Agenda | MeetingSummary):
        return content
    items = tuple(replace(item, author=to) for item in content.own_items)
    notes = tuple(replace(note, author=to) for note in content.own_notes)
    return replace(content, own_items=items, own_notes=notes)


def bare(purpose: Purpose) -> Send:
    """Make the same mail with the least that it can say."""
    facts = LEAST_FACTS.get(purpose, ())
    return replace(example(purpose), content=LEAST[purpose], facts=facts, planned=None)
