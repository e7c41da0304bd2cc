"""Read who a From header names. Anything odd about it is no identity.

`From: boss@corp.example <x@evil.example>` is the boss to some versions of the standard library
and nobody to others (CPython issue 102988, run on 3.10 to 3.13), so the header is read here,
strictly. mail-parser, which shares no code with it, reads it again (second_reading.py), and
parse.py compares the two. Which one wins: the stricter, always. What is read here is the author,
unless mail-parser names another address, or several: then the mail has no author ("odd") and
nothing in it is done in anybody's name. Where mail-parser says nothing, because it raised, this
reading stands; where this reader finds nobody, nothing mail-parser says makes somebody the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mailbot.inbound.message import header

LONGEST = 2_000  # characters of one From
_ATEXT = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_WORD = re.compile(r"[^\s\"(),:;<>@\[\]\\]{1,2000}")


@dataclass(frozen=True, slots=True)
class Address:
    """One address as a header states it. `address` is canonical: lower case; the name is never
    identity."""

    name: str
    address: str


class AuthorDefect(StrEnum):
    """Why From names nobody. Falsy where it names somebody."""

    NO_DEFECT = ""
    NONE = "none"  # there is no From, or an empty one
    SEVERAL = "several"
    GROUP = "group"  # RFC 5322 section 3.4
    ODD = "odd"  # readers do not agree on what it says


class _Defective(Exception):
    def __init__(self, defect: AuthorDefect) -> None:
        super().__init__(defect)
        self.defect = defect


def author(values: tuple[str, ...]) -> tuple[Address | None, AuthorDefect]:
    """Return the mailbox of From, or None and what is wrong with it."""
    if not any(values):
        return None, AuthorDefect.NONE
    if len(values) > 1:
        return None, AuthorDefect.SEVERAL
    try:
        return _mailbox(values[0]), AuthorDefect.NO_DEFECT
    except _Defective as error:
        return None, error.defect


def _mailbox(value: str) -> Address:
    if len(value) > LONGEST or any(map(_is_control, value)):
        raise _Defective(AuthorDefect.ODD)
    tokens = list(_tokens(value))
    specials = {text for kind, text in tokens if kind == "special"}
    if specials & {":", ";"}:
        raise _Defective(AuthorDefect.GROUP)
    if "," in specials:
        raise _Defective(AuthorDefect.SEVERAL)
    if "<" not in specials:
        return Address("", _address("".join(_contiguous(tokens))))
    opens = tokens.index(("special", "<"))
    address = _address("".join(_contiguous(_bracketed(tokens[opens + 1 :]))))
    return Address(_name(tokens[:opens], address), address)


def _is_control(letter: str) -> bool:
    return (letter < " " and letter != "\t") or letter == "\x7f"


def _bracketed(rest: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what stands before the closing bracket, behind which there may be blanks alone."""
    while rest and rest[-1][0] == "blank":
        rest = rest[:-1]
    if not rest or rest[-1] != ("special", ">"):
        raise _Defective(AuthorDefect.ODD)
    return rest[:-1]


def _tokens(value: str) -> Iterator[tuple[str, str]]:
    """Yield words, quoted strings, specials and blanks; a comment is a blank."""
    position = 0
    while position < len(value):
        letter = value[position]
        if letter == '"':
            end, text = _quoted(value, position)
            yield "quoted", text
        elif letter == "(":
            end = _comment(value, position)
            yield "blank", " "
        elif letter.isspace():
            end = position + 1
            yield "blank", " "
        else:
            word = _WORD.match(value, position)
            end = word.end() if word else position + 1
            yield ("word" if word else "special"), value[position:end]
        position = end


def _quoted(value: str, start: int) -> tuple[int, str]:
    letters, position = [], start + 1
    while position < len(value) and value[position] != '"':
        position += value[position] == "\\"
        letters.append(value[position : position + 1])
        position += 1
    if position >= len(value):
        raise _Defective(AuthorDefect.ODD)
    return position + 1, "".join(letters)


def _comment(value: str, start: int) -> int:
    depth, position = 0, start
    while position < len(value):
        letter = value[position]
        if letter == "\\":
            position += 1
        depth += (letter == "(") - (letter == ")")
        position += 1
        if not depth:
            return position
    raise _Defective(AuthorDefect.ODD)


def _contiguous(tokens: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the words of an address.

    Blanks around it are nothing; inside it they are odd, and so are quotes.
    """
    inner = list(tokens)
    while inner and inner[0][0] == "blank":
        inner.pop(0)
    while inner and inner[-1][0] == "blank":
        inner.pop()
    for kind, text in inner:
        if kind in ("blank", "quoted"):
            raise _Defective(AuthorDefect.ODD)
        yield text


def _address(text: str) -> str:
    """Read one dot-atom, one @, one host name; ASCII. An encoded word or an address literal
    is odd."""
    local, _, domain = text.partition("@")
    if not (_is_dot_atom(local) and _is_host(domain)):
        raise _Defective(AuthorDefect.ODD)
    return text.lower()


def _is_dot_atom(local: str) -> bool:
    short = len(local) <= 64 and "=?" not in local
    return short and all(map(_ATEXT.fullmatch, local.split(".")))


def _is_host(domain: str) -> bool:
    return len(domain) <= 253 and all(map(_LABEL.fullmatch, domain.split(".")))


def _name(phrase: list[tuple[str, str]], address: str) -> str:
    """Return the display name.

    An unquoted @ in it is how an address is faked, unless it is the very address again.
    """
    text = "".join(text for _, text in phrase).strip()
    if any(kind == "special" for kind, _ in phrase) and text.lower() != address:
        raise _Defective(AuthorDefect.ODD)
    return header.words(text)
