"""Mails for tests: short ones built here, the rest read from tests/mails/cases/."""

from pathlib import Path

from mailbot.inbound.message.parse import Inbound, parse
from mailbot.meeting.model import Purpose, Role
from mailbot.threads.token import ReplyTarget, ReplyTokens

CASES = Path(__file__).parents[1] / "mails" / "cases"
US = "mailbot@corp.example"
ANA = "ana@corp.example"
KEYS = (b"a key of this test",)
TOKENS = ReplyTokens(KEYS)
PLACE = ReplyTarget("abcdefgh", 7, Role.REPORT, Purpose.AGENDA_REQUEST, 12)
TOKEN = TOKENS.make(PLACE)
TO_US = f"mailbot+{TOKEN}@corp.example"
TEXT = "Content-Type: text/plain\r\n\r\n"
HTML = "Content-Type: text/html\r\n\r\n"

DEFAULTS = {
    "From": "Ana Silva <ana@corp.example>",
    "To": US,
    "Subject": "Re: 1:1 Ana / Ben, Thu 12 Mar",
    "Date": "Tue, 10 Mar 2026 10:00:00 +0100",
    "Message-ID": "<an-answer@client.example>",
}


def raw(body: str | bytes = "Hello\n", *lines: str, **headers: str | None) -> bytes:
    """A mail. `X_Loop="a"` sets a header, None leaves one out; `lines` go on top as they are."""
    named = DEFAULTS | {name.replace("_", "-"): value for name, value in headers.items()}
    head = [*lines, *(f"{name}: {value}" for name, value in named.items() if value is not None)]
    octets = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join(head).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + octets


def mail(body: str | bytes = "Hello\n", *lines: str, **headers: str | None) -> Inbound:
    return parse(raw(body, *lines, **headers))


def letter(name: str) -> Inbound:
    """A mail of tests/mails/cases/. {TOKEN} in it stands for the token of PLACE."""
    return parse((CASES / name).read_bytes().replace(b"{TOKEN}", TOKEN.encode()))


def multipart(*parts: str, kind: str = "mixed", boundary: str = "b") -> bytes:
    inner = "".join(f"\r\n--{boundary}\r\n{part}" for part in parts)
    return raw(
        f"{inner}\r\n--{boundary}--\r\n", Content_Type=f'multipart/{kind}; boundary="{boundary}"'
    )
