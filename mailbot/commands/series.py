"""mailbot series: the standing one-on-ones, as the operator may see them: people, times and
counts."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.commands.installed import acting, looking
from mailbot.commands.terminal import Terminal
from mailbot.config.file import ConfigError, find, load, parse
from mailbot.config.sample import toml
from mailbot.config.words import WEEKDAYS
from mailbot.errors import InputError, OperatorError, UsageError, reason
from mailbot.meeting.events import Answered
from mailbot.meeting.model import ActionState, Cadence, Meeting, Person, Role, Series
from mailbot.meeting.said import Pause, Resume
from mailbot.service.operations.operator_texts import counted
from mailbot.service.runtime.clock import now
from mailbot.store.protocol import Store

PLACE = re.compile(r"^\[\[one_on_one\]\](?: \d{1,9})?(?: \([^)]*\))?:? ")


def show_all(args: Namespace, terminal: Terminal) -> int:
    """List what is in the store; a one-on-one of config.toml gets there when mailbot runs."""
    with looking(args) as store:
        ids = terminal.progress(store.find(), "reading series")
        kept = [stored.series for id_ in ids if (stored := store.load(id_))]
    rows = [
        (s.id, s.report.address, s.manager.address, cadence(s.cadence), _next(s), _state(s))
        for s in kept
    ]
    terminal.table(("id", "report", "manager", "when", "next", "state"), rows)
    return 0


def show(args: Namespace, terminal: Terminal) -> int:
    with looking(args) as store:
        for number, series in enumerate(chosen(store, args.name)):
            if number:
                terminal.say()
            for name, value in facts(series):
                terminal.say(f"{terminal.paint(f'{name:<14}', 'bold')}{value}")
    return 0


def add(args: Namespace, terminal: Terminal) -> int:
    """Print the block for config.toml, which stays the operator's; written only when asked."""
    source = find(args.config)
    config = load(source)
    text = block(args)
    try:
        grown = parse(f"{source.read_text('utf-8-sig').rstrip()}\n\n{text}", source)
    except ConfigError as error:
        raise UsageError(" ".join(map(_as_typed, error.problems))) from error
    assert len(grown.series()) == len(config.series()) + 1
    if args.write:
        _append(source, text)
        terminal.say(f"Added to {source}; mailbot sees it at its next start.")
    else:
        terminal.say(text.rstrip())
        print(f"Paste this at the end of {source}, or say --write.", file=terminal.err)
    return 0


def pause(args: Namespace, terminal: Terminal) -> int:
    """Pause, as if one of the two had written it: both are told."""
    until = _day(args.until) if args.until else None
    with looking(args) as store:
        series = chosen(store, args.name)
    said = Resume() if args.over else Pause(until)
    changed = [each for each in series if _would_change(each, said, now())]
    if not changed:
        raise UsageError(
            f"{args.name} is not paused" if args.over else f"--until {until} is not after today"
        )
    with acting(load(args.config)) as mailbot:
        for each in changed:
            stored = mailbot.store.load(each.id)
            assert stored is not None, each.id
            mailbot.step.decide(stored, Answered(Role.MANAGER, (said,)), "", now())
            after = mailbot.store.load(each.id)
            assert after is not None, each.id
            terminal.say(
                f"{each.id} ({each.report.address}, {each.manager.address}): {_state(after.series)}"
            )
    return 0


def _would_change(series: Series, said: Pause | Resume, at: datetime) -> bool:
    """Tell whether these words mean anything to this series today; what means nothing would be
    answered with a problem."""
    today = at.astimezone(ZoneInfo(series.cadence.zone)).date()
    if isinstance(said, Pause):
        return said.until is None or said.until > today
    return series.paused_until is not None and series.paused_until > today


# ---- what is shown ----


def cadence(rhythm: Cadence) -> str:
    """Say when they meet: Tuesday 10:00 Europe/Lisbon, 30 min."""
    often = ", every 2 weeks" if rhythm.every_weeks == 2 else ""
    return (
        f"{WEEKDAYS[rhythm.weekday]} {rhythm.at:%H:%M} {rhythm.zone}, {rhythm.minutes} min{often}"
    )


def facts(series: Series) -> Iterator[tuple[str, object]]:
    """Tell names and numbers; no text that anybody wrote."""
    yield "series", series.id
    yield "report", _person(series.report)
    yield "manager", _person(series.manager)
    yield "when", cadence(series.cadence)
    yield "state", _state(series)
    for meeting in series.meetings:
        yield f"meeting {meeting.number}", _meeting(meeting, series.cadence.zone)
    yield "action items", f"{sum(a.state is ActionState.OPEN for a in series.actions)} open"
    yield "carried", counted(len(series.carried), "agenda item")
    yield "last held", _local(series.last_met, series.cadence.zone)
    yield "waiting", f"{counted(len(series.unconfirmed), 'mail')} for a yes"
    yield "mails sent", series.serial
    yield "next due", _local(series.next_due, series.cadence.zone)


def _person(person: Person) -> str:
    dead = ", mails do not arrive" if person.unreachable else ""
    away = f", away until {person.away_until}" if person.away_until else ""
    return f"{person.name} <{person.address}> {person.zone}{dead}{away}"


def _meeting(meeting: Meeting, zone: str) -> str:
    counts = (meeting.items, "agenda item"), (meeting.notes, "note"), (meeting.mailed, "mail")
    held = ", ".join(counted(len(each), noun) for each, noun in counts)
    return f"{_local(meeting.start, zone)}, {meeting.stage.value.replace('_', ' ')}, {held}"


def _next(series: Series) -> str:
    return _local(series.meetings[-1].start, series.cadence.zone) if series.meetings else "-"


def _state(series: Series) -> str:
    if series.paused_until is None:
        return "a proposal waits" if series.proposal else "runs"
    return "paused" if series.paused_until == date.max else f"paused until {series.paused_until}"


def _local(instant: datetime | None, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}" if instant else "never"


# ---- finding and changing ----


def chosen(store: Store, name: str) -> list[Series]:
    """Find the series with this id, or all in which this address takes part. Raises InputError."""
    word = name.strip().lower()
    ids = store.find(word) if "@" in word else (word,)
    kept = [stored.series for id_ in ids if (stored := store.load(id_))]
    if not kept:
        raise InputError(f"There is no series {name}; `mailbot series list` shows them")
    return kept


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--until must be a date such as 2026-12-01, not {text!r}") from None


def block(args: Namespace) -> str:
    """Write the lines for config.toml. Their values are checked when the grown file is read."""
    keys = {
        "report": args.report,
        "manager": args.manager,
        "weekday": args.weekday,
        "time": args.time,
    }
    keys |= {"zone": args.zone} if args.zone else {}
    keys |= {"minutes": args.minutes} if args.minutes != 30 else {}
    keys |= {"every_weeks": args.every_weeks} if args.every_weeks != 1 else {}
    keys |= {"first": args.first} if args.first else {}
    return "\n".join(
        ("[[one_on_one]]", *(f"{name} = {toml(value)}" for name, value in keys.items()), "")
    )


def _as_typed(problem: str) -> str:
    """Word a problem of the block for who typed it: the file itself is as right as before."""
    words = PLACE.sub("", problem)
    words = words.replace(" in quotes", "").replace(
        "add zone here, or a zone in [mail]", "say --zone"
    )
    return words.replace("stand there twice; leave one", "have a one-on-one already")


def _append(path: Path, text: str) -> None:
    try:
        with path.open("r+b") as file:
            ends_open = file.read()[-1:] not in (b"\n", b"")
            file.write(("\n" * (1 + ends_open) + text).encode())
    except OSError as error:
        raise OperatorError(
            f"{path} cannot be written ({reason(error)}); paste the block without --write"
        ) from error
