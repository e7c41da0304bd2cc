"""Header blocks ("From: ... Sent: ... Subject: ...") and dividers ("-----Original Message-----") that open a quote."""

from __future__ import annotations

from mailbot.mail.header_words import DIVIDER_STARTS, DIVIDERS, LABELS, MESSAGE, REPLY_ABOVE
from mailbot.mail.rows import Row

ROWS = 14  # a header block is not longer
_KIND = {label: kind for kind, labels in LABELS.items() for label in labels}
_FRAME = " \t*_|>-‐‑‒–—―=#<>[]\u00a0"


def label(text: str) -> str:
    """The kind of header a row states, or ""."""
    head, colon, _ = text[:48].partition(":")
    if not colon:
        head, colon, _ = text[:48].partition("：")
    return _KIND.get(head.strip(_FRAME + ":").casefold(), "") if colon else ""


def header_block(rows: list[Row], first: int) -> int | None:
    """The last row of the header block that begins on row `first`, or None."""
    kind = label(rows[first].text)
    if not kind or kind == "other":
        return _in_one_row(rows[first].text, first) if kind else None
    kinds, last, gap = {kind}, first, 0
    for at in range(first + 1, min(len(rows), first + ROWS)):
        row = rows[at]
        kind = label(row.text) if row.depth == rows[first].depth else ""
        if kind:
            kinds.add(kind)
            last, gap = at, 0
            continue
        gap += 1
        if gap > 2:
            break
    if "from" in kinds and len(kinds & {"date", "to", "subject"}) >= 1 and len(kinds) >= 2 and last > first:
        return last
    return last if {"date", "to", "subject"} <= kinds else _in_one_row(rows[first].text, first)


def _in_one_row(text: str, first: int) -> int | None:
    """All headers on one row, as some web mailers and flattened HTML write them."""
    if text.count(":") < 3 or len(text) > 1000:
        return None
    tails = (" ".join(piece.split()[-size:]) for piece in text.split(":")[:12] for size in (1, 2))
    kinds = {_KIND.get(tail.strip(_FRAME).casefold(), "") for tail in tails}
    return first if len(kinds - {"", "other"}) >= 3 else None


def divider(text: str) -> bool:
    """A line that says that a quoted or forwarded mail follows."""
    if len(text) > 120:
        return False
    bare = text.strip()
    core = bare.strip(_FRAME + ".:#~\\/").casefold().replace("’", "'").replace("i̇", "i")
    if core in _DIVIDERS:
        return len(bare) - len(core) >= 4 or bare.endswith(":") or core.startswith(("begin ", "début ", "anfang "))
    if core.startswith(REPLY_ABOVE):
        return True
    if core.startswith(DIVIDER_STARTS):
        return "---" in bare or "##" in bare
    dashed = bare[:4] in _DASHES and bare[-4:] in _DASHES
    return dashed and len(core.split()) <= 4 and any(word in MESSAGE for word in core.replace("-", " ").split())


def reply_above(text: str) -> bool:
    """The line of ticket systems below which nothing is new, quoted or not."""
    return len(text) < 120 and text.strip(_FRAME + ".:#~\\/").casefold().startswith(REPLY_ABOVE)


_DIVIDERS = frozenset(DIVIDERS)
_DASHES = frozenset(("----", "‐‐‐‐", "————", "––––", "====", "____", "****"))
