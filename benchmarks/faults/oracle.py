"""What became of every answer: its words in the store, its receipt at the server, and whether anybody else read it.

Every answer carries a key that stands in no other, and a secret on a private line. Afterwards each key stands in the
store once, each answer has one receipt, and no secret was in a mail to anybody but its author.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.parser import HeaderParser
from functools import cached_property
from io import StringIO
from pathlib import Path

from mailbot.commands.log import LineFormatter
from mailbot.meeting.model import SCHEDULED, Purpose
from mailbot.service.app import Mailbot
from mailbot.store.codec import dumps
from mailbot.store.protocol import JOURNAL, history_key
from mailbot.testing import Got
from tests.kit.servers import Sink

ONCE = SCHEDULED - {Purpose.AGENDA_UPDATE, Purpose.GAP_WARNING}
WORDS = {
    "left": "left in the inbox",
    "aside": "wrongly set aside, held or not",
    "logged": "words or addresses in the log",
}
KEY = re.compile(rb"(?:zebra|velvet)\d{5}q")


@dataclass(frozen=True)
class Answer:
    """A mail that somebody wrote."""

    number: int
    author: str
    key: str
    secret: str
    raw: bytes

    @cached_property
    def id(self) -> str:
        return str(message_from_bytes(self.raw)["Message-ID"])


# counts that are 0 in a clean run; the two more of BAD are judged by each row itself
NEVER = ("answered_twice", "differing", "left", "aside", "asked_twice", "leaked", "logged")
BAD = ("lost", "unanswered", *NEVER)


@dataclass(frozen=True)
class Seen:
    """What is left to judge when a run is over."""

    answers: int
    lost: int  # answers of which a word is in no series
    doubled: int  # answers of which a word is in the store twice
    unanswered: int  # answers without a receipt
    answered_twice: int  # answers with two different receipts
    sent_twice: int  # mails that the server took again, byte for byte the same
    copies: int  # of one mail, at most
    differing: int  # the same Message-ID with other bytes: never
    left: int  # mails that stayed in the inbox
    aside: int  # mails set aside or held that should not be, or the other way round
    asked_twice: int  # scheduled mails of one purpose and meeting that went to one person twice
    leaked: int  # secrets in somebody else's mail
    logged: int  # keys, secrets and addresses in the log
    log_octets: int
    outcomes: tuple[tuple[str, int], ...]

    @property
    def clean(self) -> bool:
        return not any(getattr(self, name) for name in NEVER)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a row has to say when it is not clean."""
        bad = [
            f"{WORDS.get(name, name.replace('_', ' '))}: {value}"
            for name in BAD
            if (value := getattr(self, name))
        ]
        return (f"{'; '.join(bad)}; outcomes {dict(self.outcomes)}",) if bad else ()


def look(
    mailbot: Mailbot, answers: Sequence[Answer], sink: Sink, *, left: int, aside: int, log: Path
) -> Seen:
    stored = Counter(KEY.findall(b"\n".join(texts(mailbot))))
    receipts = replies_to(sink)
    taken = Counter(Got(raw).id for _, _, raw in sink.mails)
    bytes_of: dict[str, set[bytes]] = {}
    for _, _, raw in sink.mails:
        bytes_of.setdefault(Got(raw).id, set()).add(raw)
    counts = [[stored[word.encode()] for word in (each.key, each.secret)] for each in answers]
    return Seen(
        answers=len(answers),
        lost=sum(min(pair) == 0 for pair in counts),
        doubled=sum(max(pair) > 1 for pair in counts),
        unanswered=sum(not receipts.get(each.id) for each in answers),
        answered_twice=sum(len(receipts.get(each.id, ())) > 1 for each in answers),
        sent_twice=sum(count - 1 for count in taken.values()),
        copies=max(taken.values(), default=0),
        differing=sum(len(found) > 1 for found in bytes_of.values()),
        left=left,
        aside=abs(len(mailbot.quarantine.list()) + len(mailbot.held.list()) - aside),
        asked_twice=sum(count - 1 for count in asked(mailbot, sink).values()),
        leaked=sum(1 for _ in leaks(answers, sink)),
        logged=len(traces(log, answers)),
        log_octets=log.stat().st_size if log.exists() else 0,
        outcomes=tuple(Counter(entry.outcome for entry in mailbot.store.recall(JOURNAL)).items()),
    )


def texts(mailbot: Mailbot) -> Iterator[bytes]:
    """All that the series and their histories say, without the mails in the outbox."""
    for name in mailbot.store.find():
        stored = mailbot.store.load(name)
        assert stored is not None
        history = mailbot.store.recall(history_key(name))
        for meeting in (*stored.series.meetings, *history.meetings):
            yield dumps(
                [*(item.text for item in meeting.items), *(note.text for note in meeting.notes)]
            )
        actions = (*stored.series.actions, *history.actions)
        yield dumps(
            [*(item.text for item in stored.series.carried), *(action.text for action in actions)]
        )


def replies_to(sink: Sink) -> dict[str, set[str]]:
    """Message-IDs of what was sent in answer to each mail."""
    found: dict[str, set[str]] = {}
    for _, _, raw in sink.mails:
        if cause := cause_of(raw):
            found.setdefault(cause, set()).add(Got(raw).id)
    return found


def asked(mailbot: Mailbot, sink: Sink) -> Counter[tuple[object, ...]]:
    """How many mails each person was sent for each purpose of each meeting that is asked for once."""
    ids = {Got(raw).id for _, _, raw in sink.mails}
    places = (mailbot.reader.tokens.read(id_.strip("<>").partition("@")[0]) for id_ in ids)
    return Counter(
        (p.series, p.meeting, p.role, p.purpose) for p in places if p and p.purpose in ONCE
    )


def cause_of(raw: bytes) -> str:
    """The mail that this one answers, "" if none."""
    return str(
        HeaderParser().parsestr(raw.partition(b"\r\n\r\n")[0].decode("ascii"))["In-Reply-To"] or ""
    )


def leaks(answers: Iterable[Answer], sink: Sink) -> Iterator[tuple[str, str]]:
    """Secrets, each with the address that got it and should not have."""
    authors = {each.secret: each.author for each in answers}
    for _, recipient, raw in sink.mails:
        mail = Got(raw)
        for text in {
            *KEY.findall(mail.text.encode()),
            *KEY.findall(mail.html.encode()),
            *KEY.findall(raw),
        }:
            if authors.get(text.decode(), recipient) != recipient:
                yield text.decode(), recipient


def traces(log: Path, answers: Sequence[Answer]) -> set[bytes]:
    """Words and addresses of people that stand in a log."""
    content = log.read_bytes() if log.exists() else b""
    return {
        *KEY.findall(content),
        *(each.author.encode() for each in answers if each.author.encode() in content),
    }


class Log:
    """What is logged at DEBUG inside this process while it listens, by us and by every library."""

    def __init__(self) -> None:
        self.text = b""
        self.canaries: set[bytes] = set()

    @contextmanager
    def listening(self) -> Iterator[None]:
        stream, root = StringIO(), logging.getLogger()
        handler, level = logging.StreamHandler(stream), root.level
        handler.setFormatter(LineFormatter())
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            root.removeHandler(handler)
            root.setLevel(level)
            self.text += stream.getvalue().encode()

    def found(self) -> set[bytes]:
        """Words of people, and whatever looks like an address of theirs."""
        return {
            *KEY.findall(self.text),
            *re.findall(rb"\b(?:ana|ben)[.\w]{0,20}@[a-z.]{1,40}", self.text),
        }
