"""Holds: a decision that is silent says why, so that `mailbot why` can name the reason: silence is
a bug.
"""

from mailbot.meeting.events import Answered, Bounced, Outcome
from mailbot.meeting.model import Role, Wanted
from mailbot.meeting.said import Item, Mails, Mark, Pause, Problem, Promised, Resume, Verb
from tests.unit.meeting.conftest import Pair

REPORT, MANAGER = Role.REPORT, Role.MANAGER
DOUBTFUL = Problem("don 3", "done 3")


def happen(pair: Pair, *said: object, may_answer: bool = True) -> tuple[Outcome, tuple[str, ...]]:
    event = Answered(REPORT, said, may_answer=may_answer)  # type: ignore[arg-type]
    decision = pair.happen(event)
    return decision.outcome, decision.trace


def test_an_answer_that_leaves_has_no_reason_for_silence(both: Pair) -> None:
    assert happen(both, Item("Budget")) == (Outcome.APPLIED, ())


def test_a_mark_alone_is_quiet(both: Pair) -> None:
    happen(both, Promised("Send the numbers"))
    assert happen(both, Mark(Verb.DONE, (1,))) == (Outcome.APPLIED, ("no receipt: done alone",))


def test_a_mail_of_a_machine_gets_no_receipt(both: Pair) -> None:
    _, trace = happen(both, Item("Budget"), may_answer=False)
    assert trace == ("no receipt: the mail was automatic or of a list",)


def test_what_was_told_today_is_not_told_again(both: Pair) -> None:
    happen(both, DOUBTFUL)
    outcome, trace = happen(both, DOUBTFUL)
    assert outcome is Outcome.MUTED
    assert trace == ("spare: unclear, told at 08:00 UTC", "no receipt: there is nothing to say")


def test_the_sixth_answer_of_a_day_is_muted(both: Pair) -> None:
    outcomes = [happen(both, Item(f"Point {n}")) for n in range(6)]
    assert outcomes[-1] == (Outcome.MUTED, ("limit: 5 answers within 24 hours",))
    assert set(outcomes[:-1]) == {(Outcome.APPLIED, ())}


def test_news_over_the_cap_says_so(both: Pair) -> None:
    traces = [happen(both, Pause() if n % 2 == 0 else Resume())[1] for n in range(12)]
    assert "limit: 10 mails of news to the manager within 24 hours" in traces[-1]


def test_a_dead_address_is_named(both: Pair) -> None:
    both.happen(Bounced(MANAGER, hard=True))
    _, trace = happen(both, Mails(Wanted.NONE))
    assert "unreachable: the notice to the manager is not sent" in trace
