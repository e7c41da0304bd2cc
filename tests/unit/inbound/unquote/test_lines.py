"""Holds: every line that new_lines gives stands under the heading its author wrote it under, and
carries its marks.

One small mail each.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from mailbot.inbound.message.parse import Body
from mailbot.inbound.understand.grammar import Context, understand
from mailbot.inbound.unquote.lines import Line, Reply, new_lines
from mailbot.inbound.unquote.rows import ROWS
from mailbot.meeting.model import Role
from mailbot.meeting.said import Item

SENT = """\
Hi Ana,

Thursday is near. What would you like to talk about?

Action items
[ ] 3. Send the numbers to Dana (Ben, by Fri 13 Mar)
    Ben, Wed 4 Mar: she is back on Monday
[ ] 4. Draft the hiring plan (Ana)

Big picture
Which decision around you do you not understand yet?

Career

Only you can see this
- private: the raise

Just reply, under a heading or on top.
Who can read this: you alone.
"""
HEAD = "On Tue, Mar 10, 2026 at 9:00 AM mailbot <mailbot@corp.example> wrote:\n"
QUOTE = "\n".join("> " + row for row in SENT.split("\n"))


def read(text: str, sent: str | None = SENT) -> Reply:
    return new_lines(Body(text), sent)


def own(text: str, sent: str | None = SENT) -> list[tuple[str, str, str]]:
    return [(line.heading, line.near, line.text) for line in read(text, sent).own if line.text]


def inside(*typed: str, after: str) -> str:
    """The marked quote with unmarked rows after one of ours."""
    at = QUOTE.index(after) + len(after)
    at = QUOTE.index("\n", at) if "\n" in QUOTE[at:] else at
    return HEAD + QUOTE[:at] + "\n\n" + "\n".join(typed) + "\n\n" + QUOTE[at + 1 :]


def test_an_answer_below_a_remark_belongs_to_its_action_item() -> None:
    assert own(inside("done", after="back on Monday")) == [
        ("action_items", "[ ] 3. Send the numbers to Dana (Ben, by Fri 13 Mar)", "done")
    ]


def test_words_below_our_closing_paragraph_stand_under_no_heading() -> None:
    assert own(HEAD + QUOTE + "\n\nSee you on Thursday then.\n") == [
        ("", "Who can read this: you alone.", "See you on Thursday then.")
    ]


def test_words_below_the_private_heading_say_so() -> None:
    near = "- private: the raise"
    typed = ("and the title", "", "the desk, too", "and the chair")
    found = [("only_you", near, text) for text in ("private:", typed[0], "private:", *typed[2:])]
    assert own(inside(*typed, after="the raise")) == found


def test_words_below_the_private_heading_are_private() -> None:
    context = Context(Role.REPORT, datetime(2026, 3, 10, tzinfo=UTC), after_meeting=False)
    said = understand(
        read(inside("and the title", "", "- the desk", "- the chair", after="the raise")), context
    )
    assert [(item.text, item.private) for item in said if isinstance(item, Item)] == [
        ("and the title", True),
        ("the desk", True),
        ("the chair", True),
    ]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("> [x] 4. Draft the hiring plan (Ana)", [("[x]", "ticked box")]),
        ("> [X] 4. Draft the hiring plan (Ana)", [("[x]", "ticked box")]),
        ("> ☑ 4. Draft the hiring plan (Ana)", [("[x]", "ticked box")]),
        ("> ✅ 4. Draft the hiring plan (Ana)", [("[x]", "ticked box")]),
        ("> ☒ 4. Draft the hiring plan (Ana)", [("[x]", "ticked box")]),
        ("> - [x] 4. Draft the hiring plan (Ana)", [("[x]", "ticked box")]),
        ("> [ x ] 4. Draft the hiring plan (Ana)", [("[x]", "ticked box")]),
        ("> [ ] 4. Draft the hiring plan (Ana) done", [("done", "behind our words")]),
        (
            "> [ ] 4. Draft the hiring plan (Ana) - still on it, sorry",
            [("still on it, sorry", "behind our words")],
        ),
        ("> [ ] 4. Draft the hiring plan (Ana) ✅", [("✅", "behind our words")]),
        ("> [ ] 4. Draft the hiring plan done", [("done", "behind our words")]),
        ("> done: [ ] 4. Draft the hiring plan (Ana)", [("done", "before our words")]),
        ("> [ ] 4. Draft the hiring plan (Ana)", []),
        ("> [ ] Draft the hiring plan (Ana)", []),
        ("> * [ ] 4.  Draft the  hiring plan (Ana)", []),
    ],
)
def test_marks_on_the_line_of_an_action_item(row: str, found: list[tuple[str, str]]) -> None:
    mail = HEAD + QUOTE.replace("> [ ] 4. Draft the hiring plan (Ana)", row)
    reply = read(mail)
    assert [(line.text, line.rule) for line in reply.own if line.text] == found
    assert {line.near for line in reply.own} <= {"[ ] 4. Draft the hiring plan (Ana)"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Career: a new role", [("career", "a new role")]),
        ("*Career*\na new role", [("career", "a new role")]),
        ("career - a new role", [("career", "a new role")]),
        (
            "## Career\n\n- a new role\n- a course",
            [("career", "- a new role"), ("career", "- a course")],
        ),
        ("**Feedback:** fine", [("feedback", "fine")]),
        ("1. Feedback\n   all is fine", [("feedback", "   all is fine")]),
        ("Feedback:\n\nCareer:\nyes please", [("career", "yes please")]),
        ("Entwicklung: mehr Verantwortung", [("career", "mehr Verantwortung")]),
        ("Carrière : une formation", [("career", "une formation")]),
        ("- Feedback\n- Career", [("", "- Feedback"), ("", "- Career")]),
        ("Career\nFeedback", [("", "Career"), ("", "Feedback")]),
        ("Career", [("", "Career")]),
        ("My career is fine.", [("", "My career is fine.")]),
        ("Careers: none", [("", "Careers: none")]),
        ("The plan: we wait", [("", "The plan: we wait")]),
        (
            "I will: send the plan\nThey will: read it",
            [("i_will", "send the plan"), ("they_will", "read it")],
        ),
        ("I will send the plan", [("", "I will send the plan")]),
    ],
)
def test_headings_typed_by_the_person(typed: str, found: list[tuple[str, str]]) -> None:
    assert [(heading, text) for heading, _, text in own(typed + "\n\n" + HEAD + QUOTE)] == found


@pytest.mark.parametrize(
    "heading", ["Agenda:", "Agenda", "Tagesordnung:", "Dagordning", "Ordre du jour :"]
)
def test_agenda_above_items_is_a_heading_and_no_item(heading: str) -> None:
    typed = f"{heading}\n- budget\n- hiring\n\n"
    found = [("anything_else", "- budget"), ("anything_else", "- hiring")]
    assert [(heading, text) for heading, _, text in own(typed + HEAD + QUOTE)] == found


def test_a_typed_heading_is_kept_as_a_line_of_its_own() -> None:
    lines = read("Career: a new role\n").lines
    assert [(line.text, line.own, line.rule) for line in lines if line.text] == [
        ("Career: a new role", False, "heading"),
        ("a new role", True, "behind a heading"),
    ]


@pytest.mark.parametrize(
    "cited",
    [
        "Lena wants an answer:\n> we need two more people by May",
        "The log says:\n> ERROR 42 disk full\n> ERROR 43 retry",
    ],
)
def test_words_the_person_cites_stay(cited: str) -> None:
    found = [text for _, _, text in own(f"{cited}\nWhat shall I say?\n\n{HEAD}{QUOTE}")]
    assert found == [row.removeprefix("> ") for row in cited.split("\n")] + ["What shall I say?"]


@pytest.mark.parametrize("snip", ["[...]", "(snip)", "...", "[ ... ]", "…"])
def test_a_trimmed_quote_is_no_answer(snip: str) -> None:
    assert own(f"{HEAD}> Hi Ana,\n> {snip}\n> Career\n\nYes!\n") == [("career", "Career", "Yes!")]


def test_an_answer_that_ends_with_a_phone_number_is_whole() -> None:
    typed = ("Please call the vendor:", "", "Lena Vogt", "+49 30 1234567")
    assert [text for _, _, text in own(inside(*typed, after="understand yet?"))] == [
        row for row in typed if row
    ]


def test_a_journey_is_no_header_block() -> None:
    typed = "My trip:\nFrom: Porto\nTo: Lisbon\nDate: 12 June\nCan we call instead?"
    assert [text for _, _, text in own(f"{typed}\n\n{HEAD}{QUOTE}")] == typed.split("\n")


def test_one_line_edited_in_the_quote_is_new() -> None:
    mail = HEAD + QUOTE.replace(
        "Draft the hiring plan (Ana)", "Draft the hiring plan and the budget (Ana)"
    )
    assert "budget" in read(mail).text


def test_nothing_is_cut_away_for_good() -> None:
    mail = f"CAUTION: This email originated from outside.\n\nHi,\n\nmy point\n\nBest regards,\nAna\nLead, Corp Ltd\n+351 912 345 678\n\nSent from my iPhone\n\n{HEAD}{QUOTE}"
    lines = read(mail).lines
    assert "".join("".join(line.text.split()) for line in lines) == "".join(
        mail.replace("> ", "").replace(">", "").split()
    ).replace("<mailbot@corp.example", "<mailbot@corp.example>")
    assert {line.rule for line in lines} >= {
        "banner",
        "own",
        "signature",
        "client footer",
        "attribution",
        "aligned",
        "blank",
    }


def test_what_lies_beyond_the_limit_is_kept_unread() -> None:
    last = read("\n".join(f"row {n}" for n in range(ROWS + 50))).lines[-1]
    assert (last.own, last.rule) == (False, "beyond the limit")
    assert last.text.endswith(f"row {ROWS + 49}")


@pytest.mark.parametrize(
    "body", [Body(), Body(""), Body("\n\n"), Body(None, ""), Body("", "<p></p>"), Body("\x00\x01")]
)
def test_an_empty_mail_has_no_words(body: Body) -> None:
    assert new_lines(body, SENT).text in ("", "\x00\x01")
    assert new_lines(body).own == () or new_lines(body).text


def test_the_html_part_is_read_where_it_has_the_words() -> None:
    html = f"<div>yes</div><blockquote>{'<br>'.join(SENT.splitlines())}</blockquote>"
    assert new_lines(Body("yes\n" + SENT, html), SENT).text == "yes"
    assert new_lines(
        Body(
            "All my words are here, in the text part, and the other part is a picture.",
            "<img src=cid:1>",
        ),
        SENT,
    ).text.startswith("All my words")
    assert new_lines(Body("", html), SENT).text == "yes"


HOSTILE = {
    "attributions": lambda n: "On 1/1/2025 at 9:00 Bob <b@x.example> wrote:\n" * (n // 45),
    "headers": lambda n: "From: a@b.example\nSubject: c\n" * (n // 30),
    "our lines": lambda n: "[ ] 4. Draft the hiring plan (Ana)\n" * (n // 35),
    "half of our lines": lambda n: "Draft the hiring plan and\n" * (n // 26),
    "our first words": lambda n: "Which decision around Which decision around\n" * (n // 44),
    "one row of our words": lambda n: "hiring plan Ana " * (n // 16),
    "done: our words": lambda n: "done: Draft the hiring plan (Ana)\n" * (n // 34),
    "marked": lambda n: "> > what\nno\n" * (n // 12),
    "closings": lambda n: "Best regards,\nAna Silva\nLead\n\n" * (n // 30),
    "names": lambda n: "Ana Silva\n\n" * (n // 11),
    "phones": lambda n: "x\n\n+351 912 345 678\nAna Silva, Lead\n" * (n // 38),
    "legal": lambda n: "confidential intended recipient in error " * (n // 41),
    "headings": lambda n: "Career:\n" * (n // 8),
    "bullets": lambda n: "".join(" " * (i % 60) + "- x\n" for i in range(n // 34)),
    "digits": lambda n: "1" * n,
    "dates": lambda n: "1.1.2025 1:00 a@b " * (n // 18) + ":",
    "brackets": lambda n: "[a] x\n" * (n // 6),
    "boxes": lambda n: "[x]\n" * (n // 4),
    "links": lambda n: "<mailto:a@b.example?subject=x> " * (n // 31),
    "footers": lambda n: "Sent from my iPhone\n" * (n // 20),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("sent", [SENT, None], ids=["known", "unknown"])
def test_hostile_mails_take_bounded_time(make: object, sent: str | None) -> None:
    assert callable(make)
    text = make(300_000)
    for body in (Body(text), Body(None, "<div>" + text.replace("\n", "<br>") + "</div>")):
        begin = time.process_time()
        reply = new_lines(body, sent)
        assert time.process_time() - begin < 1.0
        assert all(isinstance(line, Line) for line in reply.lines)
