"""Keep each series in one TinyDB file, in one folder."""
