"""Delivery reports -> which mail of ours, which address, for good or for now (RFC 3464)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailbot.mail import header
from mailbot.mail.message import Inbound, Limits, Unreadable, parse

LONGEST_TEXT = 20_000  # characters of the human part that are searched
MOST_BLOCKS = 50  # recipients of one report
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ -])")
_ADDRESS_AT_FAULT = re.compile(r"(?:<|\b)([^\s<>:;,\"']{1,64}@[A-Za-z0-9.-]{1,253}[A-Za-z0-9])")
_MESSAGE_ID_LINE = re.compile(r"message-id:[ \t]{0,10}<([^<>\s]{1,998})>", re.IGNORECASE)
_SOFT_ACTIONS = ("delayed", "relayed", "expanded", "delivered")
_ADDRESS_IS_WRONG = ("1", "2")  # X.1 address, X.2 mailbox (RFC 3463 sections 3.2 and 3.3)
_CONTENT_OR_POLICY = ("6", "7")  # X.6 content, X.7 security and policy: the address is fine (mailman issue 624)


@dataclass(frozen=True, slots=True)
class Report:
    ids: tuple[str, ...]  # Message-IDs it names, most reliable first; a report that names none of ours is ignored
    recipient: str  # canonical; "" if it names none
    status: str  # "5.1.1"
    hard: bool
    against_address: bool  # False: the content was refused (5.7.x), the address is fine


Block = dict[str, str]


def read_report(inbound: Inbound) -> Report | None:
    """None: nothing in it says what failed. Who sent it does not matter, anybody may (margince#3043): the ids do."""
    blocks = _blocks(inbound)
    failed = _worst(blocks)
    text = (inbound.body.text or "")[:LONGEST_TEXT]
    ids = _ids(inbound, blocks, text)
    status = failed.get("status", "") or _status(failed.get("diagnostic-code", "")) or ("" if failed else _status(text))
    if not failed and not status and not ids:
        return None
    status = status or _by_action(failed.get("action", "")) or "5.0.0"
    hard = status.startswith("5") and failed.get("action", "failed") not in _SOFT_ACTIONS
    return Report(ids, _recipient(inbound, failed, text), status, hard, _against_address(status))


def _blocks(inbound: Inbound) -> list[Block]:
    """The field groups of message/delivery-status. Gmail wraps them in a part of their own inside it
    (oneshot-gtm#30), so groups that are only MIME headers are passed over by having none of our fields."""
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
    """The group of the recipient that failed for good, else of the one that waits; {} if none is there."""
    named = [each for each in blocks if "action" in each or "status" in each or "final-recipient" in each]
    tidy = [each | {"action": _action(each), "status": _status(each.get("status", ""))} for each in named]
    return min(tidy, key=lambda each: each["action"] != "failed", default={})


def _action(block: Block) -> str:
    """One lower-case word; a group without one reports a failure."""
    return (block.get("action", "").lower().split() or ["failed"])[0]


def _status(text: str) -> str:
    found = _STATUS.search(text)
    if found:
        return found[0]
    code = _REPLY_CODE.search(text)
    return f"{code[1]}.0.0" if code else ""


def _by_action(action: str) -> str:
    return {"failed": "5.0.0", "delayed": "4.0.0"}.get(action, "")


def _against_address(status: str) -> bool:
    """Policy and content refusals, full mailboxes for now and network trouble do not say that the address is wrong."""
    subject = status.split(".")[1] if status.count(".") == 2 else "0"
    return status.startswith("5") and subject not in _CONTENT_OR_POLICY


def _ids(inbound: Inbound, blocks: list[Block], text: str) -> tuple[str, ...]:
    """X-Original-Message-ID (Gmail), the returned mail or its headers, then what the report itself answers."""
    said = [value for block in blocks for name, value in block.items() if name in _ID_FIELDS]
    own = [inbound.header(name) for name in _ID_FIELDS]
    found = [*header.ids(said), *header.ids(own), *_returned_ids(inbound), *_MESSAGE_ID_LINE.findall(text)]
    return tuple(dict.fromkeys([*found, *inbound.in_reply_to, *reversed(inbound.references)]))


_ID_FIELDS = ("x-original-message-id", "original-message-id", "x-ms-exchange-original-message-id")


def _returned_ids(inbound: Inbound) -> Iterator[str]:
    if inbound.reported is None:
        return
    try:
        returned = parse(inbound.reported)
    except Unreadable:
        yield from _MESSAGE_ID_LINE.findall(inbound.reported[:LONGEST_TEXT].decode("latin-1"))
        return
    yield from (each for each in (returned.message_id, *reversed(returned.references)) if each)


def _recipient(inbound: Inbound, failed: Block, text: str) -> str:
    """What we wrote to first: Original-Recipient before Final-Recipient, which may be where it was forwarded."""
    named = [failed.get(name, "") for name in ("original-recipient", "final-recipient", "x-actual-recipient")]
    named.append(inbound.header("x-failed-recipients"))
    found = next(_addresses(named), "")
    return found or next(_addresses([text]), "")


def _addresses(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (match.lower() for match in _ADDRESS_AT_FAULT.findall(value.rpartition(";")[2]))
