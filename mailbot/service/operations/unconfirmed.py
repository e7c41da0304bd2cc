"""Words of which we are not sure who wrote them. They wait seven days for a yes, are asked about
once, and are settled by an answer to that very question."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import filterfalse

from mailbot.meeting.acts.unconfirmed import WAITS_FOR, may_await_confirmation
from mailbot.meeting.events import Answered, Confirmed, Doubted, Event, Outcome
from mailbot.meeting.model import Purpose, Series
from mailbot.service.intake.arrival import Incoming
from mailbot.service.intake.confirmation import Word
from mailbot.service.intake.finding import (
    AnswersQuestion,
    Applies,
    Ending,
    Finding,
    NeedsYes,
    Vouched,
)
from mailbot.service.operations.digest import NOT_THEIRS, TOO_MANY_WAIT
from mailbot.service.operations.held_mails import HeldMails
from mailbot.service.operations.postmaster import Postmaster
from mailbot.service.people.spread import is_anothers
from mailbot.service.step import Committed, Step
from mailbot.store.lookup import stored_of


class UnconfirmedMails:
    """Holds, asks, and applies or drops."""

    def __init__(self, step: Step, postmaster: Postmaster, held: HeldMails) -> None:
        self._step, self._postmaster, self._held = step, postmaster, held

    def hold(self, finding: Finding, words: NeedsYes, mail: Incoming) -> Ending:
        """Apply nothing and ask the address on file. "set_aside": nobody can be asked about this
        one."""
        stored, event, reason = words.stored, words.event, words.reason
        now, checksum = mail.at, finding.inbound.checksum
        unaskable = _unaskable(stored.series, event, reason)
        if unaskable:
            return Ending(Outcome.SET_ASIDE, unaskable)
        name = self._held.put(mail.raw, reason, now, checksum)
        if not self._may_wait(stored.series, event, name, now):
            self._held.drop(name)
            on_file = stored.series.person(event.by).address
            text = self._postmaster.texts.one_more_waits()
            told = self._postmaster.answer(on_file, text, now, "")
            return Ending(Outcome.SET_ASIDE, TOO_MANY_WAIT, (told,))
        ending = self._step.decide(stored, Doubted(event, finding.address, name), checksum, now)
        after = self._step.store.load(stored.series.id)
        if after is None or not _holds(after.series, name):
            self._held.drop(name)  # it came a second time, when it had been settled
        return replace(ending, reason=reason)

    def _may_wait(self, series: Series, event: Answered, name: str, now: datetime) -> bool:
        """Say whether it waits already, or fewer than three do in the name of this person."""
        others = self._step.world(series, now).elsewhere[event.by]
        return _holds(series, name) or may_await_confirmation(series, event.by, others)

    def confirmed(self, finding: Finding, answer: AnswersQuestion, now: datetime) -> Ending:
        """Settle held words by the answer of the address on file to "was this you?". One commit:
        they are held no more, and applied after a yes."""
        held, series = answer.held, answer.stored.series
        word, checksum = finding.words.word, finding.inbound.checksum
        yes, always = word is not Word.NO, word is Word.ALWAYS
        words = self._words_of(answer, now) if yes and not held.done else answer.event
        mine = not is_anothers(self._step.store, held.claimed, series.person(held.role))
        event = Confirmed(held.role, held.name, yes, words, always, offers=mine)
        ending = self._step.decide(answer.stored, event, checksum, now, finding)
        return replace(ending, reason="confirmed" if yes else NOT_THEIRS)

    def _words_of(self, answer: AnswersQuestion, now: datetime) -> Answered:
        """Read the words that were held again, and add what the answer says beside its yes."""
        held, series = answer.held, answer.stored.series
        again = self._held.read(held.name, Vouched(series.id, held.role), now)
        if again is None or not isinstance(again.result, Applies | AnswersQuestion):
            return answer.event
        event = again.result.event
        if not isinstance(event, Answered):
            return answer.event
        return replace(event, said=(*event.said, *answer.event.said))

    def let_go(self, committed: Committed) -> None:
        """Drop, after a commit, the mails that are held no more; tell the journal of those that
        nobody confirmed."""
        waited, waits = _waiting(committed.before), _waiting(committed.after)
        for name in filterfalse(waits.__contains__, waited):
            if not _settles(committed.event, name):
                self._held.expire(name, committed.after.id, committed.now)
            self._held.drop(name)

    def sweep(self, now: datetime) -> None:
        """Drop, once a day, what a death between a commit and its drop left lying."""
        for aside in self._held.list():
            if aside.at + WAITS_FOR < now and not self._is_held(aside.name):
                self._held.drop(aside.name)

    def _is_held(self, name: str) -> bool:
        """Say whether a mail still waits in any series; asked for what is over a week old alone, so
        that looking everywhere does not matter."""
        everywhere = stored_of(self._step.store)
        return any(name in _waiting(stored.series) for stored in everywhere)


def _unaskable(series: Series, event: Answered, reason: str) -> str:
    """Tell why nobody can be asked about these words; "": somebody can."""
    if not event.may_answer:
        return f"{reason}, and a machine"
    # a question about an answer to a question would go on for ever
    if event.purpose is Purpose.CONFIRM:
        return f"an answer to a question about held words, {reason}"
    if series.person(event.by).unreachable:
        return f"{reason}, and mails to the address on file do not arrive"
    return ""


def _holds(series: Series, name: str) -> bool:
    """Say whether this mail is on the list of the series, waiting or done."""
    return any(held.name == name for held in series.unconfirmed)


def _waiting(series: Series) -> list[str]:
    """List the names of the mails that wait for a yes, in the order in which they came."""
    return [held.name for held in series.unconfirmed if not held.done]


def _settles(event: Event, name: str) -> bool:
    """Say whether this is the answer about that mail."""
    return isinstance(event, Confirmed) and event.name == name
