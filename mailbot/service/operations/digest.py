"""The operator's digest: what there is to count at the end of a day, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailbot.inbound.triage.rules import TriageReason
from mailbot.meeting.events import Outcome
from mailbot.service.intake.authority import Standing
from mailbot.service.operations.operator_texts import OperatorTexts, PlainText, counted
from mailbot.store.protocol import Entry, OutboxState

OUTCOMES = (
    Outcome.APPLIED,
    Outcome.MUTED,
    Outcome.NOTED,
    Outcome.UNCONFIRMED,
    Outcome.DISCARDED,
    Outcome.DUPLICATE,
    Outcome.BOUNCED,
    Outcome.IGNORED,
    Outcome.REFUSED,
    Outcome.JUNK,
    Outcome.SET_ASIDE,
)
"""In the order of the digest; others follow."""

NOT_THEIRS = "not theirs"
TOO_MANY_WAIT = "too many wait for a yes"


@dataclass(frozen=True, slots=True)
class Day:
    """What there is to count at the end of a day."""

    since: datetime
    until: datetime
    entries: tuple[Entry, ...]  # of that time
    outbox: Mapping[str, int]  # by state, now
    sent: int = 0
    waiting: int = 0  # mails that wait for somebody's yes
    quarantine: int = 0
    leaving: int = 0  # of these, within a week: see retention.py
    unaccounted: int = 0  # mails in the folder that had no outcome when the audit looked
    trouble: tuple[str, ...] = ()  # kinds of notices since


def _is_unasked(entry: Entry) -> bool:
    """Say whether nobody was asked about these words. A request for a series is ignored instead,
    and nothing lost with it."""
    return entry.outcome == Outcome.SET_ASIDE and entry.reason == TOO_MANY_WAIT


HANDS: tuple[tuple[str, Callable[[Entry], bool]], ...] = (
    ("failed", lambda entry: entry.outcome == Outcome.FAILED),
    ("bounced", lambda entry: entry.outcome == Outcome.BOUNCED),
    ("muted", lambda entry: entry.outcome == Outcome.MUTED),
    ("not_theirs", lambda entry: entry.reason == NOT_THEIRS),
    ("too_many_wait", _is_unasked),
    ("challenge", lambda entry: entry.reason.startswith(TriageReason.CHALLENGE)),
)
"""What somebody should look at, by what the journal says: the sentence and the entries."""


def daily(day: Day, texts: OperatorTexts) -> PlainText:
    """Word the digest; every day, so that silence means something."""
    read = [entry for entry in day.entries if entry.inbound]
    subject = texts.say(
        "subject",
        date=f"{day.until:%-d %B}",
        read=counted(len(read), "mail"),
        sent=counted(day.sent, "mail"),
    )
    paragraphs = (
        [texts.say("period", since=_moment(day.since), until=_moment(day.until))],
        list(_read(day, read, texts)),
        [_sent(day, texts)],
        list(_all_hands(day, texts)),
        [texts.say("counts_alone")],
    )
    return PlainText(subject, "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n")


def _moment(at: datetime) -> str:
    """Write an instant, UTC, as the digest does."""
    return f"{at:%a %-d %b, %H:%M}"


def _read(day: Day, read: list[Entry], texts: OperatorTexts) -> Iterator[str]:
    """Count the mails that came, by outcome, and those that wait or waited in vain."""
    yield texts.say("read", count=len(read))
    counts = Counter(entry.outcome for entry in read)
    for outcome in (*OUTCOMES, *sorted(counts.keys() - set(OUTCOMES))):
        if counts[outcome]:
            yield f"  {outcome.replace('_', ' ')}: {counts[outcome]}"
    others = (
        ("  ", "strangers", sum(map(_is_of_stranger, day.entries))),
        ("", "waiting", day.waiting),
        ("", "expired", sum(map(_is_expired, day.entries))),
    )
    for indent, sentence, count in others:
        if count:
            yield indent + texts.say(sentence, count=count)


def _is_of_stranger(entry: Entry) -> bool:
    """Say whether a mail was ignored because nobody on file wrote it."""
    return entry.outcome == Outcome.IGNORED and entry.reason == Standing.STRANGER


def _is_expired(entry: Entry) -> bool:
    """Say whether nobody said yes to a mail in time."""
    return entry.outcome == Outcome.EXPIRED


def _sent(day: Day, texts: OperatorTexts) -> str:
    """Count the mails that left and those that wait to."""
    states = _outbox(day.outbox) or texts.say("nothing_in_outbox")
    return texts.say("sent", count=day.sent, states=states)


def _outbox(states: Mapping[str, int]) -> str:
    """Count the mails that wait, by state; "": none."""
    waiting = {**states, OutboxState.ACCEPTED: 0}
    return ", ".join(f"{n} {state}" for state, n in waiting.items() if n)


def _all_hands(day: Day, texts: OperatorTexts) -> Iterator[str]:
    """List what somebody should look at, under a heading that says whether there is anything."""
    hands = list(_hands(day, texts))
    yield texts.say("needs_a_hand" if hands else "needs_no_hand")
    yield from (f"  {each}" for each in hands)


def _hands(day: Day, texts: OperatorTexts) -> Iterator[str]:
    """List what somebody should look at."""
    if day.quarantine:
        yield _quarantine(day, texts)
    if day.unaccounted:
        yield texts.say("unaccounted", mails=counted(day.unaccounted, "mail"))
    for sentence, applies in HANDS:
        found = sum(map(applies, day.entries))
        if found:
            yield texts.say(sentence, mails=counted(found, "mail"))
    yield from map(texts.trouble, day.trouble)


def _quarantine(day: Day, texts: OperatorTexts) -> str:
    """Count the mails in quarantine, and those that leave soon."""
    mails = counted(day.quarantine, "mail")
    match day.leaving:
        case 0:
            return texts.say("quarantine", mails=mails)
        case 1:
            return texts.say("quarantine_one_leaves", mails=mails)
        case leaving:
            return texts.say("quarantine_leaving", mails=mails, leaving=leaving)
