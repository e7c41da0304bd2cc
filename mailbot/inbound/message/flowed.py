"""Undo format=flowed (RFC 3676): join soft line breaks, remove stuffed blanks, keep quote depth."""

from __future__ import annotations

SIGNATURE_MARK = "-- "


def joined(text: str, *, delsp: bool) -> str:
    """Join soft line breaks. `delsp`: the blank before one is no part of the text (section 4.2)."""
    lines: list[list[str]] = []
    open_depth = -1  # quote depth of the paragraph that goes on; -1: none does
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = _unstuffed(raw[depth:], quoted=depth > 0)
        soft = line.endswith(" ") and line != SIGNATURE_MARK  # section 4.3
        kept = line[:-1] if soft and delsp else line
        if depth == open_depth and line != SIGNATURE_MARK:
            lines[-1].append(kept)
        else:
            lines.append([f"{'>' * depth} " if depth else "", kept])
        open_depth = depth if soft else -1
    return "\n".join(_trimmed("".join(pieces)) for pieces in lines)


def _unstuffed(line: str, *, quoted: bool) -> str:
    """Take away the one blank that was stuffed, also behind quote marks (section 4.4).

    A stuffed ">" keeps its blank, or it would be taken for a quote.
    """
    return line if line.startswith(" >") and not quoted else line.removeprefix(" ")


def _trimmed(line: str) -> str:
    return line if line == SIGNATURE_MARK else line.rstrip(" ")
