"""Name the action of every command; each imports what it needs only when it is called.

A command costs 0.2 s and more of imports, which `mailbot --help` must not pay for the others.
"""
# ruff: noqa: PLC0415 - see above

from __future__ import annotations

from argparse import Namespace

from mailbot.commands.terminal import Terminal


def run(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import run

    return run.run(args, terminal)


def demo(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import demo

    return demo.demo(args, terminal)


def check(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands.checks import check

    return check.check(args, terminal)


def print_sample(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import sample

    return sample.print_sample(args, terminal)


def status(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import status

    return status.status(args, terminal)


def explain(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import explain

    return explain.explain(args, terminal)


def why(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import why

    return why.why(args, terminal)


def preview(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import preview

    return preview.preview(args, terminal)


def list_series(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import series

    return series.show_all(args, terminal)


def show_series(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import series

    return series.show(args, terminal)


def add_series(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import series

    return series.add(args, terminal)


def pause_series(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import series

    return series.pause(args, terminal)


def list_quarantine(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import quarantine

    return quarantine.show_all(args, terminal)


def show_quarantine(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import quarantine

    return quarantine.show(args, terminal)


def replay(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import quarantine

    return quarantine.replay(args, terminal)


def drop(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import quarantine

    return quarantine.drop(args, terminal)


def backup(args: Namespace, terminal: Terminal) -> int:
    from mailbot.commands import backup

    return backup.backup(args, terminal)
