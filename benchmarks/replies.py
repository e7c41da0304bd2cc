"""What a person newly wrote, by the product's own path: message -> new lines -> meaning. For scorers of reply parsers.

They are told of it as the callable benchmarks.replies:extract.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from mailbot.inbound.message.parse import Body, Unreadable, parse
from mailbot.inbound.understand.grammar import Context, small_talk, understand
from mailbot.inbound.unquote.lines import Reply, new_lines
from mailbot.meeting.model import Role
from mailbot.meeting.said import Item, Mark, Noted, Problem, Promised, Remarked, Said, SetDue

_BOX = re.compile(r"\[ ?\] (?:\d{1,4}\. )?(.{1,300})")
_NOW = datetime(2025, 6, 10, 10, 0, tzinfo=UTC)


def extract(data: bytes, kind: str = "eml", template: bytes | None = None) -> dict[str, object]:
    """`kind`: "eml" (a whole mail) or "txt" (a UTF-8 body). `template`: the mail that was answered, if it is known."""
    sent = _sent(template) if template else None
    try:
        body, reaction = (
            (Body(data.decode("utf-8", "replace")), None) if kind == "txt" else _read(data)
        )
    except Unreadable:  # set aside with its reason; nothing of it is read as words
        return {"text": "", "sections": {}, "free": [], "done": []}
    reply = new_lines(body, sent)
    answer = _meaning(reply, sent or "")
    text = "\n".join(line.text for line in reply.own if line.rule != "ticked box").strip()
    if reaction and not text:
        answer["free"] = [reaction]
    return {"text": text or reaction or "", **answer}


def _read(data: bytes) -> tuple[Body, str | None]:
    """The truths of the corpora are words as a reader sees them, without the addresses behind links."""
    inbound = parse(data)
    html = inbound.body.html
    return replace(inbound.body, html=html and html.replace("href=", "seen=")), inbound.reaction


@lru_cache(maxsize=1)
def _sent(template: bytes) -> str | None:
    """Stored with the meeting in the product, hence not part of reading a reply."""
    return parse(template).body.text


def _meaning(reply: Reply, sent: str) -> dict[str, object]:
    actions = tuple(enumerate((found.group(1) for found in _BOX.finditer(sent)), start=1))
    said = understand(reply, Context(Role.REPORT, _NOW, after_meeting=False, actions=actions))
    report = _Report(dict(actions), _beside(reply, dict(actions)))
    for each in sorted(
        said, key=lambda one: isinstance(one, SetDue)
    ):  # a date last: its words may be a remark, too
        report.add(each)
    talk = "" if said else small_talk(reply)
    return {
        "sections": report.sections,
        "free": [*report.free, *([talk] if talk else [])],
        "done": report.done,
    }


def _beside(reply: Reply, actions: dict[int, str]) -> dict[int, str]:
    """Action item -> the words next to it: a date has no words of its own in the conversation, but in the corpus."""
    return {
        number: " ".join(line.text for line in reply.own if text in line.near)
        for number, text in actions.items()
    }


class _Report:
    """The values of the conversation in the words of the corpus."""

    def __init__(self, actions: dict[int, str], beside: dict[int, str]) -> None:
        self.actions = actions
        self.beside = beside
        self.remarked: set[int] = set()
        self.sections: dict[str, list[str]] = {}
        self.free: list[str] = []
        self.done: list[str] = []

    def add(self, said: Said) -> None:
        match said:
            case Item():
                self._item(said.theme.value if said.theme else "", said.text)
            case Remarked():
                self.remarked.add(said.number)
                self._item("action_items", said.text)
            case Mark(verb="done"):
                self.done.extend(
                    self.actions[number] for number in said.numbers if number in self.actions
                )
            case SetDue() if said.number not in self.remarked:
                self._item("action_items", self.beside[said.number])
            case Noted() | Promised():
                self.free.append(said.text)
            case Problem():
                self.free.append(said.line)
            case _:
                pass  # a command: it has no words of its own in the corpus

    def _item(self, section: str, text: str) -> None:
        if section:
            self.sections.setdefault(section, []).append(text)
        else:
            self.free.append(text)
