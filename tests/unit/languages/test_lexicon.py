"""Every spelling of every language does what it stands for, with English beside it."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.inbound.understand.dates.phrase import Frame, due
from mailbot.languages.headings import HEADINGS
from mailbot.languages.lexicon import LEXICONS, fold, spellings, tongue
from mailbot.meeting.model import Wanted
from mailbot.meeting.said import (
    Consent,
    Help,
    Mails,
    Mark,
    Pause,
    Problem,
    Recur,
    Resume,
    Said,
    Skip,
    Undo,
)
from tests.kit.talk import BEFORE, said

SINGLE: dict[str, Said] = {
    "skip": Skip(),
    "pause": Pause(),
    "resume": Resume(),
    "undo": Undo(),
    "help": Help(),
    "less": Mails(Wanted.LESS),
    "more": Mails(Wanted.ALL),
    "stop": Mails(Wanted.NONE),
}
FULL = [language for language in LEXICONS if language != "vi"]


def each(field: str, key: str) -> list[tuple[str, str]]:
    return [
        (language, word)
        for language, lexicon in LEXICONS.items()
        for word in spellings(getattr(lexicon, field).get(key, ""))
    ]


def test_every_language_of_the_headings_is_read() -> None:
    assert set(HEADINGS) <= set(LEXICONS)


@pytest.mark.parametrize("language", FULL)
def test_every_language_says_everything(language: str) -> None:
    lexicon, english = LEXICONS[language], LEXICONS["en"]
    assert set(lexicon.verbs) >= set(english.verbs)
    assert set(lexicon.cadence) >= {"every", "weekly", "biweekly", "monthly"}
    assert {"today", "tomorrow", "next", "this", "in", "end", "by", "on", "same time"} <= set(
        lexicon.dates
    )
    assert all(
        getattr(lexicon, field)
        for field in ("yes", "no", "until", "private", "promise", "will", "near_done", "near_drop")
    )


@pytest.mark.parametrize("verb", ["done", "drop", "reopen"])
def test_every_spelling_marks_an_action_item(verb: str) -> None:
    wrong = [
        (language, word)
        for language, word in each("verbs", verb)
        if said(f"{word} 3", language=language) != (Mark(verb, (3,)),)
    ]
    assert wrong == []


@pytest.mark.parametrize("verb", SINGLE)
def test_every_spelling_of_a_single_command_is_obeyed(verb: str) -> None:
    wrong = [
        (language, word)
        for language, word in each("verbs", verb)
        if said(word, language=language) != (SINGLE[verb],)
    ]
    assert wrong == []


@pytest.mark.parametrize(("key", "weeks"), [("weekly", 1), ("biweekly", 2), ("monthly", 4)])
def test_every_rhythm_is_read(key: str, weeks: int) -> None:
    wrong = [
        (language, word)
        for language, word in each("cadence", key)
        if said(word, language=language) != (Recur(weeks),)
    ]
    assert wrong == []


def test_what_comes_later_is_never_an_item() -> None:
    wrong = [
        (language, word)
        for language, word in each("verbs", "later")
        if not isinstance(said(word, language=language)[0], Problem)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LEXICONS)
def test_every_weekday_and_month_is_read(language: str) -> None:
    frame, lexicon = Frame(BEFORE.now, language=language), LEXICONS[language]
    for number, words in enumerate(lexicon.weekdays):
        for word in spellings(words):
            found = due(word, frame)
            assert found is not None, word
            assert found.weekday() == number, word
    for number, words in enumerate(lexicon.months, 1):
        for word in spellings(words):
            assert due(f"20 {word} 2027", frame) == date(2027, number, 20), word


@pytest.mark.parametrize("language", LEXICONS)
@pytest.mark.parametrize(("field", "yes"), [("yes", True), ("no", False)])
def test_every_yes_and_no_is_an_answer(language: str, field: str, *, yes: bool) -> None:
    words = list(spellings(getattr(LEXICONS[language], field)))
    wrong = [
        word for word in words if said(word, language=language, asked=True) != (Consent(yes=yes),)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LEXICONS)
@pytest.mark.parametrize("verb", ["done", "drop"])
def test_every_word_for_done_is_read_next_to_an_item(language: str, verb: str) -> None:
    words = spellings(getattr(LEXICONS[language], f"near_{verb}"))
    wrong = [
        word
        for word in words
        if said(f"> 3. Send the numbers\n{word}", language=language) != (Mark(verb, (3,)),)
    ]
    assert wrong == []


def test_a_language_may_carry_its_country_and_an_unknown_one_is_english() -> None:
    assert tongue("de-AT") == tongue("de")
    assert tongue("xx") == tongue("en")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Über", "uber"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("d’ici", "d'ici"),
        ("Đến", "den"),
        ("İş", "is"),
        ("ＡＢ", "ab"),
    ],
)
def test_case_accents_and_apostrophes_do_not_count(typed: str, folded: str) -> None:
    assert fold(typed) == folded
