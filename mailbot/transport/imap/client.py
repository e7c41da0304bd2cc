"""Mail comes in over IMAP: one kept connection, a UID cursor, nothing marked before its outcome is
committed.

The caller loops: fetch() until it is empty, done() for what has its outcome, wait(). After an
error it waits as long as it sees fit and calls again; the next call connects anew. Only close()
may come from another thread.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from imapclient.exceptions import IMAPClientError, IMAPClientReadOnlyError
from imapclient.imapclient import JUNK

from mailbot.errors import MailbotError, OperatorError, Temporary, Unavailable
from mailbot.transport.connection_errors import said, unreachable
from mailbot.transport.imap.account import Account, hang_up
from mailbot.transport.imap.folder import LOST, SelectedFolder, Wake, wait_until_readable
from mailbot.transport.imap.mailbox_key import mailbox_key
from mailbot.transport.protocol import Arrived
from mailbot.transport.server import Server
from mailbot.transport.tls import secured

BATCH = 50  # 47 ms for 200 small mails; one at a time 117 ms, 200 at a time 46 ms (Dovecot 2.3)
BATCH_OCTETS = 8_000_000  # so that a batch never holds more memory than this and one mail
CLOSE_S = 1.0
EXTENSIONS = ("IDLE", "MOVE", "UIDPLUS")

log = logging.getLogger(__name__)
# at DEBUG it writes protocol lines: addresses, short bodies
logging.getLogger("imapclient").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Folder:
    """Name the folder that is read, and the one that mails are moved to when their outcome is
    committed.

    done: "" leaves the mails where they are. read_only: nothing there can be changed. max_octets:
    larger mails come without their attachments. Raises OperatorError if both are one.
    """

    name: str = "INBOX"
    done: str = "Processed"
    read_only: bool = False
    max_octets: int = 2_000_000

    def __post_init__(self) -> None:
        if self.name == self.done:
            raise OperatorError(
                f'[imap] done_folder: it is "{self.name}" like folder; name another, or "" for '
                "none."
            )


@dataclass(frozen=True, slots=True)
class Polling:
    """Say how the next mail is waited for: by IDLE, or by a look every poll_s.

    idle_s: deadline of one IDLE (Office 365 goes mute: mjs/imapclient#349); a frozen server is
    noticed at the timeout of the server later.
    """

    idle: bool = True
    idle_s: float = 300
    poll_s: float = 60


INBOX = Folder()
AS_OFFERED = Polling()


class Imap:
    """Read one folder over IMAP; see the protocol Inbox.

    cursor: (UIDVALIDITY, UID) as the property `cursor` was at the end of the last run; None: all
    in the folder is new. wanted: says by its header whether a mail is handed out; None: all are.
    """

    def __init__(
        self,
        server: Server,
        folder: Folder = INBOX,
        polling: Polling = AS_OFFERED,
        *,
        wanted: Callable[[bytes], bool] | None = None,
        cursor: tuple[int, int] | None = None,
    ) -> None:
        self._account, self._folder, self._polling = Account(server), folder, polling
        self.mailbox_key = mailbox_key(server.host, server.user, folder.name)
        self._wanted, self._before = wanted, cursor
        self._selected: SelectedFolder | None = None
        self._seen = 0  # a search has found every UID up to here
        self._queue: list[int] = []  # found, not handed out; ascending
        self._out: set[int] = set()  # handed out, not done
        self._busy = threading.Lock()
        self._wake = Wake()
        self._closed = threading.Event()

    # ---- Inbox ----

    def fetch(self) -> list[Arrived]:
        """Give the next mails, oldest first, none of them twice on one connection; empty: there are
        no more now."""
        with self._talking() as folder:
            if not self._queue:
                self._queue = folder.after(self._seen)
                self._seen = max(self._queue, default=self._seen)
            arrived: list[Arrived] = []
            # a whole batch may have been removed by somebody else
            while self._queue and not arrived:
                arrived = self._hand_out(folder)
            return arrived

    def done(self, keys: Iterable[str]) -> None:
        """Move these away, or leave them and let the cursor pass. Keys of an older UIDVALIDITY
        name nothing."""
        with self._talking() as folder:
            prefix = self._key(folder, "")
            uids = {int(key.removeprefix(prefix)) for key in keys if key.startswith(prefix)}
            if self._folder.done and uids:
                folder.move(sorted(uids), self._folder.done)
            self._out -= uids
            self._queue = [uid for uid in self._queue if uid not in uids]

    def wait(self, seconds: float) -> bool:
        """Wait until something may have arrived (True), or the time or one IDLE is over, or close()
        (False).

        Call fetch() after either: a server that went mute says nothing. Without IDLE it is True
        after poll_s.
        """
        with self._talking() as folder:
            idles = self._polling.idle and folder.client.has_capability("IDLE")
            if self._wake.clear():
                return idles and self._has_news(folder)
            if idles:
                return self._idle(folder, seconds)
            wait_until_readable(min(seconds, self._polling.poll_s), self._wake)
            return not self._wake.clear()

    def _idle(self, folder: SelectedFolder, seconds: float) -> bool:
        """Idle until the server says something, the bell rings, or one IDLE or the time is over."""
        deadline = time.monotonic() + seconds
        while not folder.noticed() and (left := deadline - time.monotonic()) > 0:
            folder.idle(min(left, self._polling.idle_s), self._wake)
            if self._wake.clear() or left > self._polling.idle_s:
                break
        return self._has_news(folder)

    def _has_news(self, folder: SelectedFolder) -> bool:
        return folder.noticed() and not self._closed.is_set()

    def close(self) -> None:
        """Say goodbye. From any thread: it ends a wait() at once, and any other call within
        about a second."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._wake.ring()
        if self._busy.acquire(timeout=CLOSE_S):
            self._say_goodbye()
            self._busy.release()
        elif (folder := self._selected) is not None:
            with suppress(OSError):
                # the other thread hangs in a read, which fails now
                folder.client.socket().shutdown(socket.SHUT_RDWR)

    # ---- beyond Inbox ----

    @property
    def name(self) -> str:
        return self._folder.name

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Tell (UIDVALIDITY, UID): this one and all below have their outcome. To be kept for the
        next run."""
        if self._selected is None:
            return self._before
        first_open = min([*self._out, *self._queue[:1]], default=self._seen + 1)
        return self._selected.validity, first_open - 1

    def skip_old(self) -> tuple[int, int]:
        """Pass over all that is in the folder now: for the first start on a mailbox with a past.
        The new cursor."""
        with self._talking() as folder:
            self._seen = max([self._seen, folder.next_uid - 1, *folder.after(self._seen)[-1:]])
            self._queue.clear()
            return folder.validity, self._seen

    def junk_folder(self) -> str:
        """Ask where this server files junk (RFC 6154, or by its usual names); "": it says nothing
        of one."""
        with self._talking() as folder:
            return folder.client.find_special_folder(JUNK) or ""

    def look_up(self, message_id: str, folders: Iterable[str]) -> tuple[str, bytes] | None:
        """Find the first of these folders that holds a mail of this id, and its header. For
        `check`."""
        with self._talking() as folder:
            found = (folder.look_up(message_id, name) for name in folders)
            seen = next((each for each in found if each is not None), None)
            folder.select()
            return seen

    def newest(self, count: int) -> list[bytes]:
        """Read the headers of the newest mails. For `check`."""
        with self._talking() as folder:
            return list(folder.heads(folder.after(0)[-count:]).values())

    def uids(self) -> list[str]:
        """List the key of every mail now in the folder, for the daily audit; what somebody marked
        as deleted is not among them."""
        with self._talking() as folder:
            return [self._key(folder, uid) for uid in folder.after(0)]

    def probe(self) -> list[str]:
        """Tell what the server is and can do, as short facts. Raises what a fetch() would raise."""
        with self._talking() as folder:
            way, user = secured(folder.client.socket()), self._account.server.user
            return [
                f"{self._account.where}: {way}, logged in as {user}",
                f'folder "{self._folder.name}": {folder.exists} mails',
                *self._about_done(folder),
                *_about_extensions(folder),
            ]

    def _about_done(self, folder: SelectedFolder) -> Iterator[str]:
        done = self._folder.done
        if done:
            state = "is there" if folder.client.folder_exists(done) else "will be made"
            yield f'done_folder "{done}" {state}'

    def _key(self, folder: SelectedFolder, uid: int | str) -> str:
        return f"{self.mailbox_key}/{folder.validity}/{uid}"

    # ---- handing out ----

    def _hand_out(self, folder: SelectedFolder) -> list[Arrived]:
        sizes = Counter(folder.sizes(self._queue[:BATCH]))  # 0 for one that was removed meanwhile
        portion = self._portion(sizes)
        batch = self._those_wanted(folder, portion)
        large = [uid for uid in batch if sizes[uid] > self._folder.max_octets]
        raws = folder.bodies([uid for uid in batch if uid not in large])
        for uid in large:
            raws |= folder.without_attachments(uid, sizes[uid], self._folder.max_octets)
        self._queue = self._queue[len(portion) :]
        self._out |= raws.keys()
        return [
            Arrived(self._key(folder, uid), raws[uid], max(sizes[uid], len(raws[uid])))
            for uid in batch
            if uid in raws
        ]

    def _those_wanted(self, folder: SelectedFolder, uids: list[int]) -> list[int]:
        if self._wanted is None:
            return uids
        heads = folder.heads(uids)
        return [uid for uid in uids if uid in heads and self._wanted(heads[uid])]

    def _portion(self, sizes: Counter[int]) -> list[int]:
        """Take as much of the queue as BATCH and BATCH_OCTETS allow, and at least one."""
        octets = count = 0
        for uid in self._queue[:BATCH]:
            octets += min(sizes[uid], self._folder.max_octets)
            if count and octets > BATCH_OCTETS:
                break
            count += 1
        return self._queue[:count]

    # ---- connection ----

    @contextmanager
    def _talking(self) -> Iterator[SelectedFolder]:
        """Give a live folder, one caller at a time; what imapclient and the socket raise becomes
        ours."""
        with self._busy:
            if self._closed.is_set():
                raise Unavailable("The connection to the mailbox was closed.")
            try:
                yield self._selected or self._connect()
            except MailbotError:
                raise
            except (*LOST, OSError) as lost:
                self._drop()
                raise unreachable(self._account.where, "imap", lost, said(lost)) from lost
            except IMAPClientError as no:
                refusal = f"{self._account.where} says no"
                raise Temporary(f"{refusal}: {said(no)}.", loggable=f"{refusal}.") from no
            # in the middle of an answer: nobody knows where the next one begins
            except BaseException:
                self._drop()
                raise
            finally:
                if self._closed.is_set():
                    self._say_goodbye()

    def _connect(self) -> SelectedFolder:
        client = self._account.open()
        try:
            folder = self._select(
                SelectedFolder(client, self._folder.name, read_only=self._folder.read_only)
            )
        except BaseException:
            hang_up(client)
            raise
        self._selected, self._seen = folder, 0
        if self._before is not None and self._before[0] == folder.validity:
            self._seen = self._before[1]
        elif self._before is not None:
            log.warning(
                "UIDVALIDITY changed, the folder is read anew", extra={"action": "imap_uidvalidity"}
            )
        return folder

    def _select(self, folder: SelectedFolder) -> SelectedFolder:
        key = (
            f'[imap] {"junk_folder" if self._folder.read_only else "folder"}: "{self._folder.name}"'
        )
        try:
            folder.select()
        except IMAPClientReadOnlyError as error:
            raise OperatorError(
                f"{key} may only be read; let {self._account.server.user} move mails in it."
            ) from error
        except LOST:
            raise
        except IMAPClientError as no:
            if folder.client.folder_exists(self._folder.name):
                raise
            raise OperatorError(
                f"{key} is no folder of {self._account.server.user}; make it or change the key."
            ) from no
        return folder

    def _drop(self) -> None:
        """Forget the connection; what was handed out and is not done will be handed out again."""
        self._before = self.cursor
        if self._selected is not None:
            hang_up(self._selected.client)
        self._selected, self._queue = None, []
        self._out.clear()

    def _say_goodbye(self) -> None:
        if self._selected is not None:
            with suppress(IMAPClientError, OSError):
                self._selected.client.logout()
            self._drop()
        self._wake.close()


def _about_extensions(folder: SelectedFolder) -> Iterator[str]:
    offers = [name for name in EXTENSIONS if folder.client.has_capability(name)]
    lacks = [name for name in EXTENSIONS if name not in offers]
    if offers:
        yield f"offers {', '.join(offers)}"
    if lacks:
        yield f"lacks {', '.join(lacks)}"
