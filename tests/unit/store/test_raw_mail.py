"""Raw mails set aside come back byte for byte."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.errors import InputError, Temporary
from mailbot.store.raw_mail import NO_SLIP, RECOUNT, Full, RawMailStore, SetAside
from tests.unit.store.disks import Failing
from tests.unit.store.people import NOW

RAW = b"From: =?\xff\r\n\x00" + bytes(range(256))


def test_a_mail_lies_there_with_its_reason_until_it_is_dropped(tmp_path: Path) -> None:
    shelf = RawMailStore(tmp_path / "quarantine")
    assert shelf.list() == ()
    second = shelf.put(b"b", "too big", NOW, "imap/INBOX/7/2")
    first = shelf.put(RAW, "unreadable", NOW - timedelta(days=1), "imap/INBOX/7/1")
    assert shelf.list() == (
        SetAside(first, "unreadable", NOW - timedelta(days=1), "imap/INBOX/7/1", len(RAW)),
        SetAside(second, "too big", NOW, "imap/INBOX/7/2", 1),
    )
    assert shelf.get(first) == RAW
    assert RawMailStore(tmp_path / "quarantine").look(second).reason == "too big"
    shelf.drop(first)
    assert [aside.name for aside in shelf.list()] == [second]
    assert len(list((tmp_path / "quarantine").iterdir())) == 2


def test_the_same_mail_lies_there_once_with_its_first_reason_and_day(tmp_path: Path) -> None:
    shelf = RawMailStore(tmp_path)
    later = NOW + timedelta(days=1)
    names = [
        shelf.put(RAW, "unreadable", NOW, "k"),
        shelf.put(RAW, "killed us", later, "k"),
        shelf.put(RAW, "again", later, "l"),
    ]
    assert len({*names, shelf.put(RAW + b"!", "unreadable", later, "k")}) == 2
    assert [(aside.reason, aside.at, aside.key) for aside in shelf.list()] == [
        ("unreadable", NOW, "k"),
        ("unreadable", later, "k"),
    ]


def test_what_is_known_of_a_mail_lies_beside_it(tmp_path: Path) -> None:
    trace = ("our own mail: no", "verdict: none")
    name = RawMailStore(tmp_path).put(
        RAW, "unreadable", NOW, "k", trace=trace, proof="pass", junk=True
    )
    assert RawMailStore(tmp_path).look(name) == SetAside(
        name, "unreadable", NOW, "k", len(RAW), trace, "pass", junk=True
    )


@pytest.mark.parametrize(
    "slip", [None, b"", b'{"name": "x', b"[]", b'{"name": 3}', b"\xff"], ids=repr
)
def test_a_slip_that_cannot_be_read_hides_neither_its_mail_nor_the_others(
    tmp_path: Path, slip: bytes | None
) -> None:
    shelf = RawMailStore(tmp_path)
    bad, good = shelf.put(b"bad", "unreadable", NOW, "k"), shelf.put(b"good", "too big", NOW, "l")
    (tmp_path / f"{bad}.json").unlink()
    if slip is not None:
        (tmp_path / f"{bad}.json").write_bytes(slip)
    told = {aside.name: (aside.reason, aside.key, aside.size) for aside in shelf.list()}
    assert told == {bad: (NO_SLIP, "", 3), good: ("too big", "l", 4)}
    assert shelf.get(bad) == b"bad"
    assert shelf.put(b"bad", "unreadable", NOW, "k") == bad
    assert shelf.look(bad).reason == "unreadable", "a second arrival mends it"
    shelf.drop(bad)
    assert [aside.name for aside in shelf.list()] == [good]


def test_a_slip_that_lost_its_mail_is_no_mail(tmp_path: Path) -> None:
    shelf = RawMailStore(tmp_path)
    name = shelf.put(RAW, "unreadable", NOW, "k")
    (tmp_path / f"{name}.eml").unlink()
    assert shelf.list() == ()
    with pytest.raises(InputError, match="There is no mail"):
        shelf.drop(name)


def test_a_mail_that_is_dropped_beside_a_list_is_left_out(tmp_path: Path) -> None:
    shelf = RawMailStore(tmp_path)
    names = [shelf.put(bytes([number]), "unreadable", NOW, "k") for number in range(3)]

    class Raced(RawMailStore):
        def look(self, name: str) -> SetAside:
            for each in names[1:]:
                (tmp_path / f"{each}.eml").unlink(missing_ok=True)
                (tmp_path / f"{each}.json").unlink(missing_ok=True)
            return super().look(name)

    assert {aside.name for aside in Raced(tmp_path).list()} <= {names[0]}


def test_a_full_shelf_takes_no_more_and_loses_nothing(tmp_path: Path) -> None:
    shelf = RawMailStore(tmp_path, octets_at_most=10)
    first = shelf.put(b"12345", "unreadable", NOW, "k")
    second = shelf.put(b"67890", "unreadable", NOW, "k")
    with pytest.raises(Full, match="quarantine_megabytes"):
        shelf.put(b"!", "unreadable", NOW, "k")
    assert shelf.put(b"12345", "unreadable", NOW, "k") == first, (
        "what lies there already needs no room"
    )
    assert shelf.usage() == (2, 10)
    RawMailStore(tmp_path).drop(first)  # by another process
    with pytest.raises(Full):
        shelf.put(b"!", "unreadable", NOW, "k")
    shelf.put(b"!", "unreadable", NOW + RECOUNT, "k")
    shelf.drop(second)
    shelf.put(b"123456789", "unreadable", NOW + RECOUNT, "k")
    assert shelf.usage() == (2, 10)


@pytest.mark.parametrize(
    "name", ["0123456789abcdef", "../secret", "", "0123456789ABCDEF", "0123456789abcdef\n"]
)
def test_a_name_that_is_not_there_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.eml").write_bytes(b"secret")
    shelf = RawMailStore(tmp_path / "quarantine")
    for act in (shelf.get, shelf.look, shelf.drop):
        with pytest.raises(InputError, match="There is no mail"):
            act(name)


def test_whatever_fails_nothing_half_is_listed(tmp_path: Path) -> None:
    for nth in range(1, 100):
        shelf = RawMailStore(tmp_path / str(nth), disk := Failing(nth, 28, torn=True))
        try:
            name = shelf.put(RAW, "unreadable", NOW, "k")
        except Temporary:
            assert [shelf.get(aside.name) for aside in shelf.list()] in ([], [RAW])
            name = shelf.put(RAW, "unreadable", NOW, "k")
        assert shelf.get(name) == RAW
        assert shelf.look(name).size == len(RAW)
        if not disk.struck:
            break
    assert nth == 11
