"""The one answer a mail gets: what it did, line by line, what was not understood, and when to be
silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from mailbot.meeting.draft import Draft
from mailbot.meeting.mail_draft import MailDraft, ReceiptDraft
from mailbot.meeting.model import Feedback, Purpose, Role, Series
from mailbot.meeting.said import Problem
from mailbot.meeting.sends import Fact, Receipt, Send

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
    already = _only_answer(draft, mail.by)
    if already is not None:  # slots, help or the news of a move: it says the rest too
        facts = tuple(dict.fromkeys((*already.facts, *receipt.facts)))
        draft.add(replace(already, facts=facts, also=content))
        draft.trace.append(f"receipt: the {already.purpose} says it")
        return already.serial
    purpose = _purpose(mail)
    if purpose is None:
        draft.trace.append(f"no receipt: {_why_quiet(receipt)}")
        return 0
    return draft.answer(purpose, mail.by, mail.meeting, content, tuple(receipt.facts)).serial


def _purpose(mail: MailDraft) -> Purpose | None:
    """None: there is nothing to say."""
    receipt = mail.receipt
    if receipt.problems or NOT_READ & set(receipt.facts):
        return Purpose.PROBLEM
    if not receipt.quiet or receipt.facts or mail.event.left:
        return Purpose.RECEIPT
    return None


def _why_quiet(receipt: ReceiptDraft) -> str:
    kinds = dict.fromkeys(line.kind for line in receipt.lines)
    return f"{', '.join(kinds)} alone" if kinds else "there is nothing to say"


def _only_answer(draft: Draft, by: Role) -> Send | None:
    """Keep one of the answers this mail has got already: the last that is not the help card."""
    mine = [s for s in draft.sends if s.to is by and s.answers and s.purpose is not Purpose.INTRO]
    kept = max(mine, key=lambda s: (s.purpose is not Purpose.HELP, s.serial), default=None)
    draft.withdraw(s for s in mine if s is not kept)
    return kept


def spare(mail: MailDraft) -> list[Problem]:
    """Take out what this person was told within 24 hours, and hand back the problems among it."""
    receipt, told = mail.receipt, _told_since(mail.draft, mail.by, mail.draft.world.now - DAY)
    again = [problem for problem in receipt.problems if _complaint(problem) in told]
    facts = [fact for fact in receipt.facts if fact in NOT_READ & told.keys()]
    receipt.problems = [problem for problem in receipt.problems if problem not in again]
    receipt.facts = [fact for fact in receipt.facts if fact not in facts]
    for problem in again:
        _trace_spared(mail, problem.reason, told[_complaint(problem)])
    for fact in facts:
        _trace_spared(mail, fact, told[fact])
    return again


def _trace_spared(mail: MailDraft, reason: str, at: datetime) -> None:
    mail.draft.trace.append(f"spare: {reason}, told at {at:%H:%M} UTC")


def _told_since(draft: Draft, by: Role, since: datetime) -> dict[str, datetime]:
    """What this person was told was not understood, and when."""
    mine = (f for f in draft.series.feedback if f.to is by and f.at > since)
    return {each: f.at for f in mine for each in f.about.split("\n")}


def limit(mail: MailDraft) -> bool:
    """Take back what is over the caps and remember what is not; whether anything was taken back.

    Two robots that set no headers still stop. What was said is kept all the same.
    """
    muted = _limit_answers(mail.draft, mail.by, mail.number or 0)
    return _limit_news(mail.draft) or muted


def _limit_answers(draft: Draft, by: Role, number: int) -> bool:
    """Five in 24 hours and ten a meeting (cases 61 and 62 of tests/kit/cases.py)."""
    answers = [s for s in draft.sends if s.to is by and s.purpose in FEEDBACK]
    if not answers:
        return False
    _forget_old_feedback(draft, number)
    reason = _over_the_cap(draft, by, number)
    if reason:
        draft.withdraw(answers)
        draft.trace.append(f"limit: {reason}")
    else:
        _remember(draft, Feedback(by, draft.world.now, number, _about(answers[0])))
    return bool(reason)


def _forget_old_feedback(draft: Draft, number: int) -> None:
    """What is older than a day counts for the meeting in hand alone."""
    since = draft.world.now - DAY
    recent = (f for f in draft.series.feedback if f.at > since or f.meeting == number)
    draft.set(feedback=tuple(recent))


def _remember(draft: Draft, *feedback: Feedback) -> None:
    draft.set(feedback=(*draft.series.feedback, *feedback))


def _over_the_cap(draft: Draft, by: Role, number: int) -> str:
    """Which cap one more answer to this person would be over; "": none."""
    since = draft.world.now - DAY
    mine = _answers_to(draft.series, by)
    today = sum(f.at > since for f in mine)
    if today >= DAILY:
        return f"{today} answers within 24 hours"
    about_this = sum(f.meeting == number for f in mine)
    if about_this >= PER_MEETING:
        return f"{about_this} answers about this meeting"
    # The first of a day in each series is not asked about: somebody with ten 1:1s may answer ten
    # mails on a Monday, and one robot in all of them still comes to an end.
    everywhere = today + _elsewhere(draft, by, since) if today else 0
    return f"{everywhere} answers within 24 hours in all 1:1s" if everywhere >= DAILY else ""


def _answers_to(series: Series, role: Role | None) -> list[Feedback]:
    return [f for f in series.feedback if f.to is role and f.about != NEWS]


def _elsewhere(draft: Draft, by: Role, since: datetime) -> int:
    """Count the answers to the same person in other series."""
    address = draft.series.person(by).address
    others = draft.world.elsewhere.get(by, ())
    answers = (_answers_to(other, other.role_of(address)) for other in others)
    return sum(f.at > since for each in answers for f in each)


def _limit_news(draft: Draft) -> bool:
    """What one robot says over and over must not reach the other person over and over."""
    muted = [_limit_news_to(draft, role) for role in Role]
    return any(muted)


def _limit_news_to(draft: Draft, role: Role) -> bool:
    news = [s for s in draft.sends if s.to is role and s.purpose in ABOUT_THE_OTHER]
    told = _news_told(draft, role)
    kept = news[: max(NEWS_DAILY - told, 0)]
    _remember(draft, *[Feedback(role, draft.world.now, NO_MEETING, NEWS) for _ in kept])
    muted = news[len(kept) :]
    draft.withdraw(muted)
    if muted:
        draft.trace.append(f"limit: {told} mails of news to the {role} within 24 hours")
    return bool(muted)


def _news_told(draft: Draft, role: Role) -> int:
    """Within 24 hours."""
    since = draft.world.now - DAY
    told = (f for f in draft.series.feedback if f.to is role and f.about == NEWS)
    return sum(f.at > since for f in told)


def _about(send: Send) -> str:
    """What is not told again that day, a line each."""
    return "\n".join(
        [
            *map(_complaint, send.receipt.problems),
            *(fact for fact in send.facts if fact in NOT_READ),
        ]
    )


def _complaint(problem: Problem) -> str:
    return f"{problem.reason} {problem.line}"[:80]
