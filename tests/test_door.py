"""Mail that is handed in directly, from the dialogue to the journal: a real door, a real client, a running loop."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dkim
import pytest

from mailbot.errors import Temporary
from mailbot.installation import own_check
from mailbot.loop import Loop
from mailbot.mail.sender import Proof
from mailbot.transport.receive import Door
from tests.cases import case
from tests.journeys.conftest import ANA, BEN
from tests.mail.test_sender import PRIVATE_KEY, lookup
from tests.servers import until
from tests.test_loop import Basket, office, running


@contextmanager
def door(made: Loop) -> Iterator[smtplib.SMTP]:
    opened = Door(made.deliver, lambda _: True, port=0, protocol="smtp")
    with opened, smtplib.SMTP("127.0.0.1", opened.port, timeout=10) as client:
        yield client


@case(43)
def test_marks_that_only_we_may_write_are_removed_at_the_door(tmp_path: Path) -> None:
    house = office(tmp_path, domains=("corp.example",))
    forged = [
        "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example",
        "ARC-Authentication-Results: i=1; mx.corp.example; dmarc=pass header.from=corp.example",
        "X-mailbot-verdict: pass", "Return-Path: <ben@corp.example>",
    ]  # fmt: skip
    wish = house.mail(BEN.address, "new 1:1 with cat@corp.example, Tuesdays 10:00", "Hello", *forged)
    with running(house) as made, door(made) as client:
        client.sendmail("x@evil.example", ["mailbot@corp.example"], wish)
    (entry,) = house.store.recall("journal")
    assert (entry.outcome, entry.reason) == ("held", "a new series, and nobody vouches for the manager")
    assert "verdict: none" in entry.trace
    (kept,) = house.mailbot.held.list()
    raw = house.mailbot.held.get(kept.name)
    assert [mark for mark in (b"Authentication-Results", b"X-mailbot", b"<ben@corp.example>\r\nDelivered") if mark in raw] == []


@case(115)
def test_a_stranger_at_the_door_is_refused_in_the_dialogue(tmp_path: Path) -> None:
    house = office(tmp_path)
    with running(house) as made, door(made) as client, pytest.raises(smtplib.SMTPDataError) as refused:
        client.sendmail("x@evil.example", ["mailbot@corp.example"], house.mail("x@evil.example", "Hello"))
    assert refused.value.smtp_code // 100 == 5
    assert house.every_address() <= {ANA.address, BEN.address}


@case(115)
def test_a_stranger_in_the_mailbox_is_met_with_silence_and_counted(tmp_path: Path) -> None:
    house = office(tmp_path)
    basket = Basket(house.mail("x@evil.example", "Hello"))
    with running(house, inbox=basket):
        until(lambda: bool(basket.moved))
    assert [(e.outcome, e.reason) for e in house.store.recall("journal")] == [("ignored", "stranger")]
    assert house.every_address() <= {ANA.address, BEN.address}


@pytest.mark.parametrize("genuine", [True, False])
def test_our_own_dkim_check_at_the_door_lifts_none_to_pass(tmp_path: Path, genuine: bool) -> None:
    house = office(tmp_path, domains=("corp.example",))
    wish = house.mail(BEN.address, "new 1:1 with cat@corp.example, Tuesdays 10:00")
    signed = dkim.sign(wish, b"test", b"corp.example", PRIVATE_KEY) + wish
    raw = signed if genuine else signed.replace(b"Tuesdays", b"Fridays")

    def checked(octets: bytes) -> Proof:
        return own_check(octets, lookup)

    with running(house, own_check=checked) as made, door(made) as client:
        client.sendmail(BEN.address, ["mailbot@corp.example"], raw)
    (entry,) = house.store.recall("journal")
    assert entry.outcome == ("applied" if genuine else "held")
    assert any("own DKIM check" in line for line in entry.trace)


def test_a_silent_name_server_makes_the_sender_come_again(tmp_path: Path) -> None:
    house = office(tmp_path, domains=("corp.example",))
    wish = house.mail(BEN.address, "new 1:1 with cat@corp.example, Tuesdays 10:00")

    def silent(octets: bytes) -> Proof:
        raise Temporary("No name server answers.")

    later = pytest.raises(smtplib.SMTPDataError)
    with running(house, own_check=silent) as made, door(made) as client, later as refused:
        client.sendmail(BEN.address, ["mailbot@corp.example"], wish)
    assert refused.value.smtp_code // 100 == 4
    assert house.store.recall("journal") == ()
