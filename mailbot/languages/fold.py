"""The two forms in which words are compared.

`fold` is for what people type: they leave accents out, and mean the same word. `plain` is for what
programs write: they spell their words right, and without the accent it is another word ("à" and "a"
are two labels of headers).
"""

from __future__ import annotations

import unicodedata

_LOOKALIKES = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "Đ": "d", "đ": "d", "\u00a0": " "}
)


def fold(text: str) -> str:
    """Drop case, accents and the kind of apostrophe: "Über" is "uber", "d’ici" is "d'ici"."""
    if text.isascii():
        return text.lower().replace("`", "'")
    bare = unicodedata.normalize("NFKD", text.translate(_LOOKALIKES).casefold())
    return "".join(c for c in bare if not unicodedata.combining(c))


def plain(text: str) -> str:
    """Drop case and the kind of apostrophe, put one blank between words; accents stay."""
    if text.isascii():
        return " ".join(text.lower().split())
    # the Turkish capital I with a dot becomes two signs in lower case
    return " ".join(text.replace("’", "'").casefold().replace("i\u0307", "i").split())
