"""The keys of config.toml about mailbot itself, the meetings and their people.

Every key is declared once: the annotated sample and the messages about mistakes are made from these
declarations; nothing repeats them. Those about servers are in server_tables.py.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from mailbot.config.key import Table, key
from mailbot.config.words import (
    Address,
    AddressOrEmpty,
    Clock,
    Country,
    Day,
    Domain,
    Language,
    OwnAddress,
    Weekday,
    Zone,
    ZoneOrEmpty,
)
from mailbot.meeting import model
from mailbot.meeting.events import Rules

RULES = Rules()
NOBODY = "none"  # no server can have this name: it has no dot


class MailTable(Table):
    """Who mailbot is."""

    address: OwnAddress = key("mailbot's own address.", example="mailbot@corp.example")
    plus_addressing: bool = key(
        "Whether your server delivers address+TOKEN, too; `mailbot check --probe` tries it. "
        "Without it, replies are found by the headers that mail programs send.",
        default=True,
    )
    display: str = key(
        "The name beside the address in mails that belong to no pair.", "mailbot", max_length=60
    )
    zone: ZoneOrEmpty = key(
        "Time zone of people of whom no other is known.", "", example="Europe/Lisbon"
    )


class TrustTable(Table):
    """Whom to believe, and whom to tell."""

    profile: Literal["generic", "google", "microsoft"] = key(
        "How your server states what it checked.", "generic"
    )
    authserv_id: str = key(
        "The name your server puts first in its Authentication-Results headers. Without it no "
        "sender is proven: a reply is believed by its token and address, and any other mail is "
        "confirmed with the address on file. none: your server writes no such header, and you know "
        "what that means.",
        "",
        example="mx.corp.example",
    )
    allowed_domains: list[Domain] = key(
        "Managers writing from these domains may start a series by mail.",
        [],
        example=["corp.example"],
    )
    operator: AddressOrEmpty = key(
        "Who is told when something needs a hand.", "", example="postmaster@corp.example"
    )

    @property
    def believed(self) -> str:
        """Name the server whose word counts; "" where none is named."""
        return "" if self.authserv_id == NOBODY else self.authserv_id


class CycleTable(Table):
    """When the mails of a meeting leave. Days are working days of the reader, hours are theirs
    too."""

    request_days: int = key(
        "Agenda request before the meeting.", RULES.request_days, unit="working days", ge=1, le=10
    )
    agenda_days: int = key(
        "Agenda before the meeting.", RULES.agenda_days, unit="working days", ge=0, le=10
    )
    mail_hour: Clock = key("Time of day of these two.", RULES.mail_hour)
    update_minutes: int = key(
        "Changed agenda before the start.", RULES.update_minutes, unit="minutes", ge=5, le=1440
    )
    notes_minutes: int = key(
        "Notes request after the end.", RULES.notes_minutes, unit="minutes", ge=0, le=1440
    )
    close_days: int = key(
        "Roll on when nobody answers.", RULES.close_days, unit="working days", ge=1, le=10
    )
    max_gap_days: int = key(
        "Warn before two meetings are further apart.", RULES.max_gap_days, unit="days", ge=7, le=31
    )

    @model_validator(mode="after")
    def _request_comes_before_the_agenda(self) -> Self:
        if self.request_days <= self.agenda_days:
            raise ValueError(
                "request_days must be more than agenda_days: first the question, then the agenda"
            )
        return self


class DataTable(Table):
    """What mailbot keeps. Paths are seen from the folder of this file."""

    folder: str = key(
        "Folder of all series, the outbox and the journal. Back it up.", "data", min_length=1
    )
    key_file: str = key(
        "File of the keys that sign reply tokens; made at the first start, one key a line, the "
        "first one signs. Empty: the file keys in the data folder.",
        "",
        example="/etc/mailbot/keys",
    )
    quarantine_days: int = key(
        "Mails of strangers leave quarantine at this age, a week after the daily digest said so; "
        "those of people on file stay until you drop them. 0: all of them stay.",
        90,
        unit="days",
        ge=0,
        le=3650,
    )
    quarantine_megabytes: int = key(
        "Where quarantine is full, nothing is thrown away: what comes stays in the mailbox, or "
        "with the server that hands it in, and you are told.",
        500,
        unit="MB",
        ge=1,
        le=1_000_000,
    )


class TemplatesTable(Table):
    """Your own wording."""

    folder: str = key(
        "Folder whose files replace the shipped ones of the same name.", "", example="templates"
    )


class PersonEntry(Table):
    """Somebody who has one-on-ones. Those who keep the defaults may be left out."""

    address: Address = key(
        "Address on file: mails go there and are believed from there.", example="ana@corp.example"
    )
    name: str = key(
        "As it stands in the mails. Empty: made from the address.",
        "",
        example="Ana Silva",
        max_length=80,
    )
    zone: Zone = key("Time zone.", example="Europe/Lisbon")
    from_hour: Clock = key(
        "Working hours; nothing scheduled is sent outside them.", model.Person("", "").from_hour
    )
    to_hour: Clock = key("Their end.", model.Person("", "").to_hour)
    days: list[Weekday] = key(
        "Working days.", list(model.Person("", "").days), min_length=1, max_length=7
    )
    language: Language = key("Language of the mails.", model.Person("", "").language)
    country: Country = key(
        "Country whose public holidays count, with its part: DE-BY.", "", example="PT"
    )
    aliases: list[Address] = key(
        "Other addresses of this person.", [], example=["ana.silva@corp.example"]
    )

    @property
    def addresses(self) -> tuple[str, ...]:
        """List the address on file, then all others of this person."""
        return (self.address, *self.aliases)

    @model_validator(mode="after")
    def _hours_leave_room(self) -> Self:
        if self.from_hour >= self.to_hour:
            raise ValueError("from_hour must be earlier than to_hour")
        return self


class OneOnOne(Table):
    """A standing one-on-one. Changing it here changes the series."""

    report: Address = key("The one who owns the agenda.", example="ana@corp.example")
    manager: Address = key("The other one.", example="ben@corp.example")
    weekday: Weekday = key("Day of the week.", example="Tuesday")
    time: Clock = key("Start, wall clock.", example="10:00")
    zone: ZoneOrEmpty = key("Zone of that time. Empty: the report's.", "", example="Europe/Lisbon")
    minutes: int = key("Length.", 30, unit="minutes", ge=5, le=240)
    every_weeks: int = key(
        "Every week, or every second one; never less often.", 1, unit="weeks", ge=1, le=2
    )
    first: Day | None = key("No meeting before this day.", None, example=date(2026, 12, 1))

    @model_validator(mode="after")
    def _takes_two(self) -> Self:
        if self.report == self.manager:
            raise ValueError("report and manager must be two people")
        return self
