"""Holds: a data folder of an earlier version opens without a hand.

`folder_before` was written by the version before documents had a format: Ana and Ben after three
weeks, their third meeting just over, and a mail each for them that has not left; Cat and Ben, with
a mail that was being sent when the process was killed; a mail from another address of Ana's and a
wish for a series that wait for a yes; a mail in quarantine. `folder_before.eml` is the question
about the first of these, as Ana has it.
"""

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.errors import OperatorError
from mailbot.meeting.events import Outcome
from mailbot.meeting.model import MeetingMoved, PauseChanged, RefKind
from mailbot.service.intake.series_request import OPENINGS
from mailbot.service.operations.audit import BEGUN
from mailbot.service.operations.postmaster import TOLD
from mailbot.store.files.store import FileStore
from mailbot.store.files.upgrade import FORMAT, OF_ENTRIES, OF_TABLES
from mailbot.store.open import open_store
from mailbot.store.protocol import JOURNAL, OUTBOX, cursor_key, history_key
from mailbot.testing import House, got

BEFORE = Path(__file__).parent / "folder_before"
AT = datetime(2026, 3, 19, 16, tzinfo=UTC)
ANA_BEN, CAT_BEN = "7qvttouj", "o6m7fyrl"
INBOX = "imap/imap.corp.example/mailbot/INBOX"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(BEFORE, tmp_path / "data")


def house_of(folder: Path) -> House:
    return House(AT, folder, FileStore(folder), ("corp.example",), operator="root@corp.example")


def number_of(path: Path) -> int:
    return int(json.loads(path.read_bytes())["format"]["1"]["number"])


def test_what_the_folder_holds_is_there(folder: Path) -> None:
    store = FileStore(folder)
    stored = store.load(ANA_BEN)
    assert stored is not None
    assert [(m.number, m.past) for m in stored.series.meetings] == [
        (2, True),
        (3, True),
        (4, False),
    ]
    assert [action.text for action in stored.series.actions] == [
        "book the room",
        "write to the agency",
        "call the agency",
    ]
    assert [m.stage for m in stored.series.meetings] == ["closed", "met", "planned"]
    assert stored.series.last_met == datetime(2026, 3, 12, 15, tzinfo=UTC)
    assert [mail.claimed for mail in stored.series.unconfirmed] == ["ana@home.example"]
    history = store.recall(history_key(ANA_BEN))
    assert [len(meeting.notes) for meeting in history.meetings] == [2]
    assert [action.text for action in history.actions] == ["send the numbers"]
    assert store.find("cat@corp.example") == (CAT_BEN,)
    assert store.recall(OUTBOX) == {"uncertain": 2, "deferred": 1, "queued": 1}
    assert store.recall(cursor_key(INBOX)) == (7, 15)
    assert store.recall(BEGUN) == {INBOX: (7, 0)}
    assert set(store.recall(TOLD)) == {"capped"}
    assert [row["manager"] for row in store.recall(OPENINGS).values()] == ["ben@corp.example"]
    assert store.begin(f"{INBOX}/7/99") == 1
    store.close()


def test_the_words_of_the_journal_are_those_of_today(folder: Path) -> None:
    store = FileStore(folder)
    outcomes = [entry.outcome for entry in store.recall(JOURNAL)]
    assert (
        len(outcomes),
        outcomes.count(Outcome.UNCONFIRMED),
        outcomes.count(Outcome.SET_ASIDE),
    ) == (15, 2, 1)
    assert "held" not in outcomes
    store.close()


def test_looking_changes_no_byte(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    store = open_store(folder, look=True)
    assert store.load(ANA_BEN) is not None
    assert store.recall(JOURNAL)
    store.close()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_it_goes_on_where_it_stood(folder: Path) -> None:
    house = house_of(folder)
    house.until(AT + timedelta(minutes=10))
    assert sorted(mail.recipient for mail in house.tray.mails)[:3] == [
        "ana@corp.example",
        "ben@corp.example",
        "cat@corp.example",
    ]
    assert house.store.recall(OUTBOX) == {}
    house.store.close()


def test_a_yes_to_a_question_of_the_version_before_counts(folder: Path) -> None:
    house = house_of(folder)
    question = got((BEFORE.parent / "folder_before.eml").read_bytes(), "ana@corp.example")
    entry = house.answers(question, "ana@corp.example", "yes")
    assert (entry.outcome, entry.reason) == ("applied", "confirmed")
    stored = house.store.load(ANA_BEN)
    assert stored is not None
    assert "The course starts in May" in str(stored.series.meetings)
    house.store.close()


def test_a_file_gets_its_format_when_it_is_written(folder: Path) -> None:
    house = house_of(folder)
    house.until(AT + timedelta(days=8))
    files = [
        folder / "desk.json",
        folder / f"series/{ANA_BEN}.json",
        folder / f"history/{ANA_BEN}.json",
    ]
    assert [number_of(path) for path in files] == [FORMAT] * 3
    house.store.close()
    again = FileStore(folder)
    assert len(again.recall(history_key(ANA_BEN)).meetings) == 2
    again.close()


def test_a_format_of_the_future_is_refused_by_name(folder: Path) -> None:
    path = folder / f"series/{CAT_BEN}.json"
    tables = json.loads(path.read_bytes()) | {"format": {"1": {"number": FORMAT + 1}}}
    path.write_text(json.dumps(tables))
    with pytest.raises(OperatorError, match=rf"{CAT_BEN}.json was written by a newer mailbot"):
        FileStore(folder)


@pytest.mark.parametrize("number", ["null", '"two"', "[]"])
def test_a_format_that_is_none_names_its_file(folder: Path, number: str) -> None:
    path = folder / f"series/{CAT_BEN}.json"
    text = path.read_text().replace(
        '{"series"', f'{{"format":{{"1":{{"number":{number}}}}},"series"', 1
    )
    path.write_text(text)
    with pytest.raises(OperatorError, match=rf"{CAT_BEN}.json cannot be read \(TypeError"):
        FileStore(folder)


def test_both_tables_of_steps_are_equally_long() -> None:
    assert len(OF_TABLES) == len(OF_ENTRIES) == FORMAT - 1


def test_what_undo_knows_of_a_move_and_a_pause_is_put_together(folder: Path) -> None:
    path = folder / f"series/{CAT_BEN}.json"
    tables = json.loads(path.read_bytes())
    tables["series"]["1"]["series"]["last_mails"][0] |= {
        "meeting_before": [3, "2026-03-12T15:00:00Z"],
        "moved_to": "2026-03-13T15:00:00Z",
        "paused_until": "2026-04-01",
        "paused": True,
    }
    path.write_text(json.dumps(tables))
    store = FileStore(folder)
    stored = store.load(CAT_BEN)
    assert stored is not None
    last = stored.series.last_mails[0]
    at = datetime(2026, 3, 12, 15, tzinfo=UTC)
    assert last.lines == ((RefKind.NOTE, 2),)
    assert last.moved == MeetingMoved(3, at, at + timedelta(days=1))
    assert last.pause == PauseChanged(None, date(2026, 4, 1))
    store.close()
