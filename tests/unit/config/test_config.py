"""Holds: the sample of config.toml is what the program prints, every mistake in a file is one
sentence with its key and fix, and no secret is ever shown.
"""

import re
import stat
from datetime import date, time
from pathlib import Path

import pytest

from mailbot.config.file import Config, ConfigError, annotated, find, load, parse
from mailbot.config.problems import models
from mailbot.config.tables import CycleTable
from mailbot.errors import OperatorError
from mailbot.meeting.events import Rules
from mailbot.meeting.model import Person
from tests.kit.cases import case

ROOT = Path(__file__).parents[3]

SMALL = """
[mail]
address = "mailbot@corp.example"
[imap]
host = "imap.corp.example"
user = "mailbot"
[smtp]
host = "smtp.corp.example"
user = "mailbot"
"""

PEOPLE = """
[[person]]
address = "ana@corp.example"
zone = "Europe/Lisbon"
aliases = ["ana.silva@corp.example"]
[[person]]
address = "ben@corp.example"
name = "Ben Ito"
zone = "Asia/Tokyo"
from_hour = 10:30:00
days = ["Sun", "mon", "Tuesdays"]
country = "jp"
"""

PAIR = """
[[one_on_one]]
report = "Ana.Silva@corp.example"
manager = "ben@corp.example"
weekday = "Tue"
time = "10:00"
"""


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(text)
    assert caught.value.exit_code == 78
    return list(caught.value.problems)


# ---- the sample ----


def test_the_sample_is_what_the_program_prints() -> None:
    assert (ROOT / "config.toml").read_text("utf8") == annotated(), (
        "refresh: python -m mailbot config > config.toml"
    )


def test_the_sample_can_be_used_as_it_is() -> None:
    ana, ben, cadence = parse(annotated()).series()[0]
    assert (ana.name, ana.zone, ben.country) == ("Ana Silva", "Europe/Lisbon", "DE-BE")
    assert (cadence.weekday, cadence.at, cadence.zone) == (1, time(10), "Europe/Lisbon")


def test_the_sample_can_be_used_with_every_mark_removed() -> None:
    """Keys and tables that are off are right, too, once they are on."""
    everything = re.sub(r"^# (?=\[|[a-z_]+ = )", "", annotated(), flags=re.MULTILINE)
    config = parse(everything)
    assert config.oauth is not None
    assert config.series()[0].cadence.first == date(2026, 12, 1)
    assert config.person[0].aliases == ["ana.silva@corp.example"]


def test_every_key_is_explained_and_shown() -> None:
    shown = annotated()
    for name, table in Config.model_fields.items():
        (model,) = models(table.annotation)
        assert f"[{name}]" in shown
        for key, field in model.model_fields.items():
            assert field.description, key
            assert re.search(rf"^(# )?{key} = ", shown, re.MULTILINE), key


def test_numbers_of_the_cycle_are_those_of_the_rules() -> None:
    assert set(CycleTable.model_fields) == set(Rules.__dataclass_fields__)
    assert parse(SMALL).rules() == Rules()


# ---- what the other rooms are handed ----


def test_people_and_series_are_plain_values() -> None:
    config = parse(SMALL + PEOPLE + PAIR)
    ben = Person(
        "ben@corp.example", "Ben Ito", "Asia/Tokyo", time(10, 30), days=(0, 1, 6), country="JP"
    )
    assert config.people()["ben@corp.example"] == ben
    ana, manager, cadence = config.series()[0]
    assert (ana.address, ana.name, manager) == ("ana@corp.example", "Ana", ben)
    assert (cadence.zone, cadence.minutes, cadence.every_weeks, cadence.first) == (
        "Europe/Lisbon",
        30,
        1,
        None,
    )


@case(95)
def test_a_domain_beyond_ascii_is_spelt_out_and_a_name_beyond_ascii_refused() -> None:
    config = parse(
        SMALL + PAIR.replace("Ana.Silva@corp.example", "ana@STRAßE.example") + 'zone = "UTC"'
    )
    assert config.series()[0].report.address == "ana@xn--strae-oqa.example"
    (told,) = problems(
        SMALL + PAIR.replace("Ana.Silva@corp.example", "josé@corp.example") + 'zone = "UTC"'
    )
    assert (
        "has letters before the @ that only mail with SMTPUTF8 can carry, which mailbot does not speak"
        in told
    )


def test_who_is_named_only_in_a_one_on_one_gets_the_defaults() -> None:
    config = parse(SMALL + PAIR + 'zone = "America/New_York"')
    assert config.people()["ana.silva@corp.example"] == Person(
        "ana.silva@corp.example", "Ana Silva", "America/New_York"
    )
    assert config.series()[0].manager.name == "Ben"


def test_nobody_guesses_where_a_person_is() -> None:
    assert problems(SMALL + PAIR) == [
        "[[one_on_one]]: nobody knows where ana.silva@corp.example is; add zone here, or a zone in [mail]."
    ]
    told = parse(SMALL.replace("[imap]", 'zone = "Europe/Oslo"\n[imap]') + PAIR)
    assert told.series()[0].cadence.zone == "Europe/Oslo"


def test_paths_are_seen_from_the_folder_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("\ufeff" + SMALL + '[data]\nfolder = "kept"\n', "utf8")
    config = load(file)
    assert (config.data_folder, config.key_file) == (tmp_path / "kept", tmp_path / "kept" / "keys")


# ---- mistakes: (what is added to SMALL, what the sentence must say) ----

MISTAKES = {
    "unknown key": (
        "[cycle]\nrequest_day = 2",
        ["[cycle] request_day", "did you mean request_days?"],
    ),
    "unknown table": ("[recieve]\nenabled = true", ["[recieve]", "did you mean receive?"]),
    "hopeless key": ("[data]\nxyzzy = 1", ["[data] xyzzy", "remove it", "folder"]),
    "quoted number": (
        '[receive]\nport = "8024"',
        ["[receive] port must be a whole number without quotes"],
    ),
    "broken number": ("[receive]\nport = 80.5", ["[receive] port must be a whole number"]),
    "number too big": ("[receive]\nport = 70000", ["[receive] port must be at most 65535"]),
    "number too small": ("[cycle]\nclose_days = 0", ["[cycle] close_days must be at least 1"]),
    "lmtp for all": (
        '[receive]\nhost = "0.0.0.0"',
        ["[receive]: whoever reaches an lmtp door", 'host = "127.0.0.1"'],
    ),
    "lmtp by a name": (
        '[receive]\nhost = "mx.corp.example"',
        ["[receive]: whoever reaches an lmtp door"],
    ),
    "google's door": (
        '[receive]\nenabled = true\nprotocol = "smtp"\n[trust]\nprofile = "google"',
        ['profile = "google"', "read by [imap]", 'profile = "generic"'],
    ),
    "microsoft's door": (
        '[receive]\nenabled = true\n[trust]\nprofile = "microsoft"',
        ['profile = "microsoft"'],
    ),
    "quoted truth": ('[receive]\nenabled = "no"', ["[receive] enabled must be true or false"]),
    "not a word": ("[templates]\nfolder = 3", ["[templates] folder must be text in quotes"]),
    "not a choice": ('[trust]\nprofile = "gmail"', ["[trust] profile", "google"]),
    "not a list": ('[trust]\nallowed_domains = "corp.example"', ["allowed_domains must be a list"]),
    "in a list": (
        '[trust]\nallowed_domains = ["corp.example", 5]',
        ["allowed_domains entry 2 must be text"],
    ),
    "no domain": (
        '[trust]\nallowed_domains = ["@corp"]',
        ["allowed_domains entry 1", "corp.example", "@corp"],
    ),
    "one bracket": ('[person]\naddress = "ana@corp.example"', ["[person]", "[[person]]"]),
    "no address": (
        '[[person]]\naddress = "Ana <a@b.example>"\nzone = "UTC"',
        ["[[person]] 1", "address", "plain"],
    ),
    "no zone": (
        '[[person]]\naddress = "a@b.example"',
        ["[[person]] 1 (a@b.example) zone is missing", "Europe/Lisbon"],
    ),
    "zone, a city": (
        '[[person]]\naddress = "a@b.example"\nzone = "Lisbon"',
        ["did you mean Europe/Lisbon?"],
    ),
    "zone, a typo": (
        '[[person]]\naddress = "a@b.example"\nzone = "Europe/Berln"',
        ["did you mean Europe/Berlin?"],
    ),
    "zone, its case": (
        '[[person]]\naddress = "a@b.example"\nzone = "europe/paris"',
        ["did you mean Europe/Paris?"],
    ),
    "zone, a path": (
        '[[person]]\naddress = "a@b.example"\nzone = "../etc/passwd"',
        ["zone is '../etc/passwd'"],
    ),
    "country": (
        '[[person]]\naddress = "a@b.example"\nzone = "UTC"\ncountry = "XX"',
        ["country", "such as PT"],
    ),
    "subdivision": (
        '[[person]]\naddress = "a@b.example"\nzone = "UTC"\ncountry = "DE-XX"',
        ["DE has", "BY"],
    ),
    "hours": (
        '[[person]]\naddress = "a@b.example"\nzone = "UTC"\nto_hour = "08:00"',
        ["from_hour must be earlier"],
    ),
    "weekday": (
        PAIR.replace("Tue", "Tusday"),
        ["[[one_on_one]] 1 (Ana.Silva@corp.example) weekday", "Tuesday?"],
    ),
    "weekday, a number": (PAIR.replace('"Tue"', "2"), ["weekday must be a weekday in quotes"]),
    "time": (PAIR.replace("10:00", "25:00"), ["time must be a time of day", "25:00"]),
    "time without quotes": (
        PAIR.replace('"10:00"', "10"),
        ["time must be a time of day", '"09:30"'],
    ),
    "first": (PAIR + 'first = "next week"', ["first must be a date such as"]),
    "too seldom": (PAIR + "every_weeks = 3", ["every_weeks must be at most 2"]),
    "alone": (
        PAIR.replace("ben@corp", "ana.silva@corp"),
        ["report and manager must be two people"],
    ),
    "pair twice": (PEOPLE + PAIR + PAIR, ["[[one_on_one]]", "stand there twice"]),
    "address twice": (PEOPLE + PEOPLE, ["[[person]]", "each address has one owner"]),
    "mailbot is a person": (
        '[[person]]\naddress = "mailbot@corp.example"\nzone = "UTC"',
        ["each address has one owner"],
    ),
    "agenda before request": (
        "[cycle]\nagenda_days = 2",
        ["[cycle]: request_days must be more than agenda_days"],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_sentence_with_the_key_and_the_fix(name: str) -> None:
    added, words = MISTAKES[name]
    (sentence,) = problems(SMALL + added)
    for word in words:
        assert word in sentence
    assert "\n" not in sentence
    assert sentence[-1] in ".?"


WHOLE = {
    "nothing": ("", ["[mail] is missing", "[smtp] is missing"]),
    "table as key": (
        "imap = 3\n" + SMALL.replace('[imap]\nhost = "imap.corp.example"\nuser = "mailbot"', ""),
        ["write [imap]"],
    ),
    "no way in": (
        SMALL.replace('[imap]\nhost = "imap.corp.example"\nuser = "mailbot"', ""),
        ["no mail can come in", "[imap]"],
    ),
    "oauth": (SMALL.replace("[smtp]", 'login = "oauth"\n[smtp]'), ["no table [oauth]"]),
    "nobody logs in": (SMALL.replace('user = "mailbot"', "", 1), ["[imap]: user is missing"]),
    "clear text": (SMALL + 'tls = "none"', ['[smtp]: tls = "none" is for this machine alone']),
    "long local part": (
        SMALL.replace("mailbot@", "m" * 35 + "@"),
        ["[mail] address", "at most 34 characters"],
    ),
    "plus": (SMALL.replace("mailbot@", "mail+bot@"), ["[mail] address", "no +"]),
    "one folder": (
        SMALL.replace("[smtp]", 'done_folder = "INBOX"\n[smtp]'),
        ["done_folder must be another folder"],
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_mistake_of_the_whole_file(name: str) -> None:
    text, words = WHOLE[name]
    told = "\n".join(problems(text))
    for word in words:
        assert word in told


def test_clear_text_on_this_machine_is_allowed() -> None:
    local = SMALL.replace("smtp.corp.example", "127.0.0.1") + 'tls = "none"\nlogin = "none"'
    assert parse(local).smtp.tls == "none"


@pytest.mark.parametrize(
    ("protocol", "host"),
    [("lmtp", "127.0.0.1"), ("lmtp", "::1"), ("lmtp", "localhost"), ("smtp", "0.0.0.0")],
)
def test_doors_that_may_be_opened(protocol: str, host: str) -> None:
    door = parse(
        SMALL + f'[receive]\nenabled = true\nprotocol = "{protocol}"\nhost = "{host}"'
    ).receive
    assert (door.protocol, door.host) == (protocol, host)


def test_all_mistakes_are_told_at_once() -> None:
    added = (
        '[cycle]\nclose_days = 0\nnotes = 1\n[trust]\nprofile = "x"\n'
        + PAIR.replace("Tue", "Funday")
        + "minutes = 2"
    )
    told = problems(SMALL + added)
    assert len(told) == 5
    assert [line.split()[0] for line in told] == [
        "[trust]",
        "[cycle]",
        "[cycle]",
        "[[one_on_one]]",
        "[[one_on_one]]",
    ]


# ---- the file itself ----


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[mail]\naddress = mailbot@corp.example\n", ["not valid TOML", "line 2, column 11"]),
        (b'[mail]\naddress = "a\n', ["not valid TOML", "line 2"]),
        (b"[mail]\n[mail]\n", ["not valid TOML", "line 2"]),
        (b'[mail]\naddress = "\xe9"\n', ["not UTF-8 at octet 18"]),
    ],
)
def test_what_is_no_toml_is_told_with_its_place(
    tmp_path: Path, content: bytes, words: list[str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    with pytest.raises(OperatorError) as caught:
        load(file)
    for word in (str(file), *words):
        assert word in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"nowhere\.toml cannot be read \(no such file"):
        load(tmp_path / "nowhere.toml")
    with pytest.raises(OperatorError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(OperatorError, match=r"mailbot config > config\.toml"):
        find(None, (tmp_path / "a.toml", tmp_path / "b.toml"))
    (tmp_path / "b.toml").write_text(SMALL)
    assert find(None, (tmp_path / "a.toml", tmp_path / "b.toml")) == tmp_path / "b.toml"


# ---- secrets ----

HUNTER = "hunter2-Very-Secret"


@pytest.mark.parametrize(
    "line",
    [
        f'password = "{HUNTER}"',
        f'password_env = "{HUNTER}"',
        f'secret = "{HUNTER}"',
        f'port = "{HUNTER}"',
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(line: str) -> None:
    told = "\n".join(problems(SMALL + line))
    assert "[smtp]" in told
    assert HUNTER.lower() not in told.lower()


def test_a_password_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    config = parse(SMALL)
    monkeypatch.delenv("MAILBOT_IMAP_PASSWORD", raising=False)
    with pytest.raises(
        OperatorError,
        match=r"\[imap\] password: set the environment variable MAILBOT_IMAP_PASSWORD",
    ):
        config.imap_password()
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", HUNTER)
    assert config.imap_password() == HUNTER
    assert HUNTER not in repr(config)


@pytest.mark.parametrize(
    ("mode", "content", "answer"),
    [
        (0o600, f"{HUNTER}\n", HUNTER),
        (0o400, HUNTER, HUNTER),
        (0o640, HUNTER, "chmod 600"),
        (0o600, "\n", "is empty"),
    ],
)
def test_a_password_comes_from_a_private_file(
    tmp_path: Path, mode: int, content: str, answer: str
) -> None:
    (tmp_path / "smtp.password").write_text(content)
    (tmp_path / "smtp.password").chmod(mode)
    config = parse(SMALL + 'password_file = "smtp.password"', tmp_path / "config.toml")
    if answer == HUNTER:
        assert config.smtp_password() == HUNTER
        return
    with pytest.raises(OperatorError, match=answer) as caught:
        config.smtp_password()
    assert HUNTER not in str(caught.value)


def test_keys_are_made_once_for_us_alone(tmp_path: Path) -> None:
    config = parse(SMALL, tmp_path / "config.toml")
    first = config.keys()
    assert config.keys() == first
    assert len(first[0]) == 32
    assert stat.S_IMODE(config.key_file.stat().st_mode) == 0o600
    assert [path.name for path in config.data_folder.iterdir()] == ["keys"]
    newer = "ab" * 32
    config.key_file.write_text(f"{newer}\n{first[0].hex()}\n")
    assert config.keys() == (bytes.fromhex(newer), *first), (
        "a new key signs, the old one is still believed"
    )


@pytest.mark.parametrize(
    ("content", "words"), [("", "is empty"), ("zz\n", "hexadecimal"), ("abcd\n", "fewer than")]
)
def test_a_broken_key_file_is_named(tmp_path: Path, content: str, words: str) -> None:
    config = parse(SMALL, tmp_path / "config.toml")
    config.data_folder.mkdir()
    config.key_file.write_text(content)
    config.key_file.chmod(0o600)
    with pytest.raises(OperatorError, match=words) as caught:
        config.keys()
    assert str(config.key_file) in str(caught.value)


# ---- templates ----


def test_own_templates_replace_the_shipped_ones_by_name(tmp_path: Path) -> None:
    (tmp_path / "words" / "en").mkdir(parents=True)
    (tmp_path / "words" / "en" / "agenda.txt").write_text("Subject: ours\n\nHello", "utf8")
    config = parse(SMALL + '[templates]\nfolder = "words"', tmp_path / "config.toml")
    sources = config.template_sources()
    assert sources["en/agenda.txt"] == "Subject: ours\n\nHello"
    assert len(sources) > 1
    (tmp_path / "words" / "en" / "agenda.txt").write_bytes(b"\xff")
    with pytest.raises(OperatorError, match=r"agenda\.txt cannot be read"):
        config.template_sources()


def test_a_template_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"\[templates\] folder: .*words is no folder"):
        parse(SMALL + '[templates]\nfolder = "words"', tmp_path / "config.toml").template_sources()
