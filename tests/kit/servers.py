"""Real servers on loopback for tests, benchmarks and faults: Dovecot (IMAP and LMTP), an SMTP sink, and a relay between.

Nothing here knows pytest; the fixtures are in conftest.py.
"""
# ruff: noqa: N802, ARG002 - aiosmtpd calls these names with these arguments

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

PASSWORD = "secret"
TOKEN_KEY = b"0123456789abcdef0123456789abcdef"
JUNK = "Werbung & Müll"  # marked as such (RFC 6154) for the users of Dovecot
TLS = (
    Path(__file__).parents[1] / "unit" / "transport" / "tls"
)  # a certificate for localhost and 127.0.0.1, and the authority's

# Dovecot 2.3. The users file needs all seven fields, or the userdb says "user not found".
CONF = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain xoauth2
auth_failure_delay = 0
auth_cache_size = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{root}/mail/%u
mail_fsync = never
mail_max_userip_connections = 100
verbose_proctitle = yes
{imap}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "{junk}" {{
    auto = create
    special_use = \\Junk
  }}
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {root}/users
  mechanisms = plain
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {root}/oauth2.conf.ext
}}
userdb {{
  driver = passwd-file
  args = {root}/users
  override_fields = uid={uid} gid={gid} home={root}/mail/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service stats {{
  chroot =
}}
protocol lmtp {{
  postmaster_address = postmaster@corp.example
}}
"""
OAUTH = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={root}/keys/
username_attribute = sub
username_format = %u
"""


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def free_ports(count: int) -> list[int]:
    """Different ones: asked for one after the other, two may be the same."""
    with contextlib.ExitStack() as held:
        found = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in found]


def until(true: Callable[[], object], seconds: float = 10, what: str = "it") -> None:
    """Wait for something that is about to happen; fail loudly if it does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{what} did not happen within {seconds} s"
        time.sleep(0.005)


def access_token(user: str, seconds: int = 3600) -> str:
    """A token that this Dovecot accepts for XOAUTH2 without an identity server (JWT, HS256); negative: expired."""

    def pack(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    now = int(time.time())  # noqa: TID251 - Dovecot compares with the clock of the machine
    signed = ".".join(
        pack(v)
        for v in (
            {"alg": "HS256", "typ": "JWT", "kid": "default"},
            {"sub": user, "iat": now - 5, "nbf": now - 5, "exp": now + seconds},
        )
    )
    mac = hmac.new(TOKEN_KEY, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


# ---- Dovecot ----


def dovecot_binary() -> str | None:
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


@dataclass
class Dovecot:
    """A running server. It knows bot1@corp.example to bot500@corp.example; each has the password "secret"."""

    root: Path
    port: int
    tls_port: int
    lmtp_port: int
    binary: str
    owner: str
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [self.binary, "-F", "-c", str(self.root / "dovecot.conf")]
        if os.getuid() == 0:  # as root imap-login is throttled for 60 s
            command = [
                "setpriv",
                f"--reuid={self.owner}",
                f"--regid={group_of(self.owner)}",
                "--clear-groups",
                *command,
            ]
        self.process = subprocess.Popen(command)
        until(self._answers, 10, f"the greeting of Dovecot (see {self.root}/log)")

    def _answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            log = self.root / "log"
            raise RuntimeError(
                log.read_text()[-2000:] if log.exists() else "Dovecot ended before it wrote a log"
            )
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=2) as sock:
                return sock.recv(100).startswith(b"* OK")  # an open port is not readiness
        except OSError:
            return False

    def stop(self) -> None:
        """In order: clients are told BYE. Told by the master alone, those in IDLE hear it 10 s later."""
        if self.process is not None:
            self.process.terminate()
            for pid in self.pids("@"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM)
            self.process.wait(20)
            self.process = None

    def kill(self) -> None:
        """kill -9 of the master and of all that it started."""
        assert self.process is not None
        for pid in self.pids():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(20)
        self.process = None

    def pids(self, user: str = "") -> list[int]:
        """The processes of this server; with a user: the one that serves that user's IMAP connection."""
        assert self.process is not None
        found = []
        for proc in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, IndexError):
                stat = (proc / "stat").read_text().rpartition(")")[2].split()
                title = (
                    (proc / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                )
                if (
                    int(stat[1]) == self.process.pid
                    and user in title
                    and (not user or "imap" in title)
                ):
                    found.append(int(proc.name))
        return found if user else [self.process.pid, *found]

    def signal(self, user: str, number: signal.Signals) -> None:
        pids = self.pids(user)
        assert pids, f"no process serves {user}"
        for pid in pids:
            os.kill(pid, number)

    def resume(self, pids: Sequence[int]) -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def forget_uids(self, user: str) -> None:
        """What happens when an index is lost: a new UIDVALIDITY, and UIDs start at 1 again."""
        for file in (self.root / "mail" / user).glob("dovecot*"):
            file.unlink()


def group_of(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def write_config(server: Dovecot, *, imap: str) -> None:
    root, owner = server.root, pwd.getpwnam(server.owner)
    for folder in ("run", "state", "mail", "keys/default/HS256"):
        (root / folder).mkdir(parents=True)
    for name in ("cert.pem", "key.pem"):
        shutil.copy(TLS / name, root / name)
    # all at once: Dovecot looks at the file for changes once a second
    people = {"latin@corp.example": "größe"} | {
        f"bot{n}@corp.example": PASSWORD for n in range(1, 501)
    }
    (root / "users").write_text(
        "".join(f"{user}:{{PLAIN}}{word}::::::\n" for user, word in people.items())
    )
    (root / "keys/default/HS256/default").write_text(base64.b64encode(TOKEN_KEY).decode())
    (root / "oauth2.conf.ext").write_text(OAUTH.format(root=root))
    (root / "dovecot.conf").write_text(
        CONF.format(
            root=root,
            junk=JUNK,
            user=server.owner,
            group=owner.pw_gid,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            imap=imap,
            imap_port=server.port,
            imaps_port=server.tls_port,
            lmtp_port=server.lmtp_port,
        ).replace(
            f"default_internal_group = {owner.pw_gid}",
            f"default_internal_group = {group_name(owner.pw_gid)}",
        )
    )
    if os.getuid() == 0:
        for path in (root, *root.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid)


def group_name(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name


@contextlib.contextmanager
def dovecot(*, imap: str = "") -> Iterator[Dovecot]:
    """A server as an ordinary user (nobody, when we are root). `imap`: more lines for its configuration."""
    server = _configured(imap)
    try:
        try:
            server.start()
        except RuntimeError:  # somebody took one of its ports in the meantime
            shutil.rmtree(server.root, ignore_errors=True)
            server = _configured(imap)
            server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.root, ignore_errors=True)


def _configured(imap: str) -> Dovecot:
    binary = dovecot_binary()
    assert binary is not None, "Dovecot is not installed"
    root = Path(
        tempfile.mkdtemp(prefix="dc", dir="/tmp")
    )  # short: unix socket paths end at 107 octets
    owner = "nobody" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name
    clear, tls, lmtp = free_ports(3)
    server = Dovecot(root, clear, tls, lmtp, binary, owner)
    write_config(server, imap=imap)
    return server


# ---- the receiving end of SMTP ----

DROP, MUTE = "drop", "mute"


@dataclass
class Sink:
    """An SMTP server that keeps what it is given and misbehaves on request.

    faults[stage] is a list of what to do at the next such stage, in order: an answer ("451 4.7.1 later"), DROP or MUTE.
    Stages: mail, rcpt, data (instead of 354), body (after 354), end (after the final dot, nothing kept), answer (kept).
    """

    port: int
    mails: list[tuple[str, str, bytes]] = field(
        default_factory=list
    )  # sender, recipient, bytes as received
    options: list[str] = field(default_factory=list)  # of MAIL and RCPT
    logins: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    faults: dict[str, list[str]] = field(default_factory=dict)

    async def stage(self, name: str, server: SMTP) -> str | None:
        waiting = self.faults.get(name)
        if not waiting:
            return None
        fault = waiting.pop(0)
        if fault == DROP and server.transport is not None:
            server.transport.abort()  # type: ignore[attr-defined]
        if fault in (DROP, MUTE):
            await asyncio.sleep(3600)  # aiosmtpd cancels this when the connection ends
        return fault

    # ---- what aiosmtpd calls ----

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, lines: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return lines

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if fault := await self.stage("mail", server):
            return fault
        envelope.mail_from = address
        self.options += options
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if fault := await self.stage("rcpt", server):
            return fault
        envelope.rcpt_tos.append(address)
        self.options += options
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if fault := await self.stage("end", server):
            return fault
        assert isinstance(envelope.content, bytes)
        self.mails += [(envelope.mail_from or "", to, envelope.content) for to in envelope.rcpt_tos]
        return await self.stage("answer", server) or "250 OK"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        user, _, token = base64.b64decode(args[1]).decode().partition("\x01auth=Bearer ")
        self.logins.append((user.removeprefix("user="), token.rstrip("\x01")))
        if token.rstrip("\x01") == "good":
            return AuthResult(success=True)
        await server.push("334 " + base64.b64encode(b'{"status":"400"}').decode())
        await server._reader.readline()
        return AuthResult(success=False, handled=False)

    def login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        user, password = data.login.decode(), data.password.decode()
        self.logins.append((user, password))
        if password == "later":
            return AuthResult(
                success=False, handled=False, message="454 4.7.0 Temporary authentication failure"
            )
        return AuthResult(success=password in (PASSWORD, "größe"), handled=False)


class FaultySMTP(SMTP):
    event_handler: Sink

    async def smtp_DATA(self, arg: str) -> None:
        if fault := await self.event_handler.stage("data", self):
            await self.push(fault)
        elif self.event_handler.faults.get("body"):
            await self.push("354 go on")
            await self._reader.readline()
            await self.event_handler.stage("body", self)
        else:
            await super().smtp_DATA(arg)


class SinkController(Controller):
    def factory(self) -> SMTP:
        self.handler.connections += 1
        return FaultySMTP(self.handler, **self.SMTP_kwargs)


@contextlib.contextmanager
def sink(*, tls: str = "none", **options: Any) -> Iterator[Sink]:
    """A sink on a free port; `options` go to aiosmtpd, e.g. enable_SMTPUTF8=False, data_size_limit=1000."""
    kept = Sink(free_port())
    if tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")
        options["ssl_context" if tls == "implicit" else "tls_context"] = context
    controller = SinkController(
        kept,
        hostname="127.0.0.1",
        port=kept.port,
        server_hostname="mx.corp.example",
        authenticator=kept.login,
        **{"auth_require_tls": tls == "starttls", "ready_timeout": 30, **options},
    )
    controller.start()
    kept.connections = 0  # the controller has called on itself
    try:
        yield kept
    finally:
        controller.stop()
