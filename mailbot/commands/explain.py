"""mailbot explain and mailbot why: how a mail would be read, and what became of one."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from mailbot.config import load
from mailbot.errors import InputError
from mailbot.terminal import Terminal


def explain(args: Namespace, terminal: Terminal) -> int:
    """The journey of a mail without writing anything."""
    raw, config = read(args.file), load(args.config)
    from mailbot import app  # noqa: PLC0415 - after the files are known to be good

    app.explain(config, raw, terminal, as_json=args.json)
    return 0


def why(args: Namespace, terminal: Terminal) -> int:
    config = load(args.config)
    from mailbot import app  # noqa: PLC0415 - after the config is known to be good

    app.why(config, args.message_id.strip().strip("<>"), terminal)
    return 0


def read(name: str) -> bytes:
    """A mail from a file, or from standard input for "-"."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        raw = Path(name).read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise InputError(f"{name} cannot be read ({reason}); name a mail saved as .eml") from error
    if not raw.strip():
        raise InputError(f"{name} is empty; name a mail saved as .eml")
    return raw
