"""PGP inside the text (RFC 9580 sections 6.2 and 7): the frame of a signature comes off, what is
encrypted goes."""

from __future__ import annotations

import string

BEGIN, END = "-----BEGIN PGP ", "-----END PGP "
SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
ENCRYPTED = "-----BEGIN PGP MESSAGE-----"
ENCRYPTED_END = "-----END PGP MESSAGE-----"
_ARMOUR = frozenset(string.ascii_letters + string.digits + "+/=")


def clear(text: str) -> tuple[str, bool]:
    """The words outside of armour, and whether some of it was encrypted."""
    if BEGIN not in text:
        return text, False
    kept: list[str] = []
    # head: "Hash: SHA512", "Version: GnuPG v2", down to a blank line
    encrypted, frame, head = False, "", False
    for line in text.split("\n"):
        mark = line.strip()
        if mark.startswith((BEGIN, END)):
            frame, head = (mark, True) if mark.startswith(BEGIN) else ("", False)
            encrypted = encrypted or mark == ENCRYPTED
            continue
        if head and (not mark or ": " in mark):
            head = bool(mark)
            continue
        head = False
        if frame != SIGNED and not _ARMOUR.issuperset(mark):
            frame = ""  # words: the end of the armour is missing
        if frame in ("", SIGNED):
            kept.append(line.removeprefix("- ") if frame else line)
    return "\n".join(kept).strip("\n"), encrypted


def clear_page(page: str) -> tuple[str, bool]:
    """The same for HTML, for what is encrypted alone. The tags between its lines close as much
    as they open."""
    kept: list[str] = []
    end = 0
    while (start := page.find(ENCRYPTED, end)) >= 0:
        kept.append(page[end:start])
        last = page.find(ENCRYPTED_END, start)
        end = last + len(ENCRYPTED_END) if last >= 0 else len(page)
    return "".join([*kept, page[end:]]), bool(kept)
