"""Holds: all mails of a meeting have one subject, whatever moves, and it names one meeting."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from mailbot.meeting.model import Cadence, Meeting, Person, Series
from mailbot.threads.subject import named, titles, told_apart

ANA, BEN = Person("ana@corp.example", "Ana Silva"), Person("ben@corp.example", "Ben Ito")
OTHER = Person("ana.moss@corp.example", "Ana Moss")
THURSDAY = datetime(2026, 3, 12, 15, tzinfo=UTC)
MOVED = replace(
    Meeting(2, datetime(2026, 3, 20, 9, tzinfo=UTC), 30, datetime(2026, 3, 20, 9, tzinfo=UTC)),
    first_start=datetime(2026, 3, 19, 15, tzinfo=UTC),
)
SERIES = Series(
    "abcdefgh",
    ANA,
    BEN,
    Cadence(3, time(15), "UTC"),
    meetings=(Meeting(1, THURSDAY, 30, THURSDAY), MOVED),
)


@pytest.mark.parametrize(
    ("subject", "meeting"),
    [
        ("Re: 1:1 Ana / Ben, Thu 12 Mar", 1),
        ("AW: FWD: re: 1:1  ana / ben,\tthu 12 mar (notes)", 1),
        ("1:1 Ana / Ben, Thu 19 Mar", 2),  # its thread keeps the day it had first
        ("1:1 Ana / Ben, Fri 20 Mar", 0),
        ("1:1 Ana / Ben, Thu 5 Mar", 0),  # history
        ("1:1 Ana / Ben", 0),
        ("1:1 Ana Silva / Ben Ito", 0),
        ("1:1 ana@corp.example / ben@corp.example", 0),
    ],
)
def test_a_subject_names_the_pair_and_its_meeting(subject: str, meeting: int) -> None:
    name, number = named(SERIES, subject)
    assert (name != "", number) == (True, meeting)


@pytest.mark.parametrize("subject", ["", "Hello", "1:1 Ana / Cat, Thu 12 Mar", "Thu 12 Mar", "1:1"])
def test_any_other_subject_names_nothing(subject: str) -> None:
    assert named(SERIES, subject) == ("", 0)


def test_one_title_each_by_which_they_differ() -> None:
    of_moss = replace(SERIES, id="abcdefga", report=OTHER)
    assert told_apart([SERIES]) == ["1:1 Ana / Ben"]
    assert told_apart(
        [SERIES, replace(of_moss, report=Person("cat@corp.example", "Cat Moss"))]
    ) == ["1:1 Ana / Ben", "1:1 Cat / Ben"]
    assert told_apart([SERIES, of_moss]) == ["1:1 Ana Moss / Ben Ito", "1:1 Ana Silva / Ben Ito"]
    twin = replace(of_moss, report=replace(OTHER, name="Ana Silva"))
    assert told_apart([SERIES, twin]) == [
        "1:1 ana.moss@corp.example / ben@corp.example",
        "1:1 ana@corp.example / ben@corp.example",
    ]
    assert all(named(each, title)[0] for each in (SERIES, of_moss) for title in titles(each))
