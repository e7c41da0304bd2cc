"""The command line from outside: what is printed, which exit code follows, and one sentence for every mistake."""

import email
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from mailbot import cli
from mailbot.config import annotated, parse
from mailbot.meeting.model import ActionItem, AgendaItem, Cadence, Meeting, Person, Purpose, Role, Series, Theme
from mailbot.store import Change, Entry, open_store
from mailbot.store.shelf import Shelf
from mailbot.terminal import Terminal
from tests.servers import free_port, sink

ROOT = Path(__file__).parent.parent
SECRET_WORDS = "the move to Porto"
AT = datetime(2026, 3, 10, 9, tzinfo=UTC)

CONFIG = """
[mail]
address = "mailbot@corp.example"
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
{login}
[receive]
enabled = true
port = {door}
[trust]
authserv_id = "mx.corp.example"
operator = "postmaster@corp.example"
[[one_on_one]]
report = "ana@corp.example"
manager = "ben@corp.example"
weekday = "Tuesday"
time = "10:00"
zone = "Europe/Lisbon"
"""

SERIES = Series(
    "abcdefgh",
    Person("ana@corp.example", "Ana Silva", "Europe/Lisbon"),
    Person("ben@corp.example", "Ben Ito", "Europe/Berlin"),
    Cadence(1, time(10), "Europe/Lisbon"),
    meetings=(
        Meeting(
            4,
            datetime(2026, 3, 17, 10, tzinfo=UTC),
            30,
            datetime(2026, 3, 17, 10, tzinfo=UTC),
            items=(AgendaItem(1, SECRET_WORDS, Role.REPORT, Theme.PERSONAL, private=True),),
        ),
    ),
    actions=(ActionItem(3, Role.REPORT, SECRET_WORDS, date(2026, 3, 3)),),
    next_due=datetime(2026, 3, 13, 9, tzinfo=UTC),
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder: (exit code, standard output, standard error)."""
    monkeypatch.chdir(tmp_path)

    def typed(*words: str) -> tuple[int, str, str]:
        code = cli.main(words)
        return code, *capsys.readouterr()

    return typed


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that holds one series, one journal entry and one mail set aside."""
    folder = tmp_path_factory.mktemp("kept")
    store = open_store(folder)
    store.commit(Change("first", SERIES))
    store.journal(Entry(AT, "lmtp/1", "a@b.example", "applied", series=SERIES.id))
    store.close()
    Shelf(folder / "quarantine").put(b"Subject: \x1b[2J\r\n\r\nbroken", "too many parts", AT, "lmtp/2")
    return folder


@pytest.fixture
def installed(tmp_path: Path, run: Run, kept: Path) -> Run:
    """The same in a folder with a config and that data folder."""
    (tmp_path / "config.toml").write_text(CONFIG.format(smtp=free_port(), door=free_port(), login='login = "none"'))
    shutil.copytree(kept, tmp_path / "data")
    return run


def sentence(err: str) -> str:
    """Standard error, which must be one plain sentence and no traceback."""
    assert err.startswith("mailbot: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err


# ---- help ----

COMMANDS = ["run", "demo", "check", "config", "status", "explain", "why", "preview", "series", "quarantine", "backup"]


def test_help_imports_nothing_heavy() -> None:
    """The budget is 0.15 s of CPU (benchmarks measure it); pydantic alone would take that."""
    code = "import sys\nfrom mailbot import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    ours = {name for name in done.stderr.split() if name.startswith("mailbot")}
    assert ours == {"mailbot", "mailbot.cli", "mailbot.errors", "mailbot.terminal"}
    heavy = {"pydantic", "jinja2", "imapclient", "aiosmtpd", "tinydb", "apscheduler", "orjson", "mailparser", "email",
             "logging", "zoneinfo", "asyncio", "json", "subprocess", "dataclasses"}
    assert not heavy & set(done.stderr.split())
    for command in COMMANDS:
        assert f"\n    {command} " in done.stdout


@pytest.mark.parametrize("command", [*COMMANDS, "series add", "series list", "series show", "series pause",
                                     "quarantine list", "quarantine show", "quarantine replay", "quarantine drop"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*command.split(), "--help"])
    assert left.value.code == 0
    assert f"usage: mailbot {command}" in " ".join(capsys.readouterr().out.split())


def test_every_command_has_a_function() -> None:
    import importlib

    for command in ("series list", "series show x", "series add a b c d", "series pause x --over", "quarantine list",
                    "quarantine show x", "quarantine replay x", "quarantine drop x", "explain x", "why x", "preview x",
                    "backup x", "run", "demo", "check", "config", "status"):
        module, _, name = cli.parser().parse_args(command.split()).action.partition(".")
        assert callable(getattr(importlib.import_module(f"mailbot.commands.{module}"), name))


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
    ("why", 64, ["required: MESSAGE-ID"]),
    ("why a b", 64, ["Unrecognized arguments: b"]),
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
    ("series add ana ben@corp.example Tue 10:00", 78, ["[[one_on_one]] 2 (ana) report must be one plain mail address"]),
    ("series add c@corp.example ben@corp.example Tusday 10:00 --zone UTC", 78, ["did you mean Tuesday?"]),
    ("series add c@corp.example ben@corp.example Tue 10 --zone UTC", 78, ["time must be a time of day"]),
    ("series add c@corp.example ben@corp.example Tue 10:00 --minutes x", 64, ["--minutes", "'x'"]),
    ("series add ana@corp.example ben@corp.example Tue 10:00", 78, ["stand there twice"]),
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
    ("backup full", 78, ["full is not an empty folder"]),
    ("backup data/copy", 78, ["lies in the data folder itself"]),
    ("backup file.txt", 78, ["file.txt is not an empty folder"]),
    ("backup copy --config nowhere.toml", 78, ["nowhere.toml"]),
]


@pytest.mark.parametrize(("line", "code", "words"), WRONG, ids=[line or "nothing" for line, _, _ in WRONG])
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


def test_every_command_is_tried_with_three_wrong_inputs() -> None:
    for command in (*COMMANDS, "series list", "series show", "series add", "series pause", "quarantine list",
                    "quarantine show", "quarantine replay", "quarantine drop"):
        tried = [line for line, _, _ in WRONG if line.startswith(command.split()[0][:3])]
        if " " in command:
            tried = [line for line, _, _ in WRONG if line.startswith(command)]
        assert len(tried) >= 3, f"{command}: {tried}"


def test_a_sentence_is_all_there_is(installed: Run) -> None:
    _, out, err = installed("series", "show", "nobody")
    assert (out, sentence(err)) == ("", "mailbot: There is no series nobody; `mailbot series list` shows them\n")


def test_verbose_shows_where_it_came_from(installed: Run) -> None:
    code, _, err = installed("-v", "series", "show", "nobody")
    assert code == 66
    assert "Traceback" in err
    assert err == installed("series", "show", "nobody", "--verbose")[2]


# ---- mistakes of ours ----


def test_a_mistake_of_ours_is_a_sentence_that_names_a_log(installed: Run, tmp_path: Path) -> None:
    next((tmp_path / "data" / "quarantine").glob("*.json")).write_bytes(b'{"name": 5, "reason": "%s"}' % SECRET_WORDS.encode())
    code, _, err = installed("quarantine", "list")
    if code == 70:
        log = Path(sentence(err).split()[-1])
        assert "mailbot" in log.read_text()
        assert SECRET_WORDS not in log.read_text(), "the words of an exception may be words of a mail"
        log.unlink()
    assert code in (70, 78)
    assert SECRET_WORDS not in err


# ---- config, series ----


def test_config_prints_the_sample(run: Run) -> None:
    assert run("config") == (0, annotated(), "")


def test_series_are_told_without_words(installed: Run) -> None:
    code, out, _ = installed("series", "list")
    assert code == 0
    assert out.split("\t")[:4] == ["abcdefgh", "ana@corp.example", "ben@corp.example", "Tuesday 10:00 Europe/Lisbon, 30 min"]
    for name in ("abcdefgh", "ABCDEFGH", "Ben@corp.example"):
        code, out, _ = installed("series", "show", name)
        assert code == 0
        assert "1 agenda items" in out
        assert "1 open" in out
        assert "Tue 2026-03-17 10:00" in out
        assert SECRET_WORDS not in out


def test_series_add_prints_a_block_that_can_be_pasted(installed: Run, tmp_path: Path) -> None:
    before = (tmp_path / "config.toml").read_text()
    line = ("series", "add", "Caro@corp.example", "ben@corp.example", "fri", "9:30", "--zone", "Europe/Berlin",
            "--minutes", "45", "--every-weeks", "2", "--first", "2026-12-01")
    code, out, err = installed(*line)
    assert code == 0
    assert "Paste this at the end of config.toml" in err
    assert (tmp_path / "config.toml").read_text() == before
    report, manager, cadence = parse(before + out).series()[1]
    assert (report.name, manager.address) == ("Caro", "ben@corp.example")
    assert cadence == Cadence(4, time(9, 30), "Europe/Berlin", 2, 45, date(2026, 12, 1))
    assert installed(*line, "--write")[0] == 0
    assert parse((tmp_path / "config.toml").read_text()).series()[1].cadence == cadence
    assert installed(*line, "--write")[0] == 78, "a pair stands there once"


def test_series_add_writes_behind_a_last_line_without_end(installed: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(file.read_text().rstrip())
    assert installed("series", "add", "caro@corp.example", "ben@corp.example", "Fri", "9:30", "--zone", "UTC", "--write")[0] == 0
    assert len(parse(file.read_text()).series()) == 2


# ---- status ----


def test_status_counts(installed: Run) -> None:
    code, out, _ = installed("status")
    assert code == 0
    lines = {line[:12].strip(): line[12:] for line in out.splitlines()}
    assert (lines["series"], lines["quarantine"], lines["mails read"]) == ("1", "1", "1 applied")
    assert SECRET_WORDS not in out
    facts = json.loads(installed("status", "--json")[1])
    assert facts["series"] == 1
    assert set(facts["next_mails"]) == {"within an hour", "within a day", "within a week"}


def test_commands_that_look_do_so_beside_a_running_mailbot(installed: Run, tmp_path: Path) -> None:
    running = open_store(tmp_path / "data")
    try:
        for line in ("status", "series list", "series show abcdefgh", "quarantine list", "backup copy"):
            assert installed(*line.split())[0] == 0
    finally:
        running.close()


# ---- preview ----


@pytest.mark.parametrize("to", list(Role))
def test_preview_renders_every_mail(run: Run, tmp_path: Path, to: Role) -> None:
    code, out, _ = run("preview", "all", "--to", to, "--folder", "looks")
    assert code == 0
    assert len(out.split()) == 3 * len(Purpose)
    for purpose in Purpose:
        text, page, mail = ((tmp_path / "looks" / f"{purpose}{suffix}") for suffix in (".txt", ".html", ".eml"))
        assert text.read_text("utf8").startswith("Subject: ")
        assert "<html" in page.read_text("utf8")
        assert email.message_from_bytes(mail.read_bytes())["To"].endswith(f"<{'ana' if to is Role.REPORT else 'ben'}@corp.example>")


def test_preview_shows_own_templates(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "words" / "en").mkdir(parents=True)
    help_card = (ROOT / "templates" / "en" / "help.txt").read_text("utf8")
    (tmp_path / "words" / "en" / "help.txt").write_text(f"{help_card}\nOurs.\n", "utf8")
    config = tmp_path / "config.toml"
    config.write_text(f'{config.read_text()}\n[templates]\nfolder = "words"\n')
    assert installed("preview", "help")[0] == 0
    assert "Ours." in (tmp_path / "preview" / "help.txt").read_text("utf8")
    (tmp_path / "words" / "en" / "help.txt").write_text("Subject: x\n\n{% if %}", "utf8")
    code, _, err = installed("preview", "help")
    assert code == 78
    assert "help.txt" in sentence(err)
    assert "line 3" in err or ":3" in err


# ---- quarantine ----


def test_quarantine_shows_and_drops(installed: Run) -> None:
    _, out, _ = installed("quarantine", "list")
    name, since, octets, reason = out.strip().split("\t")
    assert (since, octets, reason) == ("2026-03-10 09:00", "23", "too many parts")
    code, out, _ = installed("quarantine", "show", name)
    assert code == 0
    assert "broken" in out
    assert installed("quarantine", "drop", name)[:2] == (0, f"{name} is gone.\n")
    assert installed("quarantine", "list")[1] == ""


# ---- backup ----


def test_backup_copies_what_matters_for_us_alone(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "data" / ".half.json.tmp").write_text("{")
    code, out, _ = installed("backup", "copy")
    assert code == 0
    assert "files of data are in copy" in out
    assert not list((tmp_path / "copy").rglob(".*"))
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    store = open_store(tmp_path / "copy")
    stored = store.load(SERIES.id)
    store.close()
    assert stored is not None
    assert stored.series == SERIES


def test_backup_names_keys_that_lie_elsewhere(installed: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'{config.read_text()}\n[data]\nkey_file = "elsewhere/keys"\n')
    assert "elsewhere/keys" in installed("backup", "copy")[1]


# ---- check: against a real SMTP server ----


def checked(run: Run) -> tuple[int, dict[str, str]]:
    """Exit code, and "ok" or "FAIL" with its words by the name of the check."""
    code, out, _ = run("check")
    found = [line.split(maxsplit=2) for line in out.splitlines() if not line.startswith("note")]
    return code, {name: f"{state} {words}" for state, name, words in found}


def test_check_is_green_when_all_is_well(installed: Run, tmp_path: Path) -> None:
    with sink() as server:
        (tmp_path / "config.toml").write_text(CONFIG.format(smtp=server.port, door=free_port(), login='login = "none"'))
        code, told = checked(installed)
        assert code == 0
        assert list(told) == ["config", "data", "keys", "templates", "smtp", "receive"]
        assert all(words.startswith("ok ") for words in told.values())
        assert server.mails == []
    assert not (tmp_path / "data" / "keys").exists(), "who checks may be another user than who runs"


@pytest.mark.parametrize(
    ("password", "code", "words"),
    [(None, 78, "MAILBOT_SMTP_PASSWORD"), ("wrong", 77, "does not accept the login"), ("secret", 0, "logged in as mailbot")],
)
def test_check_logs_in(
    installed: Run, monkeypatch: pytest.MonkeyPatch, password: str | None, code: int, words: str
) -> None:
    monkeypatch.delenv("MAILBOT_SMTP_PASSWORD", raising=False)
    if password:
        monkeypatch.setenv("MAILBOT_SMTP_PASSWORD", password)
    with sink() as server:
        Path("config.toml").write_text(CONFIG.format(smtp=server.port, door=free_port(), login='user = "mailbot"'))
        left, told = checked(installed)
    assert left == code
    assert words in told["smtp"]
    assert "wrong" not in told["smtp"]


def test_check_tells_everything_that_is_wrong(installed: Run, tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        text = CONFIG.format(smtp=free_port(), door=taken.getsockname()[1], login='login = "none"')
        (tmp_path / "config.toml").write_text(
            f'{text}\n[templates]\nfolder = "words"\n[[person]]\naddress = "x@corp.example"\nzone = "UTC"\n'
        )
        (tmp_path / "data" / "keys").write_text("zz\n")
        (tmp_path / "data" / "keys").chmod(0o600)
        code, told = checked(installed)
    assert code == 78
    assert {name for name, words in told.items() if words.startswith("FAIL")} == {"keys", "templates", "smtp", "receive"}
    assert "hexadecimal" in told["keys"]
    assert "words is no folder" in told["templates"]
    assert "nothing can listen on" in told["receive"]


def test_check_names_a_language_without_templates(installed: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'{config.read_text()}\n[[person]]\naddress = "x@corp.example"\nzone = "UTC"\nlanguage = "xx"\n')
    assert "no templates in 'xx' for x@corp.example" in checked(installed)[1]["templates"]


# ---- the terminal ----


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environ", "coloured"),
    [
        (Screen(), {}, True),
        (Screen(), {"TERM": "dumb"}, False),
        (Screen(), {"NO_COLOR": "1"}, False),
        (io.StringIO(), {}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_terminals(stream: io.StringIO, environ: dict[str, str], coloured: bool) -> None:
    terminal = Terminal(stream, io.StringIO(), environ)
    assert terminal.paint("ok", "green") == ("\x1b[32mok\x1b[0m" if coloured else "ok")


def test_progress_is_for_terminals() -> None:
    screen, pipe = Screen(), io.StringIO()
    assert list(Terminal(io.StringIO(), screen, {}).progress(["a", "b"], "reading")) == ["a", "b"]
    assert "reading 2 of 2 ..." in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")
    assert list(Terminal(io.StringIO(), pipe, {}).progress("ab", "reading")) == ["a", "b"]
    assert pipe.getvalue() == ""


def test_a_table_is_aligned_on_a_terminal_and_plain_in_a_pipe() -> None:
    screen, pipe = Screen(), io.StringIO()
    rows = [("abc", 5), ("\x1b[2J", 12)]
    for out in (screen, pipe):
        Terminal(out, io.StringIO(), {"NO_COLOR": "1"}).table(("name", "size"), rows)
    assert screen.getvalue() == "name  size\nabc   5\n\N{REPLACEMENT CHARACTER}[2J  12\n"
    assert pipe.getvalue() == "abc\t5\n\N{REPLACEMENT CHARACTER}[2J\t12\n"


def test_a_reader_that_leaves_early_is_no_mistake() -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    line = f"{sys.executable} -m mailbot config | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, env=env, check=False, cwd="/")
    assert done.stdout.startswith("# The settings of mailbot")
    assert done.stderr == ""
