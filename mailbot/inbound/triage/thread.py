"""Find the mail of ours that a mail answers: by the token in its address, by the ids it names, by
what it quotes.

The table LOOKUPS is the order; the first that finds a token of ours decides. A subject is never
looked at: nothing in it is signed. Whoever knows the sender may guess by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from mailbot.inbound.message.parse import RECIPIENT_HEADERS, Inbound
from mailbot.meeting.model import Role
from mailbot.threads.message_id import token_in
from mailbot.threads.token import ReplyTarget, ReplyTokens

# what is this long behind our plus was a token once; shorter is a tag that somebody made up
BROKEN_CHARACTERS = 20
LONGEST_BODY_READ = 2_000_000  # characters
MOST_REFERENCES_READ = 200  # words of a body that look like a token and are tried
_LOOKS_LIKE_A_TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z2-7]{29}(?![A-Za-z0-9])")


class FoundBy(StrEnum):
    TOKEN = "token"  # noqa: S105 - behind the plus of an address
    REFERENCE = "reference"  # in In-Reply-To or References
    ROOT = "root"  # the same, and it names a thread, no mail
    BODY = "body"
    SUBJECT = "subject"  # a guess of whoever knows the sender


@dataclass(frozen=True, slots=True)
class Found:
    """Which mail of ours a mail goes to, and which it quotes: not the same if somebody wrote to an
    old address of ours.

    Where nothing but the thread is known, the target is its root, which is the same for both
    people: it names nobody.
    """

    target: ReplyTarget
    by: FoundBy
    header: str = ""  # in which it stood, for the journal
    quoted: ReplyTarget | None = None
    replies: bool = False  # In-Reply-To or References name a mail of ours of this series
    reader: Role | None = None  # of the mails of ours that its headers name; None: nobody, or both

    @property
    def by_token(self) -> bool:
        """Whether a token of ours led there, wherever it stood. A subject can be guessed."""
        return self.by is not FoundBy.SUBJECT


Hit = tuple[str, ReplyTarget]
"""A token as it stood there, in lower case, and what it says."""


@dataclass(frozen=True, slots=True)
class _Searched:
    """A mail, and what every lookup may ask of it."""

    inbound: Inbound
    tokens: ReplyTokens
    address: str  # mailbot's own
    named: tuple[Hit, ...]  # the ids it names, In-Reply-To first, then the newest of References

    def first(self, words: Iterable[str]) -> Hit | None:
        return next(_readable(self.tokens, words), None)


def _in_addresses(mail: _Searched) -> Hit | None:
    return mail.first(_address_tokens(mail.inbound.recipients, mail.address))


def _in_ids_of_mails(mail: _Searched) -> Hit | None:
    """An id of a mail that was sent, which a root is not."""
    return next((hit for hit in mail.named if hit[1].serial), None)


def _in_ids(mail: _Searched) -> Hit | None:
    return next(iter(mail.named), None)


def _in_body(mail: _Searched) -> Hit | None:
    return mail.first(_body_tokens(mail.inbound))


LOOKUPS: tuple[tuple[FoundBy, Callable[[_Searched], Hit | None]], ...] = (
    (FoundBy.TOKEN, _in_addresses),
    (FoundBy.REFERENCE, _in_ids_of_mails),
    (FoundBy.REFERENCE, _in_ids),
    (FoundBy.BODY, _in_body),
)


def find(inbound: Inbound, tokens: ReplyTokens, address: str) -> Found | None:
    """Find what this mail answers. `address` is mailbot's own, to which "+token" is added."""
    ids = dict.fromkeys([*inbound.in_reply_to, *reversed(inbound.references)])
    mail = _Searched(inbound, tokens, address, tuple(_readable(tokens, map(token_in, ids))))
    for by, lookup in LOOKUPS:
        hit = lookup(mail)
        if hit is not None:
            return _found(mail, by, *hit)
    return None


def _found(mail: _Searched, by: FoundBy, word: str, target: ReplyTarget) -> Found:
    if by is FoundBy.BODY:
        return Found(target, by, "the body", target)
    quote = _in_ids_of_mails(mail) or _in_body(mail)
    ours = [each for _, each in mail.named if each.series == target.series]
    readers = {each.role for each in (target, *ours) if each.serial}
    found = Found(
        target,
        by,
        _header_of(mail.inbound, word),
        quote[1] if quote else target,
        replies=bool(ours),
        reader=readers.pop() if len(readers) == 1 else None,
    )
    return found if target.serial else _of_thread(found)


def _of_thread(found: Found) -> Found:
    """The root alone; what is quoted tells which mail of this very thread was answered."""
    target, quoted = found.target, found.quoted or found.target
    same_thread = (quoted.series, quoted.meeting) == (target.series, target.meeting)
    return replace(found, by=FoundBy.ROOT, target=quoted if same_thread else target, reader=None)


def _header_of(inbound: Inbound, word: str) -> str:
    """Where the token stands, for the journal."""
    names = (*RECIPIENT_HEADERS, "received", "in-reply-to", "references")
    found = (
        name
        for name in names
        if any(word in value.lower() for value in inbound.headers.get(name, ()))
    )
    return "-".join(part.capitalize() for part in next(found, "a folded header").split("-"))


def broken_token(inbound: Inbound, address: str) -> bool:
    """Tell whether it was written to our address with something behind the plus that is as long as
    a token.

    For mails in which no token could be read: it was changed on the way, or guessed.
    """
    own = address.rpartition("@")[0].lower() + "+"
    local_parts = (each.rpartition("@")[0] for each in inbound.recipients)
    tags = (each.removeprefix(own) for each in local_parts if each.startswith(own))
    return any(len(tag) >= BROKEN_CHARACTERS for tag in tags)


def signed_by_us(inbound: Inbound, tokens: ReplyTokens) -> bool:
    """Tell whether the Message-ID carries a token of ours: our own mail came back."""
    return tokens.read(token_in(inbound.message_id)) is not None


def _address_tokens(recipients: Iterable[str], address: str) -> Iterator[str]:
    """What stands behind the plus. Other local parts and domains count too: mail is forwarded,
    domains have aliases, and the signature says whether it is ours."""
    own = address.rpartition("@")[0].lower() + "+"
    tagged = [local for local in (each.rpartition("@")[0] for each in recipients) if "+" in local]
    for local in sorted(tagged, key=lambda each: not each.startswith(own)):
        yield local.rpartition("+")[2]


def _body_tokens(inbound: Inbound) -> Iterator[str]:
    """Words that look like a token: the line "ref TOKEN", or our address in a quoted header
    block. Topmost first."""
    for body in (inbound.body.text, inbound.body.html):
        found = _LOOKS_LIKE_A_TOKEN.finditer((body or "")[:LONGEST_BODY_READ])
        yield from (match.group() for match in islice(found, MOST_REFERENCES_READ))


def _readable(tokens: ReplyTokens, words: Iterable[str]) -> Iterator[Hit]:
    return ((word.lower(), target) for word in words if (target := tokens.read(word)))
