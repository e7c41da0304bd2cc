"""Holds: who wants fewer mails or none gets no more, the other knows, and nothing else of the
series changes.

`less`, `more` and `stop`.
"""

import pytest

from mailbot.meeting.events import Away, Reconfigured
from mailbot.meeting.model import SCHEDULED, Purpose, Role, Wanted
from mailbot.meeting.said import Item, Mails, MoveTo, Noted, Undo
from tests.kit.sends import agenda_in
from tests.unit.meeting.conftest import ANA, BEN, Pair
from tests.unit.meeting.test_decide import facts, utc

REPORT, MANAGER = Role.REPORT, Role.MANAGER
LESS, MORE, STOP = Mails(Wanted.LESS), Mails(Wanted.ALL), Mails(Wanted.NONE)
P = Purpose


def scheduled(pair: Pair, role: Role) -> set[Purpose]:
    return {
        s.purpose
        for _, s in pair.sends
        if s.to is role and s.purpose in SCHEDULED and not s.answers
    }


def weeks(pair: Pair, *, answering: Role) -> Pair:
    """Three weeks in which one of the two answers each notes request."""
    for _ in range(3):
        mail = pair.until_sent(P.NOTES_REQUEST, answering)
        pair.says(answering, Noted(f"Something of meeting {mail.meeting}"), to=mail)
    return pair


@pytest.mark.parametrize("role", list(Role))
def test_less_leaves_the_agenda_and_the_summary(both: Pair, role: Role) -> None:
    (told,) = both.says(role, LESS)
    assert told.facts == ("less",), "and the other hears nothing of it"
    weeks(both, answering=role.other)
    assert scheduled(both, role) == {P.AGENDA, P.SUMMARY}
    assert {P.NOTES_REQUEST, P.AGENDA, P.SUMMARY} < scheduled(both, role.other)


@pytest.mark.parametrize("role", list(Role))
def test_stop_ends_what_comes_unasked_to_that_person_alone(both: Pair, role: Role) -> None:
    told, news = both.says(role, STOP)
    assert (told.to, told.purpose, told.facts) in (
        (role, P.RECEIPT, ("stop",)),
        (role.other, P.NOTICE, ("stopped",)),
    )
    assert {told.to, news.to} == set(Role)
    weeks(both, answering=role.other)
    assert scheduled(both, role) == set()
    assert {P.NOTES_REQUEST, P.AGENDA, P.SUMMARY} < scheduled(both, role.other)
    assert both.upcoming.number == 4, "the series stays"


def test_what_the_other_does_still_reaches_who_stopped(both: Pair) -> None:
    both.says(REPORT, STOP)
    both.says(MANAGER, MoveTo(utc("2026-03-06 00:00").date()))
    assert [s.purpose for _, s in both.sends if s.to is REPORT][-1] is P.MOVE_PROPOSAL


def test_who_stopped_and_writes_is_heard_and_answered(both: Pair) -> None:
    both.says(REPORT, STOP)
    (receipt,) = both.says(REPORT, Item("Grow"))
    assert receipt.to is REPORT
    assert [i.text for i in agenda_in(both.until_sent(P.AGENDA, MANAGER)).items] == ["Grow"]


def test_an_absence_of_the_other_is_no_reason_to_write(both: Pair) -> None:
    both.says(MANAGER, STOP)
    both.happen(Away(REPORT, utc("2026-03-06 00:00").date()))
    both.until(utc("2026-03-20 17:00"))
    assert P.SLOTS not in {s.purpose for _, s in both.sends if s.to is MANAGER}


def test_more_brings_all_back_and_the_other_hears_of_it_only_after_stop(both: Pair) -> None:
    both.says(REPORT, STOP)
    both.says(REPORT, MORE)
    assert facts(both, REPORT, P.RECEIPT) == ("more",)
    assert facts(both, MANAGER, P.NOTICE) == ("mails_again",)
    both.until_sent(P.FIRST_AGENDA_REQUEST, REPORT)
    both.says(REPORT, LESS)
    assert [s.to for s in both.says(REPORT, MORE)] == [REPORT]


def test_stop_said_twice_tells_the_other_once(both: Pair) -> None:
    both.says(REPORT, STOP)
    assert [(s.to, s.facts) for s in both.says(REPORT, STOP)] == [(REPORT, ("stop",))]


def test_undo_takes_it_back(both: Pair) -> None:
    both.says(REPORT, STOP)
    both.says(REPORT, Undo())
    assert facts(both, MANAGER, P.NOTICE) == ("mails_again",)
    both.until_sent(P.FIRST_AGENDA_REQUEST, REPORT)


def test_the_operators_file_changes_nothing_about_it(both: Pair) -> None:
    both.says(REPORT, STOP)
    both.happen(Reconfigured(ANA, BEN, None))
    both.until(utc("2026-03-20 17:00"))
    assert scheduled(both, REPORT) == set()


def test_a_meeting_closes_when_those_who_want_one_have_its_summary(both: Pair) -> None:
    both.says(MANAGER, STOP)
    mail = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.says(REPORT, Noted("Said"), to=mail)
    both.until_sent(P.SUMMARY, REPORT)
    assert {m.number: m.stage.value for m in both.series.meetings}[1] == "closed"
