"""The words of a mail that asks for a new series, and of the answer to the question about one."""

from __future__ import annotations

from datetime import datetime

from mailbot.inbound.message.parse import Inbound
from mailbot.inbound.understand.grammar import Context, understand
from mailbot.inbound.unquote.lines import new_lines
from mailbot.meeting.model import Role
from mailbot.meeting.said import NewSeries, Problem, Said
from mailbot.service.intake.confirmation import first_word
from mailbot.service.intake.finding import MailWords

FIRST_LINES = 3  # of a mail that starts a series


def request_in(inbound: Inbound, now: datetime) -> MailWords | None:
    """Read a mail that asks for a series in its first lines; None: it does not."""
    reply = new_lines(inbound.body)
    said = understand(reply, Context(Role.MANAGER, now, after_meeting=False))
    asks = any(map(_asks_for_series, said[:FIRST_LINES]))
    return MailWords(reply, said) if asks else None


def answer_in(inbound: Inbound, now: datetime) -> MailWords:
    """Read the yes or no to "was it you who wants this series?", and what stands beside it."""
    word, reply, beside = first_word(new_lines(inbound.body), "en")
    said = understand(reply, Context(Role.MANAGER, now, after_meeting=False))
    told_back = (Problem(beside, ""),) if beside else ()
    return MailWords(reply, (*told_back, *said), word)


def _asks_for_series(said: Said) -> bool:
    """Recognise a wish for a series, also one with a slip in it, which is answered."""
    slip = isinstance(said, Problem) and said.hint.startswith("new 1:1 with")
    return slip or isinstance(said, NewSeries)
