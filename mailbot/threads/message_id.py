"""Message-IDs of our mails: the reply token is their left side (RFC 5322 3.6.4), so that an answer
which lost our address still names its meeting."""

from __future__ import annotations


def message_id(address: str, token: str) -> str:
    """Name the mail that carries this token, without angle brackets."""
    return f"{token}@{address.rpartition('@')[2]}"


def token_in(name: str) -> str:
    """Take the word out of a Message-ID that is a token, if the id is ours."""
    return name.partition("@")[0]
