"""Send + template -> finished bytes with a fixed Message-ID. Whoever composes sees only what the
reader may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from itertools import product
from urllib.parse import quote

from mailbot.errors import Bug, OperatorError
from mailbot.languages.day_names import Calendar, day_names
from mailbot.meeting.model import SCHEDULED, Purpose, Role
from mailbot.meeting.sends import Send
from mailbot.outbound.letter import Letter
from mailbot.outbound.mime_writer import (
    header,
    id_header,
    mailbox_header,
    message,
    usable_id,
    wire_address,
)
from mailbot.outbound.samples import AT, SERIES, bare, example
from mailbot.outbound.templates import Language, Templates
from mailbot.outbound.writer import Writer, names_of
from mailbot.threads.characters import one_line
from mailbot.threads.message_id import message_id
from mailbot.threads.token import ReplyTarget, ReplyTokens, reply_address, root


@dataclass(frozen=True, slots=True)
class Finished:
    """One mail, ready to leave."""

    id: str  # Message-ID without angle brackets
    recipient: str
    raw: bytes
    text: str  # the text/plain part as sent


class Composer:
    def __init__(
        self, sources: dict[str, str], address: str, tokens: ReplyTokens, *, plus: bool = True
    ) -> None:
        """Read all templates and try them. `sources`: "en/agenda.txt" -> text. `plus`: whether mail
        to address+TOKEN arrives.

        Raises OperatorError with file and line of a mistake.
        """
        self._templates = Templates(sources)
        self._address = wire_address(address)
        self._tokens, self._plus = tokens, plus
        self._try_all()

    @property
    def address(self) -> str:
        """mailbot's own."""
        return self._address

    def compose(self, series: str, send: Send, at: datetime, in_reply_to: str = "") -> Finished:
        """Write one mail. `at`: its Date, UTC. `in_reply_to`: Message-ID of the mail this one
        answers."""
        place = ReplyTarget(series, send.meeting, send.to, send.purpose, send.serial)
        token, first = self._tokens.make(place), self._tokens.make(root(place))
        language = self._templates.language(send.reader.language)
        letter = self._letter(send, language, at, token)
        rendered = self._templates.render(language, letter)
        threads = _thread_headers(message_id(self._address, first), in_reply_to)
        sender = f"{_pair(send)} ({language.phrases('assistant')})"
        subject = f"Re: {rendered.subject}" if usable_id(in_reply_to) else rendered.subject
        headers = [
            *self._headers(send, sender, subject, token),
            f"Date: {format_datetime(at)}",
            *threads,
        ]
        raw = message(headers, rendered.text, rendered.html, token)
        return Finished(
            message_id(self._address, token), wire_address(send.reader.address), raw, rendered.text
        )

    def _try_all(self) -> None:
        """Fill every template once, with much and with little: what a compiler cannot see stops
        the start too."""
        for language, purpose in product(self._templates.languages, Purpose):
            for send in (example(purpose), bare(purpose)):
                try:
                    self.compose(
                        SERIES, replace(send, reader=replace(send.reader, language=language)), AT
                    )
                # a sentence the template asks for and phrases.txt does not have
                except Bug as error:
                    raise OperatorError(str(error)) from error

    def _letter(self, send: Send, language: Language, at: datetime, token: str) -> Letter:
        calendar = Calendar(day_names(language.name), send.reader.zone, send.other.zone, at)
        subject = _subject(send, calendar)
        link = f"mailto:{self._reply_to(token)}?subject={quote(f'Re: {subject}', safe='')}&body="
        return Writer(send, calendar, language.phrases, language.name).letter(
            language.prompts, subject, token, link
        )

    def _headers(self, send: Send, sender: str, subject: str, token: str) -> Iterator[str]:
        yield mailbox_header("From", sender, self._address)
        yield mailbox_header("To", one_line(send.reader.name)[:80], send.reader.address)
        yield mailbox_header("Reply-To", sender, self._reply_to(token))
        yield header("Subject", subject)
        yield id_header("Message-ID", [message_id(self._address, token)])
        # RFC 3834 section 5: "auto-replied" for an answer to a mail, "auto-generated" for what time
        # caused.
        yield f"Auto-Submitted: {'auto-replied' if send.answers else 'auto-generated'}"
        # Exchange: no out-of-office, rule or receipt answers to us, yet bounces, which "All" would
        # stop (MS-OXCMAIL).
        yield "X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN"
        # Outlook's reactions come as mails without a mark (zammad issue 5941)
        yield "x-ms-reactions: disallow"
        if send.purpose in SCHEDULED and not send.answers:
            yield f"List-Unsubscribe: <mailto:{self._reply_to(token)}?subject=stop&body=stop>"

    def _reply_to(self, token: str) -> str:
        """Without the token, an answer is found by the ids that it names."""
        return reply_address(self._address, token) if self._plus else self._address


def _pair(send: Send) -> str:
    names = names_of(send)
    return f"1:1 {names[Role.REPORT]} / {names[Role.MANAGER]}"


def _subject(send: Send, calendar: Calendar) -> str:
    """Write one subject for all mails of a meeting, whatever moves: Gmail threads by subject and
    References together (workspaceupdates.googleblog.com, March 2019)."""
    start = send.planned or send.start
    if not send.meeting or start is None:
        return _pair(send)
    return f"{_pair(send)}, {calendar.thread_day(start, send.zone)}"


def _thread_headers(first: str, answered: str) -> list[str]:
    """Name the root in every mail of the meeting; it is never sent, so threads hold when a mail in
    between is missing."""
    if not usable_id(answered):
        return [id_header("In-Reply-To", [first]), id_header("References", [first])]
    return [id_header("In-Reply-To", [answered]), id_header("References", [first, answered])]
