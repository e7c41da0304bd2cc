"""Open S/MIME: the mail inside an opaque signature (RFC 8551 section 3.5.2), found in its BER;
nothing is verified."""

from __future__ import annotations

from dataclasses import dataclass

SIGNED = bytes.fromhex("2a864886f70d010702")
# enveloped, authEnveloped
ENVELOPED = (bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d0109100117"))
SEQUENCE, OBJECT_ID, OCTETS, OCTETS_IN_PIECES, EXPLICIT_0 = 0x30, 0x06, 0x04, 0x24, 0xA0
MOST_VALUES = 20_000  # Outlook and OpenSSL cut the content into pieces of 1,000 to 4,096 octets


@dataclass(frozen=True, slots=True)
class Opened:
    """What a pkcs7-mime part is: the mail inside a signature, or closed to us."""

    inner: bytes | None
    encrypted: bool


def opened(octets: bytes) -> Opened:
    """Take the content out of a signed mail. Neither inner nor encrypted: it is not what it
    says."""
    try:
        return _opened(_Reader(octets))
    except (IndexError, ValueError):
        return Opened(None, encrypted=False)


def _opened(reader: _Reader) -> Opened:
    reader.enter(SEQUENCE)  # ContentInfo
    kind = reader.value(OBJECT_ID)
    if kind in ENVELOPED:
        return Opened(None, encrypted=True)
    if kind != SIGNED:
        return Opened(None, encrypted=False)
    reader.enter(EXPLICIT_0)
    reader.enter(SEQUENCE)  # SignedData (RFC 5652 section 5.1)
    reader.skip()  # version
    reader.skip()  # digestAlgorithms
    reader.enter(SEQUENCE)  # EncapsulatedContentInfo
    reader.value(OBJECT_ID)
    reader.enter(EXPLICIT_0)
    return Opened(reader.octet_string(), encrypted=False)


class _Reader:
    """Walks tag, length, value; raises IndexError or ValueError where the octets are not BER."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.position = 0
        self.values_seen = 0

    def enter(self, tag: int) -> None:
        self._expect(tag)
        self._length()

    def value(self, tag: int) -> bytes:
        self._expect(tag)
        return self._take(self._definite())

    def skip(self) -> None:
        """Pass over one value of definite length: even streaming signers know their version and
        algorithms beforehand."""
        self._tag()
        self._take(self._definite())

    def octet_string(self) -> bytes:
        """Read one OCTET STRING, in one piece or many, of definite or indefinite length."""
        tag = self._tag()
        length = self._length()
        if tag == OCTETS and length is not None:
            return self._take(length)
        if tag != OCTETS_IN_PIECES:
            raise ValueError("not an octet string")
        end = len(self.octets) if length is None else self.position + length
        pieces = []
        while self.position < end and not self._at_end():
            pieces.append(self.value(OCTETS))
        return b"".join(pieces)

    def _expect(self, tag: int) -> None:
        if self._tag() != tag:
            raise ValueError("another value was expected")

    def _tag(self) -> int:
        self.values_seen += 1
        if self.values_seen > MOST_VALUES:
            raise ValueError("too many values")
        self.position += 1
        return self.octets[self.position - 1]

    def _definite(self) -> int:
        length = self._length()
        if length is None:
            raise ValueError("a definite length was expected")
        return length

    def _length(self) -> int | None:
        """Read a length. None: indefinite, ended by two zero octets."""
        first = self.octets[self.position]
        self.position += 1
        if first < 0x80:
            return first
        if first == 0x80:
            return None
        if first > 0x84:
            raise ValueError("longer than any mail")
        return int.from_bytes(self._take(first & 0x7F), "big")

    def _take(self, count: int) -> bytes:
        taken = self.octets[self.position : self.position + count]
        if len(taken) != count:
            raise ValueError("cut off")
        self.position += count
        return taken

    def _at_end(self) -> bool:
        if self.octets[self.position : self.position + 2] == b"\x00\x00":
            self.position += 2
            return True
        return False
