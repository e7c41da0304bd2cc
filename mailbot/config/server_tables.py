"""The keys of config.toml about servers: where mail is read, where it goes out, the door for mail
that is handed in, tokens instead of passwords."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import model_validator

from mailbot.address import is_loopback
from mailbot.config.key import Table, key
from mailbot.config.words import Variable

PORT: dict[str, Any] = {"ge": 1, "le": 65535}

Tls = Literal["implicit", "starttls", "none"]
Login = Literal["password", "oauth", "none"]


class ServerTable(Table):
    """What IMAP and SMTP have in common. The subclasses declare the keys, in their own order."""

    @property
    def by_token(self) -> bool:
        """Tell whether the login takes an access token."""
        return getattr(self, "login", "") == "oauth"

    @model_validator(mode="after")
    def _encrypted_unless_local(self) -> Self:
        encrypted = getattr(self, "tls", "") != "none"
        if encrypted or is_loopback(getattr(self, "host", "")):
            return self
        raise ValueError(
            'tls = "none" is for this machine alone; set tls to "implicit" or "starttls"'
        )

    @model_validator(mode="after")
    def _login_has_a_user(self) -> Self:
        if getattr(self, "user", "") or getattr(self, "login", "") == "none":
            return self
        raise ValueError(
            'user is missing; add it, or set login = "none" if the server asks for no password'
        )


class ImapTable(ServerTable):
    """Where mail is read. Leave the table out if mail is handed in by [receive]."""

    host: str = key("Name of the server.", example="imap.corp.example", min_length=1)
    port: int = key("993 for implicit TLS, 143 for STARTTLS.", 993, **PORT)
    tls: Tls = key("How the connection is encrypted. none: only to this machine.", "implicit")
    ca_file: str = key(
        "Certificates of your own authority, if the server's comes from it.", "", example="ca.pem"
    )
    user: str = key("Login name.", "", example="mailbot@corp.example")
    login: Literal["password", "oauth"] = key(
        "How to log in; oauth uses the table [oauth].", "password"
    )
    password_env: Variable = key(
        "Environment variable that holds the password.", "MAILBOT_IMAP_PASSWORD"
    )
    password_file: str = key(
        "File that holds the password instead; nobody else may read it (mode 0600).",
        "",
        example="imap.password",
    )
    folder: str = key(
        "Folder that is read. mailbot must be its only reader.", "INBOX", min_length=1
    )
    done_folder: str = key(
        'Folder to which mails go when they are dealt with; made if missing. "": they stay where '
        "they are.",
        "Processed",
    )
    junk_folder: str = key(
        "Folder that is looked through, and left as it is, for replies filed there as junk by "
        'mistake. auto: the one that the server names. "": none.',
        "auto",
    )
    idle: bool = key("Be told of new mail at once (IDLE) where the server offers it.", default=True)
    poll_seconds: int = key(
        "Ask for new mail this often where it does not.", 60, unit="seconds", ge=1, le=3600
    )
    max_octets: int = key(
        "Of a bigger mail only the text is fetched, attachments stay there.",
        2_000_000,
        unit="octets",
        ge=10_000,
    )
    timeout_seconds: int = key(
        "Give up on a silent server after this long.", 30, unit="seconds", ge=1, le=600
    )

    @model_validator(mode="after")
    def _moves_mails_elsewhere(self) -> Self:
        if self.folder == self.done_folder:
            raise ValueError(
                'done_folder must be another folder than folder, or "" to leave mails where they '
                "are"
            )
        return self


class SmtpTable(ServerTable):
    """Where mail goes out."""

    host: str = key("Name of the server.", example="smtp.corp.example", min_length=1)
    port: int = key("465 for implicit TLS, 587 for STARTTLS.", 465, **PORT)
    tls: Tls = key("How the connection is encrypted. none: only to this machine.", "implicit")
    ca_file: str = key(
        "Certificates of your own authority, if the server's comes from it.", "", example="ca.pem"
    )
    user: str = key("Login name.", "", example="mailbot@corp.example")
    login: Login = key("How to log in; oauth uses the table [oauth].", "password")
    password_env: Variable = key(
        "Environment variable that holds the password.", "MAILBOT_SMTP_PASSWORD"
    )
    password_file: str = key(
        "File that holds the password instead; nobody else may read it (mode 0600).",
        "",
        example="smtp.password",
    )
    per_minute: int = key(
        "Send no more than this; the rest waits. Exchange Online takes 30.",
        30,
        unit="mails a minute",
        ge=1,
        le=100_000,
    )
    per_day: int = key(
        "Send no more than this in 24 hours; the rest waits. 0: no limit. Gmail takes 500, Google "
        "Workspace 2,000, Microsoft 365 10,000.",
        0,
        unit="mails",
        ge=0,
        le=1_000_000,
    )
    timeout_seconds: int = key(
        "Give up on a silent server after this long.", 30, unit="seconds", ge=1, le=600
    )
    answer_seconds: int = key(
        "How long it may think about a whole mail. Too short sends mails twice, too long holds up "
        "the rest.",
        120,
        unit="seconds",
        ge=10,
        le=600,
    )


class OAuthTable(Table):
    """Tokens instead of passwords, for Microsoft 365 and Google. Used where login = "oauth"."""

    grant: Literal["refresh_token", "client_credentials"] = key(
        "Which way to a token.", "refresh_token"
    )
    token_url: str = key(
        "Where tokens are asked for.", example="https://login.example/oauth2/v2.0/token"
    )
    client_id: str = key("Name of the registered application.", example="0000-1111", min_length=1)
    client_secret_env: Variable = key(
        "Environment variable with its secret, if it has one.", "MAILBOT_OAUTH_SECRET"
    )
    client_secret_file: str = key(
        "File that holds it instead (mode 0600).", "", example="oauth.secret"
    )
    refresh_token_env: Variable = key(
        "Environment variable that holds the refresh token, for that grant.",
        "MAILBOT_OAUTH_REFRESH_TOKEN",
    )
    refresh_token_file: str = key(
        "File that holds it instead (mode 0600).", "", example="oauth.refresh_token"
    )
    scope: str = key("What is asked for.", "", example="https://outlook.office365.com/.default")
    kept_file: str = key(
        "File where mailbot keeps the newest refresh token, since servers change it. Empty: in the "
        "data folder.",
        "",
        example="/etc/mailbot/oauth.kept",
    )

    @model_validator(mode="after")
    def _secrets_travel_encrypted(self) -> Self:
        if not self.token_url.startswith(("https://", "http://127.0.0.1:")):
            raise ValueError("token_url must begin with https://, because the secret is sent there")
        return self


class ReceiveTable(Table):
    """A door for mail that your server hands in, instead of or beside IMAP."""

    enabled: bool = key("Open the door.", default=False)
    protocol: Literal["lmtp", "smtp"] = key(
        "lmtp: from a Postfix or Exim on this machine, whose word on senders is believed "
        "([trust]). smtp: from anybody, without TLS; what a mail says of its sender is taken off, "
        "and mailbot checks signatures (DKIM) itself if it was installed with the extra dkim. Over "
        "IMAP it never does.",
        "lmtp",
    )
    host: str = key(
        "Address to listen on; for lmtp one of this machine alone.", "127.0.0.1", min_length=1
    )
    port: int = key("Port to listen on.", 8024, **PORT)
    max_octets: int = key("Refuse bigger mails.", 25_000_000, unit="octets", ge=10_000)

    @model_validator(mode="after")
    def _who_is_believed_is_here(self) -> Self:
        if self.protocol == "lmtp" and not is_loopback(self.host):
            raise ValueError(
                'whoever reaches an lmtp door can say who sent a mail; set host = "127.0.0.1", or '
                'protocol = "smtp" where other machines hand in mail'
            )
        return self
