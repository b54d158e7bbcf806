"""How customers, products and orders are found by the search box.

Telephone numbers stay out of the index: its hits would tell hidden digits to whoever tries them.
The search page asks `queries.by_phone` for those who may see numbers.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import time

from django.db import models

from shouwen.engines.search import actions as search
from shouwen.engines.search.actions import Text
from shouwen.ground.foundation import clock

from .models import Contact, Customer, Order, Product, Shipment

Home = Callable[[models.Model], tuple[str, int]]
_FOUND_WITH: dict[type[models.Model], Home] = {
    Contact: lambda one: ("customer", one.customer_id),  # type: ignore[attr-defined]
    Shipment: lambda one: ("order", one.order_line.order_id),  # type: ignore[attr-defined]
    Customer: lambda one: ("customer", one.pk),
    Product: lambda one: ("product", one.pk),
    Order: lambda one: ("order", one.pk),
}


def touch(record: models.Model) -> None:
    """A record was written: what is found by its words waits to be indexed anew."""
    home = _FOUND_WITH.get(type(record))
    if home is not None:
        search.touch_id(*home(record))


def _customers(ids: Collection[int]) -> Iterator[Text]:
    found = Customer.objects.filter(pk__in=ids).prefetch_related("contacts")
    for one in found:
        people = [contact.name for contact in one.contacts.all() if contact.active]
        names = (one.name_zh, one.short_name, one.name_en, *people)
        yield Text(
            object_id=one.pk,
            title=f"{one.code} {one.name_zh}",
            at=clock.now(),
            division=one.division_id,
            body=" ".join(part for part in (one.short_name, one.name_en, one.address) if part),
            names=tuple(name for name in names if name),
        )


def _products(ids: Collection[int]) -> Iterator[Text]:
    for one in Product.objects.filter(pk__in=ids):
        yield Text(
            object_id=one.pk,
            title=f"{one.part_number} {one.name_zh}",
            at=clock.now(),
            division=one.division_id,
            body=one.name_en,
            names=(one.name_zh,),
        )


def _orders(ids: Collection[int]) -> Iterator[Text]:
    found = Order.objects.filter(pk__in=ids).select_related("customer")
    for one in found.prefetch_related("lines__product", "lines__shipments"):
        lines = list(one.lines.all())
        words = [f"{line.product.part_number} {line.product.name_zh}" for line in lines]
        words += [sent.invoice_number for line in lines for sent in line.shipments.all()]
        yield Text(
            object_id=one.pk,
            title=f"{one.number} {one.customer.name_zh}",
            at=clock.local(one.ordered_on, time(12)),
            division=one.division_id,
            body=" ".join(filter(None, dict.fromkeys(words))),
        )


search.register("customer", _customers)
search.register("product", _products)
search.register("order", _orders)
