"""mailbot run and mailbot demo: both hand over at once."""

from __future__ import annotations

import logging
from argparse import Namespace

from mailbot.config import load
from mailbot.errors import OperatorError
from mailbot.terminal import Terminal

LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def run(args: Namespace, _: Terminal) -> int:
    """Until SIGTERM or SIGINT."""
    config = load(args.config)
    _log(args.verbose)
    from mailbot import installation  # noqa: PLC0415 - after the config is known to be good

    installation.run(config)
    return 0


def demo(args: Namespace, terminal: Terminal) -> int:
    try:
        args.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise OperatorError(f"{args.folder} cannot be made ({reason}); name another folder") from error
    from mailbot import demo  # noqa: PLC0415 - needs an extra

    demo.play(args.folder, terminal)
    return 0


def _log(verbose: bool) -> None:
    """Our own records from INFO or DEBUG on; libraries from WARNING, because theirs quote the mail they carry."""
    logging.basicConfig(format=LOG_FORMAT, level=logging.WARNING)
    logging.getLogger("mailbot").setLevel(logging.DEBUG if verbose else logging.INFO)
