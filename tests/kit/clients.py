"""How mail clients quote: one function a client, each modelled on what it really emits.

A reply is our mail with answers between its lines. `Answered` says which lines of ours there are and what was typed
after each; a client makes a Body of it, as the product's own reader of messages hands it on.
"""

from __future__ import annotations

import html as markup
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailbot.inbound.message.body import Body

TOP, BOTTOM = -1, 10_000
US = "1:1 Ana / Ben (assistant)"
ADDRESS = "mailbot+abcdefghijklmnopqrstuvwxyz234567@corp.example"


@dataclass(frozen=True)
class Answered:
    """Our mail as text and HTML, and what was typed after line N of the text (TOP: above, BOTTOM: below all)."""

    text: str
    html: str
    typed: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def lines(self) -> list[str]:
        return self.text.rstrip("\n").split("\n")

    def at(self, place: int) -> Sequence[str]:
        return self.typed.get(place, ())


Client = Callable[[Answered], Body]


# ---- plain text ----


def _marked(
    it: Answered,
    attribution: str,
    mark: str = "> ",
    width: int = 0,
    *,
    gap: bool = True,
    inside: bool = False,
) -> str:
    rows: list[str] = []
    for number, line in enumerate(it.lines()):
        pieces = (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
            if width
            else [line]
        )
        rows += [(mark + piece).rstrip() if mark != ">" else mark + piece for piece in pieces]
        typed = it.at(number)
        if typed and inside:
            rows += [mark + row for row in typed]
        elif typed:
            rows += ["", *typed, ""] if gap else list(typed)
    return _around(it, [attribution, *rows])


def _around(it: Answered, quote: Sequence[str]) -> str:
    top, bottom = it.at(TOP), it.at(BOTTOM)
    return (
        "\n".join([*top, *([""] if top else []), *quote, *(["", *bottom] if bottom else [])]) + "\n"
    )


def _unmarked(it: Answered, head: Sequence[str]) -> str:
    rows: list[str] = []
    for number, line in enumerate(it.lines()):
        rows += [line, *it.at(number)]
    return _around(it, [*head, "", *rows])


def mutt(it: Answered) -> Body:
    return Body(_marked(it, f"On Tue, Mar 10, 2026 at 09:00:12AM +0000, {US} wrote:"))


def thunderbird_text(it: Answered) -> Body:
    return Body(_marked(it, f"On 3/10/26 9:00 AM, {US} wrote:", width=72))


def gmail_text(it: Answered) -> Body:
    return Body(
        _marked(it, f"On Tue, Mar 10, 2026 at 9:00\u202fAM {US} <\n{ADDRESS}> wrote:\n", width=76)
    )


def k9(it: Answered) -> Body:
    return Body(
        _marked(
            it, f'On March 10, 2026 9:00:12 AM GMT, "{US}" <{ADDRESS}> wrote:', mark=">", width=74
        )
    )


def apple_text(it: Answered) -> Body:
    quote = _marked(
        Answered(it.text, it.html, {k: v for k, v in it.typed.items() if k not in (TOP, BOTTOM)}),
        "",
    )
    return Body(
        _around(
            it,
            [
                "> On Mar 10, 2026, at 9:00\u202fAM, " + f"{US} <{ADDRESS}> wrote:",
                "> ",
                *quote.split("\n"),
            ],
        )
    )


def phone_inside_text(it: Answered) -> Body:
    return Body(
        _marked(
            it, f"On Tue, Mar 10, 2026, 9:00 AM {US} <{ADDRESS}> wrote:\n", width=76, inside=True
        )
    )


def roundcube(it: Answered) -> Body:
    return Body(_marked(it, f"Am 2026-03-10 09:00, schrieb {US}:", width=70, gap=False))


def outlook_text(it: Answered) -> Body:
    head = [
        f"From: {US} <{ADDRESS}>",
        "Sent: Tuesday, March 10, 2026 9:00 AM",
        "To: Ana Silva <ana@corp.example>",
        "Subject: 1:1 Ana / Ben, Thu 12 Mar",
    ]
    return Body(_unmarked(it, head))


def outlook_web_text(it: Answered) -> Body:
    head = [
        "________________________________",
        f"Von: {US} <{ADDRESS}>",
        "Gesendet: Dienstag, 10. März 2026 09:00",
        "An: Ana Silva <ana@corp.example>",
        "Betreff: 1:1 Ana / Ben, Thu 12 Mar",
    ]
    return Body(_unmarked(it, head))


def yahoo_text(it: Answered) -> Body:
    return Body(
        _unmarked(
            it, [f"     On Tuesday, March 10, 2026 at 09:00:12 AM GMT, {US} <{ADDRESS}> wrote:"]
        )
    )


def samsung(it: Answered) -> Body:
    head = [
        "-------- Original message --------",
        f"From: {US} <{ADDRESS}>",
        "Date: 3/10/26  9:00 AM  (GMT+00:00)",
        "To: ana@corp.example",
        "Subject: 1:1 Ana / Ben, Thu 12 Mar",
    ]
    return Body(_unmarked(it, head))


def lotus(it: Answered) -> Body:
    return Body(
        _unmarked(
            it,
            [
                f"-----{US} <{ADDRESS}> wrote: -----",
                f"To: ana@corp.example\nFrom: {US} <{ADDRESS}>\nDate: 03/10/2026 09:00AM\nSubject: 1:1 Ana / Ben, Thu 12 Mar",
            ],
        )
    )


def zimbra(it: Answered) -> Body:
    head = ["----- On Mar 10, 2026, at 9:00 AM, mailbot " + f"{ADDRESS} wrote:"]
    return Body(
        _around(
            it,
            [
                *head,
                *_marked(
                    Answered(
                        it.text,
                        it.html,
                        {k: v for k, v in it.typed.items() if k not in (TOP, BOTTOM)},
                    ),
                    "",
                ).split("\n"),
            ],
        )
    )


# ---- HTML ----


def _divs(rows: Sequence[str], style: str = "") -> str:
    """As typed: list rows become lists, others one <div> each."""
    out, items = [], []
    for row in [*rows, ""]:
        if row.startswith("- "):
            items.append(f"<li>{markup.escape(row[2:])}</li>")
            continue
        if items:
            out.append(f"<ul>{''.join(items)}</ul>")
            items = []
        out.append(f"<div{style}>{markup.escape(row, quote=False) or '<br>'}</div>")
    return "".join(out[:-1])


def _body(it: Answered) -> LexborHTMLParser:
    return LexborHTMLParser(it.html)


def _blocks(tree: LexborHTMLParser) -> list[LexborNode]:
    """The elements of our mail that hold one line each."""
    return [node for node in tree.css("p, h3, li") if (node.text() or "").strip()]


def _lines_of_blocks(it: Answered, blocks: Sequence[LexborNode]) -> dict[int, int]:
    """Line of the text -> the block that shows it."""
    found: dict[int, int] = {}
    squeezed = ["".join((node.text() or "").split()) for node in blocks]
    at = 0
    for number, line in enumerate(it.lines()):
        wanted = "".join(line.split()).lstrip("-•")
        if wanted:
            at = next(
                n
                for n in range(at, len(blocks))
                if squeezed[n].endswith(wanted) or wanted in squeezed[n]
            )
            found[number] = at
    return found


def answerable(it: Answered) -> list[int]:
    """Lines after which one can type in text and HTML alike: those that end a block."""
    found = _lines_of_blocks(it, _blocks(_body(it)))
    return [number for number, at in found.items() if found.get(number + 1) != at]


def _typed_inside(it: Answered, style: str = "") -> str:
    """Our HTML with what was typed in <div>s of its own behind the block that holds the line."""
    tree = _body(it)
    blocks = _blocks(tree)
    where = _lines_of_blocks(it, blocks)
    for number in sorted(n for n in it.typed if n in where):
        block = blocks[where[number]]
        target = (
            block.parent
            if block.tag == "li" and block.parent is not None and block.next is None
            else block
        )
        fragment = LexborHTMLParser(f"<div>{_divs(it.typed[number], style)}</div>").css_first("div")
        assert fragment is not None
        assert target is not None
        target.insert_after(fragment)
    return _inner(tree)


def _inner(tree: LexborHTMLParser) -> str:
    body = tree.body
    assert body is not None
    return "".join(node.html or "" for node in body.iter(include_text=True))


_CUT = "\u0001"


def _broken(it: Answered, opening: str, closing: str, style: str = "") -> str:
    """The quote is closed before an answer and opened again behind it, as Gmail and Apple Mail do on Enter."""
    tree = _body(it)
    blocks = _blocks(tree)
    where = _lines_of_blocks(it, blocks)
    parts: list[str] = []
    rows: list[str] = []
    for at, block in enumerate(blocks):
        inner = f"<{block.tag}>{''.join(n.html or '' for n in block.iter(include_text=True))}</{block.tag}>"
        rows.append(f"<ul>{inner}</ul>" if block.tag == "li" else inner)
        typed = [row for number, place in where.items() if place == at for row in it.at(number)]
        if typed:
            parts.append(opening + "<div>" + "".join(rows) + "</div>" + closing)
            parts.append(f"<div><br></div>{_divs(typed, style)}<div><br></div>")
            rows = []
    return "".join(
        [*parts, *([opening + "<div>" + "".join(rows) + "</div>" + closing] if rows else [])]
    )


def _page(*parts: str) -> Body:
    return Body(None, "<html><head></head><body>" + "".join(parts) + "</body></html>")


_GMAIL = '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
_GMAIL_ATTR = f'<div dir="ltr" class="gmail_attr">On Tue, Mar 10, 2026 at 9:00\u202fAM {US} &lt;<a href="mailto:{ADDRESS}">{ADDRESS}</a>&gt; wrote:<br></div>'


def gmail(it: Answered) -> Body:
    quote = _broken(it, _GMAIL, "</blockquote>")
    return _page(
        f'<div dir="ltr">{_divs(it.at(TOP))}</div><br><div class="gmail_quote gmail_quote_container">{_GMAIL_ATTR}{quote}</div>{_divs(it.at(BOTTOM))}'
    )


def gmail_phone(it: Answered) -> Body:
    quote = _GMAIL + _typed_inside(it, ' dir="auto"') + "</blockquote>"
    return _page(
        f'<div dir="auto">{_divs(it.at(TOP))}</div><br><div class="gmail_quote gmail_quote_container">{_GMAIL_ATTR}{quote}</div>{_divs(it.at(BOTTOM))}'
    )


def apple(it: Answered) -> Body:
    opening = '<blockquote type="cite" class=""><div class="">'
    head = f'<blockquote type="cite" class=""><div class="">On Mar 10, 2026, at 9:00\u202fAM, {US} &lt;<a href="mailto:{ADDRESS}" class="">{ADDRESS}</a>&gt; wrote:</div><br class="Apple-interchange-newline"></blockquote>'
    return _page(
        _divs(it.at(TOP)),
        "<div><br></div>",
        head,
        _broken(it, opening, "</div></blockquote>"),
        _divs(it.at(BOTTOM)),
    )


def apple_phone(it: Answered) -> Body:
    head = f'<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 10 Mar 2026, at 9:00\u202fAM, {US} &lt;{ADDRESS}&gt; wrote:<br><br></blockquote></div>'
    return _page(
        f'<div dir="ltr">{_divs(it.at(TOP))}</div>',
        head,
        f'<blockquote type="cite"><div dir="ltr">\ufeff{_typed_inside(it)}</div></blockquote>',
        _divs(it.at(BOTTOM)),
    )


def outlook(it: Answered) -> Body:
    head = (
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b><span lang="EN-US">From:</span></b>'
        f'<span lang="EN-US"> {US} &lt;{ADDRESS}&gt;<br><b>Sent:</b> Tuesday, March 10, 2026 9:00 AM<br><b>To:</b> Ana Silva &lt;ana@corp.example&gt;<br>'
        "<b>Subject:</b> 1:1 Ana / Ben, Thu 12 Mar<o:p></o:p></span></p></div></div>"
    )
    blue = ' style="color:#1F497D"'
    return _page(
        f'<div class="WordSection1">{_divs(it.at(TOP))}<p class="MsoNormal"><o:p>&nbsp;</o:p></p>{head}{_typed_inside(it, blue)}{_divs(it.at(BOTTOM))}</div>'
    )


def outlook_web(it: Answered) -> Body:
    head = (
        f'<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">'
        f"<b>Von:</b> {US} &lt;{ADDRESS}&gt;<br><b>Gesendet:</b> Dienstag, 10. März 2026 09:00<br><b>An:</b> Ana Silva &lt;ana@corp.example&gt;<br><b>Betreff:</b> 1:1 Ana / Ben, Thu 12 Mar</font><div>&nbsp;</div></div>"
    )
    return _page(
        f'<div class="elementToProof">{_divs(it.at(TOP))}</div>{head}<div class="BodyFragment">{_typed_inside(it)}</div>{_divs(it.at(BOTTOM))}'
    )


def thunderbird(it: Answered) -> Body:
    head = f'<div class="moz-cite-prefix">On 3/10/26 9:00 AM, {US} wrote:<br></div>'
    return _page(
        _divs(it.at(TOP)),
        head,
        _broken(it, f'<blockquote type="cite" cite="mid:{ADDRESS}">', "</blockquote>"),
        _divs(it.at(BOTTOM)),
    )


def yahoo(it: Answered) -> Body:
    head = f"<div>On Tuesday, March 10, 2026 at 09:00:12 AM GMT, {US} &lt;{ADDRESS}&gt; wrote:</div><div><br></div>"
    return _page(
        f'<div class="ydp1yahoo-style-wrap"><div>{_divs(it.at(TOP))}</div></div><div id="ydp1yahoo_quoted_1" class="ydp1yahoo_quoted"><div>{head}{_typed_inside(it)}</div></div>{_divs(it.at(BOTTOM))}'
    )


def proton(it: Answered) -> Body:
    head = f'<div class="protonmail_quote">On Tuesday, March 10th, 2026 at 9:00 AM, {US} &lt;{ADDRESS}&gt; wrote:<br>'
    quote = _broken(it, '<blockquote class="protonmail_quote" type="cite">', "</blockquote>")
    return _page(
        f'<div style="font-family: Arial, sans-serif; font-size: 14px;">{_divs(it.at(TOP))}</div>',
        head,
        quote,
        "</div>",
        _divs(it.at(BOTTOM)),
    )


def fastmail(it: Answered) -> Body:
    quote = _broken(it, '<blockquote type="cite" id="qt">', "</blockquote>")
    return _page(
        _divs(it.at(TOP)),
        f"<div>On Tue, 10 Mar 2026, at 9:00 AM, {US} wrote:<br></div>",
        quote,
        _divs(it.at(BOTTOM)),
    )


TEXT: Mapping[str, Client] = {
    each.__name__: each
    for each in (
        mutt,
        thunderbird_text,
        gmail_text,
        k9,
        apple_text,
        phone_inside_text,
        roundcube,
        outlook_text,
        outlook_web_text,
        yahoo_text,
        samsung,
        lotus,
        zimbra,
    )
}
HTML: Mapping[str, Client] = {
    each.__name__: each
    for each in (
        gmail,
        gmail_phone,
        apple,
        apple_phone,
        outlook,
        outlook_web,
        thunderbird,
        yahoo,
        proton,
        fastmail,
    )
}
CLIENTS: Mapping[str, Client] = {**TEXT, **HTML}
