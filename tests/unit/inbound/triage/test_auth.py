"""Holds: only a verdict of the pinned server, or our own DKIM check, proves who wrote a mail; in
doubt nothing is proved.
"""

import base64
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import dkim
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.errors import Temporary
from mailbot.inbound.message.parse import parse
from mailbot.inbound.triage import auth
from mailbot.inbound.triage.auth import Policy, Proof, Verdict, authenticate, names_us, raised
from mailbot.inbound.triage.dkim import Unasked, check, known
from tests.kit.cases import case
from tests.kit.post import TO_US, US, mail, raw

PINNED = Policy(authserv_id="mx.corp.example")
GOOGLE = Policy(profile="google")
MICROSOFT = Policy(profile="microsoft")
PASS, NONE, FAIL = Verdict.PASS, Verdict.NONE, Verdict.FAIL

GOOD = "mx.corp.example; dmarc=pass header.from=corp.example"
EXCHANGE = (
    "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=corp.example; dkim=pass (signature was verified)"
    " header.d=corp.example;dmarc=pass action=none header.from=corp.example;compauth=pass reason=100"
)

RESULTS = [
    pytest.param(PINNED, [GOOD], PASS, id="dmarc of the pinned server"),
    pytest.param(PINNED, ["MX.Corp.Example. 1; DMARC=Pass Header.From=Corp.Example"], PASS, id="case and a version do not count"),
    pytest.param(PINNED, ["mx.corp.example; dmarc = pass (p=reject) header.from = corp.example"], PASS, id="blanks around the sign"),
    pytest.param(PINNED, ["filter.inside.example; x=y", GOOD], PASS, id="a header of a later server above ours"),
    pytest.param(PINNED, ["mx.corp.example; dmarc=fail header.from=corp.example", GOOD], FAIL, id="case 21 forged below the genuine one"),
    pytest.param(PINNED, ["mx.evil.example; dmarc=pass header.from=corp.example"], NONE, id="case 22 foreign server"),
    pytest.param(Policy(), [GOOD], NONE, id="case 23 no server pinned"),
    pytest.param(MICROSOFT, [EXCHANGE], PASS, id="case 24 Exchange with its profile"),
    pytest.param(PINNED, [EXCHANGE], NONE, id="case 24 Exchange without its profile"),
    pytest.param(MICROSOFT, ["mx.evil.example; dmarc=pass header.from=corp.example"], NONE, id="case 24 another server's header in Exchange"),
    pytest.param(PINNED, ["mx.corp.example; dkim=none (x; dmarc=pass header.from=corp.example)"], NONE, id="case 25 semicolon in a comment"),
    pytest.param(PINNED, ["mx.corp.example; dkim=none (a (b; ) dmarc=pass header.from=corp.example; ) "], NONE, id="case 25 nested comment"),
    pytest.param(PINNED, ["mx.corp.example; dkim=none (\\) ; dmarc=pass header.from=corp.example)"], NONE, id="case 25 escaped parenthesis"),
    pytest.param(PINNED, ["mx.corp.example; notdkim=pass header.d=corp.example"], NONE, id="case 25 notdkim"),
    pytest.param(PINNED, ['mx.corp.example; dkim=none reason="; dmarc=pass header.from=corp.example"'], NONE, id="case 25 in quotes"),
    pytest.param(PINNED, ["mx.corp.example; dkim=none dmarc=pass header.from=corp.example"], NONE, id="case 25 a second method in one statement"),
    pytest.param(PINNED, ["mx.corp.example; dkim=pass header.d=evil.example"], NONE, id="case 26 somebody else's signature"),
    pytest.param(PINNED, ["mx.corp.example; dmarc=fail header.from=corp.example"], FAIL, id="case 27 dmarc=fail"),
    pytest.param(PINNED, ["mx.corp.example; dmarc=none header.from=corp.example; spf=none; dkim=none"], NONE, id="case 28 nothing is published"),
    pytest.param(PINNED, ["mx.corp.example; spf=softfail smtp.mailfrom=ana@corp.example"], NONE, id="case 28 softfail says nothing"),
    pytest.param(PINNED, [], NONE, id="case 28 no header at all"),
    pytest.param(PINNED, ["mx.corp.example; dmarc=pass header.from=corp.example; dmarc=fail"], FAIL, id="two dmarc results are a forgery"),
    pytest.param(PINNED, ["mx.corp.example; dmarc=pass header.from=evil.example"], FAIL, id="another From was checked"),
    pytest.param(PINNED, ["mx.corp.example; dmarc=pass"], NONE, id="dmarc without the From it checked"),
    pytest.param(PINNED, ["mx.corp.example; dmarc=temperror header.from=corp.example; dkim=pass header.d=corp.example"], PASS, id="dkim where dmarc cannot say"),
    pytest.param(PINNED, ["mx.corp.example; dkim=pass header.i=@mail.corp.example"], PASS, id="a signature of a subdomain"),
    pytest.param(PINNED, ["mx.corp.example; dkim=pass header.d=example"], NONE, id="a top level signs for nobody"),
    pytest.param(PINNED, ["mx.corp.example; dkim=pass header.d=notcorp.example"], NONE, id="an ending that is no subdomain"),
    pytest.param(PINNED, ["mx.corp.example; dkim=fail header.d=corp.example; spf=pass smtp.mailfrom=ana@corp.example"], PASS, id="one that passes is enough"),
    pytest.param(PINNED, ["mx.corp.example; dkim=fail header.d=corp.example"], FAIL, id="an own signature that fails"),
    pytest.param(PINNED, ["mx.corp.example; spf=fail smtp.mailfrom=corp.example"], FAIL, id="spf: a bare domain counts"),
    pytest.param(PINNED, ["mx.corp.example; spf=fail smtp.mailfrom=ana@corp.example"], FAIL, id="spf fails for From's domain"),
    pytest.param(PINNED, ["mx.corp.example; auth=pass smtp.auth=ana@corp.example"], PASS, id="logged in as the author"),
    pytest.param(PINNED, ["mx.corp.example; auth=pass smtp.auth=ben"], NONE, id="logged in as somebody else"),
    pytest.param(GOOGLE, ["mx.google.com; dkim=pass header.i=@corp.example header.s=g header.b=Ab; spf=pass (google.com: domain of ana@corp.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=ana@corp.example; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=corp.example"], PASS, id="Google's own wording"),
    pytest.param(GOOGLE, [GOOD], NONE, id="google: another server"),
    pytest.param(PINNED, ["mx.corp.example; none"], NONE, id="the server checked nothing"),
    pytest.param(PINNED, [""], NONE, id="empty"),
    pytest.param(PINNED, [";;;=;= = ;(((("], NONE, id="rubbish"),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "headers", "verdict"), RESULTS)
def test_the_verdict(policy: Policy, headers: list[str], verdict: Verdict) -> None:
    proof = authenticate(
        mail("Hello\n", *(f"Authentication-Results: {each}" for each in headers)), policy
    )
    assert proof.verdict is verdict, proof.trace
    assert proof.trace


@case(30)
@pytest.mark.parametrize(("policy", "verdict"), [(MICROSOFT, PASS), (PINNED, NONE), (GOOGLE, NONE)])
def test_mail_inside_one_exchange_tenant(policy: Policy, verdict: Verdict) -> None:
    inbound = mail("Hello\n", "X-MS-Exchange-Organization-AuthAs: Internal")
    assert authenticate(inbound, policy).verdict is verdict


@pytest.mark.parametrize(
    "values", [["Anonymous"], ["Internal", "Anonymous"], ["Internal", "Internal"]]
)
def test_another_or_a_second_internal_mark_proves_nothing(values: list[str]) -> None:
    inbound = mail("Hello\n", *(f"X-MS-Exchange-Organization-AuthAs: {each}" for each in values))
    assert authenticate(inbound, MICROSOFT).verdict is NONE


@pytest.mark.parametrize("name", ["Subject", "To", "Date", "Message-ID", "Reply-To"])
def test_a_header_that_stands_twice_was_not_checked(name: str) -> None:
    inbound = mail(
        "Hello\n", f"Authentication-Results: {GOOD}", f"{name}: x@y.example", f"{name}: a@b.example"
    )
    assert authenticate(inbound, PINNED).verdict is FAIL


@pytest.mark.parametrize("end", ["\r", "\n\r", "\x00\r"])
def test_a_verdict_behind_a_line_end_that_only_some_readers_see_proves_nothing(end: str) -> None:
    """A server in front that sees one line here neither removes nor replaces what stands in it."""
    inbound = mail("Hello\n", f"Subject: x{end}Authentication-Results: {GOOD}", Subject=None)
    assert authenticate(inbound, PINNED).verdict is FAIL


@pytest.mark.parametrize("name", ["mx.c\x00orp.example", "mx.corp.example\x00"])
def test_no_octet_is_dropped_from_the_name_of_a_server(name: str) -> None:
    octets = raw(
        "Hello\n", f"Authentication-Results: {name}; dmarc=pass header.from=corp.example; x=ü"
    ).replace(b"\xc3", b"")
    assert authenticate(parse(octets), PINNED).verdict is FAIL


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["From: Ana <ana@corp.example>"], id="case 31 two From headers"),
        pytest.param([], id="case 32 address as display name"),
    ],
)
def test_an_odd_author_never_passes(lines: list[str]) -> None:
    inbound = mail(
        "Hello\n",
        f"Authentication-Results: {GOOD}",
        *lines,
        From="ana@corp.example <x@evil.example>",
    )
    assert inbound.author is None
    assert authenticate(inbound, PINNED).verdict is NONE


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Reply_To": "ana@corp.example"}, id="case 34 Reply-To"),
        pytest.param({"Sender": "ana@corp.example"}, id="case 35 Sender"),
        pytest.param({"Resent_From": "ana@corp.example"}, id="case 35 Resent-From"),
    ],
)
def test_other_headers_name_nobody(headers: dict[str, str]) -> None:
    result = "Authentication-Results: mx.corp.example; dmarc=pass header.from=evil.example"
    inbound = mail("Hello\n", result, From="x@evil.example", **headers)
    assert authenticate(inbound, PINNED).verdict is PASS
    assert inbound.author
    assert inbound.author.address == "x@evil.example"


@case(40)
def test_a_name_rewritten_by_a_list_is_the_lists() -> None:
    inbound = mail(From='"Ana Silva via Team" <team@lists.example>', Reply_To="ana@corp.example")
    assert inbound.author
    assert inbound.author.address == "team@lists.example"


@case(38)
@pytest.mark.parametrize(
    ("headers", "named"),
    [
        ({"To": TO_US}, True),
        ({"To": US.upper()}, True),
        ({"To": "ben@corp.example", "Cc": f"mailbot <{US}>"}, True),
        ({"To": "ben@corp.example", "Delivered_To": TO_US}, False),
        ({"To": "mailbot@evil.example"}, False),
    ],
)
def test_a_mail_written_to_somebody_else_is_known(headers: dict[str, str], named: bool) -> None:
    assert names_us(mail(**headers), US) is named


@given(st.text(';()"\\= dmarc=pass header.from=corp.example', max_size=200))
def test_no_text_breaks_the_reader(value: str) -> None:
    block = auth.read_results(value)
    assert all(each.method and each.result for each in block.results)


# Own DKIM check, with a key of its own


# It signs mails of these tests alone.
PRIVATE_KEY = b"""\
-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQCvmk1k+4EwFaewUWsLFlt9nvAWv1w0HjHPgnEDfDOCY0LR+3pX
hMqiDhDeOJP8PchNPHzMb8jZKgkCDfgmgTfnhWZoLCT/vNdQ/omIkEPPzDedmvcC
lyxd7Q4rruQL1cOn1T7A4tn+7DMWCWh5qO6U5TCGhz3MxvGPWO/4D/tYVQIDAQAB
AoGBAKY+Ul7zq442Mha+PbS1adA3k9w1NbkxjL6DIzLFdo5OIohgp6YLVTquTlHT
BmaapvJX/V4dxeux2+1SBEePtbesHjOWVKpXEvvr9A4YpnCcrUHkcGeBbNd/havs
b8rEmolf8dmpEsdmjREnWDeB1/3QiHkupEvCv9JtGIFrHIQBAkEA1hD/aXkTz8w+
UOvFDYrpN0DIM9Hz5NKxd6mEO9nvkem8IFNRbOnNCI1mTCE+h2X6mzeVMEbpMo7B
NWdBj/QSlQJBANIAbd/mXGeVRMHI5dY/uFcU2DOf/8CsuFcaTdJaiiqT3imxDXp5
pEafTOz8osDzqxJgSUueqbgWNBD4kceEfsECQQCH5Jp/1oEhNUOKE2IwyrJqhRGS
9AGkjaxjjpWHeT6AnqTy0HGsdm/Wsgzy31fWlIKW7p4i26FGmyFESZxxSjxRAkBa
GwUKBPWxHEMcQu8bNswJ0U/TFtvN+E5AUXECyQZvrnKswONfocHy63c+WEgdMnA8
ukO4xqNb8Wr1vTIPwbIBAkBIqSql5lTIbEXv4qpKF6YNV6LRauOcuuAI7nsqgBKG
JPz0tPWBhk50qdqZYEptnMu39/oqWRLjOQyB3FtRVI9s
-----END RSA PRIVATE KEY-----
"""
PUBLIC_RECORD = (
    b"v=DKIM1; k=rsa; p="
    b"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCvmk1k+4EwFaewUWsLFlt9nvAWv1w0HjHPgnEDfDOCY0LR+3pXhMqiDhDeOJP8"
    b"PchNPHzMb8jZKgkCDfgmgTfnhWZoLCT/vNdQ/omIkEPPzDedmvcClyxd7Q4rruQL1cOn1T7A4tn+7DMWCWh5qO6U5TCGhz3MxvGP"
    b"WO/4D/tYVQIDAQAB"
)


def lookup(name: bytes, timeout: int = 5) -> bytes | None:
    return PUBLIC_RECORD if name == b"test._domainkey.corp.example." else None


MADE = datetime(2026, 3, 10, 9, 0, 5, tzinfo=UTC)  # a moment after the Date of `raw`
NOW = MADE + timedelta(minutes=1)


def signature(
    octets: bytes, at: datetime = MADE, domain: bytes = b"corp.example", **options: Any
) -> bytes:
    """dkimpy takes no time as an argument: it is given a clock while it signs."""
    clock, dkim.time = dkim.time, SimpleNamespace(time=at.timestamp)
    try:
        made: bytes = dkim.sign(octets, b"test", domain, PRIVATE_KEY, **options)
    finally:
        dkim.time = clock
    return made


def signed(
    body: str = "done 3\r\n", headers: Mapping[str, str | None] | None = None, **options: Any
) -> bytes:
    octets = raw(body, **(headers or {}))
    return signature(octets, **options) + octets


def checked(octets: bytes, now: datetime = NOW) -> Proof:
    return check(octets, lookup, address=US, now=now)


@pytest.mark.parametrize("how", [b"relaxed", b"simple"])
@pytest.mark.parametrize(
    "body",
    ["done 3\r\n", "", "done 3", "a  b \t c\t\r\n \r\n\r\n- d\r\n\r\n\r\n", "\r\n\r\n", " \r\n"],
)
def test_a_good_signature_lifts_none_to_pass(body: str, how: bytes) -> None:
    own = checked(signed(body, canonicalize=(b"relaxed", how)))
    assert own.verdict is PASS, own.trace
    assert raised(Proof(NONE), own).verdict is PASS


@case(36)
def test_a_signature_over_a_part_of_the_body_is_none() -> None:
    octets = signed(length=True)
    assert b"l=" in octets
    assert dkim.verify(octets + b"drop 3\r\n", dnsfunc=lookup), (
        "a plain check would take the words that were appended"
    )
    assert checked(octets + b"drop 3\r\n").verdict is NONE
    assert checked(octets).verdict is NONE


@case(37)
def test_a_rewritten_body_does_not_lower_the_servers_verdict() -> None:
    own = checked(signed() + b"-- scanned by a gateway\r\n")
    assert own.verdict is NONE
    assert raised(Proof(PASS), own).verdict is PASS
    assert raised(Proof(FAIL), own).verdict is FAIL
    assert raised(Proof(FAIL), Proof(PASS)).verdict is FAIL


OTHERS = {"To": "cat@corp.example"}


@case(38)
@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(
            signed(headers=OTHERS).replace(b"Subject:", b"Cc: " + US.encode() + b"\r\nSubject:"),
            id="a Cc was added",
        ),
        pytest.param(
            signed(headers=OTHERS, include_headers=[b"from", b"date", b"subject"]).replace(
                b"cat@corp.example", US.encode()
            ),
            id="To was rewritten",
        ),
        pytest.param(signed(headers=OTHERS), id="it names somebody else"),
        pytest.param(signed(include_headers=[b"from", b"to"]), id="the Date is not signed"),
    ],
)
def test_a_genuine_mail_to_somebody_else_is_not_lifted(octets: bytes) -> None:
    assert dkim.verify(octets, dnsfunc=lookup), "a plain check would take it"
    assert checked(octets).verdict is NONE


@case(38)
def test_a_signed_cc_is_enough() -> None:
    assert checked(signed(headers={"To": "cat@corp.example", "Cc": US})).verdict is PASS


@case(39)
@pytest.mark.parametrize(
    ("days", "verdict"),
    [(-2, NONE), (-0.5, PASS), (0, PASS), (29.9, PASS), (30.1, NONE), (2000, NONE)],
)
@pytest.mark.parametrize("stated", [True, False])
def test_a_signature_counts_for_a_month(days: float, verdict: Verdict, stated: bool) -> None:
    octets = signed() if stated else without_t(signed())
    assert checked(octets, MADE + timedelta(days=days)).verdict is (verdict if stated else NONE)
    if (
        not stated
    ):  # then the Date counts; what was changed here does not verify, for that reason alone
        why = checked(octets, MADE + timedelta(days=days)).trace[0]
        assert ("not signed within" in why) is (verdict is NONE), why


def without_t(octets: bytes) -> bytes:
    return re.sub(rb"\bt=\d+;\s*", b"", octets)


@case(111)
@pytest.mark.parametrize(
    "body",
    [
        " " * 900_000 + "x",
        "\t " * 450_000 + "x\r\n",
        "\r\n" * 500_000 + "x",
        " \r\n" * 400_000 + "x",
        "a " * 900_000,
    ],
)
def test_no_body_takes_the_check_long(body: str) -> None:
    octets = signature(raw()) + raw(body)
    started = time.monotonic()
    assert checked(octets).verdict is NONE
    assert time.monotonic() - started < 1


@case(111)
def test_no_key_takes_the_check_long() -> None:
    """A sender publishes their own key: 32,768 bits with an exponent as long took over a minute."""
    number = b"\x02\x82\x10\x01\x00" + b"\xff" * 4096
    pair = b"\x30\x82" + (2 * len(number)).to_bytes(2, "big") + 2 * number
    bits = b"\x03\x82" + (len(pair) + 1).to_bytes(2, "big") + b"\x00" + pair
    whole = bytes.fromhex("300d06092a864886f70d0101010500") + bits
    key = base64.b64encode(b"\x30\x82" + len(whole).to_bytes(2, "big") + whole)
    started = time.monotonic()
    own = check(signed(), lambda *_, **__: b"v=DKIM1; k=rsa; p=" + key, address=US, now=NOW)
    assert own.verdict is NONE
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "octets",
    [
        pytest.param(raw(), id="not signed"),
        pytest.param(signed(domain=b"evil.example"), id="signed by somebody else"),
        pytest.param(re.sub(rb"h=[^;]*;", b"h=to;", signed()), id="From is not signed"),
        pytest.param(signed().replace(b"b=", b"b=A", 1), id="broken signature"),
        pytest.param(
            b"DKIM-Signature: v=1; d=corp.example; h=from\r\n" + raw(), id="half a signature"
        ),
        pytest.param(
            b"DKIM-Signature: v=1; d=corp.example; h=from:to:date; t=1e9\r\n" + raw(), id="no time"
        ),
        pytest.param(b"DKIM-Signature: =;;;d=corp.example;h=from;\xff\r\n" + raw(), id="rubbish"),
        pytest.param(b"From: x@evil.example\r\n" + signed(), id="a second From on top"),
    ],
)
def test_anything_else_is_none(octets: bytes) -> None:
    assert checked(octets).verdict is NONE


@pytest.mark.parametrize(
    "first",
    [
        b"DKIM-Signature: v=1; a=rsa-sha256; d=corp.example; s=gone; h=from:to:date; bh=x; b=x\r\n",
        b"DKIM-Signature: v=1; d=corp.example; h=from:to:date; t=rubbish\r\n",
        signature(raw("another body"), MADE),
    ],
)
def test_a_broken_signature_spoils_no_good_one(first: bytes) -> None:
    assert checked(first + signed()).verdict is PASS


def test_a_name_server_that_is_silent_is_times_turn() -> None:
    def silent(name: bytes, timeout: int = 5) -> bytes | None:
        raise Temporary("No name server answers.")

    with pytest.raises(Temporary):
        check(signed(), silent, address=US, now=NOW)


def test_who_may_not_wait_for_the_dns_is_told_what_to_ask() -> None:
    records: dict[bytes, bytes | None] = {}
    with pytest.raises(Unasked) as needed:
        check(signed(), known(records), address=US, now=NOW)
    records[needed.value.name] = lookup(needed.value.name)
    assert check(signed(), known(records), address=US, now=NOW).verdict is PASS


RECEIVED = "from b.example by {} with ESMTPS; Tue, 10 Mar 2026 10:00:00 +0000"
PLACES = [
    pytest.param(PINNED, "A", PASS, id="above all"),
    pytest.param(PINNED, "mx.corp.example A mail.example", PASS, id="OpenDKIM writes below the hop of its server"),
    pytest.param(PINNED, "imap.corp.example localhost mx.corp.example A", PASS, id="a filter and a mailbox server of ours above"),
    pytest.param(PINNED, "imap.corp.example 192.0.2.1 gate.corp.local A", PASS, id="servers without a public name"),
    pytest.param(PINNED, "fetch.home.example mx.corp.example A", PASS, id="fetched by somebody after delivery"),
    pytest.param(PINNED, "in.other.example A", PASS, id="no hop is ours by its name"),
    pytest.param(PINNED, "mx.corp.example mail.example A", NONE, id="below a stranger's hop"),
    pytest.param(PINNED, "mx.corp.example evil.example mx.corp.example A", NONE, id="below a hop that claims to be ours"),
    pytest.param(PINNED, "mx.corp.example A evil.example A", PASS, id="the genuine one above counts"),
    pytest.param(GOOGLE, "2002:a05:6402::x mx.google.com G mail.example", PASS, id="Gmail writes below two hops"),
    pytest.param(GOOGLE, "mx.google.com evil.example G", NONE, id="below a stranger's hop at Gmail"),
    pytest.param(MICROSOFT, "am0.eurprd01.prod.outlook.com db1.protection.outlook.com X mail.example", PASS, id="Exchange Online"),
    pytest.param(MICROSOFT, "am0.eurprd01.prod.outlook.com evil.example X", NONE, id="below a stranger's hop at Exchange"),
]  # fmt: skip
WRITTEN = {"A": GOOD, "G": GOOD.replace("mx.corp.example", "mx.google.com"), "X": EXCHANGE}


@pytest.mark.parametrize(("policy", "places", "verdict"), PLACES)
def test_only_our_own_server_is_believed(policy: Policy, places: str, verdict: Verdict) -> None:
    fields = (
        f"Authentication-Results: {WRITTEN[each]}"
        if each in WRITTEN
        else f"Received: {RECEIVED.format(each)}"
        for each in places.split()
    )
    head = "\r\n".join([*fields, "From: ana@corp.example", "", ""])
    assert authenticate(parse(head.encode()), policy).verdict is verdict
