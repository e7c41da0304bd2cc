"""What exists only while mailbot runs: threads, clock, watchdog, and how they are wired."""
