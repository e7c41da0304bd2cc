"""Holds: two mailbots never read one mailbox, whatever their data folders are."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from mailbot.errors import InUse
from mailbot.transport.imap.mailbox_lock import lock_mailbox
from tests.kit.cases import case
from tests.kit.servers import until

ROOT = Path(__file__).parents[3]
HOLDER = """
import time
from mailbot.transport.imap.mailbox_lock import lock_mailbox
with lock_mailbox("imap.corp.example", "held@corp.example", "INBOX"):
    print("held", flush=True)
    time.sleep(60)
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="ONLY LINUX HAS ABSTRACT SOCKETS: nothing is held here"
)


@case(80)
def test_a_mailbox_is_held_once_and_free_again_afterwards() -> None:
    for _ in range(2):
        with lock_mailbox("imap.corp.example", "a@corp.example", "INBOX"):
            with (
                pytest.raises(
                    InUse, match=r'Another mailbot on this machine reads "INBOX" of a@corp.example'
                ),
                ExitStack() as second,
            ):
                second.enter_context(lock_mailbox("IMAP.corp.example", "a@corp.example", "INBOX"))
            with (
                lock_mailbox("imap.corp.example", "a@corp.example", "Other"),
                lock_mailbox("imap.corp.example", "b@corp.example", "INBOX"),
            ):
                pass


@case(80)
def test_a_killed_holder_holds_nothing() -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InUse), ExitStack() as mine:
            mine.enter_context(lock_mailbox("imap.corp.example", "held@corp.example", "INBOX"))
    finally:
        holder.kill()
        holder.communicate()

    def free() -> bool:
        try:
            with lock_mailbox("imap.corp.example", "held@corp.example", "INBOX"):
                return True
        except InUse:
            return False

    until(free)
