"""Holds: each try to send a mail leaves one line in the log, without an address in it, and trouble
about all mails is not told once more by each of them.
"""

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailbot.errors import (
    MailbotError,
    OperatorError,
    Refused,
    Temporary,
    TooFast,
    TooMuch,
    Unavailable,
    Uncertain,
)
from mailbot.meeting.model import Purpose
from mailbot.service.delivery import attempt
from mailbot.service.delivery.attempt import send
from mailbot.service.delivery.retry import RETRY_MINUTES
from mailbot.store.protocol import Mail, OutboxState, Pending
from mailbot.transport.smtp_replies import meaning
from tests.kit.cases import case

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
MAIL = Mail(
    "token@corp.example",
    "mailbot@corp.example",
    "ana@corp.example",
    b"Subject: x\r\n\r\nthe move to Porto\r\n",
    "the move to Porto\n",
    Purpose.AGENDA,
    serial=7,
    not_after=AT + timedelta(days=4),
)


class Server:
    def __init__(self, says: Exception | None) -> None:
        self.says = says

    def send(self, sender: str, recipient: str, raw: bytes) -> None:
        assert (sender, recipient, raw) == (MAIL.sender, MAIL.recipient, MAIL.raw)
        if self.says:
            raise self.says

    def close(self) -> None:
        """Nothing to close."""


REFUSAL = meaning(
    "smtp:465 (SMTP)",
    550,
    "5.1.1 <ana@corp.example>: Recipient address rejected, it said: the move to Porto",
)


def owed(state: OutboxState = OutboxState.QUEUED, tries: int = 0, blind: int = 0) -> Pending:
    return Pending(MAIL, "abcdefgh", state, tries, blind=blind)


AWAY, SILENCE = Temporary("smtp:465 is away."), Uncertain("silence")
OFTEN = owed(OutboxState.DEFERRED, len(RETRY_MINUTES))
EXPIRED = replace(owed(), mail=replace(MAIL, not_after=AT - timedelta(days=1)))
TRIES = [
    pytest.param(owed(), None, "INFO accepted mail out", id="taken"),
    pytest.param(
        owed(), AWAY, "WARNING deferred mail out: smtp:465 is away.", id="away for the first time"
    ),
    pytest.param(
        owed(OutboxState.DEFERRED, 3),
        AWAY,
        "INFO deferred mail out: smtp:465 is away.",
        id="away as before",
    ),
    pytest.param(OFTEN, AWAY, "ERROR failed mail out: smtp:465 is away.", id="away too long"),
    pytest.param(owed(), SILENCE, "WARNING uncertain mail out: silence", id="no answer"),
    pytest.param(
        owed(OutboxState.UNCERTAIN, 1, 1),
        SILENCE,
        "ERROR failed mail out: silence",
        id="no answer twice",
    ),
    pytest.param(
        owed(OutboxState.DEFERRED, 2, 1),
        SILENCE,
        "ERROR failed mail out: silence",
        id="no answer, a no, no answer",
    ),
    pytest.param(
        owed(OutboxState.UNCERTAIN, 10),
        None,
        f"ERROR failed mail out: {attempt.UNKNOWN}",
        id="killed twice while it left",
    ),
    pytest.param(
        owed(), REFUSAL, "ERROR failed mail out: smtp:465 (SMTP) answered: 550 5.1.1.", id="never"
    ),
    pytest.param(
        owed(),
        KeyError("ana@corp.example"),
        "WARNING deferred mail out: a mistake of ours (KeyError)",
        id="ours",
    ),
    pytest.param(
        OFTEN,
        TooFast("smtp:465 hangs up."),
        "ERROR failed mail out: smtp:465 hangs up.",
        id="too busy too long",
    ),
    pytest.param(EXPIRED, None, f"ERROR failed mail out: {attempt.EXPIRED}", id="too late"),
]


@case(120)
@pytest.mark.parametrize(("pending", "says", "line"), TRIES)
def test_every_try_leaves_one_line_without_an_address(
    caplog: pytest.LogCaptureFixture, pending: Pending, says: Exception | None, line: str
) -> None:
    caplog.set_level(logging.INFO, "mailbot")
    attempt.log_attempt(send(Server(says), pending, AT))
    (record,) = caplog.records
    facts = vars(record)
    assert f"{record.levelname} {facts['action']} {record.getMessage()}" == line
    assert (facts["series"], facts["purpose"], facts["serial"]) == ("abcdefgh", "agenda", 7)
    assert "corp.example" not in str(facts)
    assert "Porto" not in str(facts)


SOON = AT + timedelta(minutes=RETRY_MINUTES[0])
HALTS = [
    (Refused("[smtp] user, password: no."), OutboxState.QUEUED, SOON),
    (OperatorError("[smtp] host: the certificate is not valid."), OutboxState.QUEUED, SOON),
    (Unavailable("[smtp] host, port: nothing listens."), OutboxState.QUEUED, None),
    (TooFast("answered: 432 4.3.2."), OutboxState.DEFERRED, SOON),
    (TooMuch("answered: 550 5.4.5."), OutboxState.DEFERRED, SOON),
]


@case(88, 89)
@pytest.mark.parametrize(
    ("error", "state", "next_try"), HALTS, ids=lambda each: type(each).__name__
)
def test_what_stops_every_mail_is_told_once_for_all_and_not_here(
    caplog: pytest.LogCaptureFixture,
    error: MailbotError,
    state: OutboxState,
    next_try: datetime | None,
) -> None:
    caplog.set_level(logging.DEBUG, "mailbot")
    tried = send(Server(error), owed(), AT)
    attempt.log_attempt(tried)
    assert (tried.state, tried.next_try, tried.halt, caplog.records) == (state, next_try, error, [])
