"""The mail servers fail, and come back: IMAP killed, frozen, its UIDs lost; SMTP that says no, hangs up or says nothing."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from benchmarks.faults.life import HURRY, POLL_S
from benchmarks.faults.place import POLLS, Ground, Place, waited
from benchmarks.faults.table import Row, row
from mailbot.service.delivery import retry
from tests.kit.servers import DROP, MUTE

DOWN_S = 1.0
REFUSED_S = retry.REFUSED_S[1] / HURRY  # a server that must not be asked often is asked this rarely
FROZEN_S = 3.0  # the client gives up after 1 s
BATCH = 40  # answers a round
DONE = 10  # of them are done when it happens
TEMPORARY, FOR_GOOD = "451 4.3.0 try again later", "550 5.7.1 we do not take this"
TOO_BUSY = "432 4.3.2 too many at once"

Fault = Callable[[Place], None]

# ---- IMAP ----


def killed(place: Place) -> None:
    place.server.kill()
    time.sleep(DOWN_S)
    place.server.start()


def frozen(place: Place) -> None:
    """Connections stay open, new ones are accepted by the kernel, and nothing answers."""
    pids = place.server.pids()
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    time.sleep(FROZEN_S)
    place.server.resume(pids)


def renumbered(place: Place) -> None:
    place.server.kill()
    place.server.forget_uids(place.user)
    time.sleep(DOWN_S)
    place.server.start()


IMAP: dict[str, Fault] = {
    "IMAP server killed while it is read": killed,
    "IMAP server frozen (SIGSTOP) for 3 s while it is read": frozen,
    "IMAP server comes back with a new UIDVALIDITY": renumbered,
}


def imap(place: Place, what: str, rounds: int) -> Row:
    """In each round some answers are done, some are on their way and some not yet delivered when it happens."""
    slowest = 0.0
    place.begin()
    for turn in range(rounds):
        place.post(BATCH // 2)
        place.settle(turn * BATCH + DONE)
        IMAP[what](place)
        place.post(BATCH // 2)
        slowest = max(slowest, place.settle())
    seen = place.finish()
    return row(what, rounds, seen, f"{slowest:.2f} s", good=slowest <= POLLS * POLL_S)


# ---- SMTP ----

SMTP: dict[
    str, tuple[str, str, int]
] = {  # stage, what is said there, copies that each fault may cause
    "SMTP server answers 4yz to MAIL": ("mail", TEMPORARY, 0),
    "SMTP server answers 4yz to RCPT": ("rcpt", TEMPORARY, 0),
    "SMTP server answers 4yz to DATA": ("data", TEMPORARY, 0),
    "SMTP server answers 4yz to the final dot": ("end", TEMPORARY, 0),
    "SMTP server closes at MAIL": ("mail", DROP, 0),
    "SMTP server closes before the final dot": ("body", DROP, 0),
    "SMTP server closes after the final dot, mail not kept": ("end", DROP, 0),
    "SMTP server closes after the final dot, mail kept": ("answer", DROP, 1),
    "SMTP server goes mute at DATA": ("data", MUTE, 0),
    "SMTP server goes mute after the final dot, mail not kept": ("end", MUTE, 0),
    "SMTP server goes mute after the final dot, mail kept": ("answer", MUTE, 1),
}


def smtp(place: Place, what: str, times: int) -> Row:
    """So many mails meet the fault; the others pass."""
    stage, said, copies = SMTP[what]
    place.sink.faults[stage] = [said] * times
    place.post(BATCH)
    place.begin()
    waited(lambda: not place.sink.faults[stage], 30)
    took = place.settle()
    seen = place.finish()
    met = times - len(place.sink.faults[stage])
    good = took <= POLLS * POLL_S and met == times
    return row(what, times, seen, f"{took:.2f} s", allowed=copies * times, good=good)


def refused(place: Place, times: int) -> Row:
    """5yz is the server's last word: those receipts are given up, what was said in the mails is kept."""
    place.sink.faults["rcpt"] = [FOR_GOOD] * times
    place.post(BATCH)
    place.begin()
    took = place.settle(BATCH - times)
    seen = place.finish(count=BATCH - times)
    good = seen.unanswered == times and not seen.left
    note = f"{seen.unanswered} receipts given up, as the server wants; all words are kept"
    return Row(
        "SMTP server answers 5yz to RCPT",
        times,
        seen.lost,
        seen.doubled,
        seen.sent_twice,
        f"{took:.2f} s",
        good=good,
        notes=(note,),
    )


def in_turn(place: Place, mails: int) -> Row:
    """Silence after the final dot and a no to RCPT, in turn and for longer than it is asked: one copy too many a mail."""
    place.sink.faults = {
        "answer": [DROP] * 9 * mails,
        "rcpt": ([""] * mails + [TEMPORARY] * mails) * 9,
    }
    place.post(mails)
    place.begin()
    took = place.settle()
    waited(lambda: not place.owed(), 30)  # what was silent twice is given up
    seen = place.finish()
    good = seen.copies == 2 and took <= POLLS * POLL_S
    return row(
        "SMTP server takes a mail in silence and says 4yz, in turn",
        mails,
        seen,
        f"{took:.2f} s",
        allowed=mails,
        good=good,
    )


def busy(place: Place, times: int) -> Row:
    """A server that is too busy for anybody: it is asked once a while, and not for every mail."""
    place.sink.faults["mail"] = [TOO_BUSY] * times
    place.post(BATCH)
    place.begin()
    waited(lambda: not place.sink.faults["mail"], 30)
    took = place.settle()
    seen = place.finish()
    return row(
        "SMTP server is too busy for any mail (432)",
        times,
        seen,
        f"{took:.2f} s",
        good=took <= POLLS * REFUSED_S,
    )


def stripped(place: Place, times: int) -> Row:
    """STARTTLS is missing from the server's answer for a while: nothing leaves in clear, and later everything does."""
    slowest, clear = 0.0, 0
    place.begin()
    for turn in range(times):
        place.relay.hide("STARTTLS")
        place.relay.cut()
        place.post(BATCH // times)
        time.sleep(DOWN_S)
        clear += place.taken() > turn * (BATCH // times)
        place.relay.hide()
        place.relay.cut()
        slowest = max(slowest, place.settle(seconds=20))
    seen = place.finish()
    good = slowest <= POLLS * REFUSED_S and not clear
    return row("SMTP server offers no STARTTLS for 1 s", times, seen, f"{slowest:.2f} s", good=good)


def rows(ground: Ground, rounds: int, times: int) -> Iterator[Row]:
    for what in IMAP:
        with ground.place(series=rounds * BATCH // 2) as place:
            yield imap(place, what, rounds)
    for what in SMTP:
        with ground.place(series=BATCH // 2) as place:
            yield smtp(place, what, times)
    with ground.place(series=BATCH // 2) as place:
        yield refused(place, times)
    with ground.place(series=BATCH // 2) as place:
        yield in_turn(place, times)
    with ground.place(series=BATCH // 2) as place:
        yield busy(place, min(times, 5))
    with ground.place(series=BATCH // 2, tls=True) as place:
        yield stripped(place, times)
