"""Holds: every reply token that was ever sent reads today, and none can be made up."""

import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.errors import Bug
from mailbot.meeting.model import Purpose, Role
from mailbot.threads.token import NUMBERS, ReplyTarget, ReplyTokens, reply_address
from tests.kit.cases import case
from tests.kit.post import KEYS, PLACE, TOKEN, TOKENS, US

BASE32 = string.ascii_lowercase + "234567"

places = st.builds(
    ReplyTarget,
    series=st.text(BASE32, min_size=8, max_size=8),
    meeting=st.integers(0, 65_535),
    role=st.sampled_from(Role),
    purpose=st.sampled_from(Purpose),
    serial=st.integers(0, 65_535),
)


@case(19)
@given(places)
def test_a_token_is_short_lower_case_and_comes_back(place: ReplyTarget) -> None:
    token = TOKENS.make(place)
    local = reply_address(US, token).partition("@")[0]
    assert TOKENS.read(token) == TOKENS.read(token.upper()) == place
    assert len(local) <= 64
    assert local.lower() == local
    assert local.count("+") == 1


@case(3)
def test_one_wrong_character_is_no_token() -> None:
    changed = [
        TOKEN[:n] + each + TOKEN[n + 1 :]
        for n in range(len(TOKEN))
        for each in BASE32
        if each != TOKEN[n]
    ]
    assert len(changed) == 29 * 31
    assert [each for each in changed if TOKENS.read(each)] == []


@pytest.mark.parametrize(
    "word",
    ["", "a" * 29, "=" * 29, TOKEN + "a", TOKEN[:-1], "ſ" + TOKEN[1:], "ı" * 29, "\x00" * 29],
)
def test_other_words_are_no_token(word: str) -> None:
    assert TOKENS.read(word) is None


@case(44)
def test_a_rotated_key_still_reads_and_a_removed_one_does_not() -> None:
    after = ReplyTokens((b"the next key", *KEYS))
    assert after.read(TOKEN) == PLACE
    assert after.make(PLACE) != TOKEN
    assert after.read(after.make(PLACE)) == PLACE
    assert ReplyTokens((b"the next key",)).read(TOKEN) is None


@pytest.mark.parametrize(
    "place",
    [
        replace(PLACE, series="abc"),
        replace(PLACE, series="0bcdefgh"),
        replace(PLACE, meeting=65_536),
        replace(PLACE, serial=-1),
    ],
)
def test_a_place_that_does_not_fit_is_our_bug(place: ReplyTarget) -> None:
    with pytest.raises(Bug):
        TOKENS.make(place)


@pytest.mark.parametrize("keys", [(), (b"",)])
def test_no_key_is_our_bug(keys: tuple[bytes, ...]) -> None:
    with pytest.raises(Bug):
        ReplyTokens(keys)


def test_the_numbers_on_the_wire_stay() -> None:
    """They lie in every inbox: a number that changes re-reads every token there."""
    assert NUMBERS == {
        "agenda_request": 0,
        "first_agenda_request": 1,
        "first_manager": 2,
        "agenda": 3,
        "agenda_update": 4,
        "notes_request": 5,
        "summary": 6,
        "receipt": 7,
        "help": 8,
        "problem": 9,
        "slots": 10,
        "move_proposal": 11,
        "moved": 12,
        "intro": 13,
        "gap_warning": 14,
        "notice": 15,
        "confirm": 16,
    }


def test_every_purpose_has_a_number_of_its_own_that_fits() -> None:
    assert set(NUMBERS) == set(Purpose)
    assert len(set(NUMBERS.values())) == len(NUMBERS)
    assert max(NUMBERS.values()) < 128


def test_a_token_of_the_first_version_reads() -> None:
    confirm = replace(PLACE, role=Role.MANAGER, purpose=Purpose.CONFIRM)
    assert TOKENS.read("abcdefghaadqaaamonsf7x35zyjuw") == PLACE
    assert TOKENS.read("abcdefghaadzaaam3wgt5furq3szc") == confirm
