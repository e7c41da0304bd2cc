"""Holds: only the answer comes out of a reply in HTML, even if the answered mail is not known."""

from __future__ import annotations

import pytest

from mailbot.inbound.message.parse import Body
from mailbot.inbound.unquote.lines import new_lines

ANSWER = "My answer."
QUOTED = "<p>Hi Ben,</p><p>here is what I would like to talk about.</p><p>Ana</p>"
HEADERS = (
    "<b>From:</b> Ana Silva &lt;ana@corp.example&gt;<br><b>Sent:</b> Monday, June 9, 2025 9:00 AM<br>"
    "<b>To:</b> Ben Ito &lt;ben@corp.example&gt;<br><b>Subject:</b> 1:1 Ana / Ben"
)

REPLIES = {
    "aol": f'<font color="black" size="2" face="arial">{ANSWER}<br><br><br><div style="font-family:arial;font-size:10pt">-----Original Message-----<br>From: Ana &lt;ana@corp.example&gt;<br>To: Ben &lt;ben@corp.example&gt;<br>Sent: Mon, Jun 9, 2025 9:00 am<br>Subject: 1:1<br><br>{QUOTED}</div></font>',
    "zimbra": f'<div>{ANSWER}</div><div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>"Ana" &lt;ana@corp.example&gt;<br><b>To: </b>"Ben" &lt;ben@corp.example&gt;<br><b>Sent: </b>Monday, June 9, 2025 9:00:12 AM<br><b>Subject: </b>1:1<br></div><div data-marker="__QUOTED_TEXT__">{QUOTED}</div>',
    "zimbra quoted": f'<div>{ANSWER}</div><br><div>----- On Jun 9, 2025, at 9:00 AM, Ana &lt;ana@corp.example&gt; wrote: </div><blockquote style="border-left:2px solid #1010FF;margin-left:5px;padding-left:5px">{QUOTED}</blockquote>',
    "outlook 2003": f'<p class=MsoNormal>{ANSWER}<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><div style="border:none;border-left:solid blue 1.5pt;padding:0in 0in 0in 4.0pt"><div><div class=MsoNormal align=center><hr size=2 width="100%" align=center tabindex=-1></div><p class=MsoNormal>{HEADERS}</p></div>{QUOTED}</div>',
    "outlook 2013": f'<div class=WordSection1><p class=MsoNormal>{ANSWER}</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class=MsoNormal>{HEADERS}</p></div></div>{QUOTED}</div>',
    "outlook bold labels inside": f"<div>{ANSWER}</div><hr><div><b>From: </b><span>Ana</span><br><b>Date: </b><span>Monday, June 9, 2025 at 9:00 AM</span><br><b>To: </b><span>Ben</span><br><b>Subject: </b><span>1:1</span></div>{QUOTED}",
    "windows mail": f'<div>{ANSWER}</div><div><br></div><div>Sent from Windows Mail</div><div><br></div><div style="padding-top:5px;border-top:1px solid rgb(229,229,229)"><div><b>From:</b> <a href="mailto:ana@corp.example">Ana</a></div><div><b>Sent:</b> Monday, June 9, 2025 9:00 AM</div><div><b>To:</b> Ben</div></div>{QUOTED}',
    "hotmail": f'<div dir="ltr">{ANSWER}<br><br><div><hr id="stopSpelling">Date: Mon, 9 Jun 2025 09:00:12 +0200<br>Subject: 1:1<br>From: ana@corp.example<br>To: ben@corp.example<br><br>{QUOTED}</div></div>',
    "notes": f'<font size=2 face="sans-serif">{ANSWER}</font><br><br><table><tr><td><font size=1>From:</font></td><td><font size=1>Ana Silva/CORP</font></td></tr><tr><td><font size=1>To:</font></td><td><font size=1>ben@corp.example</font></td></tr><tr><td><font size=1>Date:</font></td><td><font size=1>09.06.2025 09:00</font></td></tr><tr><td><font size=1>Subject:</font></td><td><font size=1>1:1</font></td></tr></table><hr noshade><br>{QUOTED}',
    "spark": f'<div name="messageBodySection"><div dir="auto">{ANSWER}</div></div><div name="messageSignatureSection"><br><div>Ana</div></div><div name="messageReplySection">On Jun 9, 2025 at 9:00 AM +0200, Ana Silva &lt;ana@corp.example&gt;, wrote:<br><blockquote type="cite" style="margin: 5px;padding-left: 10px;border-left: thin solid #1abc9c">{QUOTED}</blockquote></div>',
    "airmail": f'<div id="bloop_customfont">{ANSWER}</div><br><p class="airmail_on">On June 9, 2025 at 9:00:12 AM, Ana Silva (<a href="mailto:ana@corp.example">ana@corp.example</a>) wrote:</p><blockquote type="cite" class="clean_bq"><span><div>{QUOTED}</div></span></blockquote>',
    "front": f'<div>{ANSWER}</div><br><div class="front-signature">Ben</div><blockquote type="cite" class="front-blockquote"><div>On June 9, 2025 at 9:00 AM GMT+2 <a href="mailto:ana@corp.example">ana@corp.example</a> wrote:</div>{QUOTED}</blockquote>',
    "tutanota": f'<div>{ANSWER}</div><div><br></div><div>9 Jun 2025, 09:00 by ana@corp.example:</div><blockquote class="tutanota_quote" style="border-left:1px solid #93A3B8;padding-left:10px">{QUOTED}</blockquote>',
    "zoho": f'<div>{ANSWER}</div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Mon, 09 Jun 2025 09:00:12 +0200 <b>Ana &lt;ana@corp.example&gt;</b> wrote ---</div><blockquote id="blockquote_zmail">{QUOTED}</blockquote></div>',
    "mailspring": f'<div>{ANSWER}</div><div class="gmail_quote mailspring-quote"><br>On Jun 9 2025, at 9:00 am, Ana &lt;ana@corp.example&gt; wrote:<br><blockquote class="gmail_quote">{QUOTED}</blockquote></div>',
    "superhuman": f'<div class="gmail_quote"><div dir="ltr">{ANSWER}</div><br><div class="sh-signature">Sent via <a href="https://sprh.mn/">Superhuman</a></div><br><div class="gmail_quote">On Mon, Jun 09, 2025 at 9:00 AM, Ana <span>&lt;<a href="mailto:ana@corp.example">ana@corp.example</a>&gt;</span> wrote:<br><blockquote class="gmail_quote sh-color-black">{QUOTED}</blockquote></div></div>',
    "mail.ru": f'<div>{ANSWER}</div><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px">Понедельник, 9 июня 2025, 9:00 +03:00 от Ana &lt;ana@corp.example&gt;:<br><div>{QUOTED}</div></blockquote>',
    "yandex": f'<div>{ANSWER}</div><div> </div><div>09.06.2025, 09:00, "Ana" &lt;ana@corp.example&gt;:</div><blockquote>{QUOTED}</blockquote>',
    "qq": f'<div>{ANSWER}</div><div><includetail><div style="font-family:Arial"><div>------------------&nbsp;Original&nbsp;------------------</div><div><b>From: </b>&nbsp;"Ana"&lt;ana@corp.example&gt;;</div><div><b>Date: </b>&nbsp;Mon, Jun 9, 2025 09:00 AM</div><div><b>To: </b>&nbsp;"Ben"&lt;ben@corp.example&gt;;</div><div><b>Subject: </b>&nbsp;1:1</div></div>{QUOTED}</includetail></div>',
    "163": f'<div style="line-height:1.7">{ANSWER}<br><br><p>At 2025-06-09 09:00:12, "Ana" &lt;ana@corp.example&gt; wrote:</p><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex;MARGIN: 0px 0px 0px 0.8ex;BORDER-LEFT: #ccc 1px solid">{QUOTED}</blockquote></div>',
    "foxmail": f'<div>{ANSWER}</div><hr style="width:210px;height:1px" align="left"><blockquote style="margin-Top:0px"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt"><div><b>发件人：</b>&nbsp;<a>ana@corp.example</a></div><div><b>发送时间：</b>&nbsp;2025-06-09 09:00</div><div><b>收件人：</b>&nbsp;<a>ben@corp.example</a></div><div><b>主题：</b>&nbsp;1:1</div></div>{QUOTED}</blockquote>',
    "naver": f'<div>{ANSWER}</div><p>&nbsp;</p><p>-----Original Message-----<br><b>From:</b> "Ana"&lt;ana@corp.example&gt; <br><b>To:</b> &lt;ben@corp.example&gt;; <br><b>Cc:</b> <br><b>Sent:</b> 2025-06-09 (월) 09:00:12 (GMT+09:00)<br><b>Subject:</b> 1:1<br></p>{QUOTED}',
    "gmx": f'<div><div>{ANSWER}</div><div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px;padding:10px 0 10px 10px;border-left:2px solid #C3D9E5"><div style="margin:0 0 10px 0"><b>Gesendet:</b>&nbsp;Montag, 9. Juni 2025 um 09:00 Uhr<br/><b>Von:</b>&nbsp;Ana &lt;ana@corp.example&gt;<br/><b>An:</b>&nbsp;Ben<br/><b>Betreff:</b>&nbsp;1:1</div><div name="quoted-content">{QUOTED}</div></div></div></div>',
    "web.de phone": f"<div>{ANSWER}</div><br>-- <br>Gesendet mit der WEB.DE Mail App<br><br>Am 09.06.25, 09:00 schrieb Ana &lt;ana@corp.example&gt;:<blockquote>{QUOTED}</blockquote>",
    "samsung": f'<div dir="auto">{ANSWER}</div><div><br></div><div id="composer_signature" dir="auto"><div style="font-size:85%;color:#575757" dir="auto">Sent from my Galaxy</div></div><div><br></div><div style="font-size:100%;color:#000000"><!-- originalMessage --><div>-------- Original message --------</div><div>From: Ana &lt;ana@corp.example&gt; </div><div>Date: 6/9/25  9:00 AM  (GMT+01:00) </div><div>To: ben@corp.example </div><div>Subject: 1:1 </div><div><br></div></div>{QUOTED}',
    "blackberry": f'<div>{ANSWER}</div><br>Sent from my BlackBerry 10 smartphone.<br><table width="100%" style="border-spacing:0"><tbody><tr><td style="border:none;border-top:solid #B5C4DF 1.0pt"><div><b>From: </b>Ana</div><div><b>Sent: </b>Monday, June 9, 2025 9:00 AM</div><div><b>To: </b>Ben</div><div><b>Subject: </b>1:1</div></td></tr></tbody></table>{QUOTED}',
    "groupwise": f"<div>{ANSWER}</div><br><br>&gt;&gt;&gt; Ana Silva &lt;ana@corp.example&gt; 6/9/2025 9:00 AM &gt;&gt;&gt;<br>{QUOTED}",
    "thunderbird forward": f'<p>{ANSWER}</p><div class="moz-forward-container"><br><br>-------- Forwarded Message --------<table class="moz-email-headers-table"><tbody><tr><th align="right">Subject: </th><td>1:1</td></tr><tr><th>Date: </th><td>Mon, 9 Jun 2025 09:00:12 +0200</td></tr><tr><th>From: </th><td>Ana &lt;ana@corp.example&gt;</td></tr></tbody></table>{QUOTED}</div>',
    "thunderbird signature": f'<p>{ANSWER}</p><div class="moz-cite-prefix">Am 09.06.25 um 09:00 schrieb Ana:<br></div><blockquote type="cite" cite="mid:1@x">{QUOTED}</blockquote><pre class="moz-signature" cols="72">-- \nBen Ito\nCorp Ltd</pre>',
    "gmail signature below": f'<div dir="ltr">{ANSWER}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Jun 9, 2025 at 9:00 AM Ana &lt;ana@corp.example&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid">{QUOTED}</blockquote></div><br clear="all"><div><br></div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr" class="gmail_signature"><div>Ben Ito</div><div>Lead</div></div>',
    "gmail old": f'{ANSWER}<div class="gmail_extra"><br><div class="gmail_quote">2025-06-09 9:00 GMT+02:00 Ana <span dir="ltr">&lt;<a>ana@corp.example</a>&gt;</span>:<br><blockquote class="gmail_quote">{QUOTED}</blockquote></div></div>',
    "gmail confidential banner": f'<div style="background:#ffeb9c"><b>[EXTERNAL]</b> This message comes from an external sender.</div><div dir="ltr">{ANSWER}</div><div class="gmail_quote"><div class="gmail_attr">Le lun. 9 juin 2025 à 09:00, Ana &lt;ana@corp.example&gt; a écrit :<br></div><blockquote class="gmail_quote">{QUOTED}</blockquote></div>',
    "apple plain quote": f'<html><body dir="auto">{ANSWER}<br><br><div dir="ltr">Von meinem iPhone gesendet</div><div dir="ltr"><br><blockquote type="cite">Am 09.06.2025 um 09:00 schrieb Ana &lt;ana@corp.example&gt;:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">\ufeff{QUOTED}</div></blockquote></body></html>',
    "fastmail": f'<div>{ANSWER}</div><div><br></div><div>On Mon, 9 Jun 2025, at 9:00 AM, Ana wrote:<br></div><blockquote type="cite" id="qt">{QUOTED}</blockquote><div><br></div>',
    "hey": f'<div class="trix-content"><div>{ANSWER}</div></div><br><div>On June 9, 2025, Ana &lt;ana@corp.example&gt; wrote:</div><blockquote>{QUOTED}</blockquote>',
    "missive": f'<div>{ANSWER}</div><div class="missive_quote">On June 9, 2025 at 9:00:12, Ana (<a href="mailto:ana@corp.example">ana@corp.example</a>) wrote:<blockquote type="cite">{QUOTED}</blockquote></div>',
}  # fmt: skip


@pytest.mark.parametrize("html", REPLIES.values(), ids=REPLIES)
def test_only_the_answer_comes_out(html: str) -> None:
    text = new_lines(Body(html=html)).text
    assert text in (ANSWER, f"{ANSWER}\n\nAna", f"{ANSWER}\n\nBen", f"{ANSWER}\nBen")
