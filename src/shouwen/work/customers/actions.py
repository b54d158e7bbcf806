"""The verbs of customers, contacts and products; those of orders stand in `ordering`."""

from datetime import datetime
from typing import Any

from shouwen.ground.foundation.acts import one_act
from shouwen.ground.foundation.refusal import N_, Reason, refuse, refuse_any
from shouwen.ground.journal import actions as journal
from shouwen.ground.org import naming
from shouwen.ground.org.models import Person, Unit

from . import rules
from .access import require_not_merged, require_writer
from .drafts import ContactDraft, CustomerDraft, ProductDraft
from .models import Contact, Customer, Product
from .ordering import (
    change_order,
    change_shipment,
    collect,
    place_order,
    record_shipment,
)
from .phones import read
from .recording import change, create
from .spelling import spell

__all__ = [
    "change_contact",
    "change_customer",
    "change_order",
    "change_product",
    "change_shipment",
    "collect",
    "create_contact",
    "create_customer",
    "create_product",
    "place_order",
    "record_shipment",
    "unmask_phone",
]

SHORTEST_REASON = 4
_CODE_TAKEN = Reason(N_("这个客户编号已经有了"), field="code")
_PART_TAKEN = Reason(N_("这个料号已经有了"), field="part_number")
_MAIN_TAKEN = Reason(N_("首要联系人只能有一位"), field="main")


@one_act
def create_customer(
    division: Unit, draft: CustomerDraft, *, by: Person | None, at: datetime | None = None
) -> Customer:
    """Enter a new customer; the region is needed because the time limits depend on it (R4-60)."""
    require_writer(by, "customer", division)
    refuse_any(rules.why_not_customer(draft))
    if Customer.objects.filter(division=division, code=draft.code).exists():
        refuse_any([_CODE_TAKEN])
    customer = Customer(division=division, **_customer_values(draft))
    return create(customer, "customer.created", _CODE_TAKEN, by=by, at=at)


@one_act
def change_customer(
    customer: Customer,
    draft: CustomerDraft,
    *,
    version: int | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> bool:
    """Write what differs; False when nothing does."""
    require_writer(by, "customer", customer.division_id)
    require_not_merged(customer)
    refuse_any(rules.why_not_customer(draft))
    return change(
        customer,
        _customer_values(draft),
        "customer.changed",
        _CODE_TAKEN,
        version=version,
        by=by,
        at=at,
    )


def _customer_values(draft: CustomerDraft) -> dict[str, Any]:
    spelling = spell(draft.name_zh, draft.short_name, draft.name_en)
    return {
        **draft.values(),
        **_number(draft.phone, "phone"),
        "pinyin": spelling.pinyin,
        "initials": spelling.initials,
    }


def _number(text: str, prefix: str) -> dict[str, str]:
    """The key of a number, forwards and backwards."""
    number = read(text) if text else None
    key = number.key if number else ""
    return {f"{prefix}_key": key, f"{prefix}_reversed": key[::-1]}


@one_act
def create_contact(
    customer: Customer, draft: ContactDraft, *, by: Person | None, at: datetime | None = None
) -> Contact:
    """Enter somebody at a customer; a new main contact takes the place of the old one."""
    require_writer(by, "customer", customer.division_id)
    require_not_merged(customer)
    refuse_any(rules.why_not_contact(draft))
    if draft.main:
        _no_longer_main(customer, None, by, at)
    contact = Contact(customer=customer, **_contact_values(draft))
    return create(contact, "contact.created", _MAIN_TAKEN, by=by, at=at, matter=customer)


@one_act
def change_contact(
    contact: Contact,
    draft: ContactDraft,
    *,
    version: int | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> bool:
    """Write what differs; False when nothing does."""
    require_writer(by, "customer", contact.customer.division_id)
    refuse_any(rules.why_not_contact(draft))
    if draft.main and not contact.main:
        _no_longer_main(contact.customer, contact, by, at)
    return change(
        contact,
        _contact_values(draft),
        "contact.changed",
        _MAIN_TAKEN,
        version=version,
        by=by,
        at=at,
        matter=contact.customer,
    )


def _contact_values(draft: ContactDraft) -> dict[str, Any]:
    return {
        **draft.values(),
        **_number(draft.phone, "phone"),
        **_number(draft.other_phone, "other"),
        "pinyin": naming.pinyin(draft.name),
        "initials": naming.initials(draft.name),
    }


def _no_longer_main(
    customer: Customer, but: Contact | None, by: Person | None, at: datetime | None
) -> None:
    for old in customer.contacts.filter(main=True).exclude(pk=but.pk if but else 0):
        values = {"main": False}
        change(
            old,
            values,
            "contact.changed",
            _MAIN_TAKEN,
            version=None,
            by=by,
            at=at,
            matter=customer,
        )


@one_act
def create_product(
    division: Unit, draft: ProductDraft, *, by: Person | None, at: datetime | None = None
) -> Product:
    """Enter a part number."""
    require_writer(by, "product", division)
    refuse_any(rules.why_not_product(draft))
    if Product.objects.filter(division=division, part_number=draft.part_number).exists():
        refuse_any([_PART_TAKEN])
    product = Product(division=division, **draft.values())
    return create(product, "product.created", _PART_TAKEN, by=by, at=at)


@one_act
def change_product(
    product: Product,
    draft: ProductDraft,
    *,
    version: int | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> bool:
    """Write what differs; a part number stays what it is once something was ordered on it."""
    require_writer(by, "product", product.division_id)
    refuse_any(rules.why_not_product(draft))
    if draft.part_number != product.part_number and product.order_lines.exists():
        raise refuse(
            N_("已有订单用这个料号，不能改"),
            field="part_number",
            instead=N_("停用它，另建新料号"),
        )
    values = draft.values()
    return change(product, values, "product.changed", _PART_TAKEN, version=version, by=by, at=at)


@one_act
def unmask_phone(
    record: Customer | Contact,
    field: str = "phone",
    *,
    reason: str,
    by: Person,
    at: datetime | None = None,
) -> str:
    """Show one masked number to somebody who says why; who, whose and why is journalled."""
    customer = record.customer if isinstance(record, Contact) else record
    if field not in ("phone", "other_phone") or not hasattr(record, field):
        raise ValueError(f"no telephone field: {field}")
    if len(reason.strip()) < SHORTEST_REASON:
        raise refuse(N_("请写明查看号码的理由"), field="reason")
    journal.record(
        "phone.unmasked", record, by=by, at=at, matter=customer, field=field, reason=reason.strip()
    )
    return str(getattr(record, field))
