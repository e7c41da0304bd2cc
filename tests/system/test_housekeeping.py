"""Holds: what lay in the mailbox before the first start is left alone, and a reply that was filed
as junk is found.

On real servers.
"""

from __future__ import annotations

import tracemalloc
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.config.file import Config, parse
from mailbot.service.operations.audit import BEGUN
from mailbot.service.runtime import servers
from mailbot.service.runtime.imap_housekeeping import ImapHousekeeping
from mailbot.service.runtime.wiring import is_first
from mailbot.store.protocol import JOURNAL
from mailbot.testing import House
from mailbot.transport.imap.client import Imap
from tests.conftest import Mailbox
from tests.journeys.conftest import ANA, BEN, MONDAY, THURSDAYS, Office
from tests.kit.cases import case
from tests.kit.servers import PASSWORD, until
from tests.system.test_loop import config, office, running
from tests.unit.transport.test_imap_junk import junk_of

PROVEN = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"
UNPROVEN = "Authentication-Results: mx.corp.example; dmarc=none header.from=corp.example"


@pytest.fixture
def settings(mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setenv("LOOP_PASSWORD", PASSWORD)
    return parse(config(mailbox, tmp_path), tmp_path / "config.toml")


def around(house: House, settings: Config, imap: Imap, *, first: bool = False) -> ImapHousekeeping:
    return ImapHousekeeping(settings, imap, house.mailbot.reader.is_for_us, first=first)


def outcomes(house: House) -> list[str]:
    return [entry.outcome for entry in house.store.recall(JOURNAL)]


@case(79)
def test_a_reply_filed_as_junk_is_found_and_counts_if_its_author_is_proven(
    mailbox: Mailbox, settings: Config, tmp_path: Path
) -> None:
    house, junk, imap = office(tmp_path), junk_of(mailbox), servers.inbox(settings)
    request = house.last(ANA)
    mailbox.deliver(
        house.mail("x@evil.example", "Buy now", "Watches"),
        house.reply(request, ANA.address, "Could we talk about Porto?", PROVEN),
        house.reply(request, ANA.address, "And about the budget?", UNPROVEN),
        folder=junk,
    )
    before = mailbox.subjects(junk)
    with running(house, inbox=imap, mailbox=around(house, settings, imap), poll_s=0.1):
        until(lambda: len(house.store.recall(JOURNAL)) == 2)
    assert house.items(ANA) == ["Could we talk about Porto?"]
    assert outcomes(house) == ["applied", "junk"], "and the advertisement was not even fetched"
    assert mailbox.subjects(junk) == before
    assert set(mailbox.flags(junk)) == {()}
    assert mailbox.subjects("Processed") == []


@case(79)
def test_what_the_operator_moves_out_of_junk_is_read_like_any_mail(
    mailbox: Mailbox, settings: Config, tmp_path: Path
) -> None:
    house, junk, imap = office(tmp_path), junk_of(mailbox), servers.inbox(settings)
    answers = [
        house.reply(house.last(ANA), ANA.address, word, line)
        for word, line in (("One", PROVEN), ("Two", UNPROVEN))
    ]
    mailbox.deliver(*answers, folder=junk)
    with running(house, inbox=imap, mailbox=around(house, settings, imap), poll_s=0.1):
        until(lambda: len(house.store.recall(JOURNAL)) == 2)
        mailbox.deliver(*answers)
        until(lambda: len(house.store.recall(JOURNAL)) == 4)
    assert outcomes(house)[:3] == ["applied", "junk", "duplicate"]
    assert outcomes(house)[3] in ("applied", "unconfirmed"), (
        "as an unproven mail is judged anywhere"
    )


@case(79)
def test_without_a_folder_for_junk_none_is_looked_at(
    mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOP_PASSWORD", PASSWORD)
    none = config(mailbox, tmp_path).replace("[smtp]", 'junk_folder = ""\n[smtp]')
    settings = parse(none, tmp_path / "config.toml")
    house, junk = office(tmp_path), junk_of(mailbox)
    mailbox.deliver(house.reply(house.last(ANA), ANA.address, "Porto"), folder=junk)
    with closing(servers.inbox(settings)) as imap:
        assert list(around(house, settings, imap).junk()) == []


@case(77)
def test_the_first_start_leaves_alone_what_lies_there_already(
    mailbox: Mailbox, settings: Config, tmp_path: Path
) -> None:
    house = office(tmp_path)
    old = [house.mail("old@corp.example", f"{n}", f"old {n}") for n in range(60)]
    mailbox.deliver(*old)
    keys = mailbox.imap().uids()
    imap = servers.inbox(settings)
    with running(house, inbox=imap, mailbox=around(house, settings, imap, first=True), poll_s=0.1):
        until(lambda: house.store.recall(BEGUN) != {})
        mailbox.deliver(house.reply(house.last(ANA), ANA.address, "Porto"))
        until(lambda: house.items(ANA) == ["Porto"])
        until(lambda: len(mailbox.subjects("Processed")) == 1)
    assert len(mailbox.subjects()) == 60
    assert outcomes(house) == ["applied"]
    [(place, (validity, last))] = house.store.recall(BEGUN).items()
    assert f"{place}/{validity}/{last}" == keys[-1]
    assert house.mailbot.unaccounted(keys, house.clock.at) == ()
    never_read = f"{place}/{validity}/{last + 2}"
    assert house.mailbot.unaccounted([*keys, never_read], house.clock.at) == (never_read,)


@case(77)
def test_a_first_start_that_failed_is_no_start(tmp_path: Path) -> None:
    house = Office(MONDAY, tmp_path)
    assert is_first(house.store)
    house.pairs((ANA, BEN, THURSDAYS))
    assert is_first(house.store), (
        "a wrong password, say: the series are there, and nobody was written to"
    )
    house.until(MONDAY + timedelta(days=2))
    assert not is_first(house.store), "somebody may have answered by now"


LINE = b"QUJD" * 19 + b"\r\n"


def with_attachment(raw: bytes, octets: int) -> bytes:
    """The same mail with a file of this size beside its words."""
    head, _, body = raw.partition(b"\r\n\r\n")
    kept = [
        line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-", b"mime-"))
    ]
    return (
        b"\r\n".join(kept)
        + b'\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="outer"\r\n\r\n'
        b"--outer\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body + b"\r\n--outer\r\n"
        b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="figures.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + LINE * (octets // len(LINE))
        + b"--outer--\r\n"
    )


@case(76)
def test_two_lines_beside_fifty_megabytes_are_applied_and_the_receipt_names_what_was_left(
    dovecot_mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOOP_PASSWORD", PASSWORD)
    settings = parse(config(dovecot_mailbox, tmp_path), tmp_path / "config.toml")
    house, imap = office(tmp_path), servers.inbox(settings)
    plain = house.mail(
        ANA.address,
        "The figures are in the file.\n\nCould we talk about them?",
        house.last(ANA).subject,
    )
    dovecot_mailbox.deliver(PROVEN.encode() + b"\r\n" + with_attachment(plain, 50_000_000))
    tracemalloc.start()
    with running(house, inbox=imap, mailbox=around(house, settings, imap), poll_s=0.1):
        until(lambda: house.items(ANA) != [], 30)
        until(lambda: "figures.pdf" in house.last(ANA).text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert house.items(ANA) == ["The figures are in the file.", "Could we talk about them?"]
    assert "these attachments stayed behind" in house.last(ANA).text
    assert peak < 20_000_000
