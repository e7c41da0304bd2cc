"""Opening an IMAP connection: TLS first, then the login; nothing is said in clear text that is
not for all ears."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from mailbot.errors import MailbotError, Refused, Temporary, Unavailable
from mailbot.transport.tls import Tls, no_starttls, said, trust, tune, untrusted

# RFC 5530: a refused login that time heals
LATER = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mailbox is and how to get in. A callable password gives an access token and is
    asked at each login."""

    host: str
    port: int
    user: str
    password: str | Callable[[], str]
    tls: Tls
    ca_file: str
    timeout_s: float

    @property
    def where(self) -> str:
        return f"{self.host}:{self.port} (IMAP)"

    def open(self) -> IMAPClient:
        """A connection, logged in. Raises Refused, OperatorError, Temporary; what imapclient
        raises if it is lost."""
        client = self._connect()
        try:
            tune(client.socket())
            if self.tls == "starttls":
                self._start_tls(client)
            self._login(client)
        except BaseException as error:
            hang_up(client)
            if isinstance(error, ssl.SSLCertVerificationError):
                raise untrusted(self.where, "imap", error) from error
            raise
        return client

    def _connect(self) -> IMAPClient:
        context = trust(self.tls, self.host, "imap", self.ca_file)
        implicit = self.tls == "implicit"
        try:
            return IMAPClient(
                self.host, self.port, ssl=implicit, ssl_context=context, timeout=self.timeout_s
            )
        except ssl.SSLCertVerificationError as error:
            raise untrusted(self.where, "imap", error) from error

    def _start_tls(self, client: IMAPClient) -> None:
        if not client.has_capability("STARTTLS"):
            raise no_starttls(self.where, "imap")
        client.starttls(trust(self.tls, self.host, "imap", self.ca_file))

    def _login(self, client: IMAPClient) -> None:
        try:
            if callable(self.password):
                client.oauth2_login(self.user, self.password())
            elif (self.user + self.password).isascii():
                client.login(self.user, self.password)
            else:  # LOGIN is ASCII; PLAIN is UTF-8 (RFC 4616)
                client.plain_login(self.user, self.password)
        except LoginError as refusal:
            raise self._refusal(refusal) from refusal

    def _refusal(self, refusal: LoginError) -> MailbotError:
        """imapclient says LoginError also when the connection ended in the middle of the login."""
        if isinstance(refusal.__context__, IMAPClientAbortError):
            ended = f"{self.where} ended the connection during the login"
            return Unavailable(f"{ended}: {said(refusal)}.", loggable=f"{ended}.")
        if any(code in str(refusal).upper() for code in LATER):
            cannot = f"{self.where} cannot log anybody in now"
            return Temporary(f"{cannot}: {said(refusal)}.", loggable=f"{cannot}.")
        where = f"[imap] user, password: {self.where} does not accept"
        return Refused(
            f"{where} the login of {self.user}: {said(refusal)}.", loggable=f"{where} our login."
        )


def hang_up(client: IMAPClient) -> None:
    """Close the socket without a word: logout() on a dead link raises, or hangs until the
    timeout."""
    with suppress(IMAPClientError, OSError):
        client.shutdown()
