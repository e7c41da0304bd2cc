"""How a mail address is spelt out: lower case, ASCII, its domain in A-labels. Two spellings of one address are equal.

UTS 46, non-transitional, which is IDNA 2008 for what can be registered: straße.example is not strasse.example, as it is
to the codec "idna" of 2003. Letters, marks and figures alone; the rules on their order in one label (RFC 5893, RFC 5892
A) are the registry's: a name against them is nobody's, and its mail comes back. Every code point in the middle of a
label was compared with package idna 3.20: the same, or refused, but for six ways to write an archaic sigma; so there is
no dependency for the few who need this.
"""

from __future__ import annotations

import unicodedata

LOCAL_OCTETS = 64  # RFC 5321 4.5.3.1.1
DOMAIN_OCTETS = 253  # with the dots (RFC 1035 2.3.4, less the length octet and the root)
LABEL_OCTETS = 63

_LETTERS = {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}  # what IDNA 2008 is made of (RFC 5892 2.1)
_ASCII = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-_")
_BESIDE = frozenset("-\u00b7\u0375\u05f3\u05f4\u30fb\u200c\u200d")  # allowed beside certain letters (RFC 5892 A)
_UNSEEN = frozenset(  # letters and marks that show nothing; UTS 46 would drop them, we refuse them
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
)
_TAGS = "\U000e0000"  # and all from here on
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff0e\uff61", "."))  # ideographic and wide ones (RFC 3490 3.1)


def spelt(address: str) -> str:
    """The one spelling of this address. Raises ValueError with the rest of a sentence that begins with its name."""
    local, _, domain = address.strip().rpartition("@")
    if not local.isascii():
        raise ValueError(
            "has letters before the @ that only mail with SMTPUTF8 can carry, which mailbot does not speak;"
            " use another address of this person"
        )
    if len(local) > LOCAL_OCTETS:
        raise ValueError(f"has more than {LOCAL_OCTETS} characters before the @; no mail server takes that")
    return f"{local.lower()}@{spelt_domain(domain)}"


def spelt_domain(domain: str) -> str:
    """The one spelling of this domain. Raises ValueError."""
    if domain.isascii():
        labels = domain.lower().split(".")
    else:
        labels = [_a_label(label) for label in _mapped(domain[: DOMAIN_OCTETS + 1]).split(".")]
    name = ".".join(labels)
    if len(name) > DOMAIN_OCTETS or any(len(label) > LABEL_OCTETS for label in labels):
        raise ValueError(
            f"has a domain that is too long: {LABEL_OCTETS} letters between two dots, {DOMAIN_OCTETS} in all"
        )
    if any(not label or label[0] == "-" or label[-1] == "-" or set(label) - _ASCII for label in labels):
        raise ValueError("has a domain that cannot exist; is it spelt right?")
    return name


def _mapped(domain: str) -> str:
    """Small and composed. Letter by letter: lower() of a whole word makes a final sigma of the last one."""
    folded = "".join(letter.lower() for letter in unicodedata.normalize("NFKC", domain.translate(_DOTS)))
    return unicodedata.normalize("NFKC", folded)


def _a_label(label: str) -> str:
    if label.isascii():
        return label
    if not all(_may_stand(letter) for letter in label):
        raise ValueError("has a domain with signs that no domain has; is it spelt right?")
    return "xn--" + label.encode("punycode").decode("ascii")


def _may_stand(letter: str) -> bool:
    """Letters that are their own small form, marks that are seen, figures; ß and ς are letters of their own."""
    if letter in _BESIDE:
        return True
    seen = unicodedata.category(letter) in _LETTERS and letter not in _UNSEEN and letter < _TAGS
    return seen and unicodedata.normalize("NFC", letter.casefold()) in (letter, "ss", "\u03c3")
