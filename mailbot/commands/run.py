"""mailbot run: hand over to the service, until it is stopped."""

from __future__ import annotations

from argparse import Namespace

from mailbot.commands.log import keep_log
from mailbot.commands.terminal import Terminal
from mailbot.config.file import load
from mailbot.service.runtime import wiring


def run(args: Namespace, terminal: Terminal) -> int:
    """Run until SIGTERM or SIGINT."""
    config = load(args.config)
    keep_log(terminal, verbose=args.verbose)
    wiring.run_mailbot(config, old_mail=args.old_mail)
    return 0
