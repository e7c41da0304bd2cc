"""How sure we are who wrote a mail. A token routes; authority is the address on file and what our own server says.

Content (items, notes, done marks) needs SURE or UNVERIFIED; DOUBTFUL words wait for the yes of the address on file.
Control (a new series, another address) needs a pass, or that same round trip; see app.py.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from mailbot.mail.sender import Verdict
from mailbot.mail.thread import Found
from mailbot.meeting.model import Purpose, Role, Series

SIGNED = ("token", "reference", "root")  # ways to find a place that only a mail of ours can have taught


class Standing(StrEnum):
    """How sure we are that the author is a person on file."""

    SURE = "sure"  # address on file, and our own server vouches for it
    UNVERIFIED = "unverified"  # address on file and a token of ours, and nobody ever vouched for the domain
    DOUBTFUL = "doubtful"  # something is wrong with the author: held
    STRANGER = "stranger"  # nobody we know


@dataclass(frozen=True, slots=True)
class Judgement:
    """`role`: of the author; of the address on file when the standing is doubtful."""

    role: Role | None
    standing: Standing
    reason: str = ""  # a few words for the journal; "": nothing is wrong


def judgement(
    series: Series, address: str, found: Found | None, verdict: Verdict, *, names_us: bool, passed: Container[str]
) -> Judgement:
    """`address`: in From. `names_us`: To or Cc does. `passed`: domains for which our server has vouched before."""
    role = series.role_of(address)
    signed = found is not None and found.by in SIGNED
    if role is None:
        known = found.place.role if found is not None and signed else None
        return Judgement(known, Standing.DOUBTFUL if known else Standing.STRANGER, "an address that is not on file")
    if verdict is Verdict.FAIL:
        return Judgement(role, Standing.DOUBTFUL if signed else Standing.STRANGER, "failed")
    if not names_us:
        return Judgement(role, Standing.DOUBTFUL, "written to somebody else")
    if verdict is Verdict.PASS:
        return Judgement(role, Standing.SURE)
    if signed and found is not None and (found.place.purpose, found.place.role) == (Purpose.CONFIRM, role):
        # The round trip itself: this token went to the address on file alone, so whoever answers it reads that mail.
        return Judgement(role, Standing.UNVERIFIED)
    if address.rpartition("@")[2] in passed:
        return Judgement(role, Standing.DOUBTFUL, "downgrade")
    if not signed:
        return Judgement(role, Standing.DOUBTFUL, "nobody vouches for it")
    return Judgement(role, Standing.UNVERIFIED)
