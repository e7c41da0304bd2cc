"""What the words of a mail mean to its series: content, an absence, or the answer to "was this
you?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.inbound.message.parse import Inbound
from mailbot.inbound.triage.rules import MailKind
from mailbot.inbound.triage.thread import Found
from mailbot.inbound.understand.absences import absence
from mailbot.inbound.understand.dates.phrase import Frame
from mailbot.inbound.understand.grammar import Context, understand
from mailbot.inbound.unquote.lines import Reply, new_lines
from mailbot.meeting.events import Answered, Away, Outcome
from mailbot.meeting.model import (
    ActionState,
    Person,
    Purpose,
    Role,
    Series,
    Stage,
    Unconfirmed,
    Wanted,
)
from mailbot.meeting.said import Help, Mails, Problem, Said, Undo
from mailbot.meeting.schedule import local
from mailbot.meeting.sends import Fact
from mailbot.service.intake.authority import Standing
from mailbot.service.intake.confirmation import Word, first_word, is_always, says_something
from mailbot.service.intake.finding import (
    NO_WORDS,
    AnswersQuestion,
    Applies,
    Ending,
    MailWords,
    NeedsYes,
    Result,
    TriagedMail,
)
from mailbot.store.protocol import Stored
from mailbot.threads.subject import named
from mailbot.threads.token import ReplyTarget

AFTER = (Purpose.NOTES_REQUEST, Purpose.SUMMARY)
ASKING = (Purpose.NOTES_REQUEST, Purpose.CONFIRM, Purpose.MOVE_PROPOSAL)
# countries that write 3/4 for 4 March (CLDR 46, yMd patterns)
MONTH_FIRST = ("US", "PH", "PW", "FM", "MH")
# as far as the schedule looks; an answer that says 2062 is a slip
LONGEST_AWAY = timedelta(days=90)
AWAY_LINES = 20  # of an out-of-office answer; the dates stand at its start
# defect -> fact
CLOSED = {"unreadable winmail.dat": Fact.OUTLOOK_FORMAT, "unreadable S/MIME": Fact.SMIME_FORMAT}
CHANGES_NOTHING = (Problem, Undo, Help)
# subjects, as List-Unsubscribe and mail programs fill them in
UNSUBSCRIBES = ("stop", "unsubscribe")


@dataclass(frozen=True, slots=True)
class Sender:
    """A person on file, of whom a mail is, or seems to be."""

    stored: Stored
    role: Role
    standing: Standing
    reason: str = ""  # what is wrong with the author; "": nothing
    unproven: bool = False  # nobody vouches for the mail, although there is somebody who could

    @property
    def series(self) -> Series:
        return self.stored.series

    @property
    def person(self) -> Person:
        return self.series.person(self.role)

    @property
    def day_first(self) -> bool:
        """Say whether they write 4/3 for 4 March."""
        person = self.person
        in_america = person.zone.startswith("America/")
        return person.country[:2] not in MONTH_FIRST and not in_america


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is to be done with a mail, its words, and a line for the trace."""

    result: Result
    words: MailWords = NO_WORDS
    trace: tuple[str, ...] = ()


def meaning_of(mail: TriagedMail, sender: Sender, now: datetime) -> Meaning:
    """Tell what this mail of a person on file is to the series."""
    if mail.judged.kind is MailKind.REACTION or mail.inbound.reaction:
        return Meaning(Ending(Outcome.NOTED, "reaction"))
    if mail.judged.kind is MailKind.AWAY:
        return _away(mail, sender, now)
    return _answered(mail, sender, now)


def _away(mail: TriagedMail, sender: Sender, now: datetime) -> Meaning:
    """Read the return date of an out-of-office answer, if it states one. A doubtful one moves
    nobody's meetings."""
    if sender.standing is Standing.DOUBTFUL:
        return Meaning(Ending(Outcome.NOTED, "away, and unsure who"))
    person = sender.person
    frame = Frame(local(now, person.zone), sender.day_first, person.language)
    lines = new_lines(mail.inbound.body).text.splitlines()[:AWAY_LINES]
    stated = absence("\n".join([mail.inbound.subject, *lines]), frame)
    until = min(stated.last, frame.today + LONGEST_AWAY) if stated else None
    result = Applies(sender.stored, Away(sender.role, until), "away")
    return Meaning(result, trace=(f"away until: {until or 'no date stated'}",))


def _answered(mail: TriagedMail, sender: Sender, now: datetime) -> Meaning:
    """Read the words of a mail: content, or the answer to "was this you?" and what stands beside
    it."""
    reply = new_lines(mail.inbound.body, _sent_text(mail.found, sender.stored))
    context = _context(mail, sender, now)
    held = _asked_about(mail, sender, reply, now)
    word, rest, beside = first_word(reply, context.language) if held else (Word.NONE, reply, "")
    said = (*_by_subject(mail.inbound), *_told_back(beside), *understand(rest, context))
    if word is Word.UNCLEAR:
        said = (*_asked_again(reply), *said)
    words = MailWords(reply, said, word)
    event = _event(mail, sender, words)
    settles = held is not None and word in (Word.YES, Word.ALWAYS, Word.NO)
    trace = (f"level: {'control' if settles else 'content'}",)
    if sender.standing is Standing.DOUBTFUL:
        return Meaning(NeedsYes(sender.stored, event, sender.reason), words, trace)
    if held is not None and settles:
        return Meaning(AnswersQuestion(sender.stored, held, event), words, trace)
    return Meaning(Applies(sender.stored, event, sender.reason), words, trace)


def _event(mail: TriagedMail, sender: Sender, words: MailWords) -> Answered:
    """Say what was written, to which mail, for the series it belongs to."""
    target = mail.target
    return Answered(
        sender.role,
        words.said,
        target.meeting if target else None,
        _purpose(target, sender.series),
        target.serial if target else 0,
        left=mail.inbound.attachments,
        facts=_facts(mail, sender, words),
        may_answer=mail.judged.may_answer,
        address=mail.address,
    )


# ---- the answer to a question ----


def _asked_about(
    mail: TriagedMail, sender: Sender, reply: Reply, now: datetime
) -> Unconfirmed | None:
    """Find the held mail that this one is an answer about.

    Where the words were applied, what is still asked is "always?"; that may stand, alone, in any
    mail that surely is theirs.
    """
    if not _may_confirm(mail, sender):
        return None
    question = _question(mail.target, sender.role)
    asked = [held for held in _waiting(sender, now) if _is_asked(held, question, sender)]
    always = is_always(reply.text)
    open_ = [held for held in asked if always or not held.done]
    return next(reversed(open_), None)


def _waiting(sender: Sender, now: datetime) -> Iterator[Unconfirmed]:
    """List the mails in the name of this person that still wait for something."""
    for held in sender.series.unconfirmed:
        if held.role is sender.role and held.until > now:
            yield held


def _is_asked(held: Unconfirmed, question: int | None, sender: Sender) -> bool:
    """Say whether it is this mail that is asked about; without a question, "always?" alone is."""
    if question is not None:
        return held.serial == question
    return held.done and sender.standing is Standing.SURE


def _may_confirm(mail: TriagedMail, sender: Sender) -> bool:
    """Say whether a yes of theirs counts, which is control: no machine says it, nobody whose own
    words would be held, and it was written to us."""
    return sender.standing is not Standing.DOUBTFUL and mail.judged.may_answer and mail.to_us


def _question(target: ReplyTarget | None, role: Role) -> int | None:
    """Find the serial of the "was this you?" that this answers, if it was put to them."""
    if target is None or target.purpose is not Purpose.CONFIRM:
        return None
    return target.serial if target.role is role else None


def _told_back(beside: str) -> tuple[Said, ...]:
    """Tell words to us, in one line with a yes, back to their writer: on an agenda they would be
    read by the other."""
    return (Problem(beside, ""),) if beside else ()


def _asked_again(reply: Reply) -> tuple[Said, ...]:
    """Ask once more after words that say neither yes nor no."""
    line = next(filter(says_something, reply.lines))
    return (Problem(line.text.strip(), "yes"),)


def _sent_text(found: Found | None, stored: Stored) -> str | None:
    """Find the very text that the mail quotes; None: not known, or sent too long ago. Another one
    would make a template of ours look like words of theirs."""
    quoted = found.quoted if found else None
    if quoted is None or quoted.series != stored.series.id:
        return None
    texts = {(sent.meeting, sent.serial): sent.text for sent in stored.sent}
    return texts.get((quoted.meeting, quoted.serial))


def _purpose(target: ReplyTarget | None, series: Series) -> Purpose | None:
    """Tell what the mail that was answered asked. Where only its thread is known, a meeting that is
    over asks for notes."""
    if target is None:
        return None
    if target.serial:
        return target.purpose
    meeting = series.meeting(target.meeting)
    was_met = meeting is not None and meeting.stage is Stage.MET
    return Purpose.NOTES_REQUEST if was_met else None


def _context(mail: TriagedMail, sender: Sender, now: datetime) -> Context:
    """Tell the grammar who writes, when, and what they can be speaking of."""
    series, person = sender.series, sender.person
    upcoming, purpose = series.upcoming, _purpose(mail.target, series)
    return Context(
        writer=sender.role,
        now=local(now, person.zone),
        after_meeting=purpose in AFTER or _is_over(series, mail.target),
        names=tuple(_names(series)),
        actions=tuple((a.number, a.text) for a in series.actions),
        closed=tuple(a.number for a in series.actions if a.state is not ActionState.OPEN),
        asked=purpose in ASKING or (purpose is None and _is_awaited(series, sender.role)),
        offered=any(offer.to is sender.role for offer in series.offers),
        language=person.language,
        day_first=sender.day_first,
        meeting_start=local(upcoming.start, person.zone) if upcoming else None,
    )


def _is_over(series: Series, target: ReplyTarget | None) -> bool:
    """Say whether the meeting that the mail names took place."""
    meeting = series.meeting(target.meeting) if target else None
    return meeting is not None and meeting.past


def _is_awaited(series: Series, role: Role) -> bool:
    """Say whether a proposal of the other waits for their answer."""
    return series.proposal is not None and series.proposal.by is not role


def _by_subject(inbound: Inbound) -> tuple[Said, ...]:
    """Read the wish that List-Unsubscribe writes into a subject; a mail program may leave the body
    empty."""
    wish = inbound.subject.strip().casefold()
    if wish not in UNSUBSCRIBES or (inbound.body.text or "").strip().casefold() == wish:
        return ()
    return (Mails(Wanted.NONE),)


def _names(series: Series) -> list[tuple[str, Role]]:
    """List what people call each other: first name, full name, the local part of the address."""
    found = []
    for role in Role:
        person = series.person(role)
        words = (person.first_name, person.name, person.address.partition("@")[0])
        found += [(word.casefold(), role) for word in dict.fromkeys(words) if word]
    return found


def _facts(mail: TriagedMail, sender: Sender, words: MailWords) -> tuple[Fact, ...]:
    """Tell why there is nothing to act on, if there is nothing: it is answered, not counted as an
    empty success. And what whoever reads the receipt should know of how the mail came."""
    if mail.inbound.encrypted:
        return (Fact.ENCRYPTED,)
    if words.word:
        return ()
    if words.is_empty:
        closed = (fact for defect, fact in CLOSED.items() if defect in mail.inbound.defects)
        return (next(closed, Fact.NOTHING_FOUND),)
    if all(isinstance(each, CHANGES_NOTHING) for each in words.said):
        return ()
    return tuple(_how_it_came(mail, sender))


def _how_it_came(mail: TriagedMail, sender: Sender) -> Iterator[Fact]:
    """Find what whoever reads the receipt should know of how the mail came."""
    if sender.unproven:
        yield Fact.UNPROVEN
    if _has_another_subject(mail, sender.series):
        yield Fact.NEW_SUBJECT


def _has_another_subject(mail: TriagedMail, series: Series) -> bool:
    """Say whether an old mail of ours was at hand, and something new was written as an answer to
    it."""
    subject = mail.inbound.subject.strip()
    if mail.found is None or not mail.found.by_token:
        return False
    return subject.casefold() not in ("", *UNSUBSCRIBES) and not named(series, subject)[0]
