"""Write the mails that belong to no series, to the operator and to people who cannot be placed,
and keep the values that go with them. Nobody is written to twice a day about one thing."""

from __future__ import annotations

import hashlib
import html
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any, TypeVar

from mailbot.inbound.message.parse import Unreadable
from mailbot.meeting.model import Purpose, Role
from mailbot.outbound import mime_writer
from mailbot.service.intake.authority import Standing
from mailbot.service.intake.finding import Finding
from mailbot.service.intake.pipeline import POSTMASTER_SERIES
from mailbot.service.operations.digest import Day, daily
from mailbot.service.operations.operator_texts import PlainText
from mailbot.service.operations.settings import Settings
from mailbot.service.step import NoticeKind
from mailbot.store.lookup import stored_of
from mailbot.store.protocol import (
    ACCEPTED,
    Change,
    CommitResult,
    Key,
    Mail,
    Store,
    instant,
    mapping,
    number,
    optional,
    tally_key,
)
from mailbot.store.update import update
from mailbot.threads.message_id import message_id
from mailbot.threads.subject import told_apart
from mailbot.threads.token import ReplyTarget, ReplyTokens

log = logging.getLogger(__name__)
T = TypeVar("T")

SERIALS = 65_535  # a token has 16 bits for them
ONCE = timedelta(days=1)
DIGEST_HOUR = 7  # UTC; the first tick after it
SENT = "answer: sent"
KEPT = 200  # addresses that were written to today

TOLD: Key[dict[str, str]] = Key("told", mapping)  # when the operator was last told, by kind
ASKED: Key[dict[str, str]] = Key("asked", mapping)  # when a person was answered, by checksum
DIGEST_AT: Key[datetime | None] = Key("digest", instant)  # when it was last written
LOST: Key[str | None] = Key("operator_lost", optional)  # the operator's address, if mails bounce
LAST_SERIAL: Key[int] = Key("desk_serial", number)


class Postmaster:
    """`operator` "": nobody is told; the journal and the log have it all the same."""

    def __init__(self, store: Store, tokens: ReplyTokens, address: str, settings: Settings) -> None:
        self._store, self._tokens, self._address = store, tokens, address
        self.texts, self._display = settings.texts, settings.display
        self.operator = settings.operator

    # ---- to the operator ----

    @property
    def has_operator(self) -> bool:
        return bool(self.operator)

    def tell(self, kind: NoticeKind, now: datetime, detail: str = "") -> None:
        """Write a notice to the operator, unless this kind was told today. Raises Temporary: then
        nothing was told."""

        def told() -> Change | None:
            told = self._store.recall(TOLD)
            if kind in told and now - datetime.fromisoformat(told[kind]) < ONCE:
                return None
            mails = self._to_operator(self.texts.notice(kind, detail), now)
            return self._change("", mails, {TOLD.name: {**told, str(kind): now.isoformat()}})

        update(self._store, told)

    def digest_is_due(self, now: datetime) -> bool:
        """Say whether the digest of this day is still to be written. The first day only starts the
        count."""
        last = self._store.recall(DIGEST_AT)
        if last is None:
            self.keep(DIGEST_AT, lambda _: now.isoformat())
        return last is not None and last < _latest_morning(now)

    def digest(self, day: Day, now: datetime) -> None:
        """Write the digest that is due, once; what the postmaster counts is filled in."""
        last, told = self._store.recall(DIGEST_AT), self._store.recall(TOLD)
        since = last or now
        day = replace(
            day,
            since=since,
            entries=tuple(entry for entry in day.entries if entry.at > since),
            sent=self._store.recall(tally_key(ACCEPTED, since, now)).number,
            trouble=tuple(k for k, at in told.items() if datetime.fromisoformat(at) > since),
        )

        def written() -> Change | None:
            if self._store.recall(DIGEST_AT) != last:
                return None  # by another worker
            mails = self._to_operator(daily(day, self.texts), now)
            return self._change("", mails, {DIGEST_AT.name: now.isoformat()})

        update(self._store, written)

    def lost(self) -> None:
        """Note that mails to the operator do not arrive. The log is what is left; a start tries
        again."""
        if not self._is_lost():
            log.error(
                "mails to the operator do not arrive; put another address into config.toml and "
                "start mailbot again",
                extra={"action": "operator_lost"},
            )
        self.keep(LOST, lambda _: self.operator)

    def started(self) -> None:
        """Try again whether mails to the operator arrive."""
        self.keep(LOST, lambda _: None)

    def _is_lost(self) -> bool:
        """Say whether mails to the present address of the operator have bounced."""
        return self._store.recall(LOST) == self.operator

    def _to_operator(self, text: PlainText, now: datetime) -> tuple[Mail, ...]:
        """Make the mail to the operator, if there is one who can be reached."""
        return (
            (self._letter(self.operator, text, Purpose.NOTICE, now),)
            if self.operator and not self._is_lost()
            else ()
        )

    # ---- to people ----

    def answer(self, to: str, text: PlainText, now: datetime, answered: str) -> str:
        """Answer a mail (`answered`: its Message-ID) of somebody our server vouches for, once a
        day about one thing. Returns, for the trace, whether it was sent, or why not."""
        about = hashlib.sha256(f"{to} {text.subject}".encode()).hexdigest()[:16]

        became = SENT

        def asked() -> Change | None:
            nonlocal became
            asked = self._store.recall(ASKED)
            recent = {k: at for k, at in asked.items() if now - datetime.fromisoformat(at) < ONCE}
            became = _became(about, recent)
            if became != SENT:
                return None
            mail = self._letter(to, text, Purpose.PROBLEM, now, answered)
            return self._change("", (mail,), {ASKED.name: {**recent, about: now.isoformat()}})

        update(self._store, asked)
        return became

    def ask_which(self, finding: Finding | Unreadable, now: datetime) -> tuple[str, ...]:
        """Ask a person with several 1:1s, surely, about a mail that names none of them. Returns
        the trace of it; (): nobody is to be asked."""
        if not isinstance(finding, Finding) or finding.author.standing is not Standing.SURE:
            return ()
        titles = told_apart(each.series for each in stored_of(self._store, finding.address))
        text, answered = self.texts.which(titles), finding.inbound.message_id
        return (self.answer(finding.address, text, now, answered),)

    # ---- how ----

    def post(self, cause: str, make: Callable[[], tuple[Mail, Mapping[str, Any]]]) -> CommitResult:
        """Commit a mail, and values with it, that `make` makes under `next_serial`; again if
        another worker was faster."""

        def posted() -> Change:
            mail, values = make()
            return self._change(cause, (mail,), values)

        return update(self._store, posted)

    def keep(self, key: Key[T], make: Callable[[T], Any]) -> None:
        """Replace a value by what `make` makes of it; nothing is written if it is so already."""

        def kept() -> Change | None:
            before = self._store.recall(key)
            after = make(before)
            return None if after == before else Change("", values={key.name: after})

        update(self._store, kept)

    def next_serial(self) -> int:
        """Number the next mail that belongs to no series; 16 bits, then it begins again."""
        return self._store.recall(LAST_SERIAL) % SERIALS + 1

    def _change(self, cause: str, mails: tuple[Mail, ...], values: Mapping[str, Any]) -> Change:
        """Gather a commit of no series; a mail in it takes its serial."""
        serial = {LAST_SERIAL.name: self.next_serial()} if mails else {}
        return Change(cause, mails=mails, values={**values, **serial})

    def _letter(
        self, to: str, text: PlainText, purpose: Purpose, now: datetime, answered: str = ""
    ) -> Mail:
        """Write a mail by hand: no template and no meeting. Its id is a token, so that it is known
        when it comes back or bounces."""
        serial = self.next_serial()
        token = self._tokens.make(ReplyTarget(POSTMASTER_SERIES, 0, Role.MANAGER, purpose, serial))
        name = message_id(self._address, token)
        usable = mime_writer.usable_id(answered)
        headers = [
            mime_writer.mailbox_header("From", self._display, self._address),
            mime_writer.mailbox_header("To", "", to),
            mime_writer.header("Subject", text.subject),
            mime_writer.id_header("Message-ID", [name]),
            f"Auto-Submitted: {'auto-replied' if answered else 'auto-generated'}",
            "X-Auto-Response-Suppress: OOF, AutoReply, RN, NRN",
            f"Date: {format_datetime(now)}",
            *(
                [
                    mime_writer.id_header("In-Reply-To", [answered]),
                    mime_writer.id_header("References", [answered]),
                ]
                if usable
                else []
            ),
        ]
        page = f'<pre style="white-space: pre-wrap; font: inherit">{html.escape(text.body)}</pre>'
        raw = mime_writer.message(headers, text.body, page, token)
        return Mail(
            name,
            self._address,
            mime_writer.wire_address(to),
            raw,
            text.body,
            purpose,
            serial=serial,
        )


def _became(about: str, recent: Mapping[str, str]) -> str:
    """Say, for the trace, what becomes of an answer, by those of the last 24 hours."""
    if about in recent:
        return "answer: told within a day"
    if len(recent) >= KEPT:
        return f"answer: {KEPT} were sent within a day"
    return SENT


def _latest_morning(now: datetime) -> datetime:
    """Find the last instant at which a digest was due."""
    morning = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return morning if morning <= now else morning - timedelta(days=1)
