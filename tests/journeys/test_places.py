"""Which meeting and whose words: whole journeys of a mail, from the raw octets to what people get."""

import re
from datetime import timedelta

import pytest

from mailbot.mail.thread import Place, message_id, root
from mailbot.meeting.model import Person, Purpose, Role
from mailbot.testing import CLIENTS, TOKENS, Got
from tests.cases import case

from .conftest import ANA, BEN, CAT, PAIR, THURSDAYS, US, NewOffice, Office


def bare(office: Office, author: str, words: str, *, reference: bool) -> bytes:
    """An answer that lost its token and its threading headers; its quote is whole, or lost the reference, too."""
    asked = office.last(ANA)
    quoted = "\n".join(f"> {line}" for line in asked.text.splitlines() if reference or "(ref " not in line)
    return office.mail(author, f"{words}\n\nOn Tue, Mar 3, 2026 mailbot wrote:\n{quoted}", f"Re: {asked.subject}")


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
    assert (entry.outcome, entry.reason) == ("held", "an address that is not on file")
    assert office.items() == []
    assert (office.count(CAT), office.count(BEN)) == (0, before)
    assert CAT.address in office.last(ANA).text, "the address on file is asked"


@case(14)
def test_both_answer_all_with_the_same_words(office: Office) -> None:
    office.until(office.meeting.start + timedelta(hours=2))
    notes = "Notes:\nWe start in April\n"
    for person in (ANA, BEN):
        assert office.receive(office.reply(office.last(person), person.address, notes)).outcome == "applied"
    held = next(m for m in office.series.meetings if m.number == 1)
    assert [n.text for n in held.notes] == ["We start in April"]
    assert {office.series.person(role) for role in held.answered} == {ANA, BEN}


@case(14)
def test_both_answer_all_with_the_same_items(office: Office) -> None:
    office.until(office.meeting.start - timedelta(hours=5))
    for person in (ANA, BEN):
        raw = office.reply(office.last(person), person.address, "Career:\n- A course in May\n- Who leads Porto?\n")
        assert office.receive(raw).outcome == "applied"
    assert office.items() == ["A course in May", "Who leads Porto?"]


@case(14)
def test_both_answer_all_with_the_same_action_items(office: Office) -> None:
    """Nobody is named, so who wrote first has it; a promise that names its owner is one for each."""
    office.until(office.meeting.start + timedelta(hours=2))
    notes = "action: write the plan\n- [ ] book the room\n- [ ] Ben to call Porto\n"
    for person in (ANA, BEN):
        assert office.receive(office.reply(office.last(person), person.address, notes)).outcome == "applied"
    assert [(a.text, a.owner) for a in office.series.actions] == [
        ("write the plan", Role.REPORT), ("book the room", Role.REPORT), ("call Porto", Role.MANAGER),
    ]  # fmt: skip


@case(14)
def test_each_may_promise_the_same_for_themselves(office: Office) -> None:
    office.until(office.meeting.start + timedelta(hours=2))
    for person in (ANA, BEN):
        office.receive(office.reply(office.last(person), person.address, f"- [ ] {person.first_name} to read the plan\n"))
    assert [a.owner for a in office.series.actions] == [Role.REPORT, Role.MANAGER]


@case(15)
def test_an_answer_of_fourteen_months_later_goes_to_its_meeting(office: Office) -> None:
    office.until(office.meeting.start + timedelta(hours=2))
    request = office.last(ANA)
    office.after(weeks=60)
    before = office.count(BEN)
    entry = office.answers(request, ANA.address, "Notes:\nWe had agreed on Porto")
    assert entry.outcome == "applied"
    history = office.store.recall(f"history/{PAIR}")
    assert [n.text for m in history.meetings if m.number == 1 for n in m.notes] == ["We had agreed on Porto"]
    assert all(m.number != 1 for m in office.series.meetings)
    assert "already closed" in office.last(ANA).text
    assert office.count(BEN) == before, "nothing new to the other"


@case(15)
def test_an_item_of_fourteen_months_later_goes_to_the_next_meeting_and_the_receipt_says_so(office: Office) -> None:
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
    assert office.receive(office.mail(ANA.address, "What about my holiday?", "Something else", to=token)).outcome == "applied"
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
    [("ana@corp.example", True, "applied"), ("ana@corp.example", False, "held"), ("x@evil.example", True, "set_aside")],
)
def test_only_the_reference_in_the_body_is_left(office: Office, author: str, vouched: bool, outcome: str) -> None:
    raw = bare(office, author, "My point", reference=True)
    entry = office.receive(raw, vouched=vouched)
    assert entry.outcome == outcome
    assert "place: by body" in " ".join(entry.trace)
    assert office.items() == (["My point"] if outcome == "applied" else [])
    assert office.every_address() <= {ANA.address, BEN.address}


@case(7)
@pytest.mark.parametrize(("author", "outcome"), [("ana@corp.example", "applied"), ("x@evil.example", "set_aside")])
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
    again = office.reply(asked, BEN.address, "SECRET budget").replace(b"Subject: Re: Which 1:1 do you mean?", b"Subject: 1:1 Ana / Ben")
    assert office.receive(again).outcome == "applied"
    assert office.items(BEN) == ["SECRET budget"]


def test_nobody_is_asked_which_whom_our_server_does_not_vouch_for(new_office: NewOffice) -> None:
    office = new_office((ANA, BEN, THURSDAYS), (CAT, BEN, THURSDAYS))
    before = office.count()
    assert office.receive(office.mail(BEN.address, "budget"), vouched=False).outcome == "set_aside"
    assert office.count() == before


@case(20)
def test_mails_of_a_series_that_is_gone_create_nothing(office: Office, new_office: NewOffice) -> None:
    mails = [office.reply(office.last(ANA), ANA.address, f"Point {n}") for n in range(3)]
    later = new_office((CAT, BEN, THURSDAYS), folder="b")
    assert [later.receive(raw).outcome for raw in mails] == ["ignored"] * 3
    assert later.store.load(PAIR) is None
    assert ANA.address not in later.every_address()
    gone = new_office((ANA, CAT, THURSDAYS), folder="c")  # Ana has another series now: not hers to see there
    assert [gone.receive(raw).outcome for raw in mails] == ["ignored"] * 3
    assert all("Point" not in mail.text for mail in gone.tray.mails)


@case(78)
def test_one_mail_in_two_folders_counts_once_and_what_we_sent_is_not_read(office: Office) -> None:
    request = office.last(ANA)
    raw = office.reply(request, ANA.address, "My point")
    for folder in ("INBOX", "[Gmail]/All Mail"):
        office.mailbot.take(f"imap/{folder}/1/7", raw, office.clock.at)
    assert office.items(ANA) == ["My point"]
    assert [e.outcome for e in office.store.recall("journal")] == ["applied", "duplicate"]
    sent: Got = office.last(ANA)
    entry = office.mailbot.take("imap/Sent/1/1", sent.raw, office.clock.at)
    assert (entry.outcome, entry.reason) == ("ignored", "our own mail")


def test_to_our_bare_address_with_threading_headers_it_is_a_plain_answer(office: Office) -> None:
    raw = re.sub(rb"mailbot\+\w+@", b"mailbot@", office.reply(office.last(ANA), ANA.address, "My point"))
    entry = office.receive(raw)
    assert (entry.outcome, US in str(raw)) == ("applied", True)


# ---- what a mail still has of ours ----


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
    raw = re.sub(rb"mailbot\+\w+@", b"mailbot@", stripped(office.reply(mail, author, words, client=client), "In-Reply-To", "References"))
    first = root(Place(PAIR, 1, Role.MANAGER, Purpose.AGENDA, 1))
    return f"References: <{message_id(US, TOKENS.make(first))}> <x@relay.example>\r\n".encode() + raw


@case(1)
def test_a_plain_answer_counts_for_its_author_exactly_once(office: Office) -> None:
    raw = office.reply(office.last(ANA), ANA.address, "My point")
    entries = [office.receive(raw) for _ in range(2)]
    assert [e.outcome for e in entries] == ["applied", "duplicate"]
    assert "place: by token in To, first_agenda_request 1 of meeting 1 to the report" in entries[0].trace
    assert office.items() == office.items(ANA) == ["My point"]


TO_NOBODY = "undisclosed-recipients:;"


@case(2)
@pytest.mark.parametrize("to", [US, "ana@home.example", TO_NOBODY], ids=["to us", "to another address", "to nobody"])
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
    raw = stripped(office.reply(request, ANA.address, "My point"), "To", "In-Reply-To", "References")
    entry = office.receive(f"To: {token_of(request).upper()}\r\n".encode() + raw)
    assert (entry.outcome, office.items(ANA)) == ("applied", ["My point"])
    assert "place: by token in To" in " ".join(entry.trace)


@case(2, 112)
@pytest.mark.parametrize("ids", [True, False], ids=["with our ids", "without"])
@pytest.mark.parametrize("to", ["To: (c):", "Cc: a@b,", "To: (c):\r\nCc: a@b,", f"To: {TO_NOBODY}"])
def test_a_header_that_names_nobody_names_nobody_else(office: Office, to: str, ids: bool) -> None:
    request = office.last(ANA)
    raw = stripped(office.reply(request, ANA.address, "My point"), "To", *(() if ids else ("In-Reply-To", "References")))
    entry = office.receive(f"{to}\r\nDelivered-To: {token_of(request)}\r\n".encode() + raw)
    assert (entry.outcome, office.items(ANA)) == ("applied", ["My point"])


@case(38)
@pytest.mark.parametrize(("to", "ids", "outcome"), [(CAT.address, False, "held"), (CAT.address, True, "applied"), (US, False, "applied")])
def test_whose_words_were_meant_for_us(office: Office, to: str, ids: bool, outcome: str) -> None:
    """What names somebody else and answers nothing of ours was sent on by others."""
    request = office.last(ANA)
    raw = stripped(office.reply(request, ANA.address, "My point"), "To", *(() if ids else ("In-Reply-To", "References")))
    assert office.receive(f"To: {to}\r\nDelivered-To: {token_of(request)}\r\n".encode() + raw).outcome == outcome


@case(38)
def test_a_yes_that_was_written_to_somebody_else_confirms_nothing(office: Office) -> None:
    office.receive(office.reply(office.last(ANA), "ana@home.example", "My point"))
    question = office.last(ANA)
    for words in ("yes", "yes, always"):
        raw = stripped(office.reply(question, ANA.address, words), "To")
        office.receive(f"To: {CAT.address}\r\nDelivered-To: {token_of(question)}\r\n".encode() + raw)
    assert (office.items(), office.series.report.aliases) == ([], ())
    assert len(office.series.held) == 1


@case(3)
@pytest.mark.parametrize(("author", "outcome"), [(ANA.address, "applied"), ("x@evil.example", "set_aside")])
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
    entry = office.receive(office.mail("x@evil.example", "Buy now", to="mailbot+offers@corp.example"))
    assert (entry.outcome, entry.reason) == ("ignored", "stranger")


@case(4)
def test_the_id_leads_from_our_bare_address_to_the_meeting(office: Office) -> None:
    request = office.last(ANA)
    raw = re.sub(rb"mailbot\+\w+@", b"mailbot@", office.reply(request, ANA.address, "My point"))
    entries = [office.receive(raw) for _ in range(2)]
    assert [e.outcome for e in entries] == ["applied", "duplicate"]
    assert "place: by reference in In-Reply-To, first_agenda_request 1 of meeting 1 to the report" in entries[0].trace
    assert office.items() == office.items(ANA) == ["My point"]


@case(5)
@pytest.mark.parametrize("client", sorted(CLIENTS))
@pytest.mark.parametrize("person", [ANA, BEN], ids=["the report", "the manager"])
def test_the_root_alone_leads_to_the_meeting_and_our_quote_is_no_word_of_theirs(office: Office, person: Person, client: str) -> None:
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
    held = next(m for m in office.series.meetings if m.number == 1)
    assert ([n.text for n in held.notes], [i.text for i in held.items]) == (["We start in April"], ["My point"])


@case(5)
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_a_quote_without_its_reference_is_no_word_of_theirs_either(office: Office, client: str) -> None:
    request = office.last(ANA)
    without = Got(request.raw.replace(TOKENS.make(Place(PAIR, 1, Role.REPORT, Purpose.FIRST_AGENDA_REQUEST, 1)).encode(), b"x"))
    office.receive(by_root(office, without, ANA.address, "My point", client))
    assert office.items() == ["My point"]


@case(5, 11, 12)
def test_the_root_names_nobody_so_nobody_is_shown_the_words(office: Office) -> None:
    before = office.count()
    entry = office.receive(by_root(office, office.last(BEN), "ben@home.example", "private: SECRET of Ben\n\nand more"))
    assert (entry.outcome, entry.reason) == ("set_aside", "an address that is not on file")
    assert (office.series.held, office.count()) == ((), before)


@case(10, 12)
@pytest.mark.parametrize("author", ["Ben Ito <b.ito@home.example>", "ben@home.example", "b.ito@home.example"])
def test_nobody_is_asked_about_words_that_look_like_the_others(office: Office, author: str) -> None:
    """Ana forwarded her mail; Ben answers from home."""
    before = office.count()
    assert office.receive(office.reply(office.last(ANA), author, "private: SECRET")).outcome == "set_aside"
    assert office.count() == before


@case(11, 12)
def test_a_private_line_of_somebody_unknown_is_told_of_and_not_shown(office: Office) -> None:
    office.receive(office.reply(office.last(ANA), "x@home.example", "private: SECRET\n\nPorto"))
    question = office.last(ANA)
    assert "Porto" in question.text
    assert "SECRET" not in question.text + question.html
    office.answers(question, ANA.address, "yes")
    assert office.items(ANA) == ["SECRET", "Porto"]


@case(12)
def test_ids_of_mails_to_both_name_nobody(office: Office) -> None:
    office.until(office.meeting.start - timedelta(hours=20))
    raw = office.reply(office.last(ANA), "x@home.example", "SECRET", f"References: {office.last(BEN).id}")
    before = office.count()
    assert office.receive(raw).outcome == "set_aside"
    assert office.count() == before


@case(50)
def test_a_report_that_knows_the_thread_alone_is_about_nobody(office: Office) -> None:
    first = message_id(US, TOKENS.make(root(Place(PAIR, 1, Role.REPORT, Purpose.AGENDA, 1))))
    raw = office.mail("mailer-daemon@corp.example", "550 5.1.1 no such user", "Undelivered", f"References: <{first}>", "X-Failed-Recipients: ben@corp.example")
    assert office.receive(raw, vouched=False).outcome == "set_aside"
    assert not office.series.report.unreachable


@case(9)
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_the_token_says_which_meeting_and_the_quote_whose_words(office: Office, client: str) -> None:
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
    held = next(m for m in office.series.meetings if m.number == 1)
    assert [n.text for n in held.notes] == ["We start in April"]
    receipt = office.last(ANA)
    assert "Thu 5 Mar" in receipt.subject
    assert "We start in April" in receipt.text


@case(7)
def test_the_date_in_the_subject_names_the_meeting(office: Office) -> None:
    office.until(office.meeting.start + timedelta(hours=2))
    request = office.last(ANA)
    office.until(office.meeting.start - timedelta(days=4))
    raw = office.mail(ANA.address, "Notes:\n- We start in April\n\nI will:\n- call Porto", f"Re: {request.subject}")
    entry = office.receive(raw)
    assert entry.outcome == "applied"
    assert "place: by the subject, meeting 1" in entry.trace
    held = next(m for m in office.series.meetings if m.number == 1)
    assert [n.text for n in held.notes] == ["We start in April"]
    assert [a.text for a in office.series.actions] == ["call Porto"]
    assert office.items() == []
    assert Role.REPORT in held.answered


@case(7)
def test_two_reports_of_one_name_are_told_apart(new_office: NewOffice) -> None:
    other = Person("ana.moss@corp.example", "Ana Moss")
    office = new_office((ANA, BEN, THURSDAYS), (other, BEN, THURSDAYS))
    assert office.receive(office.mail(BEN.address, "budget", "Re: 1:1 Ana / Ben, Thu 5 Mar")).outcome == "set_aside"
    asked = office.last(BEN)
    assert "- 1:1 Ana Moss / Ben Ito\n- 1:1 Ana Silva / Ben Ito\n" in asked.text
    entry = office.receive(office.mail(BEN.address, "budget", "1:1 Ana Silva / Ben Ito"))
    assert (entry.outcome, office.items(BEN)) == ("applied", ["budget"])


# ---- one mail, one outcome ----


@case(69)
def test_two_mails_under_one_id_both_count_and_one_mail_twice_counts_once(office: Office) -> None:
    raws = [office.reply(office.last(ANA), ANA.address, words) for words in ("First", "Second")]
    one = [re.sub(rb"Message-ID: <[^>]*>", b"Message-ID: <same@client.example>", raw) for raw in raws]
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

ELSEWHERE = "Meant for another?"


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
    office.receive(office.mail(ANA.address, "Feedback: my holiday", "Holiday", to=token_of(request)))
    receipt = office.last(ANA)
    assert ELSEWHERE in receipt.text
    assert "Thu 5 Mar" in receipt.subject
    kept = [n.text for m in office.store.recall(f"history/{PAIR}").meetings for n in m.notes]
    assert ("my holiday" in kept) or len(office.items(ANA)) == before + 1
