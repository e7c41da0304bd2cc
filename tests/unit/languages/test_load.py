"""Holds: a language is one file, and a mistake in it is told with file and key."""

from __future__ import annotations

import ast
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from mailbot.errors import InputError
from mailbot.languages import everywhere
from mailbot.languages.fold import fold
from mailbot.languages.headings import read_heading, spellings
from mailbot.languages.load import Lexicon, each, lexicon, lexicons, parse

FOLDER = Path(__file__).parents[3] / "mailbot" / "languages"
FILES = sorted(FOLDER.glob("*.toml"))


def strings(own: Lexicon) -> dict[str, str]:
    """Where -> every string of words in the file."""
    found: dict[str, str] = {}

    def walk(where: str, value: object) -> None:
        if isinstance(value, str):
            found[where] = value
        elif isinstance(value, tuple):
            for number, one in enumerate(value):
                walk(f"{where}[{number}]", one)
        elif isinstance(value, dict):
            for key, one in value.items():
                walk(f"{where}.{key}", one)
        elif is_dataclass(value):
            for one in fields(value):
                walk(f"{where}.{one.name}", getattr(value, one.name))

    for one in fields(own):
        if one.name != "code":
            walk(one.name, getattr(own, one.name))
    return found


def test_every_file_is_a_language() -> None:
    assert set(lexicons()) == {path.stem for path in FILES}
    first, *_, last = lexicons()
    assert (first, last) == ("en", "und")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_words_of_a_file_stand_between_bars_and_once(path: Path) -> None:
    wrong = []
    for where, text in strings(lexicon(path.stem)).items():
        words = each(text)
        if len(words) != (text.count("|") + 1 if text else 0) or not all(words):
            wrong.append(f"{path.name}: {where} has a bar without a word on each side")
        if len(set(words)) < len(words):
            wrong.append(f"{path.name}: {where} says {max(words, key=words.count)} twice")
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[headings]\ncarreer = 'Karriär'", "languages/sv.toml: headings.carreer is no key"),
        ("[heading]\ncareer = 'Karriär'", "languages/sv.toml: [heading] is no section"),
        ("[polite]\nclosings = ['mvh']", "languages/sv.toml: polite.closings is no string"),
        ("[polite]\nclosing = 'mvh'", "languages/sv.toml: polite.closing is no key"),
        ("[typed.verbs]\ndun = 'klar'", "languages/sv.toml: typed.verbs.dun is no key"),
        ("[dates]\nweekdays = ['måndag']", "languages/sv.toml: dates.weekdays has 1 entries"),
        ("[dates]\nweekdays = 'måndag'", "languages/sv.toml: dates.weekdays is no list"),
        ("[dates]\nnumbers = [1]", "languages/sv.toml: dates.numbers is no string"),
        ("dates = 'måndag'", "languages/sv.toml: dates is no section"),
        ("headings = 'Karriär'", "languages/sv.toml: headings is no section"),
        ("[typed\nyes = 'ja'", "languages/sv.toml: "),
    ],
)
def test_a_mistake_is_told_with_its_file_and_key(text: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        parse("sv", text)
    assert str(raised.value).startswith(told)


def test_one_line_in_a_file_is_a_heading() -> None:
    own = parse("sv", "[headings]\ncareer = 'Karriär | Utveckling'")
    assert each(own.headings["career"]) == ("Karriär", "Utveckling")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Karriär", "career"),
        ("Övrigt:", "anything_else"),
        ("Agenda:", "anything_else"),
        ("Tagesordnung", "anything_else"),
        ("Ordre du jour :", "anything_else"),
        ("Dagsorden", "anything_else"),
    ],
)
def test_headings_of_all_languages_are_read(line: str, key: str) -> None:
    heading = read_heading(line)
    assert heading is not None
    assert (heading.key, heading.exact) == (key, True)


def test_no_heading_is_a_private_word() -> None:
    """A heading that stands alone would take the place of "private:", and show what is below."""
    assert everywhere.typed("typed", "private_unmarked") & spellings().keys() <= {"prive"}


def test_languages_that_share_a_heading_mean_the_same_by_it() -> None:
    keys: dict[str, set[str]] = {}
    for own in lexicons().values():
        for key, words in own.headings.items():
            for word in each(words):
                keys.setdefault(fold(word), set()).add(key)
    assert {word: found for word, found in keys.items() if len(found) > 1} == {}


def test_no_label_of_a_header_is_of_two_kinds() -> None:
    kinds: dict[str, set[str]] = {}
    for own in lexicons().values():
        for kind, words in own.clients.labels.items():
            for word in each(words):
                kinds.setdefault(word.casefold(), set()).add(kind)
    assert {word: found for word, found in kinds.items() if len(found) > 1} == {}


NO_WORDS = {
    "À-Þ": "a range of letters",
    "ß-öø-ÿ": "a range of letters",
    "\uac00": "the end of a range of scripts",
    "年月日時点년월일시": "the signs of East Asian dates",
    "ᐧ": "a sign that a tracking extension leaves",
    "Đđ": "a letter that folds to another",
    "ºª": "the signs of ordinals",
}
"""Letters that are not ASCII and stand in code all the same, and why."""


def test_no_other_module_holds_words_of_a_language() -> None:
    """English words without an accent cannot be told from code; the rest can."""
    room = FOLDER.parent
    found = {str(path.relative_to(room)): foreign_words(path) for path in room.rglob("*.py")}
    assert {path: words for path, words in found.items() if words} == {}


def foreign_words(path: Path) -> list[str]:
    """The strings of a module, but for its docstrings, with letters that are not ASCII."""
    tree = ast.parse(path.read_text("utf8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    return [text for text in texts if any(map(_is_foreign, _without_signs(text)))]


def _is_foreign(letter: str) -> bool:
    return letter.isalpha() and not letter.isascii()


def _without_signs(text: str) -> str:
    for known in NO_WORDS:
        for part in [known] if "-" in known else known:
            text = text.replace(part, "")
    return text
