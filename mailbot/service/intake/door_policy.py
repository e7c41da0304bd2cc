"""What is taken at the door, where anybody may ask and is answered at once. Over IMAP a mail has
been taken already.

A mail with neither a token nor a proof is refused, whoever it names: else the answer would tell
who is on file. And what would have to be looked at is kept for people on file alone: else
anybody could fill the disk.
"""

from __future__ import annotations

from dataclasses import replace

from mailbot.inbound.message.parse import Unreadable
from mailbot.meeting.events import Outcome
from mailbot.service.intake.finding import AsksForSeries, Broken, Finding
from mailbot.store.protocol import Entry, Store


def is_anybodys(finding: Finding) -> bool:
    """Say whether everybody could have written it. A wish for a series depends on its domain alone,
    and is asked about."""
    asks = isinstance(finding.result, AsksForSeries)
    return finding.mail.judged.kind.speaks and not asks and not finding.mail.backed


def is_kept(finding: Finding | Unreadable, store: Store) -> bool:
    """Say whether the door takes a mail that somebody has to look at: one of people on file, or one
    that met a mistake of ours."""
    if isinstance(finding, Unreadable):
        return isinstance(finding, Broken)
    return finding.mail.backed and bool(store.find(finding.address))


def at_door(entry: Entry, finding: Finding | Unreadable, store: Store) -> Entry:
    """Refuse what would be set aside and is not kept; met alike, whoever is on file."""
    if entry.outcome != Outcome.SET_ASIDE or is_kept(finding, store):
        return entry
    is_request = isinstance(finding, Finding) and isinstance(finding.result, AsksForSeries)
    return replace(entry, outcome=Outcome.IGNORED if is_request else Outcome.REFUSED)
