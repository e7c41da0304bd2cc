"""Hold what one record of the store is, and take the single step from one such value to the next.
Pure; every store uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mailbot.errors import Bug
from mailbot.meeting.model import ActionItem, Meeting, Series
from mailbot.store.codec import plain
from mailbot.store.protocol import Change, CommitResult, Mail, Sent

NO_SERIES = ""  # name of the record without a series: values, and mails about no series
CAUSES_KEPT = 500  # a mail older than the 500 that followed it in one series is not delivered again
SENT_KEPT_OF_MEETING = 40  # the newest of one meeting: all its scheduled mails and some 30 receipts
SENT_KEPT_OF_SERIES = 8  # the newest of those about the series itself (meeting 0)


@dataclass(frozen=True, slots=True)
class Record:
    """A series, or what belongs to none (NO_SERIES), as last committed."""

    series: Series | None = None
    rev: int = 0  # 0: never written
    sent: tuple[Sent, ...] = ()
    mails: tuple[Mail, ...] = ()  # not yet accepted or given up when this was written
    causes: tuple[str, ...] = ()  # oldest first
    values: Mapping[str, Any] = field(default_factory=dict)


def name_of(change: Change) -> str:
    """Name the record that this change belongs to. One change is one record: that is what makes it
    atomic."""
    if change.series is None:
        assert_no_history(change)
        return NO_SERIES
    if change.values:
        raise Bug(
            f"a change of series {change.series.id} sets values, which are committed with "
            "series=None"
        )
    return change.series.id


def assert_no_history(change: Change) -> None:
    """Refuse a change that closes something of no series. Raises Bug."""
    if change.closed or change.closed_actions:
        raise Bug("a change of no series closes meetings or actions, but there is no history of it")


def assert_sound(series: Series) -> None:
    """Stop a series that contradicts itself at the border of the store, on its way in or out: a
    mistake that is stored outlives the code that made it."""
    _assert_once(series.meetings, f"{series.id}: two meetings of one number")
    _assert_once(series.actions, f"{series.id}: two action items of one number")
    instants = [meeting.start for meeting in series.meetings]
    if series.next_due is not None:
        instants.append(series.next_due)
    assert all(at.tzinfo for at in instants), f"{series.id}: an instant without zone"


def _assert_once(numbered: tuple[Meeting, ...] | tuple[ActionItem, ...], otherwise: str) -> None:
    """Stop two of one number: the second would be out of reach."""
    numbers = {each.number for each in numbered}
    assert len(numbers) == len(numbered), otherwise


def refusal(record: Record, change: Change) -> CommitResult | None:
    """Tell why this change must not be written; None: it may. A known cause counts before the
    revision, because a mail that is read a second time was decided on the newer state."""
    if change.cause and change.cause in record.causes:
        return CommitResult.DUPLICATE
    return CommitResult.STALE if change.rev != record.rev else None


def advance(record: Record, change: Change, waiting: Container[str]) -> Record:
    """Make the record after this change. `waiting`: Message-IDs that have not left the outbox."""
    causes = (*record.causes, change.cause) if change.cause else record.causes
    return replace(
        record,
        series=change.series,
        rev=record.rev + 1,
        sent=sent_in_play((*record.sent, *answerable(change.mails)), change.series),
        mails=(*(mail for mail in record.mails if mail.id in waiting), *change.mails),
        causes=causes[-CAUSES_KEPT:],
        values=_replaced(record.values, change.values) if change.values else record.values,
    )


def _replaced(values: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Make the values after a change; those that are None are forgotten."""
    merged = {**values, **plain(dict(new))}
    return {name: value for name, value in merged.items() if value is not None}


def answerable(mails: tuple[Mail, ...]) -> tuple[Sent, ...]:
    """Keep what the two people will be able to answer; a mail to the operator is nobody's to
    answer."""
    return tuple(
        Sent(m.serial, m.meeting, m.to, m.purpose, m.text) for m in mails if m.to is not None
    )


def sent_in_play(sent: tuple[Sent, ...], series: Series | None) -> tuple[Sent, ...]:
    """Keep what a reply may still answer: of meetings in play, of the latest closed one (late
    replies), of the series."""
    if series is None:
        return ()
    room = _room(sent, series)
    newest_first = []
    for row in reversed(sent):
        if room[row.meeting] > 0:
            room[row.meeting] -= 1
            newest_first.append(row)
    return tuple(reversed(newest_first))


def _room(sent: tuple[Sent, ...], series: Series) -> Counter[int]:
    """Count how many mails are kept of each meeting; 0 is the series itself."""
    in_play = {meeting.number for meeting in series.meetings}
    closed = {row.meeting for row in sent} - in_play - {0}
    kept = in_play | set(sorted(closed)[-1:])
    return Counter(dict.fromkeys(kept, SENT_KEPT_OF_MEETING) | {0: SENT_KEPT_OF_SERIES})


NEVER_WRITTEN = Record()
"""What a name holds before its first commit."""
