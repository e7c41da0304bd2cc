"""Holds: an answer counts for the meeting it was meant for and for the person who wrote it,
whatever way it took.

Whole journeys of a mail, from the raw octets to what people get.
"""

import re
from datetime import timedelta

import pytest

from mailbot.meeting.model import Role
from mailbot.store.protocol import JOURNAL, history_key
from mailbot.testing import Got
from tests.kit.cases import case

from .conftest import ANA, BEN, CAT, PAIR, THURSDAYS, US, NewOffice, Office
from .test_routes import stripped, token_of


def bare(office: Office, author: str, words: str, *, reference: bool) -> bytes:
    """An answer that lost its token and its threading headers; its quote is whole, or lost the reference, too."""
    asked = office.last(ANA)
    quoted = "\n".join(
        f"> {line}" for line in asked.text.splitlines() if reference or "(ref " not in line
    )
    return office.mail(
        author, f"{words}\n\nOn Tue, Mar 3, 2026 mailbot wrote:\n{quoted}", f"Re: {asked.subject}"
    )


@case(10)
def test_the_other_person_answers_a_forwarded_copy(office: Office) -> None:
    request = office.last(ANA)
    entry = office.receive(office.reply(request, BEN.address, "Let us talk about Porto"))
    assert entry.outcome == "applied"
    assert office.items(BEN) == ["Let us talk about Porto"]
    assert office.items(ANA) == []
    assert "Porto" in office.last(BEN).text, "the receipt goes to who wrote"


@case(11)
def test_a_third_person_in_cc_is_not_obeyed_and_hears_nothing(office: Office) -> None:
    request, before = office.last(ANA), office.count(BEN)
    entry = office.receive(office.reply(request, CAT.address, "I would say: drop it"))
    assert (entry.outcome, entry.reason) == ("unconfirmed", "an address that is not on file")
    assert office.items() == []
    assert (office.count(CAT), office.count(BEN)) == (0, before)
    assert CAT.address in office.last(ANA).text, "the address on file is asked"


@case(14)
def test_both_answer_all_with_the_same_words(office: Office) -> None:
    office.until(office.meeting.start + timedelta(hours=2))
    notes = "Notes:\nWe start in April\n"
    for person in (ANA, BEN):
        assert (
            office.receive(office.reply(office.last(person), person.address, notes)).outcome
            == "applied"
        )
    held = next(m for m in office.pair.meetings if m.number == 1)
    assert [n.text for n in held.notes] == ["We start in April"]
    assert {office.pair.person(role) for role in held.answered} == {ANA, BEN}


@case(14)
def test_both_answer_all_with_the_same_items(office: Office) -> None:
    office.until(office.meeting.start - timedelta(hours=5))
    for person in (ANA, BEN):
        raw = office.reply(
            office.last(person), person.address, "Career:\n- A course in May\n- Who leads Porto?\n"
        )
        assert office.receive(raw).outcome == "applied"
    assert office.items() == ["A course in May", "Who leads Porto?"]


@case(14)
def test_both_answer_all_with_the_same_action_items(office: Office) -> None:
    """Nobody is named, so who wrote first has it; a promise that names its owner is one for each."""
    office.until(office.meeting.start + timedelta(hours=2))
    notes = "action: write the plan\n- [ ] book the room\n- [ ] Ben to call Porto\n"
    for person in (ANA, BEN):
        assert (
            office.receive(office.reply(office.last(person), person.address, notes)).outcome
            == "applied"
        )
    assert [(a.text, a.owner) for a in office.pair.actions] == [
        ("write the plan", Role.REPORT), ("book the room", Role.REPORT), ("call Porto", Role.MANAGER),
    ]  # fmt: skip


@case(14)
def test_each_may_promise_the_same_for_themselves(office: Office) -> None:
    office.until(office.meeting.start + timedelta(hours=2))
    for person in (ANA, BEN):
        office.receive(
            office.reply(
                office.last(person), person.address, f"- [ ] {person.first_name} to read the plan\n"
            )
        )
    assert [a.owner for a in office.pair.actions] == [Role.REPORT, Role.MANAGER]


@case(15)
def test_an_answer_of_fourteen_months_later_goes_to_its_meeting(office: Office) -> None:
    office.until(office.meeting.start + timedelta(hours=2))
    request = office.last(ANA)
    office.after(weeks=60)
    before = office.count(BEN)
    entry = office.answers(request, ANA.address, "Notes:\nWe had agreed on Porto")
    assert entry.outcome == "applied"
    history = office.store.recall(history_key(PAIR))
    assert [n.text for m in history.meetings if m.number == 1 for n in m.notes] == [
        "We had agreed on Porto"
    ]
    assert all(m.number != 1 for m in office.pair.meetings)
    assert "already closed" in office.last(ANA).text
    assert office.count(BEN) == before, "nothing new to the other"


@case(15)
def test_an_item_of_fourteen_months_later_goes_to_the_next_meeting_and_the_receipt_says_so(
    office: Office,
) -> None:
    request = office.last(ANA)
    office.after(weeks=60)
    before = office.count(BEN)
    entry = office.answers(request, ANA.address, "Career: a course in May")
    assert entry.outcome == "applied"
    assert office.items(ANA) == ["a course in May"]
    told = " ".join(office.last(ANA).text.split())
    assert "Next time, Career: a course in May" in told
    assert "That 1:1 is over" in told
    assert office.count(BEN) == before, "no new agenda at that moment"


@case(16)
def test_an_old_mail_used_for_something_new_names_its_meeting(office: Office) -> None:
    request = office.last(ANA)
    token = request.header("Reply-To").partition("<")[2].rstrip(">")
    assert (
        office.receive(
            office.mail(ANA.address, "What about my holiday?", "Something else", to=token)
        ).outcome
        == "applied"
    )
    assert office.items(ANA) == ["What about my holiday?"]
    receipt = office.last(ANA)
    assert "Thu 5 Mar" in receipt.subject, "which meeting it went to"
    assert '"undo"' in receipt.text


@case(17)
def test_a_token_lasts(office: Office) -> None:
    request = office.last(ANA)
    for number in range(1, 11):
        office.clock.at += timedelta(minutes=1)
        office.answers(request, ANA.address, f"Point {number}")
    assert office.items(ANA) == [f"Point {number}" for number in range(1, 11)]


@case(6)
@pytest.mark.parametrize(
    ("author", "vouched", "outcome"),
    [
        ("ana@corp.example", True, "applied"),
        ("ana@corp.example", False, "unconfirmed"),
        ("x@evil.example", True, "set_aside"),
    ],
)
def test_only_the_reference_in_the_body_is_left(
    office: Office, author: str, vouched: bool, outcome: str
) -> None:
    raw = bare(office, author, "My point", reference=True)
    entry = office.receive(raw, vouched=vouched)
    assert entry.outcome == outcome
    assert "place: by body" in " ".join(entry.trace)
    assert office.items() == (["My point"] if outcome == "applied" else [])
    assert office.every_address() <= {ANA.address, BEN.address}


@case(7)
@pytest.mark.parametrize(
    ("author", "outcome"), [("ana@corp.example", "applied"), ("x@evil.example", "set_aside")]
)
def test_only_the_subject_is_left(office: Office, author: str, outcome: str) -> None:
    entry = office.receive(bare(office, author, "My point", reference=False))
    assert entry.outcome == outcome
    assert "place: no id or token of ours" in entry.trace
    assert office.items() == (["My point"] if outcome == "applied" else [])
    assert office.every_address() <= {ANA.address, BEN.address}


@case(7)
def test_the_subject_picks_among_several_series(new_office: NewOffice) -> None:
    office = new_office((ANA, BEN, THURSDAYS), (CAT, BEN, THURSDAYS))
    raw = office.mail(BEN.address, "The budget", "Re: 1:1 Ana / Ben, Thu 5 Mar")
    assert office.receive(raw).outcome == "applied"
    assert office.items(BEN) == ["The budget"]


def test_a_person_with_several_series_is_asked_which_once(new_office: NewOffice) -> None:
    office = new_office((ANA, BEN, THURSDAYS), (CAT, BEN, THURSDAYS))
    entry = office.receive(office.mail(BEN.address, "SECRET budget"))
    assert (entry.outcome, entry.reason) == ("set_aside", "several series")
    asked = office.last(BEN)
    assert "1:1 Ana / Ben" in asked.text
    assert "1:1 Cat / Ben" in asked.text
    assert "SECRET" not in asked.text
    assert asked.header("Auto-Submitted") == "auto-replied"
    before = office.count(BEN)
    office.receive(office.mail(BEN.address, "and another"))
    assert office.count(BEN) == before
    assert len(office.mailbot.quarantine.list()) == 2, "the words are kept"
    again = office.reply(asked, BEN.address, "SECRET budget").replace(
        b"Subject: Re: Which 1:1 do you mean?", b"Subject: 1:1 Ana / Ben"
    )
    assert office.receive(again).outcome == "applied"
    assert office.items(BEN) == ["SECRET budget"]


def test_nobody_is_asked_which_whom_our_server_does_not_vouch_for(new_office: NewOffice) -> None:
    office = new_office((ANA, BEN, THURSDAYS), (CAT, BEN, THURSDAYS))
    before = office.count()
    assert office.receive(office.mail(BEN.address, "budget"), vouched=False).outcome == "set_aside"
    assert office.count() == before


@case(20)
def test_mails_of_a_series_that_is_gone_create_nothing(
    office: Office, new_office: NewOffice
) -> None:
    mails = [office.reply(office.last(ANA), ANA.address, f"Point {n}") for n in range(3)]
    later = new_office((CAT, BEN, THURSDAYS), folder="b")
    assert [later.receive(raw).outcome for raw in mails] == ["ignored"] * 3
    assert later.store.load(PAIR) is None
    assert ANA.address not in later.every_address()
    gone = new_office(
        (ANA, CAT, THURSDAYS), folder="c"
    )  # Ana has another series now: not hers to see there
    assert [gone.receive(raw).outcome for raw in mails] == ["ignored"] * 3
    assert all("Point" not in mail.text for mail in gone.tray.mails)


@case(78)
def test_one_mail_in_two_folders_counts_once_and_what_we_sent_is_not_read(office: Office) -> None:
    request = office.last(ANA)
    raw = office.reply(request, ANA.address, "My point")
    for folder in ("INBOX", "[Gmail]/All Mail"):
        office.mailbot.take(f"imap/{folder}/1/7", raw, office.clock.at)
    assert office.items(ANA) == ["My point"]
    assert [e.outcome for e in office.store.recall(JOURNAL)] == ["applied", "duplicate"]
    sent: Got = office.last(ANA)
    entry = office.mailbot.take("imap/Sent/1/1", sent.raw, office.clock.at)
    assert (entry.outcome, entry.reason) == ("ignored", "our own mail")


def test_to_our_bare_address_with_threading_headers_it_is_a_plain_answer(office: Office) -> None:
    raw = re.sub(
        rb"mailbot\+\w+@", b"mailbot@", office.reply(office.last(ANA), ANA.address, "My point")
    )
    entry = office.receive(raw)
    assert (entry.outcome, US in str(raw)) == ("applied", True)


# ---- one mail, one outcome ----


@case(69)
def test_two_mails_under_one_id_both_count_and_one_mail_twice_counts_once(office: Office) -> None:
    raws = [office.reply(office.last(ANA), ANA.address, words) for words in ("First", "Second")]
    one = [
        re.sub(rb"Message-ID: <[^>]*>", b"Message-ID: <same@client.example>", raw) for raw in raws
    ]
    first, second, again = (office.receive(raw) for raw in (*one, one[0]))
    assert [first.outcome, second.outcome, again.outcome] == ["applied", "applied", "duplicate"]
    assert office.items(ANA) == ["First", "Second"]
    number = first.trace[0].removeprefix("mail: ")
    assert again.reason == f"duplicate of mail {number}"
    assert second.trace[0] != first.trace[0]


@case(70)
def test_mails_without_an_id_in_the_same_second_all_count(office: Office) -> None:
    for words in ("First", "Second"):
        raw = stripped(office.reply(office.last(ANA), ANA.address, words), "Message-ID")
        assert b"Message-ID" not in raw
        assert office.receive(raw).outcome == "applied"
    assert office.items(ANA) == ["First", "Second"]


# ---- an old mail at hand ----

ELSEWHERE = "Meant for another 1:1?"


@case(16)
def test_an_old_mail_with_a_subject_of_its_own_is_asked_about(office: Office) -> None:
    request = office.last(ANA)
    office.answers(request, ANA.address, "My point")
    assert ELSEWHERE not in office.last(ANA).text
    office.receive(office.mail(ANA.address, "My holiday", "Holiday", to=token_of(request)))
    receipt = office.last(ANA)
    assert ELSEWHERE in receipt.text
    assert '"undo"' in receipt.text
    office.answers(receipt, ANA.address, "undo")
    assert office.items(ANA) == ["My point"]


@case(16)
def test_an_old_mail_of_a_closed_meeting_says_so_too(office: Office) -> None:
    request = office.last(ANA)
    office.after(weeks=5)
    before = len(office.items(ANA))
    office.receive(
        office.mail(ANA.address, "Feedback: my holiday", "Holiday", to=token_of(request))
    )
    receipt = office.last(ANA)
    assert ELSEWHERE in receipt.text
    assert "Thu 5 Mar" in receipt.subject
    kept = [n.text for m in office.store.recall(history_key(PAIR)).meetings for n in m.notes]
    assert ("my holiday" in kept) or len(office.items(ANA)) == before + 1
