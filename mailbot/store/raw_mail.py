"""Keep raw mails, byte for byte: quarantine/ (cannot be read) and held/ (waits for somebody's
yes)."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailbot.errors import InputError, MailbotError, Temporary
from mailbot.store.codec import dumps, loads, typed, unreadable
from mailbot.store.disk import FOLDER_MODE, Disk, read_whole, writing

NAME = re.compile(r"[0-9a-f]{16}(?:[0-9a-f]{16})?")  # 16 digits: of older versions
# in a folder with a limit: its list is read whole once a day, in half a second
MAILS_AT_MOST = 10_000
RECOUNT = timedelta(minutes=1)  # a full folder is not counted more often
NO_NOTE = "the note beside it is missing or torn"


class Full(Temporary):
    """Refuse one mail more. What lies there stays."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """One raw mail that is kept, and why."""

    name: str
    reason: str  # a word for the journal, never of the content
    at: datetime
    key: str  # of the inbound mail, as in the journal; "": its note cannot be read
    size: int  # octets
    trace: tuple[str, ...] = ()  # every rule that was asked and what it said
    # verdict of our own check of its signature, made when it came; "": none was made
    proof: str = ""
    junk: bool = False  # the server had filed it as junk


class RawMailStore:
    """Keep mails in one folder: NAME.eml is the mail, NAME.json the note that says why it is kept.
    May be read beside a running mailbot. The name is made of the content, so a mail is kept once
    however often it is put.

    `octets_at_most` 0: no limit.
    """

    def __init__(
        self, folder: str | Path, disk: Disk | None = None, *, octets_at_most: int = 0
    ) -> None:
        self._folder = Path(folder)
        self._disk = disk or Disk()
        self._at_most = octets_at_most
        self._used: tuple[int, int] | None = None  # mails and octets, as far as we know
        self._counted_at = datetime.min.replace(tzinfo=UTC)

    def put(  # noqa: PLR0913 - what the note beside the mail says, most of it by name
        self,
        raw: bytes,
        reason: str,
        at: datetime,
        key: str,
        *,
        trace: tuple[str, ...] = (),
        proof: str = "",
        junk: bool = False,
    ) -> str:
        """Keep a mail; return its name, once it is durable. A mail that is kept already keeps its
        first reason and day.

        Raises Full, Temporary.
        """
        name = hashlib.sha256(raw).hexdigest()[:32]
        if self._mail(name).exists() and self._noted(name):
            return name
        self._make_sure_of_room(len(raw), at)
        with writing(self._folder):
            self._folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
            self._disk.save(
                self._note(name),
                dumps(SetAside(name, reason, at, key, len(raw), trace, proof, junk)),
            )
            self._disk.save(self._mail(name), raw)  # last: where the mail is, its reason is
        return name

    def list(self) -> tuple[SetAside, ...]:
        """List what is kept, oldest first. A note that cannot be read hides neither its own mail
        nor the others."""
        found = []
        for name in self.names():
            with suppress(InputError):  # dropped since the folder was listed
                found.append(self.look(name))
        return tuple(sorted(found, key=lambda aside: (aside.at, aside.name)))

    def check(self) -> None:
        """Raise OSError if the folder is there and cannot be listed: it is not empty then."""
        with suppress(FileNotFoundError):
            os.scandir(self._folder).close()

    def names(self) -> Iterator[str]:
        """List the names of the mails, in no order; files of others are passed over."""
        return (path.stem for path in self._folder.glob("*.eml") if NAME.fullmatch(path.stem))

    def look(self, name: str) -> SetAside:
        """Tell why a mail is kept. Raises InputError."""
        return self._noted(name) or self._without_note(name)

    def get(self, name: str) -> bytes:
        """Return the mail as it arrived. Raises InputError, OperatorError."""
        content = read_whole(self._mail(name)) if NAME.fullmatch(name) else None
        if content is None:
            raise self._missing(name)
        return content

    def drop(self, name: str) -> None:
        """Delete a mail and its note. Raises InputError, Temporary."""
        if not (NAME.fullmatch(name) and self._mail(name).exists()):
            raise self._missing(name)
        self._used = None
        with writing(self._folder):
            self._mail(name).unlink(missing_ok=True)
            self._note(name).unlink(missing_ok=True)

    # ---- notes ----

    def _noted(self, name: str) -> SetAside | None:
        """Read the note; None: there is none that can be read."""
        note = self._note(name)
        try:
            content = read_whole(note) if NAME.fullmatch(name) else None
            return typed(SetAside, _parsed(content, note), note) if content is not None else None
        except MailbotError:
            return None

    def _without_note(self, name: str) -> SetAside:
        """Describe a mail by its file alone: its size, and when it was written. Raises
        InputError."""
        try:
            facts = self._mail(name).stat() if NAME.fullmatch(name) else None
        except OSError:
            facts = None
        if facts is None:
            raise self._missing(name)
        return SetAside(
            name, NO_NOTE, datetime.fromtimestamp(int(facts.st_mtime), UTC), "", facts.st_size
        )

    # ---- room ----

    def _make_sure_of_room(self, octets: int, at: datetime) -> None:
        """Count one mail more, if there is room for it. Raises Full."""
        if not self._at_most:
            return
        if self._used is None or (self._over(octets) and at - self._counted_at >= RECOUNT):
            self._used, self._counted_at = self.usage(), at
        if self._over(octets):
            raise Full(
                f"{self._folder} is full: drop what is dealt with, or raise [data] "
                "quarantine_megabytes."
            )
        self._used = (self._used[0] + 1, self._used[1] + octets)

    def _over(self, octets: int) -> bool:
        """Say whether one mail of so many octets is too many, as far as we know."""
        mails, used = self._used or (0, 0)
        return mails >= MAILS_AT_MOST or used + octets > self._at_most

    def usage(self) -> tuple[int, int]:
        """Count the mails and their octets."""
        sizes = []
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for each in entries:
                if each.name.endswith(".eml") and NAME.fullmatch(each.name[:-4]):
                    with suppress(FileNotFoundError):
                        sizes.append(each.stat().st_size)
        return len(sizes), sum(sizes)

    def _missing(self, name: str) -> InputError:
        """Word the error for a name that no mail has."""
        return InputError(f"There is no mail {name!r} in {self._folder}: its list shows the names.")

    def _mail(self, name: str) -> Path:
        return self._folder / f"{name}.eml"

    def _note(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _parsed(content: bytes, where: Path) -> object:
    """Read the JSON of a note. Raises OperatorError, which names it."""
    try:
        return loads(content)
    except ValueError:
        raise unreadable(where, "it is not JSON") from None
