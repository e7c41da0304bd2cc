"""Holds: an access token is fetched, kept and renewed in time, over https alone, and a failure says
whose turn it is.

From an identity server on loopback that answers as real ones do.
"""

import json
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from mailbot.errors import MailbotError, OperatorError, Refused, Temporary, Unavailable
from mailbot.transport.oauth import AccessTokens, OAuthClient
from tests.kit.cases import case


@dataclass
class Identity:
    """Gives the tokens a1, a2 ... and remembers what it was asked."""

    port: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    code: int = 200
    body: bytes | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"


@pytest.fixture
def identity() -> Iterator[Identity]:
    state = Identity()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.asked.append(
                dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            )
            answer = state.answer or {
                "access_token": f"a{len(state.asked)}",
                "expires_in": 3600,
                "token_type": "Bearer",
            }
            self.send_response(state.code)
            self.end_headers()
            self.wfile.write(state.body if state.body is not None else json.dumps(answer).encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


def test_a_refresh_token_gives_an_access_token_that_is_kept_for_a_while(identity: Identity) -> None:
    tokens = AccessTokens(
        OAuthClient(identity.url, "client", refresh_token="r0", scope="IMAP SMTP", secret="s")
    )
    assert [tokens(), tokens()] == ["a1", "a1"]
    assert identity.asked == [
        {
            "grant_type": "refresh_token",
            "client_id": "client",
            "scope": "IMAP SMTP",
            "client_secret": "s",
            "refresh_token": "r0",
        }
    ]


def test_client_credentials(identity: Identity) -> None:
    assert (
        AccessTokens(
            OAuthClient(
                identity.url, "client", grant="client_credentials", secret="s", scope=".default"
            )
        )()
        == "a1"
    )
    assert identity.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": "client",
            "scope": ".default",
            "client_secret": "s",
        }
    ]


@pytest.mark.parametrize("lifetime", [0, -5, "0"])
def test_a_token_that_is_over_is_asked_for_again(lifetime: Any, identity: Identity) -> None:
    identity.answer = {"access_token": "short", "expires_in": lifetime}
    tokens = AccessTokens(OAuthClient(identity.url, "client", refresh_token="r0"))
    assert [tokens(), tokens()] == ["short", "short"]
    assert len(identity.asked) == 2


@pytest.mark.parametrize("lifetime", ["3600", None, "soon"])
def test_odd_lifetimes_count_as_an_hour(lifetime: Any, identity: Identity) -> None:
    identity.answer = {"access_token": "a", "expires_in": lifetime}
    tokens = AccessTokens(OAuthClient(identity.url, "client", refresh_token="r0"))
    assert [tokens(), tokens()] == ["a", "a"]
    assert len(identity.asked) == 1


def test_a_new_refresh_token_is_kept_for_the_next_start(identity: Identity, tmp_path: Path) -> None:
    file = tmp_path / "token"
    identity.answer = {"access_token": "a", "expires_in": 0, "refresh_token": "r1"}
    AccessTokens(OAuthClient(identity.url, "client", refresh_token="r0"), file)()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]
    AccessTokens(OAuthClient(identity.url, "client", refresh_token="r0"), file)()
    assert [asked["refresh_token"] for asked in identity.asked] == ["r0", "r1"]


def test_a_refresh_token_in_the_config_that_is_newer_wins(
    identity: Identity, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    identity.answer = {"access_token": "a", "refresh_token": "r1"}
    AccessTokens(OAuthClient(identity.url, "client", refresh_token="r0"), file)()
    AccessTokens(OAuthClient(identity.url, "client", refresh_token="anew"), file)()
    assert [asked["refresh_token"] for asked in identity.asked] == ["r0", "anew"]


@pytest.mark.parametrize(
    ("mode", "read"), [(0o600, True), (0o400, True), (0o640, False), (0o604, False)]
)
def test_a_kept_token_that_others_may_read_is_not_used(
    identity: Identity, tmp_path: Path, mode: int, read: bool
) -> None:
    file = tmp_path / "token"
    identity.answer = {"access_token": "a", "refresh_token": "r1"}
    AccessTokens(OAuthClient(identity.url, "client", refresh_token="r0"), file)()
    file.chmod(mode)
    again = AccessTokens(OAuthClient(identity.url, "client", refresh_token="r0"), file)
    if read:
        assert again() == "a"
    else:
        with pytest.raises(OperatorError, match=r"others may read .*; run chmod 600"):
            again()
        assert len(identity.asked) == 1


@case(75)
@pytest.mark.parametrize(
    ("code", "body", "error", "says"),
    [
        (400, b'{"error":"invalid_grant","error_description":"AADSTS700082: The refresh token has expired"}', Refused, "AADSTS700082"),
        (401, b'{"error":"invalid_client"}', Refused, "invalid_client"),
        (400, b'{"error":"temporarily_unavailable"}', Temporary, "cannot give a token now"),
        (429, b'{"error":"slow_down"}', Temporary, "cannot give a token now"),
        (503, b'{"error":"x"}', Temporary, "cannot give a token now"),
        (502, b"<html>bad gateway</html>", Temporary, "does not hold what it should"),
        (200, b"<html>log in to the wireless network</html>", Temporary, "does not hold what it should"),
        (200, b"[]", Temporary, "does not hold what it should"),
        (200, b"{}", Temporary, "without an access token"),
    ],
)  # fmt: skip
def test_whose_turn_it_is(
    code: int, body: bytes, error: type[MailbotError], says: str, identity: Identity
) -> None:
    identity.code, identity.body = code, body
    tokens = AccessTokens(
        OAuthClient(identity.url, "client", refresh_token="very secret", secret="also secret")
    )
    with pytest.raises(error, match=says) as raised:
        tokens()
    assert raised.type is error
    assert "secret" not in str(raised.value)
    identity.code, identity.body = 200, None
    assert tokens() == "a2"


def test_nobody_there() -> None:
    with pytest.raises(Unavailable):
        AccessTokens(OAuthClient("http://127.0.0.1:1/token", "client", refresh_token="r0"))()


@pytest.mark.parametrize(
    "url", ["http://login.example/token", "file:///etc/passwd", "login.example"]
)
def test_secrets_travel_over_https_alone(url: str) -> None:
    with pytest.raises(OperatorError, match="https://"):
        AccessTokens(OAuthClient(url, "client"))
