"""Holds: a connection that cannot be made is told by its cause, with the keys to look at, the same
for IMAP and SMTP.
"""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from errno import ENETUNREACH

import pytest

from mailbot.errors import MailbotError, OperatorError, Unavailable
from mailbot.transport.connection_errors import unreachable, untrusted
from mailbot.transport.imap.client import Imap
from mailbot.transport.smtp import Smtp
from mailbot.transport.tls import Tls
from tests.kit.servers import free_port, sink
from tests.kit.transports import imap_on, smtp_on

Make = Callable[[str, int], Imap | Smtp]


def imap(host: str, port: int, tls: Tls = "implicit") -> Imap:
    return imap_on(host, port, user="mailbot", password="secret", tls=tls, timeout_s=0.5)


def smtp(host: str, port: int, tls: Tls = "implicit") -> Smtp:
    return smtp_on(host, port, user="mailbot", password="secret", tls=tls, timeout_s=0.5)


BOTH = pytest.mark.parametrize("make", [imap, smtp])


def told(transport: Imap | Smtp) -> MailbotError:
    try:
        with pytest.raises(MailbotError) as raised:
            transport.probe()
    finally:
        transport.close()
    return raised.value


@pytest.fixture
def greeter() -> Iterator[Callable[[bytes], int]]:
    """The port of a server that greets each client with these octets and then says nothing."""
    listening: list[socket.socket] = []
    clients: list[socket.socket] = []

    def serve(server: socket.socket, greeting: bytes) -> None:
        client, _ = server.accept()
        clients.append(client)
        client.sendall(greeting)

    def start(greeting: bytes) -> int:
        listening.append(socket.create_server(("127.0.0.1", 0)))
        threading.Thread(target=serve, args=(listening[-1], greeting), daemon=True).start()
        return int(listening[-1].getsockname()[1])

    yield start
    for each in (*listening, *clients):
        each.close()


@BOTH
def test_nothing_listens(make: Make) -> None:
    port = free_port()
    error = told(make("127.0.0.1", port))
    section = make.__name__
    assert isinstance(error, Unavailable)
    assert (
        str(error)
        == f"[{section}] host, port: nothing listens at 127.0.0.1:{port} ({section.upper()}); is the server up and the port right?"
    )


@BOTH
def test_a_name_that_nobody_knows(make: Make) -> None:
    error = told(make("nowhere.invalid", 993))  # RFC 6761, 6.4
    assert str(error).startswith(
        f"[{make.__name__}] host: no address is known for nowhere.invalid:993"
    )


@BOTH
@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_silence(
    make: Callable[[str, int, Tls], Imap | Smtp], tls: Tls, greeter: Callable[[bytes], int]
) -> None:
    assert str(told(make("127.0.0.1", greeter(b""), tls))).startswith(
        f"[{make.__name__}] host, port, tls: "
    )


@BOTH
def test_a_port_without_tls(make: Make, greeter: Callable[[bytes], int]) -> None:
    error = told(make("127.0.0.1", greeter(b"220 mx.corp.example\r\n")))
    assert str(error).startswith(f"[{make.__name__}] port, tls: ")
    assert str(error).endswith('does not speak TLS at once; try tls = "starttls", or another port.')


@BOTH
def test_a_private_authority(make: Make) -> None:
    """The certificate is what is looked at before anything is said, so that one server does for both."""
    with sink(tls="implicit") as server:
        error = told(make("localhost", server.port))
        assert isinstance(error, OperatorError)
        assert str(error).endswith(f"name that one's certificate in [{make.__name__}] ca_file.")
        assert "no password was sent" in str(error)


@pytest.mark.parametrize(("code", "hint"), [(62, False), (10, False), (19, True), (20, True)])
def test_the_authority_is_named_where_it_is_what_lacks(code: int, hint: bool) -> None:
    """62: another name, 10: expired, 19: signed by itself further up, 20: no issuer here."""
    error = ssl.SSLCertVerificationError()
    error.verify_code, error.verify_message = code, "words of OpenSSL"
    words = str(untrusted("imap.corp.example:993 (IMAP)", "imap", error))
    assert "(words of OpenSSL); no password was sent." in words
    assert ("[imap] ca_file" in words) == hint


def test_other_causes() -> None:
    offline = unreachable(
        "imap.corp.example:993 (IMAP)", "imap", OSError(ENETUNREACH, "Network is unreachable"), "x"
    )
    assert (
        str(offline)
        == "[imap] host: there is no way from here to imap.corp.example:993 (IMAP); is this machine online?"
    )
    other = unreachable(
        "imap.corp.example:993 (IMAP)", "imap", ConnectionResetError("reset"), "reset"
    )
    assert str(other) == "imap.corp.example:993 (IMAP) does not answer as it should: reset."
    assert "reset" not in other.loggable, "it may be the server's word"
