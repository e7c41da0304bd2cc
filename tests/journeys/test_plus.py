"""Holds: the whole cycle works where the server delivers no mailbot+TOKEN: by the headers that mail
programs send, and by subjects.
"""

import re
from datetime import timedelta

import pytest

from mailbot.meeting.model import ActionState, Purpose
from mailbot.testing import Got
from tests.kit.cases import case

from .conftest import ANA, BEN, US, NewOffice, Office


@pytest.fixture
def bare(new_office: NewOffice) -> Office:
    return new_office(plus=False)


def until(office: Office, subject_of: str, person: object = ANA) -> Got:
    """The next mail to this person that says so."""
    for _ in range(20):
        mails = office.tray.to(person.address)  # type: ignore[attr-defined]
        if mails and subject_of in mails[-1].text:
            return mails[-1]
        office.after(hours=12)
    raise AssertionError(f"no mail says {subject_of!r}")


@case(18)
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook", "outlook_html", "apple_html"])
def test_the_whole_cycle_without_a_token_in_any_address(bare: Office, client: str) -> None:
    def says(mail: Got, author: str, words: str) -> None:
        raw = bare.reply(mail, author, words, client=client)
        assert b"mailbot+" not in raw
        assert bare.receive(raw).outcome == "applied"

    says(bare.last(ANA), ANA.address, "Could we talk about Porto?")
    assert bare.items(ANA) == ["Could we talk about Porto?"]
    says(until(bare, "Could we talk about Porto?", BEN), BEN.address, "The budget, please")
    assert bare.items(BEN) == ["The budget, please"]
    says(until(bare, "I will"), ANA.address, "We go to Porto\n\naction: book the room by Friday")
    [action] = bare.pair.actions
    assert action.text.startswith("book the room")
    assert [note.text for meeting in bare.pair.meetings for note in meeting.notes] == [
        "We go to Porto"
    ]
    says(until(bare, "book the room", BEN), BEN.address, "done 1")
    assert bare.pair.actions[0].state is ActionState.DONE
    bare.after(days=4)
    says(
        bare.last(BEN),
        BEN.address,
        f"move to {(bare.meeting.start + timedelta(days=1)):%Y-%m-%d} 15:00",
    )
    before = bare.meeting.start
    says(bare.last(ANA), ANA.address, "yes")
    assert bare.meeting.start != before


@case(18)
def test_no_mail_offers_an_address_that_does_not_arrive(bare: Office) -> None:
    bare.after(days=15)
    assert len(bare.tray.mails) > 8
    for mail in bare.tray.mails:
        assert b"mailbot+" not in mail.raw
        assert re.search(r"mailto:mailbot\+|mailbot%2B", mail.html) is None
        assert US in mail.header("Reply-To")


@case(18, 97)
def test_unsubscribing_works_by_the_subject_and_the_author(bare: Office) -> None:
    wish = bare.last(ANA).header("List-Unsubscribe")
    assert wish == f"<mailto:{US}?subject=stop&body=stop>"
    assert bare.receive(bare.mail(ANA.address, "stop", "stop")).outcome == "applied"
    assert "no more mails about your 1:1" in bare.last(ANA).text


@case(7, 18)
def test_a_button_is_found_by_its_subject(bare: Office) -> None:
    request = bare.last(ANA)
    entry = bare.receive(bare.mail(ANA.address, "skip", f"Re: {request.subject}"))
    assert entry.outcome == "applied"
    assert (
        Purpose.SLOTS.value in bare.last(ANA).raw.decode()
        or "moved, never cancelled" in bare.last(ANA).text
    )
