"""A running Loop from the few things a test cares about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from mailbot.inbound.triage.dkim import Lookup
from mailbot.service.app import Mailbot
from mailbot.service.delivery.pace import Pace
from mailbot.service.runtime.inbox_thread import POLL_S, Housekeeping, WatchedFolder
from mailbot.service.runtime.watchdog import Watchdog
from mailbot.service.runtime.worker import Alarm, Loop, Outgoing, Timekeeping, no_alarm
from mailbot.transport.protocol import Inbox, Mailer


def loop_of(
    mailbot: Mailbot,
    mailer: Mailer,
    now: Callable[[], datetime],
    *,
    inbox: Inbox | None = None,
    mailbox: Housekeeping | None = None,
    poll_s: float = POLL_S,
    unmoved: Sequence[str] = (),
    pace: Pace | None = None,
    alarm: Alarm = no_alarm,
    watchdog: Watchdog | None = None,
    lookup: Lookup | None = None,
) -> Loop:
    folder = (
        WatchedFolder(inbox, mailbox, poll_s=poll_s, unmoved=unmoved) if inbox is not None else None
    )
    return Loop(
        mailbot,
        Outgoing(mailer, pace or Pace()),
        Timekeeping(now, alarm, watchdog or Watchdog()),
        folder,
        lookup,
    )
