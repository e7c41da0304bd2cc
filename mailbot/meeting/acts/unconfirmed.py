"""Words of which we are not sure who wrote them: nothing is applied before the address on file
says yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from mailbot.meeting.acts.addresses import keep_alias
from mailbot.meeting.answered import answer
from mailbot.meeting.draft import Draft
from mailbot.meeting.events import Confirmed, Doubted, Outcome
from mailbot.meeting.model import Purpose, Role, Series, Unconfirmed
from mailbot.meeting.said import Item, Noted, Promised, Said, words_of
from mailbot.meeting.sends import ConfirmRequest, Fact, LineKind, ReceiptLine

WAITS_FOR = timedelta(days=7)
MAY_WAIT = 3  # of one person at a time: no guesser fills a mailbox with questions


def may_await_confirmation(series: Series, role: Role, others: tuple[Series, ...] = ()) -> bool:
    """Tell whether one more mail may wait for this person's yes. `others`: their other series."""
    address = series.person(role).address
    all_of_them = ((each.role_of(address), each.unconfirmed) for each in (series, *others))
    open_ones = ((h.role is theirs and not h.done) for theirs, found in all_of_them for h in found)
    return sum(open_ones) < MAY_WAIT


def doubt(draft: Draft, event: Doubted) -> Outcome:
    """Show the words to the address on file and ask."""
    by, until = event.answered.by, draft.world.now + WAITS_FOR
    known = draft.series.role_of(event.claimed) is not None
    lines = tuple(_shown(said, known=known) for said in event.answered.said if words_of(said))
    meeting = draft.meeting(event.answered.meeting)
    question = ConfirmRequest(event.claimed, lines)
    asked = draft.answer(draft.made(Purpose.CONFIRM, by, meeting, question))
    mail = Unconfirmed(event.name, by, event.claimed, until, asked.serial)
    draft.set(unconfirmed=(*draft.series.unconfirmed, mail))
    return Outcome.UNCONFIRMED


def _shown(said: Said, *, known: bool) -> ReceiptLine:
    """Show a line; a private one from an address that nobody has named theirs may be the other's:
    it is told of, not shown."""
    private = isinstance(said, Item | Noted | Promised) and said.private and not known
    return ReceiptLine("" if private else words_of(said), LineKind.UNCONFIRMED, private)


def expire(draft: Draft) -> None:
    """Drop what nobody said yes to in time."""
    draft.set(unconfirmed=tuple(h for h in draft.series.unconfirmed if h.until > draft.world.now))


def confirm(draft: Draft, event: Confirmed) -> Outcome:
    """Apply the words on a yes, as if they had just come; throw them away on a no."""
    found = (h for h in draft.series.unconfirmed if (h.name, h.role) == (event.name, event.by))
    mail = next(found, None)
    if mail is None:
        return Outcome.NOTED
    draft.set(unconfirmed=tuple(h for h in draft.series.unconfirmed if h is not mail))
    facts = _claim(draft, event, mail) if event.yes else ()
    outcome = answer(draft, replace(event.words, facts=(*event.words.facts, *facts)))
    return outcome if event.yes else Outcome.DISCARDED


def _claim(draft: Draft, event: Confirmed, mail: Unconfirmed) -> tuple[Fact, ...]:
    """Keep the address that the words came from as theirs, or offer to."""
    match event.always, event.offers:
        case True, False:
            return (Fact.ALIAS_TAKEN,)
        case True, True:
            keep_alias(draft, event.by, mail.claimed)
        case False, True if draft.series.role_of(mail.claimed) is None:
            draft.set(unconfirmed=(*draft.series.unconfirmed, replace(mail, done=True)))
            return (Fact.ALIAS_OFFER,)
    return ()
