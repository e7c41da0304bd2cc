"""One reader for a mailbox: a second mailbot on this machine is refused, whatever data folder it
has."""

from __future__ import annotations

import hashlib
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE

from mailbot.errors import InUse
from mailbot.transport.imap.mailbox_key import mailbox_key


@contextmanager
def lock_mailbox(host: str, user: str, folder: str) -> Iterator[None]:
    """Hold this folder of this account until the end, or the death, of the process. Raises InUse.

    A name in the kernel and no file (abstract sockets, unix(7)): nothing is left behind, and it
    holds between users of the machine. Linux alone has them; elsewhere, and between machines,
    nothing is held.
    """
    if sys.platform != "linux":
        yield
        return
    name = hashlib.sha256(mailbox_key(host, user, folder).encode()).hexdigest()[:32]
    with socket.socket(socket.AF_UNIX) as held:
        try:
            held.bind(f"\0mailbot {name}")
        except OSError as error:
            if error.errno != EADDRINUSE:
                raise
            raise InUse(
                f'Another mailbot on this machine reads "{folder}" of {user}: stop it, or give '
                "this one another."
            ) from error
        yield
