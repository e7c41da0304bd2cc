"""Holds: `mailbot check` is green when all is well and names everything that is not; `mailbot run`
answers until it is told to stop.

Against real servers on this machine.
"""

import email
import email.message
import os
import subprocess
import sys
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import parse_qs

import pytest
from imapclient import IMAPClient

from mailbot import __version__
from mailbot.store.open import open_store
from mailbot.store.protocol import Change
from mailbot.store.update import update
from mailbot.transport.embedded import Embedded
from tests.kit.servers import free_port, sink, until
from tests.unit.commands.conftest import CONFIG, ROOT, SERIES, Run

# ---- check: against a real SMTP server ----


def checked(run: Run) -> tuple[int, dict[str, str]]:
    """Exit code, and "ok" or "FAIL" with its words by the name of the check."""
    code, out, _ = run("check")
    found = [line.split(maxsplit=2) for line in out.splitlines() if not line.startswith("note")]
    return code, {name: f"{state} {words}" for state, name, words in found}


def test_check_is_green_when_all_is_well(installed: Run, tmp_path: Path) -> None:
    with sink() as server:
        (tmp_path / "config.toml").write_text(
            CONFIG.format(smtp=server.port, door=free_port(), login='login = "none"')
        )
        code, told = checked(installed)
        assert code == 0
        assert list(told) == ["config", "data", "keys", "templates", "trust", "smtp", "receive"]
        assert all(words.startswith("ok ") for words in told.values())
        assert server.mails == []
    assert not (tmp_path / "data" / "keys").exists(), "who checks may be another user than who runs"


@pytest.mark.parametrize(
    ("password", "code", "words"),
    [
        (None, 78, "MAILBOT_SMTP_PASSWORD"),
        ("wrong", 77, "does not accept the login"),
        ("secret", 0, "logged in as mailbot"),
    ],
)
def test_check_logs_in(
    installed: Run, monkeypatch: pytest.MonkeyPatch, password: str | None, code: int, words: str
) -> None:
    monkeypatch.delenv("MAILBOT_SMTP_PASSWORD", raising=False)
    if password:
        monkeypatch.setenv("MAILBOT_SMTP_PASSWORD", password)
    with sink() as server:
        Path("config.toml").write_text(
            CONFIG.format(smtp=server.port, door=free_port(), login='user = "mailbot"')
        )
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
    assert {name for name, words in told.items() if words.startswith("FAIL")} == {
        "keys",
        "templates",
        "smtp",
        "receive",
    }
    assert "hexadecimal" in told["keys"]
    assert "words is no folder" in told["templates"]
    assert "nothing can listen on" in told["receive"]


def test_check_names_a_language_without_templates(installed: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'{config.read_text()}\n[[person]]\naddress = "x@corp.example"\nzone = "UTC"\nlanguage = "xx"\n'
    )
    assert "no templates in 'xx' for x@corp.example" in checked(installed)[1]["templates"]


def test_check_logs_in_at_imap(installed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "secret")
    with Embedded({"mailbot@corp.example": "secret"}) as server:
        Path("config.toml").write_text(local(server))
        code, told = checked(installed)
        assert (code, told["imap"][:3]) == (0, "ok ")
        assert "logged in as mailbot@corp.example" in told["imap"]
        monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "wrong")
        code, told = checked(installed)
    assert (code, told["imap"][:5]) == (77, "FAIL ")
    assert checked(installed)[0] == 69, "nobody listens any more"


class IdentityServer(BaseHTTPRequestHandler):
    """Gives the access token that the sink believes, and a new refresh token."""

    forms: ClassVar[list[dict[str, list[str]]]] = []

    def do_POST(self) -> None:
        self.forms.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"access_token": "good", "refresh_token": "newer", "expires_in": 3600}')

    def log_message(self, *_: object) -> None:
        """Quiet."""


OAUTH = """
[oauth]
token_url = "http://127.0.0.1:{port}/token"
client_id = "mailbot"
refresh_token_file = "first.token"
"""


def test_check_logs_in_with_a_token(installed: Run, tmp_path: Path) -> None:
    (tmp_path / "first.token").write_text("first\n")
    (tmp_path / "first.token").chmod(0o600)
    with HTTPServer(("127.0.0.1", 0), IdentityServer) as identity, sink() as server:
        thread = Thread(target=identity.serve_forever, args=(0.05,))
        thread.start()
        config = CONFIG.format(
            smtp=server.port, door=free_port(), login='user = "mailbot"\nlogin = "oauth"'
        )
        Path("config.toml").write_text(config + OAUTH.format(port=identity.server_port))
        code, told = checked(installed)
        identity.shutdown()
        thread.join()
    assert (code, told["smtp"][:3], server.logins) == (0, "ok ", [("mailbot", "good")])
    assert IdentityServer.forms[-1]["refresh_token"] == ["first"]
    kept = tmp_path / "data" / "oauth.kept"
    assert "newer" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


# ---- the whole program, as a process ----


def local(server: Embedded) -> str:
    """A config for both ports of an embedded server."""
    config = CONFIG.format(smtp=server.smtp_port, door=0, login='login = "none"').replace(
        "enabled = true\nport = 0", ""
    )
    config += '[imap]\nhost = "127.0.0.1"\ntls = "none"\nuser = "mailbot@corp.example"\n'
    return f"{config}port = {server.port}\n"


def inbox_of(server: Embedded, user: str) -> list[email.message.Message]:
    with IMAPClient("127.0.0.1", server.port, ssl=False) as client:
        client.login(user, "secret")
        client.select_folder("INBOX")
        return [
            email.message_from_bytes(mail[b"RFC822"])
            for mail in client.fetch(client.search(), ["RFC822"]).values()
        ]


def test_run_answers_until_it_is_told_to_stop(
    installed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real process against real servers: a mail is answered; SIGTERM ends it with 0; the others look beside it."""
    people = dict.fromkeys(
        ("mailbot@corp.example", "ana@corp.example", "ben@corp.example"), "secret"
    )
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "secret")
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    store = open_store("data")
    gone = replace(
        SERIES, id="gonegone", report=replace(SERIES.report, address="caro@corp.example")
    )
    store.commit(Change("", gone))
    update(store, lambda: Change("", values={"configured": {gone.id: "as it was once"}}))
    store.close()
    with Embedded(people) as server:
        Path("config.toml").write_text(local(server))
        help_wanted = (
            "From: Ana Silva <ana@corp.example>\r\nTo: mailbot@corp.example\r\nSubject: hello\r\nMessage-ID: <1@corp.example>\r\n"
            "Date: Tue, 10 Mar 2026 09:00:00 +0000\r\nAuthentication-Results: mx.corp.example; dmarc=pass"
            " header.from=corp.example\r\n\r\nhelp\r\n"
        )
        server.deliver("mailbot@corp.example", help_wanted.encode())
        running = subprocess.Popen(
            [sys.executable, "-m", "mailbot", "-v", "run"],
            env=env,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            until(lambda: inbox_of(server, "ana@corp.example"), 30, "the answer")
            for line in ("status", "series list", "why <1@corp.example>"):
                assert installed(*line.split())[0] == 0
            assert installed("run")[0] == 75
            Path("second.toml").write_text(local(server) + '[data]\nfolder = "elsewhere"\n')
            code, _, err = installed("--config", "second.toml", "run")
            assert (code, 'Another mailbot on this machine reads "INBOX"' in err) == (75, True)
            assert installed("series", "pause", "ana@corp.example", "--without-end")[0] == 75
        finally:
            running.terminate()
            _, log = running.communicate(timeout=30)
        assert running.returncode == 0, log
    assert "Traceback" not in log
    assert (
        "WARNING mailbot.service.runtime.wiring series that config.toml no longer names go on"
        in log
    )
    assert f"INFO mailbot.service.runtime.wiring ready action=ready version={__version__}\n" in log
    assert "INFO mailbot.service.delivery.attempt mail out action=accepted " in log
    for step in ("fetched", "read", "decided", "sending"):
        assert f" {step} action={step} " in log, "-v tells each step"
    assert log.endswith("INFO mailbot.service.runtime.wiring stopped action=stopped\n")
    assert "Porto" not in log
    assert "ana@" not in log
    assert "ana@corp.example" not in log
    assert "\nlast poll        20" in installed("status")[1]
