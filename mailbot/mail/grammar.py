"""Newly written lines -> what they mean, and Problems for what cannot be read. Never loses a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.mail.quote import Reply
from mailbot.meeting.model import Role
from mailbot.meeting.said import Said


@dataclass(frozen=True, slots=True)
class Context:
    """What the words may refer to."""

    writer: Role
    now: datetime  # aware, in the writer's zone: what "Friday" and "tomorrow" count from
    after_meeting: bool  # notes and promises instead of agenda items
    names: tuple[tuple[str, Role], ...] = ()  # lower-case first names, full names and address local parts
    actions: tuple[tuple[int, str], ...] = ()  # number and text of the open action items
    asked: bool = False  # a yes or no is awaited: a lone "yes", "ok", "no" is Consent
    offered: bool = False  # slots were offered: a lone "2" is Pick
    language: str = "en"
    day_first: bool = True  # 3/4 is 3 April; False in the United States


def understand(reply: Reply, context: Context) -> tuple[Said, ...]:
    """What the person said, in the order they wrote it."""
    raise NotImplementedError
