"""What every connection shares: TLS that is always verified, and a socket that notices a dead
peer."""

from __future__ import annotations

import socket
import ssl
from typing import Literal

from mailbot.address import is_loopback
from mailbot.errors import OperatorError

# there is no "if offered": a stripped STARTTLS must stop us (RFC 8314)
Tls = Literal["implicit", "starttls", "none"]

# a half-open link ends within two minutes
KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}


def tls_context(tls: Tls, host: str, section: str, ca_file: str = "") -> ssl.SSLContext | None:
    """Make the context that verifies the server, or None for clear text, which is for this machine
    alone.

    `section` is the table of config.toml that the operator must look at; `ca_file` adds a private
    authority. Raises OperatorError.
    """
    if tls == "none":
        if not is_loopback(host):
            raise OperatorError(
                f'[{section}] tls = "none" is for this machine alone, and {host} is another: use '
                '"implicit" or "starttls".'
            )
        return None
    try:
        return ssl.create_default_context(cafile=ca_file or None)
    except OSError as error:  # ssl.SSLError is one
        raise OperatorError(
            f"[{section}] ca_file: {ca_file} cannot be read as certificates ({error})."
        ) from error


def tune(sock: socket.socket) -> None:
    """Notice a dead peer while idle, and never wait to fill a packet (46 ms a command with
    pymap, measured)."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for name, value in KEEPALIVE.items():
        if hasattr(socket, name):  # macOS has no TCP_KEEPIDLE
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def secured(sock: object) -> str:
    """Tell how a connection is protected, as a short fact: "TLSv1.3" or "no TLS"."""
    return (sock.version() or "TLS") if isinstance(sock, ssl.SSLSocket) else "no TLS"
