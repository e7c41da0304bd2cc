"""PURE: what a one-on-one is, and what happens next. Knows no mail, opens nothing, reads no
clock."""
