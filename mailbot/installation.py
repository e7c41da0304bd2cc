"""Config -> a mailbot that can work: the only place where configured values become rooms."""

from __future__ import annotations

import gc
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from mailbot.app import Defaults, Mailbot
from mailbot.clock import Timer, now
from mailbot.config import Config
from mailbot.loop import Loop, Tick
from mailbot.mail.compose import Composer
from mailbot.mail.sender import Policy
from mailbot.mail.thread import Tokens
from mailbot.reading import Reader
from mailbot.servers import inbox, mailer
from mailbot.store import open_store
from mailbot.store.shelf import Shelf
from mailbot.transport import Inbox
from mailbot.transport.receive import Door

TICK_S = 15.0
log = logging.getLogger(__name__)


@contextmanager
def open_mailbot(config: Config, *, look: bool = False) -> Iterator[Mailbot]:
    """The mailbot of this config with its store open. `look`: beside a running one; nothing can be written."""
    folder, tokens = config.data_folder, Tokens(config.keys())
    policy = Policy(config.trust.profile, config.trust.authserv_id)
    reader = Reader(tokens, config.mail.address, policy, tuple(config.trust.allowed_domains))
    composer = Composer(config.template_sources(), config.mail.address, tokens)
    with closing(open_store(folder, look=look)) as store:
        yield Mailbot(
            store, reader, composer, quarantine=Shelf(folder / "quarantine"), held=Shelf(folder / "held"),
            rules=config.rules(), defaults=Defaults(config.people(), config.mail.zone or "UTC"),
        )


def run(config: Config) -> None:
    """Until SIGTERM or SIGINT; everything that was committed by then is done, sooner or now."""
    with open_mailbot(config) as mailbot, ExitStack() as open_things:
        mailbot.configure(config.series(), now())
        loop = Loop(
            mailbot, mailer(config), now, inbox=_inbox(config, mailbot),
            per_minute=config.smtp.per_minute, polled=(config.data_folder / "polled").touch,
        )
        if config.receive.enabled:
            open_things.enter_context(door(config, loop))
        timer = Timer()
        timer.every(TICK_S, loop.queue.put, Tick())
        timer.start()
        open_things.callback(timer.stop)
        _stop_on_signals(loop)
        spare_the_collector()
        log.info("ready", extra={"action": "ready"})
        loop.run()


def spare_the_collector() -> None:
    """What is there at the start stays; looking through it for cycles cost 1 ms of CPU a mail."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _inbox(config: Config, mailbot: Mailbot) -> Inbox | None:
    if config.imap is None:
        return None
    cursor = mailbot.store.recall(f"cursor/imap/{config.imap.folder}")
    return inbox(config, tuple(cursor) if cursor else None)


def door(config: Config, loop: Loop) -> Door:
    """LMTP or SMTP, for mails to mailbot's own address with or without a token."""
    own, domain = config.mail.address.split("@")
    receive = config.receive

    def accept(address: str) -> bool:
        local, _, host = address.lower().rpartition("@")
        return host == domain and local.partition("+")[0] == own

    return Door(
        loop.deliver, accept, host=receive.host, port=receive.port, protocol=receive.protocol,
        name=domain, authserv_id=config.trust.authserv_id if receive.protocol == "smtp" else "",
        max_octets=receive.max_octets,
    )


def _stop_on_signals(loop: Loop) -> None:
    if threading.current_thread() is threading.main_thread():
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: loop.stop())


