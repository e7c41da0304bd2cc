"""What mailbot writes on its own account: to the operator (counts, never words), and to people it
cannot place.

Plain texts in English; the letters about meetings stand in templates/.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailbot.meeting.events import Outcome
from mailbot.store.protocol import Entry, OutboxState

OUTCOMES = (
    "applied",
    "muted",
    "noted",
    "unconfirmed",
    "discarded",
    "duplicate",
    "bounced",
    "ignored",
    "refused",
    "junk",
    "set_aside",
)


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
    # of the count of what was sent, if that is later: mailbot was started
    began: datetime | None = None
    waiting: int = 0  # mails that wait for somebody's yes
    quarantine: int = 0
    leaving: int = 0  # of these, within a week: see leaving.py
    unaccounted: int = 0  # mails in the folder that had no outcome when the audit looked
    trouble: tuple[str, ...] = ()  # kinds of NOTICES since


NOTICES = {
    "outbox_paused": Text(
        "no mail leaves",
        "The outgoing mail server refuses my login, or its certificate is not valid. I have "
        "paused and try again at"
        " growing intervals; nothing is lost. `mailbot check` says what to change.",
    ),
    "inbox_refused": Text(
        "no mail comes in",
        "The mail server refuses my login to the mailbox, or its certificate is not valid. I "
        "try again at growing"
        " intervals; mails wait there. `mailbot check` says what to change.",
    ),
    "disk_full": Text(
        "the disk was full",
        "I could not write and waited; now I can again. Nothing is lost, but make room before "
        "it happens again.",
    ),
    "killer": Text(
        "a mail was set aside",
        "A mail ended its reader and was set aside whole. `mailbot quarantine list` shows it; "
        "please report it with the"
        " version of mailbot.",
    ),
    "quarantine_full": Text(
        "the quarantine is full",
        "I keep no more mails that cannot be read: they stay in the mailbox, or whoever hands "
        "them in is told to come"
        " again. Nothing was thrown away. `mailbot quarantine list` shows what can be "
        "dropped; [data]"
        " quarantine_megabytes sets the limit.",
    ),
    "capped": Text(
        "too many answers",
        "I was about to send far more answers in an hour than people write mails, which is how "
        "loops between machines"
        " look. Mails are read and kept, but not answered until the hour is over. `mailbot "
        "status` shows the counts.",
    ),
    "nobody_reached": Text(
        "a 1:1 that nobody hears of",
        "The addresses of both people of a 1:1 are dead, so there is nobody left in it whom I "
        "could tell. `mailbot"
        " series show` names them; put their new addresses into config.toml, the old ones as "
        "aliases, or end it with"
        " `mailbot series pause`.",
    ),
    "unwritten": Text(
        "a mail could not be written",
        "A mail to one of two people was due and could not be put into words, by a mistake of "
        "mine or in a template of"
        " yours. It was left out, everything else goes on. The log says which line it was.",
    ),
    "unaccounted": Text(
        "mails without an outcome",
        "The daily audit found mails in the mailbox that I had not dealt with. They are now. "
        "This must not happen:"
        " please report it with the version of mailbot.",
    ),
}
"""At once, and at most once a day for each kind."""


NOT_THEIRS = "not theirs"
TOO_MANY_WAIT = "too many wait for a yes"

HANDS: tuple[tuple[Callable[[Entry], bool], str], ...] = (
    (lambda e: e.outcome == Outcome.FAILED, "{} of mine could not be delivered"),
    (
        lambda e: e.outcome == Outcome.BOUNCED,
        "{} came back because the address is dead; the other person was told",
    ),
    (
        lambda e: e.outcome == "muted",
        "{} got no answer: too many in a day for one person, or the same one again",
    ),
    (lambda e: e.reason == NOT_THEIRS, "{} not from the person it named, as that person says"),
    (
        # a wish is ignored, and nothing lost with it
        lambda e: e.outcome == Outcome.SET_ASIDE and e.reason == TOO_MANY_WAIT,
        "{} set aside unasked: three already waited for that person's yes",
    ),
    (
        lambda e: e.reason.startswith("challenge"),
        "{} with a challenge: the filter of a person wants a click to let me in",
    ),
)
"""What somebody should look at, by what the journal says."""


def notice(kind: str, detail: str) -> Text:
    text = NOTICES[kind]
    return Text(f"mailbot: {text.subject}", f"{text.body}\n" + (f"\n{detail}\n" if detail else ""))


def daily(day: Day) -> Text:
    """Every day, so that silence means something."""
    read = [entry for entry in day.entries if entry.inbound]
    subject = (
        f"mailbot, {day.until:%-d %B}: {counted(len(read), 'mail')} read, "
        f"{counted(day.sent, 'mail')} sent"
    )
    lines = [
        f"From {day.since:%a %-d %b, %H:%M} to {day.until:%a %-d %b, %H:%M} (UTC)",
        "",
        *_read(day, read),
        "",
    ]
    began = f" since I was started, {day.began:%a %-d %b, %H:%M}" if day.began else ""
    lines += [f"Sent{began}: {day.sent}. In the outbox: {_outbox(day.outbox)}."]
    hands = list(_hands(day))
    lines += [
        "",
        *(
            ["Needs a hand:", *(f"  {each}" for each in hands)]
            if hands
            else ["Nothing needs a hand."]
        ),
    ]
    return Text(
        subject, "\n".join([*lines, "", "These are counts; no word of any mail is in them.", ""])
    )


def _read(day: Day, read: list[Entry]) -> Iterator[str]:
    yield f"Read: {len(read)}"
    counts = Counter(entry.outcome for entry in read)
    for outcome in (*OUTCOMES, *sorted(counts.keys() - set(OUTCOMES))):
        if counts[outcome]:
            yield f"  {outcome.replace('_', ' ')}: {counts[outcome]}"
    strangers = _reasons(day.entries, "stranger")
    if strangers:
        yield f"  of the ignored, from strangers: {strangers}"
    if day.waiting:
        yield f"Waiting for somebody's yes: {day.waiting}"
    expired = sum(entry.outcome == Outcome.EXPIRED for entry in day.entries)
    if expired:
        yield f"Thrown away, because nobody said yes in seven days: {expired}"


def _hands(day: Day) -> Iterator[str]:
    if day.quarantine:
        yield (
            f"{counted(day.quarantine, 'mail')} in quarantine{_leaving(day)}: `mailbot "
            "quarantine list`"
        )
    if day.unaccounted:
        yield f"{counted(day.unaccounted, 'mail')} had no outcome until the audit found them"
    for applies, sentence in HANDS:
        found = sum(map(applies, day.entries))
        if found:
            yield sentence.format(counted(found, "mail"))
    for kind in day.trouble:
        yield NOTICES[kind].subject


def _leaving(day: Day) -> str:
    if not day.leaving:
        return ""
    return (
        f" ({day.leaving} of "
        f"{'a stranger, leaves' if day.leaving == 1 else 'strangers, leave'} within a week)"
    )


def _outbox(states: Mapping[str, int]) -> str:
    told = [
        f"{count} {state}"
        for state, count in states.items()
        if count and state != OutboxState.ACCEPTED
    ]
    return ", ".join(told) or "nothing"


def _reasons(entries: Iterable[Entry], reason: str) -> int:
    return sum(entry.outcome == Outcome.IGNORED and entry.reason == reason for entry in entries)


def counted(count: int, noun: str) -> str:
    """ "1 mail", "1,200 mails" """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


# ---- to people that cannot be placed ----


def which(titles: Iterable[str]) -> Text:
    """Somebody with several 1:1s wrote a mail that names none of them. They read only what they
    know anyway."""
    rows = "\n".join(f"- {title}" for title in titles)
    return Text(
        "Which 1:1 do you mean?",
        "You have more than one 1:1 with me, and your mail does not say which it is about, so I "
        "have done nothing"
        f" with it yet:\n\n{rows}\n\nPlease send it again as an answer to a mail of the one you "
        "mean, or with its name"
        " in the subject.\n\nWho can read this: you alone.\n",
    )


def one_more_waits() -> Text:
    """To the address on file, when three mails in its name wait for a yes already."""
    return Text(
        "One more mail says it is from you",
        "Three mails that say they are from you wait for your yes or no, and now there is one "
        "more, about which I do"
        " not ask: whoever runs this address keeps it, and nothing in it counts.\n\nIf you "
        "wrote to me lately and got"
        " no answer, please answer my three questions, then send that mail again. If it was not "
        "you, do nothing.\n\n"
        "Who can read this: you alone.\n",
    )


def how_to_start(hint: str, reason: str = "") -> Text:
    why = (
        "I cannot write to the address you gave: only plain letters and figures may stand "
        "before its @.\n\n"
    )
    how = (
        f"To start a 1:1, write me a mail with one line like this:\n\n{hint}\n\nThe day, the "
        'time, "weekly" or "every 2'
        ' weeks" and the length may be left out.\n\nWho can read this: you alone.\n'
    )
    seldom = (
        "Two weeks is the longest I keep between two 1:1s: beyond that, small things grow "
        "and memories fade.\n\n"
    )
    return Text(
        "I could not read that", {"address": why, "cadence_limit": seldom}.get(reason, "") + how
    )


def not_here(domains: Iterable[str]) -> Text:
    return Text(
        "I cannot start that 1:1",
        "I may only start 1:1s between two people with an address at "
        f"{' or '.join(domains)}.\n\nWho can read this:"
        " you alone.\n",
    )
