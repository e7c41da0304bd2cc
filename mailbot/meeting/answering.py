"""The one answer a mail gets: what it did, line by line, what was not understood, and when to be
silent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, filterfalse
from typing import TypeVar

from mailbot.meeting.draft import Draft
from mailbot.meeting.mail_draft import MailDraft
from mailbot.meeting.model import Feedback, Purpose, Role, Series
from mailbot.meeting.said import Problem
from mailbot.meeting.sends import Fact, Receipt, Send

T = TypeVar("T")

DAILY, PER_MEETING = 5, 10  # answers to one person
NEWS, NEWS_DAILY = "news", 10  # mails to one person about what either did: moves, pauses, proposals
FEEDBACK = frozenset({Purpose.RECEIPT, Purpose.PROBLEM, Purpose.HELP, Purpose.SLOTS})
ABOUT_THE_OTHER = frozenset({Purpose.MOVED, Purpose.MOVE_PROPOSAL, Purpose.NOTICE})
DAY = timedelta(days=1)
NO_MEETING = -1  # in Feedback: kept for a day alone
NOT_READ = frozenset({Fact.NOTHING_FOUND, Fact.ENCRYPTED, Fact.OUTLOOK_FORMAT, Fact.SMIME_FORMAT})


def reply(mail: MailDraft) -> int:
    """Give the writer at most one answer: what was not understood, else what changed, else
    nothing. Its serial, or 0."""
    draft, receipt = mail.draft, mail.receipt
    content = Receipt(tuple(receipt.lines), tuple(receipt.problems), mail.event.left, receipt.asked)
    already, purpose = _only_answer(draft, mail.by), _purpose(mail)
    if already is not None:  # slots, help or the news of a move: it says the rest too
        facts = tuple(dict.fromkeys((*already.facts, *receipt.facts)))
        draft.trace.append(f"receipt: the {already.purpose} says it")
        return draft.add(replace(already, facts=facts, also=content)).serial
    if purpose is not None:
        return draft.answer(
            draft.made(purpose, mail.by, mail.meeting, content, tuple(receipt.facts))
        ).serial
    kinds = dict.fromkeys(line.kind for line in receipt.lines)
    quiet = f"{', '.join(kinds)} alone" if kinds else "there is nothing to say"
    draft.trace.append(f"no receipt: {quiet}")
    return 0


def _purpose(mail: MailDraft) -> Purpose | None:
    """Tell what kind of answer it gets; None: there is nothing to say."""
    receipt = mail.receipt
    if receipt.problems or NOT_READ.intersection(receipt.facts):
        return Purpose.PROBLEM
    news = (not receipt.quiet, receipt.facts, mail.event.left)
    return Purpose.RECEIPT if any(news) else None


def _only_answer(draft: Draft, by: Role) -> Send | None:
    """Keep one of the answers this mail has got already: the last that is not the help card."""
    answers = (s for s in draft.sends_to(by) if s.answers and s.purpose is not Purpose.INTRO)
    ranked = sorted(answers, key=lambda s: (s.purpose is not Purpose.HELP, s.serial))
    draft.withdraw(ranked[:-1])
    return ranked[-1] if ranked else None


def spare(mail: MailDraft) -> list[Problem]:
    """Take out what this person was told within 24 hours, and hand back the problems among it."""
    receipt, told = mail.receipt, _told_today(mail.draft, mail.by)
    again, receipt.problems = _parted(receipt.problems, lambda each: _complaint(each) in told)
    facts, receipt.facts = _parted(receipt.facts, lambda fact: fact in NOT_READ & told.keys())
    spared = [(problem.reason, told[_complaint(problem)]) for problem in again]
    for reason, at in (*spared, *((fact, told[fact]) for fact in facts)):
        mail.draft.trace.append(f"spare: {reason}, told at {at:%H:%M} UTC")
    return again


def _parted(words: list[T], belongs: Callable[[T], bool]) -> tuple[list[T], list[T]]:
    """Part a list in what belongs and the rest, each in its order."""
    return list(filter(belongs, words)), list(filterfalse(belongs, words))


def _told_today(draft: Draft, by: Role) -> dict[str, datetime]:
    """Recall what this person was told within 24 hours was not understood, and when."""
    mine = (f for f in _of_today(draft, draft.series.feedback) if f.to is by)
    return {each: f.at for f in mine for each in f.about.split("\n")}


def _of_today(draft: Draft, feedback: Iterable[Feedback]) -> list[Feedback]:
    """List those of the last 24 hours."""
    since = draft.world.now - DAY
    return [f for f in feedback if f.at > since]


def limit(mail: MailDraft) -> bool:
    """Take back what is over the caps and remember what is not; whether anything was taken back.

    Two robots that set no headers still stop. What was said is kept all the same.
    """
    muted = _limit_answers(mail.draft, mail.by, mail.number or 0)
    return _limit_news(mail.draft) or muted


def _limit_answers(draft: Draft, by: Role, number: int) -> bool:
    """Five in 24 hours and ten a meeting (cases 61 and 62 of tests/kit/cases.py)."""
    answers = [s for s in draft.sends_to(by) if s.purpose in FEEDBACK]
    if not answers:
        return False
    _forget_old_feedback(draft, number)
    reason = _over_the_cap(draft, by, number)
    if not reason:
        _remember(draft, Feedback(by, draft.world.now, number, _about(answers[0])))
        return False
    draft.withdraw(answers)
    draft.trace.append(f"limit: {reason}")
    return True


def _forget_old_feedback(draft: Draft, number: int) -> None:
    """Drop what is older than a day, but of the meeting in hand."""
    since = draft.world.now - DAY
    recent = (f for f in draft.series.feedback if f.at > since or f.meeting == number)
    draft.set(feedback=tuple(recent))


def _remember(draft: Draft, *feedback: Feedback) -> None:
    draft.set(feedback=(*draft.series.feedback, *feedback))


def _over_the_cap(draft: Draft, by: Role, number: int) -> str:
    """Tell which cap one more answer to this person would be over; "": none."""
    mine = _answers_to(draft.series, by)
    today = len(_of_today(draft, mine))
    about_this = sum(f.meeting == number for f in mine)
    # The first of a day in each series is not asked about: somebody with ten 1:1s may answer ten
    # mails on a Monday, and one robot in all of them still comes to an end.
    everywhere = today and today + _elsewhere(draft, by)
    caps = (
        (today, DAILY, "within 24 hours"),
        (about_this, PER_MEETING, "about this meeting"),
        (everywhere, DAILY, "within 24 hours in all 1:1s"),
    )
    over = (f"{count} answers {which}" for count, most, which in caps if count >= most)
    return next(over, "")


def _answers_to(series: Series, role: Role | None) -> list[Feedback]:
    return [f for f in series.feedback if f.to is role and f.about != NEWS]


def _elsewhere(draft: Draft, by: Role) -> int:
    """Count the answers of the last 24 hours to the same person in other series."""
    address = draft.series.person(by).address
    others = draft.world.elsewhere.get(by, ())
    answers = (_answers_to(other, other.role_of(address)) for other in others)
    return len(_of_today(draft, chain.from_iterable(answers)))


def _limit_news(draft: Draft) -> bool:
    """Spare the other person what one robot says over and over."""
    muted = [_limit_news_to(draft, role) for role in Role]
    return any(muted)


def _limit_news_to(draft: Draft, role: Role) -> bool:
    """Withdraw the news that are over the cap of a day; whether there were any."""
    news = [s for s in draft.sends_to(role) if s.purpose in ABOUT_THE_OTHER]
    told = _news_told(draft, role)
    kept = news[: max(NEWS_DAILY - told, 0)]
    _remember(draft, *[Feedback(role, draft.world.now, NO_MEETING, NEWS) for _ in kept])
    muted = news[len(kept) :]
    draft.withdraw(muted)
    if muted:
        draft.trace.append(f"limit: {told} mails of news to the {role} within 24 hours")
    return bool(muted)


def _news_told(draft: Draft, role: Role) -> int:
    """Count the news that this person was told within 24 hours."""
    told = (f for f in draft.series.feedback if (f.to, f.about) == (role, NEWS))
    return len(_of_today(draft, told))


def _about(send: Send) -> str:
    """Sum up what is not told again that day, a line each."""
    facts = filter(NOT_READ.__contains__, send.facts)
    return "\n".join((*map(_complaint, send.receipt.problems), *facts))


def _complaint(problem: Problem) -> str:
    """Shorten a problem to a line that tells it from others."""
    return f"{problem.reason} {problem.line}"[:80]
