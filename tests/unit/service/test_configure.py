"""Holds: what people agreed on by mail outlives every start, and a line of config.toml that changed
wins.
"""

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from mailbot.meeting.model import Cadence, Person
from mailbot.testing import House

ANA = Person("ana@corp.example", "Ana Silva", zone="Europe/Berlin")
BEN = Person("ben@corp.example", "Ben Ito", zone="Europe/Berlin")
THURSDAYS = Cadence(3, time(15), "Europe/Berlin")


def cadence(house: House) -> Cadence:
    stored = house.store.load(house.store.find()[0])
    assert stored is not None
    return stored.series.cadence


def test_a_cadence_agreed_by_mail_outlives_every_start_but_not_a_new_line_in_the_file(
    tmp_path: Path,
) -> None:
    house = House(datetime(2026, 3, 2, 7, tzinfo=UTC), tmp_path)
    house.pairs((ANA, BEN, THURSDAYS))
    house.until(datetime(2026, 3, 3, 8, tzinfo=UTC))
    house.answers(house.tray.to(ANA.address)[-1], ANA.address, "every 2 weeks")
    house.answers(house.tray.to(BEN.address)[-1], BEN.address, "yes")
    agreed = replace(THURSDAYS, every_weeks=2)
    assert cadence(house) == agreed
    house.pairs((ANA, BEN, THURSDAYS))
    assert cadence(house) == agreed
    house.pairs((replace(ANA, country="DE"), BEN, THURSDAYS))
    assert cadence(house) == agreed
    house.pairs((ANA, BEN, replace(THURSDAYS, at=time(10))))
    assert cadence(house) == replace(THURSDAYS, at=time(10))
