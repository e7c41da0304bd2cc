"""Mails that nobody could read or place are kept whole in quarantine, and for how long.

Those of people on file stay until the operator drops them; those of strangers leave after a
while, a week after the operator's digest first said so, and never where nobody reads a digest.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.inbound.message import peek
from mailbot.inbound.triage.auth import Proof, Verdict
from mailbot.meeting.events import Outcome
from mailbot.service.intake.arrival import Incoming, Route
from mailbot.service.operations.postmaster import Postmaster
from mailbot.service.step import NoticeKind
from mailbot.store.protocol import Entry, Key, Store, mapping
from mailbot.store.raw_mail import Full, RawMailStore, SetAside

NOTICE = timedelta(days=7)

LEAVING: Key[dict[str, str]] = Key("leaving", mapping)  # when the operator was told, by name


class Retention:
    """`days`: how long mails of strangers stay in quarantine; 0: for ever."""

    def __init__(
        self, store: Store, quarantine: RawMailStore, postmaster: Postmaster, days: int
    ) -> None:
        self.quarantine = quarantine
        self._store, self._postmaster, self._days = store, postmaster, days

    def keep(self, entry: Entry, mail: Incoming) -> Entry:
        """Keep the mail whole. Nothing goes to make room: what does not fit stays in the mailbox
        or with its sender. Raises Full, Temporary."""
        proof = str(mail.proof.verdict) if mail.proof else ""
        junk = mail.route is Route.JUNK
        try:
            self.quarantine.put(
                mail.raw,
                entry.reason,
                entry.at,
                entry.key,
                trace=entry.trace,
                proof=proof,
                junk=junk,
            )
        except Full:
            self._postmaster.tell(NoticeKind.QUARANTINE_FULL, entry.at)
            if not entry.key.startswith("imap/"):
                raise
            full = f"{entry.reason}; the quarantine is full, it lies in the mailbox alone"
            return replace(entry, reason=full)
        return entry

    def look(self, name: str, now: datetime) -> Incoming:
        """Read a mail of the quarantine as it came, under a key of its own: its old one would move
        the cursor of the inbox. Raises InputError."""
        aside, raw = self.quarantine.look(name), self.quarantine.get(name)
        made = ("own check: made when the mail came",)
        proof = Proof(Verdict(aside.proof), made) if aside.proof else None
        route = Route.JUNK if aside.junk else Route.INBOX
        return Incoming(f"quarantine/{name}", raw, now, route, proof)

    def sweep(self, kept: tuple[SetAside, ...], now: datetime) -> int:
        """Let go of what has stayed long enough, once a day, before the digest is written;
        returns how many leave within a week. Raises Temporary."""
        if not (self._days and self._postmaster.has_operator):
            return 0
        told = self._store.recall(LEAVING)
        names = []
        for aside in self._old(kept, now):
            if _was_told(told.get(aside.name), now):
                self._leave(aside, now)
            else:
                names.append(aside.name)
        self._postmaster.keep(
            LEAVING, lambda told: {name: told.get(name, now.isoformat()) for name in names}
        )
        return len(names)

    def _old(self, kept: tuple[SetAside, ...], now: datetime) -> list[SetAside]:
        """Find those of strangers that leave within a week, or should have left."""
        old = (aside for aside in kept if self._is_old(aside, now))
        return list(filter(self._is_strangers, old))

    def _is_old(self, aside: SetAside, now: datetime) -> bool:
        """Say whether the operator has to be told by now that it will leave."""
        return aside.at + timedelta(days=self._days) - NOTICE <= now

    def _is_strangers(self, aside: SetAside) -> bool:
        """Say whether a stranger wrote it, by From alone, which may be forged: then a mail stays
        that need not."""
        return not self._store.find(
            peek.author_address(self.quarantine.get(aside.name)) or "nobody"
        )

    def _leave(self, aside: SetAside, now: datetime) -> None:
        """Throw a mail away, and tell the journal."""
        name = peek.message_id(self.quarantine.get(aside.name))
        reason = f"{self._days} days in quarantine"
        self._store.journal(Entry(now, f"left/{aside.name}", name, Outcome.DISCARDED, reason))
        self.quarantine.drop(aside.name)


def _was_told(told: str | None, now: datetime) -> bool:
    """Say whether the operator was told of it a week ago or earlier (`told`: when)."""
    return told is not None and datetime.fromisoformat(told) + NOTICE <= now
