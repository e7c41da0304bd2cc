"""Holds: whatever is typed anywhere into a mail of ours, in any client, comes out: in order, under
its heading, and nothing else.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot.inbound.message.parse import parse
from mailbot.inbound.unquote.align import SentText
from mailbot.inbound.unquote.lines import new_lines
from mailbot.languages.headings import heading_alone
from mailbot.meeting.model import Purpose
from mailbot.outbound import samples
from mailbot.outbound.compose import Composer
from mailbot.threads.token import ReplyTokens
from tests.kit.clients import BOTTOM, CLIENTS, TOP, Answered, answerable

TEMPLATES = Path(__file__).parents[4] / "templates"
PURPOSES = (
    Purpose.AGENDA_REQUEST,
    Purpose.AGENDA,
    Purpose.NOTES_REQUEST,
    Purpose.FIRST_AGENDA_REQUEST,
    Purpose.SUMMARY,
)
WORDS = (
    "budget", "hiring", "roadmap", "we", "could", "perhaps", "not", "talk", "about", "the", "new", "office",
    "because", "nobody", "answers", "still", "waiting", "for", "Lena's", "numbers", "12%", "more", "Urlaub", "im",
    "August", "Übergabe", "möchte", "ich", "größere", "Aufgaben", "été", "réunion", "très", "bientôt", "por",
    "qué", "mañana", "você", "ação", "perché", "città", "zażółć", "příští", "önümüzdeki", "бюджет", "команда",
    "καλημέρα", "予算", "採用", "招聘", "진행", "الميزانية", "תקציב", "🚀", "😀", "C++", "v2.1", "3pm", "50€", "#12", "a/b",
    "(maybe)", '"quoted"', "don't", "it’s", "e.g.", "https://corp.example/wiki/x",
)  # fmt: skip


@cache
def mail(purpose: Purpose) -> Answered:
    sources = {
        str(path.relative_to(TEMPLATES)): path.read_text("utf8")
        for path in TEMPLATES.rglob("*")
        if path.is_file()
    }
    composer = Composer(sources, "mailbot@corp.example", ReplyTokens((b"k" * 32,)))
    finished = composer.compose(samples.SERIES, samples.example(purpose), samples.AT)
    return Answered(finished.text, parse(finished.raw).body.html or "")


@cache
def places(purpose: Purpose) -> tuple[int, ...]:
    return (TOP, *answerable(mail(purpose)), BOTTOM)


def _says_something(row: str) -> bool:
    return len(row.split()) > 1 and not row.startswith(('"', "(", "#"))


sentences = (
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=14).map(" ".join).filter(_says_something)
)
paragraphs = st.lists(sentences, min_size=1, max_size=3)
bullets = st.lists(sentences.map(lambda text: "- " + text), min_size=1, max_size=4)
answers = st.one_of(paragraphs, bullets)


@st.composite
def replies(draw: st.DrawFn) -> tuple[Purpose, dict[int, list[str]]]:
    purpose = draw(st.sampled_from(PURPOSES))
    chosen = draw(st.lists(st.sampled_from(places(purpose)), min_size=1, max_size=4, unique=True))
    return purpose, {place: draw(answers) for place in sorted(chosen)}


def squeezed(text: str) -> str:
    return " ".join(text.split()).removeprefix("- ")


def section(purpose: Purpose, place: int) -> str:
    """The heading that a line of our mail stands under, by the mail's own lay-out."""
    if place in (TOP, BOTTOM):
        return ""
    lines = mail(purpose).lines()
    foot = max(number for number, line in enumerate(lines) if not line.strip())
    if place > foot:
        return ""
    return next((key for line in reversed(lines[: place + 1]) if (key := heading_alone(line))), "")


@pytest.mark.slow
@pytest.mark.parametrize("client", CLIENTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reply=replies())
def test_the_answers_come_out(client: str, reply: tuple[Purpose, dict[int, list[str]]]) -> None:
    purpose, typed = reply
    ours = mail(purpose)
    read = new_lines(CLIENTS[client](Answered(ours.text, ours.html, typed)), ours.text)
    found = [
        (squeezed(line.text), line.heading)
        for line in read.own
        if line.text and line.rule != "private section"
    ]
    assert found == [
        (squeezed(row), section(purpose, place)) for place, rows in typed.items() for row in rows
    ]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_quote_alone_says_nothing(client: str, purpose: Purpose) -> None:
    ours = mail(purpose)
    assert new_lines(CLIENTS[client](ours), ours.text).text == ""


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("purpose", [Purpose.AGENDA_REQUEST, Purpose.NOTES_REQUEST])
def test_done_below_an_action_item_names_the_item(client: str, purpose: Purpose) -> None:
    ours = mail(purpose)
    place = next(number for number, line in enumerate(ours.lines()) if line.startswith("[ ] 4."))
    read = new_lines(CLIENTS[client](Answered(ours.text, ours.html, {place: ["done"]})), ours.text)
    assert [(line.text, line.near, line.heading) for line in read.own if line.text] == [
        ("done", ours.lines()[place], "action_items")
    ]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("behind", ["done", "still on it", "moved to next week, sorry"])
def test_words_behind_an_action_item_name_the_item(client: str, behind: str) -> None:
    ours = mail(Purpose.AGENDA_REQUEST)
    line = next(line for line in ours.lines() if line.startswith("[ ] 3."))
    shown = line.removeprefix("[ ] ")
    edited = Answered(
        ours.text.replace(line, f"{line} {behind}"), ours.html.replace(shown, f"{shown} {behind}")
    )
    read = new_lines(CLIENTS[client](edited), ours.text)
    own = [line for line in read.own if line.text]
    assert (
        " ".join(each.text for each in own) == behind
    )  # on two rows where the client wrapped them
    assert {each.near for each in own} == {line}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_box_ticked_in_the_quote_names_the_item(client: str) -> None:
    ours = mail(Purpose.AGENDA_REQUEST)
    line = next(line for line in ours.lines() if line.startswith("[ ] 5."))
    edited = Answered(
        ours.text.replace(line, line.replace("[ ]", "[x]")),
        ours.html.replace("[ ]</a> 5.", "[x]</a> 5."),
    )
    read = new_lines(CLIENTS[client](edited), ours.text)
    assert [(own.text, own.near, own.rule) for own in read.own if own.text] == [
        ("[x]", line, "ticked box")
    ]


def test_every_line_of_a_mail_keeps_its_rule() -> None:
    ours = mail(Purpose.AGENDA)
    for name, client in CLIENTS.items():
        read = new_lines(
            client(Answered(ours.text, ours.html, {TOP: ["Fine with me."]})), ours.text
        )
        assert all(line.rule for line in read.lines), name
        assert sum(bool(line.text) for line in read.lines) >= len(SentText(ours.text).lines), name
