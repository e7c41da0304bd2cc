"""Holds: a docstring says with a verb what its function does, and names only files that are there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.tree import MODULES, TOP

DOCUMENTS = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])
FOLDERS = ("mailbot", "tests", "benchmarks", "docs", "templates")
FILES = {f"/{path.relative_to(TOP)}" for each in FOLDERS for path in (TOP / each).rglob("*")}
CODE = sorted(
    path for each in ("mailbot", "tests", "benchmarks") for path in (TOP / each).rglob("*.py")
)
NAMED = re.compile(
    rf"(?<![\w./-])(?:[\w-]+/)*\w+\.py\b|(?<![\w./-])(?:{'|'.join(FOLDERS)})/[\w./-]*\w"
)
Function = ast.FunctionDef | ast.AsyncFunctionDef

# Words that no sentence about what a function does begins with; a list of verbs would never be whole.
_OPENINGS = """
a an the this that these those it its he his she her they their them we our us you your one two
three all any both each either every few many more most much neither no none nothing some such
everything anything
who whom whose what which when where whether why how if as than then so because while until
unless
of to in on by for with at from into onto about after before between beside behind below above
under over within without like per during
is are was were be been being am has have had does did can could may might must shall should
will would
not never only also just still already always and or but nor yet
true false same other another least less several only
words text lines names addresses values mails person persons days times
"""
NO_VERBS = frozenset(_OPENINGS.split())
NOUN = re.compile(r"\w+(?:[ts]ion|ness|ment|ity|ance|ence)$")
VERBS_LIKE_NOUNS = frozenset({"mention", "question", "position", "implement", "comment", "advance"})


def functions() -> Iterator[tuple[str, str]]:
    """Give the public functions and methods that have a docstring: where, and the docstring."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            if isinstance(node, Function) and is_public(node) and (text := ast.get_docstring(node)):
                yield f"{path.relative_to(TOP)}:{node.lineno} {node.name}", text


def is_public(node: Function) -> bool:
    """Tell whether it can be called from outside; a property is a value, and says what it is."""
    decorators = {ast.unparse(each) for each in node.decorator_list}
    return not node.name.startswith("_") and not any("property" in each for each in decorators)


def is_verb(word: str) -> bool:
    plain = word.lower()
    if plain in NO_VERBS or not re.fullmatch(r"[A-Z][a-z]+", word):
        return False
    return plain in VERBS_LIKE_NOUNS or NOUN.fullmatch(plain) is None


def test_a_docstring_begins_with_a_verb() -> None:
    found = list(functions())
    assert len(found) > 500
    assert [where for where, text in found if not is_verb(re.split(r"[\s,.:;]", text)[0])] == []


@pytest.mark.parametrize(
    "opening", ["The", "Whether", "None", "`Read`", "read", "12", "Words", "Decision", '"Read"']
)
def test_what_is_no_verb_is_seen(opening: str) -> None:
    assert not is_verb(opening)


def docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, Function | ast.ClassDef | ast.Module):
            yield ast.get_docstring(node) or ""


def missing(text: str) -> list[str]:
    """List the files and folders that a text names and that are not there."""
    return [
        name for name in NAMED.findall(text) if not any(file.endswith(f"/{name}") for file in FILES)
    ]


def test_files_that_docstrings_name_are_there() -> None:
    assert [
        f"{path.relative_to(TOP)}: {name}"
        for path in CODE
        for text in docstrings(path)
        for name in missing(text)
    ] == []


def test_files_that_documents_name_are_there() -> None:
    assert [
        f"{path.relative_to(TOP)}: {name}"
        for path in DOCUMENTS
        for name in missing(path.read_text("utf8"))
    ] == []


def test_a_file_that_is_not_there_is_seen() -> None:
    assert missing("see mailbot/nowhere and `desk/gone.py`, not errors.py") == [
        "mailbot/nowhere",
        "desk/gone.py",
    ]
