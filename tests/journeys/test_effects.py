"""Holds: the benchmark of plain sentences reports what changed, what left, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.sentences import effects

SETTING = {
    "actions": {"en": ["order the chairs", "draft the survey", "read the contract", "ask Dora"]},
    "agenda": {"en": ["the seating plan"]},
}


def case(text: str, **more: Any) -> dict[str, Any]:
    plain = {"lang": "en", "answers": "agenda", "from": "report", "setting": SETTING}
    return plain | {"text": text} | more


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("done 2 3", [{"outcome": "done", "numbers": [2, 3]}]),
        ("move to 2026-03-13 10:00", [{"outcome": "move", "when": "2026-03-13T10:00"}]),
        ("2 by 2026-03-20", [{"outcome": "due", "number": 2, "due": "2026-03-20"}]),
        ("less", [{"outcome": "mails", "wanted": "less"}]),
        ("Thanks!", []),
        (
            "- lamps",
            [{"outcome": "item", "texts": ["lamps"], "meeting": "2026-03-12"}],
        ),
    ],
)
def test_each_change_is_one_effect(text: str, found: list[dict[str, Any]]) -> None:
    assert effects(case(text)) == found


def test_a_yes_to_the_proposal_that_stands_is_a_yes_and_no_move_of_ones_own() -> None:
    stands = {"kind": "move", "by": "manager", "when": "2026-03-13T10:00"}
    assert effects(case("yes", answers="proposal", open=stands)) == [{"outcome": "yes"}]


def test_a_shared_secret_is_a_leak() -> None:
    found = effects(case("- the new lamps", secret=["lamps"]))
    assert {"outcome": "leak", "texts": ["lamps"]} in found
    assert not any(each["outcome"] == "leak" for each in effects(case("Thanks!", secret=["lamps"])))


def test_slots_that_differ_from_those_of_the_case_cannot_be_played() -> None:
    other = {"kind": "slots", "slots": ["2026-03-13T07:00"]}
    assert effects(case("1", answers="slots", open=other))[0]["outcome"] == "unplayable"
