"""Holds: every mail in the mailbox is handed out once, byte for byte, and marked or moved only when
it is done.

Against Dovecot where it is installed, and pymap always.
"""

import pytest

from mailbot.errors import OperatorError, Refused, Unavailable
from mailbot.transport.imap import folder as folder_module
from mailbot.transport.imap.mailbox_key import mailbox_key
from tests.conftest import Mailbox
from tests.kit.cases import case
from tests.kit.transports import imap_on, is_connected
from tests.unit.transport.mails import drain, mail
from tests.unit.transport.relay import Relay


def test_mails_come_byte_for_byte_oldest_first_and_once(mailbox: Mailbox) -> None:
    mails = [mail(n) for n in range(3)]
    mailbox.deliver(*mails)
    imap = mailbox.imap()
    first = imap.fetch()
    assert [arrived.raw for arrived in first] == mails
    assert [arrived.size for arrived in first] == [len(raw) for raw in mails]
    assert imap.fetch() == []
    mailbox.deliver(mail("new"))
    assert [arrived.raw for arrived in imap.fetch()] == [mail("new")]


def test_nothing_is_marked_or_moved_before_it_is_done(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1), mail(2))
    imap = mailbox.imap()
    first, _ = imap.fetch()
    assert mailbox.flags() == [(), ()]
    imap.done([first.key])
    assert (mailbox.subjects(), mailbox.subjects("Processed")) == (["2"], ["1"])


def test_a_backlog_comes_in_batches_of_fifty(mailbox: Mailbox) -> None:
    mailbox.deliver(*[mail(n) for n in range(120)])
    imap = mailbox.imap()
    sizes = []
    while batch := imap.fetch():
        sizes.append(len(batch))
        imap.done(arrived.key for arrived in batch)
    assert (sizes, mailbox.subjects(), len(mailbox.subjects("Processed"))) == (
        [50, 50, 20],
        [],
        120,
    )


@case(64)
def test_a_mail_that_a_person_has_read_comes_too(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    client = mailbox.client()
    client.select_folder("INBOX")
    client.add_flags(client.search(), [rb"\Seen"])
    assert drain(mailbox.imap()) == [mail(1)]


@case(65)
def test_what_was_not_done_comes_again_after_a_restart(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1), mail(2))
    imap = mailbox.imap()
    first, second = imap.fetch()
    imap.done([first.key])
    cursor = imap.cursor
    imap.close()
    assert [arrived.key for arrived in mailbox.imap(cursor=cursor).fetch()] == [second.key]


@case(68)
def test_the_last_message_which_every_open_range_names_is_not_new(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    imap = mailbox.imap(done_folder="")
    assert drain(imap) == [mail(1)]
    cursor = imap.cursor
    assert cursor is not None
    client = mailbox.client()
    client.select_folder("INBOX")
    assert client.search(["UID", f"{cursor[1] + 1}:*"]) == [cursor[1]]  # the trap is there
    assert imap.fetch() == []
    assert mailbox.imap(cursor=cursor).fetch() == []


def test_without_a_done_folder_the_cursor_moves_and_the_mails_stay(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1), mail(2), mail(3))
    imap = mailbox.imap(done_folder="")
    one, two, three = imap.fetch()
    last = [int(arrived.key.rpartition("/")[2]) for arrived in (one, two, three)]
    cursors = []
    for arrived in (one, three, two):  # the cursor never passes one that is still open
        imap.done([arrived.key])
        cursors.append(imap.cursor[1] if imap.cursor else 0)
    assert cursors == [last[0], last[0], last[2]]
    assert (mailbox.subjects(), mailbox.flags()) == (["1", "2", "3"], [()] * 3)


def test_done_twice_or_for_a_mail_that_is_gone_is_harmless(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1), mail(2))
    imap = mailbox.imap()
    keys = [arrived.key for arrived in imap.fetch()]
    imap.done(keys)
    imap.done(keys)
    imap.done([])
    assert (mailbox.subjects(), mailbox.subjects("Processed")) == ([], ["1", "2"])


def test_what_another_program_removed_meanwhile_is_passed_over(mailbox: Mailbox) -> None:
    mailbox.deliver(*[mail(n) for n in range(60)])
    imap = mailbox.imap()
    assert len(imap.fetch()) == 50
    client = mailbox.client()
    client.select_folder("INBOX")
    late = client.search()[50:]
    client.delete_messages(late[:9])
    client.uid_expunge(late[:9])
    assert [arrived.raw for arrived in imap.fetch()] == [mail(59)]


@case(73)
@pytest.mark.parametrize("hidden", [(), ("MOVE",)], ids=["by MOVE", "by COPY and UID EXPUNGE"])
def test_a_mail_that_another_program_marked_as_deleted_is_left_alone(
    mailbox: Mailbox, hidden: tuple[str, ...]
) -> None:
    mailbox.deliver(mail("theirs"), mail("ours"))
    client = mailbox.client()
    client.select_folder("INBOX")
    client.delete_messages(client.search()[:1])
    with Relay(mailbox.port, hide=hidden) as relay:
        assert drain(mailbox.imap(port=relay.port)) == [mail("ours")]
    assert (mailbox.subjects(), mailbox.flags()) == (["theirs"], [(rb"\Deleted",)])
    assert mailbox.subjects("Processed") == ["ours"]


@case(72)
def test_a_server_without_extensions_keeps_the_mails_and_the_cursor_moves(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1), mail(2))
    with Relay(mailbox.port, hide=("MOVE", "UIDPLUS", "IDLE")) as relay:
        imap = mailbox.imap(port=relay.port)
        assert drain(imap) == [mail(1), mail(2)]
        assert "lacks IDLE, MOVE, UIDPLUS" in imap.probe()
        assert imap.wait(0.01)
        assert imap.fetch() == []
        cursor = imap.cursor
        assert b"EXPUNGE" not in relay.sent
        assert b"IDLE" not in relay.sent
        mailbox.deliver(mail(3))
        assert [
            arrived.raw for arrived in mailbox.imap(port=relay.port, cursor=cursor).fetch()
        ] == [mail(3)]
    assert mailbox.subjects() == ["1", "2", "3"]


@case(67)
def test_a_new_uidvalidity_brings_everything_again_under_new_names(mailbox: Mailbox) -> None:
    client = mailbox.client()
    client.create_folder("Meetings")
    mailbox.deliver(mail(1), folder="Meetings")
    imap = mailbox.imap(folder="Meetings", done_folder="")
    (old,) = imap.fetch()
    imap.done([old.key])
    cursor = imap.cursor
    client.delete_folder("Meetings")
    client.create_folder("Meetings")
    mailbox.deliver(mail(1), mail(2), folder="Meetings")
    again = mailbox.imap(folder="Meetings", done_folder="Processed", cursor=cursor)
    batch = again.fetch()
    assert [arrived.raw for arrived in batch] == [mail(1), mail(2)]
    assert old.key not in {arrived.key for arrived in batch}
    again.done([old.key])  # names a mail of a folder that is gone, not the one with its number
    assert mailbox.subjects("Meetings") == ["1", "2"]


@case(82)
@pytest.mark.parametrize(
    "name", ["One to one", "Réunions à deux", "会议", "a & b", "Meetings/Ana Silva"]
)
def test_folder_names_in_any_language(mailbox: Mailbox, name: str) -> None:
    client = mailbox.client()
    client.create_folder(name)
    mailbox.deliver(mail(1), folder=name)
    assert drain(mailbox.imap(folder=name, done_folder=f"{name} (done)")) == [mail(1)]
    assert (mailbox.subjects(name), mailbox.subjects(f"{name} (done)")) == ([], ["1"])


@case(83)
def test_the_audit_names_every_mail_that_is_in_the_folder(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        folder_module, "WINDOW", 4
    )  # 50,000: answers stay below imaplib's million octets
    mailbox.deliver(*[mail(n) for n in range(11)])
    imap = mailbox.imap()
    keys = [arrived.key for arrived in imap.fetch()]
    assert len(keys) == 11
    assert imap.uids() == keys
    imap.done(keys[:10])
    assert imap.uids() == keys[10:]


@pytest.mark.parametrize(
    ("host", "user", "folder"),
    [
        ("other.example", "bot@corp.example", "INBOX"),
        ("imap.corp.example", "b@corp.example", "INBOX"),
        ("imap.corp.example", "bot@corp.example", "Other"),
    ],
)
def test_another_account_or_folder_is_another_place(host: str, user: str, folder: str) -> None:
    place = mailbox_key("IMAP.corp.example", "bot@corp.example", "INBOX")
    assert place == mailbox_key("imap.corp.example", "bot@corp.example", "INBOX")
    assert place != mailbox_key(host, user, folder)
    assert "@" not in place


def test_keys_of_another_account_name_nothing_here(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1), mail(2))
    imap = mailbox.imap()
    first, _ = imap.fetch()
    imap.done(
        [
            first.key.replace(
                imap.mailbox_key, mailbox_key("127.0.0.1", "another@corp.example", "INBOX")
            )
        ]
    )
    assert mailbox.subjects("Processed") == []
    imap.done([first.key])
    assert mailbox.subjects("Processed") == ["1"]


@case(77)
def test_an_old_mailbox_can_be_passed_over(mailbox: Mailbox) -> None:
    mailbox.deliver(*[mail(n) for n in range(5)])
    imap = mailbox.imap()
    cursor = imap.skip_old()
    assert (imap.fetch(), imap.cursor) == ([], cursor)
    mailbox.deliver(mail("after"))
    assert [arrived.raw for arrived in imap.fetch()] == [mail("after")]
    assert [arrived.raw for arrived in mailbox.imap(cursor=cursor).fetch()] == [mail("after")]


@case(75)
def test_a_refused_login_is_tried_once_and_said(mailbox: Mailbox) -> None:
    with Relay(mailbox.port) as relay:
        imap = mailbox.imap(port=relay.port, password="wrong")
        for attempt in (1, 2):  # only the caller decides about another
            with pytest.raises(Refused, match=rf"does not accept the login of {mailbox.user}"):
                imap.fetch()
            assert relay.connections == attempt
        assert not is_connected(imap)


def test_a_missing_folder_is_named_with_its_key(mailbox: Mailbox) -> None:
    with pytest.raises(OperatorError, match=r'\[imap\] folder: "Meetigns" is no folder of'):
        mailbox.imap(folder="Meetigns").fetch()


def test_done_into_the_same_folder_is_refused_at_the_start(mailbox: Mailbox) -> None:
    with pytest.raises(OperatorError, match=r"\[imap\] done_folder"):
        mailbox.imap(folder="INBOX", done_folder="INBOX")


def test_nobody_there() -> None:
    imap = imap_on("127.0.0.1", 1, tls="none")
    with pytest.raises(Unavailable, match=r"127\.0\.0\.1:1 "):
        imap.fetch()
    imap.close()


def test_the_probe_states_facts(mailbox: Mailbox) -> None:
    mailbox.deliver(mail(1))
    facts = mailbox.imap(done_folder="Kept").probe()
    assert facts[0].endswith(f"no TLS, logged in as {mailbox.user}")
    assert facts[1:] == [
        'folder "INBOX": 1 mails',
        'done_folder "Kept" will be made',
        "offers IDLE, MOVE, UIDPLUS",
    ]


def test_a_done_folder_that_somebody_else_makes_at_the_same_moment_is_used(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.deliver(mail(1))
    imap = mailbox.imap()
    (first,) = imap.fetch()
    assert imap._selected is not None
    client, other = imap._selected.client, mailbox.client()
    create = client.create_folder

    def late(name: str) -> object:
        other.create_folder(name)
        return create(name)

    monkeypatch.setattr(client, "create_folder", late)
    imap.done([first.key])
    assert mailbox.subjects("Processed") == ["1"]
