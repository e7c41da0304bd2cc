"""Lives of a mailbot: `mailbot run`, forked from one process that has imported everything, so that dying is cheap.

Each is a process of its own with its own files, sockets and end. What differs from `mailbot run`: the waits are shorter,
the shipped templates are compiled once for all lives, and the disk, the clock, the user or the size of files may be at
fault, as `Life` says.

    python -m benchmarks.faults.life      reads a Life per line, answers with its process id, then with how it ended
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from copy import copy
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, partial
from pathlib import Path
from typing import Any

import apscheduler.executors.base
import apscheduler.schedulers.base

from mailbot.commands import cli
from mailbot.config.file import Config
from mailbot.config.shipped import template_sources
from mailbot.outbound.compose import Composer
from mailbot.service.delivery import retry
from mailbot.service.runtime import clock, inbox_thread, wiring, worker
from mailbot.store import open as store_open
from mailbot.store.codec import loads
from mailbot.store.files.store import FileStore
from mailbot.store.raw_mail import RawMailStore
from mailbot.threads.token import ReplyTokens
from mailbot.transport.server import Server
from mailbot.transport.smtp import Smtp
from tests.unit.store.disks import Failing, Stepping

HURRY = 100  # the product's waits are divided by this, so that a night of retries passes in seconds
POLL_S = inbox_thread.POLL_S / HURRY
CAPABILITY_VERSION_3, CAP_DAC_OVERRIDE = 0x20080522, 1  # linux/capability.h
SMTP_S = 1.0  # how long a mute server is listened to; 30 and 120 in the product


@dataclass(frozen=True)
class Life:
    """How one process is started, and what it will suffer."""

    config: str
    log: str  # file to which standard error is added
    dies_at: int = 0  # kill -9 at this call of the disk; 0: never
    from_the_start: bool = (
        False  # count the calls of the start too, not only from the first new mail on
    )
    torn: bool = False  # die after half of a write
    file_octets: int = 0  # no file may grow beyond this
    humble: bool = False  # root obeys the modes of files like everybody
    quiet: bool = False  # log at INFO, and no traceback of what an operator did; else all at DEBUG
    clock: str = ""  # file with the seconds that its clock is off, read at each look

    def line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"


class Mortal(Failing):
    """A disk under which the process dies at the n-th call, counted from the first mail that no earlier life began.

    The product sets a mail aside once two readers died over it; so each mail may kill one here.
    """

    def __init__(self, life: Life, begun: Path) -> None:
        super().__init__(life.dies_at, 0, torn=life.torn)
        self._old = _keys(begun.read_bytes()) if begun.exists() else frozenset()
        self._counts = life.from_the_start

    def pwrite(self, file: int, data: bytes, at: int) -> int:
        self._counts = self._counts or not _keys(data) <= self._old
        return super().pwrite(file, data, at)

    def step(self) -> None:
        if self._counts:
            super().step()


def _keys(reading: bytes) -> frozenset[str]:
    """The mails that are begun, by the first line of the store's file `reading`."""
    return frozenset(loads(reading.partition(b"\n")[0] or b"{}"))


# ---- in the new process ----


def live(life: Life) -> int:
    """All of a life; its exit code."""
    log = os.open(life.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
    for stream in (1, 2):
        os.dup2(log, stream)
    if life.humble and os.geteuid() == 0:
        obey_modes()
    if life.file_octets:
        resource.setrlimit(resource.RLIMIT_FSIZE, (life.file_octets, resource.RLIM_INFINITY))
    hurry()
    if life.dies_at:
        disk = Mortal(life, Path(life.config).parent / "data/reading")
        replace(wiring, "open_store", partial(open_on, disk))
        replace(store_open, "RawMailStore", partial(RawMailStore, disk=disk))
    if life.clock:
        shift(Path(life.clock))
    return cli.main(["--config", life.config, *([] if life.quiet else ["--verbose"]), "run"])


def replace(module: Any, name: str, value: object) -> None:
    """Like monkeypatch.setattr: a name that is gone is an error, or the fault would be no fault any more."""
    getattr(module, name)
    setattr(module, name, value)


def open_on(disk: Stepping, folder: Path, *, look: bool = False) -> FileStore:
    return FileStore(folder, disk, look=look)


def hurry() -> None:
    for module, name in ((inbox_thread, "POLL_S"), (worker, "FULL_DISK_S"), (worker, "LOOK_S")):
        replace(module, name, getattr(module, name) / HURRY)
    for name in ("RECONNECT_S", "REFUSED_S", "TOO_FAST_S", "TOO_MUCH_S"):
        replace(retry, name, tuple(wait / HURRY for wait in getattr(retry, name)))
    replace(retry, "RETRY_MINUTES", tuple(wait / HURRY for wait in retry.RETRY_MINUTES))
    replace(wiring, "mailer", impatient)
    replace(wiring, "Composer", composer)


def composer(
    sources: dict[str, str], address: str, tokens: ReplyTokens, *, plus: bool = True
) -> Composer:
    """Two thirds of a start is compiling templates, which no fault here concerns."""
    made = copy(compiled(address, tuple(sources.items())))
    made._tokens, made._plus = tokens, plus  # noqa: SLF001 - all that differs from one installation to the next
    return made


@cache
def compiled(address: str, sources: tuple[tuple[str, str], ...]) -> Composer:
    return Composer(dict(sources), address, ReplyTokens((b"replaced",)))


def impatient(config: Config) -> Smtp:
    smtp = config.smtp
    ca_file = config.ca_file(smtp)
    server = Server(smtp.host, smtp.port, tls=smtp.tls, ca_file=ca_file, timeout_s=SMTP_S)
    return Smtp(server, answer_s=SMTP_S)


def obey_modes() -> None:
    """Give up CAP_DAC_OVERRIDE (capabilities(7)) in this thread and all it starts."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    failed = libc.capget(header, sets)
    sets[0] &= ~(1 << CAP_DAC_OVERRIDE)  # of the effective set, which comes first
    if failed or libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "this process may not give up a capability")


def shift(file: Path) -> None:
    """Whoever asks for the time gets it shifted by what the file says: ours and APScheduler, which asks by itself."""

    def shifted() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text()))

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return shifted().astimezone(tz)

    for module in (clock, wiring):
        replace(module, "now", shifted)
    for library in (apscheduler.schedulers.base, apscheduler.executors.base):
        replace(library, "datetime", Shifted)


# ---- in the process that forks ----


def main() -> None:
    compiled("mailbot@corp.example", tuple(template_sources().items()))
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(
            number, signal.SIG_IGN
        )  # sent to the whole group; this process ends with its input
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            code = 70
            try:
                code = live(Life(**json.loads(line)))
            finally:
                os._exit(code)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
