"""The running mailbot: one worker owns the store; the inbox, the outgoing server, the door and
the timer put values on its one queue and never touch the store."""
