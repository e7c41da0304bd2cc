"""Holds: the folder for junk is found and looked through by the headers of its mails, and left as
it is.
"""

import pytest

from mailbot.errors import OperatorError
from mailbot.transport.imap.client import Imap
from mailbot.transport.imap.folder import HEAD_OCTETS
from tests.conftest import Mailbox
from tests.kit.cases import case
from tests.kit.servers import JUNK
from tests.unit.transport.mails import drain, mail
from tests.unit.transport.relay import Relay


def junk_of(mailbox: Mailbox) -> str:
    """Where this server's junk lies; a server that marks no folder has one of the usual name."""
    if mailbox.server == "dovecot":
        return JUNK
    mailbox.client().create_folder("Junk")
    return "Junk"


def reader(mailbox: Mailbox, **options: object) -> Imap:
    return mailbox.imap(
        done_folder="", read_only=True, wanted=lambda head: b"wanted" in head, **options
    )


@case(79, 82)
def test_the_folder_for_junk_is_the_one_that_the_server_names(mailbox: Mailbox) -> None:
    name = junk_of(mailbox)
    assert mailbox.imap().junk_folder() == name


@case(79)
def test_only_what_is_wanted_is_handed_out_and_nothing_is_changed(mailbox: Mailbox) -> None:
    name = junk_of(mailbox)
    mailbox.deliver(mail("spam"), mail("wanted"), mail("more spam"), folder=name)
    imap = reader(mailbox, folder=name)
    assert drain(imap) == [mail("wanted")]
    assert drain(imap) == [], "each once"
    mailbox.deliver(*(mail(n) for n in range(60)), mail("wanted too"), folder=name)
    assert drain(imap) == [mail("wanted too")]
    assert len(mailbox.subjects(name)) == 64
    assert set(mailbox.flags(name)) == {()}


@case(79)
def test_a_later_look_begins_where_the_last_one_ended(mailbox: Mailbox) -> None:
    name = junk_of(mailbox)
    mailbox.deliver(mail("wanted"), mail("spam"), folder=name)
    first = reader(mailbox, folder=name)
    assert drain(first) == [mail("wanted")]
    with Relay(mailbox.port) as relay:
        second = reader(mailbox, folder=name, cursor=first.cursor, port=relay.port)
        assert drain(second) == []
        assert b"BODY" not in relay.sent, "not even a header"


def test_of_a_long_header_only_the_beginning_is_fetched(mailbox: Mailbox) -> None:
    name = junk_of(mailbox)
    heads: list[bytes] = []

    def wanted(head: bytes) -> bool:
        heads.append(head)
        return False

    mailbox.deliver(
        b"X-Long: " + b"a b" * HEAD_OCTETS + b"\r\nSubject: late\r\n\r\nhello\r\n", folder=name
    )
    imap = mailbox.imap(folder=name, done_folder="", read_only=True, wanted=wanted)
    assert drain(imap) == []
    assert [len(head) for head in heads] == [HEAD_OCTETS]


def test_a_folder_for_junk_that_is_not_there_is_named_with_its_key(mailbox: Mailbox) -> None:
    with pytest.raises(OperatorError, match=r'\[imap\] junk_folder: "Spma" is no folder of'):
        reader(mailbox, folder="Spma").fetch()
