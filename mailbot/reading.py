"""A raw mail -> what it is, whose it is, and what it says to which series. Writes nothing: `explain` shows just this.

Steps 2 to 5 of a mail's path: message, guard, thread and sender, quote and grammar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from mailbot.mail.bounce import Report, read_report
from mailbot.mail.grammar import Context, understand
from mailbot.mail.guard import Judged, judge
from mailbot.mail.message import Inbound, Limits, parse
from mailbot.mail.quote import Reply, new_lines
from mailbot.mail.sender import Policy, Proof, Verdict, authenticate
from mailbot.mail.thread import Found, Place, Tokens, find, signed_by_us
from mailbot.meeting.events import Answered, Away, Bounced, Event
from mailbot.meeting.model import Purpose, Role, Stage
from mailbot.meeting.said import NewSeries, Said
from mailbot.meeting.schedule import local
from mailbot.store import Store, Stored

AFTER = (Purpose.NOTES_REQUEST, Purpose.SUMMARY)
SIGNED = ("token", "reference", "root")
MONTH_FIRST = ("US", "PH", "PW", "FM", "MH")  # countries that write 3/4 for 4 March (CLDR 46, yMd patterns)


class Standing(StrEnum):
    """How sure we are that the author is a person on file."""

    SURE = "sure"  # address on file, and our own server vouches for it
    UNVERIFIED = "unverified"  # address on file and a token of ours, and nobody ever vouched for the domain
    DOUBTFUL = "doubtful"  # a token of ours, and something is wrong with the author: held
    STRANGER = "stranger"  # nobody we know


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was found out about one mail."""

    inbound: Inbound
    judged: Judged
    proof: Proof
    found: Found | None = None
    stored: Stored | None = None  # the series it belongs to
    role: Role | None = None  # of the author; of the address on file when the standing is doubtful
    standing: Standing = Standing.STRANGER
    reply: Reply | None = None
    said: tuple[Said, ...] = ()
    event: Event | None = None  # what it means to the series; None: nothing happens
    outcome: str = "ignored"  # when there is no event
    reason: str = ""
    trace: tuple[str, ...] = ()

    @property
    def new_series(self) -> NewSeries | None:
        return next((s for s in self.said if isinstance(s, NewSeries)), None)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads mails for one installation. All of it are plain values."""

    tokens: Tokens
    address: str
    policy: Policy = field(default_factory=Policy)
    domains: tuple[str, ...] = ()  # whose managers may start a series by mail
    limits: Limits = field(default_factory=Limits)

    def read(self, raw: bytes, store: Store, now: datetime, *, vouched: bool = False) -> Reading:
        """Raises Unreadable. `vouched`: the address on file confirmed that it wrote this."""
        inbound = parse(raw, self.limits)
        judged = judge(inbound, self.address, signed_by_us(inbound, self.tokens))
        proof = authenticate(inbound, self.policy)
        reading = Reading(inbound, judged, proof, trace=(*judged.trace, *proof.trace))
        match judged.kind:
            case "bounce":
                return self._bounced(reading, store)
            case "content" | "away" | "reaction":
                return self._placed(reading, store, now, vouched=vouched)
            case _:
                return replace(reading, reason=judged.reason)

    # ---- reports ----

    def _bounced(self, reading: Reading, store: Store) -> Reading:
        report = read_report(reading.inbound)
        place = self._place_of(report) if report else None
        stored = store.load(place.series) if place else None
        if report is None or place is None or stored is None:
            return replace(reading, outcome="set_aside", reason="a report about no mail of ours")
        event = Bounced(place.role, report.hard and report.against_address)
        return replace(reading, stored=stored, role=place.role, event=event, reason=f"status {report.status}")

    def _place_of(self, report: Report) -> Place | None:
        places = (self.tokens.read(name.partition("@")[0]) for name in report.ids)
        return next((place for place in places if place is not None), None)

    # ---- people ----

    def _placed(self, reading: Reading, store: Store, now: datetime, *, vouched: bool) -> Reading:
        found = find(reading.inbound, self.tokens, self.address)
        stored = store.load(found.place.series) if found else None
        reading = replace(reading, found=found if stored else None, stored=stored)
        if reading.inbound.author is None:
            reason = f"From is {reading.inbound.author_defect}"
            return replace(reading, outcome="set_aside", reason=reason)
        if stored is None:
            reading = self._by_author(reading, store)
        reading = self._who(reading, store, vouched=vouched)
        reading = replace(reading, trace=(*reading.trace, self._where(reading), f"author: {reading.standing}"))
        if reading.standing is Standing.STRANGER:
            return self._stranger(reading, now)
        return self._meaning(reading, now)

    def _where(self, reading: Reading) -> str:
        return f"place: by {reading.found.by}" if reading.found else "place: no id or token of ours"

    def _by_author(self, reading: Reading, store: Store) -> Reading:
        """No id of ours: a person with one series, or whose subject names one of theirs, means that one."""
        author = reading.inbound.author
        stored = [s for name in (store.find(author.address) if author else ()) if (s := store.load(name))]
        if len(stored) > 1:
            subject = reading.inbound.subject.casefold()
            named = [s for s in stored if _title(s).casefold() in subject]
            stored = named if len(named) == 1 else stored
        reason = "several series" if len(stored) > 1 else ""
        return replace(reading, stored=stored[0] if stored else None, reason=reason)

    def _who(self, reading: Reading, store: Store, *, vouched: bool) -> Reading:
        """Authority: the address on file, and what our own server says of its domain. The token only routes."""
        stored, author, verdict = reading.stored, reading.inbound.author, reading.proof.verdict
        if stored is None or author is None:
            return reading
        role = stored.series.role_of(author.address)
        signed = reading.found is not None and reading.found.by in SIGNED
        if vouched and reading.found is not None:
            return replace(reading, role=role or reading.found.place.role, standing=Standing.SURE)
        if role is None and reading.found is not None and signed:
            return replace(reading, role=reading.found.place.role, standing=Standing.DOUBTFUL)
        if role is None:
            return reading
        if verdict is Verdict.PASS:
            return replace(reading, role=role, standing=Standing.SURE)
        passed: Mapping[str, bool] = store.recall("passed") or {}
        downgraded = author.address.rpartition("@")[2] in passed
        if verdict is Verdict.FAIL or downgraded:
            standing = Standing.DOUBTFUL if signed else Standing.STRANGER
            return replace(reading, role=role, standing=standing, reason="downgrade" if downgraded else "failed")
        return replace(reading, role=role, standing=Standing.UNVERIFIED if signed else Standing.DOUBTFUL)

    def _stranger(self, reading: Reading, now: datetime) -> Reading:
        """Nobody on file. A manager of an allowed domain may start a series; all others get silence."""
        author = reading.inbound.author
        domain = author.address.rpartition("@")[2] if author else ""
        reading = replace(reading, stored=None, role=None)
        if reading.judged.kind == "content" and domain in self.domains:
            reply = new_lines(reading.inbound.body)
            said = understand(reply, Context(Role.MANAGER, now, after_meeting=False))
            reading = replace(reading, reply=reply, said=said)
            if reading.new_series:
                return replace(reading, outcome="new", reason="a new series")
        return replace(reading, outcome="ignored", reason="stranger")

    # ---- words ----

    def _meaning(self, reading: Reading, now: datetime) -> Reading:
        stored, role = reading.stored, reading.role
        assert stored is not None
        assert role is not None
        if reading.judged.kind == "reaction" or reading.inbound.reaction:
            return replace(reading, outcome="noted", reason="reaction")
        if reading.judged.kind == "away":
            return replace(reading, event=Away(role), reason="away")
        sent = self._sent_text(reading)
        reply = new_lines(reading.inbound.body, sent)
        context = self._context(reading, now)
        said = understand(reply, context)
        place = reading.found.place if reading.found else None
        event = Answered(
            role, said, place.meeting if place else None, place.purpose if place else None,
            reading.inbound.attachments, _facts(reading, reply, said), may_answer=reading.judged.may_answer,
        )
        return replace(reading, reply=reply, said=said, event=event)

    def _sent_text(self, reading: Reading) -> str | None:
        """The very text the person answered; of the same meeting and reader, if just that one is gone."""
        if reading.stored is None or reading.found is None:
            return None
        place = reading.found.place
        mine = [s for s in reading.stored.sent if s.meeting == place.meeting]
        exact = [s for s in mine if s.serial == place.serial]
        near = exact or [s for s in mine if s.to is place.role] or mine
        return near[-1].text if near else None

    def _context(self, reading: Reading, now: datetime) -> Context:
        assert reading.stored is not None
        assert reading.role is not None
        series, role = reading.stored.series, reading.role
        place = reading.found.place if reading.found else None
        person = series.person(role)
        meeting = next((m for m in series.meetings if place is not None and m.number == place.meeting), None)
        upcoming = next((m for m in series.meetings if m.stage not in (Stage.HELD, Stage.CLOSED)), None)
        past = meeting is not None and meeting.stage in (Stage.HELD, Stage.CLOSED)
        awaited = series.proposal is not None and series.proposal.by is not role
        purpose = place.purpose if place else None
        return Context(
            writer=role,
            now=local(now, person.zone),
            after_meeting=purpose in AFTER or past,
            names=tuple(_names(reading.stored)),
            actions=tuple((a.number, a.text) for a in series.actions),
            asked=awaited or purpose in (Purpose.NOTES_REQUEST, Purpose.CONFIRM, Purpose.MOVE_PROPOSAL),
            offered=any(o.to is role for o in series.offers),
            language=person.language,
            day_first=person.country[:2] not in MONTH_FIRST and not person.zone.startswith("America/"),
            meeting_start=local(upcoming.start, person.zone) if upcoming else None,
        )


def _title(stored: Stored) -> str:
    return f"1:1 {stored.series.report.first_name} / {stored.series.manager.first_name}"


def _names(stored: Stored) -> list[tuple[str, Role]]:
    """What people call each other: first name, full name, the local part of the address."""
    found = []
    for role in Role:
        person = stored.series.person(role)
        words = (person.first_name, person.name, person.address.partition("@")[0])
        found += [(word.casefold(), role) for word in dict.fromkeys(words) if word]
    return found


def _facts(reading: Reading, reply: Reply, said: tuple[Said, ...]) -> tuple[str, ...]:
    """Why there is nothing to act on, if there is nothing: it is answered, not counted as an empty success."""
    if reading.inbound.encrypted:
        return ("encrypted",)
    if not said and not reply.text:
        return ("nothing_found",)
    return ()
