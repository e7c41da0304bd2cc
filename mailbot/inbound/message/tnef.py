"""Unwrap winmail.dat: the text inside Outlook's own wrapping (MS-OXTNEF). Body text and HTML, or
text taken out of its RTF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mailbot.inbound.message import charset

SIGNATURE = b"\x78\x9f\x3e\x22"
LEVEL_MESSAGE = 1
BODY, MESSAGE_PROPERTIES, OEM_CODEPAGE = 0x800C, 0x9003, 0x9007
PROPERTY_BODY, PROPERTY_RTF, PROPERTY_HTML = 0x1000, 0x1009, 0x1013
PROPERTY_CODEPAGE = 0x3FDE  # of the HTML; 65001: UTF-8
STRING8, UNICODE, BINARY, OBJECT = 0x1E, 0x1F, 0x102, 0x0D
FIXED_OCTETS = {
    0x02: 4,
    0x03: 4,
    0x04: 4,
    0x05: 8,
    0x06: 8,
    0x07: 8,
    0x0A: 4,
    0x0B: 4,
    0x14: 8,
    0x40: 8,
    0x48: 16,
}
MULTIPLE = 0x1000
MOST_ATTRIBUTES = 2_000
# the compression can repeat 17 octets per 2: bounded before it is undone
MOST_RTF_OCTETS = 2_000_000

# MS-OXRTFCP section 2.1.3.1.5: what the window holds before the first octet is written
RTF_PRELOAD = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New "
    b"RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)


@dataclass(frozen=True, slots=True)
class Wrapped:
    text: str | None = None
    html: str | None = None


def unwrapped(octets: bytes) -> Wrapped:
    """Take the bodies out of winmail.dat; empty where nothing can be read."""
    try:
        return _bodies(octets)
    except (IndexError, ValueError):
        return Wrapped()


def _bodies(octets: bytes) -> Wrapped:
    codepage, text, html, rtf = "cp1252", None, None, None
    for kind, value in _attributes(octets):
        if kind == OEM_CODEPAGE:
            codepage = f"cp{_number(value[:4])}"
        elif kind == BODY:
            text = charset.decode(value, codepage)[0]
        elif kind == MESSAGE_PROPERTIES:
            found = dict(_properties(value))
            text = _as_text(found.get(PROPERTY_BODY), codepage) or text
            html = _as_text(found.get(PROPERTY_HTML), _codepage(found))
            rtf = found.get(PROPERTY_RTF)
    if rtf and not (text or html):
        text = rtf_text(rtf_unpacked(rtf[1]))
    return Wrapped(_lines(text), _lines(html))


def _codepage(found: Mapping[int, tuple[int, bytes]]) -> str:
    stated = found.get(PROPERTY_CODEPAGE)
    return f"cp{_number(stated[1][:4])}" if stated else ""


def _lines(text: str | None) -> str | None:
    return text.replace("\r\n", "\n").replace("\r", "\n") if text else None


def _attributes(octets: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (attribute, value) of the message itself; those of attachments are passed over."""
    if not octets.startswith(SIGNATURE):
        return
    position = 6
    for _ in range(MOST_ATTRIBUTES):
        head = octets[position : position + 9]  # level 1, attribute 2, its type 2, size 4
        if len(head) < 9:
            return
        start, size = position + 9, _number(head[5:])
        if head[0] == LEVEL_MESSAGE:
            yield _number(head[1:3]), octets[start : start + size]
        position = start + size + 2  # a checksum of two octets


def _properties(value: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Yield (property, (type, octets)) of a list of MAPI properties (MS-OXTNEF section 2.1.3.4)."""
    position = 4
    for _ in range(min(_number(value[:4]), MOST_ATTRIBUTES)):
        kind, name = (
            _number(value[position : position + 2]),
            _number(value[position + 2 : position + 4]),
        )
        position += 4
        if name >= 0x8000:
            position = _past_name(value, position)
        octets, position = _value(value, position, kind)
        yield name, (kind & ~MULTIPLE, octets)


def _past_name(value: bytes, position: int) -> int:
    """Pass over the name of a named property: a GUID, then a number or a name."""
    position += 20
    if _number(value[position - 4 : position]) == 0:
        return position + 4
    return position + 4 + _padded(_number(value[position : position + 4]))


def _value(value: bytes, position: int, kind: int) -> tuple[bytes, int]:
    """Return the last of the values of one property (bodies have one), and where the next property
    begins."""
    single = kind & ~MULTIPLE
    variable = single in (STRING8, UNICODE, BINARY, OBJECT)
    if not variable and single not in FIXED_OCTETS:
        raise ValueError("unknown property type")
    count, octets = 1, b""
    if variable or kind & MULTIPLE:
        count, position = _number(value[position : position + 4]), position + 4
    for _ in range(min(count, MOST_ATTRIBUTES)):
        size = FIXED_OCTETS.get(single, 0)
        if variable:
            size, position = _number(value[position : position + 4]), position + 4
        octets = value[position : position + size]
        position += _padded(size)
        if position > len(value) + 3:
            raise ValueError("cut off")
    return octets, position


def _padded(size: int) -> int:
    return size + -size % 4


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "little")


def _as_text(found: tuple[int, bytes] | None, codepage: str) -> str | None:
    if not found or not found[1]:
        return None
    kind, octets = found
    if kind == UNICODE:
        return octets.decode("utf-16-le", "replace").rstrip("\x00").replace("\x00", "")
    return charset.decode(octets.rstrip(b"\x00"), codepage)[0]


def rtf_unpacked(packed: bytes) -> bytes:
    """Undo LZFu (MS-OXRTFCP): a window of 4,096 octets, eight tokens behind each control octet."""
    size, kind = min(_number(packed[4:8]), MOST_RTF_OCTETS), packed[8:12]
    if kind == b"MELA":
        return packed[16 : 16 + size]
    if kind != b"LZFu":
        raise ValueError("not compressed RTF")
    window = bytearray(RTF_PRELOAD.ljust(4096, b"\x00"))
    at, position, out = len(RTF_PRELOAD), 16, bytearray()
    while position < len(packed) and len(out) < size:
        control, position = packed[position], position + 1
        for bit in range(8):
            if position >= len(packed):
                break
            if control >> bit & 1:
                token = packed[position] << 8 | packed[position + 1]
                position += 2
                if token >> 4 == at:
                    return bytes(out[:size])
                piece = _from_window(window, token, at)
            else:
                piece, position = packed[position : position + 1], position + 1
                window[at] = piece[0]
            out += piece
            at = (at + len(piece)) & 4095
    return bytes(out[:size])


def _from_window(window: bytearray, token: int, at: int) -> bytes:
    """Copy 2 to 17 octets from the window, written back as they are read: a run may overlap
    itself."""
    source, count = token >> 4, (token & 15) + 2
    if source + count <= at <= 4096 - count:  # nothing overlaps, nothing wraps: at once
        window[at : at + count] = window[source : source + count]
        return bytes(window[source : source + count])
    piece = bytearray()
    for step in range(count):
        octet = window[(source + step) & 4095]
        window[(at + step) & 4095] = octet
        piece.append(octet)
    return bytes(piece)


_RTF = re.compile(
    rb"\\'(?P<hexed>[0-9a-fA-F]{2})|\\u(?P<code>-?[0-9]{1,6}) ?\??"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<words>[^\\{}\r\n]{1,4096})"
)
_SKIPPED = set(
    b"fonttbl colortbl stylesheet info pict object header footer listtable themedata".split()
)
_SIGNS = {
    b"par": "\n",
    b"line": "\n",
    b"tab": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"row": "\n",
    b"cell": " | ",
}


_ESCAPED = {b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n", b"\\": "\\", b"{": "{", b"}": "}"}


def rtf_text(rtf: bytes) -> str:
    """Return the words of an RTF text.

    Groups that hold no words (fonts, pictures, what begins with \\*) are passed over.
    """
    out: list[str] = []
    skip_from = depth = 0  # words are skipped inside the group that opened at this depth
    codepage = "cp1252"
    for match in _RTF.finditer(rtf):
        if match["brace"]:
            depth += 1 if match["brace"] == b"{" else -1
            skip_from = 0 if skip_from > depth else skip_from
        elif match["word"] == b"ansicpg" and match["number"]:
            codepage = f"cp{int(match['number'])}"
        elif skip_from:
            continue
        elif match["word"] in _SKIPPED or match["sign"] == b"*":
            skip_from = max(depth, 1)
        else:
            out.append(_rtf_piece(match, codepage))
    return "".join(out).strip()


def _rtf_piece(match: re.Match[bytes], codepage: str) -> str:
    if match["hexed"]:
        return charset.decode(bytes([int(match["hexed"], 16)]), codepage)[0]
    if match["code"]:
        number = int(match["code"]) % 65536
        return "" if 0xD800 <= number <= 0xDFFF else chr(number)
    if match["word"]:
        return _SIGNS.get(match["word"], "")
    if match["sign"]:
        return _ESCAPED.get(match["sign"], "")
    return charset.decode(match["words"], codepage)[0]
