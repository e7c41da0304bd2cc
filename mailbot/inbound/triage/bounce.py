"""Read delivery reports: which mail of ours, which address, for good or for now (RFC 3464)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.inbound.message import header
from mailbot.inbound.message.parse import Inbound, Limits, Unreadable, parse

LONGEST_TEXT = 20_000  # characters of the human part that are searched
MOST_BLOCKS = 50  # recipients of one report
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ -])")
_MESSAGE_ID_LINE = re.compile(r"message-id:[ \t]{0,10}<([^<>\s]{1,998})>", re.IGNORECASE)
_SOFT_ACTIONS = ("delayed", "relayed", "expanded", "delivered")
_ADDRESS_IS_WRONG = ("0", "1", "4")
"""Subjects of a status (RFC 3463): unknown, address, network and routing (Exchange Online says
5.4.1 for no such user). The rest (2 mailbox, 3 system, 5 protocol, 6 content, 7 policy) says
nothing against the address (mailman issue 624)."""
_MAILBOX_DISABLED = "5.2.1"
_UNSAID = "5.0.0"
_BY_ACTION = {"failed": "5.0.0", "delayed": "4.0.0"}


@dataclass(frozen=True, slots=True)
class Report:
    # Message-IDs it names, most reliable first; a report that names none of ours is ignored
    ids: tuple[str, ...]
    status: str  # "5.1.1"
    hard: bool
    against_address: bool  # False: the content was refused (5.7.x), the address is fine
    # every recipient that its fields or the returned mail name, canonical
    named: tuple[str, ...] = ()


Block = dict[str, str]


def read_report(inbound: Inbound) -> Report | None:
    """Read a delivery report.

    None: nothing in it says what failed. Who sent it does not matter, anybody may (margince#3043):
    the ids do.
    """
    blocks = _blocks(inbound)
    failed = _worst(blocks)
    text = (inbound.body.text or "")[:LONGEST_TEXT]
    returned = _returned(inbound)
    ids = _ids(inbound, blocks, text, returned)
    status = _stated_status(failed, text)
    if not (failed or status or ids):
        return None
    action = failed.get("action", "failed")
    status = status or _BY_ACTION.get(action, _UNSAID)
    hard = status.startswith("5") and action not in _SOFT_ACTIONS
    return Report(ids, status, hard, _against_address(status), _named(inbound, failed, returned))


def _stated_status(failed: Block, text: str) -> str:
    """Return the status of the group that failed; the words of the report count where no
    group did."""
    if not failed:
        return _status(text)
    return failed.get("status", "") or _status(failed.get("diagnostic-code", ""))


def _blocks(inbound: Inbound) -> list[Block]:
    """Return the field groups of message/delivery-status.

    Gmail wraps them in a part of their own inside it (oneshot-gtm#30), so groups that are only MIME
    headers are passed over by having none of our fields.
    """
    text = (inbound.report or b"")[:200_000].decode("utf-8", "replace").replace("\r\n", "\n")
    groups = (group for group in text.split("\n\n") if group.strip())
    return [_fields(group) for _, group in zip(range(MOST_BLOCKS), groups, strict=False)]


def _fields(group: str) -> Block:
    try:
        fields = header.read(group.strip("\n").encode("utf-8"), Limits()).fields
    except Unreadable:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _worst(blocks: list[Block]) -> Block:
    """Return the group of the recipient that failed for good, else of the one that waits; {} if
    none is there."""
    named = [each for each in blocks if not _OF_A_RECIPIENT.isdisjoint(each)]
    tidy = [
        each | {"action": _action(each), "status": _status(each.get("status", ""))}
        for each in named
    ]
    return min(tidy, key=lambda each: each["action"] != "failed", default={})


_OF_A_RECIPIENT = frozenset(("action", "status", "final-recipient"))


def _action(block: Block) -> str:
    """Return the action as one lower-case word; a group without one reports a failure."""
    return (block.get("action", "").lower().split() or ["failed"])[0]


def _status(text: str) -> str:
    found = _STATUS.search(text)
    if found:
        return found[0]
    code = _REPLY_CODE.search(text)
    return f"{code[1]}.0.0" if code else ""


def _against_address(status: str) -> bool:
    """Tell whether a status says that the address is wrong.

    A full mailbox, a filter and a policy do not say that the address is wrong.
    """
    level, subject, _ = status.split(".")
    return status == _MAILBOX_DISABLED or (level == "5" and subject in _ADDRESS_IS_WRONG)


def _ids(
    inbound: Inbound, blocks: list[Block], text: str, returned: Inbound | None
) -> tuple[str, ...]:
    """Collect ids: X-Original-Message-ID (Gmail), the returned mail or its headers, then what the
    report itself answers."""
    said = [value for block in blocks for name, value in block.items() if name in _ID_FIELDS]
    own = [inbound.header(name) for name in _ID_FIELDS]
    found = [*header.ids(said), *header.ids(own)]
    if returned:
        found += [each for each in (returned.message_id, *reversed(returned.references)) if each]
    answered = [*inbound.in_reply_to, *reversed(inbound.references)]
    return tuple(dict.fromkeys([*found, *_MESSAGE_ID_LINE.findall(text), *answered]))


_ID_FIELDS = ("x-original-message-id", "original-message-id", "x-ms-exchange-original-message-id")


def _returned(inbound: Inbound) -> Inbound | None:
    """Read the mail that came back, or its headers."""
    try:
        return parse(inbound.reported or b"")
    except Unreadable:
        return None


def _named(inbound: Inbound, failed: Block, returned: Inbound | None) -> tuple[str, ...]:
    """Return what we wrote to first: Original-Recipient before Final-Recipient, which may be where
    it was forwarded. Every mail of ours has one recipient, so its To will do."""
    typed = (
        failed.get(name, "")
        for name in ("original-recipient", "final-recipient", "x-actual-recipient")
    )
    named = [*(each.rpartition(";")[2] for each in typed), inbound.header("x-failed-recipients")]
    sent_to = returned.headers.get("to", ()) if returned else ()
    return header.addresses([*named, *sent_to])
