"""Does every mail in the inbox have an outcome?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mailbot.store.protocol import ENTRIES_AT_MOST, Entry, Key, mapping

AUDIT: Key[dict[str, Any]] = Key("audit", mapping)  # when, and how many mails had no outcome


def _cursors(json: dict[str, list[int]] | None) -> dict[str, tuple[int, int]]:
    return {place: (validity, uid) for place, (validity, uid) in (json or {}).items()}


BEGUN = Key("begun", _cursors)  # (UIDVALIDITY, UID) at the installation, by place


def unaccounted(
    keys: Iterable[str], entries: Sequence[Entry], begun: Mapping[str, Sequence[int]] | None = None
) -> tuple[str, ...]:
    """Those of the mails that no entry is about, and that are not older than the installation: see
    Mailbot.begun.

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
    found: dict[str, int] = {}
    for key in keys:
        found[_place(key)] = min(found.get(_place(key), _uid(key)), _uid(key))
    return found


def _place(key: str) -> str:
    """Folder and UIDVALIDITY."""
    return key.rpartition("/")[0]


def _uid(key: str) -> int:
    last = key.rpartition("/")[2]
    return int(last) if last.isdecimal() else 0
