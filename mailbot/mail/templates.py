"""Templates of all languages: compiled and checked once, rendered per mail. A broken one names its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import TracebackType
from typing import Any
from urllib.parse import quote

from jinja2 import FunctionLoader, StrictUndefined, Template, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from mailbot.errors import Bug, MailbotError, OperatorError
from mailbot.mail.letter import Letter
from mailbot.mail.prompts import Prompts, read_prompts
from mailbot.mail.wire import without_controls
from mailbot.meeting.model import Purpose

FOLDER = "templates/"
LETTER = "m"  # what every template calls its letter
LETTER_NAMES = frozenset({each.name for each in fields(Letter)} | {"say", "facts", "commands"})
SHARED = ("parts.txt", "parts.html", "phrases.txt", "prompts.txt")
ROOM = "\f"  # alone on a line of a text template: an empty line to type in, kept beside the one that parts paragraphs
TAP_STYLE = "color:#16857b"  # readable on white and on black: 4.5 to 1 and better


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
        """Raises Bug for a key that has no sentence."""
        if key not in self._macros:
            raise Bug(f"templates/{self._language}/phrases.txt has no macro {key}.")
        return str(self._macros[key](*words)).strip()

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Raises Bug for a key that has no list."""
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
        """`sources`: "en/agenda.txt" -> text. Raises OperatorError."""
        self._sources = sources
        self._environment = _environment(sources)
        for name in sources:
            self._check(name)
        names = sorted({name.partition("/")[0] for name in sources if "/" in name})
        self.languages = {name: self._language(name) for name in names}
        if "en" not in self.languages:
            raise OperatorError("templates/en is missing: English is what every other language falls back to.")

    def language(self, name: str) -> Language:
        """The reader's language, or English where there are no templates for it."""
        return self.languages.get(name) or self.languages["en"]

    def render(self, language: Language, letter: Letter) -> Rendered:
        text, html = language.letters[Purpose(letter.purpose)]
        head, _, body = _rendered(text, letter).partition("\n")
        return Rendered(head.removeprefix("Subject: "), _tidy(body), without_controls(_rendered(html, letter)))

    def _language(self, name: str) -> Language:
        wanted = [*SHARED, *(f"{purpose}.{kind}" for purpose in Purpose for kind in ("txt", "html"))]
        missing = [each for each in wanted if f"{name}/{each}" not in self._sources]
        if missing:
            raise OperatorError(f"templates/{name} lacks {', '.join(missing)}.")
        return Language(
            name,
            PhraseBook(name, self._template(f"{name}/phrases.txt")),
            read_prompts(f"{name}/prompts.txt", self._sources[f"{name}/prompts.txt"]),
            {purpose: (self._letter(name, purpose), self._template(f"{name}/{purpose}.html")) for purpose in Purpose},
        )

    def _letter(self, language: str, purpose: Purpose) -> Template:
        name = f"{language}/{purpose}.txt"
        if not self._sources[name].startswith("Subject: "):
            raise OperatorError(f'{FOLDER}{name}, line 1: the first line must be "Subject: ..." and the second empty.')
        return self._template(name)

    def _template(self, name: str) -> Template:
        return self._environment.get_template(name)

    def _check(self, name: str) -> None:
        """What a compiler can find: broken syntax, names that no letter has."""
        if name.endswith("prompts.txt"):
            return
        try:
            tree = self._environment.parse(self._sources[name], name)
            self._template(name)
        except TemplateSyntaxError as error:
            raise OperatorError(f"{FOLDER}{error.name or name}, line {error.lineno}: {error.message}.") from error
        for line, unknown in sorted(_unknown(tree)):
            raise OperatorError(f"{FOLDER}{name}, line {line}: there is no {unknown}.")


def _environment(sources: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    """Sandboxed: a template is the operator's, yet it has no business with anything but its letter."""

    def load(name: str) -> tuple[str, str, Any] | None:
        return (sources[name], f"{FOLDER}{name}", lambda: True) if name in sources else None

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        autoescape=lambda name: bool(name) and str(name).endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters["tap"] = tap
    return environment


def tap(sentence: str, letter: Letter) -> Markup:
    """HTML of a sentence in which every "quoted command" is a link that writes that very answer."""
    escaped = sentence if isinstance(sentence, Markup) else Markup('"').join(map(escape, sentence.split('"')))
    plain, *quoted = escaped.split('"')
    taps = (_tap(words, letter) if n % 2 == 0 else words for n, words in enumerate(quoted))
    return Markup("").join((plain, *taps))


def _tap(command: Markup, letter: Letter) -> Markup:
    body = quote(command.unescape().removesuffix("..."), safe="")
    return Markup('<a href="{}" style="{}">"{}"</a>').format(letter.link + body, TAP_STYLE, command)


def _unknown(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    imported = {each.target for each in tree.find_all(nodes.Import)}  # seen inside blocks too, which meta does not know
    free = meta.find_undeclared_variables(tree) - imported - {LETTER}
    for name in tree.find_all(nodes.Name):
        if name.name in free:
            yield name.lineno, name.name
    for access in tree.find_all(nodes.Getattr):
        if isinstance(access.node, nodes.Name) and access.node.name == LETTER and access.attr not in LETTER_NAMES:
            yield access.lineno, f"{LETTER}.{access.attr}"


def _rendered(template: Template, letter: Letter) -> str:
    try:
        return template.render({LETTER: letter})
    except MailbotError:
        raise
    except Exception as error:
        raise _blame(template, error) from error


def _blame(template: Template, error: Exception) -> OperatorError:
    """A template that cannot be filled is the operator's to mend, wherever in it the failure arose."""
    place = f"{FOLDER}{template.name}"
    for file, line in _frames(error.__traceback__):
        if file.startswith(FOLDER):
            place = f"{file}, line {line}"
    return OperatorError(f"{place}: {error}.")


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _tidy(text: str) -> str:
    """No blanks at line ends, one empty line between paragraphs and one more where there is room to type."""
    lines = [""]
    for line in text.split("\n"):
        shown = without_controls(line).rstrip()
        if line == ROOM:
            lines[-1:] = [ROOM] if not lines[-1] else [lines[-1], ROOM]
        elif shown or lines[-1]:
            lines.append(shown)
    return "\n".join(lines).replace(ROOM, "").strip("\n") + "\n"
