"""What clients, gateways and mailing lists add to a mail by themselves, by language. Nobody wrote these lines.

All spellings are folded: lower case, typographic apostrophes straight, one blank. Seen in public corpora and list
archives 2012-2026 unless a line says otherwise.
"""

from __future__ import annotations

import re

DEVICES = frozenset(
    """iphone iphones ipad ipod phone smartphone mobile cell cellphone tablet android galaxy samsung blackberry huawei xiaomi
    redmi pixel nexus htc lg sony xperia nokia lumia oneplus motorola moto oppo vivo honor wiko alcatel zte lenovo mi watch ios
    ipados macbook mac imac windows pc laptop outlook mail gmail yahoo yandex aol hotmail gmx proton protonmail thunderbird
    spark airmail mailbox mailspring newton polymail superhuman typeapp bluemail boxer edison acompli inbox nine k-9 k9 fairemail
    aqua canary hey fastmail zoho zimbra tutanota tuta posteo mailbird em emclient thebat webmail handy mobiltelefon mobilgerät
    téléphone smartphone-ul telefon telefonul telefone celular móvil movil telefono cellulare telefoon gsm matkapuhelin puhelin
    puhelimesta iphonesta ipadista telefonu telefonem komórki komórka mobilu mobil telefonról telefonomról κινητό телефона
    телефону смартфона планшета điện thoại スマートフォン 手机 手機 휴대폰 핸드폰 جوال هاتف آيفون הטלפון האייפון iphone'umdan ipad'imden telefonumdan
    iphone-umdan n1 nylas mailtrack hubspot workspace-one work hub missive front mailmate postbox evolution geary kmail claws
    icloud seznam wp onet o2 web.de t-online freenet libero orange bouygues sfr laposte qq 网易 foxmail 邮箱大师 naver daum hanmail
    mail.ru myphone device gerät apparaat urządzenia zařízení dispositivo appareil enhet enheten eszköz""".split()
)
"""Devices and apps that name themselves in a footer."""

SENT_FROM = (
    # English
    "sent from", "sent via", "sent with", "sent using", "sent by", "sent on my", "sent through", "from my iphone", "from my ipad",
    "from my android", "get outlook for", "download outlook", "sent securely", "typed on my", "written on my", "sent in ", "by email from my",
    # German
    "von meinem", "von meiner", "gesendet von", "gesendet mit", "gesendet aus", "gesendet über", "gesendet via", "vom iphone", "vom ipad", "vom handy", "verschickt von",
    "diese nachricht wurde von", "diese nachricht wurde mit", "diese e-mail wurde von", "holen sie sich outlook", "outlook für", "outlook fur", "mit freundlichen grüßen von meinem", "laden sie outlook", "geschickt von",
    # French
    "envoyé de", "envoye de", "envoyé depuis", "envoyé à partir", "envoyé avec", "envoyé via", "envoyé par", "obtenir outlook", "obtenez outlook", "télécharger outlook", "téléchargez outlook", "provenance :",
    "provenance:", "de mon iphone", "message envoyé depuis", "message envoyé avec", "outlook pour",
    # Spanish, Portuguese, Catalan
    "enviado desde", "enviado con", "enviado mediante", "obtener outlook", "obtenga outlook", "descargar outlook", "mandado desde", "enviat des de", "enviado do", "enviado de", "enviado a partir", "enviado via", "enviado pelo",
    "enviada do", "enviado por", "enviado com", "obter o outlook", "obtenha o outlook", "baixar o outlook", "transferir o outlook", "outlook para", "mensagem enviada do", "outlook per a",
    # Italian
    "inviato da", "inviato dal", "inviato con", "inviato tramite", "inviata da", "inviato via", "ottieni outlook", "scarica outlook", "outlook per", "spedito da",
    # Dutch
    "verzonden vanaf", "verzonden vanuit", "verzonden met", "verzonden via", "verzonden door", "verstuurd vanaf", "verstuurd vanuit", "verstuurd met", "verstuurd via", "outlook voor", "download outlook voor", "gestuurd vanaf",
    # Swedish, Danish, Norwegian, Finnish
    "skickat från", "skickat med", "skickat via", "skickades från", "skickad från", "hämta outlook", "sendt fra", "sendt med", "sendt via", "sendt på", "hent outlook", "last ned outlook", "få outlook", "skaff outlook", "skaff deg outlook", "outlook til",
    "lähetetty", "lähetä", "hanki outlook", "lataa outlook", "lähetin tämän",
    # Polish, Czech, Slovak, Slovene, Croatian
    "wysłane z", "wysłano z", "wysłane przez", "wysłane przy użyciu", "wysłano za pomocą", "wysłane za pomocą", "wysłana z", "pobierz program outlook", "pobierz aplikację outlook", "pobierz outlook", "pobierz wersję outlook",
    "odesláno z", "odesláno ze", "odesláno pomocí", "odoslané z", "odoslané zo", "odoslané pomocou", "posláno z", "poslané z", "získat outlook", "získať outlook", "získejte outlook", "stáhnout outlook", "aplikace outlook pro",
    "outlook pro", "poslano iz", "poslano z", "poslano s", "preuzmite outlook",
    # Hungarian, Romanian
    "küldve", "elküldve", "az iphone-om", "iphone-om", "iphone-ról", "a telefonomról", "iphone készülékemről", "az outlook ios", "az outlook letöltése", "outlook letöltése", "szerezze be az outlook", "töltse le az outlook", "androidos outlook",
    "trimis de pe", "trimis din", "trimis cu", "trimis prin", "trimis de la", "obțineți outlook", "descărcați outlook", "descarcă outlook", "obține outlook",
    # Greek, Turkish
    "στάλθηκε από", "στάλθηκε μέσω", "εστάλη από", "απεσταλμένο από", "αποκτήστε το outlook", "λήψη του outlook", "κατεβάστε το outlook", "iphone'umdan", "ipad'imden", "telefonumdan", "android için outlook", "ios için outlook", "outlook'u edinin",
    # Russian, Ukrainian, Bulgarian
    "отправлено с", "отправлено из", "отправлено через", "отправлено от", "послано с", "отправлено при помощи", "скачать outlook", "получить outlook", "загрузить outlook", "установите outlook", "с уважением, отправлено", "надіслано з", "надіслано із", "надіслано через", "відправлено з", "відправлено із",
    "відправлено через", "отримати outlook", "завантажити outlook", "завантажте outlook", "отримайте outlook", "изпратено от",
    # Vietnamese, Indonesian
    "đã gửi từ", "được gửi từ", "gửi từ", "đã gửi bằng", "tải outlook", "tải xuống outlook", "lấy outlook", "dikirim dari", "dapatkan outlook",
    # Chinese, Japanese, Korean
    "发自", "發自", "从我的", "從我的", "寄自", "来自我的", "來自我的", "发送自", "傳送自", "通过我的", "获取适用于", "取得 outlook", "获取 outlook", "下载适用于", "取得適用於", "iphoneから", "ipadから", "androidから", "私のiphone", "outlook for ios", "outlook for android", "ios 版 outlook",
    "android 版 outlook", "나의 iphone", "나의 ipad", "내 iphone", "내 ipad", "내 휴대", "나의 galaxy", "내 galaxy", "ios용 outlook", "android용 outlook", "outlook 다운로드", "삼성", "갤럭시",
    # Arabic, Hebrew, Persian
    "أرسلت من", "أُرسلت من", "مرسل من", "مُرسل من", "تم الإرسال من", "تم إرساله من", "أرسل من", "أُرسل من", "الحصول على outlook", "احصل على outlook", "تنزيل outlook", "נשלח מ", "נשלח באמצעות", "נשלח דרך", "השג את outlook", "קבל את outlook", "הורד את outlook",
    "ارسال شده از", "فرستاده شده از",
)  # fmt: skip
"""How a footer begins."""

SENT_FROM_ENDS = (
    "gesendet", "gesendet.", "verschickt", "beziehen", "herunterladen", "abrufen", "downloaden", "hämta", "küldve", "küldtem", "küldött", "lähetetty", "lähetettiin", "gönderildi", "gönderildi.", "gönderilmiştir", "edinin", "indirin", "から送信", "から送信されました",
    "より送信", "から送付", "から送信しました", "を入手", "を取得", "傳送", "发送", "傳送的", "에서 보냄", "에서 보낸 메일", "에서 보냈습니다", "에서 전송", "에서 전송됨", "다운로드", "가져오기", "beszerzése", "letöltése", "으로 보냄", "发送的",
)  # fmt: skip
"""How a footer ends where the language puts the verb last."""

_ALWAYS = (
    "get outlook for", "outlook für ios beziehen", "outlook for ios を入手", "provenance : courrier pour windows", "sent from mobile", "sent via mobile", "发自我的", "發自我的", "從我的", "iphoneから送信", "나의 iphone에서 보냄",
    "sent from my mobile", "sent from a mobile", "sent from my phone", "enviado do iphone", "this email was sent from my", "sent from yahoo mail", "sent on the go", "sent with proton mail", "sent with protonmail", "sent from proton mail",
)  # fmt: skip

LIST_FOOTERS = (
    "to unsubscribe", "unsubscribe:", "you received this message because", "you are receiving this", "you're receiving this", "view this message in context", "this message was sent to", "to view this discussion", "for more options, visit",
    "visit topic", "reply to this email directly", "to respond, reply to this email", "manage your subscription", "view it on github", "view it on gitlab", "to stop receiving", "manage preferences",
    "um sich abzumelden", "abmelden:", "pour vous désabonner", "se désabonner", "para cancelar la suscripción", "per annullare l'iscrizione", "virus-free", "virenfrei", "sans virus", "libre de virus", "livre de vírus", "virusfri", "privo di virus", "virusvrij",
    "this email has been checked for viruses", "diese e-mail wurde von avast", "cet email a fait l'objet", "l'absence de virus", "this email was scanned", "questo messaggio e' stato analizzato", "questo messaggio è stato analizzato", "no virus found",
    "checked by avg", "scanned by", "message analysé par", "mailscanner", "please consider the environment", "please think about the environment", "before printing", "think before you print", "bitte denken sie an die umwelt", "bitte prüfen sie, ob diese mail",
    "pensez à l'environnement", "avant d'imprimer", "antes de imprimir", "prima di stampare", "denk aan het milieu", "tänk på miljön", "tænk på miljøet", "ajattele ympäristöä", "pomyśl o środowisku", "zanim wydrukujesz", "reply above", "--- posting guidelines",
    "p please consider", "à imprimer que si", "n'imprimez", "sent by mailtrack", "mailtrack", "remetente notificado", "sender notified by",
)  # fmt: skip
"""How lines begin that mailing lists, virus scanners and footers against printing add."""

BANNERS = (
    "caution: this email", "caution: this message", "caution: external", "caution - external", "caution! external", "caution: email originated", "caution: email from outside", "caution: do not", "warning: this email", "warning: this message", "warning: external", "warning - external", "external email", "external e-mail", "external sender",
    "external mail", "external message", "[external]", "[ext]", "[extern]", "[externe]", "this email originated", "this message originated", "this e-mail originated", "this email was sent from outside", "this message was sent from outside", "this email is from an external", "this message is from an external", "this mail originated", "this email comes from outside",
    "you don't often get email from", "some people who received this message don't often get email from", "you do not often get email from", "attention: this email", "attention: external", "attention: cet e-mail", "attention : cet e-mail", "attention : ce message", "attention: this message", "be careful with this message", "this message is from an external sender", "think before you click", "security warning",
    "achtung: diese e-mail", "achtung: externe", "achtung! externe", "vorsicht: diese e-mail", "vorsicht: externe", "diese e-mail stammt von", "diese e-mail kommt von", "diese nachricht stammt von", "externe e-mail", "externe mail", "externer absender", "warnung: diese e-mail", "warnung: externe", "sie erhalten nicht oft", "sie erhalten nicht häufig", "sie erhalten nicht oft e-mails von",
    "attention : courriel", "courriel externe", "e-mail externe", "email externe", "message externe", "ce courriel provient", "ce message provient", "cet e-mail provient", "vous n'obtenez pas souvent", "vous ne recevez pas souvent", "prudence : ", "mise en garde :",
    "precaución: este correo", "advertencia: este correo", "atención: este correo", "correo externo", "este correo se originó", "este correo electrónico se originó", "este mensaje se originó", "este correo proviene", "no suele recibir correo", "cuidado: este", "remitente externo",
    "atenção: este e-mail", "atenção: este email", "cuidado: e-mail", "e-mail externo", "email externo", "este e-mail foi enviado de fora", "este e-mail teve origem", "mensagem externa", "não costuma receber", "você não costuma receber",
    "attenzione: questa email", "attenzione: questa e-mail", "attenzione: mail esterna", "attenzione: messaggio esterno", "email esterna", "mail esterna", "mittente esterno", "questa email proviene", "questo messaggio proviene", "non si ricevono spesso", "non ricevi spesso",
    "let op: deze e-mail", "let op: externe", "let op! externe", "waarschuwing: deze e-mail", "waarschuwing: externe", "externe afzender", "deze e-mail is afkomstig", "deze mail komt van buiten", "u ontvangt niet vaak", "je ontvangt niet vaak",
    "varning: ", "obs! externt", "externt meddelande", "extern avsändare", "detta e-postmeddelande kommer", "du får inte ofta e-post", "advarsel: ", "obs: ekstern", "ekstern afsender", "ekstern avsender", "denne e-mail kommer", "du får ikke ofte mails", "denne e-posten kommer", "du får ikke ofte e-post", "varoitus: ", "huomio: ulkoinen", "ulkoinen lähettäjä", "tämä viesti tulee",
    "uwaga: ta wiadomość", "uwaga: wiadomość", "uwaga! wiadomość", "wiadomość zewnętrzna", "nadawca zewnętrzny", "ta wiadomość pochodzi", "nieczęsto otrzymujesz", "upozornění: ", "externí odesílatel", "tento e-mail pochází", "tento e-mail přišel", "figyelem: külső", "figyelem! külső", "külső feladó", "ez az e-mail külső", "atenție: acest", "acest e-mail provine", "expeditor extern",
    "προσοχή: ", "εξωτερικός αποστολέας", "dikkat: bu e-posta", "dikkat: dış", "harici gönderen", "bu e-posta kuruluş dışından", "внимание: это письмо", "внимание! внешн", "внешний отправитель", "внешняя почта", "это письмо отправлено", "увага: ", "зовнішній відправник", "цей лист надійшов", "cảnh báo: ", "chú ý: email", "email từ bên ngoài",
    "【外部メール】", "[外部]", "外部メール", "注意: このメールは外部", "注意：このメールは", "警告: ", "【外部邮件】", "外部邮件", "外部郵件", "注意：此邮件来自", "注意：此郵件來自", "此邮件来自外部", "此郵件來自", "[외부]", "외부 메일", "외부 발신자", "주의: 이 메일", "이 메일은 외부", "تحذير: ", "تنبيه: ", "بريد خارجي", "مرسل خارجي", "אזהרה: ", "שים לב: ", "שולח חיצוני", "דואר חיצוני",
)  # fmt: skip
"""How gateways begin their warnings above a mail from outside. A short label ("varning: ") also needs a word of
BANNER_WORDS in the same paragraph."""

BANNER_WORDS = (
    "external", "outside", "extern", "ausserhalb", "außerhalb", "extérieur", "externe", "externo", "fuera de", "fora da", "esterno", "esterna", "buiten", "utanför", "uden for", "utenfor", "ulkopuol", "ulkoi", "zewn", "spoza", "mimo organizac", "externí", "külső", "kívül", "exterior", "extern", "εξωτερικ", "εκτός", "dış", "harici", "внешн", "извне",
    "зовнішн", "ззовні", "bên ngoài", "外部", "외부", "خارج", "חיצוני", "מחוץ", "click", "klick", "cliqu", "clic", "klik", "links", "links", "attachments", "anhänge", "learn why", "erfahren sie", "@",
)  # fmt: skip

LEGAL = (
    "confidential", "privileged", "intended recipient", "intended solely", "intended only", "unauthorized", "unauthorised", "disclaimer", "strictly prohibited", "legally", "in error", "destroy", "disseminat", "addressee", "virus", "liability", "notify the sender", "proprietary", "registered office", "registered in england", "liable", "own risk", "any loss", "damages", "company number", "company registration",
    "vertraulich", "rechtlich geschützt", "empfänger", "irrtümlich", "unbefugt", "vernichten", "geschäftsführer", "handelsregister", "amtsgericht", "registergericht", "ust-id", "ust-idnr", "sitz der gesellschaft", "aufsichtsrat", "hrb ", "nicht gestattet", "weitergabe",
    "confidentiel", "destinataire", "par erreur", "usage exclusif", "non autorisé", "pièces jointes", "interdit", "juridique", "responsabilité", "détruire", "siret", "capital social", "rcs ",
    "confidencial", "destinatario", "destinatário", "por error", "por engano", "por erro", "prohibid", "proibid", "privilegiad", "no autorizad", "não autorizad", "legalmente", "protección de datos", "rgpd", "uso exclusivo", "aviso legal", "ley orgánica", "sigilos",
    "riservat", "per errore", "vietat", "uso esclusivo", "non autorizzat", "d.lgs", "gdpr", "allegati", "vertrouwelijk", "geadresseerde", "ten onrechte", "onbevoegd", "aansprakelijk", "uitsluitend bestemd", "niet toegestaan", "kvk", "kamer van koophandel",
    "konfidentiell", "avsedd", "mottagare", "av misstag", "obehörig", "fortrolig", "modtager", "ved en fejl", "uberettiget", "mottaker", "ved en feil", "konfidensiell", "luottamuksell", "vastaanottaja", "vahingossa", "erehdyksessä",
    "poufn", "adresat", "omyłkow", "zabronion", "nieuprawnion", "zastrzeżon", "krs ", "nip ", "regon", "důvěrn", "příjemc", "omylem", "neoprávněn", "zakázán", "bizalmas", "címzett", "tévedés", "jogosulatlan", "confidențial", "din greșeală", "neautorizat", "interzis",
    "εμπιστευτικ", "παραλήπτ", "κατά λάθος", "απαγορεύεται", "gizli", "alıcı", "yanlışlıkla", "yasak", "конфиденциальн", "получател", "по ошибке", "запрещ", "конфіденційн", "одержувач", "помилково", "заборонен", "bảo mật", "người nhận", "nhầm", "nghiêm cấm",
    "機密", "秘密", "受信者", "宛先以外", "誤って", "禁止", "厳禁", "保密", "收件人", "误收", "誤收", "严禁", "嚴禁", "기밀", "수신인", "수신자", "잘못 수신", "금지", "سري", "المستلم", "المرسل إليه", "بطريق الخطأ", "محظور", "חסוי", "סודי", "נמען", "בטעות", "אסור",
)  # fmt: skip
"""Stems of legal notices. A paragraph with three of them that nobody would write is one."""

_LINKED = re.compile(r"<[^<>]{0,500}>|\[https?:[^\[\]]{0,500}\]|\(https?:[^()]{0,500}\)|https?://\S{1,500}")
_DECORATION = " \t*_<>()[]{}\"'„“”«».,;!-–—=|~#‐"


def folded(text: str) -> str:
    """The form that is compared with the tables."""
    return " ".join(text.replace("’", "'").casefold().replace("i̇", "i").split()).strip(_DECORATION)


def client_footer(text: str) -> bool:
    """`Sent from my iPhone`, in any language: a sender phrase and a device or app, and nothing a person would add."""
    if len(text) > 300 or not text:
        return False
    if text.strip() in _TRACKERS:
        return True
    plain = _LINKED.sub(" ", text) if "<" in text or "http" in text else text
    line = folded(plain)
    if len(line) > 110:
        return False
    if line.startswith(_ALWAYS):
        return len(line) < 90
    if not (line.startswith(_STARTS) or line.endswith(_ENDS)):
        return False
    return _names_device(plain, line)


def _names_device(plain: str, line: str) -> bool:
    """Is a device or an app named before the first comma, or a name behind "my"?"""
    head = _HEAD_END.split(line, maxsplit=1)[0]
    names = head.replace("-", " ").replace("'", " ").split()
    if len(names) > 12:
        return False
    if any(name in DEVICES or name.startswith(_DEVICE_STEMS) for name in [*names, *head.split()]):
        return True
    if not head.isascii() and any(stem in head for stem in _DEVICE_STEMS):
        return True
    mine = _MINE.search(plain)
    return mine is not None and len(names) <= 9


_STARTS = tuple(phrase.casefold() for phrase in SENT_FROM)
_ENDS = tuple(phrase.casefold() for phrase in SENT_FROM_ENDS)
_LISTS = tuple(phrase.casefold() for phrase in LIST_FOOTERS)
_TRACKERS = frozenset("ᐧ ᐧᐧ".split())  # U+1427, left by a tracking extension of Gmail (2015-2024)
_DEVICE_STEMS = ("iphon", "ipad", "outlook", "android", "samsung", "galaxy", "windows", "яндекс", "почт")
_HEAD_END = re.compile(r",|\. |;|!|\s[-–—]\s")
_MINE = re.compile(r"(?:\bmy|meinem|meiner|mon|mi|meu|minha|mio|mia|mijn|min|mitt|mojego|mého|mojeho|моего|мого)\s[A-Z0-9]")


def list_footer(text: str) -> bool:
    line = folded(text)
    return line.startswith(_LISTS) or line.endswith(("mailing list", "mailing list archive at nabble.com"))


def banner(paragraph: str) -> bool:
    """A gateway's warning above a mail from outside."""
    line = " ".join(paragraph[:400].replace("’", "'").casefold().split()).lstrip(" \t-–—=|~>\"'„“”<(⚠️!❗🛑🚨▲△⚠").replace("*", "").strip()
    line = line.replace("caution:this", "caution: this").replace("warning:this", "warning: this")
    if not line.startswith(_BANNERS):
        return line in ("external", "extern", "externe", "externo", "esterno")
    return len(line) < 40 or any(word in line for word in _BANNER_WORDS)


_BANNERS = tuple(phrase.replace("*", "").casefold() for phrase in BANNERS)
_BANNER_WORDS = tuple(word.casefold() for word in BANNER_WORDS)


def disclaimer(paragraph: str) -> bool:
    """A legal notice."""
    if len(paragraph) < (25 if not paragraph.isascii() and _UNSPACED.search(paragraph) else 60):
        return False
    text = paragraph[:3000].casefold()
    stems = _stems(text)
    if len(stems) < 2:
        return False
    found = sum(stem in text for stem in stems)
    return found >= 3 or (found >= 2 and (text.startswith(_NOTICE) or len(paragraph) > 300))


def _stems(text: str) -> set[str]:
    """The stems that may be in the text: by the first letters of its words, because most texts have none."""
    heads = {(word + " ")[:4] for word in text.translate(_PUNCTUATION).split()}
    found = {stem for head in heads & _BY_HEAD.keys() for stem in _BY_HEAD[head]}
    if not text.isascii() and _UNSPACED.search(text):
        found |= _UNSPACED_STEMS
    return found


_PUNCTUATION = dict.fromkeys(map(ord, "()[]\"'„“”«»,;:*/-'’"), " ")
_UNSPACED = re.compile(r"[\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED_STEMS = frozenset(stem for stem in LEGAL if _UNSPACED.search(stem))
_BY_HEAD: dict[str, list[str]] = {}
for _stem in (stem.casefold() for stem in LEGAL):
    _BY_HEAD.setdefault((_stem.split()[0].split("-")[0] + " ")[:4], []).append(_stem)

_NOTICE = ("disclaimer", "confidentiality", "this e-mail", "this email", "this message", "the information", "diese e-mail", "diese nachricht", "der inhalt dieser", "ce message", "cet e-mail", "ce courriel", "este mensaje", "este correo", "este e-mail", "esta mensagem", "questo messaggio", "questa e-mail", "le informazioni", "dit bericht", "deze e-mail", "de informatie", "note:", "hinweis:",
           "important:", "notice:", "aviso", "avis", "avviso", "detta meddelande", "denne e-mail", "denne mail", "denne e-posten", "tämä viesti", "ta wiadomość", "niniejsza", "treść tej", "tento e-mail", "tato zpráva", "ez az e-mail", "acest mesaj", "acest e-mail", "το παρόν", "bu e-posta", "bu ileti", "это сообщение", "данное сообщение", "цей лист", "це повідомлення", "email này", "このメール", "本メール", "本邮件", "此邮件", "本郵件", "이 메일", "본 메일", "هذه الرسالة", "הודעה זו")  # fmt: skip
