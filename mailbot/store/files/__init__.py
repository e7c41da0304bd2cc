"""The embedded store: one TinyDB file a series, in one folder."""
