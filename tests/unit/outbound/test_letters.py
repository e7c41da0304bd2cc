"""Holds: every mail says what happened in plain words, the same in text and HTML, and never more
than its reader may know.
"""

import inspect
import os
import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from mailbot.errors import Bug
from mailbot.languages.headings import printed
from mailbot.meeting.model import (
    SCHEDULED,
    ActionItem,
    AgendaItem,
    Cadence,
    Note,
    Person,
    Purpose,
    Role,
    Series,
    Theme,
)
from mailbot.meeting.said import MAILS, Problem, Reason
from mailbot.meeting.sends import Fact, LineKind, ReceiptLine, Send, TimeChange
from mailbot.outbound import samples
from mailbot.outbound.prompts import read_prompts
from mailbot.outbound.sandbox import ACCENT
from tests.kit.letters import (
    COMPOSER,
    SOURCES,
    Page,
    changed,
    composed,
    html,
    part,
    read,
    text_lines,
)

GOLDEN = Path(__file__).parents[2] / "golden"
EACH = [*Purpose]
FULL_AND_LEAST = [
    pytest.param(make(p), id=f"{p} {make.__name__}")
    for p in Purpose
    for make in (samples.example, samples.bare)
]
PROMPTS = read_prompts("en/prompts.txt", SOURCES["en/prompts.txt"])
REQUESTS = [Purpose.AGENDA_REQUEST, Purpose.FIRST_AGENDA_REQUEST, Purpose.FIRST_MANAGER]


def text(purpose: Purpose, **changes: object) -> str:
    return composed(changed(samples.example(purpose), **changes)).text


# ---- golden files: `REFRESH_GOLDEN=1 pytest tests/unit/outbound/test_letters.py` writes them anew ----


@pytest.mark.parametrize("purpose", EACH)
def test_it_reads_as_it_was_approved(purpose: Purpose) -> None:
    full, least = composed(samples.example(purpose)), composed(samples.bare(purpose))
    shown = f"Subject: {read(full)['Subject']}\n\n{full.text}\n{'=' * 20} the least it can say\n\n{least.text}"
    file = GOLDEN / f"{purpose}.txt"
    if os.environ.get("REFRESH_GOLDEN"):
        file.write_text(shown, "utf8")
    assert shown == file.read_text("utf8"), (
        "if it is meant: REFRESH_GOLDEN=1 pytest tests/unit/outbound/test_letters.py"
    )


def test_every_golden_file_belongs_to_a_purpose() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(Purpose)


# ---- text and HTML ----


@pytest.mark.parametrize("send", FULL_AND_LEAST)
def test_every_line_of_the_text_is_a_block_of_the_html(send: Send) -> None:
    finished = composed(send)
    assert Page(html(finished)).lines == text_lines(finished.text)
    assert part(finished, "plain") == finished.text


@pytest.mark.parametrize("send", FULL_AND_LEAST)
def test_the_html_fetches_nothing_and_runs_nothing(send: Send) -> None:
    source = html(composed(send))
    page = Page(source)
    assert {tag for tag, _ in page.tags} <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "p",
        "h3",
        "ul",
        "li",
        "br",
        "a",
        "strong",
        "span",
    }
    assert not re.search(r"https?:|url\(|@import|src=|<script|onload", source)
    assert all(link.startswith("mailto:mailbot+") for link in page.links)


@pytest.mark.parametrize("send", FULL_AND_LEAST)
def test_a_tap_writes_the_answer_to_this_very_mail(send: Send) -> None:
    finished = composed(send)
    token = finished.id.partition("@")[0]
    for link in Page(html(finished)).links:
        assert re.fullmatch(
            rf"mailto:mailbot\+{token}@corp\.example\?subject=Re%3A%201%3A1%20[A-Za-z0-9%]+&body=[A-Za-z0-9%@.-]*",
            link,
        ), link


def bodies(purpose: Purpose) -> list[str]:
    return [
        link.rpartition("&body=")[2]
        for link in Page(html(composed(samples.example(purpose)))).links
    ]


@pytest.mark.parametrize(
    ("purpose", "answers"),
    [
        (Purpose.AGENDA_REQUEST, {"done%203", "done%204", "done%205", "skip", "help", ""}),
        (Purpose.NOTES_REQUEST, {"done%203", "no", ""}),
        (Purpose.MOVE_PROPOSAL, {"yes", "no", "skip", "move%20to%20Thu%2015%3A00"}),
        (Purpose.SLOTS, {"1", "2", "3"}),
        (Purpose.GAP_WARNING, {"1", "2", "3"}),
        (Purpose.RECEIPT, {"undo", "1%20private"}),
        (Purpose.PROBLEM, {"done%203", "help"}),
    ],
)  # fmt: skip
def test_what_can_be_tapped(purpose: Purpose, answers: set[str]) -> None:
    assert answers <= set(bodies(purpose))


def test_held_words_are_confirmed_by_an_answer_and_never_by_a_link() -> None:
    finished = composed(samples.example(Purpose.CONFIRM))
    assert Page(html(finished)).links == []
    assert "ana@home.example" in finished.text
    assert "- (a private line; I show it once I know that it is yours)" in finished.text
    assert "the raise" not in finished.text + html(finished)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]  # WCAG 2.2
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_accent_is_readable_on_white_and_on_black() -> None:
    assert 1.05 / (luminance(ACCENT) + 0.05) >= 4.5
    assert (luminance(ACCENT) + 0.05) / 0.05 >= 4.5


def test_words_of_people_are_no_html() -> None:
    item = AgendaItem(1, '<img src=x onerror=alert(1)> & "quotes"', Role.REPORT, Theme.CAREER)
    ana = replace(samples.ANA, name="<b>Ana</b>")
    finished = composed(changed(samples.example(Purpose.AGENDA), items=(item,), reader=ana))
    page = Page(html(finished))
    assert not {"img", "b"} & {tag for tag, _ in page.tags}
    assert '<img src=x onerror=alert(1)> & "quotes" (<b>Ana</b>)' in page.lines
    assert page.lines == text_lines(finished.text)


def test_names_with_quotes_are_no_commands() -> None:
    ben = replace(samples.BEN, name='"undo"')
    links = Page(html(composed(replace(samples.example(Purpose.AGENDA_REQUEST), other=ben)))).links
    assert not [link for link in links if link.endswith("undo")]


def test_an_item_of_several_lines_stays_whole() -> None:
    code = AgendaItem(
        1, "What does this do?\nif x:\n    return y", Role.REPORT, Theme.CAREER, level=1
    )
    finished = composed(changed(samples.example(Purpose.AGENDA), items=(code,)))
    assert "  - What does this do?\n    if x:\n        return y (Ana)\n" in finished.text
    assert Page(html(finished)).lines == text_lines(finished.text)


# ---- form and tone ----


def prose(finished_text: str) -> list[str]:
    """Words outside lists, headings and questions."""
    skip = {*printed("en").values()} | {
        "Only you can see this",
        "Since last time",
    }
    asked = {
        q.replace("{other}", n)
        for sets in (PROMPTS.themes, *PROMPTS.first)
        for qs in sets.values()
        for q in qs
        for n in ("Ana", "Ben")
    }
    lines = [line for line in finished_text.split("\n") if line not in skip | asked]
    kept = [line for line in lines if not re.match(r" *- |\[.\] |    |\d\. ", line)]
    return re.sub(r"\(ref \w+\)", "", " ".join(kept)).split()


@pytest.mark.parametrize("send", FULL_AND_LEAST)
def test_it_is_short(send: Send) -> None:
    words = prose(composed(send).text)
    assert (50 if send.purpose in SCHEDULED else 25) <= len(words) <= 125, len(words)


@pytest.mark.parametrize("send", FULL_AND_LEAST)
def test_the_last_line_says_who_can_read_it_and_the_one_before_how_to_answer(send: Send) -> None:
    finished = composed(send)
    *_, answer, readers = finished.text.rstrip("\n").split("\n")
    assert readers.startswith("Who can read this: you ")
    assert readers.endswith(f"(ref {finished.id.partition('@')[0]})")
    assert "eply" in answer
    assert ("At most four mails per meeting." in readers) == (
        send.purpose in SCHEDULED - {Purpose.AGENDA_UPDATE, Purpose.GAP_WARNING}
        or send.purpose is Purpose.INTRO
    )


@pytest.mark.parametrize("purpose", EACH)
def test_the_subject_has_three_to_six_words_and_nothing_private(purpose: Purpose) -> None:
    subject = read(composed(samples.example(purpose)))["Subject"].removeprefix("Re: ")
    assert re.fullmatch(r"1:1 Ana / Ben(, Thu (12|26) Mar)?", subject)


@pytest.mark.parametrize("purpose", [*REQUESTS, Purpose.NOTES_REQUEST])
def test_headings_stand_alone_in_the_spelling_that_is_read_back(purpose: Purpose) -> None:
    lines = text(purpose).split("\n")
    keys = [*Theme] if purpose in REQUESTS else ["notes", "i_will", "they_will", "action_items"]
    for key in keys:
        assert printed("en")[key] in lines


def test_there_is_room_to_type_under_every_heading_of_a_request() -> None:
    least = composed(samples.bare(Purpose.AGENDA_REQUEST)).text
    for theme in Theme:
        assert f"\n\n{printed('en')[theme]}\n\n\n" in least


def test_headings_come_in_the_order_they_are_asked_for_and_with_their_questions() -> None:
    shown = text(Purpose.AGENDA_REQUEST, items=(), own_items=(), actions=())
    order = [printed("en")[theme] for theme, _ in samples.THEMES]
    assert [line for line in shown.split("\n") if line in order] == order
    assert sum(line.endswith("?") and "Ana" not in line for line in shown.split("\n")) == 3


def test_times_stand_in_the_zone_of_the_reader_and_the_others_in_brackets() -> None:
    for_ana, for_ben = (
        text(Purpose.AGENDA),
        composed(samples.example(Purpose.AGENDA, Role.MANAGER)).text,
    )
    assert "Thu 12 March, 15:00-15:30 (11:00 in New York)" in for_ana
    assert "Thu 12 March, 11:00-11:30 (15:00 in Lisbon)" in for_ben
    assert "15:00-15:30." in text(Purpose.AGENDA, other=replace(samples.BEN, zone="Europe/London"))
    late = replace(samples.BEN, zone="Asia/Tokyo")
    assert "(Fri 00:00 in Tokyo)" in text(Purpose.AGENDA, other=late)


def test_a_day_far_away_has_a_year() -> None:
    assert "until Mon 13 Apr." in text(Purpose.NOTICE)
    assert "until Mon 18 Jan 2027." in text(Purpose.NOTICE, until=date(2027, 1, 18))
    assert "are paused." in text(Purpose.NOTICE, until=None)


def test_action_items_carry_owner_date_and_remarks() -> None:
    shown = text(Purpose.AGENDA)
    assert "[ ] 3. Send the numbers for the second quarter (Ben, by Fri 13 Mar)\n" in shown
    assert (
        "[ ] 5. Ask Kim about the conference budget (Ben)\n    Ben, Wed 4 Mar: she is back on Monday\n"
        in shown
    )
    assert (
        "- Is the rewrite still worth it? (Ana, carried from 5 Mar)\n  - what we would lose by stopping (Ana)\n"
        in shown
    )


def test_the_reports_items_stand_before_the_managers() -> None:
    items = (
        AgendaItem(1, "mine", Role.REPORT, Theme.CAREER),
        AgendaItem(2, "yours", Role.MANAGER, Theme.CAREER),
    )
    assert "Career\n- mine (Ana)\n- yours (Ben)\n" in text(Purpose.AGENDA, items=items)


def test_people_with_the_same_first_name_are_told_apart() -> None:
    mail = replace(samples.example(Purpose.AGENDA), other=replace(samples.BEN, name="Ana Costa"))
    assert read(composed(mail))["Subject"] == "1:1 Ana Silva / Ana Costa, Thu 12 Mar"
    assert "(Ana Costa, by Fri 13 Mar)" in composed(mail).text


def shared(finished_text: str) -> str:
    return (
        finished_text.partition("Notes\n")[2]
        .partition("Only you can see this")[0]
        .partition("Something wrong")[0]
    )


def test_the_shared_part_of_the_summary_is_the_same_for_both() -> None:
    here = replace(samples.BEN, zone="Europe/London")
    for_ana = text(Purpose.SUMMARY, other=here)
    for_ben = text(
        Purpose.SUMMARY,
        to=Role.MANAGER,
        reader=here,
        other=samples.ANA,
        own_items=(),
        own_notes=(),
    )
    assert shared(for_ana) == shared(for_ben) != ""
    assert "- private: Ben seemed tired\n" in for_ana
    assert "tired" not in for_ben


def test_a_receipt_numbers_its_lines_and_says_who_sees_them() -> None:
    shown = text(Purpose.RECEIPT)
    assert "1. [shared] Career: I would like to lead the next project\n" in shown
    assert "2. [only you] Career: do not forget to ask about the raise\n" in shown
    assert 'Just reply "undo"' in shown
    assert "- plan.pdf\n" in shown


@pytest.mark.parametrize(
    "purpose",
    [Purpose.RECEIPT, Purpose.PROBLEM, Purpose.SLOTS, Purpose.MOVED, Purpose.NOTICE, Purpose.HELP],
)
def test_an_answer_about_something_bigger_says_the_rest_too(purpose: Purpose) -> None:
    shown = text(purpose, lines=samples.LINES[:1], left=("plan.pdf",))
    assert "1. [shared] Career: I would like to lead the next project\n" in shown
    assert "- plan.pdf\n" in shown


@pytest.mark.parametrize(
    "purpose", [Purpose.PROBLEM, Purpose.SLOTS, Purpose.MOVED, Purpose.NOTICE, Purpose.HELP]
)
def test_what_was_not_understood_is_shown_word_for_word_with_the_guess(purpose: Purpose) -> None:
    shown = text(purpose, problems=(Problem("don 3", "done 3"),))
    assert '- don 3\n  Did you mean "done 3"?\n' in shown


def test_a_move_and_a_question_of_the_same_mail_are_told_apart() -> None:
    asked = TimeChange(cadence=samples.CADENCE)
    shown = text(Purpose.MOVED, facts=(Fact.ASKED,), asked=asked)
    assert "Your 1:1 with Ben has moved to Mon 16 March" in shown
    assert "I asked Ben: Tuesdays at 10:00, every 2 weeks, 45 minutes." in shown


def test_only_a_manager_is_told_how_to_start_a_series() -> None:
    assert "new 1:1 with" in text(Purpose.HELP)
    assert "new 1:1 with" not in text(
        Purpose.HELP, to=Role.REPORT, reader=samples.ANA, other=samples.BEN
    )


def test_the_second_meeting_asks_the_second_set_of_questions() -> None:
    shown = text(Purpose.AGENDA_REQUEST, facts=("second_prompts",))
    for questions in PROMPTS.first[1].values():
        assert all(question.replace("{other}", "Ben") in shown for question in questions)


# ---- what a mail may never do ----


def test_the_composer_sees_a_send_and_never_a_series() -> None:
    """The privacy rule is structural: what the reader may not see is not there to be shown."""
    parameters = inspect.signature(COMPOSER.compose, eval_str=True).parameters
    assert [(name, p.annotation) for name, p in parameters.items()] == [
        ("series", str),
        ("send", Send),
        ("at", datetime),
        ("in_reply_to", str),
    ]
    reachable = {word for each in fields(Send) for word in re.findall(r"\w+", str(each.type))}
    assert not reachable & {Series.__name__, "Meeting", "Stored", "LastMail"}


@pytest.mark.parametrize("purpose", EACH)
def test_every_purpose_can_be_empty_of_people_and_time(purpose: Purpose) -> None:
    """A series without a meeting, people with odd names: still a mail."""
    nobody = Person("x@corp.example", "")
    send = replace(
        samples.bare(purpose),
        start=None,
        meeting=0,
        reader=nobody,
        other=replace(nobody, address="y@corp.example"),
    )
    finished = composed(send)
    assert "x@corp.example" in finished.text
    assert "None" not in finished.text
    assert Page(html(finished)).lines == text_lines(finished.text)


# ---- every key that the conversation can use has its words ----


@pytest.mark.parametrize("kind", LineKind)
@pytest.mark.parametrize("theme", [None, Theme.CAREER])
@pytest.mark.parametrize("action", [None, samples.ACTIONS[2]])
def test_every_kind_of_receipt_line_keeps_the_words(
    kind: LineKind, theme: Theme | None, action: ActionItem | None
) -> None:
    line = ReceiptLine("Draft the hiring plan", kind, theme=theme, action=action)
    assert re.search(
        r"\n1\. \[shared\] .*Draft the hiring plan", text(Purpose.RECEIPT, lines=(line,))
    )


def test_every_fact_of_the_conversation_has_a_sentence() -> None:
    """And every sentence is a fact: the vocabulary is closed on both sides."""
    sentences = re.findall(r"macro fact_(\w+)\(m\)", SOURCES["en/phrases.txt"])
    assert sorted(sentences) == sorted(Fact)
    assert set(MAILS.values()) <= set(Fact)


def test_every_reason_has_a_sentence() -> None:
    """And every sentence is a reason."""
    sentences = re.findall(r"macro reason_(\w+)\(hint\)", SOURCES["en/phrases.txt"])
    assert sorted(sentences) == sorted(Reason)


@pytest.mark.parametrize("fact", Fact)
def test_every_fact_reads_in_text_and_html(fact: Fact) -> None:
    send = changed(
        samples.example(Purpose.NOTICE),
        facts=(fact,),
        asked=TimeChange(samples.SLOTS[0]),
        start=samples.START,
    )
    finished = composed(send)
    assert "{{" not in finished.text
    assert Page(html(finished)).lines == text_lines(finished.text)
    assert len(finished.text.split("\n\n")[1].split()) >= 5


def test_a_fact_without_words_is_a_bug() -> None:
    with pytest.raises(Bug, match="fact_unheard_of"):
        text(Purpose.NOTICE, facts=("unheard_of",))


def test_a_reason_without_words_is_simply_not_understood() -> None:
    assert 'Did you mean "done 3"?' in text(
        Purpose.PROBLEM,
        problems=(Problem("don 3", "done 3", "of tomorrow"),),  # type: ignore[arg-type]
    )


# ---- cadence ----


@pytest.mark.parametrize(
    ("cadence", "words"),
    [
        (Cadence(1, time(10), "Europe/Lisbon"), "Tuesdays at 10:00, every week, 30 minutes"),
        (
            Cadence(4, time(9, 30), "Europe/Lisbon", every_weeks=2, minutes=45),
            "Fridays at 09:30, every 2 weeks, 45 minutes",
        ),
        (
            Cadence(0, time(14), "Europe/Berlin"),
            "Mondays at 14:00 Berlin time, every week, 30 minutes",
        ),
    ],
)
def test_a_cadence_in_words(cadence: Cadence, words: str) -> None:
    assert f"{words}." in text(Purpose.MOVED, cadence=cadence)


# ---- the examples are what they promise ----


def test_the_example_meeting_lies_in_the_future_of_the_mail() -> None:
    assert timedelta(0) < samples.START - samples.AT < timedelta(days=3)
    assert samples.AT.tzinfo is UTC
    assert isinstance(samples.NOTES[0], Note)
