"""Holds: a token leads to the mail of ours that was answered, wherever mail programs leave it, and
a subject never does.
"""

import string
from dataclasses import replace

import pytest

from mailbot.inbound.triage.thread import broken_token, find, signed_by_us
from mailbot.meeting.model import Purpose, Role
from mailbot.threads.message_id import message_id
from mailbot.threads.token import ReplyTarget, root
from tests.kit.cases import case
from tests.kit.post import PLACE, TO_US, TOKEN, TOKENS, US, letter, mail

ROOT = TOKENS.make(root(PLACE))
OTHER = replace(PLACE, meeting=8)
OTHER_TOKEN = TOKENS.make(OTHER)
BASE32 = string.ascii_lowercase + "234567"


@pytest.mark.parametrize(
    ("headers", "by"),
    [
        pytest.param({"To": TO_US}, "token", id="case 1 to the token address"),
        pytest.param({"To": TO_US.upper()}, "token", id="case 2 upper case"),
        pytest.param({"Delivered_To": TO_US}, "token", id="case 2 Delivered-To"),
        pytest.param({"X_Original_To": TO_US}, "token", id="case 2 X-Original-To"),
        pytest.param({"Envelope_To": f"<{TO_US}>"}, "token", id="case 2 Envelope-To"),
        pytest.param({"X_Forwarded_To": TO_US}, "token", id="case 2 X-Forwarded-To"),
        pytest.param(
            {"Cc": f'"Ben, at work" <ben@corp.example>, mailbot <{TO_US}>'},
            "token",
            id="in Cc, among others",
        ),
        pytest.param(
            {"Received": f"from a by b for <{TO_US}>; Tue, 10 Mar 2026 10:00:00 +0100"},
            "token",
            id="only in Received",
        ),
        pytest.param(
            {"To": f"mailbot+{TOKEN}@old-name.example"}, "token", id="another domain of ours"
        ),
        pytest.param(
            {"In_Reply_To": f"<{TOKEN}@corp.example>"}, "reference", id="case 4 In-Reply-To"
        ),
        pytest.param(
            {"In_Reply_To": f"<{TOKEN.upper()}@CORP.EXAMPLE>"},
            "reference",
            id="case 4 In-Reply-To upper case",
        ),
        pytest.param(
            {"In_Reply_To": f"Your message of Monday <{TOKEN}@corp.example>"},
            "reference",
            id="In-Reply-To with words",
        ),
        pytest.param(
            {"References": f"<{ROOT}@corp.example> <x@relay.example>"},
            "root",
            id="case 5 root alone",
        ),
    ],
)
def test_the_place_is_found(headers: dict[str, str], by: str) -> None:
    found = find(mail(**headers), TOKENS, US)
    assert found
    assert (found.by, found.target) == (by, root(PLACE) if by == "root" else PLACE)
    assert found.header == next(iter(headers)).replace("_", "-")
    assert found.reader == (None if by == "root" else Role.REPORT)


BODIES = [
    pytest.param(f"Budget\n\n> ref {TOKEN}\n", "text/plain", id="case 6 reference line"),
    pytest.param(
        f"<p>Budget</p><div>From: mailbot &lt;mailbot+{TOKEN}@corp.example&gt;</div>",
        "text/html",
        id="case 6 header block",
    ),
    pytest.param(f"Budget\n\nREF {TOKEN.upper()}.\n", "text/plain", id="case 6 upper case"),
]


@pytest.mark.parametrize(("body", "kind"), BODIES)
def test_the_reference_in_the_body_is_the_last_resort(body: str, kind: str) -> None:
    found = find(mail(body, Content_Type=kind), TOKENS, US)
    assert found
    assert (found.by, found.target) == ("body", PLACE)


@case(8)
def test_the_newest_of_our_references_wins() -> None:
    ids = [f"<{number}@other.example>" for number in range(38)]
    ids[5:5] = [f"<{OTHER_TOKEN}@corp.example>"]
    ids[20:20] = [f"<{TOKEN}@corp.example>"]
    ids[25:25] = [f"<{ROOT}@corp.example>"]
    found = find(mail(References=",\r\n\t".join(ids)), TOKENS, US)
    assert len(ids) == 41
    assert found
    assert (found.by, found.target) == ("reference", PLACE)


@case(9)
def test_the_token_wins_over_the_reference() -> None:
    found = find(mail(To=TO_US, In_Reply_To=f"<{OTHER_TOKEN}@corp.example>"), TOKENS, US)
    assert found
    assert (found.by, found.target) == ("token", PLACE)


@case(3)
def test_a_false_token_falls_back_to_the_reference() -> None:
    false = TOKEN[:-2] + ("aa" if TOKEN[-2:] != "aa" else "bb")
    found = find(
        mail(To=f"mailbot+{false}@corp.example", In_Reply_To=f"<{TOKEN}@corp.example>"), TOKENS, US
    )
    assert found
    assert found.by == "reference"


@case(5)
def test_the_quote_says_which_mail_of_the_thread_was_answered() -> None:
    """And nothing of another thread: whoever quotes it did not write to it."""
    found = find(
        mail(f"Budget\n\n> ref {TOKEN}\n", References=f"<{ROOT}@corp.example>"), TOKENS, US
    )
    assert found
    assert (found.by, found.target, found.quoted, found.reader) == ("root", PLACE, PLACE, None)
    found = find(
        mail(f"Budget\n\n> ref {OTHER_TOKEN}\n", References=f"<{ROOT}@corp.example>"), TOKENS, US
    )
    assert found
    assert (found.target, found.quoted) == (root(PLACE), OTHER)


@case(9)
@pytest.mark.parametrize(
    ("body", "reference"), [("Hi", OTHER_TOKEN), (f"Hi\n> ref {OTHER_TOKEN}", ""), ("Hi", "")]
)
def test_what_is_quoted_is_what_the_ids_name_or_the_text(body: str, reference: str) -> None:
    found = find(mail(body, To=TO_US, In_Reply_To=f"<{reference}@corp.example>"), TOKENS, US)
    assert found
    assert (found.target, found.quoted) == (
        PLACE,
        OTHER if OTHER_TOKEN in body + reference else PLACE,
    )


@case(12)
def test_ids_of_mails_to_both_have_no_reader() -> None:
    of_ben = TOKENS.make(replace(PLACE, role=Role.MANAGER))
    found = find(mail(To=TO_US, References=f"<{of_ben}@corp.example>"), TOKENS, US)
    assert found
    assert (found.target, found.reader) == (PLACE, None)
    elsewhere = TOKENS.make(ReplyTarget("abcdefga", 1, Role.MANAGER, Purpose.AGENDA, 2))
    found = find(mail(To=TO_US, References=f"<{elsewhere}@corp.example>"), TOKENS, US)
    assert found
    assert (found.reader, found.replies) == (Role.REPORT, False)


@case(3)
@pytest.mark.parametrize(
    ("to", "broken"),
    [(f"mailbot+{TOKEN[:-1]}x@corp.example", True), (f"mailbot+{TOKEN[:-3]}@corp.example", True), ("mailbot+offers@corp.example", False),
     (f"ana+{TOKEN[:-1]}x@corp.example", False), (US, False)],
)  # fmt: skip
def test_a_broken_token_is_known_for_one(to: str, broken: bool) -> None:
    assert broken_token(mail(To=to), US) is broken


def test_a_subject_alone_routes_nowhere() -> None:
    """Whoever knows the sender may guess by it; nothing in a subject is signed."""
    assert find(mail(), TOKENS, US) is None


@case(109)
def test_tokens_inside_a_forwarded_mail_do_not_route() -> None:
    assert find(letter("109_forwarded_mail.eml"), TOKENS, US) is None


@case(112)
def test_ids_that_break_parsers_are_read() -> None:
    inbound = mail(
        Message_ID="<[x]@microsoft.example>",
        To="(c):",
        Cc="a@b,",
        In_Reply_To=f"<{TOKEN}@corp.example>",
    )
    assert inbound.message_id == "[x]@microsoft.example"
    assert inbound.recipients == ("a@b",)
    found = find(inbound, TOKENS, US)
    assert found
    assert found.by == "reference"


@case(58)
def test_our_own_mail_is_known_by_its_id() -> None:
    assert signed_by_us(mail(Message_ID=f"<{message_id(US, TOKEN)}>"), TOKENS)
    assert not signed_by_us(mail(), TOKENS)


def test_a_body_full_of_false_tokens_is_read_in_bounded_time() -> None:
    word = TOKEN[:-1] + "a "
    assert find(mail(word * 30_000 + TOKEN), TOKENS, US) is None
