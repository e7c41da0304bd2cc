"""Config: the whole of config.toml, checked; the other rooms are handed plain values."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    field_validator,
    model_validator,
)
from pydantic_core.core_schema import ValidationInfo

from mailbot.config.people import ConfiguredPair, everybody, owners, standing_pairs
from mailbot.config.secret import secret, signing_keys
from mailbot.config.server_tables import ImapTable, OAuthTable, ReceiveTable, SmtpTable
from mailbot.config.shipped import naming, template_sources
from mailbot.config.tables import (
    CycleTable,
    DataTable,
    MailTable,
    OneOnOne,
    PersonEntry,
    TemplatesTable,
    TrustTable,
)
from mailbot.errors import Bug, OperatorError
from mailbot.meeting.events import Rules
from mailbot.meeting.model import Person

EXAMPLE_PEOPLE: list[Any] = [
    {"address": "ana@corp.example", "name": "Ana Silva", "zone": "Europe/Lisbon", "country": "PT"},
    {"address": "ben@corp.example", "name": "Ben Ito", "zone": "Europe/Berlin", "country": "DE-BE"},
]


def table(default: Any = ..., *, off: bool = False, **shown: str) -> Any:
    """Declare a table of the file; `shown`: keys whose sample is not the default, `off`: the sample
    has it commented out."""
    return Field(default, json_schema_extra={"off": off, "sample": [dict(shown)]})


class Config(BaseModel):
    """Hold the whole file. Paths in it are seen from its own folder."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    mail: MailTable = table()
    imap: ImapTable | None = table(None, user="mailbot@corp.example")
    smtp: SmtpTable = table(user="mailbot@corp.example")
    oauth: OAuthTable | None = table(None, off=True)
    receive: ReceiveTable = table(ReceiveTable())
    trust: TrustTable = table(TrustTable())
    cycle: CycleTable = table(CycleTable())
    data: DataTable = table(DataTable())
    templates: TemplatesTable = table(TemplatesTable())
    person: list[PersonEntry] = Field([], json_schema_extra={"sample": EXAMPLE_PEOPLE})
    one_on_one: list[OneOnOne] = table([])

    _home: Path = PrivateAttr(default=Path())

    # ---- what only the whole file can tell ----

    @field_validator("person")
    @classmethod
    def _each_address_has_one_owner(
        cls, entries: list[PersonEntry], info: ValidationInfo
    ) -> list[PersonEntry]:
        seen = _own_address(info)
        for address in (each for entry in entries for each in entry.addresses):
            if address in seen:
                raise ValueError(
                    f"{address} stands there twice, or is mailbot's own; each address has one owner"
                )
            seen.add(address)
        return entries

    @field_validator("one_on_one")
    @classmethod
    def _each_pair_is_clear(cls, entries: list[OneOnOne], info: ValidationInfo) -> list[OneOnOne]:
        if "person" not in info.data:  # it has a mistake of its own
            return entries
        owned = owners(info.data["person"])
        own, pairs = _own_address(info), set[tuple[str, str]]()
        for entry in entries:
            report, manager = (owned.get(name, name) for name in (entry.report, entry.manager))
            if (report, manager) in pairs:
                raise ValueError(f"{report} and {manager} stand there twice; leave one")
            if own & {report, manager}:
                raise ValueError(f"{min(own)} is mailbot itself; name two people")
            pairs.add((report, manager))
        _refuse_unknown_zones(entries, owned, info)
        return entries

    @model_validator(mode="after")
    def _mail_comes_in(self) -> Self:
        if self.imap is None and not self.receive.enabled:
            raise ValueError("no mail can come in; add [imap], or set enabled = true in [receive]")
        return self

    @model_validator(mode="after")
    def _tokens_are_known(self) -> Self:
        servers = {"imap": self.imap, "smtp": self.smtp}
        asking = [name for name, server in servers.items() if server and server.by_token]
        if asking and self.oauth is None:
            raise ValueError(
                f'[{asking[0]}] login is "oauth" but there is no table [oauth]; add it'
            )
        return self

    @model_validator(mode="after")
    def _profiles_are_for_mailboxes(self) -> Self:
        if self.receive.enabled and self.trust.profile != "generic":
            raise ValueError(
                f'[trust] profile = "{self.trust.profile}" is for a mailbox there, read by [imap]: '
                "at the door of [receive] anybody could write what it believes; set enabled = "
                'false there, or profile = "generic"'
            )
        return self

    # ---- plain values for the other rooms ----

    def people(self) -> dict[str, Person]:
        """Tell everybody by address on file; those named only in a one-on-one get the defaults and
        its zone."""
        return everybody(self.person, self.one_on_one, self.mail.zone)

    def series(self) -> list[ConfiguredPair]:
        """Tell the standing one-on-ones, in the order of the file."""
        return standing_pairs(self.one_on_one, self.people(), owners(self.person))

    def rules(self) -> Rules:
        return Rules(**dict(self.cycle))

    # ---- files and secrets ----

    @property
    def data_folder(self) -> Path:
        return self._home / self.data.folder

    @property
    def key_file(self) -> Path:
        return self._home / self.data.key_file if self.data.key_file else self.data_folder / "keys"

    def keys(self, *, make: bool = True) -> tuple[bytes, ...]:
        """Read the keys of reply tokens, the signing one first.

        `make`: with mode 0600, if there are none.
        """
        return signing_keys(self.key_file, make=make)

    def imap_password(self) -> str:
        assert self.imap is not None
        return secret(
            self.imap.password_env, self._file(self.imap.password_file), "[imap] password"
        )

    def smtp_password(self) -> str:
        return secret(
            self.smtp.password_env, self._file(self.smtp.password_file), "[smtp] password"
        )

    def client_secret(self) -> str:
        assert self.oauth is not None
        # a public client has none (RFC 6749, 2.1)
        needed = self.oauth.grant == "client_credentials"
        file = self._file(self.oauth.client_secret_file)
        return secret(self.oauth.client_secret_env, file, "[oauth] client_secret", needed=needed)

    def refresh_token(self) -> str:
        """Read the refresh token; "" for the grant that has none."""
        assert self.oauth is not None
        if self.oauth.grant != "refresh_token":
            return ""
        file = self._file(self.oauth.refresh_token_file)
        return secret(self.oauth.refresh_token_env, file, "[oauth] refresh_token")

    def kept_token_file(self) -> Path:
        """Name the file where the newest refresh token is kept."""
        assert self.oauth is not None
        return self._file(self.oauth.kept_file) or self.data_folder / "oauth.kept"

    def template_sources(self) -> dict[str, str]:
        """Read template texts by name ("en/agenda.txt"), the operator's own before ours."""
        return template_sources(self.template_folder)

    @property
    def template_folder(self) -> Path | None:
        """Name the folder of the operator's own templates."""
        return self._file(self.templates.folder)

    @contextmanager
    def naming_templates(self) -> Iterator[None]:
        """Tell mistakes in templates that are found in here by the operator's own file, where it is
        theirs."""
        try:
            yield
        # Bug: a phrase that a template of ours asks for is not in theirs
        except (OperatorError, Bug) as error:
            told = naming(str(error), self.template_folder)
            if told == str(error):
                raise
            raise OperatorError(told) from error

    def ca_file(self, server: ImapTable | SmtpTable) -> str:
        """Name the certificates to trust beside the system's, or ""."""
        return str(self._home / server.ca_file) if server.ca_file else ""

    def _file(self, name: str) -> Path | None:
        return self._home / name if name else None


def _own_address(info: ValidationInfo) -> set[str]:
    """Tell mailbot's own address; empty where [mail] has a mistake."""
    return {info.data["mail"].address} if "mail" in info.data else set()


def _refuse_unknown_zones(
    entries: list[OneOnOne], owned: dict[str, str], info: ValidationInfo
) -> None:
    """Raise ValueError for a one-on-one of a report whose zone stands nowhere."""
    if "mail" not in info.data or info.data["mail"].zone:
        return
    for entry in entries:
        if not entry.zone and entry.report not in owned:
            raise ValueError(
                f"nobody knows where {entry.report} is; add zone here, or a zone in [mail]"
            )
