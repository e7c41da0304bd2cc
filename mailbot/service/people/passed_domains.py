"""Domains of people on file for which our own server has vouched once: a mail of theirs without a
proof is doubted from then on."""

from __future__ import annotations

from mailbot.service.intake.authority import Standing
from mailbot.service.intake.finding import Finding
from mailbot.service.intake.pipeline import PASSED
from mailbot.store.protocol import Change, Store
from mailbot.store.update import update


def remember_domain(store: Store, finding: Finding) -> None:
    """Keep the domain of a mail that passed, if its author is surely on file."""
    if not finding.mail.proven or finding.author.standing is not Standing.SURE:
        return
    domain = finding.address.rpartition("@")[2]
    if domain not in store.recall(PASSED):
        update(store, lambda: _with(store, domain))


def _with(store: Store, domain: str) -> Change:
    """Add a domain to those that have passed."""
    passed = store.recall(PASSED)
    return Change(f"passed {domain}", values={PASSED.name: {**passed, domain: True}})
