"""Decode octets, whatever the label says: label, alias, UTF-8, Windows-1252, Latin-1. Never
raises."""

from __future__ import annotations

import codecs
from functools import lru_cache

ALIASES = {
    # labels seen in the wild (fx-private-relay#1956, imbox#113, django-mailbox#34) and what was
    # meant
    "uft-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf-8-mac": "utf-8",
    "utf8mb4": "utf-8",
    "cp-850": "cp850",
    "iso-8859-8-i": "iso-8859-8",  # -i and -e only say who orders the letters (RFC 1556)
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "_iso-2022-jp$esc": "iso-2022-jp",
    "iso-2022-jp-ms": "iso-2022-jp-3",
    "x-sjis": "cp932",
    "shift_jis": "cp932",  # what Windows writes under that name
    "windows-31j": "cp932",
    "x-euc-jp": "euc-jp",
    # its superset: mail clients write more than the label allows (WHATWG encodings)
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "windows-874": "cp874",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "ansi_x3.4-1968": "us-ascii",
    "iso-8859-1": "cp1252",  # browsers and mail clients agree: the C1 controls are never meant
    "latin1": "cp1252",
    "us-ascii": "utf-8",  # a superset, and what mislabelled mail holds most often
    "ascii": "utf-8",
}
NO_TEXT = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}


def decode(octets: bytes, label: str = "") -> tuple[str, bool]:
    """Return the text, and whether the label was right (no label is right when the octets are
    UTF-8).

    NUL is removed: no client shows it and databases refuse it.
    """
    name = _codec(label)
    text = _strictly(octets, name) if name else None
    right = text is not None
    if text is None:
        text, right = _by_sight(octets), False
    return _without_marks(text), right


def _by_sight(octets: bytes) -> str:
    text = _strictly(octets, "utf-8")
    if text is None:
        text = _strictly(octets, "cp1252")
    return octets.decode("latin-1") if text is None else text


def _strictly(octets: bytes, name: str) -> str | None:
    try:
        text = octets.decode(name)
        # some codecs let lone surrogates through (utf-7); they cannot be written down again
        text.encode("utf-8")
    except (UnicodeError, ValueError):
        return None
    return text


def _without_marks(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\x00", "")


@lru_cache(maxsize=256)
def _codec(label: str) -> str:
    """Return the Python codec behind a label; "" if there is none.

    `charset="utf-8 x9zz"`: the first word counts.
    """
    words = label.strip(" \t\"'").lower().split()
    name = ALIASES.get(words[0], words[0]) if words else "utf-8"
    try:
        found = codecs.lookup(name[:40])
    except (LookupError, ValueError):  # ValueError: NUL in the name
        return ""
    # rot13, zip and hex are codecs too
    is_text = found._is_text_encoding and found.name not in NO_TEXT  # noqa: SLF001
    return found.name if is_text else ""
