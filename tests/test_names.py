"""Holds: one word means one thing: public classes have names of their own, the glossary each word
once.
"""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict

from tests.kit.tree import BY_NAME, TOP, tree_of

GLOSSARY = (TOP / "docs" / "glossary.md").read_text("utf8")
ROWS = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]*?) \|$", GLOSSARY, re.MULTILINE)[1:]


def public_classes() -> dict[str, list[str]]:
    """Give the modules that define each public class."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in BY_NAME.items():
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(name)
    return found


def test_no_two_public_classes_have_one_name() -> None:
    assert {name: where for name, where in public_classes().items() if len(where) > 1} == {}


def test_the_glossary_says_each_word_once_and_in_order() -> None:
    words = [word for word, _, _ in ROWS if word != "---"]
    assert len(words) > 40
    assert [word for word, count in Counter(words).items() if count > 1] == []
    assert words == sorted(words, key=str.casefold)


def test_what_the_glossary_names_in_the_code_is_there() -> None:
    """The third column names modules and classes: `store/protocol`, `Series`."""
    classes = public_classes()
    for word, _, where in ROWS:
        for name in re.findall(r"`([^`]+)`", where):
            module = name.removesuffix(".py").strip("/").replace("/", ".")
            assert name in classes or module in BY_NAME, f"{word}: {name} is not there"
