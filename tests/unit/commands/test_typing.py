"""Holds: every mistake at the command line is one sentence with an exit code that says whose turn
it is.
"""

import io
import os
import subprocess
import sys
from inspect import isfunction
from pathlib import Path

import pytest

from mailbot import errors
from mailbot.commands import actions, cli
from mailbot.commands.arguments import parser
from mailbot.commands.failures import tell
from mailbot.commands.terminal import Terminal
from mailbot.errors import Bug, MailbotError
from tests.unit.commands.conftest import ROOT, SECRET_WORDS, Run, sentence

# ---- help ----

COMMANDS = [
    "run",
    "demo",
    "check",
    "config",
    "status",
    "explain",
    "why",
    "preview",
    "series",
    "quarantine",
    "backup",
]


def test_help_imports_nothing_heavy() -> None:
    """The budget is 0.05 s of CPU (benchmarks measure it); pydantic alone would take that."""
    code = "import sys\nfrom mailbot.commands import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True
    )
    ours = {name for name in done.stderr.split() if name.startswith("mailbot")}
    assert ours == {
        "mailbot",
        "mailbot.commands",
        "mailbot.commands.actions",
        "mailbot.commands.arguments",
        "mailbot.commands.cli",
        "mailbot.commands.failures",
        "mailbot.errors",
        "mailbot.commands.terminal",
    }
    heavy = {
        "pydantic",
        "jinja2",
        "imapclient",
        "aiosmtpd",
        "tinydb",
        "apscheduler",
        "orjson",
        "mailparser",
        "email",
        "logging",
        "zoneinfo",
        "asyncio",
        "json",
        "subprocess",
        "dataclasses",
        "typing",
        "pathlib",
    }
    assert not heavy & set(done.stderr.split())
    for command in COMMANDS:
        assert f"\n    {command} " in done.stdout


@pytest.mark.parametrize(
    "command",
    [
        *COMMANDS,
        "series add",
        "series list",
        "series show",
        "series pause",
        "quarantine list",
        "quarantine show",
        "quarantine replay",
        "quarantine drop",
    ],
)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*command.split(), "--help"])
    assert left.value.code == 0
    assert f"usage: mailbot {command}" in " ".join(capsys.readouterr().out.split())


def test_every_command_has_an_action_of_its_own() -> None:
    typed = (
        "series list",
        "series show x",
        "series add a b c d",
        "series pause x --over",
        "quarantine list",
        "quarantine show x",
        "quarantine replay x",
        "quarantine drop x",
        "explain x",
        "why x",
        "preview x",
        "backup x",
        "run",
        "demo",
        "check",
        "config",
        "status",
    )
    named = {parser().parse_args(command.split()).action for command in typed}
    assert len(named) == len(typed)
    assert named == {each for each in vars(actions).values() if isfunction(each)}


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out.startswith("mailbot 0.")


# ---- wrong input: what is typed, exit code, words of the sentence ----

WRONG: list[tuple[str, int, list[str]]] = [
    ("", 64, ["required: COMMAND"]),
    ("chek", 64, ["'chek' is not known", "did you mean check?"]),
    ("xyzzy", 64, ["'xyzzy' is not known", "there are run, demo"]),
    ("--config", 64, ["--config", "expected one argument"]),
    ("run --config nowhere.toml", 78, ["nowhere.toml cannot be read", "no such file"]),
    ("run now", 64, ["Unrecognized arguments: now"]),
    ("run --config broken.toml", 78, ["broken.toml is not valid TOML", "line 1"]),
    ("demo a b", 64, ["Unrecognized arguments: b"]),
    ("demo --fast", 64, ["Unrecognized arguments: --fast"]),
    ("demo file.txt/demo", 78, ["file.txt/demo"]),
    ("check --config nowhere.toml", 78, []),
    ("check imap", 64, ["Unrecognized arguments: imap"]),
    ("check --loudly", 64, ["Unrecognized arguments: --loudly"]),
    ("check --prob", 64, ["Unrecognized arguments: --prob"]),  # half a word sends no mail
    ("config extra", 64, ["Unrecognized arguments: extra"]),
    ("config --verbos1", 64, ["Unrecognized arguments: --verbos1"]),
    ("conifg", 64, ["did you mean config?"]),
    ("status now", 64, ["Unrecognized arguments: now"]),
    ("status --config nowhere.toml", 78, ["nowhere.toml"]),
    ("status --xml", 64, ["Unrecognized arguments: --xml"]),
    ("explain", 64, ["required: FILE.eml"]),
    ("explain nowhere.eml", 66, ["nowhere.eml cannot be read"]),
    ("explain empty.eml", 66, ["empty.eml is empty"]),
    ("explain .", 66, [". cannot be read"]),
    ("why", 64, ["required: MAIL"]),
    ("why a b", 64, ["Unrecognized arguments: b"]),
    ("why nothing@x", 66, ["The journal knows no mail"]),
    ("why a --config nowhere.toml", 78, ["nowhere.toml"]),
    ("preview", 64, ["required: PURPOSE"]),
    ("preview agend", 64, ["'agend' is no mail", "did you mean agenda?"]),
    ("preview agenda --language xx", 64, ["no templates in xx", "there are en"]),
    ("preview agenda --to boss", 64, ["--to 'boss' is not known", "report"]),
    ("preview agenda --folder file.txt", 78, ["file.txt cannot be written", "--folder"]),
    ("series", 64, ["required: VERB"]),
    ("series lst", 64, ["did you mean list?"]),
    ("series list all", 64, ["Unrecognized arguments: all"]),
    ("series list --config nowhere.toml", 78, ["nowhere.toml"]),
    ("series list --colour", 64, ["Unrecognized arguments: --colour"]),
    ("series show", 64, ["required: SERIES"]),
    ("series show nobody", 66, ["no series nobody", "series list"]),
    ("series show nobody@corp.example", 66, ["no series nobody@corp.example"]),
    ("series add a@b.example", 64, ["required: manager, weekday, time"]),
    ("series add ana ben@corp.example Tue 10:00", 64, ["report must be one plain mail address"]),
    (
        "series add c@corp.example ben@corp.example Tusday 10:00 --zone UTC",
        64,
        ["did you mean Tuesday?"],
    ),
    (
        "series add c@corp.example ben@corp.example Tue 10 --zone UTC",
        64,
        ["time must be a time of day"],
    ),
    ("series add c@corp.example ben@corp.example Tue 10:00 --minutes x", 64, ["--minutes", "'x'"]),
    ("series add ana@corp.example ben@corp.example Tue 10:00", 64, ["have a one-on-one already"]),
    ("series pause abcdefgh", 64, ["--until", "--over"]),
    ("series pause abcdefgh --until Easter", 64, ["--until must be a date such as"]),
    ("series pause nobody --over", 66, ["no series nobody"]),
    ("quarantine", 64, ["required: VERB"]),
    ("quarantine list all", 64, ["Unrecognized arguments: all"]),
    ("quarantine list --json", 64, ["Unrecognized arguments: --json"]),
    ("quarantine list --config nowhere.toml", 78, ["nowhere.toml"]),
    ("quarantine drp x", 64, ["did you mean drop?"]),
    ("quarantine show", 64, ["required: NAME"]),
    ("quarantine show x", 66, ["x is not in quarantine"]),
    ("quarantine show ../../etc/passwd", 66, ["is not in quarantine"]),
    ("quarantine replay x", 66, ["x is not in quarantine"]),
    ("quarantine replay", 64, ["required: NAME"]),
    ("quarantine replay x y", 64, ["Unrecognized arguments: y"]),
    ("quarantine drop x", 66, ["x is not in quarantine"]),
    ("quarantine drop", 64, ["required: NAME"]),
    ("quarantine drop x --all", 64, ["Unrecognized arguments: --all"]),
    ("backup", 64, ["required: FOLDER"]),
    ("backup full", 66, ["full is not empty"]),
    ("backup data/copy", 66, ["lies in the data folder itself"]),
    ("backup file.txt", 66, ["file.txt is no folder"]),
    ("backup /proc/copy", 66, ["/proc/copy cannot be made", "name another folder"]),
    ("backup copy --config nowhere.toml", 78, ["nowhere.toml"]),
]


@pytest.mark.parametrize(
    ("line", "code", "words"), WRONG, ids=[line or "nothing" for line, _, _ in WRONG]
)
def test_wrong_input_is_one_sentence_and_an_exit_code(
    installed: Run, tmp_path: Path, line: str, code: int, words: list[str]
) -> None:
    (tmp_path / "broken.toml").write_text("[mail\n")
    (tmp_path / "empty.eml").write_bytes(b"\n")
    (tmp_path / "file.txt").touch()
    (tmp_path / "full" / "of").mkdir(parents=True)
    left, out, err = installed(*line.split())
    assert left == code
    told = out if line.startswith("check --config") else err
    assert "Traceback" not in out + err
    for word in words:
        assert word in told


@pytest.mark.parametrize(
    ("line", "help_of"),
    [
        ("status --xml", "status"),
        ("series list --colour", "series list"),
        ("quarantine drop x --all", "quarantine drop"),
        ("demo a b", "demo"),
    ],
)
def test_an_unknown_option_points_to_the_help_of_its_command(
    run: Run, line: str, help_of: str
) -> None:
    code, _, err = run(*line.split())
    assert (code, f"; see {' '.join(['mailbot', *help_of.split()])} --help\n" in sentence(err)) == (
        64,
        True,
    )


def test_every_command_is_tried_with_three_wrong_inputs() -> None:
    for command in (
        *COMMANDS,
        "series list",
        "series show",
        "series add",
        "series pause",
        "quarantine list",
        "quarantine show",
        "quarantine replay",
        "quarantine drop",
    ):
        tried = [line for line, _, _ in WRONG if line.startswith(command.split()[0][:3])]
        if " " in command:
            tried = [line for line, _, _ in WRONG if line.startswith(command)]
        assert len(tried) >= 3, f"{command}: {tried}"


def test_a_sentence_is_all_there_is(installed: Run) -> None:
    _, out, err = installed("series", "show", "nobody")
    assert (out, sentence(err)) == (
        "",
        "mailbot: There is no series nobody; `mailbot series list` shows them\n",
    )


def test_verbose_shows_where_it_came_from(installed: Run) -> None:
    code, _, err = installed("-v", "series", "show", "nobody")
    assert code == 66
    assert "Traceback" in err
    assert err == installed("series", "show", "nobody", "--verbose")[2]


# ---- mistakes of ours ----


@pytest.mark.parametrize(
    "mistake", [KeyError(SECRET_WORDS), Bug(SECRET_WORDS), ValueError(SECRET_WORDS)]
)
def test_a_mistake_of_ours_is_a_sentence_that_names_a_log(mistake: Exception) -> None:
    """The words of an exception may be words of a mail: they are neither shown nor kept."""
    err = io.StringIO()
    with pytest.raises(type(mistake)) as caught:
        raise mistake
    assert tell(caught.value, Terminal(io.StringIO(), err, {})) == 70
    log = Path(sentence(err.getvalue()).split()[-1])
    try:
        assert __file__ in log.read_text()
        assert type(mistake).__qualname__ in log.read_text()
        assert SECRET_WORDS not in log.read_text() + err.getvalue()
        assert log.stat().st_mode & 0o077 == 0
    finally:
        log.unlink()


@pytest.mark.parametrize(
    "name",
    ["Temporary", "Unavailable", "Refused", "Permanent", "Uncertain", "InUse", "OperatorError"],
)
def test_whose_turn_it_is_shows_in_the_exit_code(name: str) -> None:
    err = io.StringIO()
    error: MailbotError = getattr(errors, name)("The disk is full; make room.")
    assert tell(error, Terminal(io.StringIO(), err, {})) == error.exit_code
    assert err.getvalue() == "mailbot: The disk is full; make room.\n"


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            PermissionError(13, "Permission denied", "data/series"),
            77,
            "data/series: permission denied; run mailbot as the owner of [data] folder",
        ),
        (
            OSError(28, "No space left on device", "copy/x"),
            74,
            "copy/x cannot be used: no space left on device",
        ),
        (
            OSError(5, "Input/output error", "data/desk.json"),
            74,
            "data/desk.json cannot be used: input/output error",
        ),
    ],
)
def test_what_the_system_refuses_names_the_file(error: OSError, code: int, words: str) -> None:
    err = io.StringIO()
    assert tell(error, Terminal(io.StringIO(), err, {})) == code
    assert err.getvalue() == f"mailbot: {words}\n"


MAILBOT = f"{sys.executable} -m mailbot"


def typed(line: str, folder: Path) -> tuple[int, str]:
    """A command as a shell runs it: (exit code, standard error)."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["/bin/sh", "-c", line], cwd=folder, env=env, stderr=subprocess.PIPE, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has a device that is always full"
)
def test_a_full_disk_behind_standard_output_is_told(installed: Run, tmp_path: Path) -> None:
    assert typed(f"{MAILBOT} status >/dev/full", tmp_path) == (
        74,
        "mailbot: standard output cannot be used: no space left on device\n",
    )


def test_a_backup_that_does_not_fit_leaves_nothing_behind(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / "journal" / "2026-01.jsonl").write_bytes(b"\n" * 100_000)
    (tmp_path / "empty").mkdir()
    for name, left in (("copy", False), ("empty", True)):
        code, err = typed(f"ulimit -f 64; {MAILBOT} backup {name}", tmp_path)
        assert (code, sentence(err)) == (
            75,
            f"mailbot: {name} cannot be written (file too large): there is no copy; make room, or name another.\n",
        )
        assert (tmp_path / name).exists() == left
        assert not list((tmp_path / name).glob("*"))


@pytest.mark.parametrize("how", ["</dev/null", "<&-"])
def test_an_empty_standard_input_is_no_mail(installed: Run, tmp_path: Path, how: str) -> None:
    code, err = typed(f"{MAILBOT} explain - {how}", tmp_path)
    assert (code, sentence(err)) == (
        66,
        "mailbot: standard input is empty; name a mail saved as .eml\n",
    )


@pytest.mark.parametrize("line", ["status >&-", "status 2>&-", "status <&-", "status >&- 2>&- <&-"])
def test_a_closed_stream_is_no_mistake(installed: Run, tmp_path: Path, line: str) -> None:
    assert typed(f"{MAILBOT} {line}", tmp_path) == (3, ""), "it does not run"
