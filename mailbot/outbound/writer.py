"""Puts a Send into the words of its reader: a Letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from mailbot.languages.day_names import Calendar, city
from mailbot.languages.headings import printed
from mailbot.meeting.events import Fact, LineKind, ReceiptLine, Send
from mailbot.meeting.model import ActionItem, ActionState, AgendaItem, Note, Purpose, Role, Theme
from mailbot.meeting.said import Problem
from mailbot.outbound.letter import Doubt, Entry, Letter, Phrases, Promise, Section
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
        send, whole = self.send, self.sections(prompts)
        return Letter(
            language=self.language,
            purpose=send.purpose,
            role=send.to,
            me=self.names[send.to],
            other=self.names[send.to.other],
            report=self.names[Role.REPORT],
            manager=self.names[Role.MANAGER],
            meeting=send.meeting,
            minutes=send.minutes,
            subject=subject,
            token=token,
            link=link,
            claimed=one_line(send.claimed),
            when=self.when(send.start),
            when_brief=self.brief(send.start),
            proposed=self.when(send.proposed),
            proposed_brief=self.brief(send.proposed),
            old_brief=self.brief(send.old_start),
            next=self.when(send.next_start),
            until=self.until(),
            gap_days=send.gap_days,
            cadence=self.cadence(),
            example=send.actions[0].number if send.actions else EXAMPLE_NUMBER,
            actions=tuple(map(self.promise, send.actions)),
            closed=tuple(map(self.promise, send.closed)),
            sections=whole,
            agenda=tuple(replace(section, prompts=()) for section in whole if section.entries),
            private=self.own(),
            notes=tuple(map(self.entry, send.notes)),
            headings=self.headings,
            lines=tuple(self.receipt_line(n, line) for n, line in enumerate(send.lines, 1)),
            example_line=next((n for n, line in enumerate(send.lines, 1) if _can_hide(line)), 0),
            held=tuple(
                self.phrases("held_private") if line.private else one_line(line.text)
                for line in send.lines
            ),
            problems=tuple(map(self.doubt, send.problems)),
            left=tuple(map(one_line, send.left)),
            slots=tuple(f"{n}. {self.when(slot)}" for n, slot in enumerate(send.slots, 1)),
            fact_keys=send.facts,
            phrases=self.phrases,
        )

    def when(self, start: datetime | None) -> str:
        """On the reader's wall clock, and on the other's where that shows another time."""
        if start is None:
            return ""
        span, there = self.calendar.span(start, self.send.minutes), self.calendar.there(start)
        return (
            f"{span} {self.phrases('there', there, city(self.send.other.zone))}" if there else span
        )

    def brief(self, start: datetime | None) -> str:
        return self.calendar.moment(start) if start else ""

    def until(self) -> str:
        until = self.send.until
        return "" if until in (None, date.max) else self.calendar.day(until)

    def cadence(self) -> str:
        cadence = self.send.cadence
        if cadence is None:
            return ""
        zone = "" if cadence.zone == self.send.reader.zone else city(cadence.zone)
        weekday = self.calendar.names.weekdays[cadence.weekday]
        return self.phrases(
            "cadence", weekday, f"{cadence.at:%H:%M}", zone, cadence.every_weeks, cadence.minutes
        )

    def promise(self, action: ActionItem) -> Promise:
        line = f"{action.number}. {one_line(action.text)} ({self._whose(action)})"
        remarks = (
            self.phrases("remark", self.names[r.author], self.calendar.day(r.on), one_line(r.text))
            for r in action.remarks
        )
        return Promise(action.number, BOXES[action.state], line, tuple(remarks))

    def entry(self, words: AgendaItem | Note, *, signed: bool = True) -> Entry:
        """With its author in brackets behind the last line, and the day it was first meant for."""
        carried = getattr(words, "carried_from", None)
        marks = [self.names[words.author]] if signed else []
        marks += [self.phrases("carried", self.calendar.short(carried))] if carried else []
        return Entry(_lines(words.text, f" ({', '.join(marks)})" if marks else ""), words.level)

    def own(self) -> tuple[Entry, ...]:
        """The reader's private words, in the form that keeps them private when they are copied
        into an answer."""
        found: tuple[AgendaItem | Note, ...] = (*self.send.own_items, *self.send.own_notes)
        return tuple(_behind("private: ", self.entry(words, signed=False)) for words in found)

    def sections(self, prompts: Prompts) -> tuple[Section, ...]:
        asked = dict(self._asked(prompts))
        order = [theme for theme, _ in self.send.themes] or list(Theme)
        order += [
            theme
            for theme in Theme
            if theme not in order and (theme in asked or self._items(theme))
        ]
        return tuple(self._section(theme, asked.get(theme, ())) for theme in order)

    def receipt_line(self, number: int, line: ReceiptLine) -> str:
        tag = self.phrases("only_you" if line.private else "shared")
        return f"{number}. [{tag}] {self._understood(line)}"

    def doubt(self, problem: Problem) -> Doubt:
        """Why a line was not understood; a reason without a sentence of its own is "unclear"."""
        line, hint, reason = (
            one_line(problem.line),
            one_line(problem.hint),
            f"reason_{problem.reason}",
        )
        return Doubt(
            line, self.phrases(reason if reason in self.phrases else "reason_unclear", hint)
        )

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

    def _asked(self, prompts: Prompts) -> Iterable[tuple[Theme, tuple[str, ...]]]:
        send = self.send
        match send.purpose:
            case Purpose.FIRST_AGENDA_REQUEST:
                yield from prompts.first[0].items()
            case Purpose.AGENDA_REQUEST if Fact.SECOND_PROMPTS in send.facts:
                yield from prompts.first[1].items()
            case Purpose.FIRST_MANAGER:
                yield from prompts.first[2].items()
            case _:
                yield from (
                    (theme, (prompts.of(theme, n),)) for theme, n in send.themes if n is not None
                )

    def _section(self, theme: Theme, asked: tuple[str, ...]) -> Section:
        prompts = tuple(
            prompt.replace("{other}", self.names[self.send.to.other]) for prompt in asked
        )
        return Section(self.headings[theme], prompts, tuple(map(self.entry, self._items(theme))))

    def _items(self, theme: Theme) -> list[AgendaItem]:
        return [item for item in self.send.items if item.theme is theme]


def names_of(send: Send) -> dict[Role, str]:
    return called({send.to: send.reader, send.to.other: send.other})


def _can_hide(line: ReceiptLine) -> bool:
    return not line.private and line.kind in HIDEABLE


def _lines(text: str, marks: str) -> tuple[str, ...]:
    lines = text.strip().splitlines() or [""]
    return (*lines[:-1], f"{lines[-1]}{marks}")


def _behind(mark: str, entry: Entry) -> Entry:
    return Entry((f"{mark}{entry.lines[0]}", *entry.lines[1:]), entry.level)
