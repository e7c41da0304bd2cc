"""Read a mail so that nothing in it ends the process: what breaks or kills its reader is set
aside."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime

from mailbot.errors import MailbotError, where
from mailbot.inbound.message.parse import Unreadable
from mailbot.inbound.triage.auth import Proof
from mailbot.meeting.events import Outcome
from mailbot.service.intake.arrival import Incoming, Route
from mailbot.service.intake.authority import Standing
from mailbot.service.intake.door_policy import is_anybodys
from mailbot.service.intake.finding import Broken, Finding
from mailbot.service.intake.pipeline import MailReader
from mailbot.store.protocol import Store

log = logging.getLogger(__name__)

DEATHS = 2  # readings that began and never ended; the third is not tried


class SafeReader:
    """`watching`: around everything that looks at a mail's bytes (see runtime/watchdog.py)."""

    def __init__(self, reader: MailReader, store: Store) -> None:
        self.reader = reader
        self._store = store
        self.watching: Callable[[], AbstractContextManager[None]] = nullcontext

    def receive(
        self,
        key: str,
        raw: bytes,
        now: datetime,
        route: Route,
        own_check: Callable[[], Proof] | None,
    ) -> Incoming:
        """Count that reading this mail begins, and check its signature. Raises Temporary."""
        killed = self._store.begin(key) >= DEATHS
        proof = None if killed or own_check is None else self._checked(own_check)
        return Incoming(key, raw, now, route, proof, killed)

    def _checked(self, own_check: Callable[[], Proof]) -> Proof:
        """Make our own check of the signature, watched."""
        with self.watching():
            return own_check()

    def read(self, mail: Incoming) -> Finding | Unreadable:
        """Read a mail, as far as its route is trusted. Raises no error that the mail caused."""
        finding = self._read(mail)
        if not isinstance(finding, Finding):
            return finding
        _log(mail, finding)
        match mail.route:
            case Route.JUNK if not _is_beyond_doubt(finding):
                reason = "filed as junk, and its author is not proven"
                return finding.ended(Outcome.JUNK, reason)
            case Route.DOOR if is_anybodys(finding):
                return finding.ended(Outcome.REFUSED, finding.reason)
            case _:
                return finding

    def _read(self, mail: Incoming) -> Finding | Unreadable:
        """Read a mail, watched; turn what it breaks into a value."""
        if mail.killed:
            return Broken("killed its reader twice")
        try:
            with self.watching():
                return self.reader.read(mail.raw, self._store, mail.at, own_check=mail.proof)
        except Unreadable as unreadable:
            return unreadable
        except MailbotError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it raises, it raises again
            log.error(  # noqa: TRY400 - a traceback would quote the mail
                "a mail broke its reader: %s", where(error), extra={"action": "broken"}
            )
            return Broken(f"broke its reader: {type(error).__name__}")


def _is_beyond_doubt(finding: Finding) -> bool:
    """Say whether the author is on file and proven; what junk needs to be read."""
    return finding.author.standing is Standing.SURE and finding.mail.proven


def _log(mail: Incoming, finding: Finding) -> None:
    """Log what was found, without a word of the mail."""
    log.debug(
        "read",
        extra={
            "action": "read",
            "key": mail.key,
            "kind": str(finding.mail.judged.kind),
            "standing": str(finding.author.standing),
            "said": len(finding.said),
            "result": type(finding.result).__name__,
        },
    )
