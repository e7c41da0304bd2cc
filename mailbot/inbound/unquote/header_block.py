"""Find header blocks ("From: ... Sent: ... Subject: ...") and dividers ("-----Original
Message-----") that open a quote."""

from __future__ import annotations

from mailbot.inbound.unquote.attribution import has_date, has_time
from mailbot.inbound.unquote.rows import Row
from mailbot.languages import everywhere
from mailbot.languages.fold import plain

ROWS = 14  # a header block is not longer
_KIND = everywhere.meanings("clients", "labels")
_FRAME = " \t*_|>-‐‑‒–—―=#<>[]\u00a0"


def header_label(text: str) -> str:
    """Return the kind of header a row states, or ""."""
    head, colon, _ = text[:48].partition(":")
    if not colon:
        head, colon, _ = head.partition("：")
    return _KIND.get(head.strip(_FRAME + ":").casefold(), "") if colon else ""


def header_block(rows: list[Row], at: int) -> tuple[int, int] | None:
    """Find the first and the last row of the header block whose first label stands on row `at`."""
    kind = header_label(rows[at].text)
    if not kind:
        return None
    kinds, last = ({kind}, at) if kind == "other" else _labels(rows, at, kind)
    text = " ".join(row.text for row in rows[at : last + 1])
    if last > at and "from" in kinds and kinds & _BESIDE_FROM:
        return (at, last) if _is_no_journey(kinds, text) else None
    if _suffice_without_from(kinds, text):
        return at, last
    first = _notes_head(rows, at) if kinds >= {"to", "subject"} else None
    if first is not None:
        return first, last
    return (at, at) if _in_one_row(rows[at].text) else None


_BESIDE_FROM = {"date", "to", "subject"}


def _is_no_journey(kinds: set[str], text: str) -> bool:
    """Tell a mail from a journey.

    A journey has "From: Porto", too; a mail has an address, or a time and a third label.
    """
    return "@" in text or (len(kinds) > 2 and (has_time(text) or has_date(text)))


def _suffice_without_from(kinds: set[str], text: str) -> bool:
    addressed = kinds >= {"date", "to"}
    return addressed and ("subject" in kinds or ("@" in text and has_time(text)))


def _labels(rows: list[Row], first: int, kind: str) -> tuple[set[str], int]:
    """Return the kinds of labels from row `first` on, and their last row.

    Values may be wrapped, rows blank between them.
    """
    kinds, last, gap = {kind}, first, 0
    for at in range(first + 1, min(len(rows), first + ROWS)):
        kind = header_label(rows[at].text) if rows[at].depth == rows[first].depth else ""
        if kind:
            kinds.add(kind)
            last, gap = at, 0
            continue
        gap += 1
        if gap > 2:
            break
    return kinds, last


def _notes_head(rows: list[Row], at: int) -> int | None:
    """Find the row on which Lotus Notes (4.x-9.x) writes the name, and the time, above "To:"."""
    above = [up for up in range(at - 1, max(-1, at - 7), -1) if rows[up].text][:3]
    for number, up in enumerate(above):
        text = rows[up].text
        if len(text) < 100 and has_time(text) and has_date(text):
            higher = above[number + 1] if number + 1 < len(above) else None
            return higher if _is_name_above(rows, higher, up) else up
    return None


def _is_name_above(rows: list[Row], higher: int | None, stamp: int) -> bool:
    """Tell whether the name stands right above the time, and not before an "on" beside it."""
    if higher is None or higher != stamp - 1:
        return False
    return len(rows[higher].text) < 60 and " on " not in rows[stamp].text


def _in_one_row(text: str) -> bool:
    """Tell whether a row holds all headers on one row, as some web mailers and flattened HTML write
    them."""
    if text.count(":") < 3 or len(text) > 1000:
        return False
    tails = (" ".join(piece.split()[-size:]) for piece in text.split(":")[:12] for size in (1, 2))
    # flattened HTML has no blank between a value and the next label: "13:46From:"
    kinds = {_KIND.get(tail.strip(_FRAME).lstrip("0123456789").casefold(), "") for tail in tails}
    return len(kinds - {"", "other"}) >= 3


def is_divider(text: str) -> bool:
    """Tell whether a row says that a quoted or forwarded mail follows."""
    if len(text) > 120 or _EDGES.isdisjoint((text[:1], text[-1:])):
        return False
    bare = text.strip()
    core = plain(bare.strip(_FRAME + ".:#~\\/"))
    if core in _DIVIDERS:
        return len(bare) - len(core) >= 4 or bare.endswith(":") or core.startswith(_DIVIDER_OPENERS)
    if core.startswith(_REPLY_ABOVE):
        return "," not in core  # with one it is a sentence about such a line
    if core.startswith(_DIVIDER_STARTS):
        return "---" in bare or "##" in bare
    return _is_dashed(bare) and _names_message(core)


def _is_dashed(bare: str) -> bool:
    return bare[:4] in _DASHES and bare[-4:] in _DASHES


def _names_message(core: str) -> bool:
    """Tell whether the core is a few words, one of them for a mail; what OpenPGP frames with dashes
    is none."""
    words = core.replace("-", " ").split()
    return "pgp" not in core and len(core.split()) <= 4 and not _MESSAGE.isdisjoint(words)


def is_reply_above(text: str) -> bool:
    """Tell whether a row is the line of ticket systems below which nothing is new, quoted
    or not."""
    return len(text) < 120 and text.strip(_FRAME + ".:#~\\/").casefold().startswith(_REPLY_ABOVE)


_DIVIDERS = frozenset(everywhere.written("clients", "dividers"))
_DIVIDER_OPENERS = tuple(f"{word} " for word in everywhere.written("clients", "divider_openers"))
_DIVIDER_STARTS = everywhere.written("clients", "divider_starts")
_REPLY_ABOVE = everywhere.written("clients", "reply_above")
_MESSAGE = frozenset(everywhere.written("clients", "message"))
_EDGES = frozenset(("", *_FRAME, *":：.~"))
_DASHES = frozenset(("----", "‐‐‐‐", "————", "––––", "====", "____", "****"))
