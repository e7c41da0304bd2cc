"""Our own DKIM check, for a door of our own or a server that states nothing. Needs the extra `dkim`."""

from __future__ import annotations

from collections.abc import Callable

from mailbot.errors import MailbotError, OperatorError
from mailbot.mail.message import Inbound
from mailbot.mail.sender import Proof, Verdict, aligned

Lookup = Callable[..., bytes | None]
"""(name, timeout=seconds) -> the TXT record, or None. Raises Temporary if nobody answers; it is the only way out."""

MOST_SIGNATURES = 5


def check(raw: bytes, inbound: Inbound, lookup: Lookup) -> Proof:
    """Pass or none, never fail. Look once, on arrival, over the octets as they came: selectors are rotated.

    Raises OperatorError where the extra is not installed, and what `lookup` raises on purpose.
    """
    if inbound.author is None:
        return Proof(Verdict.NONE, ("own DKIM check: no usable From",))
    domain = inbound.author.address.rpartition("@")[2]
    why = f"no signature of {domain}"
    for index, value in enumerate(inbound.headers.get("dkim-signature", ())[:MOST_SIGNATURES]):
        tags = _tags(value)
        if not aligned(tags.get("d", ""), domain):
            continue
        why = _unfit(tags) or _verified(raw, index, lookup)
        if not why:
            return Proof(Verdict.PASS, (f"own DKIM check: passes for {tags['d']}",))
    return Proof(Verdict.NONE, (f"own DKIM check: {why}",))


def _tags(value: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in value.split(";")[:50])
    return {name.strip().lower(): text.strip().lower() for name, _, text in pairs}


def _unfit(tags: dict[str, str]) -> str:
    """Why a signature proves nothing even if it verifies; "": it may."""
    if "l" in tags:  # words can be appended to a mail whose length is signed (RFC 6376 section 8.2)
        return "only a part of the body is signed"
    if "from" not in (name.strip() for name in tags.get("h", "").split(":")):
        return "From is not signed"
    return ""


def _verified(raw: bytes, index: int, lookup: Lookup) -> str:
    """Why it does not verify; "": it does."""
    try:
        import dkim  # noqa: PLC0415 - an extra; its import costs 0.2 to 1 s
    except ModuleNotFoundError as error:
        raise OperatorError("The own DKIM check needs dkimpy: pip install '.[dkim]' in the source folder.") from error
    try:
        good = dkim.DKIM(raw).verify(idx=index, dnsfunc=lookup)
    except MailbotError:
        raise
    except Exception as error:  # noqa: BLE001 - hostile signatures and keys raise far more than DKIMException (1.1.8)
        return f"cannot be read ({type(error).__name__})"
    return "" if good else "does not verify"
