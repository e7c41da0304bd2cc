"""The running mailbot: one worker owns the store; the inbox, the outgoing server, the door and
the timer put values on its one queue and never touch the store."""

from mailbot.loop.listener import POLL_S
from mailbot.loop.values import Tick
from mailbot.loop.worker import Loop

__all__ = ["POLL_S", "Loop", "Tick"]
