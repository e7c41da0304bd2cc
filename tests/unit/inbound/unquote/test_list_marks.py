"""Holds: list marks, boxes and rulers are told apart from words the same everywhere."""

import pytest

from mailbot.inbound.understand.blocks import unmarked
from mailbot.inbound.unquote.list_marks import is_bulleted, is_entry, is_ruler


@pytest.mark.parametrize(
    "text", ["- a", "* a", "+ a", "• a", "– a", "— a", "  ◦ a", "o  a", "o\ta"]
)
def test_a_bullet_is_one_for_everybody(text: str) -> None:
    assert is_bulleted(text)
    assert is_entry(text)
    assert unmarked(text)[1] == "a"


@pytest.mark.parametrize("text", ["1. a", "2) a", "(3) a", "100. a"])
def test_a_number_is_an_entry_and_no_bullet(text: str) -> None:
    assert is_entry(text)
    assert not is_bulleted(text)
    assert unmarked(text)[1] == "a"


@pytest.mark.parametrize("text", ["[ ] a", "[x] a", "[] a"])
def test_a_box_is_an_entry(text: str) -> None:
    assert is_entry(text)


@pytest.mark.parametrize(
    "text", ["o orçamento", "(713) 555-0100", "-5 degrees", "+44 20 7946", "a"]
)
def test_words_and_numbers_are_no_entry(text: str) -> None:
    assert not is_entry(text)
    assert not is_bulleted(text)
    assert unmarked(text) == ("", text, False)


@pytest.mark.parametrize(
    ("text", "ruled"),
    [
        ("---", True),
        ("  ____  ", True),
        ("━━━━", True),
        ("-", False),
        ("-- Ana", False),
        ("", False),
    ],
)
def test_a_ruler_is_nothing_but_strokes(text: str, *, ruled: bool) -> None:
    assert is_ruler(text) is ruled
