"""Say where a server is, how the way there is protected, and how to log in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from mailbot.transport.tls import Tls

Password = str | Callable[[], str]
"""A string, or a callable that gives an access token and is asked at each login (XOAUTH2)."""


@dataclass(frozen=True, slots=True)
class Server:
    """Name one server and one login on it.

    user: "" does not log in. ca_file: a private authority beside the system's. timeout_s: for each
    step of the dialogue; a refused token alone takes 6 s and more (Dovecot 2.3).
    """

    host: str
    port: int
    user: str = ""
    password: Password = field(default="", repr=False)
    tls: Tls = "implicit"
    ca_file: str = ""
    timeout_s: float = 30
