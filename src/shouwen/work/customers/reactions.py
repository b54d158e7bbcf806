"""What follows when a customer is entered, changed or graded; importing it registers the rest."""

from typing import Any

from shouwen.engines.dues import resolvers
from shouwen.engines.dues.rhythms import joining
from shouwen.ground.journal.actions import reacts_to
from shouwen.ground.journal.models import Entry

from .care import completeness
from .care import followers as care
from .models import Contact, Customer, Opinion, Order


@reacts_to("customer.created", "customer.changed", "customer.graded", "customers.unmerged")
def keep_turns(entry: Entry, subject: Customer) -> None:
    """Offers, reviews and contact come round for whoever is in use, by his class of today."""
    joining.follow("customer", subject.pk, subject.division_id, at=entry.at)


@reacts_to("customers.merged")
def rest(entry: Entry, survivor: Customer) -> None:
    """Nobody reviews a record that was merged into another."""
    joining.leave("customer", entry.data["merged"], at=entry.at)


@reacts_to(
    "customer.created", "customer.changed", "contact.created", "contact.changed", "order.placed"
)
def keep_complete(entry: Entry, subject: Customer | Contact | Order) -> None:
    """What the record lacks is known at once."""
    one = subject if isinstance(subject, Customer) else subject.customer
    completeness.note(one, entry.at)


def opinion_facts(one: Opinion) -> dict[str, Any]:
    """What the clauses about dues ask of market information without a customer."""
    return {"division": one.division_id, "unit": one.target_id, "link": f"/opinions/{one.pk}/"}


resolvers.register("customer", Customer.objects.select_related("salesperson"), care.told)
resolvers.register("opinion", Opinion.objects, opinion_facts)
