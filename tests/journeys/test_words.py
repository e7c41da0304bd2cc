"""Answers typed in the ways people type them, to the agenda that is made of them."""

import pytest

from mailbot.meeting.model import Theme
from tests.cases import case

from .conftest import ANA, BEN, Office

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
    words = {"Big picture": "Where are we going?", "Career": "A course in May", "Personal": "I move to Porto"}
    entry = office.answers(office.last(ANA), ANA.address, words, client)
    assert entry.outcome == "applied"
    assert themes(office) == {
        "Where are we going?": Theme.BIG_PICTURE, "A course in May": Theme.CAREER, "I move to Porto": Theme.PERSONAL,
    }  # fmt: skip


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


@case(105)
@pytest.mark.parametrize("words", ["", "\n\n-- \nAna Silva\nHead of Design"])
@pytest.mark.parametrize("client", ["gmail", "apple", "outlook"])
def test_a_mail_without_anything_new_is_answered_with_what_to_do(office: Office, words: str, client: str) -> None:
    office.answers(office.last(ANA), ANA.address, words, client)
    assert office.items() == []
    told = office.last(ANA)
    assert "nothing new in your mail" in told.text
    assert "on top" in told.text, "answering again helps, and how"
    assert told.header("Auto-Submitted") == "auto-replied"


@case(114)
def test_one_answer_lists_what_was_understood_and_what_not_and_the_next_is_silent(office: Office) -> None:
    request = office.last(ANA)
    office.answers(request, ANA.address, "Career:\n- A course in May\n\nudno\n")
    told, before = office.last(ANA), office.count(ANA)
    assert "A course in May" in told.text
    assert "udno" in told.text
    for minutes in (5, 5):
        office.after(minutes=minutes)
        office.answers(request, ANA.address, "udno\n")
    assert office.count(ANA) == before + 1, "a line alone is answered once in a day"
    assert office.outcomes[-1].outcome == "muted"


def test_stop_is_answered_kindly_wherever_it_stands(office: Office) -> None:
    request = office.last(ANA)
    wish = request.header("List-Unsubscribe")
    address = wish.partition("mailto:")[2].partition("?")[0]
    for subject, body in (("stop", ""), ("stop", "stop"), ("unsubscribe", "")):
        office.after(days=1)
        before = office.count(ANA, BEN)
        office.receive(office.mail(ANA.address, body, subject, to=address))
        assert "I cannot do this yet" in office.last(ANA).text
        assert office.count(ANA, BEN) - before in (1, 2), "the answer, and perhaps a mail of the cycle"
    assert office.items() == []
