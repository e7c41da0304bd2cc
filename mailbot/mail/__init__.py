"""PURE: bytes <-> values. Opens nothing, reads no clock."""
