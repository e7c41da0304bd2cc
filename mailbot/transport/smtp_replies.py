"""What a server's answer other than yes asks of us, by its codes (RFC 5321, 4.2; RFC 3463)."""

from __future__ import annotations

import re

from mailbot.errors import MailbotError, Permanent, Refused, Temporary, TooFast, TooMuch

LOGIN_CODES = frozenset({530, 534, 535, 538})  # RFC 4954, 6
# Exchange Online says 550 5.7.30 once passwords are off (MC786329, January 2026)
LOGIN_STATUS = ("5.7.30",)
TOO_MUCH = ("5.4.5",)  # Gmail's daily limit comes as 550 5.4.5 and is over tomorrow
# it hangs up on everybody (RFC 5321, 3.8); too many at once (Exchange Online)
SLOW_CODES = frozenset({421, 432})
SLOW_STATUS = ("4.3.2",)  # the system takes no mail now (RFC 3463, 3.4)
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")  # enhanced (RFC 3463, 2)


def meaning(where: str, code: int, text: str) -> MailbotError:
    """Say what an answer other than yes asks of us. Enhanced codes stand first in the text (RFC
    2034, 4)."""
    sentence = f"{where} answered: {code} {' '.join(text.split())}".rstrip(".") + "."
    return _kind(code, status_of(text))(
        sentence, loggable=f"{where} answered: {codes(code, text)}."
    )


def _kind(code: int, status: str) -> type[MailbotError]:
    if code in LOGIN_CODES or status in LOGIN_STATUS:
        return Refused
    if status in TOO_MUCH:
        return TooMuch
    if code in SLOW_CODES or status in SLOW_STATUS:
        return TooFast
    return Permanent if 500 <= code < 600 else Temporary


def status_of(text: str) -> str:
    """Read the enhanced status at the start of an answer, or ""."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return first if STATUS.fullmatch(first) else ""


def codes(code: int, text: str) -> str:
    """Reduce an answer to its codes, without what the server says in words of its own."""
    return f"{code} {status_of(text)}".rstrip()
