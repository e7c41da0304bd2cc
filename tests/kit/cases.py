"""The numbered acceptance cases: what a mail system that people trust has to survive.

A test that proves one carries its number, in one of two ways:

    @case(21)                                            # beside a test
    pytest.param(..., id="case 21 forged result below")  # as a row of a table; "cases 21, 22 ..." names several

`make cases` prints who proves what; tests/test_cases.py fails for a number that nobody proves and nobody explains.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])

CASES = {
    # finding the meeting
    1: "a plain reply to the token address is applied once",
    2: "token upper-cased, or only in an envelope header",
    3: "one character of the token changed: ignored, no oracle",
    4: "reply to the bare address, In-Reply-To is ours",
    5: "only the synthetic root is left in References",
    6: "only the reference line in the body is left",
    7: "only the subject is left",
    8: "40 references, folded, with commas, two of ours: the newest wins",
    9: "token of one meeting, In-Reply-To of another: the token wins",
    10: "the other person answers a forwarded copy: applied as theirs",
    11: "a third person in Cc answers: not applied, hears nothing",
    12: "valid token from an unknown address: held until the address on file says yes",
    13: "the yes comes from the unknown address: still held",
    14: "both reply to all with the same words: items once",
    15: "reply to a meeting closed long ago: late, no new mail to the other",
    16: "old mail reused with a new subject: that meeting, and the receipt says which",
    17: "second and tenth reply with one token",
    18: "a mailbox that strips the plus address",
    19: "local part within 64 octets, lower case, one plus",
    20: "meeting gone, its mails read again: nothing is re-created",
    # who wrote it
    21: "forged result below the genuine one",
    22: "only a foreign server says pass",
    23: "no server pinned",
    24: "Exchange's header without a server name, with and without its profile",
    25: "semicolons in comments, methods with similar names",
    26: "a valid signature of somebody else's domain",
    27: "dmarc=fail with a valid token",
    28: "first mail of a domain that authenticates nothing",
    29: "a domain that passed before says nothing now",
    30: "mail inside one Exchange tenant",
    31: "two From headers",
    32: "an address as display name",
    33: "several mailboxes, a group, NUL, an encoded word as address",
    34: "Reply-To is never identity",
    35: "Resent-From and Sender are never identity",
    36: "own DKIM check: only a part of the body is signed",
    37: "own DKIM check fails, the server's verdict stands",
    38: "a genuine mail to somebody else, sent on to us",
    39: "one signed command delivered twice",
    40: "From rewritten by a mailing list",
    41: "control commands need a pass, or a confirmation",
    42: "confirmation reused, expired, for something else, by a machine, or refused",
    43: "our own marks on mail from outside are removed",
    44: "signing key rotated",
    # machines, bounces, loops
    45: "out of office by its header",
    46: "out of office by its subject, in many languages",
    47: "a person's mail with X-Auto-Response-Suppress",
    48: "a person's mail with a null Return-Path",
    49: "a person's subject that begins like an automatic one",
    50: "delivery report: no such user",
    51: "delivery report: delayed",
    52: "delivery report as Gmail nests it",
    53: "Exchange's report without machine-readable part",
    54: "report about a mail we never sent",
    55: "forged report without an id of ours",
    56: "several bounces in a day; refusal of the content",
    57: "read receipt",
    58: "our own mail comes back",
    59: "challenge and response",
    60: "copy through a mailing list",
    61: "a robot that sets no headers",
    62: "two mailbots, and a flood",
    63: "marks on every mail we send",
    # IMAP
    64: "a person read the mail before us",
    65: "killed between storing and moving",
    66: "killed three times by one mail",
    67: "UIDVALIDITY changes",
    68: "a search that returns the last message again",
    69: "two mails with one Message-ID, one mail at two places",
    70: "two mails without Message-ID",
    71: "IDLE that goes mute",
    72: "a server without IDLE, MOVE and UIDPLUS",
    73: "somebody else's deleted mail",
    74: "the session ends in the middle of a fetch",
    75: "the token is revoked",
    76: "a huge mail with two lines in it",
    77: "a mailbox full of old mail",
    78: "one mail in two Gmail folders",
    79: "a reply in the junk folder",
    80: "a second process on the same data",
    81: "certificate invalid, STARTTLS stripped",
    82: "folder names with blanks and letters of any language",
    83: "the audit finds a mail nobody accounted for",
    # SMTP
    84: "silence after the final dot",
    85: "killed between acceptance and commit",
    86: "greylisting",
    87: "no such user, said at once",
    88: "the password is refused",
    89: "too fast, or too much for today",
    90: "a step after sending fails",
    91: "an agenda that would come after its meeting",
    92: "line ends in names and subjects",
    93: "no other envelope sender is permitted",
    94: "five mails of a meeting are one thread",
    95: "names beyond ASCII in addresses",
    96: "a line of 5,000 characters",
    97: "unsubscribing from reminders",
    # words
    98: "answers typed under the questions",
    99: "the same from Outlook's HTML",
    100: "answer on top, quote, signature and phone footer below",
    101: "format=flowed",
    102: "charsets that do not exist or are wrong",
    103: "broken base64 and quoted-printable",
    104: "banners and disclaimers",
    105: "nothing new in the mail",
    106: "reactions",
    107: "winmail.dat",
    108: "S/MIME and PGP",
    109: "a forwarded mail inside",
    110: "answer to an invitation",
    111: "too many parts, levels, parameters, comments",
    112: "headers that break parsers",
    113: "logos, and names with paths",
    # feedback and operation
    114: "lines that could not be understood",
    115: "strangers",
    116: "two recipients at the door; no store behind it",
    117: "smuggled end of data",
    118: "replay from quarantine",
    119: "why a mail was judged as it was",
    120: "no words and no secrets in the log",
}


def case(*numbers: int) -> Callable[[Test], Test]:
    """This test proves these cases."""
    unknown = [number for number in numbers if number not in CASES]
    assert not unknown, f"no such case: {unknown}"

    def marked(test: Test) -> Test:
        return test

    return marked


NOT_COVERED = {
    # a reason counts only as long as no test carries the number
    110: "invitations are recognised and left alone; mailbot does not read answers to them yet",
}
"""What mailbot does not have. Everything else is proved by a test."""

PARTLY = {
    41: "no mail changes an address, ends a series or asks for a record yet: the file does, and the old address is told",
    62: "the mails of a flood are not delayed: each costs a few milliseconds and is kept; what is capped are the answers",
    67: "a series knows its last 500 mails; an older one that comes again is new where mails stay in their folder",
    84: "no folder of sent mail is looked up to spare the one copy: few servers fill one, and its Message-ID is the same",
    95: "SMTPUTF8 is not spoken: an address with other letters before the @ is refused when it is named, with the reason",
}
"""What of a case that tests prove is not there, and why. `make cases` prints it."""
