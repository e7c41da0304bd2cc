"""mailbot demo: play two people through three meetings, on servers of its own."""

from __future__ import annotations

from argparse import Namespace

from mailbot.commands.terminal import Terminal
from mailbot.demo import play
from mailbot.errors import OperatorError, reason


def demo(args: Namespace, terminal: Terminal) -> int:
    """Leave the mails of the play in a folder. Raises OperatorError if it cannot be made."""
    try:
        args.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(
            f"{args.folder} cannot be made ({reason(error)}); name another folder"
        ) from error
    play(args.folder, terminal)
    return 0
