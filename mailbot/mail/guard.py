"""Content, a fact, or nothing? An ordered table of rules (RFC 3834); the first that speaks decides."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.mail.message import Inbound


@dataclass(frozen=True, slots=True)
class Judged:
    kind: str  # "content" | "bounce" | "away" | "reaction" | "nothing"
    reason: str  # the rule that spoke: "our own mail", "auto-reply", "list", "read receipt", ...
    may_answer: bool  # "do not answer" and "is not content" are two different conclusions
    trace: tuple[str, ...] = ()  # every rule that was asked, and what it said


def judge(inbound: Inbound, ours: str, own_ids: bool) -> Judged:
    """`ours`: mailbot's address. `own_ids`: the Message-ID carries a token that we signed."""
    raise NotImplementedError
