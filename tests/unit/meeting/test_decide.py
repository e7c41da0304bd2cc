"""Holds: every line a person writes is understood, or kept and shown to them, and nothing happens
behind the other's back.

What words and time do to a series, case by case.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from mailbot.meeting.acts.unconfirmed import may_await_confirmation
from mailbot.meeting.decide import open_series
from mailbot.meeting.events import (
    Answered,
    Away,
    Bounced,
    Confirmed,
    Doubted,
    Reconfigured,
    Started,
)
from mailbot.meeting.model import ActionState, Cadence, Purpose, Role, Stage, Theme, Unconfirmed
from mailbot.meeting.said import (
    Consent,
    Help,
    Item,
    Mark,
    MoveTo,
    Noted,
    Pause,
    Pick,
    Private,
    Problem,
    Promised,
    Reason,
    Recur,
    Remarked,
    Resume,
    SetDue,
    SetOwner,
    Skip,
    Undo,
    Verb,
)
from mailbot.meeting.sends import ConfirmRequest, Fact
from tests.kit.sends import agenda_in, change_in, content_in, slots_in, summary_in
from tests.unit.meeting.conftest import ANA, BEN, THURSDAYS, Pair, pair

REPORT, MANAGER = Role.REPORT, Role.MANAGER
P = Purpose


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def facts(pair: Pair, to: Role, purpose: Purpose) -> tuple[str, ...]:
    return next(s.facts for _, s in reversed(pair.sends) if s.to is to and s.purpose is purpose)


# ---- the cycle ----


def test_a_quiet_cycle_keeps_the_budget_and_rolls_on(both: Pair) -> None:
    both.until(utc("2026-03-20 17:00"))
    assert both.purposes(REPORT)[:3] == ["first_agenda_request", "agenda", "notes_request"]
    assert both.purposes(MANAGER)[:3] == ["first_manager", "agenda", "notes_request"]
    assert both.purposes(REPORT)[3:] == ["agenda_request", "agenda", "notes_request"] * 2
    assert both.upcoming.start == utc("2026-03-26 14:00")


def test_the_agenda_holds_both_peoples_items_the_reports_first(both: Pair) -> None:
    request = both.until_sent(P.FIRST_AGENDA_REQUEST, REPORT)
    manager = both.until_sent(P.FIRST_MANAGER, MANAGER)
    both.says(MANAGER, Item("Budget", Theme.BIG_PICTURE), to=manager)
    both.says(REPORT, Item("Grow", Theme.CAREER), Item("tired", private=True), to=request)
    for role in Role:
        agenda = both.until_sent(P.AGENDA, role)
        assert [i.text for i in agenda_in(agenda).items] == ["Grow", "Budget"]
        assert [i.text for i in agenda_in(agenda).own_items] == (
            ["tired"] if role is REPORT else []
        )


def test_an_empty_agenda_says_one_friendly_line_to_the_report_alone(both: Pair) -> None:
    assert both.until_sent(P.AGENDA, REPORT).facts == ("report_wrote_nothing",)
    assert both.until_sent(P.AGENDA, MANAGER).facts == ()


def test_what_comes_after_the_agenda_is_sent_as_an_update_only_if_it_is_new(both: Pair) -> None:
    agenda = both.until_sent(P.AGENDA, REPORT)
    both.says(REPORT, Item("Late thought"), to=agenda)
    update = both.until_sent(P.AGENDA_UPDATE, MANAGER)
    assert both.now == utc("2026-03-05 13:00")
    assert [i.text for i in agenda_in(update).items] == ["Late thought"]
    both.until(utc("2026-03-30 08:00"))
    assert both.purposes(MANAGER).count("agenda_update") == 1


def test_a_private_thought_makes_no_update(both: Pair) -> None:
    agenda = both.until_sent(P.AGENDA, REPORT)
    both.says(REPORT, Item("Late thought", private=True), to=agenda)
    both.until(utc("2026-03-06 08:00"))
    assert "agenda_update" not in both.purposes(REPORT) + both.purposes(MANAGER)


def test_the_summary_comes_when_both_have_answered(both: Pair) -> None:
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.says(REPORT, Noted("We talked"), Promised("Send the plan", due=date(2026, 3, 9)), to=notes)
    assert "summary" not in both.purposes(REPORT)
    sends = both.says(MANAGER, Noted("Good talk", private=True), Promised("Ask HR"), to=notes)
    to_manager = [s for s in sends if s.to is MANAGER]
    assert [s.purpose for s in to_manager] == [P.RECEIPT, P.SUMMARY]
    summary = to_manager[-1]
    assert [(a.number, a.owner, a.text) for a in summary_in(summary).actions] == [
        (2, MANAGER, "Ask HR"),
        (1, REPORT, "Send the plan"),
    ]
    assert [n.text for n in summary_in(summary).notes] == ["We talked"]
    assert [n.text for n in summary_in(summary).own_notes] == ["Good talk"]
    assert summary_in(summary).next_start == utc("2026-03-12 14:00")


def test_the_summary_waits_for_the_next_morning_when_one_answered(both: Pair) -> None:
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.says(REPORT, Noted("We talked"), to=notes)
    both.until_sent(P.SUMMARY, MANAGER)
    assert both.now == utc("2026-03-06 08:00")


def test_items_nobody_spoke_for_carry_over_and_say_from_when(both: Pair) -> None:
    request = both.until_sent(P.FIRST_AGENDA_REQUEST, REPORT)
    both.says(REPORT, Item("Grow", Theme.CAREER), Item("own", private=True), to=request)
    both.until(utc("2026-03-09 17:00"))
    request = both.until_sent(P.AGENDA_REQUEST, REPORT)
    assert [(i.text, i.carried_from) for i in agenda_in(request).items] == [
        ("Grow", date(2026, 3, 5))
    ]
    assert [(i.text, i.carried_from) for i in agenda_in(request).own_items] == [
        ("own", date(2026, 3, 5))
    ]
    both.until(utc("2026-03-17 17:00"))
    assert agenda_in(both.until_sent(P.AGENDA_REQUEST, REPORT)).items[0].carried_from == date(
        2026, 3, 5
    )


def test_items_that_were_talked_about_do_not_come_back(both: Pair) -> None:
    request = both.until_sent(P.FIRST_AGENDA_REQUEST, REPORT)
    both.says(REPORT, Item("Grow", Theme.CAREER), to=request)
    notes = both.until_sent(P.NOTES_REQUEST, MANAGER)
    both.says(MANAGER, Noted("Grow: a course"), to=notes)
    both.until(utc("2026-03-09 17:00"))
    assert agenda_in(both.until_sent(P.AGENDA_REQUEST, REPORT)).items == ()


def test_a_meeting_that_did_not_happen_carries_everything_and_offers_slots_before_the_gap(
    both: Pair,
) -> None:
    both.until(utc("2026-03-11 12:00"))
    both.says(REPORT, Item("Grow"))
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    assert notes.meeting == 2
    both.says(REPORT, Consent(yes=False), to=notes)
    both.says(MANAGER, Consent(yes=False), to=notes)
    both.until(utc("2026-03-18 12:00"))
    assert [i.text for i in both.upcoming.items] == ["Grow"]
    biweekly = pair(replace(THURSDAYS, every_weeks=2))
    notes = biweekly.until(utc("2026-03-19 12:00")).until_sent(P.NOTES_REQUEST, REPORT)
    biweekly.says(REPORT, Consent(yes=False), to=notes)
    warning = biweekly.until_sent(P.GAP_WARNING, REPORT)
    assert slots_in(warning).gap_days == 28
    assert len(slots_in(warning).times) == 3
    biweekly.until(utc("2026-03-31 12:00"))
    assert (
        biweekly.purposes(REPORT).count("gap_warning")
        == biweekly.purposes(MANAGER).count("gap_warning")
        == 1
    )


def test_themes_start_with_the_one_longest_untouched_and_prompts_do_not_come_back() -> None:
    both = pair()
    seen: list[tuple[Theme, int]] = []
    for _ in range(7):
        both.until(both.upcoming.start - timedelta(days=3))
        both.says(REPORT, Item("Grow", Theme.CAREER))
        request = both.until_sent(
            P.FIRST_AGENDA_REQUEST if both.upcoming.number == 1 else P.AGENDA_REQUEST, REPORT
        )
        prompted = [(t, n) for t, n in agenda_in(request).themes if n is not None]
        assert len(prompted) == 3
        assert not set(prompted) & set(seen)
        seen += prompted
        both.until(both.upcoming.start + timedelta(hours=1))
    assert agenda_in(request).themes[-2][0] is Theme.CAREER
    assert agenda_in(request).themes[-1] == (Theme.ANYTHING_ELSE, None)


# ---- action items ----


@pytest.fixture
def promised(both: Pair) -> Pair:
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.says(REPORT, Promised("One"), Promised("Two", MANAGER), Promised("Three"), to=notes)
    return both


def states(pair: Pair) -> list[str]:
    return [a.state.value for a in pair.series.actions]


def test_marks_change_states_and_get_no_receipt(promised: Pair) -> None:
    assert promised.says(REPORT, Mark(Verb.DONE, (1, 3)), Mark(Verb.DROP, (2,))) == ()
    assert states(promised) == ["done", "dropped", "done"]
    promised.says(MANAGER, Mark(Verb.REOPEN, (3,)))
    assert states(promised) == ["done", "dropped", "open"]


def test_a_number_that_does_not_exist_is_asked_about(promised: Pair) -> None:
    (problem,) = promised.says(REPORT, Mark(Verb.DONE, (1, 9)))
    assert problem.purpose is P.PROBLEM
    assert problem.receipt.problems == (Problem("done 9", "", Reason.NUMBER),)
    assert states(promised)[0] == "done"


def test_due_date_and_owner_change_and_the_new_owner_is_told(promised: Pair) -> None:
    promised.says(REPORT, SetDue(1, date(2026, 3, 20)))
    sends = promised.says(REPORT, SetOwner(1, MANAGER))
    assert [(s.purpose, s.to, s.facts) for s in sends] == [
        (P.NOTICE, MANAGER, ("new_owner",)),
        (P.RECEIPT, REPORT, ()),
    ]
    action = promised.series.actions[0]
    assert (action.owner, action.due) == (MANAGER, date(2026, 3, 20))


def test_remarks_are_kept_with_the_item(promised: Pair) -> None:
    promised.says(MANAGER, Remarked(2, "still on it"))
    assert [r.text for r in promised.series.actions[1].remarks] == ["still on it"]


def test_numbers_are_never_reused(promised: Pair) -> None:
    promised.says(REPORT, Mark(Verb.DONE, (1, 2, 3)))
    promised.until(utc("2026-04-20 12:00"))
    assert states(promised) == []
    promised.says(REPORT, Promised("Four"))
    assert [a.number for a in promised.series.actions] == [4]


def test_the_next_agenda_opens_with_the_managers_promises(promised: Pair) -> None:
    promised.until(utc("2026-03-09 17:00"))
    request = promised.until_sent(P.AGENDA_REQUEST, REPORT)
    assert [a.number for a in agenda_in(request).actions] == [2, 1, 3]


# ---- privacy, receipts, undo ----


def test_a_receipt_numbers_and_tags_what_was_understood(both: Pair) -> None:
    (receipt,) = both.says(REPORT, Item("Grow", Theme.CAREER), Item("tired", private=True))
    assert receipt.purpose is P.RECEIPT
    assert [(line.text, line.private, line.kind) for line in receipt.receipt.lines] == [
        ("Grow", False, "item"),
        ("tired", True, "item"),
    ]


def test_a_line_can_be_made_private_afterwards(both: Pair) -> None:
    both.says(REPORT, Item("Grow"), Item("Ben is slow"))
    both.says(REPORT, Private(2))
    assert [(i.text, i.private) for i in both.upcoming.items] == [
        ("Grow", False),
        ("Ben is slow", True),
    ]
    assert [i.text for i in agenda_in(both.until_sent(P.AGENDA, MANAGER)).items] == ["Grow"]


def test_nobody_can_hide_what_the_other_wrote(both: Pair) -> None:
    both.says(REPORT, Item("Grow"))
    (problem,) = both.says(MANAGER, Private(1))
    assert problem.purpose is P.PROBLEM
    assert not both.upcoming.items[0].private


def test_undo_takes_back_the_last_mail_and_nothing_else(promised: Pair) -> None:
    promised.says(MANAGER, Item("Keep this"))
    promised.says(REPORT, Item("Grow"), Mark(Verb.DONE, (1,)), Promised("Four"))
    (receipt,) = promised.says(REPORT, Undo())
    assert "undone" in receipt.facts
    assert [i.text for i in promised.upcoming.items] == ["Keep this"]
    assert states(promised) == ["open", "open", "open"]


def test_the_same_words_from_both_are_one_item(both: Pair) -> None:
    both.says(REPORT, Item("Grow"))
    assert both.says(MANAGER, Item("grow")) == ()
    assert [i.text for i in both.upcoming.items] == ["Grow"]


def test_a_private_line_of_the_other_does_not_show_through_a_duplicate(both: Pair) -> None:
    both.says(REPORT, Item("Grow", private=True))
    both.says(MANAGER, Item("Grow"))
    assert [(i.text, i.private) for i in both.upcoming.items] == [("Grow", True), ("Grow", False)]


def test_help_answers_with_the_card(both: Pair) -> None:
    assert [s.purpose for s in both.says(MANAGER, Help())] == [P.HELP]


def test_nothing_found_is_answered_once_a_day(both: Pair) -> None:
    empty = Answered(REPORT, (), facts=(Fact.NOTHING_FOUND,))
    assert [s.purpose for s in both.happen(empty).sends] == [P.PROBLEM]
    assert both.happen(empty).sends == ()


def test_a_robot_that_answers_everything_is_muted_and_its_words_are_kept(both: Pair) -> None:
    both.until_sent(P.AGENDA, REPORT)
    counts = [len(both.says(REPORT, Item(f"word {n}"))) for n in range(20)]
    assert counts == [1] * 5 + [0] * 15
    assert len(both.upcoming.items) == 20


# ---- time ----


def test_a_move_needs_the_others_yes(both: Pair) -> None:
    sends = both.says(REPORT, MoveTo(date(2026, 3, 6), time(11)))
    assert [(s.purpose, s.to) for s in sends] == [(P.MOVE_PROPOSAL, MANAGER), (P.RECEIPT, REPORT)]
    assert both.upcoming.start == utc("2026-03-05 14:00")
    sends = both.says(MANAGER, Consent(yes=True))
    assert {(s.purpose, s.to) for s in sends} == {(P.MOVED, MANAGER), (P.MOVED, REPORT)}
    assert both.upcoming.start == utc("2026-03-06 10:00")
    assert both.upcoming.planned == utc("2026-03-05 14:00")


def test_a_no_leaves_it_and_tells_the_asker(both: Pair) -> None:
    both.says(REPORT, MoveTo(date(2026, 3, 6), time(11)))
    both.says(MANAGER, Consent(yes=False))
    assert both.upcoming.start == utc("2026-03-05 14:00")
    assert facts(both, REPORT, P.NOTICE) == ("declined",)


def test_nobody_says_yes_to_their_own_proposal(both: Pair) -> None:
    both.says(REPORT, MoveTo(date(2026, 3, 6), time(11)))
    (problem,) = both.says(REPORT, Consent(yes=True))
    assert problem.purpose is P.PROBLEM
    assert both.upcoming.start == utc("2026-03-05 14:00")


def test_a_move_means_the_writers_own_zone() -> None:
    both = pair(manager=replace(BEN, zone="America/New_York"))
    both.says(MANAGER, MoveTo(date(2026, 3, 6), time(10)))
    both.says(REPORT, Consent(yes=True))
    assert both.upcoming.start == utc("2026-03-06 15:00")


@pytest.mark.parametrize(
    ("day", "at", "reason"),
    [
        (date(2026, 3, 1), time(10), "past"),
        (date(2026, 3, 29), time(2, 30), "no_such_time"),
    ],
)
def test_a_time_that_cannot_be_is_asked_about(both: Pair, day: date, at: time, reason: str) -> None:
    (problem,) = both.says(REPORT, MoveTo(day, at))
    assert problem.receipt.problems[0].reason == reason


def test_a_move_beyond_two_weeks_says_how_long_the_gap_gets(both: Pair) -> None:
    both.until(utc("2026-03-06 12:00"))
    sends = both.says(REPORT, MoveTo(date(2026, 3, 24), time(10)))
    assert {(s.receipt.asked or change_in(s)).gap_days for s in sends} == {19}


def test_skip_never_cancels_and_a_pick_takes_a_slot(both: Pair) -> None:
    both.until(utc("2026-03-10 07:00"))
    (slots,) = both.says(REPORT, Skip())
    assert slots.purpose is P.SLOTS
    assert len(slots_in(slots).times) == 3
    assert both.upcoming.start == utc("2026-03-12 14:00")
    both.says(REPORT, Pick(2))
    assert both.upcoming.start == slots_in(slots).times[1]
    assert {s.to for at, s in both.sends if s.purpose is P.MOVED} == set(Role)


def test_slots_lie_inside_the_window_after_the_last_meeting(both: Pair) -> None:
    both.until(utc("2026-03-10 07:00"))
    (slots,) = both.says(MANAGER, Skip())
    assert max(slots_in(slots).times) <= utc("2026-03-05 14:00") + timedelta(days=14)


def test_a_slot_that_is_gone_is_answered_with_new_ones(both: Pair) -> None:
    (slots,) = both.says(REPORT, Skip())
    both.busy = ((slots_in(slots).times[0], slots_in(slots).times[0] + timedelta(minutes=30)),)
    (again,) = both.says(REPORT, Pick(1))
    assert again.purpose is P.SLOTS
    assert slots_in(slots).times[0] not in slots_in(again).times


def test_a_pause_stops_mails_keeps_items_and_tells_the_other(both: Pair) -> None:
    both.says(REPORT, Item("Grow"))
    both.says(MANAGER, Pause(date(2026, 4, 6)))
    assert facts(both, REPORT, P.NOTICE) == ("paused",)
    before = len(both.sends)
    both.until(utc("2026-04-05 20:00"))
    assert len(both.sends) == before
    both.until(utc("2026-04-07 20:00"))
    assert both.upcoming.start == utc("2026-04-09 13:00")
    assert [i.text for i in both.upcoming.items] == ["Grow"]


def test_resume_plans_the_next_meeting_at_once(both: Pair) -> None:
    both.says(REPORT, Pause())
    assert all(m.stage is Stage.CLOSED for m in both.series.meetings)
    assert both.series.next_due is None
    both.says(REPORT, Resume())
    assert both.upcoming.start == utc("2026-03-05 14:00")


def test_a_new_cadence_needs_the_others_yes(both: Pair) -> None:
    both.says(MANAGER, Recur(every_weeks=2, weekday=1, at=time(10), minutes=45))
    assert both.series.cadence == THURSDAYS
    both.says(REPORT, Consent(yes=True))
    assert both.series.cadence == Cadence(1, time(10), "Europe/Berlin", 2, 45)
    assert both.upcoming.start == utc("2026-03-03 09:00")
    assert both.upcoming.minutes == 45


def test_longer_than_two_weeks_is_answered_with_the_reason(both: Pair) -> None:
    (answer,) = both.says(MANAGER, Recur(every_weeks=3))
    assert answer.facts == ("cadence_limit",)
    assert both.series.proposal is None


def test_items_for_a_meeting_that_is_over_go_to_the_next(both: Pair) -> None:
    agenda = both.until_sent(P.AGENDA, REPORT)
    both.until(utc("2026-03-05 15:00"))
    (receipt,) = both.says(REPORT, Item("Too late"), to=agenda)
    assert receipt.receipt.lines[0].kind == "carried"
    assert [i.text for i in both.upcoming.items] == ["Too late"]


def test_notes_for_a_closed_meeting_stay_with_it_and_say_so(both: Pair) -> None:
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.until(utc("2026-03-11 12:00"))
    (receipt,) = both.says(REPORT, Noted("Oh, and this"), to=notes)
    assert "late" in receipt.facts
    assert [n.text for m in both.series.meetings if m.number == notes.meeting for n in m.notes] == [
        "Oh, and this"
    ]


# ---- what people cannot help ----


def test_a_dead_address_is_left_alone_and_the_other_is_told_once(both: Pair) -> None:
    for _ in range(3):
        both.happen(Bounced(REPORT, hard=True))
    assert both.purposes(MANAGER).count("notice") == 1
    before = len(both.purposes(REPORT))
    both.until(utc("2026-03-20 12:00"))
    assert len(both.purposes(REPORT)) == before
    both.says(REPORT, Item("I am back"))
    both.until(utc("2026-03-26 12:00"))
    assert len(both.purposes(REPORT)) > before + 1


def test_a_passing_failure_changes_nothing(both: Pair) -> None:
    both.happen(Bounced(REPORT, hard=False))
    assert not both.series.report.unreachable


def test_mails_wait_for_a_return_and_the_other_is_offered_times(both: Pair) -> None:
    both.happen(Away(REPORT, date(2026, 3, 6)))
    slots = both.until_sent(P.SLOTS, MANAGER)
    assert "away" in slots.facts
    assert min(slots_in(slots).times) > utc("2026-03-07 00:00")
    both.until(utc("2026-03-06 18:00"))
    assert both.purposes(REPORT) == []


def test_doubted_words_are_held_and_shown_to_the_address_on_file(both: Pair) -> None:
    words = Answered(REPORT, (Item("Is this me?"), Mark(Verb.DONE, (1,))))
    (confirm,) = both.happen(Doubted(words, "ana@home.example", "held-1")).sends
    assert (confirm.purpose, confirm.to) == (P.CONFIRM, REPORT)
    assert [line.text for line in content_in(confirm, ConfirmRequest).lines] == [
        "Is this me?",
        "done 1",
    ]
    assert both.upcoming.items == ()
    assert [h.name for h in both.series.unconfirmed] == ["held-1"]


def test_the_operators_change_keeps_what_people_said_by_mail(both: Pair) -> None:
    both.happen(Away(REPORT, date(2026, 3, 6)))
    tuesdays = replace(THURSDAYS, weekday=1)
    both.happen(Reconfigured(replace(ANA, name="Ana M. Silva"), BEN, tuesdays))
    assert both.series.report.away_until == date(2026, 3, 6)
    assert both.series.report.name == "Ana M. Silva"
    assert both.upcoming.planned == utc("2026-03-03 14:00")


def test_after_three_days_down_there_is_one_catch_up_and_no_flood(both: Pair) -> None:
    both.until(utc("2026-03-02 20:00"))
    both.now = utc("2026-03-06 12:00")
    both.until(both.now)
    assert both.purposes(REPORT) == ["notes_request"]
    assert ActionState.OPEN.value not in both.purposes(MANAGER)


# ---- words that wait for a yes ----


def hold(pair: Pair, name: str = "held-1") -> Unconfirmed:
    pair.happen(Doubted(Answered(REPORT, (Item("Is this me?"),)), "ana@home.example", name))
    return pair.series.unconfirmed[-1]


def test_a_yes_applies_what_was_held_in_one_step_and_offers_to_keep_the_address(both: Pair) -> None:
    held = hold(both)
    assert held.serial == both.series.serial, "the mail that asks"
    (receipt,) = both.happen(
        Confirmed(REPORT, held.name, True, Answered(REPORT, (Item("Is this me?"),)))
    ).sends
    assert [i.text for i in both.upcoming.items] == ["Is this me?"]
    assert (receipt.purpose, receipt.facts) == (P.RECEIPT, ("alias_offer",))
    assert [h.done for h in both.series.unconfirmed] == [True], (
        "the offer is open, the words are not held any more"
    )
    both.happen(Confirmed(REPORT, held.name, True, Answered(REPORT, ()), always=True))
    assert both.series.report.aliases == ("ana@home.example",)
    assert both.series.unconfirmed == ()
    assert facts(both, REPORT, P.NOTICE) == ("alias_kept",)


def test_a_no_throws_the_words_away_and_keeps_what_the_answer_says_beside_it(both: Pair) -> None:
    held = hold(both)
    decision = both.happen(
        Confirmed(REPORT, held.name, False, Answered(REPORT, (Item("My own point"),)))
    )
    assert decision.outcome == "discarded"
    assert [i.text for i in both.upcoming.items] == ["My own point"]
    assert both.series.unconfirmed == ()


def test_a_yes_of_the_other_person_confirms_nothing(both: Pair) -> None:
    held = hold(both)
    assert (
        both.happen(Confirmed(MANAGER, held.name, True, Answered(MANAGER, (Item("x"),)))).outcome
        == "noted"
    )
    assert both.series.unconfirmed == (held,)


def test_held_words_are_dropped_after_seven_days(both: Pair) -> None:
    held = hold(both)
    both.until(held.until - timedelta(minutes=1))
    assert both.series.unconfirmed == (held,)
    both.until(held.until)
    assert not both.series.unconfirmed, "time comes back for it by itself"


def test_no_more_than_three_mails_wait_for_one_person(both: Pair) -> None:
    for number in range(3):
        assert may_await_confirmation(both.series, REPORT)
        hold(both, f"held-{number}")
    assert not may_await_confirmation(both.series, REPORT)
    assert may_await_confirmation(both.series, MANAGER)


def test_a_yes_to_was_this_you_is_no_yes_to_a_move(both: Pair) -> None:
    both.until_sent(P.AGENDA, REPORT)
    both.says(MANAGER, MoveTo(date(2026, 3, 6), time(11)))
    before = both.upcoming.start
    both.happen(Answered(REPORT, (Consent(True),), 0, P.CONFIRM))
    assert both.upcoming.start == before
    assert both.series.proposal is not None


def test_late_words_go_to_the_meeting_they_name_even_when_it_is_history(both: Pair) -> None:
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.until(utc("2026-06-01 08:00"))
    (old,) = [m for m in both.closed if m.number == notes.meeting]
    late = Answered(REPORT, (Noted("We agreed on Porto"),), notes.meeting, P.NOTES_REQUEST, old=old)
    decision = both.happen(late)
    assert [[n.text for n in m.notes] for m in decision.closed] == [["We agreed on Porto"]]
    assert [m.number for m in decision.closed] == [1]
    assert 1 not in [m.number for m in both.series.meetings]
    assert [(s.to, s.purpose, s.facts) for s in decision.sends] == [(REPORT, P.RECEIPT, ("late",))]


def test_one_persons_wishes_reach_the_other_ten_times_a_day_at_most(both: Pair) -> None:
    for hour in range(30):
        both.says(MANAGER, MoveTo(date(2026, 3, 6), time(8 + hour % 9)))
    assert both.purposes(REPORT).count("move_proposal") == 10
    both.until(both.now + timedelta(days=1))
    both.says(MANAGER, MoveTo(date(2026, 3, 6), time(11)))
    assert both.purposes(REPORT).count("move_proposal") == 11


def test_a_mail_that_starts_a_series_may_say_more() -> None:
    made = Pair(open_series("aaaaaaaa", ANA, BEN, THURSDAYS), utc("2026-03-02 08:00"))
    made.happen(Started(MANAGER, (Item("Welcome!"),)))
    assert [i.text for i in made.upcoming.items] == ["Welcome!"]
    assert made.purposes(MANAGER) == ["intro", "receipt"]


# ---- what a reader of the mails would stumble over ----


def test_a_no_stands_whatever_else_is_noted(both: Pair) -> None:
    request = both.until_sent(P.FIRST_AGENDA_REQUEST, REPORT)
    both.says(REPORT, Item("Grow"), to=request)
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.says(REPORT, Consent(yes=False), Noted("I was ill"), to=notes)
    both.says(MANAGER, Noted("Ana was ill"), to=notes)
    both.until(utc("2026-03-10 12:00"))
    assert [i.text for i in both.upcoming.items] == ["Grow"]
    assert [
        n.text for n in summary_in(next(s for _, s in both.sends if s.purpose is P.SUMMARY)).notes
    ] == [
        "I was ill",
        "Ana was ill",
    ]


def test_notes_that_come_late_stand_in_the_next_agenda_once(both: Pair) -> None:
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.says(REPORT, Noted("In time"), to=notes)
    both.until(utc("2026-03-09 12:00"))
    both.says(REPORT, Noted("Too late"), Noted("mine", private=True), to=notes)
    agenda = both.until_sent(P.AGENDA, MANAGER)
    assert [n.text for n in agenda_in(agenda).late_notes] == ["Too late"]
    both.until(utc("2026-03-16 12:00"))
    assert agenda_in(both.until_sent(P.AGENDA, MANAGER)).late_notes == ()


def test_a_note_that_no_mail_showed_is_told_in_the_next_agenda(both: Pair) -> None:
    """The request for notes does not show notes, so it tells none."""
    agenda = both.until_sent(P.AGENDA, REPORT)
    both.says(REPORT, Noted("We start in Porto"), to=agenda)
    both.until_sent(P.NOTES_REQUEST, MANAGER)
    both.until(utc("2026-03-10 12:00"))
    told = both.until_sent(P.AGENDA, MANAGER)
    assert [n.text for n in agenda_in(told).late_notes] == ["We start in Porto"]


def test_what_was_said_before_a_pause_is_still_summed_up(both: Pair) -> None:
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.says(REPORT, Noted("We talked"), Pause(date(2026, 4, 6)), to=notes)
    both.until(utc("2026-03-09 12:00"))
    assert [s.purpose for _, s in both.sends if s.to is MANAGER][-1] is P.SUMMARY


def test_a_private_twin_does_not_swallow_the_shared_item(both: Pair) -> None:
    both.says(REPORT, Item("raise", private=True))
    both.says(REPORT, Item("raise"))
    assert [i.private for i in both.upcoming.items] == [True, False]


def test_the_same_promise_with_a_date_gets_the_date(promised: Pair) -> None:
    promised.says(MANAGER, Promised("One", REPORT, date(2026, 3, 20)))
    assert (promised.series.actions[0].number, promised.series.actions[0].due) == (
        1,
        date(2026, 3, 20),
    )
    assert len(promised.series.actions) == 3


def test_muted_problems_wait_on_the_writers_own_agenda(both: Pair) -> None:
    both.until_sent(P.AGENDA, REPORT)
    for n in range(5):
        both.says(REPORT, Item(f"word {n}"))
    assert (
        both.says(REPORT, Problem("move to Thursday-ish", "move to Thu 15:00", Reason.DATE)) == ()
    )
    assert [i.text for i in both.upcoming.items if i.private] == ["move to Thursday-ish"]


def test_only_an_answer_to_the_question_is_a_yes_to_it(both: Pair) -> None:
    agenda = both.until_sent(P.AGENDA, MANAGER)
    first = both.says(REPORT, MoveTo(date(2026, 3, 6), time(11)))[0]
    second = both.says(REPORT, MoveTo(date(2026, 3, 9), time(11)))[0]
    for wrong in (agenda, first):
        event = Answered(MANAGER, (Consent(yes=True),), wrong.meeting, wrong.purpose, wrong.serial)
        both.happen(event)
        assert both.upcoming.start == utc("2026-03-05 14:00")
    assert facts(both, MANAGER, P.PROBLEM) == ()
    both.happen(
        Answered(MANAGER, (Consent(yes=True),), second.meeting, second.purpose, second.serial)
    )
    assert both.upcoming.start == utc("2026-03-09 10:00")


def test_one_mail_asks_one_question(both: Pair) -> None:
    sends = both.says(
        MANAGER, Recur(every_weeks=2), Recur(minutes=45), Recur(weekday=1, at=time(9))
    )
    (asked,) = [s for s in sends if s.purpose is P.MOVE_PROPOSAL]
    assert change_in(asked).cadence == Cadence(1, time(9), "Europe/Berlin", 2, 45)


def test_one_mail_gets_one_answer(both: Pair) -> None:
    sends = both.says(REPORT, Help(), Skip(), Skip(), Item("Grow"))
    (answer,) = [s for s in sends if s.to is REPORT]
    assert answer.purpose is P.SLOTS
    assert [line.text for line in answer.receipt.lines] == ["Grow"]


def test_an_older_receipt_hides_and_undoes_nothing(both: Pair) -> None:
    (old,) = both.says(REPORT, Item("A-one"))
    both.says(REPORT, Item("B-one"))
    for said in (Private(1), Undo()):
        event = Answered(REPORT, (said,), old.meeting, old.purpose, old.serial)
        assert both.happen(event).sends[0].receipt.problems[0].reason == "newer"
    assert [(i.text, i.private) for i in both.upcoming.items] == [
        ("A-one", False),
        ("B-one", False),
    ]


def test_hiding_what_the_other_has_read_says_so(both: Pair) -> None:
    both.says(REPORT, Item("Grow"))
    both.until_sent(P.AGENDA, MANAGER)
    (receipt,) = both.says(REPORT, Private(1))
    assert "already_read" in receipt.facts


def test_undo_says_what_and_tells_the_other_what_concerns_them(both: Pair) -> None:
    both.says(REPORT, Item("Grow"), MoveTo(date(2026, 3, 6), time(11)))
    sends = both.says(REPORT, Undo())
    assert [(s.purpose, s.to, s.facts) for s in sends] == [
        (P.NOTICE, MANAGER, ("withdrawn",)),
        (P.RECEIPT, REPORT, ("undone",)),
    ]
    assert [line.text for line in sends[1].receipt.lines] == ["Grow"]
    both.says(MANAGER, Pause(date(2026, 4, 6)))
    assert {s.to for s in both.says(MANAGER, Undo()) if s.purpose is P.NOTICE} == set(Role)
    assert both.upcoming.stage is Stage.PLANNED


def test_the_operators_file_changes_the_cadence_only_if_it_changed(both: Pair) -> None:
    both.says(MANAGER, Recur(weekday=1))
    both.says(REPORT, Consent(yes=True))
    agreed = both.series.cadence
    both.happen(Reconfigured(replace(ANA, country="DE"), BEN, None))
    assert both.series.cadence == agreed
    sends = both.happen(Reconfigured(ANA, BEN, replace(THURSDAYS, weekday=0))).sends
    assert {s.to for s in sends if s.purpose is P.MOVED} == set(Role)


def test_both_are_warned_though_no_meeting_was_ever_held(both: Pair) -> None:
    for _ in range(2):
        notes = both.until_sent(P.NOTES_REQUEST, REPORT)
        both.says(REPORT, Consent(yes=False), to=notes)
        both.says(MANAGER, Consent(yes=False), to=notes)
        both.until(both.now + timedelta(days=1))
    assert both.purposes(MANAGER).count("gap_warning") == 0
    notes = both.until_sent(P.NOTES_REQUEST, REPORT)
    both.says(REPORT, Consent(yes=False), to=notes)
    warning = both.until_sent(P.GAP_WARNING, MANAGER)
    assert slots_in(warning).gap_days == 21
    assert warning.facts == ("two_misses",)


def test_a_meeting_at_the_start_of_the_day_gets_its_update_the_day_before() -> None:
    both = pair(replace(THURSDAYS, at=time(9)))
    agenda = both.until_sent(P.AGENDA, REPORT)
    both.says(REPORT, Item("Late thought"), to=agenda)
    both.until_sent(P.AGENDA_UPDATE, MANAGER)
    assert both.now == utc("2026-03-04 15:00")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ana Silva", "Ana"),
        ("Ito, Ben", "Ben"),
        ("Dr. Ana Silva", "Ana"),
        ("Ana", "Ana"),
        ("", "ana@corp.example"),
        ("J. R.", "J."),
    ],
)
def test_people_are_called_by_their_first_name(name: str, first: str) -> None:
    assert replace(ANA, name=name).first_name == first


def test_a_question_that_gives_way_is_told(both: Pair) -> None:
    sends = both.says(REPORT, MoveTo(date(2026, 3, 6), time(11)), Recur(every_weeks=2))
    assert [change_in(s).cadence is not None for s in sends if s.purpose is P.MOVE_PROPOSAL] == [
        True
    ]
    assert [p.reason for s in sends if s.to is REPORT for p in s.receipt.problems] == [
        "one_question"
    ]
    sends = both.says(REPORT, MoveTo(date(2026, 3, 6), time(11)), Pause(date(2026, 4, 6)))
    assert not [s for s in sends if s.purpose is P.MOVE_PROPOSAL]


def test_undo_moves_back_only_what_still_is_where_it_put_it(both: Pair) -> None:
    both.says(MANAGER, MoveTo(date(2026, 3, 6), time(11)))
    both.says(REPORT, Consent(yes=True))
    (slots,) = both.says(MANAGER, Skip())
    both.says(MANAGER, Pick(1))
    (answer,) = both.says(REPORT, Undo())
    assert answer.receipt.problems[0].reason == "nothing_to_undo"
    assert both.upcoming.start == slots_in(slots).times[0]


def test_undo_of_a_pause_brings_the_meeting_back_as_it_was(both: Pair) -> None:
    both.says(REPORT, Item("Grow"))
    both.until_sent(P.AGENDA, MANAGER)
    before = both.upcoming
    both.says(MANAGER, Pause(date(2026, 4, 6)))
    both.says(MANAGER, Undo())
    assert replace(both.upcoming, mailed=before.mailed) == before
    assert both.series.carried == ()


def test_a_meeting_in_an_absence_did_not_happen_and_nobody_is_asked_how_it_was(both: Pair) -> None:
    both.says(REPORT, Item("Grow"))
    both.happen(Away(REPORT, date(2026, 3, 6)))
    both.until(utc("2026-03-10 12:00"))
    assert "notes_request" not in both.purposes(MANAGER) + both.purposes(REPORT)
    assert [(i.text, i.carried_from) for i in both.upcoming.items] == [("Grow", date(2026, 3, 5))]


def test_muted_commands_do_not_clutter_the_agenda(both: Pair) -> None:
    both.until_sent(P.AGENDA, REPORT)
    for n in range(5):
        both.says(REPORT, Item(f"word {n}"))
    both.says(REPORT, Consent(yes=True), Private(9))
    assert len(both.upcoming.items) == 5
