"""Holds: each command shows and does what its help says, beside a running mailbot too, and tells no
words of a person.

series, status, preview, quarantine, backup, explain.
"""

import email
import email.message
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from mailbot.config.file import annotated, parse
from mailbot.errors import OperatorError
from mailbot.inbound.message.limits import Limits
from mailbot.meeting.events import Outcome
from mailbot.meeting.model import Cadence, Purpose, Role
from mailbot.service.runtime.clock import now
from mailbot.service.runtime.wiring import open_mailbot
from mailbot.store.open import open_store
from mailbot.store.protocol import Change, Entry, Mail, OutboxState
from mailbot.store.raw_mail import RawMailStore
from mailbot.store.update import update
from mailbot.testing import House
from tests.unit.commands.conftest import AT, CONFIG, ROOT, SECRET_WORDS, SERIES, Run, sentence

# ---- config, series ----


def test_config_prints_the_sample(run: Run) -> None:
    assert run("config") == (0, annotated(), "")


def test_series_are_told_without_words(installed: Run) -> None:
    code, out, _ = installed("series", "list")
    assert code == 0
    assert out.split("\t")[:4] == [
        "abcdefgh",
        "ana@corp.example",
        "ben@corp.example",
        "Tuesday 10:00 Europe/Lisbon, 30 min",
    ]
    for name in ("abcdefgh", "ABCDEFGH", "Ben@corp.example"):
        code, out, _ = installed("series", "show", name)
        assert code == 0
        assert "1 agenda item," in out
        assert "1 open" in out
        assert "Tue 2026-03-17 10:00" in out
        assert SECRET_WORDS not in out


def test_series_add_prints_a_block_that_can_be_pasted(installed: Run, tmp_path: Path) -> None:
    before = (tmp_path / "config.toml").read_text()
    line = (
        "series",
        "add",
        "Caro@corp.example",
        "ben@corp.example",
        "fri",
        "9:30",
        "--zone",
        "Europe/Berlin",
        "--minutes",
        "45",
        "--every-weeks",
        "2",
        "--first",
        "2026-12-01",
    )
    code, out, err = installed(*line)
    assert code == 0
    assert "Paste this at the end of config.toml" in err
    assert (tmp_path / "config.toml").read_text() == before
    report, manager, cadence = parse(before + out).series()[1]
    assert (report.name, manager.address) == ("Caro", "ben@corp.example")
    assert cadence == Cadence(4, time(9, 30), "Europe/Berlin", 2, 45, date(2026, 12, 1))
    assert installed(*line, "--write")[0] == 0
    assert parse((tmp_path / "config.toml").read_text()).series()[1].cadence == cadence
    assert installed(*line, "--write")[0] == 64, "a pair stands there once"


def test_series_add_writes_behind_a_last_line_without_end(installed: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(file.read_text().rstrip())
    assert (
        installed(
            "series",
            "add",
            "caro@corp.example",
            "ben@corp.example",
            "Fri",
            "9:30",
            "--zone",
            "UTC",
            "--write",
        )[0]
        == 0
    )
    assert len(parse(file.read_text()).series()) == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "ana ben@corp.example Tue 10:00",
            "report must be one plain mail address such as ana@corp.example, not 'ana'.",
        ),
        (
            "c@corp.example ben@corp.example Tusday 10 --zone UTC",
            "weekday must be a weekday such as \"Tuesday\", not 'Tusday'; did you mean Tuesday? time must be a time of day such as \"09:30\", not '10'.",
        ),
        (
            "c@corp.example c@corp.example Tue 10:00 --zone UTC",
            "report and manager must be two people.",
        ),
        (
            "ana@corp.example Ben@corp.example Tue 10:00",
            "ana@corp.example and ben@corp.example have a one-on-one already.",
        ),
        (
            "c@corp.example ben@corp.example Tue 10:00",
            "nobody knows where c@corp.example is; say --zone.",
        ),
    ],
)
def test_series_add_tells_what_was_typed_and_not_what_is_in_the_file(
    installed: Run, line: str, words: str
) -> None:
    code, out, err = installed("series", "add", *line.split())
    assert (code, out, sentence(err)) == (64, "", f"mailbot: {words}\n")


def test_a_series_that_the_file_no_longer_names_is_noted(installed: Run, tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    update(
        store,
        lambda: Change("", values={"configured": {SERIES.id: "digest", "gonegone": "digest"}}),
    )
    store.close()
    config = tmp_path / "config.toml"
    config.write_text(config.read_text().replace("ana@corp.example", "caro@corp.example"))
    note = f"note  1 series that this file no longer names go on ({SERIES.id}); end one with `mailbot series pause SERIES --without-end`."
    assert note in installed("check")[1]
    assert installed("series", "pause", SERIES.id, "--without-end")[0] == 0
    assert "no longer names" not in installed("check")[1]


# ---- status ----


KEYS = [
    "running", "last_poll", "mailbox_refused", "series", "next_mails", "outbox", "outbox_oldest", "outbox_paused", "unreachable",
    "mails_read", "unaccounted", "last_audit", "waiting_for_yes", "quarantine", "needs_a_hand",
]  # fmt: skip
"""What monitoring may rely on."""


IMAP = '[imap]\nhost = "127.0.0.1"\nport = 9\ntls = "none"\nuser = "mailbot"\n[smtp]'


@pytest.fixture
def with_mailbox(installed: Run, tmp_path: Path) -> Run:
    config = tmp_path / "config.toml"
    config.write_text(config.read_text().replace("[smtp]", IMAP))
    return installed


def shown(installed: Run) -> dict[str, str]:
    return {line[:17].strip(): line[17:] for line in installed("status")[1].splitlines()}


def facts_of(installed: Run) -> tuple[int, dict[str, Any]]:
    code, out, _ = installed("status", "--json")
    return code, json.loads(out)


def with_values(folder: Path, **values: object) -> None:
    store = open_store(folder / "data")
    update(store, lambda: Change("", values=values))
    store.close()


def test_status_counts(with_mailbox: Run) -> None:
    installed = with_mailbox
    lines = shown(installed)
    assert (lines["series"], lines["quarantine"], lines["mails read"]) == ("1", "1", "1 applied")
    assert (lines["running"], lines["last poll"]) == ("no", "never")
    assert (lines["unaccounted"], lines["last audit"]) == ("never audited", "never"), (
        "nobody has looked"
    )
    assert SECRET_WORDS not in " ".join(lines.values())
    code, facts = facts_of(installed)
    assert (code, list(facts)) == (3, KEYS)
    assert (facts["series"], facts["running"], facts["last_poll"], facts["unaccounted"]) == (
        1,
        False,
        None,
        None,
    )
    assert set(facts["next_mails"]) == {"within an hour", "within a day", "within a week"}
    assert facts["needs_a_hand"] == [], "what does not run is started, not mended"


def test_where_mail_is_handed_in_there_is_no_mailbox_to_tell_of(installed: Run) -> None:
    assert {
        shown(installed)[name]
        for name in ("last poll", "mailbox refused", "unaccounted", "last audit")
    } == {"-"}


def test_status_says_whether_mailbot_runs_and_when_it_looked(
    with_mailbox: Run, tmp_path: Path
) -> None:
    installed = with_mailbox
    (tmp_path / "data" / "polled").touch()
    os.utime(tmp_path / "data" / "polled", (AT.timestamp() + 0.7,) * 2)
    running = open_store(tmp_path / "data")
    try:
        lines, (code, facts) = shown(installed), facts_of(installed)
    finally:
        running.close()
    assert (lines["running"], lines["last poll"], code) == ("yes", "2026-03-10 09:00:00 UTC", 1), (
        "long ago"
    )
    assert (facts["running"], facts["last_poll"]) == (True, AT.isoformat())
    assert (shown(installed)["running"], installed("status")[0]) == ("no", 3)


@pytest.mark.parametrize(
    ("values", "polled", "label", "told", "hand"),
    [
        (
            {"paused": {"since": AT.isoformat(), "why": "535 no"}},
            0,
            "paused",
            "since 2026-03-10 09:00:00 UTC: 535 no",
            "no mail leaves: 535 no",
        ),
        ({"paused": {}}, 0, "paused", "no", ""),
        (
            {"told": {"inbox_refused": AT.isoformat()}},
            None,
            "mailbox refused",
            "2026-03-10 09:00:00 UTC",
            "the mailbox refuses the login",
        ),
        ({"told": {"inbox_refused": AT.isoformat()}}, 0, "mailbox refused", "no", ""),
        ({}, 21, "mailbox refused", "no", "the mailbox was not looked into for a while"),
        (
            {"audit": {"at": AT.isoformat(), "unaccounted": 2}},
            0,
            "unaccounted",
            "2",
            "mails had no outcome",
        ),
        (
            {"audit": {"at": AT.isoformat(), "unaccounted": 0}},
            0,
            "last audit",
            "2026-03-10 09:00:00 UTC",
            "",
        ),
    ],
)
def test_status_says_what_needs_a_hand(
    with_mailbox: Run,
    tmp_path: Path,
    *,
    values: dict[str, object],
    polled: int | None,
    label: str,
    told: str,
    hand: str,
) -> None:
    """`polled`: minutes ago."""
    installed = with_mailbox
    with_values(tmp_path, **values)
    if polled is not None:
        (tmp_path / "data" / "polled").touch()
        os.utime(tmp_path / "data" / "polled", (now().timestamp() - 60 * polled,) * 2)
    running = open_store(tmp_path / "data")
    try:
        lines, (code, facts) = shown(installed), facts_of(installed)
    finally:
        running.close()
    assert lines[label] == told
    assert (code, bool(facts["needs_a_hand"])) == (bool(hand), bool(hand))
    assert lines.get("needs a hand", "").startswith(hand)


def test_status_counts_the_dead_the_waiting_and_says_since_when_mails_wait(
    installed: Run, tmp_path: Path
) -> None:
    store = open_store(tmp_path / "data")
    stored = store.load(SERIES.id)
    assert stored is not None
    ben = replace(stored.series.manager, unreachable=True)
    raw = b"Date: Tue, 10 Mar 2026 09:00:00 +0100\r\n\r\n"
    mail = Mail(
        "1@corp.example",
        "mailbot@corp.example",
        "ana@corp.example",
        raw,
        "",
        Purpose.NOTICE,
        to=Role.REPORT,
    )
    store.commit(Change("", replace(stored.series, manager=ben), stored.rev, (mail,)))
    store.claim(now(), "w", timedelta(hours=1))
    store.settle(mail.id, OutboxState.DEFERRED, now() + timedelta(hours=1), worker="w", now=now())
    store.journal(Entry(AT, "imap/Junk/1/1", "j@x", Outcome.JUNK))
    store.close()
    RawMailStore(tmp_path / "data" / "held").put(b"words", "unsure", AT, "digest")
    lines = shown(installed)
    assert (lines["unreachable"], lines["waiting for yes"], lines["outbox"]) == (
        "1",
        "1",
        "1 deferred",
    )
    assert (lines["oldest"], lines["mails read"]) == (
        "2026-03-10 08:00:00 UTC",
        "1 applied, 1 junk",
    )


def test_status_has_colours_on_a_terminal_alone(
    installed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in installed("status")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "running          \x1b[31mno\x1b[0m\n" in installed("status")[1]
    assert "\x1b" not in installed("status", "--json")[1]


def test_commands_that_look_do_so_beside_a_running_mailbot(installed: Run, tmp_path: Path) -> None:
    running = open_store(tmp_path / "data")
    try:
        for line in (
            "status",
            "series list",
            "series show abcdefgh",
            "quarantine list",
            "backup copy",
        ):
            assert installed(*line.split())[0] == 0, line
    finally:
        running.close()


@pytest.mark.parametrize(
    "line",
    [
        "status",
        "status --json",
        "series list",
        "series show abcdefgh",
        "series pause abcdefgh --without-end",
        "why 1@x",
        "backup copy",
        "explain reply.eml",
    ],
)
def test_before_the_first_run_there_is_nothing_to_look_at_and_nothing_is_made(
    run: Run, tmp_path: Path, line: str
) -> None:
    (tmp_path / "config.toml").write_text(CONFIG.format(smtp=25, door=8024, login='login = "none"'))
    (tmp_path / "reply.eml").write_bytes(REPLY)
    code, out, err = run(*line.split())
    assert (code, out) == (78, "")
    assert "`mailbot run` makes" in sentence(err)
    assert {path.name for path in tmp_path.iterdir()} == {"config.toml", "reply.eml"}


def test_a_start_without_a_password_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAILBOT_SMTP_PASSWORD", raising=False)
    (tmp_path / "config.toml").write_text(
        CONFIG.format(smtp=25, door=8024, login='user = "mailbot"')
    )
    code, _, err = run("run")
    assert (code, "MAILBOT_SMTP_PASSWORD" in sentence(err)) == (78, True)
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


# ---- preview ----


@pytest.mark.parametrize("to", list(Role))
def test_preview_renders_every_mail(run: Run, tmp_path: Path, to: Role) -> None:
    code, out, _ = run("preview", "all", "--to", to, "--folder", "looks")
    assert code == 0
    assert len(out.split()) == 3 * len(Purpose)
    for purpose in Purpose:
        text, page, mail = (
            (tmp_path / "looks" / f"{purpose}{suffix}") for suffix in (".txt", ".html", ".eml")
        )
        assert text.read_text("utf8").startswith("Subject: ")
        assert "<html" in page.read_text("utf8")
        assert email.message_from_bytes(mail.read_bytes())["To"].endswith(
            f"<{'ana' if to is Role.REPORT else 'ben'}@corp.example>"
        )


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
    assert "words/en/help.txt, line 3: " in sentence(err)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("en/help.txt", "Subject: x\n\n{% if %}", "FAIL  templates  words/en/help.txt, line 3: "),
        (
            "en/help.txt",
            "Subject: x\n\n{{ m.nobody }}",
            "FAIL  templates  words/en/help.txt, line 3: there is no m.nobody.",
        ),
        (
            "en/phrases.txt",
            "{% macro hi() %}{% endmacro %}",
            "FAIL  templates  words/en/phrases.txt has no macro",
        ),
        (
            "en/agneda.txt",
            "Subject: x\n\n",
            "note  [templates] folder: en/agneda.txt is the name of no template; did you mean en/agenda.txt?",
        ),
        (
            "help.txt",
            "Subject: x\n\n",
            "note  [templates] folder: help.txt is the name of no template; did you mean en/help.txt?",
        ),
        ("en/notes.doc", "x", "note  [templates] folder: en/notes.doc is the name of no template"),
    ],
)
def test_check_looks_through_own_templates(
    installed: Run, tmp_path: Path, name: str, text: str, words: str
) -> None:
    (tmp_path / "words" / "en").mkdir(parents=True)
    (tmp_path / "words" / name).write_text(text, "utf8")
    config = tmp_path / "config.toml"
    config.write_text(f'{config.read_text()}\n[templates]\nfolder = "words"\n')
    assert words in installed("check")[1]


@pytest.mark.parametrize(
    ("target", "inside"),
    [
        ("/etc/passwd", False),
        ("../../data/keys", False),
        ("../../words-of-others/x.txt", False),
        ("inside.txt", True),
    ],
)
def test_a_template_that_links_out_of_its_folder_is_refused(
    installed: Run, tmp_path: Path, target: str, inside: bool
) -> None:
    """What it leads to would be mailed."""
    folder = tmp_path / "words" / "en"
    folder.mkdir(parents=True)
    (folder / "inside.txt").write_text(
        (ROOT / "templates" / "en" / "help.txt").read_text("utf8"), "utf8"
    )
    (folder / "help.txt").symlink_to(target)
    config = tmp_path / "config.toml"
    config.write_text(f'{config.read_text()}\n[templates]\nfolder = "words"\n')
    code, _, err = installed("preview", "help")
    assert code == (0 if inside else 78)
    if not inside:
        assert (
            sentence(err)
            == "mailbot: [templates] folder: en/help.txt leads out of words; put the file there instead of a link.\n"
        )


def test_a_template_folder_may_be_a_link_itself(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "real" / "en").mkdir(parents=True)
    (tmp_path / "words").symlink_to("real")
    config = tmp_path / "config.toml"
    config.write_text(f'{config.read_text()}\n[templates]\nfolder = "words"\n')
    assert installed("preview", "help")[0] == 0


# ---- the data folder ----


@pytest.mark.parametrize(
    ("there", "ours"),
    [
        ((), True),
        (("keys", "smtp.password", ".cache/", "lost+found/"), True),
        (("series/", "cron.d/"), True),
        (("passwd", "cron.d/"), False),
    ],
)
def test_a_folder_that_holds_folders_of_others_is_left_alone(
    run: Run, tmp_path: Path, there: tuple[str, ...], ours: bool
) -> None:
    (tmp_path / "config.toml").write_text(
        CONFIG.format(smtp=25, door=8024, login='login = "none"') + '[data]\nfolder = "etc"\n'
    )
    (tmp_path / "etc").mkdir()
    for name in there:
        path = tmp_path / "etc" / name
        path.mkdir() if name.endswith("/") else path.touch()
    config = parse((tmp_path / "config.toml").read_text(), tmp_path / "config.toml")
    before = sorted((tmp_path / "etc").rglob("*"))
    told = run("check")[1]
    assert ("holds a folder that is not mailbot's" in told) != ours, told
    if ours:
        return
    assert (
        f"etc holds a folder that is not mailbot's ({there[-1].rstrip('/')}); name a folder of its own"
        in told
    )
    with pytest.raises(OperatorError, match="name a folder of its own"), open_mailbot(config):
        pytest.fail("it was used")
    assert sorted((tmp_path / "etc").rglob("*")) == before, "nothing was made in it"


# ---- quarantine ----


def test_quarantine_lists_and_drops(installed: Run) -> None:
    _, out, _ = installed("quarantine", "list")
    name, since, octets, reason = out.strip().split("\t")
    assert (since, octets, reason) == ("2026-03-10 09:00", "23", "too many parts")
    assert installed("quarantine", "drop", name)[:2] == (0, f"{name} is gone.\n")
    assert installed("quarantine", "list")[1] == ""


UNREADABLE = b"""From: Ana \x1b[2J <ana@corp.example>
To: mailbot@corp.example
Date: Tue, 10 Mar 2026 09:00:00 +0000
Message-ID:
 <4@corp.example>
Subject: the move to Porto

private: the move to Porto
"""


def test_quarantine_shows_who_and_why_and_the_words_only_when_asked(
    installed: Run, tmp_path: Path
) -> None:
    kept = RawMailStore(tmp_path / "data" / "quarantine")
    name = kept.put(
        UNREADABLE,
        "too many parts",
        AT,
        "imap/INBOX/7/1",
        trace=("our own mail: no",),
        proof="pass",
    )
    code, out, _ = installed("quarantine", "show", name[:6])
    assert code == 0
    assert SECRET_WORDS not in out
    told = {line[:12].strip(): line[12:] for line in out.splitlines()}
    assert told == {
        "name": name, "reason": "too many parts", "since": "2026-03-10 09:00 UTC", "octets": str(len(UNREADABLE)),
        "key": "imap/INBOX/7/1", "From": "Ana \N{REPLACEMENT CHARACTER}[2J <ana@corp.example>", "To": "mailbot@corp.example",
        "Date": "Tue, 10 Mar 2026 09:00:00 +0000", "Message-ID": "<4@corp.example>", "own check": "pass", "rules": "",
        "our own": "mail: no",
    }  # fmt: skip
    code, out, _ = installed("quarantine", "show", "--words", name)
    assert (code, out.count(SECRET_WORDS)) == (0, 2)


def test_the_words_of_a_mail_go_into_a_pipe_byte_for_byte(installed: Run, tmp_path: Path) -> None:
    name = aside(tmp_path, UNREADABLE)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    line = [sys.executable, "-m", "mailbot", "quarantine", "show", "--words", name]
    assert subprocess.run(line, capture_output=True, env=env, check=True).stdout == UNREADABLE


def test_the_beginning_of_a_name_is_enough_if_only_one_has_it(
    installed: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "data" / "quarantine"
    name = aside(tmp_path, UNREADABLE)
    twin = f"{name[:8]}{'0' * 24}"
    (folder / f"{twin}.eml").write_bytes(UNREADABLE)
    code, _, err = installed("quarantine", "drop", name[:8])
    assert (code, sentence(err)) == (
        66,
        f"mailbot: 2 names in quarantine begin with {name[:8]}; type more of it\n",
    )
    assert installed("quarantine", "drop", name[:3])[0] == 66, "too short to be meant"
    assert installed("quarantine", "drop", twin)[0] == 0
    assert installed("quarantine", "drop", name[:8].upper())[0] == 0


def test_a_quarantine_that_others_own_is_not_told_to_be_empty(
    installed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("os.scandir", refused)
    code, out, err = installed("quarantine", "list")
    assert (code, out) == (77, "")
    assert (
        sentence(err)
        == "mailbot: data/quarantine: permission denied; run mailbot as the owner of [data] folder\n"
    )


@pytest.mark.parametrize(
    "raw", [b"", b"X: y\r\n" * 50_000, b"Message-ID: " + b"<" * 100_000, b"\xff\xfe\x00From"]
)
def test_why_knows_mails_that_cannot_be_read(installed: Run, tmp_path: Path, raw: bytes) -> None:
    """By name, by key, and by Message-ID where one can be found."""
    named = b"Message-Id: <5@corp.example>\r\n" + raw
    store = open_store(tmp_path / "data")
    mailbot = House(AT, tmp_path, store).mailbot
    mailbot.retention.quarantine = RawMailStore(tmp_path / "data" / "quarantine")
    mailbot.take("imap/INBOX/7/1", raw, AT)
    mailbot.take("imap/INBOX/7/2", named, AT)
    store.close()
    found = {aside.key: aside for aside in mailbot.quarantine.list()}
    if "imap/INBOX/7/1" in found:
        words = [found["imap/INBOX/7/1"].name, "imap/INBOX/7/1"]
        assert [installed("why", word)[1].count("set_aside: ") for word in words] == [1, 1]
    assert "UTC  " in installed("why", "<5@corp.example>")[1]
    for nothing in ("", "<>", " "):
        code, out, err = installed("why", nothing)
        assert (code, out) == (64, "")
        assert "Say which mail" in sentence(err)


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


# ---- commands that act ----


PAIR = "abcdefgh (ana@corp.example, ben@corp.example)"


def test_a_pause_tells_both_and_a_resume_ends_it(installed: Run) -> None:
    code, out, _ = installed("series", "pause", "ana@corp.example", "--until", "2099-01-07")
    assert (code, out) == (0, f"{PAIR}: paused until 2099-01-07\n")
    assert "paused until 2099-01-07" in installed("series", "show", "abcdefgh")[1]
    assert "2 queued" in installed("status")[1]
    assert installed("series", "pause", "abcdefgh", "--over")[:2] == (0, f"{PAIR}: runs\n")
    assert "paused" not in installed("series", "show", "abcdefgh")[1]
    assert installed("series", "pause", "abcdefgh", "--without-end")[:2] == (0, f"{PAIR}: paused\n")


@pytest.mark.parametrize(
    ("words", "sentence_of"),
    [
        (["--until", "2020-01-01"], "--until 2020-01-01 is not after today"),
        (["--over"], "ana@corp.example is not paused"),
    ],
)
def test_a_pause_that_changes_nothing_is_refused_and_nobody_is_written_to(
    installed: Run, words: list[str], sentence_of: str
) -> None:
    code, out, err = installed("series", "pause", "ana@corp.example", *words)
    assert (code, out, sentence(err)) == (64, "", f"mailbot: {sentence_of}\n")
    assert json.loads(installed("status", "--json")[1])["outbox"] == {}


@pytest.mark.parametrize(
    "line", ["series pause abcdefgh --without-end", "quarantine replay {name}"]
)
def test_commands_that_act_say_what_to_do_while_mailbot_runs(
    installed: Run, tmp_path: Path, line: str
) -> None:
    name = installed("quarantine", "list")[1].split("\t")[0]
    running = open_store(tmp_path / "data")
    try:
        code, _, err = installed(*line.format(name=name).split())
    finally:
        running.close()
    assert (code, sentence(err)) == (
        75,
        "mailbot: A mailbot runs on data: stop it for a moment, run this, start it again\n",
    )


def aside(folder: Path, raw: bytes) -> str:
    return RawMailStore(folder / "data" / "quarantine").put(raw, "too many parts", AT, "lmtp/3")


def test_a_mail_that_can_be_read_now_leaves_the_quarantine(installed: Run, tmp_path: Path) -> None:
    name = aside(
        tmp_path,
        b"From: x@elsewhere.example\r\nMessage-ID: <2@x>\r\nSubject: hello\r\n\r\nbuy now\r\n",
    )
    code, out, _ = installed("quarantine", "replay", name)
    assert (code, out) == (0, f"{name} was read: ignored, stranger.\n")
    assert name not in installed("quarantine", "list")[1]
    assert "ignored: stranger" in installed("why", name[:8])[1], "the name it had leads there, too"
    code, out, _ = installed("why", "2@x")
    assert code == 0
    assert "ignored: stranger" in out
    assert len(out.splitlines()) > 3, "every rule that was asked"


def test_a_mail_that_cannot_be_read_stays(installed: Run, tmp_path: Path) -> None:
    name = aside(tmp_path, b"X: y\r\n" * 200_000)
    code, _, err = installed("quarantine", "replay", name)
    assert code == 66
    assert sentence(err) == f"mailbot: {name} stays in quarantine: header block too big\n"
    assert installed("quarantine", "list")[1].count("\n") == 2


REPLY = b"""From: Ana <ana@corp.example>
To: mailbot@corp.example
Message-ID: <3@corp.example>
Subject: Re: 1:1 Ana / Ben
Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example

Career
- a course on public speaking
private: the move to Porto

On Tue, 10 Mar 2026 at 09:00, 1:1 Ana / Ben <mailbot@corp.example> wrote:
> Hi Ana,
"""


def test_explain_shows_the_journey_and_writes_nothing(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "reply.eml").write_bytes(REPLY)
    parse((tmp_path / "config.toml").read_text(), tmp_path / "config.toml").keys()
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()}
    code, out, _ = installed("explain", "reply.eml")
    assert code == 0
    for words in ("ana@corp.example", "a course on public speaking", "abcdefgh", "sure"):
        assert words in out
    found = json.loads(installed("explain", "reply.eml", "--json")[1])
    assert (found["outcome"], found["certainty"], found["series"]) == (
        "applied",
        "sure",
        "abcdefgh",
    )
    assert [line["own"] for line in found["lines"] if "Hi Ana" in line["text"]] == [False]
    assert any("public speaking" in said for said in found["understood"])
    after = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()}
    assert after == before


def test_explain_reads_no_more_than_it_must_to_see_that_a_mail_is_too_big(
    installed: Run, tmp_path: Path
) -> None:
    parse((tmp_path / "config.toml").read_text(), tmp_path / "config.toml").keys()
    with (tmp_path / "huge.eml").open("wb") as file:
        file.truncate(10**10)  # more than any memory; no block of it exists
        file.write(b"From: ana@corp.example\r\n\r\n")
    code, out, _ = installed("explain", "huge.eml", "--json")
    found = json.loads(out)
    assert (code, found["octets"], found["outcome"]) == (0, Limits().octets + 1, "set_aside")


def test_explain_says_why_a_mail_would_be_set_aside(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.eml").write_bytes(b"X: y\r\n" * 200_000)
    assert "There is no data/keys yet" in sentence(installed("explain", "bad.eml")[2])
    parse((tmp_path / "config.toml").read_text(), tmp_path / "config.toml").keys()
    code, out, _ = installed("explain", "bad.eml")
    assert code == 0
    assert "set_aside" in out
