"""Where templates run: strict, sandboxed, HTML escaped. A mistake is found at the start, with
its file and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import fields
from types import TracebackType
from typing import Any
from urllib.parse import quote

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    nodes,
)
from jinja2.environment import TemplateModule
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from mailbot.errors import MailbotError, OperatorError
from mailbot.outbound.letter import (
    AgendaWords,
    ChangeWords,
    ClaimWords,
    Doubt,
    ItemWords,
    Letter,
    Promise,
    ReceiptWords,
    Section,
)

FOLDER = "templates/"
LETTER = "m"  # what every template calls its letter
# 4.5 to 1 on white and on black, so it stays readable where a reader strips our style element
ACCENT = "#17827a"
LETTER_NAMES = frozenset({each.name for each in fields(Letter)} | {"say", "facts", "commands"})
PARTS = {
    "agenda": AgendaWords,
    "receipt": ReceiptWords,
    "change": ChangeWords,
    "asked": ChangeWords,
    "claim": ClaimWords,
}
PART_NAMES = {part: frozenset(each.name for each in fields(kind)) for part, kind in PARTS.items()}
OPEN = frozenset({Letter, ItemWords, Promise, Section, Doubt, TemplateModule, *PARTS.values()})
GIVEN = frozenset({LETTER, "accent", "loop"})


class Sandbox(ImmutableSandboxedEnvironment):
    """A template is the operator's, yet it has no business with anything but its letter.

    The library's check of every attribute costs a third of a mail; the public names of our own
    frozen values need none, and everything else takes the long way.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) in OPEN and attribute[0] != "_" and hasattr(obj, attribute):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


class Checked(BaseLoader):
    """Hands out templates that were parsed and looked through. Raises OperatorError with file
    and line."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        parser = Sandbox(trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
        parser.filters["tap"] = tap
        self._trees = {name: _tree(parser, name, source) for name, source in sources.items()}

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - jinja2's name
    ) -> Template:
        if name not in self._trees:
            raise TemplateNotFound(name)
        code = environment.compile(self._trees[name], name, f"{FOLDER}{name}")
        return environment.template_class.from_code(environment, code, globals or {}, None)


def sandbox(sources: Mapping[str, str]) -> Sandbox:
    """Make the environment of all templates. `sources`: "en/agenda.txt" -> text."""
    environment = Sandbox(
        loader=Checked(sources),
        autoescape=lambda name: bool(name) and str(name).endswith(".html"),
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
    )
    environment.filters["tap"] = tap
    environment.globals["accent"] = ACCENT
    return environment


def rendered(template: Template, letter: Letter) -> str:
    """Fill a template. Raises OperatorError with file and line: one that cannot be filled is the
    operator's to mend."""
    try:
        return template.render({LETTER: letter})
    except MailbotError:
        raise
    except Exception as error:
        place = f"{FOLDER}{template.name}"
        for file, line in _frames(error.__traceback__):
            place = f"{file}, line {line}" if file.startswith(FOLDER) else place
        raise OperatorError(f"{place}: {error}.") from error


def tap(sentence: str, letter: Letter) -> Markup:
    """Make every "quoted command" of a sentence a link that writes that very answer."""
    escaped = (
        sentence
        if isinstance(sentence, Markup)
        else Markup('"').join(map(escape, sentence.split('"')))
    )
    plain, *quoted = escaped.split('"')
    taps = (_tap(words, letter) if n % 2 == 0 else words for n, words in enumerate(quoted))
    return Markup("").join((plain, *taps))


def _tap(command: Markup, letter: Letter) -> Markup:
    href = escape(letter.link + quote(command.unescape().removesuffix("..."), safe=""))
    link = f'<a href="{href}" style="color:{ACCENT}">"{command}"</a>'
    return Markup(link)  # noqa: S704 - every part is escaped


_NAMING = (nodes.Name, nodes.Getattr, nodes.Import, nodes.Macro)


def _tree(parser: Environment, name: str, source: str) -> nodes.Template:
    try:
        tree = parser.parse(source, name)
    except TemplateSyntaxError as error:
        raise OperatorError(f"{FOLDER}{name}, line {error.lineno}: {error.message}.") from error
    for line, unknown in sorted(_unknown(tree)):
        raise OperatorError(f"{FOLDER}{name}, line {line}: there is no {unknown}.")
    return tree


def _unknown(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """List the names that nothing in the file makes, and those that no letter has."""
    found = list(tree.find_all(_NAMING))  # one walk: they are 38 files at every start
    made = GIVEN | set(_made(found))
    for each in found:
        if isinstance(each, nodes.Name) and each.name not in made:
            yield each.lineno, each.name
        path = _path(each) if isinstance(each, nodes.Getattr) else None
        if path is not None and not _is_known(*path):
            yield each.lineno, ".".join((LETTER, *path))


def _made(found: Iterable[nodes.Node]) -> Iterator[str]:
    """List the names that the file makes: of macros, parameters, imports, loops and `set`."""
    for each in found:
        if isinstance(each, nodes.Import):
            yield each.target
        elif isinstance(each, nodes.Macro) or (isinstance(each, nodes.Name) and each.ctx != "load"):
            yield each.name


def _path(access: nodes.Getattr) -> tuple[str, ...] | None:
    """Read ("agenda", "notes") from `m.agenda.notes`; None: it is about no letter."""
    if isinstance(access.node, nodes.Name):
        return (access.attr,) if access.node.name == LETTER else None
    inner = _path(access.node) if isinstance(access.node, nodes.Getattr) else None
    return (*inner, access.attr) if inner else None


def _is_known(name: str, *inside: str) -> bool:
    """Know the names of the letter, and, of a part of it, the names of that part."""
    if not inside:
        return name in LETTER_NAMES
    return name not in PART_NAMES or inside[0] in PART_NAMES[name]


def _frames(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    while traceback:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next
