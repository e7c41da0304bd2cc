"""Holds: an attribution line goes with its quote, in 25 languages and with or without marks, and a
sentence that sounds like one stays.
"""

import pytest

from mailbot.inbound.message.parse import Body
from mailbot.inbound.unquote.lines import new_lines

GMAIL = {
    "en": "On Mon, Jun 9, 2025 at 9:00\u202fAM Ana Silva <ana@corp.example> wrote:",
    "de": "Am Mo., 9. Juni 2025 um 09:00 Uhr schrieb Ana Silva <ana@corp.example>:",
    "fr": "Le lun. 9 juin 2025 à 09:00, Ana Silva <ana@corp.example> a écrit :",
    "es": "El lun, 9 jun 2025 a las 9:00, Ana Silva (<ana@corp.example>) escribió:",
    "pt-br": "Em seg., 9 de jun. de 2025 às 09:00, Ana Silva <ana@corp.example> escreveu:",
    "pt": "Ana Silva <ana@corp.example> escreveu (segunda, 9/06/2025 à(s) 09:00):",
    "it": "Il giorno lun 9 giu 2025 alle ore 09:00 Ana Silva <ana@corp.example> ha scritto:",
    "nl": "Op ma 9 jun 2025 om 09:00 schreef Ana Silva <ana@corp.example>:",
    "sv": "Den mån 9 juni 2025 kl 09:00 skrev Ana Silva <ana@corp.example>:",
    "da": "Den man. 9. jun. 2025 kl. 09.00 skrev Ana Silva <ana@corp.example>:",
    "no": "man. 9. juni 2025 kl. 09:00 skrev Ana Silva <ana@corp.example>:",
    "fi": "ma 9. kesäk. 2025 klo 9.00 Ana Silva (ana@corp.example) kirjoitti:",
    "pl": "pon., 9 cze 2025 o 09:00 Ana Silva <ana@corp.example> napisał(a):",
    "cs": "po 9. 6. 2025 v 9:00 odesílatel Ana Silva <ana@corp.example> napsal:",
    "hu": "Ana Silva <ana@corp.example> ezt írta (időpont: 2025. jún. 9., H, 9:00):",
    "ro": "În lun., 9 iun. 2025 la 09:00, Ana Silva <ana@corp.example> a scris:",
    "el": "Στις Δευ 9 Ιουν 2025 στις 9:00 π.μ., ο/η Ana Silva <ana@corp.example> έγραψε:",
    "tr": "Ana Silva <ana@corp.example>, 9 Haz 2025 Pzt, 09:00 tarihinde şunu yazdı:",
    "ru": "пн, 9 июн. 2025 г. в 09:00, Ana Silva <ana@corp.example>:",
    "uk": "пн, 9 черв. 2025 р. о 09:00 Ana Silva <ana@corp.example> пише:",
    "vi": "Vào Th 2, 9 thg 6, 2025 vào lúc 09:00 Ana Silva <ana@corp.example> đã viết:",
    "ja": "2025年6月9日(月) 9:00 Ana Silva <ana@corp.example>:",
    "zh-cn": "Ana Silva <ana@corp.example> 于2025年6月9日周一 09:00写道：",
    "zh-tw": "Ana Silva <ana@corp.example> 於 2025年6月9日 週一 上午9:00寫道：",
    "ko": "2025년 6월 9일 (월) 오전 9:00, Ana Silva <ana@corp.example>님이 작성:",
    "ar": "في الاثنين، ٩ يونيو ٢٠٢٥ في ٩:٠٠ ص تمت كتابة ما يلي بواسطة \u202aAna Silva\u202c\u200f <\u202aana@corp.example\u202c\u200f>:\u200f",
    "he": "\u202bבתאריך יום ב׳, 9 ביוני 2025 ב-9:00 מאת \u202aAna Silva\u202c\u200f <\u202aana@corp.example\u202c\u200f>:\u202c",
}

APPLE = {
    "en": "On Jun 9, 2025, at 9:00\u202fAM, Ana Silva <ana@corp.example> wrote:",
    "en-gb": "On 9 Jun 2025, at 09:00, Ana Silva <ana@corp.example> wrote:",
    "de": "Am 09.06.2025 um 09:00 schrieb Ana Silva <ana@corp.example>:",
    "fr": "Le 9 juin 2025 à 09:00, Ana Silva <ana@corp.example> a écrit :",
    "es": "El 9 jun 2025, a las 9:00, Ana Silva <ana@corp.example> escribió:",
    "pt-br": "Em 9 de jun. de 2025, à(s) 09:00, Ana Silva <ana@corp.example> escreveu:",
    "pt": "No dia 09/06/2025, às 09:00, Ana Silva <ana@corp.example> escreveu:",
    "it": "Il giorno 9 giu 2025, alle ore 09:00, Ana Silva <ana@corp.example> ha scritto:",
    "nl": "Op 9 jun 2025, om 09:00 heeft Ana Silva <ana@corp.example> het volgende geschreven:",
    "sv": "9 juni 2025 kl. 09:00 skrev Ana Silva <ana@corp.example>:",
    "da": "Den 9. jun. 2025 kl. 09.00 skrev Ana Silva <ana@corp.example>:",
    "no": "9. juni 2025 kl. 09:00 skrev Ana Silva <ana@corp.example>:",
    "fi": "Ana Silva <ana@corp.example> kirjoitti 9.6.2025 kello 9.00:",
    "pl": "Wiadomość napisana przez Ana Silva <ana@corp.example> w dniu 9 cze 2025, o godz. 09:00:",
    "cs": "9. 6. 2025 v 9:00, Ana Silva <ana@corp.example>:",
    "hu": "2025. jún. 9. dátummal, 9:00 időpontban Ana Silva <ana@corp.example> írta:",
    "ro": "Pe 9 iun. 2025, la 09:00, Ana Silva <ana@corp.example> a scris:",
    "el": "Στις 9 Ιουν 2025, στις 9:00 π.μ., ο χρήστης Ana Silva <ana@corp.example> έγραψε:",
    "tr": "Ana Silva <ana@corp.example> şunları yazdı (9 Haz 2025 09:00):",
    "ru": "9 июня 2025 г., в 09:00, Ana Silva <ana@corp.example> написал(а):",
    "uk": "9 черв. 2025 р. о 09:00 Ana Silva <ana@corp.example> написав(ла):",
    "vi": "Vào 9 thg 6, 2025, lúc 09:00, Ana Silva <ana@corp.example> đã viết:",
    "ja": "2025/06/09 9:00、Ana Silva <ana@corp.example>のメール:",
    "zh-cn": "2025年6月9日 09:00，Ana Silva <ana@corp.example> 写道：",
    "zh-tw": "Ana Silva <ana@corp.example> 於 2025年6月9日 上午9:00 寫道：",
    "ko": "2025. 6. 9. 오전 9:00, Ana Silva <ana@corp.example> 작성:",
    "ar": "في ٩ يونيو ٢٠٢٥، الساعة ٩:٠٠ ص، كتب/كتبت Ana Silva <ana@corp.example>:",
    "he": "\u200fב-9 ביוני 2025, בשעה 9:00, \u200fAna Silva \u200f<ana@corp.example> כתב/ה:",
}

THUNDERBIRD = {
    "en": "On 6/9/25 9:00 AM, Ana Silva wrote:",
    "en-gb": "On 09/06/2025 09:00, Ana Silva wrote:",
    "de": "Am 09.06.25 um 09:00 schrieb Ana Silva:",
    "fr": "Le 09/06/2025 à 09:00, Ana Silva a écrit :",
    "es": "El 9/6/25 a las 9:00, Ana Silva escribió:",
    "pt": "Às 09:00 de 09/06/2025, Ana Silva escreveu:",
    "pt-br": "Em 09/06/2025 09:00, Ana Silva escreveu:",
    "it": "Il 09/06/2025 09:00, Ana Silva ha scritto:",
    "nl": "Op 09-06-2025 om 09:00 schreef Ana Silva:",
    "sv": "Den 2025-06-09 kl. 09:00, skrev Ana Silva:",
    "da": "Den 09.06.2025 kl. 09.00 skrev Ana Silva:",
    "no": "Den 09.06.2025 09:00, skrev Ana Silva:",
    "fi": "Ana Silva kirjoitti 9.6.2025 klo 9.00:",
    "pl": "W dniu 9.06.2025 o 09:00, Ana Silva pisze:",
    "cs": "Dne 09. 06. 25 v 9:00 Ana Silva napsal(a):",
    "hu": "2025. 06. 09. 9:00 keltezéssel, Ana Silva írta:",
    "ro": "Pe 09.06.2025 09:00, Ana Silva a scris:",
    "el": "Στις 9/6/2025 9:00 π.μ., ο/η Ana Silva έγραψε:",
    "tr": "9.06.2025 09:00 tarihinde Ana Silva yazdı:",
    "ru": "09.06.2025 9:00, Ana Silva пишет:",
    "uk": "09.06.2025 09:00, Ana Silva пише:",
    "vi": "Vào lúc 09:00 9/6/2025, Ana Silva đã viết:",
    "ja": "On 2025/06/09 9:00, Ana Silva wrote:",
    "zh-cn": "在 2025/6/9 9:00, Ana Silva 写道:",
    "zh-tw": "Ana Silva 於 2025/6/9 上午 09:00 寫道:",
    "ko": "25. 6. 9. 09:00에 Ana Silva 이(가) 쓴 글:",
    "ar": "في 9/6/2025 9:00 ص، كتب Ana Silva:",
    "he": "בתאריך 09/06/2025 ב-9:00, Ana Silva כתב:",
}

OTHERS = {
    "outlook-mobile": 'On Mon, Jun 9, 2025 at 9:00 AM +0200, "Ana Silva" <ana@corp.example> wrote:',
    "yahoo": "On Monday, June 9, 2025 at 09:00:12 AM GMT+2, Ana Silva <ana@corp.example> wrote:",
    "yahoo-de": "Am Montag, 9. Juni 2025 um 09:00:12 MESZ hat Ana Silva <ana@corp.example> Folgendes geschrieben:",
    "yahoo-fr": "Le lundi 9 juin 2025 à 09:00:12 UTC+2, Ana Silva <ana@corp.example> a écrit :",
    "yahoo-es": "En lunes, 9 de junio de 2025, 09:00:12 CEST, Ana Silva <ana@corp.example> escribió:",
    "yahoo-it": "Il lunedì 9 giugno 2025 alle ore 09:00:12 CEST, Ana Silva <ana@corp.example> ha scritto:",
    "yahoo-pt": "Em segunda-feira, 9 de junho de 2025 às 09:00:12 BRT, Ana Silva <ana@corp.example> escreveu:",
    "proton": "On Monday, June 9th, 2025 at 9:00 AM, Ana Silva <ana@corp.example> wrote:",
    "proton-de": "Am Montag, 9. Juni 2025 um 09:00, schrieb Ana Silva <ana@corp.example>:",
    "proton-old": "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐",
    "fastmail": "On Mon, 9 Jun 2025, at 09:00, Ana Silva wrote:",
    "mutt": "On Mon, Jun 09, 2025 at 09:00:12AM +0200, Ana Silva wrote:",
    "evolution": "On Mon, 2025-06-09 at 09:00 +0200, Ana Silva wrote:",
    "evolution-de": "Am Montag, dem 09.06.2025 um 09:00 +0200 schrieb Ana Silva:",
    "kmail": "On Monday, 9 June 2025 09:00:12 CEST Ana Silva wrote:",
    "kmail-old": "On Monday 09 June 2025 09:00:12 Ana Silva wrote:",
    "gnus": "Ana Silva <ana@corp.example> writes:",
    "alpine": "On Mon, 9 Jun 2025, Ana Silva wrote:",
    "k9": "On June 9, 2025 9:00:12 AM GMT+02:00, Ana Silva <ana@corp.example> wrote:",
    "k9-de": "Am 9. Juni 2025 09:00:12 MESZ schrieb Ana Silva <ana@corp.example>:",
    "k9-nl": "Ana Silva <ana@corp.example> schreef op 9 juni 2025 09:00:12 CEST:",
    "zoho": "---- On Mon, 09 Jun 2025 09:00:12 +0200 Ana Silva <ana@corp.example> wrote ---",
    "mailru": "Понедельник, 9 июня 2025, 9:00 +03:00 от Ana Silva <ana@corp.example>:",
    "yandex": '09.06.2025, 09:00, "Ana Silva" <ana@corp.example>:',
    "airmail": "On June 9, 2025 at 9:00:12 AM, Ana Silva (ana@corp.example) wrote:",
    "samsung": "-------- Original message --------",
    "roundcube": "On 2025-06-09 09:00, Ana Silva wrote:",
    "roundcube-de": "Am 2025-06-09 09:00, schrieb Ana Silva:",
    "horde": "Quoting Ana Silva <ana@corp.example>:",
    "horde-de": "Zitat von Ana Silva <ana@corp.example>:",
    "squirrelmail": "Ana Silva said:",
    "lotus": "-----Ana Silva <ana@corp.example> wrote: -----",
    "superhuman": "On Mon, Jun 09, 2025 at 9:00 AM, Ana Silva < ana@corp.example > wrote:",
    "newton": "On Mon, Jun 09, 2025 at 09:00am, Ana Silva <ana@corp.example> wrote:",
    "spark": "On Jun 9, 2025 at 9:00 AM +0200, Ana Silva <ana@corp.example>, wrote:",
    "hey": "On June 9, 2025, Ana Silva <ana@corp.example> wrote:",
    "missive": "On June 9, 2025 at 9:00:12, Ana Silva (ana@corp.example) wrote:",
    "gmx": 'Gesendet: Montag, 9. Juni 2025 um 09:00 Uhr\nVon: "Ana Silva" <ana@corp.example>\nAn: mailbot@corp.example\nBetreff: 1:1 Ana / Ben',
    "gmail-2014": "2025-06-09 9:00 GMT+02:00 Ana Silva <ana@corp.example>:",
    "catalan": "Missatge de Ana Silva <ana@corp.example> del dia dl., 9 de juny 2025 a les 9:00:",
    "name-only": "ana@corp.example wrote:",
}


EVERY = {
    f"{client}-{language}": line
    for client, table in (
        ("gmail", GMAIL),
        ("apple", APPLE),
        ("thunderbird", THUNDERBIRD),
        ("other", OTHERS),
    )
    for language, line in table.items()
}
WITH_A_DATE = {name: line for name, line in EVERY.items() if name != "other-squirrelmail"}
LONG = {name: line for name, line in EVERY.items() if len(line) > 60}
MODERN = {name: line for name, line in EVERY.items() if name.startswith(("gmail", "apple"))}


QUOTED = ("Hi Ben,", "", "here is what I would like to talk about.", "Ana")


@pytest.mark.parametrize("line", EVERY.values(), ids=EVERY)
def test_a_marked_quote_goes_with_its_attribution(line: str) -> None:
    quote = "\n".join("> " + row for row in QUOTED)
    assert new_lines(Body(f"My answer.\n\n{line}\n{quote}\n")).text == "My answer."


@pytest.mark.parametrize("line", WITH_A_DATE.values(), ids=WITH_A_DATE)
def test_an_unmarked_quote_goes_with_its_attribution(line: str) -> None:
    quote = "\n".join(QUOTED)
    assert new_lines(Body(f"My answer.\n\n{line}\n\n{quote}\n")).text == "My answer."


@pytest.mark.parametrize("line", EVERY.values(), ids=EVERY)
def test_an_answer_below_the_marked_quote_stays(line: str) -> None:
    quote = "\n".join("> " + row for row in QUOTED)
    assert new_lines(Body(f"{line}\n{quote}\n\nMy answer below.\n")).text == "My answer below."


@pytest.mark.parametrize("line", LONG.values(), ids=LONG)
def test_a_wrapped_attribution_is_one(line: str) -> None:
    first, _, second = line[:56].rpartition(" ")
    wrapped = f"{first}\n{second}{line[56:]}"
    assert (
        new_lines(Body(f"My answer.\n\n{wrapped}\n\n> Hi Ben,\n> see below\n")).text == "My answer."
    )


@pytest.mark.parametrize("line", MODERN.values(), ids=MODERN)
def test_an_attribution_inside_the_quote_marks_is_no_answer(line: str) -> None:
    assert (
        new_lines(Body(f"My answer.\n\n> {line}\n> \n> Hi Ben,\n> see below\n")).text
        == "My answer."
    )


SENTENCES = (
    'On Monday 9 March 2026 Dana wrote to me:\n\n"please send the plan"\n\nWhat shall I do?',
    "On 9 March 2026 Dana wrote:\n\nplease send the plan by Friday.\n\nI did not answer yet.",
    "On Tuesday at 10:00 Dana wrote:\nthe plan is late\nShould I answer?",
    'Am 9. März 2026 schrieb Dana:\n"der Plan ist spät"\nWas soll ich antworten?',
    "The schedule for ana@corp.example on 12.03.2026 10:00:\nbreakfast\nlaunch",
    "On Monday Ana wrote the plan, and Ben read it.",
    "On 9 June Ana wrote that the budget is closed:\n- travel\n- books",
    "Le 9 juin, nous avons écrit au fournisseur.",
    "Am Montag schrieb mir Lena eine lange Mail.",
    "El lunes escribió Pedro, sin respuesta.",
    "As Ben wrote:\nlet us keep it short.",
    "I wrote to ana@corp.example on 9 June 2025 and got no answer.",
    "Three dates work for me: 9.6., 10.6. and 11.6.2025.",
    "On 9/6/2025 at 9:00 we start.",
    "Topics:\n- hiring\n- money",
    "From: what I hear, the move is fine. To: do better, we need time.",
    "In 2024 we wrote 30 pages, in 2025 it will be 10.",
    "Date: Thursday\nPlace: the small room",
    "Den 9 juni skrev jag klart rapporten.",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_that_sound_like_an_attribution_stay(text: str) -> None:
    assert new_lines(Body(text + "\n")).text == text
