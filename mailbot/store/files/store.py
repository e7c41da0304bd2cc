"""Store series in TinyDB files, one each, replaced whole and atomically; indexes in memory, rebuilt
at start.

    .lock                  held while a mailbot runs on the folder
    series/ID.json         one series: tables series, sent, outbox, causes
    history/ID.json        its closed meetings and actions: the file above stays small
    desk.json              values, and mails about no series
    outbox.log             how far mails came since their record was last written
    tallies.log            how many answers and mails there were in the last days
    reading                mails begun and not ended
    journal/YYYY-MM.jsonl  what became of each inbound mail
"""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path

from mailbot.errors import Bug
from mailbot.store.base import BaseStore
from mailbot.store.disk import Disk, Lock, Untouched, make_folder, not_yet, writing
from mailbot.store.files.attempt_log import AttemptLog
from mailbot.store.files.documents import Documents
from mailbot.store.files.journal_files import JournalFiles
from mailbot.store.files.progress_log import ProgressLog
from mailbot.store.files.recover import names, summary_of, sweep
from mailbot.store.files.tally_log import TallyLog
from mailbot.store.index import Progress
from mailbot.store.protocol import Change, Count, Entry, History, Mail
from mailbot.store.state import NO_SERIES, Record

RECORDS_IN_MEMORY = 512  # those last used: between load and commit no file is read twice
FOLDERS = ("series", "history", "journal")


class FileStore(BaseStore):
    """Serve one process, one thread. `look`: beside a running mailbot, as the files are now, and
    nothing is written."""

    def __init__(
        self, folder: str | os.PathLike[str], disk: Disk | None = None, *, look: bool = False
    ) -> None:
        """Lock the folder and read it. Raises InUse, OperatorError (a file that cannot be read, by
        name), Temporary."""
        super().__init__()
        self._folder = Path(folder).absolute()
        self._disk = Untouched() if look else disk or Disk()
        self._lock = None if look else self._claim()
        self._documents = Documents(self._folder, self._disk)
        self._records: OrderedDict[str, Record] = OrderedDict()
        # as before a commit that failed: the file may be newer
        self._unsure: dict[str, Record] = {}
        self._progress = ProgressLog(self._folder / "outbox.log", self._disk, self._outbox)
        self._tally_log = TallyLog(self._folder / "tallies.log", self._disk, self._tallies)
        self._journal = JournalFiles(self._folder / "journal", self._disk)
        self._attempt_log: AttemptLog | None = None
        try:
            self._start(look=look)
        except BaseException:
            self.close()
            raise

    def _claim(self) -> Lock:
        """Make the folder ours: its lock, and the folders in it. Raises InUse, OperatorError."""
        make_folder(self._folder)
        lock = Lock(self._folder)
        for name in FOLDERS:
            make_folder(self._folder / name)
        return lock

    def _start(self, *, look: bool) -> None:
        """Sweep and mend, unless we only look; then read what the indexes need."""
        if look and not (self._folder / "journal").is_dir():
            raise not_yet(self._folder)
        if not look:
            with writing(self._folder):
                sweep(self._folder)
                self._attempt_log = AttemptLog(self._folder / "reading", self._disk)
        self._fill()
        self._progress.replay(restarted=not look)
        self._tally_log.replay()

    def _fill(self) -> None:
        """Fill the indexes from every file, read once."""
        due = []
        for name in (NO_SERIES, *names(self._folder / "series")):
            found = summary_of(name, self._documents.path(name))
            for mail, progress in found.outbox:
                self._outbox.put(mail, progress)
            if name != NO_SERIES:
                self._addresses.put(name, found.addresses)
            if found.next_due is not None:
                due.append((found.next_due, name))
        self._due.fill(due)

    # ---- records ----

    def _read(self, name: str) -> Record:
        """Return a record from memory, where that is sure, or from its file."""
        if name in self._unsure:
            return self._unsure[name]
        record = self._records.get(name) or self._documents.read(name)
        if record.rev:
            self._keep(name, record)
        return record

    def _keep(self, name: str, record: Record) -> None:
        """Keep a record in memory, in place of the one used longest ago."""
        self._records[name] = record
        self._records.move_to_end(name)
        if len(self._records) > RECORDS_IN_MEMORY:
            self._records.popitem(last=False)

    def _write(
        self, name: str, record: Record, change: Change, progress: dict[str, Progress]
    ) -> None:
        before = self._unsure[name] = self._read(name)
        with writing(self._folder):
            if change.closed or change.closed_actions:
                # first: told twice it does no harm, never told it is lost
                self._documents.write_history(name, change)
            self._documents.write(name, record, progress)
        del self._unsure[name]
        self._keep(name, record)
        self._progress.fold(mail.id for mail in before.mails)

    def _mails(self, name: str) -> tuple[Mail, ...]:
        """Read the mails of a record alone where it is not in memory."""
        known = self._unsure.get(name) or self._records.get(name)
        return known.mails if known else self._documents.mails(name)

    # ---- progress ----

    def _progressed(self, steps: dict[str, Progress]) -> None:
        self._progress.steps(steps)

    def _count(self, count: Count) -> None:
        self._tally_log.add(count)

    def begin(self, key: str) -> int:
        with writing(self._folder):
            return self._attempts.begin(key)

    def journal(self, entry: Entry) -> None:
        with writing(self._folder):
            self._journal.add(entry)
            self._attempts.end(entry.key)

    @property
    def _attempts(self) -> AttemptLog:
        """The log of attempts. Raises Bug where there is none: it would write."""
        if self._attempt_log is None:
            raise Bug("this store was opened to look, not to read mail")
        return self._attempt_log

    def _entries(self) -> tuple[Entry, ...]:
        return self._journal.newest()

    def _history(self, series: str) -> History:
        return self._documents.read_history(series)

    def close(self) -> None:
        self._progress.close()
        self._tally_log.close()
        self._journal.close()
        if self._attempt_log is not None:
            self._attempt_log.close()
        if self._lock is not None:
            self._lock.release()
