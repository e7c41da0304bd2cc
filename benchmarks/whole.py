"""The running product, measured from outside: a backlog over Dovecot, one mail while it idles, ten thousand series.

`mailbot run` is a process of its own; replies lie in a Dovecot folder; an SMTP sink in another process takes the receipts.
`python -m benchmarks.whole` prints it alone.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import smtplib
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from imapclient import IMAPClient

from mailbot.config.file import parse
from mailbot.meeting.events import Started
from mailbot.meeting.model import Cadence, Person
from mailbot.service.app import Mailbot
from mailbot.service.delivery.dispatcher import Dispatcher, drain
from mailbot.service.people.directory import Pair
from mailbot.service.people.start import start_series as begin
from mailbot.service.runtime.wiring import open_mailbot
from mailbot.testing import Got, Tray, answer
from tests.kit.servers import Dovecot, dovecot, dovecot_binary, free_port

Row = tuple[str, float, str]
SERIES, REPLIES = 500, 1000
USER = "bot1@corp.example"
ALWAYS = (clock_time(0), clock_time(23, 59))
TOPICS = (
    "the release",
    "hiring",
    "my talk in May",
    "the on-call rota",
    "a course",
    "the budget",
    "feedback on the demo",
)
RECEIVED = b"""Received: from relay%d.corp.example (relay%d.corp.example [192.0.2.%d])
\tby mx.corp.example with ESMTPS id 4c8f21a%d
\tfor <mailbot@corp.example>; Mon, 2 Mar 2026 09:0%d:11 +0000 (UTC)
"""
SIGNATURE = b"""DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=corp.example; s=2026;
\th=from:to:subject:date:message-id; bh=%s=;
\tb=%s
""" % (b"q" * 43, b"\n\t ".join([b"X" * 60] * 4))
HEADERS = (b"".join(RECEIVED % ((n,) * 5) for n in range(3)) + SIGNATURE).replace(b"\n", b"\r\n")
CONFIG = """
[mail]
address = "mailbot@corp.example"
[imap]
host = "127.0.0.1"
port = {imap}
tls = "none"
user = "{user}"
password_file = "secret"
[smtp]
host = "127.0.0.1"
port = {smtp}
tls = "none"
login = "none"
per_minute = 100000
[data]
folder = "data"
"""


# ---- a sink that costs next to nothing ----


SINK = """
import socket, sys, threading
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
count = [0]
def talk(sock):
    stream = sock.makefile("rb")
    sock.sendall(b"220 sink\\r\\n")
    for line in stream:
        verb = line[:4].upper()
        if verb == b"DATA":
            sock.sendall(b"354 go\\r\\n")
            for line in stream:
                if line == b".\\r\\n":
                    break
            count[0] += 1
            print(count[0], flush=True)
        sock.sendall(b"250 ok\\r\\n")
        if verb == b"QUIT":
            break
while True:
    threading.Thread(target=talk, args=(server.accept()[0],), daemon=True).start()
"""


class Sink:
    """Takes mails and counts them; `when` holds the instant of each."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-c", SINK, str(self.port)], stdout=subprocess.PIPE
        )
        self.when: list[float] = []
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        assert self.process.stdout is not None
        for _ in self.process.stdout:
            self.when.append(time.perf_counter())

    def wait_for(self, count: int, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while len(self.when) < count:
            if time.perf_counter() > end:
                raise RuntimeError(f"{len(self.when)} of {count} receipts within {seconds:.0f} s")
            time.sleep(0.002)


# ---- an installation in the middle of its work ----


@contextlib.contextmanager
def installation(server: Dovecot, sink: Sink, port: int = 0) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="mb"))
    (folder / "secret").write_text("secret\n")
    (folder / "secret").chmod(0o600)
    (folder / "config.toml").write_text(
        CONFIG.format(imap=port or server.port, smtp=sink.port, user=USER)
    )
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def asked(folder: Path, count: int, now: datetime) -> list[Got]:
    """Series that have just asked both people for their agenda; the mails that went out."""
    tray = Tray()
    with open_mailbot(
        parse((folder / "config.toml").read_text(), folder / "config.toml")
    ) as mailbot:
        for number in range(count):
            start(mailbot, number, now, days=1)
        drain(Dispatcher(mailbot.step, mailbot.postmaster), tray, now)
    return tray.mails


def start(mailbot: Mailbot, number: int, now: datetime, days: int) -> None:
    """A series whose next meeting is in so many days. Its people work round the clock: the run may start at any hour."""
    ana = Person(
        f"ana{number}@corp.example", f"Ana{number} Silva", "UTC", *ALWAYS, days=tuple(range(7))
    )
    ben = replace(ana, address=f"ben{number}@corp.example", name=f"Ben{number} Ito")
    first = now.date() + timedelta(days=days)
    cadence = Cadence(first.weekday(), clock_time(23, 30), "UTC", first=first)
    begin(mailbot.step, Pair(ana, ben, cadence), Started(), "", now)


def replies(mails: list[Got], count: int, now: datetime) -> list[bytes]:
    """Multipart replies of 3 to 8 KB, on top of the quoted mail, each with its own words."""
    made = []
    for number in range(count):
        mail = mails[number % len(mails)]
        topic = TOPICS[number % len(TOPICS)]
        words = f"Career:\n- where {topic} could take me ({number})\n- {topic}: what I need from you\n\nBest,\nAna"
        made.append(
            HEADERS + answer(mail, mail.recipient, words, now + timedelta(seconds=number), "gmail")
        )
    return made


def put(server: Dovecot, mails: list[bytes]) -> None:
    with IMAPClient("127.0.0.1", port=server.port, ssl=False) as client:
        client.login(USER, "secret")
        for raw in mails:
            client.append("INBOX", raw)


@contextlib.contextmanager
def running(folder: Path, *before: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        *before,
        sys.executable,
        "-m",
        "mailbot",
        "--config",
        str(folder / "config.toml"),
        "run",
    ]
    root = Path(__file__).parent.parent
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(root)}, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def cpu_s(pid: int) -> float:
    """User and system time of a process, seconds (proc(5), stat fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int, field: str = "VmRSS") -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


# ---- what is measured ----


def backlog(rounds: int = 3) -> Iterator[Row]:
    """1,000 replies over 500 series, from the folder to the receipt taken."""
    rates, cpus, sizes = [], [], []
    for _ in range(rounds):
        with dovecot() as server:
            sink, now = Sink(), datetime.now(UTC)
            with installation(server, sink) as folder:
                mails = asked(folder, SERIES, now)
                raws = replies(mails, REPLIES, now)
                sizes += [len(raw) for raw in raws]
                put(server, raws)
                with running(folder) as process:
                    sink.wait_for(1, 30)
                    began, used, had = sink.when[0], cpu_s(process.pid), len(sink.when)
                    sink.wait_for(REPLIES, 120)
                    done = REPLIES - had
                    rates.append(done / (sink.when[REPLIES - 1] - began))
                    cpus.append((cpu_s(process.pid) - used) / done * 1000)
            sink.process.kill()
    yield "size of a reply, median", statistics.median(sizes) / 1024, "KB"
    yield f"replies a second, median of {rounds}", statistics.median(rates), "1/s (bar: >= 100)"
    yield f"CPU a reply, median of {rounds}", statistics.median(cpus), "ms (bar: <= 7)"


def fsyncs(few: int = 20, many: int = 120) -> Iterator[Row]:
    """Counted by strace, which slows the run: no rate is taken from it. What a start and a stop cost is taken out."""
    if shutil.which("strace") is None:
        yield "fsyncs a reply: not counted, strace is not installed", 0.0, ""
        return
    more = counted_fsyncs(many) - counted_fsyncs(few)
    yield f"fsyncs a reply, {many} replies against {few}", more / (many - few), "(bar: <= 2)"


def counted_fsyncs(count: int) -> int:
    """In the life of one process that answers so many replies."""
    with dovecot() as server:
        sink, now = Sink(), datetime.now(UTC)
        with installation(server, sink) as folder:
            put(server, replies(asked(folder, count // 2, now), count, now))
            log = folder / "strace"
            with running(
                folder, "strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(log)
            ) as process:
                sink.wait_for(count, 60)
                subprocess.run(["pkill", "-TERM", "-P", str(process.pid)], check=False)
            lines = log.read_text().splitlines()
        sink.process.kill()
    return sum("sync(" in line and "resumed" not in line for line in lines)


class Notices:
    """A relay in front of the IMAP server that notes when an EXISTS passes to whoever idles behind it."""

    def __init__(self, port: int) -> None:
        self.when: list[float] = []
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            near = self._listener.accept()[0]
            far = socket.create_connection(("127.0.0.1", self._to))
            for sock in (near, far):
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if data.startswith(b"* ") and b" EXISTS\r\n" in data:
                    self.when.append(time.perf_counter())
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)


def idle(count: int = 20) -> Iterator[Row]:
    """From the server's notice to the idling mailbot until the receipt is taken."""
    delays = []
    with dovecot() as server:
        sink, now = Sink(), datetime.now(UTC)
        notices = Notices(server.port)
        with installation(server, sink, notices.port) as folder:
            raws = replies(asked(folder, count, now), count, now)
            with running(folder) as process:
                while not (folder / "data" / "polled").exists() or not quiet(process.pid):
                    time.sleep(0.1)
                for number, raw in enumerate(raws):
                    with smtplib.LMTP("127.0.0.1", server.lmtp_port) as lmtp:
                        notices.when.clear()
                        lmtp.sendmail("ana@corp.example", [USER], raw)
                    sink.wait_for(number + 1, 10)
                    if notices.when:  # else a search found it before it idled again
                        delays.append((sink.when[number] - notices.when[0]) * 1000)
        sink.process.kill()
    yield (
        f"IDLE notice to receipt taken, median of {len(delays)}",
        statistics.median(delays),
        "ms (bar: <= 100)",
    )
    yield "  the slowest", max(delays), "ms"


def quiet(pid: int) -> bool:
    before = cpu_s(pid)
    time.sleep(0.3)
    return cpu_s(pid) - before < 0.02


def many(count: int = 10_000) -> Iterator[Row]:
    """Ten thousand series: how long until it is ready, and the memory it then holds."""
    with dovecot() as server:
        sink, now = Sink(), datetime.now(UTC)
        with installation(server, sink) as folder:
            with open_mailbot(
                parse((folder / "config.toml").read_text(), folder / "config.toml")
            ) as mailbot:
                for number in range(count):
                    start(mailbot, number, now, days=12)
            began = time.perf_counter()
            with running(folder) as process:
                while not (folder / "data" / "polled").exists():
                    time.sleep(0.005)
                yield (
                    "start with 10,000 series, process to first poll",
                    time.perf_counter() - began,
                    "s (bar: < 2)",
                )
                yield (
                    "resident memory with 10,000 series",
                    memory_mb(process.pid),
                    "MB (bar: < 120)",
                )
        sink.process.kill()


def help_cpu() -> Iterator[Row]:
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "mailbot", "--help"], stdout=subprocess.DEVNULL, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    yield "mailbot --help, CPU, median of 5", statistics.median(times), "s (bar: < 0.05)"


def rows() -> Iterator[Row]:
    yield from help_cpu()
    if dovecot_binary() is None:
        yield "the running product: not measured, Dovecot is not installed", 0.0, ""
        return
    for measure in (backlog, fsyncs, idle, many):
        yield from measure()


if __name__ == "__main__":
    for label, figure, unit in rows():
        print(f"{label:60}{figure:10.2f}  {unit}", flush=True)
