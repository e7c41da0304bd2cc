"""What leaves and what becomes of it: mails are tried, and whoever must know of one that never
will arrive is told."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.errors import OperatorError
from mailbot.meeting.events import Bounced
from mailbot.meeting.model import Purpose
from mailbot.service.delivery.attempt import Tried, send
from mailbot.service.people.spread import has_died
from mailbot.store.protocol import Entry, OutboxState, Pending
from mailbot.transport.protocol import Mailer

if TYPE_CHECKING:
    from mailbot.service.app import Mailbot


class Outbox:
    """Of one Mailbot."""

    def __init__(self, mailbot: Mailbot) -> None:
        self._mailbot = mailbot

    def drain(self, mailer: Mailer, now: datetime) -> int:
        """Send what may be sent now, each once, until trouble that is about no one mail; returns
        how many left.

        Raises OperatorError.
        """
        store, sent = self._mailbot.store, 0
        for pending in store.pending(now):
            store.settle(pending.mail.id, OutboxState.SENDING)
            tried = self.given_up(pending) or send(mailer, pending, now)
            store.settle(tried.mail, tried.state, tried.next_try)
            self.settled(tried, now)
            if isinstance(tried.halt, OperatorError):
                raise tried.halt
            if tried.halt:
                break
            sent += tried.state is OutboxState.ACCEPTED
        return sent

    def settled(self, tried: Tried, now: datetime) -> None:
        """Count it. An address that the server says nobody has is left alone from now on, as
        after a bounce."""
        if tried.dead:
            self._bounced(tried.dead, now)
        if tried.state is OutboxState.FAILED and tried.pending:
            series, mail = tried.pending.series, tried.pending.mail
            key = f"out/{series}/{mail.serial}"
            self._mailbot.store.journal(Entry(now, key, "", "failed", str(mail.purpose), series))
        self._mailbot.desk.sent += tried.state is OutboxState.ACCEPTED

    def _bounced(self, dead: Pending, now: datetime) -> None:
        stored, to = self._mailbot.store.load(dead.series), dead.mail.to
        if not dead.series and dead.mail.purpose is Purpose.NOTICE:
            self._mailbot.desk.lost()
        elif stored and to and stored.series.person(to).address == dead.mail.recipient:
            self._mailbot.decide(stored, Bounced(to, hard=True), "", now)

    def given_up(self, pending: Pending) -> Tried | None:
        """What became of a mail whose address has died since it was made."""
        stored = self._mailbot.store.load(pending.series) if pending.series else None
        if stored is None or not has_died(stored.series, pending.mail):
            return None
        sentence = "mails to this address do not arrive any more"
        return Tried(
            pending.mail.id, OutboxState.FAILED, sentence=sentence, pending=pending, asked=False
        )
