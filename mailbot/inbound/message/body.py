"""Turn the tree of parts into what its reader saw: text and HTML, reaction, report, calendar, names
of attachments.

What stands inside a message/* part is somebody else's mail: it is named, never read as the
person's own words.
"""

from __future__ import annotations

import html as markup
import json
import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from mailbot.inbound.message import flowed, openpgp, smime, tnef
from mailbot.inbound.message.limits import Limits, Unreadable
from mailbot.inbound.message.mime import Part, Splitter
from mailbot.languages import everywhere

SIGNATURES = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
}
SMIME = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
CALENDAR = {"text/calendar", "application/ics"}
# methods of mails between calendars (RFC 5546)
INVITING = {"REPLY", "REQUEST", "COUNTER", "CANCEL"}
# nobody attaches such by hand; Apple sends its answers so (iCal 3 to 2026)
ANSWERING = {"REPLY", "COUNTER"}
RETURNED = {"message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"}


class ReportType(StrEnum):
    """What a mail reports in its machine's part. Falsy where it reports nothing."""

    NO_REPORT = ""
    DELIVERY_STATUS = "delivery-status"  # RFC 3464
    DISPOSITION_NOTIFICATION = "disposition-notification"  # RFC 8098: a read receipt
    FEEDBACK_REPORT = "feedback-report"  # RFC 5965: an abuse report


REPORTS = {
    "message/delivery-status": ReportType.DELIVERY_STATUS,
    "message/global-delivery-status": ReportType.DELIVERY_STATUS,
    "message/disposition-notification": ReportType.DISPOSITION_NOTIFICATION,
    "message/global-disposition-notification": ReportType.DISPOSITION_NOTIFICATION,
    "message/feedback-report": ReportType.FEEDBACK_REPORT,
}
# developers.google.com/workspace/gmail/reactions/format
GMAIL_REACTION = "text/vnd.google.email-reaction+json"
LONGEST_REACTION = 64  # characters; an emoji with its joiners has up to 10
LONGEST_NAME = 255
MOST_ENVELOPES = 3  # signed inside signed inside TNEF: what mail really holds
REACTED = tuple(f" {words}" for words in everywhere.written("clients", "reacted"))
LAST_LETTERLIKE = 0x218F
LONGEST_SENTENCE = 160
_TAG = re.compile(r"<[^<>]{0,1000}>")
LINES_OF_A_REACTION = 4  # the sentence stands at the very top, at most behind the picture


@dataclass(frozen=True, slots=True)
class Body:
    """What the reader of the mail saw: the parts that carry the person's words, decoded.

    Both may be there; which one carries the marks is the business of the quote reader. Where one
    part of a mail has no plain text, `text` is None and `html` has everything: no word is lost
    by choosing.
    """

    text: str | None = None  # text/plain, format=flowed already joined (RFC 3676), LF line ends
    html: str | None = None


@dataclass(slots=True)
class Contents:
    """What one mail holds."""

    body: Body = field(default_factory=Body)
    report_type: ReportType = ReportType.NO_REPORT
    report: bytes | None = None
    reported: bytes | None = None
    reaction: str | None = None
    calendar: str = ""
    encrypted: bool = False
    attachments: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)


def contents(octets: bytes, limits: Limits) -> tuple[Part, Contents]:
    """Return the top part and everything found in the mail. Raises Unreadable."""
    reader = _Reader(limits)
    top = reader.splitter.split(octets)
    found = reader.found
    found.body = _unarmoured(reader.rendered(top), found)
    if not reader.words_seen:
        found.calendar = found.calendar or reader.attached
    found.reaction = found.reaction or outlook_reaction(found.body)
    return top, found


def outlook_reaction(body: Body) -> str | None:
    """Find the emoji of a reaction of Outlook's, which has no mark but their words
    (nextcloud/mail#10961, 2025)."""
    text = body.text if body.text is not None else _TAG.sub("\n", (body.html or "")[:4000])
    lines = [line.strip() for line in text[:2000].split("\n") if line.strip()][:LINES_OF_A_REACTION]
    for line, below in pairwise([*lines, ""]):
        if _is_reaction(line, below):
            signs = "".join(filter(_is_picture, "".join(lines[:2])))
            return signs[:LONGEST_REACTION] or "👍"
    return None


def _is_reaction(line: str, below: str) -> bool:
    """Tell whether a line is the sentence of a reaction, with nothing below it but the mail it is
    about."""
    quoted = not below or below.startswith("__") or ":" in below[:20]
    said = len(line) <= LONGEST_SENTENCE and line.casefold().rstrip(": ").endswith(REACTED)
    return quoted and said


def _is_picture(sign: str) -> bool:
    return ord(sign) > LAST_LETTERLIKE and not sign.isalpha()


class _Reader:
    """Walks the parts once, top to bottom. Depth is bounded by the splitter."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.splitter = Splitter(limits)
        self.found = Contents()
        self.seen: set[str] = set()  # text/plain and text/html bodies seen so far
        self.words_seen = False
        self.attached = ""  # method of a calendar file beside the words
        self.envelopes = 0

    def rendered(self, part: Part, within: str = "") -> Body:
        """Return the body that a part shows.

        `within`: the type of the part around it, "" for the top.
        """
        body = (
            self._container(part)
            if part.kind.startswith("multipart/")
            else self._leaf(part, within)
        )
        self.found.defects += part.defects
        return body

    def _container(self, part: Part) -> Body:
        if part.kind == "multipart/encrypted":
            self.found.encrypted = True
            return Body()
        bodies = [self.rendered(child, part.kind) for child in part.children]
        return _alternatives(bodies) if part.kind == "multipart/alternative" else _in_a_row(bodies)

    def _leaf(self, part: Part, within: str) -> Body:
        if part.disposition.value == "reaction" or part.kind == GMAIL_REACTION:
            self.found.reaction = self.found.reaction or _reaction(part)
            return Body()
        if part.kind in SMIME and "certs-only" not in part.type.get("smime-type"):
            return self._smime(part)
        if part.kind in TNEF or part.name.lower() == "winmail.dat":
            return self._tnef(part)
        if self._is_body(part, within):
            return self._words(part)
        self._machine_part(part, within)
        self._name(part, within)
        return Body()

    def _is_body(self, part: Part, within: str) -> bool:
        """Tell whether a part is a text that is shown as such.

        A named one only if it is the first of its kind: some clients name the body.
        """
        if not part.kind.startswith("text/") or part.kind in CALENDAR | RETURNED:
            return False
        if part.disposition.value == "attachment":
            return not within and not part.name
        return not part.name or part.kind not in self.seen

    def _words(self, part: Part) -> Body:
        self.seen.add(part.kind)
        text = part.text()
        self.words_seen = self.words_seen or bool(text.strip())
        if part.kind == "text/html":
            return Body(html=text)
        if part.type.get("format").lower() == "flowed":
            text = flowed.joined(text, delsp=part.type.get("delsp").lower() == "yes")
        return Body(text=text)

    def _smime(self, part: Part) -> Body:
        opened = smime.opened(part.octets())
        if opened.inner is None:
            self.found.encrypted = self.found.encrypted or opened.encrypted
            if not opened.encrypted:
                self.found.defects.append("unreadable S/MIME")
            return Body()
        self.envelopes += 1
        if self.envelopes > MOST_ENVELOPES:
            raise Unreadable("too many envelopes")
        return self.rendered(self.splitter.split(opened.inner), "multipart/signed")

    def _tnef(self, part: Part) -> Body:
        wrapped = tnef.unwrapped(part.octets())
        if wrapped.text is None and wrapped.html is None:
            self.found.defects.append("unreadable winmail.dat")
        if self.words_seen:  # the text stands in the mail too; the wrapping says it once more
            return Body()
        return Body(wrapped.text, wrapped.html)

    def _machine_part(self, part: Part, within: str) -> None:
        found = self.found
        if part.kind in CALENDAR:
            self._calendar(part, within)
        elif part.kind in REPORTS and found.report is None:
            found.report_type, found.report = REPORTS[part.kind], part.octets()
        elif part.kind in RETURNED and found.reported is None:
            found.reported = part.octets()

    def _calendar(self, part: Part, within: str) -> None:
        """Take the method of a calendar part.

        A file that somebody attached to their words does not make an invitation of the mail.
        """
        method, attached = _method(part), part.disposition.value == "attachment"
        if attached and within != "multipart/alternative" and method not in ANSWERING:
            self.attached = self.attached or method
        else:
            self.found.calendar = self.found.calendar or method

    def _name(self, part: Part, within: str) -> None:
        """List an attachment by its name."""
        if _is_of_machine(part, within) or _is_shown_picture(part, within):
            return
        name = cleaned(part.name) or ("message.eml" if part.kind in RETURNED else "")
        if name:
            self.found.attachments.append(name)


def _is_of_machine(part: Part, within: str) -> bool:
    return part.kind in SIGNATURES or part.kind in REPORTS or within == "multipart/report"


def _is_shown_picture(part: Part, within: str) -> bool:
    """Tell whether a picture belongs to the text (a logo): that is no document."""
    if not part.kind.startswith("image/"):
        return False
    inline = part.disposition.value == "inline" or within == "multipart/related"
    return inline or "content-id" in part.head.fields


def cleaned(name: str) -> str:
    """Return a file name without its path, whatever system wrote it, without control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable()).strip(" .")[:LONGEST_NAME]


def _method(part: Part) -> str:
    """Return what a calendar asks of its reader, "" where it is just a file."""
    words = part.octets()[:4000].upper().split()
    said = next(
        (word[7:].decode("ascii", "replace") for word in words if word.startswith(b"METHOD:")), ""
    )
    method = said or part.type.get("method").upper()
    return method if method in INVITING else ""


def _alternatives(bodies: list[Body]) -> Body:
    """Choose among the same words several times: the first plain text, the last HTML (RFC 2046
    section 5.1.4). A blank text beside HTML (Outlook, some phones) is no text."""
    texts = [body.text for body in bodies if body.text is not None]
    pages = [body.html for body in bodies if body.html is not None]
    worded = next(filter(str.strip, texts), None)
    if not pages:
        return Body(worded if worded is not None else next(iter(texts), None))
    return Body(worded, pages[-1])


def _in_a_row(bodies: list[Body]) -> Body:
    """Put one part below the other: a list's footer, a gateway's warning, Apple's text around
    pictures."""
    filled = [body for body in bodies if (body.text or body.html or "").strip()]
    if not filled:
        return bodies[0] if bodies else Body()
    texts = [body.text for body in filled if body.text is not None]
    text = "\n".join(texts) if len(texts) == len(filled) else None
    if all(body.html is None for body in filled):
        return Body(text)
    return Body(text, "\n".join(map(_page, filled)))


def _page(body: Body) -> str:
    return _as_html(body.text or "") if body.html is None else body.html


def _as_html(text: str) -> str:
    return "<div>" + markup.escape(text, quote=False).replace("\n", "<br>\n") + "</div>"


def _reaction(part: Part) -> str | None:
    text = part.text().strip()
    if part.kind == GMAIL_REACTION:
        try:
            read = json.loads(text[:1000])
        except (ValueError, RecursionError):
            return None
        text = str(read.get("emoji", "")) if isinstance(read, dict) else ""
    return text.split("\n")[0][:LONGEST_REACTION] or None


def _unarmoured(body: Body, found: Contents) -> Body:
    """Return a body without the frames of PGP.

    Where the text has one, the HTML beside it is left: it says the same once more.
    """
    text, encrypted = openpgp.clear(body.text or "")
    framed = body.text is not None and text != body.text
    page, also = (None, False) if framed or body.html is None else openpgp.clear_page(body.html)
    found.encrypted = found.encrypted or encrypted or also
    return Body(text if framed else body.text, page)
