"""Holds: what follows a header block or a divider is a quote, as Outlook and others write them in
25 languages, and words that look like labels stay.
"""

import pytest

from mailbot.inbound.message.parse import Body
from mailbot.inbound.unquote.lines import new_lines

OUTLOOK = {
    "en": ("From", "Sent", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De", "Envoyé", "À", "Objet"),
    "es": ("De", "Enviado", "Para", "Asunto"),
    "pt-br": ("De", "Enviado", "Para", "Assunto"),
    "pt": ("De", "Enviada", "Para", "Assunto"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
    "da": ("Fra", "Sendt", "Til", "Emne"),
    "no": ("Fra", "Sendt", "Til", "Emne"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "pl": ("Od", "Wysłane", "Do", "Temat"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět"),
    "hu": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "ro": ("De la", "Trimis", "Către", "Subiect"),
    "el": ("Από", "Εστάλη", "Προς", "Θέμα"),
    "tr": ("Kimden", "Gönderildi", "Kime", "Konu"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "uk": ("Від", "Надіслано", "Кому", "Тема"),
    "vi": ("Từ", "Đã gửi", "Đến", "Chủ đề"),
    "ja": ("差出人", "送信日時", "宛先", "件名"),
    "zh-cn": ("发件人", "发送时间", "收件人", "主题"),
    "zh-tw": ("寄件者", "寄件日期", "收件者", "主旨"),
    "ko": ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    "ar": ("من", "تم الإرسال", "إلى", "الموضوع"),
    "he": ("מאת", "נשלח", "אל", "נושא"),
}

DIVIDERS = {
    "en": "-----Original Message-----",
    "en-forward": "---------- Forwarded message ---------",
    "en-apple": "Begin forwarded message:",
    "de": "-----Ursprüngliche Nachricht-----",
    "de-2": "-------- Original-Nachricht --------",
    "de-3": "-------- Weitergeleitete Nachricht --------",
    "fr": "-----Message d'origine-----",
    "fr-2": "-------- Message transféré --------",
    "es": "-----Mensaje original-----",
    "pt": "-----Mensagem original-----",
    "it": "-----Messaggio originale-----",
    "nl": "-----Oorspronkelijk bericht-----",
    "sv": "-----Ursprungligt meddelande-----",
    "da": "-----Oprindelig meddelelse-----",
    "no": "-----Opprinnelig melding-----",
    "fi": "-----Alkuperäinen viesti-----",
    "pl": "-----Wiadomość oryginalna-----",
    "cs": "-----Původní zpráva-----",
    "hu": "-----Eredeti üzenet-----",
    "ro": "-----Mesaj original-----",
    "el": "-----Αρχικό μήνυμα-----",
    "tr": "-----Özgün İleti-----",
    "ru": "-----Исходное сообщение-----",
    "uk": "-----Оригінальне повідомлення-----",
    "vi": "-----Thư gốc-----",
    "ja": "-----元のメッセージ-----",
    "zh-cn": "-----原始邮件-----",
    "zh-qq": "------------------ 原始邮件 ------------------",
    "zh-tw": "-----原始郵件-----",
    "ko": "-----원본 메시지-----",
    "ar": "-----الرسالة الأصلية-----",
    "he": "-----הודעה מקורית-----",
    "proton": "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐",
    "tickets": "##- Please type your reply above this line -##",
}

BLOCKS = {
    "plain": "{0}: Ana Silva <ana@corp.example>\n{1}: Monday, June 9, 2025 9:00 AM\n{2}: Ben Ito\n{3}: 1:1 Ana / Ben",
    "ruled": "________________________________\n{0}: Ana Silva <ana@corp.example>\n{1}: Monday, June 9, 2025 9:00\n{2}: Ben\n{3}: 1:1",
    "bold": "*{0}:* Ana Silva [mailto:ana@corp.example]\n*{1}:* Monday, June 9, 2025 9:00 AM\n*{2}:* Ben Ito\n*{3}:* 1:1",
    "spaced": "{0} : Ana Silva\n\n{1} : lundi 9 juin 2025 09:00\n\n{2} : Ben Ito\n\n{3} : 1:1 Ana / Ben",
    "without-to": "{0}: Ana Silva\n{1}: 9/6/2025 9:00\n{3}: RE: 1:1 Ana / Ben",
    "wrapped": "{0}: Ana Silva <ana@corp.example>\n{1}: Monday, June 9, 2025 9:00 AM\n{2}: Ben Ito <ben@corp.example>; Cleo\n\tMarsh <cleo@corp.example>\n{3}: 1:1",
    "subject-last": "{3}: 1:1 Ana / Ben\n{1}: Mon, 9 Jun 2025 09:00:12 +0200\n{0}: Ana Silva <ana@corp.example>\n{2}: ben@corp.example",
}

CASES = [
    pytest.param(shape.format(*labels), id=f"{language}-{name}")
    for language, labels in OUTLOOK.items()
    for name, shape in BLOCKS.items()
]


@pytest.mark.parametrize("block", CASES)
def test_what_follows_a_header_block_is_a_quote(block: str) -> None:
    assert (
        new_lines(
            Body(f"My answer.\n\nTwo lines.\n\n{block}\n\nHi Ben,\n\nplease read this.\n")
        ).text
        == "My answer.\n\nTwo lines."
    )


@pytest.mark.parametrize("block", CASES[::7])
def test_a_header_block_in_html(block: str) -> None:
    rows = "".join(
        f"<b>{row.split(':')[0]}:</b>{row.partition(':')[2]}<br>"
        for row in block.split("\n")
        if ":" in row
    )
    html = f'<div>My answer.</div><hr><div dir="ltr"><font face="Calibri" color="#000000">{rows}</font></div><div>Hi Ben,</div>'
    assert new_lines(Body(html=html)).text == "My answer."


@pytest.mark.parametrize("line", [pytest.param(line, id=name) for name, line in DIVIDERS.items()])
def test_what_follows_a_divider_is_a_quote(line: str) -> None:
    assert (
        new_lines(Body(f"My answer.\n\n{line}\n\nHi Ben,\nplease read this.\n")).text
        == "My answer."
    )


@pytest.mark.parametrize("labels", OUTLOOK.values(), ids=OUTLOOK)
def test_a_marked_header_block_takes_only_marked_rows(labels: str) -> None:
    block = BLOCKS["plain"].format(*labels)
    quote = "\n".join("> " + row for row in (block + "\n\nHi Ben,").split("\n"))
    assert new_lines(Body(f"{quote}\n\nMy answer below.\n")).text == "My answer below."


FALSE_FRIENDS = (
    "To: do list for this week\n- call Lena\n- send the deck",
    "Subject: I would like to talk about my role.",
    "From: Porto\nTo: Lisbon\nSubject: moving\nI would like to move.",
    "From: next month on\nDate: 1 May 2026, 09:00\nI lead the team.",
    "Reply above this line, they say. I never know where.",
    "From: Monday on I am in Porto.\nTill Friday you reach me by phone.",
    "The date: 12 June. The place: room 4.",
    "A: we wait\nB: we ship",
    "Re: your question, yes.",
    "Date: 12 June\nI am away then.",
    "This is not a ---------- divider.",
    "Original message was lost, sorry.",
    "Forwarded by mistake, please ignore the attachment.",
)


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_words_that_look_like_labels_stay(text: str) -> None:
    assert new_lines(Body(text + "\n")).text == text
