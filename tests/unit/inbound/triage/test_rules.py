"""Holds: an automatic mail is never answered, and a person is never taken for a machine.

Content, a fact, or nothing.
"""

from pathlib import Path

import pytest

from mailbot.inbound.message.parse import Inbound, parse
from mailbot.inbound.triage.rules import AWAY_SUBJECTS, RULES, triage
from mailbot.inbound.triage.thread import signed_by_us
from tests.kit.cases import case
from tests.kit.post import TEXT, TO_US, TOKEN, TOKENS, US, letter, mail, multipart

CONTENT = ("content", "a person's mail", True)


def judged(inbound: Inbound) -> tuple[str, str, bool]:
    found = triage(inbound, US, own_ids=signed_by_us(inbound, TOKENS))
    return found.kind, found.reason, found.may_answer


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        pytest.param("45_vacation.eml", "away", "away", id="case 45 vacation by its header"),
        pytest.param("50_no_such_user.eml", "bounce", "bounce", id="case 50 no such user"),
        pytest.param("51_delayed.eml", "bounce", "bounce", id="case 51 delayed"),
        pytest.param("52_gmail_nested.eml", "bounce", "bounce", id="case 52 Gmail"),
        pytest.param(
            "53_exchange_without_status.eml",
            "bounce",
            "bounce",
            id="case 53 Exchange without status",
        ),
        pytest.param("57_read_receipt.eml", "nothing", "read receipt", id="case 57 read receipt"),
        pytest.param("59_challenge.eml", "nothing", "challenge", id="case 59 challenge"),
        pytest.param("60_list_copy.eml", "content", "list", id="case 60 through a list"),
        pytest.param("106_gmail_reaction.eml", "reaction", "reaction", id="case 106 Gmail"),
        pytest.param("106_rfc9078_reaction.eml", "reaction", "reaction", id="case 106 RFC 9078"),
        pytest.param("106_outlook_reaction.eml", "reaction", "reaction", id="case 106 Outlook"),
    ],
)
def test_a_mail_that_is_not_answered(name: str, kind: str, reason: str) -> None:
    assert judged(letter(name)) == (kind, reason, False)


@pytest.mark.parametrize(
    "subject",
    [
        pytest.param("Automatic reply: 1:1 Ana / Ben, Thu 12 Mar", id="case 46 English"),
        pytest.param("AUTOMATIC REPLY: 1:1 Ana / Ben", id="case 46 any case"),
        pytest.param("Automatische Antwort: 1:1 Ana / Ben", id="case 46 German"),
        pytest.param("Réponse automatique : 1:1 Ana / Ben", id="case 46 French"),
        pytest.param("Réponse automatique\u00a0: 1:1 Ana / Ben", id="case 46 French, narrow blank"),
        pytest.param("Respuesta automática: 1:1 Ana / Ben", id="case 46 Spanish"),
        pytest.param("Automatisch antwoord: 1:1 Ana / Ben", id="case 46 Dutch"),
        pytest.param("Risposta automatica: 1:1 Ana / Ben", id="case 46 Italian"),
        pytest.param("Automatiskt svar: 1:1 Ana / Ben", id="case 46 Swedish"),
        pytest.param("Resposta automática: 1:1 Ana / Ben", id="case 46 Portuguese"),
        pytest.param("Automatyczna odpowiedź: 1:1 Ana / Ben", id="case 46 Polish"),
        pytest.param("Автоматический ответ: 1:1 Ana / Ben", id="case 46 Russian"),
        pytest.param("自動応答: 1:1 Ana / Ben", id="case 46 Japanese"),
        pytest.param("自动答复：1:1 Ana / Ben", id="case 46 Chinese, wide colon"),
        pytest.param("=?utf-8?q?R=C3=A9ponse_automatique?= : 1:1 Ana / Ben", id="case 46 encoded"),
        pytest.param("Out of Office: 1:1 Ana / Ben", id="case 46 out of office"),
        pytest.param("Abwesenheitsnotiz: 1:1 Ana / Ben", id="case 46 German, out of office"),
    ],
)
def test_out_of_office_by_its_subject(subject: str) -> None:
    assert judged(mail(To=TO_US, Subject=subject)) == ("away", "away", False)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"X_Auto_Response_Suppress": "All"}, id="case 47 X-Auto-Response-Suppress"),
        pytest.param(
            {"Subject": "Automatic reply handling – agenda?"}, id="case 49 no colon behind it"
        ),
        pytest.param(
            {"Subject": "Re: Automatic reply: what shall we do with it"},
            id="case 49 not at the start",
        ),
        pytest.param(
            {"Subject": "Vacation: plans for July"}, id="case 49 what a person might type"
        ),
        pytest.param({"Subject": "Auto: new tyres"}, id="case 49 another word a person might type"),
        pytest.param({"Auto_Submitted": "no"}, id="Auto-Submitted: no"),
        pytest.param({"Auto_Submitted": "No (typed)"}, id="Auto-Submitted: no with a comment"),
        pytest.param({"X_Autoreply": "no"}, id="X-Autoreply: no"),
        pytest.param({"Precedence": "first-class"}, id="a harmless Precedence"),
        pytest.param(
            {"From": "Paul Postmaster <paul.postmaster@corp.example>"},
            id="a name that looks like a daemon's",
        ),
    ],
)
def test_a_person_is_not_taken_for_a_machine(headers: dict[str, str]) -> None:
    assert judged(mail(**headers)) == CONTENT


@pytest.mark.parametrize(
    ("headers", "kind", "reason"),
    [
        pytest.param(
            {"Return_Path": "<>"}, "content", "null return path", id="case 48 null Return-Path"
        ),
        pytest.param(
            {"Auto_Submitted": "auto-generated"}, "nothing", "generated", id="auto-generated"
        ),
        pytest.param(
            {"Auto_Submitted": "auto-notified; owner-email=x"},
            "nothing",
            "generated",
            id="auto-notified",
        ),
        pytest.param({"Auto_Submitted": "auto-replied"}, "away", "away", id="auto-replied"),
        pytest.param({"X_Autoreply": "yes"}, "away", "away", id="X-Autoreply"),
        pytest.param(
            {"X_Autorespond": ""}, "content", "a person's mail", id="an empty X-Autorespond"
        ),
        pytest.param({"Precedence": "auto_reply"}, "away", "away", id="Precedence: auto_reply"),
        pytest.param(
            {"X_POST_MessageClass": "9; Autoresponder"}, "away", "away", id="X-POST-MessageClass"
        ),
        pytest.param(
            {"X_FC_MachineGenerated": "true"}, "nothing", "generated", id="X-FC-MachineGenerated"
        ),
        pytest.param({"Precedence": "bulk"}, "content", "list", id="Precedence: bulk"),
        pytest.param({"Feedback_ID": "1:2:3:x"}, "content", "list", id="Feedback-ID"),
        pytest.param(
            {"From": "no-reply@shop.example"}, "content", "no-reply sender", id="no-reply"
        ),
        pytest.param(
            {"From": "MAILER-DAEMON <>"},
            "content",
            "a person's mail",
            id="a daemon without an address",
        ),
        pytest.param({"From": "mailer-daemon@mx.example"}, "bounce", "bounce", id="a daemon"),
        pytest.param(
            {"X_Failed_Recipients": "ana@corp.example"},
            "bounce",
            "bounce",
            id="X-Failed-Recipients",
        ),
        pytest.param(
            {"Message_ID": f"<{TOKEN}@corp.example>"},
            "nothing",
            "our own mail",
            id="case 58 signed id",
        ),
        pytest.param({"From": US}, "nothing", "our own mail", id="case 58 our address"),
        pytest.param(
            {"From": f"mailbot <{TO_US}>"},
            "nothing",
            "our own mail",
            id="case 58 our address with a token",
        ),
        pytest.param({"X_Boxbe_Challenge": "1"}, "nothing", "challenge", id="case 59 by a header"),
    ],
)
def test_what_headers_say(headers: dict[str, str], kind: str, reason: str) -> None:
    assert judged(mail(**headers))[:2] == (kind, reason)


@case(106)
@pytest.mark.parametrize(("body", "kind"), [("👍", "reaction"), ("❤️\r\n", "reaction"), ("👍🏽👍🏽", "reaction"), ("🎉 🎉", "reaction"),
    ("👍 and the budget", "content"), ("+1", "content"), ("好的", "content"), ("ok", "content"), ("", "content"), ("—", "content"), ("3", "content")])  # fmt: skip
def test_an_emoji_alone_is_a_reaction(body: str, kind: str) -> None:
    assert judged(mail(body, Content_Type="text/plain; charset=utf-8"))[0] == kind


@pytest.mark.parametrize(
    ("author", "subject", "known", "reason"),
    [
        pytest.param("sam.challenger@corp.example", "Re: 1:1", False, "a person's mail", id="case 59 a name that holds the word"),
        pytest.param("ana.confirmado@corp.example", "Re: 1:1", False, "a person's mail", id="case 59 another name"),
        pytest.param("challenge@corp.example", "Re: 1:1", True, "a person's mail", id="case 59 a person on file"),
        pytest.param("challenge@filter.example", "Re: 1:1", False, "challenge", id="case 59 a filter"),
        pytest.param("ana-confirm-1027.8c1f@corp.example", "Hello", False, "challenge", id="case 59 TMDA"),
        pytest.param("challenge-4711@filter.example", "Hello", False, "challenge", id="case 59 a filter with a number"),
        pytest.param("ana@corp.example", "Please confirm your message about the budget", False, "a person's mail", id="case 49 more words follow"),
        pytest.param("ana@corp.example", "Please confirm your message to Ben", True, "a person's mail", id="case 49 a person on file"),
        pytest.param("x@filter.example", "Please confirm your message to Ben", False, "challenge", id="case 59 by its subject"),
        pytest.param("x@filter.example", "Please confirm your message.", False, "challenge", id="case 59 the whole subject"),
        pytest.param("x@filter.example", "[MailInBlack] Authentication", False, "challenge", id="case 59 the name of a filter"),
    ],
)  # fmt: skip
def test_challenges_and_people_who_sound_like_them(
    author: str, subject: str, known: bool, reason: str
) -> None:
    assert (
        triage(mail(From=author, Subject=subject), US, own_ids=False, known=lambda: known).reason
        == reason
    )


@case(59)
@pytest.mark.parametrize(
    "headers",
    [{"Auto_Submitted": "auto-replied"}, {"Return_Path": "<>"}, {"X_Boxbe_Challenge": "1"}],
)
def test_a_challenge_in_the_name_of_a_person_on_file_is_known_by_its_headers(
    headers: dict[str, str],
) -> None:
    found = triage(
        mail(Subject="Please confirm your message", **headers),
        US,
        own_ids=False,
        known=lambda: True,
    )
    assert found.reason == "challenge"


ICS = "BEGIN:VCALENDAR\r\nMETHOD:{}\r\nEND:VCALENDAR\r\n"
ATTACHED = "Content-Disposition: attachment; filename=invite.ics\r\n"


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        (multipart(TEXT + "My point", "Content-Type: text/calendar; method=REQUEST\r\n" + ATTACHED + "\r\n" + ICS.format("REQUEST")), "content"),
        (multipart(TEXT + "My point", "Content-Type: application/ics\r\n" + ATTACHED + "\r\n" + ICS.format("REQUEST")), "content"),
        (multipart(TEXT + "My point", "Content-Type: text/calendar\r\n" + ATTACHED + "\r\n" + ICS.format("PUBLISH")), "content"),
        (multipart(TEXT + " ", "Content-Type: text/calendar\r\n" + ATTACHED + "\r\n" + ICS.format("REQUEST")), "nothing"),
        (multipart("Content-Type: text/calendar; method=REPLY\r\n" + ATTACHED + "\r\n"), "nothing"),
        (multipart(TEXT + "Ana accepts", "Content-Type: text/calendar\r\n\r\n" + ICS.format("REPLY"), kind="alternative"), "nothing"),
        (multipart(TEXT + "Ana accepts", "Content-Type: text/calendar\r\n" + ATTACHED + "\r\n" + ICS.format("REPLY")), "nothing"),
        (multipart(TEXT + "Ana invites", "Content-Type: text/calendar\r\n" + ATTACHED + "\r\n" + ICS.format("REQUEST"), kind="alternative"), "nothing"),
    ],
)  # fmt: skip
def test_a_calendar_file_beside_words_is_an_attachment(octets: bytes, kind: str) -> None:
    assert judged(parse(octets))[0] == kind


ELSEWHERE = Path(__file__).parents[5] / "shared" / "corpus" / "calendar"


def test_mails_between_calendars_are_recognised_as_every_client_sends_them() -> None:
    if not ELSEWHERE.is_dir():
        print(f"{ELSEWHERE} is not here: answers to invitations are read as far as the table above")
        return
    kinds = {
        path.stem: judged(parse(path.read_bytes()))[:2] for path in sorted(ELSEWHERE.glob("*.eml"))
    }
    invitations = {
        name: found for name, found in kinds.items() if "dsn" not in name and "message-" not in name
    }
    assert len(invitations) > 30
    for no_calendar in ("ref-ccs-reply_missing_attachment", "ref-james-ics-in-header"):
        del invitations[no_calendar]
    assert set(invitations.values()) == {("nothing", "calendar")}


@pytest.mark.parametrize(
    ("calendar", "kind"),
    [
        ("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", "nothing"),
        ("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n", "nothing"),
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "content"),
    ],
)
def test_answers_to_invitations_are_no_words(calendar: str, kind: str) -> None:
    assert judged(mail(calendar, Content_Type="text/calendar"))[0] == kind


def test_the_trace_names_every_rule_asked_and_no_word_of_the_subject() -> None:
    found = triage(mail(Subject="Automatic reply: my secret plan", To=TO_US), US, own_ids=False)
    assert [line.partition(":")[0] for line in found.trace] == [rule.reason for rule in RULES][
        : len(found.trace)
    ]
    assert found.trace[-1] == "away: subject automatic reply:"
    assert "secret" not in "".join(found.trace)


def test_the_table_of_subjects_is_casefolded_and_wide() -> None:
    assert all(each == each.casefold().strip() and each for each in AWAY_SUBJECTS)
    assert len(AWAY_SUBJECTS) > 60
