"""Take PGP out of a text (RFC 9580 sections 6.2 and 7): frames of signatures, what is encrypted."""

from __future__ import annotations

import string

BEGIN, END = "-----BEGIN PGP ", "-----END PGP "
SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
ENCRYPTED_END = "-----END PGP MESSAGE-----"
_ARMOUR = frozenset(string.ascii_letters + string.digits + "+/=")


def clear(text: str) -> tuple[str, bool]:
    """Return the words outside of armour, and whether some of it was encrypted."""
    if BEGIN not in text:
        return text, False
    reader = _Reader()
    for line in text.split("\n"):
        reader.read(line)
    return "\n".join(reader.kept).strip("\n"), reader.encrypted


class _Reader:
    """Goes through the lines once."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.encrypted = False
        self.frame = ""  # the line that opened the armour we are in
        self.head = False  # in "Hash: SHA512", "Version: GnuPG v2", down to a blank line

    def read(self, line: str) -> None:
        mark = line.strip()
        if mark.startswith((BEGIN, END)):
            self._turn(mark)
        elif self.head and (not mark or ": " in mark):
            self.head = bool(mark)
        else:
            self._take(line, mark)

    def _turn(self, mark: str) -> None:
        self.head = mark.startswith(BEGIN)
        self.frame = mark if self.head else ""
        self.encrypted = self.encrypted or mark == ENCRYPTED

    def _take(self, line: str, mark: str) -> None:
        self.head = False
        if self.frame != SIGNED and not _ARMOUR.issuperset(mark):
            self.frame = ""  # words: the end of the armour is missing
        if not self.frame:
            self.kept.append(line)
        elif self.frame == SIGNED:
            self.kept.append(line.removeprefix("- "))


def clear_page(page: str) -> tuple[str, bool]:
    """Do the same for HTML, for what is encrypted alone.

    The tags between its lines close as much as they open.
    """
    kept: list[str] = []
    end = 0
    while (start := page.find(ENCRYPTED, end)) >= 0:
        kept.append(page[end:start])
        last = page.find(ENCRYPTED_END, start)
        end = last + len(ENCRYPTED_END) if last >= 0 else len(page)
    return "".join([*kept, page[end:]]), bool(kept)
