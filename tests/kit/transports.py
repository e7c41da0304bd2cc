"""Transports with every option by its name: a test says what it is about, the product's own values hold for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from mailbot.transport.imap.client import Folder, Imap, Polling
from mailbot.transport.server import Server
from mailbot.transport.smtp import Smtp


def imap_on(
    host: str,
    port: int,
    *,
    cursor: tuple[int, int] | None = None,
    wanted: Callable[[bytes], bool] | None = None,
    **options: Any,
) -> Imap:
    """`options`: the fields of Server and Polling, and of Folder (`folder` and `done_folder` for its names)."""
    spelt = {"folder": "name", "done_folder": "done"}
    options = {spelt.get(name, name): value for name, value in options.items()}
    server = Server(host, port, **_taken(Server, options))
    folder, polling = Folder(**_taken(Folder, options)), Polling(**_taken(Polling, options))
    assert not options, f"no such option: {options}"
    return Imap(server, folder, polling, cursor=cursor, wanted=wanted)


def is_connected(imap: Imap) -> bool:
    return imap._selected is not None


def smtp_on(host: str, port: int, **options: Any) -> Smtp:
    """`options`: the fields of Server, and what Smtp takes beside it."""
    server = Server(host, port, **{"tls": "none", **_taken(Server, options)})
    return Smtp(server, **options)


def _taken(value: Any, options: dict[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(value)} & options.keys()
    return {name: options.pop(name) for name in names}
