"""Holds: every spelling of every language does what it stands for, with English beside it."""

from __future__ import annotations

from datetime import date

import pytest

from mailbot.inbound.understand.dates.phrase import Frame, due
from mailbot.languages.fold import fold
from mailbot.languages.load import each, lexicon, lexicons
from mailbot.languages.vocabulary import vocabulary
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
    Verb,
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
READ = [code for code, own in lexicons().items() if own.typed.verbs]
FULL = ["en", "de", "fr", "es", "pt", "it", "nl"]


def spelt(table: str, key: str) -> list[tuple[str, str]]:
    return [
        (language, word)
        for language, own in lexicons().items()
        for word in each(getattr(own.typed, table).get(key, ""))
    ]


@pytest.mark.parametrize("language", FULL)
def test_every_language_says_everything(language: str) -> None:
    own, english = lexicon(language), lexicon("en")
    assert set(own.headings) == set(english.headings)
    assert set(own.typed.verbs) >= set(english.typed.verbs)
    assert set(own.typed.cadence) >= {"every", "weekly", "biweekly", "monthly"}
    assert {"today", "tomorrow", "next", "this", "in", "end", "by", "on", "same time"} <= set(
        own.dates.words
    )
    assert all(
        getattr(own.typed, field)
        for field in ("yes", "no", "until", "private", "promise", "will", "near_done", "near_drop")
    )


@pytest.mark.parametrize("verb", ["done", "drop", "reopen"])
def test_every_spelling_marks_an_action_item(verb: str) -> None:
    wrong = [
        (language, word)
        for language, word in spelt("verbs", verb)
        if said(f"{word} 3", language=language) != (Mark(Verb(verb), (3,)),)
    ]
    assert wrong == []


@pytest.mark.parametrize("verb", SINGLE)
def test_every_spelling_of_a_single_command_is_obeyed(verb: str) -> None:
    wrong = [
        (language, word)
        for language, word in spelt("verbs", verb)
        if said(word, language=language) != (SINGLE[verb],)
    ]
    assert wrong == []


@pytest.mark.parametrize(("key", "weeks"), [("weekly", 1), ("biweekly", 2), ("monthly", 4)])
def test_every_rhythm_is_read(key: str, weeks: int) -> None:
    wrong = [
        (language, word)
        for language, word in spelt("cadence", key)
        if said(word, language=language) != (Recur(weeks),)
    ]
    assert wrong == []


def test_what_comes_later_is_never_an_item() -> None:
    wrong = [
        (language, word)
        for language, word in spelt("verbs", "later")
        if not isinstance(said(word, language=language)[0], Problem)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", READ)
def test_every_weekday_and_month_is_read(language: str) -> None:
    frame, own = Frame(BEFORE.now, language=language), lexicon(language).dates
    for number, words in enumerate(own.weekdays):
        for word in each(words):
            found = due(word, frame)
            assert found is not None, word
            assert found.weekday() == number, word
    for number, words in enumerate(own.months, 1):
        for word in each(words):
            assert due(f"20 {word} 2027", frame) == date(2027, number, 20), word


@pytest.mark.parametrize("language", lexicons())
@pytest.mark.parametrize(("field", "yes"), [("yes", True), ("no", False)])
def test_every_yes_and_no_is_an_answer(language: str, field: str, *, yes: bool) -> None:
    words = each(getattr(lexicon(language).typed, field))
    wrong = [
        word for word in words if said(word, language=language, asked=True) != (Consent(yes=yes),)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", lexicons())
@pytest.mark.parametrize("verb", ["done", "drop"])
def test_every_word_for_done_is_read_next_to_an_item(language: str, verb: str) -> None:
    words = each(getattr(lexicon(language).typed, f"near_{verb}"))
    wrong = [
        word
        for word in words
        if said(f"> 3. Send the numbers\n{word}", language=language) != (Mark(Verb(verb), (3,)),)
    ]
    assert wrong == []


def test_a_language_may_carry_its_country_and_an_unknown_one_is_english() -> None:
    assert vocabulary("de-AT") == vocabulary("de")
    assert vocabulary("nb") == vocabulary("no")
    assert vocabulary("xx") == vocabulary("en")


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
