"""The labels of header blocks and the words of dividers, in every language clients write."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.languages.word_lists import names, phrases

LABELS: Mapping[str, tuple[str, ...]] = {
    "from": phrases(
        """
        from | von | de | da | van | från | fra | lähettäjä | od | feladó | felado | de la | από | kimden | gönderen |
        от | від | кому від | отправитель | từ | người gửi | 差出人 | 送信者 | 发件人 | 寄件者 | 寄件人 | 發件人 |
        보낸 사람 | 보낸사람 | 발신 | من | מאת | expéditeur | remitente | mittente | afzender | avsändare | absender |
        nadawca | odesílatel | odosielateľ | saatja | šalje | dari | จาก | expeditor | remetente | no | nuo | sender |
        发件者 | פון
        """
    ),
    "date": phrases(
        """
        sent | date | gesendet | datum | envoyé | envoye | envoyé le | date d'envoi | message du | enviado |
        enviado el | enviado em | enviada em | enviada | enviado a | fecha | data | inviato | inviata | verzonden |
        verzonden op | skickat | sendt | dato | lähetetty | päivämäärä | päiväys | pvm | wysłano | wysłane |
        data wysłania | odesláno | odoslané | odoslané dňa | dátum | küldve | elküldve | küldés ideje | trimis |
        trimis la | εστάλη | ημερομηνία | στάλθηκε | tarih | gönderildi | gönderme tarihi | gönderilme tarihi |
        отправлено | дата | надіслано | đã gửi | ngày | ngày gửi | 送信日時 | 日時 | 日付 | 送信日 | 发送时间 |
        发送日期 | 日期 | 時間 | 时间 | 寄件日期 | 傳送時間 | 傳送日期 | 發送時間 | 보낸 날짜 | 날짜 | 보낸날짜 |
        발송 | التاريخ | تم الإرسال | أرسلت | تاريخ الإرسال | נשלח | תאריך | sent on | sent at | time | poslano |
        datum odeslání | dikirim | tanggal | ส่ง | วันที่ | saadetud | envoyé le : | gesendet am | enviat | sendt den
        """
    ),
    "to": phrases(
        """
        to | an | à | a | para | aan | till | til | vastaanottaja | do | komu | pro | címzett | cimzett | către |
        catre | προς | kime | alıcı | кому | tới | đến | người nhận | 宛先 | 收件人 | 收件者 | 받는 사람 | 받는사람 |
        수신 | إلى | אל | empfänger | destinataire | destinatario | destinatário | adresat | příjemce | komu: |
        kepada | ถึง | la | za | mottagare | modtager | geadresseerde
        """
    ),
    "subject": phrases(
        """
        subject | betreff | objet | sujet | asunto | assunto | oggetto | onderwerp | ämne | emne | aihe | temat |
        předmět | predmet | tárgy | targy | subiect | subiectul | θέμα | konu | тема | chủ đề | tiêu đề | 件名 |
        主题 | 主題 | 主旨 | 标题 | 제목 | الموضوع | נושא | zadeva | teema | perihal | subjek | เรื่อง | subj | re
        """
    ),
    "other": phrases(
        """
        cc | bcc | reply-to | copie | copie à | kopie | kopia | kopi | kopio | copia | c.c. | risposta | antwort an |
        répondre à | responder a | másolatot kap | κοιν | κοιν. | копия | копія | bilgi | 抄送 | 副本 | 參照 | 참조 |
        نسخة | עותק | importance | wichtigkeit | attachments | anlagen | pièces jointes | organisation |
        organization | in reply to | newsgroups | mailed-by | sent by | dw | udw | kópia | másolat | đồng kính gửi |
        đồng gửi | resent-from | sender | priority | delivered-to | list-id | x-mailer | prioriteit | categories |
        conversation | ksi | odpowiedz do | antwoord aan | svar till | svar til | vastaus | kohde | kopiya |
        message-id | references | content-type | mime-version | return-path | received
        """
    ),
}
"""Kind -> the labels, without the colon."""

DIVIDERS = phrases(
    """
    original | original message | original email | original appointment | forwarded message | forwarded by |
    begin forwarded message | reply message | message original | message d'origine | message transféré |
    début du message réexpédié | début du message transféré | message initial | courriel original |
    ursprüngliche nachricht | original-nachricht | originalnachricht | ursprüngliche mail |
    weitergeleitete nachricht | anfang der weitergeleiteten nachricht | originalmail | mensaje original |
    mensaje reenviado | inicio del mensaje reenviado | mensagem original | mensagem encaminhada |
    mensagem reencaminhada | início da mensagem reencaminhada | messaggio originale | messaggio inoltrato |
    inizio messaggio inoltrato | oorspronkelijk bericht | origineel bericht | oorspronkelijke bericht |
    doorgestuurd bericht | begin doorgestuurd bericht | ursprungligt meddelande | originalmeddelande |
    ursprungsmeddelande | vidarebefordrat meddelande | vidarebefordrat brev | oprindelig besked |
    oprindelig meddelelse | original meddelelse | videresendt besked | videresendt meddelelse | opprinnelig melding |
    original melding | videresendt melding | alkuperäinen viesti | alkuperäinen sanoma | välitetty viesti |
    välitetty viesti alkaa | wiadomość oryginalna | oryginalna wiadomość | wiadomość przekazana dalej |
    przekazana wiadomość | treść przekazanej wiadomości | původní zpráva | původní e-mail | přeposlaná zpráva |
    pôvodná správa | preposlaná správa | eredeti üzenet | eredeti levél | továbbított üzenet | továbbított levél |
    mesajul original | mesaj original | mesaj redirecționat | mesaj redirectionat | αρχικό μήνυμα |
    προωθημένο μήνυμα | özgün ileti | orijinal mesaj | orjinal mesaj | iletilen mesaj | yönlendirilen ileti |
    исходное сообщение | оригинальное сообщение | пересылаемое сообщение | пересланное сообщение |
    начало переадресованного сообщения | первоначальное сообщение | оригінальне повідомлення | вихідне повідомлення |
    переслане повідомлення | thư gốc | tin nhắn gốc | thư đã chuyển tiếp | thư được chuyển tiếp | 元のメッセージ |
    元のメール | 転送されたメッセージ | 転送メッセージ | original message follows | オリジナルメッセージ | 原始邮件 |
    原邮件 | 转发的邮件 | 转发邮件信息 | 转发邮件 | 原始郵件 | 原始訊息 | 轉寄郵件 | 轉寄的郵件 | 原本メッセージ |
    원본 메시지 | 원본 메일 | 원문 | 전달된 메시지 | الرسالة الأصلية | رسالة أصلية | رسالة معاد توجيهها |
    ההודעה המקורית | הודעה מקורית | הודעה שהועברה | reply above this line | please reply above this line |
    write above this line | reply above | antworten sie über dieser linie | izvorno sporočilo | izvorna poruka |
    algne sõnum | pesan asli | quoted text | quoted message | replied message | message forwarded
    """
)
"""What stands between the dashes of a divider."""

DIVIDER_STARTS = phrases(
    """
    original message | forwarded by | forwarded message | reply above | please reply above | write above
    """
)
"""Dividers that go on with a name or a date."""

REPLY_ABOVE = phrases(
    """
    reply above this line | please reply above this line | write above this line | type your reply above |
    please type your reply above
    """
)
"""The line of ticket systems below which nothing is new."""

MESSAGE = names(
    """
    bericht besked correo courriel e-mail email ileti mail meddelande meddelelse melding mensagem mensaje mesaj
    mesajul message messaggio nachricht správa thư viesti wiadomość zpráva üzenet μήνυμα лист письмо повідомлення
    сообщение הודעה رسالة メッセージ メール 邮件 郵件 메시지
    """
)
"""Words for "message": between dashes they make a divider."""
