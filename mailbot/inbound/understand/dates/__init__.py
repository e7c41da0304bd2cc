"""Dates and times as people write them: one reading, or none."""
