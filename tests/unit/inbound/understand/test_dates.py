"""Holds: a date phrase has the one reading its writer meant, or none.

The reference moment is Wednesday, 4 March 2026, 10:15 in Berlin.
"""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from mailbot.inbound.understand.dates.phrase import Frame, due, read, when

NOW = datetime(2026, 3, 4, 10, 15, tzinfo=ZoneInfo("Europe/Berlin"))
FRAME = Frame(NOW)


def day(text: str) -> date:
    """ "3-6" is 6 March 2026; a year may stand in front."""
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(parts) == 3 else date(2026, *parts)


DUE = {
    "en": """
        Friday | 3-6
        by Friday | 3-6
        before Fri. | 3-6
        no later than Friday | 3-6
        by this Friday | 3-6
        wednesday | 3-11
        Sunday | 3-8
        next Friday | 3-13
        next Monday | 3-9
        Friday next week | 3-13
        Monday of next week | 3-9
        today | 3-4
        tonight | 3-4
        tomorrow | 3-5
        the day after tomorrow | 3-6
        first thing tomorrow | 3-5
        EOD | 3-4
        EOW | 3-6
        by end of week | 3-6
        end of next week | 3-13
        EOM | 3-31
        by the end of the month | 3-31
        end of next month | 4-30
        end of March | 3-31
        end of April | 4-30
        end of Q2 | 6-30
        Q1 | 3-31
        start of Q2 | 4-1
        EOY | 12-31
        mid-April | 4-15
        mid April | 4-15
        in two weeks | 3-18
        in a week | 3-11
        in 3 days | 3-7
        within 2 days | 3-6
        a week from Friday | 3-13
        Thursday week | 3-12
        next week | 3-11
        the 15th | 3-15
        the 2nd | 4-2
        Friday the 13th | 3-13
        13 March | 3-13
        March 13 | 3-13
        March 13th, 2026 | 3-13
        13. March | 3-13
        13th of March | 3-13
        Fri 13 Mar | 3-13
        Friday, March 13 | 3-13
        2026-12-01 | 12-1
        2026/12/01 | 12-1
        5/4 | 4-5
        05/04/2026 | 4-5
        24/12/26 | 12-24
        1.4. | 4-1
        1.4.2026 | 4-1
        01.04.26 | 4-1
        25-12-2026 | 12-25
        Dec 4 EOD | 12-4
        Friday 3pm | 3-6
        Fri 15:00 | 3-6
        2026-03-06T15:00 | 3-6
        by Thursday noon | 3-5
        Monday morning | 3-9
        no later than tomorrow evening | 3-5
        15th of next month | 4-15
        due Fri | 3-6
        """,
    "de": """
        bis Freitag | 3-6
        bis nächsten Montag | 3-9
        bis naechsten Montag | 3-9
        bis übermorgen | 3-6
        morgen | 3-5
        bis Ende der Woche | 3-6
        bis Ende nächster Woche | 3-13
        Ende des Monats | 3-31
        bis Ende März | 3-31
        in zwei Wochen | 3-18
        bis zum 15. | 3-15
        am 13. März | 3-13
        13.3. | 3-13
        Fr, 13.3. | 3-13
        bis spätestens Freitag | 3-6
        Mitte April | 4-15
        Freitag nächster Woche | 3-13
        vor dem 1. April | 4-1
        by Friday | 3-6
        """,
    "fr": """
        vendredi | 3-6
        avant vendredi | 3-6
        d'ici vendredi | 3-6
        d’ici vendredi | 3-6
        d'ici la fin de la semaine | 3-6
        fin de semaine prochaine | 3-13
        lundi prochain | 3-9
        demain | 3-5
        après-demain | 3-6
        le 13 mars | 3-13
        avant le 1er avril | 4-1
        dans deux semaines | 3-18
        la semaine prochaine | 3-11
        d'ici la fin du mois | 3-31
        fin mars | 3-31
        mi-avril | 4-15
        le 15 | 3-15
        """,
    "es": """
        para el viernes | 3-6
        antes del viernes | 3-6
        mañana | 3-5
        pasado mañana | 3-6
        el lunes que viene | 3-9
        el próximo lunes | 3-9
        fin de mes | 3-31
        a finales de marzo | 3-31
        la semana que viene | 3-11
        el 13 de marzo | 3-13
        en dos semanas | 3-18
        para el 15 | 3-15
        """,
    "pt": """
        até sexta | 3-6
        até sexta-feira | 3-6
        amanhã | 3-5
        depois de amanhã | 3-6
        até o fim da semana | 3-6
        até ao fim do mês | 3-31
        na próxima segunda | 3-9
        dia 13 de março | 3-13
        em duas semanas | 3-18
        """,
    "it": """
        entro venerdì | 3-6
        entro venerdi | 3-6
        domani | 3-5
        dopodomani | 3-6
        entro fine mese | 3-31
        la settimana prossima | 3-11
        lunedì prossimo | 3-9
        il 13 marzo | 3-13
        entro il 13 marzo | 3-13
        tra due settimane | 3-18
        """,
    "nl": """
        voor vrijdag | 3-6
        uiterlijk vrijdag | 3-6
        morgen | 3-5
        overmorgen | 3-6
        eind van de week | 3-6
        eind maart | 3-31
        volgende week | 3-11
        komende maandag | 3-9
        13 maart | 3-13
        over twee weken | 3-18
        """,
    "vi": """
        trước thứ Sáu | 3-6
        trước thứ Sáu tuần sau | 3-13
        ngày mai | 3-5
        """,
}
TABLE = [
    (language, phrase.strip(), day(expected.strip()))
    for language, rows in DUE.items()
    for phrase, expected in (row.rsplit("|", 1) for row in rows.strip().splitlines())
]


@pytest.mark.parametrize(("language", "phrase", "expected"), TABLE)
def test_a_due_date_is_read(language: str, phrase: str, expected: date) -> None:
    assert due(phrase, Frame(NOW, language=language)) == expected


@pytest.mark.parametrize(
    "phrase",
    """Bob|ok|v1.2|the plan 2.0|2 apples|march forward|sat with Bob|Sunday School review|see ticket 1234|soon|later|someday
    |Friday or Monday|Thursday-ish|maybe Friday|10.12|2026-13-01|31 April|30.2.|24/13|32/1/2026|the 32nd|next month|this week|3pm ET|at noon your time
    |Thu 13 March|Friday the 20th of March 2026 2027|25:00|12:75|in a while|May|Q5|last Friday|yesterday|2026-03-03|March 3 2026|3 March 2025|in 5 parsecs
    |tomorrow tomorrow|Friday Friday|next next Friday|3pm 4pm|by|on|the|1|15|Jan 5""".replace(
        "\n    ", ""
    ).split("|"),
)
def test_what_is_not_clear_is_no_due_date(phrase: str) -> None:
    assert due(phrase, FRAME) is None


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Thu 15:00", ("3-5", "15:00")),
        ("Thu 3pm", ("3-5", "15:00")),
        ("Thu 3:30pm", ("3-5", "15:30")),
        ("Thursday at 3", ("3-5", "15:00")),
        ("Thursday at 11", ("3-5", "11:00")),
        ("tomorrow at 9", ("3-5", "09:00")),
        ("tomorrow 9:30am", ("3-5", "09:30")),
        ("noon tomorrow", ("3-5", "12:00")),
        ("12 noon tomorrow", ("3-5", "12:00")),
        ("tomorrow half past 2", ("3-5", "14:30")),
        ("tomorrow morning at 9", ("3-5", "09:00")),
        ("tonight at 8", ("3-4", "20:00")),
        ("12 March at 4:30pm", ("3-12", "16:30")),
        ("in 90 minutes", ("3-4", "11:45")),
        ("2026-03-09T16:00+01:00", ("3-9", "16:00")),
        ("2026-03-09T15:00Z", ("3-9", "16:00")),
        ("2026-03-09 16:00", ("3-9", "16:00")),
        ("5pm", ("3-4", "17:00")),
        ("9am", ("3-5", "09:00")),
    ],
)
def test_a_time_of_day_is_read(phrase: str, expected: tuple[str, str]) -> None:
    assert when(phrase, FRAME) == (day(expected[0]), time.fromisoformat(expected[1]))


@pytest.mark.parametrize(
    ("language", "phrase", "expected"),
    [
        ("de", "morgen um 14 Uhr", "14:00"),
        ("de", "Donnerstag um halb vier", "15:30"),
        ("de", "Do 15 Uhr 30", "15:30"),
        ("de", "Do 15.30 Uhr", "15:30"),
        ("de", "Donnerstag 10 Uhr", "10:00"),
        ("fr", "jeudi 15h", "15:00"),
        ("fr", "jeudi à 15h30", "15:30"),
        ("fr", "demain à 9h du matin", "09:00"),
        ("es", "mañana a las 10", "10:00"),
        ("es", "el jueves a las 4 de la tarde", "16:00"),
        ("pt", "quinta às 15h", "15:00"),
        ("it", "giovedì alle 15", "15:00"),
        ("it", "giovedì alle ore 15:30", "15:30"),
        ("nl", "donderdag om 15 uur", "15:00"),
        ("nl", "donderdag half vier", "15:30"),
        ("vi", "3 giờ chiều thứ Năm", "15:00"),
    ],
)
def test_a_time_of_day_is_read_in_every_language(language: str, phrase: str, expected: str) -> None:
    assert when(phrase, Frame(NOW, language=language)) == (day("3-5"), time.fromisoformat(expected))


@pytest.mark.parametrize(("day_first", "expected"), [(True, "4-3"), (False, "3-4")])
def test_the_order_of_day_and_month_is_the_writers(*, day_first: bool, expected: str) -> None:
    assert due("3/4", Frame(NOW, day_first=day_first)) == day(expected)


def test_a_day_of_next_year_is_read_and_one_that_is_just_over_is_not() -> None:
    november = Frame(datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Europe/Berlin")))
    assert due("Jan 5", november) == date(2027, 1, 5)
    assert due("Nov 24", november) is None


def test_the_only_order_that_exists_is_taken() -> None:
    assert due("12/24", FRAME) == day("12-24")


@pytest.mark.parametrize("phrase", ["next Friday", "Thursday at 7", "12/3"])
def test_a_second_reading_makes_a_phrase_unsure(phrase: str) -> None:
    frame = Frame(
        datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("America/New_York")),
        day_first=phrase == "12/3",
    )
    reading = read(phrase, frame)
    assert reading is not None
    assert not reading.sure


def test_a_part_of_the_day_is_no_time() -> None:
    reading = read("tomorrow afternoon", FRAME)
    assert reading is not None
    assert (reading.at, reading.part) == (None, "afternoon")


@pytest.mark.parametrize(
    "phrase",
    [
        "9999-12-31",
        "0001-01-01",
        "0001-01-01T00:00Z",
        "9999-12-31T23:59-12:00",
        "Q1 0000",
        "31 Dec 9999",
        "in 999 years",
        "in 999 quarters",
        "1/1/0000",
    ],
)
def test_the_ends_of_the_calendar_are_no_dates(phrase: str) -> None:
    assert due(phrase, FRAME) is None


def test_a_long_line_is_no_date() -> None:
    assert read("Friday " * 200_000, FRAME) is None
