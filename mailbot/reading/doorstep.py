"""What is taken at the door, where anybody may ask and is answered at once. Over IMAP a mail has been taken already.

A mail with neither a token nor a proof is refused, whoever it names: else the answer would tell who is on file. And
what would have to be looked at is kept for people on file alone: else anybody could fill the disk.
"""

from __future__ import annotations

from mailbot.mail.sender import Verdict
from mailbot.reading.findings import Reading
from mailbot.store import Store

WORDS = ("content", "away", "reaction")  # kinds of mail that say something in the name of somebody


def is_anybodys(reading: Reading) -> bool:
    """Whether everybody could have written it. A wish for a series depends on its domain alone, and is asked about."""
    return reading.judged.kind in WORDS and not _backed(reading) and reading.outcome != "new"


def is_known(reading: Reading, store: Store) -> bool:
    return _backed(reading) and bool(store.find(reading.address))


def _backed(reading: Reading) -> bool:
    """By a token or a proof."""
    return reading.found is not None or reading.proof.verdict is Verdict.PASS
