"""Texts that mailbot writes on its own account: to the operator (counts, never words), and to
people it cannot place. Plain files in templates/en/operator/; the letters about meetings are
templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from mailbot.errors import OperatorError
from mailbot.service.step import NoticeKind

FOLDER = "en/operator/"
SENTENCES = "sentences"
SUBJECT = "Subject: "


FIELDS: Mapping[str, frozenset[str]] = {
    **{kind: frozenset() for kind in NoticeKind},
    "which": frozenset({"titles"}),
    "one_more_waits": frozenset(),
    "how_to_start": frozenset({"why", "hint"}),
    "not_here": frozenset({"domains"}),
}
"""Every text, and what may stand in it in curly brackets."""

SAID = frozenset(
    {"subject", "period", "read", "strangers", "waiting", "expired", "sent"}
    | {"nothing_in_outbox", "needs_a_hand", "needs_no_hand", "counts_alone"}
    | {"quarantine", "quarantine_one_leaves", "quarantine_leaving", "unaccounted"}
    | {"failed", "bounced", "muted", "not_theirs", "too_many_wait", "challenge"}
    | {"how_to_start_address", "how_to_start_cadence_limit"}
)
"""Every sentence of sentences.txt."""

COUNTS = frozenset(
    {"date", "read", "sent", "since", "until", "count", "states", "mails", "leaving"}
)
"""What may stand in a sentence of the digest."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """A mail without a template: subject and body."""

    subject: str
    body: str


class OperatorTexts:
    """`sources`: "en/operator/which.txt" -> text, as config/shipped.py reads them. Raises
    OperatorError with the file that has a mistake in it."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._texts = {name: _text(sources, name) for name in FIELDS}
        self._sentences = dict(_sentences(_source(sources, SENTENCES)))
        missing = SAID - self._sentences.keys()
        if missing:
            file = f"templates/{FOLDER}{SENTENCES}.txt"
            raise OperatorError(f"{file} lacks {', '.join(sorted(missing))}.")

    def notice(self, kind: NoticeKind, detail: str = "") -> PlainText:
        """Word a trouble, and one sentence about this time."""
        text = self._texts[kind]
        return PlainText(text.subject, text.body + (f"\n{detail}\n" if detail else ""))

    def which(self, titles: Iterable[str]) -> PlainText:
        """Ask somebody with several 1:1s which of them a mail is about that names none. They read
        only what they know anyway."""
        return self._filled("which", titles="\n".join(f"- {title}" for title in titles))

    def one_more_waits(self) -> PlainText:
        """Tell the address on file, when three mails in its name wait for a yes already, of one
        more."""
        return self._texts["one_more_waits"]

    def how_to_start(self, hint: str, reason: str = "") -> PlainText:
        """Answer a request for a series that cannot be read. `hint`: a line that works."""
        key = f"how_to_start_{reason}"
        why = f"{self._sentences[key]}\n\n" if key in self._sentences else ""
        return self._filled("how_to_start", hint=hint, why=why)

    def not_here(self, domains: Iterable[str]) -> PlainText:
        """Answer a wish for a series of a domain that may have none."""
        return self._filled("not_here", domains=" or ".join(domains))

    def trouble(self, kind: str) -> str:
        """Name a kind of trouble in a few words, for the digest."""
        return self._texts[kind].subject.partition(": ")[2]

    def say(self, sentence: str, **values: object) -> str:
        """Fill in a sentence of sentences.txt."""
        return self._sentences[sentence].format(**values)

    def _filled(self, name: str, **values: str) -> PlainText:
        """Fill in the body of a text."""
        text = self._texts[name]
        return PlainText(text.subject, text.body.format(**values))


def counted(count: int, noun: str) -> str:
    """Count in words: "1 mail", "1,200 mails"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _source(sources: Mapping[str, str], name: str) -> str:
    """Find the file of a text. Raises OperatorError."""
    file = f"{FOLDER}{name}.txt"
    if file not in sources:
        raise OperatorError(f"templates/{file} is missing.")
    return sources[file]


def _text(sources: Mapping[str, str], name: str) -> PlainText:
    """Read a file into subject and body. Raises OperatorError with its line."""
    first, _, body = _source(sources, name).partition("\n")
    if not first.startswith(SUBJECT):
        raise OperatorError(f'templates/{FOLDER}{name}.txt, line 1: must be "Subject: ...".')
    _check(name, body, FIELDS[name])
    return PlainText(first.removeprefix(SUBJECT).strip(), body.strip("\n") + "\n")


def _sentences(source: str) -> Iterator[tuple[str, str]]:
    """Read the lines "name: sentence" of a file; what begins with # is a remark."""
    for line in source.splitlines():
        if line.strip() and not line.startswith("#"):
            name, _, sentence = line.partition(": ")
            _check(SENTENCES, sentence, COUNTS)
            yield name, sentence


def _check(name: str, text: str, known: frozenset[str]) -> None:
    """Refuse a pair of curly brackets that nothing is put into. Raises OperatorError."""
    file = f"templates/{FOLDER}{name}.txt"
    try:
        fields = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    except ValueError as error:
        raise OperatorError(f"{file}: {error}.") from error
    for unknown in sorted(fields - known):
        raise OperatorError(f"{file}: there is no {{{unknown}}}.")
