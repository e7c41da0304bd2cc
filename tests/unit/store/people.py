"""Ana, Ben and their mails, in as few words as a test needs."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from mailbot.meeting.events import Outcome
from mailbot.meeting.model import Cadence, Meeting, Person, Purpose, Role, Series
from mailbot.store.protocol import Change, CommitResult, Count, Entry, Mail, OutboxState, Store
from mailbot.store.update import update

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANA = Person("ana@corp.example", "Ana Silva", "Europe/Lisbon", aliases=("ana@home.example",))
BEN = Person("ben@corp.example", "Ben Ito", "Asia/Tokyo")


def series(id_: str = "aaaaaaaa", *meetings: int, **changes: Any) -> Series:
    """A series with these meetings in play, due at NOW."""
    given: dict[str, Any] = {
        "report": ANA,
        "manager": BEN,
        "cadence": Cadence(1, time(10), "Europe/Lisbon"),
        "meetings": tuple(meeting(number) for number in meetings),
        "next_due": NOW,
    }
    return Series(id_, **(given | changes))


def meeting(number: int, minutes: int = 30) -> Meeting:
    start = NOW + timedelta(weeks=number)
    return Meeting(number, start, minutes, start)


def mail(
    serial: int,
    meeting: int = 1,
    to: Role | None = Role.REPORT,
    *,
    of: str = "a",
    raw: bytes = b"\r\nHello\r\n",
) -> Mail:
    purpose = Purpose.AGENDA if meeting else Purpose.NOTICE
    return Mail(
        f"{of}{serial}@corp.example",
        "mailbot@corp.example",
        ANA.address,
        raw,
        f"Hello {serial}",
        purpose,
        meeting,
        to,
        serial,
    )


WORKER = "w1"
LEASE = 200 * HOUR  # none of these tests waits for its end


def claim(
    store: Store, at: datetime = NOW, *, at_most: int = 500, worker: str = WORKER
) -> list[str]:
    """Claim what waits; the names of the mails, without their domain."""
    claimed = store.claim(at, worker, LEASE, at_most)
    return [pending.mail.id.partition("@")[0] for pending in claimed]


def settle(store: Store, name: str, state: OutboxState, next_try: datetime | None = None) -> bool:
    return store.settle(f"{name}@corp.example", state, next_try, worker=WORKER, now=NOW)


def keep(store: Store, values: dict[str, Any], counts: tuple[Count, ...] = ()) -> None:
    change = Change("", values=values, counts=counts)
    assert update(store, lambda: change) is CommitResult.COMMITTED


def entry(
    uid: int,
    *,
    at: datetime = NOW,
    inbox: str = "imap/INBOX",
    validity: int = 7,
    outcome: Outcome = Outcome.APPLIED,
) -> Entry:
    return Entry(
        at,
        f"{inbox}/{validity}/{uid}",
        f"m{uid}@corp.example",
        outcome,
        trace=("own mail: no", "bounce: no"),
    )
