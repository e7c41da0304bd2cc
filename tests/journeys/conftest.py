"""Ana and Ben, a Monday, a mailbot with trays, and mails written by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from mailbot.meeting.model import Cadence, Meeting, Person, Series
from mailbot.service.people.directory import series_id
from mailbot.testing import Got, House, answer

ANA = Person("ana@corp.example", "Ana Silva")
BEN = Person("ben@corp.example", "Ben Ito")
CAT = Person("cat@corp.example", "Cat Moss")
THURSDAYS = Cadence(3, time(15), "UTC")
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
PAIR = series_id(ANA.address, BEN.address)
US = "mailbot@corp.example"
OFFLINE = """
[mail]
address = "mailbot@corp.example"
[smtp]
host = "127.0.0.1"
port = 9
tls = "none"
login = "none"
"""


class Office(House):
    """A House with what a test wants to look at."""

    @property
    def pair(self) -> Series:
        """The 1:1 of Ana and Ben."""
        stored = self.store.load(PAIR)
        assert stored is not None
        return stored.series

    @property
    def meeting(self) -> Meeting:
        """The one to come."""
        return next(m for m in self.pair.meetings if m.start > self.clock.at)

    def items(self, person: Person | None = None) -> list[str]:
        """What stands on the agenda to come; of one author."""
        found = [i for m in self.pair.meetings if m.start > self.clock.at for i in m.items]
        return [
            i.text
            for i in found
            if person is None or self.pair.person(i.author).address == person.address
        ]

    def last(self, person: Person) -> Got:
        return self.tray.to(person.address)[-1]

    def count(self, *people: Person) -> int:
        return sum(len(self.tray.to(person.address)) for person in people or (ANA, BEN, CAT))

    def after(self, **span: float) -> None:
        self.until(self.clock.at + timedelta(**span))

    def mail(
        self, author: str, words: str, subject: str = "Hello", *lines: str, to: str = US
    ) -> bytes:
        """A mail of its own, an answer to nothing."""
        self.written = getattr(self, "written", 0) + 1
        head = [
            f"From: {author}",
            f"To: {to}",
            f"Subject: {subject}",
            f"Date: {format_datetime(self.clock.at)}",
            f"Message-ID: <{self.written}@client.example>",
            *lines,
            "Content-Type: text/plain; charset=utf-8",
        ]
        return "\r\n".join([*head, "", *words.split("\n"), ""]).encode()

    def reply(
        self,
        mail: Got,
        author: str,
        words: str | dict[str, str],
        *lines: str,
        client: str = "gmail",
    ) -> bytes:
        """An answer, with more header lines on top."""
        raw = answer(mail, author, words, self.clock.at, client)
        return "".join(f"{line}\r\n" for line in lines).encode() + raw

    def every_address(self) -> set[str]:
        return {mail.recipient for mail in self.tray.mails}


NewOffice = Callable[..., Office]


@pytest.fixture
def new_office(tmp_path: Path) -> NewOffice:
    """An office on Monday morning; Ana has just been asked for the agenda of Thursday."""

    def made(
        *pairs: tuple[Person, Person, Cadence],
        at: datetime = MONDAY,
        folder: str = "a",
        **options: object,
    ) -> Office:
        office = Office(at, tmp_path / folder, **options)  # type: ignore[arg-type]  # whatever a House takes
        office.pairs(*(pairs or ((ANA, BEN, THURSDAYS),)))
        office.until(at + timedelta(days=1, hours=2))
        return office

    return made


@pytest.fixture
def office(new_office: NewOffice) -> Office:
    return new_office()
