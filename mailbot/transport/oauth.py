"""Access tokens for XOAUTH2: form posts to the identity server, and the refresh token it may
replace at any of them.

Microsoft sends a new refresh token each time and lets the old one die after 90 idle days
(AADSTS700082; osTicket#6455 noticed after ten): the first refusal is raised, so that the
operator hears of it at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from mailbot.address import is_loopback
from mailbot.errors import OperatorError, Refused, Temporary, Unavailable

# one token serves the logins of five minutes: after a refusal the next try brings a fresh one
REUSE_S = 300
ANSWER_OCTETS = 100_000
TIMEOUT_S = 30
ERROR = re.compile(r"[a-z_]{1,40}")  # as RFC 6749, 5.2 lists them
# RFC 6749, 5.2 and 4.1.2.1; RFC 8628, 3.5
LATER = frozenset({"temporarily_unavailable", "server_error", "slow_down"})


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """Say who we are to the identity server (RFC 6749, 2).

    grant: "refresh_token" for a mailbox whose owner once agreed, "client_credentials" for an app
    of its own. Raises OperatorError for a url that would carry the secrets in clear text.
    """

    url: str
    client_id: str
    grant: Literal["refresh_token", "client_credentials"] = "refresh_token"
    secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""

    def __post_init__(self) -> None:
        if not is_private(self.url):
            raise OperatorError(f"oauth url: {self.url} must begin with https://.")


def is_private(url: str) -> bool:
    """Tell whether nobody on the way reads what is posted there."""
    parts = urllib.parse.urlsplit(url)
    on_this_machine = parts.scheme == "http" and is_loopback(parts.hostname or "")
    return parts.scheme == "https" or on_this_machine


class AccessTokens:
    """Give an access token when called; the password of a Server.

    file: where the newest refresh token is kept, mode 0600; a new refresh token of the client wins
    over it.
    """

    def __init__(self, client: OAuthClient, file: Path | None = None) -> None:
        self._client, self._url, self._grant = client, client.url, client.grant
        self._file = file
        self._token, self._until = "", 0.0  # monotonic

    def __call__(self) -> str:
        """Give an access token that is good for a login now. Raises Refused, Unavailable or
        Temporary."""
        if time.monotonic() >= self._until:
            answer = self._ask()
            self._token = str(answer["access_token"])
            self._until = time.monotonic() + min(REUSE_S, lifetime_s(answer) / 2)
            if self._grant == "refresh_token" and answer.get("refresh_token"):
                self._keep(str(answer["refresh_token"]))
        return self._token

    def _ask(self) -> dict[str, Any]:
        form = {"grant_type": self._grant, "client_id": self._client.client_id}
        form |= {"scope": self._client.scope, "client_secret": self._client.secret}
        if self._grant == "refresh_token":
            form["refresh_token"] = self._kept()
        answer = self._post({name: value for name, value in form.items() if value})
        if not answer.get("access_token"):
            raise Temporary(f"{self._url} answered without an access token.")
        return answer

    def _post(self, form: dict[str, str]) -> dict[str, Any]:
        body = urllib.parse.urlencode(form).encode()
        headers = {"Accept": "application/json"}
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310 - https, see above
        try:
            answer = urllib.request.urlopen(request, timeout=TIMEOUT_S)  # noqa: S310 - https as well
            with answer as response:
                return as_object(response.read(ANSWER_OCTETS), self._url)
        except urllib.error.HTTPError as error:
            with error:
                raise self._refusal(error.code, error.read(ANSWER_OCTETS)) from error
        except OSError as error:  # URLError and TimeoutError are
            raise Unavailable(f"{self._url} does not answer: {error}.") from error

    def _refusal(self, code: int, body: bytes) -> Temporary | Refused:
        try:
            answer = as_object(body, self._url)
        except Temporary as error:
            return error
        word = str(answer.get("error", ""))
        text = " ".join(f"{word}: {answer.get('error_description', '')}".split())[:300]
        # what follows it in words may quote what was sent
        known = word if ERROR.fullmatch(word) else "no reason"
        if code == 429 or code >= 500 or word in LATER:
            cannot = f"{self._url} cannot give a token now"
            return Temporary(f"{cannot} ({text}).", loggable=f"{cannot} ({known}).")
        refuses, anew = (
            f"oauth: {self._url} refuses a token",
            "the mailbox must be given access anew.",
        )
        return Refused(f"{refuses} ({text}); {anew}", loggable=f"{refuses} ({known}); {anew}")

    # ---- the refresh token ----

    @property
    def _mark(self) -> str:
        """Tell a token that came from this config from one that came from an older one."""
        return hashlib.sha256(self._client.refresh_token.encode()).hexdigest()

    def _kept(self) -> str:
        if self._file is not None and self._file.exists():
            if self._file.stat().st_mode & 0o077:
                raise OperatorError(
                    f"oauth: others may read {self._file}; run chmod 600 {self._file}"
                )
            kept = as_object(self._file.read_bytes(), str(self._file))
            if kept.get("given") == self._mark:
                return str(kept["refresh_token"])
        return self._client.refresh_token

    def _keep(self, refresh_token: str) -> None:
        """Replace the kept token whole or not at all, never readable by others: a lost one locks us
        out."""
        if self._file is None or refresh_token == self._kept():
            return
        fresh = self._file.with_name(self._file.name + ".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump({"given": self._mark, "refresh_token": refresh_token}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._file)
        folder = os.open(self._file.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def lifetime_s(answer: dict[str, Any]) -> float:
    """Read expires_in, which some servers send as a string; an hour where it is missing (RFC 6749,
    5.1 recommends it)."""
    try:
        return float(answer.get("expires_in", 3600))
    except (TypeError, ValueError):
        return 3600


def as_object(body: bytes, where: str) -> dict[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise Temporary(f"{where} does not hold what it should (JSON).")
    return answer
