"""What an operator sets for the whole installation."""

from __future__ import annotations

from dataclasses import dataclass, field

from mailbot.meeting.events import Rules
from mailbot.service.intake.series_request import Defaults
from mailbot.service.operations.operator_texts import OperatorTexts


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator sets: see config.toml."""

    texts: OperatorTexts
    rules: Rules = field(default_factory=Rules)
    defaults: Defaults = field(default_factory=lambda: Defaults({}))
    operator: str = ""
    display: str = "mailbot"
    quarantine_days: int = 90  # for mails of strangers; 0: for ever
