"""Holds: a private word hides the whole of what it stands beside, wherever in the line it stands
and in whatever language.
"""

from __future__ import annotations

import pytest

from mailbot.languages.load import each, lexicons
from mailbot.meeting.said import Item, Mark, Noted, Private, Promised, Said, Verb
from tests.kit.talk import AFTER, BEFORE, said

WITHIN = [
    "action: private: zqsecret",
    "action: private zqsecret",
    "AI: (private) zqsecret",
    "- [ ] private: zqsecret",
    "- [ ] raise (private): zqsecret",
    "[x] private: zqsecret",
    "budget; private: zqsecret",
    "budget, PRIVATE : zqsecret",
    "raise (private: zqsecret)",
    "raise (private) zqsecret",
    "raise zqsecret [Private]",
    "2 private: zqsecret",
    "2. private: zqsecret",
    "2.private: zqsecret",
    "done 2 private: zqsecret",
    "done 3, private: zqsecret",
    "Personal (private): zqsecret",
    "AI private: zqsecret",
    "note private: zqsecret",
    "note *private*: zqsecret",
    "note privte: zqsecret",
    "[Ana] private: zqsecret",
    "@ben private: zqsecret",
    "yes, private: zqsecret",
    "zqsecret, told me in private: he may leave",
    "これは非公開：zqsecret",
    "strictly private and confidential: zqsecret",
    "one line that goes on\nand on, private: zqsecret",
    "```\nkey = private: zqsecret\n```",
    "who | what, private: zqsecret",
]


def holders(text: str, *, after: bool = False, language: str = "en") -> list[Said]:
    """Whatever was said that holds the secret."""
    found = said(text, AFTER if after else BEFORE, language=language, asked=True)
    return [one for one in found if "zqsecret" in repr(one)]


def is_hidden(one: Said) -> bool:
    return isinstance(one, (Item, Noted, Promised)) and one.private


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("text", WITHIN)
def test_a_private_word_before_a_colon_or_in_brackets_hides_the_whole_block(
    text: str, *, after: bool
) -> None:
    found = holders(text, after=after)
    assert found
    assert all(map(is_hidden, found))


def test_the_word_is_taken_off_in_front_and_the_text_stays_whole_elsewhere() -> None:
    assert said("action: private: ask for a raise", AFTER) == (
        Promised("ask for a raise", private=True),
    )
    assert said("action: private: ask for a raise") == (
        Item("action: ask for a raise", private=True),
    )
    assert said("budget; private: my raise") == (Item("budget; private: my raise", private=True),)


@pytest.mark.parametrize(
    "word",
    sorted(
        {
            word
            for own in lexicons().values()
            for words in (own.typed.private, own.typed.verbs.get("private", ""))
            for word in each(words)
        }
    ),
)
def test_every_private_word_counts_for_every_reader(word: str) -> None:
    for language in ("en", "de", "fr", "es", "pt", "it", "nl", "vi", "sv"):
        assert said(f"{word}: my raise", language=language) == (Item("my raise", private=True),)
        assert all(map(is_hidden, holders(f"budget ({word}: zqsecret)", language=language)))


@pytest.mark.parametrize(
    "text",
    [
        "In particular: the budget",
        "En particular: the budget",
        "Privacy review: the budget",
        "The private beta starts on Monday",
        "Numbers (see the wiki): the budget",
        "At 10:30: the budget",
    ],
)
def test_a_line_without_a_private_word_of_its_own_is_shared(text: str) -> None:
    assert said(text) == (Item(text),)


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("private:\n- private: my salary\n- my boss\n\nshared: the rota", ["the rota"]),
        ("private:\n- my salary (private)\n- my boss\n\nshared: the rota", ["the rota"]),
        ("private:\n- my salary; private: all of it\n- my boss\n\nshared: the rota", ["the rota"]),
        ("Personal (private):\n- my salary\n- my boss\n\nshared: the rota", ["the rota"]),
        ("Personal (private):\n\n- my salary\n\nshared: the rota", ["the rota"]),
        ("- raise (private)\n  - my salary\n- the rota", ["the rota"]),
        ("note private:\n\nmy salary\n\nshared: the rota", ["the rota"]),
        ("riêng tư:\nmy salary\n\nshared: the rota", ["the rota"]),
    ],
)
def test_what_belongs_to_a_private_block_is_private_too(text: str, shared: list[str]) -> None:
    assert [one.text for one in said(text) if isinstance(one, Item) and not one.private] == shared


def test_two_private_alone_is_still_the_command() -> None:
    assert said("2 private") == said("2 private.") == (Private(2),)
    assert said("2 private:\nmy salary\n\nshared: the rota") == (
        Private(2),
        Item("my salary", private=True),
        Item("the rota"),
    )
    assert said("done 3\nnext: private: my salary") == (
        Mark(Verb.DONE, (3,)),
        Item("next: private: my salary", private=True),
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "a: " * 300_000,
        "(a) " * 200_000,
        "private:\n" * 10_000,
        "- private: x\n" * 10_000,
        ("(" * 40 + ":") * 10_000,
    ],
    ids=["colons", "brackets", "alone", "bullets", "open"],
)
def test_hostile_lines_cost_what_they_weigh(text: str) -> None:
    assert isinstance(said(text), tuple)


def test_a_private_word_among_very_many_colons_hides_too() -> None:
    assert all(map(is_hidden, holders("a: " * 500 + "private: zqsecret")))
    assert holders("a: " * 500 + "private: zqsecret")


@pytest.mark.parametrize(
    "text",
    [
        "No. Private zqsecret stuff",
        "Yes. Private zqsecret",
        "Yes, confidential zqsecret",
        "No, privately zqsecret",
        "yes, *private* zqsecret",
        "no\n\nprivate: zqsecret",
        "No, private: zqsecret",
    ],
)
def test_what_follows_a_yes_or_no_can_be_private(text: str) -> None:
    found = holders(text, after=True)
    assert found
    assert all(is_hidden(one) for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "#private zqsecret",
        "/private zqsecret",
        "<private> zqsecret",
        "{private} zqsecret",
        "|private| zqsecret",
    ],
)
def test_marks_in_front_of_the_word_hide_too(text: str) -> None:
    assert all(is_hidden(one) for one in holders(text))


@pytest.mark.parametrize(
    "below",
    [
        "\n\nzqsecret",
        "\n\n\n\nzqsecret",
        "\n\n- a\n\n- zqsecret",
        "\nCareer: zqsecret",
        "\ndone 1\nzqsecret",
        "\nskip\nzqsecret",
        "\n# career\nzqsecret",
        "\n---\nzqsecret",
        "\n```\nzqsecret\n```",
        "\ntodo: zqsecret",
    ],
)
def test_what_stands_below_a_private_word_stays_with_its_author(below: str) -> None:
    found = holders(f"private: my salary{below}")
    assert found
    assert all(map(is_hidden, found))


def test_a_heading_of_our_mail_and_a_word_for_shared_end_what_is_private() -> None:
    open_again = [Item("the rota")]
    assert [
        one for one in said("private: my salary\n\nshared: the rota") if not is_hidden(one)
    ] == open_again
    assert not any(is_hidden(one) for one in said("private: my salary\n> # career\nthe rota")[1:])
