"""Holds: a data folder can be read by nobody else, used by one mailbot at a time, and damage in it
is told with the file and the fix.

Copies, sizes, and what a commit costs.
"""

import errno
import json
import logging
import os
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.errors import Bug, InputError, InUse, OperatorError, Temporary
from mailbot.store.backup import back_up
from mailbot.store.disk import Disk, in_use, refuse_foreign
from mailbot.store.files import line_file, progress_log, tally_log
from mailbot.store.files.attempt_log import FILE_OCTETS
from mailbot.store.files.store import FileStore
from mailbot.store.open import open_store
from mailbot.store.protocol import ACCEPTED as ACCEPTED_NAME
from mailbot.store.protocol import (
    JOURNAL,
    OUTBOX,
    Change,
    CommitResult,
    Count,
    OutboxState,
    Pending,
    Store,
    Tally,
    history_key,
    ready_key,
    tally_key,
)
from tests.unit.store.disks import Counting
from tests.unit.store.people import NOW, claim, entry, keep, mail, meeting, series, settle
from tests.unit.store.play import PLAY, A, B, expected, seen
from tests.unit.store.processes import running

SENDING, ACCEPTED = OutboxState.SENDING, OutboxState.ACCEPTED


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def played(data: Path) -> Path:
    """A folder after the play, closed."""
    store = FileStore(data)
    for step in PLAY:
        step(store)
    store.close()
    return data


# ---- cost ----


@pytest.mark.parametrize(
    ("act", "fsyncs"),
    [
        (lambda store: store.commit(Change("c", series(A, 2), 1, (mail(9, 2),))), 2),
        (lambda store: store.commit(Change("c", series(A, 2), 1, (), (meeting(1),))), 4),
        (lambda store: store.commit(Change("c0", series(A, 2), 1)), 0),  # a duplicate
        (lambda store: store.commit(Change("c", None, values={"poll": 1})), 2),
        (claim, 0),
        (lambda store: store.begin("k"), 0),
        (lambda store: store.journal(entry(1)), 0),
        (lambda store: store.load(A), 0),
    ],
    ids=["commit", "closing commit", "duplicate", "values", "claim", "begin", "journal", "load"],
)
def test_a_commit_costs_two_fsyncs_and_nothing_else_costs_any(
    data: Path, act: Callable[[Store], object], fsyncs: int
) -> None:
    disk = Counting()
    store = FileStore(data, disk)
    store.commit(Change("c0", series(A, 1, 2), 0, (mail(1),)))
    disk.calls.clear()
    act(store)
    assert disk.calls["fsync"] == fsyncs
    store.close()


def test_a_series_file_does_not_grow_with_its_age(data: Path) -> None:
    store = FileStore(data)
    store.commit(Change("", series(A, 1)))
    sizes = []
    for number in range(1, 60):
        mails = tuple(mail(10 * number + n, number) for n in range(6))
        store.commit(Change("", series(A, number), 2 * number - 1, mails))
        for name in claim(store):
            settle(store, name, ACCEPTED)
        store.commit(Change("", series(A, number + 1), 2 * number, (), (meeting(number),)))
        sizes.append((data / f"series/{A}.json").stat().st_size)
    assert max(sizes[10:]) - min(sizes[10:]) < 100
    assert len(store.recall(history_key(A)).meetings) == 59
    store.close()


# ---- rights and locks ----


def test_nobody_else_can_read_a_word(played: Path) -> None:
    modes = {
        path.relative_to(played).as_posix(): path.stat().st_mode & 0o777
        for path in played.rglob("*")
    }
    assert {name for name, mode in modes.items() if mode & 0o077} == set()
    assert set(modes) == {
        ".lock", "desk.json", "outbox.log", "reading", "tallies.log", "series", f"series/{A}.json", f"series/{B}.json",
        "history", f"history/{A}.json", "journal", "journal/2026-03.jsonl",
    }  # fmt: skip
    assert played.stat().st_mode & 0o777 == 0o700


def test_a_folder_has_one_mailbot_and_a_dead_one_leaves_it_free(data: Path) -> None:
    def hold(said: int) -> None:
        store = FileStore(data)
        os.write(said, b".")
        signal.pause()
        store.close()

    with running(hold), pytest.raises(InUse, match=f"^{data} is in use by another mailbot"):
        FileStore(data)
    FileStore(data).close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(
        OperatorError, match=r"file/data cannot be made \(not a directory\): check \[data\] folder"
    ):
        FileStore(tmp_path / "file/data")


def test_one_can_look_beside_a_running_mailbot_and_change_nothing(data: Path) -> None:
    running = FileStore(data)
    for step in PLAY:
        step(running)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    beside = open_store(data, look=True)
    assert seen(beside) == seen(running)  # a mail that is being sent is not uncertain yet
    for act in (
        lambda: beside.commit(Change("x", series(A), 3)),
        lambda: claim(beside),
        lambda: beside.begin("k"),
        lambda: beside.journal(entry(9)),
    ):
        with pytest.raises(Bug, match="opened to look"):
            act()
    beside.close()
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    running.close()


def test_there_is_nothing_to_look_at_in_another_folder(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"No mailbot has run with .* yet"):
        open_store(tmp_path, look=True)
    assert list(tmp_path.iterdir()) == []


# ---- damage ----


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (b"", "it is not JSON"),
        (b'{"series": {"1": {"rev": 3, "ser', "it is not JSON"),
        (b"\x00" * 4096, "it is not JSON"),
        (b"[]", "it holds no tables"),
        (b'{"series": 3}', "it holds no tables"),
        (b"{}", "KeyError in its tables"),
        (
            b'{"series": {"1": {"series": {"id": "other"}}}}',
            "it holds another series than its name says",
        ),
    ],
)
def test_a_damaged_file_stops_the_start_with_its_name_and_the_fix(
    played: Path, damage: bytes, reason: str
) -> None:
    path = played / f"series/{A}.json"
    path.write_bytes(damage)
    with pytest.raises(OperatorError) as caught:
        FileStore(played)
    assert str(caught.value).startswith(f"{path} cannot be read ({reason}")
    assert str(caught.value).endswith(": replace it by its copy from your last backup.")
    assert path.read_bytes() == damage
    with pytest.raises(OperatorError):  # and the lock was given back
        FileStore(played)


def test_a_damaged_series_that_still_parses_is_named_when_it_is_loaded(played: Path) -> None:
    path = played / f"series/{A}.json"
    tables = json.loads(path.read_bytes())
    tables["series"]["1"]["series"]["cadence"]["weekday"] = "my secret"
    path.write_text(json.dumps(tables))
    store = FileStore(played)
    with pytest.raises(
        OperatorError, match=rf"{A}\.json cannot be read \(series\.cadence\.weekday: int_parsing\)"
    ):
        store.load(A)
    assert store.load(B) is not None
    store.close()


def test_a_damaged_file_gives_way_to_the_newer_one_that_was_about_to_replace_it(
    played: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = played / f"series/{A}.json"
    path.rename(played / f"series/.{A}.json.tmp")
    path.write_bytes(b'{"series": ')
    with caplog.at_level(logging.ERROR):
        store = FileStore(played)
    assert seen(store) == expected(restarted=True)[-1]
    assert path.with_name(path.name + ".broken").read_bytes() == b'{"series": '
    assert [record.message for record in caplog.records] == [
        f"{path} was damaged; the newer one about to replace it took its place"
    ]
    store.close()


def test_a_sound_file_does_not_give_way(played: Path) -> None:
    newer = played / f"series/.{A}.json.tmp"
    newer.write_bytes((played / f"series/{B}.json").read_bytes())
    (played / "series/.notes.json.tmp").write_bytes(b"{}")
    store = FileStore(played)
    assert seen(store) == expected(restarted=True)[-1]
    assert sorted(path.name for path in (played / "series").iterdir()) == [f"{A}.json", f"{B}.json"]
    store.close()


def test_a_file_that_is_not_ours_is_named(played: Path) -> None:
    stray = played / f"series/{A} (copy).json"
    stray.write_bytes((played / f"series/{A}.json").read_bytes())
    with pytest.raises(
        OperatorError, match=r"\(copy\)\.json is no file of mailbot: move it out of the data folder"
    ):
        FileStore(played)
    stray.unlink()
    (played / "desk.json").unlink()
    (played / "desk.json").mkdir()
    with pytest.raises(
        OperatorError,
        match=r"desk\.json cannot be read \(is a directory\): check its rights and the disk",
    ):
        FileStore(played)


@pytest.mark.parametrize(
    "tail", [b'["a3@corp.example","acc', b"\x00" * 50, b"\n\n", b'{"a": 1', b"\xff\xfe"]
)
def test_a_torn_tail_of_a_log_is_skipped_and_the_next_line_stands_alone(
    played: Path, tail: bytes
) -> None:
    for log in (played / "outbox.log", played / "journal/2026-03.jsonl"):
        with log.open("ab") as file:
            file.write(tail)
    store = FileStore(played)
    assert seen(store) == expected(restarted=True)[-1]
    assert "a3" in claim(store)
    settle(store, "a3", ACCEPTED)
    store.journal(entry(2))
    store.close()
    store = FileStore(played)
    assert "a3@corp.example" not in {pending.mail.id for pending in store.recall(ready_key(NOW))}
    assert [one.key for one in store.recall(JOURNAL)] == [entry(1).key, entry(2).key]
    store.close()


# ---- copies ----


def copies(folder: Path, into: Path) -> Iterator[Path]:
    for number in range(1, 1000):
        assert back_up(folder, into / str(number)) >= 1
        yield into / str(number)


def test_a_copy_is_the_same_and_as_private(played: Path, tmp_path: Path) -> None:
    (played / "quarantine").mkdir()
    (played / "quarantine/a.eml").write_bytes(b"mail")
    (played / f"series/.{A}.json.tmp").write_bytes(b"half")
    assert back_up(played, tmp_path / "copy") == 9
    files = {
        path.relative_to(played): path
        for path in played.rglob("*")
        if path.is_file() and path.name[0] != "."
    }
    assert len(files) == 9
    for name, path in files.items():
        assert (tmp_path / "copy" / name).read_bytes() == path.read_bytes()
        assert (tmp_path / "copy" / name).stat().st_mode & 0o777 == 0o600
    store = FileStore(tmp_path / "copy")
    assert seen(store) == expected(restarted=True)[-1]
    store.close()


def test_a_copy_goes_from_a_data_folder_to_a_new_one(played: Path, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"No mailbot has run with .* yet"):
        back_up(tmp_path, tmp_path / "copy")
    with pytest.raises(InputError, match="is not empty: name a new folder"):
        back_up(played, played)


def test_a_copy_that_cannot_be_made_leaves_nothing_behind(
    played: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"file/copy cannot be made .*: name another folder"):
        back_up(played, tmp_path / "file/copy")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Disk, "write", full)
    (tmp_path / "there").mkdir()
    for into in (tmp_path / "there", tmp_path / "new"):
        with pytest.raises(Temporary, match="there is no copy; make room"):
            back_up(played, into)
    assert list((tmp_path / "there").iterdir()) == []
    assert not (tmp_path / "new").exists()


def test_a_folder_of_others_is_not_made_ours(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "password").write_text("")
    refuse_foreign(tmp_path)
    (tmp_path / "mail").mkdir()
    with pytest.raises(OperatorError, match=r"holds a folder that is not mailbot's \(mail\)"):
        refuse_foreign(tmp_path)
    (tmp_path / "series").mkdir()
    refuse_foreign(tmp_path)
    refuse_foreign(tmp_path / "nowhere")


def test_whether_a_mailbot_runs_is_seen_by_its_lock(data: Path) -> None:
    assert not in_use(data)
    store = FileStore(data)
    assert in_use(data)
    store.close()
    assert not in_use(data)


def test_the_tallies_are_shortened_and_say_the_same(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally_log, "LINES_BEFORE_COMPACTION", 20)
    store = FileStore(data)
    for hour in range(300):
        keep(store, {}, counts=(Count("answer", NOW + timedelta(hours=hour)),))
    end = NOW + timedelta(hours=299)
    kept = tally_key("answer", end - timedelta(days=9), end)
    before = store.recall(kept)
    assert before == Tally(49, end - timedelta(days=2))
    store.close()
    assert (data / "tallies.log").read_bytes().count(b"\n") < 150
    store = FileStore(data)
    assert store.recall(kept) == before
    store.close()


def test_a_count_that_finds_no_room_holds_until_the_process_ends(data: Path) -> None:
    class Full(Counting):
        full = False

        def write(self, file: int, data: bytes) -> int:
            if self.full:
                raise OSError(errno.ENOSPC, "no room")
            return super().write(file, data)

    disk = Full()
    store = FileStore(data, disk)
    store.commit(Change("", series(A), 0, (mail(1),)))
    claim(store)
    disk.full = True
    assert settle(store, "a1", ACCEPTED)
    assert store.recall(tally_key(ACCEPTED_NAME, NOW - timedelta(hours=1), NOW)) == Tally(1, NOW)
    store.close()


def test_a_copy_taken_while_running_opens_and_holds_a_prefix(data: Path, tmp_path: Path) -> None:
    def commit_for_ever(said: int) -> None:
        store = FileStore(data)
        os.write(said, b".")
        for rev in range(100_000):
            letter = mail(rev, rev % 9)
            store.commit(
                Change(
                    f"c{rev}",
                    series(A, misses=rev),
                    rev,
                    (letter,),
                    (meeting(rev),) if rev % 5 == 4 else (),
                )
            )
            for name in claim(store):
                settle(store, name, ACCEPTED)

    revs: list[int] = []
    with running(commit_for_ever):
        for copy in copies(data, tmp_path / "copies"):
            store = FileStore(copy)
            stored = store.load(A)
            if stored is not None:
                revs.append(stored.rev)
                assert stored.series.misses == stored.rev - 1
                assert len(store.recall(history_key(A)).meetings) - stored.rev // 5 in (0, 1)
                assert (
                    store.commit(Change(f"c{stored.rev - 1}", series(A), stored.rev))
                    is CommitResult.DUPLICATE
                )
            store.close()
            if len(revs) == 15:
                break
    assert revs == sorted(revs)
    assert revs[-1] > revs[0]


# ---- files that grow ----


def queued(store: FileStore) -> list[Pending]:
    return [
        pending for pending in store.recall(ready_key(NOW)) if pending.state is OutboxState.QUEUED
    ]


def test_the_outbox_log_is_shortened_and_says_the_same(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_log, "LINES_BEFORE_COMPACTION", 50)
    store = FileStore(data)
    mails = tuple(mail(n) for n in range(1, 31))
    store.commit(Change("", series(A, 1), 0, mails))
    longest = 0
    claimed = claim(store)
    for name in claimed[:20]:
        settle(store, name, OutboxState.DEFERRED, NOW - timedelta(hours=1))
        assert claim(store) == [name]
        settle(store, name, ACCEPTED)
        longest = max(longest, (data / "outbox.log").read_bytes().count(b"\n"))
    for name in claimed[21:]:
        settle(store, name, OutboxState.QUEUED)
    assert 30 <= longest <= 61
    store.close()
    store = FileStore(data)
    assert [pending.mail.id for pending in queued(store)] == [letter.id for letter in mails[21:]]
    assert store.recall(OUTBOX) == {"uncertain": 1, "queued": 9}
    store.commit(Change("", series(A, 1), 1))
    claim(store)
    for n in range(60):
        settle(store, "a30", OutboxState.SENDING, NOW + timedelta(hours=n))
    assert (data / "outbox.log").read_bytes().count(b"\n") < 50, "what is folded in was left out"
    store.close()


def test_the_journal_recalls_the_newest_over_months_and_no_more(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_file, "BLOCK_OCTETS", 100)
    store = FileStore(data)
    for day in range(90):
        store.journal(entry(day, at=NOW + timedelta(days=day)))
    newest = store._journal.newest(50)
    assert [one.key for one in newest] == [entry(day).key for day in range(40, 90)]
    assert newest == store.recall(JOURNAL)[-50:]
    assert sorted(path.name for path in (data / "journal").iterdir()) == [
        f"2026-{month:02}.jsonl" for month in (3, 4, 5, 6)
    ]
    store.close()


def test_attempts_of_endless_mails_stay_in_their_file(data: Path) -> None:
    store = FileStore(data)
    for n in range(1000):
        store.begin(f"imap/{'F' * 100}/1/{n}")
    store.close()
    store = FileStore(data)
    assert [store.begin(f"imap/{'F' * 100}/1/{n}") for n in (999, 950, 0)] == [1, 1, 0]
    assert (data / "reading").stat().st_size == FILE_OCTETS
    store.close()
