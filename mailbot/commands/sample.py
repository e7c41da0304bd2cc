"""mailbot config: the annotated sample."""

from __future__ import annotations

from argparse import Namespace

from mailbot.commands.terminal import Terminal
from mailbot.config.file import annotated


def print_sample(_: Namespace, terminal: Terminal) -> int:
    terminal.out.write(annotated())
    return 0
