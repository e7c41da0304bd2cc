"""What is taken at the door, where anybody may ask and is answered at once. Over IMAP a mail has
been taken already.

A mail with neither a token nor a proof is refused, whoever it names: else the answer would tell
who is on file. And what would have to be looked at is kept for people on file alone: else
anybody could fill the disk.
"""

from __future__ import annotations

from mailbot.service.intake.finding import Finding
from mailbot.store.protocol import Store

WORDS = ("content", "away", "reaction")  # kinds of mail that say something in the name of somebody


def is_anybodys(reading: Finding) -> bool:
    """Whether everybody could have written it. A wish for a series depends on its domain alone,
    and is asked about."""
    return reading.judged.kind in WORDS and not reading.backed and reading.outcome != "new"


def is_known(reading: Finding, store: Store) -> bool:
    return reading.backed and bool(store.find(reading.address))
