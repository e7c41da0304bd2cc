"""Be one person in front of their mail: look into an IMAP mailbox, and reply by SMTP."""

from __future__ import annotations

import smtplib
from datetime import datetime
from email.utils import formataddr, parseaddr
from zoneinfo import ZoneInfo

from imapclient import IMAPClient

from mailbot.demo.script import Scene
from mailbot.errors import InputError
from mailbot.meeting.model import Person, Role
from mailbot.testing import Got, answer
from mailbot.transport.embedded import HOST, Embedded
from mailbot.transport.tls import tune

SENT = "Sent"
# of replies, in mailbot.testing
SHAPES = {"gmail": "gmail", "outlook": "outlook_html", "apple": "apple_html"}


class MailProgram:
    """A mail program with a connection of its own."""

    def __init__(self, person: Person, role: Role, server: Embedded) -> None:
        self.person, self.role = person, role
        self._smtp_port = server.smtp_port
        self._imap = log_in_reader(server, person.address)
        self._imap.create_folder(SENT)
        self._imap.select_folder("INBOX")
        self._seen = 0

    def look(self) -> list[Got]:
        """Return what has arrived since the last look, oldest first; from now on it counts as
        read."""
        # what came in since the last command is told now; without it a search may not see it
        self._imap.noop()
        uids = [
            uid for uid in self._imap.search(["UID", f"{self._seen + 1}:*"]) if uid > self._seen
        ]
        mails = self._imap.fetch(uids, ["BODY[]"]) if uids else {}
        self._seen = max(uids, default=self._seen)
        return [Got(mails[uid][b"BODY[]"], self.person.address) for uid in sorted(uids)]

    def write(self, mail: Got, scene: Scene, at: datetime) -> bytes:
        """Answer a mail as this scene says, in the shape of its client; a copy stays in Sent."""
        words = {"": scene.words} | {
            _line(mail, start): words for start, words in scene.under.items()
        }
        author = formataddr((self.person.name, self.person.address))
        raw = answer(
            mail, author, words, at.astimezone(ZoneInfo(self.person.zone)), SHAPES[scene.client]
        )
        with smtplib.SMTP(HOST, self._smtp_port, local_hostname="localhost", timeout=10) as smtp:
            smtp.sendmail(self.person.address, [parseaddr(mail.header("Reply-To"))[1]], raw)
        self._imap.append(SENT, raw, flags=[rb"\Seen"])
        return raw

    def close(self) -> None:
        self._imap.logout()


def _line(mail: Got, start: str) -> str:
    """Find the line of the mail below which something is typed: the first that begins so."""
    for line in mail.text.split("\n"):
        if line.strip().startswith(start):
            return line.strip()
    raise InputError(f"play.toml: the mail that is answered has no line that begins with {start!r}")


def log_in_reader(server: Embedded, user: str) -> IMAPClient:
    imap = IMAPClient(HOST, server.port, ssl=False, timeout=10)
    tune(imap.socket())
    imap.login(user, server.users[user])
    return imap


def kept(server: Embedded, user: str, folder: str) -> list[bytes]:
    """Return every mail of a folder as the server has it, oldest first."""
    with log_in_reader(server, user) as imap:
        imap.select_folder(folder, readonly=True)
        uids = imap.search()
        mails = imap.fetch(uids, ["BODY.PEEK[]"]) if uids else {}
    return [mails[uid][b"BODY[]"] for uid in sorted(uids)]
