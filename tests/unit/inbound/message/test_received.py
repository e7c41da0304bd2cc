"""Holds: the way a mail came is told from its first server on, names no person and no computer at
home, and nothing that mail-parser raises gets out.
"""

from __future__ import annotations

from datetime import UTC, datetime

import mailparser
import mailparser.utils
import pytest

from mailbot.inbound.message.parse import Inbound, parse
from mailbot.inbound.message.received import MOST_HOPS, hops, hops_above, legs, told, way
from mailbot.inbound.message.second_reading import Hop, attachment_names

OURS = "from mail-a.mail.example (mail-a.mail.example [192.0.2.7])\r\n by mx.corp.example (Postfix) with ESMTPS id 4ZK for <bot@corp.example>;\r\n Mon, 9 Jun 2025 09:00:03 +0000 (UTC)"
THEIRS = "by mail-a.mail.example with SMTP id 7 for <bot@corp.example>; Mon, 09 Jun 2025 02:00:01 -0700 (PDT)"
FIRST = "from [10.0.0.1] ([10.0.0.1]) by smtp.mail.example with ESMTPSA id x; Mon, 9 Jun 2025 09:00:00 +0000"


def mail(*headers: str) -> Inbound:
    lines = [*headers, "From: ana@corp.example", "Date: Mon, 9 Jun 2025 09:00:00 +0000"]
    return parse(("\r\n".join(lines) + "\r\n\r\nhello\r\n").encode())


def received(*values: str) -> Inbound:
    return mail(*(f"Received: {value}" for value in values))


def test_hops_stand_newest_first() -> None:
    assert hops(received(OURS, THEIRS)) == (
        Hop("mx.corp.example", "mail-a.mail.example", "ESMTPS", datetime(2025, 6, 9, 9, 0, 3, tzinfo=UTC)),
        Hop("mail-a.mail.example", "", "SMTP", datetime(2025, 6, 9, 9, 0, 1, tzinfo=UTC)),
    )  # fmt: skip


def test_the_way_is_told_from_its_first_server_on() -> None:
    travelled = legs(received(OURS, THEIRS, FIRST))
    assert [leg.delay_s for leg in travelled] == [None, 1.0, 2.0]
    assert [told(leg) for leg in travelled] == [
        "smtp.mail.example from 10.0.0.1, ESMTPSA, 2025-06-09 09:00:00",
        "mail-a.mail.example, SMTP, 2025-06-09 09:00:01, 1 s",
        "mx.corp.example from mail-a.mail.example, ESMTPS, 2025-06-09 09:00:03, 2 s",
    ]
    assert way(received(OURS, THEIRS)) == "mail-a.mail.example SMTP > mx.corp.example ESMTPS 2 s"


@pytest.mark.parametrize("clause", ["from", "by", "with", "from x.example by"])
def test_the_way_names_nobody(clause: str) -> None:
    field = f"{clause} ana@corp.example for <x@corp.example>; Mon, 9 Jun 2025 09:00:00 +0000"
    said = [way(received(OURS, field)), *map(told, legs(received(OURS, field)))]
    assert not [line for line in said if "@" in line or "ana" in line]


@pytest.mark.parametrize(
    "sender", ["anas-macbook", "anas-macbook.local", "[10.0.0.1]", "10.0.0.1", "[IPv6:fe80::1]"]
)
def test_the_way_names_no_computer_at_home(sender: str) -> None:
    field = f"from {sender} by smtp.mail.example with ESMTPSA; Mon, 9 Jun 2025 09:00:00 +0000"
    assert way(received(OURS, field)) == "smtp.mail.example ESMTPSA > mx.corp.example ESMTPS 3 s"


@pytest.mark.parametrize(
    "value", ["", "nonsense", "((((", "by", ";", "from \x00 by \x01; never", '"' * 1500]
)
def test_a_hop_that_cannot_be_read_is_one_without_a_host(value: str) -> None:
    found = hops(received(value, OURS))
    assert len(found) == 2
    assert found[1].by == "mx.corp.example"


def test_an_undated_hop_has_no_delay() -> None:
    assert [leg.delay_s for leg in legs(received("by a.example", THEIRS))] == [None, None]


def test_hops_are_bounded() -> None:
    assert len(hops(received(*[THEIRS] * 90))) == MOST_HOPS


def test_fields_know_how_many_servers_stand_above_them() -> None:
    one = mail("X-A: 1", f"Received: {OURS}", "x-a: 2", f"Received: {THEIRS}", "X-A: 3")
    assert hops_above(one, "x-a") == (0, 1, 2)


def test_what_the_library_raises_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    for name in ("get_addresses", "parse_received"):
        monkeypatch.setattr(mailparser.utils, name, fails)
    monkeypatch.setattr(mailparser, "parse_from_bytes", fails)
    one = received(OURS)
    assert one.defects == ("mail-parser: ZeroDivisionError",)
    assert (one.author is not None, one.date) == (True, None)
    assert hops(one)[0].defect == "mail-parser: ZeroDivisionError"
    assert attachment_names(b"x") == ("mail-parser: ZeroDivisionError",)


def test_attachments_are_named() -> None:
    raw = b"\r\n".join(
        [
            b"From: ana@corp.example",
            b"Content-Type: multipart/mixed; boundary=b",
            b"",
            b"--b",
            b"",
            b"hello",
            b"--b",
            b'Content-Type: application/pdf; name="budget.pdf"',
            b"Content-Disposition: attachment; filename*=utf-8''b%C3%BCdget.pdf",
            b"",
            b"x",
            b"--b--",
        ]
    )
    assert attachment_names(raw) == ("b\u00fcdget.pdf",)
    assert attachment_names(b" " * 1_000_001) == ()
