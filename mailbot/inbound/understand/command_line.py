"""A line as commands compare it, and what reading one may answer."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.inbound.understand.context import Context
from mailbot.languages.fold import fold
from mailbot.meeting.said import Said

EDGES = " \t\u00a0*_~`\"'“”„«»‚‘’.,;:!?…-–—•·>¿¡、。，！？：；،؟"

Answer = tuple[Said, ...] | None


@dataclass(frozen=True, slots=True)
class Plain:
    """A line as the commands compare it."""

    line: str  # as typed, word for word
    text: str  # folded, without marks around it and without "please"
    verb: str = ""  # the command whose spelling stands at its start, the longest spelling of all
    rest: str = ""  # the words behind it
    bulleted: bool = False
    headed: bool = False  # it stands under a theme: a word alone may well be an item there

    @property
    def words(self) -> list[str]:
        return self.text.split()

    @property
    def stands_alone(self) -> bool:
        """Neither a bullet nor under a heading: there the same words may be an item."""
        return not self.bulleted and not self.headed

    @property
    def lone_bullet(self) -> bool:
        """One word behind a bullet under a heading: "- Resume" under Career is no command."""
        return self.headed and self.bulleted and " " not in self.text


def tidy(line: str, context: Context) -> str:
    """Fold the line, without decoration, without "please" and "thanks" at the ends."""
    folded = " ".join(fold(line).split())
    text = folded.strip(EDGES)
    if text[-1:].isdecimal() and folded.endswith(f"{text}."):
        text += "."  # "bis 1.12.": the point is part of the date
    please = context.words.sets["please"]
    for _ in range(3):
        head, _, rest = text.partition(" ")
        body, _, tail = text.rpartition(" ")
        if rest and head.strip(EDGES) in please:
            text = rest.strip(EDGES)
        elif body and tail.strip(EDGES) in please:
            text = body.strip(EDGES)
        else:
            break
    return text


def leading(text: str, context: Context) -> tuple[str, str]:
    """Find the command at the start of the text, longest spelling first, and what follows it; ("",
    "") if there is none."""
    words = text.split()
    for used in range(min(6, len(words)), 0, -1):
        verb = context.words.verbs.get(" ".join(words[:used]).rstrip(":,"), "")
        if verb:
            return verb, " ".join(words[used:])
    return "", ""


def trailing(text: str, context: Context, wanted: frozenset[str]) -> tuple[str, str]:
    """Find the command at the end of the text ("3 done"), and what stands before it."""
    words = text.split()
    for used in range(min(4, len(words)), 0, -1):
        verb = context.words.verbs.get(" ".join(words[-used:]), "")
        if verb in wanted:
            return verb, " ".join(words[:-used]).strip(EDGES)
    return "", text
