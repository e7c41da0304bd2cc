"""Holds: a raw mail that was set aside comes back byte for byte, with its reason, until it is
dropped.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.errors import InputError, Temporary
from mailbot.store.raw_mail import NO_NOTE, RECOUNT, Full, RawMailStore, SetAside
from tests.unit.store.disks import Failing
from tests.unit.store.people import NOW

RAW = b"From: =?\xff\r\n\x00" + bytes(range(256))


def test_a_mail_lies_there_with_its_reason_until_it_is_dropped(tmp_path: Path) -> None:
    kept = RawMailStore(tmp_path / "quarantine")
    assert kept.list() == ()
    second = kept.put(b"b", "too big", NOW, "imap/INBOX/7/2")
    first = kept.put(RAW, "unreadable", NOW - timedelta(days=1), "imap/INBOX/7/1")
    assert kept.list() == (
        SetAside(first, "unreadable", NOW - timedelta(days=1), "imap/INBOX/7/1", len(RAW)),
        SetAside(second, "too big", NOW, "imap/INBOX/7/2", 1),
    )
    assert kept.get(first) == RAW
    assert RawMailStore(tmp_path / "quarantine").look(second).reason == "too big"
    kept.drop(first)
    assert [aside.name for aside in kept.list()] == [second]
    assert len(list((tmp_path / "quarantine").iterdir())) == 2


def test_the_same_mail_lies_there_once_with_its_first_reason_and_day(tmp_path: Path) -> None:
    kept = RawMailStore(tmp_path)
    later = NOW + timedelta(days=1)
    names = [
        kept.put(RAW, "unreadable", NOW, "k"),
        kept.put(RAW, "killed us", later, "k"),
        kept.put(RAW, "again", later, "l"),
    ]
    assert len({*names, kept.put(RAW + b"!", "unreadable", later, "k")}) == 2
    assert [(aside.reason, aside.at, aside.key) for aside in kept.list()] == [
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
    "note", [None, b"", b'{"name": "x', b"[]", b'{"name": 3}', b"\xff"], ids=repr
)
def test_a_note_that_cannot_be_read_hides_neither_its_mail_nor_the_others(
    tmp_path: Path, note: bytes | None
) -> None:
    kept = RawMailStore(tmp_path)
    bad, good = kept.put(b"bad", "unreadable", NOW, "k"), kept.put(b"good", "too big", NOW, "l")
    (tmp_path / f"{bad}.json").unlink()
    if note is not None:
        (tmp_path / f"{bad}.json").write_bytes(note)
    told = {aside.name: (aside.reason, aside.key, aside.size) for aside in kept.list()}
    assert told == {bad: (NO_NOTE, "", 3), good: ("too big", "l", 4)}
    assert kept.get(bad) == b"bad"
    assert kept.put(b"bad", "unreadable", NOW, "k") == bad
    assert kept.look(bad).reason == "unreadable", "a second arrival mends it"
    kept.drop(bad)
    assert [aside.name for aside in kept.list()] == [good]


def test_a_note_that_lost_its_mail_is_no_mail(tmp_path: Path) -> None:
    kept = RawMailStore(tmp_path)
    name = kept.put(RAW, "unreadable", NOW, "k")
    (tmp_path / f"{name}.eml").unlink()
    assert kept.list() == ()
    with pytest.raises(InputError, match="There is no mail"):
        kept.drop(name)


def test_a_mail_that_is_dropped_beside_a_list_is_left_out(tmp_path: Path) -> None:
    kept = RawMailStore(tmp_path)
    names = [kept.put(bytes([number]), "unreadable", NOW, "k") for number in range(3)]

    class Raced(RawMailStore):
        def look(self, name: str) -> SetAside:
            for each in names[1:]:
                (tmp_path / f"{each}.eml").unlink(missing_ok=True)
                (tmp_path / f"{each}.json").unlink(missing_ok=True)
            return super().look(name)

    assert {aside.name for aside in Raced(tmp_path).list()} <= {names[0]}


def test_a_full_folder_takes_no_more_and_loses_nothing(tmp_path: Path) -> None:
    kept = RawMailStore(tmp_path, octets_at_most=10)
    first = kept.put(b"12345", "unreadable", NOW, "k")
    second = kept.put(b"67890", "unreadable", NOW, "k")
    with pytest.raises(Full, match="quarantine_megabytes"):
        kept.put(b"!", "unreadable", NOW, "k")
    assert kept.put(b"12345", "unreadable", NOW, "k") == first, (
        "what lies there already needs no room"
    )
    assert kept.usage() == (2, 10)
    RawMailStore(tmp_path).drop(first)  # by another process
    with pytest.raises(Full):
        kept.put(b"!", "unreadable", NOW, "k")
    kept.put(b"!", "unreadable", NOW + RECOUNT, "k")
    kept.drop(second)
    kept.put(b"123456789", "unreadable", NOW + RECOUNT, "k")
    assert kept.usage() == (2, 10)


@pytest.mark.parametrize(
    "name", ["0123456789abcdef", "../secret", "", "0123456789ABCDEF", "0123456789abcdef\n"]
)
def test_a_name_that_is_not_there_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.eml").write_bytes(b"secret")
    kept = RawMailStore(tmp_path / "quarantine")
    for act in (kept.get, kept.look, kept.drop):
        with pytest.raises(InputError, match="There is no mail"):
            act(name)


def test_whatever_fails_nothing_half_is_listed(tmp_path: Path) -> None:
    for nth in range(1, 100):
        kept = RawMailStore(tmp_path / str(nth), disk := Failing(nth, 28, torn=True))
        try:
            name = kept.put(RAW, "unreadable", NOW, "k")
        except Temporary:
            assert [kept.get(aside.name) for aside in kept.list()] in ([], [RAW])
            name = kept.put(RAW, "unreadable", NOW, "k")
        assert kept.get(name) == RAW
        assert kept.look(name).size == len(RAW)
        if not disk.struck:
            break
    assert nth == 11
