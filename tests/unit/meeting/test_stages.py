"""Holds: whatever happens to a meeting at any stage has an answer, and the table in ARCHITECTURE.md
shows it.
"""

from dataclasses import fields
from pathlib import Path
from typing import get_args

from mailbot.meeting import answered, clockwork
from mailbot.meeting.draft import SeriesChanges
from mailbot.meeting.model import Series, Stage
from mailbot.meeting.said import Said
from mailbot.meeting.stages import TABLE, Act, Happening


def test_every_cell_is_filled() -> None:
    assert {(s, h) for s in Stage for h in Happening} == {
        (s, h) for s, row in TABLE.items() for h in row
    }


def test_every_act_is_used() -> None:
    assert {act for row in TABLE.values() for act in row.values()} == set(Act)


def test_the_page_for_newcomers_shows_this_table() -> None:
    page = (Path(__file__).parents[3] / "ARCHITECTURE.md").read_text("utf8")
    for stage, row in TABLE.items():
        assert f"| **{stage}** | {' | '.join(row[h] for h in Happening)} |" in page


def test_every_cell_of_time_names_its_function() -> None:
    assert {row[Happening.TIME] for row in TABLE.values()} == set(clockwork.TIME)


def test_a_draft_may_set_every_field_of_a_series_but_its_id() -> None:
    assert SeriesChanges.__annotations__.keys() == {f.name for f in fields(Series)} - {"id"}


def test_everything_that_can_be_said_has_its_act() -> None:
    assert set(answered.ACTS) == set(get_args(Said))
