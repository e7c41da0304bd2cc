"""mailbot preview: a mail as its reader would see it, from the templates in use, with example
content."""

from __future__ import annotations

import email
import email.policy
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

from mailbot.commands.terminal import Terminal
from mailbot.config.file import PLACES, Config, load
from mailbot.config.shipped import template_sources
from mailbot.config.words import guess
from mailbot.errors import OperatorError, UsageError, reason
from mailbot.meeting.model import Purpose, Role
from mailbot.outbound.compose import Composer, Finished
from mailbot.outbound.samples import AT, SERIES, example
from mailbot.threads.token import ReplyTokens

ADDRESS = "mailbot@corp.example"
KEY = b"no mail is ever sent with this key"


def preview(args: Namespace, terminal: Terminal) -> int:
    config = _config(args.config)
    with config.naming_templates() if config else nullcontext():
        return _preview(args, config, terminal)


def _preview(args: Namespace, config: Config | None, terminal: Terminal) -> int:
    sources = config.template_sources() if config else template_sources()
    purposes = chosen(args.purpose)
    if not any(name.startswith(f"{args.language}/") for name in sources):
        languages = sorted({name.partition("/")[0] for name in sources if "/" in name})
        raise UsageError(
            f"--language: there are no templates in {args.language}; there are "
            f"{', '.join(languages)}"
        )
    composer = Composer(sources, config.mail.address if config else ADDRESS, ReplyTokens((KEY,)))
    for purpose in terminal.progress(purposes, "rendering mail"):
        finished = composer.compose(SERIES, example(purpose, Role(args.to), args.language), AT)
        for path in write(args.folder, purpose, finished):
            terminal.wipe()
            terminal.say(str(path))
    return 0


def chosen(word: str) -> tuple[Purpose, ...]:
    """Read one purpose, spelled with _ or -, or all of them. Raises UsageError."""
    name = word.strip().lower().replace("-", "_")
    if name == "all":
        return tuple(Purpose)
    if name not in set(Purpose):
        raise UsageError(
            f"{word!r} is no mail{guess(name, Purpose) or '; there are ' + ', '.join(Purpose)}"
        )
    return (Purpose(name),)


def _config(path: Path | None) -> Config | None:
    """Read the config of this installation; None: there is none yet, and the shipped templates are
    shown."""
    return None if path is None and not any(place.exists() for place in PLACES) else load(path)


def write(folder: Path, purpose: Purpose, finished: Finished) -> list[Path]:
    """Write the text and the HTML as the mail carries them, and the mail itself."""
    message = email.message_from_bytes(finished.raw, policy=email.policy.default)
    page = message.get_body(("html",))
    contents = {
        ".txt": f"Subject: {message['Subject']}\n\n{finished.text}".encode(),
        ".html": page.get_content().encode() if page else b"",
        ".eml": finished.raw,
    }
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, octets in contents.items():
            written.append(folder / f"{purpose}{suffix}")
            written[-1].write_bytes(octets)
    except OSError as error:
        raise OperatorError(
            f"{folder} cannot be written ({reason(error)}); name another with --folder"
        ) from error
    return written
