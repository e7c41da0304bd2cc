"""Write replies to a mail of ours as the mail programs of people send them."""

from __future__ import annotations

import email.policy
import hashlib
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from mailbot.testing.tray import Got

Answers = dict[str, str]  # words by the line of our mail they are typed under; "" is on top


def answer(
    mail: Got, author: str, words: str | Answers, at: datetime, client: str = "gmail"
) -> bytes:
    """Write a reply to `mail` as this client would. `words`: on top, or typed under the quoted
    lines they name.

    `at`: in the zone of the writer, in which their client also quotes the date of our mail.
    """
    answers = words if isinstance(words, dict) else {"": words}
    plain, rich = CLIENTS[client](replace(mail, zone=at.tzinfo or UTC), answers)
    reply = MIMEMultipart("alternative") if rich else MIMEText(plain, "plain", "utf-8")
    if rich:
        reply.attach(MIMEText(plain, "plain", "utf-8"))
        reply.attach(MIMEText(rich, "html", "utf-8"))
    reply["From"], reply["To"] = author, mail.message["Reply-To"] or mail.message["From"]
    reply["Subject"] = "Re: " + mail.subject.removeprefix("Re: ")
    reply["Date"] = format_datetime(at)
    digest = hashlib.sha256(f"{mail.id}{author}{answers}{at}".encode()).hexdigest()[:24]
    reply["Message-ID"] = f"<{digest}@client.example>"
    reply["In-Reply-To"] = mail.id
    reply["References"] = f"{mail.message['References'] or ''} {mail.id}".strip()
    return reply.as_bytes(policy=email.policy.compat32.clone(linesep="\r\n"))


# ---- one function a client: text, and HTML or "" ----


def _gmail(mail: Got, answers: Answers) -> tuple[str, str]:
    """Write an attribution and "> ", the HTML in div.gmail_quote (Gmail web, 2025)."""
    when = mail.at.strftime("%a, %b %-d, %Y at %-I:%M\u202f%p")
    attribution = f"On {when} {mail.header('From')} wrote:"
    plain = _lines(answers.get("", ""), "", attribution, "", *_quoted(mail, answers), "")
    style = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"
    quote = f'<blockquote class="gmail_quote" style="{style}">'
    cut = f"</div></blockquote><div>{{}}</div>{quote}<div>"
    body = _typed_in(mail.html, answers, lambda words: cut.replace("{}", _br(words)))
    rich = (
        f'<div dir="ltr">{_br(answers.get("", ""))}</div><br>'
        '<div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{html.escape(attribution)}<br></div>'
        f"{quote}{body}</blockquote></div>"
    )
    return plain, rich if body else ""


def _outlook(mail: Got, answers: Answers) -> tuple[str, str]:
    """Write a header block and no quote mark at all (Outlook for Windows and the web, 2025)."""
    block = _lines(*(f"{name}: {value}" for name, value in _header_block(mail).items()), "")
    quoted = _quoted(mail, answers, mark="")
    return _lines(answers.get("", ""), "", block, *quoted, ""), ""


def _apple(mail: Got, answers: Answers) -> tuple[str, str]:
    """Write an attribution, "> ", and the phone's footer under what was typed on top (Mail for
    iOS, 2025)."""
    attribution = f"> {_apple_attribution(mail)}"
    quoted = _quoted(mail, answers)
    top = (answers.get("", ""), "", "Sent from my iPhone", "")
    return _lines(*top, attribution, "> ", *quoted, ""), ""


def _outlook_html(mail: Got, answers: Answers) -> tuple[str, str]:
    """Write the same with the HTML that Outlook for Windows makes of it: a rule, a header block,
    no quote mark either."""
    header = _header_block(mail).items()
    block = "<br>".join(f"<b>{name}:</b> {html.escape(value)}" for name, value in header)
    rule = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
    body = _typed_in(mail.html, answers, _mso)
    rich = (
        '<html><body lang="EN-US" link="#0563C1"><div class="WordSection1">'
        f'{_mso(answers.get("", ""))}<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        f'<div><div style="{rule}"><p class="MsoNormal">{block}<o:p></o:p></p></div></div>'
        f"{body}</div></body></html>"
    )
    return _outlook(mail, answers)[0], rich if body else ""


def _apple_html(mail: Got, answers: Answers) -> tuple[str, str]:
    """Write the same with the HTML of an iPhone: the quote is cut in two where something is typed
    between its lines."""
    attribution = html.escape(_apple_attribution(mail))
    again = '<blockquote type="cite"><div dir="ltr"><div>'
    cut = f'</div></div></blockquote><div dir="ltr">{{}}</div>{again}'
    body = _typed_in(mail.html, answers, lambda words: cut.replace("{}", _br(words)))
    rich = (
        f'<html><body dir="auto"><div dir="ltr">{_br(answers.get("", ""))}</div>'
        '<div dir="ltr"><br>Sent from my iPhone</div><div dir="ltr"><br>'
        f'<blockquote type="cite">{attribution}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">{body}</div></blockquote></body></html>'
    )
    return _apple(mail, answers)[0], rich if body else ""


Client = Callable[[Got, Answers], tuple[str, str]]
CLIENTS: dict[str, Client] = {
    "gmail": _gmail,
    "outlook": _outlook,
    "apple": _apple,
    "outlook_html": _outlook_html,
    "apple_html": _apple_html,
}


# ---- what they are made of ----


def _lines(*lines: str) -> str:
    return "\n".join(lines)


def _quoted(mail: Got, answers: Answers, mark: str = "> ") -> Iterator[str]:
    """Quote our lines, each with what is typed under it."""
    for line in mail.text.rstrip("\n").split("\n"):
        yield f"{mark}{line}".rstrip() if mark else line
        if line.strip() in answers and line.strip():
            yield from ("", answers[line.strip()], "")


def _header_block(mail: Got) -> dict[str, str]:
    return {
        "From": mail.header("From"),
        "Sent": f"{mail.at:%A, %B %d, %Y %I:%M %p}",
        "To": mail.header("To"),
        "Subject": mail.subject,
    }


def _apple_attribution(mail: Got) -> str:
    when = mail.at.strftime("%b %-d, %Y, at %-I:%M\u202f%p")
    return f"On {when}, {mail.header('From')} wrote:"


# of a mail of ours: heading, paragraph, bullet
HTML_LINE = re.compile(r"<(h3|p|li)\b[^>]*>(.*?)</\1>", re.DOTALL)


def _typed_in(page: str, answers: Answers, typed: Callable[[str], str]) -> str:
    """Put each answer below the line it names, inside our HTML; "" if such a line is not to be
    found in it."""
    left = set(answers) - {""}

    def with_answer(found: re.Match[str]) -> str:
        bullet = found[1] == "li"
        line = "- " * bullet + " ".join(html.unescape(re.sub("<[^>]*>", "", found[2])).split())
        if line not in left:
            return found[0]
        left.remove(line)
        words = typed(answers[line])
        return found[0] + (f"</ul>{words}<ul>" if bullet else words)

    body = HTML_LINE.sub(with_answer, _body(page))
    return "" if left else body


def _br(words: str) -> str:
    return "<br>".join(html.escape(line) for line in words.split("\n"))


def _mso(words: str) -> str:
    """Make paragraphs as Word does."""
    return "".join(
        f'<p class="MsoNormal">{html.escape(line) or "&nbsp;"}<o:p></o:p></p>'
        for line in words.split("\n")
    )


def _body(page: str) -> str:
    """Return what a client puts into its quote: the inside of body."""
    start = page.find(">", page.find("<body")) + 1 if "<body" in page else 0
    end = page.rfind("</body>")
    return page[start:end] if end > start else page[start:]
