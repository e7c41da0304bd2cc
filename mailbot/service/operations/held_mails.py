"""Keep the raw mails that wait for a yes, and read them once it has come."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from mailbot.errors import InputError
from mailbot.meeting.events import Outcome
from mailbot.service.intake.finding import Finding, Vouched
from mailbot.service.intake.pipeline import MailReader
from mailbot.service.intake.safe_reader import SafeReader
from mailbot.store.protocol import Entry, Store
from mailbot.store.raw_mail import RawMailStore, SetAside


class HeldMails:
    """Shared by what waits for a yes: words (unconfirmed.py) and requests (series_requests.py)."""

    def __init__(self, raw_mails: RawMailStore, intake: SafeReader, store: Store) -> None:
        self._raw_mails, self._intake, self._store = raw_mails, intake, store

    @property
    def reader(self) -> MailReader:
        return self._intake.reader

    def put(self, raw: bytes, reason: str, now: datetime, checksum: str) -> str:
        """Keep a mail; returns its name, which is the same however often it comes."""
        return self._raw_mails.put(raw, reason, now, checksum)

    def list(self) -> tuple[SetAside, ...]:
        return self._raw_mails.list()

    def read(self, name: str, vouched: Vouched, now: datetime) -> Finding | None:
        """Read it as if it had just come; None if the operator threw it away."""
        try:
            raw = self._raw_mails.get(name)
        except InputError:
            return None
        return self.reader.read(raw, self._store, now, vouched=vouched)

    def drop(self, name: str) -> None:
        """Throw a mail away, if it is still there."""
        with suppress(InputError):  # a second delivery of the yes finds it gone
            self._raw_mails.drop(name)

    def expire(self, name: str, series: str, now: datetime) -> None:
        """Tell the journal that nobody said yes."""
        entry = Entry(now, f"held/{name}", "", Outcome.EXPIRED, "nobody said yes", series)
        self._store.journal(entry)
