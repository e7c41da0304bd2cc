"""Holds: HTML becomes the rows that a reader sees, each with the depth of its quote, in bounded
time.
"""

from __future__ import annotations

import time

import pytest

from mailbot.inbound.unquote.html_rows import html_rows
from mailbot.inbound.unquote.rows import ROWS

SEEN = {
    "words": ("<p>Hello <b>big</b> world</p>", ["Hello big world"]),
    "blanks": ("<div>  a \n\t b&nbsp; c  </div>", ["a b  c"]),
    "divs": ("<div>one</div><div>two</div>", ["one", "two"]),
    "breaks": ("one<br>two<br><br>three", ["one", "two", "", "three"]),
    "empty div": ("<div>one</div><div><br></div><div>two</div>", ["one", "", "two"]),
    "break at the end": ("<div>one<br></div><div>two</div>", ["one", "two"]),
    "paragraphs": ("<p>one</p><p>two</p>", ["one", "", "two"]),
    "paragraphs of Word": ('<p class="MsoNormal">one</p><p class="MsoNormal">two</p>', ["one", "two"]),
    "paragraphs without margin": ('<p style="margin:0cm">one</p><p style="margin: 0">two</p>', ["one", "two"]),
    "style sheet without margin": ("<style>P {margin-top:0;margin-bottom:0;}</style><p>one</p><p>two</p>", ["one", "two"]),
    "bullets": ("<ul><li>one</li><li>two</li></ul>", ["- one", "- two"]),
    "bullets with paragraphs": ("<ul><li><p>one</p></li><li><div>two</div></li></ul>", ["- one", "", "- two"]),
    "nested bullets": ("<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>", ["- one", "  - two", "- three"]),
    "nested beside": ("<ul><li>one</li><ul><li>two</li></ul><li>three</li></ul>", ["- one", "  - two", "- three"]),
    "numbers": ("<ol><li>one</li><li>two</li></ol>", ["1. one", "2. two"]),
    "numbers from three": ('<ol start="3"><li>one</li></ol>', ["3. one"]),
    "numbers from nonsense": ('<ol start="9999999999999999999"><li>one</li></ol>', ["1. one"]),
    "empty bullet": ("<ul><li></li><li>two</li></ul>", ["- two"]),
    "table": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", ["a | b", "c | d"]),
    "table for lay-out": ("<table><tr><td><div>a</div><div>b</div></td></tr></table>", ["a", "b"]),
    "code": ("<pre>if x:\n    y()\n</pre>", ["if x:", "    y()"]),
    "kept blanks": ('<div style="white-space: pre-wrap">a\n  b</div>', ["a", "  b"]),
    "scripts": ("<style>p{}</style><script>x</script><p>one</p><!-- two -->", ["one"]),
    "hidden": ('<div style="display:none">no</div><span style="display: none">no</span><div>yes</div>', ["yes"]),
    "Word's conditions": ("<!--[if mso]><p>no</p><![endif]--><p>yes</p>", ["yes"]),
    "Word's empty paragraph": ('<p class="MsoNormal">a</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">b</p>', ["a", "", "b"]),
    "pictures": ('<p>a <img src="cid:1" alt="chart.png"> b</p>', ["a b"]),
    "emoji drawn": ('<p>a <img src="x" alt="🎉"></p>', ["a 🎉"]),
    "boxes": ('<div><input type="checkbox" checked>done</div><div><input type="checkbox">open</div>', ["[x] done", "[ ] open"]),
    "entities": ("<p>&lt;a&gt; &amp; &#8364;</p>", ["<a> & €"]),
    "no markup": ("just words", ["just words"]),
    "unclosed": ("<p>one<p>two<div><b>three", ["one", "", "two", "", "three"]),
    "marks without width": ("<p>\ufeffone\u200b two\u00ad</p>", ["one two"]),
    "joined emoji": ("<p>👩\u200d💻</p>", ["👩\u200d💻"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "rows"), SEEN.values(), ids=SEEN)
def test_rows_are_what_a_reader_sees(source: str, rows: list[str]) -> None:
    found = [row.text for row in html_rows(source)[0]]
    while found and not found[-1]:
        found.pop()
    assert found == rows


DEPTHS = {
    "gmail": ('a<div class="gmail_quote"><div class="gmail_attr">On x wrote:</div><blockquote class="gmail_quote" style="border-left:1px solid">b</blockquote>c</div>', [("a", 0), ("On x wrote:", 0), ("b", 1), ("c", 0)]),
    "apple": ('a<blockquote type="cite">b<blockquote type="cite">c</blockquote></blockquote>', [("a", 0), ("b", 1), ("c", 2)]),
    "yahoo": ('a<div class="yahoo_quoted">b</div>', [("a", 0), ("b", 1)]),
    "yahoo today": ('a<div id="ydp1yahoo_quoted_77" class="ydp1yahoo_quoted">b</div>', [("a", 0), ("b", 1)]),
    "indented in Gmail": ('a<blockquote style="margin:0 0 0 40px;border:none;padding:0px">b</blockquote>', [("a", 0), ("b", 0)]),
    "hidden inside a quote": ('a<blockquote><div style="display:none">x</div>b<span style="display:none">y</span>c</blockquote>', [("a", 0), ("bc", 1)]),
    "plain blockquote": ("a<blockquote>b</blockquote>", [("a", 0), ("b", 1)]),
    "quoted by Outlook": ('a<div class="x_gmail_quote"><blockquote class="x_gmail_quote">b</blockquote></div>', [("a", 0), ("b", 1)]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "rows"), DEPTHS.values(), ids=DEPTHS)
def test_quotes_have_their_depth(source: str, rows: list[tuple[str, int]]) -> None:
    assert [(row.text, row.depth) for row in html_rows(source)[0] if row.text] == rows


@pytest.mark.parametrize(
    ("source", "mark"),
    [
        ('<div class="gmail_attr">On x wrote:</div>', "attribution"),
        ('<div class="moz-cite-prefix">On x wrote:</div>', "attribution"),
        ('<div id="divRplyFwdMsg">From: x</div>', "header block"),
        ('<div class="gmail_signature">Ana</div>', "signature"),
        ('<div id="Signature">Ana</div>', "signature"),
        ('<div id="x_Signature">Ana</div>', "signature"),
        ('<pre class="moz-signature" cols="72">-- \nAna</pre>', "signature"),
        ('<div id="ms-outlook-mobile-signature">my answer</div>', ""),
        ('<div class="elementToProof">my answer</div>', ""),
        ("<pre>code</pre>", "pre"),
    ],
)
def test_client_marks_are_kept(source: str, mark: str) -> None:
    assert {row.mark for row in html_rows(source)[0] if row.text} == {mark}


DEEP = {
    "divs": "<div>" * 20_000 + "x" + "</div>" * 20_000,
    "quotes": "<blockquote>" * 20_000 + "x" + "</blockquote>" * 20_000,
    "lists": "<ul><li>" * 20_000 + "x",
    "unclosed": "<div><p><b>" * 20_000,
    "fonts": "".join(f"<font size={n}><p>" for n in range(20_000)),
    "tables": "<table><tr><td>" * 8_000 + "x",
    "links": "<a href=x>" * 20_000,
    "rows": "<div>x</div>" * 40_000,
    "breaks": "x<br>" * 60_000,
    "attributes": "<div " + "a=b " * 60_000 + ">x",
    "styles": '<p style="' + "margin:1;" * 40_000 + '">x',
    "classes": '<p class="' + "gmail_quote " * 20_000 + '">x',
    "tags without end": "<" * 200_000,
    "entities": "&amp;" * 60_000,
    "blanks": "<pre>" + "\n" * 200_000 + "</pre>",
}


@pytest.mark.parametrize("source", DEEP.values(), ids=DEEP)
def test_hostile_html_takes_bounded_time(source: str) -> None:
    begin = time.process_time()
    rows, _ = html_rows(source)
    assert time.process_time() - begin < 1.0
    assert len(rows) <= ROWS + 2


def test_what_lies_beyond_the_limit_is_handed_over() -> None:
    rows, beyond = html_rows("".join(f"<div>row {n}</div>" for n in range(ROWS + 30)))
    assert rows[-1].text == f"row {ROWS - 1}"
    assert beyond.endswith(f"row {ROWS + 29}")
