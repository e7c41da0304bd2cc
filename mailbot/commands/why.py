"""mailbot why: what became of a mail, by the journal."""

from __future__ import annotations

from argparse import Namespace

from mailbot.commands.installed import looking
from mailbot.commands.quarantine import SHORTEST, chosen
from mailbot.commands.terminal import Terminal, printable
from mailbot.config.file import Config, load
from mailbot.errors import InputError, UsageError
from mailbot.store.open import open_raw_mails
from mailbot.store.protocol import JOURNAL, Entry


def why(args: Namespace, terminal: Terminal) -> int:
    """Print what the journal says of a mail, newest last: its outcome, and every rule on its way
    to there, down to why no answer left."""
    wanted = args.mail.strip().strip("<>")
    if not wanted:
        raise UsageError(
            "Say which mail: its Message-ID, its name in quarantine, or its key in the journal"
        )
    came = _key_of_name(load(args.config), wanted)
    with looking(args) as store:
        entries = [entry for entry in store.recall(JOURNAL) if _is_about(entry, wanted, came)]
    if not entries:
        raise InputError(f"The journal knows no mail {wanted}; it keeps the last 10,000 mails")
    for entry in entries:
        _show(entry, terminal)
    return 0


def _show(entry: Entry, terminal: Terminal) -> None:
    series = f" (series {entry.series})" if entry.series else ""
    became = f"{entry.outcome}: {entry.reason or 'as written'}{series}"
    terminal.say(f"{entry.at:%Y-%m-%d %H:%M} UTC  {became}", "bold")
    for rule in entry.trace:
        terminal.say(f"    {printable(rule)}")


def _key_of_name(config: Config, word: str) -> str:
    """Find the key under which the mail came that has this name in quarantine; "" if none has."""
    kept = open_raw_mails(config.data_folder).quarantine
    try:
        return kept.look(chosen(kept, word)).key
    except InputError:
        return ""


def _is_about(entry: Entry, wanted: str, came: str) -> bool:
    """Tell whether an entry is about this mail, also where it had this name in quarantine and is
    there no more (`came`: the key under which it came; "": it is not there)."""
    if wanted in (entry.message_id.strip("<>"), entry.key) or (came and entry.key == came):
        return True
    named = tuple(f"{place}/{wanted.lower()}" for place in ("quarantine", "left"))
    return len(wanted) >= SHORTEST and entry.key.startswith(named)
