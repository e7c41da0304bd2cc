"""mailbot config: the annotated sample."""

from __future__ import annotations

from argparse import Namespace

from mailbot.config import annotated
from mailbot.terminal import Terminal


def print_sample(_: Namespace, terminal: Terminal) -> int:
    terminal.out.write(annotated())
    return 0
