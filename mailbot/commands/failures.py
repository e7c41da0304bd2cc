"""Tell errors: one sentence for people, the exit code that follows (sysexits.h), a log for us."""

from __future__ import annotations

import os
import sys
from errno import EDQUOT, EFBIG, EIO, EMFILE, ENFILE, ENOSPC, EROFS

from mailbot.commands.terminal import Terminal
from mailbot.errors import Bug, MailbotError, reason

INPUT_OUTPUT, NO_PERMISSION = 74, 77  # EX_IOERR, EX_NOPERM
NO_USE_OF_IT = frozenset({ENOSPC, EIO, EDQUOT, EFBIG, EROFS, EMFILE, ENFILE})


def tell(error: Exception, terminal: Terminal, *, verbose: bool = False) -> int:
    """Say in one sentence what went wrong, with the traceback only where it was asked for.

    Returns the exit code.
    """
    if verbose:
        import traceback  # noqa: PLC0415 - 4 ms, where it was asked for

        terminal.complain("".join(traceback.format_exception(error)).rstrip())
    if isinstance(error, MailbotError) and not isinstance(error, Bug):
        terminal.complain(f"mailbot: {error}")
        return error.exit_code
    if isinstance(error, OSError) and (told := refused_by_the_system(error)):
        sentence, code = told
        terminal.complain(f"mailbot: {sentence}")
        return code
    terminal.complain(
        f"mailbot: A mistake of ours ({type(error).__name__}); where it happened is in "
        f"{_log(error)}"
    )
    return Bug.exit_code


def refused_by_the_system(error: OSError) -> tuple[str, int] | None:
    """Give the sentence and exit code of what the system refuses a person; None: we asked for
    something senseless."""
    place, why = error.filename or "standard output", reason(error)
    if isinstance(error, PermissionError) and error.filename:
        return f"{place}: {why}; run mailbot as the owner of [data] folder", NO_PERMISSION
    if error.errno in NO_USE_OF_IT:
        if not error.filename:
            let_go_of_the_pipe()
        return f"{place} cannot be used: {why}", INPUT_OUTPUT
    return None


def _log(error: Exception) -> str:
    """Write down where it happened, without the words of the exception: they may be words of a
    mail."""
    import tempfile  # noqa: PLC0415 - 10 ms with traceback, for a mistake of ours alone
    import traceback  # noqa: PLC0415 - as above

    handle, name = tempfile.mkstemp(prefix="mailbot-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf8") as file:
        file.writelines(traceback.format_tb(error.__traceback__))
        file.write(f"{type(error).__module__}.{type(error).__qualname__}\n")
    return name


def let_go_of_the_pipe() -> None:
    """Send our output nowhere (`mailbot status | head -1`, a full disk), so that Python does not
    complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno() if sys.__stdout__ else 1)
