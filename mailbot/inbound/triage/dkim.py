"""Check DKIM signatures ourselves, for a door that faces the world. Needs the extra `dkim`.

What a server with its own verdict does for us has to be done here: a signature proves who wrote
a mail, not that it was sent to us, nor now. So it counts only where it covers the header that
names us, and for 30 days (RFC 6376 section 8.6).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.errors import MailbotError, OperatorError
from mailbot.inbound.message import header
from mailbot.inbound.message.parse import Inbound, parse
from mailbot.inbound.triage.auth import Proof, Verdict, aligned, headers_naming

if TYPE_CHECKING:
    import dkim

Lookup = Callable[..., bytes | None]
"""(name, timeout=seconds) -> the TXT record, or None. Raises Temporary if nobody answers; it is
the only way out."""

MOST_SIGNATURES = 5
MOST_BLANKS = 1_000_000  # dkimpy 1.1.8 keeps a piece of memory for what stands between two
# octets; a key of 4,096 bits has 750. One of 32,768, which anybody may publish, takes a minute
LONGEST_RECORD = 1_200
OLDEST = timedelta(days=30)
CLOCKS_DIFFER = timedelta(days=1)

logging.getLogger("dkimpy").setLevel(logging.CRITICAL)  # it quotes keys and headers


class Unasked(MailbotError):
    """The record `name` is needed, and was not asked for yet. Whoever may wait for the DNS asks,
    and checks again."""

    def __init__(self, name: bytes) -> None:
        super().__init__("A record of the DNS is needed; ask for it, and check again.")
        self.name = name


def known(records: Mapping[bytes, bytes | None]) -> Lookup:
    """Look up what was asked for before, and waits for nobody. Raises Unasked."""

    def lookup(name: bytes, timeout: float = 0) -> bytes | None:  # noqa: ARG001 - dkimpy gives it
        if name not in records:
            raise Unasked(name)
        return records[name]

    return lookup


def check(raw: bytes, lookup: Lookup, *, address: str, now: datetime) -> Proof:
    """Check a signature: pass or none, never fail.

    Look once, on arrival, over the octets as they came: selectors are rotated.

    `address`: mailbot's own. Raises OperatorError where the extra is not installed, and what
    `lookup` raises.
    """
    body = header.split(raw, 0, len(raw)).body
    why = _read(lambda: _why_not(raw[:body], raw[body:], lookup=lookup, address=address, now=now))
    return Proof(
        Verdict.NONE if why else Verdict.PASS,
        (f"own DKIM check: {why or 'passes for the author'}",),
    )


def _why_not(head: bytes, body: bytes, *, lookup: Lookup, address: str, now: datetime) -> str:
    """Say why no signature proves that the author wrote this, to us, lately; "": one does."""
    inbound = parse(head)
    if inbound.author is None or not inbound.header("dkim-signature"):
        return "no usable From, or no signature"
    signatures = _Signatures(_mail(head), inbound, body, lookup)
    domain = inbound.author.address.rpartition("@")[2]
    why = f"no signature of {domain}"
    for index, tags in enumerate(signatures.tags):
        if not aligned(tags.get("d", ""), domain):
            continue
        why = signatures.refuted(index, address=address, now=now)
        if not why:
            return ""
    return why


class _Signatures:
    """The signatures of one mail; its body is made canonical once for each that is checked."""

    def __init__(self, mail: dkim.DKIM, inbound: Inbound, body: bytes, lookup: Lookup) -> None:
        self.mail, self.inbound, self.body, self.lookup = mail, inbound, body, lookup
        values = [value for name, value in mail.headers if name.lower() == b"dkim-signature"]
        self.tags = [_tags(value.decode("latin-1")) for value in values[:MOST_SIGNATURES]]

    def refuted(self, index: int, *, address: str, now: datetime) -> str:
        """Say why this signature proves nothing; "": it does."""
        tags = self.tags[index]
        why = (
            _unfit(tags, self.inbound, address)
            or _read(partial(_stale, tags, self.inbound, now))
            or _blanks(self.body)
        )
        if why:
            return why
        relaxed = tags.get("c", "").endswith("/relaxed")
        self.mail.body = _canonical(self.body, relaxed=relaxed)
        return _read(partial(_verified, self.mail, index, self.lookup))


def _verified(mail: dkim.DKIM, index: int, lookup: Lookup) -> str:
    """Verify one signature; "": it is good.

    A longer key than anybody is asked to read (RFC 8301 section 3.2) is none.
    """

    def short(name: bytes, timeout: float = 0) -> bytes | None:
        record = lookup(name, timeout=timeout)
        return record if record is None or len(record) <= LONGEST_RECORD else None

    return "" if mail.verify(idx=index, dnsfunc=short) else "does not verify"


def _read(step: Callable[[], str]) -> str:
    """Return what a step says; hostile headers, signatures and keys raise far more than
    DKIMException (dkimpy 1.1.8)."""
    try:
        return step()
    except MailbotError:
        raise
    except Exception as error:  # noqa: BLE001 - see above
        return f"cannot be read ({type(error).__name__})"


def _mail(head: bytes) -> dkim.DKIM:
    try:
        import dkim  # noqa: PLC0415 - an extra; its import costs 0.2 to 1 s
    except ModuleNotFoundError as error:
        raise OperatorError(
            "The own DKIM check needs dkimpy: pip install '.[dkim]' in the source folder."
        ) from error
    return dkim.DKIM(head)


def _tags(value: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in value.split(";")[:50])
    return {name.strip().lower(): text.strip().lower() for name, _, text in pairs}


def _unfit(tags: Mapping[str, str], inbound: Inbound, address: str) -> str:
    """Say why a signature proves nothing even if it verifies; "": it may."""
    signed = {name.strip() for name in tags.get("h", "").split(":")}
    if "l" in tags:  # words can be appended to a mail whose length is signed (RFC 6376 section 8.2)
        return "only a part of the body is signed"
    if not signed >= {"from", "date"}:  # by them a mail that comes again is known
        return "From or Date is not signed"
    if not signed.intersection(headers_naming(inbound, address)):
        return "the header that names us is not signed"
    return ""


def _stale(tags: Mapping[str, str], inbound: Inbound, now: datetime) -> str:
    stated = tags.get("t", "")[:12]
    made = datetime.fromtimestamp(int(stated), UTC) if stated else inbound.date
    fresh = made is not None and -CLOCKS_DIFFER <= now - made <= OLDEST
    return "" if fresh else f"not signed within {OLDEST.days} days"


def _blanks(body: bytes) -> str:
    return "too many words" if body.count(b" ") + body.count(b"\t") > MOST_BLANKS else ""


def _canonical(body: bytes, *, relaxed: bool) -> bytes:
    """Return what is hashed (RFC 6376 section 3.4). dkimpy does this too, but in a time that grows
    with the square of a run of blanks; of what is canonical already it changes nothing."""
    text = body.replace(b"\r\n", b"\n")
    if relaxed:
        text = text.replace(b"\t", b" ")
        while b"  " in text:
            text = text.replace(b"  ", b" ")
        text = text.replace(b" \n", b"\n")
    text = text.rstrip(b"\n")
    return (text + b"\n").replace(b"\n", b"\r\n") if text else b""
