"""Stems of legal notices below a mail. A paragraph with three of them that nobody would write is one."""

from __future__ import annotations

from mailbot.languages.word_lists import names, phrases

LEGAL = phrases(
    """
    confidential | privileged | intended recipient | intended solely | intended only | unauthorized | unauthorised |
    disclaimer | strictly prohibited | legally | in error | destroy | disseminat | addressee | virus | liability |
    notify the sender | proprietary | registered office | registered in england | liable | own risk | any loss |
    damages | company number | company registration | vertraulich | rechtlich geschützt | empfänger | irrtümlich |
    unbefugt | vernichten | geschäftsführer | handelsregister | amtsgericht | registergericht | ust-id | ust-idnr |
    sitz der gesellschaft | aufsichtsrat | hrb | nicht gestattet | weitergabe | confidentiel | destinataire |
    par erreur | usage exclusif | non autorisé | pièces jointes | interdit | juridique | responsabilité | détruire |
    siret | capital social | rcs | confidencial | destinatario | destinatário | por error | por engano | por erro |
    prohibid | proibid | privilegiad | no autorizad | não autorizad | legalmente | protección de datos | rgpd |
    uso exclusivo | aviso legal | ley orgánica | sigilos | riservat | per errore | vietat | uso esclusivo |
    non autorizzat | d.lgs | gdpr | allegati | vertrouwelijk | geadresseerde | ten onrechte | onbevoegd |
    aansprakelijk | uitsluitend bestemd | niet toegestaan | kvk | kamer van koophandel | konfidentiell | avsedd |
    mottagare | av misstag | obehörig | fortrolig | modtager | ved en fejl | uberettiget | mottaker | ved en feil |
    konfidensiell | luottamuksell | vastaanottaja | vahingossa | erehdyksessä | poufn | adresat | omyłkow |
    zabronion | nieuprawnion | zastrzeżon | krs | nip | regon | důvěrn | příjemc | omylem | neoprávněn | zakázán |
    bizalmas | címzett | tévedés | jogosulatlan | confidențial | din greșeală | neautorizat | interzis | εμπιστευτικ |
    παραλήπτ | κατά λάθος | απαγορεύεται | gizli | alıcı | yanlışlıkla | yasak | конфиденциальн | получател |
    по ошибке | запрещ | конфіденційн | одержувач | помилково | заборонен | bảo mật | người nhận | nhầm | nghiêm cấm |
    機密 | 秘密 | 受信者 | 宛先以外 | 誤って | 禁止 | 厳禁 | 保密 | 收件人 | 误收 | 誤收 | 严禁 | 嚴禁 | 기밀 |
    수신인 | 수신자 | 잘못 수신 | 금지 | سري | المستلم | المرسل إليه | بطريق الخطأ | محظور | חסוי | סודי | נמען |
    בטעות | אסור | legally privileged | views in this | views expressed | expressly stated | no liability | viruses |
    registered no | registered number | vat | erase | kindly inform | intended for | meant for | disclosure |
    disclose | haftende gesellschafter | hra | geschäftsführung | adressat | löschen sie | untersagt |
    vertraulichkeit | protégées par la loi | avertir l'expéditeur | supprimer | diffusion | divulgaci | lopd |
    ejercer sus derechos | datos personales | confidencialidad | confidencialidade | apague | elimine | divulga |
    riservate | ricevesse | regolamento ue | cancellar | vertrouwelijke informatie | verwijder | radera | avsändare |
    mejl | slette | bedes | underrett | afsender | varsle | avsender | meldingen | poista | liitteet | oikea |
    sisältää | poinform | powiadom | usuni | przeznaczon | adresát | vymaž | smaž | odesílatel | informujte |
    törölje | értesíts | jelen üzenet | ștergeți | destinatar | διαγράψ | εκ παραδρομής | προορίζεται | αποστολέα |
    muhatab | kişiye özel | siliniz | silin | gönderici | адресат | удалите | уведомит | сообщите отправител |
    видаліть | повідомте | призначен | предназначен | nhận nhầm | thông tin mật | vui lòng xóa | chỉ dành cho | 破棄 |
    送信者 | 宛先 | 指定收件 | 发件人 | 删除 | 刪除 | 발신자 | 삭제 | مرسل إليه | حذف | إبلاغ المرسل | למחוק | מחק |
    לשולח | opinions expressed | opinions are those | those of the author | those of the sender |
    necessarily represent | necessarily reflect | free of virus | free from virus | accept no | accepts no
    """
)
"""Stems; one of fewer than four letters is a whole word."""

FIRST_PERSON = names(
    """
    my ich mir mich meine meinen meinem j'ai j'aimerais yo mío minha meu ik mij mijn jag jeg minä minun minulle mnie
    mně nekem engem я мне меня мені мене tôi أنا אני εγώ
    """
)
"""Words for "I" and "my" that mean nothing else in another language; the English "I" is looked for with its capital."""

NOTICES = phrases(
    """
    disclaimer | confidentiality | the contents of this | unless expressly | vertraulichkeitshinweis | vertraulich: |
    aviso de confidencialidade | aviso legal | ai sensi | en cumplimiento | de inhoud van | denne meldingen |
    denne melding | tämä sähköposti | treść tej | obsah tohoto | jelen üzenet | jelen e-mail | το μήνυμα αυτό |
    αυτό το μήνυμα | информация в этом | інформація в цьому | thư điện tử này | thư này | قد تحتوي هذه |
    המידע בהודעה | 本电子邮件 | 본 이메일 | this e-mail | this email | this message | the information | diese e-mail |
    diese nachricht | der inhalt dieser | ce message | cet e-mail | ce courriel | este mensaje | este correo |
    este e-mail | esta mensagem | questo messaggio | questa e-mail | le informazioni | dit bericht | deze e-mail |
    de informatie | note: | hinweis: | important: | notice: | aviso | avis | avviso | detta meddelande |
    denne e-mail | denne mail | denne e-posten | tämä viesti | ta wiadomość | niniejsza | treść tej | tento e-mail |
    tato zpráva | ez az e-mail | acest mesaj | acest e-mail | το παρόν | bu e-posta | bu ileti | это сообщение |
    данное сообщение | цей лист | це повідомлення | email này | このメール | 本メール | 本邮件 | 此邮件 | 本郵件 |
    이 메일 | 본 메일 | هذه الرسالة | הודעה זו
    """
)
"""How notices begin: two stems are enough behind these."""

GOES_ON = phrases(
    """
    this e-mail | this email | this message | this communication | this transmission | recipient | attachments |
    registered | monitor | incorporated | authorised and regulated | authorized and regulated | warrant | malware |
    consider the environment | before printing | data protection | privacy policy | privacy notice | diese e-mail |
    diese nachricht | dieser e-mail | umwelt | geschäftsführer | registergericht | sitz: | vorstand | aufsichtsrat |
    datenschutz | ce message | ce courriel | cet e-mail | environnement | sauf mention contraire | este mensaje |
    este correo | medio ambiente | esta mensagem | este e-mail | ambiente | questo messaggio | questa e-mail |
    dit bericht | deze e-mail | milieu | detta meddelande | denne e-mail | ten e-mail | ta wiadomość
    """
)
"""What the paragraphs below a notice speak of: its company, viruses, trees."""
