"""The one answer a mail gets: what it did, line by line, what was not understood, and when to be
silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from mailbot.meeting.draft import Draft
from mailbot.meeting.events import ReceiptLine, Send
from mailbot.meeting.model import ActionItem, Feedback, Meeting, Purpose, Role
from mailbot.meeting.said import Problem

DAILY, PER_MEETING = 5, 10  # answers to one person
NEWS, NEWS_DAILY = "news", 10  # mails to one person about what either did: moves, pauses, proposals
FEEDBACK = frozenset({Purpose.RECEIPT, Purpose.PROBLEM, Purpose.HELP, Purpose.SLOTS})
ABOUT_THE_OTHER = frozenset({Purpose.MOVED, Purpose.MOVE_PROPOSAL, Purpose.NOTICE})
NO_MEETING = -1  # in Feedback: kept for a day alone
NOT_READ = {"nothing_found", "encrypted", "outlook_format", "smime_format"}


class Receipt:
    """What one mail did, line by line, on its way into the answer and into LastMail."""

    def __init__(self) -> None:
        self.lines: list[ReceiptLine] = []
        self.refs: list[tuple[str, int]] = []
        self.problems: list[Problem] = []
        self.facts: list[str] = []
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

    def fact(self, *facts: str) -> None:
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
        return told.serial
    if receipt.problems or NOT_READ & set(receipt.facts):
        purpose = Purpose.PROBLEM
    elif not receipt.quiet or receipt.facts or left:
        purpose = Purpose.RECEIPT
    else:
        return 0
    content |= receipt.content | {"facts": tuple(receipt.facts)}
    return turn.send(purpose, by, meeting, answers=True, **content).serial


def _only_answer(turn: Draft, by: Role) -> Send | None:
    """Of the answers this mail has got already, the last that is not the help card stays."""
    mine = [s for s in turn.sends if s.to is by and s.answers and s.purpose is not Purpose.INTRO]
    kept = max(mine, key=lambda s: (s.purpose is not Purpose.HELP, s.serial), default=None)
    turn.sends = [s for s in turn.sends if s is kept or s not in mine]
    return kept


def spare(turn: Draft, by: Role, receipt: Receipt) -> list[Problem]:
    """Take out what this person was told within 24 hours, whatever stands beside it; the
    problems are handed back."""
    since = turn.world.now - timedelta(days=1)
    mine = [f.about for f in turn.series.feedback if f.to is by and f.at > since]
    told = {each for about in mine for each in about.split("\n")}
    again = [problem for problem in receipt.problems if _complaint(problem) in told]
    receipt.problems = [problem for problem in receipt.problems if problem not in again]
    receipt.facts = [fact for fact in receipt.facts if fact not in NOT_READ & told]
    return again


def limit(turn: Draft, by: Role, number: int) -> bool:
    """Take back answers over the caps: two robots that set no headers still stop. What was said is
    kept all the same.

    Five in 24 hours and ten a meeting (cases 61 and 62 of tests/kit/cases.py).
    """
    since = turn.world.now - timedelta(days=1)
    recent = [f for f in turn.series.feedback if f.at > since or f.meeting == number]
    mine = [f for f in recent if f.to is by and f.about != NEWS]
    answers = [s for s in turn.sends if s.to is by and s.purpose in FEEDBACK]
    if not answers:
        return _limit_news(turn)
    today = [f for f in mine if f.at > since]
    muted = len(today) >= DAILY or sum(f.meeting == number for f in mine) >= PER_MEETING
    muted = muted or (bool(today) and len(today) + _elsewhere(turn, by, since) >= DAILY)
    if muted:
        turn.sends = [s for s in turn.sends if s not in answers]
    else:
        recent.append(Feedback(by, turn.world.now, number, _about(answers[0])))
    turn.set(feedback=tuple(recent))
    return _limit_news(turn) or muted


def _elsewhere(turn: Draft, by: Role, since: datetime) -> int:
    """Answers to the same person in other series. The first of a day in each is not asked about:
    somebody with ten 1:1s may answer ten mails on a Monday, and one robot in all of them still
    comes to an end."""
    address, others = turn.series.person(by).address, turn.world.elsewhere.get(by, ())
    roles = ((other.role_of(address), other.feedback) for other in others)
    return sum(
        f.to is role and f.about != NEWS and f.at > since
        for role, feedback in roles
        for f in feedback
    )


def _limit_news(turn: Draft) -> bool:
    """What one robot says over and over must not reach the other person over and over."""
    since = turn.world.now - timedelta(days=1)
    muted = False
    for role in Role:
        left = NEWS_DAILY - sum(
            (f.to, f.about) == (role, NEWS) and f.at > since for f in turn.series.feedback
        )
        news = [s for s in turn.sends if s.to is role and s.purpose in ABOUT_THE_OTHER]
        if news:
            turn.sends = [s for s in turn.sends if s not in news[max(left, 0) :]]
            told = (Feedback(role, turn.world.now, NO_MEETING, NEWS) for _ in news[: max(left, 0)])
            turn.set(feedback=(*turn.series.feedback, *told))
            muted = muted or len(news) > left
    return muted


def _about(send: Send) -> str:
    """What is not told again that day, a line each."""
    return "\n".join(
        [*map(_complaint, send.problems), *(fact for fact in send.facts if fact in NOT_READ)]
    )


def _complaint(problem: Problem) -> str:
    return f"{problem.reason} {problem.line}"[:80]
