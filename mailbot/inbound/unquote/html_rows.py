"""Turn HTML into rows that keep block structure, quote depth, list marks and what clients say.

The problem: what a reader sees as lines is, in HTML, a matter of style. <p> is a paragraph to Gmail
and a line break to Outlook; <div> breaks a line, and <div><br></div> is an empty one; an indented
list entry and a quote are both a <blockquote>; a signature is a class name.

The idea: one walk over the tree in the order of its text. Inline elements add words to an open
line; blocks end it; `gap` remembers that a blank row is due before the next words, so that two
margins make one. What holds inside an element (depth, mark, lists) is kept by its `_End` and put
back where it closes. Linear in the nodes, without recursion; what is beyond the limits is handed
over as text.

An example:
    <blockquote>See <a href="https://corp.example">this</a><ul><li>one</ul></blockquote>
    Row("See this", depth 1, a link), Row("", 1), Row("- one", 1)

Rejected: html2text and the like (they write "> " and "[this](...)" into the words and wrap them);
the text part instead (clients make it from the HTML, without quote marks: Outlook, Yahoo, phones);
reading styles as a browser does (CSS of other people is neither short nor trusted).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailbot.inbound.unquote.links import leads_somewhere
from mailbot.inbound.unquote.rows import CHARACTERS, INVISIBLE, ROWS, ClientMark, Link, Row


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
_Attributes = Mapping[str, str | None]
_NO_ATTRIBUTES: _Attributes = {}
_LISTS = _tags("ul ol menu")
_VOID = _tags("br img input td th")
_INLINE = _tags("span b i font strong em u s o:p")
_HIDDEN = re.compile(r"display\s?:\s?none|mso-hide\s?:\s?all", re.IGNORECASE)
_NO_MARGIN = re.compile(r"margin(?:-top)?\s?:\s?0", re.IGNORECASE)
_SHEET_NO_MARGIN = re.compile(r"[\s,};{>]p\s?\{[^}]{0,200}margin(?:-top)?\s?:\s?0", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_EMOJI_ALT = re.compile(r"[^\w\s\[\](){}<>.,:;/\\-]{1,8}")

CLIENT_MARKS = {
    # attribution lines
    "gmail_attr": ClientMark.ATTRIBUTION,  # Gmail, seen 2019-2026
    "moz-cite-prefix": ClientMark.ATTRIBUTION,  # Thunderbird
    "moz-email-headers-table": ClientMark.HEADER_BLOCK,  # Thunderbird, forward
    "divrplyfwdmsg": ClientMark.HEADER_BLOCK,  # Outlook on the web and for Mac, phones
    "olk_src_body_section": ClientMark.QUOTE,  # Outlook for Mac 2011-2016
    "yahoo_quoted": ClientMark.QUOTE,  # Yahoo: attribution and quote in one box without marks
    "replyforwardmessage": ClientMark.QUOTE,
    "zmail_extra": ClientMark.QUOTE,  # Zoho
    "x-apple-data-detectors": ClientMark.UNMARKED,
    # signatures
    "gmail_signature": ClientMark.SIGNATURE,
    "gmail_signature_prefix": ClientMark.SIGNATURE,
    "moz-signature": ClientMark.SIGNATURE,
    "signature": ClientMark.SIGNATURE,  # Outlook on the web, id="Signature"
    "applemailsignature": ClientMark.SIGNATURE,
    "protonmail_signature_block": ClientMark.SIGNATURE,
    "zmail_signature": ClientMark.SIGNATURE,
    "yahoo_signature": ClientMark.SIGNATURE,
    "k9mail-signature": ClientMark.SIGNATURE,
    "edo-signature": ClientMark.SIGNATURE,
    "spark-signature": ClientMark.SIGNATURE,
    "messagesignature": ClientMark.SIGNATURE,
    "email-signature": ClientMark.SIGNATURE,
    "emailsignature": ClientMark.SIGNATURE,
    "mail_signature": ClientMark.SIGNATURE,
}
"""Class or id, lower case -> what the client says its contents are. Outlook's
"ms-outlook-mobile-signature" is left out on purpose: people type inside it (seen 2024-2025)."""


def _unprefixed(name: str) -> str:
    """Take off prefixes of clients.

    Outlook puts "x_" before the names in what it quotes, Yahoo "ydp" and figures before its own.
    """
    return name[name.find("yahoo") :] if name.startswith("ydp") else name.removeprefix("x_")


_INDENTED = re.compile(r"border(?:-left)?\s?:\s?(?:none|0(?![.\d]*[1-9]))", re.IGNORECASE)


def html_rows(source: str) -> tuple[list[Row], str]:
    """Return the rows of a text/html body, and what lies beyond the limit.

    List items come as "- text", two blanks a level, table rows as "a | b".
    """
    root = LexborHTMLParser(_shallow(source[:CHARACTERS]))
    body = root.body
    if body is None:
        return [], source[CHARACTERS:]
    collector = _Collector(tight=_sheet_without_margins(source))
    _walk(body, collector)
    collector.end_line()
    return collector.rows, "\n".join(collector.beyond) + source[CHARACTERS:]


def _shallow(source: str) -> str:
    """Take away what is nested deeper than any honest mail.

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
    """Tell whether a style sheet takes the margins away.

    Outlook on the web writes its line breaks as <p> and takes the margins away in a style sheet.
    """
    at = max(source.find("<style"), source.find("<STYLE"))
    return at >= 0 and _SHEET_NO_MARGIN.search(source, at, at + 4000) is not None


def _walk(body: LexborNode, collector: _Collector) -> None:
    """Go through the tree in the order of its text; not by recursion, mails nest deep."""
    node = body
    open_elements: list[tuple[LexborNode, _End]] = []
    while True:
        end = collector.enter(node)
        child = None if end is _UNSEEN else node.child
        if child is not None:
            open_elements.append((node, end))
            node = child
            continue
        if end is not _NOTHING:
            end.close(collector)
        while node.next is None and open_elements:
            node, end = open_elements.pop()
            if end is not _NOTHING:
                end.close(collector)
        following = node.next if open_elements else None
        if following is None:
            return
        node = following


class _End:
    """What has to be done where an element ends: nothing, for most."""

    __slots__ = ()

    def close(self, collector: _Collector) -> None:
        """Do it: called once, behind what is inside the element."""


_NOTHING = _End()
_UNSEEN = _End()  # nor does anybody see what is inside


class _Block(_End):
    """Ends a row, and what held inside the element."""

    __slots__ = ("depth", "lists", "mark", "pre", "spaced", "tag")

    def __init__(self, tag: str, collector: _Collector) -> None:
        self.tag = tag
        self.spaced = False
        self.depth = collector.depth
        self.mark = collector.mark
        self.pre = collector.pre
        self.lists = len(collector.lists)

    def close(self, collector: _Collector) -> None:
        collector.end_line()
        if self.tag == "li":
            collector.bullet = ""
        collector.depth, collector.mark, collector.pre = self.depth, self.mark, self.pre
        del collector.lists[self.lists :]
        outermost_list = self.tag in _LISTS and not collector.lists
        if self.spaced or self.tag == "blockquote" or outermost_list:
            collector.gap = True


class _Anchor(_End):
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

    def close(self, collector: _Collector) -> None:
        """Keep the link with the row on which its words end; without words it is a picture's."""
        collector.anchor = None
        words = _row_text(self.words).strip()
        if words and len(collector.links) < MOST_LINKS:
            end = len(_row_text(collector.line).rstrip())
            collector.links.append(Link(words, self.href, end))
        elif self.row is not None and self.row_words:
            self.row.links += (Link(self.row_words, self.href, len(self.row.text.rstrip())),)


def _row_text(pieces: list[str]) -> str:
    return "".join(pieces).replace("\xa0", " ").replace("\u202f", " ").rstrip()


class _Collector:
    """Collects rows while the walk goes through the tree."""

    def __init__(self, *, tight: bool) -> None:
        self.rows: list[Row] = []
        self.depth = 0
        self.mark = ClientMark.UNMARKED
        self.pre = False
        self.lists: list[int] = []  # per open list: the next number, or -1 for bullets
        self.tight = tight
        self.line: list[str] = []
        self.links: list[Link] = []
        self.anchor: _Anchor | None = None
        self.bullet = ""
        self.gap = False
        self.cell = False
        self.elements = 0
        self.full = False
        self.beyond: list[str] = []

    def enter(self, node: LexborNode) -> _End:
        """Take in a text, or begin an element."""
        tag = node.tag or ""
        if tag == "-text":
            say = self.beyond.append if self.full else self.say
            say(node.text_content or "")
            return _NOTHING
        if tag in _SKIPPED:
            return _UNSEEN
        self.elements += 1
        self.full = self.full or self.elements > _ELEMENTS
        return _NOTHING if self.full else self._open(tag, node)

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
        """End the line where a block begins or ends."""
        if self.line:
            self._flush()
        self.cell = False

    def break_line(self) -> None:
        """End the line at <br>: ends the line even where there is nothing on it."""
        if self.line:
            self._flush()
            return
        self.gap = False
        if not self.full:
            self._add(Row("", self.depth))

    def _add(self, row: Row) -> None:
        self.rows.append(row)
        self.full = self.full or len(self.rows) >= ROWS

    def _flush(self) -> None:
        mark = self.mark or (ClientMark.PRE if self.pre else ClientMark.UNMARKED)
        row = Row(_row_text(self.line), self.depth, mark, tuple(self.links))
        self._add(row)
        if self.anchor is not None:
            self.anchor.end_row(row)
        self.line.clear()
        self.links.clear()

    def _open(self, tag: str, node: LexborNode) -> _End:
        if tag in _INLINE:
            return _UNSEEN if _is_hidden(node.attributes) else _NOTHING
        if tag in _BLOCKS:
            return self._open_block(tag, node)
        if tag == "a":
            return self._open_anchor(node)
        if tag in _VOID:
            self._void(tag, node)
        return _NOTHING

    def _void(self, tag: str, node: LexborNode) -> None:
        """Take in what stands for itself; cells count as what is between them."""
        match tag:
            case "br":
                self.break_line()
            case "img":
                self._emoji(node)
            case "input":
                self._box(node)
            case _:
                self.cell = bool(self.line)

    def _open_block(self, tag: str, node: LexborNode) -> _End:
        attributes = _NO_ATTRIBUTES if tag in _UNMARKED else node.attributes
        if _is_hidden(attributes):
            return _UNSEEN
        end = _Block(tag, self)
        self.end_line()
        style = attributes.get("style") or ""
        if tag in _SPACED and not self._tight(tag, attributes, style):
            end.spaced = self.gap = True
        if attributes:
            self._mark(attributes)
        self._begin(tag, attributes, style)
        if tag == "pre" or "pre" in style.partition("white-space")[2][:12]:
            self.pre = True
        return end

    def _begin(self, tag: str, attributes: _Attributes, style: str) -> None:
        if tag == "blockquote":
            self._quote(style, attributes)
        elif tag in _LISTS:
            self._open_list(tag, attributes)
        elif tag == "li":
            self._item()
        elif tag == "hr":
            self.rows.append(Row("", self.depth, ClientMark.RULE))

    def _tight(self, tag: str, attributes: _Attributes, style: str) -> bool:
        """Tell whether a paragraph has no margin: Word's and Outlook's stand for line breaks."""
        if tag != "p":
            return False
        by_word = (attributes.get("class") or "").startswith("Mso")
        return self.tight or by_word or _NO_MARGIN.search(style) is not None

    def _mark(self, attributes: _Attributes) -> None:
        listed = " ".join(attributes.get(name) or "" for name in ("class", "id", "data-smartmail"))
        for name in listed.lower().split():
            mark = CLIENT_MARKS.get(_unprefixed(name))
            if mark is ClientMark.QUOTE:
                self.depth += 1
                return
            if mark:
                self.mark = mark

    def _quote(self, style: str, attributes: _Attributes) -> None:
        """Begin a quote, unless it is Gmail's or Outlook's way of indenting: a left margin and
        explicitly no border. Outlook on the web marks what its writer typed as to be proofread
        (alga-psa#3324)."""
        kind = (attributes.get("class") or "").replace("elementToProof", "").strip()
        named = kind or attributes.get("type") or attributes.get("cite")
        if named or not (_INDENTED.search(style) and "margin" in style):
            self.depth += 1
        self.gap = True

    def _open_list(self, tag: str, attributes: _Attributes) -> None:
        if not self.lists:
            self.gap = True
        self.lists.append(_first_number(attributes.get("start") or "") if tag == "ol" else -1)

    def _item(self) -> None:
        indent = "  " * max(0, len(self.lists) - 1)
        number = self.lists[-1] if self.lists else -1
        if number >= 0:
            self.lists[-1] += 1
        self.bullet = indent + (f"{number}. " if number >= 0 else "- ")

    def _emoji(self, node: LexborNode) -> None:
        """Take in an emoji that a client draws as a picture; others are no words."""
        alt = node.attributes.get("alt") or ""
        if _EMOJI_ALT.fullmatch(alt):
            self.say(alt)

    def _open_anchor(self, node: LexborNode) -> _End:
        href = node.attributes.get("href") or ""
        if not leads_somewhere(href):
            return _NOTHING
        self.anchor = _Anchor(href)
        return self.anchor

    def _box(self, node: LexborNode) -> None:
        if node.attributes.get("type") == "checkbox":
            self._put("[x] " if "checked" in node.attributes else "[ ] ")


def _is_hidden(attributes: _Attributes) -> bool:
    style = attributes.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def _first_number(start: str) -> int:
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
