"""Holds: a wait ends as soon as a mail is there, and a connection that ended, froze or was closed
holds up nothing for long.
"""

import threading
import time

import pytest

from mailbot.errors import Unavailable
from tests.conftest import Mailbox
from tests.kit.cases import case
from tests.kit.servers import until
from tests.kit.transports import is_connected
from tests.unit.transport.mails import drain, mail
from tests.unit.transport.relay import Relay


def test_a_wait_ends_as_soon_as_a_mail_arrives(mailbox: Mailbox) -> None:
    imap = mailbox.imap()
    assert imap.fetch() == []
    threading.Timer(0.1, mailbox.deliver, [mail(1)]).start()
    begun = time.monotonic()
    assert imap.wait(30)
    assert time.monotonic() - begun < 5  # Dovecot holds its notice back for 0.5 s
    assert [arrived.raw for arrived in imap.fetch()] == [mail(1)]


def test_a_mail_that_came_between_search_and_idle_is_not_overlooked(mailbox: Mailbox) -> None:
    imap = mailbox.imap()
    for n in range(5):
        assert drain(imap) == ([mail(n - 1)] if n else [])
        mailbox.deliver(mail(n))
        assert imap.wait(30)
    assert drain(imap) == [mail(4)]


def test_without_idle_a_wait_is_the_poll_interval(mailbox: Mailbox) -> None:
    imap = mailbox.imap(idle=False, poll_s=0.1)
    imap.fetch()
    assert imap.wait(600)


@pytest.mark.parametrize("idle", [True, False], ids=["idle", "poll"])
def test_a_wait_ends_when_its_time_is_over(mailbox: Mailbox, idle: bool) -> None:
    imap = mailbox.imap(idle=idle)
    imap.fetch()
    begun = time.monotonic()
    assert imap.wait(0.2) is not idle  # who polls must look; who idles would have heard
    assert 0.2 <= time.monotonic() - begun < 5
    assert is_connected(imap)


@pytest.mark.parametrize("idle", [True, False], ids=["idle", "poll"])
def test_another_thread_can_end_a_wait(mailbox: Mailbox, idle: bool) -> None:
    imap = mailbox.imap(idle=idle)
    imap.fetch()
    begun = time.monotonic()
    threading.Timer(0.1, imap.close).start()
    assert not imap.wait(60)
    assert time.monotonic() - begun < 2
    until(lambda: not is_connected(imap))
    with pytest.raises(Unavailable, match="closed"):
        imap.fetch()


# ---- what goes wrong ----


@case(74)
def test_after_a_lost_connection_it_goes_on_where_it_was(mailbox: Mailbox) -> None:
    mailbox.deliver(*[mail(n) for n in range(3)])
    with Relay(mailbox.port) as relay:
        imap = mailbox.imap(port=relay.port)
        keys = [arrived.key for arrived in imap.fetch()]
        imap.done(keys[:1])
        relay.cut()
        with pytest.raises(Unavailable):
            imap.fetch()
        assert not is_connected(imap)
        assert [arrived.key for arrived in imap.fetch()] == keys[1:]
        imap.done(keys[1:])
        assert (relay.connections, imap.fetch()) == (2, [])


def test_done_on_a_lost_connection_can_be_said_again(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    with Relay(mailbox.port) as relay:
        imap = mailbox.imap(port=relay.port)
        (arrived,) = imap.fetch()
        relay.cut()
        with pytest.raises(Unavailable):
            imap.done([arrived.key])
        imap.done([arrived.key])
        assert (imap.fetch(), mailbox.subjects("Processed")) == ([], ["1"])


@case(71)
def test_a_connection_that_went_silent_is_noticed_and_replaced(mailbox: Mailbox) -> None:
    with Relay(mailbox.port) as relay:
        imap = mailbox.imap(port=relay.port, idle_s=0.3, timeout_s=0.5)
        imap.fetch()
        relay.freeze()
        mailbox.deliver(mail(1))
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            imap.wait(600)
        assert time.monotonic() - begun < 3  # idle_s + timeout_s, and the machine's own pace
        relay.thaw()
        assert [arrived.raw for arrived in imap.fetch()] == [mail(1)]


def test_a_server_that_hangs_in_a_fetch_ends_in_an_error(mailbox: Mailbox) -> None:
    with Relay(mailbox.port) as relay:
        imap = mailbox.imap(port=relay.port, timeout_s=0.3)
        imap.fetch()
        relay.freeze()
        with pytest.raises(Unavailable):
            imap.fetch()
        assert not is_connected(imap)


def test_close_interrupts_a_fetch_that_hangs(mailbox: Mailbox) -> None:
    with Relay(mailbox.port) as relay:
        imap = mailbox.imap(port=relay.port, timeout_s=60)
        imap.fetch()
        relay.freeze()
        threading.Timer(0.1, imap.close).start()
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            imap.fetch()
        assert time.monotonic() - begun < 5
