"""What an operator types: one module a command; each action takes (arguments, terminal) and
returns an exit code.

They show and ask; what happens is decided by the rooms they call.
"""
