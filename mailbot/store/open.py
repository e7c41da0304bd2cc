"""Open what a data folder holds: the store, and the raw mails beside it."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from mailbot.store.files.store import FileStore
from mailbot.store.protocol import Store
from mailbot.store.raw_mail import RawMailStore


def open_store(folder: str | PathLike[str], *, look: bool = False) -> Store:
    """Open the embedded store in this folder. `look`: beside a running mailbot, without its lock;
    nothing can be written.

    Raises InUse, OperatorError, Temporary.
    """
    return FileStore(folder, look=look)


@dataclass(frozen=True, slots=True)
class RawMails:
    """Mails kept byte for byte, outside the store's lock: operators look at them any time."""

    quarantine: RawMailStore  # cannot be read, or may not be acted on
    held: RawMailStore  # wait for somebody's yes


def open_raw_mails(folder: str | PathLike[str], *, quarantine_octets: int = 0) -> RawMails:
    """Open the raw mails of this folder; nothing is made or written before the first is put.
    `quarantine_octets`: how many may lie there; 0: any number."""
    quarantine = RawMailStore(Path(folder) / "quarantine", octets_at_most=quarantine_octets)
    return RawMails(quarantine, RawMailStore(Path(folder) / "held"))
