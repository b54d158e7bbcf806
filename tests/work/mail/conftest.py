"""The test company with a mailbox, a customer who writes, and letters put into the box by hand."""

from types import SimpleNamespace

import pytest
from casting import company
from django.core.files.storage import InMemoryStorage
from keeping import lay

from shouwen.ground.foundation.clock import rehearsal
from shouwen.work.customers.actions import create_contact, create_customer
from shouwen.work.customers.drafts import ContactDraft, CustomerDraft
from shouwen.work.mail import actions as mail
from shouwen.work.mail.coming import keeping
from shouwen.work.mail.models import RawMail

WEDNESDAY = "2026-03-11 10:00"


@pytest.fixture
def now(db):
    """A Wednesday morning that stands still unless a test moves it."""
    with rehearsal(WEDNESDAY) as time:
        yield time


@pytest.fixture
def house(now, regulations):
    """`house.box` is the mailbox, `house.customer` writes from wang@kehu.cn."""
    made = lay("the house with a mailbox", lambda: _boxed(SimpleNamespace(cast=company())))
    made.now = now
    return _handed(made)


def furnish(made):
    """The same for a company and a clock that a test brings along."""
    return _handed(_boxed(made))


def _boxed(made):
    """A mailbox, and a customer who writes."""
    cast = made.cast
    draft = CustomerDraft(
        code="K-1", name_zh="客户机械", region="domestic", salesperson=cast.sales,
        email="Info@kehu.cn",
    )  # fmt: skip
    made.customer = create_customer(cast.division, draft, by=cast.sales)
    create_contact(made.customer, ContactDraft(name="王采购", email="wang@kehu.cn"), by=cast.sales)
    made.box = mail.open_box(
        cast.division,
        mail.BoxDraft("service", "service@shouwen.cn", "首问客服", answers_per_hour=3,
                      letters_per_hour=50),
        by=cast.keeper,
    )  # fmt: skip
    return made


def _handed(made):
    """Hands that put letters into the box."""
    made.uid = 0
    made.put = lambda data, **more: put(made, data, **more)
    made.take = lambda data, **more: take(made, data, **more)
    return made


def put(made, data, box=None):
    """Keep a letter as if it had been fetched."""
    made.uid += 1
    data = data if isinstance(data, bytes) else data.encode()
    return keeping.store(box or made.box, [data], uidvalidity=1, uid=made.uid, at=made.now.at)


def take(made, data, **more):
    """Keep a letter and take it in; what became of it."""
    raw = put(made, data, **more)
    mail.process(raw.pk, made.now.at)
    return RawMail.objects.select_related("interaction__text", "follows").get(pk=raw.pk)


def letter(text="何时交货？请答复。", subject="交货期", sender="王采购 <wang@kehu.cn>", **more):
    """The bytes of an ordinary letter; headers by their names with `_` for `-`."""
    head = {
        "From": sender, "To": "service@shouwen.cn", "Subject": subject,
        "Date": "Wed, 11 Mar 2026 09:58:00 +0800", "Message-ID": "<a1@kehu.cn>",
        "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8",
    }  # fmt: skip
    head |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = [f"{name}: {value}" for name, value in head.items() if value is not None]
    return "\r\n".join([*lines, "", text]).encode()


@pytest.fixture(autouse=True)
def files(settings):
    """Files of a test are gone with it."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{InMemoryStorage.__module__}.{InMemoryStorage.__name__}"}
    }
