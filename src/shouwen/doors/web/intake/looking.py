"""Who is calling: by number while it is typed, by name when the number is unknown."""

from dataclasses import dataclass, field

from shouwen.ground.org import queries as org
from shouwen.ground.org.models import Person
from shouwen.work.cases import queries as cases
from shouwen.work.cases.models import Case
from shouwen.work.customers import access, phones
from shouwen.work.customers import queries as customers
from shouwen.work.customers.models import Contact, Customer, Shipment
from shouwen.work.interactions import queries as interactions
from shouwen.work.interactions.models import Interaction

from .picking import Picked

FEW = 8
GOODS = 3


@dataclass
class Who:
    """The panel beside the form: one customer with what is known of them, or those it may be."""

    customer: Customer | None = None
    callers: list[customers.Caller] = field(default_factory=list)
    named: list[Customer] = field(default_factory=list)
    tried: bool = False
    """Something long enough to be looked for was typed."""
    caller: str = ""
    contacts: list[Contact] = field(default_factory=list)
    similar: list[Case] = field(default_factory=list)
    earlier: list[Interaction] = field(default_factory=list)
    """What was said with them before, the newest first."""
    picked: Picked | None = None

    @property
    def goods(self) -> list[Shipment]:
        """What they were sent last: what a call is most likely about."""
        return [one.shipment for one in self.picked.picks[:GOODS]] if self.picked else []


def look(person: Person, phone: str, words: str) -> Who:
    """Who has such a name, if one was typed, else this number; a single finding is taken."""
    named = customers.by_name(words, org.divisions_visible(person), limit=FEW)
    if len(named) == 1:
        return about(person, named[0], "")
    callers = [] if named else callers_of(person, phone)
    if len({one.customer.pk for one in callers}) == 1 and callers[0].exact:
        contact = callers[0].contact
        return about(person, callers[0].customer, contact.name if contact else "")
    tried = bool(words.strip() or phones.part(phone) or phones.read(phone))
    number = phones.read(phone)
    earlier = interactions.by_number(number.key, person)[:FEW] if number and not named else []
    return Who(callers=callers, named=named, tried=tried, earlier=list(earlier))


def about(person: Person, customer: Customer, caller: str, picked: Picked | None = None) -> Who:
    """What is known of a customer: contacts, open matters, what was shipped of late."""
    contacts = list(customer.contacts.filter(active=True).order_by("-main", "id")[:FEW])
    picked = picked or Picked(customer)
    return Who(
        customer=customer,
        tried=True,
        caller=caller,
        contacts=contacts,
        similar=cases.similar_open(person, customer.pk, picked.parts),
        earlier=list(interactions.of_customer(customer)[:FEW]),
        picked=picked,
    )


def callers_of(person: Person, phone: str) -> list[customers.Caller]:
    """Whose number it may be; who sees masked numbers finds only whole ones."""
    clear = access.phone_divisions(person)
    masked = org.divisions_visible(person) - clear
    found = customers.by_phone(phone, clear, limit=FEW) if clear else []
    if masked:
        found += customers.by_phone(phone, masked, whole=True, limit=FEW)
    return found[:FEW]
