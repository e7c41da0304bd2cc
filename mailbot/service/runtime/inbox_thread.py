"""Read the inbox in a thread of its own: ask it for mails, wait until each has its outcome, and
move them away.

Between two waits it does the chores of a mailbox: the first look, the daily audit, a look at
what was filed as junk.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Protocol

from mailbot.errors import MailbotError, OperatorError, Refused
from mailbot.service.runtime.backoff import Backoff
from mailbot.service.runtime.queue_values import Audit, Batch, Begun, Trouble, Value
from mailbot.service.step import NoticeKind
from mailbot.transport.protocol import Arrived, Inbox

log = logging.getLogger(__name__)

IN_FLIGHT = 2  # batches: one is read from the server while the other is worked on
# the longest wait for the inbox, whatever is configured: servers go mute (mjs/imapclient#349)
POLL_S = 300.0


class Housekeeping(Protocol):
    """Look after what lies around the inbox. Called from the thread of the inbox."""

    def begin(self) -> Begun | None:
        """Pass over what lies in the folder already, at the first look of an installation. Else
        None."""

    def uids(self) -> Sequence[str]:
        """Return the keys of all mails that are in the folder now."""

    def again(self, keys: Sequence[str]) -> Iterable[Sequence[Arrived]]:
        """Fetch these mails once more, in portions, as far as they are still there."""

    def junk(self) -> Iterable[Sequence[Arrived]]:
        """Fetch mails that carry a token of ours, were filed as junk, and were not handed out
        before; they stay there."""


@dataclass(frozen=True, slots=True)
class WatchedFolder:
    """The folder that is read, and how. `polled` is called after each look into it.

    `unmoved`: mails that have their outcome since an earlier run and may still lie in it, because
    that run was killed before it moved them.
    """

    inbox: Inbox
    housekeeping: Housekeeping | None = None
    poll_s: float = POLL_S
    polled: Callable[[], object] = lambda: None
    unmoved: Sequence[str] = ()


class InboxThread:
    """`run` until told to stop. The chores are done when the inbox is empty, after they were asked
    for; a look at the junk is owed from the start."""

    def __init__(
        self, folder: WatchedFolder, queue: SimpleQueue[Value], stopping: threading.Event
    ) -> None:
        self._folder, self._inbox = folder, folder.inbox
        self._queue, self._stopping = queue, stopping
        self._unmoved = tuple(folder.unmoved)
        self._audit_asked, self._junk_asked = threading.Event(), threading.Event()
        self._junk_asked.set()
        self._uids: Sequence[str] | None = None  # in the folder when the audit began
        self._backoff = Backoff()
        self.broken: Exception | None = None  # a mistake of ours that ended `run`

    def ask_audit(self) -> None:
        """Compare the folder with the journal when the inbox is empty. From any thread."""
        self._audit_asked.set()

    def ask_junk(self) -> None:
        """Look at what was filed as junk when the inbox is empty. From any thread."""
        self._junk_asked.set()

    def run(self) -> None:
        """Poll until told to stop; what is no MailbotError ends it, and is kept in `broken`."""
        try:
            while not self._stopping.is_set():
                self._try()
        except Exception as error:  # noqa: BLE001 - whoever started this thread tells it and ends
            self.broken = error

    def _try(self) -> None:
        """Poll until it fails, and wait then; a connection that we ended ourselves is no
        failure."""
        try:
            self._poll()
        except MailbotError as error:
            if not self._stopping.is_set():  # then it was us who ended the connection
                self._excuse(error)

    def _poll(self) -> None:
        """Hand in mails until nothing is left in the folder; then wait for more."""
        working: deque[Batch] = deque()
        self._before_the_first_look()
        while not self._stopping.is_set():
            mails = self._looked()
            if mails:
                working.append(self._hand_in(mails))
            if len(working) >= IN_FLIGHT or (working and not mails):
                self._inbox.done(working.popleft().finished.get())
            elif not working:
                self._chores()
                self._inbox.wait(min(self._folder.poll_s, POLL_S))

    def _looked(self) -> Sequence[Arrived]:
        """Fetch the next mails; it also is the sign of life for `status`."""
        mails = self._inbox.fetch()
        self._recovered()
        with suppress(OSError):  # a mark for `status`: the disk may be full or read-only
            self._folder.polled()
        if mails:
            facts = {"action": "fetched", "mails": len(mails), "first": mails[0].key}
            log.debug("fetched", extra=facts)
        return mails

    def _before_the_first_look(self) -> None:
        """Pass over what was there before mailbot, and move away what an earlier run could not."""
        housekeeping = self._folder.housekeeping
        begun = housekeeping.begin() if housekeeping else None
        if begun is not None:
            self._queue.put(begun)
            begun.kept.get()
        if self._unmoved:
            self._inbox.done(self._unmoved)
            self._unmoved = ()

    def _hand_in(self, mails: Sequence[Arrived], *, junk: bool = False) -> Batch:
        """Give mails to the worker; their outcomes come with `finished`."""
        batch = Batch(mails, junk)
        self._queue.put(batch)
        return batch

    # ---- chores ----

    def _chores(self) -> None:
        """Do what was asked for; the inbox is empty."""
        housekeeping = self._folder.housekeeping
        if housekeeping is None:
            return
        if self._uids is not None:
            self._audit(housekeeping, self._uids)
        elif self._audit_asked.is_set():
            self._audit_asked.clear()
            self._uids = housekeeping.uids()
        if self._junk_asked.is_set():
            # first: a junk folder that cannot be read must not hold up the inbox
            self._junk_asked.clear()
            for mails in housekeeping.junk():
                self._hand_in(mails, junk=True).finished.get()

    def _audit(self, housekeeping: Housekeeping, uids: Sequence[str]) -> None:
        """Find mails without an outcome: what lay in the folder when the audit began must have one
        now that it has been read once more."""
        # somebody may have removed one; a new UIDVALIDITY renames them all
        still_there = set(housekeeping.uids())
        audit, self._uids = Audit([key for key in uids if key in still_there]), None
        self._queue.put(audit)
        missing = audit.answer.get()
        for mails in housekeeping.again(missing) if missing else ():
            if mails:
                self._inbox.done(self._hand_in(mails).finished.get())

    # ---- when it fails ----

    def _excuse(self, error: MailbotError) -> None:
        """Wait before the next connection. Whoever must act is told."""
        wait_s = self._backoff.failed(error)
        news = self._backoff.failures == 1 or isinstance(error, Refused)
        level = logging.ERROR if news else logging.INFO
        log.log(level, "inbox: %s", error.loggable, extra={"action": "inbox_lost"})
        if isinstance(error, OperatorError):
            self._queue.put(Trouble(NoticeKind.INBOX_REFUSED, error.loggable))
        self._stopping.wait(wait_s)

    def _recovered(self) -> None:
        """Forget the failures, and log that they are over."""
        failures = self._backoff.recovered()
        if failures:
            facts = {"action": "inbox_back", "failures": failures}
            log.warning("inbox: read again", extra=facts)
