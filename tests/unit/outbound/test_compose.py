"""Holds: no mail of ours causes another machine's mail, and all mails of a meeting are one thread.

Octet by octet: headers, threads, MIME; parsed back by the standard library, which did not build
them.
"""

import email
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.header import decode_header, make_header
from email.utils import parseaddr, parsedate_to_datetime

import pytest

from mailbot.errors import Permanent
from mailbot.meeting.model import SCHEDULED, AgendaItem, Note, Purpose, Role, Theme
from mailbot.meeting.sends import Send
from mailbot.outbound import samples
from mailbot.outbound.compose import Finished
from mailbot.outbound.mime_writer import header, id_header, mailbox_header, message
from mailbot.threads.characters import one_line
from mailbot.threads.token import ReplyTarget, reply_address
from tests.kit.cases import case
from tests.kit.letters import ADDRESS, TOKENS, changed, composed, html, part, read

ALL = [
    pytest.param(make(p), id=f"{p} {make.__name__}")
    for p in Purpose
    for make in (samples.example, samples.bare)
]
OUTLOOK_ID = "AM0PR08MB" + "5A7F" * 12 + "@AM0PR08MB4961.eurprd08.prod.outlook.com"
NASTY = [
    "Bob\r\nBcc: x@evil.example",
    "Bob\nX-Injected: yes",
    'Bob "the \\ boss" <x@evil.example>, y',
    "Bob\x00\x07\x1b[31m",
    "Bob\u202egnp.exe",
    "Bob\u2028Bcc: x@evil.example",
    "=?utf-8?q?Bcc=3A?= Bob",
    "Žofie Ångström-Nuñez de la Fuente y Çelik " * 3,
    "田中 太郎" * 20,
    "B" * 2_000,
    "🙂" * 300,
    "\ud800 lonely",
]


def with_name(name: str, **changes: object) -> Send:
    ana = replace(samples.ANA, name=name)
    return changed(samples.example(Purpose.AGENDA), reader=ana, **changes)


def display_name(finished: Finished) -> str:
    """Of To, by the older parser: the newer one keeps blanks between encoded words in a name (RFC 2047 6.2 drops them)."""
    value = email.message_from_bytes(finished.raw)["To"]
    return str(make_header(decode_header(parseaddr(value)[0])))


# ---- headers ----


@case(63)
@pytest.mark.parametrize("send", ALL)
def test_case_63_every_mail_is_marked_as_automatic_and_is_no_list_mail(send: Send) -> None:
    mail = read(composed(send))
    assert mail["Auto-Submitted"] == ("auto-replied" if send.answers else "auto-generated")
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply, RN, NRN"
    assert mail["x-ms-reactions"] == "disallow"
    assert not {"List-Id", "List-Post", "Precedence", "Bcc", "Cc", "Sender"} & set(mail.keys())


@pytest.mark.parametrize("send", ALL)
def test_the_headers_of_a_mail(send: Send) -> None:
    finished = composed(send)
    mail = read(finished)
    token = TOKENS.make(
        ReplyTarget(samples.SERIES, send.meeting, send.to, send.purpose, send.serial)
    )
    assert finished.id == f"{token}@corp.example"
    assert mail["Message-ID"] == f"<{finished.id}>"
    assert mail["From"].addresses[0].display_name == "1:1 Ana / Ben (assistant)"
    assert mail["From"].addresses[0].addr_spec == ADDRESS
    assert [a.addr_spec for a in mail["Reply-To"].addresses] == [reply_address(ADDRESS, token)]
    assert (
        [a.addr_spec for a in mail["To"].addresses] == [send.reader.address] == [finished.recipient]
    )
    assert parsedate_to_datetime(mail["Date"]) == samples.AT
    assert not mail["Subject"].startswith("Re: ")
    assert all(len(mail.get_all(name) or []) == 1 for name in set(mail.keys()))
    assert not [part.defects for part in mail.walk() if part.defects]


@pytest.mark.parametrize("send", ALL)
def test_only_a_scheduled_mail_offers_to_unsubscribe_by_mail(send: Send) -> None:
    finished = composed(send)
    token = finished.id.partition("@")[0]
    wanted = (
        f"<mailto:mailbot+{token}@corp.example?subject=stop&body=stop>"
        if send.purpose in SCHEDULED
        else None
    )
    assert read(finished)["List-Unsubscribe"] == wanted


def test_the_raw_from_is_quoted_as_the_standard_wants_it() -> None:
    raw = composed(samples.example(Purpose.AGENDA)).raw
    assert b'\r\nReply-To: "1:1 Ana / Ben (assistant)"' in raw
    assert raw.startswith(
        b'From: "1:1 Ana / Ben (assistant)" <mailbot@corp.example>\r\nTo: "Ana Silva" <ana@corp.example>\r\n'
    )


@case(92)
@pytest.mark.parametrize("name", NASTY, ids=range(len(NASTY)))
def test_case_92_a_name_adds_no_header_and_goes_out_cleaned(name: str) -> None:
    plain, nasty = composed(with_name("Bob")), composed(with_name(name))
    mail = read(nasty)
    assert mail.keys() == read(plain).keys()
    assert [a.addr_spec for a in mail["To"].addresses] == ["ana@corp.example"]
    assert [a.addr_spec for a in mail["From"].addresses] == [ADDRESS]
    assert display_name(nasty) == one_line(name)[:80].strip()
    assert_fits_the_wire(nasty.raw)


@case(92)
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_case_92_a_subject_of_any_words_is_one_header(text: str) -> None:
    raw = message(["From: a@corp.example", header("Subject", text)], "x\n", "x\n", "b")
    mail = read(replace(composed(samples.example(Purpose.AGENDA)), raw=raw))
    assert mail["Subject"] == one_line(text)
    assert mail.keys() == ["From", "Subject", "MIME-Version", "Content-Type"]


def test_an_encoded_name_stays_within_its_line() -> None:
    lines = mailbox_header(
        "Reply-To", "Žofie " * 30, "mailbot+" + "x" * 29 + "@corp.example"
    ).split("\r\n")
    assert max(map(len, lines)) <= 76
    assert all(line.startswith(" ") for line in lines[1:])


# ---- threads ----


def in_one_meeting() -> list[Send]:
    order = [
        Purpose.AGENDA_REQUEST,
        Purpose.AGENDA,
        Purpose.MOVED,
        Purpose.NOTES_REQUEST,
        Purpose.SUMMARY,
    ]
    return [replace(samples.example(p), serial=n, to=Role.REPORT) for n, p in enumerate(order, 1)]


@case(94)
def test_case_94_five_mails_of_one_meeting_are_one_thread() -> None:
    mails = [read(composed(send)) for send in in_one_meeting()]
    root = (
        TOKENS.make(ReplyTarget(samples.SERIES, 4, Role.REPORT, Purpose.AGENDA_REQUEST, 0))
        + "@corp.example"
    )
    assert {mail["Subject"].removeprefix("Re: ") for mail in mails} == {"1:1 Ana / Ben, Thu 12 Mar"}
    assert all(mail["References"].split()[0] == f"<{root}>" for mail in mails)
    assert len({mail["Message-ID"] for mail in mails}) == 5
    assert f"<{root}>" not in {mail["Message-ID"] for mail in mails}


def test_both_people_and_every_answer_share_the_root() -> None:
    ben = samples.example(Purpose.AGENDA, Role.MANAGER)
    to_ana, to_ben = (read(composed(send)) for send in (samples.example(Purpose.AGENDA), ben))
    assert to_ana["References"] == to_ben["References"]
    assert to_ana["Subject"] == to_ben["Subject"]
    assert to_ana["Message-ID"] != to_ben["Message-ID"]


def test_the_subject_does_not_change_when_the_meeting_moves_or_the_year_ends() -> None:
    moved = replace(samples.example(Purpose.AGENDA), start=samples.START + timedelta(days=300))
    assert read(composed(moved))["Subject"] == "1:1 Ana / Ben, Thu 12 Mar"


def test_the_subject_names_the_day_in_the_anchor_zone() -> None:
    late = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)
    send = replace(samples.example(Purpose.AGENDA), planned=late, zone="Asia/Tokyo")
    assert read(composed(send))["Subject"] == "1:1 Ana / Ben, Fri 13 Mar"


def test_an_answer_names_the_mail_it_answers_however_long_its_id() -> None:
    finished = composed(samples.example(Purpose.RECEIPT), OUTLOOK_ID)
    assert read(finished)["Subject"] == "Re: 1:1 Ana / Ben, Thu 12 Mar"
    assert f"\r\nIn-Reply-To: <{OUTLOOK_ID}>\r\n".encode() in finished.raw
    assert read(finished)["References"].split()[1:] == [f"<{OUTLOOK_ID}>"]
    assert b"=?" not in finished.raw.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    "hostile",
    [
        "a@b>\r\nBcc: <x@evil.example",
        "ü@corp.example",
        "a b@c",
        "x" * 5_000 + "@y",
        "<a@b>",
        "a\x00@b",
    ],
)
def test_an_id_that_cannot_be_repeated_is_left_out(hostile: str) -> None:
    mail = read(composed(samples.example(Purpose.RECEIPT), hostile))
    assert mail["In-Reply-To"] == mail["References"]
    assert "Bcc" not in mail


def test_ids_are_folded_between_and_never_inside() -> None:
    assert id_header("References", ["a@b", "c@d"]) == "References: <a@b>\r\n <c@d>"


# ---- addresses ----


@case(95)
def test_case_95_a_domain_beyond_ascii_travels_as_a_label_and_a_local_part_is_refused_with_words() -> (
    None
):
    ana = replace(samples.ANA, address="ana@bücher.example")
    finished = composed(replace(samples.example(Purpose.AGENDA), reader=ana))
    assert finished.recipient == "ana@xn--bcher-kva.example"
    assert read(finished)["To"].addresses[0].addr_spec == finished.recipient
    with pytest.raises(Permanent, match="SMTPUTF8"):
        composed(
            replace(
                samples.example(Purpose.AGENDA), reader=replace(ana, address="ána@corp.example")
            )
        )


# ---- bodies ----


def assert_fits_the_wire(raw: bytes) -> None:
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


LONG = {
    "words": "word " * 1_000,
    "one word": "x" * 5_000,
    "umlauts": "größer " * 700,
    "japanese": "会議の議題です。" * 600,
    "dots": "." * 5_000,
    "equals": "=3D" * 1_500,
    "From": "From here " * 500,
    "emoji": "🙂👍🏽" * 800,
}


@case(96)
@pytest.mark.parametrize("words", LONG.values(), ids=LONG.keys())
def test_case_96_a_line_of_5000_characters_arrives_whole_on_short_lines(words: str) -> None:
    note = Note(1, words.strip(), Role.REPORT)
    finished = composed(changed(samples.example(Purpose.SUMMARY), notes=(note,)))
    assert_fits_the_wire(finished.raw)
    assert f"- {words.strip()} (Ana)\n" in finished.text
    assert part(finished, "plain") == finished.text
    assert words.strip().split(" ")[0] in html(finished)


@pytest.mark.parametrize("send", ALL)
def test_every_mail_fits_the_wire_and_comes_back_the_same(send: Send) -> None:
    finished = composed(send)
    assert_fits_the_wire(finished.raw)
    assert part(finished, "plain") == finished.text
    mail = read(finished)
    assert mail.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in mail.iter_parts()] == ["text/plain", "text/html"]
    assert {each.get_content_charset() for each in mail.iter_parts()} == {"utf-8"}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("tab\there", "tab\there"),
        ("trailing blank ", "trailing blank"),
        ("nul\x00bell\x07", "nulbell"),
        ("line\u2028separator", "line\n  separator"),
        ("vertical\x0btab", "vertical\n  tab"),
        ("cr\ralone", "cr\n  alone"),
        ("half \ud800 character", "half  character"),
        ("--=_aaaa", "--=_aaaa"),
        ("overridden \u202egnp.exe", "overridden gnp.exe"),
        ("", ""),
    ],
)
def test_odd_characters_do_no_harm(words: str, shown: str) -> None:
    item = AgendaItem(1, words, Role.REPORT, Theme.CAREER)
    finished = composed(changed(samples.example(Purpose.AGENDA), items=(item,)))
    assert_fits_the_wire(finished.raw)
    assert part(finished, "plain") == finished.text
    assert f"- {shown} (Ana)\n" in finished.text


def test_a_line_that_an_mbox_would_change_is_encoded() -> None:
    raw = message(["From: a@corp.example"], "From here on\n.\n", "<p>x</p>\n", "b")
    assert b"\r\n=46rom here on\r\n" in raw
    assert b"\r\n.\r\n" not in raw


def test_the_same_mail_is_the_same_octets() -> None:
    assert (
        composed(samples.example(Purpose.AGENDA)).raw
        == composed(samples.example(Purpose.AGENDA)).raw
    )
