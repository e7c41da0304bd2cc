"""Who wrote it and how sure: Authentication-Results of the server we trust (RFC 8601), never a display name or Reply-To."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.mail.message import Inbound


class Verdict(StrEnum):
    PASS = "pass"
    NONE = "none"  # nobody we trust said anything
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Policy:
    """How the operator's mail server states what it checked."""

    profile: str = "generic"  # generic | google | microsoft
    authserv_id: str = ""  # of our own server; "": its verdicts count as none (except microsoft)


@dataclass(frozen=True, slots=True)
class Proof:
    verdict: Verdict
    trace: tuple[str, ...] = ()


def authenticate(inbound: Inbound, policy: Policy) -> Proof:
    """What our own mail server says of the domain in From."""
    raise NotImplementedError
