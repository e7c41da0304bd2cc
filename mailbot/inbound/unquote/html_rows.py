"""HTML -> rows that keep block structure and quote depth. One iterative walk over the tree,
linear in its nodes."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailbot.inbound.unquote.links import leads_somewhere
from mailbot.inbound.unquote.rows import CHARACTERS, INVISIBLE, ROWS, Link, Row


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_SKIPPED = _tags(
    """script style head title template noscript meta link select textarea button svg object iframe
    -comment"""
)
_BLOCKS = _tags(
    """p div tr table ul ol menu h1 h2 h3 h4 h5 h6 hr pre section article header footer main aside
    nav center dl dt dd form fieldset tbody thead tfoot blockquote li figure figcaption address
    details summary body"""
)
_SPACED = _tags("p h1 h2 h3 h4 h5 h6 pre dl")  # browsers put a margin around them
_UNMARKED = _tags("tr tbody thead tfoot li dt dd body")  # clients put their marks elsewhere
_NO_ATTRIBUTES: dict[str, str | None] = {}
_INLINE = _tags("span b i font strong em u s o:p")
_HIDDEN = re.compile(r"display\s?:\s?none|mso-hide\s?:\s?all", re.IGNORECASE)
_NO_MARGIN = re.compile(r"margin(?:-top)?\s?:\s?0", re.IGNORECASE)
_SHEET_NO_MARGIN = re.compile(r"[\s,};{>]p\s?\{[^}]{0,200}margin(?:-top)?\s?:\s?0", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_EMOJI_ALT = re.compile(r"[^\w\s\[\](){}<>.,:;/\\-]{1,8}")

CLIENT_MARKS = {
    # attribution lines
    "gmail_attr": "attribution",  # Gmail, seen 2019-2026
    "moz-cite-prefix": "attribution",  # Thunderbird
    "moz-email-headers-table": "header block",  # Thunderbird, forward
    "divrplyfwdmsg": "header block",  # Outlook on the web and for Mac, phones
    "olk_src_body_section": "quote",  # Outlook for Mac 2011-2016
    "yahoo_quoted": "quote",  # Yahoo: attribution and quote in one box without marks
    "replyforwardmessage": "quote",
    "zmail_extra": "quote",  # Zoho
    "x-apple-data-detectors": "",
    # signatures
    "gmail_signature": "signature",
    "gmail_signature_prefix": "signature",
    "moz-signature": "signature",
    "signature": "signature",  # Outlook on the web, id="Signature"
    "applemailsignature": "signature",
    "protonmail_signature_block": "signature",
    "zmail_signature": "signature",
    "yahoo_signature": "signature",
    "k9mail-signature": "signature",
    "edo-signature": "signature",
    "spark-signature": "signature",
    "messagesignature": "signature",
    "email-signature": "signature",
    "emailsignature": "signature",
    "mail_signature": "signature",
}
"""Class or id, lower case -> what the client says its contents are. Outlook's
"ms-outlook-mobile-signature" is left out on purpose: people type inside it (seen 2024-2025)."""


def _unprefixed(name: str) -> str:
    """Outlook puts "x_" before the names in what it quotes, Yahoo "ydp" and figures before its
    own."""
    return name[name.find("yahoo") :] if name.startswith("ydp") else name.removeprefix("x_")


_INDENTED = re.compile(r"border(?:-left)?\s?:\s?(?:none|0(?![.\d]*[1-9]))", re.IGNORECASE)


def html_rows(source: str) -> tuple[list[Row], str]:
    """The rows of a text/html body, and what lies beyond the limit.

    List items come as "- text", two blanks a level, table rows as "a | b".
    """
    root = LexborHTMLParser(_shallow(source[:CHARACTERS]))
    body = root.body
    if body is None:
        return [], source[CHARACTERS:]
    page = _Page(_sheet_without_margins(source))
    _walk(body, page)
    page.end_line()
    return page.rows, "\n".join(page.beyond) + source[CHARACTERS:]


def _shallow(source: str) -> str:
    """Takes away what is nested deeper than any honest mail.

    The parser looks up all open elements at each new one: 1 MB of <div> took 17 s, at this depth
    0.1 s.
    """
    if source.count("<") < _FEW_TAGS:
        return source
    depth = dropped = 0

    def keep(tag: re.Match[str]) -> str:
        nonlocal depth, dropped
        if tag.group(1):
            if dropped:
                dropped -= 1
                return ""
            depth = max(0, depth - 1)
            return tag.group()
        if depth >= _DEEPEST:
            dropped += 1
            return ""
        depth += 1
        return tag.group()

    return _NESTING.sub(keep, source)


MOST_LINKS = 50  # of one row; of what follows only the words are kept
_ELEMENTS = 40_000  # the longest newsletters have 10,000; of what follows only the text is kept
_FEW_TAGS = 6_000
_DEEPEST = 400
_NESTING = re.compile(
    r"<(/?)(?:div|blockquote|span|font|b|i|u|s|em|strong|a|table|tbody|ul|ol|center|section|article|big|small|tt|code|sub|sup|nobr"
    r"|strike|main|header|footer|aside|nav|pre|h[1-6]|form|fieldset|details|figure|address|dl|o:p|label|object|svg|math|body|html)\b[^<>]{0,4000}>",
    re.IGNORECASE,
)


def _sheet_without_margins(source: str) -> bool:
    """Outlook on the web writes its line breaks as <p> and takes the margins away in a style
    sheet."""
    at = max(source.find("<style"), source.find("<STYLE"))
    return at >= 0 and _SHEET_NO_MARGIN.search(source, at, at + 4000) is not None


def _walk(body: LexborNode, page: _Page) -> None:
    node = body
    elements = 0
    open_ends: list[tuple[LexborNode, _End | _Anchor | None]] = []
    while True:
        tag = node.tag
        end: _End | _Anchor | None = None
        if tag == "-text":
            if page.full:
                page.beyond.append(node.text_content or "")
            else:
                page.say(node.text_content or "")
        elif tag not in _SKIPPED:
            elements += 1
            page.full = page.full or elements > _ELEMENTS
            end = None if page.full else page.open(tag or "", node)
            child = None if end is _UNSEEN else node.child
            if child is not None:
                open_ends.append((node, end))
                node = child
                continue
            if end is not None:
                page.close(end)
        while (sibling := node.next) is None or not open_ends:
            if not open_ends:
                return
            node, end = open_ends.pop()
            if end is not None:
                page.close(end)
        node = sibling


class _End:
    """What has to be undone where an element ends."""

    __slots__ = ("depth", "lists", "mark", "pre", "spaced", "tag")

    def __init__(self, tag: str, page: _Page) -> None:
        self.tag = tag
        self.spaced = False
        self.depth = page.depth
        self.mark = page.mark
        self.pre = page.pre
        self.lists = len(page.lists)


class _Anchor:
    """A link whose end is not reached yet, with its words on the open line and on the last row."""

    __slots__ = ("href", "row", "row_words", "words")

    def __init__(self, href: str) -> None:
        self.href = href
        self.words: list[str] = []
        self.row: Row | None = None
        self.row_words = ""

    def end_row(self, row: Row) -> None:
        if self.words:
            self.row, self.row_words = row, _row_text(self.words).strip()
            self.words.clear()


def _row_text(pieces: list[str]) -> str:
    return "".join(pieces).replace("\xa0", " ").replace("\u202f", " ").rstrip()


class _Page:
    """Collects rows while the walk goes through the tree."""

    def __init__(self, tight: bool) -> None:
        self.rows: list[Row] = []
        self.depth = 0
        self.mark = ""
        self.pre = False
        self.lists: list[int] = []  # per open list: the next number, or -1 for bullets
        self.tight = tight
        self.line: list[str] = []
        self.links: list[Link] = []
        self.anchor: _Anchor | None = None
        self.bullet = ""
        self.gap = False
        self.cell = False
        self.full = False
        self.beyond: list[str] = []

    def say(self, text: str) -> None:
        if not text.isascii():
            text = text.translate(INVISIBLE)
        if self.pre:
            self._say_lines(text)
            return
        text = _BLANKS.sub(" ", text)
        if not self.line or self.line[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            self._put(text)

    def _say_lines(self, text: str) -> None:
        first, *others = text.replace("\r\n", "\n").split("\n")
        if first:
            self._put(first)
        for line in others:
            self.break_line()
            if line:
                self._put(line)

    def _put(self, text: str) -> None:
        if not self.line and self.gap:
            self._space()
        if self.cell and self.line:
            self.line.append(" | ")
        self.cell = False
        if self.bullet:
            self.line.append(self.bullet)
            self.bullet = ""
        self.line.append(text)
        if self.anchor is not None:
            self.anchor.words.append(text)

    def _space(self) -> None:
        self.gap = False
        if self.rows and self.rows[-1].text:
            self.rows.append(Row("", min(self.depth, self.rows[-1].depth)))

    def end_line(self) -> None:
        """A block begins or ends here."""
        if self.line:
            self._flush()
        self.cell = False

    def break_line(self) -> None:
        """<br>: ends the line even where there is nothing on it."""
        if self.line:
            self._flush()
        else:
            self.gap = False
            if not self.full:
                self.rows.append(Row("", self.depth))
                self.full = len(self.rows) >= ROWS

    def _flush(self) -> None:
        mark = self.mark or ("pre" if self.pre else "")
        row = Row(_row_text(self.line), self.depth, mark, tuple(self.links))
        self.rows.append(row)
        if self.anchor is not None:
            self.anchor.end_row(row)
        self.full = self.full or len(self.rows) >= ROWS
        self.line.clear()
        self.links.clear()

    def open(self, tag: str, node: LexborNode) -> _End | _Anchor | None:
        if tag == "br":
            self.break_line()
            return None
        if tag in _INLINE:
            return self._open_inline(node)
        if tag == "img":
            self._emoji(node)
            return None
        if tag == "a":
            return self._open_anchor(node)
        if tag == "input":
            self._box(node)
            return None
        if tag in ("td", "th"):
            self.cell = bool(self.line)
            return None
        return self._open_block(tag, node) if tag in _BLOCKS else None

    def _open_inline(self, node: LexborNode) -> _End | None:
        if "display" in (style := node.attributes.get("style") or "") and _HIDDEN.search(style):
            return _UNSEEN
        return None

    def _open_block(self, tag: str, node: LexborNode) -> _End:
        attributes = node.attributes if tag not in _UNMARKED else _NO_ATTRIBUTES
        style = attributes.get("style") or ""
        if "none" in style or "mso-hide" in style:
            if _HIDDEN.search(style):
                return _UNSEEN
        end = _End(tag, self)
        self.end_line()
        if tag in _SPACED and not self._tight(tag, attributes, style):
            end.spaced = self.gap = True
        if attributes:
            self._mark(attributes)
        if tag == "blockquote":
            self._quote(style, attributes)
        elif tag in ("ul", "ol", "menu"):
            self._open_list(tag, attributes)
        elif tag == "li":
            self._item()
        elif tag == "hr":
            self.rows.append(Row("", self.depth, "rule"))
        if tag == "pre" or "pre" in style.partition("white-space")[2][:12]:
            self.pre = True
        return end

    def _tight(self, tag: str, attributes: dict[str, str | None], style: str) -> bool:
        if tag != "p":
            return False
        return (
            self.tight
            or (attributes.get("class") or "").startswith("Mso")
            or _NO_MARGIN.search(style) is not None
        )

    def _mark(self, attributes: dict[str, str | None]) -> None:
        listed = (
            f"{attributes.get('class') or ''} {attributes.get('id') or ''} "
            f"{attributes.get('data-smartmail') or ''}"
        )
        for name in listed.lower().split():
            mark = CLIENT_MARKS.get(_unprefixed(name))
            if mark == "quote":
                self.depth += 1
                break
            if mark:
                self.mark = mark

    def _quote(self, style: str, attributes: dict[str, str | None]) -> None:
        """A quote, unless it is Gmail's or Outlook's way of indenting: a left margin and
        explicitly no border. Outlook on the web marks what its writer typed as to be proofread
        (alga-psa#3324)."""
        kind = (attributes.get("class") or "").replace("elementToProof", "").strip()
        named = kind or attributes.get("type") or attributes.get("cite")
        if named or not (_INDENTED.search(style) and "margin" in style):
            self.depth += 1
        self.gap = True

    def _open_list(self, tag: str, attributes: dict[str, str | None]) -> None:
        if not self.lists:
            self.gap = True
        start = attributes.get("start") or ""
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        self.lists.append(first if tag == "ol" else -1)

    def _item(self) -> None:
        indent = "  " * max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else -1
        if number >= 0:
            self.lists[-1] += 1
        self.bullet = indent + (f"{number}. " if number >= 0 else "- ")

    def _emoji(self, node: LexborNode) -> None:
        """Pictures are no words, except where a client draws an emoji as one."""
        alt = node.attributes.get("alt") or ""
        if _EMOJI_ALT.fullmatch(alt):
            self.say(alt)

    def _open_anchor(self, node: LexborNode) -> _Anchor | None:
        href = node.attributes.get("href") or ""
        if not leads_somewhere(href):
            return None
        self.anchor = _Anchor(href)
        return self.anchor

    def _close_anchor(self, anchor: _Anchor) -> None:
        """Keep the link with the row on which its words end; without words it is a picture's."""
        self.anchor = None
        words = _row_text(anchor.words).strip()
        if words and len(self.links) < MOST_LINKS:
            self.links.append(Link(words, anchor.href))
        elif anchor.row is not None and anchor.row_words:
            anchor.row.links += (Link(anchor.row_words, anchor.href),)

    def _box(self, node: LexborNode) -> None:
        if node.attributes.get("type") == "checkbox":
            self._put("[x] " if "checked" in node.attributes else "[ ] ")

    def close(self, end: _End | _Anchor) -> None:
        if isinstance(end, _Anchor):
            self._close_anchor(end)
            return
        self.end_line()
        if end.tag == "li":
            self.bullet = ""
        self.depth, self.mark, self.pre = end.depth, end.mark, end.pre
        del self.lists[end.lists :]
        if end.spaced or end.tag == "blockquote" or (end.tag in ("ul", "ol") and not self.lists):
            self.gap = True


_UNSEEN = _End("", _Page(tight=False))
