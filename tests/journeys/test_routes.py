"""Holds: a mail finds its meeting by whatever it still has of ours: a token in some header, ids,
the root, a quote; a stranger gets nothing by guessing.
"""

import re
from datetime import timedelta

import pytest

from mailbot.meeting.model import Person, Purpose, Role
from mailbot.testing import CLIENTS, TOKENS, Got
from mailbot.threads.message_id import message_id
from mailbot.threads.token import ReplyTarget, root
from tests.kit.cases import case

from .conftest import ANA, BEN, CAT, PAIR, THURSDAYS, US, NewOffice, Office


def token_of(mail: Got) -> str:
    return mail.header("Reply-To").partition("<")[2].rstrip(">")


def stripped(raw: bytes, *names: str) -> bytes:
    """Without these headers, folded lines too."""
    kept, drop = [], False
    head, _, body = raw.partition(b"\r\n\r\n")
    for line in head.split(b"\r\n"):
        drop = drop if line[:1] in b" \t" else line.split(b":")[0].decode() in names
        kept += [] if drop else [line]
    return b"\r\n".join(kept) + b"\r\n\r\n" + body


def by_root(office: Office, mail: Got, author: str, words: str, client: str = "gmail") -> bytes:
    """An answer through a relay that writes ids of its own and takes off what stands behind the plus."""
    raw = re.sub(
        rb"mailbot\+\w+@",
        b"mailbot@",
        stripped(office.reply(mail, author, words, client=client), "In-Reply-To", "References"),
    )
    first = root(ReplyTarget(PAIR, 1, Role.MANAGER, Purpose.AGENDA, 1))
    return (
        f"References: <{message_id(US, TOKENS.make(first))}> <x@relay.example>\r\n".encode() + raw
    )


@case(1)
def test_a_plain_answer_counts_for_its_author_exactly_once(office: Office) -> None:
    raw = office.reply(office.last(ANA), ANA.address, "My point")
    entries = [office.receive(raw) for _ in range(2)]
    assert [e.outcome for e in entries] == ["applied", "duplicate"]
    assert (
        "place: by token in To, first_agenda_request 1 of meeting 1 to the report"
        in entries[0].trace
    )
    assert office.items() == office.items(ANA) == ["My point"]


TO_NOBODY = "undisclosed-recipients:;"


@case(2)
@pytest.mark.parametrize(
    "to", [US, "ana@home.example", TO_NOBODY], ids=["to us", "to another address", "to nobody"]
)
@pytest.mark.parametrize("name", ["Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To"])
def test_the_token_is_found_where_a_forward_leaves_it(office: Office, name: str, to: str) -> None:
    request = office.last(ANA)
    raw = stripped(office.reply(request, ANA.address, "My point"), "To")
    entry = office.receive(f"To: {to}\r\n{name}: {token_of(request)}\r\n".encode() + raw)
    assert (entry.outcome, office.items(ANA)) == ("applied", ["My point"])
    assert f"place: by token in {name}" in " ".join(entry.trace)


@case(2)
def test_the_token_counts_in_capitals(office: Office) -> None:
    request = office.last(ANA)
    raw = stripped(
        office.reply(request, ANA.address, "My point"), "To", "In-Reply-To", "References"
    )
    entry = office.receive(f"To: {token_of(request).upper()}\r\n".encode() + raw)
    assert (entry.outcome, office.items(ANA)) == ("applied", ["My point"])
    assert "place: by token in To" in " ".join(entry.trace)


@case(2, 112)
@pytest.mark.parametrize("ids", [True, False], ids=["with our ids", "without"])
@pytest.mark.parametrize("to", ["To: (c):", "Cc: a@b,", "To: (c):\r\nCc: a@b,", f"To: {TO_NOBODY}"])
def test_a_header_that_names_nobody_names_nobody_else(office: Office, to: str, ids: bool) -> None:
    request = office.last(ANA)
    raw = stripped(
        office.reply(request, ANA.address, "My point"),
        "To",
        *(() if ids else ("In-Reply-To", "References")),
    )
    entry = office.receive(f"{to}\r\nDelivered-To: {token_of(request)}\r\n".encode() + raw)
    assert (entry.outcome, office.items(ANA)) == ("applied", ["My point"])


@case(38)
@pytest.mark.parametrize(
    ("to", "ids", "outcome"),
    [(CAT.address, False, "unconfirmed"), (CAT.address, True, "applied"), (US, False, "applied")],
)
def test_whose_words_were_meant_for_us(office: Office, to: str, ids: bool, outcome: str) -> None:
    """What names somebody else and answers nothing of ours was sent on by others."""
    request = office.last(ANA)
    raw = stripped(
        office.reply(request, ANA.address, "My point"),
        "To",
        *(() if ids else ("In-Reply-To", "References")),
    )
    assert (
        office.receive(f"To: {to}\r\nDelivered-To: {token_of(request)}\r\n".encode() + raw).outcome
        == outcome
    )


@case(38)
def test_a_yes_that_was_written_to_somebody_else_confirms_nothing(office: Office) -> None:
    office.receive(office.reply(office.last(ANA), "ana@home.example", "My point"))
    question = office.last(ANA)
    for words in ("yes", "yes, always"):
        raw = stripped(office.reply(question, ANA.address, words), "To")
        office.receive(
            f"To: {CAT.address}\r\nDelivered-To: {token_of(question)}\r\n".encode() + raw
        )
    assert (office.items(), office.pair.report.aliases) == ([], ())
    assert len(office.pair.unconfirmed) == 1


@case(3)
@pytest.mark.parametrize(
    ("author", "outcome"), [(ANA.address, "applied"), ("x@evil.example", "set_aside")]
)
def test_a_token_with_a_wrong_character(office: Office, author: str, outcome: str) -> None:
    token, before = token_of(office.last(ANA)), office.count()
    wrong = token[:20] + ("b" if token[20] == "a" else "a") + token[21:]
    entry = office.receive(office.mail(author, "My point", to=wrong))
    assert entry.outcome == outcome
    assert "place: a token that does not read" in entry.trace
    assert office.every_address() <= {ANA.address, BEN.address}
    if outcome == "set_aside":
        assert entry.reason == "a token that does not read, from an address that is not on file"
        assert office.count() == before


def test_any_other_tag_of_a_stranger_is_not_kept(office: Office) -> None:
    entry = office.receive(
        office.mail("x@evil.example", "Buy now", to="mailbot+offers@corp.example")
    )
    assert (entry.outcome, entry.reason) == ("ignored", "stranger")


@case(4)
def test_the_id_leads_from_our_bare_address_to_the_meeting(office: Office) -> None:
    request = office.last(ANA)
    raw = re.sub(rb"mailbot\+\w+@", b"mailbot@", office.reply(request, ANA.address, "My point"))
    entries = [office.receive(raw) for _ in range(2)]
    assert [e.outcome for e in entries] == ["applied", "duplicate"]
    assert (
        "place: by reference in In-Reply-To, first_agenda_request 1 of meeting 1 to the report"
        in entries[0].trace
    )
    assert office.items() == office.items(ANA) == ["My point"]


@case(5)
@pytest.mark.parametrize("client", sorted(CLIENTS))
@pytest.mark.parametrize("person", [ANA, BEN], ids=["the report", "the manager"])
def test_the_root_alone_leads_to_the_meeting_and_our_quote_is_no_word_of_theirs(
    office: Office, person: Person, client: str
) -> None:
    office.until(office.meeting.start - timedelta(hours=20))
    agenda = office.last(person)
    assert "agenda" in agenda.text.lower()
    entry = office.receive(by_root(office, agenda, person.address, "My point", client))
    assert entry.outcome == "applied"
    assert "place: by root in References" in " ".join(entry.trace)
    assert office.items() == office.items(person) == ["My point"]
    office.until(office.meeting.start + timedelta(hours=2))
    request = office.last(person)
    office.receive(by_root(office, request, person.address, "We start in April", client))
    held = next(m for m in office.pair.meetings if m.number == 1)
    assert ([n.text for n in held.notes], [i.text for i in held.items]) == (
        ["We start in April"],
        ["My point"],
    )


@case(5)
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_a_quote_without_its_reference_is_no_word_of_theirs_either(
    office: Office, client: str
) -> None:
    request = office.last(ANA)
    without = Got(
        request.raw.replace(
            TOKENS.make(
                ReplyTarget(PAIR, 1, Role.REPORT, Purpose.FIRST_AGENDA_REQUEST, 1)
            ).encode(),
            b"x",
        )
    )
    office.receive(by_root(office, without, ANA.address, "My point", client))
    assert office.items() == ["My point"]


@case(5, 11, 12)
def test_the_root_names_nobody_so_nobody_is_shown_the_words(office: Office) -> None:
    before = office.count()
    entry = office.receive(
        by_root(office, office.last(BEN), "ben@home.example", "private: SECRET of Ben\n\nand more")
    )
    assert (entry.outcome, entry.reason) == ("set_aside", "an address that is not on file")
    assert (office.pair.unconfirmed, office.count()) == ((), before)


@case(10, 12)
@pytest.mark.parametrize(
    "author", ["Ben Ito <b.ito@home.example>", "ben@home.example", "b.ito@home.example"]
)
def test_nobody_is_asked_about_words_that_look_like_the_others(office: Office, author: str) -> None:
    """Ana forwarded her mail; Ben answers from home."""
    before = office.count()
    assert (
        office.receive(office.reply(office.last(ANA), author, "private: SECRET")).outcome
        == "set_aside"
    )
    assert office.count() == before


@case(11, 12)
def test_a_private_line_of_somebody_unknown_is_told_of_and_not_shown(office: Office) -> None:
    office.receive(office.reply(office.last(ANA), "x@home.example", "Porto\n\nprivate: SECRET"))
    question = office.last(ANA)
    assert "Porto" in question.text
    assert "SECRET" not in question.text + question.html
    office.answers(question, ANA.address, "yes")
    assert office.items(ANA) == ["Porto", "SECRET"]


@case(12)
def test_ids_of_mails_to_both_name_nobody(office: Office) -> None:
    office.until(office.meeting.start - timedelta(hours=20))
    raw = office.reply(
        office.last(ANA), "x@home.example", "SECRET", f"References: {office.last(BEN).id}"
    )
    before = office.count()
    assert office.receive(raw).outcome == "set_aside"
    assert office.count() == before


@case(50)
def test_a_report_that_knows_the_thread_alone_is_about_nobody(office: Office) -> None:
    first = message_id(US, TOKENS.make(root(ReplyTarget(PAIR, 1, Role.REPORT, Purpose.AGENDA, 1))))
    raw = office.mail(
        "mailer-daemon@corp.example",
        "550 5.1.1 no such user",
        "Undelivered",
        f"References: <{first}>",
        "X-Failed-Recipients: ben@corp.example",
    )
    assert office.receive(raw, vouched=False).outcome == "set_aside"
    assert not office.pair.report.unreachable


@case(9)
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_the_token_says_which_meeting_and_the_quote_whose_words(
    office: Office, client: str
) -> None:
    old = office.last(ANA)
    office.until(office.meeting.start + timedelta(days=5, hours=1))
    new = office.last(ANA)
    assert old.subject != new.subject
    raw = stripped(office.reply(new, ANA.address, "We start in April", client=client), "To")
    entry = office.receive(f"To: {token_of(old)}\r\n".encode() + raw)
    assert entry.outcome == "applied"
    (place,) = [line for line in entry.trace if line.startswith("place:")]
    assert "first_agenda_request 1 of meeting 1" in place
    assert ", quoting agenda_request" in place
    held = next(m for m in office.pair.meetings if m.number == 1)
    assert [n.text for n in held.notes] == ["We start in April"]
    receipt = office.last(ANA)
    assert "Thu 5 Mar" in receipt.subject
    assert "We start in April" in receipt.text


@case(7)
def test_the_date_in_the_subject_names_the_meeting(office: Office) -> None:
    office.until(office.meeting.start + timedelta(hours=2))
    request = office.last(ANA)
    office.until(office.meeting.start - timedelta(days=4))
    raw = office.mail(
        ANA.address,
        "Notes:\n- We start in April\n\nI will:\n- call Porto",
        f"Re: {request.subject}",
    )
    entry = office.receive(raw)
    assert entry.outcome == "applied"
    assert "place: by the subject, meeting 1" in entry.trace
    held = next(m for m in office.pair.meetings if m.number == 1)
    assert [n.text for n in held.notes] == ["We start in April"]
    assert [a.text for a in office.pair.actions] == ["call Porto"]
    assert office.items() == []
    assert Role.REPORT in held.answered


@case(7)
def test_two_reports_of_one_name_are_told_apart(new_office: NewOffice) -> None:
    other = Person("ana.moss@corp.example", "Ana Moss")
    office = new_office((ANA, BEN, THURSDAYS), (other, BEN, THURSDAYS))
    assert (
        office.receive(office.mail(BEN.address, "budget", "Re: 1:1 Ana / Ben, Thu 5 Mar")).outcome
        == "set_aside"
    )
    asked = office.last(BEN)
    assert "- 1:1 Ana Moss / Ben Ito\n- 1:1 Ana Silva / Ben Ito\n" in asked.text
    entry = office.receive(office.mail(BEN.address, "budget", "1:1 Ana Silva / Ben Ito"))
    assert (entry.outcome, office.items(BEN)) == ("applied", ["budget"])
