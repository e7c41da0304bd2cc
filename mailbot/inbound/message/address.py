"""Who a From header names. Anything odd about it is no identity: two readers that share no code
must agree.

`From: boss@corp.example <x@evil.example>` is the boss to some versions of the standard library
and nobody to others (CPython issue 102988, run on 3.10 to 3.13), so the header is read here,
strictly, and again by mail-parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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


class Odd(Exception):
    """`defect` is the word for Inbound.author_defect."""

    def __init__(self, defect: str) -> None:
        super().__init__(defect)
        self.defect = defect


def author(values: tuple[str, ...]) -> tuple[Address | None, str]:
    """The mailbox of From and "", or None and what is wrong: none, several, group, odd."""
    if not any(values):
        return None, "none"
    if len(values) > 1:
        return None, "several"
    try:
        return _mailbox(values[0]), ""
    except Odd as odd:
        return None, odd.defect


def _mailbox(value: str) -> Address:
    if len(value) > LONGEST or any(
        (each < " " and each != "\t") or each == "\x7f" for each in value
    ):
        raise Odd("odd")
    tokens = list(_tokens(value))
    specials = [text for kind, text in tokens if kind == "special"]
    for defect, signs in (("group", ":;"), ("several", ",")):
        if any(each in signs for each in specials):
            raise Odd(defect)
    if "<" not in specials:
        return Address("", _address("".join(_contiguous(tokens))))
    opens = tokens.index(("special", "<"))
    phrase, rest = tokens[:opens], tokens[opens + 1 :]
    while rest and rest[-1][0] == "blank":
        rest.pop()
    if not rest or rest[-1] != ("special", ">"):
        raise Odd("odd")
    address = _address("".join(_contiguous(rest[:-1])))
    return Address(_name(phrase, address), address)


def _tokens(value: str) -> Iterator[tuple[str, str]]:
    """Words, quoted strings, specials and blanks; a comment is a blank."""
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
        raise Odd("odd")
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
    raise Odd("odd")


def _contiguous(tokens: list[tuple[str, str]]) -> Iterator[str]:
    """The words of an address. Blanks around it are nothing; inside it they are odd, and so are
    quotes."""
    inner = list(tokens)
    while inner and inner[0][0] == "blank":
        inner.pop(0)
    while inner and inner[-1][0] == "blank":
        inner.pop()
    for kind, text in inner:
        if kind in ("blank", "quoted"):
            raise Odd("odd")
        yield text


def _address(text: str) -> str:
    """One dot-atom, one @, one host name; ASCII. An encoded word or an address literal is odd."""
    local, at, domain = text.partition("@")
    good_local = (
        len(local) <= 64 and "=?" not in local and all(map(_ATEXT.fullmatch, local.split(".")))
    )
    good_domain = len(domain) <= 253 and all(map(_LABEL.fullmatch, domain.split(".")))
    if not (at and good_local and good_domain):
        raise Odd("odd")
    return text.lower()


def _name(phrase: list[tuple[str, str]], address: str) -> str:
    """The display name. An unquoted @ in it is how an address is faked, unless it is the very
    address again."""
    text = "".join(text for _, text in phrase).strip()
    if any(kind == "special" for kind, _ in phrase) and text.lower() != address:
        raise Odd("odd")
    return header.words(text)
