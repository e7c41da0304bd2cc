"""Holds: the operator can find out why each mail was judged as it was and have it read once more,
and no log holds a person's words.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailbot.commands import cli
from mailbot.commands.log import LineFormatter
from mailbot.errors import Temporary
from mailbot.inbound.message.parse import Inbound, Limits, parse
from mailbot.inbound.triage.auth import Proof, Verdict
from mailbot.meeting.events import Bounced, Outcome
from mailbot.meeting.model import Role
from mailbot.meeting.sends import Send
from mailbot.service.intake import pipeline as reading
from mailbot.service.intake.arrival import Route
from mailbot.service.runtime import watchdog
from mailbot.service.step import ANSWER, NoticeKind
from mailbot.store.files.store import FileStore
from mailbot.store.memory import Memory
from mailbot.store.open import open_store
from mailbot.store.protocol import JOURNAL, Change, CommitResult, Mail, tally_key
from mailbot.store.raw_mail import NO_NOTE, RawMailStore
from mailbot.store.update import update
from mailbot.testing import CLIENTS
from tests.kit.cases import case

from .conftest import ANA, BEN, CAT, OFFLINE, THURSDAYS, NewOffice, Office

CONFIG = f"""{OFFLINE}
[receive]
enabled = true
[trust]
authserv_id = "mx.corp.example"
"""
KEYS = b"a key of this house alone".hex()


@pytest.fixture
def installed(
    tmp_path: Path, new_office: NewOffice, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An office on disk, so that the commands can look at it."""
    (tmp_path / "config.toml").write_text(CONFIG)
    store = FileStore(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    office = new_office(store=store, domains=("corp.example",))
    (tmp_path / "data" / "keys").write_text(f"{KEYS}\n")
    (tmp_path / "data" / "keys").chmod(0o600)
    office.mailbot.retention.quarantine = type(office.mailbot.quarantine)(
        tmp_path / "data" / "quarantine"
    )
    yield office
    with suppress(OSError):  # a test that lets commands write has closed it
        store.close()


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = cli.main(words)
    return code, capsys.readouterr().out


# ---- why ----


@case(119)
def test_why_names_rule_header_and_verdict(
    installed: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office, request = installed, installed.last(ANA)
    token = request.header("Reply-To").partition("<")[2].rstrip(">")
    broken = f"{token[:12]}{'a' if token[12] != 'a' else 'b'}{token[13:]}"
    forged = "Authentication-Results: mx.corp.example; dmarc=fail header.from=corp.example"
    below = "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example"
    mails = {
        "case 3": (office.mail("x@evil.example", "hello", to=broken), True, ["place: a token that does not read", "set_aside: a token that does not read"]),
        "case 12": (office.reply(request, "ana@home.example", "hello"), True,
                    ["unconfirmed: an address that is not on file", "place: by token in To", "verdict: pass", "author: doubtful"]),
        "case 21": (office.reply(request, ANA.address, "hello", forged, below), False,
                    ["unconfirmed: failed", "verdict: fail",
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


def six_answers(office: Office) -> None:
    for number in range(6):
        office.answers(office.last(ANA), ANA.address, f"Topic {number}")


def a_slip_twice(office: Office) -> None:
    for words in ("1 done", "done 1"):
        office.answers(office.last(ANA), ANA.address, words)


def a_plain_done(office: Office) -> None:
    office.after(days=3)
    office.answers(office.last(ANA), ANA.address, "todo: send the budget")
    office.answers(office.last(ANA), ANA.address, "1 done")


def words_to_somebody_unreachable(office: Office) -> None:
    stored = office.store.load(office.pair.id)
    assert stored is not None
    office.mailbot.step.decide(stored, Bounced(Role.MANAGER, hard=True), "", office.clock.at)
    office.answers(office.last(ANA), ANA.address, "stop")


def a_full_hour(office: Office) -> None:
    office.mailbot.step.may_answer = lambda *_: False
    office.answers(office.last(ANA), ANA.address, "Quarterly plan")


def a_mail_of_a_list(office: Office) -> None:
    raw = office.reply(office.last(ANA), ANA.address, "My point", "List-Id: <all.corp.example>")
    office.receive(raw)


def a_broken_template(office: Office) -> None:
    def wordless(series: str, send: Send, now: datetime, answered: str) -> Mail:
        raise ValueError(send.purpose)

    office.mailbot.step.compose = wordless
    office.answers(office.last(ANA), ANA.address, "Quarterly plan")


def a_wish_that_cannot_be_read_twice(office: Office) -> None:
    for _ in range(2):
        office.receive(
            office.mail(BEN.address, "new 1:1 with cat@corp.example, Tusdays at teatime")
        )


def a_wish_for_another_domain_twice(office: Office) -> None:
    for _ in range(2):
        office.receive(office.mail(BEN.address, "new 1:1 with x@elsewhere.example, weekly"))


def a_fifth_mail_that_waits_for_a_yes(office: Office) -> None:
    for number in range(5):
        mail = office.tray.to(ANA.address)[0]
        office.receive(office.reply(mail, "ana@home.example", f"Words {number}"))


def a_mail_about_neither_series_twice(office: Office) -> None:
    office.pairs((CAT, BEN, THURSDAYS))
    for number in range(2):
        office.receive(office.mail(BEN.address, f"Topic {number}"))


TOLD_TODAY = "answer: told within a day"
SILENCES: list[tuple[Callable[[Office], None], str, str]] = [
    (six_answers, "muted", "limit: "),
    (a_slip_twice, "muted", "spare: "),
    (a_plain_done, "applied", "no receipt: done alone"),
    (words_to_somebody_unreachable, "applied", "unreachable: "),
    (a_full_hour, "muted", "hourly cap: not answered"),
    (a_mail_of_a_list, "applied", "no receipt: the mail was automatic or of a list"),
    (a_broken_template, "applied", "unwritten: receipt"),
    (a_wish_that_cannot_be_read_twice, "noted", TOLD_TODAY),
    (a_wish_for_another_domain_twice, "ignored", TOLD_TODAY),
    (a_fifth_mail_that_waits_for_a_yes, "set_aside", TOLD_TODAY),
    (a_mail_about_neither_series_twice, "set_aside", TOLD_TODAY),
]


@pytest.mark.parametrize(("happens", "outcome", "reason"), SILENCES)
def test_why_tells_every_reason_for_silence(
    installed: Office,
    capsys: pytest.CaptureFixture[str],
    happens: Callable[[Office], None],
    outcome: str,
    reason: str,
) -> None:
    """A3: the trace goes on where reading ends, to the mail that did not leave."""
    happens(installed)
    entry = installed.outcomes[-1]
    assert entry.outcome == outcome, entry.trace
    code, told = typed(capsys, "why", f"<{entry.message_id}>")
    assert code == 0
    assert [line for line in told.splitlines() if line.strip().startswith(reason)], told


def test_an_answer_without_a_series_is_in_the_trace(new_office: NewOffice) -> None:
    office = new_office(domains=("corp.example",))
    for happens in (a_wish_that_cannot_be_read_twice, a_mail_about_neither_series_twice):
        happens(office)
        assert ["answer: sent" in entry.trace for entry in office.outcomes[-2:]] == [True, False]


def test_a_tick_that_sends_nothing_says_why_in_the_log(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """It has no entry in the journal, whose inbound ones tell of mails."""
    a_broken_template(office)
    caplog.handler.setFormatter(LineFormatter())
    caplog.set_level(logging.INFO, logger="mailbot.service.step")
    caplog.clear()
    before = office.count()
    office.after(days=2)
    assert office.count() == before
    (line,) = [line for line in caplog.text.splitlines() if "trace=" in line and "Due" in line]
    assert 'trace="unwritten: agenda; unwritten: agenda"' in line


class Overtaken(Memory):
    """A store in which somebody else is faster, as often as a test wants."""

    lost = 0  # commits of a series still to lose

    def commit(self, change: Change) -> CommitResult:
        if change.series is not None and self.lost:
            self.lost -= 1
            return CommitResult.STALE
        return super().commit(change)


@pytest.mark.parametrize(
    ("happens", "noticed", "failed"),
    [
        (a_full_hour, [NoticeKind.CAPPED], []),
        (a_broken_template, [NoticeKind.UNWRITTEN], ["receipt"]),
    ],
)
def test_what_does_not_leave_is_noted_once_however_often_a_step_is_tried(
    new_office: NewOffice,
    happens: Callable[[Office], None],
    noticed: list[NoticeKind],
    failed: list[str],
) -> None:
    store = Overtaken()
    office = new_office(store=store)
    told: list[NoticeKind] = []
    office.mailbot.step.notify = lambda kind, *_: told.append(kind)
    store.lost = 2
    happens(office)
    assert (store.lost, office.items(ANA)) == (0, ["Quarterly plan"])
    entries = store.recall(JOURNAL)
    assert [entry.reason for entry in entries if entry.outcome == Outcome.FAILED] == failed
    assert told == noticed


def test_an_answer_is_counted_once_however_often_its_step_is_tried(new_office: NewOffice) -> None:
    store = Overtaken()
    office = new_office(store=store)
    store.lost = 2
    office.answers(office.last(ANA), ANA.address, "Quarterly plan")
    now = office.clock.at
    assert store.recall(tally_key(ANSWER, now - timedelta(hours=1), now)).number == 1


# ---- replay ----


def breaks_on(mark: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader with a mistake in it: a mail that holds this breaks it, until the patch is undone."""

    def wrong(raw: bytes, limits: Limits) -> Inbound:
        if mark in raw:
            raise KeyError(mark)
        return parse(raw, limits)

    monkeypatch.setattr(reading, "parse", wrong)


@case(118)
def test_a_replay_after_a_fix_applies_once_and_leaves_quarantine(
    installed: Office,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = installed
    mails = [
        office.reply(office.last(ANA), ANA.address, "My point", client="apple"),
        office.mail("x@evil.example", "buy"),
    ]
    with monkeypatch.context() as mistake:
        breaks_on(b"", mistake)
        entries = [office.receive(raw) for raw in mails]
    assert [(entry.outcome, entry.reason) for entry in entries] == [
        ("set_aside", "broke its reader: KeyError")
    ] * 2
    office.receive(b"X: y\r\n" * 50_000)
    applied, stranger, unreadable = (
        aside.name
        for aside in sorted(office.mailbot.quarantine.list(), key=lambda aside: aside.key)
    )
    assert office.items() == []
    counted, sent = len(office.store.recall(JOURNAL)), office.count()
    office.store.close()
    told = [typed(capsys, "quarantine", "replay", name) for name in (unreadable, applied, stranger)]
    assert [code for code, _ in told] == [66, 0, 0]
    assert told[1][1] == f"{applied} was read: applied.\n"
    assert told[2][1] == f"{stranger} was read: ignored, stranger.\n", "what is ignored leaves, too"
    assert [
        line.split("\t")[0] for line in typed(capsys, "quarantine", "list")[1].splitlines()
    ] == [unreadable]
    assert typed(capsys, "quarantine", "replay", applied)[0] == 66, "once"
    tray = office.tray
    office = Office(office.clock.at, tmp_path / "a", store=open_store(tmp_path / "data"))
    office.tray = tray
    assert office.items(ANA) == ["My point"]
    assert office.receive(mails[0]).outcome == "duplicate"
    assert office.items(ANA) == ["My point"]
    replays = {
        entry.key: entry.outcome
        for entry in office.store.recall(JOURNAL)
        if entry.key.startswith("quarantine/")
    }
    assert replays == {f"quarantine/{applied}": "applied", f"quarantine/{stranger}": "ignored"}
    assert len(office.store.recall(JOURNAL)) == counted + 3, (
        "one entry for each replay that did something"
    )
    assert office.count() == sent + 1, "the receipt"


@case(118)
def test_a_replay_that_fails_leaves_everything_as_it_was(
    installed: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No second entry, notice or question; the first reason and day stay; one plain sentence is said."""
    office = installed
    office.receive(b"X: y\r\n" * 50_000)
    office.clock.at += timedelta(days=2)
    office.store.close()
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()}
    (aside,) = office.mailbot.quarantine.list()
    assert cli.main(["quarantine", "replay", aside.name]) == 66
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"mailbot: {aside.name} stays in quarantine: header block too big\n")
    after = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()}
    assert after == before


def test_a_mail_that_no_more_may_wait_for_a_yes_stays_when_it_is_replayed(
    installed: Office,
) -> None:
    office = installed
    for number in range(4):
        office.receive(
            office.reply(office.tray.to(ANA.address)[0], "ana@home.example", f"point {number}")
        )
    (aside,) = office.mailbot.quarantine.list()
    sent, counted = office.count(), len(office.store.recall(JOURNAL))
    again = office.mailbot.replay(aside.name, office.clock.at + timedelta(hours=1))
    assert (again.outcome, again.reason) == ("set_aside", "too many wait for a yes")
    assert office.mailbot.quarantine.list() == (aside,)
    assert (office.count(), len(office.store.recall(JOURNAL))) == (sent, counted)


@pytest.mark.parametrize("verdict", [Verdict.PASS, Verdict.NONE])
def test_a_replay_believes_what_was_proven_when_the_mail_came(
    new_office: NewOffice, monkeypatch: pytest.MonkeyPatch, verdict: Verdict
) -> None:
    """Signatures are checked once, at the door: keys are changed and taken off the DNS."""
    office = new_office()
    update(office.mailbot.store, lambda: Change("", values={"passed": {"corp.example": True}}))
    raw = office.reply(office.last(ANA), ANA.address, "My point")
    with monkeypatch.context() as mistake:
        breaks_on(b"", mistake)
        office.mailbot.take(
            "lmtp/1", raw, office.clock.at, own_check=lambda: Proof(verdict, ("own check: d=x",))
        )
    (aside,) = office.mailbot.quarantine.list()
    entry = office.mailbot.replay(aside.name, office.clock.at)
    assert entry.outcome == ("applied" if verdict is Verdict.PASS else "unconfirmed"), entry.trace
    assert "own check: made when the mail came" in " ".join(entry.trace)


def test_a_replay_of_junk_is_believed_no_more_than_the_first_time(
    new_office: NewOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = new_office()
    with monkeypatch.context() as mistake:
        breaks_on(b"", mistake)
        office.mailbot.take(
            "imap/Junk/1/1",
            office.reply(office.last(ANA), ANA.address, "x"),
            office.clock.at,
            Route.JUNK,
        )
    (aside,) = office.mailbot.quarantine.list()
    assert office.mailbot.replay(aside.name, office.clock.at).outcome == "junk"


def test_a_mail_that_takes_too_long_to_replay_is_given_up(
    installed: Office, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = installed
    office.receive(b"X: y\r\n" * 50_000)
    (aside,) = office.mailbot.quarantine.list()
    office.store.close()
    ended: list[int] = []
    monkeypatch.setattr("os._exit", ended.append)
    monkeypatch.setattr(watchdog, "LONGEST_S", 0.05)

    def slow(raw: bytes, limits: Limits) -> Inbound:
        time.sleep(0.5)
        return parse(raw, limits)

    monkeypatch.setattr(reading, "parse", slow)
    cli.main(["quarantine", "replay", aside.name])
    assert ended[:1] == [70]
    assert f"mailbot: {aside.name} was given up after" in capsys.readouterr().err


def test_a_mail_set_aside_lies_under_its_key_in_the_journal(new_office: NewOffice) -> None:
    office = new_office((ANA, BEN, THURSDAYS), (CAT, BEN, THURSDAYS))
    entry = office.receive(office.mail(BEN.address, "which one?"))
    (aside,) = office.mailbot.quarantine.list()
    assert (entry.outcome, aside.key) == ("set_aside", entry.key)
    again = office.mailbot.take(
        aside.key, office.mailbot.quarantine.get(aside.name), office.clock.at
    )
    assert again.outcome == "set_aside"
    assert len(office.mailbot.quarantine.list()) == 1, "put twice, it lies here once"


WHO = "ana.private@home.example"
OUR_BLOCK = "Authentication-Results: mx.corp.example"
BY_US = "Received: from x.example by mx.corp.example; Tue, 10 Mar 2026 10:00:00 +0000"
NAMING = {
    "Received": (f"Received: from {WHO} by {WHO} with {WHO} for <{WHO}>",),
    "Auto-Submitted, away": (f"Auto-Submitted: auto-replied{WHO}",),
    "Auto-Submitted": (f"Auto-Submitted: {WHO}",),
    "Precedence": (f"Precedence: {WHO}",),
    "challenge": (f"X-TMDA-{WHO}: 1",),
    "machine": (f"X-Autoreply-From: {WHO}",),
    "generated": (f"X-AutoGenerated: {WHO}",),
    "list": (f"List-Id: {WHO}", f"Mailing-List: {WHO}"),
    "failed": (f"X-Failed-Recipients: {WHO}",),
    "Return-Path": (f"Return-Path: <{WHO}>",),
    "server": (f"Authentication-Results: {WHO}; dmarc=pass",),
    "hop above our server's verdict": (
        BY_US,
        f"Received: from x.example by {WHO}; Tue, 10 Mar 2026 10:00:00 +0000",
        f"{OUR_BLOCK}; dmarc=pass header.from=corp.example",
    ),
    "dmarc": (f"{OUR_BLOCK}; dmarc={WHO}; spf={WHO} smtp.mailfrom={WHO}; {WHO}=pass",),
    "dmarc of another From": (f"{OUR_BLOCK}; dmarc={WHO} header.from={WHO}",),
    "signature": (f"DKIM-Signature: v=1; d=corp.example; i={WHO}; s={WHO}; c={WHO}; b=x",),
    "Date": (f"Date: {WHO}",),
    "transfer encoding": (f"Content-Transfer-Encoding: {WHO}",),
}


@pytest.mark.parametrize("lines", NAMING.values(), ids=NAMING)
def test_the_journal_quotes_no_address_out_of_a_header(
    new_office: NewOffice, lines: tuple[str, ...]
) -> None:
    """What a trace says of a header is a word of ours: its author could write anything there."""
    office = new_office(authserv_id="mx.corp.example")
    entry = office.receive(
        office.reply(office.last(ANA), ANA.address, "My point", *lines), vouched=False
    )
    said = " ".join((entry.reason, *entry.trace)).lower()
    assert [word for word in ("@", "private", "home") if word in said] == [], said


# ---- a note that is torn, and too much ----


@pytest.mark.parametrize("note", [None, b'{"name": "x'])
def test_a_torn_note_stops_nothing(
    installed: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str], note: bytes | None
) -> None:
    office = installed
    office.receive(b"X: y\r\n" * 50_000)
    office.receive(b"X: z\r\n" * 50_000)
    torn, whole = office.mailbot.quarantine.list()
    path = tmp_path / "data" / "quarantine" / f"{torn.name}.json"
    path.unlink() if note is None else path.write_bytes(note)
    office.mailbot.postmaster.operator = "root@corp.example"
    office.after(days=2)
    assert "2 mails in quarantine" in office.tray.to("root@corp.example")[-1].text, (
        "the digest is written"
    )
    rows = typed(capsys, "quarantine", "list")[1]
    assert (torn.name in rows, whole.name in rows, NO_NOTE in rows) == (True, True, True)
    assert json.loads(typed(capsys, "status", "--json")[1])["quarantine"] == 2
    assert NO_NOTE in typed(capsys, "quarantine", "show", torn.name)[1]
    office.store.close()
    assert typed(capsys, "quarantine", "replay", torn.name)[0] == 66
    assert typed(capsys, "quarantine", "drop", torn.name)[0] == 0
    assert torn.name not in typed(capsys, "quarantine", "list")[1]


def test_a_full_quarantine_throws_nothing_away_and_tells_the_operator(
    new_office: NewOffice, tmp_path: Path
) -> None:
    office = new_office(operator="root@corp.example")
    small = RawMailStore(tmp_path / "small", octets_at_most=1_000)
    office.mailbot.retention.quarantine = small
    spam = [
        office.mail(f"{number}@evil.example", "x" * 700, "1:1 Ana / Ben") for number in range(3)
    ]
    entries = [
        office.mailbot.take(f"imap/INBOX/1/{number}", raw, office.clock.at)
        for number, raw in enumerate(spam)
    ]
    assert [entry.outcome for entry in entries] == ["set_aside"] * 3
    assert [
        entry.reason.endswith("; the quarantine is full, it lies in the mailbox alone")
        for entry in entries
    ] == [False, True, True]
    assert [aside.key for aside in small.list()] == ["imap/INBOX/1/0"], "the first stays"
    with pytest.raises(Temporary, match="full"):  # whoever hands it in is told to come again
        office.mailbot.take(
            "lmtp/1",
            office.mail("ana@corp.example", "x" * 700, "1:1 Ana / Cat", "From: x@y.example"),
            office.clock.at,
        )
    office.work()
    notices = [mail.subject for mail in office.tray.to("root@corp.example")]
    assert notices == ["mailbot: the quarantine is full"], "told once a day"


def test_mails_of_strangers_leave_after_a_while_once_the_operator_was_told(
    new_office: NewOffice,
) -> None:
    office = new_office(operator="root@corp.example")
    stranger = office.receive(office.mail("x@evil.example", "hello", "1:1 Ana / Ben"))
    of_ana = office.receive(
        office.mail(ANA.address, "hello", "1:1 Ana / Ben", "From: ben@corp.example")
    )
    assert (stranger.outcome, of_ana.outcome) == ("set_aside", "set_aside")
    told: dict[int, str] = {}
    for day in range(100):
        office.after(days=1)
        told[day] = office.tray.to("root@corp.example")[-1].text
        if len(office.mailbot.quarantine.list()) < 2:
            break
    announced = [
        day for day, text in told.items() if "(1 of a stranger, leaves within a week)" in text
    ]
    assert announced == list(range(82, 90))[: len(announced)]
    assert day - announced[0] >= 7
    (kept,) = office.mailbot.quarantine.list()
    assert kept.key == of_ana.key, "what a person on file wrote waits for a hand"
    gone = office.store.recall(JOURNAL)[-1]
    assert (gone.outcome, gone.reason, gone.message_id) == (
        "discarded",
        "90 days in quarantine",
        stranger.message_id,
    )


def test_without_an_operator_who_is_told_nothing_leaves(new_office: NewOffice) -> None:
    office = new_office()
    office.receive(office.mail("x@evil.example", "hello", "1:1 Ana / Ben"))
    for _ in range(4):
        office.after(days=50)
    assert len(office.mailbot.quarantine.list()) == 1


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
    caplog.handler.setFormatter(LineFormatter())
    office = new_office(operator="root@corp.example")
    tokens = {
        mail.header("Reply-To").partition("+")[2].partition("@")[0] for mail in office.tray.mails
    }
    words = f"Career:\n- {CANARIES['body']}\n\nprivate: {CANARIES['private']} item\n\ndon 3 {CANARIES['body']}"
    office.answers(office.last(ANA), f"{CANARIES['display']} <{ANA.address}>", words, client)
    office.receive(
        office.reply(
            office.tray.to(ANA.address)[0], "x@evil.example", CANARIES["held"], client=client
        )
    )
    office.answers(
        office.last(ANA), ANA.address, f"no\n\nprivate: {CANARIES['private']} beside a no"
    )
    office.receive(office.mail("x@evil.example", CANARIES["body"], CANARIES["subject"]))
    office.receive(
        f"From: {CANARIES['body']}\r\nSubject: {CANARIES['subject']}\r\n\r\n{CANARIES['body']}".encode()
    )
    office.receive(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nCANARYBODY\r\n" * 600
    )
    office.until(office.meeting.start + timedelta(hours=2))
    office.answers(
        office.last(ANA),
        ANA.address,
        {"Notes": CANARIES["body"], "I will": f"private: {CANARIES['private']} promise"},
        client,
    )
    office.answers(
        office.last(BEN),
        BEN.address,
        f"AI: {CANARIES['body']} by Friday\n\nprivate: of Ben",
        client,
    )
    office.after(days=14)
    for name, canary in CANARIES.items():
        assert canary not in caplog.text, name
    assert tokens
    assert not [token for token in tokens if token in caplog.text.lower()]
    assert not [
        each for each in (ANA.address, BEN.address, "x@evil.example") if each in caplog.text
    ]
    others = [mail for mail in office.tray.mails if mail.recipient != ANA.address]
    assert len(others) > 5
    for mail in others:
        assert CANARIES["private"] not in mail.text + mail.html, mail.text
    everything = [mail.text for mail in office.tray.to(ANA.address)]
    assert any(f"{CANARIES['private']} item" in text for text in everything), "its author has it"


@case(120)
def test_the_journal_and_the_digest_hold_no_word_either(installed: Office, tmp_path: Path) -> None:
    office = installed
    office.answers(
        office.last(ANA), ANA.address, f"{CANARIES['body']}\n\nprivate: {CANARIES['private']}"
    )
    office.receive(office.mail("x@evil.example", CANARIES["body"], CANARIES["subject"]))
    text = "".join(path.read_text() for path in (tmp_path / "data" / "journal").iterdir())
    assert text.count("\n") == 2
    for word in (*CANARIES.values(), ANA.address, "x@evil.example"):
        assert word not in text, word
