"""Holds: the first words of an answer say whether the meeting happened, and prose that only begins
so is a note.
"""

from __future__ import annotations

import pytest

from mailbot.meeting.said import Consent, Item, Noted, Problem, Promised, Said
from tests.kit.talk import AFTER, BEFORE, said

NO, YES = Consent(yes=False), Consent(yes=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no\n\nI was ill", (NO, Noted("I was ill"))),
        ("no\nI was ill", (NO, Noted("I was ill"))),
        ("Hi Ben,\n\nNo, I was ill.\n\nBest,\nAna", (NO, Noted("I was ill."))),
        ("No, I was ill. Sorry!", (NO, Noted("I was ill. Sorry!"))),
        ("No. I was ill", (NO, Noted("I was ill"))),
        ("No - Ben was ill", (NO, Noted("Ben was ill"))),
        ("No (Ben was ill)", (NO, Noted("(Ben was ill)"))),
        ("No, we did not meet. Ben was ill", (NO, Noted("Ben was ill"))),
        ("It did not happen, Ben was ill", (NO, Noted("Ben was ill"))),
        ("It didn't happen because Ben was ill", (NO, Noted("because Ben was ill"))),
        ("No we did not meet this week because I was ill", (NO, Noted("because I was ill"))),
        ("We had to postpone", (NO,)),
        ("We had to postpone, Ben was ill", (NO, Noted("Ben was ill"))),
        ("didn't take place", (NO,)),
        ("It didn’t take place.\n\nBack on Monday.", (NO, Noted("Back on Monday."))),
        ("We did not meet this week", (NO,)),
        ("Not this time, sorry", (NO,)),
        ("No, action: find a new day", (NO, Promised("find a new day"))),
        ("No\n\n# notes\nBen was ill", (NO, Noted("Ben was ill"))),
        ("Yes, pay is decided", (YES, Noted("pay is decided"))),
        (
            "Talked about pay.\nno\nThe rest later.",
            (Noted("Talked about pay."), NO, Noted("The rest later.")),
        ),
    ],
)
def test_the_first_words_answer_whether_it_happened(text: str, expected: tuple[Said, ...]) -> None:
    assert said(text, AFTER, asked=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "No decision on pay",
        "No news from the vendor, we wait",
        "We did not meet the target",
        "We did not talk today about pay",
        "We didn't as a team decide",
        "Great, we agreed on pay",
        "As planned, the vendor moved their freeze",
        "Cancelled: the gym contract",
        "Pay is decided. No, the car is not",
        "- No, the car is not",
        "# notes\nNo, the car is not",
        "Yes and no",
    ],
)
def test_prose_that_begins_so_is_a_note(text: str) -> None:
    [note] = said(text, AFTER, asked=True)
    assert note == Noted(text.removeprefix("- ").removeprefix("# notes\n"))


def test_a_private_answer_is_private_whole() -> None:
    assert said("No, private: I was ill", AFTER, asked=True) == (
        Noted("No, private: I was ill", private=True),
    )


def test_elsewhere_a_no_that_goes_on_is_not_an_answer() -> None:
    assert said("No, I was ill", AFTER) == (Noted("No, I was ill"),)
    assert said("No, I was ill") == (Item("No, I was ill"),)
    assert said("No, I was ill", BEFORE, asked=True) == (Problem("No, I was ill", "no"),)


@pytest.mark.parametrize(
    ("language", "text", "rest"),
    [
        ("de", "Nein, Ben war krank", "Ben war krank"),
        ("de", "Hat nicht stattgefunden, weil Ben krank war", "weil Ben krank war"),
        ("de", "Es fiel aus, weil Ben krank war", "weil Ben krank war"),
        ("de", "Wir mussten verschieben. Ben war krank", "Ben war krank"),
        ("fr", "Non, j’étais malade", "j’étais malade"),
        ("fr", "On a dû reporter parce que Ben était malade", "parce que Ben était malade"),
        ("es", "No, estuve enferma", "estuve enferma"),
        ("es", "No tuvo lugar porque Ben estaba enfermo", "porque Ben estaba enfermo"),
        ("pt", "Não, estive doente", "estive doente"),
        ("pt", "Tivemos que adiar, o Ben estava doente", "o Ben estava doente"),
        ("it", "No, ero malata", "ero malata"),
        ("it", "Non ha avuto luogo perché Ben era malato", "perché Ben era malato"),
        ("nl", "Nee, ik was ziek", "ik was ziek"),
        ("nl", "Het ging niet door omdat Ben ziek was", "omdat Ben ziek was"),
        ("vi", "Không, em bị ốm", "em bị ốm"),
    ],
)
def test_a_no_is_read_in_every_language(language: str, text: str, rest: str) -> None:
    assert said(text, AFTER, asked=True, language=language) == (NO, Noted(rest))


@pytest.mark.parametrize(
    ("near", "text"),
    [
        ("team (Ana)", "team: next time"),
        ("- team (Ana)", "team: next time"),
        ("team (Ben Ito)", "team: next time"),
        ("team (Ana, carried from 4 Mar)", "team: next time"),
        ("the team (all of it) (Ana)", "the team (all of it): next time"),
        ("Big picture", "next time"),
        ("team (Dana)", "next time"),
        ("What is going well?", "next time"),
        ("(Ana)", "next time"),
    ],
)
def test_a_note_below_a_line_of_the_agenda_says_what_it_is_about(near: str, text: str) -> None:
    assert said(f"> {near}\nnext time", AFTER) == (Noted(text),)
    assert said(f"> {near}\nnext time") == (Item("next time"),)
    assert said(f"> {near}\nprivate: next time", AFTER) == (Noted(text, private=True),)
