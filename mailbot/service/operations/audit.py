"""Journal what became of each mail, and audit that every mail in the inbox has an outcome."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mailbot.inbound.message import peek
from mailbot.meeting.events import Outcome
from mailbot.service.intake.arrival import Incoming
from mailbot.service.intake.finding import Ending, Finding
from mailbot.service.operations.postmaster import Postmaster
from mailbot.service.step import NoticeKind
from mailbot.store.protocol import ENTRIES_AT_MOST, JOURNAL, Change, Entry, Key, Store, mapping
from mailbot.store.update import update

log = logging.getLogger(__name__)

AUDIT: Key[dict[str, Any]] = Key("audit", mapping)  # when, and how many mails had no outcome


def _cursors(json: dict[str, list[int]] | None) -> dict[str, tuple[int, int]]:
    """Read the cursors back: JSON has lists for pairs."""
    return {place: (validity, uid) for place, (validity, uid) in mapping(json).items()}


BEGUN = Key("begun", _cursors)  # (UIDVALIDITY, UID) at the installation, by place


def journal(store: Store, entry: Entry) -> Entry:
    """Write the outcome of an inbound mail into the journal and the log."""
    store.journal(entry)
    level = logging.WARNING if entry.outcome == Outcome.SET_ASIDE else logging.INFO
    extra = {"action": entry.outcome, "reason": entry.reason, "series": entry.series}
    log.log(level, "mail", extra=extra)
    return entry


def entry_of(mail: Incoming, finding: Finding, ending: Ending) -> Entry:
    """Word the journal's line about a mail that was read: all that was asked on its way, to the
    end."""
    stored = finding.author.stored
    return Entry(
        mail.at,
        mail.key,
        finding.inbound.message_id,
        ending.outcome,
        ending.reason,
        stored.series.id if stored else "",
        (*finding.trace, *ending.trace),
    )


def entry_of_unreadable(mail: Incoming, reason: str) -> Entry:
    """Word the journal's line about a mail that could not be read."""
    name = peek.message_id(mail.raw)
    trace = (f"reader: {reason}",)
    return Entry(mail.at, mail.key, name, Outcome.SET_ASIDE, reason, trace=trace)


def begin(store: Store, place: str, cursor: tuple[int, int]) -> None:
    """Note that an installation begins with what comes to this place after `cursor`
    (UIDVALIDITY, UID)."""
    update(store, lambda: Change("", values={BEGUN.name: {place: list(cursor)}}))


def audit(
    store: Store, postmaster: Postmaster, keys: Iterable[str], now: datetime
) -> tuple[str, ...]:
    """Find the mails in the inbox, of these, that no journal entry accounts for; the operator is
    told of them. There must be none."""
    missing = unaccounted(keys, store.recall(JOURNAL), store.recall(BEGUN))
    found = {"at": now.isoformat(), "unaccounted": len(missing)}
    update(store, lambda: Change("", values={AUDIT.name: found}))
    if missing:
        postmaster.tell(NoticeKind.UNACCOUNTED, now, f"{len(missing)} mails.")
    return missing


def unaccounted(
    keys: Iterable[str], entries: Sequence[Entry], begun: Mapping[str, Sequence[int]] | None = None
) -> tuple[str, ...]:
    """Keep those of the mails that no entry is about, and that are not older than the installation
    (`begun`: see begin).

    Mails that are left in their folder outlive the entries that are recalled: what is older than
    the oldest of these cannot be judged any more, and was when it was younger.
    """
    known = frozenset(entry.key for entry in entries)
    full = len(entries) >= ENTRIES_AT_MOST
    oldest = {f"{place}/{validity}": uid + 1 for place, (validity, uid) in (begun or {}).items()}
    oldest |= _oldest(known) if full else {}
    return tuple(
        key for key in keys if key not in known and _uid(key) >= oldest.get(_place(key), 0)
    )


def _oldest(keys: Iterable[str]) -> dict[str, int]:
    """Find the lowest UID by place."""
    found: dict[str, int] = {}
    for key in keys:
        found[_place(key)] = min(found.get(_place(key), _uid(key)), _uid(key))
    return found


def _place(key: str) -> str:
    """Cut a key after its folder and UIDVALIDITY."""
    return key.rpartition("/")[0]


def _uid(key: str) -> int:
    """Read the UID at the end of a key; 0: it is of no IMAP folder."""
    last = key.rpartition("/")[2]
    return int(last) if last.isdecimal() else 0
