"""Mail goes out over SMTP: one kept connection, one message at a time, and an exact word on what
became of it.

When a connection breaks, the moment decides: before a recipient was named it is about no mail
(Unavailable), before the text nothing can have been taken (Temporary), after it nobody knows
(Uncertain; freescout#5457 mailed customers twice). An answer is an answer (RFC 5321, 4.2.1).
What a server writes beside its codes may quote a mail.
"""

from __future__ import annotations

import base64
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from mailbot.address import spelt_domain
from mailbot.errors import (
    MailbotError,
    OperatorError,
    Permanent,
    Refused,
    Temporary,
    Unavailable,
    Uncertain,
)
from mailbot.transport.connection_errors import no_starttls, said, unreachable, untrusted
from mailbot.transport.server import Server
from mailbot.transport.smtp_replies import codes, meaning
from mailbot.transport.tls import secured, tls_context, tune

LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
LOST = (smtplib.SMTPServerDisconnected, OSError)
EXTENSIONS = ("size", "pipelining", "dsn", "8bitmime")


class Smtp:
    """Send over SMTP submission; see the protocol Mailer.

    answer_s: how long the server may think after the final dot. RFC 5321 (4.5.3.2.6) asks for ten
    minutes; too short doubles mails, too long holds up everything else. own: our address, for a
    server that takes no mail from <> of those who log in; "": there is no other way. helo: our
    name for the server; an address literal is right where we have none (RFC 5321, 4.1.4).
    """

    def __init__(
        self,
        server: Server,
        *,
        helo: str = "[127.0.0.1]",
        answer_s: float = 120,
        own: str = "",
    ) -> None:
        self._server = server
        self._trust = tls_context(server.tls, server.host, "smtp", server.ca_file)
        self._helo, self._answer_s, self._own = helo, answer_s, own
        self._smtp: smtplib.SMTP | None = None

    # ---- Mailer ----

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        """Hand one message over; the server has taken responsibility when this returns."""
        try:
            self._send(sender, recipient, raw)
        except Permanent:
            if sender or not self._own:
                raise
            self._send(self._own, recipient, raw)

    def _send(self, sender: str, recipient: str, raw: bytes) -> None:
        if not {raw.count(b"\n"), raw.count(b"\r")} <= {raw.count(b"\r\n")}:
            raise Permanent(
                "The message has a bare CR or LF, which some servers take for its end (RFC 5321, "
                "2.3.8)."
            )
        sender, recipient = routable(sender) if sender else "", routable(recipient)
        smtp = self._begin(sender, len(raw))
        with self._about_one_mail(), self._before_data():
            wishes = " NOTIFY=FAILURE,DELAY" if smtp.has_extn("dsn") else ""
            self._expect(*smtp.docmd("RCPT", f"TO:<{recipient}>{wishes}"))
            self._expect(*smtp.docmd("DATA"), yes=354)
        self._expect(*self._text(smtp, raw))

    def close(self) -> None:
        if self._smtp is not None:
            with suppress(*LOST):
                self._smtp.quit()
            self._drop()

    def probe(self) -> list[str]:
        """Tell what the server is and can do, as short facts. Raises what a send() would raise
        before its message."""
        with self._before_data():
            smtp = self._smtp or self._connect()
            as_whom = (
                f"logged in as {self._server.user}" if self._server.user else "without a login"
            )
            offers = [name.upper() for name in EXTENSIONS if smtp.has_extn(name)]
            limit = smtp.esmtp_features.get("size", "")
            return [
                f"{self._where}: {secured(smtp.sock)}, {as_whom}",
                f"offers {', '.join(offers) or 'no extension'}",
                *([f"takes mails of up to {limit} octets"] if limit.strip("0") else []),
            ]

    # ---- one message ----

    def _begin(self, sender: str, octets: int) -> smtplib.SMTP:
        """Say MAIL FROM, on the kept connection if it still lives: a server that hung up in silence
        shows itself here."""
        if self._smtp is not None:
            with suppress(Unavailable), self._before_data():
                code, text = self._mail(self._smtp, sender, octets)
                # a server that is about to hang up says so in advance (RFC 5321, 3.8)
                if code != 421:
                    self._expect(code, text)
                    return self._smtp
                self._drop()
        with self._before_data():
            smtp = self._smtp = self._connect()
            self._expect(*self._mail(smtp, sender, octets))
            return smtp

    def _mail(self, smtp: smtplib.SMTP, sender: str, octets: int) -> tuple[int, bytes]:
        """Say MAIL FROM, not by smtplib.mail(): its quoteaddr() reads "a,b@corp.example" as the
        address "a"."""
        options = f" SIZE={octets}" if smtp.has_extn("size") else ""
        if smtp.has_extn("dsn"):
            options += " RET=HDRS"  # a report needs no more than the header (RFC 3461, 4.3)
        return smtp.docmd("MAIL", f"FROM:<{sender}>{options}")

    def _text(self, smtp: smtplib.SMTP, raw: bytes) -> tuple[int, bytes]:
        """Send the message, leading dots doubled (RFC 5321, 4.5.2); gives the answer after the
        final one."""
        end = b".\r\n" if raw.endswith(b"\r\n") else b"\r\n.\r\n"
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(self._answer_s)
            smtp.send(LEADING_DOT.sub(b"..", raw) + end)
            answer = smtp.getreply()
            if smtp.sock is not None:  # smtplib closes it at 421
                smtp.sock.settimeout(self._server.timeout_s)
        except LOST as lost:
            self._drop()
            raise Uncertain(
                f"{self._where} did not answer after the message: {said(lost)}."
            ) from lost
        return answer

    def _expect(self, code: int, text: bytes, yes: int = 250) -> None:
        """Raise what the answer means, unless it is a yes."""
        if code // 100 == yes // 100:
            return
        if code == 421 or not 400 <= code < 600:  # it hangs up, or nobody knows what it means
            self._drop()
        elif self._smtp is not None:
            with suppress(*LOST):
                self._smtp.rset()
        raise meaning(self._where, code, text.decode("utf-8", "replace"))

    # ---- connection ----

    @property
    def _where(self) -> str:
        return f"{self._server.host}:{self._server.port} (SMTP)"

    @contextmanager
    def _about_one_mail(self) -> Iterator[None]:
        """Count what breaks in here against this mail alone: a server that hangs up on one
        recipient may serve the others."""
        try:
            yield
        except Unavailable as lost:
            raise Temporary(str(lost), loggable=lost.loggable) from lost

    @contextmanager
    def _before_data(self) -> Iterator[None]:
        """Say of whatever breaks in here that the message was not taken."""
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            self._drop()
            raise untrusted(self._where, "smtp", error) from error
        except (*LOST, smtplib.SMTPException) as lost:
            self._drop()
            answer = lost.smtp_error if isinstance(lost, smtplib.SMTPResponseException) else b""
            words = as_bytes(answer).decode("utf-8", "replace") or said(lost)
            raise unreachable(self._where, "smtp", lost, words) from lost

    def _connect(self) -> smtplib.SMTP:
        to = (self._server.host, self._server.port, self._helo, self._server.timeout_s)
        smtp = (
            smtplib.SMTP(*to)
            if self._trust is None or self._server.tls == "starttls"
            else ssl_smtp(*to, self._trust)
        )
        try:
            if smtp.sock is not None:
                tune(smtp.sock)
            smtp.ehlo_or_helo_if_needed()
            if self._server.tls == "starttls":
                self._start_tls(smtp)
            if self._server.user:
                self._login(smtp)
        except BaseException:
            smtp.close()
            raise
        self._smtp = smtp
        return smtp

    def _start_tls(self, smtp: smtplib.SMTP) -> None:
        if not smtp.has_extn("starttls"):
            raise no_starttls(self._where, "smtp")
        smtp.starttls(context=self._trust)
        smtp.ehlo_or_helo_if_needed()

    def _login(self, smtp: smtplib.SMTP) -> None:
        """Log in by one mechanism: smtplib.login() tries the next with the same wrong password, and
        accounts lock sooner."""
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        known = ("XOAUTH2",) if callable(self._server.password) else ("PLAIN", "LOGIN")
        mechanism = next((name for name in known if name in offered), "")
        if not mechanism:
            names = " or ".join(known)
            raise OperatorError(
                f"[smtp] user: {self._where} offers no login by {names}; try another port."
            )
        code, text = log_in(smtp, mechanism, self._server.user, self._secret())
        if code != 235:
            raise self._refusal(code, text.decode("utf-8", "replace"))

    def _secret(self) -> str:
        """Ask for the password; a token server that is down counts as Unavailable."""
        try:
            return (
                self._server.password()
                if callable(self._server.password)
                else self._server.password
            )
        except Temporary as later:
            raise Unavailable(str(later), loggable=later.loggable) from later

    def _refusal(self, code: int, text: str) -> MailbotError:
        bare = codes(code, text)
        if 400 <= code < 500:
            cannot = f"{self._where} cannot log anybody in now"
            return Unavailable(f"{cannot}: {code} {text}.", loggable=f"{cannot}: {bare}.")
        where = f"[smtp] user, password: {self._where} does not accept"
        return Refused(
            f"{where} the login of {self._server.user}: {code} {text}.",
            loggable=f"{where} our login: {bare}.",
        )

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def routable(address: str) -> str:
    """Spell an address as SMTP may carry it: the domain in A-labels (RFC 5891), nothing that could
    end the command."""
    local, _, domain = address.rpartition("@")
    if not (local and domain) or any(map(_ends_a_command, address)):
        raise Permanent("This is not an address that mail can be sent to.")
    if not local.isascii():
        raise Permanent(
            "This address has letters before the @ that mail without SMTPUTF8 cannot carry."
        )
    try:
        return f"{local}@{spelt_domain(domain)}"
    except ValueError as error:
        raise Permanent(f"This address {error}.") from error


def _ends_a_command(sign: str) -> bool:
    return sign in "<> \t" or not sign.isprintable()


def ssl_smtp(
    host: str, port: int, helo: str, timeout_s: float, context: ssl.SSLContext
) -> smtplib.SMTP:
    return smtplib.SMTP_SSL(host, port, helo, timeout=timeout_s, context=context)


def log_in(smtp: smtplib.SMTP, mechanism: str, user: str, secret: str) -> tuple[int, bytes]:
    """Log in by this mechanism, in UTF-8 (RFC 4616); smtplib's own knows ASCII alone."""
    if mechanism == "PLAIN":
        return smtp.docmd("AUTH", f"PLAIN {b64(chr(0).join(('', user, secret)))}")
    if mechanism == "LOGIN":
        code, text = smtp.docmd("AUTH", f"LOGIN {b64(user)}")
        return smtp.docmd(b64(secret)) if code == 334 else (code, text)
    bearer = f"user={user}\x01auth=Bearer {secret}\x01\x01"
    code, text = smtp.docmd("AUTH", f"XOAUTH2 {b64(bearer)}")
    # 334 is the reason as JSON; the refusal follows our nod
    return smtp.docmd("") if code == 334 else (code, text)


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


def as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
