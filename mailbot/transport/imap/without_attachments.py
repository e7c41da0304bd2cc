"""A large mail without its attachments: the header as it is, the text parts, and of the others
their name alone.

The mail keeps its shape and its boundaries: each part is fetched by its number (RFC 9051,
6.4.5.1), the heavy ones come back empty. So whoever reads it finds the names of what was left
where names always stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient

# of the whole mail; more than the reader of mails allows, so that it sees the excess
HEADER_OCTETS = 300_000
PART_HEADER_OCTETS = 16_000
ENCLOSED_HEADER_OCTETS = 64_000
PARTS = 200
DEPTH = 30
# about 4,000 octets of command; servers refuse lines of more than 8,000 (RFC 7162, 4)
COMMAND_SECTIONS = 100
WHOLE_OCTETS = 30_000_000  # a mail whose text is inside a wrapping is fetched whole up to this
WRAPPINGS = frozenset(
    (b"application", name) for name in (b"ms-tnef", b"pkcs7-mime", b"x-pkcs7-mime")
)
ENCLOSED = (b"message", b"rfc822")
ATTACHMENT = re.compile(rb"^content-disposition:\s{0,9}attachment", re.IGNORECASE | re.MULTILINE)
REPORTS = frozenset({b"delivery-status", b"disposition-notification", b"global-delivery-status"})


class Shapeless(Exception):
    """Say that the structure is too large, too deep or not as RFC 9051 says; only the first octets
    are worth fetching."""


@dataclass(frozen=True, slots=True)
class StructurePart:
    """Hold a node of the BODYSTRUCTURE. `number` is "" for the mail itself."""

    number: str
    kind: tuple[bytes, bytes]  # b"text", b"plain"
    octets: int = 0
    boundary: bytes = b""
    children: tuple[StructurePart, ...] = ()

    @property
    def header(self) -> str:
        """Name the section that is its header."""
        return f"{self.number}.MIME" if self.number else "HEADER"

    @property
    def section(self) -> str:
        """Name the section of its text; of an enclosed mail the header, reports need no more."""
        if not self.number:
            return "TEXT"
        return f"{self.number}.HEADER" if self.kind == ENCLOSED else self.number

    @property
    def limit(self) -> int:
        return min(self.octets, ENCLOSED_HEADER_OCTETS) if self.kind == ENCLOSED else self.octets

    @property
    def readable(self) -> bool:
        match self.kind:
            case (b"text", _):
                return True
            case (b"message", sub):
                return sub in REPORTS or self.kind == ENCLOSED
        return False

    def leaves(self) -> Iterator[StructurePart]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def below(self) -> Iterator[StructurePart]:
        for child in self.children:
            yield child
            yield from child.below()


def fetch_without_attachments(client: IMAPClient, uid: int, octets: int, keep: int) -> bytes:
    """Fetch one mail of `octets` so that about `keep` octets of text are held, never its
    attachments; b"": gone."""
    found = client.fetch([uid], ["BODYSTRUCTURE"])
    if uid not in found:
        return b""
    try:
        root = shape(found[uid][b"BODYSTRUCTURE"])
        refuse_many_parts(root)
    except (Shapeless, AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError):
        return section(client, uid, "", keep)
    limits = {"HEADER": HEADER_OCTETS} | {part.header: PART_HEADER_OCTETS for part in root.below()}
    got = sections(client, uid, limits)
    texts = wanted(root, got, keep)
    is_wrapped = any(part.kind in WRAPPINGS for part in root.leaves())
    if is_wrapped and not texts and octets <= WHOLE_OCTETS:
        return section(client, uid, "", WHOLE_OCTETS)
    got |= sections(client, uid, texts)
    return got["HEADER"] + body(root, got)


def refuse_many_parts(root: StructurePart) -> None:
    """Raise Shapeless for a mail of more than PARTS parts."""
    if sum(1 for _ in root.below()) > PARTS:
        raise Shapeless


def shape(structure: Any, number: str = "", depth: int = 0) -> StructurePart:
    """Make parts of a BODYSTRUCTURE as imapclient parses it (RFC 9051, 7.5.2). Raises Shapeless and
    what indexing raises."""
    if depth > DEPTH:
        raise Shapeless
    if not structure.is_multipart:
        return StructurePart(
            number, (structure[0].lower(), structure[1].lower()), int(structure[6])
        )
    prefix = f"{number}." if number else ""
    children = [shape(part, f"{prefix}{n}", depth + 1) for n, part in enumerate(structure[0], 1)]
    return StructurePart(
        number,
        (b"multipart", structure[1].lower()),
        boundary=boundary(structure[2]),
        children=tuple(children),
    )


def boundary(params: Any) -> bytes:
    """Find the boundary among the parameters of a multipart, which come as a flat list of names and
    values."""
    for name, value in zip(params[::2], params[1::2], strict=True):
        if name.lower() == b"boundary":
            # imapclient makes ints of digits
            return value if isinstance(value, bytes) else str(value).encode()
    raise Shapeless


def wanted(root: StructurePart, headers: dict[str, bytes], keep: int) -> dict[str, int]:
    """Choose the sections worth fetching and how much of each, up to `keep` octets in all.

    Whether a part is an attachment is read in its own header: pymap has no place for it in the
    structure of a text.
    """
    texts: dict[str, int] = {}
    for part in root.leaves():
        if part.readable and not ATTACHMENT.search(headers[part.header]) and keep > 0:
            texts[part.section] = min(part.limit, keep)
            keep -= texts[part.section]
    return texts


def body(part: StructurePart, got: dict[str, bytes]) -> bytes:
    if not part.children:
        return got.get(part.section, b"")
    line = b"--" + part.boundary
    inner = [
        line + b"\r\n" + (got[child.header] or b"\r\n") + body(child, got) + b"\r\n"
        for child in part.children
    ]
    return b"".join(inner) + line + b"--\r\n"


def section(client: IMAPClient, uid: int, name: str, octets: int) -> bytes:
    return sections(client, uid, {name: octets})[name]


def sections(client: IMAPClient, uid: int, wanted: dict[str, int]) -> dict[str, bytes]:
    """Fetch the first so many octets of each section; one that the server lacks is empty."""
    items = [f"BODY.PEEK[{name}]<0.{max(octets, 1)}>" for name, octets in wanted.items()]
    found: dict[bytes, Any] = {}
    for start in range(0, len(items), COMMAND_SECTIONS):
        found |= client.fetch([uid], items[start : start + COMMAND_SECTIONS]).get(uid, {})
    return {name: found.get(f"BODY[{name}]<0>".encode()) or b"" for name in wanted}
