"""Words by which machines are known where they set no header. Subjects count only at their start and with a colon."""

from __future__ import annotations

_AWAY = """
en: automatic reply | auto reply | auto-reply | autoreply | automatic response | auto response | auto-response
en: out of office | out of the office | out-of-office | ooo | out of office autoreply | out of office auto-reply
en: out of office reply | vacation reply | vacation responder | away from my mail
de: automatische antwort | abwesenheitsnotiz | automatische abwesenheitsnotiz | autoantwort | auto-antwort
de: abwesenheitsmeldung | abwesenheitsagent | abwesenheitsassistent | urlaubsbenachrichtigung | außer haus
fr: réponse automatique | réponse auto | absence du bureau | absent du bureau | message d'absence
fr: message d’absence | notification d'absence | absence de bureau
es: respuesta automática | respuesta automatica | fuera de la oficina | fuera de oficina
pt: resposta automática | resposta automatica | ausência temporária | fora do escritório | fora do escritorio
it: risposta automatica | fuori sede | fuori ufficio
nl: automatisch antwoord | automatische reactie | afwezigheidsbericht | afwezigheidsassistent
sv: automatiskt svar | autosvar | frånvaromeddelande
da: automatisk svar | autosvar | fraværsbesked | fraværsassistent
nb: automatisk svar | autosvar | fraværsmelding
fi: automaattinen vastaus | poissaoloilmoitus
pl: automatyczna odpowiedź | odpowiedź automatyczna | autoodpowiedź | poza biurem
cs: automatická odpověď | mimo kancelář
sk: automatická odpoveď | mimo kancelárie
hu: automatikus válasz | házon kívül
ro: răspuns automat | raspuns automat | în afara biroului
el: αυτόματη απάντηση | εκτός γραφείου
tr: otomatik yanıt | otomatik cevap | ofis dışında
ru: автоматический ответ | автоответ | вне офиса
uk: автоматична відповідь | автовідповідь | поза офісом
bg: автоматичен отговор
hr: automatski odgovor
sl: samodejni odgovor
et: automaatvastus
lv: automātiskā atbilde
lt: automatinis atsakymas
vi: trả lời tự động | thư trả lời tự động
ja: 自動応答 | 自動返信 | 不在通知
zh: 自动答复 | 自动回复 | 自動回覆 | 自動答覆 | 不在办公室
ko: 자동 회신 | 자동 응답
ar: رد تلقائي | الرد التلقائي | خارج المكتب
he: תשובה אוטומטית | מענה אוטומטי | מחוץ למשרד
ca: resposta automàtica
"""
"""Subjects that Outlook, Exchange, Lotus and their kin write themselves, by language, without the colon. What a person
might type ("Vacation: plans for July") is left out: one lost mail is worse than one absence not understood."""

AWAY_SUBJECTS = frozenset(
    phrase.strip().casefold()
    for line in _AWAY.strip().splitlines()
    for phrase in line.partition(":")[2].split("|")
)

CHALLENGE_HEADERS = (
    "x-boxbe",
    "x-spamarrest",
    "x-mailinblack",
    "x-tmda",
    "x-challenge",
    "x-sender-verification",
)
CHALLENGE_SENDERS = frozenset(
    ("challenge", "challenges", "confirm", "tmda", "antispamuol", "spamarrest")
)
"""Whole words of a local part: "ana-confirm-1027.8c1f" (TMDA)."""

CHALLENGE_STARTS = ("sender-verif",)
CHALLENGE_SUBJECTS = (
    # whole; those that end in a blank or a bracket are starts
    "[mailinblack]",
    "please confirm your message to ",
    "please confirm your message",
    "please confirm your email to ",
    "action required: confirm your email",
    "action required: verify your email",
    "your email requires verification verify#",
    "your email requires verification",
    "your message is waiting for verification",
    "verify your message to ",
    "[antispam uol]",
    "antispam uol ",
)
