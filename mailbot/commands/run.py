"""mailbot run and mailbot demo: both hand over at once."""

from __future__ import annotations

import json
import logging
import time
from argparse import Namespace

from mailbot.commands.terminal import Terminal
from mailbot.config.file import load
from mailbot.errors import OperatorError, reason


def run(args: Namespace, terminal: Terminal) -> int:
    """Until SIGTERM or SIGINT."""
    config = load(args.config)
    keep_log(terminal, verbose=args.verbose)
    from mailbot.service.runtime import wiring  # noqa: PLC0415 - after the config is known to be good

    wiring.run(config, old_mail=args.old_mail)
    return 0


def demo(args: Namespace, terminal: Terminal) -> int:
    try:
        args.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(
            f"{args.folder} cannot be made ({reason(error)}); name another folder"
        ) from error
    from mailbot import demo  # noqa: PLC0415 - needs an extra

    demo.play(args.folder, terminal)
    return 0


def keep_log(terminal: Terminal, *, verbose: bool) -> None:
    """Our own records from INFO or DEBUG on; libraries from WARNING, because theirs quote the
    mail they carry."""
    handler = logging.StreamHandler(terminal.err)
    handler.setFormatter(Facts())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("mailbot").setLevel(logging.DEBUG if verbose else logging.INFO)


class Facts(logging.Formatter):
    """One line a record: the time in UTC, how bad, which room, the words, then every fact as
    name=value."""

    converter = staticmethod(time.gmtime)
    usual = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        head, *rest = super().format(record).split("\n")  # a traceback stays below its line
        facts = {
            name: value
            for name, value in vars(record).items()
            if name not in self.usual and value != ""
        }
        return "\n".join(
            (" ".join((head, *(f"{name}={_word(value)}" for name, value in facts.items()))), *rest)
        )


def _word(value: object) -> str:
    text = str(value)
    return text if text and text.isprintable() and not set(text) & set(' "=') else json.dumps(text)
