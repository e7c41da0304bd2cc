"""How sure we are who wrote a mail. A token routes; authority is the address on file and what our
own server says.

Content (items, notes, done marks) needs SURE or UNVERIFIED; DOUBTFUL words wait for the yes of
the address on file. Control (a new series, another address) needs a pass, or that same round
trip, in a mail whose To or Cc names us.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass
from enum import StrEnum

from mailbot.inbound.message import header
from mailbot.inbound.message.parse import Address, Inbound
from mailbot.inbound.triage.auth import Verdict
from mailbot.inbound.triage.rules import MailKind, Triage, TriageReason
from mailbot.inbound.triage.thread import Found, FoundBy
from mailbot.meeting.model import Person, Purpose, Role, Series

# ways to find a place that only a mail of ours can have taught
SIGNED = (FoundBy.TOKEN, FoundBy.REFERENCE, FoundBy.ROOT)


class Standing(StrEnum):
    """How sure we are that the author is a person on file."""

    SURE = "sure"  # address on file, and our own server vouches for it
    # address on file and a token of ours, and nobody ever vouched for the domain
    UNVERIFIED = "unverified"
    DOUBTFUL = "doubtful"  # something is wrong with the author: held
    STRANGER = "stranger"  # nobody we know


@dataclass(frozen=True, slots=True)
class Authority:
    """`role`: of the author; of the address on file when the standing is doubtful."""

    role: Role | None
    standing: Standing
    reason: str = ""  # a few words for the journal; "": nothing is wrong


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a mail when its author is judged."""

    author: Address
    found: Found | None
    verdict: Verdict
    meant: bool  # To or Cc names us, or it was `redirected`
    judged: Triage
    passed: Container[str] = ()  # domains for which our server has vouched before

    @property
    def by(self) -> FoundBy | None:
        """How the mail of ours was found that it answers; None: it answers none."""
        return self.found.by if self.found else None

    @property
    def reader(self) -> Role | None:
        """Who was sent the mail of ours that it answers; None: both, or it is not known."""
        return self.found.reader if self.found else None

    @property
    def signed(self) -> bool:
        """Say whether only a mail of ours can have taught the way to it."""
        return self.by in SIGNED

    @property
    def proven(self) -> bool:
        """Our own server vouches for the domain in From."""
        return self.verdict is Verdict.PASS

    @property
    def has_token(self) -> bool:
        """Say whether it was written to an address with a token of ours."""
        return self.by is FoundBy.TOKEN

    @property
    def downgraded(self) -> bool:
        """Say whether our server has vouched for the domain before, and does not now."""
        domain = self.author.address.rpartition("@")[2]
        return not self.proven and domain in self.passed

    @property
    def through_list(self) -> bool:
        """Say whether a list handed it on."""
        return self.machine and self.judged.reason is TriageReason.LIST

    @property
    def machine(self) -> bool:
        """Words that came by a way which only proof makes a person's: a list, a null
        Return-Path."""
        return self.judged.kind is MailKind.CONTENT and not self.judged.may_answer


NOBODY_VOUCHES = "nobody vouches for it"
Against = tuple[tuple[Callable[[Evidence], bool], str], ...]
"""What may speak against the words of an address on file, in the order in which it is asked."""

AGAINST_ANY: Against = (
    (lambda mail: not mail.meant, "written to somebody else"),
    (lambda mail: mail.through_list and not mail.has_token, "through a list, without a token"),
)
AGAINST_UNPROVEN: Against = ((lambda mail: mail.machine, NOBODY_VOUCHES),)
AGAINST_UNASKED: Against = (
    (lambda mail: mail.downgraded, "downgrade"),
    (lambda mail: not mail.signed, NOBODY_VOUCHES),
)
"""Of an unproven mail that answers no question which we put to the address on file."""


def redirected(inbound: Inbound, found: Found | None) -> bool:
    """Say whether a mail whose To and Cc do not name us was meant for us all the same: it answers
    one of ours, or it names nobody. So its words count; they control nothing. An address without a
    dot is nobody: what `Cc: a@b,` leaves of a broken header."""
    if found is not None and found.replies:
        return True
    named = header.addresses([*inbound.headers.get("to", ()), *inbound.headers.get("cc", ())])
    return not any("." in each.rpartition("@")[2] for each in named)


def authority_of(series: Series, mail: Evidence) -> Authority:
    """Judge how sure we are who wrote a mail to this series."""
    role = series.role_of(mail.author.address)
    if role is None:
        known = _claimed(series, mail)
        standing = Standing.DOUBTFUL if known else Standing.STRANGER
        return Authority(known, standing, "an address that is not on file")
    if mail.verdict is Verdict.FAIL:
        return Authority(role, Standing.DOUBTFUL if mail.signed else Standing.STRANGER, "failed")
    doubt = _doubt(series, mail, role)
    if doubt:
        return Authority(role, Standing.DOUBTFUL, doubt)
    return Authority(role, Standing.SURE if mail.proven else Standing.UNVERIFIED)


def _doubt(series: Series, mail: Evidence, role: Role) -> str:
    """Say what speaks against the words of an address on file; "": nothing."""
    rows = AGAINST_ANY
    if not mail.proven:
        rows += AGAINST_UNPROVEN
        # The round trip itself: this token went to the address on file alone, so whoever answers
        # it reads that mail.
        if not _answers_open_question(series, mail, role):
            rows += AGAINST_UNASKED
    return next((words for applies, words in rows if applies(mail)), "")


def _answers_open_question(series: Series, mail: Evidence, role: Role) -> bool:
    """Say whether they answer a "was this you?" that was put to them and is still open."""
    if mail.found is None or mail.reader is not role:
        return False
    target = mail.found.target
    number = target.serial if mail.signed and target.purpose is Purpose.CONFIRM else 0
    return number in {
        held.serial for held in series.unconfirmed if held.role is role and not held.done
    }


def _claimed(series: Series, mail: Evidence) -> Role | None:
    """Whom to ask about words from an address that is not on file: who was sent the mail that they
    answer.

    Nobody, if that was both or is not known, or if the author looks like the other one, who may
    have been forwarded it: what they wrote, private lines too, would be shown to the wrong
    person.
    """
    known = mail.reader if mail.signed else None
    if known is None:
        return None
    names = _names(mail.author)
    alike = {role for role in Role if names & _names(series.person(role))}
    return None if alike == {known.other} else known


def _names(whom: Address | Person) -> set[str]:
    """Fold a name and the local part of an address into words of two letters or more."""
    words = _WORDS.split(f"{whom.name} {whom.address.partition('@')[0]}".casefold())
    return {word for word in words if len(word) > 1}


_WORDS = re.compile(r"[\W\d_]")
