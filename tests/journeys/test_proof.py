"""Holds: nobody is believed to have written a mail by anything but a verdict of our own server or a
check of our own.

Odd authors, headers that are no identity, verdicts and keys, through the whole path.
"""

from __future__ import annotations

from datetime import timedelta
from email.header import Header
from pathlib import Path

import pytest

from mailbot.config.file import parse
from mailbot.inbound.triage.auth import Proof, Verdict
from mailbot.service.delivery.dispatcher import Dispatcher, drain
from mailbot.service.intake.pipeline import PASSED
from mailbot.service.runtime.wiring import open_mailbot
from mailbot.store.protocol import Entry
from mailbot.testing import Got, Tray, answer
from tests.kit.cases import case

from .conftest import ANA, BEN, MONDAY, OFFLINE, NewOffice, Office

STRANGER = "x@evil.example"
FAILS = "Authentication-Results: mx.corp.example; dmarc=fail header.from=corp.example"
PASSES = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"
EVIL_PASSES = "Authentication-Results: mx.corp.example; dmarc=pass header.from=evil.example"


def from_header(raw: bytes, *values: bytes) -> bytes:
    """The same mail with this From, or these."""
    lines = [line for line in raw.split(b"\r\n") if not line.startswith(b"From: ")]
    return b"".join(b"From: %s\r\n" % value for value in values) + b"\r\n".join(lines)


def token(office: Office) -> str:
    """The address that Ana was asked from."""
    return office.last(ANA).header("Reply-To").partition("<")[2].rstrip(">")


ODD = [
    pytest.param([b"ana@corp.example", STRANGER.encode()], id="case 31 two From headers"),
    pytest.param([b"ana@corp.example, ben@corp.example"], id="case 33 several mailboxes"),
    pytest.param(
        [b"Ana <ana@corp.example>, x@evil.example"], id="case 33 several mailboxes, one with a name"
    ),
    pytest.param([b"People: ana@corp.example;"], id="case 33 a group"),
    pytest.param([b"People:;"], id="case 33 an empty group"),
    pytest.param([b"Ana <ana\x00@corp.example>"], id="case 33 NUL in the address"),
    pytest.param([b"Ana\x00 <ana@corp.example>"], id="case 33 NUL in the name"),
    pytest.param(
        [Header("ana@corp.example", "utf-8").encode().encode()],
        id="case 33 an encoded word as address",
    ),
    pytest.param([b"<=?utf-8?q?ana?=@corp.example>"], id="case 33 an encoded word in an address"),
    pytest.param(
        [b'"ana@corp.example" ana@corp.example <x@evil.example>'], id="case 32 an address as name"
    ),
    pytest.param([b"ana@corp.example <x@evil.example>"], id="case 32 an address in front"),
    pytest.param([b""], id="case 33 nothing"),
]


@pytest.mark.parametrize("values", ODD)
@pytest.mark.parametrize("answers", [True, False], ids=["with a token", "without"])
def test_an_odd_author_is_nobody_and_hears_nothing(
    office: Office, values: list[bytes], answers: bool
) -> None:
    raw = (
        office.reply(office.last(ANA), ANA.address, "done 1\nMy point")
        if answers
        else office.mail(ANA.address, "My point")
    )
    before = len(office.tray.mails)
    entry = office.receive(PASSES.encode() + b"\r\n" + from_header(raw, *values), vouched=False)
    assert entry.outcome == "set_aside", entry
    assert len(office.mailbot.quarantine.list()) == 1
    assert (office.items(), len(office.tray.mails), office.pair.unconfirmed) == ([], before, ())


NAMES_ANA = [
    pytest.param("Reply-To: ana@corp.example", id="case 34 Reply-To"),
    pytest.param("Sender: ana@corp.example", id="case 35 Sender"),
    pytest.param("Resent-From: ana@corp.example", id="case 35 Resent-From"),
    pytest.param("Resent-Sender: ana@corp.example", id="case 35 Resent-Sender"),
    pytest.param("X-Original-From: ana@corp.example", id="case 40 what a list keeps"),
]


@pytest.mark.parametrize("line", NAMES_ANA)
def test_a_stranger_who_names_a_person_elsewhere_is_a_stranger(office: Office, line: str) -> None:
    before = len(office.tray.mails)
    entry = office.receive(
        office.mail(STRANGER, "My point", "Hello", line, EVIL_PASSES), vouched=False
    )
    assert (entry.outcome, entry.reason) == ("ignored", "stranger")
    assert (office.items(), len(office.tray.mails)) == ([], before)


@pytest.mark.parametrize("line", NAMES_ANA)
def test_with_her_token_she_is_asked_where_she_is_on_file(office: Office, line: str) -> None:
    entry = office.receive(
        office.reply(office.last(ANA), STRANGER, "My point", line, EVIL_PASSES), vouched=False
    )
    assert entry.outcome == "unconfirmed", entry
    assert office.items() == []
    assert "My point" in office.last(ANA).text
    assert office.every_address() <= {ANA.address, BEN.address}


@case(34, 35)
@pytest.mark.parametrize("name", ["Reply-To", "Sender", "Resent-From", "Return-Path", "Errors-To"])
def test_nothing_is_ever_sent_to_an_address_beside_from(office: Office, name: str) -> None:
    request = office.last(ANA)
    for author in (ANA.address, STRANGER):
        office.receive(office.reply(request, author, "My point", f"{name}: other@evil.example"))
    office.receive(office.mail(ANA.address, "help", "Hello", f"{name}: other@evil.example"))
    office.after(days=10)
    assert office.every_address() == {ANA.address, BEN.address}


@case(40)
def test_a_name_that_a_list_rewrote_is_not_hers(office: Office) -> None:
    listed = '"Ana Silva via Team" <team@lists.example>'
    passes = "Authentication-Results: mx.corp.example; dmarc=pass header.from=lists.example"
    lines = ("Reply-To: Ana Silva <ana@corp.example>", passes)
    before = len(office.tray.mails)
    alone = office.receive(office.mail(listed, "My point", "Hello", *lines), vouched=False)
    assert (alone.outcome, len(office.tray.mails)) == ("ignored", before)
    routed = office.receive(
        office.mail(listed, "My point", "Hello", *lines, to=token(office)), vouched=False
    )
    assert routed.outcome == "unconfirmed", routed
    assert office.items() == []
    assert office.every_address() <= {ANA.address, BEN.address}


# ---- verdicts ----


@case(27)
def test_the_question_about_a_failed_mail_goes_to_the_address_on_file_with_the_words(
    office: Office,
) -> None:
    before = len(office.tray.mails)
    lines = ("Reply-To: other@evil.example", FAILS)
    entry = office.receive(
        office.reply(office.last(ANA), ANA.address, "Could I lead it?", *lines), vouched=False
    )
    assert (entry.outcome, entry.reason) == ("unconfirmed", "failed")
    assert "verdict: fail" in entry.trace
    (question,) = office.tray.mails[before:]
    assert question.recipient == ANA.address
    assert "Could I lead it?" in question.text
    assert office.items() == []
    passed = office.receive(office.reply(question, ANA.address, "yes"))
    assert (passed.outcome, office.items(ANA)) == ("applied", ["Could I lead it?"])


@case(23)
def test_without_a_server_of_ours_a_verdict_says_nothing(new_office: NewOffice) -> None:
    office = new_office(authserv_id="", domains=("corp.example",))
    entry = office.receive(
        office.mail(BEN.address, "new 1:1 with cat@corp.example, weekly", "Hello", PASSES),
        vouched=False,
    )
    assert (entry.outcome, "verdict: none" in entry.trace) == ("unconfirmed", True)
    assert any("no authserv-id is configured" in line for line in entry.trace)
    assert office.store.recall(PASSED) == {}


@case(37)
@pytest.mark.parametrize(
    ("line", "own", "outcome"),
    [
        (
            PASSES,
            Verdict.NONE,
            "applied",
        ),  # a gateway rewrote the body behind the server that checked it
        (FAILS, Verdict.PASS, "unconfirmed"),
        ("X-Nothing: said", Verdict.PASS, "applied"),
        ("X-Nothing: said", Verdict.NONE, "unconfirmed"),
    ],
)
def test_our_own_check_raises_and_never_lowers(
    office: Office, line: str, own: Verdict, outcome: str
) -> None:
    """No door of today has both: behind LMTP the server's word counts, by SMTP our own. Whoever adds one finds this."""
    office.answers(
        office.last(ANA), ANA.address, "First"
    )  # the domain has passed: from now on none is not enough
    raw = office.reply(office.tray.to(ANA.address)[0], ANA.address, "Second", line)
    entry = office.mailbot.take(
        "lmtp/1", raw, office.clock.at, own_check=lambda: Proof(own, ("own DKIM check",))
    )
    assert entry.outcome == outcome, entry.trace
    assert "proof: own DKIM check" in entry.trace


# ---- keys ----


@case(44)
def test_old_tokens_live_as_long_as_their_key(tmp_path: Path) -> None:
    file, keys = tmp_path / "config.toml", tmp_path / "data" / "keys"
    config = parse(CONFIG, file)
    with open_mailbot(config) as mailbot:
        mailbot.configure(config.series(), MONDAY)
        mailbot.tick(asked := MONDAY + timedelta(days=1, hours=2))
        drain(Dispatcher(mailbot.step, mailbot.postmaster), tray := Tray(), asked)
    request = tray.to(ANA.address)[-1]
    old = keys.read_text()

    def replied(words: str) -> Entry:
        raw = PASSES.encode() + b"\r\n" + answer(request, ANA.address, words, asked)
        with open_mailbot(config) as mailbot:
            entry = mailbot.take(f"test/{words}", raw, asked)
            drain(Dispatcher(mailbot.step, mailbot.postmaster), tray, asked)
        return entry

    keys.write_text(f"{'ab' * 32}\n{old}")
    assert "place: by token" in " ".join(replied("First").trace)
    assert token_of(tray.to(ANA.address)[-1]) != token_of(request)
    with open_mailbot(config) as mailbot:
        items = [
            item.text
            for name in mailbot.store.find()
            if (s := mailbot.store.load(name))
            for meeting in s.series.meetings
            for item in meeting.items
        ]
    assert items == ["First"]
    keys.write_text("ab" * 32 + "\n")
    assert "place: by token" not in " ".join(replied("Second").trace)


def token_of(mail: Got) -> str:
    return mail.header("Reply-To").partition("+")[2]


CONFIG = f"""{OFFLINE}
[receive]
enabled = true
[trust]
authserv_id = "mx.corp.example"
[[one_on_one]]
report = "ana@corp.example"
manager = "ben@corp.example"
weekday = "Thursday"
time = "15:00"
zone = "UTC"
"""
