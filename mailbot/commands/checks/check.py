"""mailbot check: everything that must be right before `mailbot run`, one line each, with what to
change."""

from __future__ import annotations

import itertools
import os
import socket
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from mailbot.commands.checks import check_mail as mail
from mailbot.commands.failures import refused_by_the_system
from mailbot.commands.terminal import Terminal, printable
from mailbot.config.file import Config, find, load
from mailbot.config.shipped import strangers
from mailbot.errors import Bug, MailbotError, OperatorError, reason
from mailbot.meeting.model import Purpose, Role
from mailbot.outbound.compose import Composer
from mailbot.outbound.samples import AT, SERIES, example
from mailbot.service.operations.operator_texts import OperatorTexts
from mailbot.service.people.directory import left_over
from mailbot.service.runtime.servers import mailer
from mailbot.store.disk import refuse_foreign
from mailbot.store.open import open_store
from mailbot.threads.token import ReplyTokens


@dataclass(frozen=True, slots=True)
class Check:
    """Name a thing to try. `attempt` returns a fact worth showing, or raises MailbotError."""

    name: str
    attempt: Callable[[], str]


def check(args: Namespace, terminal: Terminal) -> int:
    """Try everything; return 0, or the exit code of the first thing that is wrong."""
    source = find(args.config)
    try:
        config = load(source)
    except OperatorError as error:
        _red(terminal, "config", str(error))
        return error.exit_code
    codes = {each.name: _tell(terminal, each) for each in checks(config, probing=args.probe)}
    more = [] if codes["data"] else [*notes_on_series(config)]
    more += [] if any(codes.values()) else [*mail.left_in_junk(config)]
    for note in (*notes(config), *more):
        terminal.say(f"{terminal.paint('note', 'yellow')}  {note}")
    return next((code for code in codes.values() if code), 0)


def checks(config: Config, *, probing: bool = False) -> Iterator[Check]:
    """List what is tried, in the order in which an operator would mend it. `probing`: also send
    mails to ourselves."""
    yield Check(
        "config", lambda: f"people: {len(config.people())}, one-on-ones: {len(config.one_on_one)}"
    )
    yield Check("data", lambda: data_folder(config))
    yield Check("keys", lambda: keys(config))
    yield Check("templates", lambda: templates(config))
    yield Check("trust", lambda: mail.trust(config))
    if config.imap:
        yield Check("imap", lambda: mail.imap(config))
    yield Check("smtp", lambda: smtp(config))
    if config.receive.enabled:
        yield Check("receive", lambda: door(config))
    if probing:
        yield Check("probe", lambda: mail.probe(config))


def notes(config: Config) -> Iterator[str]:
    """Say what may be meant so, or not."""
    if not mail.proven(config):
        yield (
            "No sender can be proven: replies are believed by their token and address. See "
            "SECURITY.md."
        )
    if not (config.one_on_one or config.trust.allowed_domains):
        yield (
            "There is no [[one_on_one]], and without [trust] allowed_domains nobody can start one "
            "by mail."
        )
    if not config.trust.operator:
        yield "[trust] operator is empty: nobody is told when something needs a hand."
    yield from notes_on_templates(config.template_folder)


def notes_on_templates(folder: Path | None) -> Iterator[str]:
    """Name the files of the operator's that replace nothing."""
    if folder is None or not folder.is_dir():
        return
    for name, meant in strangers(folder):
        hint = f"; did you mean {meant}?" if meant else "."
        yield f"[templates] folder: {name} is the name of no template{hint}"


def notes_on_series(config: Config) -> Iterator[str]:
    """Name the series that the file no longer names and that go on."""
    if not (config.data_folder / "series").is_dir():
        return
    with closing(open_store(config.data_folder, look=True)) as store:
        names = left_over(store, config.series())
    if names:
        yield (
            f"{len(names)} series that this file no longer names go on ({', '.join(names)}); end "
            "one with `mailbot series pause SERIES --without-end`."
        )


def _tell(terminal: Terminal, each: Check) -> int:
    terminal.doing(each.name)
    try:
        fact = each.attempt()
    except Bug:
        raise
    except MailbotError as error:
        _red(terminal, each.name, str(error))
        return error.exit_code
    except OSError as error:
        told = refused_by_the_system(error)
        if told is None:
            raise
        _red(terminal, each.name, told[0])
        return told[1]
    terminal.wipe()
    terminal.say(f"{terminal.paint('ok', 'green')}    {each.name:<11}{printable(fact)}")
    return 0


def _red(terminal: Terminal, name: str, words: str) -> None:
    terminal.wipe()
    terminal.say(f"{terminal.paint('FAIL', 'red')}  {name:<11}{printable(words)}")


# ---- what is tried ----


def data_folder(config: Config) -> str:
    """Try whether the folder can be used. Nothing is made here: who checks may be another user than
    who runs."""
    folder = config.data_folder
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise OperatorError(
            f"[data] folder: {there} cannot be written; give us the right to, or name another "
            "folder"
        )
    if not (folder / "series").is_dir():
        refuse_foreign(folder)
        return f"{folder} will be made at the first start"
    with closing(open_store(folder, look=True)) as store:
        return f"{folder}, {len(store.find()):,} series"


def keys(config: Config) -> str:
    if not config.key_file.exists():
        return f"{config.key_file} will be made at the first start"
    return f"{config.key_file}, {len(config.keys(make=False))} in use"


def templates(config: Config) -> str:
    """Compile every template, fill the operator's own, see that each language in use has some."""
    sources = config.template_sources()
    languages = sorted({name.partition("/")[0] for name in sources if "/" in name})
    with config.naming_templates():
        OperatorTexts(sources)
        composer = Composer(
            sources, config.mail.address, ReplyTokens((b"only compiled, never used to sign",))
        )
        for each in itertools.product(Purpose, Role, languages if config.template_folder else ()):
            composer.compose(SERIES, example(*each), AT)
    for person in config.people().values():
        if person.language not in languages:
            raise OperatorError(
                f"[[person]] language: there are no templates in {person.language!r} for "
                f"{person.address}; there are {', '.join(languages)}"
            )
    return f"{len(sources)} files in {', '.join(languages)}"


def smtp(config: Config) -> str:
    with closing(mailer(config)) as server:
        return "; ".join(server.probe())


def door(config: Config) -> str:
    """Try whether the port can be listened on; a mailbot that runs may be the one that does."""
    host, port = config.receive.host, config.receive.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OperatorError(
                f"[receive] host, port: nothing can listen on {host}:{port} ({reason(error)}); "
                "choose another, or stop what listens there"
            ) from error
    return f"{config.receive.protocol} can listen on {host}:{port}"
