"""Look after the mailbox around the folder that is read: its past at the first start, the daily
audit, the folder for junk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

from mailbot.config.file import Config
from mailbot.service.runtime.queue_values import Begun
from mailbot.service.runtime.servers import inbox, junk_of
from mailbot.transport.imap.client import Imap
from mailbot.transport.protocol import Arrived


class ImapHousekeeping:
    """Do the chores over IMAP. `imap`: the kept connection. `wanted`: whether a mail with this
    header is for us, wherever it lies."""

    def __init__(
        self, config: Config, imap: Imap, wanted: Callable[[bytes], bool], *, first: bool = False
    ) -> None:
        """Take the mailbox over. `first`: nothing was ever sent from here, so nothing that lies in
        the folder already can be an answer."""
        self._config, self._imap, self._wanted = config, imap, wanted
        self._first = first
        self._junk_cursor: tuple[int, int] | None = None

    def begin(self) -> Begun | None:
        if not self._first:
            return None
        cursor = self._imap.skip_old()
        self._first = False
        return Begun(cursor, self._imap.mailbox_key)

    def uids(self) -> list[str]:
        return self._imap.uids()

    def again(self, keys: Sequence[str]) -> Iterator[list[Arrived]]:
        """Fetch these once more, by a connection of its own that begins where the first of them
        lies: the kept one has passed them."""
        wanted = set(keys)
        validity = int(keys[0].split("/")[-2])
        first = min(int(key.rpartition("/")[2]) for key in keys)
        with closing(inbox(self._config, (validity, first - 1))) as second:
            while wanted and (mails := second.fetch()):
                yield [mail for mail in mails if mail.key in wanted]
                wanted -= {mail.key for mail in mails}

    def junk(self) -> Iterator[list[Arrived]]:
        """Fetch what was filed as junk, by a connection of its own, which marks and moves
        nothing."""
        folder = junk_of(self._config, self._imap, self._wanted, self._junk_cursor)
        if folder is None:
            return
        with closing(folder):
            while mails := folder.fetch():
                yield mails
                folder.done(mail.key for mail in mails)
            self._junk_cursor = folder.cursor
