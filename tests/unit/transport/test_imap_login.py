"""Holds: nobody's secret goes to an IMAP server that did not prove who it is.

Tokens, passwords, certificates.
"""

import base64
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from mailbot.errors import OperatorError, Refused, Unavailable
from mailbot.transport.oauth import AccessTokens, OAuthClient
from tests.conftest import Mailbox
from tests.kit.cases import case
from tests.kit.servers import TLS, access_token
from tests.kit.transports import imap_on
from tests.unit.transport.mails import mail, raws
from tests.unit.transport.relay import Relay

CA = str(TLS / "ca.pem")


@case(74)
def test_a_token_is_asked_for_at_each_login(dovecot_mailbox: Mailbox) -> None:
    asked = []

    def token() -> str:
        asked.append(1)
        return access_token(dovecot_mailbox.user)

    with Relay(dovecot_mailbox.port) as relay:
        imap = dovecot_mailbox.imap(password=token, port=relay.port)
        imap.fetch()
        relay.cut()
        with pytest.raises(Unavailable):
            imap.fetch()
        imap.fetch()
    assert len(asked) == 2


@case(75)
def test_an_expired_token_is_refused(dovecot_mailbox: Mailbox) -> None:
    imap = dovecot_mailbox.imap(password=lambda: access_token(dovecot_mailbox.user, -60))
    with pytest.raises(Refused, match=r"\[imap\] user, password"):
        imap.fetch()


def test_a_password_beyond_ascii(dovecot_mailbox: Mailbox) -> None:
    assert dovecot_mailbox.imap(user="latin@corp.example", password="größe").fetch() == []


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_tls_is_verified(tls: Any, dovecot_mailbox: Mailbox) -> None:
    server = dovecot_mailbox.dovecot
    assert server is not None
    port = server.tls_port if tls == "implicit" else server.port
    dovecot_mailbox.deliver(mail(1))
    imap = dovecot_mailbox.imap(tls=tls, ca_file=CA, port=port, host="localhost")
    assert imap.probe()[0].startswith(f"localhost:{port} (IMAP): TLSv1.")
    assert raws(imap) == [mail(1)]
    threading.Timer(0.1, dovecot_mailbox.deliver, [mail(2)]).start()
    assert imap.wait(30)
    assert raws(imap) == [mail(2)]


@case(81)
@pytest.mark.parametrize("tls", ["implicit", "starttls"])
@pytest.mark.parametrize(
    ("ca_file", "listen"),
    [("", "127.0.0.1"), (CA, "127.0.0.2")],
    ids=["unknown authority", "another's certificate"],
)
def test_no_login_without_a_certificate_that_holds(
    tls: Any, ca_file: str, listen: str, dovecot_mailbox: Mailbox
) -> None:
    server = dovecot_mailbox.dovecot
    assert server is not None
    with Relay(server.tls_port if tls == "implicit" else server.port, host=listen) as relay:
        imap = dovecot_mailbox.imap(tls=tls, ca_file=ca_file, port=relay.port, host=listen)
        with pytest.raises(
            OperatorError, match=rf"certificate of {listen}:.* is not valid.*no password was sent"
        ):
            imap.fetch()
        assert b"LOGIN" not in relay.sent.upper()


@case(81)
def test_no_login_when_starttls_was_taken_out_of_the_answer(dovecot_mailbox: Mailbox) -> None:
    with Relay(dovecot_mailbox.port, hide=("STARTTLS",)) as relay:
        imap = dovecot_mailbox.imap(tls="starttls", ca_file=CA, port=relay.port)
        with pytest.raises(OperatorError, match=r"offers no STARTTLS.*no password was sent"):
            imap.fetch()
        assert b"LOGIN" not in relay.sent.upper()


@case(81)
@pytest.mark.parametrize("host", ["mail.corp.example", "10.0.0.1", "127.0.0.1.corp.example"])
def test_clear_text_is_for_this_machine_alone(host: str) -> None:
    with pytest.raises(OperatorError, match=r'\[imap\] tls = "none"'):
        imap_on(host, 143, tls="none")


def test_a_ca_file_that_is_none_is_named_at_the_start() -> None:
    with pytest.raises(OperatorError, match=r"\[imap\] ca_file: /nowhere"):
        imap_on("localhost", 993, ca_file="/nowhere")


class Identity(BaseHTTPRequestHandler):
    """Gives access tokens that Dovecot believes, each for a moment."""

    user: ClassVar[str] = ""
    given: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        token = access_token(self.user, 300 + len(self.given))
        self.given.append(token)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f'{{"access_token": "{token}", "expires_in": 1}}'.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@case(74)
def test_after_an_expired_session_it_goes_on_at_the_same_mail_with_a_new_token(
    dovecot_mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Identity, "user", dovecot_mailbox.user)
    monkeypatch.setattr(Identity, "given", [])
    dovecot_mailbox.deliver(mail(1), mail(2), mail(3))
    with HTTPServer(("127.0.0.1", 0), Identity) as identity, Relay(dovecot_mailbox.port) as relay:
        serving = threading.Thread(target=identity.serve_forever, args=(0.05,))
        serving.start()
        tokens = AccessTokens(
            OAuthClient(
                f"http://127.0.0.1:{identity.server_port}/token",
                "mailbot",
                grant="client_credentials",
                secret="x",
            )
        )
        imap = dovecot_mailbox.imap(password=tokens, port=relay.port)
        first, second, third = imap.fetch()
        imap.done([first.key])
        time.sleep(0.6)  # the token has half its life behind it
        relay.cut()
        with pytest.raises(Unavailable):
            imap.fetch()
        assert [arrived.key for arrived in imap.fetch()] == [second.key, third.key]
        identity.shutdown()
        serving.join()
    assert len(set(Identity.given)) == 2
    sent = base64.b64encode(
        f"user={dovecot_mailbox.user}\1auth=Bearer {Identity.given[1]}\1\1".encode()
    )
    assert sent in relay.sent.replace(b"\r\n", b"")
