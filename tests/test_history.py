"""Holds: the figures of a whole run are kept and read again, and none kept before is changed."""

from __future__ import annotations

from pathlib import Path

from benchmarks import history


def test_a_run_is_added_and_the_earlier_ones_stay(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    assert history.load(path) == []
    history.append({"reading: a reply": 1.25}, path)
    first = path.read_text("utf8").splitlines()[1]
    history.append({"reading: a reply": 1.5, "store: a commit": 0.3}, path)
    assert [run.figures for run in history.load(path)] == [
        {"reading: a reply": 1.25},
        {"reading: a reply": 1.5, "store: a commit": 0.3},
    ]
    assert path.read_text("utf8").splitlines()[1] == f"{first},"


def test_what_is_kept_can_be_read() -> None:
    for run in history.load():
        assert (run.date, run.commit) > ("2026", "")
        assert run.figures
