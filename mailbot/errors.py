"""Whose turn it is: the operator's, time's (try again later), or ours. The exit codes are those
of sysexits.h."""

from __future__ import annotations


class MailbotError(Exception):
    """Root of what mailbot raises on purpose; the message is one plain sentence that names the fix.

    `loggable`: the sentence for a log, where the message quotes a server, which may quote a
    mail, an address, a token.
    """

    exit_code = 70

    def __init__(self, sentence: str = "", *, loggable: str = "") -> None:
        super().__init__(sentence)
        self.loggable = loggable or sentence


class OperatorError(MailbotError):
    """The operator must change something: a key, a file, a password, a right."""

    exit_code = 78  # EX_CONFIG


class UsageError(OperatorError):
    """A command was typed in a way that cannot be followed."""

    exit_code = 64  # EX_USAGE


class InputError(OperatorError):
    """A file that was handed over cannot be read or is not what it should be."""

    exit_code = 66  # EX_NOINPUT


class InUse(OperatorError):
    """Another process holds the data folder."""

    exit_code = 75  # EX_TEMPFAIL


class Temporary(MailbotError):
    """Time heals it: a 4yz answer, a lost connection, a full disk. Nothing is lost; try again."""

    exit_code = 75  # EX_TEMPFAIL


class Unavailable(Temporary):
    """A server does not answer."""

    exit_code = 69  # EX_UNAVAILABLE


class TooFast(Temporary):
    """The server takes no mail of ours for a moment, whichever it is."""


class TooMuch(TooFast):
    """The server takes no more mail of ours today."""


class Refused(OperatorError):
    """A server does not accept our name and password or token; trying harder locks the account."""

    exit_code = 77  # EX_NOPERM


class Permanent(MailbotError):
    """The server will never take this message: a 5yz answer (RFC 5321 4.2.1)."""

    exit_code = 69


class Uncertain(MailbotError):
    """The connection ended after DATA and before the answer: the message may or may not have
    been taken."""

    exit_code = 75


class Bug(MailbotError):
    """Ours to mend."""

    exit_code = 70  # EX_SOFTWARE


def reason(error: OSError) -> str:
    """Say why the system refused, as it stands within a sentence: "permission denied"."""
    return (error.strerror or str(error) or "unknown reason").lower()


def where(error: Exception) -> str:
    """Name the kind of an error, with the file and line it came from; what it says may quote a
    mail."""
    step = error.__traceback__
    if step is None:
        return f"{type(error).__name__} somewhere"
    while step.tb_next is not None:
        step = step.tb_next
    file = step.tb_frame.f_code.co_filename.rpartition("/")[2]
    return f"{type(error).__name__} at {file}:{step.tb_lineno}"
