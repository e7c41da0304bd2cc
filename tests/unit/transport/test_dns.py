"""Holds: a DKIM key comes from the DNS, or there is none, or nobody answered: the three are told
apart.

A small name server on this machine says what it is told to.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from mailbot.errors import Temporary
from mailbot.transport.dns import text_record

RECORD = '"v=DKIM1; k=rsa; " "p=MIGf"'


def serve(sock: socket.socket) -> None:
    while True:
        octets, peer = sock.recvfrom(2048)
        if not octets:
            return
        query = dns.message.from_wire(octets)
        name = query.question[0].name.to_text()
        reply = dns.message.make_response(query)
        if name.startswith("silent."):
            continue
        if name.startswith("broken."):
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif name.startswith("test."):
            reply.answer.append(
                dns.rrset.from_text(query.question[0].name, 60, "IN", "TXT", RECORD)
            )
        elif not name.startswith("empty."):
            reply.set_rcode(dns.rcode.NXDOMAIN)
        sock.sendto(reply.to_wire(), peer)


@pytest.fixture(autouse=True)
def name_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=serve, args=(sock,), daemon=True)
        thread.start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], sock.getsockname()[1]
        monkeypatch.setattr(dns.resolver, "default_resolver", resolver)
        yield
        sock.sendto(b"", sock.getsockname())  # wakes it up for the last time
        thread.join(timeout=5)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        (b"test._domainkey.corp.example.", b"v=DKIM1; k=rsa; p=MIGf"),
        (b"none._domainkey.corp.example.", None),
        (b"empty._domainkey.corp.example.", None),
        (b"\xff._domainkey.corp.example.", None),
        (b"a..b.example.", None),
    ],
)
def test_a_record_or_none(name: bytes, record: bytes | None) -> None:
    assert text_record(name) == record


@pytest.mark.parametrize("name", [b"silent.corp.example.", b"broken.corp.example."])
def test_no_answer_is_times_turn(name: bytes) -> None:
    with pytest.raises(Temporary):
        text_record(name, timeout=0.3)
