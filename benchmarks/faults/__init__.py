"""Bad input, load and faults, measured: what is done to a running mailbot, and what of people's words survives it."""
