"""Holds: `mailbot check` tells before the first meeting whether replies will arrive and who will be
believed, and is red with the fix where not.
"""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from imapclient import IMAPClient

from mailbot.commands.checks import probe
from mailbot.transport.embedded import Embedded
from tests.conftest import Mailbox
from tests.kit.cases import case
from tests.kit.servers import free_port, sink
from tests.unit.commands.conftest import CONFIG, Run
from tests.unit.commands.test_with_servers import OAUTH, checked, local
from tests.unit.transport.relay import Relay

BOT = "mailbot@corp.example"


class Stripping(Embedded):
    """A server that takes +TOKEN off, wherever the address stands."""

    async def put(self, address: str, raw: bytes) -> None:
        await super().put(address, re.sub(rb"mailbot\+\w+@", b"mailbot@", raw))


class Refusing(Embedded):
    """A server that knows no mailbot+TOKEN."""

    def user_of(self, address: str) -> str | None:
        return None if "+" in address else super().user_of(address)


class Dropping(Embedded):
    """A server that takes everything and delivers nothing with a plus."""

    async def put(self, address: str, raw: bytes) -> None:
        if b"\r\nTo: <mailbot+" not in raw and b"\r\nTo: mailbot+" not in raw:
            await super().put(address, raw)


class Losing(Embedded):
    """A server whose mail to mailbot goes elsewhere."""

    async def put(self, address: str, raw: bytes) -> None:
        """Nowhere."""


class Judging(Embedded):
    """A server that says what it checked."""

    async def put(self, address: str, raw: bytes) -> None:
        await super().put(address, b"Authentication-Results: mx.corp.example; dmarc=pass\r\n" + raw)


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "secret")
    monkeypatch.setattr(probe, "WAIT_S", 1.5)
    monkeypatch.setattr(probe, "LOOK_S", 0.05)
    return iter(())


def probed(run: Run, *options: str) -> tuple[int, str]:
    code, out, err = run("check", "--probe", *options)
    assert err == ""
    [line] = [line for line in out.splitlines() if line.split()[1] == "probe"]
    return code, line


@case(18)
@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        (Embedded, 0, r"came back in \d+ s; \+TOKEN arrives"),
        (Judging, 0, r"Authentication-Results of mx\.corp\.example; \+TOKEN arrives"),
        (Stripping, 0, r"the server takes \+TOKEN off: replies are found by their headers"),
        (
            Refusing,
            78,
            r"plus_addressing: mail to mailbot\+TOKEN@corp.example is refused \(.*550.*plus_addressing = false",
        ),
        (
            Dropping,
            78,
            r"plus_addressing: mail to mailbot\+TOKEN@corp.example does not arrive; turn it on",
        ),
        (Losing, 78, r"\[mail\] address: a mail to mailbot@corp.example did not come back"),
    ],
)
def test_a_probe_says_whether_replies_will_arrive(
    installed: Run, kind: type[Embedded], code: int, words: str
) -> None:
    with kind({BOT: "secret"}) as server:
        Path("config.toml").write_text(local(server))
        left, line = probed(installed)
    assert (left, line[:4]) == (code, "FAIL" if code else "ok  ")
    assert re.search(words, line), line


@case(18)
def test_a_server_without_plus_addressing_is_fine_when_the_file_says_so(installed: Run) -> None:
    with Refusing({BOT: "secret"}) as server:
        Path("config.toml").write_text(
            local(server).replace("[mail]", "[mail]\nplus_addressing = false")
        )
        assert probed(installed)[0] == 0


def test_a_probe_that_was_filed_as_junk_is_red(installed: Run) -> None:
    class Suspicious(Embedded):
        """A server that files our own mail as junk."""

        async def put(self, address: str, raw: bytes) -> None:  # noqa: ARG002 - as above
            """By another mail program, below."""
            self.raws = [*getattr(self, "raws", []), raw]

    with (
        Suspicious({BOT: "secret"}) as server,
        IMAPClient("127.0.0.1", server.port, ssl=False) as client,
    ):
        client.login(BOT, "secret")
        client.create_folder("Junk")
        Path("config.toml").write_text(local(server))
        sent, moved = probe._wait, []

        def wait(*args: object) -> object:
            for raw in server.raws:
                client.append("Junk", raw)
                moved.append(raw)
            return sent(*args)  # type: ignore[arg-type]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(probe, "_wait", wait)
            code, line = probed(installed)
    assert (code, line[:4]) == (78, "FAIL")
    assert "filed as junk, in Junk" in line
    assert moved


def test_without_a_mailbox_there_is_nothing_to_probe(installed: Run) -> None:
    code, line = probed(installed)
    assert code
    assert "--probe needs [imap]" in line


@case(23)
def test_without_a_server_that_is_believed_check_is_red(installed: Run) -> None:
    Path("config.toml").write_text(
        CONFIG.format(smtp=free_port(), door=free_port(), login='login = "none"').replace(
            'authserv_id = "mx.corp.example"', ""
        )
    )
    code, told = checked(installed)
    assert code == 78
    assert told["trust"].startswith("FAIL [trust] authserv_id is empty, so no sender can be proven")


@case(23)
def test_check_names_the_servers_that_judged_the_newest_mails(installed: Run) -> None:
    with Judging({BOT: "secret"}) as server:
        Path("config.toml").write_text(local(server).replace('authserv_id = "mx.corp.example"', ""))
        for n in range(3):
            server.deliver(
                BOT,
                f"From: x@corp.example\r\nSubject: {n}\r\nAuthentication-Results: evil.example; dmarc=pass\r\n\r\n.\r\n".encode(),
            )
        assert (
            "of the newest 3 mails: mx.corp.example in 3; take one only if it is your own"
            in checked(installed)[1]["trust"]
        )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('authserv_id = "mx.corp.example"', "believes mx.corp.example about who wrote a mail"),
        ('authserv_id = "none"', "believes nobody about who wrote a mail, as the file says"),
        ('profile = "google"', "believes the servers of google"),
    ],
)
def test_check_says_who_is_believed(installed: Run, line: str, words: str) -> None:
    with Embedded({BOT: "secret"}) as server:
        Path("config.toml").write_text(
            local(server).replace('authserv_id = "mx.corp.example"', line)
        )
        code, told = checked(installed)
    assert code == 0
    assert words in told["trust"]


@case(79)
def test_check_counts_the_replies_in_junk_that_were_not_read(installed: Run) -> None:
    assert installed("preview", "agenda_request")[0] == 0
    key = Path("data/keys")
    key.write_text("ab" * 32 + "\n")
    key.chmod(0o600)
    from mailbot.meeting.model import Purpose, Role
    from mailbot.threads.token import ReplyTarget, ReplyTokens

    token = ReplyTokens((bytes.fromhex("ab" * 32),)).make(
        ReplyTarget("abcdefgh", 4, Role.REPORT, Purpose.AGENDA, 1)
    )
    with (
        Embedded({BOT: "secret"}) as server,
        IMAPClient("127.0.0.1", server.port, ssl=False) as client,
    ):
        Path("config.toml").write_text(local(server))
        client.login(BOT, "secret")
        client.create_folder("Junk")
        for to in (f"mailbot+{token}@corp.example", BOT):
            client.append(
                "Junk",
                f"From: ana@corp.example\r\nTo: {to}\r\nMessage-ID: <x>\r\n\r\nhello\r\n".encode(),
            )
        code, out, _ = installed("check")
        assert code == 0
        assert 'junk folder "Junk" is looked through: 2 mails' in out
        assert 'note  1 reply to mailbot in the junk folder "Junk"' in out


# ---- red ----


@case(75)
def test_a_revoked_token_is_red(installed: Run, tmp_path: Path) -> None:
    class Revoked(BaseHTTPRequestHandler):
        """Microsoft's answer to a refresh token that is over (AADSTS700082)."""

        def do_POST(self) -> None:
            self.send_response(400)
            self.end_headers()
            self.wfile.write(
                b'{"error": "invalid_grant", "error_description": "AADSTS700082: expired"}'
            )

        def log_message(self, *_: object) -> None:
            """Quiet."""

    (tmp_path / "first.token").write_text("first\n")
    (tmp_path / "first.token").chmod(0o600)
    with HTTPServer(("127.0.0.1", 0), Revoked) as identity, Embedded({BOT: "secret"}) as server:
        serving = Thread(target=identity.serve_forever, args=(0.05,))
        serving.start()
        config = local(server).replace("[imap]", '[imap]\nlogin = "oauth"')
        Path("config.toml").write_text(config + OAUTH.format(port=identity.server_port))
        code, told = checked(installed)
        identity.shutdown()
        serving.join()
    assert (code, told["imap"][:4]) == (77, "FAIL")
    assert "invalid_grant" in told["imap"]


@case(81)
@pytest.mark.parametrize(
    ("tls", "hide", "words"),
    [
        (
            "implicit",
            (),
            r"\[imap\] host: the certificate of .* is not valid .*no password was sent",
        ),
        (
            "starttls",
            (),
            r"\[imap\] host: the certificate of .* is not valid .*no password was sent",
        ),
        ("starttls", ("STARTTLS",), r"\[imap\] tls: .* offers no STARTTLS.*no password was sent"),
    ],
)
def test_a_server_that_cannot_be_trusted_is_red(
    installed: Run, dovecot_mailbox: Mailbox, tls: str, hide: tuple[str, ...], words: str
) -> None:
    assert dovecot_mailbox.dovecot is not None
    target = dovecot_mailbox.dovecot.tls_port if tls == "implicit" else dovecot_mailbox.port
    with Relay(target, hide=hide) as relay, sink() as outgoing:
        config = CONFIG.format(smtp=outgoing.port, door=0, login='login = "none"').replace(
            "enabled = true\nport = 0", ""
        )
        Path("config.toml").write_text(
            f'{config}\n[imap]\nhost = "127.0.0.1"\ntls = "{tls}"\nport = {relay.port}\nuser = "{dovecot_mailbox.user}"\n'
        )
        code, told = checked(installed)
        assert b"LOGIN" not in relay.sent.upper()
    assert (code, told["imap"][:4]) == (78, "FAIL")
    assert re.search(words, told["imap"]), told["imap"]
