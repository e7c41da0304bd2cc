"""Holds: plain words alone on a line are obeyed, a near miss is asked about, and prose is left
alone.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from mailbot.inbound.understand.grammar import Context
from mailbot.meeting.model import Role, Theme, Wanted
from mailbot.meeting.said import (
    Consent,
    Help,
    Item,
    Mails,
    Mark,
    MoveTo,
    NewSeries,
    Pause,
    Pick,
    Private,
    Problem,
    Reason,
    Recur,
    Resume,
    Said,
    SetDue,
    SetOwner,
    Skip,
    Undo,
    Verb,
    words_of,
)
from tests.kit.cases import case
from tests.kit.talk import AFTER, BEFORE, BERLIN, said

FRIDAY = date(2026, 3, 6)

OBEYED: list[tuple[str, str, tuple[Said, ...]]] = [
    ("en", "done 3", (Mark(Verb.DONE, (3,)),)),
    ("en", "Done 3.", (Mark(Verb.DONE, (3,)),)),
    ("en", "DONE 3 5", (Mark(Verb.DONE, (3, 5)),)),
    ("en", "done 3, 5", (Mark(Verb.DONE, (3, 5)),)),
    ("en", "done #3 and #5", (Mark(Verb.DONE, (3, 5)),)),
    ("en", "done: 3", (Mark(Verb.DONE, (3,)),)),
    ("en", "3 done", (Mark(Verb.DONE, (3,)),)),
    ("en", "3. done", (Mark(Verb.DONE, (3,)),)),
    ("en", "- done 3", (Mark(Verb.DONE, (3,)),)),
    ("en", "* drop 3", (Mark(Verb.DROP, (3,)),)),
    ("en", "**done 3**", (Mark(Verb.DONE, (3,)),)),
    ("en", "“done 3”", (Mark(Verb.DONE, (3,)),)),
    ("en", "please done 3, thanks!", (Mark(Verb.DONE, (3,)),)),
    ("en", "reopen 3", (Mark(Verb.REOPEN, (3,)),)),
    ("en", "done 3 3", (Mark(Verb.DONE, (3,)),)),
    ("de", "erledigt 3", (Mark(Verb.DONE, (3,)),)),
    ("de", "3 erledigt", (Mark(Verb.DONE, (3,)),)),
    ("de", "3 und 5 erledigt", (Mark(Verb.DONE, (3, 5)),)),
    ("de", "streichen 3", (Mark(Verb.DROP, (3,)),)),
    ("de", "done 3", (Mark(Verb.DONE, (3,)),)),
    ("fr", "fait 3", (Mark(Verb.DONE, (3,)),)),
    ("fr", "terminé 3 et 5", (Mark(Verb.DONE, (3, 5)),)),
    ("es", "hecho 3", (Mark(Verb.DONE, (3,)),)),
    ("pt", "concluído 3", (Mark(Verb.DONE, (3,)),)),
    ("it", "fatto 3", (Mark(Verb.DONE, (3,)),)),
    ("nl", "klaar 3", (Mark(Verb.DONE, (3,)),)),
    ("en", "3 by Friday", (SetDue(3, FRIDAY),)),
    ("en", "#3 by Friday", (SetDue(3, FRIDAY),)),
    ("en", "3 due 13 March", (SetDue(3, date(2026, 3, 13)),)),
    ("en", "3 before next time", (SetDue(3, date(2026, 3, 5)),)),
    ("de", "3 bis 13.3.", (SetDue(3, date(2026, 3, 13)),)),
    ("de", "3 bis Freitag", (SetDue(3, FRIDAY),)),
    ("fr", "3 d’ici vendredi", (SetDue(3, FRIDAY),)),
    ("es", "3 para el viernes", (SetDue(3, FRIDAY),)),
    ("en", "3 @ben", (SetOwner(3, Role.MANAGER),)),
    ("en", "3 @Ana", (SetOwner(3, Role.REPORT),)),
    ("en", "3 @ben by Friday", (SetOwner(3, Role.MANAGER), SetDue(3, FRIDAY))),
    ("en", "move to Thu 15:00", (MoveTo(date(2026, 3, 5), time(15)),)),
    ("en", "Move to Thursday 3pm please", (MoveTo(date(2026, 3, 5), time(15)),)),
    ("en", "move to 2026-03-12 15:00", (MoveTo(date(2026, 3, 12), time(15)),)),
    ("en", "move it to Friday", (MoveTo(FRIDAY),)),
    ("en", "move to next week same time", (MoveTo(date(2026, 3, 12)),)),
    ("en", "move to next week", (MoveTo(date(2026, 3, 12)),)),
    ("en", "move to tomorrow same time", (MoveTo(date(2026, 3, 5)),)),
    ("en", "move to 16:00", (MoveTo(date(2026, 3, 5), time(16)),)),
    ("en", "reschedule to Fri 11am", (MoveTo(FRIDAY, time(11)),)),
    ("de", "verschieben auf Do 15:00", (MoveTo(date(2026, 3, 5), time(15)),)),
    ("de", "verschieben auf Freitag um halb vier", (MoveTo(FRIDAY, time(15, 30)),)),
    ("fr", "déplacer à jeudi 15h", (MoveTo(date(2026, 3, 5), time(15)),)),
    ("es", "mover al viernes a las 10", (MoveTo(FRIDAY, time(10)),)),
    ("pt", "mover para sexta às 10h", (MoveTo(FRIDAY, time(10)),)),
    ("it", "sposta a venerdì alle 10", (MoveTo(FRIDAY, time(10)),)),
    ("nl", "verplaatsen naar vrijdag 10:00", (MoveTo(FRIDAY, time(10)),)),
    ("en", "can we push to tomorrow 3?", (MoveTo(date(2026, 3, 5), time(15)),)),
    ("en", "Could we do next Tuesday at 11?", (MoveTo(date(2026, 3, 10), time(11)),)),
    ("en", "Can we start an hour later?", (MoveTo(date(2026, 3, 5), time(15)),)),
    ("en", "Can we start 30 min earlier?", (MoveTo(date(2026, 3, 5), time(13, 30)),)),
    ("de", "Können wir das auf morgen 15 Uhr verschieben?", (MoveTo(date(2026, 3, 5), time(15)),)),
    ("fr", "On peut décaler à jeudi 15h ?", (MoveTo(date(2026, 3, 5), time(15)),)),
    ("es", "¿Podemos pasarla al viernes a las 16:30?", (MoveTo(FRIDAY, time(16, 30)),)),
    ("en", "skip", (Skip(),)),
    ("en", "Cancel!", (Skip(),)),
    ("en", "Let's skip this week", (Skip(),)),
    ("de", "absagen", (Skip(),)),
    ("fr", "annuler", (Skip(),)),
    ("en", "pause", (Pause(),)),
    ("en", "pause until 12 May", (Pause(date(2026, 5, 12)),)),
    ("en", "Pause until next Monday", (Pause(date(2026, 3, 9)),)),
    ("de", "Pause bis 12. Mai", (Pause(date(2026, 5, 12)),)),
    ("en", "resume", (Resume(),)),
    ("en", "undo", (Undo(),)),
    ("de", "rückgängig", (Undo(),)),
    ("en", "Help?", (Help(),)),
    ("en", "less", (Mails(Wanted.LESS),)),
    ("de", "mehr", (Mails(Wanted.ALL),)),
    ("fr", "Stop!", (Mails(Wanted.NONE),)),
    ("en", "unsubscribe", (Mails(Wanted.NONE),)),
    ("fr", "aide", (Help(),)),
    ("en", "2 private", (Private(2),)),
    ("en", "private 2", (Private(2),)),
    ("de", "2 privat", (Private(2),)),
    ("en", "weekly", (Recur(1),)),
    ("en", "every week", (Recur(1),)),
    ("en", "biweekly", (Recur(2),)),
    ("en", "every 2 weeks", (Recur(2),)),
    ("en", "every two weeks", (Recur(2),)),
    ("en", "every other week", (Recur(2),)),
    ("en", "every 3 weeks", (Recur(3),)),
    ("en", "monthly", (Recur(4),)),
    ("en", "Tuesdays 10:00", (Recur(None, 1, time(10)),)),
    ("en", "Tuesdays at 10", (Recur(None, 1, time(10)),)),
    ("en", "every Tuesday at 3pm", (Recur(None, 1, time(15)),)),
    ("en", "Tuesdays", (Recur(None, 1),)),
    ("en", "45 min", (Recur(minutes=45),)),
    ("en", "1 hour", (Recur(minutes=60),)),
    ("en", "half an hour", (Recur(minutes=30),)),
    ("en", "every 2 weeks, Tuesdays 10:00, 45 min", (Recur(2, 1, time(10), 45),)),
    ("en", "45 minutes on Tuesdays at 10, weekly", (Recur(1, 1, time(10), 45),)),
    ("de", "wöchentlich", (Recur(1),)),
    ("de", "alle 2 Wochen", (Recur(2),)),
    ("de", "dienstags 10 Uhr", (Recur(None, 1, time(10)),)),
    ("fr", "toutes les deux semaines", (Recur(2),)),
    ("fr", "le mardi à 10h", (Recur(None, 1, time(10)),)),
    ("es", "los martes a las 10", (Recur(None, 1, time(10)),)),
    ("es", "cada semana", (Recur(1),)),
    ("pt", "às terças 10h", (Recur(None, 1, time(10)),)),
    ("it", "il martedì alle 10", (Recur(None, 1, time(10)),)),
    ("nl", "dinsdags 10:00", (Recur(None, 1, time(10)),)),
    ("nl", "elke week", (Recur(1),)),
    (
        "en",
        "new 1:1 with ana@corp.example, Tuesdays 10:00, weekly, 30 min",
        (NewSeries("ana@corp.example", 1, time(10), 1, 30),),
    ),
    ("en", "New 1:1 with Ana@Corp.example", (NewSeries("ana@corp.example"),)),
    (
        "en",
        "new 1:1 with ana@corp.example, 30 min, Tue 10:00",
        (NewSeries("ana@corp.example", 1, time(10), None, 30),),
    ),
    (
        "en",
        "new 1:1 with Ana Silva <ana@corp.example>, weekly",
        (NewSeries("ana@corp.example", every_weeks=1),),
    ),
    (
        "en",
        "new one-on-one with ana@corp.example every 2 weeks on Tuesdays at 10",
        (NewSeries("ana@corp.example", 1, time(10), 2),),
    ),
    (
        "de",
        "neues 1:1 mit ana@corp.example, dienstags 10:00",
        (NewSeries("ana@corp.example", 1, time(10)),),
    ),
]


@pytest.mark.parametrize(
    ("language", "line", "expected"), OBEYED, ids=[f"{lang}: {line}" for lang, line, _ in OBEYED]
)
def test_a_command_alone_on_a_line_is_obeyed(
    language: str, line: str, expected: tuple[Said, ...]
) -> None:
    assert said(line, language=language) == expected


ASKED = [
    ("don 3", "done 3"),
    ("doen 3", "done 3"),
    ("dne 3 5", "done 3 5"),
    ("done three", "done 3"),
    ("done 3 and maybe 5", "done 3 5"),
    ("done", "done 3"),
    ("doen three", ""),
    ("mvoe to Thu", "move to thu"),
    ("mvoe to Thu 15:00", "move to thu 15:00"),
    ("move to Thursday-ish", "move to Thu 15:00"),
    ("move to Thu or Fri", "move to Thu 15:00"),
    ("move to tomorrow afternoon", "move to 2026-03-05 14:00"),
    ("move to next Friday", "move to 2026-03-13"),
    ("move to Thu 3pm ET", "move to 2026-03-05 21:00"),
    ("move to Thu 25:00", "move to Thu 15:00"),
    ("3 by someday", "3 by Friday"),
    ("3 @dana", "3 @ben"),
    ("skp", "skip"),
    ("cancle", "cancel"),
    ("udno", "undo"),
    ("hepl", "help"),
    ("pause until Easter", "pause until 2026-03-18"),
    ("new 1:1 with Ana", "new 1:1 with ana@corp.example, Tuesdays 10:00, weekly, 30 min"),
    (
        "new 1:1 with ana@corp.example, Tuesdays at ten-ish",
        "new 1:1 with ana@corp.example, Tuesdays 10:00, weekly, 30 min",
    ),
    ("Thu 15:00", "move to 2026-03-05 15:00"),
    ("Thu 15:00?", "move to 2026-03-05 15:00"),
]


@pytest.mark.parametrize(("line", "hint"), [pair for pair in ASKED if pair[1]])
def test_a_near_miss_is_asked_about_and_kept_word_for_word(line: str, hint: str) -> None:
    [problem] = said(line)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.hint) == (line, hint)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("move to 2026-03-03 15:00", "past"),
        ("move to today 9:00", "past"),
        ("move to 2026-03-29 02:30", "no_such_time"),
        ("move to 2026-10-25 02:30", "date"),
        ("move to Thu 3pm ET", "date"),
        ("history", "later"),
        ("find budget", "later"),
        ("export", "later"),
        ("forget me", "later"),
    ],
)
def test_what_cannot_be_done_says_why(line: str, reason: str) -> None:
    [problem] = said(line)
    assert isinstance(problem, Problem)
    assert problem.reason == reason


PROSE = """
Done is better than perfect
Done with hiring, three people start in May
Drop in support quality
Drop 30 percent of the backlog
Move to the new office
Move to Berlin in 2027
Moving to Friday demos
Skip-level meeting with Carla
Help with the onboarding
Cancel the gym contract
Weekly report is too long
Weekly demos
Every 2 weeks the build breaks
Pause the hiring?
Undo the reorg
New 1:1 format
Find a new venue for the offsite
Stop the weekly export, nobody opens it.
History of the project
More time for tests
Less meetings
2 private offices for calls
3 people leave in May
45 minutes is too long
See you Thursday at 2 then!
Ship
Yes-people in meetings
I am out on Friday the 20th.
Can we move the next one-on-one to the morning?
Could we do the planning meeting without laptops?
Tuesday was hard
Resume of the candidate
1 on 1 format
3 by 4 matrix of skills
12 Angry Men
Next week I start the course
Friday
Tomorrow I will be late
May
""".strip().splitlines()


@pytest.mark.parametrize("line", PROSE)
def test_prose_is_no_command(line: str) -> None:
    assert said(line) == (Item(line),)
    assert said(f"- {line}") == (Item(line),)


@pytest.mark.parametrize("word", ["skip", "undo", "weekly", "yes", "done 3", "resume"])
def test_a_wrapped_sentence_is_not_obeyed(word: str) -> None:
    prose = f"We asked ourselves again whether it would be a good idea to\n{word}\nor whether somebody should look at it first."
    assert said(prose, asked=True) == (Item(prose.replace("\n", " ")),)


def test_a_command_between_other_lines_is_obeyed() -> None:
    assert said("The venue is booked.\ndone 5\nMore on Thursday.") == (
        Item("The venue is booked."),
        Mark(Verb.DONE, (5,)),
        Item("More on Thursday."),
    )


def test_a_wrapped_command_is_one_command() -> None:
    text = "new 1:1 with ana@corp.example, Tuesdays 10:00, weekly,\n30 min"
    assert said(text) == (NewSeries("ana@corp.example", 1, time(10), 1, 30),)


def test_a_word_alone_behind_a_bullet_under_a_heading_is_an_item() -> None:
    assert [type(one) for one in said("# career\n- Resume\n- Weekly\n- Help")] == [Item, Item, Item]
    assert said("# career\nresume") == (Resume(),)


YES = [
    "yes",
    "Yes!",
    "y",
    "ok",
    "OK.",
    "sure, fine",
    "yes please",
    "works for me",
    "👍",
    "Yes, that works. Thanks Ben",
    "yes that works",
    "sounds good 👍",
    "perfect, thanks",
]
NO = ["no", "No, sorry", "no thanks", "can't", "that doesn't work for me", "👎", "Sorry, no."]


@pytest.mark.parametrize(
    ("line", "yes"), [(line, True) for line in YES] + [(line, False) for line in NO]
)
def test_an_answer_is_an_answer_when_it_is_awaited(line: str, *, yes: bool) -> None:
    assert said(line, asked=True) == (Consent(yes=yes),)


@pytest.mark.parametrize(
    ("language", "line", "yes"),
    [
        ("de", "ja, passt", True),
        ("de", "Geht klar!", True),
        ("de", "leider nicht", False),
        ("fr", "d’accord", True),
        ("fr", "oui, ça marche", True),
        ("es", "sí, me va bien", True),
        ("pt", "não posso", False),
        ("it", "va bene", True),
        ("nl", "is goed", True),
        ("nl", "lukt niet", False),
    ],
)
def test_an_answer_is_read_in_every_language(language: str, line: str, *, yes: bool) -> None:
    assert said(line, language=language, asked=True) == (Consent(yes=yes),)


def test_an_answer_under_a_theme_is_an_answer_to_its_prompt() -> None:
    assert said("# personal\nFine", asked=True) == (Item("Fine", Theme.PERSONAL),)


@pytest.mark.parametrize(
    "line", ["Yes, but could we start later?", "no but Friday maybe", "yes and no", "yes no"]
)
def test_half_an_answer_is_asked_about(line: str) -> None:
    [problem] = said(line, asked=True)
    assert isinstance(problem, Problem)
    assert problem.line == line


@pytest.mark.parametrize(
    ("line", "yes"),
    [
        ("Yes, we met", True),
        ("It did.", True),
        ("No, we didn't meet", False),
        ("didn't happen", False),
        ("We skipped it", False),
    ],
)
def test_did_it_happen_is_answered(line: str, *, yes: bool) -> None:
    assert said(line, AFTER, asked=True) == (Consent(yes=yes),)


def test_a_slot_is_taken_when_slots_were_offered() -> None:
    assert said("2", offered=True) == (Pick(2),)
    assert said("2.", offered=True) == (Pick(2),)
    assert said("option 2 works", offered=True) == (Pick(2),)
    assert said("- 2", offered=True) == (Pick(2),)


def test_a_lone_number_without_an_offer_is_never_an_item() -> None:
    assert said("2") == (Pick(2),)  # the conversation says that nothing is on offer
    assert said("3") == (Problem("3", "done 3"),)


def test_another_time_instead_of_a_slot_is_a_move() -> None:
    assert said("Fri 11:00", offered=True) == (MoveTo(FRIDAY, time(11)),)


def test_without_a_meeting_nothing_is_counted_from_it() -> None:
    for line in ("move to next week same time", "move to 16:00", "can we start an hour later?"):
        [problem] = said(line, meeting_start=None)
        assert isinstance(problem, Problem)


def test_next_week_is_asked_about_when_the_meeting_is_not_this_week() -> None:
    [problem] = said(
        "move to next week same time", meeting_start=datetime(2026, 3, 10, 14, tzinfo=BERLIN)
    )
    assert isinstance(problem, Problem)
    assert problem.hint == "move to 2026-03-17"


@pytest.mark.parametrize(("line", "hint"), [(line, hint) for line, hint in ASKED if hint])
def test_every_guess_is_a_line_that_works(line: str, hint: str) -> None:
    [understood, *more] = said(hint)
    assert not more
    assert not isinstance(understood, (Problem, Item))


BOTH = [
    ("Sundays 3:00", ["Sundays 15:00", "Sundays 03:00"]),
    ("every Sunday at 3:00", ["Sundays 15:00", "Sundays 03:00"]),
    (
        "weekly, Tuesdays 6:30, 45 min",
        ["weekly, Tuesdays 18:30, 45 min", "weekly, Tuesdays 06:30, 45 min"],
    ),
    ("move to Sunday 3:00", ["move to 2026-03-08 15:00", "move to 2026-03-08 03:00"]),
    ("Could we do Friday at 4:15?", ["move to 2026-03-06 16:15", "move to 2026-03-06 04:15"]),
    ("move to today 3:00", ["move to 2026-03-04 15:00"]),
    (
        "new 1:1 with ana@corp.example, Tuesdays 3:00",
        [
            "new 1:1 with ana@corp.example, Tuesdays 15:00, weekly, 30 min",
            "new 1:1 with ana@corp.example, Tuesdays 03:00, weekly, 30 min",
        ],
    ),
]


@pytest.mark.parametrize(("line", "hints"), BOTH)
def test_an_hour_with_minutes_is_never_guessed(line: str, hints: list[str]) -> None:
    problems = said(line)
    assert [(one.line, one.hint) for one in problems if isinstance(one, Problem)] == [
        (line, hint) for hint in hints
    ]
    assert len(problems) == len(hints)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Sundays 03:00", Recur(None, 6, time(3))),
        ("Sundays 3:00 pm", Recur(None, 6, time(15))),
        ("Sundays 3:00 am", Recur(None, 6, time(3))),
        ("Sundays 3:00 in the afternoon", Recur(None, 6, time(15))),
        ("Sundays at 3", Recur(None, 6, time(15))),
        ("move to Sunday 03:00", MoveTo(date(2026, 3, 8), time(3))),
        ("move to Sunday 3:00 pm", MoveTo(date(2026, 3, 8), time(15))),
    ],
)
def test_an_hour_that_says_which_half_of_the_day_is_obeyed(line: str, expected: Said) -> None:
    assert said(line) == (expected,)


LENGTHS = [
    ("600 min", "60 min"),
    ("241 min", "60 min"),
    ("0 min", "30 min"),
    ("every 2 weeks, 600 min", "every 2 weeks, 60 min"),
    (
        "new 1:1 with ana@corp.example, 600 min",
        "new 1:1 with ana@corp.example, Tuesdays 10:00, weekly, 30 min",
    ),
]


@pytest.mark.parametrize(("line", "hint"), LENGTHS)
def test_a_length_that_no_meeting_has_is_asked_about(line: str, hint: str) -> None:
    assert said(line) == (Problem(line, hint),)
    assert said("240 min") == (Recur(minutes=240),)


@pytest.mark.parametrize("rhythm", ["monthly", "every 3 weeks"])
def test_a_wish_for_less_than_every_two_weeks_is_asked_about(rhythm: str) -> None:
    hint = "new 1:1 with ana@corp.example, Tuesdays 10:00, every 2 weeks, 30 min"
    assert said(f"new 1:1 with ana@corp.example, {rhythm}") == (
        Problem(f"new 1:1 with ana@corp.example, {rhythm}", hint, Reason.CADENCE_LIMIT),
    )


@pytest.mark.parametrize(
    "hint", [*(hint for _, hints in BOTH for hint in hints), *(hint for _, hint in LENGTHS)]
)
def test_these_guesses_work_too(hint: str) -> None:
    [understood] = said(hint)
    assert isinstance(understood, (Recur, MoveTo, NewSeries))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("doen 5", Problem("doen 5", "done 5")),
        ("doen 3", Item("doen 3")),  # closed
        ("doen 9", Item("doen 9")),  # never was
        ("dne 3 5 9", Problem("dne 3 5 9", "done 5")),
        ("done", Problem("done", "done 5")),
        ("done five", Problem("done five", "done 5")),
        ("done three", Item("done three")),
        ("reopne 3", Problem("reopne 3", "reopen 3")),
        ("reopne 5", Item("reopne 5")),
        ("reopen", Problem("reopen", "reopen 3")),
        ("3 @dana", Item("3 @dana")),
        ("done 3", Mark(Verb.DONE, (3,))),  # said plainly, it is the conversation's to answer
    ],
)
def test_only_a_number_that_the_command_would_change_is_guessed(line: str, expected: Said) -> None:
    assert said(line, closed=(3,)) == (expected,)


@pytest.mark.parametrize(
    "line",
    [
        "weekly",
        "every 2 weeks",
        "every 4 weeks",
        "Tuesdays",
        "Tuesdays 10:00",
        "45 min",
        "weekly, 10:00",
        "every 2 weeks, Tuesdays 10:00, 45 min",
        "new 1:1 with ana@corp.example",
        "new 1:1 with ana@corp.example, every 2 weeks, Tuesdays 10:00, 45 min",
        "move to 2026-03-12 15:00",
        "pause until 2026-05-12",
        "done 3 5",
        "2 private",
    ],
)
def test_what_was_said_is_told_in_words_that_say_it_again(line: str) -> None:
    assert [words_of(one) for one in said(line)] == [line]


HOSTILE: dict[str, Any] = {"asked": True, "offered": True}


@pytest.mark.parametrize(
    "line",
    [
        "done " + "3 " * 100_000,
        "move to " * 50_000,
        "yes, " * 100_000,
        "a" * 1_000_000,
        "every " * 10_000,
    ],
)
def test_a_long_line_is_no_command(line: str) -> None:
    assert [type(one) for one in said(line, **HOSTILE)] == [Item]


def test_words_of_another_language_are_no_commands() -> None:
    assert said("erledigt 3", language="fr") == (Item("erledigt 3"),)
    assert isinstance(BEFORE, Context)


@case(95)
@pytest.mark.parametrize(
    ("line", "wish"),
    [
        (
            "new 1:1 with ana@Straße.example, Tuesdays 10:00, weekly",
            NewSeries("ana@xn--strae-oqa.example", 1, time(10), 1),
        ),
        ("new 1:1 with ana@xn--strae-oqa.example", NewSeries("ana@xn--strae-oqa.example")),
        (
            "new 1:1 with ana@例え.テスト, weekly",
            NewSeries("ana@xn--r8jz45g.xn--zckzah", every_weeks=1),
        ),
        (
            "new 1:1 with josé@corp.example",
            Problem(
                "new 1:1 with josé@corp.example", "new 1:1 with ana@corp.example", Reason.ADDRESS
            ),
        ),
        (
            "new 1:1 with ana@corp..example",
            Problem(
                "new 1:1 with ana@corp..example", "new 1:1 with ana@corp.example", Reason.ADDRESS
            ),
        ),
    ],
)
def test_an_address_beyond_ascii_is_spelt_out_or_refused(
    line: str, wish: NewSeries | Problem
) -> None:
    assert said(line) == (wish,)
