"""What was found out about one mail, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailbot.inbound.message.parse import Inbound, Unreadable
from mailbot.inbound.triage.auth import Proof, Verdict
from mailbot.inbound.triage.rules import Triage
from mailbot.inbound.triage.thread import Found
from mailbot.inbound.unquote.lines import Reply
from mailbot.meeting.events import Event, Outcome
from mailbot.meeting.model import Held, Role
from mailbot.meeting.said import NewSeries, Said
from mailbot.service.intake.authority import Standing
from mailbot.service.intake.confirmation import Word
from mailbot.service.intake.series_request import SeriesRequest
from mailbot.store.protocol import Stored
from mailbot.threads.token import ReplyTarget


class Broken(Unreadable):
    """Reading this mail ended in a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """The address on file says that it wrote this. `series` "": a wish for one that does not
    exist yet."""

    series: str
    role: Role


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a mail: a word and a few more for the journal; `trace` says why in full."""

    outcome: Outcome
    reason: str = ""
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything that was found out about one mail."""

    inbound: Inbound
    judged: Triage
    proof: Proof
    found: Found | None = None
    stored: Stored | None = None  # the series it belongs to
    role: Role | None = None  # of the author; of the address on file when the standing is doubtful
    standing: Standing = Standing.STRANGER
    to_us: bool = False  # To or Cc names us; what does not, controls nothing
    unproven: bool = False  # nobody vouches for it, although there is somebody who could
    reply: Reply | None = None
    said: tuple[Said, ...] = ()
    event: Event | None = None  # what it means to the series; None: nothing happens
    word: Word = Word.NONE  # its answer to "was this you?"
    held: Held | None = None  # the mail that this answer is about
    opening: SeriesRequest | None = None  # or the wish for a series
    outcome: Outcome = Outcome.IGNORED  # when there is no event
    reason: str = ""
    trace: tuple[str, ...] = ()  # every rule that was asked and what it said

    @property
    def new_series(self) -> NewSeries | None:
        return next((s for s in self.said if isinstance(s, NewSeries)), None)

    @property
    def backed(self) -> bool:
        """By a token or a proof: not everybody could have written it."""
        return (
            self.found is not None and self.found.by_token
        ) or self.proof.verdict is Verdict.PASS

    @property
    def place(self) -> ReplyTarget | None:
        return self.found.target if self.found else None

    @property
    def address(self) -> str:
        """In From; "" if there is no usable one."""
        return self.inbound.author.address if self.inbound.author else ""

    @property
    def number(self) -> str:
        """Of the mail, for the journal: the same words in another copy of it have the same."""
        return self.inbound.digest[:12]

    def traced(self, *lines: str) -> Finding:
        return replace(self, trace=(*self.trace, *lines))

    def ended(self, outcome: Outcome, reason: str) -> Finding:
        return replace(self, event=None, outcome=outcome, reason=reason)
