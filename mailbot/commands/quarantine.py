"""mailbot quarantine: mails that could not be read, with their reason; their words only where
these are asked for."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

from mailbot.commands.installed import acting
from mailbot.commands.terminal import Terminal, printable
from mailbot.config.file import Config, load
from mailbot.errors import InputError
from mailbot.inbound.message import peek
from mailbot.service.runtime import watchdog
from mailbot.service.runtime.clock import now
from mailbot.store.disk import not_yet
from mailbot.store.open import open_raw_mails
from mailbot.store.raw_mail import RawMailStore, SetAside

if TYPE_CHECKING:
    from mailbot.service.app import Mailbot

FIELDS = ("From", "To", "Date", "Message-ID")  # who and when; the subject is words
SHORTEST = 4  # of the beginning of a name


def quarantined(config: Config) -> RawMailStore:
    """Open what lies in quarantine. Raises OperatorError, PermissionError: an empty list would be a
    lie."""
    if not config.data_folder.is_dir():
        raise not_yet(config.data_folder)
    quarantine = open_raw_mails(config.data_folder).quarantine
    quarantine.check()
    return quarantine


def show_all(args: Namespace, terminal: Terminal) -> int:
    kept = quarantined(load(args.config)).list()
    rows = [
        (each.name, f"{each.at:%Y-%m-%d %H:%M}", f"{each.size:,}", each.reason) for each in kept
    ]
    if not terminal.out.isatty():
        terminal.table((), rows)
        return 0
    if not rows:
        terminal.say("Nothing is set aside.")
        return 0
    terminal.table(("name", "since (UTC)", "octets", "reason"), rows)
    terminal.say(
        "More of one: mailbot quarantine show NAME; the beginning of a name is enough.", "dim"
    )
    return 0


def show(args: Namespace, terminal: Terminal) -> int:
    """Show one mail without a word of what people wrote, or, asked for, the mail itself."""
    kept = quarantined(load(args.config))
    name = chosen(kept, args.name)
    if args.words:
        _show_words(kept.get(name), terminal)
    else:
        _show_facts(kept.look(name), kept.get(name), terminal)
    return 0


def _show_facts(aside: SetAside, raw: bytes, terminal: Terminal) -> None:
    facts = {"name": aside.name, "reason": aside.reason, "since": f"{aside.at:%Y-%m-%d %H:%M} UTC"}
    facts |= {"octets": f"{aside.size:,}", "key": aside.key}
    facts |= {name: peek.field(raw, name.lower()) for name in FIELDS}
    facts |= {"own check": aside.proof} if aside.proof else {}
    for name, value in facts.items():
        terminal.say(f"{terminal.paint(f'{name:<12}', 'bold')}{printable(value) or '-'}")
    if aside.trace:
        terminal.say("rules", "bold")
    for rule in aside.trace:
        terminal.say(f"    {printable(rule)}")


def _show_words(raw: bytes, terminal: Terminal) -> None:
    """Write a mail byte for byte into a pipe or file; without control characters on a terminal."""
    if terminal.out.isatty() or not hasattr(terminal.out, "buffer"):
        terminal.say(printable(raw.decode("utf8", "replace").replace("\r\n", "\n")))
    else:
        terminal.out.buffer.write(raw)


def replay(args: Namespace, terminal: Terminal) -> int:
    """Read a mail again, as it came; it leaves quarantine once it was read."""
    config = load(args.config)
    name = chosen(quarantined(config), args.name)
    with acting(config) as mailbot, _limited(mailbot, name, terminal):
        entry = mailbot.replay(name, now())
    if entry.outcome == "set_aside":
        raise InputError(f"{name} stays in quarantine: {entry.reason}")
    terminal.say(f"{name} was read: {entry.outcome}{', ' + entry.reason if entry.reason else ''}.")
    return 0


@contextmanager
def _limited(mailbot: Mailbot, name: str, terminal: Terminal) -> Iterator[None]:
    """End the command at a mail that is read for ever. Nothing is written before it is read."""

    def give_up(code: int) -> None:
        terminal.complain(
            f"mailbot: {name} was given up after {watchdog.LONGEST_S:g} seconds; it stays in "
            "quarantine"
        )
        os._exit(code)

    dog = watchdog.Watchdog(give_up, watchdog.LONGEST_S)
    mailbot.intake.watching = dog.watching
    Thread(target=dog.run, daemon=True).start()
    try:
        yield
    finally:
        dog.stop()


def drop(args: Namespace, terminal: Terminal) -> int:
    kept = quarantined(load(args.config))
    name = chosen(kept, args.name)
    kept.drop(name)
    terminal.say(f"{name} is gone.")
    return 0


def chosen(kept: RawMailStore, name: str) -> str:
    """Complete the name of the one mail that is meant. Raises InputError."""
    word = name.strip().lower()
    found = [
        each
        for each in kept.names()
        if each == word or (len(word) >= SHORTEST and each.startswith(word))
    ]
    if len(found) > 1 and word not in found:
        raise InputError(f"{len(found)} names in quarantine begin with {name}; type more of it")
    if not found:
        raise InputError(f"{name} is not in quarantine; `mailbot quarantine list` shows the names")
    return word if word in found else found[0]
