"""mailbot explain and mailbot why: how a mail would be read, and what became of one."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailbot.commands.installed import looking
from mailbot.commands.quarantine import SHORTEST, chosen
from mailbot.commands.terminal import Terminal, printable
from mailbot.config.file import Config, load
from mailbot.errors import InputError, UsageError, reason
from mailbot.store.protocol import JOURNAL, Entry
from mailbot.store.raw_mail import RawMailStore

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.inbound.unquote.lines import Line
    from mailbot.service.app import Mailbot
    from mailbot.service.intake.pipeline import Finding


def explain(args: Namespace, terminal: Terminal) -> int:
    """The journey of a mail up to its decision, without writing anything."""
    raw, config = read(args.file), load(args.config)
    from mailbot.service.runtime.clock import now  # noqa: PLC0415 - after the files are known to be good
    from mailbot.service.runtime.wiring import open_mailbot  # noqa: PLC0415

    with open_mailbot(config, look=True) as mailbot:
        found = journey(mailbot, raw, now())
    if args.json:
        terminal.say(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(found, terminal)
    return 0


def why(args: Namespace, terminal: Terminal) -> int:
    """What the journal says of a mail; newest last."""
    wanted = args.mail.strip().strip("<>")
    if not wanted:
        raise UsageError(
            "Say which mail: its Message-ID, its name in quarantine, or its key in the journal"
        )
    came = _key_of_name(load(args.config), wanted)
    with looking(args) as store:
        entries = [entry for entry in store.recall(JOURNAL) if _is_about(entry, wanted, came)]
    if not entries:
        raise InputError(f"The journal knows no mail {wanted}; it keeps the last 10,000 mails")
    for entry in entries:
        about = f" (series {entry.series})" if entry.series else ""
        terminal.say(
            f"{entry.at:%Y-%m-%d %H:%M} UTC  {entry.outcome}: "
            f"{entry.reason or 'as written'}{about}",
            "bold",
        )
        for rule in entry.trace:
            terminal.say(f"    {printable(rule)}")
    return 0


def _key_of_name(config: Config, word: str) -> str:
    """The key under which the mail came that has this name in quarantine; "" if none has."""
    kept = RawMailStore(config.data_folder / "quarantine")
    try:
        return kept.look(chosen(kept, word)).key
    except InputError:
        return ""


def _is_about(entry: Entry, wanted: str, came: str) -> bool:
    """Also what became of a mail that had this name in quarantine, where it is no more."""
    named = tuple(f"{place}/{wanted.lower()}" for place in ("quarantine", "left"))
    return (
        wanted in (entry.message_id.strip("<>"), entry.key)
        or (came != "" and entry.key == came)
        or (len(wanted) >= SHORTEST and entry.key.startswith(named))
    )


def read(name: str) -> bytes:
    """A mail from a file, or from standard input for "-". One octet over the limit is enough to
    see that it is over."""
    # after what was typed is known to be right
    from mailbot.inbound.message.limits import Limits  # noqa: PLC0415

    where = "standard input" if name == "-" else name
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            raw = file.read(Limits().octets + 1)
    except OSError as error:
        raise InputError(
            f"{where} cannot be read ({reason(error)}); name a mail saved as .eml"
        ) from error
    if not raw.strip():
        raise InputError(f"{where} is empty; name a mail saved as .eml")
    return raw


# ---- the journey as a document ----

IN_A_ROW = ("mails", "attachments")  # stations shown on one line


def journey(mailbot: Mailbot, raw: bytes, at: datetime) -> dict[str, Any]:
    """Every station of the mail, in order; what --json prints."""
    from mailbot.inbound.message.parse import Unreadable  # noqa: PLC0415
    from mailbot.inbound.message.received import legs, told  # noqa: PLC0415
    from mailbot.inbound.message.second_reading import attachment_names  # noqa: PLC0415
    from mailbot.meeting.said import words_of  # noqa: PLC0415

    try:
        reading = mailbot.reader.read(raw, mailbot.store, at)
    except Unreadable as unreadable:
        return {"octets": len(raw), "outcome": "set_aside", "reason": unreadable.reason}
    author, place = reading.inbound.author, reading.found.target if reading.found else None
    return {
        "octets": len(raw),
        "message_id": reading.inbound.message_id,
        "author": author.address if author else reading.inbound.author_defect,
        "way": [told(leg) for leg in legs(reading.inbound)],
        "attachments": list(attachment_names(raw) or reading.inbound.attachments),
        "kind": reading.judged.kind,
        "certainty": str(reading.standing),
        "series": reading.stored.series.id if reading.stored else "",
        "meeting": place.meeting if place else None,
        "answers": str(place.purpose) if place and place.serial else "",
        "rules": list(reading.trace),
        "lines": [_line(line) for line in reading.reply.lines] if reading.reply else [],
        "understood": [f"{type(said).__name__}: {words_of(said)}" for said in reading.said],
        **_outcome(mailbot, reading, at),
    }


def _line(line: Line) -> dict[str, Any]:
    return {"own": line.own, "rule": line.rule, "heading": line.heading, "text": line.text}


def _outcome(mailbot: Mailbot, reading: Finding, at: datetime) -> dict[str, Any]:
    """What would be decided, and who would be written to; not what they would read."""
    from mailbot.meeting.decide import decide  # noqa: PLC0415
    from mailbot.service.intake.pipeline import Standing  # noqa: PLC0415

    if reading.event is None or reading.stored is None:
        return {"outcome": reading.outcome, "reason": reading.reason, "mails": []}
    if reading.standing is Standing.DOUBTFUL:
        return {
            "outcome": "unconfirmed",
            "reason": reading.reason or "unsure who wrote it",
            "mails": ["confirm"],
        }
    series = reading.stored.series
    decision = decide(series, reading.event, mailbot.step.world(series, at))
    mails = [f"{send.purpose} to the {send.to}" for send in decision.sends]
    return {"outcome": decision.outcome, "reason": reading.reason, "mails": mails}


def _show(found: dict[str, Any], terminal: Terminal) -> None:
    """Stations as lines; of the mail's own lines each with a mark: > is new, a dot was there
    before."""
    for name, value in found.items():
        label = terminal.paint(f"{name.replace('_', ' '):<12}", "bold")
        match value:
            case [dict(), *_]:
                terminal.say(label)
                for line in value:
                    _show_line(line, terminal)
            case list():
                terminal.say(
                    f"{label}{'; '.join(map(printable, value)) if name in IN_A_ROW else ''}"
                )
                for entry in value if name not in IN_A_ROW else ():
                    terminal.say(f"    {printable(entry)}")
            case _:
                terminal.say(f"{label}{printable(str('-' if value in (None, '') else value))}")


def _show_line(line: dict[str, Any], terminal: Terminal) -> None:
    where = f"{line['rule']}{', ' + line['heading'] if line['heading'] else ''}"
    text = f"  {'>' if line['own'] else '.'} {where:<26}{printable(line['text'])}"
    terminal.say(text, *(() if line["own"] else ("dim",)))
