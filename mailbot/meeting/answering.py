"""The one answer a mail gets: what it did, line by line, what was not understood, and when to be
silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from mailbot.meeting.draft import Draft
from mailbot.meeting.events import Fact, ReceiptLine, Send
from mailbot.meeting.model import ActionItem, Feedback, Meeting, Purpose, Role
from mailbot.meeting.said import Problem

DAILY, PER_MEETING = 5, 10  # answers to one person
NEWS, NEWS_DAILY = "news", 10  # mails to one person about what either did: moves, pauses, proposals
FEEDBACK = frozenset({Purpose.RECEIPT, Purpose.PROBLEM, Purpose.HELP, Purpose.SLOTS})
ABOUT_THE_OTHER = frozenset({Purpose.MOVED, Purpose.MOVE_PROPOSAL, Purpose.NOTICE})
DAY = timedelta(days=1)
NO_MEETING = -1  # in Feedback: kept for a day alone
NOT_READ = frozenset({Fact.NOTHING_FOUND, Fact.ENCRYPTED, Fact.OUTLOOK_FORMAT, Fact.SMIME_FORMAT})


class Receipt:
    """What one mail did, line by line, on its way into the answer and into LastMail."""

    def __init__(self) -> None:
        self.lines: list[ReceiptLine] = []
        self.refs: list[tuple[str, int]] = []
        self.problems: list[Problem] = []
        self.facts: list[Fact] = []
        # "2 private": the numbered lines of the mail before stay what they are
        self.corrects = False
        self.quiet = True  # a plain `done 3` gets no receipt: the next mail shows it
        self.undoable: dict[str, Any] = {}  # fields of LastMail
        self.content: dict[str, Any] = {}  # fields of Send
        self.actions_before: list[ActionItem] = []

    def line(
        self, line: ReceiptLine, ref: tuple[str, int] = ("", 0), *, quiet: bool = False
    ) -> None:
        self.lines.append(line)
        self.refs.append(ref)
        self.quiet = self.quiet and quiet

    def fact(self, *facts: Fact) -> None:
        """Once each, however many words of the mail it holds for."""
        self.facts += [fact for fact in facts if fact not in self.facts]

    def before(self, action: ActionItem) -> None:
        """How an action item was before this mail, the first time it is touched."""
        if all(a.number != action.number for a in self.actions_before):
            self.actions_before.append(action)


def reply(
    turn: Draft, by: Role, meeting: Meeting | None, receipt: Receipt, left: tuple[str, ...]
) -> int:
    """At most one answer to the writer: what was not understood, else what changed, else
    nothing. Its serial, or 0."""
    content: dict[str, Any] = {
        "lines": tuple(receipt.lines),
        "problems": tuple(receipt.problems),
        "left": left,
    }
    already = _only_answer(turn, by)
    if already is not None:  # slots, help or the news of a move: it says the rest too
        facts = tuple(dict.fromkeys((*already.facts, *receipt.facts)))
        told = replace(already, facts=facts, **content, **receipt.content)
        turn.sends[turn.sends.index(already)] = told
        turn.trace.append(f"receipt: the {told.purpose} says it")
        return told.serial
    if receipt.problems or NOT_READ & set(receipt.facts):
        purpose = Purpose.PROBLEM
    elif not receipt.quiet or receipt.facts or left:
        purpose = Purpose.RECEIPT
    else:
        turn.trace.append(f"no receipt: {_why_quiet(receipt)}")
        return 0
    content |= receipt.content | {"facts": tuple(receipt.facts)}
    return turn.send(purpose, by, meeting, answers=True, **content).serial


def _why_quiet(receipt: Receipt) -> str:
    kinds = dict.fromkeys(line.kind for line in receipt.lines)
    return f"{', '.join(kinds)} alone" if kinds else "there is nothing to say"


def _only_answer(turn: Draft, by: Role) -> Send | None:
    """Of the answers this mail has got already, the last that is not the help card stays."""
    mine = [s for s in turn.sends if s.to is by and s.answers and s.purpose is not Purpose.INTRO]
    kept = max(mine, key=lambda s: (s.purpose is not Purpose.HELP, s.serial), default=None)
    turn.sends = [s for s in turn.sends if s is kept or s not in mine]
    return kept


def spare(turn: Draft, by: Role, receipt: Receipt) -> list[Problem]:
    """Take out what this person was told within 24 hours, and hand back the problems among it."""
    since = turn.world.now - DAY
    told = _told_since(turn, by, since)
    again = [problem for problem in receipt.problems if _complaint(problem) in told]
    facts = [fact for fact in receipt.facts if fact in NOT_READ and fact in told]
    receipt.problems = [problem for problem in receipt.problems if problem not in again]
    receipt.facts = [fact for fact in receipt.facts if fact not in facts]
    turn.trace += [
        f"spare: {reason}, told at {told[each]:%H:%M} UTC"
        for each, reason in [
            *((_complaint(problem), problem.reason) for problem in again),
            *((fact, fact) for fact in facts),
        ]
    ]
    return again


def _told_since(turn: Draft, by: Role, since: datetime) -> dict[str, datetime]:
    """What this person was told was not understood, and when."""
    mine = (f for f in turn.series.feedback if f.to is by and f.at > since)
    return {each: f.at for f in mine for each in f.about.split("\n")}


def limit(turn: Draft, by: Role, number: int) -> bool:
    """Take back what is over the caps and remember what is not; whether anything was taken back.

    Two robots that set no headers still stop. What was said is kept all the same.
    """
    muted = _limit_answers(turn, by, number)
    return _limit_news(turn) or muted


def _limit_answers(turn: Draft, by: Role, number: int) -> bool:
    """Five in 24 hours and ten a meeting (cases 61 and 62 of tests/kit/cases.py)."""
    answers = [s for s in turn.sends if s.to is by and s.purpose in FEEDBACK]
    if not answers:
        return False
    since = turn.world.now - DAY
    recent = [f for f in turn.series.feedback if f.at > since or f.meeting == number]
    reason = _over_the_cap(turn, by, number, recent)
    if reason:
        turn.sends = [s for s in turn.sends if s not in answers]
        turn.trace.append(f"limit: {reason}")
    else:
        recent.append(Feedback(by, turn.world.now, number, _about(answers[0])))
    turn.set(feedback=tuple(recent))
    return bool(reason)


def _over_the_cap(turn: Draft, by: Role, number: int, recent: list[Feedback]) -> str:
    """Which cap one more answer to this person would be over; "": none."""
    since = turn.world.now - DAY
    mine = [f for f in recent if f.to is by and f.about != NEWS]
    today = sum(f.at > since for f in mine)
    if today >= DAILY:
        return f"{today} answers within 24 hours"
    about_this = sum(f.meeting == number for f in mine)
    if about_this >= PER_MEETING:
        return f"{about_this} answers about this meeting"
    # The first of a day in each series is not asked about: somebody with ten 1:1s may answer ten
    # mails on a Monday, and one robot in all of them still comes to an end.
    everywhere = today + _elsewhere(turn, by, since) if today else 0
    if everywhere >= DAILY:
        return f"{everywhere} answers within 24 hours in all 1:1s"
    return ""


def _elsewhere(turn: Draft, by: Role, since: datetime) -> int:
    """Count the answers to the same person in other series."""
    address, others = turn.series.person(by).address, turn.world.elsewhere.get(by, ())
    roles = ((other.role_of(address), other.feedback) for other in others)
    return sum(
        f.to is role and f.about != NEWS and f.at > since
        for role, feedback in roles
        for f in feedback
    )


def _limit_news(turn: Draft) -> bool:
    """What one robot says over and over must not reach the other person over and over."""
    muted = [_limit_news_to(turn, role) for role in Role]
    return any(muted)


def _limit_news_to(turn: Draft, role: Role) -> bool:
    news = [s for s in turn.sends if s.to is role and s.purpose in ABOUT_THE_OTHER]
    since = turn.world.now - DAY
    told = sum(f.to is role and f.about == NEWS and f.at > since for f in turn.series.feedback)
    kept = news[: max(NEWS_DAILY - told, 0)]
    muted = [mail for mail in news if mail not in kept]
    turn.sends = [s for s in turn.sends if s not in muted]
    now = (Feedback(role, turn.world.now, NO_MEETING, NEWS) for _ in kept)
    turn.set(feedback=(*turn.series.feedback, *now))
    if muted:
        turn.trace.append(f"limit: {told} mails of news to the {role} within 24 hours")
    return bool(muted)


def _about(send: Send) -> str:
    """What is not told again that day, a line each."""
    return "\n".join(
        [*map(_complaint, send.problems), *(fact for fact in send.facts if fact in NOT_READ)]
    )


def _complaint(problem: Problem) -> str:
    return f"{problem.reason} {problem.line}"[:80]
