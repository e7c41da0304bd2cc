"""What the words of a mail mean to its series: content, an absence, or the answer to "was this
you?"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.inbound.message.parse import Inbound
from mailbot.inbound.triage.rules import MailKind
from mailbot.inbound.triage.thread import Found
from mailbot.inbound.understand.absences import absence
from mailbot.inbound.understand.dates.phrase import Frame
from mailbot.inbound.understand.grammar import Context, understand
from mailbot.inbound.understand.small_talk import is_greeting
from mailbot.inbound.unquote.lines import Reply, new_lines
from mailbot.meeting.events import Answered, Away, Fact, Outcome
from mailbot.meeting.model import ActionState, Held, Purpose, Role, Series, Stage, Wanted
from mailbot.meeting.said import Help, Mails, Problem, Said, Undo
from mailbot.meeting.schedule import local
from mailbot.service.intake.authority import Standing
from mailbot.service.intake.confirmation import Word, first_word, is_always
from mailbot.service.intake.finding import Finding
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


def meaning(reading: Finding, stored: Stored, role: Role, now: datetime) -> Finding:
    """The event that this mail of a person on file is to the series."""
    if reading.judged.kind is MailKind.REACTION or reading.inbound.reaction:
        return reading.ended(Outcome.NOTED, "reaction")
    if reading.judged.kind is MailKind.AWAY:
        return _away(reading, stored.series, role, now)
    return _answered(reading, stored, role, now)


def _away(reading: Finding, series: Series, role: Role, now: datetime) -> Finding:
    """An out-of-office answer, with its return date if it states one. A doubtful one moves
    nobody's meetings."""
    if reading.standing is Standing.DOUBTFUL:
        return reading.ended(Outcome.NOTED, "away, and unsure who")
    person = series.person(role)
    frame = Frame(local(now, person.zone), _day_first(series, role), person.language)
    text = "\n".join(
        [reading.inbound.subject, *new_lines(reading.inbound.body).text.splitlines()[:AWAY_LINES]]
    )
    stated = absence(text, frame)
    until = min(stated.last, frame.today + LONGEST_AWAY) if stated else None
    reading = reading.traced(f"away until: {until or 'no date stated'}")
    return replace(reading, event=Away(role, until), reason="away")


def _answered(reading: Finding, stored: Stored, role: Role, now: datetime) -> Finding:
    reply = new_lines(reading.inbound.body, _sent_text(reading.found, stored))
    context = _context(reading, stored, role, now)
    held = _asked_about(reading, stored.series, reply, now) if stored.series.held else None
    word, rest, beside = first_word(reply, context.language) if held else (Word.NONE, reply, "")
    said = (*_by_subject(reading.inbound), *_told_back(beside), *understand(rest, context))
    if word is Word.UNCLEAR:
        said = (*_asked_again(reply), *said)
    place = reading.place
    event = Answered(
        role,
        said,
        place.meeting if place else None,
        _purpose(place, stored.series),
        place.serial if place else 0,
        left=reading.inbound.attachments,
        facts=_facts(reading, stored.series, reply, said, word),
        may_answer=reading.judged.may_answer,
        address=reading.address,
    )
    settled = held if word in (Word.YES, Word.ALWAYS, Word.NO) else None
    reading = reading.traced(f"level: {'control' if settled else 'content'}")
    return replace(reading, reply=reply, said=said, event=event, held=settled, word=word)


def _asked_about(reading: Finding, series: Series, reply: Reply, now: datetime) -> Held | None:
    """The held mail that this one is an answer about. No machine answers, nobody whose own words
    would be held, and no mail that was written to somebody else: a yes is control.

    Where the words were applied, what is still asked is "always?"; that may stand, alone, in any
    mail that surely is theirs.
    """
    if reading.standing is Standing.DOUBTFUL or not reading.judged.may_answer or not reading.to_us:
        return None
    place = reading.place
    mine = [h for h in series.held if h.role is reading.role and h.until > now]
    asked = place is not None and place.purpose is Purpose.CONFIRM and place.role is reading.role
    mine = [
        h for h in mine if (asked and place and h.serial == place.serial) or (h.done and not asked)
    ]
    open_ = [
        h
        for h in mine
        if not h.done or (is_always(reply.text) and (asked or reading.standing is Standing.SURE))
    ]
    return open_[-1] if open_ else None


def _told_back(beside: str) -> tuple[Said, ...]:
    """Words to us, in one line with a yes: on an agenda they would be read by the other."""
    return (Problem(beside, ""),) if beside else ()


def _asked_again(reply: Reply) -> tuple[Said, ...]:
    """Neither yes nor no."""
    lines = [
        line.text.strip() for line in reply.own if line.text.strip() and not is_greeting(line.text)
    ]
    return (Problem(lines[0], "yes"),)


def _sent_text(found: Found | None, stored: Stored) -> str | None:
    """The very text that the mail quotes; None: not known, or sent too long ago. Another one
    would make a template of ours look like words of theirs."""
    quoted = found.quoted if found else None
    if quoted is None or quoted.series != stored.series.id:
        return None
    return next(
        (s.text for s in stored.sent if (s.meeting, s.serial) == (quoted.meeting, quoted.serial)),
        None,
    )


def _purpose(place: ReplyTarget | None, series: Series) -> Purpose | None:
    """What the mail that was answered asked. Where only its thread is known, a meeting that is
    over asks for notes."""
    if place is None or place.serial:
        return place.purpose if place else None
    meeting = series.meeting(place.meeting)
    return Purpose.NOTES_REQUEST if meeting and meeting.stage is Stage.HELD else None


def _context(reading: Finding, stored: Stored, role: Role, now: datetime) -> Context:
    series = stored.series
    person = series.person(role)
    meeting = series.meeting(reading.place.meeting) if reading.place else None
    upcoming = series.upcoming
    awaited = series.proposal is not None and series.proposal.by is not role
    purpose = _purpose(reading.place, series)
    return Context(
        writer=role,
        now=local(now, person.zone),
        after_meeting=purpose in AFTER or (meeting is not None and meeting.past),
        names=tuple(_names(series)),
        actions=tuple((a.number, a.text) for a in series.actions),
        closed=tuple(a.number for a in series.actions if a.state is not ActionState.OPEN),
        asked=(awaited and purpose is None) or purpose in ASKING,
        offered=any(o.to is role for o in series.offers),
        language=person.language,
        day_first=_day_first(series, role),
        meeting_start=local(upcoming.start, person.zone) if upcoming else None,
    )


def _by_subject(inbound: Inbound) -> tuple[Said, ...]:
    """The wish that List-Unsubscribe writes into a subject; a mail program may leave the body
    empty."""
    wish = inbound.subject.strip().casefold()
    if wish not in UNSUBSCRIBES or (inbound.body.text or "").strip().casefold() == wish:
        return ()
    return (Mails(Wanted.NONE),)


def _day_first(series: Series, role: Role) -> bool:
    person = series.person(role)
    return person.country[:2] not in MONTH_FIRST and not person.zone.startswith("America/")


def _names(series: Series) -> list[tuple[str, Role]]:
    """What people call each other: first name, full name, the local part of the address."""
    found = []
    for role in Role:
        person = series.person(role)
        words = (person.first_name, person.name, person.address.partition("@")[0])
        found += [(word.casefold(), role) for word in dict.fromkeys(words) if word]
    return found


def _facts(
    reading: Finding, series: Series, reply: Reply, said: tuple[Said, ...], word: Word
) -> tuple[Fact, ...]:
    """Why there is nothing to act on, if there is nothing: it is answered, not counted as an
    empty success. And what whoever reads the receipt should know of how the mail came."""
    if reading.inbound.encrypted:
        return (Fact.ENCRYPTED,)
    if not said and not reply.text and not word:
        closed = (fact for defect, fact in CLOSED.items() if defect in reading.inbound.defects)
        return (next(closed, Fact.NOTHING_FOUND),)
    if word or all(isinstance(each, CHANGES_NOTHING) for each in said):
        return ()
    unproven = (Fact.UNPROVEN,) if reading.unproven else ()
    return (*unproven, Fact.NEW_SUBJECT) if _has_another_subject(reading, series) else unproven


def _has_another_subject(reading: Finding, series: Series) -> bool:
    """An old mail of ours was at hand, and something new was written as an answer to it."""
    subject = reading.inbound.subject.strip()
    by_token = reading.found is not None and reading.found.by_token
    return (
        by_token and subject.casefold() not in ("", *UNSUBSCRIBES) and not named(series, subject)[0]
    )
