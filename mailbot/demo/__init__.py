"""`mailbot demo`: two people live through the first three meetings of a series, over real SMTP
and IMAP on loopback."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mailbot.commands.terminal import Terminal
from mailbot.demo.folder import MAILBOXES, MAILS, PAGE, claim, leave_mailbox, leave_mails
from mailbot.demo.mail_program import SENT, kept
from mailbot.demo.page import PageMaker, Secret
from mailbot.demo.script import Scene, Script, read_script
from mailbot.demo.show import Showing
from mailbot.demo.stage import OWN, PlayedMail, StagedPlay, passwords, set_up
from mailbot.demo.telling import private_words
from mailbot.meeting.model import Role
from mailbot.transport.embedded import Embedded

__all__ = ["Played", "play"]


@dataclass(frozen=True, slots=True)
class Played:
    """What a play came to."""

    leaves: tuple[PlayedMail, ...]
    secrets: tuple[Secret, ...]
    left: int  # mails still in mailbot's INBOX
    moved: int  # mails it dealt with and moved away
    seconds: float

    @property
    def sent(self) -> int:
        return sum(not leaf.is_reply for leaf in self.leaves)

    @property
    def received(self) -> int:
        return sum(leaf.is_reply for leaf in self.leaves)

    @property
    def leaks(self) -> int:
        return sum(secret.others for secret in self.secrets)


def play(folder: Path, terminal: Terminal) -> Played:
    """Play it, show it, and leave it in the folder. Raises OperatorError: the folder is taken,
    the extra is missing."""
    began = time.perf_counter()
    terminal.doing("starting a mail server")
    with Embedded(passwords()) as server:
        claim(folder)
        with set_up(folder, server) as stage:
            terminal.wipe()
            home = stage.people[Role.REPORT].zone
            script = read_script(
                {person.first_name.lower(): person for person in stage.people.values()}, home
            )
            album, showing = PageMaker(stage.people, script), Showing(terminal, stage.people)
            _perform(stage, script, album, showing)
            played = _played(stage, server, time.perf_counter() - began)
            _leave(folder, stage, server, album, played)
    showing.summary(_summary(played, folder))
    return played


def _perform(stage: StagedPlay, script: Script, album: PageMaker, showing: Showing) -> None:
    meeting = 0
    for event in stage.play(script):
        if isinstance(event, Scene):
            album.add(event)
            showing.scene(event)
            continue
        if event.place.meeting > meeting:
            meeting = event.place.meeting
            showing.chapter(script.chapter(meeting))
        album.add(event, tells(event, script))
        showing.leaf(event, tells(event, script))


def _leave(
    folder: Path, stage: StagedPlay, server: Embedded, album: PageMaker, played: Played
) -> None:
    """Write everything that stays in the folder."""
    leave_mails(folder, played.leaves)
    for person in stage.people.values():
        raws = [raw for box in ("INBOX", SENT) for raw in kept(server, person.address, box)]
        leave_mailbox(folder, person.first_name.lower(), raws)
    meetings, actions = stage.record()
    facts = {
        "sent": played.sent,
        "received": played.received,
        "leaks": played.leaks,
        "seconds": played.seconds,
    }
    (folder / PAGE).write_text(album.render(facts, played.secrets, meetings, actions), "utf8")


def tells(leaf: PlayedMail, script: Script) -> str:
    """Return the narration of a mail."""
    if leaf.is_reply:
        return ""  # its scene has told it
    caused = leaf.scene.then if leaf.scene is not None else ""
    return script.chapter(leaf.place.meeting).mails.get((leaf.place.purpose, leaf.role), caused)


def _played(stage: StagedPlay, server: Embedded, seconds: float) -> Played:
    leaves = tuple(stage.leaves)
    secrets = [
        _secret(leaf, words, leaves)
        for leaf in leaves
        for said in leaf.said
        if (words := private_words(said))
    ]
    left, moved = (len(kept(server, OWN, folder)) for folder in ("INBOX", "Processed"))
    return Played(leaves, tuple(secrets), left, moved, seconds)


def _secret(author: PlayedMail, words: str, leaves: tuple[PlayedMail, ...]) -> Secret:
    """Search every mail for the words."""
    found = [
        (number, leaf.role)
        for number, leaf in enumerate(leaves, start=1)
        if words in everything(leaf)
    ]
    theirs = tuple(number for number, role in found if role is author.role)
    return Secret(words, author.person.first_name, theirs, len(found) - len(theirs))


def everything(leaf: PlayedMail) -> str:
    """Return all that a mail shows, and its source, in one line."""
    mail = leaf.mail
    shown = [
        mail.subject,
        mail.text,
        mail.html,
        html.unescape(mail.html),
        mail.raw.decode("ascii", "replace"),
    ]
    return " ".join(" ".join(shown).split())


def _summary(played: Played, folder: Path) -> Iterator[str]:
    mails = f"{played.sent} mails from mailbot and {played.received} replies"
    yield f"{mails} in {played.seconds:.1f} seconds, each over SMTP and IMAP."
    yield (
        f"{len(played.secrets)} private lines; found in {played.leaks} mails of anybody but "
        "their author."
    )
    yield ""
    yield f"Read it in a browser:      {folder / PAGE}"
    yield f"As mail programs keep it:  {folder / MAILBOXES}"
    yield f"Every mail:                {folder / MAILS}"
    yield f"What mailbot keeps:        {folder / 'data'}"
