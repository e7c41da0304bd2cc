"""mailbot status: how it goes, in counts; no word of any mail."""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mailbot.clock import now
from mailbot.commands.quarantine import shelf
from mailbot.config import load
from mailbot.store import Store, open_store
from mailbot.store.disk import in_use
from mailbot.terminal import Terminal

HORIZONS = {"an hour": timedelta(hours=1), "a day": timedelta(days=1), "a week": timedelta(weeks=1)}


def status(args: Namespace, terminal: Terminal) -> int:
    config = load(args.config)
    with closing(open_store(config.data_folder, look=True)) as store:
        facts = {"running": in_use(config.data_folder), **counts(store, now())}
    facts |= {"last_poll": last_poll(config.data_folder / "polled"), "quarantine": len(shelf(config).list())}
    if args.json:
        terminal.say(json.dumps(facts, default=datetime.isoformat))
    else:
        for name, value in facts.items():
            terminal.say(f"{name.replace('_', ' '):<13}{_told(value)}")
    return 0


def counts(store: Store, at: datetime) -> dict[str, Any]:
    """What there is to know."""
    outcomes = Counter(entry.outcome for entry in store.recall("journal") or ())
    return {
        "series": len(store.find()),
        "next_mails": {f"within {name}": len(store.due(at + ahead)) for name, ahead in HORIZONS.items()},
        "outbox": {str(state): count for state, count in (store.recall("outbox") or {}).items() if count},
        "mails_read": dict(outcomes),
        "unaccounted": (store.recall("audit") or {}).get("unaccounted", 0),  # must be zero
    }


def last_poll(mark: Path) -> datetime | None:
    """When mailbot last looked into its mailbox; the running one touches this file each time."""
    return datetime.fromtimestamp(int(mark.stat().st_mtime), UTC) if mark.exists() else None


def _told(value: Any) -> str:
    match value:
        case dict():
            return ", ".join(f"{count:,} {name}" for name, count in value.items()) or "nothing"
        case None:
            return "never"
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S} UTC"
        case int():
            return f"{value:,}"
    return str(value)
