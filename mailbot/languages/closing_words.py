"""How people close a mail, and the words of job titles: what stands around a signature, by language."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.languages.word_lists import names, phrases

CLOSINGS: Mapping[str, tuple[str, ...]] = {
    "en": phrases(
        """
        regards | best regards | kind regards | warm regards | warmest regards | kindest regards | many regards |
        with regards | with kind regards | with best regards | rgds | best | all the best | best wishes |
        with best wishes | cheers | thanks | thank you | many thanks | thanks a lot | thanks in advance |
        thanks again | thank you very much | thx | tia | thanks and regards | thanks & regards |
        thanks and best regards | thanks & best regards | sincerely | yours sincerely | yours truly |
        yours faithfully | respectfully | cordially | take care | talk soon | see you | see you soon |
        ciao | br | kr | brgds | yours | love | hth | warmly | have a nice day | have a great day |
        have a good one | have a nice weekend | have a great weekend | thank you and regards | with appreciation |
        hope this helps | hope that helps | bye | looking forward | cheerio | rgs | ta | kindly |
        thank you in advance | with thanks | much appreciated | gratefully | regards from
        """
    ),
    "de": phrases(
        """
        mit freundlichen grüßen | mit freundlichen grüssen | mit freundlichem gruß | mit freundlichem gruss |
        freundliche grüße | freundliche grüsse | viele grüße | viele grüsse | liebe grüße | liebe grüsse |
        beste grüße | beste grüsse | herzliche grüße | herzliche grüsse | schöne grüße | grüße | grüsse | gruß |
        gruss | lieber gruß | mit besten grüßen | mit besten grüssen | mfg | lg | vg | bg | hg | vielen dank | danke |
        besten dank | herzlichen dank | danke und gruß | danke und grüße | danke & gruß | hochachtungsvoll |
        bis dann | bis bald | tschüss | schönen gruß | servus | vielen dank im voraus | danke im voraus |
        ganz liebe grüße | grüßle | mit vielen grüßen | viele liebe grüße | sonnige grüße | schönes wochenende
        """
    ),
    "fr": phrases(
        """
        cordialement | bien cordialement | très cordialement | salutations | sincères salutations |
        meilleures salutations | bien à vous | bien à toi | amicalement | merci | merci d'avance | merci beaucoup |
        bonne journée | bonne soirée | bonne fin de journée | à bientôt | cdt | cdlt | bàt | bàv | respectueusement |
        à plus | bises | merci et bonne journée | belle journée | bon week-end | a bientôt | avec mes remerciements |
        en vous remerciant | amitiés | crdlt
        """
    ),
    "es": phrases(
        """
        saludos | un saludo | saludos cordiales | un cordial saludo | cordiales saludos | atentamente | cordialmente |
        gracias | muchas gracias | gracias de antemano | un abrazo | abrazos | saludos y gracias | hasta luego |
        hasta pronto | mil gracias | atte | reciba un cordial saludo | gracias y saludos | saludo | muchos saludos |
        que tengas buen día
        """
    ),
    "pt": phrases(
        """
        atenciosamente | cumprimentos | com os melhores cumprimentos | melhores cumprimentos | abraços | abraço |
        um abraço | obrigado | obrigada | muito obrigado | muito obrigada | cordialmente | saudações | att | atte |
        desde já agradeço | grato | grata | até logo | adeus | até breve | beijos | os meus cumprimentos | cumps |
        bom dia | abs
        """
    ),
    "it": phrases(
        """
        cordiali saluti | distinti saluti | saluti | un saluto | cordialmente | grazie | grazie mille | a presto |
        buona giornata | buona serata | tanti saluti | un abbraccio | grazie in anticipo | ciao | cari saluti |
        saluti e grazie | buon lavoro | grazie e saluti | molti saluti | un caro saluto | un saluto cordiale |
        i migliori saluti | buon fine settimana
        """
    ),
    "nl": phrases(
        """
        met vriendelijke groet | met vriendelijke groeten | vriendelijke groet | vriendelijke groeten | groet |
        groeten | groetjes | mvg | met hartelijke groet | hartelijke groet | hartelijke groeten | bedankt | dank |
        dank je wel | dank u wel | alvast bedankt | hoogachtend | vr gr | gr | bij voorbaat dank | fijne dag |
        dankjewel | beste groeten
        """
    ),
    "sv": phrases(
        """
        med vänlig hälsning | med vänliga hälsningar | vänliga hälsningar | vänlig hälsning | hälsningar | hälsning |
        mvh | tack | tack på förhand | bästa hälsningar | vh | ha det bra | tack så mycket | med bästa hälsningar |
        hej då | allt gott
        """
    ),
    "da": phrases(
        """
        med venlig hilsen | venlig hilsen | med venlige hilsner | venlige hilsner | hilsen | hilsner | mvh | vh | kh |
        bedste hilsner | tak | på forhånd tak | de bedste hilsner | mange hilsner | kærlig hilsen | mange tak | bh |
        dbh
        """
    ),
    "no": phrases(
        """
        med vennlig hilsen | vennlig hilsen | vennlige hilsener | hilsen | beste hilsen | beste hilsener | mvh |
        takk | på forhånd takk | ha det | hilsner | med hilsen | tusen takk | mange takk
        """
    ),
    "fi": phrases(
        """
        ystävällisin terveisin | terveisin | parhain terveisin | terveiset | terv | t | yt | ystävällisesti | kiitos |
        kiitos etukäteen | hyvästi | kiitoksia | mukavaa päivää | yst terv | kunnioittaen | kiittäen
        """
    ),
    "pl": phrases(
        """
        pozdrawiam | pozdrowienia | z poważaniem | z wyrazami szacunku | serdecznie pozdrawiam |
        serdeczne pozdrowienia | dziękuję | dzięki | z góry dziękuję | pozdr | łączę pozdrowienia | miłego dnia |
        pozdrawiam serdecznie | dziękuję i pozdrawiam | do usłyszenia | z pozdrowieniami | do widzenia
        """
    ),
    "cs": phrases(
        """
        s pozdravem | s přátelským pozdravem | hezký den | děkuji | díky | zdravím | s úctou | předem děkuji |
        děkuji a přeji hezký den | přeji hezký den | pěkný den | mějte se | s pozdravom | ďakujem | na shledanou
        """
    ),
    "hu": phrases(
        """
        üdvözlettel | tisztelettel | köszönettel | köszönöm | üdv | üdvözlet | köszi | szép napot |
        előre is köszönöm | szia | viszontlátásra | baráti üdvözlettel | minden jót
        """
    ),
    "ro": phrases(
        """
        cu stimă | cu respect | salutări | mulțumesc | cu drag | o zi bună | mulțumesc anticipat | cele bune |
        toate cele bune | la revedere | multumesc | cu stima
        """
    ),
    "el": phrases(
        """
        με εκτίμηση | ευχαριστώ | χαιρετισμούς | φιλικά | με φιλικούς χαιρετισμούς | ευχαριστώ εκ των προτέρων |
        τα λέμε | καλή συνέχεια | ευχαριστούμε | με σεβασμό | αντίο
        """
    ),
    "tr": phrases(
        """
        saygılarımla | saygılar | iyi çalışmalar | teşekkürler | teşekkür ederim | sevgiler | selamlar | iyi günler |
        kolay gelsin | saygılarımızla | hoşça kal | en iyi dileklerimle
        """
    ),
    "ru": phrases(
        """
        с уважением | спасибо | с наилучшими пожеланиями | всего доброго | заранее спасибо | до встречи |
        всего хорошего | благодарю | с уважением и благодарностью | до свидания | хорошего дня | с приветом
        """
    ),
    "uk": phrases(
        """
        з повагою | дякую | з найкращими побажаннями | щиро дякую | гарного дня | до зустрічі | наперед дякую |
        всього найкращого | до побачення | щиро
        """
    ),
    "vi": phrases(
        """
        trân trọng | cảm ơn | thân mến | xin cảm ơn | thân ái | trân trọng cảm ơn | kính thư | cám ơn | chào thân ái |
        em cảm ơn | tạm biệt
        """
    ),
    "ja": phrases(
        """
        よろしくお願いします | よろしくお願いいたします | よろしくお願い致します | 宜しくお願いします |
        宜しくお願いいたします | 宜しくお願い致します | 以上、よろしくお願いいたします | 以上、よろしくお願いします |
        どうぞよろしくお願いいたします | 敬具 | 草々 | ありがとうございます | ありがとうございました | 以上 |
        以上です | 以上です。 | 何卒よろしくお願いいたします | 何卒よろしくお願い申し上げます |
        以上、よろしくお願い致します
        """
    ),
    "zh": phrases(
        """
        谢谢 | 謝謝 | 此致 | 敬礼 | 敬禮 | 祝好 | 祝商祺 | 顺祝商祺 | 顺颂商祺 | 此致敬礼 | 多谢 | 感谢 | 順頌商祺 |
        祝 好 | 敬上 | 谢谢！ | 祝工作顺利
        """
    ),
    "ko": phrases(
        "감사합니다 | 고맙습니다 | 수고하세요 | 드림 | 안녕히 계세요 | 수고하십시오 | 감사드립니다"
    ),
    "ar": phrases(
        """
        شكرا | شكراً | مع تحياتي | تحياتي | مع خالص التحية | مع أطيب التحيات | وشكرا | أطيب التحيات | مع الشكر |
        شكرا جزيلا | تقبلوا تحياتي | مع السلامة
        """
    ),
    "he": phrases(
        "בברכה | תודה | תודה רבה | בכבוד רב | להתראות | בתודה | תודה מראש | יום טוב | יום נעים | ברכות"
    ),
}
"""Language -> closing phrases."""

UNTIL = phrases("see you | bis | hasta el | até | vi ses | do zobaczenia | viszlát")
"""What closes a mail with a day or a time behind it: "See you Thursday"."""

PLACED = (
    " aus ",
    " vom ",
    " from ",
    " de ",
    " da ",
    " dal ",
    " uit ",
    " från ",
    " fra ",
    " из ",
    " z ",
    " din ",
)
"""What joins a closing phrase and the place of its writer: "Beste Grüße aus Köln"."""

THANKS = phrases(
    """
    thank | thx | many thanks | ta | danke | vielen dank | besten dank | herzlichen dank | merci | gracias |
    muchas gracias | mil gracias | obrigad | muito obrigad | desde já | grazie | bedankt | dank | alvast | tack |
    tak | mange tak | takk | tusen takk | kiitos | kiitoksia | dziękuję | dzięki | děkuj | díky | köszön | köszi |
    mulțumesc | multumesc | ευχαριστ | teşekkür | спасибо | благодар | дякую | щиро дякую | cảm ơn | cám ơn |
    xin cảm ơn | ありがとう | 谢谢 | 謝謝 | 多谢 | 感谢 | 감사 | 고맙 | شكر | תודה | best | cheers | love | see you |
    ciao | bye | hope this | hope that | looking forward | hth
    """
)
"""How closings begin that also stand in the middle of a mail."""

TITLES = names(
    """
    ab abteilung accountant administrator adviser adviseur advisor afdeling ag amministratore analista analyst aps
    architect as asiantuntija assistant assistante associate attorney avdeling avdelning b.v. berater beraterin
    buchhaltung bv ceo cfo chargé chargée chef cio co-founder cofounder commercial consultant coo coordenador
    coordenadora coordinador coordinadora coordinator corp corporation cto departamento department desarrollador
    desenvolvedor designer developer dezvoltator directeur director directora directrice direktør diretor diretora
    direttore direttrice dr dyrektor dział développeur développeuse editor engenheira engenheiro engineer entwickler
    entwicklerin executive fejlesztő founder gerente geschäftsführer geschäftsführerin giám gmbh gérant head hoofd
    igazgató inc ingegnere ingeniera ingeniero ingenieur ingenieurin ingeniør ingenjör inginer ingénieur insinööri
    inspector intern inżynier inženýr jednatel jefa jefe johtaja kehittäjä kft kg kierownik konsult kỹ lawyer lead
    leder leiter leiterin leitung limited llc ltd ltda manager marketing medewerker mérnök müdür mühendis nhân nv
    oddělení officer ohg ontwikkelaar owner oy oyj partner phòng plc president prezes producer prof professor
    programista projectleider projektledare projektleder projektleiter projektleiterin prokurist président pty
    päällikkö recruiter referentin representative researcher responsabile responsable s.a. s.l. s.r.o.
    sachbearbeiterin sales sarl sas scientist secretary service softwareentwickler sp spa specialist specjalista srl
    strategist student supervisor support sviluppatore sư team teamleider teamleiter teamleiterin technician
    toimitusjohtaja trưởng técnico udvikler ufficio utvecklare utvikler uzman vedoucí vertrieb vezető viên vp vývojář
    werkstudent writer yönetici z.o.o. zrt đốc ředitel διευθυντής μηχανικός директор инженер керівник менеджер отдел
    разработчик розробник руководитель інженер מהנדס מנהל מנהלת شركة مدير مهندس 係長 总经理 有限会社 有限公司 株式会社
    總經理 经理 营业部 課長 部長 部门 과장 대리 부장 주식회사 팀장
    """
)
"""Words of job titles, departments and companies."""

DEPARTMENTS = names(
    """
    abteilung afdeling avdeling avdelning department departamento buchhaltung commercial dział marketing oddělení sales
    service support team ufficio vertrieb phòng отдел 营业部 部门
    """
)
"""Those of them that are as well the topic of a meeting."""

CONTACTS = names(
    """
    tel telefon telephone teléfono telefone telefono telefoon telefonnr puh puhelin phone ph fax mob mobil mobile cell
    direct durchwahl zentrale office skype teams zoom signal telegram wechat line kakaotalk twitter linkedin xing
    github instagram facebook web website webseite www homepage e-mail email mail fon gsm handy tél téléphone portable
    móvil movil celular cel cellulare whatsapp t m p e f w d o h c x tfn tlf mobiltelefon gsm-nr ext dw faks kom komórka
    telefonszám mobiltelefonszám adresse address adres adresa pošta posta тел моб факс телефон почта сайт пошта эл
    эл.почта đt sđt τηλ κιν هاتف جوال فاكس بريد البريد טל טלפון נייד פקס דואל 電話 電話番号 携帯 ファックス メール 電郵
    手機 地址 电话 手机 传真 邮箱 邮件 电子邮件 网址 微信 住所 전화 휴대폰 휴대전화 팩스 이메일 메일 주소
    """
)
"""What stands before a colon and a number or an address."""

PARTICLES = names(
    """
    van von de der den da di do dos das la le el al bin ibn ter ten zu und y e of and the for du des & et og och i w a
    """
)
"""Small words inside names and titles."""
