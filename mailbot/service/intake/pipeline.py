"""A raw mail -> what it is, whose it is, and what it says to which series. Writes nothing:
`explain` shows just this.

Steps 2 to 5 of a mail's path: message, guard, thread and sender, quote and grammar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from mailbot.inbound.message.parse import Inbound, Limits, Unreadable, parse
from mailbot.inbound.message.received import way
from mailbot.inbound.triage.auth import Policy, Proof, Verdict, authenticate, names_us, raised
from mailbot.inbound.triage.bounce import Report, read_report
from mailbot.inbound.triage.rules import MailKind, triage
from mailbot.inbound.triage.thread import Found, FoundBy, broken_token, find, signed_by_us
from mailbot.inbound.understand.grammar import Context, understand
from mailbot.inbound.unquote.lines import new_lines
from mailbot.meeting.events import Bounced, Outcome
from mailbot.meeting.model import Purpose, Role
from mailbot.meeting.said import NewSeries, Problem, Said
from mailbot.service.intake.authority import Evidence, Standing, authority_of, redirected
from mailbot.service.intake.confirmation import first_word
from mailbot.service.intake.finding import Finding, Vouched
from mailbot.service.intake.meaning import meaning
from mailbot.service.intake.series_request import openings
from mailbot.store.protocol import Key, Store, Stored, mapping
from mailbot.threads.subject import named
from mailbot.threads.token import ReplyTarget, ReplyTokens, root

__all__ = ["DESK", "Finding", "Reader", "Standing", "Vouched"]

DESK = "mailbots"  # names no pair: the "series" in the tokens of mails that belong to none
OPERATOR = "the address of the operator"
FIRST_LINES = 3  # of a mail that starts a series

PASSED: Key[dict[str, bool]] = Key("passed", mapping)  # domains whose mail has been proven before


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads mails for one installation. All of it are plain values."""

    tokens: ReplyTokens
    address: str
    policy: Policy = field(default_factory=Policy)
    domains: tuple[str, ...] = ()  # whose managers may start a series by mail
    limits: Limits = field(default_factory=Limits)

    def read(
        self,
        raw: bytes,
        store: Store,
        now: datetime,
        *,
        own_check: Proof | None = None,
        vouched: Vouched | None = None,
    ) -> Finding:
        """Raises Unreadable. `own_check`: what our own DKIM check says, where the door made one."""
        inbound = parse(raw, self.limits)
        proof = authenticate(inbound, self.policy)
        proof = raised(proof, own_check) if own_check else proof
        own_ids = signed_by_us(inbound, self.tokens)
        judged = triage(inbound, self.address, own_ids, lambda: self._known(inbound, proof, store))
        trace = (
            *judged.trace,
            *(f"proof: {each}" for each in proof.trace),
            f"verdict: {proof.verdict}",
        )
        found = find(inbound, self.tokens, self.address)
        to_us = names_us(inbound, self.address)
        reading = Finding(inbound, judged, proof, found, to_us=to_us)
        reading = reading.traced(*_about(reading), *trace)
        if judged.kind is MailKind.BOUNCE:
            return self._bounced(reading, store)
        if judged.kind.speaks:
            return self._placed(reading, store, now, vouched)
        return self._nothing(reading, store)

    def is_for_us(self, head: bytes) -> bool:
        """Whether a mail with this header answers one of ours."""
        try:
            inbound = parse(head, self.limits)
        except Unreadable:
            return False
        return find(inbound, self.tokens, self.address) is not None and not signed_by_us(
            inbound, self.tokens
        )

    def _known(self, inbound: Inbound, proof: Proof, store: Store) -> bool:
        """A person on file, for whom our own server vouches."""
        return (
            proof.verdict is Verdict.PASS
            and inbound.author is not None
            and bool(store.find(inbound.author.address))
        )

    # ---- machines ----

    def _nothing(self, reading: Finding, store: Store) -> Finding:
        """Receipts and challenges are facts. Words in an answer of a person on file are kept,
        however their mail looks: an answer with an invitation in it, or one that a program sent
        for them."""
        reason = reading.judged.reason
        answer = (
            reading.judged.may_hold_words and reading.backed and bool(store.find(reading.address))
        )
        if answer and new_lines(reading.inbound.body).text:
            return reading.ended(Outcome.SET_ASIDE, f"{reason}, with words of a person on file")
        if reading.judged.is_fact:
            return reading.ended(Outcome.NOTED, reason)
        return reading.ended(Outcome.IGNORED, reason)

    def _bounced(self, reading: Finding, store: Store) -> Finding:
        report = read_report(reading.inbound)
        place = self._place_of(report) if report else None
        if report is None or place is None:
            return reading.traced("report: names no id of ours").ended(
                Outcome.SET_ASIDE, "a report about no mail of ours"
            )
        reading = reading.traced(f"report: status {report.status} of a mail to the {place.role}")
        stored, dead = store.load(place.series), report.hard and report.against_address
        if place.series == DESK and place.purpose is Purpose.NOTICE and dead:
            return reading.ended(Outcome.BOUNCED, OPERATOR)
        if stored is None:
            return reading.ended(Outcome.NOTED, "a report about a mail of no series")
        if report.named and stored.series.person(place.role).address not in report.named:
            return reading.ended(
                Outcome.NOTED, "a report about an address that is not the one on file"
            )
        event = Bounced(place.role, dead)
        return replace(
            reading, stored=stored, role=place.role, event=event, reason=f"status {report.status}"
        )

    def _place_of(self, report: Report) -> ReplyTarget | None:
        places = (self.tokens.read(name.partition("@")[0]) for name in report.ids)
        # a root has no reader
        return next((place for place in places if place is not None and place.serial), None)

    # ---- people ----

    def _placed(
        self, reading: Finding, store: Store, now: datetime, vouched: Vouched | None
    ) -> Finding:
        found, reading = reading.found, reading.traced(self._where(reading))
        if reading.inbound.author is None:
            return reading.ended(Outcome.SET_ASIDE, f"From is {reading.inbound.author_defect}")
        if vouched is not None:
            return self._vouched(reading, store, now, vouched)
        if found is None or found.target.series == DESK:
            return self._without_place(replace(reading, found=None), store, now)
        stored = store.load(found.target.series)
        if stored is not None:
            return self._whose(reading, stored, store, now)
        if found.target.purpose is Purpose.CONFIRM:
            return self._opened(reading, found.target, store, now)
        return reading.ended(Outcome.IGNORED, "a series that is gone")

    def _vouched(self, reading: Finding, store: Store, now: datetime, vouched: Vouched) -> Finding:
        reading = reading.traced("author: vouched for by the address on file")
        if not vouched.series:
            return self._wish(reading, now) or reading.ended(
                Outcome.IGNORED, "no wish for a series"
            )
        stored = store.load(vouched.series)
        if stored is None:
            return reading.ended(Outcome.IGNORED, "a series that is gone")
        found = reading.found if reading.place and reading.place.series == vouched.series else None
        reading = replace(
            reading, found=found, stored=stored, role=vouched.role, standing=Standing.SURE
        )
        return meaning(reading, stored, vouched.role, now)

    def _without_place(self, reading: Finding, store: Store, now: datetime) -> Finding:
        """No id of ours: a wish for a series; else a person with one series, or whose subject
        names one of theirs."""
        wish = self._wish(reading, now)
        # what is taken without a proof is met alike, whoever is on file: the door would tell
        alike = reading.to_us and reading.proof.verdict is not Verdict.PASS
        if wish is not None and (alike or _is_wish_alone(wish) or not store.find(reading.address)):
            return wish
        stored = [s for name in store.find(reading.address) if (s := store.load(name))]
        if not stored:
            return self._stranger(reading)
        names = [named(each.series, reading.inbound.subject) for each in stored]
        longest = max(len(name) for name, _ in names)
        fitting = [n for n, (name, _) in enumerate(names) if len(name) == longest]
        if (
            len(fitting) > 1 and reading.judged.kind is MailKind.CONTENT
        ):  # an absence holds in all of them
            sure = reading.proof.verdict is Verdict.PASS and reading.judged.by_hand
            reading = replace(reading, standing=Standing.SURE if sure else Standing.STRANGER)
            return reading.traced(f"place: one of {len(stored)} series").ended(
                Outcome.SET_ASIDE, "several series"
            )
        one, meeting = stored[fitting[0]], names[fitting[0]][1]
        return self._whose(_by_subject(reading, one, meeting), one, store, now)

    def _whose(self, reading: Finding, stored: Stored, store: Store, now: datetime) -> Finding:
        inbound, verdict, found = reading.inbound, reading.proof.verdict, reading.found
        assert inbound.author is not None
        judged = authority_of(
            stored.series,
            Evidence(
                inbound.author,
                found,
                verdict,
                reading.to_us or redirected(inbound, found),
                reading.judged,
                passed=store.recall(PASSED) if verdict is Verdict.NONE else {},
            ),
        )
        why = f", {judged.reason}" if judged.reason else ""
        reading = replace(
            reading, stored=stored, role=judged.role, standing=judged.standing, reason=judged.reason
        )
        reading = reading.traced(f"author: {judged.standing}{why}")
        if judged.role is None or judged.standing is Standing.STRANGER:
            return self._stranger(reading)
        reading = replace(
            reading, unproven=judged.standing is Standing.UNVERIFIED and self.policy.pinned
        )
        return meaning(reading, stored, judged.role, now)

    def _stranger(self, reading: Finding) -> Finding:
        """Silence. What names a 1:1 of ours, in whatever way, is kept: a person's words may be
        in it."""
        broken = reading.found is None and broken_token(reading.inbound, self.address)
        what = (
            "a token that does not read"
            if broken
            else "names a 1:1"
            if "1:1 " in reading.inbound.subject
            else ""
        )
        reason = (
            reading.reason
            if reading.stored
            else what and f"{what}, from an address that is not on file"
        )
        reading = replace(reading, stored=None, role=None)
        if reason and reading.judged.kind is MailKind.CONTENT:
            return reading.ended(Outcome.SET_ASIDE, reason)
        return reading.ended(Outcome.IGNORED, "stranger")

    def _where(self, reading: Finding) -> str:
        found = reading.found
        if found is None:
            broken = broken_token(reading.inbound, self.address)
            return (
                "place: a token that does not read" if broken else "place: no id or token of ours"
            )
        place, quoted = found.target, found.quoted
        mail = f"{place.purpose} {place.serial} of meeting {place.meeting} to the {place.role}"
        mail = mail if place.serial else f"the thread of meeting {place.meeting}"
        other = f", quoting {quoted.purpose} {quoted.serial}" if quoted and quoted != place else ""
        return f"place: by {found.by} in {found.header}, {mail}{other}"

    # ---- series that start ----

    def _wish(self, reading: Finding, now: datetime) -> Finding | None:
        """A mail of its own in which a person of an allowed domain asks for a new series."""
        domain = reading.address.rpartition("@")[2]
        if not reading.judged.by_hand or domain not in self.domains:
            return None
        reply = new_lines(reading.inbound.body)
        said = understand(reply, Context(Role.MANAGER, now, after_meeting=False))
        if not any(_is_wish(each) for each in said[:FIRST_LINES]):
            return None
        reading = replace(reading, reply=reply, said=said).traced("level: control")
        if not reading.to_us:
            return reading.ended(Outcome.IGNORED, "written to somebody else")
        return reading.ended(Outcome.NEW, "a new series")

    def _opened(self, reading: Finding, place: ReplyTarget, store: Store, now: datetime) -> Finding:
        """The answer to "was it you who wants this series?". From nobody else, by no machine,
        once, for a week."""
        reading = reading.traced("level: control")
        opening = openings(store, now).get(place.series)
        asked = opening is not None and (opening.manager, opening.serial) == (
            reading.address,
            place.serial,
        )
        if (
            not asked
            or not reading.judged.by_hand
            or not reading.to_us
            or reading.proof.verdict is Verdict.FAIL
        ):
            return reading.ended(Outcome.IGNORED, "no question is open that this answers")
        word, reply, beside = first_word(new_lines(reading.inbound.body), "en")
        said = understand(reply, Context(Role.MANAGER, now, after_meeting=False))
        said = (*((Problem(beside, ""),) if beside else ()), *said)
        reading = replace(
            reading, opening=opening, word=word, reply=reply, said=said, role=place.role
        )
        outcome = (
            Outcome.SET_ASIDE if word else Outcome.NOTED
        )  # "what is this?": somebody has to answer
        return reading.traced(f"says: {word or 'nothing'}").ended(outcome, "neither yes nor no")


def _about(reading: Finding) -> Iterator[str]:
    """Say what was found in the header: names of defects and of servers, no words."""
    yield f"mail: {reading.number}"
    if reading.inbound.defects:
        yield f"defects: {', '.join(reading.inbound.defects)}"
    if travelled := way(reading.inbound):
        yield f"way: {travelled}"


def _by_subject(reading: Finding, stored: Stored, meeting: int) -> Finding:
    """All that is known is the author, and the subject, if it names a meeting."""
    if not meeting:
        return reading.traced("place: by the author")
    place = root(ReplyTarget(stored.series.id, meeting, Role.REPORT, Purpose.AGENDA_REQUEST, 0))
    found = Found(place, FoundBy.SUBJECT, "Subject")
    return replace(reading, found=found).traced(f"place: by the subject, meeting {meeting}")


def _is_wish_alone(reading: Finding) -> bool:
    """Or one that was understood and written to us. Else the words beside it are what somebody
    has to hear."""
    return len(reading.said) < 2 or (reading.new_series is not None and reading.to_us)


def _is_wish(said: Said) -> bool:
    """Also one with a slip in it, which is answered."""
    return isinstance(said, NewSeries) or (
        isinstance(said, Problem) and said.hint.startswith("new 1:1 with")
    )
