"""The ground of a fault: a mailbot between a Dovecot mailbox and an SMTP sink, with pairs of people who have been asked and what they answer."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import smtplib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from imapclient import IMAPClient

from benchmarks.faults.life import Life, composer, replace
from benchmarks.faults.lives import Lives
from benchmarks.faults.oracle import Answer, Seen, cause_of, look
from benchmarks.whole import start
from mailbot.config.file import parse
from mailbot.service.delivery.dispatcher import Dispatcher, drain
from mailbot.service.runtime import wiring
from mailbot.service.runtime.wiring import open_mailbot
from mailbot.store.open import open_store
from mailbot.store.protocol import OUTBOX
from mailbot.testing import Got, Tray, answer
from tests.kit.servers import PASSWORD, TLS, Dovecot, Sink, dovecot, sink
from tests.unit.transport.relay import Relay

CONFIG = """
[mail]
address = "mailbot@corp.example"
[imap]
host = "127.0.0.1"
port = {imap}
tls = "none"
user = "{user}"
password_file = "secret"
timeout_seconds = 1
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "{tls}"
ca_file = "{ca}"
login = "none"
per_minute = 100000
[data]
folder = "data"
"""
CLIENTS = ("gmail", "outlook", "apple")
PATIENCE_S = 60.0
POLLS = 2  # within which everything is as before, without a hand


@dataclass
class Place:
    """Everything of one row. `answers`: what people will write, each with words that nobody else writes."""

    ground: Ground
    folder: Path
    user: str
    sink: Sink
    relay: Relay  # before the sink, where mailbot wants TLS
    asked: list[Got] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    _looked: int = 0  # mails of the sink
    _answered: set[str] = field(default_factory=set)

    @property
    def lives(self) -> Lives:
        return self.ground.lives

    @property
    def server(self) -> Dovecot:
        return self.ground.server

    def install(self, tls: str, port: int) -> None:
        (self.folder / "secret").write_text(PASSWORD)
        (self.folder / "secret").chmod(0o600)
        (self.folder / "config.toml").write_text(
            CONFIG.format(
                imap=self.server.port, user=self.user, smtp=port, tls=tls, ca=TLS / "ca.pem"
            )
        )

    # ---- people ----

    def ask(self, series: int) -> None:
        """So many pairs are told of their first meeting; each of the two got a mail to answer."""
        tray, now = Tray(), datetime.now(UTC)
        config = self.folder / "config.toml"
        with open_mailbot(parse(config.read_text(), config)) as mailbot:
            for number in range(series):
                start(mailbot, number, now, days=1)
            drain(Dispatcher(mailbot.step, mailbot.postmaster), tray, now)
        self.asked = tray.mails

    def write(self, count: int) -> list[Answer]:
        """The next answers: one a person, until everybody has written; then a second one."""
        first, now = len(self.answers), datetime.now(UTC)
        made = [
            self._answer(number, now + timedelta(seconds=number))
            for number in range(first, first + count)
        ]
        self.answers += made
        return made

    def _answer(self, number: int, at: datetime) -> Answer:
        mail = self.asked[number % len(self.asked)]
        key, secret = f"zebra{number:05}q", f"velvet{number:05}q"
        words = f"Career:\n- where {key} could take me\n\nprivate: what {secret} did to me"
        client = CLIENTS[number % len(CLIENTS)]
        return Answer(
            number, mail.recipient, key, secret, answer(mail, mail.recipient, words, at, client)
        )

    # ---- mail ----

    def post(self, count: int) -> None:
        """The next answers lie in the inbox."""
        self.put([each.raw for each in self.write(count)])

    def put(self, mails: Sequence[bytes]) -> None:
        """Into the inbox, all of them at once, as a delivering server would: files that Dovecot finds."""
        new = self.server.root / "mail" / self.user / "new"
        if not new.is_dir():
            self._client().logout()
            with self._client() as client:
                client.select_folder("INBOX")
        first = len(list(new.iterdir())) + int(time.monotonic() * 1000)
        for number, raw in enumerate(mails):
            file = new.parent / "tmp" / f"{first + number}.{self.user}"
            file.write_bytes(raw)
            os.chown(file, new.stat().st_uid, new.stat().st_gid)
            file.rename(new / f"{first:015}.{number:06}.corp.example")

    def deliver(self, *answers: Answer) -> None:
        """Over LMTP, so that a client in IDLE is told."""
        with smtplib.LMTP("127.0.0.1", self.server.lmtp_port) as lmtp:
            for each in answers:
                lmtp.sendmail(each.author, [self.user], each.raw)

    def _client(self) -> IMAPClient:
        client = IMAPClient("127.0.0.1", self.server.port, ssl=False, timeout=10)
        client.login(self.user, PASSWORD)
        return client

    def left(self) -> int:
        """Mails still in the inbox."""
        with self._client() as client:
            return int(client.select_folder("INBOX", readonly=True)[b"EXISTS"])

    def owed(self) -> int:
        """Mails still in the outbox, as a look at the files beside the running mailbot shows them."""
        with contextlib.closing(open_store(self.folder / "data", look=True)) as store:
            return sum(store.recall(OUTBOX).values())

    # ---- life ----

    def life(self, **faults: object) -> Life:
        return Life(str(self.folder / "config.toml"), str(self.log), **faults)  # type: ignore[arg-type]

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def begin(self, **faults: object) -> int:
        return self.lives.begin(self.life(**faults))

    def taken(self) -> int:
        """How many answers have their receipt taken."""
        fresh = self.sink.mails[self._looked :]
        self._looked += len(fresh)
        self._answered |= {cause_of(raw) for _, _, raw in fresh}
        return sum(each.id in self._answered for each in self.answers)

    def settle(self, count: int | None = None, seconds: float = PATIENCE_S) -> float:
        """Wait until so many receipts were taken (all of them); how long it took. A run that gives up says so later."""
        wanted = len(self.answers) if count is None else count
        return waited(lambda: self.taken() >= wanted, seconds)

    def finish(self, count: int | None = None, aside: int = 0) -> Seen:
        """Until all is done and the inbox is empty; then stop in order and look at what there is.

        `count`: so many receipts are all that can be. `aside`: so many mails belong into quarantine.
        """
        self.settle(count)
        waited(lambda: self.left() == 0 and not self.owed(), 5)
        self.lives.stop()
        return self.look(aside)

    def look(self, aside: int = 0) -> Seen:
        """What there is when nothing runs any more."""
        config = self.folder / "config.toml"
        with open_mailbot(parse(config.read_text(), config), look=True) as mailbot:
            seen = look(
                mailbot, self.answers, self.sink, left=self.left(), aside=aside, log=self.log
            )
        self.ground.seen.append(seen)
        return seen


def waited(true: Callable[[], object], seconds: float) -> float:
    """Until it is true or the time is over; how long that was."""
    began = time.monotonic()
    while not true() and time.monotonic() - began < seconds:
        time.sleep(0.01)
    return time.monotonic() - began


@dataclass
class Ground:
    """One Dovecot and one forking process for all rows; each row has a mailbox, a sink and an installation of its own."""

    server: Dovecot
    lives: Lives
    users: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    seen: list[Seen] = field(default_factory=list)  # of every run that was finished

    @contextlib.contextmanager
    def place(
        self, series: int, prepare: Callable[[Path], object] = lambda _: None, *, tls: bool = False
    ) -> Iterator[Place]:
        """A new installation of so many pairs. `prepare` is handed its folder first.

        `tls`: mailbot wants STARTTLS of the SMTP server, and reaches it through a relay that can take it away.
        """
        with contextlib.ExitStack() as after:
            folder = Path(tempfile.mkdtemp(prefix="mailbot-faults-"))
            after.callback(shutil.rmtree, folder, ignore_errors=True)
            taker = after.enter_context(
                sink(tls="starttls", auth_require_tls=False) if tls else sink()
            )
            relay = after.enter_context(Relay(taker.port))
            made = Place(self, folder, f"bot{next(self.users)}@corp.example", taker, relay)
            made.install("starttls" if tls else "none", relay.port if tls else taker.port)
            prepare(folder)
            made.ask(series)
            after.callback(self.lives.kill)
            yield made


@contextlib.contextmanager
def ground() -> Iterator[Ground]:
    with dovecot() as server, Lives() as lives, compiled_once():
        yield Ground(server, lives)


@contextlib.contextmanager
def compiled_once() -> Iterator[None]:
    """The templates, as for all lives."""
    before = vars(wiring)["Composer"]
    replace(wiring, "Composer", composer)
    try:
        yield
    finally:
        replace(wiring, "Composer", before)
