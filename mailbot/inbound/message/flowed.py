"""format=flowed (RFC 3676): soft line breaks joined, stuffed blanks removed, quote depth kept as
written."""

from __future__ import annotations

SIGNATURE_MARK = "-- "


def joined(text: str, delsp: bool) -> str:
    """`delsp`: the blank before a soft break is not part of the text (section 4.2)."""
    lines: list[list[str]] = []
    open_depth = -1  # quote depth of the paragraph that goes on; -1: none does
    for raw in text.split("\n"):
        depth = len(raw) - len(raw.lstrip(">"))
        line = raw[depth:]
        # a stuffed ">" keeps its blank, or it would be taken for a quote
        if depth or not line.startswith(" >"):
            # section 4.4: one blank was stuffed, also behind quote marks
            line = line.removeprefix(" ")
        soft = line.endswith(" ") and line != SIGNATURE_MARK  # section 4.3
        kept = line[:-1] if soft and delsp else line
        if depth == open_depth and line != SIGNATURE_MARK:
            lines[-1].append(kept)
        else:
            lines.append([">" * depth + " ", kept] if depth else [kept])
        open_depth = depth if soft else -1
    whole = ("".join(pieces) for pieces in lines)
    return "\n".join(line if line == SIGNATURE_MARK else line.rstrip(" ") for line in whole)
