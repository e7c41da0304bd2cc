"""What mailbot writes on its own account: to the operator (counts, never words), and to people it cannot place.

Plain texts in English; the letters about meetings stand in templates/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailbot.store import Entry, OutboxState

OUTCOMES = ("applied", "muted", "noted", "held", "discarded", "duplicate", "bounced", "ignored", "junk", "set_aside")


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Day:
    """What there is to count at the end of a day."""

    since: datetime
    until: datetime
    entries: tuple[Entry, ...]  # of that time
    outbox: Mapping[str, int]  # by state, now
    sent: int = 0
    failed: int = 0
    waiting: int = 0  # mails that wait for somebody's yes
    quarantine: int = 0
    leaving: int = 0  # of these, within a week: see leaving.py
    unaccounted: int = 0  # mails in the folder that had no outcome when the audit looked
    trouble: tuple[str, ...] = field(default=())  # kinds of NOTICES since


NOTICES = {
    "outbox_paused": Text(
        "no mail leaves",
        "The outgoing mail server refuses my login, or its certificate is not valid. I have paused and try again at"
        " growing intervals; nothing is lost. `mailbot check` says what to change.",
    ),
    "inbox_refused": Text(
        "no mail comes in",
        "The mail server refuses my login to the mailbox, or its certificate is not valid. I try again at growing"
        " intervals; mails wait there."
        " `mailbot check` says what to change.",
    ),
    "disk_full": Text(
        "the disk was full",
        "I could not write and waited; now I can again. Nothing is lost, but make room before it happens again.",
    ),
    "killer": Text(
        "a mail was set aside",
        "A mail ended its reader and was set aside whole. `mailbot quarantine list` shows it; please report it with the"
        " version of mailbot.",
    ),
    "quarantine_full": Text(
        "the quarantine is full",
        "I keep no more mails that cannot be read: they stay in the mailbox, or whoever hands them in is told to come"
        " again. Nothing was thrown away. `mailbot quarantine list` shows what can be dropped; [data]"
        " quarantine_megabytes sets the limit.",
    ),
    "capped": Text(
        "too many answers",
        "I was about to send far more answers in an hour than people write mails, which is how loops between machines"
        " look. Mails are read and kept, but not answered until the hour is over. `mailbot status` shows the counts.",
    ),
    "unaccounted": Text(
        "mails without an outcome",
        "The daily audit found mails in the mailbox that I had not dealt with. They are now. This must not happen:"
        " please report it with the version of mailbot.",
    ),
}
"""At once, and at most once a day for each kind."""


def notice(kind: str, detail: str) -> Text:
    text = NOTICES[kind]
    return Text(f"mailbot: {text.subject}", f"{text.body}\n" + (f"\n{detail}\n" if detail else ""))


def daily(day: Day) -> Text:
    """Every day, so that silence means something."""
    counts = Counter(entry.outcome for entry in day.entries)
    look = sum((day.quarantine, day.unaccounted, day.failed, len(day.trouble)))
    subject = f"mailbot, {day.until:%-d %B}: {_number(len(day.entries), 'mail')} read, {_number(day.sent, 'mail')} sent"
    lines = [f"From {day.since:%a %-d %b, %H:%M} to {day.until:%a %-d %b, %H:%M} (UTC)", "", *_read(day, counts), ""]
    lines += [f"Sent: {day.sent}. In the outbox: {_outbox(day.outbox)}."]
    lines += ["", *(_needs(day) if look else ["Nothing needs a hand."])]
    return Text(subject, "\n".join([*lines, "", "These are counts; no word of any mail is in them.", ""]))


def _read(day: Day, counts: Counter[str]) -> Iterator[str]:
    yield f"Read: {len(day.entries)}"
    for outcome in (*OUTCOMES, *sorted(counts.keys() - set(OUTCOMES))):
        if counts[outcome]:
            yield f"  {outcome.replace('_', ' ')}: {counts[outcome]}"
    strangers = _reasons(day.entries, "stranger")
    if strangers:
        yield f"  of the ignored, from strangers: {strangers}"
    if day.waiting:
        yield f"Waiting for somebody's yes: {day.waiting}"


def _needs(day: Day) -> Iterator[str]:
    yield "Needs a hand:"
    if day.quarantine:
        yield f"  {_number(day.quarantine, 'mail')} in quarantine{_leaving(day)}: `mailbot quarantine list`"
    if day.unaccounted:
        yield f"  {_number(day.unaccounted, 'mail')} had no outcome until the audit found them"
    if day.failed:
        yield f"  {_number(day.failed, 'mail')} could not be delivered"
    for kind in day.trouble:
        yield f"  {NOTICES[kind].subject}"


def _leaving(day: Day) -> str:
    if not day.leaving:
        return ""
    return f" ({day.leaving} of {'a stranger, leaves' if day.leaving == 1 else 'strangers, leave'} within a week)"


def _outbox(states: Mapping[str, int]) -> str:
    told = [f"{count} {state}" for state, count in states.items() if count and state != OutboxState.ACCEPTED]
    return ", ".join(told) or "nothing"


def _reasons(entries: Iterable[Entry], reason: str) -> int:
    return sum(entry.reason == reason for entry in entries)


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


# ---- to people that cannot be placed ----


def which(titles: Iterable[str]) -> Text:
    """Somebody with several 1:1s wrote a mail that names none of them. They read only what they know anyway."""
    rows = "\n".join(f"- {title}" for title in titles)
    return Text(
        "Which 1:1 do you mean?",
        "You have more than one 1:1 with me, and your mail does not say which it is about, so I have done nothing"
        f" with it yet:\n\n{rows}\n\nPlease send it again as an answer to a mail of the one you mean, or with its name"
        " in the subject.\n\nWho can read this: you alone.\n",
    )


def how_to_start(hint: str) -> Text:
    return Text(
        "I could not read that",
        f'To start a 1:1, write me a mail with one line like this:\n\n{hint}\n\nThe day, the time, "weekly" or "every 2'
        ' weeks" and the length may be left out.\n\nWho can read this: you alone.\n',
    )


def not_here(domains: Iterable[str]) -> Text:
    return Text(
        "I cannot start that 1:1",
        f"I may only start 1:1s between two people with an address at {' or '.join(domains)}.\n\nWho can read this:"
        " you alone.\n",
    )
