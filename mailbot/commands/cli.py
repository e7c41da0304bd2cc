"""Run one command: what was typed, its action, the exit code. Decides nothing.

Nothing heavy is imported here, so that `mailbot --help` is instant.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from mailbot.commands.arguments import parser
from mailbot.commands.failures import let_go_of_the_pipe, tell
from mailbot.commands.terminal import Terminal, fill_in_streams
from mailbot.errors import UsageError

INTERRUPTED = 130  # 128 + SIGINT, as shells count


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    fill_in_streams()
    terminal = Terminal()
    verbose = False
    try:
        args = _parsed(argv)
        verbose = args.verbose
        return _run(args, terminal)
    except KeyboardInterrupt:
        terminal.complain("mailbot: stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        let_go_of_the_pipe()
        return 0
    except Exception as error:  # noqa: BLE001 - the one place where errors become sentences
        return tell(error, terminal, verbose=verbose)


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse what was typed, and name the help of the command for options that it does not know."""
    args, unknown = parser().parse_known_args(argv)
    if unknown:
        raise UsageError(f"Unrecognized arguments: {' '.join(unknown)}; see {args.prog} --help")
    return args


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from zoneinfo import reset_tzpath  # noqa: PLC0415 - 6 ms that --help does not need

    # zones come from the tzdata package, the same on every machine and newer than most systems'
    reset_tzpath(to=())
    if args.verbose:
        from mailbot.commands.log import keep_log  # noqa: PLC0415 - logging takes 10 ms

        keep_log(terminal, verbose=True)
    code: int = args.action(args, terminal)
    terminal.out.flush()  # a reader that has left shows here, and not at exit
    return code
