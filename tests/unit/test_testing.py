"""Holds: what stands in `mailbot.testing.__all__` works from outside, without a reach inside."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, time, timedelta, timezone
from email.message import EmailMessage
from pathlib import Path

import pytest

from mailbot import testing
from mailbot.inbound.message.parse import parse
from mailbot.testing import (
    CLIENTS,
    Cadence,
    FakeClock,
    Got,
    House,
    Person,
    Tray,
    answer,
    got,
)

ANA = Person("ana@corp.example", "Ana Silva")
BEN = Person("ben@corp.example", "Ben Ito")
CAT = Person("cat@corp.example", "Cat Moss")
THURSDAYS = Cadence(3, time(15), "UTC")
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1, hours=2)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Ana has been asked for the agenda of Thursday."""
    made = House(MONDAY, tmp_path)
    made.pairs((ANA, BEN, THURSDAYS))
    made.until(TUESDAY)
    return made


def request(house: House) -> Got:
    return house.tray.to(ANA.address)[-1]


def test_what_is_public_is_there() -> None:
    wanted = {"House", "FakeClock", "Tray", "answer", "got", "Got", "CLIENTS", "Person", "Cadence"}
    assert wanted <= set(testing.__all__)
    assert all(hasattr(testing, name) for name in testing.__all__)


def test_a_house_lives_through_a_meeting(house: House) -> None:
    entry = house.answers(request(house), ANA.address, "The budget of Porto")
    assert house.outcomes == [entry]
    assert entry.outcome == "applied"
    house.until(MONDAY + timedelta(days=3, hours=5))
    assert "The budget of Porto" in house.tray.to(BEN.address)[-1].text
    (meeting, *_) = house.series(ANA, BEN).meetings
    assert [item.text for item in meeting.items] == ["The budget of Porto"]


def test_who_has_no_series_is_told_so(house: House) -> None:
    with pytest.raises(LookupError, match=CAT.address):
        house.series(ANA, CAT)
    with pytest.raises(LookupError):
        house.series(BEN, ANA)


def test_where_mails_were_vouched_for_one_that_is_not_waits_for_a_yes(house: House) -> None:
    house.answers(request(house), ANA.address, "The budget")
    raw = answer(request(house), ANA.address, "Not from Ana", TUESDAY)
    assert house.receive(raw, vouched=False).outcome == "unconfirmed"


def test_a_mail_is_vouched_for_in_the_name_of_the_server_that_was_named(tmp_path: Path) -> None:
    named = House(MONDAY, tmp_path, authserv_id="mail.ana.example")
    named.pairs((ANA, BEN, THURSDAYS))
    named.until(TUESDAY)
    entry = named.answers(request(named), ANA.address, "The budget")
    assert "verdict: pass" in entry.trace


def test_time_goes_to_where_it_was_told_and_no_mail_leaves_late(house: House) -> None:
    house.until(MONDAY + timedelta(days=21))
    assert house.clock.now() == MONDAY + timedelta(days=21)
    dates = [mail.at for mail in house.tray.mails]
    assert dates == sorted(dates)
    assert all(at.weekday() < 5 for at in dates)


@pytest.mark.parametrize(
    "words", ["On top", {"": "On top", "Hello": "Below", "- one": "Below one"}]
)
@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_quotes_our_mail_and_keeps_what_was_typed(
    client: str, words: str | dict[str, str]
) -> None:
    ours = EmailMessage(policy=email.policy.SMTP)
    ours["From"], ours["To"], ours["Subject"] = "mailbot@corp.example", ANA.address, "1:1"
    ours["Date"], ours["Message-ID"] = "Tue, 03 Mar 2026 10:00:00 +0000", "<token@corp.example>"
    ours.set_content("Hello\n\n- one\n- two\n")
    ours.add_alternative("<p>Hello</p><ul><li>one</li><li>two</li></ul>", subtype="html")
    reply = answer(got(ours.as_bytes()), ANA.address, words, TUESDAY, client)
    read = parse(reply)
    assert read.subject == "Re: 1:1"
    assert got(reply).header("In-Reply-To") == "<token@corp.example>"
    typed = [words] if isinstance(words, str) else list(words.values())
    for part in ("two", *typed):
        assert part in got(reply).text
    if client in ("gmail", "outlook_html", "apple_html"):
        assert all(part in got(reply).html for part in ("two", *typed))


def test_a_client_quotes_in_the_zone_of_the_writer(house: House) -> None:
    """New York is five hours behind: our mail of ten o'clock is one of five there."""
    at = TUESDAY.astimezone(timezone(timedelta(hours=-5)))
    reply = got(answer(request(house), ANA.address, "x", at))
    assert reply.at == TUESDAY
    hour = request(house).at.hour - 5
    assert f"at {hour}:" in reply.text


def test_a_tray_takes_everything_in_order() -> None:
    tray = Tray()
    for number, person in enumerate((ANA, BEN, ANA)):
        tray.send("mailbot@corp.example", person.address, f"Subject: {number}\r\n\r\n".encode())
    assert [mail.subject for mail in tray.to(ANA.address)] == ["0", "2"]
    assert [mail.recipient for mail in tray.mails] == [ANA.address, BEN.address, ANA.address]


def test_a_clock_goes_forward_alone() -> None:
    clock = FakeClock(MONDAY)
    clock.forward(TUESDAY)
    assert clock.now() == TUESDAY
    with pytest.raises(AssertionError, match="forward"):
        clock.forward(MONDAY)
