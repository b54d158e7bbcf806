"""Letters of customers as their mail programs would have written them, and what becomes of them.

They are put into the demo's mailbox as raw bytes and go the way of every letter: kept, read,
guarded, threaded, registered. No server is needed for it.
"""

from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from shouwen.doors.demo.centre.gateways import no_letter_leaves
from shouwen.ground.foundation import clock
from shouwen.work.customers.models import Customer
from shouwen.work.mail import actions as mail
from shouwen.work.mail.coming import keeping
from shouwen.work.mail.models import Mailbox, Outgoing, RawMail


def letter(
    customer: Customer, box: Mailbox, subject: str, text: str, *, charset: str = "utf-8",
    answers: Outgoing | None = None,
) -> EmailMessage:  # fmt: skip
    """What a customer writes now; `answers` is the letter of ours to which he presses reply."""
    now = clock.now().astimezone(clock.COMPANY_ZONE)
    name, _at, domain = customer.email.partition("@")
    message = EmailMessage()
    message["From"] = Address(customer.name_zh, name, domain)
    message["To"] = box.address
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{name}.{now:%Y%m%d%H%M%S}@{domain}>"
    if answers is not None:
        message["In-Reply-To"] = answers.message_id
        message["References"] = f"{answers.references} {answers.message_id}".strip()
        text = f"{text}\n\n> {answers.body.splitlines()[0]}\n"
    message.set_content(text, charset=charset)
    return message


def deliver(box: Mailbox, data: EmailMessage | bytes) -> RawMail:
    """It lies in the mailbox, is fetched and taken in."""
    now = clock.now()
    told = data if isinstance(data, bytes) else data.as_bytes()
    number = RawMail.objects.filter(mailbox=box).count() + 1
    raw = keeping.store(box, [told], uidvalidity=1, uid=number, at=now)
    mail.process(raw.pk, now)
    no_letter_leaves(box)
    return RawMail.objects.select_related("interaction__text").get(pk=raw.pk)


def answer_of_ours(raw: RawMail) -> Outgoing:
    """The newest letter that went to whoever wrote one, its receipt included."""
    return Outgoing.objects.filter(mailbox=raw.mailbox_id, to=raw.sender).latest("id")
