"""What is said to nobody: canaries in every log, and private lines in everything the other person ever received."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults.hostile import START, house
from benchmarks.faults.oracle import KEY, Log, Seen
from benchmarks.faults.table import Row
from mailbot.meeting.model import Purpose
from mailbot.testing import CLIENTS, Answers, Got, House

WEEKS = 4
STEP = timedelta(hours=1)
DELAY = timedelta(hours=3)

SHAPES: tuple[str, ...] = (  # {secret} for the author alone, {key} for both
    "private: {secret}\n\n- {key}",
    "- {key}\n- private: {secret}",
    "Private:\n- {secret}\n- more of it\n\nFeedback:\n- {key}",
    "{key}\n\nPRIVATE - {secret}",
    "- {key}\n  - private: {secret}",
    "action: private: {secret} by Friday\n\n- {key}",
    "privat: {secret}\n\n- {key}",
)
"""Ways in which people mark a line as theirs."""


@dataclass
class Year:
    """Pairs who write something private in every answer, in every shape and from every client."""

    house: House
    authors: dict[str, str] = field(default_factory=dict)  # by secret
    due: list[tuple[Got, str]] = field(default_factory=list)
    looked: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(5))

    def live(self, weeks: int) -> None:
        end = START + timedelta(weeks=weeks)
        while self.house.clock.at < end:
            self.house.until(self.house.clock.at + STEP)
            self.answer_all()

    def answer_all(self) -> None:
        """To everything that was scheduled; a receipt is corrected now and then, which must not publish anything."""
        fresh = self.house.tray.mails[self.looked :]
        self.looked = len(self.house.tray.mails)
        for mail in fresh:
            place = self.house.mailbot.reader.tokens.read(mail.id.strip("<>").partition("@")[0])
            assert place is not None
            if place.purpose in (Purpose.RECEIPT, Purpose.PROBLEM):
                self.correct(mail)
            else:
                self.write(mail)

    def write(self, mail: Got) -> None:
        number = len(self.authors)
        secret, key = f"velvet{number:05}q", f"zebra{number:05}q"
        self.authors[secret] = mail.recipient
        words: str | Answers = SHAPES[number % len(SHAPES)].format(secret=secret, key=key)
        client = list(CLIENTS)[number // len(SHAPES) % len(CLIENTS)]
        self.house.answers(mail, mail.recipient, words, client)

    def correct(self, mail: Got) -> None:
        words = self.chance.choice(("", "", "undo", "help", "1 private"))
        if words:
            self.house.answers(mail, mail.recipient, words)

    def leaks(self) -> list[str]:
        """Secrets in a mail to somebody else, as it went over the wire or as it reads."""
        found = []
        for mail in self.house.tray.mails:
            everything = "\n".join(
                (mail.text, mail.html, mail.subject, mail.raw.decode("ascii"))
            ).encode()
            others = {word.decode() for word in KEY.findall(everything)} & self.authors.keys()
            found += [secret for secret in others if self.authors[secret] != mail.recipient]
        return found

    def told(self) -> int:
        """Secrets that came back to their author."""
        texts = {
            word.decode(): mail.recipient
            for mail in self.house.tray.mails
            for word in KEY.findall(mail.text.encode())
        }
        return sum(texts.get(secret) == author for secret, author in self.authors.items())


def private(pairs: int, weeks: int, log: Log, seen: Sequence[Seen]) -> Row:
    with TemporaryDirectory() as folder, log.listening():
        year = Year(house(Path(folder), pairs))
        year.live(weeks)
    elsewhere, leaked = sum(each.answers for each in seen), sum(each.leaked for each in seen)
    leaks = year.leaks()
    log.canaries |= {word.encode() for word in year.authors}
    return Row(
        "private lines, searched in everything the other one received",
        len(year.authors) + elsewhere,
        None,
        None,
        None,
        good=not leaks and not leaked,
        notes=(
            f"{len(year.authors)} in {len(SHAPES)} shapes over {weeks} weeks of {pairs} pairs, {len(year.house.tray.mails):,} mails",
            f"{elsewhere:,} in the runs above; found {len(leaks) + leaked}; {year.told()} came back to their author",
        ),
    )


def canaries(log: Log, seen: Sequence[Seen]) -> Row:
    """Words, secrets and addresses in what the runs above and the houses said at DEBUG."""
    octets = sum(each.log_octets for each in seen) + len(log.text)
    found = sum(each.logged for each in seen) + len(log.found())
    count = sum(3 * each.answers for each in seen) + len(log.canaries)
    return Row(
        "canaries (words, private words, addresses) in logs at DEBUG",
        count,
        None,
        None,
        None,
        good=not found,
        notes=(
            f"{octets / 1e6:.1f} MB of log searched; found {found}",
            *(sorted(map(repr, log.found()))[:3]),
        ),
    )


def rows(pairs: int, weeks: int, log: Log, seen: Sequence[Seen]) -> Iterator[Row]:
    yield private(pairs, weeks, log, seen)
    yield canaries(log, seen)
