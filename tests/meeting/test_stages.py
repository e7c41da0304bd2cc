"""The table is whole, and stages only ever go forward."""

from mailbot.meeting.model import Stage
from mailbot.meeting.stages import TABLE, Act, Happening


def test_every_cell_is_filled() -> None:
    assert {(s, h) for s in Stage for h in Happening} == {(s, h) for s, row in TABLE.items() for h in row}


def test_every_act_is_used() -> None:
    assert {act for row in TABLE.values() for act in row.values()} == set(Act)
