"""The command line: what can be typed, how errors are told, which exit code follows. Decides
nothing.

Only argparse is imported here, so that `mailbot --help` is instant; each command lives in a
module of mailbot/commands and imports the rooms it needs.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mailbot.errors import Bug, MailbotError, UsageError, reason

if TYPE_CHECKING:
    from mailbot.commands.terminal import Terminal

INTERRUPTED = 130  # 128 + SIGINT, as shells count
INPUT_OUTPUT, NO_PERMISSION = 74, 77  # EX_IOERR, EX_NOPERM

EPILOG = """\
exit codes (sysexits.h): 0 well, 64 wrongly typed, 66 no such input, 69 server away, 70 a mistake of ours,
74 disk or output, 75 try again later, 77 login or file refused, 78 config
"""  # noqa: E501 - as wide as the terminal of most, and shown as it stands


class Parser(argparse.ArgumentParser):
    """Complaints become UsageError: one sentence, exit code 64 instead of argparse's 2. Options
    are typed whole."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        """`message` as argparse words it: "argument VERB: invalid choice: 'liste' (choose from
        ...)"."""
        name, _, rest = message.partition(": invalid choice: ")
        if rest:
            message = (
                f"{name.removeprefix('argument ')} {rest.partition(' (choose from')[0]} "
                "is not known"
            )
        hint = self._guess(rest.split("'")[1]) if rest.startswith("'") else ""
        raise UsageError(f"{message[:1].upper()}{message[1:]}{hint}; see {self.prog} --help")

    def _guess(self, word: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415 - only on the way to an error

        choices = [str(choice) for action in self._actions for choice in action.choices or ()]
        close = get_close_matches(word, choices, n=1)
        return f", did you mean {close[0]}?" if close else f", there are {', '.join(choices)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # kept out of `import mailbot.commands.cli`
    from mailbot.commands.terminal import Terminal, fill_in_streams  # noqa: PLC0415

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
        _let_go_of_the_pipe()
        return 0
    except Exception as error:  # noqa: BLE001 - the one place where errors become sentences
        return tell(error, terminal, verbose=verbose)


def _parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """argparse complains of unknown options in the name of the whole program; by then it is
    known whose help to see."""
    args, unknown = parser().parse_known_args(argv)
    if unknown:
        raise UsageError(f"Unrecognized arguments: {' '.join(unknown)}; see {args.prog} --help")
    return args


def _run(args: argparse.Namespace, terminal: Terminal) -> int:
    from importlib import import_module  # noqa: PLC0415 - --help needs none of these
    from zoneinfo import reset_tzpath  # noqa: PLC0415

    # zones come from the tzdata package, the same on every machine and newer than most systems'
    reset_tzpath(to=())
    if args.verbose:
        from mailbot.commands.run import keep_log  # noqa: PLC0415

        keep_log(terminal, verbose=True)
    module, _, function = args.action.partition(".")
    code = getattr(import_module(f"mailbot.commands.{module}"), function)(args, terminal)
    assert isinstance(code, int)
    terminal.out.flush()  # a reader that has left shows here, and not at exit
    return code


def tell(error: Exception, terminal: Terminal, *, verbose: bool = False) -> int:
    """One sentence for people, the traceback only where it was asked for; returns the exit code."""
    if verbose:
        import traceback  # noqa: PLC0415

        terminal.complain("".join(traceback.format_exception(error)).rstrip())
    if isinstance(error, MailbotError) and not isinstance(error, Bug):
        terminal.complain(f"mailbot: {error}")
        return error.exit_code
    if isinstance(error, OSError) and (told := refused_by_the_system(error)):
        sentence, code = told
        terminal.complain(f"mailbot: {sentence}")
        return code
    terminal.complain(
        f"mailbot: A mistake of ours ({type(error).__name__}); where it happened is in "
        f"{_log(error)}"
    )
    return Bug.exit_code


def refused_by_the_system(error: OSError) -> tuple[str, int] | None:
    """Sentence and exit code of what the system refuses a person; None: we asked for something
    senseless."""
    # only on the way to an error
    from errno import EDQUOT, EFBIG, EIO, EMFILE, ENFILE, ENOSPC, EROFS  # noqa: PLC0415

    place, why = error.filename or "standard output", reason(error)
    if isinstance(error, PermissionError) and error.filename:
        return f"{place}: {why}; run mailbot as the owner of [data] folder", NO_PERMISSION
    if error.errno in {ENOSPC, EIO, EDQUOT, EFBIG, EROFS, EMFILE, ENFILE}:
        if not error.filename:
            _let_go_of_the_pipe()
        return f"{place} cannot be used: {why}", INPUT_OUTPUT
    return None


def _log(error: Exception) -> str:
    """Write down where it happened, without the words of the exception: they may be words of a
    mail."""
    import os  # noqa: PLC0415
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    handle, name = tempfile.mkstemp(prefix="mailbot-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf8") as file:
        file.writelines(traceback.format_tb(error.__traceback__))
        file.write(f"{type(error).__module__}.{type(error).__qualname__}\n")
    return name


def _let_go_of_the_pipe() -> None:
    """Our output goes nowhere (`mailbot status | head -1`, a full disk); Python must not
    complain at exit."""
    import os  # noqa: PLC0415

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)


# ---- what can be typed ----


def parser() -> Parser:
    """Every command with its arguments."""
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
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for declare in (_running, _looking, _series, _quarantine, _keeping):
        declare(commands, everywhere)
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
        from mailbot import __version__  # noqa: PLC0415

        print(f"mailbot {__version__}")
        raise SystemExit(0)


def _command(commands: Any, everywhere: Parser, word: str, action: str, text: str) -> Any:
    """`word` as typed; `action`: "module.function" in mailbot/commands."""
    made = commands.add_parser(
        word, help=text, description=f"{text[:1].upper()}{text[1:]}.", parents=[everywhere]
    )
    made.set_defaults(action=action, prog=made.prog)
    return made


def _running(commands: Any, everywhere: Parser) -> None:
    run = _command(
        commands, everywhere, "run", "run.run", "read mail, send mail, until it is stopped"
    )
    run.add_argument(
        "--old-mail",
        action="store_true",
        help="at the first start, also read what lies in the mailbox",
    )
    demo = _command(
        commands, everywhere, "demo", "run.demo", "play two people through three meetings"
    )
    demo.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("demo"),
        help="where the mails are left (./demo)",
    )
    check = _command(
        commands, everywhere, "check", "check.check", "try config, folders, templates and servers"
    )
    check.add_argument(
        "--probe", action="store_true", help="also send mailbot two mails and see them arrive"
    )
    _command(
        commands,
        everywhere,
        "config",
        "sample.print_sample",
        "print config.toml with every key explained",
    )


def _looking(commands: Any, everywhere: Parser) -> None:
    status = _command(
        commands, everywhere, "status", "status.status", "whether it runs and all is well; no words"
    )
    status.epilog = (
        "exit code: 0 it runs and all is well, 1 it runs and needs a hand, 3 it does not run"
    )
    status.add_argument(
        "--json", action="store_true", help="for programs: every key is always there"
    )
    explain = _command(
        commands, everywhere, "explain", "explain.explain", "show how a mail would be read"
    )
    explain.add_argument(
        "file", metavar="FILE.eml", help="the mail as it arrived; - reads standard input"
    )
    explain.add_argument("--json", action="store_true", help="for programs")
    why = _command(
        commands, everywhere, "why", "explain.why", "say what became of a mail and by which rules"
    )
    why.add_argument(
        "mail",
        metavar="MAIL",
        help="its Message-ID, its name in quarantine, or its key in the journal",
    )
    preview = _command(
        commands, everywhere, "preview", "preview.preview", "render a mail with example content"
    )
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


def _series(commands: Any, everywhere: Parser) -> None:
    group = commands.add_parser(
        "series", help="list, show, add or pause one-on-ones", description="The one-on-ones."
    )
    verbs = group.add_subparsers(title="commands", metavar="VERB", required=True)
    _command(verbs, everywhere, "list", "series.show_all", "one line for each series")
    show = _command(
        verbs, everywhere, "show", "series.show", "how far a series has come; counts, never words"
    )
    show.add_argument("name", metavar="SERIES", help="its id, or the address of one of the two")
    add = _command(verbs, everywhere, "add", "series.add", "print a [[one_on_one]] for config.toml")
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
    pause = _command(
        verbs, everywhere, "pause", "series.pause", "no meeting and no mail until a day"
    )
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


def _quarantine(commands: Any, everywhere: Parser) -> None:
    group = commands.add_parser(
        "quarantine", help="mails that could not be read", description="Mails set aside."
    )
    verbs = group.add_subparsers(title="commands", metavar="VERB", required=True)
    _command(
        verbs,
        everywhere,
        "list",
        "quarantine.show_all",
        "one line for each mail: name, day, size, reason",
    )
    show = _command(
        verbs,
        everywhere,
        "show",
        "quarantine.show",
        "why it lies there and who sent it; not its words",
    )
    words = "the mail itself instead: all that its author wrote, private lines too"
    show.add_argument("--words", action="store_true", help=words)
    replay = _command(
        verbs, everywhere, "replay", "quarantine.replay", "read it again, as it came, after a fix"
    )
    drop = _command(verbs, everywhere, "drop", "quarantine.drop", "throw it away for good")
    for made in (show, replay, drop):
        made.add_argument(
            "name",
            metavar="NAME",
            help="as `mailbot quarantine list` shows it; its beginning is enough",
        )


def _keeping(commands: Any, everywhere: Parser) -> None:
    backup = _command(
        commands,
        everywhere,
        "backup",
        "backup.backup",
        "copy the data folder, even while it is in use",
    )
    backup.add_argument("folder", metavar="FOLDER", type=Path, help="a new or empty folder")
