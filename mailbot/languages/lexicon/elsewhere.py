"""Courtesies and the word "private" in languages that are not read otherwise: people greet in them all the same."""

from mailbot.languages.lexicon.entry import Lexicon

_NONE = ("",) * 7


def _polite(greetings: str, closings: str, courtesies: str, private: str) -> Lexicon:
    return Lexicon(
        _NONE,
        (),
        (),
        {},
        {},
        {},
        greetings=greetings,
        closings=closings,
        courtesies=courtesies,
        private=private,
    )


ELSEWHERE = {
    "sv": _polite(
        "hej|hejsan|god morgon|hej alla|hallå|tjena|kära|käre",
        "mvh|med vänlig hälsning|med vänliga hälsningar|vänliga hälsningar|hälsningar|tack|tack så mycket"
        "|ha det bra|allt gott"
        "|vi ses|bästa hälsningar|trevlig helg|tack på förhand|hälsar",
        "tack|tack så mycket|tusen tack|okej|toppen|perfekt|bra|uppfattat|noterat|kanon|vi ses",
        "privat|konfidentiellt",
    ),
    "da": _polite(
        "hej|kære|godmorgen|god morgen|goddag|hej alle|hejsa",
        "mvh|med venlig hilsen|venlig hilsen|de bedste hilsner|bedste hilsner|hilsen|kh|kærlig hilsen|tak"
        "|mange tak|vh|vi ses"
        "|god weekend|på forhånd tak",
        "tak|mange tak|tusind tak|okay|fint|perfekt|super|modtaget|forstået|vi ses",
        "privat|fortroligt",
    ),
    "no": _polite(
        "hei|kjære|god morgen|hallo|hei alle|heisann|god dag",
        "mvh|med vennlig hilsen|vennlig hilsen|beste hilsen|hilsen|takk|tusen takk|mange takk|vi ses|ha en fin dag"
        "|god helg"
        "|på forhånd takk",
        "takk|tusen takk|mange takk|supert|flott|perfekt|notert|forstått|greit|vi ses|bra",
        "privat|konfidensielt",
    ),
    "fi": _polite(
        "hei|moi|terve|hyvää huomenta|hyvää päivää|moikka|päivää|moro|hei kaikki",
        "terveisin|ystävällisin terveisin|parhain terveisin|t|yt|kiitos|kiitos paljon|kiitoksia|terv|nähdään"
        "|hyvää viikonloppua"
        "|kiitos etukäteen|terkuin",
        "kiitos|kiitos paljon|kiitti|ok kiitos|hyvä|selvä|hienoa|mahtavaa|sopii|nähdään",
        "yksityinen|yksityisesti|luottamuksellinen",
    ),
    "pl": _polite(
        "cześć|czesc|dzień dobry|witam|hej|drogi|droga|szanowny panie|szanowna pani|dobry wieczór|siema|witaj",
        "pozdrawiam|pozdrowienia|z poważaniem|serdecznie pozdrawiam|dzięki|dziękuję|dziękuje|z góry dziękuję"
        "|miłego dnia|do zobaczenia"
        "|pozdr|wszystkiego dobrego|na razie|udanego weekendu",
        "dzięki|dziękuję|dziękuje|super|świetnie|ok dzięki|jasne|dobrze|przyjąłem|przyjęłam|rozumiem|do zobaczenia",
        "prywatne|prywatnie|poufne|prywatny",
    ),
    "cs": _polite(
        "ahoj|dobrý den|čau|nazdar|milý|milá|zdravím|dobré ráno|vážený pane|vážená paní",
        "s pozdravem|zdravím|díky|děkuji|děkuju|hezký den|pěkný den|s přátelským pozdravem|předem díky"
        "|na shledanou|měj se|ať se daří",
        "díky|děkuji|děkuju|super|dobře|rozumím|jasně|výborně|ok díky",
        "soukromé|soukromě|důvěrné",
    ),
    "hu": _polite(
        "szia|sziasztok|kedves|jó napot|jó reggelt|tisztelt|helló|üdv|szervusz",
        "üdvözlettel|üdv|köszönettel|köszönöm|köszi|köszönöm szépen|tisztelettel|szép napot|minden jót"
        "|előre is köszönöm",
        "köszönöm|köszi|köszönöm szépen|rendben|szuper|oké|értem|jó",
        "privát|bizalmas|magán",
    ),
    "ro": _polite(
        "bună|salut|bună ziua|bună dimineața|dragă|stimate|stimată|servus|bună seara|hei",
        "cu stimă|mulțumesc|multumesc|mersi|o zi bună|o zi frumoasă|cu respect|toate cele bune|salutări|numai bine"
        "|cu drag|pe curând"
        "|mulțumesc anticipat",
        "mulțumesc|multumesc|mersi|mulțumesc mult|super|perfect|bine|am înțeles|ok mersi",
        "privat|confidențial|personal și confidențial",
    ),
    "el": _polite(
        "γεια|γεια σου|γεια σας|καλημέρα|καλησπέρα|αγαπητέ|αγαπητή|χαίρετε",
        "ευχαριστώ|ευχαριστώ πολύ|με εκτίμηση|φιλικά|χαιρετισμούς|με φιλικούς χαιρετισμούς|καλή συνέχεια"
        "|ευχαριστώ εκ των προτέρων",
        "ευχαριστώ|ευχαριστώ πολύ|εντάξει|τέλεια|ωραία|ελήφθη|οκ ευχαριστώ",
        "ιδιωτικό|εμπιστευτικό|προσωπικό",
    ),
    "tr": _polite(
        "merhaba|selam|selamlar|günaydın|iyi günler|merhabalar|sayın|sevgili|iyi akşamlar",
        "saygılarımla|selamlar|sevgiler|teşekkürler|teşekkür ederim|iyi çalışmalar|iyi günler|kolay gelsin"
        "|iyi hafta sonları"
        "|şimdiden teşekkürler|görüşmek üzere",
        "teşekkürler|teşekkür ederim|çok teşekkürler|sağ ol|tamam|süper|harika|anlaşıldı|sağol",
        "özel|gizli|kişiye özel",
    ),
    "ru": _polite(
        "привет|здравствуйте|добрый день|доброе утро|добрый вечер|уважаемый|уважаемая|дорогой|дорогая|здравствуй"
        "|приветствую",
        "с уважением|спасибо|всего доброго|с наилучшими пожеланиями|до встречи|хорошего дня|благодарю"
        "|заранее спасибо|до свидания"
        "|большое спасибо|хороших выходных|всего хорошего",
        "спасибо|большое спасибо|спасибо большое|благодарю|ок|окей|хорошо|отлично|понял|поняла|принято|до встречи"
        "|супер",
        "личное|лично|конфиденциально|приватно|личный",
    ),
    "uk": _polite(
        "привіт|вітаю|добрий день|доброго дня|доброго ранку|шановний|шановна|добрий вечір|здрастуйте",
        "з повагою|дякую|гарного дня|всього найкращого|до зустрічі|щиро дякую|наперед дякую|заздалегідь дякую"
        "|бувай|на все добре",
        "дякую|щиро дякую|дуже дякую|добре|чудово|зрозумів|зрозуміла|прийнято|гаразд|супер|ок",
        "особисте|приватно|конфіденційно|приватне",
    ),
    "ja": _polite(
        "こんにちは|お疲れ様です|お疲れさまです|おつかれさまです|お世話になっております|おはようございます|いつもお世話になっております|こんばんは",
        "よろしくお願いします|よろしくお願いいたします|宜しくお願いします|宜しくお願い致します|以上です|以上|ありがとうございます|どうぞよろしくお願いします"
        "|何卒よろしくお願いいたします|敬具|よろしくお願い致します",
        "ありがとうございます|ありがとう|了解です|了解しました|承知しました|かしこまりました|わかりました|ありがとうございました|確認しました",
        "非公開|プライベート|内緒|内密|個人用",
    ),
    "zh": _polite(
        "你好|您好|早上好|下午好|大家好|嗨|尊敬的|hi 你好|晚上好",
        "谢谢|祝好|此致|敬礼|祝工作顺利|顺颂商祺|祝商祺|谢谢你|谢谢您|多谢|祝周末愉快|谢谢啦|謝謝|祝好運|敬祝",
        "谢谢|好的|收到|多谢|好|没问题|明白|知道了|辛苦了|謝謝|谢谢你|好的谢谢",
        "私密|私人|保密|私下|非公开",
    ),
    "ko": _polite(
        "안녕하세요|안녕하십니까|안녕|좋은 아침입니다|수고하십니다",
        "감사합니다|고맙습니다|수고하세요|드림|올림|안녕히 계세요|좋은 하루 되세요|잘 부탁드립니다|즐거운 주말 되세요",
        "감사합니다|고맙습니다|네|알겠습니다|확인했습니다|넵|좋아요|고마워요|네 알겠습니다|네 감사합니다",
        "비공개|개인|사적|비밀",
    ),
    "ar": _polite(
        "مرحبا|مرحباً|السلام عليكم|أهلا|أهلاً|صباح الخير|مساء الخير|عزيزي|عزيزتي|تحية طيبة",
        "شكرا|شكراً|مع التحية|تحياتي|مع أطيب التحيات|مع خالص التحية|شكرا جزيلا|شكراً جزيلاً|مع السلامة|أطيب التحيات|وشكرا",
        "شكرا|شكراً|شكرا جزيلا|شكراً جزيلاً|تمام|حسنا|حسناً|ممتاز|تم|جيد",
        "خاص|سري|شخصي",
    ),
    "he": _polite(
        "היי|שלום|בוקר טוב|ערב טוב|צהריים טובים|הי|אהלן",
        "תודה|תודה רבה|בברכה|בתודה|בברכה חמה|יום טוב|להתראות|המשך יום נעים|תודה מראש|סופש נעים",
        "תודה|תודה רבה|סבבה|מעולה|אוקיי|בסדר|קיבלתי|מצוין|אין בעיה",
        "פרטי|חסוי|סודי|אישי",
    ),
}
