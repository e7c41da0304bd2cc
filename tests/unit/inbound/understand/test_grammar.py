"""Holds: every newly written line becomes an item, a note, a promise, a command, small talk or a
problem, and none is lost.

In the transcripts "# career" is a heading the person typed, "> words" a line of our mail.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.inbound.understand.grammar import courtesies, small_talk, understand
from mailbot.inbound.unquote.judged_rows import RowRule
from mailbot.inbound.unquote.lines import Line, Reply
from mailbot.meeting.model import Role, Theme
from mailbot.meeting.said import (
    Item,
    Mark,
    MoveTo,
    Noted,
    Problem,
    Promised,
    Remarked,
    Said,
    SetDue,
    Skip,
    Verb,
)
from tests.kit.talk import AFTER, BEFORE, reply, said

FRIDAY = date(2026, 3, 6)


def texts(text: str) -> list[str]:
    return [one.text for one in said(text) if isinstance(one, Item)]


# ---- what an item is ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- one\n- two", ["one", "two"]),
        ("* one\n+ two\n• three\n· four\n– five", ["one", "two", "three", "four", "five"]),
        ("1. one\n2) two\n(3) three\na) four", ["one", "two", "three", "four"]),
        ("-one\n-two", ["one", "two"]),
        (
            "🚀 Launch of the portal\n📊 Usage in May",
            ["🚀 Launch of the portal", "📊 Usage in May"],
        ),
        ("🚀 Launch of\nthe portal", ["🚀 Launch of the portal"]),
        ("one paragraph\nof two lines\n\nanother", ["one paragraph of two lines", "another"]),
        ("- a bullet\n  of two lines\n- another", ["a bullet of two lines", "another"]),
        (
            "- a bullet that a client wrapped at seventy-two\ncolumns\n- another",
            ["a bullet that a client wrapped at seventy-two columns", "another"],
        ),
        ("- a bullet\n\n  and more of it\n\n- another", ["a bullet and more of it", "another"]),
        ("- short\nA new thought under the list", ["short", "A new thought under the list"]),
        ("Quick list for Thursday:\n\n- one\n- two", ["Quick list for Thursday:", "one", "two"]),
        ("Quick list for Thursday:\n- one\n- two", ["Quick list for Thursday:", "one", "two"]),
        ("-5% is not a bullet", ["-5% is not a bullet"]),
        ("3.5 releases this year", ["3.5 releases this year"]),
        ("o projeto vai bem", ["o projeto vai bem"]),
        ("o   Word's second level", ["Word's second level"]),
        ("- ", []),
        ("*bold* words are no bullet", ["*bold* words are no bullet"]),
        ("[ ] a box is taken off", ["a box is taken off"]),
        ("https://wiki.example/rota has the draft", ["https://wiki.example/rota has the draft"]),
        (
            "来週の出張について相談したいです。\n\n採用面接",
            ["来週の出張について相談したいです。", "採用面接"],
        ),
        ("[Ana] Outlook put my name there", ["Outlook put my name there"]),
        ("[Dana] is somebody else", ["[Dana] is somebody else"]),
    ],
)
def test_an_item_is_a_bullet_or_a_paragraph(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_nested_bullets_keep_their_level() -> None:
    found = said(
        "- two risks\n    - the vendor\n        - their price\n    - the audit\n- green\n\n- loose\n  - nested"
    )
    assert [(one.text, one.level) for one in found if isinstance(one, Item)] == [
        ("two risks", 0),
        ("the vendor", 1),
        ("their price", 2),
        ("the audit", 1),
        ("green", 0),
        ("loose", 0),
        ("nested", 1),
    ]


def test_code_stays_whole() -> None:
    assert texts("This hangs:\n\n```\nselect 1\n\n  from dual\n```\nMore below") == [
        "This hangs:",
        "select 1\n\n  from dual",
        "More below",
    ]
    assert texts("This hangs:\n\n    select 1\n      from dual\n\nMore below") == [
        "This hangs:",
        "select 1\n  from dual",
        "More below",
    ]
    assert texts("psql -h db1\n  timeout: 30s") == ["psql -h db1\n  timeout: 30s"]
    assert texts("```sql\ndone 3\n```") == ["```sql\ndone 3"]


def test_a_table_becomes_its_rows() -> None:
    assert texts("| who | what |\n|-----|:----:|\n| Ana | demo |") == ["who | what", "Ana | demo"]
    assert texts("who | what\nAna | demo") == ["who | what", "Ana | demo"]


def test_a_heading_says_where_the_next_ones_belong() -> None:
    found = said(
        "On top\n\n# career\nLead the redesign\n\n# anything_else\n- Keys\n# notes\n- Early"
    )
    assert found == (
        Item("On top"),
        Item("Lead the redesign", Theme.CAREER),
        Item("Keys", Theme.ANYTHING_ELSE),
        Item("Early"),
    )


# ---- courtesies ----


@pytest.mark.parametrize(
    "text",
    [
        "Hi Ben,\n\nThe rota.\n\nBest regards,\nAna",
        "Hallo Ben\nThe rota.\n\nViele Grüße\nAna Silva",
        "Bonjour,\n\nThe rota.\n\nMerci et bonne journée\nAna",
        "Good morning Ben Ito!\n\nThe rota.\n\nThanks!",
        "Hey ben,\n\nThe rota.\n\n- Ana",
        "The rota.\n\nCheers,\nA. Silva",
        "The rota.\n\nThanks,\n\nAna\n",
        "Thanks!\n\nThe rota.\n\nAna",
        "The rota.\nBest,\nAna",
        "Hola Ben:\n\nThe rota.\n\nUn saludo,\nAna",
        "Dear Ben,\n\nThe rota.\n\nMany thanks and kind regards\nAna",
    ],
)
def test_a_greeting_a_closing_and_a_name_are_no_items(text: str) -> None:
    assert said(text) == (Item("The rota."),)


@pytest.mark.parametrize(
    ("hello", "goodbye"),
    [
        ("Hej Mira,", "Mvh\nErik"),
        ("Hei Mira!", "Terveisin,\nAino Virtanen"),
        ("Cześć Mira,", "Pozdrawiam\nKasia"),
        ("Dobrý den,", "S pozdravem\nJan"),
        ("Szia Mira!", "Üdv,\nPéter"),
        ("Bună Mira,", "Mulțumesc,\nIoana"),
        ("Γεια σου Μίρα,", "Ευχαριστώ,\nΝίκος"),
        ("Merhaba Mira,", "Teşekkürler,\nAyşe"),
        ("Здравствуйте, Мира!", "С уважением,\nИван"),
        ("Привіт, Міро!", "Дякую\nОлена"),
        ("こんにちは、", "よろしくお願いします。\n田中"),
        ("您好，", "谢谢\n王"),
        ("안녕하세요,", "감사합니다.\n김민수 드림"),
        ("مرحبا ميرا،", "شكرا"),
        ("היי מירה,", "תודה,\nדנה"),
        ("Chào chị,", "Cảm ơn chị"),
    ],
)
def test_people_are_polite_in_every_language(hello: str, goodbye: str) -> None:
    assert said(f"{hello}\n\nThe rota.\n\n{goodbye}") == (Item("The rota."),)


@pytest.mark.parametrize(
    "text",
    [
        "Hey, quick list for Thursday:",
        "Hi Ben, could we talk about pay?",
        "Thanks for covering the Monday call",
        "Best practices for reviews",
        "Kubernetes",
        "Morning meetings are too early",
        "Training for a half marathon, it is going ok!",
        "Nothing from my side this week, happy to skip if you are busy.",
        "Cheers to the team for the launch?",
        "See my comments below in blue.",
    ],
)
def test_words_that_only_begin_politely_are_items(text: str) -> None:
    assert said(text) == (Item(text),)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you Ben",
        "👍",
        "🙏🙏",
        "ok",
        "OK, thanks!",
        "Got it, thx",
        "Danke!",
        "Merci beaucoup",
        "Hi Ben,\n\nthanks!\n\nAna",
        "Will do 👍",
    ],
)
def test_thanks_alone_are_no_item_but_they_are_small_talk(text: str) -> None:
    assert said(text) == ()
    assert small_talk(reply(text), names=("ana", "ben"))


def test_small_talk_is_told_word_for_word_and_is_nothing_else() -> None:
    assert small_talk(reply("Thanks!")) == "Thanks!"
    assert small_talk(reply("")) == ""
    assert small_talk(reply("The rota.\n\nThanks!")) == ""


# ---- private ----


@pytest.mark.parametrize(
    "text",
    [
        "private: my salary",
        "Private: my salary",
        "PRIVATE : my salary",
        "- private: my salary",
        "1. Private: my salary",
        "private - my salary",
        "[private] my salary",
        "(private) my salary",
        "*private:* my salary",
        "**Private**: my salary",
        "privat: my salary",
        "privé: my salary",
        "Privado: my salary",
        "riservato: my salary",
        "vertraulich: my salary",
        "confidential: my salary",
        "private： my salary",
        "личное: my salary",
        "非公開：my salary",
        "Özel: my salary",
    ],
)
def test_a_private_line_is_for_its_author_alone(text: str) -> None:
    assert said(text) == (Item("my salary", private=True),)


@pytest.mark.parametrize(
    "text",
    [
        "private my salary",
        "privte: my salary",
        "My salary (private)",
        "Private matters with Ben, my salary",
        "my salary [privat]",
    ],
)
def test_in_doubt_a_line_is_private_and_keeps_its_words(text: str) -> None:
    assert said(text) == (Item(text, private=True),)


@pytest.mark.parametrize(
    "text", ["my salary", "Özel günler", "Privacy review: my salary", "Privateer: a game"]
)
def test_other_lines_are_shared(text: str) -> None:
    assert said(text) == (Item(text),)


def shown(text: str) -> list[str]:
    """The shared words of what was said."""
    return [one.text for one in said(text) if isinstance(one, Item) and not one.private]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("private:\nmy salary\n\nshared: the rota", ["the rota"]),
        ("private:\n\nmy salary\n\nshared: the rota", ["the rota"]),
        ("Private\nmy salary\n\nshared: the rota", ["the rota"]),
        ("private:\n- my salary\n- my boss\n\n- my health\n\nshared: the rota", ["the rota"]),
        ("private:\n- my salary\n  - why\n\nshared: the rota", ["the rota"]),
        ("- private:\n  - my salary\n  - my boss\n- shared: the rota", ["the rota"]),
        ("- private: my salary\n  - because of the raise\n- shared: the rota", ["the rota"]),
        ("- private: my salary\n  because of the raise\n- shared: the rota", ["the rota"]),
        ("private: about my salary:\n- too low\n- since May\n\nshared: the rota", ["the rota"]),
        ("private: my salary\nis too low\n\nshared: the rota", ["the rota"]),
        ("the rota\nprivate: my salary", ["the rota"]),
        ("- the rota\nprivate: my salary\nand more of it", ["the rota"]),
        ("```\nprivate: my salary\nsecret\n```\nshared: the rota", ["the rota"]),
        ("# personal\nprivate:\nmy salary\n# career\nshared: the rota", ["the rota"]),
        ("private: my salary\nshared: the rota", ["the rota"]),
        ("private: my salary\nGeneral: my boss\nShare: my health", []),
        ("private:\n> Feedback\nmy salary", []),
    ],
)
def test_private_covers_what_belongs_to_it_and_no_more(text: str, expected: list[str]) -> None:
    assert shown(text) == expected


def test_a_private_word_as_a_heading_makes_the_words_below_private() -> None:
    lines = (
        Line("Privé", own=False, rule=RowRule.HEADING, heading="personal"),
        Line("mon salaire", own=True, rule=RowRule.OWN, heading="personal"),
    )
    assert understand(Reply(lines), BEFORE) == (Item("mon salaire", Theme.PERSONAL, private=True),)


@pytest.mark.parametrize("line", ["private: done 3", "private: move to Thu 15:00", "private: skip"])
def test_a_private_line_is_never_a_command(line: str) -> None:
    assert said(line) == (Item(line.removeprefix("private: "), private=True),)


def test_private_words_stay_private_everywhere() -> None:
    assert said("private: he was rude", AFTER) == (Noted("he was rude", private=True),)
    assert said("# i_will\nprivate: look for a coach by Friday", AFTER) == (
        Promised("look for a coach by Friday", Role.REPORT, FRIDAY, private=True),
    )
    assert said("> 3. Send the numbers (Ben, by Fri 13 Mar)\nprivate: I have no time") == (
        Item("I have no time", private=True),
    )


# ---- next to an action item ----

NUMBERS = "> [ ] 3. Send the numbers (Ben, by Fri 13 Mar)\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("done", (Mark(Verb.DONE, (3,)),)),
        ("Done!", (Mark(Verb.DONE, (3,)),)),
        ("x", (Mark(Verb.DONE, (3,)),)),
        ("X", (Mark(Verb.DONE, (3,)),)),
        ("[x]", (Mark(Verb.DONE, (3,)),)),
        ("[x] done", (Mark(Verb.DONE, (3,)),)),
        ("✓", (Mark(Verb.DONE, (3,)),)),
        ("✅", (Mark(Verb.DONE, (3,)),)),
        ("☑️", (Mark(Verb.DONE, (3,)),)),
        ("done on Friday", (Mark(Verb.DONE, (3,)),)),
        ("done yesterday", (Mark(Verb.DONE, (3,)),)),
        ("done last week", (Mark(Verb.DONE, (3,)),)),
        ("did it", (Mark(Verb.DONE, (3,)),)),
        ("- done", (Mark(Verb.DONE, (3,)),)),
        ("already done, thanks", (Mark(Verb.DONE, (3,)),)),
        (
            "done. Sent them on Tuesday",
            (Mark(Verb.DONE, (3,)), Remarked(3, "Sent them on Tuesday")),
        ),
        ("done - see the wiki", (Mark(Verb.DONE, (3,)), Remarked(3, "see the wiki"))),
        ("done, but Dana has not answered", (Remarked(3, "done, but Dana has not answered"),)),
        ("done except for the appendix", (Remarked(3, "done except for the appendix"),)),
        ("almost done", (Remarked(3, "almost done"),)),
        ("not done", (Remarked(3, "not done"),)),
        ("done by Friday", (SetDue(3, FRIDAY),)),
        ("dropped", (Mark(Verb.DROP, (3,)),)),
        ("no longer needed", (Mark(Verb.DROP, (3,)),)),
        ("still on it", (Remarked(3, "still on it"),)),
        ("in progress", (Remarked(3, "in progress"),)),
        ("skip", (Remarked(3, "skip"),)),
        ("yes", (Mark(Verb.DONE, (3,)),)),
        ("moved to next week", (SetDue(3, date(2026, 3, 11)),)),
        ("by Friday", (SetDue(3, FRIDAY),)),
        ("Friday", (SetDue(3, FRIDAY),)),
        ("will do by EOW", (SetDue(3, FRIDAY),)),
        (
            "Waiting for Dana, will finish by Friday.",
            (SetDue(3, FRIDAY), Remarked(3, "Waiting for Dana, will finish by Friday.")),
        ),
        ("Ben asked for it by Friday", (Remarked(3, "Ben asked for it by Friday"),)),
        ("waiting for Dana\nwho is ill", (Remarked(3, "waiting for Dana who is ill"),)),
        ("done 5", (Mark(Verb.DONE, (5,)),)),
    ],
)
def test_words_next_to_an_action_item_are_about_it(words: str, expected: tuple[Said, ...]) -> None:
    assert said(NUMBERS + words) == expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "erledigt"),
        ("de", "hab ich gemacht"),
        ("fr", "c’est fait"),
        ("es", "ya está"),
        ("pt", "já fiz"),
        ("it", "fatto"),
        ("nl", "is klaar"),
        ("de", "am Freitag erledigt"),
    ],
)
def test_done_is_read_in_every_language(language: str, words: str) -> None:
    expected: Said = Mark(Verb.DONE, (3,)) if words != "am Freitag erledigt" else Remarked(3, words)
    assert understand(reply(NUMBERS + words), replace(BEFORE, language=language)) == (expected,)


@pytest.mark.parametrize(
    "near",
    [
        "3. Send the numbers",
        "☐ 3. Send the numbers",
        "[ ] Send the numbers",
        "- Send the numbers (Ben)",
        "#3 Send them",
    ],
)
def test_the_item_is_known_by_its_number_or_its_words(near: str) -> None:
    assert said(f"> {near}\ndone") == (Mark(Verb.DONE, (3,)),)


def test_words_next_to_anything_else_are_what_they_are() -> None:
    assert said("> What is going well?\nthe rota") == (Item("the rota"),)
    assert said("> 9. Not ours\nthe rota") == (Item("the rota"),)


def test_a_number_in_front_under_the_action_items_names_the_item() -> None:
    assert said("# action_items\n3. done\n5. waiting for the landlord") == (
        Mark(Verb.DONE, (3,)),
        Remarked(5, "waiting for the landlord"),
    )
    assert said("# action_items\nBuy a plant") == (Item("Buy a plant"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x] Send the numbers", Mark(Verb.DONE, (3,))),
        ("- [x] Send the numbers", Mark(Verb.DONE, (3,))),
        ("✅ Send the numbers", Mark(Verb.DONE, (3,))),
        ("Send the numbers - done", Mark(Verb.DONE, (3,))),
        ("- send the numbers: done on Friday", Mark(Verb.DONE, (3,))),
        ("Send the numbers: waiting for Dana", Remarked(3, "waiting for Dana")),
        ("Send the numbers to Dana - done", Item("Send the numbers to Dana - done")),
        ("[x] something else", Item("[x] something else")),
    ],
)
def test_an_item_named_in_full_is_meant(text: str, expected: Said) -> None:
    assert said(text) == (expected,)


# ---- after the meeting ----


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talked about pay.", Noted("Talked about pay.")),
        ("# notes\n- Talked about pay.", Noted("Talked about pay.")),
        ("# career\n- Talked about pay.", Noted("Talked about pay.")),
        ("# i_will\n- send the deck", Promised("send the deck", Role.REPORT)),
        ("# they_will\n- send the deck", Promised("send the deck", Role.MANAGER)),
        ("# action_items\n- send the deck", Promised("send the deck")),
        ("- [ ] send the deck", Promised("send the deck")),
        ("[ ] send the deck", Promised("send the deck")),
        ("☐ send the deck", Promised("send the deck")),
        ("action: send the deck", Promised("send the deck")),
        ("Action item: send the deck", Promised("send the deck")),
        ("AI: send the deck", Promised("send the deck")),
        ("TODO: send the deck", Promised("send the deck")),
        ("- todo: send the deck", Promised("send the deck")),
        ("Aufgabe: send the deck", Promised("send the deck")),
        ("action: @ben send the deck", Promised("send the deck", Role.MANAGER)),
        ("action: send the deck @ben", Promised("send the deck", Role.MANAGER)),
        ("action: send the deck (@ben)", Promised("send the deck", Role.MANAGER)),
        ("action: ask @ben for the deck", Promised("ask @ben for the deck", Role.MANAGER)),
        ("action: Ben to send the deck", Promised("send the deck", Role.MANAGER)),
        ("action: Ben will send the deck", Promised("send the deck", Role.MANAGER)),
        ("action: Ben Ito is going to send the deck", Promised("send the deck", Role.MANAGER)),
        ("action: Ben: send the deck", Promised("send the deck", Role.MANAGER)),
        ("action: I will send the deck", Promised("send the deck", Role.REPORT)),
        ("action: I’ll send the deck", Promised("send the deck", Role.REPORT)),
        ("action: Dana to send the deck", Promised("Dana to send the deck")),
        ("action: @dana send the deck", Promised("@dana send the deck")),
        ("action: @ana and @ben send the deck", Promised("@ana and @ben send the deck")),
        ("# i_will\nBen to send the deck", Promised("send the deck", Role.MANAGER)),
        ("action: Ben", Promised("Ben")),
        ("action: Benchmark the deck", Promised("Benchmark the deck")),
    ],
)
def test_what_was_said_and_promised(text: str, expected: Said) -> None:
    assert said(text, AFTER) == (expected,)


@pytest.mark.parametrize(
    ("text", "bare", "due"),
    [
        ("send the deck by Friday", "send the deck", FRIDAY),
        ("send the deck by Friday.", "send the deck", FRIDAY),
        ("send the deck, by Friday", "send the deck", FRIDAY),
        ("send the deck until 2026-12-01", "send the deck", date(2026, 12, 1)),
        ("send the deck (due Fri)", "send the deck", FRIDAY),
        ("send the deck (Fri 13 Mar)", "send the deck", date(2026, 3, 13)),
        ("send the deck [by 13/3]", "send the deck", date(2026, 3, 13)),
        ("send the deck EOW", "send the deck", FRIDAY),
        ("send the deck by EOD", "send the deck", date(2026, 3, 4)),
        ("send the deck - Friday", "send the deck", FRIDAY),
        ("send the deck, tomorrow", "send the deck", date(2026, 3, 5)),
        ("send the deck in two weeks", "send the deck", date(2026, 3, 18)),
        ("send the deck before the end of next week", "send the deck", date(2026, 3, 13)),
        ("send the deck before next time", "send the deck", date(2026, 3, 12)),
        ("send the deck before our next 1:1", "send the deck", date(2026, 3, 12)),
        ("send the deck by Friday 3pm", "send the deck by Friday 3pm", FRIDAY),
        ("@ben send the deck by Friday", "send the deck", FRIDAY),
        ("send the deck by Friday @ben", "send the deck", FRIDAY),
        ("by Friday", "by Friday", FRIDAY),
        ("send the deck to Dana", "send the deck to Dana", None),
        ("prepare the talk for Friday", "prepare the talk for Friday", None),
        ("send the deck soon", "send the deck soon", None),
        ("send the deck by someday", "send the deck by someday", None),
        ("send the deck by 3 March 2025", "send the deck by 3 March 2025", None),
        ("stand by me", "stand by me", None),
        ("read the book by Friday's author", "read the book by Friday's author", None),
        ("call Dana on 555", "call Dana on 555", None),
    ],
)
def test_a_due_date_at_the_end_is_taken_off_and_else_left_alone(
    text: str, bare: str, due: date | None
) -> None:
    [promise] = said(f"action: {text}", AFTER)
    assert isinstance(promise, Promised)
    assert (promise.text, promise.due) == (bare, due)


def test_nothing_is_no_promise() -> None:
    assert said("# i_will\n- nothing\n# they_will\nNone.", AFTER) == ()
    assert courtesies(reply("# i_will\n- nothing"), AFTER) == ("- nothing",)
    assert said("# notes\nnothing", AFTER) == (Noted("nothing"),)


def test_a_due_date_is_read_in_the_language_of_the_writer() -> None:
    assert said("Aufgabe: Folien schicken bis Ende nächster Woche", AFTER, language="de") == (
        Promised("Folien schicken", None, date(2026, 3, 13)),
    )
    assert said("action : envoyer le support d’ici vendredi", AFTER, language="fr") == (
        Promised("envoyer le support", None, FRIDAY),
    )
    assert said("tarea: Ben va a enviar el informe para el viernes", AFTER, language="es") == (
        Promised("enviar el informe", Role.MANAGER, FRIDAY),
    )


def test_a_whole_answer_after_the_meeting() -> None:
    text = """Yes, we met.

> # notes
- Pay: decided for April
  - exact date open
private: he seemed tired

> # i_will
- send the deck by Friday

> # they_will
- ask Dana

done 3
Best,
Ana"""
    assert [type(one).__name__ for one in said(text, AFTER, asked=True)] == [
        "Consent",
        "Noted",
        "Noted",
        "Noted",
        "Promised",
        "Promised",
        "Mark",
    ]


def test_a_whole_answer_before_the_meeting() -> None:
    text = """Hi Ben,

> [ ] 3. Send the numbers
done on Tuesday
> [ ] 5. Book the venue
still on it
> # big_picture
The vendor moved their freeze, I would like to decide whether we
cut scope or move the date.
> # career
- Lead the on-call redesign
- private: talk about pay
> # anything_else
move to Thu 16:00
Thanks, Ana"""
    assert said(text) == (
        Mark(Verb.DONE, (3,)),
        Remarked(5, "still on it"),
        Item(
            "The vendor moved their freeze, I would like to decide whether we cut scope or move the date.",
            Theme.BIG_PICTURE,
        ),
        Item("Lead the on-call redesign", Theme.CAREER),
        Item("talk about pay", Theme.CAREER, private=True),
        MoveTo(date(2026, 3, 5), said("move to Thu 16:00")[0].at),  # type: ignore[union-attr]
    )


# ---- nothing is lost ----

_WORDS = st.integers(0, 999).map(lambda n: f"zq{n}")
_COMMON = """
done 3 drop by Friday @ben move to Thu 15:00 skip private: private action: todo: Ben will I EOW yes no ok thanks
Hi Best regards, Ana , . - 1. x [x] weekly every 2 weeks pause until 12 May undo help 👍 🚀 ``` a b # new 1:1 with
[ ] (due Fri) ana@corp.example tomorrow at noon [Ana] [Ben]
"""
_GLUE = st.sampled_from(_COMMON.split())
_LINES = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "",
                "",
                "",
                "- ",
                "  - ",
                "    ",
                "* ",
                "1. ",
                "> ",
                "\t",
                "🚀 ",
                "| ",
                "# career",
                "# i_will",
                "# action_items",
                "```",
            ]
        ),
        st.lists(_WORDS | _GLUE, max_size=8).map(" ".join),
    ).map("".join)
    | st.sampled_from(["", "", "> 3. Send the numbers", "private:", "Thanks,", "Ana", "Hi Ben,"]),
    max_size=12,
)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    rows=_LINES,
    after=st.booleans(),
    asked=st.booleans(),
    offered=st.booleans(),
    language=st.sampled_from(["en", "de", "fr", "es"]),
)
def test_no_word_is_ever_lost(
    *, rows: list[str], after: bool, asked: bool, offered: bool, language: str
) -> None:
    written = reply("\n".join(rows))
    context = replace(AFTER if after else BEFORE, asked=asked, offered=offered, language=language)
    kept = " ".join([*map(repr, understand(written, context)), *courtesies(written, context)])
    words = [word for line in written.own for word in line.text.split() if word.startswith("zq")]
    assert [word for word in words if word not in kept] == []


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.text(max_size=60), max_size=10), after=st.booleans())
def test_no_letter_of_any_script_is_lost(*, rows: list[str], after: bool) -> None:
    written = Reply(tuple(Line(row, own=True, rule=RowRule.OWN) for row in rows))
    context = AFTER if after else BEFORE
    texts = [
        getattr(one, "text", getattr(one, "line", "")) or repr(one)
        for one in understand(written, context)
    ]
    kept = "".join([*texts, *courtesies(written, context)])
    letters = {c for row in rows for c in row if c.isalpha() and len(row.split()) > 3}
    assert {c for c in letters if c not in kept} == set()


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    secret=st.lists(_WORDS, min_size=1, max_size=6).map(" ".join),
    mark=st.sampled_from(
        ["", "- ", "1. ", "  - ", "* ", "action: ", "2 ", "done 3, ", "x (", "no, "]
    ),
    rows=_LINES,
)
def test_a_private_line_is_private_wherever_it_stands(
    *, secret: str, mark: str, rows: list[str]
) -> None:
    written = reply(
        "\n".join([*(row for row in rows if "```" not in row), f"{mark}private: zqsecret {secret}"])
    )
    for context in (BEFORE, AFTER):
        holders = [one for one in understand(written, context) if "zqsecret" in repr(one)]
        assert holders
        assert all(isinstance(one, (Item, Noted, Promised)) and one.private for one in holders)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "\n".join(["- word"] * 20_000),
        "\n".join(["done 3"] * 20_000),
        "private:\n" * 20_000,
        "  " * 500_000 + "x",
        "> a\n- b\n" * 5_000,
    ],
    ids=["one line", "bullets", "commands", "private", "blanks", "interleaved"],
)
def test_hostile_mails_cost_what_they_weigh(text: str) -> None:
    for context in (BEFORE, AFTER):
        assert isinstance(said(text, context), tuple)


def test_a_problem_is_not_also_an_item() -> None:
    assert said("don 3\n\nthe rota\n\nskip") == (
        Problem("don 3", "done 3"),
        Item("the rota"),
        Skip(),
    )


@pytest.mark.parametrize(
    "line",
    [
        "skip",
        "move to Thursday 14:00",
        "done 3",
        "- the budget draft",
    ],
)
def test_an_address_behind_the_words_changes_nothing_but_the_words(line: str) -> None:
    linked = said(f"{line} (https://docs.corp.example/2026-03-12/5)")
    plain = said(line)
    assert [type(each) for each in linked] == [type(each) for each in plain]
    if not isinstance(plain[0], Item):
        assert linked == plain


def test_the_address_of_an_item_is_kept() -> None:
    assert texts("- the draft (https://docs.corp.example/x)") == [
        "the draft (https://docs.corp.example/x)"
    ]
