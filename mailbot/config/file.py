"""config.toml -> Config: read once at start, every mistake told at once; the other rooms are
handed plain values."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core.core_schema import ValidationInfo

from mailbot.config.problems import ConfigError, not_toml, sentence
from mailbot.config.sample import sample
from mailbot.config.secret import secret, signing_keys
from mailbot.config.shipped import naming, shipped, template_sources
from mailbot.config.tables import (
    CycleTable,
    DataTable,
    ImapTable,
    MailTable,
    OAuthTable,
    OneOnOne,
    PersonEntry,
    ReceiveTable,
    SmtpTable,
    TemplatesTable,
    TrustTable,
)
from mailbot.errors import Bug, OperatorError, reason
from mailbot.meeting.events import Rules
from mailbot.meeting.model import Cadence, Person

__all__ = [
    "PLACES",
    "Config",
    "ConfigError",
    "Pair",
    "annotated",
    "find",
    "load",
    "parse",
    "shipped",
]

PLACES = (Path("config.toml"), Path("/etc/mailbot/config.toml"))

EXAMPLE_PEOPLE: list[Any] = [
    {"address": "ana@corp.example", "name": "Ana Silva", "zone": "Europe/Lisbon", "country": "PT"},
    {"address": "ben@corp.example", "name": "Ben Ito", "zone": "Europe/Berlin", "country": "DE-BE"},
]


def table(default: Any = ..., *, off: bool = False, **shown: str) -> Any:
    """A table of the file; `shown`: keys whose sample is not the default, `off`: the sample has
    it commented out."""
    return Field(default, json_schema_extra={"off": off, "sample": [dict(shown)]})


class Pair(NamedTuple):
    """One standing one-on-one as configured."""

    report: Person
    manager: Person
    cadence: Cadence


class Config(BaseModel):
    """The whole file. Paths in it are seen from its own folder."""

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
        seen: set[str] = {info.data["mail"].address} if "mail" in info.data else set()
        for entry in entries:
            for address in (entry.address, *entry.aliases):
                if address in seen:
                    raise ValueError(
                        f"{address} stands there twice, or is mailbot's own; each address has one "
                        "owner"
                    )
                seen.add(address)
        return entries

    @field_validator("one_on_one")
    @classmethod
    def _each_pair_is_clear(cls, entries: list[OneOnOne], info: ValidationInfo) -> list[OneOnOne]:
        if "person" not in info.data:
            return entries
        owners = _owners(info.data["person"])
        pairs = [
            tuple(owners.get(name, name) for name in (entry.report, entry.manager))
            for entry in entries
        ]
        for entry, pair in zip(entries, pairs, strict=True):
            if pairs.count(pair) > 1:
                raise ValueError(f"{pair[0]} and {pair[1]} stand there twice; leave one")
            if "mail" in info.data and info.data["mail"].address in pair:
                raise ValueError(f"{info.data['mail'].address} is mailbot itself; name two people")
            house = info.data["mail"].zone if "mail" in info.data else "unknown"
            if not (entry.zone or house or entry.report in owners):
                raise ValueError(
                    f"nobody knows where {entry.report} is; add zone here, or a zone in [mail]"
                )
        return entries

    @model_validator(mode="after")
    def _mail_comes_in_and_tokens_are_known(self) -> Self:
        if self.imap is None and not self.receive.enabled:
            raise ValueError("no mail can come in; add [imap], or set enabled = true in [receive]")
        for name, server in (("imap", self.imap), ("smtp", self.smtp)):
            if server is not None and server.login == "oauth" and self.oauth is None:
                raise ValueError(f'[{name}] login is "oauth" but there is no table [oauth]; add it')
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
        """Everybody by address on file; those named only in a one-on-one get the defaults and
        its zone."""
        listed = {entry.address: _person(entry) for entry in self.person}
        owners = _owners(self.person)
        for entry in self.one_on_one:
            for address in (entry.report, entry.manager):
                if address not in owners:
                    zone = self.mail.zone or entry.zone or listed[owners[entry.report]].zone
                    listed.setdefault(address, Person(address, name_of(address), zone))
        return listed

    def series(self) -> list[Pair]:
        """The standing one-on-ones, in the order of the file."""
        people, owners = self.people(), _owners(self.person)
        pairs = []
        for entry in self.one_on_one:
            report, manager = (
                people[owners.get(name, name)] for name in (entry.report, entry.manager)
            )
            zone = entry.zone or report.zone
            cadence = Cadence(
                entry.weekday, entry.time, zone, entry.every_weeks, entry.minutes, entry.first
            )
            pairs.append(Pair(report, manager, cadence))
        return pairs

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
        """The keys of reply tokens, the signing one first. `make`: with mode 0600 if there are
        none."""
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
        """ "" for the grant that has none."""
        assert self.oauth is not None
        if self.oauth.grant != "refresh_token":
            return ""
        file = self._file(self.oauth.refresh_token_file)
        return secret(self.oauth.refresh_token_env, file, "[oauth] refresh_token")

    def kept_token_file(self) -> Path:
        """Where the newest refresh token is kept."""
        assert self.oauth is not None
        return self._file(self.oauth.kept_file) or self.data_folder / "oauth.kept"

    def template_sources(self) -> dict[str, str]:
        """Template texts by name ("en/agenda.txt"), the operator's own before the shipped ones."""
        return template_sources(self.template_folder)

    @property
    def template_folder(self) -> Path | None:
        """The operator's own."""
        return self._file(self.templates.folder)

    @contextmanager
    def naming_templates(self) -> Iterator[None]:
        """Mistakes in templates that are found in here are told by the operator's own file,
        where it is theirs."""
        try:
            yield
        # Bug: a phrase that a template of ours asks for is not in theirs
        except (OperatorError, Bug) as error:
            told = naming(str(error), self.template_folder)
            if told == str(error):
                raise
            raise OperatorError(told) from error

    def ca_file(self, server: ImapTable | SmtpTable) -> str:
        """Path of the certificates to trust beside the system's, or ""."""
        return str(self._home / server.ca_file) if server.ca_file else ""

    def _file(self, name: str) -> Path | None:
        return self._home / name if name else None


def name_of(address: str) -> str:
    """A name made of an address: ana.silva@corp.example -> Ana Silva."""
    local = address.partition("@")[0].partition("+")[0]
    words = local.replace(".", " ").replace("_", " ").replace("-", " ").split()
    return " ".join(word.capitalize() for word in words) or address


def _person(entry: PersonEntry) -> Person:
    return Person(
        address=entry.address,
        name=" ".join(entry.name.split()) or name_of(entry.address),
        zone=entry.zone,
        from_hour=entry.from_hour,
        to_hour=entry.to_hour,
        days=tuple(sorted(set(entry.days))),
        language=entry.language,
        country=entry.country,
        aliases=tuple(entry.aliases),
    )


def _owners(entries: Iterable[PersonEntry]) -> dict[str, str]:
    """Address on file by every address of the person."""
    return {
        address: entry.address for entry in entries for address in (entry.address, *entry.aliases)
    }


# ---- reading ----


def find(path: Path | None = None, places: Iterable[Path] = PLACES) -> Path:
    """The file named on the command line, else the first of `places` that is there."""
    if path is not None:
        return path
    for place in places:
        if place.exists():
            return place
    names = " or ".join(str(place) for place in places)
    raise OperatorError(
        f"There is no {names}; name one with --config, or make one: mailbot config > config.toml"
    )


def load(path: Path | None = None) -> Config:
    """Read the file. Raises OperatorError: not there, not TOML (line and column), or ConfigError
    (all problems)."""
    source = find(path)
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OperatorError(
            f"{source} is not UTF-8 at octet {error.start}; save it as UTF-8."
        ) from error
    except OSError as error:
        raise OperatorError(
            f"{source} cannot be read ({reason(error)}); name another with --config."
        ) from error
    return parse(text, source)


def parse(text: str, source: Path = PLACES[0]) -> Config:
    """The text of the file; `source` names it and is where relative paths begin."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise not_toml(source, str(error)) from None
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise ConfigError(
            str(source), tuple(sentence(each, Config, raw) for each in found)
        ) from None
    config._home = source.parent  # noqa: SLF001 - set here alone, right after reading
    return config


def annotated() -> str:
    """The sample config.toml: every key explained, two example people."""
    return sample(Config)
