"""Holds: the address behind a link reaches the agenda with its words, and quotes and names stay as
they are.
"""

from __future__ import annotations

import time

import pytest

from mailbot.inbound.message.parse import Body
from mailbot.inbound.unquote.html_rows import html_rows
from mailbot.inbound.unquote.lines import new_lines

DRAFT = "https://docs.corp.example/x"
SAFELINK = (
    "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdocs.corp.example%2Fx"
    "&amp;data=05%7C01%7Cana%40corp.example&amp;reserved=0"
)
SENT = """Hi Ana,

Career
What would you like to talk about?

Action items
[ ] 3. Send the budget draft (https://docs.corp.example/x) (Ana, by Fri 13 Mar)

Reply to this mail.
"""


def own(html: str, sent: str | None = None) -> list[str]:
    return [line.text.strip() for line in new_lines(Body(html=html), sent).own if line.text]


CLIENTS = {
    "Gmail": (
        f'<div dir="ltr">Please read <a href="{DRAFT}">the budget draft</a>.</div>',
        [f"Please read the budget draft ({DRAFT})."],
    ),
    "Gmail's chip of a document": (
        f'<div><a href="{DRAFT}" style="color:#222"><img src="https://ssl.example/icon.png">&nbsp;<span dir="ltr">Budget draft</span></a>&nbsp;</div>',
        [f"Budget draft ({DRAFT})"],
    ),
    "Outlook's safelink": (
        f'<p class="MsoNormal"><a href="{SAFELINK}" originalsrc="{DRAFT}">the budget draft</a><o:p></o:p></p>',
        [f"the budget draft ({SAFELINK.replace('&amp;', '&')})"],
    ),
    "Word parts a link in two": (
        f'<p class="MsoNormal"><a href="{DRAFT}">the </a><a href="{DRAFT}"><b>budget</b> draft</a>, please</p>',
        [f"the budget draft ({DRAFT}), please"],
    ),
    "Apple Mail, a list": (
        f'<ul class="MailOutline"><li>read <a href="{DRAFT}">the draft</a></li><li>lunch</li></ul>',
        [f"- read the draft ({DRAFT})", "- lunch"],
    ),
    "Thunderbird, a wrapped source": (
        f'<p>read <a\n moz-do-not-send="true"\n href="{DRAFT}">the budget\n draft</a> first</p>',
        [f"read the budget draft ({DRAFT}) first"],
    ),
    "Yahoo, hard blanks": (
        f'<div><span><a href="{DRAFT}" rel="nofollow">the&nbsp;budget draft</a></span></div>',
        [f"the budget draft ({DRAFT})"],
    ),
    "two links": (
        f'<div><a href="{DRAFT}">one</a> and <a href="https://corp.example/y">two</a></div>',
        [f"one ({DRAFT}) and two (https://corp.example/y)"],
    ),
    "over two rows": (
        f'<div><a href="{DRAFT}">the budget<br>draft</a> please</div>',
        ["the budget", f"draft ({DRAFT}) please"],
    ),
    "around a block": (
        f'<a href="{DRAFT}"><div>the budget draft</div></a><div>please</div>',
        [f"the budget draft ({DRAFT})", "please"],
    ),
    "a cut address": (
        f'<div><a href="{DRAFT}">https://docs.corp.exam…</a></div>',
        [f"https://docs.corp.exam… ({DRAFT})"],
    ),
    "an office": (
        '<div>ask <a href="mailto:press@corp.example">the spokeswoman</a></div>',
        ["ask the spokeswoman (press@corp.example)"],
    ),
    "words that stand there before": (
        f'<div>the budget here; my doctor is <a href="{DRAFT}">here</a></div>',
        [f"the budget here; my doctor is here ({DRAFT})"],
    ),
    "words that stand there behind": (
        f'<ul><li>look <a href="{DRAFT}"><b>he</b>re </a> and not here</li></ul>',
        [f"- look here ({DRAFT}) and not here"],
    ),
    "words that stand there before, over two rows": (
        f'<div>the draft, <a href="{DRAFT}">our<br>draft</a> or draft</div>',
        ["the draft, our", f"draft ({DRAFT}) or draft"],
    ),
    "blanks in the address": (
        '<div><a href=" https://corp.example/a b\n">this</a></div>',
        ["this (https://corp.example/a%20b)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("html", "lines"), CLIENTS.values(), ids=CLIENTS)
def test_the_address_stands_behind_its_words(html: str, lines: list[str]) -> None:
    assert own(html) == lines


AS_SEEN = {
    "the address itself": f'<a href="{DRAFT}">{DRAFT}</a>',
    "without scheme": f'<a href="{DRAFT}">docs.corp.example/x</a>',
    "with a slash": f'<a href="{DRAFT}/">{DRAFT}</a>',
    "in capitals": '<a href="http://Corp.Example/">corp.example</a>',
    "inside a safelink": f'<a href="{SAFELINK}">{DRAFT}</a>',
    "a file's name that looks like a host": '<a href="http://notes.md">notes.md</a>',
    "the address again": f'<a href="{DRAFT}">the draft</a> ({DRAFT})',
    "a mail address": '<a href="mailto:ana@corp.example">ana@corp.example</a>',
    "a person": '<a href="mailto:ana@corp.example">Ana Silva</a> has it',
    "a first name": '<a href="mailto:ben.meier@corp.example">ben</a> has it',
    "a mention": '<a href="mailto:x17@corp.example">@Ben Meier</a> has it',
    "a script": '<a href="javascript:alert(1)">click</a>',
    "data": '<a href="data:text/html,x">click</a>',
    "a part of the mail": '<a href="cid:1@corp.example">picture</a>',
    "a part of the page": '<a href="#below">below</a>',
    "no address": "<a name=x>here</a>",
    "Apple's dates": '<a href="x-apple-data-detectors://0">Thursday at 3pm</a>',
    "a phone": '<a href="tel:+49301234567">call me</a>',
    "a tracker without words": 'hello <a href="https://track.example/1"><img src="x" alt="logo"></a>',
    "a password": '<a href="https://ana:secret@corp.example/x">the draft</a>',
    "a name to log in": '<a href="ftp://ana@corp.example">the draft</a>',
    "a password behind slashes in excess": '<a href="https:///ana:secret@corp.example/x">the draft</a>',
    "a password inside a safelink": '<a href="https://safe.example/?url=https%3A%2F%2Fana%3Asecret%40corp.example&amp;d=1">the draft</a>',
    "an address of data": f'<a href="https://track.example/{"x" * 3000}">click</a>',
}  # fmt: skip


@pytest.mark.parametrize("html", AS_SEEN.values(), ids=AS_SEEN)
def test_nothing_is_added(html: str) -> None:
    seen = [row.text.strip() for row in html_rows(f"<div>{html}</div>")[0]]
    assert own(f"<div>{html}</div>") == seen


def test_the_name_below_a_closing_is_no_item() -> None:
    html = '<div>See you</div><div>Best regards,<br><a href="https://ana.example">Ana</a></div>'
    assert own(html)[-1] == "Ana"


def test_the_heading_is_still_read_below_its_link() -> None:
    html = f'<div><a href="{DRAFT}">Career</a>: a <a href="{DRAFT}2">course</a></div>'
    line = new_lines(Body(html=html)).own[0]
    assert (line.heading, line.text) == ("career", f"a course ({DRAFT}2)")


def test_an_address_stays_on_its_side_of_a_private_heading() -> None:
    html = f'<div>Career: the budget here. Feedback: my doctor is <a href="{DRAFT}">here</a></div>'
    assert [line.text for line in new_lines(Body(html=html)).own if line.text] == [
        "the budget here.",
        f"my doctor is here ({DRAFT})",
    ]


def test_an_address_stays_where_two_pieces_are_the_same() -> None:
    html = f'<div>Career: here. Feedback: <a href="{DRAFT}">here</a></div>'
    assert DRAFT not in own(html)[0]


def test_an_address_stays_with_its_words_beside_an_attribution() -> None:
    wrote = "On Mon, Jun 9, 2025 at 9:00 AM mailbot &lt;bot@corp.example&gt; wrote:"
    behind = f'<div>read here. {wrote} see <a href="{DRAFT}">here</a></div>'
    before = f'<div>read <a href="{DRAFT}">here</a>. {wrote} see here</div>'
    assert DRAFT not in "".join(own(behind))
    assert own(before) == [f"read here ({DRAFT})."]


QUOTED = """<div dir="ltr">{typed}</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon,
 Jun 9, 2025 at 9:00 AM mailbot &lt;bot@corp.example&gt; wrote:<br></div><blockquote class="gmail_quote"
 style="border-left:1px solid"><p>Hi Ana,</p><p>Career<br>What would you like to talk about?</p>
<p>Action items<br><a href="mailto:bot+abc@corp.example?subject=Re%3A&amp;body=done%203">[ ]</a>
 3. Send the budget draft (<a href="https://docs.corp.example/x">https://docs.corp.example/x</a>)
 (Ana, by Fri 13 Mar){behind}</p><p>Reply to <a href="mailto:bot+abc@corp.example?subject=Re%3A&amp;body=">this mail</a>.</p>
</blockquote></div>"""


def test_our_own_links_stay_ours() -> None:
    assert own(QUOTED.format(typed="thanks", behind=""), SENT) == ["thanks"]


def test_a_link_to_what_we_quoted_is_the_persons() -> None:
    typed = f'see <a href="{DRAFT}">the draft</a>'
    assert own(QUOTED.format(typed=typed, behind=""), SENT) == [f"see the draft ({DRAFT})"]


def test_a_link_behind_our_words_is_the_persons() -> None:
    behind = ' <a href="https://corp.example/new">moved here</a>'
    found = own(QUOTED.format(typed="hello", behind=behind), SENT)
    assert found == ["hello", "moved here (https://corp.example/new)"]


def test_plain_text_stays_as_typed() -> None:
    text = f"the budget draft <{DRAFT}>"
    assert [line.text for line in new_lines(Body(text=text)).own] == [text]


def test_a_thousand_links_take_bounded_time() -> None:
    html = "".join(f'<a href="https://corp.example/{n}">w{n}</a> ' for n in range(20_000))
    begin = time.process_time()
    assert own(f"<div>{html}</div>")[0].count("(https://") <= 50
    assert time.process_time() - begin < 1.0
