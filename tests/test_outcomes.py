"""Bad input: every mail ends in a named outcome, the loop goes on, and no machine is ever answered."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from mailbot.meeting.model import Cadence, Person
from mailbot.testing import Got, House, answer

ANA = Person("ana@corp.example", "Ana Silva", zone="Europe/Berlin")
BEN = Person("ben@corp.example", "Ben Ito", zone="Europe/Berlin")
TUESDAY = datetime(2026, 3, 3, 8, tzinfo=UTC)
Change = Callable[[bytes], bytes]


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(datetime(2026, 3, 2, 7, tzinfo=UTC), tmp_path)
    made.pairs((ANA, BEN, Cadence(3, time(15), "Europe/Berlin")))
    made.until(TUESDAY)
    return made


def request(house: House) -> Got:
    return house.tray.to(ANA.address)[-1]


def reply(house: House, words: str) -> bytes:
    return answer(request(house), ANA.address, words, TUESDAY, "apple")


def head(line: bytes) -> Change:
    return lambda raw: line + b"\r\n" + raw


def body(kind: bytes, octets: bytes) -> Change:
    """The same head, another content."""
    def changed(raw: bytes) -> bytes:
        lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
        kept = [line for line in lines if not line.lower().startswith((b"content-", b"mime-"))]
        return b"\r\n".join([*kept, b"MIME-Version: 1.0", b"Content-Type: " + kind]) + b"\r\n\r\n" + octets
    return changed


def without(name: bytes) -> Change:
    return lambda raw: b"\r\n".join(line for line in raw.split(b"\r\n") if not line.startswith(name + b":"))


def nested(depth: int) -> bytes:
    return b"".join(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (n, n + 1) for n in range(depth))


WORDS = "Career: a course"
SAID_NOTHING = body(b"text/plain", b"\r\n-- \r\nAna Silva\r\nHead of Design, Corp\r\n+49 30 901820\r\n")

TABLE = [
    # what arrives, how it is made, the outcome, how many mails answer it
    ("an empty reply", body(b"text/plain", b"\r\n"), "noted", 1),
    ("only a signature", SAID_NOTHING, "noted", 1),
    ("30 MB", body(b"application/octet-stream", b"x" * 31_000_000), "set_aside", 0),
    ("2,000 nested parts", body(b"multipart/mixed; boundary=b0", nested(2000)), "set_aside", 0),
    ("a charset that does not exist", body(b"text/plain; charset=uft-9", "Career: größer".encode()), "applied", 1),
    ("a charset that is wrong", body(b"text/plain; charset=us-ascii", "Career: größer".encode()), "applied", 1),
    ("no From", without(b"From"), "set_aside", 0),
    ("two Froms", head(b"From: x@evil.example"), "set_aside", 0),
    ("a vacation notice", head(b"Auto-Submitted: auto-replied (vacation)"), "noted", 0),
    ("a mailing list", head(b"List-Id: <team.corp.example>"), "applied", 0),
    ("a read receipt", body(b"multipart/report; report-type=disposition-notification; boundary=b",
                            b"--b\r\n\r\nread\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n"
                            b"Disposition: manual-action/MDN-sent-manually; displayed\r\n--b--\r\n"), "ignored", 0),
    ("encrypted", body(b"multipart/encrypted; protocol=application/pgp-encrypted; boundary=b",
                       b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--\r\n"), "noted", 1),
]


@pytest.mark.parametrize(("change", "outcome", "answers"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_it_ends_in_a_named_outcome(house: House, change: Change, outcome: str, answers: int) -> None:
    before = len(house.tray.to(ANA.address))
    entry = house.receive(change(reply(house, WORDS)))
    assert entry.outcome == outcome, entry
    assert len(house.tray.to(ANA.address)) - before == answers
    if outcome == "set_aside":
        (aside,) = house.mailbot.quarantine.list()
        assert house.mailbot.quarantine.get(aside.name).endswith(change(reply(house, WORDS))[-1000:])
        assert aside.reason == entry.reason
    assert house.receive(reply(house, "Personal: still here")).outcome == "applied", "the loop goes on"


def test_a_stranger_is_met_with_silence(house: House) -> None:
    before = len(house.tray.mails)
    entry = house.receive(b"From: eve@evil.example\r\nTo: mailbot@corp.example\r\nSubject: hi\r\n\r\nhelp\r\n")
    assert (entry.outcome, entry.reason) == ("ignored", "stranger")
    assert len(house.tray.mails) == before


def test_our_own_mail_coming_back_is_dropped(house: House) -> None:
    before = len(house.tray.mails)
    assert house.receive(request(house).raw).outcome == "ignored"
    assert len(house.tray.mails) == before


def test_a_bounce_is_told_to_the_other_once_and_never_answered(house: House) -> None:
    mail = request(house)
    report = (
        b"From: MAILER-DAEMON@corp.example\r\nTo: mailbot@corp.example\r\nSubject: Undelivered\r\n"
        b"Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nsorry\r\n--b\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; corp.example\r\n\r\n"
        b"Final-Recipient: rfc822; ana@corp.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " + mail.id.encode() + b"\r\n\r\n--b--\r\n"
    )
    assert [house.receive(report).outcome for _ in range(2)] == ["bounced", "duplicate"]
    assert sum("do not arrive" in mail.text for mail in house.tray.to(BEN.address)) == 1
    assert len(house.tray.to(ANA.address)) == 1


def test_a_mail_that_kills_its_reader_is_set_aside_at_the_third_start(house: House) -> None:
    raw = reply(house, WORDS)
    for _ in range(2):
        assert house.store.begin("imap/INBOX/1/7") < 2
        house.store.restart()  # type: ignore[attr-defined]  # the store in memory can die and start again
    entry = house.mailbot.take("imap/INBOX/1/7", raw, TUESDAY)
    assert (entry.outcome, entry.reason) == ("set_aside", "killed its reader twice")
