"""Writes the corpus: letters of our own making, each once a way in which mail goes wrong.

`python tests/work/mail/make_corpus.py` writes `corpus/*.eml` and `corpus/expected.json` anew. What
is expected stands here beside the words a letter is made of; the parser is not asked.
"""

# ruff: noqa: E501 - a line a letter

import base64
import json
import quopri
from pathlib import Path

HERE = Path(__file__).parent / "corpus"
LETTERS: dict[str, tuple[bytes, dict]] = {}
ZH = "您好,贵司三月二日发来的电机端盖有划伤,请尽快处理。镕喆堃"
PLAIN_ZH = "您好,贵司三月二日发来的电机端盖有划伤,请尽快处理。"
TW = "您好,貴公司送來的馬達端蓋有刮傷,請儘快處理。"
JP = "お世話になっております。端蓋に傷がありました。ご確認をお願いします。"
KR = "안녕하세요. 배송된 제품에 흠집이 있습니다. 확인 부탁드립니다."
RU = "Здравствуйте, на крышке царапина, просим ответить."
DE = "Grüße aus München, das Gehäuse ist beschädigt – bitte prüfen."
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def add(name, data, **expected):
    assert name not in LETTERS, name
    data = data if isinstance(data, bytes) else data.encode()
    LETTERS[name] = (data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), expected)


def as_is(name, data, expected):
    """With exactly these line ends."""
    LETTERS[name] = (data, expected)


def head(subject="Hello", sender="Wang <wang@kehu.cn>", **more):
    lines = {"From": sender, "To": "service@shouwen.cn", "Subject": subject,
             "Date": "Wed, 11 Mar 2026 09:58:00 +0800", "Message-ID": "<m@kehu.cn>",
             "MIME-Version": "1.0"}  # fmt: skip
    lines |= {key.replace("_", "-"): value for key, value in more.items()}
    return "".join(f"{k}: {v}\n" for k, v in lines.items() if v is not None).encode(
        "utf-8", "surrogateescape"
    )


def b64(data):
    return base64.encodebytes(data)


def word(text, charset, way="B", label=None):
    data = text.encode(charset)
    coded = (base64.b64encode(data).decode() if way == "B"
             else "".join(f"={b:02X}" for b in data))  # fmt: skip
    return f"=?{label or charset}?{way}?{coded}?="


def charsets():
    rows = [
        ("gb2312-is-gbk", "gbk", "gb2312", ZH), ("gb2312-is-gb18030", "gb18030", "GB2312", ZH + "𠮷€"),
        ("gbk", "gbk", "GBK", ZH), ("x-gbk", "gbk", "x-gbk", ZH), ("cp936", "gbk", "cp936", ZH),
        ("gb18030", "gb18030", "gb18030", ZH + "𠀀"), ("gb_2312-80", "gbk", "gb_2312-80", ZH),
        ("hz", "hz", "hz-gb-2312", PLAIN_ZH), ("big5", "big5", "big5", TW),
        ("big5-hk", "big5hkscs", "big5-hkscs", TW + "嘅"), ("cp950", "cp950", "cp950", TW),
        ("iso-2022-jp", "iso2022_jp", "iso-2022-jp", JP), ("shift-jis", "cp932", "Shift_JIS", JP),
        ("euc-jp", "euc_jp", "euc-jp", JP), ("euc-kr", "cp949", "euc-kr", KR),
        ("ks-c-5601", "cp949", "ks_c_5601-1987", KR), ("koi8-r", "koi8_r", "koi8-r", RU),
        ("windows-1251", "cp1251", "windows-1251", RU), ("utf-8", "utf-8", "utf-8", ZH),
        ("utf8-quoted", "utf-8", '"UTF-8"', ZH), ("utf8mb4", "utf-8", "utf8mb4", ZH),
        ("utf-7", "utf-7", "utf-7", ZH), ("utf-16", "utf-16", "utf-16", ZH),
        ("latin-1", "cp1252", "iso-8859-1", DE), ("windows-1252", "cp1252", "windows-1252", DE),
    ]  # fmt: skip
    for name, real, label, text in rows:
        body = b64(text.encode(real))
        add(f"charset-{name}", head(word(text[:12], real if real != "utf-16" else "utf-8", label=label.strip('"') if real != "utf-16" else "utf-8"),
            Content_Type=f"text/plain; charset={label}", Content_Transfer_Encoding="base64")
            + b"\n" + body, text=text, subject=text[:12], sender="wang@kehu.cn")  # fmt: skip


def liars():
    rows = [
        ("utf8-is-gbk", "gbk", "utf-8", ZH), ("ascii-is-gbk", "gbk", "us-ascii", PLAIN_ZH),
        ("latin1-is-gbk", "gbk", "iso-8859-1", PLAIN_ZH), ("none-is-gbk", "gbk", None, PLAIN_ZH),
        ("none-is-utf8", "utf-8", None, ZH), ("gb2312-is-utf8", "utf-8", "gb2312", ZH),
        ("gbk-is-utf8", "utf-8", "gbk", ZH), ("big5-is-utf8", "utf-8", "big5", TW),
        ("unknown-is-gbk", "gbk", "x-no-such-thing", PLAIN_ZH),
        ("unknown-is-utf8", "utf-8", "default", ZH), ("hex-codec", "utf-8", "hex", ZH),
        ("rot13-codec", "utf-8", "rot13", ZH), ("punycode-codec", "utf-8", "punycode", ZH),
        ("none-is-iso2022jp", "iso2022_jp", None, JP), ("1252-is-gbk", "gbk", "windows-1252", PLAIN_ZH),
    ]  # fmt: skip
    for name, real, label, text in rows:
        kind = f"text/plain; charset={label}" if label else "text/plain"
        add(f"liar-{name}", head("lies", Content_Type=kind, Content_Transfer_Encoding="8bit")
            + b"\n" + text.encode(real), text=text, subject="lies")  # fmt: skip
    add("liar-cut-in-a-character", head("cut", Content_Type="text/plain; charset=gb2312")
        + b"\n" + ZH.encode("gbk")[:-1], text_has="贵司三月二日")  # fmt: skip
    add("liar-utf8-one-bad-byte", head("bad", Content_Type="text/plain; charset=utf-8") + b"\n"
        + ZH.encode().replace(b"\xe3\x80\x82", b"\xff") + ZH.encode() * 3, text_has="请尽快处理")  # fmt: skip
    add("liar-no-mime-at-all", b"From: wang@kehu.cn\nSubject: old\n\n" + PLAIN_ZH.encode("gbk"), text=PLAIN_ZH)  # fmt: skip
    add("liar-meta-charset", head("meta", Content_Type="text/html") + b'\n<html><head><meta charset="gb2312"></head><body><p>'
        + ZH.encode("gbk") + b"</p></body></html>", text=ZH)  # fmt: skip


def subjects():
    long = "关于三月二日交运的电机端盖表面划伤一事的询问与请求"
    halves = long.encode("gbk")
    q1, q2 = halves[:21], halves[21:]  # in the middle of a character
    rows = {
        "q": (word("划伤", "utf-8", "Q"), "划伤"),
        "q-underscore": ("=?utf-8?Q?hello_world?=", "hello world"),
        "lower-case": (word("划伤", "utf-8").replace("?B?", "?b?"), "划伤"),
        "two-words": (f"{word('划', 'utf-8')} {word('伤', 'utf-8')}", "划伤"),
        "two-charsets": (f"{word('划伤', 'gbk', label='gb2312')} {word('刮傷', 'big5')}", "划伤刮傷"),
        "folded": (f"{word('划', 'utf-8')}\n {word('伤', 'utf-8')}", "划伤"),
        "halved": (f"=?gb2312?B?{base64.b64encode(q1).decode()}?=\n\t=?gb2312?B?{base64.b64encode(q2).decode()}?=", long),
        "no-padding": (word("划伤了", "utf-8").replace("=?=", "?="), "划伤了"),
        "language": ("=?utf-8*zh?B?5YiS5Lyk?=", "划伤"),
        "text-around": (f"Re: {word('划伤', 'utf-8')} [260301]", "Re: 划伤 [260301]"),
        "spaces-inside-q": ("=?utf-8?Q?a b?=", "a b"),
        "unknown-charset": (f"=?x-nothing?B?{base64.b64encode('划伤'.encode()).decode()}?=", "划伤"),
        "broken-base64": ("=?utf-8?B?!!!!?=", None), "unclosed": ("=?utf-8?B?5YiS", "=?utf-8?B?5YiS"),
        "empty": ("", ""), "gbk-is-utf8": (word("划伤端盖", "utf-8", label="gbk"), "划伤端盖"),
    }  # fmt: skip
    for name, (line, told) in rows.items():
        more = {} if told is None else {"subject": told}
        add(f"subject-{name}", head(line) + b"\nbody", sender="wang@kehu.cn", text="body", **more)
    add("subject-raw-gbk", head("划伤端盖一批".encode("gbk").decode("utf-8", "surrogateescape")) + b"\nbody", subject="划伤端盖一批")  # fmt: skip
    add("subject-raw-utf8", head("划伤端盖") + b"\nbody", subject="划伤端盖")
    add("subject-missing", head(None) + b"\nbody", subject="", text="body")
    add("subject-nul", head("a\0b") + b"\nbody", subject="a b", text="body")
    add("subject-very-long", head("长" * 3000) + b"\nbody", subject="长" * 500)
    add("subject-injection", head("ok\n Bcc: x@y.cn") + b"\nbody", subject="ok Bcc: x@y.cn")


def senders():
    rows = {
        "bare": ("wang@kehu.cn", "wang@kehu.cn", ""), "angles": ("<wang@kehu.cn>", "wang@kehu.cn", ""),
        "upper": ("Wang <WANG@Kehu.CN>", "wang@kehu.cn", "Wang"),
        "coded": (f"{word('王采购', 'gbk', label='gb2312')} <wang@kehu.cn>", "wang@kehu.cn", "王采购"),
        "coded-comma": (f"{word('王,采购', 'utf-8')} <wang@kehu.cn>", "wang@kehu.cn", "王,采购"),
        "quoted-coded": (f'"{word("王采购", "utf-8")}" <wang@kehu.cn>', "wang@kehu.cn", "王采购"),
        "raw-utf8": ("王采购 <wang@kehu.cn>", "wang@kehu.cn", "王采购"),
        "comment": ("wang@kehu.cn (Wang Caigou)", "wang@kehu.cn", "Wang Caigou"),
        "two": ("a@kehu.cn, b@kehu.cn", "a@kehu.cn", ""),
        "no-brackets": ("Wang wang@kehu.cn", "wang@kehu.cn", None),
        "trailing-dot": ("Wang <wang@kehu.cn>.", "wang@kehu.cn", None),
        "empty-brackets": ("Wang <>", "", "Wang"), "nothing": ("", "", ""),
        "only-a-name": ("Wang", "", None), "undisclosed": ("undisclosed-senders:;", "", None),
        "with-newline": ("Wang\n <wang@kehu.cn>", "wang@kehu.cn", "Wang"),
        "many-brackets": ("<<<wang@kehu.cn>>>", "wang@kehu.cn", None),
        "nested-comment": ("(" * 400 + "x" + ")" * 400 + " wang@kehu.cn", "wang@kehu.cn", None),
    }  # fmt: skip
    for name, (line, where, called) in rows.items():
        more = {} if called is None else {"sender_name": called}
        nature = "letter" if where else "nameless"
        add(f"sender-{name}", head(sender=line) + b"\nbody", sender=where, nature=nature, **more)
    add("sender-missing", head(sender=None) + b"\nbody", sender="", nature="nameless", text="body")
    add("sender-reply-to", head(Reply_To="Office <office@kehu.cn>") + b"\nbody", reply_to="office@kehu.cn")  # fmt: skip


def machines():
    rows = {
        "auto-submitted": ({"Auto_Submitted": "auto-replied"}, "auto"),
        "auto-generated": ({"Auto_Submitted": "auto-generated; x=y"}, "auto"),
        "auto-no": ({"Auto_Submitted": "no"}, "letter"),
        "x-autoreply": ({"X_Autoreply": "yes"}, "auto"), "x-autorespond": ({"X_Autorespond": "x"}, "auto"),
        "precedence-auto": ({"Precedence": "auto_reply"}, "auto"),
        "precedence-bulk": ({"Precedence": "bulk"}, "list"), "list-id": ({"List_Id": "<l.kehu.cn>"}, "list"),
        "list-unsubscribe": ({"List_Unsubscribe": "<mailto:x@y.cn>"}, "list"),
        "suppress-all": ({"X_Auto_Response_Suppress": "All"}, "auto"),
        "suppress-receipts": ({"X_Auto_Response_Suppress": "DR, RN, NRN"}, "letter"),
        "null-path": ({"Return_Path": "<>"}, "auto"), "our-mark": ({"X_Shouwen_Mail": "1"}, "auto"),
        "away-en": ({"subject": "Out of Office: holidays"}, "auto"),
        "away-auto": ({"subject": "Automatic reply: yes"}, "auto"),
        "away-zh": ({"subject": word("自动回复:我在外地", "gbk", label="gb2312")}, "auto"),
        "away-tw": ({"subject": "自動回覆: 休假"}, "auto"), "away-jp": ({"subject": "自動返信"}, "auto"),
        "about-replies": ({"subject": "Your automatic reply is wrong"}, "letter"),
        "no-reply": ({"sender": "no-reply@kehu.cn"}, "auto"), "noreply-plus": ({"sender": "noreply+7@kehu.cn"}, "auto"),
        "daemon-plain": ({"sender": "MAILER-DAEMON@kehu.cn", "subject": "hello"}, "auto"),
        "daemon-returned": ({"sender": "MAILER-DAEMON@kehu.cn", "subject": "Undelivered Mail Returned to Sender"}, "bounce"),
        "qq-returned": ({"sender": "PostMaster@qq.com", "subject": word("来自qq.com的退信", "gb18030")}, "bounce"),
        "failed-recipients": ({"X_Failed_Recipients": "a@b.cn"}, "bounce"),
        "talks-of-returns": ({"subject": "退信的货款"}, "letter"),
    }  # fmt: skip
    for name, (more, nature) in rows.items():
        add(f"machine-{name}", head(**more) + b"\nbody", nature=nature)
    report = head("Undeliverable", "postmaster@kehu.cn", Content_Type='multipart/report; report-type=delivery-status; boundary="r"')  # fmt: skip
    status = (b"\n--r\nContent-Type: text/plain\n\nIt did not arrive.\n--r\nContent-Type: message/delivery-status\n\n"
              b"Reporting-MTA: dns; mx.kehu.cn\n\nFinal-Recipient: rfc822; a@b.cn\nAction: failed\nStatus: 5.1.1\n"
              b"Diagnostic-Code: smtp; 550 no such user\n\n--r\n")  # fmt: skip
    add("bounce-rfc3464", report + status + b"Content-Type: message/rfc822\n\nMessage-ID: <i7.abc@shouwen.cn>\nSubject: Re\n\nx\n--r--\n",
        nature="bounce", returned=["<i7.abc@shouwen.cn>"], returned_why="smtp; 550 no such user")  # fmt: skip
    add("bounce-headers-only", report + status + b"Content-Type: text/rfc822-headers\n\nMessage-ID: <i8.abc@shouwen.cn>\nSubject: Re\n--r--\n",
        nature="bounce", returned=["<i8.abc@shouwen.cn>"])  # fmt: skip
    add("bounce-exim", head("Mail delivery failed: returning message to sender", "Mail Delivery System <Mailer-Daemon@kehu.cn>", X_Failed_Recipients="a@b.cn")
        + b"\nA message could not be delivered.\n\nMessage-ID: <i9.abc@shouwen.cn>\n", nature="bounce", returned=["<i9.abc@shouwen.cn>"])  # fmt: skip
    add("bounce-qmail", head("failure notice", "MAILER-DAEMON@kehu.cn") + b"\nHi. This is the qmail-send program.\n--- Below this line is a copy of the message.\n\nMessage-Id: <i10.abc@shouwen.cn>\n",
        nature="bounce", returned=["<i10.abc@shouwen.cn>"])  # fmt: skip
    add("bounce-empty-report", report + b"\n--r--\n", nature="bounce", returned=[])
    add("receipt-mdn", head("Read: hello", Content_Type='multipart/report; report-type=disposition-notification; boundary="r"')
        + b"\n--r\nContent-Type: text/plain\n\nread\n--r--\n", nature="auto")  # fmt: skip


def part(kind, content, *lines):
    return "\n".join([f"Content-Type: {kind}", *lines, "", ""]).encode() + content + b"\n"


def multi(*parts, kind="mixed", mark="b", close=True):
    whole = b"".join(f"--{mark}\n".encode() + one for one in parts)
    return f'multipart/{kind}; boundary="{mark}"', b"\n" + whole + (
        f"--{mark}--\n".encode() if close else b""
    )


def parts():
    plain, html = part("text/plain", b"plain words"), part("text/html", b"<p>html words</p>")
    kind, body = multi(plain, html, kind="alternative")
    add("parts-alternative", head(Content_Type=kind) + body, text="plain words", from_html=False)
    kind, body = multi(part("text/plain", b"   "), html, kind="alternative")
    add("parts-alternative-empty-plain", head(Content_Type=kind) + body, text="html words", from_html=True)  # fmt: skip
    kind, body = multi(plain, part("image/png", b64(PNG), "Content-Transfer-Encoding: base64", 'Content-Disposition: attachment; filename="a.png"'))  # fmt: skip
    add("parts-attachment", head(Content_Type=kind) + body, text="plain words", files=["a.png"], bytes=[len(PNG)])  # fmt: skip
    add("parts-no-closing-boundary", head(Content_Type=kind) + body.replace(b"--b--\n", b""), text="plain words", files=["a.png"])  # fmt: skip
    names = {
        "rfc2231": ("filename*=utf-8''%E5%88%92%E4%BC%A4.png", "划伤.png"),
        "rfc2231-gbk": ("filename*=gb2312''%BB%AE%C9%CB.png", "划伤.png"),
        "rfc2231-parts": ("filename*0*=utf-8''%E5%88%92; filename*1*=%E4%BC%A4.png", "划伤.png"),
        "coded": (f'filename="{word("划伤.png", "gbk", label="gb2312")}"', "划伤.png"),
        "raw-utf8": ('filename="划伤.png"', "划伤.png"), "path": ('filename="../../etc/passwd"', "../../etc/passwd"),
        "none": ("", "part-2.png"), "semicolon": ('filename="a;b.png"', "a;b.png"),
        "unquoted-spaces": ("filename=my file.png", None),
    }  # fmt: skip
    for name, (told, wanted) in names.items():
        kind, body = multi(plain, part("image/png", b64(PNG), "Content-Transfer-Encoding: base64", f"Content-Disposition: attachment; {told}"))  # fmt: skip
        more = {} if wanted is None else {"files": [wanted]}
        add(f"file-{name}", head(Content_Type=kind) + body, text="plain words", **more)
    kind, body = multi(plain, part("application/ms-tnef", b"\x78\x9f\x3e\x22", 'Content-Disposition: attachment; filename="winmail.dat"'))  # fmt: skip
    add("file-tnef", head(Content_Type=kind) + body, files=["winmail.dat"], troubles=["tnef"], bytes=[0])  # fmt: skip
    kind, body = multi(plain, part("text/calendar", b"BEGIN:VCALENDAR\nEND:VCALENDAR"))
    add("file-calendar", head(Content_Type=kind) + body, files=["part-2.ics"])
    kind, body = multi(plain, part("text/plain", b"a list", 'Content-Disposition: attachment; filename="list.txt"'))  # fmt: skip
    add("file-text", head(Content_Type=kind) + body, text="plain words", files=["list.txt"])
    inner = head("inside", "li@kehu.cn", Message_ID="<in@kehu.cn>") + b"\ninner words\n"
    kind, body = multi(plain, part("message/rfc822", inner))
    add("nested-rfc822", head(Content_Type=kind) + body, files=["inside.eml"], troubles=["nested"], text_has="inner words", sender="wang@kehu.cn", message_id="<m@kehu.cn>")  # fmt: skip
    add("nested-only", head(Content_Type="message/rfc822") + b"\n" + inner, files=["inside.eml"], text_has="inner words")  # fmt: skip
    kind, body = multi(part("message/rfc822", head("inside 2", Content_Type="message/rfc822") + b"\n" + inner))  # fmt: skip
    add("nested-twice", head(Content_Type=kind) + body, files=["inside 2.eml"])
    deep = b"\nbottom\n"
    for level in range(30):
        kind, deep = multi(part("text/plain", b"x") if not level else f"Content-Type: {kind}\n".encode() + deep, mark=f"m{level}")  # fmt: skip
    add("nested-too-deep", head(Content_Type=kind) + deep, unreadable=True)
    kind, body = multi(*[part("text/plain", b"x", "Content-Disposition: attachment; filename=a.txt")] * 400)  # fmt: skip
    add("parts-too-many", head(Content_Type=kind) + body, unreadable=True)
    add("parts-boundary-missing", head(Content_Type="multipart/mixed") + b"\nwords all the same", text_has="words all the same")  # fmt: skip
    add("parts-boundary-never-seen", head(Content_Type='multipart/mixed; boundary="zzz"') + b"\nwords all the same", text_has="words all the same")  # fmt: skip
    add("parts-empty", head(Content_Type='multipart/mixed; boundary="b"') + b"\n--b--\n", text="")
    kind, body = multi(multi_related(html), kind="mixed")
    add("parts-related-in-mixed", head(Content_Type=kind) + body, text="html words", files=["part-2.png"])  # fmt: skip


def multi_related(html):
    kind, body = multi(html, part("image/png", b64(PNG), "Content-Transfer-Encoding: base64", "Content-ID: <p1>"), kind="related", mark="rel")  # fmt: skip
    return f"Content-Type: {kind}\n".encode() + body


def htmls():
    rows = {
        "script": ("<p>a</p><script>alert(1)</script><p>b</p>", "a\nb"),
        "style": ("<style>p{color:red}</style><p>a</p>", "a"),
        "handlers": ('<p onclick="x()">a <img src=x onerror=alert(1)></p>', "a"),
        "entities": ("<p>a &lt;b&gt; &amp; c&nbsp;d</p>", "a <b> & c d"),
        "breaks": ("a<br>b<br/>c", "a\nb\nc"), "comment": ("a<!-- secret -->b", "ab"),
        "svg": ("<svg><script>alert(1)</script></svg>a", "a"), "unclosed": ("<p>a<b>b<p>c", "abc"),
        "table": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        "title": ("<head><title>no</title></head><body>yes</body>", "yes"), "empty": ("", ""),
    }  # fmt: skip
    for name, (source, told) in rows.items():
        add(f"html-{name}", head(Content_Type="text/html; charset=utf-8") + b"\n" + source.encode(), text=told, from_html=bool(source))  # fmt: skip


def codings():
    data = ZH.encode()
    kind = "text/plain; charset=utf-8"
    add("coding-quoted-printable", head(Content_Type=kind, Content_Transfer_Encoding="quoted-printable") + b"\n" + quopri.encodestring(data), text=ZH)  # fmt: skip
    add("coding-base64-spaces", head(Content_Type=kind, Content_Transfer_Encoding="base64") + b"\n" + b" ".join(b64(data).split()), text=ZH)  # fmt: skip
    add("coding-base64-cut", head(Content_Type=kind, Content_Transfer_Encoding="base64") + b"\n" + b64(data)[:21], text_has="您好")  # fmt: skip
    add("coding-base64-garbage", head(Content_Type=kind, Content_Transfer_Encoding="base64") + b"\n!!\n" + b64(data), text=ZH)  # fmt: skip
    add("coding-unknown", head(Content_Type=kind, Content_Transfer_Encoding="x-none") + b"\n" + data, text=ZH)  # fmt: skip
    add("coding-qp-broken", head(Content_Type=kind, Content_Transfer_Encoding="quoted-printable") + b"\na=ZZb=", text_has="a=ZZb")  # fmt: skip
    add("coding-upper-case", head(Content_Type=kind.upper(), Content_Transfer_Encoding="BASE64") + b"\n" + b64(data), text=ZH)  # fmt: skip
    add("coding-uuencode", head(Content_Type=kind, Content_Transfer_Encoding="uuencode") + b"\nbegin 644 a\n#86)C\n`\nend\n", text="abc")  # fmt: skip


def broken():
    add("broken-empty", b"", text="", sender="", nature="nameless")
    add("broken-only-newlines", b"\n\n\n", sender="", nature="nameless")
    add("broken-only-nul", b"\0" * 200, sender="", nature="nameless")
    add("broken-binary", bytes(range(256)) * 4, sender="", nature="nameless")
    add("broken-nul-in-body", head() + b"\na\0b\0c", text="abc")
    add("broken-bom", b"\xef\xbb\xbf" + head() + b"\nbody")
    add("broken-mbox-from-line", b"From wang Wed Mar 11 09:58:00 2026\n" + head() + b"\nbody", sender="wang@kehu.cn", text="body")  # fmt: skip
    add("broken-no-body", head("no body"), subject="no body", text="")
    add("broken-header-without-colon", b"this is no header\n" + head() + b"\nbody")
    add("broken-header-folded-first", b"  folded\n" + head() + b"\nbody")
    add("broken-two-subjects", head("first") + b"Subject: second\n\nbody", subject="first")
    add("broken-two-froms", head() + b"From: li@else.cn\n\nbody", sender="wang@kehu.cn")
    as_is("broken-cr-only", head("cr").replace(b"\n", b"\r") + b"\rbody", {"subject": "cr", "text": "body"})  # fmt: skip
    as_is("broken-mixed-line-ends", head("mixed").replace(b"\n", b"\r\n", 2) + b"\nbody\r\rend", {"subject": "mixed", "text": "body\n\nend"})  # fmt: skip
    for name, date in {"zone": "Wed, 11 Mar 2026 09:58:00 +9999", "month": "11 Foo 2026 09:58", "far": "Wed, 11 Mar 99999 09:58:00 +0800", "text": "yesterday", "empty": ""}.items():  # fmt: skip
        add(f"date-{name}", head(Date=date) + b"\nbody", no_date=True)
    add("date-without-zone", head(Date="Wed, 11 Mar 2026 09:58:00") + b"\nbody", date="2026-03-11T09:58:00+00:00")  # fmt: skip
    add("date-chinese-zone", head() + b"\nbody", date="2026-03-11T01:58:00+00:00")
    add(
        "id-without-brackets",
        head(Message_ID="abc@kehu.cn") + b"\nbody",
        message_id="<abc@kehu.cn>",
    )
    add("id-missing", head(Message_ID=None) + b"\nbody", message_id="")
    add("id-very-long", head(Message_ID=f"<{'x' * 5000}@y>") + b"\nbody", text="body")
    add("id-with-space", head(Message_ID="< a b@kehu.cn>") + b"\nbody", text="body")
    add("ids-answered", head(In_Reply_To="<a@x.cn> (Wang)", References="<z@x.cn>\n <y@x.cn> <a@x.cn>") + b"\nbody", answers=["<a@x.cn>", "<y@x.cn>", "<z@x.cn>"])  # fmt: skip
    add("ids-glued", head(References="<z@x.cn><y@x.cn>") + b"\nbody", answers=["<y@x.cn>", "<z@x.cn>"])  # fmt: skip
    add("type-nonsense", head(Content_Type="nonsense") + b"\nbody", text="body")
    add("type-empty", head(Content_Type="") + b"\nbody", text="body")
    add("type-broken-parameters", head(Content_Type='text/plain; charset="gb2312; x') + b"\n" + ZH.encode("gbk"), text_has="贵司")  # fmt: skip
    add("broken-unreadable", head(Content_Type="text/plain; charset=utf-8") + b"\n" + bytes((n * 37 + 128) % 128 + 128 for n in range(400)))  # fmt: skip
    add("loop-many-received", b"Received: from a by b; Wed, 11 Mar 2026 09:58:00 +0800\n" * 60 + head() + b"\nbody", text="body")  # fmt: skip
    add("qq-mail", head(word("图纸", "gb18030"), '"=?gb18030?B?zfXKps30?=" <123456@qq.com>', X_QQ_MIME="TCMime 1.0 by Tencent", X_Mailer="QQMail 2.x", Content_Type="text/plain; charset=gb18030", Content_Transfer_Encoding="base64")
        + b"\n" + b64(ZH.encode("gb18030")), text=ZH, subject="图纸", sender="123456@qq.com")  # fmt: skip
    add("netease-mail", head(word("报价", "gbk", label="GBK"), "wang <wang@163.com>", X_Mailer="Coremail Webmail Server", Content_Type="text/plain; charset=GBK", Content_Transfer_Encoding="base64")
        + b"\n" + b64(ZH.encode("gbk")), text=ZH, subject="报价", nature="letter")  # fmt: skip
    add("outlook-mail", head("RE: order", X_Mailer="Microsoft Outlook 16.0", Thread_Index="Acw=", Content_Type="text/plain; charset=gb2312", Content_Transfer_Encoding="quoted-printable")
        + b"\n" + quopri.encodestring(ZH.encode("gbk")), text=ZH, nature="letter")  # fmt: skip


def main():
    for make in (charsets, liars, subjects, senders, machines, parts, htmls, codings, broken):
        make()
    HERE.mkdir(exist_ok=True)
    for old in HERE.glob("*.eml"):
        old.unlink()
    for name, (data, _expected) in LETTERS.items():
        (HERE / f"{name}.eml").write_bytes(data)
    table = {name: expected for name, (_data, expected) in sorted(LETTERS.items())}
    text = json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True)
    (HERE / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
