"""Holds: a signature goes, with or without a mark, in 25 languages; closing phrases and names stay,
and so does every sentence.
"""

import pytest

from mailbot.inbound.message.parse import Body
from mailbot.inbound.unquote.lines import new_lines

TEXT = "My point for Thursday is the budget."

CLOSED = {
    "en": "Best regards,\nTom Okafor\nProduct Lead, Northwind\n+44 20 7946 0018",
    "en-2": "Kind regards\n\nTom Okafor | Product Lead\nNorthwind Ltd | 1 High Street, London SW1A 1AA\nM: +44 7700 900123 | www.northwind.example",
    "en-3": "Thanks,\n\nTom\n\nTom Okafor\nSenior Engineer\ntom@northwind.example",
    "en-4": "Cheers,\nTom\n\nNorthwind Ltd\nPhone: 020 7946 0018",
    "de": "Mit freundlichen Grüßen\nLena Vogt\n\nTeamleiterin Einkauf\nNordwind GmbH\nTel. +49 30 1234567",
    "de-2": "Viele Grüße\nLena\n\n--\nLena Vogt\nNordwind GmbH",
    "de-ch": "Freundliche Grüsse\nUrs Meier\nLeiter IT\n\nNordwind AG\nBahnhofstrasse 1, 8001 Zürich",
    "de-place": "Beste Grüße aus Köln\nLena Vogt\nReferentin für Personal\nTel. 0221 987654",
    "it-2": "Un caro saluto,\nGiulia Rossi\nResponsabile Acquisti\nCell. 333 1234567",
    "fr": "Cordialement,\n\nAmélie Durand\nResponsable achats\nNordvent SAS\nTél. : +33 1 23 45 67 89",
    "es": "Un saludo,\nLucía Ortega\nDirectora de Compras\nTel.: +34 91 123 45 67",
    "pt": "Atenciosamente,\nJoão Costa\nGerente de Vendas\n(11) 91234-5678",
    "it": "Cordiali saluti,\nGiulia Rossi\nUfficio Acquisti\nTel. +39 02 1234567",
    "nl": "Met vriendelijke groet,\nJan de Vries\nProjectleider\n+31 20 123 4567",
    "sv": "Med vänlig hälsning\nErik Lund\nProjektledare\nTel: 08-123 456 78",
    "da": "Med venlig hilsen\nMette Holm\nProjektleder\nTlf.: +45 12 34 56 78",
    "no": "Med vennlig hilsen\nKari Berg\nProsjektleder\nMob: +47 912 34 567",
    "fi": "Ystävällisin terveisin\nAino Laine\nProjektipäällikkö\nPuh. +358 40 123 4567",
    "pl": "Pozdrawiam\nAnna Nowak\nKierownik projektu\ntel. +48 22 123 45 67",
    "cs": "S pozdravem\nJana Nováková\nVedoucí oddělení\ntel.: +420 123 456 789",
    "hu": "Üdvözlettel,\nKiss Péter\nprojektvezető\nTel.: +36 1 234 5678",
    "ro": "Cu stimă,\nIoana Popescu\nDirector achiziții\nTel: +40 21 123 4567",
    "el": "Με εκτίμηση,\nΜαρία Παππά\nΔιευθύντρια Πωλήσεων\nΤηλ: +30 210 1234567",
    "tr": "Saygılarımla,\nAyşe Yılmaz\nProje Müdürü\nTel: +90 212 123 45 67",
    "ru": "С уважением,\nИван Петров\nруководитель отдела\nтел. +7 495 123-45-67",
    "uk": "З повагою,\nОлена Коваль\nкерівник проєкту\nтел. +380 44 123 4567",
    "vi": "Trân trọng,\nNguyễn Văn An\nTrưởng phòng\nĐT: +84 24 1234 5678",
    "ja": "よろしくお願いいたします。\n田中太郎\n株式会社北風\nTEL: 03-1234-5678",
    "zh": "谢谢\n王小明\n北风有限公司\n电话: 010-12345678",
    "ko": "감사합니다.\n김민수\n북풍 주식회사\nTel: 02-123-4567",
    "ar": "مع تحياتي\nأحمد علي\nمدير المشروع\nهاتف: +20 2 1234 5678",
    "he": "בברכה,\nדנה לוי\nמנהלת פרויקטים\nטל: 03-1234567",
}

MARKED = {
    "standard": "-- \nTom Okafor\nProduct Lead, Northwind",
    "without-blank": "--\nTom",
    "dash": "—\nTom Okafor\nCEO at Northwind\n\n@tomokafor",
    "underscores": "_______________________\nTom Okafor\nMarkets Production\nDirect: (+44) 20 7946 0018",
    "dashes": "---------------------\nTom Okafor\nNorthwind Ltd\nPhone 020 7946 0018",
    "stars": "****************\nTom Okafor\ntom@northwind.example",
    "no-mark": "\nTom Okafor\nProduct Lead, Northwind Ltd\n+44 20 7946 0018\ntom@northwind.example",
    "no-mark-title": "\nTom Okafor\nProduct Lead\nNorthwind",
    "pipes": "\nTom Okafor | Senior Consultant | Northwind Ltd\nT: +44 20 7946 0018 | E: tom@northwind.example",
    "links": "\nTom Okafor\n[image: logo] northwind.example\n<https://northwind.example/tom?utm_source=email_sig>",
    "legal": "-- \nTom\n\nNorthwind Ltd, registered in England, company number 01234567. This message is confidential and intended only for the addressee.",
}


@pytest.mark.parametrize("signature", CLOSED.values(), ids=CLOSED)
def test_only_the_closing_and_the_name_stay(signature: str) -> None:
    text = new_lines(Body(f"{TEXT}\n\n{signature}\n")).text
    rest = text.removeprefix(TEXT).strip()
    assert text.startswith(TEXT)
    allowed = "\n".join(signature.replace("\n\n", "\n").split("\n")[:2])
    assert rest.replace("\n\n", "\n") in ("", allowed, signature.partition("\n")[0])


@pytest.mark.parametrize("signature", MARKED.values(), ids=MARKED)
def test_a_signature_goes(signature: str) -> None:
    assert new_lines(Body(f"{TEXT}\n{signature}\n")).text == TEXT


@pytest.mark.parametrize("signature", CLOSED.values(), ids=CLOSED)
def test_a_signature_above_a_quote_goes(signature: str) -> None:
    mail = f"{TEXT}\n\n{signature}\n\nOn 9 Jun 2025, at 09:00, Ana Silva <ana@corp.example> wrote:\n\n> Hi Ben\n"
    assert signature.rpartition("\n")[2] not in new_lines(Body(mail)).text.split("\n")


CONTACTS_IN_WORDS = (
    "please write to hr@corp.example about my contract",
    "new 1:1 with cy@corp.example, Tuesdays 10:00",
    "The wiki page is https://corp.example/wiki/rota",
    "call me at +351 912 345 678",
    "dana@corp.example should join",
    "dana@corp.example",
    "+351 912 345 678",
    "Ask Dana Scully, Product Lead",
    "I want to become a Senior Engineer",
    "room 4021, building 12, 10115 Berlin",
    "Bitte schreib an personal@corp.example wegen meines Vertrags",
    "Merci d'écrire à rh@corp.example pour mon contrat",
    "hr@corp.example はまだ返事がありません",
    "Да, в четверг",
    "好的",
    "yes",
)
BELOW = {
    "nothing": "",
    "closing": "Thanks\nAna",
    "delimiter": "-- \nAna Silva\n+351 912 000 111",
    "both": "Thanks\nAna\n-- \nAna Silva\nEngineer",
    "closing-and-contacts": "Best regards,\nAna Silva\nEngineer, Corp Ltd\n+351 912 000 111\nana@corp.example",
    "name-and-title": "Ana Silva\nSenior Engineer\nCorp Ltd",
    "phone": "Sent from my iPhone",
}


@pytest.mark.parametrize("signature", BELOW.values(), ids=BELOW)
@pytest.mark.parametrize("above", ["", "Hi Ben,\n\n", "OK\n\n", "One topic for Thursday.\n\n"])
@pytest.mark.parametrize("words", CONTACTS_IN_WORDS)
def test_words_with_a_contact_stay_above_any_signature(
    words: str, above: str, signature: str
) -> None:
    text = new_lines(Body(f"{above}{words}\n\n{signature}\n")).text
    assert text.startswith(f"{above}{words}")
    assert "+351 912 000 111" not in text


STAYS = (
    "Thanks,\nAna\n\nOne more thing: call Dana at +44 7700 900123 please",
    "Best,\nAna\n\nplease write to hr@corp.example about my contract",
    "Thanks\n\nthe plan is on https://corp.example/plan now",
    "Thanks!\n\nMarketing needs an owner",
    "Danke!\n\nLena Vogt\nUrs Meier",
    "My points\n--\nhiring plan for the spring, we need two people\n- budget\n- holidays",
    "Point one is the budget.\n--\nPoint two is the hiring plan.\n--\nPoint three: holidays?",
    "hiring\n_____\nbudget",
    "I would meet these people:\n\nDana Scully\nHead of Marketing",
    "The new people are\n\nTom Okafor\nProduct Lead",
    "Invite\n\nDana Scully, Marketing\nTom Okafor, Sales",
    "Two roles are open now.\n\nSenior Engineer\nProduct Manager",
    "Two things for Thursday, please.\n\nBerlin Office\nSales Team",
    "We met the vendor.\n\nAcme Ltd\nGlobex Inc\nInitech LLC",
    "Numbers of the people on call this week.\n\nAna Silva +351 912 345 678\nBen Ito +351 912 345 679",
    "I'd ask\n\nDana Scully\n+44 20 7946 0018",
    "Please invite:\n\nDana Scully\ndana@northwind.example",
    "My points for Thursday are these.\n\nSupport\nSales\nMarketing",
    "Thanks for the budget!\n\nTwo more topics:\n- hiring\n- the offsite",
    "Thank you\n\nThe new desk is great. Could we get one for Lena, too?",
    "Danke, Ana\n\nMir geht es gut.\n\nEva",
    "Best:\n- the new team\n- the office",
    "- call Lena at +49 30 1234567\n- write to dana@corp.example",
    "Please ask Lena, her number is +44 20 7946 0018.",
    "The draft is here:\nhttps://corp.example/wiki/rota",
    "Numbers from Dana\n\nhttps://corp.example/wiki/numbers/2026\n\nhttps://corp.example/wiki/plan/2026",
    "Who will talk to\nDana Scully\nMarketing\nabout the launch?",
    "I talked to\n- Dana Scully, Head of Marketing\n- Tom Okafor, Product Lead",
    "Regards to Lena!\n\nMy topics: hiring, money.",
    "Best regards,\nTom\n\nP.S. Can we move the meeting to the morning?",
    "Kind regards\nTom\n\nPS: the badge reader on floor 3 is broken",
    "Cheers\nTom\n\nOne more thing: could you send me the slides?",
    "I would like to be a manager\nMy goal is a team of five\nLead the Berlin office",
    "## Key points\n----\n\n1. faster by half\n2. cheaper\n\n----\n\nThe dashes above are mine.",
    "-- first point needs a decision\n-- second point can wait",
    "And here is a fix -- this is not a signature.\n\nbye",
    "```\n--\nselect * from x -- comment\n```\nThis query is slow.",
    "Cc Lena?\nLead time: 3 weeks\nOwner: Dana",
    "See you Thursday",
    "Thanks!",
    "👍",
    "ok",
    "K",
    "Ana",
    "Best,\nAna",
    "Offsite:\n12 High Street\nLondon SW1A 1AA\nis too far away for Lena",
    "Love the new office!\nAna",
    "Call me: +351 912 345 678",
)


@pytest.mark.parametrize("text", STAYS)
def test_words_that_look_like_a_signature_stay(text: str) -> None:
    assert new_lines(Body(text + "\n")).text == text
