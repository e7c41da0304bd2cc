"""Holds: a From header names one plain mailbox or nobody."""

import pytest

from mailbot.inbound.message.parse import parse
from tests.kit.cases import case
from tests.kit.post import ANA, mail


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("ana@corp.example", ""),
        ("<ana@corp.example>", ""),
        ("Ana Silva <ana@corp.example>", "Ana Silva"),
        ("Ana S. Silva <ANA@Corp.Example>", "Ana S. Silva"),
        ('"Silva, Ana" <ana@corp.example>', "Silva, Ana"),
        ('"Ana \\"the boss\\" Silva" <ana@corp.example>', 'Ana "the boss" Silva'),
        ("ana@corp.example (Ana Silva)", ""),
        ("Ana (at work; mostly) <ana@corp.example> (yes)", "Ana"),
        ("=?utf-8?q?Ana_S=C3=ADlva?= <ana@corp.example>", "Ana Sílva"),
        ("=?utf-8?b?QW5hIFPDrWx2YQ==?= <ana@corp.example>", "Ana Sílva"),
        ("Ana Sílva <ana@corp.example>", "Ana Sílva"),
        ("ana@corp.example <ana@corp.example>", "ana@corp.example"),
        ('"ben@corp.example" <ana@corp.example>', "ben@corp.example"),
        ("=?utf-8?q?ben=40corp=2Eexample?= <ana@corp.example>", "ben@corp.example"),
        ("Ana Silva\r\n <ana@corp.example>", "Ana Silva"),
    ],
)
def test_one_plain_mailbox_is_the_author(value: str, name: str) -> None:
    author = mail(From=value).author
    assert author
    assert (author.name, author.address) == (name, ANA)


@pytest.mark.parametrize(
    ("value", "defect"),
    [
        pytest.param(
            "ana@corp.example <x@evil.example>", "odd", id="case 32 address as display name"
        ),
        pytest.param("ana@corp.example, <x@evil.example>", "several", id="case 32 with a comma"),
        pytest.param("<ana@corp.example> <x@evil.example>", "odd", id="case 32 two in brackets"),
        pytest.param(
            "ana@corp.example\u00a0<x@evil.example>", "odd", id="case 32 a blank that is none"
        ),
        pytest.param("ana@corp.example (<x@evil.example>", "odd", id="case 32 open comment"),
        pytest.param('"ana@corp.example <x@evil.example>', "odd", id="case 32 open quote"),
        pytest.param("<ana@corp.example>x@evil.example", "odd", id="case 32 words behind"),
        pytest.param(
            "Ana <ana@corp.example>, Ben <ben@corp.example>", "several", id="case 33 two mailboxes"
        ),
        pytest.param("The team: ana@corp.example;", "group", id="case 33 group"),
        pytest.param("undisclosed-recipients:;", "group", id="case 33 empty group"),
        pytest.param("Ana\x00 <ana@corp.example>", "odd", id="case 33 NUL"),
        pytest.param("<ana@corp.example\x00.evil.example>", "odd", id="case 33 NUL in the address"),
        pytest.param(
            "<=?utf-8?q?ana=40corp=2Eexample?=>", "odd", id="case 33 encoded word as address"
        ),
        pytest.param(
            "<=?utf-8?q?ana?=@corp.example>", "odd", id="case 33 encoded word in the address"
        ),
        pytest.param("<@relay.example:ana@corp.example>", "group", id="source route"),
        pytest.param('"ana"@corp.example', "odd", id="quoted local part"),
        pytest.param("<ana @corp.example>", "odd", id="blank in the address"),
        pytest.param("<ana(x)@corp.example>", "odd", id="comment in the address"),
        pytest.param("ana@[192.0.2.1]", "odd", id="address literal"),
        pytest.param("ana@corp..example", "odd", id="empty label"),
        pytest.param("ana@-corp.example", "odd", id="label that begins with a dash"),
        pytest.param("ana", "odd", id="no domain"),
        pytest.param("<>", "odd", id="nobody"),
        pytest.param("ana@corp.example@evil.example", "odd", id="two signs"),
        pytest.param("аna@corp.example", "odd", id="a Cyrillic letter"),
        pytest.param("", "none", id="empty"),
        pytest.param(None, "none", id="missing"),
        pytest.param("(" * 1500, "odd", id="a comment without end"),
        pytest.param("a" * 3000 + " <ana@corp.example>", "odd", id="a name without end"),
    ],
)
def test_an_odd_from_is_nobody(value: str | None, defect: str) -> None:
    inbound = mail(From=value)
    assert (inbound.author, inbound.author_defect) == (None, defect)


@case(31)
@pytest.mark.parametrize(
    "line", ["From: ana@corp.example", "from: ana@corp.example", "FROM : ana@corp.example"]
)
def test_two_from_headers_are_nobody(line: str) -> None:
    inbound = mail("Hello\n", line, From="x@evil.example")
    assert (inbound.author, inbound.author_defect) == (None, "several")
    assert "repeated from" in inbound.defects


def test_a_broken_header_block_names_nobody_and_loses_no_word() -> None:
    inbound = parse(
        b"From: ana@corp.example\r\nThis is no header\r\nTo: b@c.example\r\n\r\nwords\r\n"
    )
    assert (inbound.author, inbound.author_defect) == (None, "odd")
    assert inbound.body.text == "This is no header\nTo: b@c.example\n\nwords\n"
