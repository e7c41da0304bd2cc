"""Holds: no mail is lost or read twice when the IMAP server dies, freezes, restarts or lies."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from mailbot.errors import MailbotError, OperatorError, Refused, Temporary, Unavailable
from mailbot.transport.imap.client import Imap
from tests.conftest import Mailbox
from tests.kit.cases import case
from tests.kit.servers import Dovecot, dovecot, until
from tests.kit.transports import imap_on, is_connected
from tests.unit.transport.mails import mail, raws
from tests.unit.transport.relay import Scripted

# ---- Dovecot's processes ----


def test_kill_9_of_the_server_process_in_idle(dovecot_mailbox: Mailbox) -> None:
    box, server = dovecot_mailbox, dovecot_mailbox.dovecot
    assert server is not None
    imap = box.imap()
    imap.fetch()
    threading.Timer(0.2, server.signal, [box.user, signal.SIGKILL]).start()
    cpu, begun = time.process_time(), time.monotonic()
    with pytest.raises(Unavailable):
        imap.wait(60)
    assert time.monotonic() - begun < 10
    assert time.process_time() - cpu < 1  # idle_check() would have spun here
    box.deliver(mail(1))
    assert raws(imap) == [mail(1)]


def test_kill_9_of_the_server_process_with_mails_in_hand(dovecot_mailbox: Mailbox) -> None:
    box, server = dovecot_mailbox, dovecot_mailbox.dovecot
    assert server is not None
    box.deliver(mail(1), mail(2))
    imap = box.imap()
    first, second = imap.fetch()
    until(lambda: len(server.pids(box.user)) == 2)
    server.signal(box.user, signal.SIGKILL)
    with pytest.raises(Unavailable):
        imap.done([first.key])
    assert [arrived.key for arrived in imap.fetch()] == [first.key, second.key]
    imap.done([first.key, second.key])
    assert (box.subjects(), box.subjects("Processed")) == ([], ["1", "2"])


@case(71)
def test_a_frozen_server_process_is_noticed_after_idle_s_and_timeout_s(
    dovecot_mailbox: Mailbox,
) -> None:
    box, server = dovecot_mailbox, dovecot_mailbox.dovecot
    assert server is not None
    imap = box.imap(idle_s=0.2, timeout_s=0.5)
    imap.fetch()
    frozen = server.pids(box.user)
    server.signal(box.user, signal.SIGSTOP)
    try:
        begun = time.monotonic()
        with pytest.raises(Unavailable):
            imap.wait(600)
        assert time.monotonic() - begun < 5
        box.deliver(mail(1))
        assert raws(imap) == [mail(1)]
    finally:
        server.resume(frozen)


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_restart_of_the_whole_server(end: str, dovecot_server: Dovecot, stack: Any) -> None:
    with dovecot() as server:
        box = Mailbox("dovecot", server.port, "bot1@corp.example", stack, server)
        box.deliver(mail(1))
        imap = box.imap()
        (arrived,) = imap.fetch()
        threading.Timer(0.1, getattr(server, end)).start()
        with pytest.raises(Unavailable):
            imap.wait(60)
        until(lambda: server.process is None)
        for _ in range(3):
            with pytest.raises(Unavailable):
                imap.fetch()
        server.start()
        assert [again.key for again in imap.fetch()] == [arrived.key]
        imap.done([arrived.key])
        assert box.subjects("Processed") == ["1"]
        imap.close()


@case(67)
def test_a_lost_index_gives_new_numbers_and_nothing_is_lost(
    dovecot_mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    box, server = dovecot_mailbox, dovecot_mailbox.dovecot
    assert server is not None
    box.deliver(mail(1), mail(2))
    imap = box.imap(done_folder="")
    old = imap.fetch()
    imap.done([arrived.key for arrived in old])
    cursor = imap.cursor
    imap.close()
    box.stack.close()
    until(lambda: not server.pids(box.user))
    server.forget_uids(box.user)
    time.sleep(1.1)  # Dovecot makes UIDVALIDITY of the second
    again = imap_on(
        "127.0.0.1",
        box.port,
        user=box.user,
        password="secret",
        tls="none",
        done_folder="",
        cursor=cursor,
    )
    new = again.fetch()
    assert sorted(arrived.raw for arrived in new) == [mail(1), mail(2)]
    assert not {arrived.key for arrived in old} & {arrived.key for arrived in new}
    assert "UIDVALIDITY changed" in caplog.text
    again.close()


# ---- servers that say odd things ----


def scripted(
    answers: dict[str, str], check: Callable[[Imap, Scripted], None], **options: Any
) -> None:
    with Scripted(answers) as server:
        imap = imap_on(
            "127.0.0.1",
            server.port,
            user="mailbot@corp.example",
            password="x",
            tls="none",
            timeout_s=2,
            **options,
        )
        try:
            check(imap, server)
        finally:
            imap.close()


def literal(uid: int, name: str, raw: bytes) -> str:
    return f"* {uid} FETCH (UID {uid} {name} {{{len(raw)}}}\r\n{raw.decode()})"


SIZES = "\r\n".join(f"* {n} FETCH (UID {n} RFC822.SIZE 30)" for n in (1, 2, 3))


@case(74)
def test_bye_in_the_middle_of_a_fetch() -> None:
    def check(imap: Imap, server: Scripted) -> None:
        with pytest.raises(Unavailable, match="AccessTokenExpired"):
            imap.fetch()
        assert (is_connected(imap), imap.cursor) == (False, (7, 0))
        with pytest.raises(Unavailable):
            imap.fetch()
        assert server.connections == 2

    scripted({"UID FETCH": "* BYE Session invalidated - AccessTokenExpired!"}, check)


def test_one_mail_that_cannot_be_fetched_does_not_hold_up_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def check(imap: Imap, server: Scripted) -> None:
        assert [(arrived.key, arrived.raw) for arrived in imap.fetch()] == [
            (f"{imap.mailbox_key}/7/1", b"one"), (f"{imap.mailbox_key}/7/3", b"three"),
        ]  # fmt: skip
        assert imap.uids() == [
            f"{imap.mailbox_key}/7/{n}" for n in (1, 2, 3)
        ]  # the audit still sees it

    scripted(
        {
            "UID FETCH 1,2,3 (RFC822.SIZE)": SIZES,
            "UID FETCH 1,2,3 (BODY": "NO [SERVERBUG] Internal error",
            "UID FETCH 1 (BODY": literal(1, "BODY[]", b"one"),
            "UID FETCH 2 (BODY": "NO [SERVERBUG] Internal error",
            "UID FETCH 3 (BODY": literal(3, "BODY[]", b"three"),
        },
        check,
    )
    assert "mail cannot be fetched" in caplog.text


def test_a_notice_in_the_packet_that_begins_idle_is_heard() -> None:
    def check(imap: Imap, server: Scripted) -> None:
        assert imap.fetch() == []
        begun = time.monotonic()
        assert imap.wait(30)
        assert time.monotonic() - begun < 2

    scripted({"UID SEARCH": "* SEARCH", "IDLE": "* 4 EXISTS"}, check)


def test_a_notice_that_came_with_a_search_is_heard() -> None:
    def check(imap: Imap, server: Scripted) -> None:
        assert imap.fetch() == []
        assert imap.wait(30)
        assert "IDLE" not in server.commands

    scripted({"UID SEARCH": "* SEARCH\r\n* 4 EXISTS"}, check)


def test_still_here_is_no_mail_and_no_end() -> None:
    def check(imap: Imap, server: Scripted) -> None:
        imap.fetch()
        assert not imap.wait(0.3)
        assert server.commands.count("IDLE") >= 2

    scripted({"UID SEARCH": "* SEARCH", "IDLE": "* OK Still here"}, check)


def test_a_move_that_is_refused_is_said_and_the_mail_stays_known() -> None:
    def check(imap: Imap, server: Scripted) -> None:
        (one, *_) = imap.fetch()
        with pytest.raises(Temporary, match="OVERQUOTA"):
            imap.done([one.key])
        assert (is_connected(imap), imap.cursor) == (True, (7, 0))

    bodies = "\r\n".join(literal(n, "BODY[]", mail(n)) for n in (1, 2, 3))
    scripted(
        {"UID FETCH 1,2,3 (RFC": SIZES, "UID FETCH 1,2,3 (BODY": bodies, "UID MOVE": "NO [OVERQUOTA] full",
         "LIST": '* LIST () "/" Processed'},
        check,
    )  # fmt: skip


def test_a_done_folder_that_cannot_be_made_is_named() -> None:
    def check(imap: Imap, server: Scripted) -> None:
        (one, *_) = imap.fetch()
        with pytest.raises(
            OperatorError,
            match=r'\[imap\] done_folder: .*"Processed" .*no permission.*try "INBOX.Processed"',
        ):
            imap.done([one.key])
        assert is_connected(imap)

    bodies = "\r\n".join(literal(n, "BODY[]", mail(n)) for n in (1, 2, 3))
    scripted(
        {"UID FETCH 1,2,3 (RFC": SIZES, "UID FETCH 1,2,3 (BODY": bodies, "UID MOVE": "NO [TRYCREATE] none",
         "CREATE": "NO no permission"},
        check,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "error", "says"),
    [
        ({"LOGIN": "NO [UNAVAILABLE] try again"}, Temporary, "cannot log anybody in now"),
        ({"LOGIN": "NO [LIMIT] too many connections"}, Temporary, "too many connections"),
        ({"LOGIN": "NO [AUTHENTICATIONFAILED] no"}, Refused, "does not accept the login"),
        ({"LOGIN": "* BYE going down!"}, Unavailable, "ended the connection during the login"),
        ({"SELECT": "NO User is authenticated but not connected", "LIST": '* LIST () "/" INBOX'}, Temporary, "not connected"),
        ({"SELECT": "NO unknown"}, OperatorError, "is no folder of"),
        ({"SELECT": "* 3 EXISTS\r\n* OK [READ-ONLY] ok"}, OperatorError, "may only be read"),
        ({"CAPABILITY": "* CAPABILITY POP3"}, Temporary, "not IMAP4 compliant"),
    ],
)  # fmt: skip
def test_whose_turn_it_is_when_the_door_stays_shut(
    answers: dict[str, str], error: type[MailbotError], says: str
) -> None:
    def check(imap: Imap, server: Scripted) -> None:
        with pytest.raises(error, match=says) as raised:
            imap.fetch()
        assert raised.type is error
        assert not is_connected(imap)

    scripted(answers, check)


def test_a_batch_holds_at_most_eight_megabytes() -> None:
    def check(imap: Imap, server: Scripted) -> None:
        assert [arrived.key[-1] for arrived in imap.fetch()] == ["1", "2"]
        assert [arrived.key[-1] for arrived in imap.fetch()] == ["3"]

    sizes = SIZES.replace("SIZE 30", "SIZE 4000000")
    scripted(
        {
            "UID FETCH 1,2,3 (RFC": sizes, "UID FETCH 3 (RFC": sizes,
            "UID FETCH 1,2 (BODY": literal(1, "BODY[]", b"a") + "\r\n" + literal(2, "BODY[]", b"b"),
            "UID FETCH 3 (BODY": literal(3, "BODY[]", b"c"),
        },
        check,
        max_octets=4_000_000,
    )  # fmt: skip


DEEP = "(" * 90 + '"TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1' + ' "MIXED" ("BOUNDARY" "b"))' * 90


@pytest.mark.parametrize(
    "structure",
    [
        DEEP.replace('9 1 "M', '9 1) "M', 1)[:-1],
        '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1)("TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1) "MIXED" NIL',
        '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1) "MIXED" ("CHARSET" "x")',
        '("TEXT" "PLAIN") "MIXED" ("BOUNDARY" "b")',
        '"TEXT"',
        "NIL NIL NIL",
        '("TEXT" "PLAIN" NIL NIL NIL "7BIT" 9 1)' * 300 + ' "MIXED" ("BOUNDARY" "b")',
    ],
    ids=["deep", "no parameters", "no boundary", "short part", "a word", "nothing", "300 parts"],
)  # fmt: skip
def test_a_large_mail_of_hostile_structure_comes_cut_off(structure: str) -> None:
    def check(imap: Imap, server: Scripted) -> None:
        (arrived,) = imap.fetch()
        assert (arrived.raw, arrived.size) == (b"the beginning", 9_000_000)

    scripted(
        {
            "UID SEARCH": "* SEARCH 1",
            "UID FETCH 1 (RFC": "* 1 FETCH (UID 1 RFC822.SIZE 9000000)",
            "UID FETCH 1 (BODYSTRUCTURE)": f"* 1 FETCH (UID 1 BODYSTRUCTURE ({structure}))",
            "UID FETCH 1 (BODY.PEEK[]<0.": literal(1, "BODY[]<0>", b"the beginning"),
        },
        check,
    )


@case(120)
def test_no_word_of_a_mail_reaches_the_log(
    mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mailbox.deliver(mail("canary"))
    imap = mailbox.imap()
    assert raws(imap) == [mail("canary")]
    imap.wait(0.01)
    assert "canary" not in caplog.text
    assert mailbox.user not in caplog.text
