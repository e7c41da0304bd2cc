"""The questions that stand under a heading: prompts.txt of one language, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailbot.errors import OperatorError
from mailbot.meeting.model import Theme

FEWEST = 7  # so that six meetings in a row never repeat one
FIRST_SETS = ("first 1", "first 2", "first manager")


@dataclass(frozen=True, slots=True)
class Prompts:
    """Any number picks a question; seven numbers in a row pick seven different ones."""

    themes: Mapping[Theme, tuple[str, ...]]
    # the report's first two mails, then the manager's
    first: tuple[Mapping[Theme, tuple[str, ...]], ...]

    def of(self, theme: Theme, number: int) -> str:
        """Pick a question; any number will do."""
        questions = self.themes[theme]
        return questions[number % len(questions)]


def read_prompts(name: str, source: str) -> Prompts:
    """Read `[theme]` and one question a line; `[first 1]` and `theme: question`. Raises
    OperatorError with the line."""
    sections = _sections(name, source)
    for theme in Theme:
        if len(sections.get(theme, [])) < FEWEST:
            raise OperatorError(
                f"templates/{name}: [{theme}] needs at least {FEWEST} questions, one a line."
            )
    themes = {theme: tuple(question for _, question in sections[theme]) for theme in Theme}
    return Prompts(
        themes, tuple(_by_theme(name, sections.get(each, []), each) for each in FIRST_SETS)
    )


def _sections(name: str, source: str) -> dict[str, list[tuple[int, str]]]:
    """List the lines under each `[name]`, with their numbers."""
    sections: dict[str, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] | None = None
    for number, line in enumerate(map(str.strip, source.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], [])
        elif current is None:
            raise OperatorError(
                f"templates/{name}, line {number}: a question needs a [theme] line above it."
            )
        else:
            current.append((number, line))
    return sections


def _by_theme(
    name: str, lines: list[tuple[int, str]], section: str
) -> dict[Theme, tuple[str, ...]]:
    if not lines:
        raise OperatorError(f"templates/{name}: [{section}] has no questions.")
    found: dict[Theme, tuple[str, ...]] = {}
    for number, line in lines:
        key, _, question = line.partition(": ")
        if key not in set(Theme) or not question:
            themes = ", ".join(Theme)
            raise OperatorError(
                f'templates/{name}, line {number}: write "theme: question" with one of {themes}.'
            )
        found[Theme(key)] = (*found.get(Theme(key), ()), question)
    return found
