"""Holds: a wish for another time or an absence is read when it has one reading, and asked about
when it has more.

The meeting is on Thursday, 5 March 2026, at 14:00; it is Wednesday, 10:15.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mailbot.inbound.understand.absences import Absence, absence
from mailbot.inbound.understand.dates.phrase import Frame
from mailbot.inbound.understand.grammar import command
from mailbot.meeting.said import MoveTo, Problem, Said, Skip
from tests.kit.talk import BEFORE, said

WISHES = {
    "en": """
        How about Friday at noon? | 03-06 12:00
        Let's move it to Monday 10am | 03-09 10:00
        Wednesday the 11th at 2pm? | 03-11 14:00
        can we do 4pm instead? | 03-05 16:00
        Any chance of Tue 9:30? | 03-10 09:30
        tomorrow same time | 03-05
        day after tomorrow 10:30 | 03-06 10:30
        Thursday week at 2 | 03-12 14:00
        in 2 days at 11 | 03-06 11:00
        half past two on Friday | 03-06 14:30
        the 12th at 14:00 | 03-12 14:00
        can we make it 15 minutes later | 03-05 14:15
        Could we push it back by 30 minutes? | 03-05 14:30
        Friday 2pm? | 03-06 14:00
        Can we do Friday instead? | 03-06
        Would Monday at 10 work? | 03-09 10:00
        could we swap to Friday 10am | 03-06 10:00
        I can only do Friday at 3 | 03-06 15:00
        please move our 1:1 to Friday 10:00 | 03-06 10:00
        I need to move it to Friday 10:00 | 03-06 10:00
        Can we meet at 5 instead? | 03-05 17:00
        let's talk at 3 tomorrow | 03-05 15:00
        quarter past 3 tomorrow | 03-05 15:15
        Mar 12 2:30 PM | 03-12 14:30
        Thu 14.30 | 03-05 14:30
        5/3 16:00 | 03-05 16:00
        next week Tuesday at 3 | 03-10 15:00
        a week later | 03-12 14:00
        same time next Tuesday | 03-10
        this afternoon at 4 | 03-04 16:00
        Friday, 6 March at 10 a.m. | 03-06 10:00
        Could you please move this to the 10th, 11am? | 03-10 11:00
        reschedule: Friday 10:00 | 03-06 10:00
        Let's postpone to next week | 03-12
        """,
    "de": """
        Montag früh um 9 | 03-09 09:00
        passt dir Freitag 14:00? | 03-06 14:00
        Freitag um 10 wäre besser | 03-06 10:00
        Können wir auf Freitag verschieben? | 03-06
        übermorgen 10 Uhr | 03-06 10:00
        nächste Woche gleiche Zeit | 03-12
        eine Stunde später | 03-05 15:00
        Am Freitag um viertel nach drei | 03-06 15:15
        Dienstag den 10.3. um 15 Uhr | 03-10 15:00
        heute um 16 Uhr | 03-04 16:00
        """,
    "fr": """
        Vendredi à 10h30 ? | 03-06 10:30
        On peut se voir vendredi à 14h ? | 03-06 14:00
        demain même heure | 03-05
        plutôt lundi 9h | 03-09 09:00
        une heure plus tard | 03-05 15:00
        Peut-on décaler au 10 mars à 15h ? | 03-10 15:00
        """,
    "es": """
        ¿Te va bien el jueves a las 5 de la tarde? | 03-05 17:00
        mejor el viernes a las 11 | 03-06 11:00
        mañana a la misma hora | 03-05
        el martes a mediodía | 03-10 12:00
        """,
    "vi": """
        Thứ Năm 14h được không? | 03-05 14:00
        Dời sang thứ Sáu 10h nhé | 03-06 10:00
        chuyển sang thứ Hai tuần sau lúc 9 giờ | 03-09 09:00
        """,
}
TABLE = [
    (language, phrase.strip(), expected.strip())
    for language, rows in WISHES.items()
    for phrase, expected in (row.rsplit("|", 1) for row in rows.strip().splitlines())
]


@pytest.mark.parametrize(("language", "phrase", "expected"), TABLE)
def test_a_wish_in_answer_to_a_question_of_time_is_read(
    language: str, phrase: str, expected: str
) -> None:
    day, _, at = expected.partition(" ")
    moved = MoveTo(date.fromisoformat(f"2026-{day}"), time.fromisoformat(at) if at else None)
    assert said(phrase, offered=True, language=language) == (moved,)


@pytest.mark.parametrize(
    "phrase",
    [
        "first thing Monday",
        "Friday 13:00-13:30",
        "I could do Tue 10 or Wed 14",
        "Tuesday or Wednesday at 2",
        "Friday afternoon?",
        "Friday at 7",
        "5pm GMT on Friday",
        "next Monday 9am EST",
        "next Friday at 10",
    ],
)
def test_what_has_no_one_reading_is_asked_about(phrase: str) -> None:
    [problem] = said(phrase, offered=True)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.reason) == (phrase, "date")


@pytest.mark.parametrize(
    "phrase",
    [
        "See you Thursday at 2 then!",
        "The launch is on Friday at 3pm",
        "Demo Thursday 3pm",
        "Meet Dana on Friday at 10",
        "Start Monday",
        "I need to move on 12 March",
        "We should do the retro on Friday at 3",
        "Could you present on Friday?",
        "Deadline Friday",
        "Call at 3",
        "Is it possible to leave at 4 on Tuesdays?",
        "earlier would be better",
    ],
)
def test_a_time_in_prose_moves_nothing(phrase: str) -> None:
    assert not [one for one in said(phrase) if isinstance(one, MoveTo)]


def test_a_wish_in_a_list_or_under_a_heading_is_an_item() -> None:
    for text in ("- can we do Friday at 10?", "# career\nCan we do Friday at 10?"):
        assert not [one for one in said(text) if isinstance(one, (MoveTo, Problem))]


# ---- absences ----


def away(first: str, last: str) -> Absence:
    return Absence(date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{last}"))


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I'm out on Friday", away("03-06", "03-06")),
        ("en", "vacation until the 12th", away("03-04", "03-12")),
        ("en", "OOO 23-27 March, back on the 30th", away("03-23", "03-27")),
        (
            "en",
            "I am out of the office from 9 March to 13 March and will reply when I return.",
            away("03-09", "03-13"),
        ),
        (
            "en",
            "Thank you for your mail. I am on vacation until Monday, 16 March. In urgent cases call Bob.",
            away("03-04", "03-16"),
        ),
        ("en", "I will be back on Monday 9 March.", away("03-04", "03-08")),
        ("en", "I'm away next week", away("03-09", "03-13")),
        ("de", "Ich bin vom 9. bis 13. März im Urlaub", away("03-09", "03-13")),
        ("de", "Ich bin bis einschließlich 13.03.2026 nicht im Büro.", away("03-04", "03-13")),
        (
            "de",
            "Ich bin vom 9.3. bis 13.3. abwesend und ab dem 16.3. wieder erreichbar.",
            away("03-09", "03-13"),
        ),
        ("fr", "Je suis en congé jusqu'au 10 mars", away("03-04", "03-10")),
        (
            "fr",
            "Je suis absente du 9 au 13 mars, de retour le lundi 16 mars.",
            away("03-09", "03-13"),
        ),
        ("es", "Estaré fuera de la oficina hasta el 13 de marzo.", away("03-04", "03-13")),
        ("pt", "Estou de férias até 13 de março", away("03-04", "03-13")),
        ("it", "Sono in ferie dal 9 al 13 marzo.", away("03-09", "03-13")),
        ("nl", "Ik ben afwezig tot en met 13 maart.", away("03-04", "03-13")),
    ],
)
def test_an_absence_is_read(language: str, text: str, expected: Absence) -> None:
    assert absence(text, Frame(BEFORE.now, language=language)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office.",
        "We talked until Friday",
        "back pain is better",
        "out until further notice",
        "I was out until 2 March",
        "out from Friday to whenever",
        "x" * 1_000_000,
    ],
)
def test_what_states_no_clear_dates_is_no_absence(text: str) -> None:
    assert absence(text, Frame(BEFORE.now)) is None


# ---- the shared phrases ----

PHRASES = Path(__file__).parents[5] / "shared" / "corpus" / "phrases-dev.json"


def _verdict(case: dict[str, Any]) -> str:
    """right | asked (where an answer was possible) | wrong (a change that nobody asked for, or another day or time)."""
    zone = ZoneInfo(case["tz"])
    context = replace(
        BEFORE,
        now=datetime.fromisoformat(case["now"]).astimezone(zone),
        meeting_start=datetime.fromisoformat(case["context"]["meeting_start"]).replace(tzinfo=zone),
        language=case["lang"],
        day_first=case["context"]["locale"] != "en-US",
        asked=True,
    )
    expect = case["expect"]
    if case["task"] == "due":
        due = context.due(case["text"])
        return (
            "right"
            if due and due.isoformat() == expect["date"]
            else "asked"
            if due is None
            else "wrong"
        )
    if case["task"] == "absence":
        found = absence(case["text"], context.frame)
        dates = (found.first.isoformat(), found.last.isoformat()) if found else None
        return (
            "right"
            if dates == (expect["date"], expect["end_date"])
            else "asked"
            if found is None
            else "wrong"
        )
    return _moved(command(case["text"], context), expect, context.meeting_start)


def _moved(answer: tuple[Said, ...] | None, expect: dict[str, Any], start: datetime | None) -> str:
    one = answer[0] if answer else None
    if expect["intent"] == "skip_occurrence":
        return "right" if isinstance(one, Skip) else "asked"
    if not isinstance(one, MoveTo):
        silent = expect["intent"] == "none" and one is None
        return "right" if silent or (isinstance(one, Problem) and expect["confirm"]) else "asked"
    assert start is not None
    there = datetime.combine(one.day, one.at or start.time()).isoformat(timespec="minutes")
    return (
        "right"
        if there == expect.get("start") and (not expect["confirm"] or "flags" in expect)
        else "wrong"
    )


def test_the_shared_phrases_are_read_and_none_is_read_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    if not PHRASES.exists():
        with capsys.disabled():
            print("\nThe shared phrases are not here; the tables above are what is tested.")
        return
    cases = [
        case
        for value in json.loads(PHRASES.read_text("utf8")).values()
        if isinstance(value, list)
        for case in value
        if isinstance(case, dict)
    ]
    verdicts = {case["id"]: _verdict(case) for case in cases}
    assert [key for key, verdict in verdicts.items() if verdict == "wrong"] == []
    assert sum(verdict == "right" for verdict in verdicts.values()) >= 38


@pytest.mark.parametrize("line", ["The Tuesday one, please.", "the Friday one", "Monday one"])
def test_the_monday_one_names_an_offered_time_and_no_hour(line: str) -> None:
    context = replace(BEFORE, offered=True)
    answer = command(line, context)
    assert answer is not None
    assert [type(each) for each in answer] == [Problem], "asked, for there may be two that day"
    assert command("Monday at one", context) == (MoveTo(date(2026, 3, 9), time(13)),)
