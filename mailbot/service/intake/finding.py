"""What was found out about one mail: what it is, whose it is, what it says, and what is to be
done with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from mailbot.inbound.message.parse import Inbound, Unreadable
from mailbot.inbound.triage.auth import Proof, Verdict
from mailbot.inbound.triage.rules import Triage
from mailbot.inbound.triage.thread import Found
from mailbot.inbound.unquote.lines import Reply
from mailbot.meeting.events import Answered, Event, Outcome
from mailbot.meeting.model import Role, Unconfirmed
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
    """The address on file says that it wrote this. `series` "": a request for one that does not
    exist yet."""

    series: str
    role: Role


# ---- what is to be done with a mail: one of these ----


@dataclass(frozen=True, slots=True)
class Ending:
    """Nothing is to be done with a mail, or it has been: a word and a few more for the journal.
    `trace` says why in full."""

    outcome: Outcome
    reason: str = ""
    trace: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applies:
    """Something happened to a series."""

    stored: Stored
    event: Event
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NeedsYes:
    """Words of which we are not sure who wrote them: they wait for the yes of the address on
    file."""

    stored: Stored
    event: Answered
    reason: str


@dataclass(frozen=True, slots=True)
class AnswersQuestion:
    """A yes or no to "was this you?" about words that wait. `event`: what it says beside that."""

    stored: Stored
    held: Unconfirmed
    event: Answered


@dataclass(frozen=True, slots=True)
class AsksForSeries:
    """A manager wants a new series."""


@dataclass(frozen=True, slots=True)
class AnswersRequest:
    """The manager's address answers "was it you who wants this series?"."""

    request: SeriesRequest
    series: str


Result = Ending | Applies | NeedsYes | AnswersQuestion | AsksForSeries | AnswersRequest


# ---- what was found out ----


@dataclass(frozen=True, slots=True)
class TriagedMail:
    """What is known of a mail before anybody asks whose it is."""

    inbound: Inbound
    judged: Triage
    proof: Proof
    found: Found | None = None  # the mail of ours that it answers
    to_us: bool = False  # To or Cc names us; what does not, controls nothing

    @property
    def backed(self) -> bool:
        """By a token or a proof: not everybody could have written it."""
        return self.proven or (self.found is not None and self.found.by_token)

    @property
    def proven(self) -> bool:
        """Our own server vouches for the domain in From."""
        return self.proof.verdict is Verdict.PASS

    @property
    def target(self) -> ReplyTarget | None:
        return self.found.target if self.found else None

    @property
    def address(self) -> str:
        """In From; "" if there is no usable one."""
        return self.inbound.author.address if self.inbound.author else ""

    @property
    def number(self) -> str:
        """Of the mail, for the journal: the same words in another copy of it have the same."""
        return self.inbound.checksum[:12]


@dataclass(frozen=True, slots=True)
class Author:
    """Whose mail it is, and in which series. `role`: of the address on file when the standing is
    doubtful."""

    stored: Stored | None = None
    role: Role | None = None
    standing: Standing = Standing.STRANGER


@dataclass(frozen=True, slots=True)
class MailWords:
    """What a mail says. `word`: its answer to "was this you?"."""

    reply: Reply | None = None
    said: tuple[Said, ...] = ()
    word: Word = Word.NONE

    @property
    def is_empty(self) -> bool:
        """Nothing was written that could be read."""
        typed = self.reply is not None and bool(self.reply.text)
        return not self.said and not typed

    @property
    def new_series(self) -> NewSeries | None:
        return next((s for s in self.said if isinstance(s, NewSeries)), None)


NOBODY, NO_WORDS = Author(), MailWords()


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything that was found out about one mail. `trace`: every rule that was asked and what
    it said."""

    mail: TriagedMail
    result: Result
    author: Author = NOBODY
    words: MailWords = NO_WORDS
    trace: tuple[str, ...] = ()

    @property
    def inbound(self) -> Inbound:
        return self.mail.inbound

    @property
    def address(self) -> str:
        return self.mail.address

    @property
    def said(self) -> tuple[Said, ...]:
        return self.words.said

    @property
    def reason(self) -> str:
        """A few words for the journal: why nothing is done, or what is wrong with the author."""
        match self.result:
            case Ending() | Applies() | NeedsYes():
                return self.result.reason
            case AnswersQuestion() | AsksForSeries() | AnswersRequest():
                return ""
            case _:
                assert_never(self.result)

    def ended(self, outcome: Outcome, reason: str) -> Finding:
        """Leave it as it was found, with nothing to be done."""
        return replace(self, result=Ending(outcome, reason))
