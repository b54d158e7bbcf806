"""What clauses that come round for each customer are told of one."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from shouwen.engines.dues.rhythms import following
from shouwen.work.customers.models import Customer


def members(division: int) -> Iterable[int]:
    """Whom a division keeps in touch with: customers in use."""
    found = Customer.objects.filter(division_id=division, active=True)
    return found.order_by("pk").values_list("pk", flat=True).iterator()


def facts(ids: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
    """What they are called, whose they are, and the classes by which intervals are set."""
    found = Customer.objects.filter(pk__in=ids, active=True).select_related("salesperson")
    return {one.pk: told(one) for one in found}


def told(one: Customer) -> dict[str, Any]:
    """The same of one customer at hand; an owner who left the company owes nothing."""
    owner = one.salesperson
    return {
        "division": one.division_id,
        "title": {"zh": one.name_zh, "en": one.name_en or one.name_zh},
        "link": f"/customers/{one.pk}/",
        "region": one.region,
        "segment": one.segment,
        "grade": one.grade,
        "account_owner": owner.pk if owner and owner.active else None,
    }


following.register("customer", following.Followers(members, facts))
