"""How one folder of one account is named in the journal: mails of another account are never
taken for its own."""

from __future__ import annotations

import hashlib


def mailbox_key(host: str, user: str, folder: str) -> str:
    """Name a folder of an account: `imap/3f2a9c01/INBOX`. No address is in it: the journal and the
    log name nobody."""
    account = hashlib.sha256(f"{host.lower()}\n{user}".encode()).hexdigest()[:8]
    return f"imap/{account}/{folder}"
