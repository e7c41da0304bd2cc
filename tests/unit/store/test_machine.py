"""Holds: after any order of verbs, deaths and restarts the files say what the dictionaries say."""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mailbot.store.files.store import FileStore
from mailbot.store.memory import Memory
from mailbot.store.protocol import (
    CLAIMED,
    JOURNAL,
    NEXT_DUE,
    NEXT_TRY,
    OUTBOX,
    REVISION,
    Change,
    CommitResult,
    Key,
    OutboxState,
    cursor_key,
    history_key,
    optional,
    ready_key,
    tally_key,
)
from tests.unit.store.people import HOUR, NOW, entry, mail, meeting, series

IDS = ("aaaaaaaa", "bbbbbbbb", "cccccccc")
HOURS = st.integers(0, 5).map(lambda hours: NOW + hours * HOUR)
X: Key[int | None] = Key("x", optional)
Y: Key[int | None] = Key("y", optional)
WORKERS = st.sampled_from(("w1", "w2"))
COUNTED = tally_key(CLAIMED, NOW - HOUR, NOW + 9 * HOUR)
LATE = NOW + 99 * HOUR


class Stores(RuleBasedStateMachine):
    """The model is the store in dictionaries; the contract holds the model itself."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="mailbot-machine-"))
        self.model = Memory()
        self.files = FileStore(self.folder / "data")
        self.serial = 0
        self.mails: list[str] = []

    @rule(
        id_=st.sampled_from(IDS),
        behind=st.sampled_from((0, 0, 0, 1)),
        cause=st.sampled_from(("", "", "c1", "c2", "c3")),
        letters=st.integers(0, 3),
        due=st.none() | HOURS,
        numbers=st.sets(st.integers(1, 6), max_size=2),
        closed=st.sets(st.integers(1, 6), max_size=2),
    )
    def commit(
        self,
        *,
        id_: str,
        behind: int,
        cause: str,
        letters: int,
        due: datetime | None,
        numbers: set[int],
        closed: set[int],
    ) -> None:
        before = self.model.load(id_)
        rev = max(0, (before.rev if before else 0) - behind)
        self.serial += letters
        mails = tuple(mail(self.serial - n, n, of=id_[0]) for n in range(letters))
        change = Change(
            cause,
            series(id_, *sorted(numbers), next_due=due, misses=self.serial),
            rev,
            mails,
            tuple(meeting(n) for n in closed),
        )
        outcome = self.model.commit(change)
        assert self.files.commit(change) is outcome
        if outcome is CommitResult.COMMITTED:
            self.mails += [letter.id for letter in mails]

    @rule(
        cause=st.sampled_from(("", "c1")),
        behind=st.sampled_from((0, 0, 1)),
        values=st.dictionaries(st.sampled_from("xy"), st.none() | st.integers(0, 9)),
    )
    def commit_values(self, cause: str, behind: int, values: dict[str, int | None]) -> None:
        self.serial += 1
        rev = max(0, self.model.recall(REVISION) - behind)
        change = Change(cause, None, rev, (mail(self.serial, 0, None, of="none"),), values=values)
        outcome = self.model.commit(change)
        assert self.files.commit(change) is outcome
        if outcome is CommitResult.COMMITTED:
            self.mails.append(change.mails[0].id)

    @rule(at=HOURS, worker=WORKERS, hours=st.integers(1, 3), at_most=st.integers(1, 3))
    def claim(self, at: datetime, worker: str, hours: int, at_most: int) -> None:
        claimed = self.model.claim(at, worker, hours * HOUR, at_most)
        assert self.files.claim(at, worker, hours * HOUR, at_most) == claimed

    @rule(
        data=st.data(),
        state=st.sampled_from(OutboxState),
        next_try=st.none() | HOURS,
        worker=WORKERS,
    )
    def settle(
        self, data: st.DataObject, state: OutboxState, next_try: datetime | None, worker: str
    ) -> None:
        id_ = data.draw(st.sampled_from(self.mails or ["nobody@corp.example"]))
        settled = self.model.settle(id_, state, next_try, worker=worker, now=NOW)
        assert self.files.settle(id_, state, next_try, worker=worker, now=NOW) is settled

    @rule(uid=st.integers(1, 5))
    def begin_reading(self, uid: int) -> None:
        assert self.files.begin(entry(uid).key) == self.model.begin(entry(uid).key)

    @rule(uid=st.integers(1, 5), validity=st.integers(7, 8))
    def end_reading(self, uid: int, validity: int) -> None:
        for store in (self.model, self.files):
            store.journal(entry(uid, validity=validity))

    @rule(killed=st.booleans())
    def restart(self, killed: bool) -> None:
        if killed:
            assert self.files._lock is not None
            self.files._lock.release()  # all that a death does for us
        else:
            self.files.close()
        self.files = FileStore(self.folder / "data")
        self.model.restart()

    @invariant()
    def they_show_the_same(self) -> None:
        if not hasattr(self, "files"):
            return
        for id_ in IDS:
            assert self.files.load(id_) == self.model.load(id_)
            assert self.files.recall(history_key(id_)) == self.model.recall(history_key(id_))
        for until in (NOW, NOW + 2 * HOUR, LATE):
            assert self.files.due(until) == self.model.due(until)
            assert self.files.recall(ready_key(until)) == self.model.recall(ready_key(until))
        for key in (
            COUNTED,
            REVISION,
            OUTBOX,
            NEXT_DUE,
            NEXT_TRY,
            X,
            Y,
            JOURNAL,
            cursor_key("imap/INBOX"),
        ):
            assert self.files.recall(key) == self.model.recall(key)
        assert self.files.find() == self.model.find()

    def teardown(self) -> None:
        if hasattr(self, "files"):
            self.files.close()
            shutil.rmtree(self.folder)


Stores.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestStores = Stores.TestCase
