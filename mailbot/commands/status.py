"""mailbot status: how it goes, in counts; no word of any mail. What needs a hand is said last,
and by the exit code."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from mailbot.commands.quarantine import quarantined
from mailbot.commands.terminal import Terminal
from mailbot.config.file import Config, load
from mailbot.inbound.message import peek
from mailbot.service.delivery.breaker import PAUSED
from mailbot.service.operations.audit import AUDIT
from mailbot.service.operations.postmaster import TOLD
from mailbot.service.runtime.clock import now
from mailbot.store.disk import in_use
from mailbot.store.open import open_raw_mails, open_store
from mailbot.store.protocol import JOURNAL, OUTBOX, Store, ready_key

# 3 as `systemctl is-active` and init scripts say it (LSB 3.1, 20.2)
WELL, NEEDS_A_HAND, DOES_NOT_RUN = 0, 1, 3
HORIZONS = {"an hour": timedelta(hours=1), "a day": timedelta(days=1), "a week": timedelta(weeks=1)}
# mailbot looks into its mailbox every five minutes, however long IDLE is silent
MUTE = timedelta(minutes=20)
FAR = timedelta(days=3650)
NEVER = {
    "unaccounted": "never audited",
    "outbox_oldest": "-",
    "outbox_paused": "no",
    "mailbox_refused": "no",
}
# mail is handed in
NO_MAILBOX = dict.fromkeys(("last_poll", "mailbox_refused", "unaccounted", "last_audit"), "-")


def status(args: Namespace, terminal: Terminal) -> int:
    config = load(args.config)
    with closing(open_store(config.data_folder, look=True)) as store:
        terminal.doing("counting")
        facts = {
            "running": in_use(config.data_folder),
            **polls(store, config),
            **counts(store, now()),
        }
    facts |= set_aside(config)
    hands = list(needs(facts, config, now()))
    terminal.wipe()
    if args.json:
        terminal.say(json.dumps(facts | {"needs_a_hand": hands}, default=datetime.isoformat))
    else:
        _show(facts if config.imap else facts | NO_MAILBOX, hands, terminal)
    if not facts["running"]:
        return DOES_NOT_RUN
    return NEEDS_A_HAND if hands else WELL


# ---- what there is to know ----


def counts(store: Store, at: datetime) -> dict[str, Any]:
    """Count what is in the store."""
    outcomes = Counter(entry.outcome for entry in store.recall(JOURNAL) if entry.inbound)
    audit = store.recall(AUDIT)
    return {
        "series": len(store.find()),
        "next_mails": {
            f"within {name}": len(store.due(at + ahead)) for name, ahead in HORIZONS.items()
        },
        "outbox": {str(state): count for state, count in store.recall(OUTBOX).items() if count},
        "outbox_oldest": _oldest(store, at),
        "outbox_paused": store.recall(PAUSED) or None,
        "unreachable": _unreachable(store),
        "mails_read": dict(outcomes),
        "unaccounted": audit.get("unaccounted"),  # must be zero
        "last_audit": _instant(audit.get("at")),
    }


def set_aside(config: Config) -> dict[str, int]:
    held, quarantine = open_raw_mails(config.data_folder).held, quarantined(config)
    return {"waiting_for_yes": held.usage()[0], "quarantine": quarantine.usage()[0]}


def polls(store: Store, config: Config) -> dict[str, datetime | None]:
    """Tell when the mailbox was looked into, and since when it refuses us, if it does: told once a
    day, and over when a look succeeds."""
    looked = last_poll(config.data_folder / "polled")
    refused = _instant(store.recall(TOLD).get("inbox_refused"))
    return {
        "last_poll": looked,
        "mailbox_refused": refused if refused and (not looked or looked < refused) else None,
    }


def last_poll(mark: Path) -> datetime | None:
    """Tell when mailbot last looked into its mailbox; it touches this file each time."""
    return datetime.fromtimestamp(int(mark.stat().st_mtime), UTC) if mark.exists() else None


def _oldest(store: Store, at: datetime) -> datetime | None:
    """Tell when the oldest mail that waits was written, by its own Date."""
    dates = (peek.field(each.mail.raw, "date") for each in store.recall(ready_key(at + FAR)))
    return min((parsedate_to_datetime(date) for date in dates if date), default=None)


def _unreachable(store: Store) -> int:
    """Count people whose address is dead."""
    series = (stored.series for name in store.find() if (stored := store.load(name)))
    return len(
        {
            person.address
            for each in series
            for person in (each.report, each.manager)
            if person.unreachable
        }
    )


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# ---- what it means ----


def needs(facts: dict[str, Any], config: Config, at: datetime) -> Iterator[str]:
    """Say what stops mails and goes on until somebody acts. Mails in quarantine wait, too, but
    nothing waits for them."""
    if not facts["running"]:
        return
    if facts["outbox_paused"]:
        yield f"no mail leaves: {facts['outbox_paused']['why']}"
    if facts["mailbox_refused"]:
        yield "the mailbox refuses the login; `mailbot check` says what to change"
    elif config.imap and facts["last_poll"] and at - facts["last_poll"] > MUTE:
        yield "the mailbox was not looked into for a while; the log says why"
    if facts["unaccounted"]:
        yield "mails had no outcome at the last audit; report it with the version of mailbot"


# ---- how it is shown ----


def _show(facts: dict[str, Any], hands: list[str], terminal: Terminal) -> None:
    for name, value in facts.items():
        label = name.replace("_", " ").replace("outbox ", "  ")
        told = _told(value) if value is not None else NEVER.get(name, "never")
        terminal.say(f"{label:<17}{terminal.paint(told, *_colour(name, value))}")
    for hand in hands:
        terminal.say(f"{'needs a hand':<17}{terminal.paint(hand, 'red')}")


def _colour(name: str, value: Any) -> tuple[str, ...]:
    match name:
        case "running":
            return ("green",) if value else ("red",)
        case "outbox_paused" | "mailbox_refused" | "unaccounted":
            return ("red",) if value and value != "-" else ()
        case "quarantine" | "unreachable":
            return ("yellow",) if value else ()
    return ()


def _told(value: Any) -> str:
    match value:
        case {"since": since, "why": why}:
            return f"since {_told(_instant(since))}: {why}"
        case dict():
            return (
                ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in value.items())
                or "nothing"
            )
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
        case int():
            return f"{value:,}"
    return str(value)
