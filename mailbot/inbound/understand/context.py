"""What the words of a mail may refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from mailbot.inbound.understand.dates.phrase import Frame, due
from mailbot.languages.fold import fold
from mailbot.languages.vocabulary import Vocabulary, vocabulary
from mailbot.meeting.model import Role


@dataclass(frozen=True, slots=True)
class Context:
    """What the words may refer to."""

    writer: Role
    now: datetime  # aware, in the writer's zone: what "Friday" and "tomorrow" count from
    after_meeting: bool  # notes and promises instead of agenda items
    # lower-case first names, full names and address local parts
    names: tuple[tuple[str, Role], ...] = ()
    # number and text of the action items that a mail may show
    actions: tuple[tuple[int, str], ...] = ()
    # numbers among them that are done or dropped: known, but never guessed at
    closed: tuple[int, ...] = ()
    asked: bool = False  # a yes or no is awaited: a lone "yes", "ok", "no" is Consent
    offered: bool = False  # slots were offered: a lone "2" is Pick
    language: str = "en"
    day_first: bool = True  # 3/4 is 3 April; False in the United States
    # in the writer's zone: what "same time" and "an hour later" count from
    meeting_start: datetime | None = None

    @property
    def words(self) -> Vocabulary:
        return vocabulary(self.language)

    @property
    def frame(self) -> Frame:
        return Frame(self.now, self.day_first, self.language)

    def is_known(self, number: int) -> bool:
        """Tell whether an action item has this number."""
        return any(number == known for known, _ in self.actions)

    def is_open(self, number: int) -> bool:
        """Tell whether the action item of this number is neither done nor dropped."""
        return self.is_known(number) and number not in self.closed

    def due(self, phrase: str) -> date | None:
        """Find the day of "by Friday"; of "before next time" the day of the next meeting, where
        that is known."""
        return due(phrase, self.frame) or self.next_meeting(phrase)

    def next_meeting(self, phrase: str) -> date | None:
        """Find the day of "before next time"."""
        if self.meeting_start is None or self.meeting_start <= self.now:
            return None
        words = fold(phrase).strip(" .,;!)").split()
        named = any(" ".join(words[cut:]) in self.words.sets["next_meeting"] for cut in (1, 2, 3))
        return self.meeting_start.date() if named and self.words.says_by(words) else None

    def role_of(self, name: str) -> Role | None:
        """Find whose name this is; None for a stranger's and for one that both share."""
        return _roles(self.names).get(fold(name))


@lru_cache(maxsize=256)
def _roles(names: tuple[tuple[str, Role], ...]) -> Mapping[str, Role | None]:
    """Index the names, folded; None behind a name that both share."""
    found: dict[str, Role | None] = {}
    for name, role in names:
        folded = fold(name)
        found[folded] = role if found.get(folded, role) is role else None
    return found
