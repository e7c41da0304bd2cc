"""A large mail without its attachments: the header as it is, the text parts, and of the others their name alone.

The mail keeps its shape and its boundaries: each part is fetched by its number (RFC 9051, 6.4.5.1), the heavy ones
come back empty. So whoever reads it finds the names of what was left where names always stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient

HEADER_OCTETS = 300_000  # of the whole mail; more than the reader of mails allows, so that it sees the excess
PART_HEADER_OCTETS = 16_000
ENCLOSED_HEADER_OCTETS = 64_000
PARTS = 200
DEPTH = 30
COMMAND_SECTIONS = 100  # about 4,000 octets of command; servers refuse lines of more than 8,000 (RFC 7162, 4)
WHOLE_OCTETS = 30_000_000  # a mail with no readable part up to this is fetched whole: winmail.dat, S/MIME
REPORTS = frozenset({b"delivery-status", b"disposition-notification", b"global-delivery-status"})


class Shapeless(Exception):  # noqa: N818 - a fact about the mail, not an error
    """The structure is too large, too deep or not as RFC 9051 says; only the first octets are worth fetching."""


@dataclass(frozen=True, slots=True)
class Part:
    """A node of the BODYSTRUCTURE. `number` is "" for the mail itself."""

    number: str
    kind: tuple[bytes, bytes]  # b"text", b"plain"
    octets: int = 0
    attached: bool = False
    boundary: bytes = b""
    children: tuple[Part, ...] = ()

    @property
    def section(self) -> str:
        """What to ask the server for."""
        if self.kind == (b"message", b"rfc822"):  # of an enclosed mail its header: reports need no more
            return f"{self.number or 'TEXT'}{'.HEADER' if self.number else ''}"
        return self.number or "TEXT"

    @property
    def limit(self) -> int:
        return min(self.octets, ENCLOSED_HEADER_OCTETS) if self.kind == (b"message", b"rfc822") else self.octets

    @property
    def wanted(self) -> bool:
        main, sub = self.kind
        return not self.attached and (main == b"text" or (main == b"message" and (sub in REPORTS or sub == b"rfc822")))

    def leaves(self) -> Iterator[Part]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def below(self) -> Iterator[Part]:
        for child in self.children:
            yield child
            yield from child.below()


def slim(client: IMAPClient, uid: int, octets: int, keep: int) -> bytes:
    """Fetch one mail of `octets` so that about `keep` octets of text are held, never its attachments; b"": gone."""
    found = client.fetch([uid], ["BODYSTRUCTURE"])
    if uid not in found:
        return b""
    try:
        root = shape(found[uid][b"BODYSTRUCTURE"])
    except (Shapeless, AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError):
        return section(client, uid, "", keep)
    if any(part.wanted for part in root.leaves()):
        return assemble(client, uid, root, keep)
    return section(client, uid, "", WHOLE_OCTETS if octets <= WHOLE_OCTETS else keep)


def shape(structure: Any, number: str = "", depth: int = 0) -> Part:
    """BODYSTRUCTURE as imapclient parses it (RFC 9051, 7.5.2) -> Part; raises Shapeless and what indexing raises."""
    if depth > DEPTH:
        raise Shapeless
    if structure.is_multipart:
        prefix = f"{number}." if number else ""
        children = tuple(shape(part, f"{prefix}{n}", depth + 1) for n, part in enumerate(structure[0], 1))
        part = Part(number, (b"multipart", structure[1].lower()), boundary=boundary(structure[2]), children=children)
        if depth == 0 and sum(1 for _ in part.below()) > PARTS:
            raise Shapeless
        return part
    kind = (structure[0].lower(), structure[1].lower())
    return Part(number, kind, int(structure[6]), attached=any(map(is_attachment, structure[7:])))


def is_attachment(field: Any) -> bool:
    """Whether this field is the disposition "attachment". Its place varies with the type; pymap misplaces it."""
    name = field[0] if isinstance(field, tuple) and field else None
    return isinstance(name, bytes) and name.lower() == b"attachment"


def boundary(params: Any) -> bytes:
    """The boundary among the parameters of a multipart, which come as a flat list of names and values."""
    for name, value in zip(params[::2], params[1::2], strict=True):
        if name.lower() == b"boundary":
            return value if isinstance(value, bytes) else str(value).encode()  # imapclient makes ints of digits
    raise Shapeless


def assemble(client: IMAPClient, uid: int, root: Part, keep: int) -> bytes:
    """Header, then every part in its place: its own header, and its text if it is wanted."""
    asked = {f"{part.number}.MIME": PART_HEADER_OCTETS for part in root.below()}
    left = keep
    for part in root.leaves():
        if part.wanted and left > 0:
            asked[part.section] = min(part.limit, left)
            left -= asked[part.section]
    got = sections(client, uid, {"HEADER": HEADER_OCTETS, **asked})
    return got["HEADER"] + body(root, got)


def body(part: Part, got: dict[str, bytes]) -> bytes:
    if not part.children:
        return got.get(part.section, b"")
    line = b"--" + part.boundary
    inner = [
        line + b"\r\n" + (got[f"{child.number}.MIME"] or b"\r\n") + body(child, got) + b"\r\n"
        for child in part.children
    ]
    return b"".join(inner) + line + b"--\r\n"


def section(client: IMAPClient, uid: int, name: str, octets: int) -> bytes:
    return sections(client, uid, {name: octets})[name]


def sections(client: IMAPClient, uid: int, wanted: dict[str, int]) -> dict[str, bytes]:
    """The first so many octets of each section; one that the server does not have is empty."""
    items = [f"BODY.PEEK[{name}]<0.{max(octets, 1)}>" for name, octets in wanted.items()]
    found: dict[bytes, Any] = {}
    for start in range(0, len(items), COMMAND_SECTIONS):
        found |= client.fetch([uid], items[start : start + COMMAND_SECTIONS]).get(uid, {})
    return {name: found.get(f"BODY[{name}]<0>".encode()) or b"" for name in wanted}
