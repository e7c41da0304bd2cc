"""Holds: two people who do nothing but answer mails get, for a fortnight, their agendas, notes and
promises, in time and with private lines kept private.

Their words go through every room; only the servers are trays.
"""

from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.meeting.model import Cadence, Person
from mailbot.testing import Got, House

ANA = Person("ana@corp.example", "Ana Silva", zone="Europe/Berlin")
BEN = Person("ben@corp.example", "Ben Ito", zone="Europe/Berlin")


class Correspondent:
    """One person, who finds mails of mailbot and answers them in a mail program."""

    def __init__(self, house: House, person: Person, client: str) -> None:
        self.house, self.person, self.client = house, person, client

    def finds(self, *words: str) -> Got:
        """The newest mail says all of this."""
        mail = self.house.tray.to(self.person.address)[-1]
        for word in words:
            assert word in mail.text, f"{word!r} is not in:\n{mail.text}"
        return mail

    def answers(self, words: str | dict[str, str]) -> None:
        entry = self.house.answers(self.finds(), self.person.address, words, self.client)
        assert entry.outcome == "applied", entry

    def never_saw(self, words: str) -> bool:
        return all(
            words not in mail.text and words not in mail.html
            for mail in self.house.tray.to(self.person.address)
        )


def at(text: str) -> datetime:
    return (
        datetime.strptime(f"2026 {text}", "%Y %a %d %b %H:%M")
        .replace(tzinfo=ZoneInfo("Europe/Berlin"))
        .astimezone(UTC)
    )


def test_a_fortnight(tmp_path: Path) -> None:
    house = House(at("Mon 02 Mar 08:00"), tmp_path)
    house.pairs((ANA, BEN, Cadence(3, time(15), "Europe/Berlin")))
    ana, ben = Correspondent(house, ANA, "gmail"), Correspondent(house, BEN, "outlook")

    house.until(at("Tue 03 Mar 09:00"))  # two working days before the first meeting
    ana.finds("Thu 5 March, 15:00", "Career", "Who can read this")
    ana.answers("Career:\n- Could I lead the next project?\n\nprivate: I slept badly all week")
    ana.finds("1. [shared]", "lead the next project", "2. [only you]", "slept badly")

    house.until(at("Wed 04 Mar 09:00"))  # one working day before: both get the agenda
    ana.finds("Could I lead the next project?", "slept badly")
    ben.finds("Could I lead the next project?")
    ben.answers("Feedback: your demo on Friday was excellent.")

    house.until(at("Thu 05 Mar 14:00"))  # an hour before, because something changed
    ana.finds("your demo on Friday was excellent.")

    house.until(at("Thu 05 Mar 16:30"))  # an hour after: what was said, who promised what?
    ana.finds("Notes", "I will")
    ben.answers(
        {"Notes": "Ana leads the next project from April.", "I will": "- tell the team by Friday"}
    )
    ana.answers("AI: write a one-page plan by 2026-03-12")
    ana.finds(
        "Ana leads the next project from April.",
        "tell the team (Ben, by Fri 6 Mar)",
        "write a one-page plan (Ana",
    )

    house.until(
        at("Tue 10 Mar 09:00")
    )  # the next request opens with the promises, the manager's first
    request = ana.finds(
        "[ ] 1. tell the team (Ben, by Fri 6 Mar)", "[ ] 2. write a one-page plan (Ana"
    )
    assert request.text.index("tell the team") < request.text.index("one-page plan")
    ana.answers("done 2\n\nmove to Fri 11:00")
    ben.finds("Fri 13 March, 11:00")
    ben.answers("yes")
    ana.finds("Fri 13 March, 11:00")

    house.until(at("Mon 16 Mar 18:00"))  # nobody answers: it rolls on, and nothing is lost
    ana.finds("Notes")
    house.until(at("Tue 17 Mar 09:00"))
    ana.finds("Thu 19 March, 15:00", "tell the team")
    assert ben.never_saw("slept badly")
