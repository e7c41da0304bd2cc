"""The RFCs that the code names, and docs/rfc.md made of them."""

from __future__ import annotations

import re
from collections import defaultdict

from tests.kit.tree import MODULES, TOP

PAGE = TOP / "docs" / "rfc.md"
TITLES = {
    "1035": "Domain names: implementation and specification",
    "1556": "Handling of bi-directional texts in MIME",
    "2033": "Local Mail Transfer Protocol",
    "2034": "SMTP extension for returning enhanced error codes",
    "2045": "MIME part one: format of message bodies",
    "2046": "MIME part two: media types",
    "2047": "MIME part three: header extensions for non-ASCII text",
    "2104": "HMAC: keyed hashing for message authentication",
    "2177": "IMAP: IDLE",
    "2183": "The Content-Disposition header field",
    "2231": "MIME parameter values and encoded words",
    "2369": "List headers, List-Unsubscribe among them",
    "3339": "Date and time on the Internet",
    "3461": "SMTP extension for delivery status notifications",
    "3463": "Enhanced mail system status codes",
    "3464": "Delivery status notifications",
    "3676": "Text/plain: format=flowed and delsp",
    "3834": "Automatic responses to electronic mail",
    "3848": "Names of protocols in Received: ESMTP and LMTP, with TLS and login",
    "3986": "Addresses of pages (URI): generic syntax",
    "4155": "The application/mbox media type",
    "4315": "IMAP: UIDPLUS",
    "4616": "SASL: PLAIN",
    "4954": "SMTP extension for authentication",
    "5321": "Simple Mail Transfer Protocol",
    "5322": "Internet message format",
    "5436": "Sieve notifications by mail",
    "5530": "IMAP response codes",
    "5545": "iCalendar",
    "5546": "iTIP: scheduling with iCalendar",
    "5652": "Cryptographic Message Syntax",
    "5890": "Internationalized domain names: definitions",
    "5891": "Internationalized domain names: protocol",
    "5965": "Abuse Reporting Format",
    "6154": "IMAP: special-use mailboxes",
    "6376": "DomainKeys Identified Mail signatures",
    "6531": "SMTP extension for internationalized email",
    "6749": "OAuth 2.0",
    "6762": "Multicast DNS, the domain local",
    "7162": "IMAP: CONDSTORE and QRESYNC",
    "7489": "DMARC",
    "8058": "One-click List-Unsubscribe",
    "8098": "Message disposition notifications",
    "8301": "Cryptographic algorithms of DKIM",
    "8314": "Clear text considered obsolete: TLS for mail",
    "8551": "S/MIME 4.0",
    "8601": "Authentication-Results",
    "8617": "Authenticated Received Chain",
    "8628": "OAuth 2.0 device grant",
    "9051": "IMAP4rev2",
    "9078": "Reactions to messages",
    "9580": "OpenPGP",
}
_NAMED = re.compile(r"RFC (\d{3,5})((?:, \d{4,5})*)(?:,? (?:section )?(\d+(?:\.\d+)*))?")


def references() -> dict[str, dict[str, set[str]]]:
    """Find where each RFC is named: number -> module -> sections."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for path in MODULES:
        where = str(path.relative_to(TOP))
        text = re.sub(r"\n\s*(?:# )?", " ", path.read_text("utf8"))
        for number, more, section in _NAMED.findall(text):
            found[number][where].update([section] if section else [])
            for other in re.findall(r"\d+", more):
                found[other][where].update()
    return found


def page() -> str:
    """Make the page: one RFC a heading, below it the modules that obey it and the sections."""
    lines = [
        "# RFCs, and where they are obeyed",
        "",
        "Made from the references in the code by `tests/test_docs.py`; the sentence that obeys an RFC",
        "stands beside the line that does. Sections are those the module names.",
        "",
        "| RFC | what it is | where |",
        "|---|---|---|",
    ]
    for number, places in sorted(references().items(), key=lambda item: int(item[0])):
        shown = ", ".join(_place(where, sections) for where, sections in sorted(places.items()))
        lines.append(f"| {number} | {TITLES[number]} | {shown} |")
    return "\n".join(lines) + "\n"


def _place(where: str, sections: set[str]) -> str:
    if not sections:
        return f"`{where}`"
    return f"`{where}` ({', '.join(sorted(sections, key=lambda s: [*map(int, s.split('.'))]))})"
