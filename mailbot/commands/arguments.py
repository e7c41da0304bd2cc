"""Declare what can be typed: every command with its arguments, its help and its action.

Only argparse is imported here, and a command declares its arguments when it is typed, so that
`mailbot --help` is instant: typing, pathlib and twenty parsers would take twice its time.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from mailbot import __version__
from mailbot.commands import actions
from mailbot.commands.terminal import Terminal
from mailbot.errors import UsageError

TYPE_CHECKING = False  # typing's own takes 4 ms
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any, NoReturn

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


class Command(Parser):
    """Parse what follows one command; declare it only when argparse first asks for something."""

    def __init__(self, declare: Callable[[Parser], None], **options: Any) -> None:
        self._undeclared = (declare, options)

    def __getattr__(self, name: str) -> Any:
        """Build the parser: until then it has no attribute, so that the first one comes by here."""
        undeclared = self.__dict__.pop("_undeclared", None)
        if undeclared is None:
            raise AttributeError(name)
        declare, options = undeclared
        super().__init__(**options)
        declare(self)
        return getattr(self, name)


class Commands:
    """Declare commands beside each other: those of mailbot itself, or the verbs of one of them."""

    def __init__(self, parent: Parser, metavar: str) -> None:
        self._made = parent.add_subparsers(
            title="commands",
            metavar=metavar,
            required=True,
            prog=parent.prog,
            parser_class=Command,
        )

    def command(
        self,
        word: str,
        action: Action,
        text: str,
        arguments: Callable[[Parser], None] | None = None,
    ) -> None:
        """Declare one command: `word` as typed, the `action` behind it, `text` for the help."""

        def declare(made: Parser) -> None:
            _global_options(made, path=argparse.SUPPRESS, verbose=argparse.SUPPRESS)
            made.set_defaults(action=action, prog=made.prog)
            if arguments:
                arguments(made)

        self._add(word, text, f"{text[:1].upper()}{text[1:]}.", declare)

    def group(
        self, word: str, text: str, description: str, verbs: Callable[[Commands], None]
    ) -> None:
        """Declare a command that has verbs."""
        self._add(word, text, description, lambda made: verbs(Commands(made, "VERB")))

    def _add(
        self, word: str, text: str, description: str, declare: Callable[[Parser], None]
    ) -> None:
        self._made.add_parser(word, help=text, description=description, declare=declare)


def parser() -> Parser:
    """Declare every command; each declares its arguments when it is typed."""
    top = Parser(
        prog="mailbot",
        description="One-on-one meetings run by e-mail.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _global_options(top, path=None, verbose=False)
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and leave")
    _commands(Commands(top, "COMMAND"))
    return top


def _commands(mailbot: Commands) -> None:
    mailbot.command("run", actions.run, "read mail, send mail, until it is stopped", _run)
    mailbot.command("demo", actions.demo, "play two people through three meetings", _demo)
    mailbot.command("check", actions.check, "try config, folders, templates and servers", _check)
    mailbot.command("config", actions.print_sample, "print config.toml with every key explained")
    mailbot.command("status", actions.status, "whether it runs and all is well; no words", _status)
    mailbot.command("explain", actions.explain, "show how a mail would be read", _explain)
    mailbot.command("why", actions.why, "say what became of a mail and by which rules", _why)
    mailbot.command("preview", actions.preview, "render a mail with example content", _preview)
    mailbot.group("series", "list, show, add or pause one-on-ones", "The one-on-ones.", _series)
    mailbot.group("quarantine", "mails that could not be read", "Mails set aside.", _quarantine)
    backup = "copy the data folder, even while it is in use"
    mailbot.command("backup", actions.backup, backup, _backup)


def _series(series: Commands) -> None:
    show = "how far a series has come; counts, never words"
    series.command("list", actions.list_series, "one line for each series")
    series.command("show", actions.show_series, show, _which_series)
    series.command("add", actions.add_series, "print a [[one_on_one]] for config.toml", _add)
    series.command("pause", actions.pause_series, "no meeting and no mail until a day", _pause)


def _quarantine(quarantine: Commands) -> None:
    one_line = "one line for each mail: name, day, size, reason"
    show = "why it lies there and who sent it; not its words"
    replay = "read it again, as it came, after a fix"
    quarantine.command("list", actions.list_quarantine, one_line)
    quarantine.command("show", actions.show_quarantine, show, _show_quarantined)
    quarantine.command("replay", actions.replay, replay, _which_quarantined)
    quarantine.command("drop", actions.drop, "throw it away for good", _which_quarantined)


# ---- options and arguments ----


def _global_options(target: Parser, path: Any, verbose: Any) -> None:
    target.add_argument(
        "--config",
        metavar="PATH",
        type=_path,
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


def _path(typed: str) -> Path:
    from pathlib import Path  # noqa: PLC0415 - 4 ms that --help does not need

    return Path(typed)


def _run(run: Parser) -> None:
    words = "at the first start, also read what lies in the mailbox"
    run.add_argument("--old-mail", action="store_true", help=words)


def _demo(demo: Parser) -> None:
    words = "where the mails are left (./demo)"
    demo.add_argument("folder", nargs="?", type=_path, default="demo", help=words)


def _check(check: Parser) -> None:
    words = "also send mailbot two mails and see them arrive"
    check.add_argument("--probe", action="store_true", help=words)


def _status(status: Parser) -> None:
    status.epilog = (
        "exit code: 0 it runs and all is well, 1 it runs and needs a hand, 3 it does not run"
    )
    words = "for programs: every key is always there"
    status.add_argument("--json", action="store_true", help=words)


def _explain(explain: Parser) -> None:
    words = "the mail as it arrived; - reads standard input"
    explain.add_argument("file", metavar="FILE.eml", help=words)
    explain.add_argument("--json", action="store_true", help="for programs")


def _why(why: Parser) -> None:
    words = "its Message-ID, its name in quarantine, or its key in the journal"
    why.add_argument("mail", metavar="MAIL", help=words)


def _preview(preview: Parser) -> None:
    purposes = "such as agenda_request or summary; all: every one"
    preview.add_argument("purpose", metavar="PURPOSE", help=purposes)
    preview.add_argument(
        "--to", choices=("report", "manager"), default="report", help="whose mail (report)"
    )
    preview.add_argument("--language", default="en", help="language of the templates (en)")
    preview.add_argument(
        "--folder", type=_path, default="preview", help="where the files go (./preview)"
    )


def _which_series(parser: Parser) -> None:
    words = "its id, or the address of one of the two"
    parser.add_argument("name", metavar="SERIES", help=words)


def _add(add: Parser) -> None:
    add.add_argument("report", help="address of the one who owns the agenda")
    add.add_argument("manager", help="address of the other")
    add.add_argument("weekday", help="such as Tuesday")
    add.add_argument("time", help="such as 10:00")
    add.add_argument("--zone", default="", help="zone of that time (the report's)")
    add.add_argument("--minutes", type=int, default=30, help="length (30)")
    add.add_argument("--every-weeks", type=int, default=1, help="1 or 2 (1)")
    first = "no meeting before this day, such as 2026-12-01"
    add.add_argument("--first", metavar="DATE", default="", help=first)
    add.add_argument("--write", action="store_true", help="append it to config.toml instead")


def _pause(pause: Parser) -> None:
    _which_series(pause)
    end = pause.add_mutually_exclusive_group(required=True)
    until = "the first day that may have mails again, such as 2026-12-01"
    without_end = "until somebody says resume, or you say --over"
    end.add_argument("--until", metavar="DATE", help=until)
    end.add_argument("--without-end", action="store_true", help=without_end)
    end.add_argument("--over", action="store_true", help="end the pause now")


def _which_quarantined(parser: Parser) -> None:
    words = "as `mailbot quarantine list` shows it; its beginning is enough"
    parser.add_argument("name", metavar="NAME", help=words)


def _show_quarantined(show: Parser) -> None:
    words = "the mail itself instead: all that its author wrote, private lines too"
    show.add_argument("--words", action="store_true", help=words)
    _which_quarantined(show)


def _backup(backup: Parser) -> None:
    backup.add_argument("folder", metavar="FOLDER", type=_path, help="a new or empty folder")
