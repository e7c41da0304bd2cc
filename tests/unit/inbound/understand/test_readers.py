"""Holds: what a person can say, what the readers read and what the languages spell are one list."""

from typing import get_args

from mailbot.inbound.understand.commands import SINGLES
from mailbot.inbound.understand.grammar import KEPT, READERS
from mailbot.languages.load import lexicon
from mailbot.meeting.said import Problem, Said, Verb


def test_everything_that_can_be_said_is_read_by_somebody() -> None:
    read = {kind for reader in READERS for kind in reader.says}
    assert read | {*KEPT, Problem} == {*get_args(Said)}


def test_everything_is_read_by_one_reader() -> None:
    said = [kind for reader in READERS for kind in reader.says]
    verbs = [verb for reader in READERS for verb in reader.verbs]
    assert len(said) == len({*said})
    assert len(verbs) == len({*verbs})


def test_every_verb_that_a_language_spells_is_obeyed() -> None:
    assert {verb for reader in READERS for verb in reader.verbs} == {*lexicon("en").typed.verbs}
    assert {*SINGLES, *Verb} <= lexicon("en").typed.verbs.keys()
