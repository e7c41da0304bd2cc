"""One mailbot after the other, from the outside: begin a life, end it, see how it ended."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

from benchmarks.faults.life import Life

ROOT = Path(__file__).parents[2]
END_S = 30.0


class Lives:
    """At most one at a time; the process that forks them is started once."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.faults.life"]
        self._forks = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self._ends: SimpleQueue[int] = SimpleQueue()
        self.pid = 0
        self.code = 0  # of the last one that ended; negative: the signal
        self.begun = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.alive:
            self.kill()
        assert self._forks.stdin is not None
        self._forks.stdin.close()
        self._forks.wait(END_S)
        assert self._forks.stdout is not None
        self._forks.stdout.close()

    def begin(self, life: Life) -> int:
        assert not self.pid, "one at a time"
        assert self._forks.stdin is not None
        assert self._forks.stdout is not None
        self._forks.stdin.write(life.line())
        self._forks.stdin.flush()
        self.pid = int(self._forks.stdout.readline())
        self.begun += 1
        threading.Thread(target=self._await_end, daemon=True).start()
        return self.pid

    def _await_end(self) -> None:
        assert self._forks.stdout is not None
        self._ends.put(int(self._forks.stdout.readline()))

    @property
    def alive(self) -> bool:
        """Whether it still lives; a death is noticed here."""
        return bool(self.pid) and not self.ended(0)

    def ended(self, seconds: float) -> bool:
        """Wait for its end, not longer than this."""
        if not self.pid:
            return True
        with contextlib.suppress(Empty):
            self.code = self._ends.get(timeout=seconds) if seconds else self._ends.get_nowait()
            self.pid = 0
        return not self.pid

    def tell(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """In order, as the operator would."""
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if not self.pid:
            return
        self.tell(number)
        assert self.ended(END_S), f"mailbot did not end within {END_S} s of {number.name}"
