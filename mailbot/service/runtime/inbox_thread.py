"""The thread that reads: it asks the inbox for mails, waits until each has its outcome, and moves
them away.

Between two waits it does the chores of a mailbox: the first look, the daily audit, a look at
what was filed as junk.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from queue import SimpleQueue
from typing import Protocol

from mailbot.errors import MailbotError, OperatorError, Refused
from mailbot.service.delivery import retry
from mailbot.service.runtime.queue_values import Audit, Batch, Begun, Trouble, Value
from mailbot.transport.protocol import Arrived, Inbox

log = logging.getLogger(__name__)

IN_FLIGHT = 2  # batches: one is read from the server while the other is worked on
# the longest wait for the inbox, whatever is configured: servers go mute (mjs/imapclient#349)
POLL_S = 300.0
AUDIT = timedelta(days=1)
FIRST_AUDIT = timedelta(minutes=1)  # after the start; chores wait until the backlog is done
JUNK = timedelta(hours=1)


class Housekeeping(Protocol):
    """What lies around the inbox. Called from the thread of the inbox."""

    def begin(self) -> Begun | None:
        """At the first look of an installation: pass over what lies in the folder already. Else
        None."""

    def uids(self) -> Sequence[str]:
        """The keys of all mails that are in the folder now."""

    def again(self, keys: Sequence[str]) -> Iterable[Sequence[Arrived]]:
        """These mails once more, in portions, as far as they are still there."""

    def junk(self) -> Iterable[Sequence[Arrived]]:
        """Mails that carry a token of ours, were filed as junk, and were not handed out before;
        they stay there."""


class InboxThread:
    """`run` until told to stop. `polled` is called after each look into the inbox."""

    def __init__(
        self,
        inbox: Inbox,
        queue: SimpleQueue[Value],
        now: Callable[[], datetime],
        stopping: threading.Event,
        *,
        poll_s: float,
        polled: Callable[[], None],
        mailbox: Housekeeping | None,
        unmoved: Sequence[str],
    ) -> None:
        """`unmoved`: mails that have their outcome since an earlier run and may still lie in the
        inbox, because that run was killed before it moved them."""
        self._inbox, self._queue, self._now, self._stopping = inbox, queue, now, stopping
        self._poll_s, self._polled = poll_s, polled
        self._mailbox = mailbox
        self._unmoved = tuple(unmoved)
        self._audit_at, self._junk_at = now() + FIRST_AUDIT, now()
        self._uids: Sequence[str] | None = None  # in the folder when the audit began
        self._failures = 0  # in a row
        self.broken: Exception | None = None  # a mistake of ours that ended `run`

    def run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._try()
        # whoever started this thread says so and ends the process
        except Exception as error:  # noqa: BLE001
            self.broken = error

    def _try(self) -> None:
        try:
            self._poll()
        except MailbotError as error:
            if not self._stopping.is_set():  # then it was us who ended the connection
                self._failures += 1
                self._excuse(error)

    def _poll(self) -> None:
        """Until nothing is left in the folder; then wait for more."""
        working: deque[Batch] = deque()
        self._before_the_first_look()
        while not self._stopping.is_set():
            mails = self._inbox.fetch()
            self._recovered()
            with suppress(OSError):  # a mark for `status`: the disk may be full or read-only
                self._polled()
            if mails:
                log.debug(
                    "fetched",
                    extra={"action": "fetched", "mails": len(mails), "first": mails[0].key},
                )
                working.append(self._hand_in(mails))
            if len(working) >= IN_FLIGHT or (working and not mails):
                self._inbox.done(working.popleft().finished.get())
            elif not working:
                self._chores()
                self._inbox.wait(min(self._poll_s, POLL_S))

    def _before_the_first_look(self) -> None:
        begun = self._mailbox.begin() if self._mailbox else None
        if begun is not None:
            self._queue.put(begun)
            begun.kept.get()
        if self._unmoved:
            self._inbox.done(self._unmoved)
            self._unmoved = ()

    def _hand_in(self, mails: Sequence[Arrived], *, junk: bool = False) -> Batch:
        batch = Batch(mails, junk)
        self._queue.put(batch)
        return batch

    # ---- chores ----

    def _chores(self) -> None:
        """When the inbox is empty."""
        if self._mailbox is None:
            return
        now = self._now()
        if self._uids is not None:
            self._audit(self._mailbox, self._uids)
        elif now >= self._audit_at:
            self._audit_at = now + AUDIT
            self._uids = self._mailbox.uids()
        if now >= self._junk_at:
            # first: a junk folder that cannot be read must not hold up the inbox
            self._junk_at = now + JUNK
            for mails in self._mailbox.junk():
                self._hand_in(mails, junk=True).finished.get()

    def _audit(self, mailbox: Housekeeping, uids: Sequence[str]) -> None:
        """Once a day: what lay in the folder then must have an outcome now that it has been read
        once more."""
        # somebody may have removed one; a new UIDVALIDITY renames them all
        still_there = set(mailbox.uids())
        audit, self._uids = Audit([key for key in uids if key in still_there]), None
        self._queue.put(audit)
        missing = audit.answer.get()
        for mails in mailbox.again(missing) if missing else ():
            if mails:
                self._inbox.done(self._hand_in(mails).finished.get())

    # ---- when it fails ----

    def _excuse(self, error: MailbotError) -> None:
        """Wait before the next connection: doubling, and long after a refused login. Whoever
        must act is told."""
        bounds = retry.REFUSED_S if isinstance(error, Refused) else retry.RECONNECT_S
        level = logging.ERROR if self._failures == 1 or isinstance(error, Refused) else logging.INFO
        log.log(level, "inbox: %s", error.loggable, extra={"action": "inbox_lost"})
        if isinstance(error, OperatorError):
            self._queue.put(Trouble("inbox_refused", error.loggable))
        self._stopping.wait(retry.after(self._failures, *bounds))

    def _recovered(self) -> None:
        if self._failures:
            log.warning(
                "inbox: read again", extra={"action": "inbox_back", "failures": self._failures}
            )
        self._failures = 0
