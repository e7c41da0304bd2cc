"""A short play of every verb that writes, and what may be seen after each of its steps."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mailbot.meeting.model import ActionItem, ActionState, Role
from mailbot.store.memory import Memory
from mailbot.store.protocol import (
    JOURNAL,
    Change,
    CommitResult,
    History,
    Key,
    OutboxState,
    Store,
    Stored,
    history_key,
    number,
    ready_key,
)
from tests.unit.store.people import HOUR, NOW, WORKER, claim, entry, mail, meeting, series

ACCEPTED, FAILED, DEFERRED = (
    OutboxState.ACCEPTED,
    OutboxState.FAILED,
    OutboxState.DEFERRED,
)
A, B = "aaaaaaaa", "bbbbbbbb"
PROMISE = ActionItem(1, Role.MANAGER, "Ask for the budget", NOW.date(), state=ActionState.DONE)
POLL: Key[int] = Key("poll", number)
FAR = NOW + 100 * HOUR

Step = Callable[[Store], Any]


def commit(change: Change) -> Step:
    def step(store: Store) -> None:
        outcome = store.commit(change)
        assert outcome in (CommitResult.COMMITTED, CommitResult.DUPLICATE), outcome

    return step


def settle(name: str, *arguments: Any) -> Step:
    return lambda store: store.settle(f"{name}@corp.example", *arguments, worker=WORKER, now=NOW)


def claim_one(store: Store) -> None:
    claim(store, at_most=1)


PLAY: tuple[Step, ...] = (
    commit(Change("c1", series(A, 1, 2, actions=(PROMISE,)), 0, (mail(1), mail(2)))),
    lambda store: store.begin(entry(1).key),
    commit(Change("c2", series(B, 1), 0, (mail(1, of="b"),))),
    claim_one,
    settle("a1", ACCEPTED),
    claim_one,
    settle("a2", DEFERRED, NOW + HOUR),
    lambda store: store.journal(entry(1)),
    commit(
        Change(
            "c3", series(A, 2, 3, next_due=NOW + HOUR), 1, (mail(3, 2),), (meeting(1),), (PROMISE,)
        )
    ),
    commit(Change("c4", None, 0, (mail(1, 0, None, of="none"),), values={POLL.name: 1})),
    claim_one,
    settle("b1", FAILED),
    commit(Change("c5", series(B, 2), 1)),
    lambda store: store.begin(entry(2).key),
    commit(Change("c6", series(A, 3), 2, (), (meeting(2),))),
    claim_one,
    commit(Change("c7", None, 1, values={POLL.name: 2})),
)
COMMITS = {number for number, step in enumerate(PLAY, 1) if step.__qualname__.startswith("commit")}


@dataclass(frozen=True)
class Seen:
    """What a store shows. Two stores that show the same are the same."""

    documents: tuple[Stored | None, ...]
    histories: tuple[History, ...]
    poll: int
    found: tuple[str, ...]
    due: tuple[str, ...]
    pending: tuple[tuple[str, str, int], ...]
    keys: frozenset[str]

    @property
    def durable(self) -> tuple[Any, ...]:
        """What a commit promised."""
        return self.documents, self.histories, self.poll, self.found, self.due


def seen(store: Store) -> Seen:
    return Seen(
        documents=tuple(store.load(id_) for id_ in (A, B)),
        histories=tuple(store.recall(history_key(id_)) for id_ in (A, B)),
        poll=store.recall(POLL),
        found=store.find(),
        due=store.due(FAR),
        pending=tuple(
            (pending.mail.id, pending.state.value, pending.tries)
            for pending in store.recall(ready_key(FAR))
        ),
        keys=frozenset(one.key for one in store.recall(JOURNAL)),
    )


def expected(*, restarted: bool) -> list[Seen]:
    """By the number of steps done. `restarted`: as it is after a death, when nobody knows what became of a mail
    that was being sent."""
    found = [seen(Memory())]
    for done in range(1, len(PLAY) + 1):
        store = Memory()
        for step in PLAY[:done]:
            step(store)
        if restarted:
            store.restart()
        found.append(seen(store))
    return found
