"""mailbot quarantine: mails that could not be read, whole and with their reason."""

from __future__ import annotations

from argparse import Namespace

from mailbot.commands.installed import acting
from mailbot.config import Config, load
from mailbot.errors import InputError
from mailbot.store.shelf import Shelf
from mailbot.terminal import Terminal, printable


def shelf(config: Config) -> Shelf:
    return Shelf(config.data_folder / "quarantine")


def show_all(args: Namespace, terminal: Terminal) -> int:
    kept = shelf(load(args.config)).list()
    rows = [(each.name, f"{each.at:%Y-%m-%d %H:%M}", f"{each.size:,}", each.reason) for each in kept]
    if not rows and terminal.out.isatty():
        terminal.say("Nothing is set aside.")
        return 0
    terminal.table(("name", "since (UTC)", "octets", "reason"), rows)
    return 0


def show(args: Namespace, terminal: Terminal) -> int:
    """Byte for byte into a pipe or file; without control characters on a terminal."""
    raw = _chosen(load(args.config), args.name).get(args.name)
    if terminal.out.isatty() or not hasattr(terminal.out, "buffer"):
        terminal.say(printable(raw.decode("utf8", "replace").replace("\r\n", "\n")))
    else:
        terminal.out.buffer.write(raw)
    return 0


def replay(args: Namespace, terminal: Terminal) -> int:
    """Under the key it arrived with, so that it has one entry in the journal; off the shelf once it was read."""
    config = load(args.config)
    kept = _chosen(config, args.name)
    from mailbot.clock import now  # noqa: PLC0415 - after the name is known to be there

    with acting(config) as mailbot:
        entry = mailbot.take(kept.look(args.name).key, kept.get(args.name), now())
        if entry.outcome == "set_aside":
            raise InputError(f"{args.name} still cannot be read ({entry.reason}); it stays in quarantine")
        kept.drop(args.name)
    terminal.say(f"{args.name} was read: {entry.outcome}{', ' + entry.reason if entry.reason else ''}.")
    return 0


def drop(args: Namespace, terminal: Terminal) -> int:
    _chosen(load(args.config), args.name).drop(args.name)
    terminal.say(f"{args.name} is gone.")
    return 0


def _chosen(config: Config, name: str) -> Shelf:
    """The shelf, once it is known to hold this name."""
    kept = shelf(config)
    if name not in {each.name for each in kept.list()}:
        raise InputError(f"{name} is not in quarantine; `mailbot quarantine list` shows the names")
    return kept
