"""The public test kit: a clock that is told the time, a tray for what leaves, and people who answer
like people do.

Used by the tests and by `mailbot demo`; nothing in it is a patch point of the product.
"""

from __future__ import annotations

import email
import email.policy
import email.utils
import hashlib
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from email.header import decode_header, make_header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesHeaderParser
from email.utils import format_datetime, parseaddr
from functools import cache, cached_property
from pathlib import Path

from mailbot.config.shipped import template_sources
from mailbot.inbound.triage.auth import Policy
from mailbot.meeting.model import Cadence, Person
from mailbot.outbound.compose import Composer
from mailbot.service.app import Mailbot, Settings
from mailbot.service.delivery.dispatcher import Dispatcher, drain
from mailbot.service.intake.pipeline import Reader
from mailbot.store.memory import Memory
from mailbot.store.protocol import Entry, Store
from mailbot.store.raw_mail import RawMailStore
from mailbot.threads.token import ReplyTokens
from mailbot.transport.protocol import Mailer


@dataclass
class FakeClock:
    """Says what it was told."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def forward(self, to: datetime) -> None:
        assert to >= self.at, "this clock only goes forward"
        self.at = to


@dataclass(frozen=True)
class Got:
    """A mail as its reader sees it; parsed when it is looked at."""

    raw: bytes
    recipient: str = ""
    zone: tzinfo = UTC  # of the mail program that shows it

    @cached_property
    def message(self) -> Message:
        return email.message_from_bytes(self.raw)

    def header(self, name: str) -> str:
        return str(make_header(decode_header(self.message[name] or "")))

    @property
    def subject(self) -> str:
        return self.header("Subject")

    @property
    def id(self) -> str:
        """Message-ID with its angle brackets."""
        # without parsing the mail: a year of them is looked at
        head = self.raw[: self.raw.index(b"\r\n\r\n")]
        return head.partition(b"Message-ID:")[2].split(maxsplit=1)[0].decode()

    @property
    def text(self) -> str:
        return self._part("text/plain")

    @property
    def html(self) -> str:
        return self._part("text/html")

    @property
    def at(self) -> datetime:
        return email.utils.parsedate_to_datetime(self.message["Date"]).astimezone(self.zone)

    def _part(self, kind: str) -> str:
        found = (part for part in self.message.walk() if part.get_content_type() == kind)
        content = next((part.get_payload(decode=True) for part in found), b"")
        assert isinstance(content, bytes)
        return content.decode().replace("\r\n", "\n")


def got(raw: bytes, recipient: str = "") -> Got:
    return Got(raw, recipient)


@dataclass
class Tray:
    """A Mailer whose server takes everything: what left, in order."""

    mails: list[Got] = field(default_factory=list)

    # the protocol names it
    def send(self, sender: str, recipient: str, raw: bytes) -> None:  # noqa: ARG002
        self.mails.append(Got(raw, recipient))

    def close(self) -> None:
        """Nothing to close."""

    def to(self, address: str) -> list[Got]:
        return [mail for mail in self.mails if mail.recipient == address]


# ---- people who answer ----

Answers = dict[str, str]  # words by the line of our mail they are typed under; "" is on top


def answer(
    mail: Got, author: str, words: str | Answers, at: datetime, client: str = "gmail"
) -> bytes:
    """A reply to `mail` as this client would send it. `words`: on top, or typed under the quoted
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


def _between(lines: list[str], answers: Answers, quote: Callable[[str], str]) -> Iterator[str]:
    """The quoted lines, each with what is typed under it."""
    for line in lines:
        yield quote(line)
        if line.strip() and line.strip() in answers:
            yield from ("", answers[line.strip()], "")


def _gmail(mail: Got, answers: Answers) -> tuple[str, str]:
    """Attribution and "> ", the HTML in div.gmail_quote (Gmail web, 2025)."""
    when = mail.at.strftime("%a, %b %-d, %Y at %-I:%M\u202f%p")
    attribution = f"On {when} {mail.header('From')} wrote:"
    quoted = _between(
        mail.text.rstrip("\n").split("\n"), answers, lambda line: f"> {line}".rstrip()
    )
    plain = "\n".join([answers.get("", ""), "", attribution, "", *quoted, ""])
    style = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"
    quote = f'<blockquote class="gmail_quote" style="{style}">'
    body = _typed_in(
        mail.html, answers, lambda words: f"</div></blockquote><div>{_br(words)}</div>{quote}<div>"
    )
    rich = (
        f'<div dir="ltr">{_br(answers.get("", ""))}</div><br><div class="gmail_quote '
        'gmail_quote_container"><div '
        'dir="ltr" '
        f'class="gmail_attr">{html.escape(attribution)}<br></div>{quote}{body}</blockquote></div>'
    )
    return plain, rich if body else ""


def _outlook(mail: Got, answers: Answers) -> tuple[str, str]:
    """A header block and no quote mark at all (Outlook for Windows and the web, 2025)."""
    header = (
        f"From: {mail.header('From')}\nSent: {mail.at:%A, %B %d, %Y %I:%M %p}\nTo: "
        f"{mail.header('To')}\n"
        f"Subject: {mail.subject}\n"
    )
    quoted = _between(mail.text.rstrip("\n").split("\n"), answers, lambda line: line)
    plain = "\n".join([answers.get("", ""), "", header, *quoted, ""])
    return plain, ""


def _apple(mail: Got, answers: Answers) -> tuple[str, str]:
    """Attribution, "> ", and the phone's footer under what was typed on top (Mail for iOS,
    2025)."""
    when = mail.at.strftime("%b %-d, %Y, at %-I:%M\u202f%p")
    quoted = _between(
        mail.text.rstrip("\n").split("\n"), answers, lambda line: f"> {line}".rstrip()
    )
    attribution = f"> On {when}, {mail.header('From')} wrote:"
    return "\n".join(
        [answers.get("", ""), "", "Sent from my iPhone", "", attribution, "> ", *quoted, ""]
    ), ""


def _outlook_html(mail: Got, answers: Answers) -> tuple[str, str]:
    """The same with the HTML that Outlook for Windows makes of it: a rule, a header block, no
    quote mark either."""
    names = {
        "From": mail.header("From"),
        "Sent": f"{mail.at:%A, %B %d, %Y %I:%M %p}",
        "To": mail.header("To"),
        "Subject": mail.subject,
    }
    block = "<br>".join(f"<b>{name}:</b> {html.escape(value)}" for name, value in names.items())
    body = _typed_in(mail.html, answers, _mso)
    rich = (
        '<html><body lang="EN-US" link="#0563C1"><div '
        f'class="WordSection1">{_mso(answers.get("", ""))}'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div '
        'style="border:none;border-top:solid #E1E1E1 1.0pt;'
        f'padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{block}<o:p></o:p></p></div></div>'
        f"{body}</div></body></html>"
    )
    return _outlook(mail, answers)[0], rich if body else ""


def _apple_html(mail: Got, answers: Answers) -> tuple[str, str]:
    """The same with the HTML of an iPhone: the quote is cut in two where something is typed
    between its lines."""
    attribution = html.escape(
        f"On {mail.at:%b %-d, %Y, at %-I:%M\u202f%p}, {mail.header('From')} wrote:"
    )
    cut = (
        '</div></div></blockquote><div dir="ltr">{}</div><blockquote type="cite"><div '
        'dir="ltr"><div>'
    )
    body = _typed_in(mail.html, answers, lambda words: cut.format(_br(words)))
    rich = (
        f'<html><body dir="auto"><div dir="ltr">{_br(answers.get("", ""))}</div><div '
        'dir="ltr"><br>Sent from my '
        'iPhone</div><div dir="ltr"><br><blockquote '
        f'type="cite">{attribution}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">{body}</div></blockquote></body></html>'
    )
    return _apple(mail, answers)[0], rich if body else ""


CLIENTS: dict[str, Callable[[Got, Answers], tuple[str, str]]] = {
    "gmail": _gmail,
    "outlook": _outlook,
    "apple": _apple,
    "outlook_html": _outlook_html,
    "apple_html": _apple_html,
}

# of a mail of ours: heading, paragraph, bullet
HTML_LINE = re.compile(r"<(h3|p|li)\b[^>]*>(.*?)</\1>", re.DOTALL)


def _typed_in(page: str, answers: Answers, typed: Callable[[str], str]) -> str:
    """The inside of our HTML with each answer below the line it names; "" if such a line is not
    to be found in it."""
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
    """Paragraphs as Word makes them."""
    return "".join(
        f'<p class="MsoNormal">{html.escape(line) or "&nbsp;"}<o:p></o:p></p>'
        for line in words.split("\n")
    )


def _body(page: str) -> str:
    """What a client puts into its quote: the inside of body."""
    start = page.find(">", page.find("<body")) + 1 if "<body" in page else 0
    end = page.rfind("</body>")
    return page[start:end] if end > start else page[start:]


# ---- an installation ----


ADDRESS = "mailbot@corp.example"
TOKENS = ReplyTokens((b"a key of this house alone",))


@cache
def _composer(address: str, tokens: ReplyTokens, *, plus: bool) -> Composer:
    """Compiling the templates takes longer than most of what a house lives through."""
    return Composer(template_sources(), address, tokens, plus=plus)


class House:
    """A whole mailbot on a clock that is told the time, with trays instead of servers. What
    people get is in `tray`."""

    def __init__(
        self,
        at: datetime,
        folder: Path,
        store: Store | None = None,
        domains: tuple[str, ...] = (),
        *,
        authserv_id: str = "mx.corp.example",
        operator: str = "",
        plus: bool = True,
        address: str = ADDRESS,
        tokens: ReplyTokens = TOKENS,
    ) -> None:
        self.clock = FakeClock(at)
        self.tray = Tray()
        self.store = store or Memory()
        policy = Policy(authserv_id=authserv_id)
        reader = Reader(tokens, address, policy, domains)
        composer = _composer(address, tokens, plus=plus)
        self.mailbot = Mailbot(
            self.store,
            reader,
            composer,
            quarantine=RawMailStore(folder / "quarantine"),
            held=RawMailStore(folder / "held"),
            settings=Settings(operator=operator),
        )
        self.dispatcher = Dispatcher(self.mailbot.step, self.mailbot.postmaster)
        self.outcomes: list[Entry] = []

    def pairs(self, *pairs: tuple[Person, Person, Cadence]) -> None:
        self.mailbot.configure(pairs, self.clock.at)

    def until(self, at: datetime) -> None:
        """Let time pass: everything that is owed on the way is sent when it is due."""
        while (due := self.next_due()) is not None and due <= at:
            self.clock.at = max(due, self.clock.at)
            self.work()
        self.clock.at = at
        self.work()

    def work(self) -> None:
        self.mailbot.tick(self.clock.at)
        self.drain()

    def drain(self, mailer: Mailer | None = None, at: datetime | None = None) -> int:
        """Send what may leave now, to the tray or to another server; return how many left."""
        return drain(self.dispatcher, mailer or self.tray, at or self.clock.at)

    def next_due(self) -> datetime | None:
        stored = (self.store.load(name) for name in self.store.find())
        return min((s.series.next_due for s in stored if s and s.series.next_due), default=None)

    def receive(self, raw: bytes, *, vouched: bool = True) -> Entry:
        """A mail arrives. `vouched`: our own mail server says that its sender's domain passed."""
        if vouched:
            raw = (
                b"Authentication-Results: mx.corp.example; dmarc=pass header.from="
                + _domain(raw)
                + b"\r\n"
                + raw
            )
        entry = self.mailbot.take(f"test/{len(self.outcomes)}", raw, self.clock.at)
        self.outcomes.append(entry)
        self.drain()
        return entry

    def answers(self, mail: Got, author: str, words: str | Answers, client: str = "gmail") -> Entry:
        """Somebody answers a mail of ours, now."""
        return self.receive(answer(mail, author, words, self.clock.at, client))


def _domain(raw: bytes) -> bytes:
    author = BytesHeaderParser().parsebytes(raw).get("From", "")
    return parseaddr(author)[1].rpartition("@")[2].encode()
