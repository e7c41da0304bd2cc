"""Holds: an absence, a bounce or a robot is taken for what it is: no exchange with a machine goes
on, and no word of a person is lost over it.
"""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from mailbot.errors import Permanent
from mailbot.inbound.triage.rules import EXCHANGE_DAEMON
from mailbot.meeting.events import Outcome
from mailbot.meeting.model import Cadence, Person
from mailbot.testing import Got
from mailbot.threads.token import ReplyTokens
from tests.kit.cases import case
from tests.kit.post import CASES

from .conftest import ANA, BEN, CAT, MONDAY, THURSDAYS, US, NewOffice, Office

AUTO = "Auto-Submitted: auto-replied (vacation)"


def token(mail: Got) -> str:
    """The address with its token, to which every program sends an answer to this mail."""
    return mail.header("Reply-To").partition("<")[2].rstrip(">")


def typed(office: Office, kind: str, body: str, author: str = ANA.address) -> bytes:
    """Her answer to the last mail to her, with a body of this content type."""
    request = office.last(ANA)
    head = office.mail(
        author, "", f"Re: {request.subject}", f"In-Reply-To: {request.id}", to=token(request)
    )
    return head.partition(b"Content-Type")[0] + f"Content-Type: {kind}\r\n\r\n{body}".encode()


# ---- out of office ----


@case(45)
@pytest.mark.parametrize(
    ("subject", "words", "until"),
    [
        ("Out of office", "I am out of the office until 12 March.", date(2026, 3, 12)),
        ("Out of office", "I'm on vacation and back on Monday.", date(2026, 3, 8)),
        (
            "Automatic reply: 1:1",
            "I am away from 4 March to 10 March. For urgent things ask Ben.",
            date(2026, 3, 10),
        ),
        ("Abwesenheit: bis zum 12.3. im Urlaub", "Vielen Dank.", date(2026, 3, 12)),
        ("Away", "Thank you for your mail.", date(2026, 3, 6)),  # nothing stated: three days
        (
            "Away",
            "I am out of the office until 12 March 2062.",
            date(2026, 6, 1),
        ),  # a slip: ninety days at most
    ],
)
def test_an_absence_is_recorded_with_its_return(
    new_office: NewOffice, subject: str, words: str, until: date
) -> None:
    ana = replace(ANA, language="de" if "Abwesen" in subject else "en")
    office = new_office((ana, BEN, THURSDAYS))
    before = office.count(ANA)
    entry = office.receive(
        office.mail(ANA.address, words, subject, AUTO, to=token(office.last(ANA)))
    )
    assert (entry.outcome, entry.reason) == ("noted", "away")
    assert office.pair.report.away_until == until
    assert office.items() == []
    assert office.count(ANA) == before


def test_an_absence_of_somebody_we_are_not_sure_of_moves_nothing(office: Office) -> None:
    before = office.count()
    raw = office.reply(
        office.last(ANA), "x@evil.example", "I am out of the office until 30 March.", AUTO
    )
    entry = office.receive(raw)
    assert (entry.outcome, entry.reason) == ("noted", "away, and unsure who")
    assert office.pair.report.away_until is None
    assert office.count() == before


AUTOMATIC = {
    "en": "Automatic reply", "de": "Automatische Antwort", "fr": "Réponse automatique", "es": "Respuesta automática",
    "nl": "Automatisch antwoord", "it": "Risposta automatica", "sv": "Automatiskt svar",
}  # fmt: skip


@case(46)
@pytest.mark.parametrize("language", AUTOMATIC)
def test_exchange_says_only_in_the_subject_that_ana_is_away(office: Office, language: str) -> None:
    request, before, others = office.last(ANA), office.count(ANA), office.count(BEN)
    raw = office.mail(
        ANA.address,
        "Thank you for your mail.",
        f"{AUTOMATIC[language]}: {request.subject}",
        to=token(request),
    )
    entry = office.receive(raw)
    assert (entry.outcome, entry.reason) == ("noted", "away")
    assert office.pair.report.away_until == date(2026, 3, 6), "no date stated: three days"
    assert office.items() == []
    assert office.count(ANA) == before
    told = office.tray.to(BEN.address)[others:]
    assert [mail.header("Auto-Submitted") for mail in told] == ["auto-generated"], (
        "the meeting falls into it: another time, once"
    )
    assert "Ana is away until" in told[0].text


@case(47, 48, 49, 59)
@pytest.mark.parametrize(
    ("author", "subject", "line", "answered"),
    [
        pytest.param(
            "ana@corp.example",
            "Re: 1:1",
            "X-Auto-Response-Suppress: All",
            True,
            id="case 47 Outlook's header",
        ),
        pytest.param(
            "ana@corp.example",
            "Re: 1:1",
            "Return-Path: <>",
            False,
            id="case 48 through Exchange's list",
        ),
        pytest.param(
            "ana@corp.example",
            "Automatic reply handling – agenda?",
            "",
            True,
            id="case 49 like an absence",
        ),
        pytest.param(
            "ana@corp.example",
            "Please confirm your message about the budget",
            "",
            True,
            id="case 49 like a challenge",
        ),
        pytest.param(
            "ana@corp.example",
            "Please confirm your message",
            "",
            True,
            id="case 59 exactly like one",
        ),
        pytest.param(
            "sam.challenger@corp.example",
            "Re: 1:1",
            "",
            True,
            id="case 59 a name with the word in it",
        ),
        pytest.param(
            "challenge@corp.example", "Re: 1:1", "", True, id="case 59 the word for a name"
        ),
    ],
)
def test_a_person_who_looks_like_a_machine_is_heard(
    new_office: NewOffice, author: str, subject: str, line: str, answered: bool
) -> None:
    sam = replace(ANA, address=author)
    office = new_office((sam, BEN, THURSDAYS))
    request, before, others = office.last(sam), office.count(sam), office.count(BEN)
    lines = [line] if line else []
    entry = office.receive(office.mail(author, "The budget", subject, *lines, to=token(request)))
    stored = office.store.load(entry.series)
    assert stored is not None
    assert [item.text for item in stored.series.meetings[0].items] == ["The budget"]
    assert entry.outcome == "applied"
    assert (office.count(sam), office.count(BEN)) == (before + answered, others)


@case(59)
def test_a_challenge_changes_nothing_and_is_not_answered(office: Office) -> None:
    request, before = office.last(ANA), len(office.tray.mails)
    raw = office.mail(
        "challenge-4711@filter.example",
        "Click here to release it",
        "Please confirm",
        to=token(request),
    )
    entry = office.receive(raw)
    assert (entry.outcome, entry.reason) == ("noted", "challenge")
    assert len(office.tray.mails) == before
    assert office.items() == []


def test_a_person_may_attach_an_invitation(office: Office) -> None:
    """Beside words it is an attachment; it makes no mail for calendars of them."""
    ics = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nThe budget\r\n--b\r\nContent-Type: text/calendar; method=REQUEST\r\n"
        f"Content-Disposition: attachment; filename=invite.ics\r\n\r\n{ics}--b--\r\n"
    )
    entry = office.receive(typed(office, "multipart/mixed; boundary=b", body))
    assert (entry.outcome, office.items()) == ("applied", ["The budget"])
    assert "invite.ics" in office.last(ANA).text


# ---- bounces ----


def report(
    office: Office, mail: Got, author: str = "MAILER-DAEMON@mx.corp.example", status: str = "5.1.1"
) -> bytes:
    """A delivery report about a mail (RFC 3464)."""
    parts = (
        "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.corp.example\r\n\r\n"
        f"Final-Recipient: rfc822; {mail.recipient}\r\nAction: failed\r\nStatus: {status}\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {mail.id}\r\nTo: {mail.recipient}\r\n\r\n--b--\r\n"
    )
    raw = office.mail(author, "", "Undelivered", "Return-Path: <>")
    head = raw.partition(b"Content-Type")[0]
    return (
        head
        + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        + parts.encode()
    )


@case(50, 56)
def test_a_dead_address_is_left_alone_and_the_other_told_once(office: Office) -> None:
    request, before = office.last(ANA), office.count(BEN)
    outcomes = [office.receive(report(office, request)).outcome for _ in range(3)]
    assert outcomes[0] == "bounced"
    assert office.count(BEN) == before + 1
    assert "do not arrive" in office.last(BEN).text
    sent = office.count(ANA)
    office.after(days=10)
    assert office.count(ANA) == sent, "no further mail to the dead address"
    office.answers(request, ANA.address, "I am here")
    office.after(days=8)
    assert office.count(ANA) > sent + 1, "until it writes"


def test_a_bounce_about_a_bounce_notice_ends_there(office: Office) -> None:
    """B is told that mails to A do not arrive; that mail bounces, too. Nobody is left to tell."""
    office.receive(report(office, office.last(ANA)))
    before = office.count()
    office.receive(report(office, office.last(BEN)))
    office.after(days=20)
    assert office.count() == before


@case(54, 55)
@pytest.mark.parametrize("forged", ["a mail we never sent", "no id at all"])
def test_a_report_that_names_no_mail_of_ours_changes_nothing(office: Office, forged: str) -> None:
    request = office.last(ANA)
    raw = report(office, request)
    raw = raw.replace(request.id.encode(), b"<x@evil.example>" if "never" in forged else b"")
    before = office.count()
    assert office.receive(raw).outcome == "set_aside"
    assert not office.pair.report.unreachable
    assert office.count() == before


@case(87)
def test_an_address_that_the_server_refuses_at_once_is_dead_too(office: Office) -> None:
    taken = office.tray.send

    def send(sender: str, recipient: str, raw: bytes) -> None:
        if recipient == ANA.address:
            raise Permanent("smtp.corp.example:465 (SMTP) answered: 550 5.1.1 No such user here.")
        taken(sender, recipient, raw)

    office.tray.send = send  # type: ignore[method-assign]
    before = office.count(BEN)
    office.until(office.meeting.start - timedelta(hours=2))
    assert office.pair.report.unreachable
    assert sum("do not arrive" in mail.text for mail in office.tray.to(BEN.address)) == 1
    assert office.count(BEN) > before + 1, "the others go on"


def letter(office: Office, name: str, mail: Got) -> bytes:
    """A mail of tests/mails/cases/ about, or in answer to, this mail of ours."""
    raw = (CASES / name).read_bytes().replace(b"{TOKEN}@corp.example", mail.id.strip("<>").encode())
    return raw.replace(b"{TOKEN}", mail.id.strip("<>").partition("@")[0].encode())


@case(51)
def test_a_delay_is_noted_and_nothing_else(office: Office) -> None:
    before = len(office.tray.mails)
    assert office.receive(letter(office, "51_delayed.eml", office.last(ANA))).outcome == "noted"
    assert not office.pair.report.unreachable
    assert len(office.tray.mails) == before
    office.until(office.meeting.start - timedelta(hours=2))
    assert office.last(ANA).subject == office.last(BEN).subject, "the agenda goes to both as ever"


@case(52, 53)
@pytest.mark.parametrize("name", ["52_gmail_nested.eml", "53_exchange_without_status.eml"])
def test_no_such_user_however_it_is_reported(office: Office, name: str) -> None:
    request, before, others = office.last(ANA), office.count(ANA), office.count(BEN)
    outcomes = [office.receive(letter(office, name, request)).outcome for _ in range(2)]
    assert outcomes == ["bounced", "duplicate"]
    assert office.pair.report.unreachable
    told = office.tray.to(BEN.address)[others:]
    assert ["do not arrive" in mail.text for mail in told] == [True], "the other hears it once"
    office.after(days=10)
    assert office.count(ANA) == before, "and the dead address nothing"


@case(56)
def test_three_different_reports_in_a_day_count_once(office: Office) -> None:
    request, others = office.last(ANA), office.count(BEN)
    office.receive(report(office, request))
    office.after(hours=1)
    office.receive(letter(office, "52_gmail_nested.eml", request))
    office.after(hours=1)
    office.receive(letter(office, "53_exchange_without_status.eml", request))
    assert [entry.outcome for entry in office.outcomes] == ["bounced", "noted", "noted"]
    assert sum("do not arrive" in mail.text for mail in office.tray.to(BEN.address)[others:]) == 1


@case(56)
@pytest.mark.parametrize("status", ["5.7.1", "5.6.0", "5.2.2"])
def test_a_refusal_of_the_content_says_nothing_against_the_address(
    office: Office, status: str
) -> None:
    before = len(office.tray.mails)
    assert office.receive(report(office, office.last(ANA), status=status)).outcome == "noted"
    assert (
        office.receive(letter(office, "56_content_refused.eml", office.last(ANA))).outcome
        == "noted"
    )
    assert not office.pair.report.unreachable
    assert len(office.tray.mails) == before


# ---- reactions, forwarded mails ----


@case(106)
@pytest.mark.parametrize(
    "name", ["106_gmail_reaction.eml", "106_rfc9078_reaction.eml", "106_outlook_reaction.eml"]
)
def test_a_reaction_is_noted_and_never_an_item(office: Office, name: str) -> None:
    before = len(office.tray.mails)
    entry = office.receive(letter(office, name, office.last(ANA)))
    assert (entry.outcome, entry.reason) == ("noted", "reaction")
    assert (office.items(), len(office.tray.mails)) == ([], before)


@case(106)
@pytest.mark.parametrize("words", ["👍", "❤️", "👍🏽 🎉"])
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook", "outlook_html", "apple_html"])
def test_a_thumb_above_a_quote_is_a_reaction(office: Office, client: str, words: str) -> None:
    before = len(office.tray.mails)
    assert office.answers(office.last(ANA), ANA.address, words, client).outcome == "noted"
    assert (office.items(), len(office.tray.mails)) == ([], before)


@case(106)
def test_a_thumb_is_a_yes_where_one_was_asked_for(office: Office) -> None:
    office.answers(office.last(ANA), ANA.address, "move to Fri 10:00")
    office.answers(office.last(BEN), BEN.address, "👍")
    assert office.meeting.start.strftime("%a %H:%M") == "Fri 10:00"


@case(109)
def test_a_forwarded_mail_inside_is_nobodys_words_and_its_token_leads_nowhere(
    office: Office,
) -> None:
    """Ana sends on a mail of Ben's that carries his token: to the bare address, without anything of ours around it."""
    office.until(office.meeting.start - timedelta(hours=2))
    entry = office.receive(letter(office, "109_forwarded_mail.eml", office.last(BEN)))
    assert not any("by token" in line or "by reference" in line for line in entry.trace), (
        "only what Ana wrote leads somewhere"
    )
    everything = " ".join(mail.text for mail in office.tray.mails)
    assert "These are Ben's words" not in everything
    assert office.items() == ["Ben wrote this to me, see below."]
    assert office.items(BEN) == []
    assert "Budget.eml" in office.last(ANA).text


# ---- robots and floods ----


def robot(office: Office, mail: Got, number: int, words: str) -> bytes:
    """Answers at once, sets no header of its own, never says the same twice."""
    return office.mail(
        ANA.address,
        f"{words} {number}",
        f"Re: {mail.subject}",
        f"In-Reply-To: {mail.id}",
        to=token(mail),
    )


@case(61)
def test_a_robot_that_answers_every_mail_is_muted_and_its_words_are_kept(office: Office) -> None:
    before, answered, turns = office.count(ANA), 0, 0
    seen = office.last(ANA)
    while turns < 60:
        office.clock.at += timedelta(minutes=1)
        turns += 1
        office.receive(robot(office, seen, turns, "Thank you for contacting us, your case is"))
        if office.last(ANA) is seen:
            break
        seen, answered = office.last(ANA), answered + 1
    assert (answered, turns) == (5, 6), "five answers in 24 hours, then silence ends the ping-pong"
    assert len(office.items(ANA)) == 6
    assert office.count(ANA) == before + 5


@case(61)
def test_ten_answers_a_meeting_and_no_more(new_office: NewOffice) -> None:
    office = new_office((ANA, BEN, Cadence(4, time(15), "UTC")), at=MONDAY + timedelta(days=1))
    for day in range(3):
        for number in range(8):
            office.receive(
                robot(office, office.tray.to(ANA.address)[0], 100 * day + number, "case")
            )
        office.clock.at += timedelta(days=1)
    answers = [
        mail
        for mail in office.tray.to(ANA.address)
        if mail.header("Auto-Submitted") == "auto-replied"
    ]
    assert len(answers) == 10


THERE = "mailbot@there.example"
MARKS = ("auto-submitted:", "x-auto-response-suppress:", "x-ms-reactions:", "list-unsubscribe:")


def unmarked(mail: Got) -> bytes:
    """As the worst relay would hand it on: without what says that a machine wrote it."""
    head, _, body = mail.raw.partition(b"\r\n\r\n")
    kept = [line for line in head.decode().split("\r\n") if not line.lower().startswith(MARKS)]
    return "\r\n".join(kept).encode() + b"\r\n\r\n" + body


def ferry(here: Office, there: Office, days: int) -> int:
    """Each one's mails to the other, as they come; how many there were."""
    ways, ferried = ((here, there, THERE), (there, here, US)), {US: 0, THERE: 0}
    for _ in range(days * 24 * 12):
        for source, target, address in ways:
            for mail in source.tray.to(address)[ferried[address] :]:
                target.receive(unmarked(mail))
                ferried[address] += 1
        for office in (here, there):
            office.after(minutes=5)
    return sum(ferried.values())


@case(62)
def test_two_mailbots_that_mail_each_other_stop(new_office: NewOffice) -> None:
    """Each takes the other for somebody's report; addresses and keys of their own, all marks taken off on the way."""
    one, other = Person(THERE, "Robin There"), Person(US, "Robin Here")
    here = new_office((one, BEN, THURSDAYS))
    there = new_office(
        (other, CAT, THURSDAYS), folder="b", address=THERE, tokens=ReplyTokens((b"another key",))
    )
    assert ferry(here, there, days=7) == 42
    for mails in (here.tray.to(THERE), there.tray.to(US)):
        answers = [
            mail.at.date() for mail in mails if mail.header("Auto-Submitted") == "auto-replied"
        ]
        assert [answers.count(day) for day in sorted(set(answers))] == [5, 5, 5], (
            "five in 24 hours; ten for the first meeting, five for the next so far"
        )
        assert len(mails) == 15 + 5 + 1, (
            "the five mails of the meeting, an update among them, and the next request"
        )
    assert [entry.outcome for entry in here.outcomes].count(Outcome.MUTED) == 6


@case(62)
def test_five_hundred_mails_in_an_hour_are_all_kept_and_few_are_answered(office: Office) -> None:
    request, before = office.last(ANA), office.count()
    for number in range(500):
        office.clock.at += timedelta(seconds=7)
        office.receive(robot(office, request, number, "Point"))
    assert len(office.items(ANA)) == 500
    assert office.count() - before == 5


@case(62)
def test_the_whole_installation_has_a_cap_of_its_own(
    new_office: NewOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mailbot.service.operations.answer_caps.ANSWERS", 3)
    monkeypatch.setattr("mailbot.service.operations.answer_caps.ANSWERS_A_SERIES", 0)
    office = new_office(operator="root@corp.example")
    for number in range(5):
        office.receive(robot(office, office.tray.to(ANA.address)[0], number, "Point"))
    assert len(office.items(ANA)) == 5
    assert [e.outcome for e in office.outcomes] == ["applied"] * 3 + ["muted"] * 2
    told = office.tray.to("root@corp.example")
    assert [mail.subject for mail in told] == ["mailbot: too many answers"], (
        "the operator hears it once"
    )
    office.clock.at += timedelta(hours=1, minutes=1)
    assert (
        office.answers(office.tray.to(BEN.address)[0], BEN.address, "My point").outcome == "applied"
    )


def test_a_robot_that_wishes_is_heard_by_the_other_ten_times_at_most(office: Office) -> None:
    request, before = office.last(ANA), office.count(BEN)
    for number in range(30):
        office.clock.at += timedelta(minutes=1)
        office.receive(
            office.mail(
                ANA.address,
                f"move to Fri {8 + number % 9}:{number % 2 * 3}0",
                "Re: 1:1",
                to=token(request),
            )
        )
    assert 0 < office.count(BEN) - before <= 10


@pytest.mark.parametrize(
    "author",
    [f"{EXCHANGE_DAEMON}@corp.example", "mailer-daemon@corp.example", US, "no-reply@corp.example"],
)
def test_no_machine_is_answered(office: Office, author: str) -> None:
    before = office.count() + len(office.tray.to(author))
    office.receive(office.mail(author, "help", to=token(office.last(ANA))))
    assert office.count() + len(office.tray.to(author)) == before
