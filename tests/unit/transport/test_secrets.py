"""Holds: no log, not even at DEBUG, holds a password or token, as it is or in base64.

Planted in real logins that work and that fail.
"""

from __future__ import annotations

import base64
import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from mailbot.commands.log import LineFormatter
from mailbot.errors import MailbotError
from mailbot.service.step import NoticeKind
from mailbot.testing import House
from mailbot.transport.oauth import AccessTokens, OAuthClient
from tests.conftest import Mailbox
from tests.kit.cases import case
from tests.kit.loops import loop_of
from tests.kit.servers import Sink, access_token, until
from tests.kit.transports import smtp_on

RIGHT, WRONG, REFRESH, SECRET = (
    "größe",
    "canarypassword",
    "canaryrefresh",
    "canaryclient",
)  # the first is the servers'
US = "mailbot@corp.example"


@pytest.fixture
def echo() -> Iterator[str]:
    """An identity server that refuses, and repeats what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(400)
            self.end_headers()
            self.wfile.write(
                json.dumps({"error": "invalid_grant", "error_description": f"no: {sent}"}).encode()
            )

        def log_message(self, *args: object) -> None:
            """Not to standard error."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/token"
    server.shutdown()
    server.server_close()


def forms(secret: str) -> set[str]:
    """As somebody would find it in a log: alone, in base64, and inside what the mechanisms send."""
    plain = {
        secret,
        f"\0{US}\0{secret}",
        f"\0latin@corp.example\0{secret}",
        f"user={US}\x01auth=Bearer {secret}\x01\x01",
    }
    return plain | {base64.b64encode(each.encode()).decode().rstrip("=") for each in plain}


def logged(caplog: pytest.LogCaptureFixture, words: str, before: int) -> bool:
    return caplog.text.count(words) > before


@case(120)
def test_no_secret_of_a_login_is_ever_logged(
    dovecot_mailbox: Mailbox,
    open_sink: Callable[..., Sink],
    echo: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(LineFormatter())
    jwt, old = access_token(dovecot_mailbox.user), access_token(dovecot_mailbox.user, -60)
    refused = AccessTokens(OAuthClient(echo, "client", refresh_token=REFRESH, secret=SECRET))
    sink, mailbox = open_sink(), dovecot_mailbox
    logins: list[tuple[Any, Any, str]] = [  # SMTP, IMAP, user of IMAP
        (RIGHT, RIGHT, "latin@corp.example"), (WRONG, WRONG, mailbox.user), (lambda: "good", lambda: jwt, mailbox.user),
        (lambda: WRONG, lambda: old, mailbox.user), (refused, refused, mailbox.user),
    ]  # fmt: skip
    for number, (smtp, imap, user) in enumerate(logins):
        house = House(
            datetime(2026, 3, 2, 8, tzinfo=UTC),
            tmp_path / str(number),
            operator="root@corp.example",
        )
        house.mailbot.postmaster.tell(NoticeKind.DISK_FULL, house.clock.at)
        mailer, inbox = (
            smtp_on("127.0.0.1", sink.port, user=US, password=smtp),
            mailbox.imap(user=user, password=imap),
        )
        loop = loop_of(house.mailbot, mailer, house.clock.now, inbox=inbox)
        worker = threading.Thread(target=loop.run)
        wanted = "action=accepted" if number in (0, 2) else "action=outbox_paused"
        seen = caplog.text.count(wanted), caplog.text.count("action=inbox_lost")
        worker.start()
        until(partial(logged, caplog, wanted, seen[0]))
        if number not in (0, 2):
            until(partial(logged, caplog, "action=inbox_lost", seen[1]))
        loop.stop()
        worker.join(20)
        for probe in (inbox.probe, mailer.probe):
            with suppress(MailbotError):
                probe()
        mailer.close()
    assert {password for _, password in sink.logins} == {RIGHT, WRONG, "good"}, (
        "all of them were used"
    )
    for secret in (RIGHT, WRONG, REFRESH, SECRET, jwt, old):
        assert not [form for form in forms(secret) if form in caplog.text], secret
    assert "outbox paused: " in caplog.text
    assert "(SMTP) does not accept our login: 535 5.7.8." in caplog.text
    assert "(IMAP) does not accept our login." in caplog.text
    assert mailbox.user not in caplog.text
    assert "refuses a token (invalid_grant); the mailbox must be given access anew." in caplog.text
