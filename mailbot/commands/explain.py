"""mailbot explain: how a mail would be read, and what would be decided."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, assert_never

from mailbot.commands.terminal import Terminal, printable
from mailbot.config.file import load
from mailbot.errors import InputError, reason
from mailbot.inbound.message.limits import Limits
from mailbot.inbound.message.parse import Unreadable
from mailbot.inbound.message.received import legs, told
from mailbot.inbound.message.second_reading import attachment_names
from mailbot.inbound.unquote.lines import Line
from mailbot.meeting.decide import decide
from mailbot.meeting.events import Event, Outcome
from mailbot.meeting.model import Series
from mailbot.meeting.said import words_of
from mailbot.service.app import Mailbot
from mailbot.service.intake import finding as found
from mailbot.service.intake.finding import Finding, TriagedMail
from mailbot.service.runtime.clock import now
from mailbot.service.runtime.wiring import open_mailbot

IN_A_ROW = ("mails", "attachments")  # stations shown on one line


def explain(args: Namespace, terminal: Terminal) -> int:
    """Print the journey of a mail up to its decision, without writing anything."""
    raw, config = read(args.file), load(args.config)

    with open_mailbot(config, look=True) as mailbot:
        stations = journey(mailbot, raw, now())
    if args.json:
        terminal.say(json.dumps(stations, ensure_ascii=False, indent=2))
    else:
        _show(stations, terminal)
    return 0


def read(name: str) -> bytes:
    """Read a mail from a file, or from standard input for "-".

    One octet over the limit is enough to see that it is over.
    """
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


def journey(mailbot: Mailbot, raw: bytes, at: datetime) -> dict[str, Any]:
    """Follow the mail through every station, in order; --json prints just this."""
    try:
        finding = mailbot.reader.read(raw, mailbot.store, at)
    except Unreadable as unreadable:
        return {"octets": len(raw), "outcome": Outcome.SET_ASIDE, "reason": unreadable.reason}
    reply, stored = finding.words.reply, finding.author.stored
    return {
        "octets": len(raw),
        **_head(finding.mail, raw),
        "certainty": str(finding.author.standing),
        "series": stored.series.id if stored else "",
        **_answered(finding.mail),
        "rules": list(finding.trace),
        "lines": [_line(line) for line in reply.lines] if reply else [],
        "understood": [f"{type(said).__name__}: {words_of(said)}" for said in finding.said],
        **_outcome(mailbot, finding, at),
    }


def _head(mail: TriagedMail, raw: bytes) -> dict[str, Any]:
    """Tell what stands in the header, and what triage makes of it."""
    inbound = mail.inbound
    return {
        "message_id": inbound.message_id,
        "author": inbound.author.address if inbound.author else inbound.author_defect,
        "way": [told(leg) for leg in legs(inbound)],
        "attachments": list(attachment_names(raw) or inbound.attachments),
        "kind": mail.judged.kind,
    }


def _answered(mail: TriagedMail) -> dict[str, Any]:
    """Tell which mail of ours it answers."""
    if mail.target is None:
        return {"meeting": None, "answers": ""}
    purpose = str(mail.target.purpose) if mail.target.serial else ""
    return {"meeting": mail.target.meeting, "answers": purpose}


def _line(line: Line) -> dict[str, Any]:
    return {"own": line.own, "rule": line.rule, "heading": line.heading, "text": line.text}


def _outcome(mailbot: Mailbot, finding: Finding, at: datetime) -> dict[str, Any]:
    """Tell what would be decided, and who would be written to; not what they would read."""
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
    decision = decide(series, event, mailbot.step.world(series, at))
    mails = [f"{send.purpose} to the {send.to}" for send in decision.sends]
    decided = {"outcome": decision.outcome, "reason": reason, "mails": mails}
    return decided | ({"left out": list(decision.trace)} if decision.trace else {})


def _show(stations: dict[str, Any], terminal: Terminal) -> None:
    """Print the stations as lines; the mail's own lines with a mark: > is new, a dot was there
    before."""
    for name, value in stations.items():
        label = terminal.paint(f"{name.replace('_', ' '):<12}", "bold")
        match value:
            case [dict(), *_]:
                terminal.say(label)
                for line in value:
                    _show_line(line, terminal)
            case list() if name in IN_A_ROW:
                terminal.say(f"{label}{'; '.join(map(printable, value))}")
            case list():
                terminal.say(label)
                for each in value:
                    terminal.say(f"    {printable(each)}")
            case _:
                shown = "-" if value in (None, "") else str(value)
                terminal.say(f"{label}{printable(shown)}")


def _show_line(line: dict[str, Any], terminal: Terminal) -> None:
    where = f"{line['rule']}{', ' + line['heading'] if line['heading'] else ''}"
    text = f"  {'>' if line['own'] else '.'} {where:<26}{printable(line['text'])}"
    terminal.say(text, *(() if line["own"] else ("dim",)))
