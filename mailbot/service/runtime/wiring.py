"""Make a mailbot that can work of a Config: the only place where configured values become rooms."""

from __future__ import annotations

import gc
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from functools import partial
from importlib.util import find_spec

from mailbot import __version__
from mailbot.config.file import Config
from mailbot.inbound.message.header_claims import admitted
from mailbot.inbound.triage.auth import Policy
from mailbot.inbound.triage.dkim import Lookup
from mailbot.outbound.compose import Composer
from mailbot.service.app import Mailbot
from mailbot.service.delivery.pace import Pace
from mailbot.service.intake.pipeline import MailReader
from mailbot.service.intake.series_request import Defaults
from mailbot.service.operations.audit import BEGUN
from mailbot.service.operations.operator_texts import OperatorTexts
from mailbot.service.operations.postmaster import DIGEST_HOUR
from mailbot.service.operations.settings import Settings
from mailbot.service.people.directory import left_over
from mailbot.service.runtime.clock import Timer, now
from mailbot.service.runtime.imap_housekeeping import ImapHousekeeping
from mailbot.service.runtime.inbox_thread import WatchedFolder
from mailbot.service.runtime.servers import inbox, mailer, rehearse
from mailbot.service.runtime.worker import Loop, Outgoing, Timekeeping
from mailbot.store.disk import refuse_foreign
from mailbot.store.lookup import stored_of
from mailbot.store.open import open_raw_mails, open_store
from mailbot.store.protocol import JOURNAL, Store, cursor_key
from mailbot.threads.token import ReplyTokens
from mailbot.transport.dns import text_record
from mailbot.transport.imap.mailbox_key import mailbox_key
from mailbot.transport.imap.mailbox_lock import lock_mailbox
from mailbot.transport.listen import Door, Listening

UNMOVED_AT_MOST = 500  # mails of the last moments before a kill: two batches are in hand at a time
FIRST_AUDIT = timedelta(minutes=1)  # after the start; chores wait until the backlog is done
AUDIT_HOUR = 3  # UTC
log = logging.getLogger(__name__)
# a command says itself what it did; `run` keeps a log
logging.getLogger("mailbot").addHandler(logging.NullHandler())


@contextmanager
def open_mailbot(config: Config, *, look: bool = False) -> Iterator[Mailbot]:
    """Open the mailbot of this config with its store. `look`: beside a running one; nothing can be
    written."""
    folder = config.data_folder
    if not look:
        refuse_foreign(folder)
    tokens = ReplyTokens(config.keys(make=not look))
    policy = Policy(config.trust.profile, config.trust.believed)
    reader = MailReader(tokens, config.mail.address, policy, tuple(config.trust.allowed_domains))
    with config.naming_templates():
        sources = config.template_sources()
        texts = OperatorTexts(sources)
        composer = Composer(sources, config.mail.address, tokens, plus=config.mail.plus_addressing)
    octets = config.data.quarantine_megabytes * 1_000_000
    raw_mails = open_raw_mails(folder, quarantine_octets=octets)
    with closing(open_store(folder, look=look)) as store:
        yield Mailbot(
            store,
            reader,
            composer,
            held=raw_mails.held,
            quarantine=raw_mails.quarantine,
            settings=Settings(
                texts,
                rules=config.rules(),
                defaults=Defaults(config.people(), config.mail.zone or "UTC"),
                operator=config.trust.operator,
                display=config.mail.display,
                quarantine_days=config.data.quarantine_days,
            ),
        )


def run_mailbot(config: Config, *, old_mail: bool = False) -> None:
    """Run until SIGTERM or SIGINT; everything that was committed by then is done, sooner or now.

    `old_mail`: at the very first start, also read what lies in the mailbox already.
    """
    rehearse(config)  # a start that cannot succeed leaves no data folder
    with open_mailbot(config) as mailbot, ExitStack() as open_things:
        first = not old_mail and is_first(mailbot.store)
        if config.imap is not None:
            server = f"{config.imap.host}:{config.imap.port}"
            open_things.enter_context(lock_mailbox(server, config.imap.user, config.imap.folder))
        mailbot.configure(config.series(), now())
        _tell_left_over(config, mailbot)
        timer = Timer()
        loop = _loop(config, mailbot, timer, first=first)
        if config.receive.enabled:
            open_things.enter_context(open_door(config, loop))
        _begin_chores(timer, loop)
        open_things.callback(timer.stop)
        _stop_on_signals(loop)
        spare_the_collector()
        log.info("ready", extra={"action": "ready", "version": __version__})
        loop.run()
    log.info("stopped", extra={"action": "stopped"})


def is_first(store: Store) -> bool:
    """Tell whether nothing was ever read or sent: then nothing that lies in the mailbox can be an
    answer."""
    if bool(store.recall(BEGUN)) or bool(store.recall(JOURNAL)):
        return False
    return not any(stored.series.serial for stored in stored_of(store))


def _loop(config: Config, mailbot: Mailbot, timer: Timer, *, first: bool) -> Loop:
    """Make the worker and what it needs; nothing runs yet."""
    return Loop(
        mailbot,
        Outgoing(mailer(config), Pace(config.smtp.per_minute, config.smtp.per_day)),
        Timekeeping(now, partial(timer.at, "due")),
        _folder(config, mailbot, first=first),
        _lookup(config),
    )


def _begin_chores(timer: Timer, loop: Loop) -> None:
    """Ring for what is not due because of a series. At the hour of the digest a tick also lets go
    of what nobody confirmed and of old mails in quarantine."""
    timer.daily(DIGEST_HOUR, loop.tick)
    timer.daily(AUDIT_HOUR, loop.ask_audit)
    timer.at("first audit", now() + FIRST_AUDIT, loop.ask_audit)
    timer.hourly(loop.ask_junk)
    timer.start()


def _tell_left_over(config: Config, mailbot: Mailbot) -> None:
    """Warn of series that nobody may want any more."""
    names = left_over(mailbot.store, config.series())
    if names:
        words = (
            "series that config.toml no longer names go on; end one with: mailbot series "
            "pause SERIES --without-end"
        )
        log.warning(words, extra={"action": "left_over", "series": ",".join(names)})


def spare_the_collector() -> None:
    """Let the collector pass over what is there at the start: looking through it for cycles cost
    1 ms of CPU a mail."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _folder(config: Config, mailbot: Mailbot, *, first: bool) -> WatchedFolder | None:
    """Make the folder that is read, from where an earlier run stopped; None: mails are handed
    in."""
    if config.imap is None:
        return None
    store = mailbot.store
    place = mailbox_key(config.imap.host, config.imap.user, config.imap.folder)
    cursor = store.recall(cursor_key(place)) or store.recall(BEGUN).get(place)
    imap = inbox(config, cursor)
    return WatchedFolder(
        imap,
        ImapHousekeeping(config, imap, mailbot.reader.is_for_us, first=first),
        config.imap.poll_seconds,
        (config.data_folder / "polled").touch,
        [entry.key for entry in store.recall(JOURNAL)[-UNMOVED_AT_MOST:]],
    )


def _lookup(config: Config) -> Lookup | None:
    """Ask the DNS for DKIM keys where strangers hand us mail directly and the extra is
    installed."""
    outside = config.receive.enabled and config.receive.protocol == "smtp"
    return text_record if outside and find_spec("dkim") is not None else None


def open_door(config: Config, loop: Loop) -> Door:
    """Open LMTP or SMTP, for mails to mailbot's own address with or without a token."""
    own, domain = config.mail.address.split("@")
    receive = config.receive

    def accept(address: str) -> bool:
        local, _, host = address.lower().rpartition("@")
        return host == domain and local.partition("+")[0] == own

    return Door(
        loop.deliver,
        accept,
        partial(admitted, outside=receive.protocol == "smtp"),
        Listening(receive.host, receive.port, receive.protocol, domain, receive.max_octets),
    )


def _stop_on_signals(loop: Loop) -> None:
    """Stop at SIGTERM and SIGINT. Python takes handlers from the main thread alone."""
    if threading.current_thread() is threading.main_thread():
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: loop.stop())
