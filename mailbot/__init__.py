"""One-on-one meetings run by e-mail."""

__version__ = "0.1.0"
