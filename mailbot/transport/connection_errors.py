"""Say what a connection that fails most likely means, and which keys of config.toml to look at."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from errno import EHOSTUNREACH, ENETUNREACH

from mailbot.errors import OperatorError, Unavailable


def no_starttls(where: str, section: str) -> OperatorError:
    """Say that there is no way to a secret conversation."""
    return OperatorError(
        f"[{section}] tls: {where} offers no STARTTLS, or somebody took it out of its answer; no "
        'password was sent. Use "implicit" if that port speaks TLS at once.'
    )


def untrusted(where: str, section: str, error: ssl.SSLCertVerificationError) -> OperatorError:
    """Say that the certificate is not one we may believe: nobody logs in, nothing is sent in clear
    text."""
    fix = ""
    if error.verify_code in UNKNOWN_AUTHORITY:
        fix = (
            f" If an authority of your own made it, name that one's certificate in [{section}] "
            "ca_file."
        )
    return OperatorError(
        f"[{section}] host: the certificate of {where} is not valid for it "
        f"({error.verify_message}); no password was sent.{fix}"
    )


def unreachable(where: str, section: str, error: Exception, words: str) -> Unavailable:
    """Say what a broken connection most likely means, and the keys to look at. `words`: what is
    known of any other."""
    for is_it, keys, sentence in CAUSES:
        if is_it(error):
            return Unavailable(f"[{section}] {keys}: {sentence.format(where=where)}")
    fails = f"{where} does not answer as it should"
    # no word of the server's
    ours = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
    return Unavailable(f"{fails}: {words}.", loggable=f"{fails}: {ours}.")


def _is_late(error: Exception) -> bool:
    """Recognise a time-out; smtplib makes "Connection unexpectedly closed: timed out" of it."""
    return isinstance(error, TimeoutError) or str(error).endswith("timed out")


def _speaks_no_tls(error: Exception) -> bool:
    """Recognise a greeting in clear text, which OpenSSL takes for TLS of a version it has never
    heard of."""
    return isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER"


def _has_no_way(error: Exception) -> bool:
    return isinstance(error, OSError) and error.errno in {ENETUNREACH, EHOSTUNREACH}


CAUSES: tuple[tuple[Callable[[Exception], bool], str, str], ...] = (
    (
        lambda error: isinstance(error, ConnectionRefusedError),
        "host, port",
        "nothing listens at {where}; is the server up and the port right?",
    ),
    (
        lambda error: isinstance(error, socket.gaierror),
        "host",
        "no address is known for {where}; is the name right, and does this machine have DNS?",
    ),
    (
        _is_late,
        "host, port, tls",
        (
            "{where} did not answer in time; is a firewall between, or does that port want the "
            "other kind of tls?"
        ),
    ),
    (
        _speaks_no_tls,
        "port, tls",
        '{where} does not speak TLS at once; try tls = "starttls", or another port.',
    ),
    (_has_no_way, "host", "there is no way from here to {where}; is this machine online?"),
)
# X509_V_ERR_*: no issuer, or signed by itself (openssl/x509_vfy.h)
UNKNOWN_AUTHORITY = frozenset({2, 18, 19, 20, 21})


def said(error: BaseException) -> str:
    """Make words for a sentence of ours of what a library's error quotes of the server."""
    text = " ".join(str(error).split())
    if text[:2] in ("b'", 'b"'):  # imaplib shows the bytes of an answer as they are
        text = text[2:-1]
    return text.rstrip(".") or type(error).__name__
