"""Write the log: one line a record on standard error, without a word of any mail."""

from __future__ import annotations

import json
import logging
import time

from mailbot.commands.terminal import Terminal


def keep_log(terminal: Terminal, *, verbose: bool) -> None:
    """Log our own records from INFO or DEBUG on, those of libraries from WARNING: theirs quote the
    mail they carry."""
    handler = logging.StreamHandler(terminal.err)
    handler.setFormatter(LineFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("mailbot").setLevel(logging.DEBUG if verbose else logging.INFO)


class LineFormatter(logging.Formatter):
    """Make one line of a record: the time in UTC, how bad, which room, the words, each fact as
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
