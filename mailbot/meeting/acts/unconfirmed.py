"""Words of which we are not sure who wrote them: nothing is applied before the address on file
says yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.meeting.acts.addresses import keep_alias
from mailbot.meeting.answered import answer
from mailbot.meeting.draft import Draft
from mailbot.meeting.events import Confirmed, Doubted, Outcome
from mailbot.meeting.model import Held, Purpose, Role, Series
from mailbot.meeting.said import Item, Noted, Promised, Said, words_of
from mailbot.meeting.sends import ConfirmRequest, Fact, LineKind, ReceiptLine

HELD_FOR = timedelta(days=7)
HELD_AT_MOST = 3  # of one person at a time: no guesser fills a mailbox with questions


def may_hold(series: Series, role: Role, others: tuple[Series, ...] = ()) -> bool:
    """Tell whether one more mail may wait for this person's yes. `others`: their other series."""
    address = series.person(role).address
    waiting = (
        h.role is each.role_of(address) and not h.done
        for each in (series, *others)
        for h in each.held
    )
    return sum(waiting) < HELD_AT_MOST


def doubt(draft: Draft, event: Doubted) -> Outcome:
    """Show the words to the address on file and ask."""
    by, until = event.answered.by, draft.world.now + HELD_FOR
    known = draft.series.role_of(event.claimed) is not None
    lines = tuple(_shown(said, known=known) for said in event.answered.said if words_of(said))
    meeting = draft.meeting(event.answered.meeting)
    question = ConfirmRequest(event.claimed, lines)
    asked = draft.answer(Purpose.CONFIRM, by, meeting, question)
    held = Held(event.name, by, event.claimed, until, asked.serial)
    draft.set(held=(*draft.series.held, held))
    return Outcome.UNCONFIRMED


def _shown(said: Said, *, known: bool) -> ReceiptLine:
    """From an address that nobody has named theirs, a private line may be the other's: it is
    told of, not shown."""
    private = not known and isinstance(said, Item | Noted | Promised) and said.private
    return ReceiptLine("" if private else words_of(said), LineKind.UNCONFIRMED, private)


def expire(draft: Draft) -> None:
    """Drop what nobody said yes to in time."""
    draft.set(held=tuple(h for h in draft.series.held if h.until > draft.world.now))


def confirm(draft: Draft, event: Confirmed) -> Outcome:
    """Apply the words on a yes, as if they had just come; throw them away on a no."""
    found = (h for h in draft.series.held if (h.name, h.role) == (event.name, event.by))
    held = next(found, None)
    if held is None:
        return Outcome.NOTED
    draft.set(held=tuple(h for h in draft.series.held if h is not held))
    facts = _claim(draft, event, held) if event.yes else ()
    outcome = answer(draft, replace(event.words, facts=(*event.words.facts, *facts)))
    return outcome if event.yes else Outcome.DISCARDED


def _claim(draft: Draft, event: Confirmed, held: Held) -> tuple[Fact, ...]:
    """Keep the address that the words came from as theirs, or offer to."""
    if event.always and not event.offers:
        return (Fact.ALIAS_TAKEN,)
    if event.always:
        keep_alias(draft, event.by, held.claimed)
        return ()
    if not event.offers or draft.series.role_of(held.claimed) is not None:
        return ()
    draft.set(held=(*draft.series.held, replace(held, done=True)))
    return (Fact.ALIAS_OFFER,)
