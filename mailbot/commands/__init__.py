"""One module for each command or group of commands; each function takes (arguments, terminal) and
returns an exit code.

They show and ask; what happens is decided by the rooms they call.
"""
