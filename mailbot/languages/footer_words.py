"""What clients, gateways and mailing lists add by themselves: the words, by language. Nobody wrote these lines.

Seen in public corpora and list archives 2012-2026 unless a line says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.languages.word_lists import names, phrases

DEVICES = names(
    """
    네이버 메일 앱에서 unterwegs acompli airmail alcatel android aol apparaat appareil aqua blackberry bluemail
    bouygues boxer canary cell cellphone cellulare celular claws daum device dispositivo edison em emclient enhet
    enheten eszköz evolution fairemail fastmail foxmail freenet front galaxy geary gerät gmail gmx gsm handy hanmail
    hey honor hotmail htc huawei hub hubspot icloud imac inbox ios ipad ipad'imden ipadista ipados iphone iphone'umdan
    iphone-umdan iphones iphonesta ipod k-9 k9 kmail komórka komórki laposte laptop lenovo lg libero lumia mac macbook
    mail mail.ru mailbird mailbox mailmate mailspring mailtrack matkapuhelin mi missive mobil mobile mobilgerät
    mobiltelefon mobilu moto motorola movil myphone móvil n1 naver newton nexus nine nokia nylas o2 oneplus onet oppo
    orange outlook pc phone pixel polymail postbox posteo proton protonmail puhelimesta puhelin qq redmi samsung
    seznam sfr smartphone smartphone-ul sony spark superhuman t-online tablet telefon telefone telefonem telefono
    telefonomról telefonról telefonu telefonul telefonumdan telefoon thebat thoại thunderbird tuta tutanota typeapp
    téléphone urządzenia vivo watch web.de webmail wiko windows work workspace-one wp xiaomi xperia yahoo yandex
    zařízení zimbra zoho zte điện κινητό планшета смартфона телефона телефону האייפון הטלפון آيفون جوال هاتف
    スマートフォン 手机 手機 网易 邮箱大师 핸드폰 휴대폰
    """
)
"""Devices and apps that name themselves in a footer."""

SENT_FROM: Mapping[str, tuple[str, ...]] = {
    "en": phrases(
        """
        sent from | sent via | sent with | sent using | sent by | sent on my | sent through | from my iphone |
        from my ipad | from my android | get outlook for | download outlook | sent securely | typed on my |
        written on my | sent in | by email from my
        """
    ),
    "de": phrases(
        """
        von meinem | von meiner | gesendet von | gesendet mit | gesendet aus | gesendet über | gesendet via |
        vom iphone | vom ipad | vom handy | verschickt von | diese nachricht wurde von | diese nachricht wurde mit |
        diese e-mail wurde von | holen sie sich outlook | outlook für | outlook fur |
        mit freundlichen grüßen von meinem | laden sie outlook | geschickt von
        """
    ),
    "fr": phrases(
        """
        envoyé de | envoye de | envoyé depuis | envoyé à partir | envoyé avec | envoyé via | envoyé par |
        obtenir outlook | obtenez outlook | télécharger outlook | téléchargez outlook | provenance : | provenance: |
        de mon iphone | message envoyé depuis | message envoyé avec | outlook pour
        """
    ),
    "es pt ca": phrases(
        """
        enviado desde | enviado con | enviado mediante | obtener outlook | obtenga outlook | descargar outlook |
        mandado desde | enviat des de | enviado do | enviado de | enviado a partir | enviado via | enviado pelo |
        enviada do | enviado por | enviado com | obter o outlook | obtenha o outlook | baixar o outlook |
        transferir o outlook | outlook para | mensagem enviada do | outlook per a
        """
    ),
    "it": phrases(
        """
        inviato da | inviato dal | inviato con | inviato tramite | inviata da | inviato via | ottieni outlook |
        scarica outlook | outlook per | spedito da
        """
    ),
    "nl": phrases(
        """
        verzonden vanaf | verzonden vanuit | verzonden met | verzonden via | verzonden door | verstuurd vanaf |
        verstuurd vanuit | verstuurd met | verstuurd via | outlook voor | download outlook voor | gestuurd vanaf
        """
    ),
    "sv da no fi": phrases(
        """
        skickat från | skickat med | skickat via | skickades från | skickad från | hämta outlook | sendt fra |
        sendt med | sendt via | sendt på | hent outlook | last ned outlook | få outlook | skaff outlook |
        skaff deg outlook | outlook til | lähetetty | lähetä | hanki outlook | lataa outlook | lähetin tämän
        """
    ),
    "pl cs sk sl hr": phrases(
        """
        wysłane z | wysłano z | wysłane przez | wysłane przy użyciu | wysłano za pomocą | wysłane za pomocą |
        wysłana z | pobierz program outlook | pobierz aplikację outlook | pobierz outlook | pobierz wersję outlook |
        odesláno z | odesláno ze | odesláno pomocí | odoslané z | odoslané zo | odoslané pomocou | posláno z |
        poslané z | získat outlook | získať outlook | získejte outlook | stáhnout outlook | aplikace outlook pro |
        outlook pro | poslano iz | poslano z | poslano s | preuzmite outlook
        """
    ),
    "hu ro": phrases(
        """
        küldve | elküldve | az iphone-om | iphone-om | iphone-ról | a telefonomról | iphone készülékemről |
        az outlook ios | az outlook letöltése | outlook letöltése | szerezze be az outlook | töltse le az outlook |
        androidos outlook | trimis de pe | trimis din | trimis cu | trimis prin | trimis de la | obțineți outlook |
        descărcați outlook | descarcă outlook | obține outlook
        """
    ),
    "el tr": phrases(
        """
        στάλθηκε από | στάλθηκε μέσω | εστάλη από | απεσταλμένο από | αποκτήστε το outlook | λήψη του outlook |
        κατεβάστε το outlook | iphone'umdan | ipad'imden | telefonumdan | android için outlook | ios için outlook |
        outlook'u edinin
        """
    ),
    "ru uk bg": phrases(
        """
        отправлено с | отправлено из | отправлено через | отправлено от | послано с | отправлено при помощи |
        скачать outlook | получить outlook | загрузить outlook | установите outlook | с уважением, отправлено |
        надіслано з | надіслано із | надіслано через | відправлено з | відправлено із | відправлено через |
        отримати outlook | завантажити outlook | завантажте outlook | отримайте outlook | изпратено от
        """
    ),
    "vi id": phrases(
        """
        đã gửi từ | được gửi từ | gửi từ | đã gửi bằng | tải outlook | tải xuống outlook | lấy outlook |
        dikirim dari | dapatkan outlook
        """
    ),
    "zh ja ko": phrases(
        """
        发自 | 發自 | 从我的 | 從我的 | 寄自 | 来自我的 | 來自我的 | 发送自 | 傳送自 | 通过我的 | 获取适用于 |
        取得 outlook | 获取 outlook | 下载适用于 | 取得適用於 | iphoneから | ipadから | androidから | 私のiphone |
        outlook for ios | outlook for android | ios 版 outlook | android 版 outlook | 나의 iphone | 나의 ipad |
        내 iphone | 내 ipad | 내 휴대 | 나의 galaxy | 내 galaxy | ios용 outlook | android용 outlook |
        outlook 다운로드 | 삼성 | 갤럭시
        """
    ),
    "ar he fa": phrases(
        """
        أرسلت من | أُرسلت من | مرسلة من | مرسل من | مُرسل من | تم الإرسال من | تم إرساله من | أرسل من | أُرسل من |
        الحصول على outlook | احصل على outlook | تنزيل outlook | נשלח מ | נשלח באמצעות | נשלח דרך | השג את outlook |
        קבל את outlook | הורד את outlook | ارسال شده از | فرستاده شده از
        """
    ),
}
"""How a client footer begins."""

SENT_FROM_ENDS = phrases(
    """
    gesendet | gesendet. | verschickt | beziehen | herunterladen | abrufen | downloaden | hämta | küldve | küldtem |
    küldött | lähetetty | lähetettiin | gönderildi | gönderildi. | gönderilmiştir | edinin | indirin | から送信 |
    から送信されました | より送信 | から送付 | から送信しました | を入手 | を取得 | 傳送 | 发送 | 傳送的 | 에서 보냄 |
    에서 보낸 메일 | 에서 보냈습니다 | 에서 전송 | 에서 전송됨 | 다운로드 | 가져오기 | beszerzése | letöltése |
    으로 보냄 | 发送的
    """
)
"""How a client footer ends where the language puts the verb last."""

ALWAYS_SENT_FROM = phrases(
    """
    outlook für ios beziehen | outlook for ios を入手 | provenance : courrier pour windows |
    sent from mobile | sent via mobile | 发自我的 | 發自我的 | 從我的 | iphoneから送信 | 나의 iphone에서 보냄 |
    sent from my mobile | sent from a mobile | sent from my phone | enviado do iphone | this email was sent from my |
    sent from yahoo mail | sent on the go | sent with proton mail | sent with protonmail | sent from proton mail
    """
)
"""Footers that need no further word."""

LIST_FOOTERS = phrases(
    """
    to unsubscribe from this | to unsubscribe from the list | to unsubscribe from the group | to unsubscribe, |
    to unsubscribe: | to unsubscribe send | to unsubscribe click | to unsubscribe or | to unsubscribe and |
    to unsubscribe please | to unsubscribe visit | to unsubscribe go | to unsubscribe e-mail | to unsubscribe email |
    to unsubscribe via | to unsubscribe here | unsubscribe: | you received this message because |
    you are receiving this | you're receiving this | view this message in context | this message was sent to |
    to view this discussion | for more options, visit | visit topic | reply to this email directly |
    to respond, reply to this email | manage your subscription | view it on github | view it on gitlab |
    to stop receiving | manage preferences | um sich abzumelden | abmelden: | pour vous désabonner | se désabonner |
    para cancelar la suscripción | per annullare l'iscrizione | virus-free | virenfrei | sans virus | libre de virus |
    livre de vírus | virusfri | privo di virus | virusvrij | this email has been checked for viruses |
    diese e-mail wurde von avast | cet email a fait l'objet | l'absence de virus | this email was scanned |
    questo messaggio e' stato analizzato | questo messaggio è stato analizzato | no virus found | checked by avg |
    this message was automatically generated by gmail | apple mail sent this email to unsubscribe |
    scanned by | message analysé par | mailscanner | please consider the environment |
    please think about the environment | before printing | think before you print | bitte denken sie an die umwelt |
    bitte prüfen sie, ob diese mail | pensez à l'environnement | avant d'imprimer | antes de imprimir |
    prima di stampare | denk aan het milieu | tänk på miljön | tænk på miljøet | ajattele ympäristöä |
    pomyśl o środowisku | zanim wydrukujesz | --- posting guidelines | p please consider |
    à imprimer que si | n'imprimez | sent by mailtrack | mailtrack | remetente notificado | sender notified by
    """
)
"""How lines begin that mailing lists, virus scanners and pleas against printing add."""

LISTED = phrases(
    """
    http | www. | @ | .com | avast | avg | kaspersky | eset | norton | mcafee | defender | antivir | virus | mail |
    message | messag | nachricht | mensaje | mensagem | messaggio | bericht | meddelande | viesti | wiadomo | list |
    group | groupe | gruppe | grupo | forum | topic | thread | notification | github | gitlab | subscri | print |
    druck | imprim | stamp | utskrift | udskriv | tulost | drukow | environ | umwelt | environnement | ambiente |
    milieu | click
    """
)
"""What else stands in such lines: without one of these a line that begins like one is a sentence of the person."""

BANNERS = phrases(
    """
    caution: this email | caution: this message | caution: external | caution - external | caution! external |
    caution: email originated | caution: email from outside | caution: do not | warning: this email |
    warning: this message | warning: external | warning - external | external email | external e-mail |
    external sender | external mail | this is an external | you have received this email from outside |
    you have received this message from outside | you received this email from outside | external message |
    [external] | [ext] | [extern] | [externe] | this email originated | this message originated |
    this e-mail originated | this email was sent from outside | this message was sent from outside |
    this email is from an external | this message is from an external | this mail originated |
    this email comes from outside | you don't often get email from |
    some people who received this message don't often get email from | you do not often get email from |
    attention: this email | attention: external | attention: cet e-mail | attention : cet e-mail |
    attention : ce message | attention: this message | be careful with this message |
    this message is from an external sender | think before you click | security warning | achtung: diese e-mail |
    achtung: externe | achtung! externe | vorsicht: diese e-mail | vorsicht: externe | diese e-mail stammt von |
    diese e-mail kommt von | diese nachricht stammt von | externe e-mail | externe mail | externer absender |
    warnung: diese e-mail | warnung: externe | sie erhalten nicht oft | sie erhalten nicht häufig |
    sie erhalten nicht oft e-mails von | attention : courriel | courriel externe | e-mail externe | email externe |
    message externe | ce courriel provient | ce message provient | cet e-mail provient | vous n'obtenez pas souvent |
    vous ne recevez pas souvent | prudence : | mise en garde : | precaución: este correo | advertencia: este correo |
    atención: este correo | correo externo | este correo se originó | este correo electrónico se originó |
    este mensaje se originó | este correo proviene | no suele recibir correo | cuidado: este | remitente externo |
    atenção: este e-mail | atenção: este email | cuidado: e-mail | e-mail externo | email externo |
    este e-mail foi enviado de fora | este e-mail teve origem | mensagem externa | não costuma receber |
    você não costuma receber | attenzione: questa email | attenzione: questa e-mail | attenzione: mail esterna |
    attenzione: messaggio esterno | email esterna | mail esterna | mittente esterno | questa email proviene |
    questo messaggio proviene | non si ricevono spesso | non ricevi spesso | let op: deze e-mail | let op: externe |
    let op! externe | waarschuwing: deze e-mail | waarschuwing: externe | externe afzender |
    deze e-mail is afkomstig | deze mail komt van buiten | u ontvangt niet vaak | je ontvangt niet vaak | varning: |
    obs! externt | externt meddelande | extern avsändare | detta e-postmeddelande kommer | du får inte ofta e-post |
    advarsel: | obs: ekstern | ekstern afsender | ekstern avsender | denne e-mail kommer | du får ikke ofte mails |
    denne e-posten kommer | du får ikke ofte e-post | varoitus: | huomio: ulkoinen | ulkoinen lähettäjä |
    tämä viesti tulee | uwaga: ta wiadomość | uwaga: wiadomość | uwaga! wiadomość | wiadomość zewnętrzna |
    nadawca zewnętrzny | ta wiadomość pochodzi | nieczęsto otrzymujesz | upozornění: | externí odesílatel |
    tento e-mail pochází | tento e-mail přišel | figyelem: külső | figyelem! külső | külső feladó |
    ez az e-mail külső | atenție: acest | acest e-mail provine | expeditor extern | προσοχή: | εξωτερικός αποστολέας |
    dikkat: bu e-posta | dikkat: dış | harici gönderen | bu e-posta kuruluş dışından | внимание: это письмо |
    внимание! внешн | внешний отправитель | внешняя почта | это письмо отправлено | увага: | зовнішній відправник |
    цей лист надійшов | cảnh báo: | chú ý: email | email từ bên ngoài | 【外部メール】 | [外部] | 外部メール |
    注意: このメールは外部 | 注意：このメールは | 警告: | 【外部邮件】 | 外部邮件 | 外部郵件 | 注意：此邮件来自 |
    注意：此郵件來自 | 此邮件来自外部 | 此郵件來自 | [외부] | 외부 메일 | 외부 발신자 | 주의: 이 메일 |
    이 메일은 외부 | تحذير: | تنبيه: | بريد خارجي | مرسل خارجي | אזהרה: | שים לב: | שולח חיצוני | דואר חיצוני
    """
)
"""How gateways begin their warnings above a mail from outside; what must follow stands in the next tables."""

OUTSIDE = phrases(
    """
    external | outside | extern | ausserhalb | außerhalb | extérieur | externe | externo | fuera de | fora da |
    esterno | esterna | buiten | utanför | uden for | utenfor | ulkopuol | ulkoi | zewn | spoza | mimo organizac |
    externí | külső | kívül | exterior | εξωτερικ | εκτός | dış | harici | внешн | извне | зовнішн | ззовні |
    bên ngoài | 外部 | 社外 | von extern | origem extern | 외부 | خارج | חיצוני | מחוץ
    """
)

MAILED = phrases(
    """
    mail | message | sender | nachricht | absender | courriel | expéditeur | correo | mensaje | remitente | mensagem |
    remetente | messaggio | mittente | bericht | afzender | mejl | meddel | avsändare | afsender | e-post | avsender |
    viesti | lähettäj | wiadomo | nadawc | zpráv | odesílatel | üzenet | levél | feladó | mesaj | expeditor | μήνυμα |
    αποστολ | ileti | posta | gönderen | письм | сообщен | отправител | лист | повідомлен | відправник | thư |
    người gửi | メール | 送信者 | 邮件 | 郵件 | 发件人 | 寄件 | 메일 | 발신 | رسال | بريد | مرسل | הודע | דואר | שולח
    """
)

WARNINGS = phrases(
    """
    caution | warning | attention | notice | important | alert | achtung | vorsicht | warnung | hinweis | prudence |
    avertissement | mise en garde | atención | precaución | advertencia | aviso | cuidado | atenção | alerta |
    attenzione | avviso | avvertenza | let op | opgelet | waarschuwing | pas op | varning | obs | observera |
    advarsel | bemærk | merk | varoitus | huomio | uwaga | ostrzeżenie | upozornění | pozor | varování | figyelem |
    figyelmeztetés | atenție | avertisment | προσοχή | προειδοποίηση | dikkat | uyarı | внимание | осторожно |
    предупреждение | увага | обережно | попередження | cảnh báo | chú ý | lưu ý | 注意 | 警告 | 주의 | 경고 | تحذير |
    تنبيه | אזהרה | שים לב | זהירות
    """
)
"""Words of warning: the first row of a mail that begins with one, speaks of a mail and of outside is a gateway's."""

BANNER_WORDS = (
    *OUTSIDE,
    *phrases(
        """
        click | klick | cliqu | clic | klik | kattint | tıkla | links | attachments | anhänge | ссылк | посилан |
        suspicious | caution | phishing | beware | prudent | vigilan | trust |
        learn why | erfahren sie | sender | absender | afzender | avsändare | feladó | odesílatel | nadawc |
        отправител | відправник | @
        """
    ),
)
"""What a warning about a mail from outside speaks of. Below a word of warning alone ("Varning:") both are needed: that
it comes from outside, and that it is a mail."""

EXCUSES = phrases(
    """
    excus | pardon | forgiv | sorry | apolog | brief | brevity | typo | typed | typing | thumb | spelling |
    autocorrect | terse | entschuldig | verzeih | tippfehler | kürze | kurz | getippt | désolé | faute | bref |
    erreur | frappe | disculp | perdon | brevedad | error | desculp | erro | breve | brevidade | scus | refus |
    tikfout | typefout | beknopt | kort | stavfel | ursäkt | förlåt | undskyld | stavefejl | tastefejl | beklager |
    skrivefeil | tastefeil | kirjoitusvirh | pahoittel | lyhy | przeprasz | literów | zwięzł | omluv | překlep |
    stručn | elnéz | rövid | gépel | scuz | greșel | concis | συγγν | λάθη | kusur | yazım | kısa | извин | опечат |
    кратк | прошу прощ | вибач | помилк | стисл | xin lỗi | ngắn | 短 | 失礼 | 誤字 | 见谅 | 見諒 | 简短 | 오타 | 양해 |
    عذر | أخطاء | סליחה | קצר | טעוי
    """
)
"""Stems of the excuses that people add to the footer of their phone."""

FROM_MINE = phrases(
    """
    from my iphone | from my ipad | from my android | von meinem | von meiner | vom iphone | vom ipad | vom handy |
    de mon iphone | az iphone-om | iphone-om | iphone-ról | a telefonomról | iphone készülékemről | iphone'umdan |
    ipad'imden | telefonumdan | 从我的 | 從我的 | iphoneから | ipadから | androidから | 私のiphone | 나의 iphone |
    나의 ipad | 내 iphone | 내 ipad | 내 휴대 | 나의 galaxy | 내 galaxy
    """
)
"""Beginnings of a footer without a word for "sent": it must stand at the end, or nothing may."""

PLATFORMS = phrases(
    "ios | android | iphone | ipad | mac | windows | mobil | web | 移动 | モバイル | 모바일"
)
"""What Outlook is offered for: "Get Outlook for iOS"."""
