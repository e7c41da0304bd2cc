"""mailbot backup: a copy of the data folder, taken at any time."""

from __future__ import annotations

from argparse import Namespace

from mailbot.commands.terminal import Terminal
from mailbot.config.file import load
from mailbot.errors import InputError
from mailbot.store.backup import back_up


def backup(args: Namespace, terminal: Terminal) -> int:
    config = load(args.config)
    source, target = config.data_folder, args.folder
    if target.resolve().is_relative_to(source.resolve()):
        raise InputError(f"{target} lies in the data folder itself; name a folder outside {source}")
    if target.exists() and not target.is_dir():
        raise InputError(f"{target} is no folder; name a new one")
    terminal.doing(f"copying {source}")
    count = back_up(source, target)
    terminal.wipe()
    terminal.say(f"{count:,} files of {source} are in {target}")
    if not config.key_file.resolve().is_relative_to(source.resolve()):
        terminal.say(f"The keys are elsewhere; keep a copy of {config.key_file} too.", "yellow")
    return 0
