"""mailbot explain: how a mail would be read, and what would be decided."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from mailbot.commands.terminal import Terminal, printable
from mailbot.config.file import load
from mailbot.errors import InputError, reason

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.inbound.unquote.lines import Line
    from mailbot.meeting.events import Event
    from mailbot.meeting.model import Series
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
    stored, reply = reading.author.stored, reading.words.reply
    author, target = reading.inbound.author, reading.mail.target
    return {
        "octets": len(raw),
        "message_id": reading.inbound.message_id,
        "author": author.address if author else reading.inbound.author_defect,
        "way": [told(leg) for leg in legs(reading.inbound)],
        "attachments": list(attachment_names(raw) or reading.inbound.attachments),
        "kind": reading.mail.judged.kind,
        "certainty": str(reading.author.standing),
        "series": stored.series.id if stored else "",
        "meeting": target.meeting if target else None,
        "answers": str(target.purpose) if target and target.serial else "",
        "rules": list(reading.trace),
        "lines": [_line(line) for line in reply.lines] if reply else [],
        "understood": [f"{type(said).__name__}: {words_of(said)}" for said in reading.said],
        **_outcome(mailbot, reading, at),
    }


def _line(line: Line) -> dict[str, Any]:
    return {"own": line.own, "rule": line.rule, "heading": line.heading, "text": line.text}


def _outcome(mailbot: Mailbot, finding: Finding, at: datetime) -> dict[str, Any]:
    """What would be decided, and who would be written to; not what they would read."""
    from mailbot.meeting.events import Outcome  # noqa: PLC0415
    from mailbot.service.intake import finding as found  # noqa: PLC0415

    match finding.result:
        case found.Ending(outcome, reason):
            return {"outcome": outcome, "reason": reason, "mails": []}
        case found.NeedsYes(_, _, reason):
            return {"outcome": Outcome.UNCONFIRMED, "reason": reason, "mails": ["confirm"]}
        case found.AsksForSeries():
            return {"outcome": Outcome.NEW, "reason": "a new series", "mails": []}
        case found.AnswersRequest():
            word = finding.words.word or "nothing"
            reason = f"the question about a new series is answered by {word}"
            return {"outcome": Outcome.NEW, "reason": reason, "mails": []}
        case found.Applies(stored, event) | found.AnswersQuestion(stored, _, event):
            return _decided(mailbot, stored.series, event, finding.reason, at)
        case _:
            assert_never(finding.result)


def _decided(
    mailbot: Mailbot, series: Series, event: Event, reason: str, at: datetime
) -> dict[str, Any]:
    from mailbot.meeting.decide import decide  # noqa: PLC0415

    decision = decide(series, event, mailbot.step.world(series, at))
    mails = [f"{send.purpose} to the {send.to}" for send in decision.sends]
    decided = {"outcome": decision.outcome, "reason": reason, "mails": mails}
    return decided | ({"left out": list(decision.trace)} if decision.trace else {})


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
