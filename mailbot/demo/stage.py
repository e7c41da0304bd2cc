"""Play a correspondence: a mail server, an installation of mailbot on a clock that is told the
time, and the mail programs of two people.

Nothing is short-circuited. mailbot -> its SMTP mailer -> the server -> IMAP -> a mail program
-> a reply over SMTP -> the server -> mailbot's IMAP inbox -> its store -> its outbox, and round
again.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mailbot.config.file import Config, ConfiguredPair, load
from mailbot.demo.mail_program import MailProgram
from mailbot.demo.script import Scene, Script
from mailbot.errors import Bug, InputError
from mailbot.inbound.unquote.judged_rows import RowRule
from mailbot.inbound.unquote.lines import Line, Reply
from mailbot.meeting.model import ActionItem, Meeting, Person, Purpose, Role
from mailbot.meeting.said import Said
from mailbot.service.app import Mailbot
from mailbot.service.delivery.dispatcher import Dispatcher, drain
from mailbot.service.runtime.servers import inbox, mailer
from mailbot.service.runtime.wiring import open_mailbot
from mailbot.store.protocol import NEXT_DUE, Entry, history_key
from mailbot.testing import FakeClock, Got
from mailbot.threads.token import ReplyTarget
from mailbot.transport.embedded import Embedded
from mailbot.transport.protocol import Arrived, Inbox, Mailer

CONFIG = Path(__file__).with_name("config.toml")
OWN = "mailbot@corp.example"
ARRIVES_WITHIN_S = 10.0


@dataclass(frozen=True, slots=True)
class PlayedMail:
    """One mail of the correspondence, as it stands in the mailbox of one of the two."""

    at: datetime  # UTC
    person: Person
    role: Role
    mail: Got
    place: ReplyTarget  # of the mail itself, or of the one it answers
    client: str = ""  # of a reply; "": it comes from mailbot
    said: tuple[Said, ...] = ()  # what a reply was understood to say
    lines: tuple[Line, ...] = ()  # of a reply, and which of them are new
    outcome: str = ""
    scene: Scene | None = None  # that caused it

    @property
    def is_reply(self) -> bool:
        return bool(self.client)


Event = PlayedMail | Scene


class StagedPlay:
    """Hold everything that is running. `play` yields what happens, in the order of the clock."""

    def __init__(
        self,
        mailbot: Mailbot,
        pair: ConfiguredPair,
        mail: Mailer,
        own_inbox: Inbox,
        programs: dict[Role, MailProgram],
    ) -> None:
        self.mailbot, self.pair = mailbot, pair
        self.mailer, self.inbox, self.programs = mail, own_inbox, programs
        self.dispatcher = Dispatcher(mailbot.step, mailbot.postmaster)
        self.clock = FakeClock(datetime.min.replace(tzinfo=UTC))
        self.leaves: list[PlayedMail] = []

    @property
    def people(self) -> dict[Role, Person]:
        return {role: program.person for role, program in self.programs.items()}

    def play(self, script: Script) -> Iterator[Event]:
        self.clock = FakeClock(script.begins)
        self.mailbot.configure([self.pair], script.begins)
        for scene in script.scenes:
            yield from self._until(scene.at)
            yield scene
            if scene.who is not None:
                yield from self._answer(scene)
        yield from self._until(script.ends)

    def record(self) -> tuple[list[Meeting], list[ActionItem]]:
        """Return every meeting and every action item that mailbot keeps by now."""
        meetings, actions = [], []
        for name in self.mailbot.store.find():
            stored = self.mailbot.store.load(name)
            over = self.mailbot.store.recall(history_key(name))
            assert stored is not None
            meetings += [*over.meetings, *stored.series.meetings]
            actions += [*over.actions, *stored.series.actions]
        return meetings, sorted(actions, key=lambda action: action.number)

    # ---- time ----

    def _until(self, at: datetime) -> Iterator[PlayedMail]:
        """Let time pass: everything that is owed on the way leaves when it is due."""
        while (due := self.mailbot.store.recall(NEXT_DUE)) is not None and due <= at:
            self.clock.forward(max(due, self.clock.at))
            self.mailbot.tick(self.clock.at)
            yield from self._delivered()
        self.clock.forward(at)

    def _delivered(self, scene: Scene | None = None) -> Iterator[PlayedMail]:
        """Empty the outbox, and look into both mailboxes."""
        drain(self.dispatcher, self.mailer, self.clock.at)
        arrived = [
            (program, mail, self._place(mail))
            for program in self.programs.values()
            for mail in program.look()
        ]
        for program, mail, place in sorted(arrived, key=lambda each: each[2].serial):
            leaf = PlayedMail(self.clock.at, program.person, program.role, mail, place, scene=scene)
            self.leaves.append(leaf)
            yield leaf

    def _place(self, mail: Got) -> ReplyTarget:
        place = self.mailbot.reader.tokens.read(mail.id.strip("<>").partition("@")[0])
        if place is None:
            raise Bug("a mail in the demo is not mailbot's")
        return place

    # ---- words ----

    def _answer(self, scene: Scene) -> Iterator[PlayedMail]:
        """Let somebody answer; mailbot finds the mail in its inbox, acts on it, and moves it
        away."""
        program = next(program for program in self.programs.values() if program.person is scene.who)
        answered = self._newest(program, scene.answers)
        raw = program.write(answered.mail, scene, scene.at)
        arrived = self._arrived()
        # what `mailbot explain` shows
        reading = self.mailbot.reader.read(arrived.raw, self.mailbot.store, scene.at)
        entry = self._take(arrived)
        reply = reading.words.reply
        lines = _lines(reply, answered.mail) if reply else ()
        leaf = PlayedMail(
            scene.at,
            program.person,
            program.role,
            Got(raw, OWN),
            answered.place,
            scene.client,
            reading.said,
            lines,
            entry.outcome,
            scene,
        )
        self.leaves.append(leaf)
        yield leaf
        yield from self._delivered(scene)

    def _newest(self, program: MailProgram, kind: Purpose | None) -> PlayedMail:
        for leaf in reversed(self.leaves):
            if leaf.role is program.role and not leaf.is_reply and leaf.place.purpose is kind:
                return leaf
        raise InputError(
            f"play.toml: {program.person.first_name} answers a mail that never came: {kind}"
        )

    def _arrived(self) -> Arrived:
        mails = self.inbox.fetch()
        while not mails and self.inbox.wait(ARRIVES_WITHIN_S):
            mails = self.inbox.fetch()
        if len(mails) != 1:
            raise Bug(f"{len(mails)} mails are in mailbot's inbox, not one")
        return mails[0]

    def _take(self, arrived: Arrived) -> Entry:
        entry = self.mailbot.take(arrived.key, arrived.raw, self.clock.at)
        self.inbox.done([arrived.key])
        return entry


def _lines(reply: Reply, answered: Got) -> tuple[Line, ...]:
    """Return the lines of a reply. A heading that stood in the mail is quoted, even where it is
    read like a typed one."""
    ours = set(answered.text.split("\n"))
    quoted = [line.rule is RowRule.HEADING and line.text in ours for line in reply.lines]
    return tuple(
        replace(line, rule=RowRule.ALIGNED) if is_ours else line
        for line, is_ours in zip(reply.lines, quoted, strict=True)
    )


@contextmanager
def set_up(folder: Path, server: Embedded) -> Iterator[StagedPlay]:
    """Set up an installation in this folder, as an operator would set it up, on this server."""
    config = _configured(folder, server)
    (pair,) = config.series()
    with ExitStack() as opened:
        mailbot = opened.enter_context(open_mailbot(config))
        mail = opened.enter_context(closing(mailer(config)))
        own_inbox = opened.enter_context(closing(inbox(config)))
        people = {Role.REPORT: pair.report, Role.MANAGER: pair.manager}
        programs = {
            role: opened.enter_context(closing(MailProgram(person, role, server)))
            for role, person in people.items()
        }
        yield StagedPlay(mailbot, pair, mail, own_inbox, programs)


def passwords() -> dict[str, str]:
    """Make new ones for every play: whoever else is on this machine stays out of the mailboxes."""
    return {
        address: secrets.token_urlsafe()
        for address in (OWN, "ana@corp.example", "ben@corp.example")
    }


def _configured(folder: Path, server: Embedded) -> Config:
    path, data = folder / "config.toml", folder / "data"
    path.write_text(
        CONFIG.read_text("utf8").format(imap_port=server.port, smtp_port=server.smtp_port), "utf8"
    )
    data.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(
        os.open(data / "mailbox.password", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
    ) as file:
        file.write(server.users[OWN])
    return load(path)
