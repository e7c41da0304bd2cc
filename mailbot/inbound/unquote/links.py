"""Print the address behind a link after its words: "the draft (https://docs.corp.example/x)".

A link is what somebody means by "here" or "this draft", and its address is nowhere in the words.
It is added when the person's line comes out, never before: alignment, attributions and signatures
compare words, and an address between them would make ours look like the person's.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from mailbot.inbound.unquote.rows import INVISIBLE, Link, Row
from mailbot.inbound.unquote.signature import is_name

LONGEST_ADDRESS = 2_000
"""Characters; what is longer carries data of a tracker or a picture."""
_WEB = ("https://", "http://", "ftp://")
_MAIL = "mailto:"
_ADDED = re.compile(rf" \((?:https?|ftp)://\S{{1,{LONGEST_ADDRESS}}}\)")
_USERINFO = re.compile(r"\w{1,5}:[/\\]+[^/\\?#]*@")  # browsers skip slashes in excess
_USERINFO_INSIDE = re.compile(r"://[^/\\?#&]*@")
_DROPPED = {**INVISIBLE, **dict.fromkeys(map(ord, "\t\r\n"), "")}


def leads_somewhere(href: str) -> bool:
    """Tell whether an href is an address that another reader can use.

    Not "#part" of the page, "cid:" of the mail, "data:", "javascript:", nor what Apple Mail puts
    behind dates ("x-apple-data-detectors:", seen 2014-2025).
    """
    return href.lstrip()[:10].lower().startswith((*_WEB, _MAIL))


def with_addresses(text: str, row: Row) -> str:
    """Add the address of each link behind its words; one that stands there twice, once.

    `text`: the row or a piece of it. The same words may stand elsewhere in the row, and what is
    private begins in the middle of one: where the place of a link is not certain, nothing is added.
    """
    ends: dict[str, int] = {}
    for link in row.links:
        end = _end(link, text, row.text)
        if end and (address := _address(link)):
            ends[address] = end
    return _spliced(text, {end: address for address, end in ends.items() if address not in text})


def without_addresses(text: str) -> str:
    """Return the words alone: what a command says does not depend on what was linked with it."""
    return _ADDED.sub("", text) if "://" in text else text


def _end(link: Link, text: str, whole: str) -> int:
    """Return where the words of a link end in a piece of its row; 0: not there, or not surely."""
    start = whole.find(text)
    if start < 0:  # a piece whose blanks were tidied
        once = whole.count(link.words) == text.count(link.words) == 1
        return text.find(link.words) + len(link.words) if once else 0
    end = link.end - start
    certain = 0 < end <= len(text) and whole.find(text, start + 1) < 0
    return end if certain and text.endswith(link.words, 0, end) else 0


def _spliced(text: str, added: dict[int, str]) -> str:
    pieces, at = [], 0
    for end, address in sorted(added.items()):
        pieces += [text[at:end], f" ({address})"]
        at = end
    return "".join((*pieces, text[at:]))


def _address(link: Link) -> str:
    """Return the address as the href states it, or "" where there is nothing to add.

    A mailto: with a subject is a button of our mails.
    """
    href = link.href.translate(_DROPPED).strip().replace(" ", "%20")
    if len(href) > LONGEST_ADDRESS or _says(link.words, href) or _logs_in(href):
        return ""
    if href[: len(_MAIL)].lower() != _MAIL:
        return href
    address = unquote(href[len(_MAIL) :].partition("?")[0])
    button = "?subject=" in href
    return "" if button or _names_person(link.words, address) else address


def _logs_in(href: str) -> bool:
    """Tell whether an address holds a name or a password before its host (RFC 3986 section 3.2.1),
    or leads on to one that does."""
    return bool(_USERINFO.match(href) or _USERINFO_INSIDE.search(unquote(href)))


def _says(words: str, href: str) -> bool:
    """Tell whether the words are the address: as it stands, or inside a rewritten one.

    Outlook's safelinks and other gateways put it into one of their own and leave the words.
    """
    said, meant = _bare(words), _bare(href)
    return said == meant or (_looks_like_address(words) and said in _bare(unquote(href)))


def _looks_like_address(words: str) -> bool:
    return " " not in words and "." in words.strip(".")


def _bare(address: str) -> str:
    """Return an address without what does not lead elsewhere: scheme, last slash, case, escapes."""
    bare = unquote(address.strip(" <>")).casefold()
    for scheme in (*_WEB, _MAIL):
        bare = bare.removeprefix(scheme)
    return bare.rstrip("/.,;")


def _names_person(words: str, address: str) -> bool:
    """Tell whether the words are the name of the person at the address, as mentions put it."""
    if words.startswith("@") or is_name(words):
        return True
    local = address.partition("@")[0].casefold()
    return any(len(word) > 1 and word in local for word in words.casefold().split())
