"""What the operator can find out: why a mail was judged as it was, and reading it once more. And what no log holds."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot import cli
from mailbot.commands.run import Facts
from mailbot.store.tiny import Tiny
from mailbot.testing import CLIENTS
from tests.cases import case

from .conftest import ANA, BEN, CAT, THURSDAYS, NewOffice, Office

CONFIG = """
[mail]
address = "mailbot@corp.example"
[smtp]
host = "127.0.0.1"
port = 9
tls = "none"
login = "none"
[receive]
enabled = true
[trust]
authserv_id = "mx.corp.example"
"""
KEYS = b"a key of this house alone".hex()


@pytest.fixture
def installed(tmp_path: Path, new_office: NewOffice, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office on disk, so that the commands can look at it."""
    (tmp_path / "config.toml").write_text(CONFIG)
    store = Tiny(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    office = new_office(store=store)
    (tmp_path / "data" / "keys").write_text(f"{KEYS}\n")
    (tmp_path / "data" / "keys").chmod(0o600)
    office.mailbot.quarantine = type(office.mailbot.quarantine)(tmp_path / "data" / "quarantine")
    yield office
    with suppress(OSError):  # a test that lets commands write has closed it
        store.close()


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = cli.main(words)
    return code, capsys.readouterr().out


# ---- why ----


@case(119)
def test_why_names_rule_header_and_verdict(installed: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office, request = installed, installed.last(ANA)
    token = request.header("Reply-To").partition("<")[2].rstrip(">")
    broken = f"{token[:12]}{'a' if token[12] != 'a' else 'b'}{token[13:]}"
    forged = "Authentication-Results: mx.corp.example; dmarc=fail header.from=corp.example"
    below = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"
    mails = {
        "case 3": (office.mail("x@evil.example", "hello", to=broken), True, ["place: a token that does not read", "set_aside: a token that does not read"]),
        "case 12": (office.reply(request, "ana@home.example", "hello"), True,
                    ["held: an address that is not on file", "place: by token in To", "verdict: pass", "author: doubtful"]),
        "case 21": (office.reply(request, ANA.address, "hello", forged, below), False,
                    ["held: failed", "verdict: fail",
                     "proof: dmarc=fail header.from=corp.example (Authentication-Results of mx.corp.example)"]),
        "case 45": (office.mail(ANA.address, "Away until 12 March", "Out of office", "Auto-Submitted: auto-replied", to=token), True,
                    ["noted: away", "away: Auto-Submitted", "away until: 2026-03-12"]),
        "case 69": (office.reply(request, ANA.address, "twice"), True, ["applied", "author: sure", "level: content"]),
    }  # fmt: skip
    for name, (raw, vouched, wanted) in mails.items():
        office.clock.at += timedelta(minutes=1)
        entry = office.receive(raw, vouched=vouched)
        code, out = typed(capsys, "why", f"<{entry.message_id}>")
        assert code == 0
        assert [words for words in wanted if words not in out] == [], f"{name}:\n{out}"
        assert "our own mail: no" in out, "every rule that was asked"
    twice = mails["case 69"][0]
    assert office.receive(twice).outcome == "duplicate"
    told = typed(capsys, "why", office.outcomes[-1].message_id)[1]
    number = office.outcomes[-1].trace[0]
    assert told.count(number) == 2, "both entries name the mail"
    assert f"duplicate of {number.replace(':', '')}" in told


# ---- replay ----


@case(118)
def test_a_replay_after_a_fix_applies_once_and_leaves_quarantine(
    installed: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office = installed
    raw = office.reply(office.last(ANA), ANA.address, "My point", client="apple")
    name = office.mailbot.quarantine.put(raw, "broke its reader: IndexError", office.clock.at, "imap/INBOX/1/7")
    stranger = office.mailbot.quarantine.put(office.mail("x@evil.example", "hi"), "too many parts", office.clock.at, "imap/INBOX/1/8")
    unreadable = office.mailbot.quarantine.put(b"", "empty", office.clock.at, "imap/INBOX/1/9")
    office.store.close()
    told = [typed(capsys, "quarantine", "replay", each) for each in (name, stranger, unreadable)]
    assert [code for code, _ in told] == [0, 0, 66]
    assert "was read: applied" in told[0][1]
    assert "ignored, stranger" in told[1][1], "what is ignored leaves, too"
    left = typed(capsys, "quarantine", "list")[1]
    assert (name in left, stranger in left, unreadable in left) == (False, False, True)
    assert typed(capsys, "quarantine", "replay", name)[0] == 66, "once"


def test_a_mail_set_aside_lies_under_its_key_in_the_journal(new_office: NewOffice) -> None:
    office = new_office((ANA, BEN, THURSDAYS), (CAT, BEN, THURSDAYS))
    entry = office.receive(office.mail(BEN.address, "which one?"))
    (aside,) = office.mailbot.quarantine.list()
    assert (entry.outcome, aside.key) == ("set_aside", entry.key)
    again = office.mailbot.take(aside.key, office.mailbot.quarantine.get(aside.name), office.clock.at)
    assert again.outcome == "set_aside"
    assert len(office.mailbot.quarantine.list()) == 1, "put twice, it lies here once"


# ---- words in logs ----

CANARIES = {
    "subject": "CANARYSUBJECT", "body": "CANARYBODY", "private": "CANARYPRIVATE", "password": "CANARYPASSWORD",
    "held": "CANARYHELD", "display": "CANARYNAME",
}  # fmt: skip


@case(120)
@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_no_log_at_debug_holds_a_word_and_no_private_line_reaches_the_other(
    new_office: NewOffice, caplog: pytest.LogCaptureFixture, client: str
) -> None:
    """A fortnight with every library told to say all it can."""
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(Facts())
    office = new_office(operator="root@corp.example")
    tokens = {mail.header("Reply-To").partition("+")[2].partition("@")[0] for mail in office.tray.mails}
    words = f"Career:\n- {CANARIES['body']}\n\nprivate: {CANARIES['private']} item\n\ndon 3 {CANARIES['body']}"
    office.answers(office.last(ANA), f"{CANARIES['display']} <{ANA.address}>", words, client)
    office.receive(office.reply(office.tray.to(ANA.address)[0], "x@evil.example", CANARIES["held"], client=client))
    office.answers(office.last(ANA), ANA.address, f"no\n\nprivate: {CANARIES['private']} beside a no")
    office.receive(office.mail("x@evil.example", CANARIES["body"], CANARIES["subject"]))
    office.receive(f"From: {CANARIES['body']}\r\nSubject: {CANARIES['subject']}\r\n\r\n{CANARIES['body']}".encode())
    office.receive(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nCANARYBODY\r\n" * 600)
    office.until(office.meeting.start + timedelta(hours=2))
    office.answers(office.last(ANA), ANA.address, {"Notes": CANARIES["body"], "I will": f"private: {CANARIES['private']} promise"}, client)
    office.answers(office.last(BEN), BEN.address, f"AI: {CANARIES['body']} by Friday\n\nprivate: of Ben", client)
    office.after(days=14)
    for name, canary in CANARIES.items():
        assert canary not in caplog.text, name
    assert tokens
    assert not [token for token in tokens if token in caplog.text.lower()]
    assert not [each for each in (ANA.address, BEN.address, "x@evil.example") if each in caplog.text]
    others = [mail for mail in office.tray.mails if mail.recipient != ANA.address]
    assert len(others) > 5
    for mail in others:
        assert CANARIES["private"] not in mail.text + mail.html, mail.text
    everything = [mail.text for mail in office.tray.to(ANA.address)]
    assert any(f"{CANARIES['private']} item" in text for text in everything), "its author has it"


@case(120)
def test_the_journal_and_the_digest_hold_no_word_either(installed: Office, tmp_path: Path) -> None:
    office = installed
    office.answers(office.last(ANA), ANA.address, f"{CANARIES['body']}\n\nprivate: {CANARIES['private']}")
    office.receive(office.mail("x@evil.example", CANARIES["body"], CANARIES["subject"]))
    text = "".join(path.read_text() for path in (tmp_path / "data" / "journal").iterdir())
    assert text.count("\n") == 2
    for word in (*CANARIES.values(), ANA.address, "x@evil.example"):
        assert word not in text, word
