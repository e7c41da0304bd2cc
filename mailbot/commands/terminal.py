"""What a person at the keyboard sees: colour and progress on a terminal, plain words in a pipe."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized

TYPE_CHECKING = False  # typing's own takes 4 ms of --help
if TYPE_CHECKING:
    from typing import TextIO, TypeVar

    T = TypeVar("T")

STYLES = {
    "bold": 1,
    "dim": 2,
    "red": 31,
    "green": 32,
    "yellow": 33,
    "blue": 34,
    "magenta": 35,
    "cyan": 36,
}
ERASE_LINE = "\r\x1b[K"


def is_coloured(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether to colour: NO_COLOR (no-color.org) beats FORCE_COLOR, which beats what the
    stream is."""
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def printable(text: str) -> str:
    """Replace control characters: words of a mail must not steer the terminal that shows them."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\ufffd" for sign in text)


def fill_in_streams() -> None:
    """Open the null device for a stream that is missing: after `mailbot status >&-` the next file
    we open would take its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            null = open(os.devnull, mode, encoding="utf8")  # noqa: SIM115, PTH123 - for life; no pathlib
            setattr(sys, name, null)


class Terminal:
    """Write results to standard output, progress and complaints to standard error."""

    def __init__(
        self,
        out: TextIO | None = None,
        err: TextIO | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.out = sys.stdout if out is None else out
        self.err = sys.stderr if err is None else err
        environ = os.environ if environ is None else environ
        if isinstance(self.out, io.TextIOWrapper):
            # a name that the terminal has no letters for stops nothing
            self.out.reconfigure(errors="backslashreplace")
        self.colours = is_coloured(self.out, environ)
        self.moves = self.err.isatty() and environ.get("TERM") != "dumb"

    def paint(self, text: str, *styles: str) -> str:
        """Give the text these STYLES, or leave it where nobody sees colours."""
        if not self.colours or not styles:
            return text
        return f"\x1b[{';'.join(str(STYLES[style]) for style in styles)}m{text}\x1b[0m"

    def say(self, text: str = "", *styles: str) -> None:
        print(self.paint(text, *styles), file=self.out)

    def complain(self, text: str) -> None:
        """Write a sentence about what went wrong, on standard error."""
        self.wipe()
        print(text, file=self.err)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Write columns as wide as their widest cell; in a pipe nothing but the rows, separated by
        tabs."""
        cells = [[printable(str(cell)) for cell in row] for row in rows]
        if not self.out.isatty():
            for row in cells:
                self.say("\t".join(row))
            return
        widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
        self.say(_columns(head, widths), "bold")
        for row in cells:
            self.say(_columns(row, widths))

    def doing(self, label: str) -> None:
        """Say what is being waited for; the next line takes its place."""
        if self.moves:
            print(f"{ERASE_LINE}{label} ...", end="", file=self.err, flush=True)

    def wipe(self) -> None:
        """Take the line of `doing` away."""
        if self.moves:
            print(ERASE_LINE, end="", file=self.err, flush=True)

    def progress(self, items: Iterable[T], label: str) -> Iterator[T]:
        """Count the items on the terminal while they are worked on."""
        total = f" of {len(items):,}" if isinstance(items, Sized) else ""
        for number, item in enumerate(items, start=1):
            self.doing(f"{label} {number:,}{total}")
            yield item
        self.wipe()


def _columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
