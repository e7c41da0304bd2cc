"""Declare what can be typed: every command with its arguments, its help and its action.

Only argparse is imported here, so that `mailbot --help` is instant.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from mailbot import __version__
from mailbot.commands import actions
from mailbot.commands.terminal import Terminal
from mailbot.errors import UsageError

Action = Callable[[argparse.Namespace, Terminal], int]
"""What a command does; returns the exit code."""

EPILOG = """\
exit codes (sysexits.h): 0 well, 64 wrongly typed, 66 no such input, 69 server away, 70 a mistake of ours,
74 disk or output, 75 try again later, 77 login or file refused, 78 config
"""  # noqa: E501 - as wide as the terminal of most, and shown as it stands


class Parser(argparse.ArgumentParser):
    """Raise UsageError for a complaint: one sentence, exit code 64 instead of argparse's 2.

    Options are typed whole.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        """Reword `message`, such as "argument VERB: invalid choice: 'liste' (choose from ...)"."""
        name, _, rest = message.partition(": invalid choice: ")
        if rest:
            message = (
                f"{name.removeprefix('argument ')} {rest.partition(' (choose from')[0]} is not "
                "known"
            )
        hint = self._guess(rest.split("'")[1]) if rest.startswith("'") else ""
        raise UsageError(f"{message[:1].upper()}{message[1:]}{hint}; see {self.prog} --help")

    def _guess(self, word: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415 - 9 ms, on the way to an error

        choices = [str(choice) for action in self._actions for choice in action.choices or ()]
        close = get_close_matches(word, choices, n=1)
        return f", did you mean {close[0]}?" if close else f", there are {', '.join(choices)}"


class Commands:
    """Declare commands beside each other: those of mailbot itself, or the verbs of one of them."""

    def __init__(self, parent: Parser, metavar: str, everywhere: Parser) -> None:
        """`everywhere`: the options that each of them takes."""
        self._made = parent.add_subparsers(title="commands", metavar=metavar, required=True)
        self._everywhere = everywhere

    def command(self, word: str, action: Action, text: str) -> Parser:
        """Declare one command: `word` as typed, the `action` behind it, `text` for the help."""
        description = f"{text[:1].upper()}{text[1:]}."
        made = self._made.add_parser(
            word, help=text, description=description, parents=[self._everywhere]
        )
        made.set_defaults(action=action, prog=made.prog)
        return made

    def group(self, word: str, text: str, description: str) -> Commands:
        """Declare a command that has verbs."""
        parent = self._made.add_parser(word, help=text, description=description)
        return Commands(parent, "VERB", self._everywhere)


def parser() -> Parser:
    """Declare every command with its arguments."""
    everywhere = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    _global_options(everywhere, path=argparse.SUPPRESS, verbose=argparse.SUPPRESS)
    top = Parser(
        prog="mailbot",
        description="One-on-one meetings run by e-mail.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _global_options(top, path=None, verbose=False)
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and leave")
    commands = Commands(top, "COMMAND", everywhere)
    for declare in (_running, _looking, _series, _quarantine, _keeping):
        declare(commands)
    return top


def _global_options(target: Parser, path: Any, verbose: Any) -> None:
    target.add_argument(
        "--config",
        metavar="PATH",
        type=Path,
        default=path,
        help="./config.toml, else /etc/mailbot/config.toml",
    )
    target.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        default=verbose,
        help="log more, and show tracebacks in full",
    )


class _Version(argparse.Action):
    def __call__(self, *_: Any) -> NoReturn:
        print(f"mailbot {__version__}")
        raise SystemExit(0)


def _running(commands: Commands) -> None:
    run = commands.command("run", actions.run, "read mail, send mail, until it is stopped")
    run.add_argument(
        "--old-mail",
        action="store_true",
        help="at the first start, also read what lies in the mailbox",
    )
    demo = commands.command("demo", actions.demo, "play two people through three meetings")
    demo.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("demo"),
        help="where the mails are left (./demo)",
    )
    check = commands.command("check", actions.check, "try config, folders, templates and servers")
    check.add_argument(
        "--probe", action="store_true", help="also send mailbot two mails and see them arrive"
    )
    commands.command(
        "config",
        actions.print_sample,
        "print config.toml with every key explained",
    )


def _looking(commands: Commands) -> None:
    status = commands.command("status", actions.status, "whether it runs and all is well; no words")
    status.epilog = (
        "exit code: 0 it runs and all is well, 1 it runs and needs a hand, 3 it does not run"
    )
    status.add_argument(
        "--json", action="store_true", help="for programs: every key is always there"
    )
    explain = commands.command("explain", actions.explain, "show how a mail would be read")
    explain.add_argument(
        "file", metavar="FILE.eml", help="the mail as it arrived; - reads standard input"
    )
    explain.add_argument("--json", action="store_true", help="for programs")
    why = commands.command("why", actions.why, "say what became of a mail and by which rules")
    why.add_argument(
        "mail",
        metavar="MAIL",
        help="its Message-ID, its name in quarantine, or its key in the journal",
    )
    preview = commands.command("preview", actions.preview, "render a mail with example content")
    preview.add_argument(
        "purpose", metavar="PURPOSE", help="such as agenda_request or summary; all: every one"
    )
    preview.add_argument(
        "--to", choices=("report", "manager"), default="report", help="whose mail (report)"
    )
    preview.add_argument("--language", default="en", help="language of the templates (en)")
    preview.add_argument(
        "--folder", type=Path, default=Path("preview"), help="where the files go (./preview)"
    )


def _series(commands: Commands) -> None:
    verbs = commands.group("series", "list, show, add or pause one-on-ones", "The one-on-ones.")
    verbs.command("list", actions.list_series, "one line for each series")
    show = verbs.command(
        "show",
        actions.show_series,
        "how far a series has come; counts, never words",
    )
    show.add_argument("name", metavar="SERIES", help="its id, or the address of one of the two")
    add = verbs.command("add", actions.add_series, "print a [[one_on_one]] for config.toml")
    add.add_argument("report", help="address of the one who owns the agenda")
    add.add_argument("manager", help="address of the other")
    add.add_argument("weekday", help="such as Tuesday")
    add.add_argument("time", help="such as 10:00")
    add.add_argument("--zone", default="", help="zone of that time (the report's)")
    add.add_argument("--minutes", type=int, default=30, help="length (30)")
    add.add_argument("--every-weeks", type=int, default=1, help="1 or 2 (1)")
    add.add_argument(
        "--first", metavar="DATE", default="", help="no meeting before this day, such as 2026-12-01"
    )
    add.add_argument("--write", action="store_true", help="append it to config.toml instead")
    pause = verbs.command("pause", actions.pause_series, "no meeting and no mail until a day")
    pause.add_argument("name", metavar="SERIES", help="its id, or the address of one of the two")
    until = pause.add_mutually_exclusive_group(required=True)
    until.add_argument(
        "--until",
        metavar="DATE",
        help="the first day that may have mails again, such as 2026-12-01",
    )
    until.add_argument(
        "--without-end", action="store_true", help="until somebody says resume, or you say --over"
    )
    until.add_argument("--over", action="store_true", help="end the pause now")


def _quarantine(commands: Commands) -> None:
    verbs = commands.group("quarantine", "mails that could not be read", "Mails set aside.")
    verbs.command(
        "list",
        actions.list_quarantine,
        "one line for each mail: name, day, size, reason",
    )
    show = verbs.command(
        "show",
        actions.show_quarantine,
        "why it lies there and who sent it; not its words",
    )
    words = "the mail itself instead: all that its author wrote, private lines too"
    show.add_argument("--words", action="store_true", help=words)
    replay = verbs.command("replay", actions.replay, "read it again, as it came, after a fix")
    drop = verbs.command("drop", actions.drop, "throw it away for good")
    for made in (show, replay, drop):
        made.add_argument(
            "name",
            metavar="NAME",
            help="as `mailbot quarantine list` shows it; its beginning is enough",
        )


def _keeping(commands: Commands) -> None:
    backup = commands.command(
        "backup",
        actions.backup,
        "copy the data folder, even while it is in use",
    )
    backup.add_argument("folder", metavar="FOLDER", type=Path, help="a new or empty folder")
