"""Decide which mail leaves next, what became of it, and when it is tried again."""
