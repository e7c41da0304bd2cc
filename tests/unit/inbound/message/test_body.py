"""Holds: the text taken from a mail is what its reader saw, whatever its charset, encoding or
wrapping, and no attachment is read.
"""

import base64

import pytest

from mailbot.inbound.message.parse import parse
from mailbot.inbound.unquote.lines import new_lines
from tests.kit.cases import case
from tests.kit.post import HTML, TEXT, letter, mail, multipart, raw


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
        pytest.param(
            "Grüße".encode("cp1252"), "unknown-8bit", "Grüße", id="case 102 unknown, not UTF-8"
        ),
        pytest.param("Grüße".encode("cp1252"), "", "Grüße", id="case 102 none with 8 bits"),
        pytest.param("Grüße".encode(), "us-ascii", "Grüße", id="case 102 UTF-8 labelled us-ascii"),
        pytest.param(
            "Grüße – „so“".encode("cp1252"),
            "iso-8859-1",
            "Grüße – „so“",
            id="case 102 Windows labelled Latin",
        ),
        pytest.param(
            "Grüße".encode(), "utf-8 euao6y69zh2w", "Grüße", id="case 102 words behind the label"
        ),
        pytest.param("שלום".encode("iso-8859-8"), "iso-8859-8-i", "שלום", id="case 102 Hebrew"),
        pytest.param(
            "こんにちは".encode("iso-2022-jp"),
            "_iso-2022-jp$ESC",
            "こんにちは",
            id="case 102 Japanese",
        ),
        pytest.param(
            "㈱髙島".encode("cp932"), "shift_jis", "㈱髙島", id="case 102 Windows Japanese"
        ),
        pytest.param(
            "镕€".encode("gb18030"), "gb2312", "镕€", id="case 102 Chinese beyond its label"
        ),
        pytest.param(
            b"\x81\x8d\x8f\x90", "utf-8", "\x81\x8d\x8f\x90", id="case 102 nothing but Latin-1"
        ),
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
        pytest.param(
            f"{B64[:8]}*!\r\n{B64[8:]}", "base64", WORDS, True, id="case 103 stray octets"
        ),
        pytest.param(
            B64 + "\r\n-- \r\nA list's footer",
            "base64",
            WORDS + FOOTER,
            True,
            id="case 103 a footer behind it",
        ),
        pytest.param(
            B64[:60] + "\r\nA list's footer",
            "base64",
            WORDS[:-1] + "\nA list's footer",
            True,
            id="case 103 no padding",
        ),
        pytest.param(
            B64[:41], "base64", base64.b64decode(B64[:40]).decode(), True, id="case 103 cut off"
        ),
        pytest.param(
            "=E2=82=AC 5=\r\n0 f=C3=BCr",
            "quoted-printable",
            "€ 50 für",
            False,
            id="good quoted-printable",
        ),
        pytest.param(
            "a=ZZb = c=",
            "quoted-printable",
            "a=ZZb = c",
            True,
            id="case 103 signs that are no code",
        ),
        pytest.param("a=3d=3Db", "Quoted-Printable", "a==b", False, id="lower-case codes"),
        pytest.param("begin 644 x\n#86)C\n`\nend\n", "x-uuencode", "abc", False, id="uuencode"),
        pytest.param("plain", "x-unheard-of", "plain", True, id="unknown encoding"),
    ],
)
def test_transfer_encodings(body: str, encoding: str, text: str, broken: bool) -> None:
    inbound = mail(
        body, Content_Type="text/plain; charset=utf-8", Content_Transfer_Encoding=encoding
    )
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


@pytest.mark.parametrize(
    ("octets", "text", "html"),
    [
        (multipart(TEXT + "one", TEXT + "two"), "one\ntwo", None),
        (multipart(TEXT + "one", HTML + "<p>two"), None, "<div>one</div>\n<p>two"),
        (multipart(TEXT + "", HTML + "<p>two"), None, "<p>two"),
        (multipart(TEXT + "one", HTML + "<p>one", kind="alternative"), "one", "<p>one"),
        (multipart(TEXT + " \r\n", HTML + "<p>one", kind="alternative"), None, "<p>one"),
        (multipart(TEXT + "", kind="alternative"), "", None),
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


@case(102)
def test_the_charset_that_a_page_states_itself() -> None:
    page = (
        "<html><head><meta http-equiv='Content-Type' content='text/html; charset=koi8-r'></head>Да"
    )
    assert mail(page.encode("koi8-r"), Content_Type="text/html").body.html == page


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
    [
        ("106_gmail_reaction.eml", "👍"),
        ("106_rfc9078_reaction.eml", "🎉"),
        ("106_outlook_reaction.eml", "👍"),
    ],
)
def test_reactions(name: str, emoji: str) -> None:
    assert letter(name).reaction == emoji


@case(106)
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            "Ana Silva hat auf Ihre Nachricht reagiert:\n____\nVon: mailbot\n",
            "text/plain; charset=utf-8",
        ),
        (
            "<html><body><div><img alt='like'></div><p>Ana Silva reacted to your message:</p></body></html>",
            "text/html",
        ),
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
@pytest.mark.parametrize(
    "name", ["108_smime_opaque.eml", "108_smime_opaque_in_pieces.eml", "108_smime_detached.eml"]
)
def test_a_signed_mail_is_read(name: str) -> None:
    inbound = letter(name)
    assert (inbound.body.text or "").strip() == "- The budget für Q2\n- My next role"
    assert (inbound.encrypted, inbound.attachments, inbound.defects) == (False, (), ())


@case(108)
@pytest.mark.parametrize(
    "octets",
    [
        multipart(
            "Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
            "Content-Type: application/octet-stream\r\n\r\nx",
            kind="encrypted",
        ),
        raw("-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n"),
    ],
)
def test_an_encrypted_mail_is_said_to_be_one(octets: bytes) -> None:
    assert parse(octets).encrypted
    assert letter("108_smime_encrypted.eml").encrypted


ARMOUR = "-----BEGIN PGP {0}-----\nVersion: GnuPG v2\n\nhQEMA+6x/=\n=aB3d\n-----END PGP {0}-----\n"
MESSAGE, SIGNATURE = ARMOUR.format("MESSAGE"), ARMOUR.format("SIGNATURE")
FRAME = "-----BEGIN PGP SIGNED MESSAGE-----\n"


@case(108)
@pytest.mark.parametrize(
    ("text", "words", "encrypted"),
    [
        (FRAME + "Hash: SHA512\n\n- - The budget\n\n- -- \nAna\n" + SIGNATURE, "- The budget\n\n-- \nAna", False),
        (FRAME + "\nThe budget\n\nNote: a plan\n" + SIGNATURE, "The budget\n\nNote: a plan", False),
        (FRAME.replace("\n", " \n") + "The budget\nNote: a plan\n" + SIGNATURE, "The budget\nNote: a plan", False),
        ("Hi,\n\n" + FRAME + "Hash: SHA512\n\nThe budget\n" + SIGNATURE + "Ana", "Hi,\n\nThe budget\nAna", False),
        (MESSAGE, "", True),
        ("Hi,\n\n" + MESSAGE + "\n- The budget\n", "Hi,\n\n\n- The budget", True),
        (MESSAGE + "One\n" + MESSAGE + "Two", "One\nTwo", True),
        (MESSAGE.partition("-----END")[0] + "The end is missing: read it\n", "The end is missing: read it", True),
        (ARMOUR.format("PUBLIC KEY BLOCK") + "The budget", "The budget", False),
        ("> " + MESSAGE.replace("\n", "\n> ") + "\nThe budget", "> " + MESSAGE.replace("\n", "\n> ") + "\nThe budget", False),
        ("We should use -----BEGIN PGP MESSAGE----- more", "We should use -----BEGIN PGP MESSAGE----- more", False),
    ],
)  # fmt: skip
def test_words_around_pgp_are_read(text: str, words: str, encrypted: bool) -> None:
    inbound = mail(text)
    assert (inbound.body.text, inbound.encrypted) == (words, encrypted)


@case(108)
def test_pgp_in_a_page_goes_and_the_words_around_it_stay() -> None:
    page = (
        f"<div>The budget</div><div>{MESSAGE.replace(chr(10), '</div><div>')}</div><p>The plan</p>"
    )
    inbound = mail(page, Content_Type="text/html")
    assert inbound.encrypted
    assert "hQEMA" not in (inbound.body.html or "")
    assert new_lines(inbound.body).text.split() == ["The", "budget", "The", "plan"]


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"0",
        b"0" * 100,
        bytes.fromhex("3080060a2a864886f70d010702a080"),
        b"\x30\x84\xff\xff\xff\xff\x06\x00",
    ],
)
def test_rubbish_in_smime_is_a_defect(octets: bytes) -> None:
    inbound = mail(
        base64.b64encode(octets),
        Content_Type="application/pkcs7-mime",
        Content_Transfer_Encoding="base64",
    )
    assert inbound.defects == ("unreadable S/MIME",)
    assert inbound.body.text is None
