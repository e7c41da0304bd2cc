"""Every key of config.toml, once: type, default, unit, limits and the words that explain it.

The annotated sample and the messages about mistakes are made from these declarations; nothing
repeats them.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mailbot.address import is_loopback
from mailbot.config.words import (
    Address,
    AddressOrEmpty,
    Clock,
    Country,
    Day,
    Domain,
    Language,
    OwnAddress,
    Variable,
    Weekday,
    Zone,
    ZoneOrEmpty,
)
from mailbot.meeting import model
from mailbot.meeting.events import Rules

RULES = Rules()
NOBODY = "none"  # no server can have this name: it has no dot
PORT: dict[str, Any] = {"ge": 1, "le": 65535}

Tls = Literal["implicit", "starttls", "none"]
Login = Literal["password", "oauth", "none"]


def key(
    help: str,  # noqa: A002 - as pydantic and argparse call it
    default: Any = ...,
    *,
    example: Any = None,
    unit: str = "",
    **limits: Any,
) -> Any:
    """Declare a key: `default` ... means required, `example` is what the sample shows, `unit` of a
    number."""
    extra = {"unit": unit, "example": example}
    return Field(default, description=help, json_schema_extra=extra, **limits)


class Table(BaseModel):
    """A table of the file. strict: "5" is not 5 and "no" is not false; an unknown key is a
    mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


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


class MailTable(Table):
    """Who mailbot is."""

    address: OwnAddress = key("mailbot's own address.", example="mailbot@corp.example")
    plus_addressing: bool = key(
        "Whether your server delivers address+TOKEN, too; `mailbot check --probe` tries it. "
        "Without it, replies are found by the headers that mail programs send.",
        default=True,
    )
    display: str = key(
        "The name beside the address in mails that belong to no pair.", "mailbot", max_length=60
    )
    zone: ZoneOrEmpty = key(
        "Time zone of people of whom no other is known.", "", example="Europe/Lisbon"
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


class TrustTable(Table):
    """Whom to believe, and whom to tell."""

    profile: Literal["generic", "google", "microsoft"] = key(
        "How your server states what it checked.", "generic"
    )
    authserv_id: str = key(
        "The name your server puts first in its Authentication-Results headers. Without it no "
        "sender is proven: a reply is believed by its token and address, and any other mail is "
        "confirmed with the address on file. none: your server writes no such header, and you know "
        "what that means.",
        "",
        example="mx.corp.example",
    )
    allowed_domains: list[Domain] = key(
        "Managers writing from these domains may start a series by mail.",
        [],
        example=["corp.example"],
    )
    operator: AddressOrEmpty = key(
        "Who is told when something needs a hand.", "", example="postmaster@corp.example"
    )

    @property
    def believed(self) -> str:
        """Name the server whose word counts; "" where none is named."""
        return "" if self.authserv_id == NOBODY else self.authserv_id


class CycleTable(Table):
    """When the mails of a meeting leave. Days are working days of the reader, hours are theirs
    too."""

    request_days: int = key(
        "Agenda request before the meeting.", RULES.request_days, unit="working days", ge=1, le=10
    )
    agenda_days: int = key(
        "Agenda before the meeting.", RULES.agenda_days, unit="working days", ge=0, le=10
    )
    mail_hour: Clock = key("Time of day of these two.", RULES.mail_hour)
    update_minutes: int = key(
        "Changed agenda before the start.", RULES.update_minutes, unit="minutes", ge=5, le=1440
    )
    notes_minutes: int = key(
        "Notes request after the end.", RULES.notes_minutes, unit="minutes", ge=0, le=1440
    )
    close_days: int = key(
        "Roll on when nobody answers.", RULES.close_days, unit="working days", ge=1, le=10
    )
    max_gap_days: int = key(
        "Warn before two meetings are further apart.", RULES.max_gap_days, unit="days", ge=7, le=31
    )

    @model_validator(mode="after")
    def _request_comes_before_the_agenda(self) -> Self:
        if self.request_days <= self.agenda_days:
            raise ValueError(
                "request_days must be more than agenda_days: first the question, then the agenda"
            )
        return self


class DataTable(Table):
    """What mailbot keeps. Paths are seen from the folder of this file."""

    folder: str = key(
        "Folder of all series, the outbox and the journal. Back it up.", "data", min_length=1
    )
    key_file: str = key(
        "File of the keys that sign reply tokens; made at the first start, one key a line, the "
        "first one signs. Empty: the file keys in the data folder.",
        "",
        example="/etc/mailbot/keys",
    )
    quarantine_days: int = key(
        "Mails of strangers leave quarantine at this age, a week after the daily digest said so; "
        "those of people on file stay until you drop them. 0: all of them stay.",
        90,
        unit="days",
        ge=0,
        le=3650,
    )
    quarantine_megabytes: int = key(
        "Where quarantine is full, nothing is thrown away: what comes stays in the mailbox, or "
        "with the server that hands it in, and you are told.",
        500,
        unit="MB",
        ge=1,
        le=1_000_000,
    )


class TemplatesTable(Table):
    """Your own wording."""

    folder: str = key(
        "Folder whose files replace the shipped ones of the same name.", "", example="templates"
    )


class PersonEntry(Table):
    """Somebody who has one-on-ones. Those who keep the defaults may be left out."""

    address: Address = key(
        "Address on file: mails go there and are believed from there.", example="ana@corp.example"
    )
    name: str = key(
        "As it stands in the mails. Empty: made from the address.",
        "",
        example="Ana Silva",
        max_length=80,
    )
    zone: Zone = key("Time zone.", example="Europe/Lisbon")
    from_hour: Clock = key(
        "Working hours; nothing scheduled is sent outside them.", model.Person("", "").from_hour
    )
    to_hour: Clock = key("Their end.", model.Person("", "").to_hour)
    days: list[Weekday] = key(
        "Working days.", list(model.Person("", "").days), min_length=1, max_length=7
    )
    language: Language = key("Language of the mails.", model.Person("", "").language)
    country: Country = key(
        "Country whose public holidays count, with its part: DE-BY.", "", example="PT"
    )
    aliases: list[Address] = key(
        "Other addresses of this person.", [], example=["ana.silva@corp.example"]
    )

    @property
    def addresses(self) -> tuple[str, ...]:
        """List the address on file, then all others of this person."""
        return (self.address, *self.aliases)

    @model_validator(mode="after")
    def _hours_leave_room(self) -> Self:
        if self.from_hour >= self.to_hour:
            raise ValueError("from_hour must be earlier than to_hour")
        return self


class OneOnOne(Table):
    """A standing one-on-one. Changing it here changes the series."""

    report: Address = key("The one who owns the agenda.", example="ana@corp.example")
    manager: Address = key("The other one.", example="ben@corp.example")
    weekday: Weekday = key("Day of the week.", example="Tuesday")
    time: Clock = key("Start, wall clock.", example="10:00")
    zone: ZoneOrEmpty = key("Zone of that time. Empty: the report's.", "", example="Europe/Lisbon")
    minutes: int = key("Length.", 30, unit="minutes", ge=5, le=240)
    every_weeks: int = key(
        "Every week, or every second one; never less often.", 1, unit="weeks", ge=1, le=2
    )
    first: Day | None = key("No meeting before this day.", None, example=date(2026, 12, 1))

    @model_validator(mode="after")
    def _takes_two(self) -> Self:
        if self.report == self.manager:
            raise ValueError("report and manager must be two people")
        return self
