"""Holds: each answer of an SMTP server says whether the mail is gone, may be sent again or is
refused, and no mail is cut or doubled.

Against a real server (aiosmtpd) that answers, refuses, hangs up and falls silent at every stage.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest

from mailbot.errors import (
    MailbotError,
    OperatorError,
    Permanent,
    Refused,
    Temporary,
    TooFast,
    TooMuch,
    Unavailable,
    Uncertain,
)
from mailbot.transport.smtp import Smtp, routable
from mailbot.transport.smtp_replies import meaning
from tests.kit.cases import case
from tests.kit.servers import DROP, MUTE, PASSWORD, TLS, Sink
from tests.kit.transports import smtp_on
from tests.unit.transport.relay import Relay, Scripted

OURS, ANA, BEN = "mailbot@corp.example", "ana@corp.example", "ben@corp.example"
RAW = (
    b"Message-ID: <1@corp.example>\r\nSubject: 1:1 Ana / Ben\r\n\r\n.a dot\r\n..two\r\n.\r\nend\r\n"
)
CA = str(TLS / "ca.pem")

Open = Callable[..., Sink]


@pytest.fixture
def mailer(request: pytest.FixtureRequest) -> Callable[..., Smtp]:
    """The transport under test, closed at the end of the test."""

    def make(server: Sink | Relay, **options: Any) -> Smtp:
        options = {"tls": "none", "timeout_s": 5, "answer_s": 5, **options}
        smtp = smtp_on(options.pop("host", "127.0.0.1"), server.port, **options)
        request.addfinalizer(smtp.close)
        return smtp

    return make


def test_a_mail_arrives_byte_for_byte_and_the_connection_is_kept(
    open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    smtp = mailer(sink)
    smtp.send(OURS, ANA, RAW)
    smtp.send(OURS, BEN, RAW)
    assert sink.mails == [(OURS, ANA, RAW), (OURS, BEN, RAW)]
    assert (sink.connections, smtp._smtp is not None) == (1, True)


STAGES = ("mail", "rcpt", "data", "end")
ANSWERS = [
    ("451 4.7.1 greylisted, come back", Temporary),
    ("450 4.2.1 busy", Temporary),
    ("421 4.3.0 closing", TooFast),
    ("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded", TooFast),
    ("451 4.3.2 the system takes no mail", TooFast),
    ("550 5.4.5 Daily user sending limit exceeded", TooMuch),
    ("550 5.1.1 no such user", Permanent),
    ("552 5.3.4 too big", Permanent),
    ("554 5.7.1 refused", Permanent),
    ("530 5.7.57 client not authenticated", Refused),
    ("535 5.7.139 basic authentication is disabled", Refused),
    ("550 5.7.30 basic authentication is not supported", Refused),
]


@case(86, 87, 88, 89)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(("answer", "error"), ANSWERS, ids=[answer[:9] for answer, _ in ANSWERS])
def test_what_an_answer_means(
    answer: str, error: type[MailbotError], stage: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    sink.faults[stage] = [answer]
    smtp = mailer(sink)
    with pytest.raises(error, match=answer) as raised:
        smtp.send(OURS, ANA, RAW)
    assert raised.type is error
    bare = " ".join(answer.split()[:2])
    assert raised.value.loggable == f"127.0.0.1:{sink.port} (SMTP) answered: {bare}.", (
        "no word of the server's"
    )
    smtp.send(OURS, BEN, RAW)  # the others are unaffected
    assert sink.mails == [(OURS, BEN, RAW)]
    assert sink.connections == (2 if answer.startswith("421") else 1)


@case(93)
@pytest.mark.parametrize("stage", STAGES)
def test_where_nobody_may_write_as_nobody_a_notice_leaves_from_our_address(
    stage: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    sink.faults[stage] = ["550 5.7.60 Client does not have permissions to send as this sender"]
    mailer(sink, own=OURS).send("", ANA, RAW)
    assert sink.mails == [(OURS, ANA, RAW)]


@pytest.mark.parametrize("fault", [DROP, MUTE])
@pytest.mark.parametrize(
    ("stage", "error"),
    [("mail", Unavailable), ("rcpt", Temporary), ("data", Temporary)],
    ids=["no mail", "rcpt", "data"],
)
def test_before_the_text_a_broken_connection_is_no_loss(
    stage: str, error: type[MailbotError], fault: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    sink.faults[stage] = [fault]
    smtp = mailer(sink, timeout_s=0.2)
    with pytest.raises(error) as raised:
        smtp.send(OURS, ANA, RAW)
    assert raised.type is error
    smtp.send(OURS, ANA, RAW)
    assert (sink.mails, sink.connections) == ([(OURS, ANA, RAW)], 2)


@case(84)
@pytest.mark.parametrize("fault", [DROP, MUTE])
@pytest.mark.parametrize(
    ("stage", "kept"),
    [("body", 0), ("end", 0), ("answer", 1)],
    ids=["in the text", "refused", "kept"],
)
def test_after_the_text_nobody_knows(
    stage: str, kept: int, fault: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    sink.faults[stage] = [fault]
    smtp = mailer(sink, answer_s=0.2)
    with pytest.raises(Uncertain):
        smtp.send(OURS, ANA, RAW)
    assert len(sink.mails) == kept
    smtp.send(OURS, ANA, RAW)  # the very same bytes, so the same Message-ID
    assert sink.mails == [(OURS, ANA, RAW)] * (kept + 1)


@pytest.mark.parametrize("fault", [DROP, "421 4.4.2 idle for too long"])
def test_a_kept_connection_that_died_is_replaced_without_a_word(
    fault: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    smtp = mailer(sink)
    smtp.send(OURS, ANA, RAW)
    sink.faults["mail"] = [fault]
    smtp.send(OURS, BEN, RAW)
    assert [recipient for _, recipient, _ in sink.mails] == [ANA, BEN]
    assert sink.connections == 2


def test_a_restarted_server_is_met_again(open_sink: Open, mailer: Callable[..., Smtp]) -> None:
    sink = open_sink()
    with Relay(sink.port) as relay:
        smtp = mailer(relay)
        smtp.send(OURS, ANA, RAW)
        relay.cut()
        smtp.send(OURS, BEN, RAW)
        assert relay.connections == 2


def test_nobody_there() -> None:
    smtp = smtp_on("127.0.0.1", 1)
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:1 "):
        smtp.send(OURS, ANA, RAW)


def test_a_server_that_is_not_ready_says_nothing_about_the_mail() -> None:
    with Scripted({}) as not_smtp, pytest.raises(Unavailable):
        smtp_on("127.0.0.1", not_smtp.port, timeout_s=0.5).send(OURS, ANA, RAW)


def test_a_mail_that_is_too_large_is_refused_before_it_is_sent(
    open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink(data_size_limit=100)
    smtp = mailer(sink)
    with pytest.raises(Permanent, match="552"):
        smtp.send(OURS, ANA, RAW * 10)
    smtp.send(OURS, ANA, RAW)
    assert (len(sink.mails), sink.connections) == (1, 1)


@pytest.mark.parametrize(
    "raw", [b"a\nb\r\n", b"a\rb\r\n", b"a\r\n\n.\r\nMAIL FROM:<x@evil.example>\r\n", b"a\r"]
)
def test_a_bare_line_end_never_leaves(
    raw: bytes, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    with pytest.raises(Permanent, match="bare CR or LF"):
        mailer(sink).send(OURS, ANA, raw)
    assert sink.connections == 0


@pytest.mark.parametrize(
    "raw", [b"Subject: x\r\n\r\nno line end", b"Subject: x\r\n\r\n.", b".\r\n", b""]
)
def test_the_end_of_the_text_is_found(
    raw: bytes, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    mailer(sink).send(OURS, ANA, raw)
    assert [received.rstrip(b"\r\n") for _, _, received in sink.mails] == [raw.rstrip(b"\r\n")]


# ---- addresses ----


@case(95)
@pytest.mark.parametrize(
    ("address", "wire"),
    [
        ("ana@corp.example", "ana@corp.example"),
        ("Ana.Silva+1@corp.example", "Ana.Silva+1@corp.example"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("ana@BÜCHER.example", "ana@xn--bcher-kva.example"),
        ("ana@straße.example", "ana@xn--strae-oqa.example"),  # never strasse.example
        ("ana@STRASSE.example", "ana@strasse.example"),
        ("ana@例え.テスト", "ana@xn--r8jz45g.xn--zckzah"),
        ("a,b@corp.example", "a,b@corp.example"),  # smtplib's quoteaddr() would mail to "a"
    ],
)
def test_domains_travel_as_a_labels(
    address: str, wire: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    smtp = mailer(sink)
    if "," in address:  # aiosmtpd's parser refuses it; what we send is what counts
        assert routable(address) == wire
        return
    smtp.send(OURS, address, RAW)
    assert sink.mails == [(OURS, wire, RAW)]


@case(95)
@pytest.mark.parametrize("address", ["josé@bücher.example", "josé@corp.example"])
def test_letters_beyond_ascii_before_the_at_never_leave(
    address: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    """Also where the server would take them: mailbot does not speak SMTPUTF8."""
    sink = open_sink()
    smtp = mailer(sink)
    with pytest.raises(
        Permanent, match="before the @ that mail without SMTPUTF8 cannot carry"
    ) as raised:
        smtp.send(OURS, address, RAW)
    assert "jos" not in str(raised.value)
    smtp.send(OURS, "ana@bücher.example", RAW)
    assert [recipient for _, recipient, _ in sink.mails] == ["ana@xn--bcher-kva.example"]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "@corp.example",
        "ana@",
        "ana@corp.example>\r\nRCPT TO:<x@evil.example",
        "a b@corp.example",
        "a\0@corp.example",
        f"ana@{'x' * 64}.example",
    ],
)
def test_what_is_no_address_is_never_put_on_the_line(
    address: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    with pytest.raises(Permanent, match=r"^This .*address"):
        mailer(sink).send(OURS, address, RAW)
    assert sink.connections == 0


def test_the_null_sender_is_allowed(open_sink: Open, mailer: Callable[..., Smtp]) -> None:
    sink = open_sink()
    mailer(sink).send("", ANA, RAW)
    assert [recipient for _, recipient, _ in sink.mails] == [ANA]


# ---- getting in ----


@pytest.mark.parametrize("password", [PASSWORD, "größe"])
def test_login_by_password(password: str, open_sink: Open, mailer: Callable[..., Smtp]) -> None:
    sink = open_sink()
    mailer(sink, user=OURS, password=password).send(OURS, ANA, RAW)
    assert (sink.logins, len(sink.mails)) == ([(OURS, password)], 1)


def test_login_by_token_asks_for_one_each_time(
    open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    tokens = iter(["good", "expired"])
    sink = open_sink()
    smtp = mailer(sink, user=OURS, password=lambda: next(tokens))
    smtp.send(OURS, ANA, RAW)
    smtp.close()
    with pytest.raises(Refused, match=r"\[smtp\] user, password"):
        smtp.send(OURS, ANA, RAW)
    assert sink.logins == [(OURS, "good"), (OURS, "expired")]


def no_token() -> str:
    raise Temporary("https://login.example cannot give a token now.")


@case(88)
@pytest.mark.parametrize(
    ("password", "error"),
    [("wrong", Refused), ("later", Unavailable), (lambda: "expired", Refused)],
    ids=["535", "454", "token"],
)
def test_a_refused_login_is_tried_once(
    password: Any, error: type[MailbotError], open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    smtp = mailer(sink, user=OURS, password=password)
    with pytest.raises(error) as raised:
        smtp.send(OURS, ANA, RAW)
    assert raised.type is error
    assert (len(sink.logins), sink.connections, sink.mails, smtp._smtp is not None) == (
        1,
        1,
        [],
        False,
    )


def test_a_token_that_cannot_be_had_now_is_about_no_mail(
    open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    with pytest.raises(Unavailable, match="cannot give a token now"):
        mailer(open_sink(), user=OURS, password=no_token).send(OURS, ANA, RAW)


def test_a_server_without_login_is_the_operators_business(
    open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink(auth_require_tls=True)  # so it offers none in clear text
    with pytest.raises(OperatorError, match=r"\[smtp\] user: .* offers no login"):
        mailer(sink, user=OURS, password=PASSWORD).send(OURS, ANA, RAW)


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_tls_is_verified(tls: str, open_sink: Open, mailer: Callable[..., Smtp]) -> None:
    sink = open_sink(tls=tls)
    smtp = mailer(sink, tls=tls, ca_file=CA, host="localhost", user=OURS, password=PASSWORD)
    assert smtp.probe()[0].startswith(f"localhost:{sink.port} (SMTP): TLSv1.")
    smtp.send(OURS, ANA, RAW)
    assert (len(sink.mails), sink.connections) == (1, 1)


@case(81)
@pytest.mark.parametrize("tls", ["implicit", "starttls"])
@pytest.mark.parametrize(
    ("ca_file", "listen"),
    [("", "127.0.0.1"), (CA, "127.0.0.2")],
    ids=["unknown authority", "another's"],
)
def test_nothing_is_said_without_a_certificate_that_holds(
    tls: str, ca_file: str, listen: str, open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink(tls=tls)
    with Relay(sink.port, host=listen) as relay:
        smtp = mailer(relay, tls=tls, ca_file=ca_file, host=listen, user=OURS, password=PASSWORD)
        with pytest.raises(OperatorError, match=rf"certificate of {listen}:.*no password was sent"):
            smtp.send(OURS, ANA, RAW)
        assert b"AUTH" not in relay.sent
        assert b"MAIL" not in relay.sent
    assert (sink.logins, sink.mails) == ([], [])


@case(81)
def test_starttls_taken_out_of_the_answer_stops_us(
    open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink(tls="starttls", auth_require_tls=False)
    with Relay(sink.port, hide=("STARTTLS",)) as relay:
        smtp = mailer(relay, tls="starttls", ca_file=CA, user=OURS, password=PASSWORD)
        with pytest.raises(OperatorError, match=r"offers no STARTTLS.*no password was sent"):
            smtp.send(OURS, ANA, RAW)
    assert (sink.logins, sink.mails) == ([], [])


@case(81)
def test_clear_text_is_for_this_machine_alone() -> None:
    with pytest.raises(OperatorError, match=r'\[smtp\] tls = "none"'):
        smtp_on("mail.corp.example", 25)


def test_the_probe_states_facts(open_sink: Open, mailer: Callable[..., Smtp]) -> None:
    sink = open_sink(data_size_limit=5_000_000)
    facts = mailer(sink, user=OURS, password=PASSWORD).probe()
    assert facts == [
        f"127.0.0.1:{sink.port} (SMTP): no TLS, logged in as {OURS}",
        "offers SIZE, 8BITMIME",
        "takes mails of up to 5000000 octets",
    ]
    assert sink.mails == []


@pytest.mark.parametrize(
    ("code", "text", "error"),
    [
        (299, "odd", Temporary), (354, "go on", Temporary), (-1, "", Temporary), (600, "", Temporary), (500, "", Permanent),
        (550, "no such user 5.4.5", Permanent),  # the status stands first, or it is a word like any other
    ],
)  # fmt: skip
def test_odd_answers(code: int, text: str, error: type[MailbotError]) -> None:
    assert type(meaning("here", code, text)) is error


def test_a_silent_server_costs_the_timeout_and_no_more(
    open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink()
    sink.faults["answer"] = [MUTE]
    begun = time.monotonic()
    with pytest.raises(Uncertain):
        mailer(sink, timeout_s=60, answer_s=0.3).send(OURS, ANA, RAW)
    assert 0.3 <= time.monotonic() - begun < 5


def test_login_where_only_the_old_mechanism_is_offered(
    open_sink: Open, mailer: Callable[..., Smtp]
) -> None:
    sink = open_sink(auth_exclude_mechanism=["PLAIN"])
    mailer(sink, user=OURS, password="größe").send(OURS, ANA, RAW)
    assert (sink.logins, len(sink.mails)) == ([(OURS, "größe")], 1)
