"""Raw mails set aside, byte for byte: quarantine/ (cannot be read) and held/ (waits for somebody's yes)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailbot.errors import InputError
from mailbot.store.codec import dumps, loads, typed
from mailbot.store.disk import FOLDER_MODE, Disk, read_whole, writing

NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Aside:
    """One mail on the shelf."""

    name: str
    reason: str  # a word for the journal, never of the content
    at: datetime
    key: str  # of the inbound mail, as in the journal
    size: int  # octets


class Shelf:
    """One folder: NAME.eml is the mail, NAME.json says why it lies here. May be read beside a running mailbot."""

    def __init__(self, folder: str | Path, disk: Disk | None = None) -> None:
        self._folder = Path(folder)
        self._disk = disk or Disk()

    def put(self, raw: bytes, reason: str, at: datetime, key: str) -> str:
        """Its name, once it is durable. The same mail under the same key has one name: put twice, it lies here once.

        Raises Temporary.
        """
        name = hashlib.sha256(key.encode(errors="replace") + b"\0" + raw).hexdigest()[:16]
        with writing(self._folder):
            self._folder.mkdir(FOLDER_MODE, parents=True, exist_ok=True)
            self._disk.save(self._slip(name), dumps(Aside(name, reason, at, key, len(raw))))
            self._disk.save(self._mail(name), raw)  # last: where the mail is, its reason is
        return name

    def list(self) -> tuple[Aside, ...]:
        """Oldest first."""
        found = (self.look(path.stem) for path in self._folder.glob("*.eml") if NAME.fullmatch(path.stem))
        return tuple(sorted(found, key=lambda aside: (aside.at, aside.name)))

    def look(self, name: str) -> Aside:
        """Why it lies here. Raises InputError, OperatorError."""
        slip = self._slip(name)
        return typed(Aside, loads(self._content(slip)), slip)

    def get(self, name: str) -> bytes:
        """The mail as it arrived. Raises InputError."""
        return self._content(self._mail(name))

    def drop(self, name: str) -> None:
        """Away with it. Raises InputError, Temporary."""
        self.get(name)
        with writing(self._folder):
            self._mail(name).unlink(missing_ok=True)
            self._slip(name).unlink(missing_ok=True)

    def _content(self, path: Path) -> bytes:
        content = read_whole(path) if NAME.fullmatch(path.stem) else None
        if content is None:
            raise InputError(f"There is no mail {path.stem!r} in {self._folder}: its list shows the names.")
        return content

    def _mail(self, name: str) -> Path:
        return self._folder / f"{name}.eml"

    def _slip(self, name: str) -> Path:
        return self._folder / f"{name}.json"
