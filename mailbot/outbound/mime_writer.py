"""Headers and bodies -> the bytes of one message: 7-bit, CRLF, no line over 998 octets (RFC 5322
2.1.1).

Built by hand because email.message.EmailMessage costs 1.9-2.3 ms a mail and this costs a tenth
of it, and because the library's policies turn long ids into encoded words, which breaks threads
in Outlook (CPython issues 79986, 100991).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

from mailbot.address import spelt
from mailbot.errors import Permanent
from mailbot.threads.characters import one_line

# RFC 2047 section 2 for lines with encoded words, RFC 2045 6.7 for quoted-printable
LINE_OCTETS = 76
# of UTF-8 in one encoded word: 52 in base64, 64 with its frame, so that "Reply-To: " fits before it
WORD_OCTETS = 39
# visible ASCII but the brackets that an id stands in
_ID = re.compile(r"[!-;=?-~]*")
ID_OCTETS = 900  # a longer id cannot stand on one line, and ids are never folded


def header(name: str, text: str) -> str:
    """Write a header of free text, encoded where it must be (RFC 2047)."""
    return _fold(name, _words(one_line(text)))


def mailbox_header(name: str, display: str, address: str) -> str:
    """Write `"1:1 Ana / Ben" <mailbot@corp.example>`; the display name always quoted or
    encoded."""
    shown = one_line(display)
    if not shown:
        return _fold(name, [wire_address(address)])
    if _plain(shown):
        quoted = shown.replace("\\", "\\\\").replace('"', '\\"')
        return _fold(name, [*f'"{quoted}"'.split(" "), f"<{wire_address(address)}>"])
    return _fold(name, [*_encoded_words(shown), f"<{wire_address(address)}>"])


def id_header(name: str, ids: Iterable[str]) -> str:
    """Write a header of Message-IDs: folded between ids only, never encoded."""
    return f"{name}: " + "\r\n ".join(f"<{each}>" for each in ids)


def usable_id(name: str) -> bool:
    """Tell whether an id of another's making can be repeated in a header as it stands."""
    return 0 < len(name) <= ID_OCTETS and _ID.fullmatch(name) is not None


def wire_address(address: str) -> str:
    """Spell an address as SMTP without SMTPUTF8 carries it: an international domain becomes
    A-labels (RFC 5890).

    Raises Permanent for a local part that is not ASCII: nothing but SMTPUTF8 (RFC 6531) could
    carry it.
    """
    if address.isascii():
        return one_line(address)
    try:
        return one_line(spelt(address))
    except ValueError as error:
        raise Permanent(f"This address {error}.") from error


def message(headers: Iterable[str], text: str, html: str, boundary: str) -> bytes:
    """Write a multipart/alternative, the text first (RFC 2046 5.1.4). `boundary` is a word; "=_"
    keeps it out of any body."""
    mark = f"=_{boundary}"
    top = [*headers, "MIME-Version: 1.0", f'Content-Type: multipart/alternative; boundary="{mark}"']
    parts = [
        f"--{mark}\r\n".encode() + _part(kind, body)
        for kind, body in (("plain", text), ("html", html))
    ]
    return (
        "\r\n".join(top).encode("ascii")
        + b"\r\n\r\n"
        + b"\r\n".join(parts)
        + f"\r\n--{mark}--\r\n".encode()
    )


def _part(kind: str, body: str) -> bytes:
    lines = body.replace("\n", "\r\n")
    octets = lines.encode()
    foreign = len(octets) - len(lines)
    # where quoting would be the longer one
    encoding = "base64" if foreign * 6 > len(octets) else "quoted-printable"
    head = (
        f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: '
        f"{encoding}\r\n\r\n"
    )
    return head.encode() + (_base64(octets) if encoding == "base64" else _quoted(octets))


def _quoted(octets: bytes) -> bytes:
    quoted = b"\r\n" + binascii.b2a_qp(octets, istext=True)
    return quoted.replace(b"\r\nFrom ", b"\r\n=46rom ")[2:]  # mbox readers would put ">" before it


def _base64(octets: bytes) -> bytes:
    return base64.encodebytes(octets).replace(b"\n", b"\r\n")


def _plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _words(text: str) -> list[str]:
    return text.split(" ") if _plain(text) else _encoded_words(text)


def _encoded_words(text: str) -> list[str]:
    """Encoded words of whole characters, each short enough for its line."""
    words, chunk = [], b""
    for character in text:
        octets = character.encode()
        if len(chunk) + len(octets) > WORD_OCTETS:
            words.append(chunk)
            chunk = b""
        chunk += octets
    return [f"=?utf-8?b?{base64.b64encode(each).decode('ascii')}?=" for each in [*words, chunk]]


def _fold(name: str, words: Iterable[str]) -> str:
    """Put words on lines of at most 76 octets, broken at single blanks; a longer word stands
    alone."""
    lines = [f"{name}:"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE_OCTETS and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines)
