"""What a template sees: a Send in the words of its reader. Plain strings, made once, shown by
text and HTML alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from mailbot.meeting.model import Purpose, Role

# lists of phrases.txt that make the help card
COMMANDS = {Role.REPORT: ("commands",), Role.MANAGER: ("commands", "manager_commands")}


class Phrases(Protocol):
    """The short sentences of one language, by key."""

    def __call__(self, key: str, *words: object) -> str:
        """Look up a sentence. Raises Bug for a key that has none."""

    def __contains__(self, key: object) -> bool: ...

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Look up a list: a command and what it does. Raises Bug for a key that has none."""


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An agenda item or a note: its first line and, where its author wrote several, the others."""

    lines: tuple[str, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """An action item on its line: `3. Send the numbers (Ben, by Fri 13 Mar)`."""

    number: int
    box: str
    line: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that people write under."""

    heading: str
    prompts: tuple[str, ...]
    entries: tuple[ItemWords, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that was not understood, why, and what would work."""

    line: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgendaWords:
    """`m.agenda`: what there is to talk about, or was."""

    actions: tuple[Promise, ...] = ()
    closed: tuple[Promise, ...] = ()
    sections: tuple[Section, ...] = ()  # every theme, with its prompts
    points: tuple[Section, ...] = ()  # the themes that have items, without prompts
    private: tuple[ItemWords, ...] = ()
    notes: tuple[ItemWords, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """`m.receipt`: how the answered mail was read."""

    lines: tuple[str, ...] = ()  # "1. [shared] Career: ..."
    example_line: int = 0  # number of a shared line for "2 private"; 0: there is none
    problems: tuple[Doubt, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """`m.change`: another time or cadence; `m.asked`: the one that somebody was asked about."""

    start: str = ""  # "Thu 12 March, 15:00-15:30 (09:00 in New York)"
    brief: str = ""  # "Thu 12 March, 15:00"
    old: str = ""  # brief
    cadence: str = ""


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """`m.claim`: words that wait for a yes, and the address that they came from."""

    address: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """Every name that a template may use stands here, as `m.NAME`; a template that uses another
    does not compile."""

    language: str
    purpose: Purpose
    role: Role  # of the reader
    me: str
    other: str
    subject: str
    token: str
    link: str  # mailto: that answers this very mail, up to and including "&body="
    # the meeting: "Thu 12 March, 15:00-15:30 (09:00 in New York)"; "" if the mail is about the
    # series
    when: str
    when_brief: str  # "Thu 12 March, 15:00"
    next: str
    until: str
    gap_days: int | None
    example: int  # number of an action item for "done 3"
    headings: Mapping[str, str]  # notes, i_will, they_will, action_items ...
    agenda: AgendaWords
    receipt: ReceiptWords
    change: ChangeWords
    asked: ChangeWords
    slots: tuple[str, ...]
    claim: ClaimWords
    fact_keys: tuple[str, ...]
    phrases: Phrases

    def say(self, key: str, *words: object) -> str:
        """Look up a sentence of phrases.txt; it sees this letter as `m`."""
        return self.phrases(key, self, *words)

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(self.say(f"fact_{key}") for key in self.fact_keys)

    @property
    def commands(self) -> tuple[tuple[str, str], ...]:
        """List what can be written, for the help card."""
        pairs = chain.from_iterable(map(self.phrases.pairs, COMMANDS[self.role]))
        return tuple((words, effect.replace("{other}", self.other)) for words, effect in pairs)
