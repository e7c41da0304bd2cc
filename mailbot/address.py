"""How a mail address is spelt out: lower case, ASCII, its domain in A-labels. Two spellings of one
address are equal.

By IDNA 2008 and UTS 46, non-transitional: straße.example is not strasse.example, as it is to the
codec "idna" of 2003.
"""

from __future__ import annotations

import ipaddress

LOCAL_OCTETS = 64  # RFC 5321 4.5.3.1.1
DOMAIN_OCTETS = 253  # with the dots (RFC 1035 2.3.4, less the length octet and the root)
LABEL_OCTETS = 63

_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_TOO_LONG = (
    f"has a domain that is too long: {LABEL_OCTETS} letters between two dots, "
    f"{DOMAIN_OCTETS} in all"
)
_NO_DOMAIN = "has a domain that cannot exist; is it spelt right?"


def spelt(address: str) -> str:
    """Spell this address in its one way. Raises ValueError with the rest of a sentence that begins
    with its name."""
    local, _, domain = address.strip().rpartition("@")
    if not local.isascii():
        raise ValueError(
            "has letters before the @ that only mail with SMTPUTF8 can carry, which mailbot "
            "does not speak;"
            " use another address of this person"
        )
    if len(local) > LOCAL_OCTETS:
        raise ValueError(
            f"has more than {LOCAL_OCTETS} characters before the @; no mail server takes that"
        )
    return f"{local.lower()}@{spelt_domain(domain)}"


def spelt_domain(domain: str) -> str:
    """Give the one spelling of this domain. Raises ValueError."""
    name = domain.lower() if domain.isascii() else _in_a_labels(domain[: DOMAIN_OCTETS + 1])
    labels = name.split(".")
    if len(name) > DOMAIN_OCTETS or any(len(label) > LABEL_OCTETS for label in labels):
        raise ValueError(_TOO_LONG)
    if not all(map(_is_label, labels)):
        raise ValueError(_NO_DOMAIN)
    return name


def _is_label(label: str) -> bool:
    """Tell whether it may stand between two dots: letters, digits, and hyphens inside."""
    has_outer_hyphen = label.startswith("-") or label.endswith("-")
    return bool(label) and not has_outer_hyphen and not set(label) - _ASCII


def _in_a_labels(domain: str) -> str:
    import idna  # noqa: PLC0415 - large tables, for the few domains beyond ASCII

    try:
        return ".".join(
            idna.alabel(label).decode() for label in idna.uts46_remap(domain).split(".")
        )
    except idna.IDNAError as error:
        raise ValueError(_TOO_LONG if "too long" in str(error) else _NO_DOMAIN) from error


def is_loopback(host: str) -> bool:
    """Tell whether nothing that is said to this host leaves the machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
