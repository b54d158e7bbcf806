"""Who sees which customers, whose numbers stay masked, and who may write what."""

from datetime import datetime

from django.db.models import Q

from shouwen.ground.foundation import clock
from shouwen.ground.foundation.refusal import N_, refuse
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person, Unit

from .models import Contact, Customer, Order, Product, Upload

WRITERS: dict[str, tuple[str, ...]] = {
    "customer": ("sales", "customer_service", "service", "gm_office"),
    "product": ("sales", "pm_group", "gm_office", "warehouse"),
    "order": ("sales", "gm_office"),
    "shipment": ("sales", "warehouse", "accounting"),
    "collection": ("sales", "accounting"),
}
"""What each kind of record needs; a role covers every rank of its function."""

READERS_OF_PHONES = ("sales", "customer_service", "service")
"""Who calls customers and takes their calls sees numbers in the clear; all others unmask one."""

_NO = {
    "customer": N_("只有业务、客服和总经理室可以修改客户资料"),
    "product": N_("只有业务、总经理室、生管和仓储可以修改产品资料"),
    "order": N_("只有业务和总经理室可以修改订单"),
    "shipment": N_("只有业务、仓储和会计可以登记交运"),
    "collection": N_("只有业务和会计可以登记收款"),
}


def may_write(person: Person | None, what: str, division: Unit | int) -> bool:
    """Whether a person may write one kind of record in a division; None is the system itself."""
    if person is None:
        return True
    return any(_fills(person, role, division) for role in WRITERS[what])


def require_writer(by: Person | None, what: str, division: Unit | int) -> None:
    """Refuse whoever may not write this kind of record."""
    if not may_write(by, what, division):
        raise refuse(_NO[what], instead=N_("请联系业务部门"))


def require_not_merged(customer: Customer) -> None:
    """Refuse to work on a record that rests because it was merged into another (R2-08)."""
    if customer.merged_into_id:
        raise refuse(
            N_("%(name)s 已并入另一份客户资料"),
            instead=N_("请在保留的那份资料上办理"),
            name=customer.name_zh,
        )


def may_see_phones(person: Person, division: Unit | int) -> bool:
    """Whether telephone numbers of a division's customers reach this person unmasked."""
    return any(_fills(person, role, division) for role in READERS_OF_PHONES)


def phone_divisions(person: Person) -> set[int]:
    """The divisions whose customers' numbers a person sees in the clear."""
    return {pk for pk in org.divisions_visible(person) if may_see_phones(person, pk)}


def may_see(person: Person, division: int) -> bool:
    """Whether a person may look at a division's customers at all."""
    return division in org.divisions_visible(person)


def visible_customers(person: Person) -> Q:
    """The filter for what a person may see, for any table with a division."""
    return Q(division_id__in=org.divisions_visible(person))


def access_customer(person: Person, pk: int) -> Customer:
    """The customer of an id when the person may see it; raises Customer.DoesNotExist."""
    found = Customer.objects.select_related("salesperson").filter(visible_customers(person))
    return found.get(pk=pk)


def access_contact(person: Person, pk: int) -> Contact:
    """The contact of an id when the person may see it; raises Contact.DoesNotExist."""
    found = Contact.objects.select_related("customer")
    return found.get(pk=pk, customer__division_id__in=org.divisions_visible(person))


def access_product(person: Person, pk: int) -> Product:
    """The product of an id when the person may see it; raises Product.DoesNotExist."""
    return Product.objects.filter(visible_customers(person)).get(pk=pk)


def access_order(person: Person, pk: int) -> Order:
    """The order of an id when the person may see it; raises Order.DoesNotExist."""
    found = Order.objects.select_related("customer", "salesperson")
    return found.filter(visible_customers(person)).get(pk=pk)


def access_upload(person: Person, token: str) -> Upload:
    """An upload is its uploader's alone; raises Upload.DoesNotExist."""
    return Upload.objects.select_related("division").get(token=token, uploaded_by=person)


def _fills(person: Person, role: str, division: Unit | int, at: datetime | None = None) -> bool:
    """Whether somebody fills a role himself or stands in for one who does."""
    return org.as_whom(person, role, division, at or clock.now()) is not None
