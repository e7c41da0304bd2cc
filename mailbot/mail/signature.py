"""Where a person's words end and the signature begins.

A signature is what follows "-- ", or the name behind a closing phrase, or a block of short rows with a phone, an address
or a title. The closing phrase and the bare name stay: they are words the person may have typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.mail.footers import disclaimer, folded, list_footer

CLOSINGS: dict[str, tuple[str, ...]] = {
    "en": (
        "regards", "best regards", "kind regards", "warm regards", "warmest regards", "kindest regards", "many regards", "with regards", "with kind regards", "with best regards", "rgds", "best", "all the best", "best wishes", "with best wishes", "cheers", "thanks", "thank you", "many thanks", "thanks a lot", "thanks in advance", "thanks again", "thank you very much",
        "thx", "tia", "thanks and regards", "thanks & regards", "thanks and best regards", "thanks & best regards", "sincerely", "yours sincerely", "yours truly", "yours faithfully", "respectfully", "cordially", "take care", "talk soon", "see you", "see you soon", "see you thursday", "ciao", "br", "kr", "brgds", "yours", "love", "hth", "warmly", "have a nice day", "have a great day",
        "have a good one", "have a nice weekend", "have a great weekend", "thank you and regards", "with appreciation", "hope this helps", "hope that helps", "bye", "looking forward", "cheerio", "rgs", "ta", "kindly", "thank you in advance", "with thanks", "much appreciated", "gratefully", "regards from",
    ),
    "de": ("mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß", "mit freundlichem gruss", "freundliche grüße", "freundliche grüsse", "viele grüße", "viele grüsse", "liebe grüße", "liebe grüsse", "beste grüße", "beste grüsse", "herzliche grüße", "herzliche grüsse", "schöne grüße", "grüße", "grüsse", "gruß", "gruss", "lieber gruß", "mit besten grüßen",
           "mit besten grüssen", "mfg", "lg", "vg", "bg", "hg", "vielen dank", "danke", "besten dank", "herzlichen dank", "danke und gruß", "danke und grüße", "danke & gruß", "hochachtungsvoll", "bis dann", "bis bald", "tschüss", "schönen gruß", "servus", "vielen dank im voraus", "danke im voraus", "ganz liebe grüße", "grüßle", "mit vielen grüßen", "viele liebe grüße", "sonnige grüße", "schönes wochenende"),
    "fr": ("cordialement", "bien cordialement", "très cordialement", "salutations", "sincères salutations", "meilleures salutations", "bien à vous", "bien à toi", "amicalement", "merci", "merci d'avance", "merci beaucoup", "bonne journée", "bonne soirée", "bonne fin de journée", "à bientôt", "cdt", "cdlt", "bàt", "bàv", "respectueusement", "à plus", "bises", "merci et bonne journée", "belle journée", "bon week-end", "a bientôt",
           "avec mes remerciements", "en vous remerciant", "amitiés", "crdlt"),
    "es": ("saludos", "un saludo", "saludos cordiales", "un cordial saludo", "cordiales saludos", "atentamente", "cordialmente", "gracias", "muchas gracias", "gracias de antemano", "un abrazo", "abrazos", "saludos y gracias", "hasta luego", "hasta pronto", "mil gracias", "atte", "reciba un cordial saludo", "gracias y saludos", "saludo", "muchos saludos", "que tengas buen día"),
    "pt": ("atenciosamente", "cumprimentos", "com os melhores cumprimentos", "melhores cumprimentos", "abraços", "abraço", "um abraço", "obrigado", "obrigada", "muito obrigado", "muito obrigada", "cordialmente", "saudações", "att", "atte", "desde já agradeço", "grato", "grata", "até logo", "adeus", "até breve", "beijos", "os meus cumprimentos", "cumps", "bom dia", "abs"),
    "it": ("cordiali saluti", "distinti saluti", "saluti", "un saluto", "cordialmente", "grazie", "grazie mille", "a presto", "buona giornata", "buona serata", "tanti saluti", "un abbraccio", "grazie in anticipo", "ciao", "cari saluti", "saluti e grazie", "buon lavoro", "grazie e saluti", "molti saluti"),
    "nl": ("met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "vriendelijke groeten", "groet", "groeten", "groetjes", "mvg", "met hartelijke groet", "hartelijke groet", "hartelijke groeten", "bedankt", "dank", "dank je wel", "dank u wel", "alvast bedankt", "hoogachtend", "vr gr", "gr", "bij voorbaat dank", "fijne dag", "dankjewel", "beste groeten"),
    "sv": ("med vänlig hälsning", "med vänliga hälsningar", "vänliga hälsningar", "vänlig hälsning", "hälsningar", "hälsning", "mvh", "tack", "tack på förhand", "bästa hälsningar", "vh", "ha det bra", "tack så mycket", "med bästa hälsningar", "hej då", "allt gott"),
    "da": ("med venlig hilsen", "venlig hilsen", "med venlige hilsner", "venlige hilsner", "hilsen", "hilsner", "mvh", "vh", "kh", "bedste hilsner", "tak", "på forhånd tak", "de bedste hilsner", "mange hilsner", "kærlig hilsen", "mange tak", "bh", "dbh"),
    "no": ("med vennlig hilsen", "vennlig hilsen", "vennlige hilsener", "hilsen", "beste hilsen", "beste hilsener", "mvh", "takk", "på forhånd takk", "ha det", "hilsner", "med hilsen", "tusen takk", "mange takk"),
    "fi": ("ystävällisin terveisin", "terveisin", "parhain terveisin", "terveiset", "terv", "t", "yt", "ystävällisesti", "kiitos", "kiitos etukäteen", "hyvästi", "kiitoksia", "mukavaa päivää", "yst terv", "kunnioittaen", "kiittäen"),
    "pl": ("pozdrawiam", "pozdrowienia", "z poważaniem", "z wyrazami szacunku", "serdecznie pozdrawiam", "serdeczne pozdrowienia", "dziękuję", "dzięki", "z góry dziękuję", "pozdr", "łączę pozdrowienia", "miłego dnia", "pozdrawiam serdecznie", "dziękuję i pozdrawiam", "do usłyszenia", "z pozdrowieniami", "do widzenia"),
    "cs": ("s pozdravem", "s přátelským pozdravem", "hezký den", "děkuji", "díky", "zdravím", "s úctou", "předem děkuji", "děkuji a přeji hezký den", "přeji hezký den", "pěkný den", "mějte se", "s pozdravom", "ďakujem", "na shledanou"),
    "hu": ("üdvözlettel", "tisztelettel", "köszönettel", "köszönöm", "üdv", "üdvözlet", "köszi", "szép napot", "előre is köszönöm", "szia", "viszontlátásra", "baráti üdvözlettel", "minden jót"),
    "ro": ("cu stimă", "cu respect", "salutări", "mulțumesc", "cu drag", "o zi bună", "mulțumesc anticipat", "cele bune", "toate cele bune", "la revedere", "multumesc", "cu stima"),
    "el": ("με εκτίμηση", "ευχαριστώ", "χαιρετισμούς", "φιλικά", "με φιλικούς χαιρετισμούς", "ευχαριστώ εκ των προτέρων", "τα λέμε", "καλή συνέχεια", "ευχαριστούμε", "με σεβασμό", "αντίο"),
    "tr": ("saygılarımla", "saygılar", "iyi çalışmalar", "teşekkürler", "teşekkür ederim", "sevgiler", "selamlar", "iyi günler", "kolay gelsin", "saygılarımızla", "hoşça kal", "en iyi dileklerimle"),
    "ru": ("с уважением", "спасибо", "с наилучшими пожеланиями", "всего доброго", "заранее спасибо", "до встречи", "всего хорошего", "благодарю", "с уважением и благодарностью", "до свидания", "хорошего дня", "с приветом"),
    "uk": ("з повагою", "дякую", "з найкращими побажаннями", "щиро дякую", "гарного дня", "до зустрічі", "наперед дякую", "всього найкращого", "до побачення", "щиро"),
    "vi": ("trân trọng", "cảm ơn", "thân mến", "xin cảm ơn", "thân ái", "trân trọng cảm ơn", "kính thư", "cám ơn", "chào thân ái", "em cảm ơn", "tạm biệt"),
    "ja": ("よろしくお願いします", "よろしくお願いいたします", "よろしくお願い致します", "宜しくお願いします", "宜しくお願いいたします", "宜しくお願い致します", "以上、よろしくお願いいたします", "以上、よろしくお願いします", "どうぞよろしくお願いいたします", "敬具", "草々", "ありがとうございます", "ありがとうございました", "以上", "以上です", "以上です。", "何卒よろしくお願いいたします", "何卒よろしくお願い申し上げます", "以上、よろしくお願い致します"),
    "zh": ("谢谢", "謝謝", "此致", "敬礼", "敬禮", "祝好", "祝商祺", "顺祝商祺", "顺颂商祺", "此致敬礼", "多谢", "感谢", "順頌商祺", "祝 好", "敬上", "谢谢！", "祝工作顺利"),
    "ko": ("감사합니다", "고맙습니다", "수고하세요", "드림", "안녕히 계세요", "수고하십시오", "감사드립니다"),
    "ar": ("شكرا", "شكراً", "مع تحياتي", "تحياتي", "مع خالص التحية", "مع أطيب التحيات", "وشكرا", "أطيب التحيات", "مع الشكر", "شكرا جزيلا", "تقبلوا تحياتي", "مع السلامة"),
    "he": ("בברכה", "תודה", "תודה רבה", "בכבוד רב", "להתראות", "בתודה", "תודה מראש", "יום טוב", "יום נעים", "ברכות"),
}  # fmt: skip
"""Language -> closing phrases, folded."""

TITLES = frozenset(
    """manager engineer developer director lead head ceo cto cfo coo cio vp president founder co-founder cofounder consultant analyst designer architect officer
    specialist inspector coordinator assistant administrator associate partner recruiter scientist researcher professor prof dr student intern secretary accountant
    attorney lawyer owner executive supervisor technician representative advisor adviser strategist producer editor writer support sales marketing
    department team gmbh ag inc ltd llc corp corporation limited plc sarl sas s.a. s.l. srl spa bv b.v. nv ab as aps oy oyj sp z.o.o. kft zrt s.r.o. ltda pty kg ohg
    geschäftsführer geschäftsführerin leiter leiterin leitung entwickler entwicklerin ingenieur ingenieurin berater beraterin abteilung vertrieb buchhaltung sachbearbeiterin referentin teamleiter teamleiterin projektleiter projektleiterin softwareentwickler prokurist werkstudent
    directeur directrice responsable chef ingénieur développeur développeuse gérant président chargé chargée assistante commercial service
    director directora gerente ingeniero ingeniera desarrollador jefe jefa responsable técnico departamento coordinador coordinadora
    diretor diretora engenheiro engenheira desenvolvedor coordenador coordenadora departamento analista
    direttore direttrice ingegnere sviluppatore responsabile ufficio amministratore
    directeur hoofd ontwikkelaar adviseur medewerker afdeling projectleider teamleider
    chef utvecklare ingenjör avdelning projektledare konsult direktør udvikler ingeniør afdeling projektleder utvikler avdeling leder johtaja päällikkö insinööri kehittäjä asiantuntija toimitusjohtaja
    kierownik dyrektor inżynier programista specjalista dział prezes ředitel vedoucí vývojář inženýr oddělení jednatel igazgató vezető mérnök fejlesztő director inginer dezvoltator
    διευθυντής μηχανικός müdür mühendis uzman yönetici директор менеджер инженер разработчик руководитель отдел директор керівник інженер розробник
    giám đốc trưởng phòng kỹ sư nhân viên 部長 課長 係長 株式会社 有限会社 营业部 经理 總經理 总经理 有限公司 部门 팀장 부장 과장 대리 주식회사 مدير مهندس شركة מנהל מנהלת מהנדס""".split()
)
"""Words of job titles and companies, lower case."""

ROWS = 30  # a signature is not longer

_ALL_CLOSINGS = frozenset(phrase.casefold() for phrases in CLOSINGS.values() for phrase in phrases)
_LONGEST_CLOSING = max(len(phrase) for phrase in _ALL_CLOSINGS)
_PHONE = re.compile(r"(?:\+|\(?0|\(\d)[\d\s().\-/]{6,20}\d|\d{3}[.\-\s]\d{3}[.\-\s]\d{4}|\d{2,5}-\d{2,4}-\d{3,4}")
_CONTACT = re.compile(
    r"\b(?:tel|telefon|telephone|teléfono|telefone|telefono|telefoon|puh|phone|ph|fax|mob|mobil|mobile|cell|direct|durchwahl|office|skype|twitter|linkedin|web|www|e-?mail|fon|gsm|handy|tél|portable|móvil|celular|whatsapp|t|m|p|e|f|w|tfn|tlf|тел|моб|電話|电话|전화)\s{0,3}\.?\s{0,2}[:：]|"
    r"\bwww\.|\bhttps?://|[^\s@]{1,60}@[^\s@]{1,60}\.\w{2}|^@\w{2,30}$",
    re.IGNORECASE,
)
_POSTAL = re.compile(r"^(?:[A-Z]{1,2}-)?\d{4,5}\s\w|\b\d{5}\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b|(?:straße|strasse|str\.|gasse|platz|street|road|avenue|suite|floor|rue |calle |via |ulica|ul\.)\b", re.IGNORECASE)
_RULER = re.compile(r"[ \t]{0,20}[-_=*~#—–―‐─━]{2,400}[ \t]{0,20}")
_LABELLED = re.compile(r"\w[\w .-]{0,14}\s?[:：]\s?\S")
_PAGE = re.compile(r"^\s{0,9}<?https?://[^\s/]{1,200}/[^\s/]{1,500}/\S")  # a page of a site, not a home page
_LINK = re.compile(r"<[^<>\s]{1,1000}>|\[[^\[\]]{1,400}\]|https?://[^\s<>]{1,1000}")
_BULLET = re.compile(r"\s{0,20}(?:[-*•·◦▪‣–+]|\d{1,2}[.)]|\[[ xX]?\])\s")
_POSTSCRIPT = re.compile(r"p\.?\s?s\.?\b|n\.?b\.?:|pd:|ps\b", re.IGNORECASE)


def closing(text: str) -> bool:
    """A closing phrase alone on its row, or with the name behind it ("LG, Eva")."""
    if len(text) > _LONGEST_CLOSING + 30:
        return False
    line = _plain(text)
    if line in _ALL_CLOSINGS:
        return True
    for mark in (",", "!", ".", " - ", "–", "—"):
        head, found, rest = line.partition(mark)
        if found and head.strip() in _ALL_CLOSINGS and len(rest.split()) <= 4 and not rest.strip().endswith(("?", ":")):
            return True
    return False


def _plain(text: str) -> str:
    line = folded(text)
    return line.rstrip(" ,.!;:)😀😊🙂👍🎉🙏❤️✨").lstrip("(").strip()


def name(text: str) -> bool:
    """A row that can be nothing but a person's name: up to four words, no sentence."""
    bare = text.strip().strip("-–—,.*_ ").strip()
    parts = bare.split()
    if not 1 <= len(parts) <= 5 or len(bare) > 45 or any(char in bare for char in ":;!?@/|0123456789\"<>[]"):
        return False
    cased = [part for part in parts if part[0].isalpha() and part.lower() not in _PARTICLES]
    return bool(cased) and (all(part[0].isupper() or not part[0].isascii() for part in cased) or len(parts) == 1)


_PARTICLES = frozenset("van von de der den da di do dos das la le el al bin ibn ter ten zu und y e".split())


def ruler(text: str) -> bool:
    return len(text) > 1 and _RULER.fullmatch(text) is not None


def signature(texts: Sequence[str], blanks: Sequence[bool], *, signed: bool = False) -> int | None:
    """The first row of the signature among the rows of one stretch of own text, or None.

    `blanks[i]`: a blank row stands above row i. Rows are not blank themselves. `signed`: a legal notice or a list footer
    follows, so that a last row with an address alone is no sentence of the person.
    """
    found = [at for at in (_delimited(texts), _closed(texts, blanks), _named(texts, blanks), _contact_block(texts, blanks, signed)) if at is not None]
    return min(found, default=None)


def _delimited(texts: Sequence[str]) -> int | None:
    fenced = False
    for at, text in enumerate(texts):
        bare = text.strip()
        if bare.startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or not bare or bare[0] not in "-_=*~#—–―‐─━":
            continue
        if bare in ("--", "—", "–", "- --", "- -", "__", "--­", "―"):
            if bare != "–" or _signs(texts[at + 1 :]):
                return at
        if ruler(bare) and _signs(texts[at + 1 :], ruled=bare[0] == "_" and len(bare) > 4):
            return at
    return None


def _signs(rest: Sequence[str], *, ruled: bool = False) -> bool:
    """Do these rows look like a signature, a list footer or a legal notice to the end?"""
    worded = [text for text in rest if not ruler(text)]
    if not worded:
        return True
    if len(worded) > ROWS:
        return False
    if disclaimer(" ".join(worded)) or any(list_footer(text) for text in worded):
        return True
    if any(_BULLET.match(text) or text.rstrip().endswith("?") for text in worded):
        return False
    sentences = sum(_sentence(text) for text in worded)
    if ruled:
        return sentences <= 1 or any(_contact(text) for text in worded)
    return sentences == 0 and len(worded) <= 14 and (any(_contact(text) for text in worded) or (name(worded[0]) and len(worded) <= 6))


def _sentence(text: str) -> bool:
    return len(text) > 90 or (len(text.split()) > 5 and text.rstrip().endswith((".", "!", "?", "。", "？")) and not _contact(text))


def _contact(text: str) -> bool:
    return _PHONE.search(text) is not None or _CONTACT.search(text) is not None


def _titled(text: str) -> bool:
    parts = text.casefold().replace(",", " ").replace("/", " ").replace("|", " ").split()
    return len(parts) <= 9 and any(part.strip(".()&*_") in TITLES or part in TITLES for part in parts)


def _closed(texts: Sequence[str], blanks: Sequence[bool]) -> int | None:
    """Behind a closing phrase and the name."""
    for at, text in enumerate(texts):
        if not closing(text):
            continue
        rest = at + 1
        named = rest < len(texts) and name(texts[rest]) and not _titled(texts[rest])
        rest += named
        if rest < len(texts) and _ends_here(texts[rest:], blanks[rest:], joined=named and not thanks(text) and not blanks[rest]):
            return rest
    return None


def thanks(text: str) -> bool:
    """Thanks may stand in the middle of a mail; regards do not."""
    return _plain(text).startswith(_THANKS)


_THANKS = ("thank", "thx", "many thanks", "ta", "danke", "vielen dank", "besten dank", "herzlichen dank", "merci", "gracias", "muchas gracias", "mil gracias", "obrigad", "muito obrigad", "desde já", "grazie", "bedankt", "dank", "alvast", "tack", "tak", "mange tak", "takk", "tusen takk", "kiitos", "kiitoksia", "dziękuję", "dzięki", "děkuj", "díky",
           "köszön", "köszi", "mulțumesc", "multumesc", "ευχαριστ", "teşekkür", "спасибо", "благодар", "дякую", "щиро дякую", "cảm ơn", "cám ơn", "xin cảm ơn", "ありがとう", "谢谢", "謝謝", "多谢", "感谢", "감사", "고맙", "شكر", "תודה", "best", "cheers", "love", "see you", "ciao", "bye", "hope this", "hope that", "looking forward", "hth", "t")  # fmt: skip


def _ends_here(after: Sequence[str], blanks: Sequence[bool], *, joined: bool) -> bool:
    """Is everything after the closing phrase a signature? A postscript or a sentence says no, and something must say yes.

    `joined`: the rows go on right below the name.
    """
    if len(after) > ROWS + 20 or _POSTSCRIPT.match(after[0]):
        return False
    signs = joined or all(name(row) for row in after)
    for paragraph in _paragraphs(after, blanks):
        text = " ".join(paragraph)
        if disclaimer(text) or any(_contact(row) or list_footer(row) or ruler(row) for row in paragraph):
            signs = True
        elif any(_spoken(row) or _POSTSCRIPT.match(row) or closing(row) or _BULLET.match(row) for row in paragraph):
            return False
        else:
            signs = signs or any(_titled(row) or _POSTAL.search(row) for row in paragraph)
    return signs


def _spoken(text: str) -> bool:
    """Ends like a sentence, or is as long as one."""
    return len(text) > 90 or (len(text.split()) > 2 and text.rstrip().endswith((".", "!", "?", "。", "？", ":", ",")) and not _titled(text))


def _paragraphs(texts: Sequence[str], blanks: Sequence[bool]) -> list[list[str]]:
    found: list[list[str]] = []
    for text, blank in zip(texts, blanks, strict=True):
        if blank or not found:
            found.append([])
        found[-1].append(text)
    return found


def _named(texts: Sequence[str], blanks: Sequence[bool]) -> int | None:
    """A full name with a title right below it, and nothing that a person would say after them."""
    for at in range(1, len(texts) - 1):
        if not blanks[at] or blanks[at + 1] or len(texts) - at > ROWS or " " not in texts[at].strip():
            continue
        if name(texts[at]) and _titled(texts[at + 1]) and not any(_talk(row) for row in texts[at + 1 :]):
            return at
    return None


def _talk(text: str) -> bool:
    bare = _LINK.sub("", text)
    return (_spoken(bare) or _BULLET.match(bare) is not None) and not _contact(bare)


def _contact_block(texts: Sequence[str], blanks: Sequence[bool], signed: bool) -> int | None:
    """The last paragraphs, if they are short rows with a phone, an address or a title; never the first paragraph."""
    last, start = len(texts), None
    while last > 0:
        first = last - 1
        while first > 0 and not blanks[first]:
            first -= 1
        if first == 0 or last - first > 14 or not _contact_paragraph(texts[first:last], signed or start is not None):
            break
        start = last = first
        if name(texts[first]) and " " in texts[first].strip():
            break  # the full name is the top of a signature
    return start


def _contact_paragraph(rows: Sequence[str], below: bool) -> bool:
    """`below`: a part of the signature stands below already."""
    bare = [_LINK.sub("", row) for row in rows]
    if any(_sentence(row) or len(row) > 100 or _BULLET.match(row) or row.rstrip().endswith(("?", ":")) for row in bare):
        return False
    phones = sum(_PHONE.search(row) is not None for row in rows)
    contacts = sum(_contact(row) for row in rows)
    titles = sum(_titled(row) or _POSTAL.search(row) is not None for row in bare)
    if len(rows) == 1:
        page = _PAGE.search(rows[0]) is not None
        return below and not page and (contacts > 0 or titles > 0 or name(rows[0])) and len(bare[0]) <= 70
    if name(rows[0]):
        return contacts + titles > 0
    if phones and all(_contact(row) or _LABELLED.match(row) for row in rows):
        return True
    return (phones > 0 and contacts + titles >= 2) or (below and contacts + titles > 0)
