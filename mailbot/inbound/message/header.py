"""Read a header block: unfolding, encoded words (RFC 2047), message ids, addresses,
parameters (RFC 2231)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import unquote_to_bytes

from mailbot.inbound.message import charset
from mailbot.inbound.message.limits import Limits, Unreadable

Fields = Mapping[str, tuple[str, ...]]

_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,20}:")
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,2000})\?=")
_BRACKETED = re.compile(r"<([^<>]{1,998})>")
_LOCAL_BACKWARDS = re.compile(r"[^\s<>()\[\],;:\"@]{1,128}")
_DOMAIN = re.compile(r"[A-Za-z0-9.-]{0,254}[A-Za-z0-9]")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\r\r")
_NO_HEADER = re.compile(rb"^(?![!-9;-~]{1,100}[ \t]{0,20}:|[ \t\r\n]|\Z)", re.MULTILINE)
_MBOX_LINE = re.compile(rb">?From [^\r\n]{0,300}\r?\n")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """A header block. Names are lower case; values are unfolded, otherwise as sent; top first."""

    fields: Fields
    order: tuple[str, ...] = ()  # the name of each field

    def first(self, name: str) -> str:
        values = self.fields.get(name, ())
        return values[0] if values else ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value with parameters: `text/plain; charset=utf-8`. Everything but parameter values is
    lower case."""

    value: str
    parameters: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.parameters.get(name, "")


@dataclass(frozen=True, slots=True)
class Split:
    """Where the header block of a message or part ends."""

    block: bytes
    body: int  # where the body begins, from the start of the octets
    clean: bool = True  # False: a line that is no header ended the block, and no blank line
    start: int = 0  # of the block, behind a byte order mark or a line of an mbox

    @property
    def odd(self) -> bool:
        """Whether it has NUL, or a CR without LF: what is a line, or a name, to one reader is none
        to the next."""
        return b"\0" in self.block or self.block.count(b"\r") != self.block.count(b"\r\n")


def split(octets: bytes, start: int, end: int) -> Split:
    """Cut octets[start:end].

    A part may begin with the blank line: no headers at all. A line that is no header begins the
    body, as in the standard library: no word is lost that way.
    """
    if octets.startswith((b"\n", b"\r"), start, end):
        return Split(b"", start + (2 if octets.startswith(b"\r\n", start, end) else 1), start=start)
    if octets.startswith(_BYTE_ORDER_MARK, start, end):
        start += len(_BYTE_ORDER_MARK)
    mbox = _MBOX_LINE.match(octets, start, end)
    start = mbox.end() if mbox else start
    blank = _BLANK_LINE.search(octets, start, end)
    until = blank.start() if blank else end
    broken = _NO_HEADER.search(octets, start, until)
    if broken:
        return Split(octets[start : broken.start()], broken.start(), clean=False, start=start)
    return Split(octets[start:until], blank.end() if blank else end, start=start)


def fields(block: bytes) -> list[list[bytes]]:
    """Return the fields of a block, each as its lines with their ends.

    `read` reads, and the door takes off, by these.
    """
    found: list[list[bytes]] = []
    for line in block.splitlines(keepends=True):  # of bytes: CRLF, CR or LF, and nothing else
        if found and line[:1] in (b" ", b"\t", b"\r", b"\n"):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def field_name(field: list[bytes]) -> str:
    """Return the name of a field, lower case; "" if the line is no header."""
    named = _NAME.match(field[0])
    return named[1].decode("ascii").lower() if named else ""


def read(block: bytes, limits: Limits) -> Head:
    """Read a block. Raises Unreadable for a block or a header over its bound."""
    if len(block) > limits.header_octets:
        raise Unreadable("header block too big")
    if block.count(b"(") > limits.parentheses:
        raise Unreadable("too many comments")
    values: dict[str, list[str]] = {}
    order: list[str] = []
    for field in fields(block):
        if sum(map(len, field)) > limits.one_header_octets:
            raise Unreadable("header too long")
        named = _NAME.match(field[0])
        if named:
            text = _unfolded(field[0][named.end() :], *field[1:])
            order.append(named[1].decode("ascii").lower())
            values.setdefault(order[-1], []).append(text.strip())
    return Head({each: tuple(texts) for each, texts in values.items()}, tuple(order))


def words(value: str) -> str:
    """Decode encoded words and drop the blanks between two of them (RFC 2047 section 6.2)."""
    if "=?" not in value:
        return value
    texts: list[str] = []
    end = 0
    # a character may be cut between two words of one charset (Outlook, 2016)
    pending: tuple[str, bytes] | None = None
    for match in _ENCODED_WORD.finditer(value):
        between = value[end : match.start()]
        label, octets = match[1].partition("*")[0], _word_octets(match[2], match[3])
        joined = pending is not None and not between.strip()
        if joined and pending is not None and pending[0].lower() == label.lower():
            pending = label, pending[1] + octets
        else:
            texts += [_decoded(pending), "" if joined else between]
            pending = label, octets
        end = match.end()
    return "".join([*texts, _decoded(pending), value[end:]])


def ids(values: Iterable[str]) -> tuple[str, ...]:
    """Return message ids without angle brackets, in order.

    Exchange and iOS put commas and folds between and inside them.
    """
    found = []
    for value in values:
        named = _BRACKETED.findall(value) or [
            word for word in value.replace(",", " ").split() if "@" in word
        ]
        found += [_SPACE.sub("", each) for each in named]
    return tuple(dict.fromkeys(found))


def addresses(values: Iterable[str]) -> tuple[str, ...]:
    """Return everything that looks like an address, lower case.

    For routing alone: what is signed proves itself.
    """
    return tuple(dict.fromkeys(each.lower() for value in values for each in _addresses(value)))


def _addresses(value: str) -> Iterator[str]:
    """Look from each @ outwards: a search from the left would look at every letter a
    hundred times."""
    pieces = value.split("@")
    for left, right in pairwise(pieces):
        local, domain = _LOCAL_BACKWARDS.match(left[-128:][::-1]), _DOMAIN.match(right)
        if local and domain:
            yield f"{local[0][::-1]}@{domain[0]}"


def labelled(value: str, limits: Limits) -> Labelled:
    """Read `value; name=value; name*0*=utf-8''...`. Raises Unreadable for too many parameters."""
    pieces = _pieces(value)
    if len(pieces) > limits.parameters:
        raise Unreadable("too many parameters")
    pairs: dict[str, str] = {}
    for piece in pieces[1:]:
        name, _, text = piece.partition("=")
        pairs.setdefault(name.strip().lower(), _unquoted(text.strip()))
    main = pieces[0].split("(", 1)[0].strip().lower() if pieces else ""
    return Labelled(main, _joined(pairs) if any("*" in name for name in pairs) else pairs)


def _unfolded(*lines: bytes) -> str:
    """Unfold and decode a value.

    One Latin-1 name must not spoil the UTF-8 beside it: then it is decoded line by line.
    """
    bare = [line.rstrip(b"\r\n") for line in lines]
    try:
        return b"".join(bare).decode("utf-8")
    except UnicodeDecodeError:
        return "".join(charset.decode(line)[0] for line in bare)


def _word_octets(kind: str, text: str) -> bytes:
    if kind in "bB":
        letters = re.sub(r"[^A-Za-z0-9+/]", "", text)
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    return binascii.a2b_qp(text.encode("utf-8"), header=True)


def _decoded(pending: tuple[str, bytes] | None) -> str:
    if pending is None:
        return ""
    text = charset.decode(pending[1], pending[0])[0]
    # an encoded line end must not become one
    return "".join(" " if each in "\r\n\t" else each for each in text)


def _pieces(value: str) -> list[str]:
    """Split at semicolons outside quotes."""
    if '"' not in value:
        return value.split(";")
    pieces, start, quoted, escaped = [], 0, False, False
    for position, letter in enumerate(value):
        if escaped:
            escaped = False
        elif letter == "\\" and quoted:
            escaped = True
        elif letter == '"':
            quoted = not quoted
        elif letter == ";" and not quoted:
            pieces.append(value[start:position])
            start = position + 1
    return [*pieces, value[start:]]


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text.split("(", 1)[0].strip() if " (" in text else text
    body = text[1:].rpartition('"')[0] or text[1:]
    return re.sub(r"\\(.)", r"\1", body)


def _joined(pairs: Mapping[str, str]) -> dict[str, str]:
    """Put `name*0`, `name*1*` ... together and decode percent-encoded octets (RFC 2231)."""
    plain = {name: text for name, text in pairs.items() if "*" not in name}
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for name, text in pairs.items():
        base, star, rest = name.partition("*")
        if star:
            section = (_section_number(rest.rstrip("*")), name.endswith("*"), text)
            sections.setdefault(base, []).append(section)
    return plain | {base: _extended(sorted(found)) for base, found in sections.items()}


def _section_number(text: str) -> int:
    return int(text[:3]) if text.isascii() and text.isdecimal() else 0


def _extended(sections: list[tuple[int, bool, str]]) -> str:
    label, octets = "utf-8", b""
    for position, (_, encoded, text) in enumerate(sections):
        if encoded and position == 0 and text.count("'") >= 2:
            label, _, text = text.split("'", 2)
        octets += unquote_to_bytes(text) if encoded else text.encode("utf-8")
    return charset.decode(octets, label)[0]
