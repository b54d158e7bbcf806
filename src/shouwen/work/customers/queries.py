"""The only lists and look-ups of customers and products; those of orders stand in `deliveries`."""

import dataclasses
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from shouwen.ground.foundation.refusal import Reason
from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person

from . import access, phones, shipping, spelling
from .deliveries import (
    falling_due,
    find_order,
    find_shipments,
    has_sold,
    last_orders,
    on_record,
    orders_of,
    owed,
    receivable_of,
    receivables,
    seller_of,
    shipped_quantity,
)
from .drafts import code
from .models import Contact, Customer, Product

__all__ = [
    "Caller",
    "by_name",
    "by_phone",
    "callers",
    "customers",
    "falling_due",
    "find_order",
    "find_part",
    "find_shipments",
    "found_by",
    "has_sold",
    "last_orders",
    "on_record",
    "orders_of",
    "owed",
    "products",
    "receivable_of",
    "receivables",
    "seller_of",
    "shipped_quantity",
    "why_not_shipped",
]

FEW = 20
_NINES = "9" * 24
"""Keys that begin with `138` lie from `138` to `138999…`: a range that any index finds."""


@dataclasses.dataclass(frozen=True)
class Caller:
    """Who a telephone number belongs to; `contact` None is the customer's own number."""

    customer: Customer
    contact: Contact | None
    phone: str
    exact: bool


def by_phone(
    text: str, divisions: Collection[int], *, whole: bool = False, limit: int = FEW
) -> list[Caller]:
    """Whose number this is, however it is written; from four digits on, whose number has them.

    `whole` asks for complete numbers only: whoever sees masked numbers must not find out the hidden
    digits by trying them.
    """
    number = phones.read(text)
    if number:
        found = _callers([number.key], "", divisions, limit, exact=True)
        if found or whole:
            return found
    part = None if whole else phones.part(text)
    if part is None:
        return []
    return _callers(part.prefixes, part.suffix, divisions, limit, exact=False)


def of_number(phone: str, division: int) -> Customer | None:
    """Whose number it is, when it is just one customer's of a division."""
    found = by_phone(phone, {division}, whole=True)
    mine = {one.customer.pk: one.customer for one in found if one.exact}
    return next(iter(mine.values())) if len(mine) == 1 else None


def _callers(
    keys: Iterable[str], suffix: str, divisions: Collection[int], limit: int, *, exact: bool
) -> list[Caller]:
    keys = list(keys)
    contacts = Contact.objects.select_related("customer", "customer__salesperson").filter(
        _numbered(("phone", "other"), keys, suffix, exact),
        customer__division_id__in=divisions,
        active=True,
    )
    customers = Customer.objects.select_related("salesperson").filter(
        _numbered(("phone",), keys, suffix, exact), division_id__in=divisions
    )
    found = [
        Caller(contact.customer, contact, _matched(contact, keys, suffix), exact)
        for contact in contacts.order_by("-customer__active", "-main", "id")[:limit]
    ]
    found += [
        Caller(customer, None, customer.phone, exact)
        for customer in customers.order_by("-active", "id")[:limit]
    ]
    return found[:limit]


def _numbered(prefixes: tuple[str, ...], keys: list[str], suffix: str, exact: bool) -> Q:
    """Rows whose number is one of the keys, or begins with one, or ends with the suffix."""
    found = Q()
    for prefix in prefixes:
        if exact:
            found |= Q(**{f"{prefix}_key__in": keys})
            continue
        for key in keys:
            found |= _begins(f"{prefix}_key", key)
        if suffix:
            found |= _begins(f"{prefix}_reversed", suffix[::-1])
    return found


def _begins(field: str, start: str) -> Q:
    return Q(**{f"{field}__gte": start, f"{field}__lte": start + _NINES})


def _matched(contact: Contact, keys: list[str], suffix: str) -> str:
    """Which of the contact's two numbers was meant."""
    other = contact.other_key
    if other and (other.startswith(tuple(keys)) or (suffix and other.endswith(suffix))):
        first = contact.phone_key
        meant = first.startswith(tuple(keys)) or (suffix and first.endswith(suffix))
        return contact.phone if meant else contact.other_phone
    return contact.phone


def callers(text: str, person: Person, *, limit: int = FEW) -> list[Caller]:
    """Whose number this is, as far as a person may know: masked ones are found whole only."""
    clear = access.phone_divisions(person)
    masked = org.divisions_visible(person) - clear
    found = by_phone(text, clear, limit=limit) if clear else []
    return [*found, *(by_phone(text, masked, whole=True, limit=limit) if masked else [])][:limit]


def found_by(text: str, person: Person) -> Q:
    """The filter for what a person types to find a customer: name, pinyin, code or telephone."""
    return named(text) | Q(pk__in={one.customer.pk for one in callers(text, person, limit=200)})


def by_name(text: str, divisions: Collection[int], *, limit: int = FEW) -> list[Customer]:
    """Customers whose name, short name, code, pinyin or initials contain what was typed."""
    if not text.strip():
        return []
    found = customers(divisions).filter(named(text)).select_related("salesperson")
    return list(found.order_by("-active", "pinyin", "id")[:limit])


def named(text: str) -> Q:
    """The filter behind `by_name`; a contact's name finds his customer too."""
    words = text.strip()
    found = Q(name_zh__icontains=words) | Q(short_name__icontains=words)
    found |= Q(name_en__icontains=words) | Q(code__startswith=code(words))
    found |= Q(pk__in=Contact.objects.filter(name__startswith=words).values("customer"))
    if spelling.is_spelling(words) and (folded := spelling.folded(words)):
        found |= Q(initials__contains=folded)
        if len(folded) > 1:
            found |= Q(pinyin__contains=folded)
    return found


def customers(divisions: Collection[int]) -> QuerySet[Customer]:
    """Every customer of some divisions, unordered."""
    return Customer.objects.filter(division_id__in=divisions)


def products(divisions: Collection[int]) -> QuerySet[Product]:
    """Every product of some divisions, by part number."""
    return Product.objects.filter(division_id__in=divisions).order_by("part_number", "id")


def find_part(text: str, divisions: Collection[int], *, limit: int = FEW) -> list[Product]:
    """Products whose part number begins so, or whose name contains it."""
    if not text.strip():
        return []
    found = products(divisions).filter(part_named(text))
    return list(found.order_by("-active", "part_number")[:limit])


def part_named(text: str) -> Q:
    """The filter behind `find_part`."""
    words = text.strip()
    found = Q(part_number__startswith=code(words)) | Q(name_zh__icontains=words)
    return found | Q(name_en__icontains=words)


def why_not_shipped(claim: shipping.Claim, divisions: Collection[int]) -> list[Reason]:
    """Where a product line contradicts our records, at its fields (R4-06, R4-24)."""
    return shipping.why_not_shipped(claim, on_record(claim.order_number, divisions))


def salespeople(divisions: Collection[int]) -> list[Person]:
    """Whoever serves a customer of some divisions, for filters."""
    serving = customers(divisions).values("salesperson").distinct()
    return list(Person.objects.filter(pk__in=serving).order_by("pinyin", "id"))
