"""Fill the folder a play leaves behind: every mail, both people's mailboxes, what mailbot keeps,
and a page to read it."""

from __future__ import annotations

import mailbox
import shutil
from collections.abc import Iterable
from email.utils import parsedate_to_datetime
from pathlib import Path

from mailbot.demo.stage import PlayedMail
from mailbot.errors import OperatorError

MARK = ".mailbot-demo"
PAGE, MAILS, MAILBOXES = "index.html", "mails", "mailboxes"
OURS = frozenset({MARK, PAGE, MAILS, MAILBOXES, "data", "config.toml"})


def claim(folder: Path) -> None:
    """Make it ours and empty. Raises OperatorError if it holds anything that no play left there."""
    found = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    strange = sorted(found - OURS) if MARK in found else sorted(found)
    if strange:
        raise OperatorError(
            f"{folder} holds {strange[0]}, which no demo left there; name another folder"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).touch()
        for name in found - {MARK}:
            _remove(folder / name)
    except OSError as error:
        raise OperatorError(
            f"{folder} cannot be written ({error.strerror}); name another folder"
        ) from error


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def file_name(number: int, leaf: PlayedMail) -> str:
    """Name a mail: `01-to-ana-first_agenda_request.eml`, `02-from-ana-gmail.eml`"""
    name = leaf.person.first_name.lower()
    what = f"from-{name}-{leaf.client}" if leaf.is_reply else f"to-{name}-{leaf.place.purpose}"
    return f"{number:02}-{what}.eml"


def leave_mails(folder: Path, leaves: Iterable[PlayedMail]) -> None:
    (folder / MAILS).mkdir()
    for number, leaf in enumerate(leaves, start=1):
        (folder / MAILS / file_name(number, leaf)).write_bytes(leaf.mail.raw)


def leave_mailbox(folder: Path, name: str, raws: Iterable[bytes]) -> None:
    """Write one mbox with what was received and sent, by time (RFC 4155); any mail program opens or
    imports it."""
    (folder / MAILBOXES).mkdir(exist_ok=True)
    box = mailbox.mbox(folder / MAILBOXES / f"{name}.mbox")
    messages = [mailbox.mboxMessage(raw) for raw in raws]
    for message in sorted(messages, key=lambda m: parsedate_to_datetime(m["Date"])):
        message.set_from(
            f"{name}@corp.example", parsedate_to_datetime(message["Date"]).utctimetuple()
        )
        message.set_flags("RO")
        box.add(message)
    box.close()
