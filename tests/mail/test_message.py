"""Reading mails: authors, bodies, charsets, wrappings, limits."""

import base64
from datetime import UTC, datetime

import pytest

from mailbot.mail.message import Limits, Unreadable, parse
from tests.cases import case
from tests.mail.post import ANA, letter, mail, raw

# Who wrote it


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("ana@corp.example", ""),
        ("<ana@corp.example>", ""),
        ("Ana Silva <ana@corp.example>", "Ana Silva"),
        ("Ana S. Silva <ANA@Corp.Example>", "Ana S. Silva"),
        ('"Silva, Ana" <ana@corp.example>', "Silva, Ana"),
        ('"Ana \\"the boss\\" Silva" <ana@corp.example>', 'Ana "the boss" Silva'),
        ("ana@corp.example (Ana Silva)", ""),
        ("Ana (at work; mostly) <ana@corp.example> (yes)", "Ana"),
        ("=?utf-8?q?Ana_S=C3=ADlva?= <ana@corp.example>", "Ana Sílva"),
        ("=?utf-8?b?QW5hIFPDrWx2YQ==?= <ana@corp.example>", "Ana Sílva"),
        ("Ana Sílva <ana@corp.example>", "Ana Sílva"),
        ("ana@corp.example <ana@corp.example>", "ana@corp.example"),
        ('"ben@corp.example" <ana@corp.example>', "ben@corp.example"),
        ("=?utf-8?q?ben=40corp=2Eexample?= <ana@corp.example>", "ben@corp.example"),
        ("Ana Silva\r\n <ana@corp.example>", "Ana Silva"),
    ],
)
def test_one_plain_mailbox_is_the_author(value: str, name: str) -> None:
    author = mail(From=value).author
    assert author
    assert (author.name, author.address) == (name, ANA)


@pytest.mark.parametrize(
    ("value", "defect"),
    [
        pytest.param("ana@corp.example <x@evil.example>", "odd", id="case 32 address as display name"),
        pytest.param("ana@corp.example, <x@evil.example>", "several", id="case 32 with a comma"),
        pytest.param("<ana@corp.example> <x@evil.example>", "odd", id="case 32 two in brackets"),
        pytest.param("ana@corp.example\u00a0<x@evil.example>", "odd", id="case 32 a blank that is none"),
        pytest.param("ana@corp.example (<x@evil.example>", "odd", id="case 32 open comment"),
        pytest.param('"ana@corp.example <x@evil.example>', "odd", id="case 32 open quote"),
        pytest.param("<ana@corp.example>x@evil.example", "odd", id="case 32 words behind"),
        pytest.param("Ana <ana@corp.example>, Ben <ben@corp.example>", "several", id="case 33 two mailboxes"),
        pytest.param("The team: ana@corp.example;", "group", id="case 33 group"),
        pytest.param("undisclosed-recipients:;", "group", id="case 33 empty group"),
        pytest.param("Ana\x00 <ana@corp.example>", "odd", id="case 33 NUL"),
        pytest.param("<ana@corp.example\x00.evil.example>", "odd", id="case 33 NUL in the address"),
        pytest.param("<=?utf-8?q?ana=40corp=2Eexample?=>", "odd", id="case 33 encoded word as address"),
        pytest.param("<=?utf-8?q?ana?=@corp.example>", "odd", id="case 33 encoded word in the address"),
        pytest.param("<@relay.example:ana@corp.example>", "group", id="source route"),
        pytest.param('"ana"@corp.example', "odd", id="quoted local part"),
        pytest.param("<ana @corp.example>", "odd", id="blank in the address"),
        pytest.param("<ana(x)@corp.example>", "odd", id="comment in the address"),
        pytest.param("ana@[192.0.2.1]", "odd", id="address literal"),
        pytest.param("ana@corp..example", "odd", id="empty label"),
        pytest.param("ana@-corp.example", "odd", id="label that begins with a dash"),
        pytest.param("ana", "odd", id="no domain"),
        pytest.param("<>", "odd", id="nobody"),
        pytest.param("ana@corp.example@evil.example", "odd", id="two signs"),
        pytest.param("аna@corp.example", "odd", id="a Cyrillic letter"),
        pytest.param("", "none", id="empty"),
        pytest.param(None, "none", id="missing"),
        pytest.param("(" * 1500, "odd", id="a comment without end"),
        pytest.param("a" * 3000 + " <ana@corp.example>", "odd", id="a name without end"),
    ],
)
def test_an_odd_from_is_nobody(value: str | None, defect: str) -> None:
    inbound = mail(From=value)
    assert (inbound.author, inbound.author_defect) == (None, defect)


@case(31)
@pytest.mark.parametrize("line", ["From: ana@corp.example", "from: ana@corp.example", "FROM : ana@corp.example"])
def test_two_from_headers_are_nobody(line: str) -> None:
    inbound = mail("Hello\n", line, From="x@evil.example")
    assert (inbound.author, inbound.author_defect) == (None, "several")
    assert "repeated from" in inbound.defects


def test_a_broken_header_block_names_nobody_and_loses_no_word() -> None:
    inbound = parse(b"From: ana@corp.example\r\nThis is no header\r\nTo: b@c.example\r\n\r\nwords\r\n")
    assert (inbound.author, inbound.author_defect) == (None, "odd")
    assert inbound.body.text == "This is no header\nTo: b@c.example\n\nwords\n"


# Headers


def test_headers_are_unfolded_and_found_in_order() -> None:
    inbound = mail("Hello\n", "X-A: one", "X-a: two\r\n\tmore", Subject="=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?= an\r\n alle")
    assert inbound.headers["x-a"] == ("one", "two\tmore")
    assert (inbound.header("x-a"), inbound.header("x-b")) == ("one", "")
    assert inbound.subject == "Grüße an alle"


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["Date: Tue, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: 10 Mar 26 09:00 GMT (a comment)"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: Mon, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Received: from a by b; Tue, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: tomorrow", "Received: by b; Tue, 10 Mar 2026 10:00:00 +0100"], datetime(2026, 3, 10, 9, tzinfo=UTC)),
        (["Date: tomorrow"], None),
        (["Date: Tue, 99 Mar 2026 10:00:00 +0100"], None),
        ([], None),
    ],
)
def test_the_date_is_aware_or_missing(lines: list[str], date: datetime | None) -> None:
    assert mail("Hello\n", *lines, Date=None).date == date


@case(112)
def test_headers_that_break_parsers_are_read() -> None:
    inbound = mail(Message_ID="<[x]@microsoft.example>", To="(c):", Cc="a@b.example,", Content_Type="text/plain; name*")
    assert inbound.message_id == "[x]@microsoft.example"
    assert inbound.recipients == ("a@b.example",)
    assert inbound.author
    assert inbound.body.text == "Hello\n"


@case(69, 70)
def test_the_digest_tells_mails_apart_and_copies_together() -> None:
    one = mail("Hello\n", "Received: by one", "Delivered-To: a@b.example")
    assert one.digest == mail("Hello\n", "Received: by two").digest
    assert one.digest != mail("Goodbye\n").digest, "two mails with one Message-ID"
    assert mail("a\n", Message_ID=None).digest != mail("b\n", Message_ID=None).digest, "two mails without one"


# Bodies


@case(101)
def test_flowed_text_is_joined() -> None:
    text = letter("101_flowed_delsp.eml").body.text
    assert text == (
        "The budget for the second quarter, which nobody has looked at since the offsite.\n"
        "\n"
        "> What would you like to talk about?\n"
        ">> An older question\n"
        "From here on I would like to lead the meeting.\n"
        "\n"
        "-- \n"
        "Ana\n"
    )


@pytest.mark.parametrize(
    ("wire", "delsp", "text"),
    [
        ("a \nb", False, "a b"),
        ("a \nb", True, "ab"),
        ("a  \nb", True, "a b"),
        ("> a \n> b\nc", False, "> a b\nc"),
        ("> a \n>> b", False, "> a\n>> b"),
        (" >no quote", False, " >no quote"),
        ("a \n-- \nb", False, "a\n-- \nb"),
        ("-- \nb", False, "-- \nb"),
        ("a\n\n \nb", False, "a\n\n\nb"),
    ],
)
def test_soft_breaks(wire: str, delsp: bool, text: str) -> None:
    kind = "text/plain; format=Flowed" + ("; delsp=YES" if delsp else "")
    assert mail(wire, Content_Type=kind).body.text == text


@pytest.mark.parametrize(
    ("octets", "label", "text"),
    [
        pytest.param("Grüße".encode(), "uft-8", "Grüße", id="case 102 uft-8"),
        pytest.param("Grüße".encode("cp850"), "cp-850", "Grüße", id="case 102 cp-850"),
        pytest.param("Grüße".encode(), "unknown", "Grüße", id="case 102 unknown"),
        pytest.param("Grüße".encode("cp1252"), "unknown-8bit", "Grüße", id="case 102 unknown, not UTF-8"),
        pytest.param("Grüße".encode("cp1252"), "", "Grüße", id="case 102 none with 8 bits"),
        pytest.param("Grüße".encode(), "us-ascii", "Grüße", id="case 102 UTF-8 labelled us-ascii"),
        pytest.param("Grüße – „so“".encode("cp1252"), "iso-8859-1", "Grüße – „so“", id="case 102 Windows labelled Latin"),
        pytest.param("Grüße".encode(), "utf-8 euao6y69zh2w", "Grüße", id="case 102 words behind the label"),
        pytest.param("שלום".encode("iso-8859-8"), "iso-8859-8-i", "שלום", id="case 102 Hebrew"),
        pytest.param("こんにちは".encode("iso-2022-jp"), "_iso-2022-jp$ESC", "こんにちは", id="case 102 Japanese"),
        pytest.param("㈱髙島".encode("cp932"), "shift_jis", "㈱髙島", id="case 102 Windows Japanese"),
        pytest.param("镕€".encode("gb18030"), "gb2312", "镕€", id="case 102 Chinese beyond its label"),
        pytest.param(b"\x81\x8d\x8f\x90", "utf-8", "\x81\x8d\x8f\x90", id="case 102 nothing but Latin-1"),
        pytest.param(b"a\x00b", "utf-8", "ab", id="NUL is removed"),
        pytest.param("\ufeffa".encode(), "utf-8", "a", id="byte order mark"),
        pytest.param(b"abc", "rot13", "abc", id="a codec that is no charset"),
        pytest.param(b"abc", "\x00", "abc", id="NUL in the label"),
        pytest.param(b"abc", "idna", "abc", id="a codec for names"),
    ],
)
def test_charsets(octets: bytes, label: str, text: str) -> None:
    kind = f'text/plain; charset="{label}"' if label else "text/plain"
    assert mail(octets, Content_Type=kind, Content_Transfer_Encoding="8bit").body.text == text


WORDS = "The budget – and my next role, für später."
FOOTER = "\n-- \nA list's footer"
B64 = base64.b64encode(WORDS.encode()).decode()


@pytest.mark.parametrize(
    ("body", "encoding", "text", "broken"),
    [
        pytest.param(B64, "base64", WORDS, False, id="good base64"),
        pytest.param(B64, " BASE64 ", WORDS, False, id="its name in capitals"),
        pytest.param(B64.rstrip("="), "base64", WORDS, True, id="case 103 padding is missing"),
        pytest.param(f"{B64[:8]}*!\r\n{B64[8:]}", "base64", WORDS, True, id="case 103 stray octets"),
        pytest.param(B64 + "\r\n-- \r\nA list's footer", "base64", WORDS + FOOTER, True, id="case 103 a footer behind it"),
        pytest.param(B64[:60] + "\r\nA list's footer", "base64", WORDS[:-1] + "\nA list's footer", True, id="case 103 no padding"),
        pytest.param(B64[:41], "base64", base64.b64decode(B64[:40]).decode(), True, id="case 103 cut off"),
        pytest.param("=E2=82=AC 5=\r\n0 f=C3=BCr", "quoted-printable", "€ 50 für", False, id="good quoted-printable"),
        pytest.param("a=ZZb = c=", "quoted-printable", "a=ZZb = c", True, id="case 103 signs that are no code"),
        pytest.param("a=3d=3Db", "Quoted-Printable", "a==b", False, id="lower-case codes"),
        pytest.param("begin 644 x\n#86)C\n`\nend\n", "x-uuencode", "abc", False, id="uuencode"),
        pytest.param("plain", "x-unheard-of", "plain", True, id="unknown encoding"),
    ],
)
def test_transfer_encodings(body: str, encoding: str, text: str, broken: bool) -> None:
    inbound = mail(body, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding=encoding)
    assert inbound.body.text == text
    assert bool(inbound.defects) is broken


@case(113)
def test_parts_in_a_row_lose_no_word_and_names_no_path() -> None:
    inbound = letter("107_mixed_alternatives.eml")
    assert inbound.body.text == "The budget & the plan\nSent through a < gateway"
    assert inbound.body.html == (
        '<p>The budget &amp; the plan</p><img src="cid:logo">\n<div>Sent through a &lt; gateway</div>'
    )
    assert inbound.attachments == ("Brücke.pdf", "x.html")


def multipart(*parts: str, kind: str = "mixed", boundary: str = "b") -> bytes:
    inner = "".join(f"\r\n--{boundary}\r\n{part}" for part in parts)
    return raw(f"{inner}\r\n--{boundary}--\r\n", Content_Type=f'multipart/{kind}; boundary="{boundary}"')


TEXT = "Content-Type: text/plain\r\n\r\n"
HTML = "Content-Type: text/html\r\n\r\n"


@pytest.mark.parametrize(
    ("octets", "text", "html"),
    [
        (multipart(TEXT + "one", TEXT + "two"), "one\ntwo", None),
        (multipart(TEXT + "one", HTML + "<p>two"), None, "<div>one</div>\n<p>two"),
        (multipart(TEXT + "", HTML + "<p>two"), None, "<p>two"),
        (multipart(TEXT + "one", HTML + "<p>one", kind="alternative"), "one", "<p>one"),
        (multipart(TEXT + "", HTML + "<p>one", kind="alternative"), "", "<p>one"),
        (multipart(HTML + "<p>one", kind="related"), None, "<p>one"),
        (multipart("\r\nno headers at all"), "no headers at all", None),
        (multipart('Content-Type: text/plain; name="mail.txt"\r\n\r\none'), "one", None),
        (multipart(TEXT + "one", 'Content-Type: text/plain; name="notes.txt"\r\n\r\nnot mine'), "one", None),
        (multipart(TEXT + "one", "Content-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnot mine"), "one", None),
        (multipart("Content-Type: message/rfc822\r\n\r\nFrom: b@c.example\r\n\r\nnot mine", TEXT + "one"), "one", None),
        (multipart("\r\nFrom: b@c.example\r\n\r\nnot mine", kind="digest"), None, None),
        (raw("one", Content_Disposition="attachment"), "one", None),
        (raw("one", Content_Type="rubbish"), "one", None),
        (raw("--b\r\n" + TEXT + "one\r\n", Content_Type="multipart/mixed; boundary=b"), "one\n", None),
        (raw("--x\r\n" + TEXT + "one\r\n--x--", Content_Type="multipart/mixed; boundary=b"), "one", None),
        (raw("one", Content_Type="multipart/mixed"), "one", None),
        (raw("--b\r\n" + TEXT + "--bb\r\none\r\n--b--\r\nepilogue", Content_Type="multipart/mixed; boundary=b"), "--bb\none", None),
        (raw(b"--b\n" + TEXT.encode().replace(b"\r\n", b"\n") + b"one\n--b--\n", Content_Type="multipart/mixed; boundary=b"), "one", None),
    ],
)  # fmt: skip
def test_the_body_that_was_seen(octets: bytes, text: str | None, html: str | None) -> None:
    body = parse(octets).body
    assert (body.text, body.html) == (text, html)


@case(109)
def test_a_forwarded_mail_is_named_and_not_read() -> None:
    inbound = letter("109_forwarded_mail.eml")
    assert inbound.body.text == "Ben wrote this to me, see below.\n"
    assert inbound.body.html is None
    assert inbound.attachments == ("Budget.eml",)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("/etc/passwd", "passwd", id="case 113 absolute"),
        pytest.param("..\\\\..\\\\x.doc", "x.doc", id="case 113 backslashes"),
        pytest.param("a\x07b\x1b.txt", "ab.txt", id="case 113 control characters"),
        pytest.param("x" * 400 + ".pdf", "x" * 255, id="case 113 too long"),
    ],
)
def test_names_of_attachments_are_cleaned(name: str, said: str) -> None:
    part = f'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\nx'
    assert parse(multipart(TEXT + "one", part)).attachments == (said,)


@case(106)
@pytest.mark.parametrize(
    ("name", "emoji"),
    [("106_gmail_reaction.eml", "👍"), ("106_rfc9078_reaction.eml", "🎉"), ("106_outlook_reaction.eml", "👍")],
)
def test_reactions(name: str, emoji: str) -> None:
    assert letter(name).reaction == emoji


@case(106)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Ana Silva hat auf Ihre Nachricht reagiert:\n____\nVon: mailbot\n", "text/plain; charset=utf-8"),
        ("<html><body><div><img alt='like'></div><p>Ana Silva reacted to your message:</p></body></html>", "text/html"),
        ("👍\nAna Silva a réagi à votre message :\n", "text/plain; charset=utf-8"),
    ],
)
def test_reactions_of_outlook_in_other_shapes(body: str, kind: str) -> None:
    assert mail(body, Content_Type=kind).reaction == "👍"


@pytest.mark.parametrize(
    "text",
    [
        "We reacted to your message quickly.\n",
        "Reacted to your message\n",
        "Sorry, I never reacted to your message.\n",
        "Ben reacted to your message\nand so should we\n",
        "I talked to the team.\n" * 20 + "Ana reacted to your message:\n",
    ],
)
def test_words_about_reactions_are_words(text: str) -> None:
    assert mail(text).reaction is None


@case(108)
@pytest.mark.parametrize("name", ["108_smime_opaque.eml", "108_smime_opaque_in_pieces.eml", "108_smime_detached.eml"])
def test_a_signed_mail_is_read(name: str) -> None:
    inbound = letter(name)
    assert (inbound.body.text or "").strip() == "- The budget für Q2\n- My next role"
    assert (inbound.encrypted, inbound.attachments, inbound.defects) == (False, (), ())


@case(108)
@pytest.mark.parametrize(
    "octets",
    [
        multipart("Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1", "Content-Type: application/octet-stream\r\n\r\nx", kind="encrypted"),
        raw("-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n"),
    ],
)
def test_an_encrypted_mail_is_said_to_be_one(octets: bytes) -> None:
    assert parse(octets).encrypted
    assert letter("108_smime_encrypted.eml").encrypted


@case(108)
def test_a_pgp_frame_comes_off() -> None:
    text = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n- - The budget\n\n- -- \nAna\n-----BEGIN PGP SIGNATURE-----\n\nwsE\n-----END PGP SIGNATURE-----\n"
    assert mail(text).body.text == "- The budget\n\n-- \nAna"


@pytest.mark.parametrize("octets", [b"", b"0", b"0" * 100, bytes.fromhex("3080060a2a864886f70d010702a080"), b"\x30\x84\xff\xff\xff\xff\x06\x00"])
def test_rubbish_in_smime_is_a_defect(octets: bytes) -> None:
    inbound = mail(base64.b64encode(octets), Content_Type="application/pkcs7-mime", Content_Transfer_Encoding="base64")
    assert inbound.defects == ("unreadable S/MIME",)
    assert inbound.body.text is None


# Limits


def nested(levels: int) -> bytes:
    octets = b"Content-Type: text/plain\r\n\r\nx"
    for level in range(levels):
        head = f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'
        octets = head.encode() + octets + f"\r\n--b{level}--\r\n".encode()
    return b"From: ana@corp.example\r\n" + octets


@pytest.mark.parametrize(
    ("octets", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"\r\n\r\n  ", "empty", id="blanks"),
        pytest.param(multipart(*[TEXT] * 10_000), "too many parts", id="case 111 10,000 parts"),
        pytest.param(multipart(*[""] * 100_000), "too many parts", id="case 111 100,000 empty parts"),
        pytest.param(nested(1_000), "too many levels", id="case 111 1,000 levels"),
        pytest.param(raw(Content_Type="text/plain" + "; x*0*=a" * 5_000), "header too long", id="case 111 40 KB of parameters"),
        pytest.param(raw(Content_Type="text/plain" + "; x*0*=a" * 4_000), "too many parameters", id="case 111 32 KB of parameters"),
        pytest.param(raw(To="(" * 4_000), "too many comments", id="case 111 4,000 parentheses"),
        pytest.param(raw("x", *["X-A: b"] * 50_000), "header block too big", id="case 111 50,000 headers"),
        pytest.param(raw("x", "X: " + "a" * 40_000), "header too long", id="case 111 one long header"),
        pytest.param(raw("x", "X: a" + "\r\n b" * 20_000), "header too long", id="case 111 a header of many folds"),
        pytest.param(b"a" * 300_000, "empty", id="no header at all"),
    ],
)  # fmt: skip
def test_what_breaks_a_limit_is_set_aside(octets: bytes, reason: str) -> None:
    if octets.startswith(b"aaa"):
        assert parse(octets).body.text == octets.decode()
        return
    with pytest.raises(Unreadable) as refused:
        parse(octets)
    assert refused.value.reason == reason


def test_the_size_is_checked_first() -> None:
    with pytest.raises(Unreadable, match="too big"):
        parse(raw(), Limits(octets=100))


def test_what_is_just_within_the_limits_is_read() -> None:
    assert parse(multipart(*[TEXT + "x"] * 499)).body.text == "\n".join(["x"] * 499)
    assert parse(nested(20)).body.text == "x"
