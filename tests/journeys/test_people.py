"""Holds: what holds for a person holds in all of their series: a dead address, an absence, another
address, too many mails.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mailbot.errors import Permanent, Temporary
from mailbot.meeting.events import Outcome
from mailbot.meeting.model import Cadence, Person
from mailbot.service.people.directory import left_over, series_id
from mailbot.service.step import NoticeKind
from mailbot.store.protocol import OUTBOX, OutboxState
from mailbot.testing import Got
from tests.kit.cases import case
from tests.kit.servers import until
from tests.system.test_loop import running

from .conftest import ANA, BEN, CAT, MONDAY, PAIR, THURSDAYS, NewOffice, Office
from .test_machines import AUTO, report, robot

NEW = "ana@new.example"
MOVED = replace(ANA, address=NEW, aliases=(ANA.address,))
OPERATOR = "root@corp.example"


def known(office: Office, person: Person) -> list[Person]:
    """This person, as each of their series knows them."""
    stored = [
        s.series for name in office.store.find(person.address) if (s := office.store.load(name))
    ]
    return [series.person(role) for series in stored if (role := series.role_of(person.address))]


def token(mail: Got) -> str:
    return mail.header("Reply-To").partition("<")[2].rstrip(">")


@pytest.fixture
def both_of_ana(new_office: NewOffice) -> Office:
    """Ana reports to Ben and to Cat."""
    return new_office((ANA, BEN, THURSDAYS), (ANA, CAT, THURSDAYS), operator=OPERATOR)


# ---- a dead address ----


@case(50)
def test_a_dead_address_is_left_alone_in_every_series_and_each_other_is_told_once(
    both_of_ana: Office,
) -> None:
    office = both_of_ana
    office.receive(report(office, office.last(ANA)))
    assert [person.unreachable for person in known(office, ANA)] == [True, True]
    for other in (BEN, CAT):
        assert sum("do not arrive" in mail.text for mail in office.tray.to(other.address)) == 1
    before = office.count(ANA)
    office.after(days=15)
    assert office.count(ANA) == before


@case(50)
def test_who_writes_again_is_written_to_again_in_every_series(both_of_ana: Office) -> None:
    office = both_of_ana
    requests = office.tray.to(ANA.address)
    office.receive(report(office, requests[0]))
    office.answers(requests[1], ANA.address, "I am here")
    assert [person.unreachable for person in known(office, ANA)] == [False, False]
    assert "I am here" in office.last(ANA).text, "the direct answer"
    office.after(days=2)
    assert {mail.subject.partition(",")[0] for mail in office.tray.to(ANA.address)[3:]} >= {
        "1:1 Ana / Ben",
        "1:1 Ana / Cat",
    }


@case(50)
def test_a_death_between_two_series_is_healed_by_the_second_delivery(
    both_of_ana: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = both_of_ana
    raw = report(office, office.last(ANA))
    with monkeypatch.context() as patched:
        patched.setattr(office.mailbot.step, "listeners", [])
        office.receive(raw)
    assert sorted(person.unreachable for person in known(office, ANA)) == [False, True]
    assert office.receive(raw).outcome == "duplicate"
    assert [person.unreachable for person in known(office, ANA)] == [True, True]


@case(50)
@pytest.mark.parametrize(
    "words", ["move to Fri 11:00", "every 2 weeks", "pause until 1 May", "3 @ana", "stop", "help"]
)
def test_nothing_the_other_does_is_mailed_to_a_dead_address(office: Office, words: str) -> None:
    request = office.last(ANA)
    office.receive(report(office, request))
    before = office.count(ANA)
    office.answers(office.last(BEN), BEN.address, words)
    assert office.count(ANA) == before
    assert not office.pair.proposal


@case(50)
def test_who_asks_somebody_unreachable_is_told_that_nobody_was_asked(office: Office) -> None:
    office.receive(report(office, office.last(ANA)))
    office.answers(office.last(BEN), BEN.address, "move to Fri 11:00")
    assert "I could not ask Ana about Fri 6 March, 11:00" in " ".join(office.last(BEN).text.split())
    office.answers(office.last(BEN), BEN.address, "pause until 1 May")
    told = office.last(BEN).text
    assert "do not arrive" in told
    assert "was told the same" not in told


@case(50)
def test_a_question_that_bounces_is_given_up_and_its_author_hears_it(office: Office) -> None:
    request = office.last(ANA)
    office.answers(request, ANA.address, "move to Fri 11:00")
    question = office.last(BEN)
    assert "Fri 6 Mar" in question.text
    office.receive(report(office, question))
    assert office.pair.proposal is None
    told = " ".join(office.last(ANA).text.split())
    assert "do not arrive" in told
    assert "could not ask Ben about Fri 6 March, 11:00" in told


@case(50, 91)
def test_a_mail_that_waits_for_an_address_that_died_fails(office: Office) -> None:
    request = office.last(ANA)
    sent, full = office.tray.send, Temporary("450 4.2.2 mailbox full")

    def send(sender: str, recipient: str, raw: bytes) -> None:
        if recipient == ANA.address:
            raise full
        sent(sender, recipient, raw)

    office.tray.send = send  # type: ignore[method-assign]
    office.answers(request, ANA.address, "My point")
    assert office.store.recall(OUTBOX) == {OutboxState.DEFERRED: 1}
    office.receive(report(office, request))
    office.tray.send = sent  # type: ignore[method-assign]
    before = office.count(ANA)
    office.drain(office.tray, office.clock.at + timedelta(hours=1))
    assert (office.count(ANA), office.store.recall(OUTBOX)) == (before, {})


@case(50)
def test_when_both_addresses_are_dead_the_operator_is_told(new_office: NewOffice) -> None:
    office = new_office(operator=OPERATOR)
    office.receive(report(office, office.last(ANA)))
    notice = office.last(BEN)
    before = office.count()
    office.receive(report(office, notice))
    assert office.count() == before
    (told,) = office.tray.to(OPERATOR)
    assert "nobody hears of" in told.subject
    assert PAIR in told.text
    office.after(days=10)
    assert office.count() == before


@case(50)
def test_a_notice_about_a_bounce_leaves_from_nobody_and_so_cannot_bounce(office: Office) -> None:
    senders = []
    office.tray.send = lambda sender, *_: senders.append(sender)  # type: ignore[method-assign]
    office.receive(report(office, office.last(ANA)))
    office.answers(office.last(BEN), BEN.address, "help")
    assert senders == ["", "mailbot@corp.example"]


@case(50, 56)
def test_a_late_report_about_an_old_address_does_not_count_against_the_new_one(
    office: Office,
) -> None:
    request = office.last(ANA)
    office.pairs((MOVED, BEN, THURSDAYS))
    entry = office.receive(report(office, request))
    assert (entry.outcome, entry.reason) == (
        "noted",
        "a report about an address that is not the one on file",
    )
    assert not office.pair.report.unreachable


# ---- an address that changes ----


@case(41)
def test_a_new_address_in_the_file_goes_on_with_the_same_series_and_both_addresses_hear_it(
    office: Office,
) -> None:
    office.answers(office.last(ANA), ANA.address, "My point")
    office.pairs((MOVED, BEN, THURSDAYS))
    office.work()
    assert office.store.find() == (PAIR,)
    assert (office.pair.report.address, office.items(ANA), office.items(MOVED)) == (
        NEW,
        [],
        ["My point"],
    )
    for address in (ANA.address, NEW):
        assert "changed where my mails to you go" in " ".join(
            office.tray.to(address)[-1].text.split()
        )
    old, new = office.count(ANA), len(office.tray.to(NEW))
    office.pairs((MOVED, BEN, THURSDAYS))
    office.after(days=2)
    assert office.count(ANA) == old, "told once; nothing more to the old address"
    assert len(office.tray.to(NEW)) > new
    assert left_over(office.store, [(MOVED, BEN, THURSDAYS)]) == ()
    assert (
        office.answers(office.tray.to(NEW)[-1], ANA.address, "From the old one").outcome
        == "applied"
    )


@case(41)
def test_a_new_address_holds_in_every_series_and_is_told_once(both_of_ana: Office) -> None:
    """Also in one that config.toml does not name, because a mail began it."""
    office = both_of_ana
    office.pairs((MOVED, BEN, THURSDAYS))
    office.work()
    assert [person.address for person in known(office, MOVED)] == [NEW, NEW]
    assert len(office.tray.to(NEW)) == 1


def test_a_dead_address_is_written_to_again_when_it_is_changed(office: Office) -> None:
    office.receive(report(office, office.last(ANA)))
    office.pairs((MOVED, BEN, THURSDAYS))
    before = office.count(ANA)
    office.after(days=2)
    assert len(office.tray.to(NEW)) >= 2, "the news of it, and an agenda"
    assert office.count(ANA) == before, "not even this is said at the dead one"


def test_a_wish_for_a_series_that_is_there_under_another_address_begins_no_second(
    new_office: NewOffice,
) -> None:
    office = new_office(
        (replace(ANA, aliases=("a.silva@corp.example",)), BEN, THURSDAYS), domains=("corp.example",)
    )
    office.receive(office.mail(BEN.address, "new 1:1 with a.silva@corp.example, Tuesdays 10:00"))
    assert office.store.find() == (PAIR,)
    assert "there already" in office.last(BEN).text


def test_who_begins_another_series_is_known_already(new_office: NewOffice) -> None:
    office = new_office(domains=("corp.example",))
    office.receive(report(office, office.last(ANA)))
    before = office.count(ANA)
    office.receive(office.mail(CAT.address, "new 1:1 with ana@corp.example, Tuesdays 10:00"))
    assert office.count(ANA) == before
    assert any("do not arrive" in mail.text for mail in office.tray.to(CAT.address))


# ---- absences ----


@case(45, 46)
@pytest.mark.parametrize("by_token", [True, False])
@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: out until 12 March",
        "Abwesenheitsnotiz: bis 12.03.2026",
        "Réponse automatique : 12.03.2026",
    ],
)
def test_an_absence_holds_in_all_series_of_the_person(
    both_of_ana: Office, subject: str, by_token: bool
) -> None:
    office = both_of_ana
    before = office.count(ANA)
    to = token(office.last(ANA)) if by_token else "mailbot@corp.example"
    entry = office.receive(
        office.mail(ANA.address, "I am away until 12 March 2026.", subject, AUTO, to=to)
    )
    assert (entry.outcome, entry.reason) == ("noted", "away")
    assert [person.away_until for person in known(office, ANA)] == [date(2026, 3, 12)] * 2
    assert office.count(ANA) == before
    office.after(days=3)
    assert any("Ana is away" in mail.text for mail in office.tray.to(BEN.address))
    assert any("Ana is away" in mail.text for mail in office.tray.to(CAT.address))


def test_an_absence_ends_on_its_day_although_the_person_writes(office: Office) -> None:
    """People write on holiday; mails wait until the stated return all the same."""
    request = office.last(ANA)
    office.receive(
        office.mail(ANA.address, "I am away until 12 March.", "Away", AUTO, to=token(request))
    )
    office.answers(request, ANA.address, "A thought from the beach")
    assert office.pair.report.away_until == date(2026, 3, 12)


# ---- too many ----


def crowd(new_office: NewOffice, at: datetime = MONDAY) -> Office:
    """Ben has six reports."""
    people = [Person(f"p{number}@corp.example", f"Pia{number} Lund") for number in range(6)]
    return new_office(
        *((person, BEN, Cadence(3, THURSDAYS.at, "UTC")) for person in people),
        at=at,
        operator=OPERATOR,
    )


@case(61)
def test_a_robot_with_six_series_comes_to_an_end_as_one_person(new_office: NewOffice) -> None:
    office = crowd(new_office)
    firsts = office.tray.to(BEN.address)
    assert len(firsts) == 6, "the manager's part of the first agenda request"
    before = office.count(BEN)
    for number in range(10):
        for mail in firsts:
            office.clock.at += timedelta(seconds=20)
            raw = robot(office, mail, number, "Your case is").replace(b"From: ana@", b"From: ben@")
            office.receive(raw)
    assert office.count(BEN) - before == 6, (
        "the first of the day in each; five in all, as for one series, are passed then"
    )
    kept = [
        i
        for s in map(office.store.load, office.store.find())
        if s
        for m in s.series.meetings
        for i in m.items
    ]
    assert len(kept) == 60


@case(61)
def test_five_in_one_series_leave_only_the_first_of_the_day_for_each_other(
    new_office: NewOffice,
) -> None:
    office = crowd(new_office)
    firsts, before = office.tray.to(BEN.address), office.count(BEN)
    for mail in firsts:
        for number in range(5):
            office.receive(
                robot(office, mail, number, "Your case is").replace(b"From: ana@", b"From: ben@")
            )
    assert office.count(BEN) - before == 5 + 5


@case(61)
def test_not_more_than_three_questions_wait_for_one_person_in_all_their_series(
    new_office: NewOffice,
) -> None:
    office = crowd(new_office)
    firsts, before = office.tray.to(BEN.address), office.count(BEN)
    outcomes = [
        office.receive(office.reply(mail, "x@evil.example", f"Words {n}")).outcome
        for mail in firsts
        for n in range(3)
    ]
    assert (outcomes.count(Outcome.UNCONFIRMED), outcomes.count(Outcome.SET_ASIDE)) == (3, 15)
    subjects = [mail.subject for mail in office.tray.to(BEN.address)[before:]]
    assert subjects.count("One more mail says it is from you") == 1, (
        "the person on file hears of the others once"
    )
    assert len(subjects) == 4


# ---- what is told to the operator ----


def morning(office: Office) -> str:
    """The next digest."""
    office.clock.at = (office.clock.at + timedelta(days=1)).replace(hour=8)
    office.work()
    return next(mail.text for mail in reversed(office.tray.to(OPERATOR)) if "read" in mail.subject)


@case(42, 59, 61)
def test_what_needs_a_hand_stands_under_it(new_office: NewOffice) -> None:
    office = new_office(operator=OPERATOR)
    request = office.last(ANA)
    for number in range(7):
        office.receive(robot(office, request, number, "Your case is"))
    office.receive(office.reply(request, "x@evil.example", "Forged"))
    office.answers(office.last(ANA), ANA.address, "No, not me.")
    office.receive(
        office.mail("challenge@filter.example", "Click here", "Please confirm", to=token(request))
    )
    office.receive(report(office, request))
    hands = morning(office).partition("Needs a hand:")[2]
    for line in (
        "2 mails got no answer", "1 mail not from the person it named", "1 mail with a challenge", "1 mail came back because the address is dead",
    ):  # fmt: skip
        assert line in hands, line
    assert "Nothing needs a hand" in morning(office), "told once"


@case(42)
def test_a_no_and_a_silence_are_told_apart(new_office: NewOffice) -> None:
    office = new_office(operator=OPERATOR)
    office.receive(office.reply(office.last(ANA), "x@evil.example", "Forged"))
    office.clock.at += timedelta(days=6)
    office.work()
    office.clock.at += timedelta(days=1, minutes=1)
    office.work()
    digest = next(mail.text for mail in reversed(office.tray.to(OPERATOR)))
    digest = digest if "nobody said yes" in digest else morning(office)
    assert "nobody said yes in seven days: 1" in digest
    assert "not from the person" not in digest
    assert "discarded" not in digest


def test_what_failed_and_what_left_is_counted_across_a_restart(new_office: NewOffice) -> None:
    office = new_office(operator=OPERATOR)
    office.work()
    taken = office.tray.send

    def refuse(sender: str, recipient: str, raw: bytes) -> None:
        if recipient == ANA.address:
            raise Permanent("554 5.6.0 Content refused")
        taken(sender, recipient, raw)

    office.tray.send = refuse  # type: ignore[method-assign]
    office.answers(office.last(ANA), ANA.address, "My point")
    office.answers(office.last(BEN), BEN.address, "Another")
    again = new_office(
        operator=OPERATOR, store=office.store, at=office.clock.at - timedelta(days=1, hours=1)
    )
    digest = morning(again)
    assert "1 mail of mine could not be delivered" in digest
    assert "Sent: 1." in digest
    assert "Read: 2" in digest


def test_an_operator_whose_mails_come_back_is_not_written_to_for_ever(
    new_office: NewOffice, caplog: pytest.LogCaptureFixture
) -> None:
    office = new_office(operator=OPERATOR)
    morning(office)
    entry = office.receive(report(office, office.tray.to(OPERATOR)[-1]))
    assert (entry.outcome, entry.reason) == ("bounced", "the address of the operator")
    assert "mails to the operator do not arrive" in caplog.text
    before = len(office.tray.to(OPERATOR))
    office.mailbot.postmaster.tell(NoticeKind.CAPPED, office.clock.at)
    office.clock.at += timedelta(days=3)
    office.work()
    assert len(office.tray.to(OPERATOR)) == before


@case(50)
def test_the_running_loop_passes_over_what_goes_to_an_address_that_died(office: Office) -> None:
    request, taken = office.last(ANA), office.tray.send

    def send(sender: str, recipient: str, raw: bytes) -> None:
        raise Temporary("450 4.7.1 greylisted")

    office.tray.send = send  # type: ignore[method-assign]
    office.answers(request, ANA.address, "My point")
    office.answers(office.tray.to(BEN.address)[0], BEN.address, "A point of Ben's")
    office.receive(report(office, request))
    office.tray.send = taken  # type: ignore[method-assign]
    office.clock.at += timedelta(hours=1)
    before = office.count(ANA)
    with running(office):
        until(lambda: not office.store.recall(OUTBOX))
    assert office.count(ANA) == before
    assert any("A point of Ben's" in mail.text for mail in office.tray.to(BEN.address))


@case(41)
def test_an_alias_that_the_operator_takes_out_is_theirs_no_more_and_one_they_confirmed_stays(
    new_office: NewOffice,
) -> None:
    home, stolen = "ana@home.example", "a.silva@corp.example"
    before = replace(ANA, aliases=(stolen,))
    office = new_office((before, BEN, THURSDAYS), (before, CAT, THURSDAYS))
    office.answers(office.last(ANA), home, "My point")
    office.answers(office.last(ANA), ANA.address, "always")
    office.pairs((ANA, BEN, THURSDAYS), (ANA, CAT, THURSDAYS))
    for other in (BEN, CAT):
        stored = office.store.load(series_id(ANA.address, other.address))
        assert stored is not None
        assert stored.series.report.aliases == stored.series.report.confirmed == (home,)
