"""The words of attribution lines, by language."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.languages.word_lists import names, phrases

WROTE: Mapping[str, tuple[str, ...]] = {
    "en": phrases("wrote | writes | said | schreef:"),
    "de": phrases("schrieb | geschrieben | schreibt"),
    "fr": phrases("a écrit | a ecrit | écrit | écrivait"),
    "es": phrases("escribió | escribio | ha escrito | escribe"),
    "pt": phrases("escreveu | escreveram"),
    "it": phrases("ha scritto | scrisse | scrive"),
    "nl": phrases("schreef | geschreven | heeft geschreven"),
    "sv": phrases("skrev"),
    "da": phrases("skrev"),
    "no": phrases("skrev | skreiv"),
    "fi": phrases("kirjoitti"),
    "pl": phrases(
        "napisał | napisała | napisał(a) | napisała(a) | napisano | napisana przez | pisze"
    ),
    "cs": phrases("napsal | napsala | napsal(a) | odesláno"),
    "sk": phrases("napísal | napísala | napísal(a)"),
    "hu": phrases("írta | ezt írta | ezt irta | a következőt írta | rta:"),
    "ro": phrases("a scris | scrie"),
    "el": phrases("έγραψε | εγραψε"),
    "tr": phrases("şunu yazdı | yazdı | şunları yazdı | yazmış"),
    "ru": phrases("написал | написала | написал(а) | пишет | писал | пише"),
    "uk": phrases("написав | написала | написав(ла) | пише"),
    "bg": phrases("написа"),
    "hr": phrases("je napisao | je napisala | napisao | napisala | je napisao/la"),
    "sl": phrases("je napisal | je oseba"),
    "et": phrases("kirjutas"),
    "lv": phrases("rakstīja"),
    "lt": phrases("rašė | parašė"),
    "ca": phrases("va escriure | ha escrit | missatge de"),
    "vi": phrases("đã viết | viết | da viet"),
    "id": phrases("menulis"),
    "ja": phrases(
        """
        のメール | 書きました | wrote | さんは書き | 様は書き | が書き | 書き込みました | からのメッセージ
        """
    ),
    "zh": phrases("写道 | 寫道 | 写到 | 来信 | 撰寫 | 寫"),
    "ko": phrases("작성 | 님이 작성 | 쓴 글 | 썼습니다 | 보낸 메시지"),
    "ar": phrases("كتب | كتبت | كتب/كتبت"),
    "he": phrases("כתב | כתבה | מאת | כתב/ה"),
    "fa": phrases("نوشت"),
    "th": phrases("เขียนว่า | เขียน"),
    "hi": phrases("ने लिखा"),
}
"""Language -> the word or words for "wrote"."""

QUOTING = phrases(
    """
    quoting | zitat von | citando a | citando | quotando | citerar | citat från | selon | mensaje citado por | cytat |
    cytowanie | citát od | en réponse à | citáció
    """
)
"""How some web mailers begin instead: "Quoting Ana <ana@corp.example>:"."""

OPENING = names(
    """
    a am as at cmt cum czw da dana data data: de den der di die dienstag dim dimanche dne dne: dnia do dom dom.
    domenica domingo donnerstag dňa el em fr fre freitag fri friday giovedì il in jeu jeudi jue jueves ke la lau le
    lun lundi lunedì lunes lör lúc ma mar mardi martedì martes mer mercoledì mercredi mittwoch mié miércoles mo mon
    monday montag mån ne ngày niedz no o om on ons op pada paz pe per po pon pt pzt pá på qua. quarta-feira qui.
    quinta-feira sa sabato sal sam samedi samstag sat saturday seg. segunda-feira sex. sexta-feira so sob sonntag st
    su sun sunday sáb sáb. sábado sön tarihinde ter. terça-feira tgl. thu thursday ti time tir tis tor tors tue
    tuesday ven vendredi venerdì vie viernes vom vr vào w wed wednesday wiadomość wo wt za zo às çar în út čt śr στην
    στισ το в вс вт нд пн пт сб ср у чт ב- ביום בתאריך לפני بتاريخ في ‎ב-
    """
)
"""First words of attributions that are wrapped over several rows."""
