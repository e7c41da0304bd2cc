"""Passwords and signing keys: from the environment or from files that nobody else may read.
Never printed."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from mailbot.errors import OperatorError, reason

KEY_OCTETS = 32  # as many as SHA-256 gives back (RFC 2104 section 3)


def secret(env: str, file: Path | None, where: str, *, needed: bool = True) -> str:
    """Read the secret named by `env` and `file`; the file wins.

    `where`: the table and key, for the operator. Raises OperatorError.
    """
    if file is not None:
        return private_text(file, f"{where}_file")
    if value := os.environ.get(env, ""):
        return value
    if not needed:
        return ""
    raise OperatorError(
        f"{where}: set the environment variable {env}, or name a file of mode 0600 in {where}_file."
    )


def private_text(path: Path, where: str) -> str:
    """Read a file of mode 0600, without the line end. Raises OperatorError."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text("utf8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{where}: {path} cannot be read ({_reason(error)}).") from error
    if mode & 0o077:
        raise OperatorError(f"{where}: others may read {path}; run chmod 600 {path}")
    if not text:
        raise OperatorError(f"{where}: {path} is empty; write the secret into it.")
    return text


def signing_keys(path: Path, *, make: bool = True) -> tuple[bytes, ...]:
    """Read the keys of reply tokens, one a line in hexadecimal, the signing one first. `make`: if
    the file is not there."""
    if not path.exists():
        if not make:
            raise OperatorError(
                f"There is no {path} yet: `mailbot run` makes it, or [data] key_file is wrong."
            )
        _make(path)
    lines = private_text(path, "[data] key_file").split()
    try:
        keys = tuple(bytes.fromhex(line) for line in lines)
    except ValueError:
        raise OperatorError(
            f"[data] key_file: {path} must hold one hexadecimal key a line."
        ) from None
    if any(len(key) < KEY_OCTETS // 2 for key in keys):
        raise OperatorError(
            f"[data] key_file: {path} has a key of fewer than {KEY_OCTETS // 2} octets."
        )
    return keys


def _make(path: Path) -> None:
    """Write a new key whole or not at all: a half-written one would orphan every mail signed with
    it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)  # of a process that died with our number
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"{secrets.token_hex(KEY_OCTETS)}\n")
            file.flush()
            os.fsync(file.fileno())
        _publish(draft, path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise OperatorError(
            f"[data] key_file: {path} cannot be made ({_reason(error)})."
        ) from error


def _publish(draft: Path, path: Path) -> None:
    """Give the key its name; the first of two that start together wins, and the other reads its
    key."""
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _reason(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else "it is not UTF-8"
