"""Opening an IMAP connection: TLS first, then the login; nothing is said in clear text that is
not for all ears."""

from __future__ import annotations

import ssl
from contextlib import suppress
from dataclasses import dataclass

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from mailbot.errors import MailbotError, Refused, Temporary, Unavailable
from mailbot.transport.connection_errors import no_starttls, said, untrusted
from mailbot.transport.server import Server
from mailbot.transport.tls import tls_context, tune

# RFC 5530: a refused login that time heals
LATER = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")


@dataclass(frozen=True, slots=True)
class Account:
    """Log in to the server of a mailbox.

    Raises OperatorError at once for certificates that cannot be read.
    """

    server: Server

    def __post_init__(self) -> None:
        self._trust()  # complain at the start, not at the first connection

    @property
    def where(self) -> str:
        return f"{self.server.host}:{self.server.port} (IMAP)"

    def open(self) -> IMAPClient:
        """Connect and log in. Raises Refused, OperatorError, Temporary; what imapclient raises if
        the connection is lost."""
        client = self._connect()
        try:
            tune(client.socket())
            if self.server.tls == "starttls":
                self._start_tls(client)
            self._login(client)
        except BaseException as error:
            hang_up(client)
            if isinstance(error, ssl.SSLCertVerificationError):
                raise untrusted(self.where, "imap", error) from error
            raise
        return client

    def _connect(self) -> IMAPClient:
        server = self.server
        try:
            return IMAPClient(
                server.host,
                server.port,
                ssl=server.tls == "implicit",
                ssl_context=self._trust(),
                timeout=server.timeout_s,
            )
        except ssl.SSLCertVerificationError as error:
            raise untrusted(self.where, "imap", error) from error

    def _start_tls(self, client: IMAPClient) -> None:
        if not client.has_capability("STARTTLS"):
            raise no_starttls(self.where, "imap")
        client.starttls(self._trust())

    def _trust(self) -> ssl.SSLContext | None:
        return tls_context(self.server.tls, self.server.host, "imap", self.server.ca_file)

    def _login(self, client: IMAPClient) -> None:
        user, password = self.server.user, self.server.password
        try:
            if callable(password):
                client.oauth2_login(user, password())
            elif (user + password).isascii():
                client.login(user, password)
            else:  # LOGIN is ASCII; PLAIN is UTF-8 (RFC 4616)
                client.plain_login(user, password)
        except LoginError as refusal:
            raise self._refusal(refusal) from refusal

    def _refusal(self, refusal: LoginError) -> MailbotError:
        """Tell a refused login from a connection that ended during it; imapclient says LoginError
        for both."""
        if isinstance(refusal.__context__, IMAPClientAbortError):
            ended = f"{self.where} ended the connection during the login"
            return Unavailable(f"{ended}: {said(refusal)}.", loggable=f"{ended}.")
        if any(code in str(refusal).upper() for code in LATER):
            cannot = f"{self.where} cannot log anybody in now"
            return Temporary(f"{cannot}: {said(refusal)}.", loggable=f"{cannot}.")
        where = f"[imap] user, password: {self.where} does not accept"
        return Refused(
            f"{where} the login of {self.server.user}: {said(refusal)}.",
            loggable=f"{where} our login.",
        )


def hang_up(client: IMAPClient) -> None:
    """Close the socket without a word: logout() on a dead link raises, or hangs until the
    timeout."""
    with suppress(IMAPClientError, OSError):
        client.shutdown()
