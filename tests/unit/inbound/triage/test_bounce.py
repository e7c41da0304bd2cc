"""Holds: a delivery report gives the mail of ours it is about and the address, and no other mail is
taken for one.
"""

import pytest

from mailbot.inbound.triage.bounce import Report, read_report
from tests.kit.cases import case
from tests.kit.post import ANA, TOKEN, letter, mail

OURS = f"{TOKEN}@corp.example"


def report(name: str) -> Report:
    found = read_report(letter(name))
    assert found
    return found


@pytest.mark.parametrize(
    ("name", "status", "hard", "against_address"),
    [
        pytest.param("50_no_such_user.eml", "5.1.1", True, True, id="case 50 no such user"),
        pytest.param("51_delayed.eml", "4.4.1", False, False, id="case 51 delayed"),
        pytest.param("52_gmail_nested.eml", "5.1.1", True, True, id="case 52 Gmail"),
        pytest.param(
            "53_exchange_without_status.eml",
            "5.1.1",
            True,
            True,
            id="case 53 Exchange without status",
        ),
        pytest.param("56_content_refused.eml", "5.7.1", True, False, id="case 56 content refused"),
    ],
)
def test_a_report_names_our_mail_and_the_address(
    name: str, status: str, hard: bool, against_address: bool
) -> None:
    found = report(name)
    assert found.ids[0] == OURS
    assert (found.named[0], found.status) == (ANA, status)
    assert (found.hard, found.against_address) == (hard, against_address)


@case(54)
def test_a_report_about_a_mail_we_never_sent_names_no_id_of_ours() -> None:
    assert report("54_never_sent.eml").ids == ("spam-with-our-name@elsewhere.example",)


@case(55)
def test_a_report_without_an_id_names_none() -> None:
    status = "Reporting-MTA: dns; x.example\r\n\r\nFinal-Recipient: rfc822; ana@corp.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    found = read_report(mail(status, From="x@evil.example", Content_Type="message/delivery-status"))
    assert found == Report((), "5.1.1", hard=True, against_address=True, named=(ANA,))


STATUS = "Final-Recipient: rfc822; ana@corp.example\r\n"


@pytest.mark.parametrize(
    ("fields", "status", "hard", "against_address"),
    [
        (STATUS + "Action: failed\r\nStatus: 5.2.2 (mailbox full)\r\n", "5.2.2", True, False),
        (STATUS + "Action: failed\r\nStatus: 5.4.4\r\n", "5.4.4", True, True),
        (STATUS + "Action: failed\r\nStatus: 5.6.0\r\n", "5.6.0", True, False),
        (
            STATUS + "Action: Failed\r\nDiagnostic-Code: smtp; 550 5.1.10 unknown\r\n",
            "5.1.10",
            True,
            True,
        ),
        (
            STATUS + "Action: failed\r\nDiagnostic-Code: smtp; 550 no such user\r\n",
            "5.0.0",
            True,
            True,
        ),
        (STATUS + "Action: failed\r\n", "5.0.0", True, True),
        (STATUS + "Action: delayed\r\n", "4.0.0", False, False),
        (STATUS + "Action: delivered\r\nStatus: 2.0.0\r\n", "2.0.0", False, False),
        (STATUS + "Action: relayed\r\nStatus: 5.1.1\r\n", "5.1.1", False, True),
        (
            "Action: delayed\r\nStatus: 4.0.0\r\n\r\n"
            + STATUS
            + "Action: failed\r\nStatus: 5.1.1\r\n",
            "5.1.1",
            True,
            True,
        ),
    ],
)
def test_the_fields(fields: str, status: str, hard: bool, against_address: bool) -> None:
    found = read_report(
        mail("Reporting-MTA: dns; x\r\n\r\n" + fields, Content_Type="message/delivery-status")
    )
    assert found
    assert (found.status, found.hard, found.against_address) == (status, hard, against_address)


def test_a_plain_text_report_is_read_by_its_words() -> None:
    """qmail's own form: no report at all, the returned mail below a line."""
    text = f"""Hi. This is the qmail-send program at corp.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ana@corp.example>:
550 5.1.1 sorry, no mailbox here by that name

--- Below this line is a copy of the message.

Message-ID: <{OURS}>
"""
    found = read_report(mail(text, From="MAILER-DAEMON@corp.example", Return_Path="<>"))
    assert found
    assert (found.ids, found.status, found.hard) == ((OURS,), "5.1.1", True)


def test_a_mail_that_reports_nothing_is_no_report() -> None:
    assert read_report(mail("Our server was moved.\n", From="postmaster@corp.example")) is None


@pytest.mark.parametrize(
    "octets",
    [b"", b"\x00" * 50, b"Action: failed\r\n" * 5000, b"\r\n\r\n" * 5000, b"Status: \xff\r\n"],
)
def test_a_broken_report_breaks_nothing(octets: bytes) -> None:
    found = read_report(mail(octets, Content_Type="message/delivery-status"))
    assert found is None or not found.ids
