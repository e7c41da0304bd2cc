"""Holds: what phones, clients, gateways, lawyers and lists add goes, in 25 languages, and sentences
that only look like it stay.
"""

import pytest

from mailbot.inbound.message.parse import Body
from mailbot.inbound.unquote.lines import new_lines

PHONES = """
Sent from my iPhone
Sent from my iPad
Sent from my Galaxy
Sent from my Samsung Galaxy smartphone.
Sent from my Pixel 8
Sent from my BlackBerry 10 smartphone on the Rogers network.
Sent from Mail for Windows
Sent from Mail <https://go.microsoft.com/fwlink/?LinkId=550986> for Windows 10
Sent from Yahoo Mail for iPhone
Sent from Yahoo Mail on Android <https://go.onelink.me/107872968>
Sent from Outlook for iOS <https://aka.ms/o0ukef>
Get Outlook for iOS<https://aka.ms/o0ukef>
Get Outlook for Android
Get Outlook for Mac
Sent from Proton Mail Android
Sent with Proton Mail secure email.
Sent from Proton Mail for iOS
Sent from my mobile phone, please excuse typos.
Sent from my phone. Apologies for brevity.
Sent via the Samsung Galaxy S10, an AT&T 5G smartphone
Sent via BlackBerry Hub+ Inbox for Android
Sent using Zoho Mail
Sent with Spark
Sent from Front
Sent from Gmail Mobile
Sent from Nine<http://www.9folders.com/>
Sent from my Xiaomi
Sent from TypeApp
Von unterwegs gesendet
Galaxyスマートフォンから送信されました。
네이버 메일 앱에서 보냈습니다.
مرسلة من هاتف Huawei الخاص بي
Sent from Mailspring
Sent with Mailtrack
Sent via Superhuman iOS
Von meinem iPhone gesendet
Von meinem iPad gesendet
Von meinem Samsung Galaxy Smartphone gesendet.
Gesendet von Mail für Windows
Gesendet von Outlook für Android
Gesendet mit der GMX Mail App
Gesendet mit der WEB.DE Mail App
Outlook für iOS<https://aka.ms/o0ukef> beziehen
Outlook für Android herunterladen
Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.
Holen Sie sich Outlook für iOS
Vom Handy gesendet
Envoyé de mon iPhone
Envoyé depuis mon smartphone Samsung Galaxy.
Envoyé à partir de Outlook pour iOS
Envoyé depuis l'application Mail Orange
Obtenir Outlook pour iOS
Télécharger Outlook pour Android
Provenance : Courrier pour Windows
Enviado desde mi iPhone
Enviado desde mi Samsung Galaxy
Enviado desde Outlook para iOS
Enviado desde Correo para Windows
Obtener Outlook para Android
Enviado do meu iPhone
Enviado do Outlook para iOS
Enviado do meu smartphone Samsung Galaxy.
Enviado do Yahoo Mail para iPhone
Obter o Outlook para iOS
Inviato da iPhone
Inviato dal mio iPad
Inviato da Outlook per Android
Inviato da Posta per Windows
Ottieni Outlook per iOS
Verstuurd vanaf mijn iPhone
Verzonden vanaf mijn Galaxy
Verzonden vanuit Outlook voor iOS
Verzonden vanaf Mail voor Windows
Outlook voor Android downloaden
Skickat från min iPhone
Skickat från Outlook för iOS
Skickades från E-post för Windows
Hämta Outlook för Android
Sendt fra min iPhone
Sendt fra Outlook til iOS
Sendt fra min Samsung Galaxy smartphone.
Hent Outlook til Android
Sendt fra Mail til Windows
Sendt fra Outlook for iOS
Last ned Outlook for Android
Lähetetty iPhonesta
Lähetetty Outlook for iOSista
Lähetetty Samsung Galaxy -älypuhelimesta.
Hanki Outlook Androidille
Wysłane z iPhone'a
Wysłano z iPhone'a
Wysłane z programu Outlook dla systemu iOS
Wysłane z telefonu Samsung Galaxy
Pobierz aplikację Outlook dla systemu Android
Odesláno z iPhonu
Odesláno z mého Samsungu
Odesláno z Outlooku pro iOS
Získat Outlook pro Android
iPhone-ról küldve
Az iPhone-omról küldve
Küldve az iPhone-omról
Az Outlook iOS-hez letöltése
Trimis de pe iPhone-ul meu
Trimis de pe iPhone
Trimis din Outlook pentru Android
Obțineți Outlook pentru iOS
Στάλθηκε από το iPhone μου
Εστάλη από το iPhone μου
Στάλθηκε από το Outlook για iOS
Λήψη του Outlook για Android
iPhone'umdan gönderildi
iPad'imden gönderildi
Samsung Galaxy cihazımdan gönderildi
Outlook for iOS'tan gönderildi
iOS için Outlook'u edinin
Отправлено с iPhone
Отправлено с моего iPhone
Отправлено из Outlook для iOS
Отправлено из мобильной Почты Mail.ru
Отправлено из мобильной Яндекс.Почты: http://m.ya.ru/ymail
Надіслано з iPhone
Відправлено з iPhone
Надіслано з Outlook для iOS
Đã gửi từ iPhone của tôi
Được gửi từ iPhone của tôi
Gửi từ Outlook cho iOS
Tải Outlook cho Android
iPhoneから送信
Androidから送信
iOS 版 Outlook を入手
Outlook for iOS を入手
发自我的 iPhone
从我的iPhone发送
發自我的 iPhone
從我的 iPhone 傳送
获取适用于 iOS 的 Outlook
取得適用於 iOS 的 Outlook
나의 iPhone에서 보냄
내 iPhone에서 보냄
iOS용 Outlook 다운로드
Android용 Outlook에서 보냄
أرسلت من الـ iPhone
مُرسل من الـ iPhone
أُرسلت من iPhone الخاص بي
الحصول على Outlook لـ iOS
נשלח מה-iPhone שלי
נשלח מ-Outlook עבור iOS
השג את Outlook עבור Android
""".strip().split("\n")


@pytest.mark.parametrize("footer", PHONES)
def test_a_client_footer_goes(footer: str) -> None:
    assert (
        new_lines(Body(f"Two topics for me:\n- budget\n- holidays\n\n{footer}\n")).text
        == "Two topics for me:\n- budget\n- holidays"
    )


@pytest.mark.parametrize("footer", PHONES[::3])
def test_a_client_footer_on_top_goes_alone(footer: str) -> None:
    assert new_lines(Body(f"{footer}\n\nHi,\n\nI am late.\n")).text == "Hi,\n\nI am late."


NOT_FOOTERS = """
Sent from my desk, this is easier to read than from my phone.
The invoice was sent from my iPhone app by mistake.
I sent from Lisbon the samples you asked for, they arrive on Monday.
Get the outlook for Q3 from Lena
Outlook for Q3: we are short of two people
Gesendet haben wir die Unterlagen schon am Montag.
Envoyé le contrat hier soir, j'attends la réponse.
Enviado ayer el informe, falta la firma.
Mobile app: when do we ship?
Mail from the vendor: they want more money.
Sent the numbers to Dana
iPhone test devices are missing
My phone is broken
Android team needs a lead
Sent from my iPhone, so forgive the typing. We need two more people.
Sent from my phone we cannot read the plan, can you print it?
From my iPhone I cannot open the plan, please send it again
Get Outlook for the new people, please
Von meinem iPhone kann ich keine Mail lesen, was tun?
To unsubscribe from the status mails would help me.
Virus-free again, I am back on Thursday.
Before printing the badges we need the new names.
Manage preferences of the team better than in spring.
Lähetetty lasku on maksettu ja kaikki on nyt kunnossa, kiitos.
""".strip().split("\n")


@pytest.mark.parametrize("text", NOT_FOOTERS)
def test_a_sentence_about_phones_stays(text: str) -> None:
    assert new_lines(Body(f"{text}\n")).text == text


BANNERS = """
CAUTION: This email originated from outside of the organization. Do not click links or open attachments unless you recognize the sender.
[EXTERNAL] This message comes from an external sender.
EXTERNAL EMAIL: Do not click links or open attachments unless you know the content is safe.
WARNING: This email originated outside of Corp.
External Email
[External]
This is an external email. Exercise caution with links.
NOTICE: This email originated from outside of Corp.
You have received this email from outside of the organisation.
ACHTUNG: E-Mail von außerhalb der Firma! Keine Links anklicken.
ATENCIÓN: Correo externo. No abra los enlaces.
POZOR: externí e-mail, neotvírejte přílohy.
注意：这封邮件来自公司外部，请勿点击链接。
This email originated from outside your organisation. Please be careful.
You don't often get email from mailbot@corp.example. Learn why this is important<https://aka.ms/LearnAboutSenderIdentification>
Some people who received this message don't often get email from mailbot@corp.example. Learn why this is important
Achtung: Diese E-Mail stammt von einem externen Absender. Bitte klicken Sie nicht auf Links.
VORSICHT: Diese E-Mail kommt von außerhalb der Organisation.
Externe E-Mail
Sie erhalten nicht häufig E-Mails von mailbot@corp.example. Erfahren Sie, warum dies wichtig ist
ATTENTION : Ce message provient de l'extérieur de l'organisation. Ne cliquez pas sur les liens.
Vous n'obtenez pas souvent d'e-mail à partir de mailbot@corp.example. Découvrez pourquoi c'est important
PRECAUCIÓN: Este correo se originó fuera de la organización.
No suele recibir correo electrónico de mailbot@corp.example. Descubra por qué esto es importante
ATENÇÃO: Este e-mail foi enviado de fora da organização.
ATTENZIONE: questa email proviene da un mittente esterno.
LET OP: Deze e-mail is afkomstig van buiten de organisatie.
VARNING: Detta mejl kommer utanför organisationen. Klicka inte på länkar.
ADVARSEL: Denne e-mail kommer uden for organisationen.
UWAGA: Ta wiadomość pochodzi spoza organizacji.
UPOZORNĚNÍ: Tento e-mail pochází mimo organizaci.
FIGYELEM! Külső feladó. Ne kattintson a hivatkozásokra.
ATENȚIE: Acest e-mail provine din exterior.
ВНИМАНИЕ! Внешний отправитель. Не открывайте ссылки.
УВАГА: зовнішній відправник. Не відкривайте вкладення.
【外部メール】このメールは社外から送信されました。
【外部邮件】此邮件来自公司外部。
[외부] 이 메일은 외부에서 발송되었습니다.
""".strip().split("\n")


@pytest.mark.parametrize("banner", BANNERS)
def test_a_gateway_banner_goes(banner: str) -> None:
    assert (
        new_lines(Body(f"{banner}\n\nHi,\n\nmy point is the budget.\n")).text
        == "Hi,\n\nmy point is the budget."
    )


@pytest.mark.parametrize("banner", BANNERS[:8])
def test_a_gateway_banner_right_above_the_words_goes_alone(banner: str) -> None:
    assert (
        new_lines(Body(html=f"<div>{banner}</div><div>My point is the budget.</div>")).text
        == "My point is the budget."
    )


NOT_BANNERS = (
    "External consultants: do we need them?",
    "Caution: the room is small, let us book another.",
    "Attention: I am away on Thursday.",
    "Warning signs in the team: two people look tired.",
    "Outside of work: my son starts school.",
    "Achtung, am Freitag ist Feiertag.",
    "External sender names confuse me.",
    "Varning: Lena slutar i maj.",
    "Увага: Олена йде.",
    "שים לב: דנה עוזבת.",
    "Externe Mail von Acme: sie kündigen.",
)


@pytest.mark.parametrize("text", NOT_BANNERS)
def test_a_sentence_of_caution_stays(text: str) -> None:
    assert new_lines(Body(f"{text}\n\nSee you.\n")).text.startswith(text)


DISCLAIMERS = {
    "en": "This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, please notify the sender and delete it.",
    "en-2": "CONFIDENTIALITY NOTICE: This message may contain privileged information. Any unauthorized review, use or distribution is strictly prohibited.",
    "en-3": "Corp Ltd is registered in England and Wales, company number 01234567. Registered office: 1 High Street, London.",
    "en-4": "Unless expressly stated otherwise, the views in this message are those of the author and not of Corp. We accept no liability for viruses transmitted by this email.",
    "fi-2": "Tämä sähköposti ja sen liitteet voivat sisältää luottamuksellista tietoa. Jos et ole viestin oikea vastaanottaja, poista viesti.",
    "hu-2": "Jelen üzenet bizalmas információkat tartalmazhat, és kizárólag a címzettnek szól. Ha Ön nem a címzett, kérjük értesítse a feladót és törölje.",
    "uk-2": "Інформація в цьому листі є конфіденційною і призначена виключно адресату. Якщо ви отримали його помилково, будь ласка, видаліть його.",
    "de": "Diese E-Mail enthält vertrauliche oder rechtlich geschützte Informationen. Wenn Sie nicht der richtige Empfänger sind, informieren Sie bitte sofort den Absender und vernichten Sie diese Mail.",
    "de-2": "Corp GmbH, Sitz der Gesellschaft: Berlin, Amtsgericht Charlottenburg, HRB 12345, Geschäftsführer: Lena Vogt, USt-IdNr. DE123456789",
    "fr": "Ce message et ses pièces jointes sont confidentiels et destinés exclusivement à leur destinataire. Toute utilisation non autorisée est interdite. Si vous recevez ce message par erreur, merci de le détruire.",
    "es": "Este mensaje y sus adjuntos son confidenciales y se dirigen exclusivamente a su destinatario. Si lo ha recibido por error, le rogamos que lo comunique. Su uso no autorizado está prohibido.",
    "pt": "Esta mensagem é confidencial e destina-se exclusivamente ao destinatário. Se a recebeu por engano, elimine-a. O uso não autorizado é proibido.",
    "it": "Le informazioni contenute in questo messaggio sono riservate e per uso esclusivo del destinatario. Se lo ha ricevuto per errore, è vietato copiarlo.",
    "nl": "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Indien u dit ten onrechte heeft ontvangen, verzoeken wij u het te verwijderen.",
    "sv": "Detta meddelande är konfidentiellt och endast avsett för mottagaren. Om du fått det av misstag, radera det.",
    "da": "Denne e-mail er fortrolig og kun til modtageren. Har du modtaget den ved en fejl, bedes du slette den; uberettiget brug er ulovlig.",
    "no": "Denne e-posten er fortrolig og kun ment for mottakeren. Har du mottatt den ved en feil, vennligst slett den. Uberettiget bruk er forbudt.",
    "fi": "Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle. Jos sait sen vahingossa, poista se.",
    "pl": "Niniejsza wiadomość jest poufna i przeznaczona wyłącznie dla adresata. Jeśli otrzymali ją Państwo omyłkowo, prosimy ją usunąć; kopiowanie jest zabronione.",
    "cs": "Tato zpráva je důvěrná a určena pouze příjemci. Pokud jste ji obdrželi omylem, smažte ji. Neoprávněné šíření je zakázáno.",
    "hu": "Ez az e-mail bizalmas, kizárólag a címzett részére szól. Ha tévedésből kapta, kérjük, törölje; a jogosulatlan felhasználás tilos.",
    "ro": "Acest mesaj este confidențial și destinat doar destinatarului. Dacă l-ați primit din greșeală, ștergeți-l; utilizarea neautorizată este interzisă.",
    "el": "Το παρόν μήνυμα είναι εμπιστευτικό και απευθύνεται μόνο στον παραλήπτη. Αν το λάβατε κατά λάθος, διαγράψτε το. Απαγορεύεται η διανομή.",
    "tr": "Bu e-posta gizli olabilir ve yalnızca alıcı içindir. Yanlışlıkla aldıysanız lütfen silin; dağıtılması yasaktır.",
    "ru": "Это сообщение конфиденциально и предназначено только получателю. Если вы получили его по ошибке, удалите его. Распространение запрещено.",
    "uk": "Це повідомлення конфіденційне і призначене лише одержувачу. Якщо ви отримали його помилково, видаліть його. Поширення заборонено.",
    "vi": "Email này chứa thông tin bảo mật và chỉ dành cho người nhận. Nếu bạn nhận nhầm, vui lòng xóa. Nghiêm cấm sao chép.",
    "ja": "このメールには機密情報が含まれており、受信者のみを対象としています。誤って受信された場合は、削除してください。無断での転載は禁止します。",
    "zh": "本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的收件人。如果您误收了本邮件，请立即删除，严禁任何形式的使用。",
    "ko": "이 메일은 기밀 정보를 포함할 수 있으며 지정된 수신인만을 위한 것입니다. 잘못 수신한 경우 삭제해 주시기 바라며 무단 사용을 금지합니다.",
    "ar": "هذه الرسالة سرية وموجهة إلى المستلم فقط. إذا استلمتها بطريق الخطأ فيرجى حذفها، ويعد نشرها محظورا تماما.",
    "he": "הודעה זו חסויה ומיועדת לנמען בלבד. אם קיבלת אותה בטעות אנא מחק אותה; אסור להעביר אותה לאחרים בכל דרך.",
}


@pytest.mark.parametrize("notice", DISCLAIMERS.values(), ids=DISCLAIMERS)
def test_a_legal_notice_goes(notice: str) -> None:
    assert (
        new_lines(Body(f"My point is the budget.\n\n{notice}\n")).text == "My point is the budget."
    )


@pytest.mark.parametrize("notice", DISCLAIMERS.values(), ids=DISCLAIMERS)
def test_a_wrapped_legal_notice_goes(notice: str) -> None:
    middle = notice.rfind(" ", 0, 80) if " " in notice[:80] else 40
    assert (
        new_lines(
            Body(f"My point is the budget.\n\n{notice[:middle]}\n{notice[middle:].strip()}\n")
        ).text
        == "My point is the budget."
    )


@pytest.mark.parametrize("notice", DISCLAIMERS.values(), ids=DISCLAIMERS)
def test_a_legal_notice_right_below_the_words_goes_alone(notice: str) -> None:
    assert (
        new_lines(Body(html=f"<div>My point is the budget.</div><div>{notice}</div>")).text
        == "My point is the budget."
    )


NOT_NOTICES = (
    "The contract with Acme is confidential, so please do not tell the team yet. I would like to talk about it on Thursday.",
    "I sent the numbers to Dana in error, sorry. Can we talk about how to avoid that, and who should have them?",
    "Legal says that the liability clause has to go, and the vendor has to accept this before we can sign anything at all.",
    "I think the confidential list was sent to me in error, I will delete it and notify the sender, is this enough?",
    "Die vertrauliche Liste habe ich irrtümlich bekommen, der Empfänger war Lena. Darf ich das weitersagen?",
    "Ich habe die vertraulichen Unterlagen gelesen und würde gern mit dir über die Weitergabe an das Team sprechen.",
)


@pytest.mark.parametrize("text", NOT_NOTICES)
def test_words_about_secrets_stay(text: str) -> None:
    assert new_lines(Body(f"{text}\n")).text == text


LISTS = (
    "_______________________________________________\nteam mailing list\nteam@lists.corp.example\nhttps://lists.corp.example/listinfo/team",
    "---------------------------------------------------------------------\nTo unsubscribe, e-mail: team-unsubscribe@corp.example",
    "-- \nYou received this message because you are subscribed to the Google Groups 'team' group.\nTo unsubscribe from this group, send an email to team+unsubscribe@corp.example.",
    "Virus-free. www.avast.com <https://www.avast.com/sig-email>",
    "Virenfrei.www.avast.com",
    "Please consider the environment before printing this email.",
)


@pytest.mark.parametrize("footer", LISTS)
def test_a_list_footer_goes(footer: str) -> None:
    assert (
        new_lines(Body(f"My point is the budget.\n\n{footer}\n")).text == "My point is the budget."
    )
