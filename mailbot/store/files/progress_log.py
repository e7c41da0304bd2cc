"""Log how far mails came since their record was last written: DATA/outbox.log, one line per step
and no fsync.

A line states where its mail stands, not what changed, so reading it twice or after the record
was written again does no harm. The next commit of the record writes the state into its file;
from then on the lines of its mails say nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mailbot.errors import reason
from mailbot.store.disk import Disk, writing
from mailbot.store.files.line_file import LineFile
from mailbot.store.index import LEFT, OutboxIndex, Progress
from mailbot.store.protocol import OutboxState

log = logging.getLogger(__name__)
LINES_BEFORE_COMPACTION = 10_000


class ProgressLog:
    """Keep the steps of one outbox, in memory at once and in the log as soon as the disk allows."""

    def __init__(self, path: Path, disk: Disk, outbox: OutboxIndex) -> None:
        self._path = path
        self._lines = LineFile(path, disk)
        self._outbox = outbox
        self._left: set[str] = set()  # left the outbox, but a file still has them
        self._owed: list[list[Any]] = []  # happened, and could not be written yet
        self._count = 0
        self._compact_at = LINES_BEFORE_COMPACTION

    def replay(self, *, restarted: bool) -> None:
        """Bring the outbox, as the files have it, to where it was. `restarted`: nobody is
        sending any more."""
        seen: set[str] = set()
        for line in self._lines.newest_first():
            self._count += 1
            mail, *standing = line
            if mail not in seen and mail in self._outbox:
                self._apply({mail: _standing(self._outbox[mail], *standing)})
            seen.add(mail)
        if not restarted:
            return
        self._outbox.restart()
        self._compact()

    def steps(self, steps: dict[str, Progress]) -> None:
        """Record how far mails have come; one write. Raises Temporary for intentions (SENDING)
        that cannot be written: then they must not be acted on.

        What has already happened is never refused. It holds in memory at once and enters the log
        when that is possible.
        """
        lines = [_line(mail, progress) for mail, progress in steps.items()]
        if all(progress.state is OutboxState.SENDING for progress in steps.values()):
            with writing(self._path):
                self._write_owed()
                self._write(lines)
            self._apply(steps)
        else:
            self._apply(steps)
            self._owed += lines
            self._write_owed_if_possible()
        self._compact()

    def fold(self, mails: Iterable[str]) -> None:
        """Forget what left of these mails: their record was written with their present state."""
        self._left.difference_update(mails)

    def close(self) -> None:
        self._write_owed_if_possible()
        self._lines.close()

    def _apply(self, steps: dict[str, Progress]) -> None:
        """Let the outbox know, and remember what has left it."""
        for mail, progress in steps.items():
            self._outbox.step(mail, progress)
            if progress.state in LEFT:
                self._left.add(mail)

    def _write_owed_if_possible(self) -> None:
        """Write what is owed; a disk that refuses is logged, and asked again at the next step."""
        try:
            self._write_owed()
        except OSError as error:
            log.error(  # noqa: TRY400 - the operator needs the reason, not our stack
                "the outbox log cannot be written (%s); %d steps wait in memory",
                reason(error),
                len(self._owed),
                extra={"action": "outbox_log_waits"},
            )

    def _write_owed(self) -> None:
        """Write what happened while the disk refused. Raises OSError."""
        if self._owed:
            self._write(self._owed)
            self._owed = []

    def _write(self, lines: list[list[Any]]) -> None:
        """Append lines, in one write. Raises OSError."""
        self._lines.append(*lines)
        self._count += len(lines)

    def _compact(self) -> None:
        """Rewrite the log with one line for each mail whose file is behind, once most lines say
        nothing any more."""
        if self._count <= self._compact_at:
            return
        gone = ([mail, OutboxState.ACCEPTED, 0, None] for mail in self._left)
        waiting = (_line(mail, progress) for mail, progress in self._outbox.items())
        lines = [*gone, *waiting]
        try:
            self._lines.rewrite(lines)
        except OSError as error:
            log.warning(
                "the outbox log cannot be shortened (%s)",
                reason(error),
                extra={"action": "outbox_log_long"},
            )
        else:
            self._count = len(lines)
        self._compact_at = max(LINES_BEFORE_COMPACTION, 2 * self._count)


def _line(mail: str, progress: Progress) -> list[Any]:
    """Lay out a step, in the order in which `_standing` reads it."""
    return [
        mail,
        progress.state,
        progress.tries,
        progress.next_try,
        progress.blind,
        progress.worker,
    ]


def _standing(
    progress: Progress,
    state: str,
    tries: int,
    next_try: str | None,
    blind: int = 0,  # this and the next: not in lines of older versions
    worker: str = "",
) -> Progress:
    """Read a step back: how far a mail had come then."""
    at = datetime.fromisoformat(next_try) if next_try else None
    return replace(
        progress, state=OutboxState(state), tries=tries, next_try=at, blind=blind, worker=worker
    )
