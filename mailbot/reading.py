"""A raw mail -> what it is, whose it is, and what it says to which series. Writes nothing: `explain` shows just this.

Steps 2 to 5 of a mail's path: message, guard, thread and sender, quote and grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from mailbot.consent import first_word
from mailbot.findings import Reading, Vouched
from mailbot.mail.bounce import Report, read_report
from mailbot.mail.grammar import Context, understand
from mailbot.mail.guard import judge
from mailbot.mail.message import Inbound, Limits, Unreadable, parse
from mailbot.mail.quote import new_lines
from mailbot.mail.sender import Policy, Proof, Verdict, authenticate, names_us, raised
from mailbot.mail.thread import Found, Place, Tokens, find, signed_by_us
from mailbot.meeting.events import Bounced
from mailbot.meeting.model import Purpose, Role, Series
from mailbot.meeting.said import NewSeries, Problem, Said
from mailbot.opening import openings
from mailbot.standing import Standing, judgement
from mailbot.store import Store
from mailbot.words import meaning

__all__ = ["DESK", "Reader", "Reading", "Standing", "Vouched", "title"]

DESK = "mailbots"  # names no pair: the "series" in the tokens of mails that belong to none
FIRST_LINES = 3  # of a mail that starts a series


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads mails for one installation. All of it are plain values."""

    tokens: Tokens
    address: str
    policy: Policy = field(default_factory=Policy)
    domains: tuple[str, ...] = ()  # whose managers may start a series by mail
    limits: Limits = field(default_factory=Limits)

    def read(
        self, raw: bytes, store: Store, now: datetime, *, own_check: Proof | None = None, vouched: Vouched | None = None
    ) -> Reading:
        """Raises Unreadable. `own_check`: what our own DKIM check says, where the door made one."""
        inbound = parse(raw, self.limits)
        proof = authenticate(inbound, self.policy)
        proof = raised(proof, own_check) if own_check else proof
        own_ids = signed_by_us(inbound, self.tokens)
        judged = judge(inbound, self.address, own_ids, lambda: self._known(inbound, proof, store))
        trace = (*judged.trace, *(f"proof: {each}" for each in proof.trace), f"verdict: {proof.verdict}")
        reading = Reading(inbound, judged, proof, trace=trace)
        match judged.kind:
            case "bounce":
                return self._bounced(reading, store)
            case "content" | "away" | "reaction":
                return self._placed(reading, store, now, vouched)
            case _:
                return replace(reading, reason=judged.reason)

    def is_for_us(self, head: bytes) -> bool:
        """Whether a mail with this header answers one of ours."""
        try:
            inbound = parse(head, self.limits)
        except Unreadable:
            return False
        return find(inbound, self.tokens, self.address) is not None and not signed_by_us(inbound, self.tokens)

    def _known(self, inbound: Inbound, proof: Proof, store: Store) -> bool:
        """A person on file, for whom our own server vouches."""
        return proof.verdict is Verdict.PASS and inbound.author is not None and bool(store.find(inbound.author.address))

    # ---- reports ----

    def _bounced(self, reading: Reading, store: Store) -> Reading:
        report = read_report(reading.inbound)
        place = self._place_of(report) if report else None
        if report is None or place is None:
            return reading.traced("report: names no id of ours").ended("set_aside", "a report about no mail of ours")
        reading = reading.traced(f"report: status {report.status} of a mail to the {place.role}")
        stored = store.load(place.series)
        if stored is None:
            return reading.ended("noted", "a report about a mail of no series")
        event = Bounced(place.role, report.hard and report.against_address)
        return replace(reading, stored=stored, role=place.role, event=event, reason=f"status {report.status}")

    def _place_of(self, report: Report) -> Place | None:
        places = (self.tokens.read(name.partition("@")[0]) for name in report.ids)
        return next((place for place in places if place is not None), None)

    # ---- people ----

    def _placed(self, reading: Reading, store: Store, now: datetime, vouched: Vouched | None) -> Reading:
        found = find(reading.inbound, self.tokens, self.address)
        reading = replace(reading, found=found).traced(_where(found))
        if reading.inbound.author is None:
            return reading.ended("set_aside", f"From is {reading.inbound.author_defect}")
        if vouched is not None:
            return self._vouched(reading, store, now, vouched)
        if found is None or found.place.series == DESK:
            return self._without_place(replace(reading, found=None), store, now)
        stored = store.load(found.place.series)
        if stored is not None:
            return self._whose(replace(reading, stored=stored), store, now)
        if found.place.purpose is Purpose.CONFIRM:
            return self._opened(reading, found.place, store, now)
        return reading.ended("ignored", "a series that is gone")

    def _vouched(self, reading: Reading, store: Store, now: datetime, vouched: Vouched) -> Reading:
        reading = reading.traced("author: vouched for by the address on file")
        if not vouched.series:
            return self._wish(reading, now) or reading.ended("ignored", "no wish for a series")
        stored = store.load(vouched.series)
        if stored is None:
            return reading.ended("ignored", "a series that is gone")
        found = reading.found if reading.found and reading.found.place.series == vouched.series else None
        reading = replace(reading, found=found, stored=stored, role=vouched.role, standing=Standing.SURE)
        return meaning(reading, stored, vouched.role, now)

    def _without_place(self, reading: Reading, store: Store, now: datetime) -> Reading:
        """No id of ours: a wish for a series; else a person with one series, or whose subject names one of theirs."""
        wish = self._wish(reading, now)
        if wish is not None:
            return wish
        stored = [s for name in store.find(reading.address) if (s := store.load(name))]
        subject = reading.inbound.subject.casefold()
        named = [s for s in stored if title(s.series).casefold() in subject]
        if not stored:
            return self._stranger(reading)
        if len(stored) > 1 and len(named) != 1:
            sure = reading.proof.verdict is Verdict.PASS and reading.judged.may_answer
            reading = replace(reading, standing=Standing.SURE if sure else Standing.STRANGER)
            return reading.traced(f"place: one of {len(stored)} series").ended("set_aside", "several series")
        return self._whose(replace(reading, stored=(named or stored)[0]).traced("place: by the author"), store, now)

    def _whose(self, reading: Reading, store: Store, now: datetime) -> Reading:
        assert reading.stored is not None
        stored, verdict = reading.stored, reading.proof.verdict
        found = judgement(
            stored.series, reading.address, reading.found, verdict,
            names_us=names_us(reading.inbound, self.address),
            passed=(store.recall("passed") or {}) if verdict is Verdict.NONE else {},
        )
        why = f", {found.reason}" if found.reason else ""
        reading = replace(reading, role=found.role, standing=found.standing, reason=found.reason)
        reading = reading.traced(f"author: {found.standing}{why}")
        if found.role is None or found.standing is Standing.STRANGER:
            return self._stranger(reading)
        return meaning(reading, stored, found.role, now)

    def _stranger(self, reading: Reading) -> Reading:
        """Silence. What names a 1:1 of ours, in whatever way, is kept: a person's words may be in it."""
        named = reading.stored is not None or "1:1 " in reading.inbound.subject
        reading = replace(reading, stored=None, role=None)
        if named and reading.judged.kind == "content":
            return reading.ended("set_aside", reading.reason or "names a 1:1, from an address that is not on file")
        return reading.ended("ignored", "stranger")

    # ---- series that start ----

    def _wish(self, reading: Reading, now: datetime) -> Reading | None:
        """A mail of its own in which a person of an allowed domain asks for a new series."""
        domain = reading.address.rpartition("@")[2]
        if reading.judged.kind != "content" or not reading.judged.may_answer or domain not in self.domains:
            return None
        reply = new_lines(reading.inbound.body)
        said = understand(reply, Context(Role.MANAGER, now, after_meeting=False))
        if not any(_is_wish(each) for each in said[:FIRST_LINES]):
            return None
        reading = replace(reading, reply=reply, said=said).traced("level: control")
        if not names_us(reading.inbound, self.address):
            return reading.ended("ignored", "written to somebody else")
        return reading.ended("new", "a new series")

    def _opened(self, reading: Reading, place: Place, store: Store, now: datetime) -> Reading:
        """The answer to "was it you who wants this series?". From nobody else, by no machine, once, for a week."""
        reading = reading.traced("level: control")
        opening = openings(store, now).get(place.series)
        asked = opening is not None and (opening.manager, opening.serial) == (reading.address, place.serial)
        human = reading.judged.kind == "content" and reading.judged.may_answer
        if not asked or not human or reading.proof.verdict is Verdict.FAIL:
            return reading.ended("ignored", "no question is open that this answers")
        word, reply = first_word(new_lines(reading.inbound.body), "en")
        reading = replace(reading, opening=opening, word=word, reply=reply, role=place.role)
        return reading.traced(f"says: {word or 'nothing'}").ended("noted", "neither yes nor no")


def title(series: Series) -> str:
    """What the subject of every mail of a series begins with."""
    return f"1:1 {series.report.first_name} / {series.manager.first_name}"


def _where(found: Found | None) -> str:
    if found is None:
        return "place: no id or token of ours"
    place = found.place
    return f"place: by {found.by}, {place.purpose} {place.serial} of meeting {place.meeting} to the {place.role}"


def _is_wish(said: Said) -> bool:
    """Also one with a slip in it, which is answered."""
    return isinstance(said, NewSeries) or (isinstance(said, Problem) and said.hint.startswith("new 1:1 with"))
