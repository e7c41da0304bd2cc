"""Put into words what happens in the play: days and times, and what was understood of a reply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr
from typing import assert_never
from zoneinfo import ZoneInfo

from mailbot.commands.terminal import printable
from mailbot.demo.stage import PlayedMail
from mailbot.languages.day_names import city, day_names
from mailbot.languages.headings import printed
from mailbot.meeting.model import Person, Purpose, Role, Theme
from mailbot.meeting.said import (
    Consent,
    Help,
    Item,
    Mails,
    Mark,
    MoveTo,
    NewSeries,
    Noted,
    Pause,
    Pick,
    Private,
    Problem,
    Promised,
    Recur,
    Remarked,
    Resume,
    Said,
    SetDue,
    SetOwner,
    Skip,
    Undo,
    words_of,
)

NAMES = day_names("en")
CLIENTS = {"gmail": "Gmail", "outlook": "Outlook", "apple": "Apple Mail on a phone"}
STATES = {"done": "is done", "drop": "is dropped", "reopen": "is open again"}
KINDS: dict[Purpose, str] = {
    Purpose.AGENDA_REQUEST: "Agenda request",
    Purpose.FIRST_AGENDA_REQUEST: "First agenda request",
    Purpose.FIRST_MANAGER: "First mail to the manager",
    Purpose.MOVE_PROPOSAL: "Proposal",
    Purpose.PROBLEM: "Question",
    Purpose.SLOTS: "Three free times",
}


def kind(purpose: Purpose) -> str:
    """Name a mail on paper: `Agenda request`."""
    return KINDS.get(purpose, purpose.value.replace("_", " ").capitalize())


# ---- days and times ----


def day_name(at: datetime, zone: str) -> str:
    """Write `Tuesday 3 March`."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{NAMES.weekdays[there.weekday()]} {there.day} {NAMES.months[there.month - 1]}"


def clock_time(at: datetime, zone: str) -> str:
    """Write `09:00`."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def both_clocks(at: datetime, first: Person, second: Person) -> str:
    """Write `Tuesday 3 March, 09:00 in Lisbon, 04:00 in New York`; the weekday too where it is
    another."""
    there = day_name(at, second.zone)
    other_day = f"{there.partition(' ')[0]} " if there != day_name(at, first.zone) else ""
    return (f"{day_name(at, first.zone)}, {clock_time(at, first.zone)} in {city(first.zone)}, "
            f"{other_day}{clock_time(at, second.zone)} in {city(second.zone)}")  # fmt: skip


def _short(on: date) -> str:
    return f"{NAMES.weekdays_short[on.weekday()]} {on.day} {NAMES.months_short[on.month - 1]}"


# ---- a mail ----


def headers(leaf: PlayedMail) -> Iterator[tuple[str, str]]:
    """Return From, To, Subject and Date, the way a mail reader in the person's zone shows them."""
    for name in ("From", "To"):
        yield name, printable(parseaddr(" ".join(leaf.mail.header(name).split()))[0])
    yield "Subject", printable(leaf.mail.subject)
    zone = leaf.person.zone
    year = leaf.at.astimezone(ZoneInfo(zone)).year
    yield "Date", f"{day_name(leaf.at, zone)} {year}, {clock_time(leaf.at, zone)} ({city(zone)})"


# ---- what was understood ----


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing a reply said. `sort`: agenda | note | promise | command | question."""

    sort: str
    text: str
    private: bool = False


def understood(said: Said, writer: Role, names: dict[Role, str]) -> Understood:
    """Put into words what a reply was understood to say."""
    match said:
        case Item() | Noted() | Promised():
            return _brought(said, writer, names)
        case Remarked() | Mark() | SetDue() | SetOwner():
            return _about_promises(said, names)
        case MoveTo():
            at = f", {said.at:%H:%M}" if said.at else ""
            return Understood("command", f"move to {_short(said.day)}{at}")
        case Pick():
            return Understood("command", f"take time {said.number}")
        case Problem():
            meant = f'"{said.line}": did you mean "{said.hint}"?'
            return Understood("question", meant if said.hint else said.line)
        case Skip() | Consent() | Pause() | Resume() | Recur() | Mails() | Private() | Undo():
            return Understood("command", words_of(said))
        case Help() | NewSeries():
            return Understood("command", words_of(said))
        case _:
            assert_never(said)


def _brought(said: Item | Noted | Promised, writer: Role, names: dict[Role, str]) -> Understood:
    match said:
        case Item():
            heading = printed("en")[(said.theme or Theme.ANYTHING_ELSE).value]
            return Understood("agenda", f"{heading}: {said.text}", said.private)
        case Noted():
            return Understood("note", said.text, said.private)
        case Promised():
            due = f", by {_short(said.due)}" if said.due else ""
            owner = names[said.owner or writer]
            return Understood("promise", f"{owner}: {said.text}{due}", said.private)
        case _:
            assert_never(said)


def _about_promises(
    said: Remarked | Mark | SetDue | SetOwner, names: dict[Role, str]
) -> Understood:
    match said:
        case Remarked():
            return Understood("note", f"about promise {said.number}: {said.text}")
        case Mark():
            return Understood("promise", f"{', '.join(map(str, said.numbers))} {STATES[said.verb]}")
        case SetDue():
            return Understood("promise", f"{said.number}, by {_short(said.due)}")
        case SetOwner():
            return Understood("promise", f"{said.number} is {names[said.owner]}'s now")
        case _:
            assert_never(said)


def private_words(said: Said) -> str:
    """Return what was said for its author alone, or nothing."""
    match said:
        case Item() | Noted() | Promised() if said.private:
            return said.text
        case _:
            return ""
