"""Puts a Send into the words of its reader: a Letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from mailbot.languages.day_names import Calendar, city
from mailbot.languages.headings import printed
from mailbot.meeting.model import (
    ActionItem,
    ActionState,
    AgendaItem,
    Cadence,
    Note,
    Purpose,
    Role,
    Theme,
)
from mailbot.meeting.said import Problem
from mailbot.meeting.sends import (
    Agenda,
    ConfirmRequest,
    Content,
    Fact,
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
from mailbot.outbound.letter import (
    AgendaWords,
    ChangeWords,
    ClaimWords,
    Doubt,
    ItemWords,
    Letter,
    Phrases,
    Promise,
    ReceiptWords,
    Section,
)
from mailbot.outbound.prompts import Prompts
from mailbot.threads.characters import one_line
from mailbot.threads.subject import called

EXAMPLE_NUMBER = 3
HIDEABLE = (LineKind.ITEM, LineKind.CARRIED, LineKind.NOTE, LineKind.ACTION)
BOXES = {ActionState.OPEN: "[ ]", ActionState.DONE: "[x]", ActionState.DROPPED: "[-]"}


class Writer:
    """Puts one Send into words."""

    def __init__(self, send: Send, calendar: Calendar, phrases: Phrases, language: str) -> None:
        self.send = send
        self.calendar = calendar
        self.phrases = phrases
        self.language = language
        self.headings = printed(language)
        self.names = names_of(send)

    def letter(self, prompts: Prompts, subject: str, token: str, link: str) -> Letter:
        """Say everything in it, in the words of its reader."""
        send, content = self.send, self.send.content
        return Letter(
            language=self.language,
            purpose=send.purpose,
            role=send.to,
            me=self.names[send.to],
            other=self.names[send.to.other],
            subject=subject,
            token=token,
            link=link,
            when=self.when(send.start),
            when_brief=self.brief(send.start),
            next=self.when(_next_start(content)),
            until=self.until(_until(content)),
            gap_days=_gap_days(content),
            example=next((action.number for action in _actions(content)), EXAMPLE_NUMBER),
            headings=self.headings,
            agenda=self.agenda(prompts),
            receipt=self.receipt(send.receipt),
            change=self.change(_change(content)),
            asked=self.change(_asked(send)),
            slots=self.slots(),
            claim=self.claim(),
            fact_keys=send.facts,
            phrases=self.phrases,
        )

    # ---- the parts of a letter ----

    def agenda(self, prompts: Prompts) -> AgendaWords:
        """Say what there is to talk about, or was."""
        match content := self.send.content:
            case Agenda():
                words = self._agenda(content, prompts)
                notes = content.late_notes
            case MeetingSummary():
                words = AgendaWords(private=self.own(content))
                notes = content.notes
            case _:
                words, notes = AgendaWords(), ()
        return replace(
            words,
            actions=tuple(map(self.promise, _actions(content))),
            closed=tuple(map(self.promise, _closed(content))),
            notes=tuple(map(self.entry, notes)),
        )

    def _agenda(self, content: Agenda, prompts: Prompts) -> AgendaWords:
        whole = self.sections(content, prompts)
        points = tuple(replace(section, prompts=()) for section in whole if section.entries)
        return AgendaWords(sections=whole, points=points, private=self.own(content))

    def receipt(self, receipt: Receipt) -> ReceiptWords:
        """Say how the answered mail was read."""
        lines = receipt.lines
        return ReceiptWords(
            lines=tuple(self.receipt_line(n, line) for n, line in enumerate(lines, 1)),
            example_line=next((n for n, line in enumerate(lines, 1) if _can_hide(line)), 0),
            problems=tuple(map(self.doubt, receipt.problems)),
            left=tuple(map(one_line, receipt.left)),
        )

    def change(self, change: TimeChange | None) -> ChangeWords:
        """Say another time or cadence."""
        if change is None:
            return ChangeWords()
        return ChangeWords(
            start=self.when(change.start),
            brief=self.brief(change.start),
            old=self.brief(change.old_start),
            cadence=self.cadence(change.cadence),
        )

    def slots(self) -> tuple[str, ...]:
        """Number the free times."""
        content = self.send.content
        times = content.times if isinstance(content, Slots) else ()
        return tuple(f"{n}. {self.when(slot)}" for n, slot in enumerate(times, 1))

    def claim(self) -> ClaimWords:
        """Show the words that wait for a yes; of a private line only that there is one."""
        content = self.send.content
        if not isinstance(content, ConfirmRequest):
            return ClaimWords()
        lines = (
            self.phrases("unconfirmed_private") if line.private else one_line(line.text)
            for line in content.lines
        )
        return ClaimWords(one_line(content.claimed), tuple(lines))

    # ---- times ----

    def when(self, start: datetime | None) -> str:
        """Say a time on the reader's wall clock, and on the other's where that shows another
        time."""
        if start is None:
            return ""
        span, there = self.calendar.span(start, self.send.minutes), self.calendar.there(start)
        return (
            f"{span} {self.phrases('there', there, city(self.send.other.zone))}" if there else span
        )

    def brief(self, start: datetime | None) -> str:
        """Say a time on the reader's wall clock alone."""
        return self.calendar.moment(start) if start else ""

    def until(self, until: date | None) -> str:
        """Say the last day; "" for a pause without an end."""
        return "" if until in (None, date.max) else self.calendar.day(until)

    def cadence(self, cadence: Cadence | None) -> str:
        """Say a rhythm, in the anchor zone where that is not the reader's."""
        if cadence is None:
            return ""
        zone = "" if cadence.zone == self.send.reader.zone else city(cadence.zone)
        weekday = self.calendar.names.weekdays[cadence.weekday]
        return self.phrases(
            "cadence", weekday, f"{cadence.at:%H:%M}", zone, cadence.every_weeks, cadence.minutes
        )

    # ---- words of people ----

    def promise(self, action: ActionItem) -> Promise:
        """Say an action item: number, words, whose it is, and the remarks under it."""
        line = f"{action.number}. {one_line(action.text)} ({self._whose(action)})"
        remarks = (
            self.phrases("remark", self.names[r.author], self.calendar.day(r.on), one_line(r.text))
            for r in action.remarks
        )
        return Promise(action.number, BOXES[action.state], line, tuple(remarks))

    def entry(self, words: AgendaItem | Note, *, signed: bool = True) -> ItemWords:
        """Say an item or note, with its author in brackets behind the last line, and the day it was
        first meant for."""
        carried = getattr(words, "carried_from", None)
        marks = [self.names[words.author]] if signed else []
        marks += [self.phrases("carried", self.calendar.short(carried))] if carried else []
        return ItemWords(_lines(words.text, f" ({', '.join(marks)})" if marks else ""), words.level)

    def own(self, content: Agenda | MeetingSummary) -> tuple[ItemWords, ...]:
        """Say the reader's private words, in the form that keeps them private when they are copied
        into an answer."""
        found: tuple[AgendaItem | Note, ...] = (*content.own_items, *content.own_notes)
        return tuple(_behind("private: ", self.entry(words, signed=False)) for words in found)

    def sections(self, content: Agenda, prompts: Prompts) -> tuple[Section, ...]:
        """Write every theme that is asked for, and those that have items or prompts besides."""
        asked = dict(self._asked(content, prompts))
        used = asked.keys() | {item.theme for item in content.items}
        order = [theme for theme, _ in content.themes] or list(Theme)
        order += [theme for theme in Theme if theme in used - set(order)]
        return tuple(self._section(theme, asked.get(theme, ()), content) for theme in order)

    def receipt_line(self, number: int, line: ReceiptLine) -> str:
        """Say what was understood, and who sees it."""
        tag = self.phrases("only_you" if line.private else "shared")
        return f"{number}. [{tag}] {self._understood(line)}"

    def doubt(self, problem: Problem) -> Doubt:
        """Say why a line was not understood; a reason without a sentence of its own is
        "unclear"."""
        reason = f"reason_{problem.reason}"
        sentence = reason if reason in self.phrases else "reason_unclear"
        return Doubt(one_line(problem.line), self.phrases(sentence, one_line(problem.hint)))

    def _understood(self, line: ReceiptLine) -> str:
        text = one_line(line.text)
        match line.kind:
            case LineKind.ITEM if line.theme:
                return f"{self.headings[line.theme]}: {text}"
            case LineKind.CARRIED if line.theme:
                return self.phrases("read_carried", self.headings[line.theme], text)
            case LineKind.ITEM | LineKind.NOTE | LineKind.PRIVATE | LineKind.KNOWN:
                return self.phrases(f"read_{line.kind}", text)
            case LineKind.REMARK if line.action:
                return self.phrases("read_remark", line.action.number, text)
            case (
                LineKind.ACTION
                | LineKind.DONE
                | LineKind.DROP
                | LineKind.REOPEN
                | LineKind.DUE
                | LineKind.OWNER
            ) if line.action:
                return self.phrases(f"read_{line.kind}", self.promise(line.action).line)
            case _:
                return text

    def _whose(self, action: ActionItem) -> str:
        owner = self.names[action.owner]
        match action.state:
            case ActionState.DROPPED:
                return f"{owner}, {self.phrases('dropped')}"
            case ActionState.OPEN if action.due:
                return f"{owner}, {self.phrases('by', self.calendar.day(action.due))}"
            case _:
                return owner

    def _asked(self, content: Agenda, prompts: Prompts) -> Iterable[tuple[Theme, tuple[str, ...]]]:
        send = self.send
        match send.purpose:
            case Purpose.FIRST_AGENDA_REQUEST:
                yield from prompts.first[0].items()
            case Purpose.AGENDA_REQUEST if Fact.SECOND_PROMPTS in send.facts:
                yield from prompts.first[1].items()
            case Purpose.FIRST_MANAGER:
                yield from prompts.first[2].items()
            case _:
                numbered = ((theme, n) for theme, n in content.themes if n is not None)
                yield from ((theme, (prompts.of(theme, n),)) for theme, n in numbered)

    def _section(self, theme: Theme, asked: tuple[str, ...], content: Agenda) -> Section:
        other = self.names[self.send.to.other]
        prompts = tuple(prompt.replace("{other}", other) for prompt in asked)
        entries = tuple(self.entry(item) for item in content.items if item.theme is theme)
        return Section(self.headings[theme], prompts, entries)


def names_of(send: Send) -> dict[Role, str]:
    """Tell what the two are called."""
    return called({send.to: send.reader, send.to.other: send.other})


def _actions(content: Content) -> tuple[ActionItem, ...]:
    match content:
        case Agenda() | MeetingSummary() | Notice():
            return content.actions
        case _:
            return ()


def _closed(content: Content) -> tuple[ActionItem, ...]:
    return content.closed if isinstance(content, Agenda | MeetingSummary) else ()


def _next_start(content: Content) -> datetime | None:
    return content.next_start if isinstance(content, MeetingSummary | Introduction) else None


def _until(content: Content) -> date | None:
    return content.until if isinstance(content, Slots | Notice) else None


def _gap_days(content: Content) -> int | None:
    match content:
        case Agenda() | MeetingSummary() | TimeChange() | Slots() | Notice():
            return content.gap_days
        case Receipt(asked=TimeChange() as asked):
            return asked.gap_days
        case _:
            return None


def _asked(send: Send) -> TimeChange | None:
    """Find what somebody was asked: it was declined, or stands beside the content."""
    declined = send.content.asked if isinstance(send.content, Notice) else None
    return declined or send.receipt.asked


def _change(content: Content) -> TimeChange | None:
    match content:
        case TimeChange():
            return content
        case Introduction():
            return TimeChange(cadence=content.cadence)
        case _:
            return None


def _can_hide(line: ReceiptLine) -> bool:
    return not line.private and line.kind in HIDEABLE


def _lines(text: str, marks: str) -> tuple[str, ...]:
    lines = text.strip().splitlines() or [""]
    return (*lines[:-1], f"{lines[-1]}{marks}")


def _behind(mark: str, entry: ItemWords) -> ItemWords:
    return ItemWords((f"{mark}{entry.lines[0]}", *entry.lines[1:]), entry.level)
