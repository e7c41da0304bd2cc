"""Holds: words from an address that is not on file, or without a proof, do nothing until the person
named says yes, and whoever asks for a series gets one only where they may.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.meeting.acts.unconfirmed import WAITS_FOR
from mailbot.service.intake.pipeline import PASSED
from mailbot.service.intake.series_request import Defaults
from mailbot.store.protocol import JOURNAL
from mailbot.testing import Got
from tests.kit.cases import case
from tests.kit.post import CASES

from .conftest import ANA, BEN, CAT, THURSDAYS, US, NewOffice, Office

HOME = "ana@home.example"
WISH = "new 1:1 with cat@corp.example, Tuesdays 10:00, weekly, 30 min"
DOMAINS = ("corp.example",)
FAILS = "Authentication-Results: mx.corp.example; dmarc=fail header.from=corp.example"
PASSES = FAILS.replace("fail", "pass")


def asks(office: Office, words: str = "Could I lead the project?", author: str = HOME) -> Got:
    """Words with Ana's token from an address that is not hers; the question to her."""
    request = next(mail for mail in office.tray.to(ANA.address) if "Ana / Ben" in mail.subject)
    entry = office.receive(office.reply(request, author, words))
    assert entry.outcome == "unconfirmed", entry
    return office.last(ANA)


def opens(office: Office, words: str = WISH, author: str = BEN.address) -> Got:
    """A wish for a series from a manager nobody vouches for; the question to him."""
    entry = office.receive(office.mail(author, words), vouched=False)
    assert entry.outcome == "unconfirmed", entry
    return office.last(BEN)


def series_of_cat(office: Office) -> int:
    return len(office.store.find(CAT.address))


# ---- held words ----


@case(12)
def test_words_from_an_unknown_address_wait_for_the_yes_of_the_address_on_file(
    office: Office,
) -> None:
    question = asks(office)
    assert office.items() == []
    assert "Could I lead the project?" in question.text
    assert HOME in question.text
    assert "http" not in question.text, "nothing to click"
    assert HOME not in office.every_address()
    entry = office.answers(question, ANA.address, "Yes, that was me.")
    assert (entry.outcome, entry.reason) == ("applied", "confirmed")
    assert office.items(ANA) == ["Could I lead the project?"]
    receipt = office.last(ANA)
    assert "Could I lead the project?" in receipt.text
    assert '"always"' in receipt.text, "the offer to keep the address"
    assert office.mailbot.held.list() == ()


@case(12)
@pytest.mark.parametrize("words", ["yes, always", "Ja, immer"])
def test_yes_always_keeps_the_address(new_office: NewOffice, words: str) -> None:
    office = new_office()
    office.answers(asks(office), ANA.address, words)
    assert office.pair.report.aliases == (HOME,)
    assert any("another address is yours" in mail.text for mail in office.tray.to(ANA.address)), (
        "told where it was on file"
    )
    entry = office.answers(office.tray.to(ANA.address)[0], HOME, "A second point")
    assert entry.outcome == "applied"
    assert office.items(ANA) == ["Could I lead the project?", "A second point"]


@case(12)
def test_always_may_come_later_and_holds_in_every_series_of_the_person(
    new_office: NewOffice,
) -> None:
    office = new_office((ANA, BEN, THURSDAYS), (ANA, CAT, THURSDAYS))
    question = asks(office)
    office.answers(question, ANA.address, "yes")
    assert office.answers(question, ANA.address, "always").reason == "confirmed"
    people = [
        s.series.report for name in office.store.find(ANA.address) if (s := office.store.load(name))
    ]
    assert [p.aliases for p in people] == [(HOME,), (HOME,)]
    assert office.items(ANA) == ["Could I lead the project?"], "applied once"


@case(13)
def test_the_unknown_address_cannot_confirm_itself(office: Office) -> None:
    question = asks(office)
    before = office.count(ANA, BEN)
    entry = office.answers(question, HOME, "yes")
    assert entry.outcome == "set_aside"
    assert office.items() == []
    assert len(office.pair.unconfirmed) == 1
    assert office.count(ANA, BEN) == before, "no question about an answer to a question"


@case(42)
def test_a_yes_counts_once(office: Office) -> None:
    question = asks(office)
    yes = office.reply(question, ANA.address, "yes")
    assert [office.receive(yes).outcome for _ in range(2)] == ["applied", "duplicate"]
    office.after(minutes=5)
    again = office.answers(question, ANA.address, "yes")
    assert again.reason != "confirmed"
    assert "No question is open" in office.last(ANA).text
    assert office.items(ANA) == ["Could I lead the project?"]


@case(42)
def test_a_yes_after_seven_days_counts_no_more(office: Office) -> None:
    question = asks(office)
    office.after(days=WAITS_FOR.days, minutes=1)
    assert office.mailbot.held.list() == ()
    expired = [e for e in office.store.recall(JOURNAL) if e.outcome == "expired"]
    assert [e.reason for e in expired] == ["nobody said yes"], "dropped, and counted"
    office.answers(question, ANA.address, "yes")
    assert "lead the project" not in " ".join(i.text for m in office.pair.meetings for i in m.items)


@case(42)
def test_a_yes_is_bound_to_its_question(office: Office) -> None:
    first, second = (
        asks(office, "The good words"),
        asks(office, "The forged words", "x@evil.example"),
    )
    office.answers(first, ANA.address, "yes")
    assert office.items() == ["The good words"]
    office.answers(second, BEN.address, "yes")  # not whom we asked
    assert office.items() == ["The good words"]
    office.answers(office.tray.to(ANA.address)[0], ANA.address, "yes")  # to an agenda request
    assert office.items() == ["The good words"]


@case(42)
@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Auto-Submitted: auto-replied"], id="auto-reply"),
        pytest.param(["Precedence: bulk"], id="bulk"),
        pytest.param(["List-Id: <team.corp.example>"], id="list"),
        pytest.param(["Return-Path: <>"], id="null return path"),
        pytest.param(["X-Autoreply: yes"], id="Exim's"),
    ],
)
def test_no_machine_confirms(office: Office, lines: list[str]) -> None:
    question = asks(office)
    office.receive(office.reply(question, ANA.address, "Yes", *lines))
    assert office.items() == []
    assert [held.done for held in office.pair.unconfirmed] == [False]


@case(42)
@pytest.mark.parametrize(
    "words", ["no", "No, not me.", "not me", "Nein, das war ich nicht", "no idea what this is"]
)
def test_a_no_throws_the_words_away(office: Office, words: str) -> None:
    question = asks(office)
    entry = office.answers(question, ANA.address, words)
    assert (entry.outcome, entry.reason) == ("discarded", "not theirs")
    assert office.items() == []
    assert office.pair.unconfirmed == ()
    assert office.mailbot.held.list() == ()


@pytest.mark.parametrize("words", ["Hmm, when was that?", "Great news about Porto"])
def test_what_is_neither_yes_nor_no_is_asked_about_and_no_agenda_item(
    office: Office, words: str
) -> None:
    question = asks(office)
    office.answers(question, ANA.address, words)
    assert office.items() == []
    assert len(office.pair.unconfirmed) == 1
    assert words in office.last(ANA).text


def test_what_stands_beside_the_yes_counts_too(office: Office) -> None:
    office.answers(asks(office), ANA.address, "yes\n\nCareer:\n- and one more thing")
    assert office.items(ANA) == ["Could I lead the project?", "and one more thing"]


def test_a_fourth_mail_does_not_ask_a_fourth_time(office: Office) -> None:
    for number in range(3):
        asks(office, f"Words {number}")
    before = office.count()
    entry = office.receive(office.reply(office.tray.to(ANA.address)[0], HOME, "Words 3"))
    assert (entry.outcome, entry.reason) == ("set_aside", "too many wait for a yes")
    assert office.count() == before + 1
    assert office.last(ANA).subject == "One more mail says it is from you"
    assert "Words 3" not in office.last(ANA).text
    office.receive(office.reply(office.tray.to(ANA.address)[0], HOME, "Words 4"))
    assert office.count() == before + 1, "once"
    assert len(office.mailbot.held.list()) == 3
    assert len(office.mailbot.quarantine.list()) == 2


def test_a_death_between_commit_and_drop_loses_and_doubles_nothing(office: Office) -> None:
    """The raw mail is dropped after the commit; a second delivery of the yes finds the cause known."""
    question = asks(office)
    raw = office.mailbot.held.get(office.pair.unconfirmed[0].name)
    office.answers(question, ANA.address, "yes")
    office.mailbot.held.put(raw, "left by a death", office.clock.at, "digest")
    office.clock.at += WAITS_FOR + timedelta(days=1)
    office.mailbot.unconfirmed.sweep(office.clock.at)
    assert office.mailbot.held.list() == ()
    assert [i.text for m in office.pair.meetings for i in m.items] == ["Could I lead the project?"]


# ---- how sure ----


@case(27)
def test_words_under_a_failed_verdict_wait(office: Office) -> None:
    entry = office.receive(
        office.reply(office.last(ANA), ANA.address, "My point", FAILS), vouched=False
    )
    assert (entry.outcome, entry.reason) == ("unconfirmed", "failed")
    assert office.items() == []


@case(28)
def test_the_first_mail_of_a_domain_that_proves_nothing_counts_and_starts_nothing(
    new_office: NewOffice,
) -> None:
    office = new_office(domains=DOMAINS)
    entry = office.receive(office.reply(office.last(ANA), ANA.address, "My point"), vouched=False)
    assert entry.outcome == "applied"
    assert "author: unverified" in entry.trace
    assert "My point" in office.last(ANA).text, "the receipt goes to the address on file"
    assert office.receive(office.mail(ANA.address, WISH), vouched=False).outcome == "unconfirmed"
    assert series_of_cat(office) == 0


@case(28)
@pytest.mark.parametrize(
    ("words", "authserv_id", "told"),
    [
        ("My point", "mx.corp.example", True),
        ("My point", "", False),
        ("help", "mx.corp.example", False),
    ],
)
def test_the_receipt_says_what_nobody_vouches_for(
    new_office: NewOffice, words: str, authserv_id: str, told: bool
) -> None:
    """Only where somebody could have vouched for it, and only where something was done."""
    office = new_office(authserv_id=authserv_id)
    assert office.receive(
        office.reply(office.last(ANA), ANA.address, words), vouched=False
    ).outcome in ("applied", "noted")
    assert ("could not check" in office.last(ANA).text) is told
    office.receive(office.reply(office.last(BEN), BEN.address, "Another"))
    assert "could not check" not in office.last(BEN).text, "this one passed"


THROUGH_A_LIST = ("List-Id: <team.corp.example>", "Precedence: list")
NULL = ("Return-Path: <>",)


@case(48, 60)
@pytest.mark.parametrize(
    ("lines", "token", "vouched", "outcome"),
    [
        pytest.param(THROUGH_A_LIST, True, True, "applied", id="list, token, pass"),
        pytest.param(THROUGH_A_LIST, True, False, "set_aside", id="list, token"),
        pytest.param(THROUGH_A_LIST, False, True, "set_aside", id="list, pass"),
        pytest.param(THROUGH_A_LIST, False, False, "set_aside", id="list"),
        pytest.param(NULL, True, True, "applied", id="null, token, pass"),
        pytest.param(NULL, True, False, "set_aside", id="null, token"),
        pytest.param(NULL, False, True, "applied", id="null, pass"),
        pytest.param(NULL, False, False, "set_aside", id="null"),
    ],
)
def test_what_looks_like_a_machine_has_to_be_proven(
    office: Office, lines: tuple[str, ...], token: bool, vouched: bool, outcome: str
) -> None:
    request, before = office.last(ANA), office.count()
    to = request.header("Reply-To").partition("<")[2].rstrip(">") if token else US
    entry = office.receive(
        office.mail(ANA.address, "My point", "Re: 1:1", *lines, to=to), vouched=vouched
    )
    assert entry.outcome == outcome, entry
    assert office.items() == (["My point"] if outcome == "applied" else [])
    assert office.count() == before, "never answered"


@case(60)
def test_the_copy_of_a_list_counts_with_token_and_pass(office: Office) -> None:
    token = office.last(ANA).header("Reply-To").partition("+")[2].partition("@")[0]
    raw = (CASES / "60_list_copy.eml").read_bytes().replace(b"{TOKEN}", token.encode())
    assert office.receive(raw).outcome == "applied"
    assert office.items(ANA) == ["Can we talk about the budget?"]


@case(29)
@pytest.mark.parametrize(("first", "outcome"), [("", "applied"), ("no", "set_aside")])
def test_an_old_question_is_no_way_around_that(office: Office, first: str, outcome: str) -> None:
    """Whoever was forwarded a "was this you?" that has its answer holds a token like any other."""
    request = office.last(ANA)
    office.answers(request, ANA.address, "First")
    office.receive(office.reply(request, "ana@home.example", "Second"))
    question = office.last(ANA)
    if first:
        assert office.answers(question, ANA.address, first).outcome == "discarded"
    assert (
        office.receive(office.reply(question, ANA.address, "yes\n\n- Third"), vouched=False).outcome
        == outcome
    )
    assert office.items() == (["First", "Second", "Third"] if outcome == "applied" else ["First"])


@case(29)
def test_a_domain_that_passed_before_and_says_nothing_now_waits_for_a_yes(office: Office) -> None:
    request = office.last(ANA)
    office.answers(request, ANA.address, "First")
    entry = office.receive(office.reply(request, ANA.address, "Second"), vouched=False)
    assert (entry.outcome, entry.reason) == ("unconfirmed", "downgrade")
    assert office.items() == ["First"]
    yes = office.receive(office.reply(office.last(ANA), ANA.address, "yes"), vouched=False)
    assert yes.reason == "confirmed", "the round trip itself is the proof"
    assert office.items() == ["First", "Second"]


def test_only_domains_of_people_on_file_are_remembered(office: Office) -> None:
    office.receive(office.reply(office.last(ANA), "x@evil.example", "Hello"))
    office.receive(office.mail("y@other.example", "Hello"))
    assert office.store.recall(PASSED) == {}
    office.answers(office.tray.to(ANA.address)[0], ANA.address, "Hello")
    assert office.store.recall(PASSED) == {"corp.example": True}


@case(38)
def test_a_genuine_mail_to_somebody_else_is_no_command_to_us(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    token = office.last(ANA).header("Reply-To").partition("<")[2].rstrip(">")
    raw = office.mail(ANA.address, "pause", "Our plan", f"Delivered-To: {token}", to=CAT.address)
    entry = office.receive(raw)
    assert (entry.outcome, entry.reason) == ("unconfirmed", "written to somebody else")
    assert office.pair.paused_until is None
    wish = office.mail(BEN.address, WISH, "How it works", f"Delivered-To: {token}", to=ANA.address)
    assert office.receive(wish).outcome == "unconfirmed", "as content of the thread"
    wish = office.mail(BEN.address, WISH, "How it works", to=ANA.address)
    assert (office.receive(wish).outcome, series_of_cat(office)) == ("ignored", 0)


@case(39)
def test_one_signed_mail_sent_in_again_under_another_id_counts_once(office: Office) -> None:
    raw = office.reply(office.last(ANA), ANA.address, "move to Fri 11:00")
    replayed = raw.replace(b"Message-ID: <", b"Message-ID: <replayed-")
    assert office.receive(raw).outcome == "applied"
    before = office.count()
    assert office.receive(replayed).outcome == "duplicate"
    assert office.count() == before


# ---- control: a new series ----


@case(41)
def test_a_manager_our_server_vouches_for_starts_a_series_at_once(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    entry = office.receive(
        office.mail(BEN.address, f"Hi mailbot,\n{WISH}\n- her first weeks\n\nBest,\nBen")
    )
    assert (entry.outcome, entry.reason) == ("applied", "a new series")
    (name,) = office.store.find(CAT.address)
    stored = office.store.load(name)
    assert stored
    assert [i.text for m in stored.series.meetings for i in m.items] == ["her first weeks"], (
        "no word is lost"
    )
    assert "Ben would like to meet you" in office.tray.to(CAT.address)[0].text


@case(41)
@pytest.mark.parametrize("authserv_id", ["mx.corp.example", ""])
def test_a_manager_nobody_vouches_for_is_asked_at_his_address(
    new_office: NewOffice, authserv_id: str
) -> None:
    office = new_office(domains=DOMAINS, authserv_id=authserv_id)
    question = opens(office)
    assert WISH in question.text
    assert "http" not in question.text
    assert series_of_cat(office) == 0, "there is no series before the yes"
    assert office.count(CAT) == 0
    entry = office.receive(office.reply(question, BEN.address, "Yes"), vouched=False)
    assert (entry.outcome, entry.reason) == ("applied", "a new series")
    assert series_of_cat(office) == 1
    assert office.count(CAT) == 1
    assert office.mailbot.held.list() == ()


@case(42)
@pytest.mark.parametrize(
    ("author", "words", "lines"),
    [
        pytest.param("ben@corp.example", "yes", ["Auto-Submitted: auto-replied"], id="a machine"),
        pytest.param("ben@home.example", "yes", [], id="another address"),
        pytest.param("ana@corp.example", "yes", [], id="another person"),
        pytest.param("ben@corp.example", "yes", [FAILS], id="failed"),
        pytest.param("ben@corp.example", "what is this?", [], id="neither yes nor no"),
    ],
)
def test_a_wish_is_confirmed_by_nobody_else(
    new_office: NewOffice, author: str, words: str, lines: list[str]
) -> None:
    office = new_office(domains=DOMAINS)
    question = opens(office)
    office.receive(office.reply(question, author, words, *lines), vouched=False)
    assert series_of_cat(office) == 0
    assert len(office.mailbot.held.list()) == 1
    assert office.count(CAT) == 0


@case(42)
def test_a_wish_is_confirmed_once_and_within_a_week(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    question = opens(office)
    assert office.receive(office.mail(BEN.address, WISH), vouched=False).outcome == "duplicate", (
        "asked once"
    )
    office.after(days=WAITS_FOR.days, minutes=1)
    assert (
        office.receive(office.reply(question, BEN.address, "yes"), vouched=False).outcome
        == "ignored"
    )
    second = opens(office)
    assert second.id != question.id
    assert (
        office.receive(office.reply(question, BEN.address, "yes"), vouched=False).outcome
        == "ignored"
    ), "the old question"
    yes = office.reply(second, BEN.address, "yes")
    assert [office.receive(yes, vouched=False).outcome for _ in range(2)] == [
        "applied",
        "duplicate",
    ]
    assert series_of_cat(office) == 1


@case(42)
def test_a_no_to_a_wish_throws_it_away(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    entry = office.receive(office.reply(opens(office), BEN.address, "no, not me"), vouched=False)
    assert (entry.outcome, entry.reason) == ("discarded", "not theirs")
    assert office.mailbot.held.list() == ()
    assert series_of_cat(office) == 0


@case(20)
@pytest.mark.parametrize("days", [31, 425, -40])
def test_an_old_wish_is_asked_about(new_office: NewOffice, days: int) -> None:
    """Read again by an installation whose store is empty: who was let go since must not be started anew."""
    office = new_office(domains=DOMAINS)
    then, office.clock.at = office.clock.at, office.clock.at - timedelta(days=days)
    raw, office.clock.at = office.mail(BEN.address, WISH), then
    entry = office.receive(raw)
    assert (entry.outcome, entry.reason) == ("unconfirmed", "a new series, and it is an old wish")
    assert (series_of_cat(office), office.count(CAT)) == (0, 0)
    assert office.answers(office.last(BEN), BEN.address, "yes").outcome == "applied"
    assert series_of_cat(office) == 1


@case(20)
def test_a_wish_without_a_date_is_asked_about(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    raw = b"".join(
        line
        for line in office.mail(BEN.address, WISH).splitlines(keepends=True)
        if not line.startswith(b"Date:")
    )
    assert office.receive(raw).outcome == "unconfirmed"
    assert series_of_cat(office) == 0


def test_forged_wishes_write_to_nobody_often(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    before = office.count(BEN)
    for number in range(40):
        office.receive(office.mail(BEN.address, WISH.replace("cat", f"cat{number}")), vouched=False)
    assert office.count(BEN) - before == 3
    for number in range(40):
        office.receive(office.mail(f"boss{number}@corp.example", WISH), vouched=False)
    assert len(office.every_address() - {ANA.address, BEN.address}) == 17, (
        "twenty questions in all, the first three to Ben"
    )


@pytest.mark.parametrize(
    ("words", "vouched", "outcome", "answer"),
    [
        (
            "new 1:1 with cat@corp.example, Tusdays at teatime",
            True,
            "noted",
            "new 1:1 with cat@corp.example",
        ),
        ("new 1:1 with cat@corp.example, Tusdays at teatime", False, "set_aside", ""),
        ("new 1:1 with x@elsewhere.example, weekly", True, "ignored", "corp.example"),
        ("new 1:1 with ben@corp.example, weekly", True, "ignored", "two people"),
    ],
)
def test_a_wish_that_cannot_be_fulfilled(
    new_office: NewOffice, words: str, vouched: bool, outcome: str, answer: str
) -> None:
    office = new_office(domains=DOMAINS)
    before = office.count(BEN)
    entry = office.receive(office.mail(BEN.address, words), vouched=vouched)
    assert entry.outcome == outcome
    assert series_of_cat(office) == 0
    assert office.count(BEN) - before == bool(answer)
    assert answer in office.last(BEN).text


def test_a_strangers_wish_is_met_with_silence(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    entry = office.receive(office.mail("x@evil.example", WISH))
    assert (entry.outcome, entry.reason, series_of_cat(office)) == ("ignored", "stranger", 0)
    assert office.every_address() <= {ANA.address, BEN.address}


def test_a_wish_inside_an_answer_loses_none_of_its_other_words(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    office.answers(office.last(BEN), BEN.address, f"- the budget\n\n{WISH}")
    assert office.items(BEN) == ["the budget"]
    assert series_of_cat(office) == 0
    assert "write a new mail" in office.last(BEN).text


@case(41)
def test_a_wish_is_shown_whole_before_the_yes_that_applies_it(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    question = opens(office, "\n".join([WISH, *(f"- Point {number}" for number in range(60))]))
    assert all(f"- Point {number}\n" in question.text for number in range(60))
    assert office.answers(question, BEN.address, "yes").outcome == "applied"
    (name,) = office.store.find(CAT.address)
    stored = office.store.load(name)
    assert stored is not None
    assert len([i for m in stored.series.meetings for i in m.items]) == 60


@case(41)
def test_a_wish_from_another_address_of_the_manager_is_asked_about_at_the_one_on_file(
    new_office: NewOffice,
) -> None:
    ben = replace(BEN, aliases=("b.ito@corp.example",))
    office = new_office((ANA, ben, THURSDAYS), domains=DOMAINS)
    office.mailbot.requests.defaults = Defaults({BEN.address: ben})
    question = opens(office, author="b.ito@corp.example")
    assert office.answers(question, BEN.address, "yes").outcome == "applied"
    assert series_of_cat(office) == 1
    entry = office.receive(office.mail(BEN.address, "new 1:1 with b.ito@corp.example"))
    assert entry.outcome == "ignored", "a 1:1 with oneself is none"


MORE = "\n\n- My point"


@case(41)
@pytest.mark.parametrize(
    ("words", "to", "lines", "outcome"),
    [
        pytest.param(
            "new 1:1 with cat@corp.example, Tusdays at teatime",
            US,
            [PASSES],
            "applied",
            id="a slip",
        ),
        pytest.param(
            "new 1:1 with cat@corp.example, Tusdays at teatime",
            US,
            [],
            "set_aside",
            id="a slip, unproven",
        ),
        pytest.param("new 1:1 with x@elsewhere.example", US, [PASSES], "set_aside", id="not here"),
        pytest.param(
            "new 1:1 with x@elsewhere.example", US, [], "set_aside", id="not here, unproven"
        ),
        pytest.param(WISH, US, [FAILS], "set_aside", id="failed"),
        pytest.param(WISH, "cat@corp.example", [PASSES], "unconfirmed", id="to somebody else"),
        pytest.param(WISH, "cat@corp.example", [], "unconfirmed", id="to somebody else, unproven"),
    ],
)
def test_words_beside_a_wish_that_comes_to_nothing_are_kept(
    new_office: NewOffice, words: str, to: str, lines: list[str], outcome: str
) -> None:
    office = new_office(domains=DOMAINS)
    entry = office.receive(
        office.mail(BEN.address, words + MORE, "Hello", *lines, to=to), vouched=False
    )
    assert entry.outcome == outcome, entry
    assert series_of_cat(office) == 0
    kept = (
        len(office.mailbot.held.list()),
        len(office.mailbot.quarantine.list()),
        len(office.items()),
    )
    assert sorted(kept) == [0, 0, 1], kept


def test_words_below_the_yes_to_a_wish_are_kept(new_office: NewOffice) -> None:
    office = new_office(domains=DOMAINS)
    question = opens(office)
    assert (
        office.receive(office.reply(question, BEN.address, "yes" + MORE), vouched=False).outcome
        == "applied"
    )
    assert "My point" in office.last(BEN).text
    other = new_office(domains=DOMAINS, folder="b")
    entry = other.receive(other.reply(opens(other), BEN.address, "what is this?"), vouched=False)
    assert (entry.outcome, entry.reason) == ("set_aside", "neither yes nor no")


@case(12)
def test_the_address_of_somebody_on_file_becomes_nobody_elses(new_office: NewOffice) -> None:
    office = new_office((ANA, BEN, THURSDAYS), (CAT, BEN, THURSDAYS))
    office.receive(office.reply(office.tray.to(ANA.address)[0], CAT.address, "My point"))
    question = office.last(ANA)
    assert office.answers(question, ANA.address, "always").outcome == "applied"
    assert office.items(ANA) == ["My point"]
    assert office.pair.report.aliases == ()
    assert "somebody else has it" in " ".join(office.last(ANA).text.split())


@case(12)
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("Yes, and please add the budget", "and please add the budget"),
        ("yes, that was me. Sorry about the other address", "Sorry about the other address"),
        ("Yes, that was me, thanks!", ""),
    ],
)
def test_words_in_one_line_with_the_yes_are_told_back(
    office: Office, answer: str, told: str
) -> None:
    office.receive(office.reply(office.last(ANA), "ana@home.example", "My point"))
    office.answers(office.last(ANA), ANA.address, answer)
    assert office.items() == ["My point"]
    assert told in office.last(ANA).text
    assert ("could not make out" in " ".join(office.last(ANA).text.split())) is bool(told)


@case(59)
@pytest.mark.parametrize(
    ("lines", "vouched", "outcome"),
    [
        (["X-Boxbe: 1"], True, "set_aside"),
        (["Auto-Submitted: auto-generated"], True, "set_aside"),
        (["X-Boxbe: 1"], False, "noted"),
        (["Auto-Submitted: auto-generated"], False, "ignored"),
    ],
)
def test_words_of_a_proven_author_are_kept_however_their_mail_looks(
    office: Office, lines: list[str], vouched: bool, outcome: str
) -> None:
    entry = office.receive(office.mail(ANA.address, "My point", "Hello", *lines), vouched=vouched)
    assert entry.outcome == outcome
    assert len(office.mailbot.quarantine.list()) == (outcome == "set_aside")
