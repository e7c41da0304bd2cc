"""Find attribution lines: "On Mon, Jun 9, 2025 at 9:00 AM Ana <ana@corp.example> wrote:" in every
language clients write.

A line is one by its evidence (a word for "wrote", a date, a time, an address, a colon at the
end), not by one pattern per client: clients change their patterns, the evidence stays.
"""

from __future__ import annotations

import re

from mailbot.inbound.unquote.rows import ClientMark, Row
from mailbot.languages import everywhere

WINDOW = 4  # rows an attribution may be wrapped over
LONGEST = 420  # characters of one, joined

_WROTE_WORDS = everywhere.written("clients", "wrote")
_WITHIN = tuple(f" {word} " for word in everywhere.written("clients", "attribution_within"))
_QUOTING = everywhere.written("clients", "quoting")
_OPENING = frozenset(everywhere.written("clients", "attribution_openers"))
_WROTE = re.compile(
    "|".join(re.escape(word) for word in sorted(_WROTE_WORDS, key=len, reverse=True))
)
_EVIDENCE = re.compile(
    rf"@|>>>|gmt|{'|'.join(re.escape(word) for word in (*_WROTE_WORDS, *_QUOTING))}"
)
"""One of these stands in every attribution."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)25\d\d(?!\d)|[٠-٩]{4}|\b14[34]\d\b")
_DATE = re.compile(
    r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}月\s?\d{1,2}日|\d{1,2}월 \d{1,2}일|"
    r"(?<!\d)\d{2,4}\.\s\d{1,2}\.\s\d{1,4}"
)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}\s?[:.hH時点시٫]\s?\d{2}(?!\d)|[٠-٩]{1,2}:[٠-٩]{2}|\d{1,2}\s?[ap]\.?m\b|\d{1,2}:\d\d:\d\d"
)
_ADDRESS = re.compile(r"[^\s<>@\"'(]{1,100}@[^\s<>@)]{1,100}")
_STARTS_WITH_DATE = re.compile(
    r"\W{0,3}(?:\w{1,12}\.?,?\s)?\d{1,4}(?:[./-]\d{1,2}[./-]\d{1,4}|年|년|\.?\s\w{3,12}\.?,?\s)"
)
_GMAIL_BARE = re.compile(r"\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d{1,2}:\d\d \S")
_BEHIND_ADDRESS = " \t:：>)]}\"'_*"
_FRAME = " \t-–—>*_|\u00a0"


def attribution(rows: list[Row], last: int) -> int | None:
    """Find the first row of the attribution that ends on row `last`, or None.

    Its rows have no blank row between them.
    """
    if not _may_end(rows[last].text.strip(_FRAME), rows, last):
        return None
    starts = _first_rows(rows, last)
    pieces = [row.text.strip(_FRAME) for row in rows[min(starts) : last + 1]]
    whole = " ".join(pieces)[: WINDOW * LONGEST].casefold()
    if not rows[last].mark and _EVIDENCE.search(whole) is None:
        return None
    joined = ((start, " ".join(pieces[start - min(starts) :])) for start in starts)
    evidence = [
        (start, _Evidence(text, rows, last)) for start, text in joined if len(text) <= LONGEST
    ]
    # "wrote:" alone is one, too, but not where the date stands on the row above
    dated_first = [*(each for each in evidence if each[1].dated), *evidence]
    return next((start for start, found in dated_first if found.suffices()), None)


def _may_end(text: str, rows: list[Row], last: int) -> bool:
    """Tell whether an attribution may end here. Cheap: most rows of most mails end here."""
    if not 5 <= len(text) <= LONGEST:
        return False
    marked = text[-1] in ":：" or rows[last].mark is ClientMark.ATTRIBUTION
    if marked or rows[last].text.endswith(">"):
        return True
    return _GMAIL_BARE.match(text) is not None or _says_wrote(text)


def _says_wrote(text: str) -> bool:
    return text[-28:].casefold().endswith(_WROTE_WORDS) or any(word in text for word in _WITHIN)


def _first_rows(rows: list[Row], last: int) -> list[int]:
    """Return where it may begin: the highest of WINDOW rows that opens like one; then the last
    rows, one by one."""
    above = [last]
    for at in range(last - 1, max(-1, last - WINDOW), -1):
        if rows[at].blank or rows[at].depth != rows[last].depth:
            break
        above.append(at)
    opening = [at for at in reversed(above) if _opens(rows[at].text)]
    return opening[:1] + above


def _opens(text: str) -> bool:
    """Tell whether a row begins as attributions do: with a word or a date, and a figure soon."""
    bare = text.lstrip(_FRAME)
    if not any(char.isdigit() for char in bare[:48]):
        return False
    words = bare[:30].casefold().split(None, 1)
    first = words[0] if words else ""
    if not _OPENING.isdisjoint((first, first.rstrip(",."))):
        return True
    return _STARTS_WITH_DATE.match(bare) is not None


def has_date(text: str) -> bool:
    """Tell whether a year or a date in figures is in the text."""
    return _YEAR.search(text) is not None or _DATE.search(text) is not None


def has_time(text: str) -> bool:
    """Tell whether a time of day is in the text."""
    return _TIME.search(text) is not None


class _Evidence:
    """What speaks for an attribution in the joined rows that end on row `last`."""

    def __init__(self, text: str, rows: list[Row], last: int) -> None:
        self.text = text
        self.row = rows[last]
        self.dated = has_date(text)
        self.timed = has_time(text)
        self.quoted = _quote_follows(rows, last)
        self.address = (_ADDRESS.findall(text) or [""])[-1]

    def suffices(self) -> bool:
        """Ask for less the more a client says itself, by its mark, a word or a colon."""
        if self.row.mark is ClientMark.ATTRIBUTION or self._is_groupwise():
            return True
        colon = self.text[-1] in ":："
        if self._says_wrote():
            return self._wrote_colon() if colon else self._wrote()
        return self._colon() if colon else self._bare()

    def _says_wrote(self) -> bool:
        folded = self.text.casefold()
        return _WROTE.search(folded) is not None or folded.startswith(_QUOTING)

    def _wrote_colon(self) -> bool:
        """ "On 9 March, Dana wrote:" of a client; "On 9 March Dana wrote:" is a person's."""
        if self.address or self.quoted or (self.dated and self.timed):
            return True
        # clients put a comma behind the day or before the name
        return (self.dated or self.timed) and "," in self.text and _opens(self.text)

    def _wrote(self) -> bool:
        """ "--- Ana wrote ---" (Yahoo), "Am 9. Juni schrieb Ana <ana@corp.example>" """
        if self._is_framed():
            return True
        named = bool(self.address) or self.timed
        return self.dated and named and (self.quoted or _opens(self.text))

    def _colon(self) -> bool:
        """ "2025-06-09 9:00 GMT+02:00 Ana <ana@corp.example>:" """
        if not (self.dated and self.address):
            return False
        signed = self.text.rstrip(_BEHIND_ADDRESS).endswith(self.address)
        return self.quoted or (signed and self.timed)

    def _bare(self) -> bool:
        """ "2025-06-09 9:00 GMT+02:00 Ana", without a word for it (Gmail)."""
        if _GMAIL_BARE.match(self.text):
            return True
        signed = self.dated and bool(self.address)
        return self.quoted and signed and _opens(self.text)

    def _is_groupwise(self) -> bool:
        """`>>> Ana Silva <ana@corp.example> 6/9/2025 9:00 AM >>>` (Novell GroupWise)."""
        row = self.row.text.strip()
        return row.startswith(">>> ") and row.endswith(">>>") and (self.dated or self.timed)

    def _is_framed(self) -> bool:
        row = self.row.text.strip()
        return row.startswith("---") and row.endswith("---")


def _quote_follows(rows: list[Row], last: int) -> bool:
    """Tell whether the next row with words is quoted deeper."""
    for row in rows[last + 1 : last + 4]:
        if row.text or row.depth > rows[last].depth:
            return row.depth > rows[last].depth
    return False


_INSIDE = tuple(
    (f"{opening} ", wrote)
    for opening, _, wrote in (
        frame.partition(" ... ") for frame in everywhere.verbatim("clients", "attribution_frames")
    )
)
"""How attributions begin and end that share a row with other words: only what is unlikely in a
sentence."""


def attribution_inside(text: str) -> tuple[int, int] | None:
    """Find where an attribution stands on a row that also has other words: [start, end), or
    None."""
    if ":" not in text or len(text) < 20:
        return None
    spans = (_span(text, opening, wrote) for opening, wrote in _INSIDE if wrote in text)
    return next((span for span in spans if span is not None), None)


def _span(text: str, opening: str, wrote: str) -> tuple[int, int] | None:
    end = text.find(wrote) + len(wrote)
    start = _opening(text, opening, end)
    alone = start == 0 and not text[end:].strip()
    if start < 0 or alone:
        return None
    begins_word = start == 0 or text[start - 1] in " -\t"
    return (start, end) if begins_word and _dated_and_signed(text[start:end]) else None


def _opening(text: str, opening: str, end: int) -> int:
    """Find the nearest opening before `end` with a date behind it, or -1."""
    start = end
    for _ in range(4):
        start = text.rfind(opening, max(0, end - LONGEST), start)
        if start < 0 or _YEAR.search(text, start, end) or _DATE.search(text, start, end):
            break
    return start


def _dated_and_signed(piece: str) -> bool:
    return has_date(piece) and (has_time(piece) or _ADDRESS.search(piece) is not None)
