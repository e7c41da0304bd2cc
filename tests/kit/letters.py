"""What the tests of letters share: the templates, a composer, and a mail as its reader would see it."""

from __future__ import annotations

import email
import email.policy
from dataclasses import fields, replace
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

from mailbot.meeting.sends import Send
from mailbot.outbound import samples
from mailbot.outbound.compose import Composer, Finished
from mailbot.threads.token import ReplyTokens

ADDRESS = "mailbot@corp.example"
TOKENS = ReplyTokens((b"a key that only tests have",))
TEMPLATES = Path(__file__).parent.parent.parent / "templates"
SOURCES = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text("utf8")
    for path in TEMPLATES.rglob("*.*")
}
COMPOSER = Composer(SOURCES, ADDRESS, TOKENS)


def changed(send: Send, **changes: object) -> Send:
    """The mail with fields of the head, of its content or of its receipt replaced, by name."""
    head, content, also = (
        {f.name for f in fields(each)} for each in (send, send.content, send.also)
    )
    inside = {name: value for name, value in changes.items() if name in content}
    beside = {name: value for name, value in changes.items() if name in also - content - head}
    assert changes.keys() <= head | content | also
    rest = {name: value for name, value in changes.items() if name not in inside | beside}
    return replace(
        send,
        content=replace(send.content, **inside),  # type: ignore[arg-type]
        also=replace(send.also, **beside),  # type: ignore[arg-type]
        **rest,  # type: ignore[arg-type]
    )


def composed(send: Send, in_reply_to: str = "") -> Finished:
    return COMPOSER.compose(samples.SERIES, send, samples.AT, in_reply_to)


def read(finished: Finished) -> EmailMessage:
    message = email.message_from_bytes(finished.raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(finished: Finished, kind: str) -> str:
    body = read(finished).get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html(finished: Finished) -> str:
    return part(finished, "html")


class Page(HTMLParser):
    """The lines a person sees, one a block, and every address that can be tapped."""

    BLOCKS = frozenset({"p", "h3", "li", "ul", "div", "br"})
    UNSEEN = frozenset({"style", "title", "head"})

    def __init__(self, source: str) -> None:
        super().__init__()
        self.blocks = [""]
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._unseen = 0
        self.feed(source)
        self.lines = [" ".join(block.split()) for block in self.blocks if block.strip()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._unseen += tag in self.UNSEEN
        if tag in self.BLOCKS:
            self.blocks.append("")
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self.UNSEEN
        if tag in self.BLOCKS:
            self.blocks.append("")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.blocks[-1] += data


def text_lines(text: str) -> list[str]:
    """Lines of the text part without bullets and room, as the HTML has them."""
    lines = [" ".join(line.split()).removeprefix("- ") for line in text.split("\n")]
    return [line for line in lines if line]
