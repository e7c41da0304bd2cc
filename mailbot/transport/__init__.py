"""The edges: how bytes come in and go out. Transports know no meeting."""
