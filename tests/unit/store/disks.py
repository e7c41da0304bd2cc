"""Disks that count, fail, die or remember."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mailbot.store.disk import Disk


class Stepping(Disk):
    """Every call that changes something passes `step` first, which may look at `act`, or do `half` of a write."""

    act: str
    half: Callable[[], object]

    def step(self) -> None:
        raise NotImplementedError

    def _pass(self, act: str, half: Callable[[], object] = lambda: None) -> None:
        self.act, self.half = act, half
        self.step()

    def open(self, path: Path, flags: int) -> int:
        self._pass("open")
        return super().open(path, flags)

    def write(self, file: int, data: bytes) -> int:
        self._pass("write", lambda: os.write(file, data[: len(data) // 2]))
        return super().write(file, data)

    def pwrite(self, file: int, data: bytes, at: int) -> int:
        self._pass("pwrite")
        return super().pwrite(file, data, at)

    def fsync(self, file: int) -> None:
        self._pass("fsync")
        super().fsync(file)

    def replace(self, source: Path, target: Path) -> None:
        self._pass("replace")
        super().replace(source, target)


class Counting(Stepping):
    """How often each call was made."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    def step(self) -> None:
        self.calls[self.act] += 1


@dataclass
class Failing(Stepping):
    """The n-th call fails: with this errno, or (0) by kill -9. `torn`: after half of a write. `on`: and all that follow."""

    nth: int
    errno: int
    torn: bool = False
    on: bool = False
    count: int = 0
    struck: bool = False

    def step(self) -> None:
        self.count += 1
        if self.count != self.nth and not (self.on and self.count > self.nth):
            return
        self.struck = True
        if self.torn:
            self.half()
        if self.errno == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        raise OSError(self.errno, os.strerror(self.errno))


class Short(Disk):
    """write(2) takes 7 octets at a time, as it may."""

    def write(self, file: int, data: bytes) -> int:
        return super().write(file, data[:7])


@dataclass
class Inode:
    now: bytearray = field(default_factory=bytearray)
    synced: bytes = b""


Entries = dict[str, Inode]


class Remembering(Disk):
    """Keeps what a power loss after each call could leave: `states` yields folders as name -> content.

    seen: all of it reached the disk. synced: only what fsync promised. names: the names did, unsynced content did not
    (what ext4 calls delayed allocation). torn: half of the last write did.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._inodes: dict[int, Inode] = {}
        self._now: Entries = {}
        self._synced: Entries = {}
        self.states: list[tuple[int, str, dict[str, bytes]]] = []
        self.acknowledged = 0  # steps, set by the test

    def open(self, path: Path, flags: int) -> int:
        file = super().open(path, flags)
        inode = self._now.setdefault(str(path.relative_to(self._folder)), Inode())
        if flags & os.O_TRUNC:
            del inode.now[:]
        self._inodes[file] = inode
        self._remember()
        return file

    def write(self, file: int, data: bytes) -> int:
        inode = self._inodes[file]
        before = len(inode.now)
        inode.now += data
        self._remember()
        whole, inode.now[:] = bytes(inode.now), inode.now[: before + len(data) // 2]
        self._keep("torn", {name: bytes(one.now) for name, one in self._now.items()})
        inode.now[:] = whole
        return super().write(file, data)

    def pwrite(self, file: int, data: bytes, at: int) -> int:
        self._inodes[file].now[at : at + len(data)] = data
        self._remember()
        return super().pwrite(file, data, at)

    def fsync(self, file: int) -> None:
        super().fsync(file)
        path = Path(f"/proc/self/fd/{file}").readlink()
        if path.is_dir():
            self._synced = self._outside(path, self._synced) | {
                name: inode
                for name, inode in self._now.items()
                if name not in self._outside(path, self._now)
            }
        else:
            self._inodes[file].synced = bytes(self._inodes[file].now)
        self._remember()

    def _outside(self, place: Path, entries: Entries) -> Entries:
        return {
            name: inode for name, inode in entries.items() if (self._folder / name).parent != place
        }

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        moved = self._now.pop(str(source.relative_to(self._folder)))
        self._now[str(target.relative_to(self._folder))] = moved
        self._remember()

    def _remember(self) -> None:
        self._keep("seen", {name: bytes(inode.now) for name, inode in self._now.items()})
        self._keep("synced", {name: inode.synced for name, inode in self._synced.items()})
        self._keep("names", {name: inode.synced for name, inode in self._now.items()})

    def _keep(self, kind: str, content: dict[str, bytes]) -> None:
        self.states.append((self.acknowledged, kind, content))
