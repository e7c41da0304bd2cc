"""Holds: a broken template stops the start with file and line, never a mail, and the questions do
not come back too soon.
"""

from dataclasses import replace

import pytest

from mailbot.errors import OperatorError
from mailbot.meeting.model import Purpose, Theme
from mailbot.outbound import samples
from mailbot.outbound.compose import Composer
from mailbot.outbound.prompts import read_prompts
from tests.kit.letters import ADDRESS, SOURCES, TOKENS, composed

PROMPTS = read_prompts("en/prompts.txt", SOURCES["en/prompts.txt"])


# ---- prompts ----


@pytest.mark.parametrize("theme", [*Theme])
def test_no_question_comes_back_within_six_meetings(theme: Theme) -> None:
    assert all(len({PROMPTS.of(theme, n + k) for k in range(7)}) == 7 for n in range(14))


def test_first_questions_are_two_sets_of_four_for_the_report_and_three_for_the_manager() -> None:
    assert [sum(map(len, each.values())) for each in PROMPTS.first] == [4, 4, 3]


def test_questions_are_questions_and_stay_short() -> None:
    for question in (q for questions in PROMPTS.themes.values() for q in questions):
        assert question.endswith("?")
        assert len(question.split()) <= 18


# ---- a broken template stops the start and says where ----


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "broken", "message"),
    [
        (
            "en/agenda.txt",
            "Subject: x\n\n{% if m.me %}\nnever closed\n",
            r"templates/en/agenda\.txt, line 4",
        ),
        (
            "en/agenda.html",
            "<p>\n{{ m.nmae }}\n</p>",
            r"templates/en/agenda\.html, line 2: there is no m\.nmae",
        ),
        (
            "en/agenda.html",
            "<p>\n\n{{ nmae }}\n</p>",
            r"templates/en/agenda\.html, line 3: there is no nmae",
        ),
        (
            "en/agenda.html",
            "<p>\n{% if false %}{{ m.agenda.nots }}{% endif %}\n</p>",
            r"templates/en/agenda\.html, line 2: there is no m\.agenda\.nots",
        ),
        ("en/agenda.txt", "no subject\n", r"templates/en/agenda\.txt, line 1: the first line"),
        (
            "en/agenda.txt",
            "Subject: x\n\n{{ m.agenda.actions[0].txet }}\n",
            r"templates/en/agenda\.txt, line 3",
        ),
        (
            "en/agenda.txt",
            'Subject: x\n\n{{ m.say("nothing like it") }}\n',
            r"phrases\.txt has no macro nothing like it",
        ),
        (
            "en/agenda.txt",
            'Subject: x\n\n{% import "en/prats.txt" as p %}{{ p }}\n',
            r"templates/en/agenda\.txt, line 3",
        ),
        (
            "en/agenda.txt",
            "Subject: x\n\n{{ m.me.__class__.__mro__ }}\n",
            r"templates/en/agenda\.txt, line 3",
        ),
        (
            "en/prompts.txt",
            "[career]\nOnly one?\n",
            r"templates/en/prompts\.txt: \[big_picture\] needs at least 7",
        ),
        ("en/prompts.txt", "No theme?\n", r"templates/en/prompts\.txt, line 1"),
        ("en/phrases.txt", "{% macro late( %}", r"templates/en/phrases\.txt, line 1"),
    ],
)
def test_a_broken_template_names_its_file_and_line(file: str, broken: str, message: str) -> None:
    with pytest.raises(OperatorError, match=message):
        Composer(SOURCES | {file: broken}, ADDRESS, TOKENS)


WAYS_OUT = [
    "{{ ''.__class__.__mro__ }}", "{{ m['__class__'] }}", "{{ m|attr('__class__') }}", "{{ m.say.__globals__ }}",
    "{{ m.say.__call__.__globals__ }}", "{% set say = m.say %}{{ say.__func__.__code__ }}", "{{ '{0.__class__}'.format(m) }}",
    "{{ '{m.__class__}'.format_map({'m': m}) }}", "{% for name in m.__dict__ %}{{ name }}{% endfor %}",
    "{{ cycler.__init__.__globals__ }}", "{{ lipsum.__globals__ }}", "{{ self.__init__ }}", "{{ caller.__globals__ }}",
    "{{ namespace(a=m) }}", "{{ joiner }}", "{{ dict.mro() }}", "{{ range(10**9)|list }}", "{{ config }}",
    "{% include '/etc/passwd' %}", "{% import '../../etc/passwd' as p %}{{ p }}", "{% extends '/etc/passwd' %}",
    "{{ [].append(1) }}", "{{ {}.update(a=1) }}",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_template_has_its_letter_and_nothing_else(way: str) -> None:
    with pytest.raises(OperatorError, match=r"templates/en/agenda\.txt, line 3: "):
        Composer(SOURCES | {"en/agenda.txt": f"Subject: x\n\n{way}\n"}, ADDRESS, TOKENS)


@pytest.mark.parametrize(
    "filtered",
    [
        "(m,)|map(attribute='__class__')|list",
        "(m,)|map('attr', 'link')|map(attribute='__len__')|list",
    ],
)
def test_what_a_filter_cannot_reach_is_undefined(filtered: str) -> None:
    composer = Composer(
        SOURCES | {"en/agenda.txt": f"Subject: x\n\n{{{{ {filtered} }}}}\n"}, ADDRESS, TOKENS
    )
    assert (
        "[Undefined]"
        in composer.compose(samples.SERIES, samples.example(Purpose.AGENDA), samples.AT).text
    )


def test_a_missing_template_is_named() -> None:
    with pytest.raises(OperatorError, match=r"templates/en lacks agenda\.html"):
        Composer(
            {name: source for name, source in SOURCES.items() if name != "en/agenda.html"},
            ADDRESS,
            TOKENS,
        )


def test_a_language_whose_days_have_no_names_is_refused() -> None:
    klingon = {name.replace("en/", "tlh/"): source for name, source in SOURCES.items()}
    with pytest.raises(
        OperatorError, match=r"templates/tlh: days and headings have names in en alone"
    ):
        Composer(SOURCES | klingon, ADDRESS, TOKENS)


def test_a_language_without_templates_is_answered_in_english() -> None:
    assert (
        "Hi Ana,"
        in composed(
            replace(samples.example(Purpose.AGENDA), reader=replace(samples.ANA, language="xx"))
        ).text
    )
