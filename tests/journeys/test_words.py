"""Holds: an answer typed in any of the ways in which people type reaches the agenda, and what was
not understood is shown to its author.
"""

import pytest

from mailbot.inbound.message import tnef
from mailbot.meeting.model import Theme
from tests.kit.cases import case
from tests.unit.inbound.message.test_tnef import attribute, wrapped

from .conftest import ANA, BEN, CAT, NewOffice, Office

BANNER = "CAUTION: This email originated from outside of the organization. Do not click links unless you know the sender."
DISCLAIMER = """\
This e-mail and any attachment are confidential and may be privileged.
If you are not the intended recipient, please notify the sender and delete this e-mail.
Any unauthorised copying, disclosure or distribution of its contents is strictly forbidden."""


def themes(office: Office) -> dict[str, Theme]:
    return {item.text: item.theme for item in office.meeting.items}


@case(98, 99)
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook", "outlook_html", "apple_html"])
def test_answers_under_three_headings_land_under_them(office: Office, client: str) -> None:
    words = {
        "Big picture": "Where are we going?",
        "Career": "A course in May",
        "Personal": "I move to Porto",
    }
    entry = office.answers(office.last(ANA), ANA.address, words, client)
    assert entry.outcome == "applied"
    assert themes(office) == {
        "Where are we going?": Theme.BIG_PICTURE, "A course in May": Theme.CAREER, "I move to Porto": Theme.PERSONAL,
    }  # fmt: skip


QUESTIONS = {
    "What would make this half hour worth it for you?": "Time to think aloud",
    "And praise: in front of others, or just between the two of you?": "- Between the two of us\n- Never in a mail to all",
    "What puts you in a bad mood at work, and how would Ben notice?": "Meetings without an end.\n\nHe would see me look at the door.",
}
ANSWERED = {
    "Time to think aloud": Theme.BIG_PICTURE,
    "Between the two of us": Theme.FEEDBACK,
    "Never in a mail to all": Theme.FEEDBACK,
    "Meetings without an end.": Theme.PERSONAL,
    "He would see me look at the door.": Theme.PERSONAL,
}


@case(98, 99)
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook", "outlook_html", "apple_html"])
def test_answers_under_the_questions_themselves_land_under_their_themes(
    office: Office, client: str
) -> None:
    assert office.answers(office.last(ANA), ANA.address, QUESTIONS, client).outcome == "applied"
    assert themes(office) == ANSWERED


def outlook(office: Office, page: str) -> bytes:
    """Her answer as Outlook for the web sends it: HTML alone, no quote marks, our mail below a rule and a header block."""
    address = office.last(ANA).header("Reply-To").partition("<")[2].rstrip(">")
    block = (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>From:</b> mailbot<br>'
        "<b>Sent:</b> Tuesday, March 3, 2026<br><b>Subject:</b> 1:1<br></div>"
    )
    raw = office.mail(
        ANA.address, f"<html><body>{block}{page}</body></html>", "Re: 1:1", to=address
    )
    return raw.replace(b"text/plain", b"text/html")


@case(99)
@pytest.mark.parametrize("where", ["under the headings", "under the questions"])
def test_answers_that_outlook_indents_below_unmarked_questions_are_answers(
    office: Office, where: str
) -> None:
    page = office.last(ANA).html
    page = page[page.index("<div", page.index("<body")) : page.rindex("</body>")]
    ends = ["Big picture</h3>", "Feedback</h3>", "Personal</h3>"]
    if where == "under the questions":
        ends = [f"{question}</p>" for question in QUESTIONS]
    for end, words in zip(
        ends,
        ("Time to think aloud", "Between the two of us", "Meetings without an end."),
        strict=True,
    ):
        own = f'<blockquote style="margin:0 0 0 40px;border:none;padding:0"><div class="elementToProof">{words}</div></blockquote>'
        at = page.index(end) + len(end)
        page = page[:at] + own + page[at:]
    assert office.receive(outlook(office, page)).outcome == "applied"
    assert themes(office) == {
        "Time to think aloud": Theme.BIG_PICTURE,
        "Between the two of us": Theme.FEEDBACK,
        "Meetings without an end.": Theme.PERSONAL,
    }


@case(99)
def test_own_text_that_outlook_puts_into_a_blockquote_is_own_text(office: Office) -> None:
    quoted = office.last(ANA).html
    inside = quoted[quoted.index(">", quoted.index("<body")) + 1 : quoted.rindex("</body>")]
    page = (
        '<html><body><blockquote class="elementToProof" style="margin:0 0 0 40px;border:none;padding:0"><div>Career:</div>'
        '<div>A course in May</div></blockquote><div id="appendonsend"></div><hr style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg"><b>From:</b> mailbot<br><b>Sent:</b> Tuesday, March 3, 2026<br></div>{inside}</body></html>'
    )
    token = office.last(ANA).header("Reply-To").partition("<")[2].rstrip(">")
    raw = office.mail(ANA.address, page, "Re: 1:1", to=token).replace(b"text/plain", b"text/html")
    assert office.receive(raw).outcome == "applied"
    assert themes(office) == {"A course in May": Theme.CAREER}


@case(100)
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook", "outlook_html", "apple_html"])
def test_an_answer_on_top_leaves_signature_and_phone_behind(office: Office, client: str) -> None:
    words = "Could we talk about the budget?\n\nThanks\nAna\n\n-- \nAna Silva\nHead of Design, Corp\n+351 21 000 000"
    assert office.answers(office.last(ANA), ANA.address, words, client).outcome == "applied"
    assert office.items() == ["Could we talk about the budget?"]


@case(104)
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook"])
def test_banner_and_disclaimer_are_no_items(office: Office, client: str) -> None:
    words = f"{BANNER}\n\nCould we talk about the budget?\n\n-- \nAna Silva\n\n{DISCLAIMER}"
    assert office.answers(office.last(ANA), ANA.address, words, client).outcome == "applied"
    assert office.items() == ["Could we talk about the budget?"]


NOTICE = """\
CONFIDENTIALITY NOTICE

This e-mail and any files transmitted with it are confidential and intended solely
for the use of the individual or entity to whom they are addressed. If you have
received it in error, please notify the sender and delete it from your system.

Opinions expressed in this message are those of the author and not
those of the company, unless somebody with authority says so
in writing.

Although we have taken steps to ensure that this e-mail is free of viruses, it is
for whoever opens it to check that it is.

E-mails to and from this company may be monitored, for the
training of its people and as the law demands.

Corp Ltd is registered in England and Wales under number 1234567.
Its office is at 1 High Street, London.

Please consider the environment before printing this message.

Corp Group: www.corp.example"""


@case(104)
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook", "outlook_html", "apple_html"])
@pytest.mark.parametrize("below", [False, True], ids=["above the quote", "below the quote"])
def test_a_notice_of_many_paragraphs_is_no_item(office: Office, client: str, below: bool) -> None:
    request, said = office.last(ANA), "Could we talk about the budget?"
    last_line = [line for line in request.text.splitlines() if line.strip()][-1]
    words = {"": said, last_line: NOTICE} if below else f"{said}\n\nAna\n\n{NOTICE}"
    assert office.answers(request, ANA.address, words, client).outcome == "applied"
    assert office.items() == [said]


@case(104)
@pytest.mark.parametrize(
    "words", ["done 7", "Yes, let us talk about it", "My next role is open", "Who will book it?"]
)
def test_words_below_a_notice_are_words(office: Office, words: str) -> None:
    before = office.count(ANA)
    office.answers(office.last(ANA), ANA.address, f"{DISCLAIMER}\n\n{words}", "outlook")
    assert office.count(ANA) == before + 1
    assert words in office.last(ANA).text


@case(105)
@pytest.mark.parametrize("words", ["", "\n\n-- \nAna Silva\nHead of Design"])
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook"])
def test_a_mail_without_anything_new_is_answered_with_what_to_do(
    office: Office, words: str, client: str
) -> None:
    request, before = office.last(ANA), office.count(ANA)
    assert office.answers(request, ANA.address, words, client).outcome == "noted"
    assert office.items() == []
    told = office.last(ANA)
    assert "nothing new in your mail" in told.text
    assert 'on top and send it again, for instance: "Career: what comes next for me?"' in " ".join(
        told.text.split()
    )
    assert told.header("Auto-Submitted") == "auto-replied"
    office.answers(request, ANA.address, words, client)
    assert office.count(ANA) == before + 1, "once a day"
    assert (
        office.answers(told, ANA.address, "Career: what comes next for me?", client).outcome
        == "applied"
    )
    assert themes(office) == {"what comes next for me?": Theme.CAREER}, "the example itself works"


@case(114)
def test_one_answer_lists_what_was_understood_and_what_not(office: Office) -> None:
    before, others = office.count(ANA), office.count(BEN)
    office.answers(office.last(ANA), ANA.address, "done 7\n\nCareer:\n- A course in May\n")
    told = office.last(ANA).text
    problems, _, rest = told.partition("The rest I read like this:")
    assert "- done 7\n  There is nothing with this number." in problems
    assert "done 7" not in rest
    assert "Career: A course in May" in rest
    assert (office.count(ANA), office.count(BEN)) == (before + 1, others)


@case(114)
def test_the_same_complaint_is_not_heard_twice_in_a_day(office: Office) -> None:
    request = office.last(ANA)
    told = []
    for words in (
        "A point\n\ndone 7",
        "A point\n\ndone 7",
        "Another point\n\ndone 7",
        "done 7",
        "done 7\n\ndone 8",
    ):
        before = office.count(ANA)
        office.after(minutes=5)
        office.answers(request, ANA.address, words)
        mails = office.tray.to(ANA.address)[before:]
        told.append(
            [("done 7" in m.text, "done 8" in m.text, "Another point" in m.text) for m in mails]
        )
    assert told == [[(True, False, False)], [], [(False, False, True)], [], [(False, True, False)]]
    assert [entry.outcome for entry in office.outcomes] == [
        "applied",
        "muted",
        "applied",
        "muted",
        "noted",
    ]
    office.after(hours=24)
    office.answers(request, ANA.address, "done 7")
    assert "done 7" in office.last(ANA).text, "the next day it is said again"


@case(114)
def test_a_line_that_is_not_understood_again_is_kept_for_its_author(office: Office) -> None:
    request = office.last(ANA)
    for _ in range(2):
        office.after(minutes=5)
        office.answers(request, ANA.address, "udno\n")
    assert office.outcomes[-1].outcome == "muted"
    assert [(item.text, item.private) for item in office.meeting.items] == [("udno", True)]


def octets(office: Office, kind: str, body: bytes, *lines: str) -> bytes:
    """Her answer to the last mail to her, with a body of this content type."""
    request = office.last(ANA)
    to = request.header("Reply-To").partition("<")[2].rstrip(">")
    head = office.mail(
        ANA.address, "", f"Re: {request.subject}", f"In-Reply-To: {request.id}", *lines, to=to
    )
    return head.partition(b"Content-Type")[0] + f"Content-Type: {kind}\r\n\r\n".encode() + body


@case(107)
def test_an_outlook_wrapping_is_read(office: Office) -> None:
    body = wrapped(attribute(tnef.BODY, b"Could we talk about the budget?"))
    raw = octets(
        office, "application/ms-tnef; name=winmail.dat", body, "Content-Transfer-Encoding: binary"
    )
    assert office.receive(raw).outcome == "applied"
    assert office.items() == ["Could we talk about the budget?"]


@case(107)
def test_an_outlook_wrapping_that_cannot_be_opened_is_said_to_be_one(office: Office) -> None:
    before = office.count(ANA)
    raw = octets(
        office,
        "application/ms-tnef; name=winmail.dat",
        b"x\x9f rubbish",
        "Content-Transfer-Encoding: binary",
    )
    assert office.receive(raw).outcome == "noted"
    assert office.items() == []
    assert office.count(ANA) == before + 1
    assert (
        "a format of Outlook that I cannot open (winmail.dat). Please send it again as plain text."
        in office.last(ANA).text
    )
    assert "nothing new" not in office.last(ANA).text


ARMOUR = "-----BEGIN PGP {0}-----\nVersion: GnuPG v2\n\nhQEMA+6xjTq/=\n=aB3d\n-----END PGP {0}-----"


@case(108)
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook", "outlook_html", "apple_html"])
@pytest.mark.parametrize(
    ("words", "items"),
    [
        (ARMOUR.format("MESSAGE"), []),
        ("Hi,\n\n" + ARMOUR.format("MESSAGE") + "\n\n- The budget\n\nAna", ["The budget"]),
    ],
)
def test_pgp_inside_the_text_is_no_item_and_is_answered(
    office: Office, words: str, items: list[str], client: str
) -> None:
    before, others = office.count(ANA), office.count(BEN)
    entry = office.answers(office.last(ANA), ANA.address, words, client)
    assert (entry.outcome, office.items()) == ("applied" if items else "noted", items)
    assert (office.count(ANA), office.count(BEN)) == (before + 1, others)
    told = office.last(ANA).text
    said = (
        "What you encrypted I cannot read: I have no key. Please send it again without encryption."
    )
    assert said in told
    assert "hQEMA" not in told
    assert told.find("The budget") > told.index(said) if items else "The budget" not in told


@case(108)
@pytest.mark.parametrize("kind", ["pgp", "smime"])
def test_a_mail_that_is_wholly_encrypted_is_answered_once(office: Office, kind: str) -> None:
    before = office.count(ANA)
    part = b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--\r\n"
    enveloped = bytes.fromhex("300b06092a864886f70d010703")
    raw = {
        "pgp": octets(office, "multipart/encrypted; boundary=b", part),
        "smime": octets(office, "application/pkcs7-mime; smime-type=enveloped-data", enveloped),
    }[kind]
    assert office.receive(raw).outcome == "noted"
    assert "What you encrypted I cannot read" in office.last(ANA).text
    assert office.count(ANA) == before + 1
    assert office.items() == []


@case(108)
def test_words_signed_inside_the_text_are_read(office: Office) -> None:
    signature = ARMOUR.format("SIGNATURE")
    words = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n- - The budget\n- - My next role\n{signature}"
    assert office.answers(office.last(ANA), ANA.address, words, "outlook").outcome == "applied"
    assert office.items() == ["The budget", "My next role"]


GMAIL = "This message was automatically generated by Gmail."
APPLE = "Apple Mail sent this email to unsubscribe from the message \u201c1:1 Ana / Ben, Thu 5 Mar\u201d."


@case(97)
@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("stop", ""),
        ("stop", "stop"),
        ("unsubscribe", ""),
        ("unsubscribe", GMAIL),
        ("Unsubscribe", APPLE),
        ("stop", GMAIL),
    ],
)
def test_list_unsubscribe_stops_the_mails_to_that_person_alone(
    office: Office, subject: str, body: str
) -> None:
    wish = office.last(ANA).header("List-Unsubscribe")
    address = wish.partition("mailto:")[2].partition("?")[0]
    office.receive(office.mail(ANA.address, body, subject, to=address))
    assert "no more mails about your 1:1" in office.last(ANA).text
    assert "Ana asked me for no more mails" in office.last(BEN).text
    before, others = office.count(ANA), office.count(BEN)
    office.after(days=15)
    assert office.count(ANA) == before
    assert office.count(BEN) >= others + 4, "two meetings went on for Ben"
    assert office.items() == []
    assert office.meeting.number > 1


@case(97)
def test_nobody_unsubscribes_for_the_other(office: Office) -> None:
    address = office.last(ANA).header("List-Unsubscribe").partition("mailto:")[2].partition("?")[0]
    office.receive(office.mail(BEN.address, "stop", "stop", to=address))
    assert "no more mails about your 1:1" in office.last(BEN).text
    before = office.count(ANA)
    office.after(days=15)
    assert office.count(ANA) > before


@pytest.mark.parametrize("client", ["gmail", "apple", "outlook", "outlook_html", "apple_html"])
def test_a_command_that_our_mail_quotes_is_obeyed_when_it_is_typed(
    office: Office, client: str
) -> None:
    """ "- undo" stands in the mail that she answers, right below its greeting; what is typed on top is hers all the same."""
    request = office.last(ANA)
    office.answers(request, ANA.address, "The budget")
    office.answers(request, ANA.address, "done 7")
    problem = office.last(ANA)
    assert "- done 7" in problem.text
    office.after(hours=25)
    before = office.count(ANA)
    office.answers(problem, ANA.address, "done 7", client)
    assert office.count(ANA) == before + 1, "it is read, and answered as before"


def test_a_wish_for_every_four_weeks_is_told_of_the_limit_and_not_cut(
    new_office: NewOffice,
) -> None:
    office = new_office(domains=("corp.example",))
    entry = office.receive(
        office.mail(BEN.address, "new 1:1 with cat@corp.example, Tuesdays 10:00, every 4 weeks")
    )
    assert entry.outcome == "noted"
    assert office.tray.to(CAT.address) == []
    told = office.last(BEN).text
    assert "Two weeks is the longest I keep" in told
    line = next(line for line in told.splitlines() if line.startswith("new 1:1"))
    assert line == "new 1:1 with cat@corp.example, Tuesdays 10:00, every 2 weeks, 30 min"
    assert office.receive(office.mail(BEN.address, line)).outcome == "applied", (
        "the line that is suggested works"
    )
