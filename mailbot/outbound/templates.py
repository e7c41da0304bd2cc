"""Templates of all languages: read once, rendered per mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Template

from mailbot.errors import Bug, OperatorError
from mailbot.languages.day_names import languages_with_day_names
from mailbot.languages.headings import languages_with_headings
from mailbot.meeting.model import Purpose
from mailbot.outbound.letter import Letter
from mailbot.outbound.prompts import Prompts, read_prompts
from mailbot.outbound.sandbox import FOLDER, rendered, sandbox
from mailbot.threads.characters import without_controls

SHARED = ("parts.txt", "parts.html", "phrases.txt", "prompts.txt")
# alone on a line of a text template: an empty line to type in, kept beside the one that parts
# paragraphs
ROOM = "\f"


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str


class PhraseBook:
    """The macros of phrases.txt by name."""

    def __init__(self, language: str, template: Template) -> None:
        self._language = language
        self._macros = template.module.__dict__

    def __contains__(self, key: object) -> bool:
        return key in self._macros

    def __call__(self, key: str, *words: object) -> str:
        """Look up a sentence. Raises Bug for a key that has none."""
        if key not in self._macros:
            raise Bug(f"templates/{self._language}/phrases.txt has no macro {key}.")
        return str(self._macros[key](*words)).strip()

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Look up a list. Raises Bug for a key that has none."""
        if key not in self._macros:
            raise Bug(f"templates/{self._language}/phrases.txt sets no {key}.")
        return tuple(self._macros[key])


@dataclass(frozen=True, slots=True)
class Language:
    name: str
    phrases: PhraseBook
    prompts: Prompts
    letters: Mapping[Purpose, tuple[Template, Template]]  # text and HTML


class Templates:
    def __init__(self, sources: Mapping[str, str]) -> None:
        """Read all templates. `sources`: "en/agenda.txt" -> text. Raises OperatorError."""
        self._sources = sources
        self._environment = sandbox(
            {name: text for name, text in sources.items() if not _is_plain(name)}
        )
        names = sorted({name.partition("/")[0] for name in sources if "/" in name})
        self.languages = {name: self._language(name) for name in names}
        if "en" not in self.languages:
            raise OperatorError(
                "templates/en is missing: English is what every other language falls back to."
            )

    def language(self, name: str) -> Language:
        """Find the reader's language, or English where there are no templates for it."""
        return self.languages.get(name) or self.languages["en"]

    def render(self, language: Language, letter: Letter) -> Rendered:
        """Fill both templates of a purpose. Raises OperatorError."""
        text, html = language.letters[letter.purpose]
        head, _, body = rendered(text, letter).partition("\n")
        return Rendered(
            head.removeprefix("Subject: "), _tidy(body), without_controls(rendered(html, letter))
        )

    def _language(self, name: str) -> Language:
        wanted = [
            *SHARED,
            *(f"{purpose}.{kind}" for purpose in Purpose for kind in ("txt", "html")),
        ]
        missing = [each for each in wanted if f"{name}/{each}" not in self._sources]
        if missing:
            raise OperatorError(f"templates/{name} lacks {', '.join(missing)}.")
        known = languages_with_day_names() & languages_with_headings()
        if name not in known:
            raise OperatorError(
                f"templates/{name}: days and headings have names in "
                f"{', '.join(sorted(known))} alone."
            )
        return Language(
            name,
            PhraseBook(name, self._template(f"{name}/phrases.txt")),
            read_prompts(f"{name}/prompts.txt", self._sources[f"{name}/prompts.txt"]),
            {
                purpose: (self._letter(name, purpose), self._template(f"{name}/{purpose}.html"))
                for purpose in Purpose
            },
        )

    def _letter(self, language: str, purpose: Purpose) -> Template:
        name = f"{language}/{purpose}.txt"
        if not self._sources[name].startswith("Subject: "):
            raise OperatorError(
                f'{FOLDER}{name}, line 1: the first line must be "Subject: ..." and the '
                "second empty."
            )
        return self._template(name)

    def _template(self, name: str) -> Template:
        return self._environment.get_template(name)


def _is_plain(name: str) -> bool:
    """Tell whether it is no template: the prompts, and what is written to the operator."""
    return name.endswith("prompts.txt") or "/operator/" in name


def _tidy(text: str) -> str:
    """Leave no blanks at line ends, one empty line between paragraphs and one more where there is
    room to type."""
    lines = [""]
    for line in text.split("\n"):
        shown = without_controls(line).rstrip()
        if line == ROOM:
            lines[-1:] = [ROOM] if not lines[-1] else [lines[-1], ROOM]
        elif shown or lines[-1]:
            lines.append(shown)
    return "\n".join(lines).replace(ROOM, "").strip("\n") + "\n"
