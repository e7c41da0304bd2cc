"""A raw mail -> what it is, whose it is, and what it says to which series. Writes nothing:
`explain` shows just this.

Steps 2 to 5 of a mail's path: message, triage, target and author, unquote and understand.
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
from mailbot.inbound.unquote.lines import new_lines
from mailbot.meeting.events import Bounced, Outcome
from mailbot.meeting.model import Purpose, Role
from mailbot.service.intake.authority import Authority, Evidence, Standing, authority_of, redirected
from mailbot.service.intake.finding import (
    NO_WORDS,
    NOBODY,
    AnswersRequest,
    Applies,
    AsksForSeries,
    Author,
    Ending,
    Finding,
    MailWords,
    Result,
    TriagedMail,
    Vouched,
)
from mailbot.service.intake.meaning import Sender, meaning_of
from mailbot.service.intake.request_words import answer_in, request_in
from mailbot.service.intake.series_request import SeriesRequest, openings
from mailbot.store.lookup import stored_of
from mailbot.store.protocol import Key, Store, Stored, mapping
from mailbot.threads.subject import named
from mailbot.threads.token import ReplyTarget, ReplyTokens, root

__all__ = ["POSTMASTER_SERIES", "Finding", "MailReader", "Standing", "Vouched"]

POSTMASTER_SERIES = (
    "mailbots"  # names no pair: the "series" in the tokens of mails that belong to none
)
OPERATOR = "the address of the operator"

PASSED: Key[dict[str, bool]] = Key("passed", mapping)  # domains whose mail has been proven before


@dataclass(frozen=True, slots=True)
class MailReader:
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
        """Find out everything about one mail. `own_check`: what our own DKIM check says, where
        the door made one. Raises Unreadable."""
        mail = self._triaged(parse(raw, self.limits), store, own_check)
        path = _Path(self, store, now, mail)
        if mail.judged.kind is MailKind.BOUNCE:
            return path.bounced()
        if mail.judged.kind.speaks:
            return path.placed(vouched)
        return path.nothing()

    def _triaged(self, inbound: Inbound, store: Store, own_check: Proof | None) -> TriagedMail:
        """Find out what a mail is, who vouches for it, and which mail of ours it answers."""
        proof = authenticate(inbound, self.policy)
        proof = raised(proof, own_check) if own_check else proof
        own_ids = signed_by_us(inbound, self.tokens)
        judged = triage(
            inbound, self.address, own_ids=own_ids, known=lambda: _is_known(inbound, proof, store)
        )
        found = find(inbound, self.tokens, self.address)
        return TriagedMail(inbound, judged, proof, found, names_us(inbound, self.address))

    def is_for_us(self, head: bytes) -> bool:
        """Say whether a mail with this header answers one of ours."""
        try:
            inbound = parse(head, self.limits)
        except Unreadable:
            return False
        answers = find(inbound, self.tokens, self.address) is not None
        return answers and not signed_by_us(inbound, self.tokens)


class _Path:
    """One mail on its way from station to station; each station notes in `trace` what it saw, and
    each way ends in one Finding."""

    def __init__(self, reader: MailReader, store: Store, now: datetime, mail: TriagedMail) -> None:
        self.reader, self.store, self.now, self.mail = reader, store, now, mail
        self.trace = list(_about(mail))

    def _finding(
        self, result: Result, author: Author = NOBODY, words: MailWords = NO_WORDS
    ) -> Finding:
        """End the way here, with the trace so far."""
        return Finding(self.mail, result, author, words, tuple(self.trace))

    def _ends(self, outcome: Outcome, reason: str, author: Author = NOBODY) -> Finding:
        """End the way here: nothing is to be done."""
        return self._finding(Ending(outcome, reason), author)

    # ---- machines ----

    def nothing(self) -> Finding:
        """Note receipts and challenges as facts. Words in an answer of a person on file are kept,
        however their mail looks: an answer with an invitation in it, or one that a program sent
        for them."""
        reason = self.mail.judged.reason.value
        if self._may_hold_words() and new_lines(self.mail.inbound.body).text:
            return self._ends(Outcome.SET_ASIDE, f"{reason}, with words of a person on file")
        return self._ends(Outcome.NOTED if self.mail.judged.is_fact else Outcome.IGNORED, reason)

    def _may_hold_words(self) -> bool:
        """Say whether a mail that looks like a machine's may hold words of a person on file."""
        answers = self.mail.judged.may_hold_words and self.mail.backed
        return answers and bool(self.store.find(self.mail.address))

    def bounced(self) -> Finding:
        """Tell the series that a mail of ours did not arrive (RFC 3464)."""
        report = read_report(self.mail.inbound)
        target = self._target_of(report) if report else None
        if report is None or target is None:
            self.trace.append("report: names no id of ours")
            return self._ends(Outcome.SET_ASIDE, "a report about no mail of ours")
        self.trace.append(f"report: status {report.status} of a mail to the {target.role}")
        dead = report.hard and report.against_address
        if _is_to_operator(target) and dead:
            return self._ends(Outcome.BOUNCED, OPERATOR)
        stored = self.store.load(target.series)
        if stored is None:
            return self._ends(Outcome.NOTED, "a report about a mail of no series")
        if report.named and stored.series.person(target.role).address not in report.named:
            reason = "a report about an address that is not the one on file"
            return self._ends(Outcome.NOTED, reason)
        event = Bounced(target.role, dead)
        result = Applies(stored, event, f"status {report.status}")
        return self._finding(result, Author(stored, target.role))

    def _target_of(self, report: Report) -> ReplyTarget | None:
        """Find the first mail of ours that a report names; a root has no reader."""
        for name in report.ids:
            target = self.reader.tokens.read(name.partition("@")[0])
            if target is not None and target.serial:
                return target
        return None

    # ---- people ----

    def placed(self, vouched: Vouched | None) -> Finding:
        """Find the series that a mail of a person belongs to, and read it there."""
        self.trace.append(self._where())
        target = self.mail.target
        if self.mail.inbound.author is None:
            return self._ends(Outcome.SET_ASIDE, f"From is {self.mail.inbound.author_defect}")
        if vouched is not None:
            return self._vouched(vouched)
        if target is None or target.series == POSTMASTER_SERIES:
            self.mail = replace(self.mail, found=None)
            return self._without_target()
        stored = self.store.load(target.series)
        if stored is not None:
            return self._authored(stored)
        if target.purpose is Purpose.CONFIRM:
            return self._request_answered(target)
        return self._ends(Outcome.IGNORED, "a series that is gone")

    def _vouched(self, vouched: Vouched) -> Finding:
        """Read held words again, once the address on file has said that they are theirs."""
        self.trace.append("author: vouched for by the address on file")
        if not vouched.series:
            requested = self._requested()
            if requested is None:
                return self._ends(Outcome.IGNORED, "no wish for a series")
            return self._request(*requested)
        stored = self.store.load(vouched.series)
        if stored is None:
            return self._ends(Outcome.IGNORED, "a series that is gone")
        target = self.mail.target
        if target is not None and target.series != vouched.series:
            self.mail = replace(self.mail, found=None)
        return self._understood(Sender(stored, vouched.role, Standing.SURE))

    def _without_target(self) -> Finding:
        """Read a mail with no id of ours: a request for a series; else of a person with one
        series, or whose subject names one of theirs."""
        requested = self._requested()
        if requested is not None and self._comes_first(requested[0]):
            return self._request(*requested)
        stored = self._series_of_author()
        if not stored:
            return self._stranger()
        fitting = _named_best(stored, self.mail.inbound.subject)
        # an absence holds in all of them
        if len(fitting) > 1 and self.mail.judged.kind is MailKind.CONTENT:
            sure = self.mail.proven and self.mail.judged.by_hand
            author = Author(standing=Standing.SURE if sure else Standing.STRANGER)
            self.trace.append(f"place: one of {len(stored)} series")
            return self._ends(Outcome.SET_ASIDE, "several series", author)
        one, meeting = fitting[0]
        self._place_by_subject(one, meeting)
        return self._authored(one)

    def _series_of_author(self) -> list[Stored]:
        """Load the series of whoever stands in From."""
        return list(stored_of(self.store, self.mail.address))

    def _place_by_subject(self, stored: Stored, meeting: int) -> None:
        """Note the meeting that the subject names, if any: all else that is known is the author."""
        if not meeting:
            self.trace.append("place: by the author")
            return
        target = ReplyTarget(stored.series.id, meeting, Role.REPORT, Purpose.AGENDA_REQUEST, 0)
        found = Found(root(target), FoundBy.SUBJECT, "Subject")
        self.mail = replace(self.mail, found=found)
        self.trace.append(f"place: by the subject, meeting {meeting}")

    def _authored(self, stored: Stored) -> Finding:
        """Judge the author for this series, and read the words of whoever is on file."""
        authority = self._authority(stored)
        why = f", {authority.reason}" if authority.reason else ""
        self.trace.append(f"author: {authority.standing}{why}")
        if authority.role is None or authority.standing is Standing.STRANGER:
            return self._stranger(authority.reason, authority.standing)
        unproven = authority.standing is Standing.UNVERIFIED and self.reader.policy.pinned
        return self._understood(
            Sender(stored, authority.role, authority.standing, authority.reason, unproven)
        )

    def _authority(self, stored: Stored) -> Authority:
        """Gather what is known of the author, and judge it."""
        mail, author = self.mail, self.mail.inbound.author
        assert author is not None
        passed = self.store.recall(PASSED) if mail.proof.verdict is Verdict.NONE else {}
        meant = mail.to_us or redirected(mail.inbound, mail.found)
        evidence = Evidence(author, mail.found, mail.proof.verdict, meant, mail.judged, passed)
        return authority_of(stored.series, evidence)

    def _understood(self, sender: Sender) -> Finding:
        """Read the words of a person on file."""
        meant = meaning_of(self.mail, sender, self.now)
        self.trace += meant.trace
        author = Author(sender.stored, sender.role, sender.standing)
        return self._finding(meant.result, author, meant.words)

    def _stranger(self, reason: str | None = None, standing: Standing | None = None) -> Finding:
        """Answer nothing. What names a 1:1 of ours, in whatever way, is kept: a person's words may
        be in it. `reason`: what is wrong with its author; None: it belongs to no series."""
        author = Author(standing=standing or Standing.STRANGER)
        reason = self._names_a_series() if reason is None else reason
        if reason and self.mail.judged.kind is MailKind.CONTENT:
            return self._ends(Outcome.SET_ASIDE, reason, author)
        return self._ends(Outcome.IGNORED, Standing.STRANGER.value, author)

    def _names_a_series(self) -> str:
        """Tell how a mail without a token of ours looks like one about a 1:1; "": it does not."""
        if self._has_broken_token():
            return "a token that does not read, from an address that is not on file"
        if "1:1 " in self.mail.inbound.subject:
            return "names a 1:1, from an address that is not on file"
        return ""

    def _has_broken_token(self) -> bool:
        """Say whether a token of ours was cut or changed on the way."""
        return self.mail.found is None and broken_token(self.mail.inbound, self.reader.address)

    def _where(self) -> str:
        """Say for the trace how the mail of ours was found that this one answers."""
        found = self.mail.found
        if found is None:
            broken = self._has_broken_token()
            return f"place: {'a token that does not read' if broken else 'no id or token of ours'}"
        target, quoted = found.target, found.quoted
        mail = f"the thread of meeting {target.meeting}"
        if target.serial:
            number = f"{target.purpose} {target.serial}"
            mail = f"{number} of meeting {target.meeting} to the {target.role}"
        other = ""
        if quoted is not None and quoted != target:
            other = f", quoting {quoted.purpose} {quoted.serial}"
        return f"place: by {found.by} in {found.header}, {mail}{other}"

    # ---- series that start ----

    def _requested(self) -> tuple[MailWords, Result] | None:
        """Read a mail of its own in which a person of an allowed domain asks for a new series."""
        domain = self.mail.address.rpartition("@")[2]
        if not self.mail.judged.by_hand or domain not in self.reader.domains:
            return None
        words = request_in(self.mail.inbound, self.now)
        if words is None:
            return None
        if not self.mail.to_us:
            return words, Ending(Outcome.IGNORED, "written to somebody else")
        return words, AsksForSeries()

    def _comes_first(self, words: MailWords) -> bool:
        """Say whether a request is dealt with before what else the mail may be: else the words
        beside it are what somebody has to hear.

        What is taken without a proof is met alike, whoever is on file: the door would tell.
        """
        if self.mail.to_us and not self.mail.proven:
            return True
        alone = len(words.said) < 2 or (words.new_series is not None and self.mail.to_us)
        return alone or not self.store.find(self.mail.address)

    def _request(self, words: MailWords, result: Result) -> Finding:
        """End the way with a request for a series: it controls, and is no content."""
        self.trace.append("level: control")
        return self._finding(result, words=words)

    def _request_answered(self, target: ReplyTarget) -> Finding:
        """Take the answer to "was it you who wants this series?", from nobody else, by no machine,
        once, for a week."""
        self.trace.append("level: control")
        request = openings(self.store, self.now).get(target.series)
        if request is None or not self._may_answer(request, target):
            return self._ends(Outcome.IGNORED, "no question is open that this answers")
        words = answer_in(self.mail.inbound, self.now)
        self.trace.append(f"says: {words.word or 'nothing'}")
        result = AnswersRequest(request, target.series)
        return self._finding(result, Author(role=target.role), words)

    def _may_answer(self, request: SeriesRequest, target: ReplyTarget) -> bool:
        """Say whether this answer is by the very manager, to the very question, by hand."""
        mail = self.mail
        asked = (request.manager, request.serial) == (mail.address, target.serial)
        by_them = mail.judged.by_hand and mail.proof.verdict is not Verdict.FAIL
        return asked and by_them and mail.to_us


def _is_known(inbound: Inbound, proof: Proof, store: Store) -> bool:
    """Say whether the author is a person on file, for whom our own server vouches."""
    if proof.verdict is not Verdict.PASS or inbound.author is None:
        return False
    return bool(store.find(inbound.author.address))


def _is_to_operator(target: ReplyTarget) -> bool:
    """Say whether this is one of our notices to the operator."""
    return target.series == POSTMASTER_SERIES and target.purpose is Purpose.NOTICE


def _about(mail: TriagedMail) -> Iterator[str]:
    """Say what was found in the header: names of defects and of servers, no words."""
    yield f"mail: {mail.number}"
    if mail.inbound.defects:
        yield f"defects: {', '.join(mail.inbound.defects)}"
    if travelled := way(mail.inbound):
        yield f"way: {travelled}"
    yield from mail.judged.trace
    yield from (f"proof: {each}" for each in mail.proof.trace)
    yield f"verdict: {mail.proof.verdict}"


def _named_best(stored: list[Stored], subject: str) -> list[tuple[Stored, int]]:
    """Keep those series whose name the subject holds longest, each with the meeting it names; all,
    if it names none."""
    names = [named(each.series, subject) for each in stored]
    longest = max(len(name) for name, _ in names)
    pairs = zip(stored, names, strict=True)
    return [(each, meeting) for each, (name, meeting) in pairs if len(name) == longest]
