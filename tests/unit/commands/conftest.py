"""An installation in an empty folder, and a way to type commands in it."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from mailbot.commands import cli
from mailbot.meeting.events import Outcome
from mailbot.meeting.model import (
    ActionItem,
    AgendaItem,
    Cadence,
    Meeting,
    Person,
    Role,
    Series,
    Theme,
)
from mailbot.store.open import open_store
from mailbot.store.protocol import Change, Entry
from mailbot.store.raw_mail import RawMailStore
from tests.kit.servers import free_port

ROOT = Path(__file__).parents[3]
SECRET_WORDS = "the move to Porto"
AT = datetime(2026, 3, 10, 9, tzinfo=UTC)

CONFIG = """
[mail]
address = "mailbot@corp.example"
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
{login}
[receive]
enabled = true
port = {door}
[trust]
authserv_id = "mx.corp.example"
operator = "postmaster@corp.example"
[[one_on_one]]
report = "ana@corp.example"
manager = "ben@corp.example"
weekday = "Tuesday"
time = "10:00"
zone = "Europe/Lisbon"
"""

SERIES = Series(
    "abcdefgh",
    Person("ana@corp.example", "Ana Silva", "Europe/Lisbon"),
    Person("ben@corp.example", "Ben Ito", "Europe/Berlin"),
    Cadence(1, time(10), "Europe/Lisbon"),
    meetings=(
        Meeting(
            4,
            datetime(2026, 3, 17, 10, tzinfo=UTC),
            30,
            datetime(2026, 3, 17, 10, tzinfo=UTC),
            items=(AgendaItem(1, SECRET_WORDS, Role.REPORT, Theme.PERSONAL, private=True),),
        ),
    ),
    actions=(ActionItem(3, Role.REPORT, SECRET_WORDS, date(2026, 3, 3)),),
    next_due=datetime(2026, 3, 13, 9, tzinfo=UTC),
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder: (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str) -> tuple[int, str, str]:
        code = cli.main(words)
        return code, *capsys.readouterr()

    return typed


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds one series, one journal entry and one mail set aside."""
    folder = tmp_path_factory.mktemp("kept")
    store = open_store(folder)
    store.commit(Change("first", SERIES))
    store.journal(Entry(AT, "lmtp/1", "a@b.example", Outcome.APPLIED, series=SERIES.id))
    store.close()
    RawMailStore(folder / "quarantine").put(
        b"Subject: \x1b[2J\r\n\r\nbroken", "too many parts", AT, "lmtp/2"
    )
    return folder


@pytest.fixture
def installed(tmp_path: Path, run: Run, kept: Path) -> Run:
    """The same in a folder with a config and that data folder."""
    (tmp_path / "config.toml").write_text(
        CONFIG.format(smtp=free_port(), door=free_port(), login='login = "none"')
    )
    shutil.copytree(kept, tmp_path / "data")
    return run


def sentence(err: str) -> str:
    """Standard error, which must be one plain sentence and no traceback."""
    assert err.startswith("mailbot: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err
