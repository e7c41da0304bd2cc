"""Raw mails set aside come back byte for byte."""

from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.errors import InputError, Temporary
from mailbot.store.shelf import Aside, Shelf

from .disks import Failing
from .people import NOW

RAW = b"From: =?\xff\r\n\x00" + bytes(range(256))


def test_a_mail_lies_there_with_its_reason_until_it_is_dropped(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "quarantine")
    assert shelf.list() == ()
    second = shelf.put(b"b", "too big", NOW, "imap/INBOX/7/2")
    first = shelf.put(RAW, "unreadable", NOW - timedelta(days=1), "imap/INBOX/7/1")
    assert shelf.list() == (
        Aside(first, "unreadable", NOW - timedelta(days=1), "imap/INBOX/7/1", len(RAW)),
        Aside(second, "too big", NOW, "imap/INBOX/7/2", 1),
    )
    assert shelf.get(first) == RAW
    assert Shelf(tmp_path / "quarantine").look(second).reason == "too big"
    shelf.drop(first)
    assert [aside.name for aside in shelf.list()] == [second]
    assert len(list((tmp_path / "quarantine").iterdir())) == 2


def test_the_same_mail_lies_there_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    names = [shelf.put(RAW, "unreadable", NOW, "k"), shelf.put(RAW, "killed us", NOW, "k"), shelf.put(RAW, "unreadable", NOW, "l")]
    assert names[0] == names[1] != names[2]
    assert sorted(aside.reason for aside in shelf.list()) == ["killed us", "unreadable"]


@pytest.mark.parametrize("name", ["0123456789abcdef", "../secret", "", "0123456789ABCDEF", "0123456789abcdef\n"])
def test_a_name_that_is_not_there_leads_nowhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.eml").write_bytes(b"secret")
    shelf = Shelf(tmp_path / "quarantine")
    for act in (shelf.get, shelf.look, shelf.drop):
        with pytest.raises(InputError, match="There is no mail"):
            act(name)


def test_whatever_fails_nothing_half_is_listed(tmp_path: Path) -> None:
    for nth in range(1, 100):
        shelf = Shelf(tmp_path / str(nth), disk := Failing(nth, 28, torn=True))
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
