"""What a mail room and a switchboard see now and then: bounces, machines, what nobody can read."""

from email.message import EmailMessage

from django.db import models

from shouwen.doors.demo.centre.gateways import no_letter_leaves
from shouwen.ground.foundation import clock
from shouwen.regulations.vocabulary.cases import go_on
from shouwen.work.cases.actions import Intake
from shouwen.work.cases.centre import contacting
from shouwen.work.mail import actions as mail
from shouwen.work.mail.models import Outgoing, RawMail
from shouwen.work.telephony import actions as telephony

from . import letters
from .coming import Story

QUESTION, ANSWER = "门禁卡丢了怎么补", "请带身份证到前台，当场补卡，旧卡同时停用。"


def _answered(story: Story) -> Outgoing:
    """A customer writes, is answered by letter, and the matter is done."""
    agent, box = story.taker, story.gateways.mailbox
    asked = letters.letter(story.customer, box, QUESTION, f"您好，{QUESTION}，要收费吗？")
    raw = letters.deliver(box, asked)
    assert raw.interaction is not None, raw.reason
    story.later(0.4)
    intake = Intake(
        raw.interaction.division, story.customer, "security", QUESTION, "", kind="consultation",
        wanted="补一张卡",
    )  # fmt: skip
    case = contacting.open_from(raw.interaction, intake, by=agent)
    go_on(case, by=agent)
    mail.reply(raw.interaction, ANSWER, definite=True, by=agent)
    no_letter_leaves(box)
    go_on(case, data={"text": ANSWER, "satisfied": "unknown"}, by=agent)
    return letters.answer_of_ours(raw)


def bounced(story: Story) -> RawMail:
    """An answer of ours comes back: the address does not exist any more."""
    ours, box = _answered(story), story.gateways.mailbox
    story.later(0.1)
    report = (
        f"From: MAILER-DAEMON@mail.example\r\nTo: {box.address}\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour letter could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Final-Recipient: rfc822; {ours.to}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822-headers\r\n\r\n"
        f"Message-ID: {ours.message_id}\r\nSubject: Re\r\n\r\n--b--\r\n"
    )
    return letters.deliver(box, report.encode())


def away(story: Story) -> RawMail:
    """Our answer is answered by a machine, which gets no answer."""
    ours, box = _answered(story), story.gateways.mailbox
    story.later(0.1)
    said = letters.letter(
        story.customer, box, f"自动回复: {QUESTION}", "我外出旅游，月底回来。", answers=ours
    )
    said["Auto-Submitted"] = "auto-replied"
    return letters.deliver(box, said)


def advert(story: Story) -> RawMail:
    """A letter without a sender is put aside; an agent looks at it and throws it away."""
    said = EmailMessage()
    said["To"], said["Subject"] = story.gateways.mailbox.address, "企业贷款，当天放款"
    said.set_content("额度高、利率低，请回电。")
    raw = letters.deliver(story.gateways.mailbox, said)
    story.later(20)
    return mail.discard(raw, "广告，与客户无关。", by=story.taker)


def unreadable(story: Story) -> RawMail:
    """A letter whose text was spoilt on its way waits for somebody's eyes."""
    now = clock.now().astimezone(clock.COMPANY_ZONE)
    head = (
        f"From: {story.customer.email}\r\nTo: {story.gateways.mailbox.address}\r\n"
        f"Subject: {story.customer.code} photo\r\nDate: {now:%a, %d %b %Y %H:%M:%S +0800}\r\n"
        f"Message-ID: <spoilt.{now:%Y%m%d%H%M}@mail.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed\r\n\r\n"
    )
    spoilt = "阳台漏水，附照片。".encode("utf-16-le")
    return letters.deliver(story.gateways.mailbox, head.encode() + spoilt)


def missed_call(story: Story) -> models.Model:
    """It rang and nobody answered."""
    ways = story.gateways
    began = story.day.at
    story.later(0.01)
    for event, moment in (("ringing", began), ("ended", story.day.at)):
        heard = telephony.Heard(
            f"demo-{story.plan.index}", event, story.customer.phone,
            ways.published["phone"].address, ways.extensions[story.taker.pk], moment,
        )  # fmt: skip
        call = telephony.hear(heard, division=ways.division, source=ways.app.source)
    return call
