"""Header blocks ("From: ... Sent: ... Subject: ...") and dividers ("-----Original Message-----")
that open a quote."""

from __future__ import annotations

from mailbot.inbound.unquote.attribution import dated, timed
from mailbot.inbound.unquote.rows import Row
from mailbot.languages import everywhere
from mailbot.languages.fold import plain

ROWS = 14  # a header block is not longer
_KIND = everywhere.meanings("clients", "labels")
_FRAME = " \t*_|>-‐‑‒–—―=#<>[]\u00a0"


def label(text: str) -> str:
    """The kind of header a row states, or ""."""
    head, colon, _ = text[:48].partition(":")
    if not colon:
        head, colon, _ = text[:48].partition("：")
    return _KIND.get(head.strip(_FRAME + ":").casefold(), "") if colon else ""


def header_block(rows: list[Row], at: int) -> tuple[int, int] | None:
    """The first and the last row of the header block whose first label stands on row `at`, or
    None."""
    kind = label(rows[at].text)
    if not kind:
        return None
    kinds, last = ({kind}, at) if kind == "other" else _labels(rows, at, kind)
    text = " ".join(row.text for row in rows[at : last + 1])
    if "from" in kinds and kinds & {"date", "to", "subject"} and last > at:
        # a journey has "From: Porto", too; a mail has an address, or a time and a third label
        return (
            (at, last) if "@" in text or (len(kinds) > 2 and (timed(text) or dated(text))) else None
        )
    if {"date", "to", "subject"} <= kinds or (
        {"date", "to"} <= kinds and "@" in text and timed(text)
    ):
        return at, last
    if {"to", "subject"} <= kinds and (first := _notes_head(rows, at)) is not None:
        return first, last
    return (at, at) if _in_one_row(rows[at].text) else None


def _labels(rows: list[Row], first: int, kind: str) -> tuple[set[str], int]:
    """The kinds of labels from row `first` on, and their last row. Values may be wrapped, rows
    blank between them."""
    kinds, last, gap = {kind}, first, 0
    for at in range(first + 1, min(len(rows), first + ROWS)):
        kind = label(rows[at].text) if rows[at].depth == rows[first].depth else ""
        if kind:
            kinds.add(kind)
            last, gap = at, 0
            continue
        gap += 1
        if gap > 2:
            break
    return kinds, last


def _notes_head(rows: list[Row], at: int) -> int | None:
    """Lotus Notes writes the name and the time above "To:", without labels (4.x-9.x)."""
    above = [up for up in range(at - 1, max(-1, at - 7), -1) if rows[up].text][:3]
    for number, up in enumerate(above):
        text = rows[up].text
        if len(text) < 100 and timed(text) and dated(text):
            alone = (
                number + 1 < len(above)
                and len(rows[above[number + 1]].text) < 60
                and " on " not in text
            )
            return above[number + 1] if alone and above[number + 1] == up - 1 else up
    return None


def _in_one_row(text: str) -> bool:
    """All headers on one row, as some web mailers and flattened HTML write them."""
    if text.count(":") < 3 or len(text) > 1000:
        return False
    tails = (" ".join(piece.split()[-size:]) for piece in text.split(":")[:12] for size in (1, 2))
    # flattened HTML has no blank between a value and the next label: "13:46From:"
    kinds = {_KIND.get(tail.strip(_FRAME).lstrip("0123456789").casefold(), "") for tail in tails}
    return len(kinds - {"", "other"}) >= 3


def divider(text: str) -> bool:
    """A line that says that a quoted or forwarded mail follows."""
    if len(text) > 120 or not (text[:1] in _EDGES or text[-1:] in _EDGES):
        return False
    bare = text.strip()
    core = plain(bare.strip(_FRAME + ".:#~\\/"))
    if core in _DIVIDERS:
        return len(bare) - len(core) >= 4 or bare.endswith(":") or core.startswith(_DIVIDER_OPENERS)
    if core.startswith(_REPLY_ABOVE):
        return "," not in core  # with one it is a sentence about such a line
    if core.startswith(_DIVIDER_STARTS):
        return "---" in bare or "##" in bare
    dashed = bare[:4] in _DASHES and bare[-4:] in _DASHES and "pgp" not in core
    return (
        dashed
        and len(core.split()) <= 4
        and any(word in _MESSAGE for word in core.replace("-", " ").split())
    )


def reply_above(text: str) -> bool:
    """The line of ticket systems below which nothing is new, quoted or not."""
    return len(text) < 120 and text.strip(_FRAME + ".:#~\\/").casefold().startswith(_REPLY_ABOVE)


_DIVIDERS = frozenset(everywhere.written("clients", "dividers"))
_DIVIDER_OPENERS = tuple(f"{word} " for word in everywhere.written("clients", "divider_openers"))
_DIVIDER_STARTS = everywhere.written("clients", "divider_starts")
_REPLY_ABOVE = everywhere.written("clients", "reply_above")
_MESSAGE = frozenset(everywhere.written("clients", "message"))
_EDGES = _FRAME + ":：.~"
_DASHES = frozenset(("----", "‐‐‐‐", "————", "––––", "====", "____", "****"))
