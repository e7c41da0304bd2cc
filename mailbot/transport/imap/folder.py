"""One selected IMAP folder on one connection: what is new, its bytes, moving away, and waiting
for more (RFC 9051)."""

from __future__ import annotations

import logging
import select
import socket
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from imapclient import DELETED, IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, ProtocolError

from mailbot.errors import OperatorError
from mailbot.transport.connection_errors import said
from mailbot.transport.imap.without_attachments import fetch_without_attachments

log = logging.getLogger(__name__)
T = TypeVar("T")

# messages a SEARCH may name at once: imaplib gives up on lines of more than 1,000,000 octets
WINDOW = 50_000
HEAD_OCTETS = 65_536  # of a header, to see whether the mail is for us
# UIDs in one command: 5,500 octets; servers refuse lines of more than 8,000 (RFC 7162, 4)
COMMAND_UIDS = 500

# the connection is of no more use; any other IMAPClientError is a "no"
LOST = (IMAPClientAbortError, ProtocolError)


class Wake:
    """End a wait from another thread."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()
        self._near.settimeout(0)

    def ring(self) -> None:
        self._far.send(b"!")

    def clear(self) -> bool:
        """Tell whether it was rung since the last time."""
        try:
            return bool(self._near.recv(4096))
        except BlockingIOError:
            return False

    @property
    def sock(self) -> socket.socket:
        return self._near

    def close(self) -> None:
        self._near.close()
        self._far.close()


class SelectedFolder:
    """Talk about the selected folder of one connection. Everything here may raise what imapclient
    raises."""

    def __init__(self, client: IMAPClient, name: str, *, read_only: bool = False) -> None:
        self.client = client
        self.name, self._read_only = name, read_only
        self.validity = self.next_uid = self.exists = 0

    def select(self) -> None:
        facts: dict[bytes, Any] = self.client.select_folder(self.name, readonly=self._read_only)
        self.validity = int(facts.get(b"UIDVALIDITY", 0))
        self.next_uid = int(facts.get(b"UIDNEXT", 0))
        self.exists = int(facts[b"EXISTS"])

    def after(self, uid: int) -> list[int]:
        """List the UIDs above this one, ascending, without those that somebody marked as deleted:
        that is their decision."""
        self.client.noop()  # Dovecot's SEARCH looks at the folder as the last command left it
        self.noticed(forget=True)
        return sorted(found for found in self._search(f"{uid + 1}:*") if found > uid)

    def _search(self, uids: str) -> Iterator[int]:
        """Search in windows of sequence numbers. `n:*` always names the last message too (RFC 9051,
        9 seq-range); whoever asks must drop it."""
        for start in range(1, max(self.exists, 1) + 1, WINDOW):
            wide = self.exists > WINDOW
            last = start + WINDOW > self.exists
            numbers = f"{start}:{'*' if last else start + WINDOW - 1}"
            yield from self.client.search(([numbers] if wide else []) + ["UID", uids, "UNDELETED"])

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Read the octets of each mail that is still there."""
        found = self.client.fetch(uids, ["RFC822.SIZE"])
        return {
            uid: int(data[b"RFC822.SIZE"]) for uid, data in found.items() if b"RFC822.SIZE" in data
        }

    def bodies(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Fetch the mails, unmarked (PEEK); one that the server cannot give does not hold up the
        others."""
        found = self._or_no(uids, lambda: self.client.fetch(uids, ["BODY.PEEK[]"]))
        if found is not None:
            return {uid: data[b"BODY[]"] or b"" for uid, data in found.items() if b"BODY[]" in data}
        if len(uids) == 1:
            return {}
        one_by_one = (self.bodies([uid]) for uid in uids)
        return {uid: raw for given in one_by_one for uid, raw in given.items()}

    def heads(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Fetch the headers of these mails, unmarked; of a long one its beginning."""
        ask = f"BODY.PEEK[HEADER]<0.{HEAD_OCTETS}>"
        if not uids:
            return {}
        found = self._or_no(uids, lambda: self.client.fetch(uids, [ask])) or {}
        return {uid: data.get(b"BODY[HEADER]<0>") or b"" for uid, data in found.items()}

    def look_up(self, message_id: str, name: str) -> tuple[str, bytes] | None:
        """Find the mail with this id in the folder `name`, and give its header. This folder is
        selected no more."""
        if not self.client.folder_exists(name):
            return None
        other = SelectedFolder(self.client, name, read_only=True)
        other.select()
        heads = other.heads(self.client.search(["HEADER", "Message-ID", message_id]))
        return next(((name, head) for head in heads.values()), None)

    def without_attachments(self, uid: int, octets: int, keep: int) -> dict[int, bytes]:
        """Fetch a large mail of so many octets without its attachments; about `keep` octets of text
        at most."""
        raw = self._or_no([uid], lambda: fetch_without_attachments(self.client, uid, octets, keep))
        return {uid: raw} if raw else {}

    def _or_no(self, uids: Sequence[int], ask: Callable[[], T]) -> T | None:
        """Ask the server; None if it says no (a damaged mail): the daily audit will name the UID
        again."""
        try:
            return ask()
        except LOST:
            raise
        except IMAPClientError as no:
            log.warning(
                "mail cannot be fetched: %s",
                no,
                extra={"action": "imap_fetch_no", "uids": list(uids)},
            )
            return None

    def move(self, uids: Sequence[int], to: str) -> bool:
        """Move them in as few commands as possible; False: this server can only leave them where
        they are."""
        portions = (
            uids[start : start + COMMAND_UIDS] for start in range(0, len(uids), COMMAND_UIDS)
        )
        return all(self._move(portion, to) for portion in portions)

    def _move(self, uids: Sequence[int], to: str) -> bool:
        if self.client.has_capability("MOVE"):
            self._into(self.client.move, uids, to)
        elif self.client.has_capability("UIDPLUS"):
            self._into(self.client.copy, uids, to)
            self.client.add_flags(uids, [DELETED], silent=True)
            self.client.uid_expunge(uids)
        else:  # a plain EXPUNGE would also remove what another client has marked (RFC 4315, 2.1)
            return False
        return True

    def _into(
        self, verb: Callable[[Sequence[int], str], object], uids: Sequence[int], to: str
    ) -> None:
        """Do a MOVE or COPY, and make the folder when it is missing ([TRYCREATE])."""
        try:
            verb(uids, to)
        except LOST:
            raise
        except IMAPClientError:
            if self.client.folder_exists(to):
                raise
            self._make(to)
            verb(uids, to)

    def _make(self, name: str) -> None:
        try:
            self.client.create_folder(name)
        except LOST:
            raise
        except IMAPClientError as no:  # Courier and Cyrus keep all folders below INBOX
            # somebody made it in the meantime (RFC 5530, ALREADYEXISTS)
            if self.client.folder_exists(name):
                return
            raise OperatorError(
                f'[imap] done_folder: the server does not make "{name}" ({said(no)}); make it, or '
                f'try "INBOX.{name}".'
            ) from no

    def noticed(self, *, forget: bool = False) -> bool:
        """Tell whether the server has said EXISTS since the last look; it does so in the answer to
        any command."""
        # imapclient hands EXISTS on from NOOP and IDLE alone
        imap = self.client._imap  # noqa: SLF001
        counts = imap.untagged_responses.get("EXISTS", [])
        if counts:
            self.exists = int(counts[-1])
        if forget:
            # else they pile up as long as the connection lives
            for name in ("EXISTS", "EXPUNGE", "RECENT", "FETCH"):
                imap.response(name)
        return bool(counts)

    def idle(self, seconds: float, wake: Wake) -> None:
        """Sleep in IDLE until the server says anything, the bell rings or the time is over (RFC
        2177).

        idle_check() is not used: on a dead connection it returns [] at once and for ever. DONE
        tells the truth.
        """
        self.client.noop()  # pymap tells in IDLE only what happens in IDLE
        if self.noticed():
            return
        self.client.idle()
        if not self._unread():
            wait_until_readable(seconds, wake, self.client.socket())
        self.client.idle_done()

    def _unread(self) -> bool:
        """Tell whether a line came in the same packet as the "+" of IDLE: it lies in imaplib's
        buffer, unseen by poll()."""
        imap = self.client._imap  # noqa: SLF001 - no public way to its buffer
        if (held := getattr(imap, "_readbuf", None)) is not None:  # Python 3.14 and newer
            return bool(held)
        sock = self.client.socket()
        timeout_s = sock.gettimeout()
        sock.settimeout(0)
        try:
            return bool(imap.file.peek(1))
        except OSError:  # TLS with half a record
            return False
        finally:
            sock.settimeout(timeout_s)


def wait_until_readable(seconds: float, wake: Wake, *socks: socket.socket) -> None:
    """Wait until one of the sockets can be read, the bell rings or the time is over."""
    poller = select.poll()  # select() ends at 1,024 descriptors
    for readable in (wake.sock, *socks):
        poller.register(readable, select.POLLIN)
    poller.poll(max(seconds, 0) * 1000)
