"""Series that start, by a mail or by config.toml, and what config.toml changes in them later."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from mailbot.meeting.decide import open_series
from mailbot.meeting.events import Answered, Outcome, Reconfigured, Started
from mailbot.meeting.model import Cadence, Person
from mailbot.meeting.said import Problem, Reason
from mailbot.service.intake.finding import Ending, Finding
from mailbot.service.people.directory import CONFIGURED, Pair, configured, pair, series_id
from mailbot.service.people.spread import as_known
from mailbot.service.step import Step
from mailbot.store.protocol import Change, Store, Stored
from mailbot.store.update import update


def start_series(
    step: Step,
    who: Pair,
    started: Started,
    cause: str,
    now: datetime,
    finding: Finding | None = None,
) -> Ending:
    """Open the series of these two; if it is there already, say to it whatever else the mail
    says. `cause`, `finding`: see Step.decide."""
    store = step.store
    name = pair(store, who.report, who.manager)
    name = name or series_id(who.report.address, who.manager.address)
    report, manager = as_known(store, who.report), as_known(store, who.manager)
    known = store.load(name)
    if known is None:
        fresh = Stored(open_series(name, report, manager, who.cadence), 0)
        return step.decide(fresh, started, cause, now, finding)
    if started.by is None:
        return Ending(Outcome.DUPLICATE)
    exists = Problem(f"new 1:1 with {report.address}", "", Reason.EXISTS)
    answered = Answered(started.by, (*started.said, exists))
    return step.decide(known, answered, cause, now, finding)


def configure(step: Step, pairs: Iterable[tuple[Person, Person, Cadence]], now: datetime) -> None:
    """Bring the series of config.toml up to date. What changed by mail since stays, until the
    file changes."""
    seen = step.store.recall(CONFIGURED)
    fresh: dict[str, str] = {}
    for who in map(Pair._make, pairs):
        name = configured(step.store, seen, who.report, who.manager)
        fresh[name] = f"{_checksum((who.report, who.manager))} {_checksum(who.cadence)}"
        if seen.get(name) != fresh[name]:
            _bring_up_to_date(step, name, who, seen.get(name, ""), now)
    update(step.store, partial(_configured, step.store, fresh))


def _configured(store: Store, fresh: dict[str, str]) -> Change | None:
    """Add the checksums of what was brought up to date; None: they are there already."""
    seen = store.recall(CONFIGURED)
    after = {**seen, **fresh}
    return None if after == seen else Change("", values={CONFIGURED.name: after})


def _bring_up_to_date(step: Step, name: str, who: Pair, before: str, now: datetime) -> None:
    """Start a series that is new, or tell one that is there what the file says now. `before`: the
    checksums of what the file said when it was read last; "": it did not name these two."""
    stored = step.store.load(name)
    if stored is None:
        start_series(step, who, Started(), "", now)
        return
    # a cadence that is the same in the file leaves what the two agreed on since
    cadence = None if before.endswith(_checksum(who.cadence)) else who.cadence
    step.decide(stored, Reconfigured(who.report, who.manager, cadence), "", now)


def _checksum(part: object) -> str:
    """Name a value by its content; kept between versions, so nothing starts anew with one."""
    return hashlib.sha256(repr(part).encode()).hexdigest()[:16]
