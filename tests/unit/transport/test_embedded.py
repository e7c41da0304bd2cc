"""Holds: the mail server of the demo takes mail by SMTP and shows it by IMAP, each to its own
mailbox.
"""

import builtins
import threading
import time
from contextlib import ExitStack, closing
from typing import Any

import pytest

from mailbot.errors import OperatorError, Permanent, Refused
from mailbot.transport.embedded import Embedded, start
from tests.kit.servers import free_port
from tests.kit.transports import imap_on, smtp_on

RAW = b"Subject: 1:1 Ana / Ben\r\n\r\n.agenda\r\n"
BOT, ANA, BEN = "mailbot@corp.example", "ana@corp.example", "ben@corp.example"


def test_three_people_and_their_mailboxes() -> None:
    with start(free_port(), {BOT: "1", ANA: "2", BEN: "3"}) as server, ExitStack() as stack:
        smtp = stack.enter_context(closing(smtp_on("127.0.0.1", server.smtp_port)))
        inboxes = {
            user: stack.enter_context(
                closing(imap_on("127.0.0.1", server.port, user=user, password=password, tls="none"))
            )
            for user, password in {**server.users, "wrong@corp.example": "3"}.items()
        }
        smtp.send(BOT, ANA, RAW)
        smtp.send(ANA, "mailbot+abc@corp.example", RAW)
        with pytest.raises(Permanent, match="550"):
            smtp.send(BOT, "nobody@corp.example", RAW)
        with pytest.raises(Refused):
            inboxes.pop("wrong@corp.example").fetch()
        got = {user: [arrived.raw for arrived in imap.fetch()] for user, imap in inboxes.items()}
        assert got == {
            BOT: [b"Delivered-To: mailbot+abc@corp.example\r\n" + RAW], ANA: [b"Delivered-To: ana@corp.example\r\n" + RAW], BEN: [],
        }  # fmt: skip


def test_it_wakes_who_waits() -> None:
    with Embedded({BOT: "1"}) as server:
        imap = imap_on("127.0.0.1", server.port, user=BOT, password="1", tls="none")
        imap.fetch()
        threading.Timer(0.1, server.deliver, [BOT, RAW]).start()
        begun = time.monotonic()
        assert imap.wait(30)
        assert time.monotonic() - begun < 3
        imap.close()


def test_it_stops_while_somebody_is_connected_and_starts_again_on_its_port() -> None:
    first = Embedded({BOT: "1"}).start()
    imap = imap_on("127.0.0.1", first.port, user=BOT, password="1", tls="none")
    imap.fetch()
    first.stop()
    imap.close()
    with Embedded({BOT: "1"}, first.port, first.smtp_port) as again:
        assert (again.port, again.smtp_port) == (first.port, first.smtp_port)


def test_without_the_extra_one_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = builtins.__import__

    def without_pymap(name: str, *args: Any) -> Any:
        if name.startswith("pymap"):
            raise ImportError(name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without_pymap)
    with pytest.raises(OperatorError, match=r"make demo, or pip install '\.\[demo\]'"):
        Embedded({BOT: "1"}).start()
