"""Take octets apart into a tree of parts (RFC 2045, 2046), bounded: every part is looked at once,
counted, and not copied.

The standard library's parser matches every line against every open boundary and recurses without
a bound. Here a child is a span within its parent, so the work is depth times size, and both are
capped.
"""

from __future__ import annotations

import base64
import binascii
import re
import string
from dataclasses import dataclass, field, replace

from mailbot.inbound.message import charset, header
from mailbot.inbound.message.header import Head, Labelled
from mailbot.inbound.message.limits import Limits, Unreadable

_BASE64 = (string.ascii_letters + string.digits + "+/=").encode()
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))
_BLANKS = tuple(bytes([each]) for each in b" \t\r\n\v\f\x00")
_LOOKS_LIKE_A_BOUNDARY = re.compile(
    rb"(?:\A|\n)--([^\s-][^\r\n]{0,199})\r?\n(?=[Cc]ontent-[A-Za-z-]{1,40}:)"
)
LIKE_BOUNDARIES = 20  # lines that begin like a boundary and are none, per part that is allowed
LONGEST_TAIL = 200  # octets of blanks behind a boundary
LONGEST_HTML_HEAD = 2048  # octets in which a page states its charset; browsers look at 1,024
_META_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
BROKEN_HEADER = "header line without a colon"
_PLAIN_OCTETS = {"", "7bit", "8bit", "binary", "8 bit", "7 bit"}


@dataclass(slots=True)
class Part:
    """One part, undecoded. Only multipart/* has children: what is inside a message is not looked
    at."""

    head: Head
    type: Labelled
    disposition: Labelled
    # the whole mail; the payload is a span of it, so 30 MB stay 30 MB however deep they lie
    source: bytes
    start: int
    end: int
    children: list[Part] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.type.value

    @property
    def payload(self) -> bytes:
        return self.source[self.start : self.end]

    @property
    def name(self) -> str:
        return header.words(self.disposition.get("filename") or self.type.get("name"))

    def octets(self) -> bytes:
        """Return the payload with its transfer encoding undone, as well as it can be."""
        encoding = self.head.first("content-transfer-encoding").strip(" \t;\"'").lower()
        if encoding == "base64":
            return self._base64()
        if encoding == "quoted-printable":
            return self._quoted_printable()
        if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
            return self._uuencoded()
        if encoding not in _PLAIN_OCTETS:
            self.defects.append("unknown transfer encoding")
        return self.payload

    def text(self) -> str:
        """Return the payload decoded, with LF line ends."""
        octets = self.octets()
        label = self.type.get("charset") or (
            _stated_inside(octets) if self.kind == "text/html" else ""
        )
        text, right = charset.decode(octets, label)
        if not right:
            self.defects.append("charset is not what it says")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _base64(self) -> bytes:
        """Decode; drop stray octets, add lost padding, keep plain lines behind it (a list's
        footer)."""
        encoded, plain = self.payload, b""
        letters = encoded.translate(None, _NOT_BASE64)
        if len(letters) + sum(map(encoded.count, _BLANKS)) != len(encoded):
            self.defects.append("broken base64")
            encoded, plain = _without_plain_lines(encoded)
            letters = encoded.translate(None, _NOT_BASE64)
        letters, padding, after = letters.partition(b"=")
        if after.strip(b"=") or (len(letters) + len(padding) + len(after)) % 4:
            self.defects.append("broken base64")
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        return base64.b64decode(letters + b"=" * (-len(letters) % 4)) + plain

    def _quoted_printable(self) -> bytes:
        if re.search(rb"=(?![0-9A-Fa-f]{2}|[ \t]{0,80}\r?\n|[ \t]{0,80}\Z)", self.payload):
            self.defects.append("broken quoted-printable")
        return binascii.a2b_qp(self.payload)

    def _uuencoded(self) -> bytes:
        decoded = []
        for line in self.payload.split(b"\n"):
            if not line.strip() or line.startswith((b"begin ", b"end")):
                continue
            try:
                decoded.append(binascii.a2b_uu(line))
            except binascii.Error:
                self.defects.append("broken uuencode")
        return b"".join(decoded)


def _stated_inside(octets: bytes) -> str:
    """Return the charset of `<meta charset=...>`, "" if there is none: some senders label the page
    and not the part."""
    found = _META_CHARSET.search(octets[:LONGEST_HTML_HEAD])
    return found[1].decode("ascii") if found else ""


def _without_plain_lines(payload: bytes) -> tuple[bytes, bytes]:
    """Part base64 from plain lines: base64, and the lines from the first one on that is plainly
    words: blanks inside, or many foreign signs."""
    position = 0
    for line in payload.splitlines(keepends=True):
        bare = line.strip()
        if bare and (b" " in bare or 4 * len(bare.translate(None, _BASE64)) > len(bare)):
            return payload[:position], b"\n" + payload[position:]
        position += len(line)
    return payload, b""


Span = tuple[int, int]
"""From, and up to but without: a piece of the mail."""


class Splitter:
    """Takes one mail apart; counts what it has seen."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts_seen = 0

    def split(self, octets: bytes) -> Part:
        """Take a mail apart. Raises Unreadable when there are too many parts or levels."""
        top = self._part(octets, (0, len(octets)), "text/plain")
        waiting = [(top, 1)]
        while waiting:
            part, depth = waiting.pop()
            if not part.kind.startswith("multipart/"):
                continue
            if depth > self.limits.depth:
                raise Unreadable("too many levels")
            # RFC 2046 section 5.1.5
            inner = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
            part.children = [self._part(octets, span, inner) for span in self._spans(part)]
            waiting += [(child, depth + 1) for child in part.children]
        return top

    def _part(self, octets: bytes, span: Span, default: str) -> Part:
        self.parts_seen += 1
        if self.parts_seen > self.limits.parts:
            raise Unreadable("too many parts")
        cut = header.split(octets, *span)
        head = header.read(cut.block, self.limits)
        kind = header.labelled(head.first("content-type") or default, self.limits)
        if "/" not in kind.value:  # RFC 2045 section 5.2: what cannot be read is plain text
            kind = replace(kind, value="text/plain")
        disposition = header.labelled(head.first("content-disposition"), self.limits)
        defects = [] if cut.clean else [BROKEN_HEADER]
        return Part(
            head, kind, disposition, octets, min(cut.body, span[1]), span[1], defects=defects
        )

    def _spans(self, part: Part) -> list[Span]:
        """Find what stands between the boundary lines; a missing last one ends with the parent."""
        boundary = part.type.get("boundary").encode("utf-8", "replace").rstrip()
        marks = _marks(part, b"--" + boundary, self.limits.parts) if boundary else []
        if not marks:
            part.defects.append("multipart without its boundary")
            seen = _LOOKS_LIKE_A_BOUNDARY.search(part.source, max(part.start - 1, 0), part.end)
            marks = _marks(part, b"--" + seen[1], self.limits.parts) if seen else []
        if not marks:
            return _without_boundary(part)
        if not marks[-1].last:
            part.defects.append("multipart without an end")
        ends = [*(mark.before for mark in marks[1:]), part.end]
        return [(mark.after, end) for mark, end in zip(marks, ends, strict=True) if not mark.last]


@dataclass(frozen=True, slots=True)
class _Mark:
    """One boundary line: where the part before it ends and the part after it begins."""

    before: int
    after: int
    last: bool


def _marks(part: Part, mark: bytes, most: int) -> list[_Mark]:
    """Find the boundary lines of a part, up to the one that ends it."""
    octets, marks = part.source, list[_Mark]()
    found = (
        part.start
        if octets.startswith(mark, part.start, part.end)
        else _next_line(part, mark, part.start)
    )
    for _ in range(LIKE_BOUNDARIES * most):
        if found < 0 or len(marks) > most:
            return marks
        behind = found + len(mark)
        line_end = octets.find(b"\n", behind, min(behind + LONGEST_TAIL, part.end))
        rest = octets[
            behind : line_end if line_end >= 0 else min(behind + LONGEST_TAIL, part.end)
        ].strip()
        if rest in (b"", b"--"):
            line_break = 2 if octets.startswith(b"\r\n", found - 2) else 1
            before = max(found - line_break, part.start)
            marks.append(
                _Mark(before, line_end + 1 if line_end >= 0 else part.end, last=bool(rest))
            )
            if rest:
                return marks
        found = _next_line(part, mark, behind)
    raise Unreadable("too many boundary lines")


def _next_line(part: Part, mark: bytes, start: int) -> int:
    found = part.source.find(b"\n" + mark, max(start - 1, 0), part.end)
    return found + 1 if found >= 0 else -1


def _without_boundary(part: Part) -> list[Span]:
    """Take all of it as one part, and its first line no header: from the line break in
    front of it."""
    blank = not part.source[part.start : part.end].strip()
    return [] if blank else [(max(part.start - 1, 0), part.end)]
