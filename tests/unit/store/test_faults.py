"""Holds: a kill, a power loss or a disk that fails, at any single call that writes, loses nothing
acknowledged and leaves nothing half.
"""

import errno
import os
import resource
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mailbot.errors import Temporary
from mailbot.store.disk import Disk
from mailbot.store.files.store import FileStore
from mailbot.store.protocol import Store
from tests.unit.store.disks import Failing, Remembering, Short
from tests.unit.store.people import entry
from tests.unit.store.play import COMMITS, PLAY, Seen, expected, seen
from tests.unit.store.processes import in_a_process

ENOUGH = 1000  # calls; the play makes about 90
LIVE = expected(restarted=False)
AFTER = expected(restarted=True)


def play_until_death(folder: Path, disk: Disk) -> int:
    """Steps acknowledged; -1: it died before the store was open."""

    def work(done: int) -> None:
        store = FileStore(folder, disk)
        os.write(done, b".")
        for step in PLAY:
            step(store)
            os.write(done, b".")

    return in_a_process(work) - 1


def reopened(folder: Path) -> Seen:
    store = FileStore(folder)
    try:
        return seen(store)
    finally:
        store.close()


@pytest.mark.parametrize("torn", [False, True], ids=["before the call", "in the middle of a write"])
def test_kill_at_every_call_loses_nothing_acknowledged_and_halves_nothing(
    tmp_path: Path, torn: bool
) -> None:
    for nth in range(1, ENOUGH):
        folder = tmp_path / str(nth)
        done = play_until_death(folder, Failing(nth, 0, torn=torn))
        found = reopened(folder)
        assert found in AFTER[max(done, 0) : done + 2], (
            f"call {nth}, {done} steps were acknowledged"
        )
        assert not list(folder.rglob(".*.tmp")), "swept"
        if done == len(PLAY):
            break
    assert nth > 60


def test_kill_at_every_call_of_the_restart_too(tmp_path: Path) -> None:
    done = play_until_death(tmp_path / "0", Failing(40, 0))
    for nth in range(1, ENOUGH):

        def start(said: int, disk: Disk = Failing(nth, 0)) -> None:  # noqa: B008 - of this turn of the loop
            FileStore(tmp_path / "0", disk)
            os.write(said, b".")

        if in_a_process(start):
            break
    assert reopened(tmp_path / "0") in AFTER[done : done + 2]


def test_attempts_survive_the_death_of_the_process(tmp_path: Path) -> None:
    def begin(said: int) -> None:
        os.write(said, b"." * FileStore(tmp_path).begin(entry(5).key))
        os.kill(os.getpid(), signal.SIGKILL)

    for before in range(3):
        assert in_a_process(begin) == before
    store = FileStore(tmp_path)
    assert [store.begin(entry(5).key), store.begin(entry(5).key)] == [3, 3]
    store.journal(entry(5))
    assert store.begin(entry(5).key) == 0
    store.close()
    assert in_a_process(begin) == 1


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
@pytest.mark.parametrize("torn", [False, True], ids=["whole", "torn"])
def test_a_call_that_fails_once_is_told_and_the_step_can_be_done_again(
    tmp_path: Path, code: int, torn: bool
) -> None:
    sentences = set()
    for nth in range(1, ENOUGH):
        folder, disk = tmp_path / str(nth), Failing(nth, code, torn=torn)
        try:
            store = FileStore(folder, disk)
        except Temporary:
            store = FileStore(folder, disk)
        for done, step in enumerate(PLAY):
            try:
                step(store)
            except Temporary as trouble:
                sentences.add(str(trouble).replace(str(folder), "FOLDER"))
                assert seen(store).durable == LIVE[done].durable, f"call {nth}, step {done + 1}"
                step(store)
            assert seen(store) == LIVE[done + 1], f"call {nth}, step {done + 1}"
        store.close()
        assert reopened(folder) == AFTER[-1], f"call {nth}"
        if not disk.struck:
            break
    assert nth > 60
    assert sentences == {
        f"FOLDER{file} cannot be written ({os.strerror(code).lower()}): nothing is lost or half written, "
        "and mailbot goes on by itself when there is room again."
        for file in ("", "/outbox.log")
    }


def play_until_refused(store: Store) -> int:
    """Steps acknowledged."""
    for done, step in enumerate(PLAY):
        try:
            step(store)
        except Temporary:
            for _ in range(2):
                with pytest.raises(Temporary):
                    step(store)
            return done
    return len(PLAY)


def mails(state: Seen) -> set[str]:
    return {id_ for id_, *_ in state.pending}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=errno.errorcode.get)
def test_a_disk_that_stays_broken_keeps_what_was_acknowledged(tmp_path: Path, code: int) -> None:
    opening = Failing(ENOUGH, code)
    FileStore(tmp_path / "opening", opening).close()
    for nth in range(opening.count + 1, ENOUGH):
        folder, disk = tmp_path / str(nth), Failing(nth, code, on=True)
        store = FileStore(folder, disk)
        acknowledged = play_until_refused(store)
        held = seen(store)
        store.close()
        found = reopened(folder)
        last = max((number for number in COMMITS if number <= acknowledged), default=0)
        assert held.durable == LIVE[last].durable, f"call {nth}: memory"
        assert found.durable in [one.durable for one in AFTER[last:]], f"call {nth}: files"
        assert mails(found) >= mails(AFTER[acknowledged])
        if acknowledged == len(PLAY):
            break
    assert nth > 60


def test_power_loss_after_every_call(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    disk = Remembering(folder)
    store = FileStore(folder, disk)
    for step in PLAY:
        step(store)
        disk.acknowledged += 1
    store.close()
    tried = set()
    for number, (done, kind, files) in enumerate(disk.states):
        state = frozenset(files.items())
        if (done, state) in tried:
            continue
        tried.add((done, state))
        found = reopened(laid_out(tmp_path / f"{number}", files))
        last = max((step for step in COMMITS if step <= done), default=0)
        assert found.durable in (AFTER[last].durable, AFTER[min(done + 1, len(PLAY))].durable), (
            f"state {number}: {kind}"
        )
        owed = mails(AFTER[done]) & mails(AFTER[min(done + 1, len(PLAY))])
        assert mails(found) >= owed, f"state {number}: {kind}"
    assert len(tried) > 100


def laid_out(folder: Path, files: dict[str, bytes]) -> Path:
    for name in ("series", "history", "journal"):
        (folder / name).mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_short_writes_are_completed(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "data", Short())
    for step in PLAY:
        step(store)
    store.close()
    assert reopened(tmp_path / "data") == AFTER[-1]


# ---- a disk that is really full ----


def fill_and_go_on(store: Store, make_room: Callable[[], None]) -> int:
    """Play with no room; then, by itself, with room. How many steps were done before the first was refused."""
    done = play_until_refused(store)
    assert seen(store).durable == LIVE[done].durable
    make_room()
    for step in PLAY[done:]:
        step(store)
    assert seen(store) == LIVE[-1]
    return done


@pytest.mark.parametrize("octets", [1, 300, 700, 1500, 1900, 2100])
def test_a_file_size_limit_stops_commits_and_nothing_else(tmp_path: Path, octets: int) -> None:
    folder = tmp_path / "data"
    FileStore(folder).close()

    def work(said: int) -> None:
        store = FileStore(folder)
        resource.setrlimit(resource.RLIMIT_FSIZE, (octets, resource.RLIM_INFINITY))
        done = fill_and_go_on(
            store, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        )
        os.write(said, b"." * (len(PLAY) - done))

    assert in_a_process(work) > 0
    assert reopened(folder) == AFTER[-1]


def test_a_full_tmpfs_pauses_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k,nr_inodes=40", "mailbot-test", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip(
            "a full disk was not tried: only root may mount a small tmpfs (the limits above stand in for it)"
        )
    try:
        filler = tmp_path / "filler"
        store = FileStore(tmp_path / "data")
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
        assert fill_and_go_on(store, filler.unlink) == 0, "the very first commit has no room"
        store.close()
        assert reopened(tmp_path / "data") == AFTER[-1]
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
